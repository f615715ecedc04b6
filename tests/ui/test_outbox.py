"""What was refused says what, why and when, and can be copied, tried again and discarded, which can be undone."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from agent_desktop import clock
from agent_desktop.data import operations as op
from agent_desktop.data.ids import new_id
from agent_desktop.data.journal import Journal, RefusedRow
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.outbox import SHOWN, Outbox
from agent_desktop.ui.outbox_words import written
from tests.support import screen, ui_audit

TOO_LATE = "This interaction cannot be changed any more: it is somebody else's, or too much time has passed."


def note(text: str) -> op.SaveNote:
    return op.SaveNote(note_id=new_id(), interaction_id=new_id(), text=text)


def refused(seq: int, operation: op.AnyOperation | None, reason: str = TOO_LATE) -> RefusedRow:
    return RefusedRow(seq, new_id(), reason, clock.now() - timedelta(minutes=seq), operation)


ROWS = (
    refused(1, note("She <b>calls</b> back on Tuesday.\nMeter 48 655.")),
    refused(2, op.SaveCustomer(customer_id=new_id(), version=3, fields={"name": "Marta " + "Kowalczyk" * 20})),
    refused(3, None, "A newer version of this program wrote this; update it to send it."),
)


@pytest.fixture
def card(qtbot: QtBot) -> Outbox:
    made = Outbox()
    made.set_rows(ROWS, (note("waits"), op.SetPresence(presence="paused", reason="Lunch")), "It cannot be reached.")
    screen.show(qtbot, made, 0, 0)
    return made


def button(card: Outbox, name: str) -> Button:
    return next(one for one in card.findChildren(Button) if one.accessibleName().startswith(name) and one.isVisible())


def texts(card: Outbox) -> str:
    return "\n".join(one.text() for one in card.findChildren(QLabel) if one.isVisible())


def test_everything_is_said_and_nothing_is_clipped(card: Outbox) -> None:
    said = texts(card)
    for words in (TOO_LATE, "She <b>calls</b> back on Tuesday.", "Refused by the database: 3", "Waiting to be sent: 2",
                  "It cannot be reached.", "State: Paused · Lunch", "Written by a newer version"):  # fmt: skip
        assert words in said
    assert not ui_audit.everything(card)


def test_copy_takes_the_words_that_were_typed(qtbot: QtBot, card: Outbox) -> None:
    with qtbot.waitSignal(card.copy) as told:
        button(card, "Copy: Note").click()
    assert told.args == ["Note\nShe <b>calls</b> back on Tuesday.\nMeter 48 655."]
    with qtbot.waitSignal(card.copy) as told:
        card.copy_all.click()
    assert told.args[0].count(TOO_LATE) == 2
    assert told.args[0].endswith("Note\nwaits\n\nState: Paused · Lunch")


def test_discarding_can_be_undone_while_it_is_open(qtbot: QtBot, card: Outbox) -> None:
    with qtbot.waitSignal(card.discard) as told:
        button(card, "Discard: Note").click()
    assert told.args == [ROWS[0]]
    button(card, "Discard: Note").setFocus()
    card.set_rows(ROWS[1:], (), "")
    screen.settle(card)
    assert button(card, "Undo: Note").hasFocus(), "what was pressed was made anew: the focus stays at the place"
    assert "Discarded: Note" in texts(card)
    with qtbot.waitSignal(card.undiscard) as told:
        button(card, "Undo: Note").click()
    assert told.args == [ROWS[0]]
    card.set_rows(ROWS, (), "")
    screen.settle(card)
    assert "Discarded" not in texts(card)


def test_what_cannot_be_read_is_not_tried_again(qtbot: QtBot, card: Outbox) -> None:
    assert not button(card, "Try again: Written by a newer").isEnabled()
    with qtbot.waitSignal(card.again) as told:
        button(card, "Try again: Note").click()
    assert told.args == [(ROWS[0],)]


def test_a_long_outage_is_counted_not_listed(card: Outbox) -> None:
    card.set_rows((), [note(str(number)) for number in range(SHOWN + 7)], "")
    screen.settle(card)
    assert f"Waiting to be sent: {SHOWN + 7}" in texts(card)
    assert "and 7 more" in texts(card)
    card.set_rows((), (), "")
    screen.settle(card)
    assert "Everything has reached the database." in texts(card)


def test_every_write_has_words() -> None:
    for kind in op.AnyOperation.__args__:
        required = {
            name: new_id() if name.endswith("_id") else () if name == "gaps" else {} if name == "fields" else "1"
            for name in kind.__struct_fields__
            if name
            not in ("op_id", "agent_id", "at_us", "phones_added", "phones_changed", "emails_added", "emails_changed")
        }
        said = written(kind(**required))
        assert said.title
        assert said.icon


def test_a_refused_write_waits_again_or_is_kept_after_all(tmp_path: Path) -> None:
    journal, words = Journal(tmp_path / "journal.db"), note("kept")
    journal.put(words)
    journal._careful(lambda c: c.execute("INSERT INTO refused SELECT seq, op_id, body, 'why', 5 FROM operation"))
    journal._careful(lambda c: c.execute("DELETE FROM operation"))
    [row] = journal.refused()
    journal.dismiss_refused(row.seq)
    assert journal.refused() == []
    journal.keep_refused(row)
    assert journal.refused() == [row]
    journal.put(note("meanwhile"))
    journal.try_refused_again(row.seq)
    assert journal.refused() == []
    assert [each.text for each in journal.pending() if isinstance(each, op.SaveNote)] == ["meanwhile", "kept"]
    journal.close()
