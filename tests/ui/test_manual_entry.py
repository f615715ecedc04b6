"""A call taken elsewhere: what is understood, what is refused in words, what is handed on."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from agent_desktop import clock
from agent_desktop.core.views import ManualInteraction
from agent_desktop.ui import dates
from agent_desktop.ui.manual_entry import ManualEntry, read_duration
from tests.support import page_rows as rows
from tests.support import screen


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[ManualEntry]:
    with screen.afternoon():
        widget = ManualEntry("PL")
        widget.start(rows.DISPOSITIONS)
        screen.show(qtbot, widget, 560, 640)
        yield widget


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("6", 360), ("6:24", 384), ("1:02:03", 3723), ("90 s", 90), ("6 min", 360), ("2 h", 7200), ("0:30", 30),
     ("6:75", None), ("", None), ("six", None), ("-1", None), ("25 h", None), ("99999:00", None)],
)  # fmt: skip
def test_lengths(typed: str, seconds: int | None) -> None:
    assert read_duration(typed) == seconds


def test_a_call_is_entered_with_the_keyboard(qtbot: QtBot, form: ManualEntry) -> None:
    form.setFocus(Qt.FocusReason.PopupFocusReason)
    assert form.direction.hasFocus()
    qtbot.keyClick(form.direction, Qt.Key.Key_Right)
    qtbot.keyClicks(form.number, "601 442 190")
    qtbot.keyClicks(form.length, "6:24")
    with qtbot.waitSignal(form.search) as asked:
        qtbot.keyClicks(form.query, "mar")
    assert asked.args == ["mar"]
    form.set_candidates(rows.customer_lines(3))
    qtbot.keyClick(form.query, Qt.Key.Key_Return)
    assert form._chosen_name.text() == "Marta Kowalczyk"
    assert form.disposition.hasFocus()
    qtbot.keyClick(form.disposition, Qt.Key.Key_Down)
    qtbot.keyClicks(form.note, "Took it on my mobile")
    with qtbot.waitSignal(form.entered) as told:
        qtbot.keyClick(form.save_button, Qt.Key.Key_Space)
    entry = told.args[0]
    assert isinstance(entry, ManualInteraction)
    assert abs(entry.started_at - clock.now()) < timedelta(minutes=2)
    assert entry == ManualInteraction(
        "outbound",
        "601 442 190",
        entry.started_at,
        384,
        rows.uid(1000),
        "Took it on my mobile",
        rows.DISPOSITIONS[0].id,
    )


def test_what_is_wrong_gets_the_focus_and_words(qtbot: QtBot, form: ManualEntry) -> None:
    def refused(words: str) -> None:
        with qtbot.assertNotEmitted(form.entered):
            form.save_button.click()
        assert form._error.text() == words

    refused("Enter the number or choose the customer")
    assert form.number.hasFocus()
    form.number.setText("hello")
    refused("This is not a phone number")
    form.number.setText("601 442 190")
    assert form._number_words.text() == "\u2066+48 601 442 190\u2069 (PL)"
    refused("Write the length as 6:24 or 6 min")
    assert form.length.hasFocus()
    form.length.setText("6:24")
    form.started.setDateTime(dates.to_edit(clock.now() + timedelta(hours=1)))
    refused("The call cannot have begun in the future")


def test_a_chosen_customer_can_be_taken_back(form: ManualEntry) -> None:
    form.start(rows.DISPOSITIONS, rows.customer_lines(1)[0])
    assert form.number.text() == "+48601442000"
    assert not form.query.isVisible()
    form._drop_customer()
    assert form.query.hasFocus()


def test_late_candidates_change_nothing(form: ManualEntry) -> None:
    form.set_candidates(rows.customer_lines(3))
    assert not form.candidates.isVisible(), "nothing is sought any more"


def test_it_starts_afresh(form: ManualEntry) -> None:
    form.number.setText("1")
    form.note.setPlainText("old")
    form.save_button.click()
    form.start(rows.DISPOSITIONS)
    assert (form.number.text(), form.note.toPlainText(), form._error.text()) == ("", "", "")


def test_giving_up_is_told(qtbot: QtBot, form: ManualEntry) -> None:
    with qtbot.waitSignal(form.closed):
        form.cancel_button.click()
