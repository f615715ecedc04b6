"""What an edit says has changed, what it refuses in words, and that a clash loses neither side."""

from datetime import timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from agent_desktop import clock
from agent_desktop.data.consent_rows import ConsentRow
from agent_desktop.data.operations import line_said
from agent_desktop.data.rows import PhoneRow
from agent_desktop.ui.customer_editor import CustomerEdit, CustomerEditor
from agent_desktop.ui.reach_lines import read_number
from tests.support import page_rows as rows
from tests.support import screen

CARD = rows.card(0)


@pytest.fixture
def editor(qtbot: QtBot) -> CustomerEditor:
    widget = CustomerEditor()
    widget.set_region("PL")
    widget.edit(CARD)
    screen.show(qtbot, widget, 520, 700)
    return widget


def put(editor: CustomerEditor, name: str, text: str) -> None:
    widget = editor._inputs[name]
    if isinstance(widget, QComboBox):
        widget.setCurrentIndex(widget.findData(text))
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(text)
    else:
        widget.setText(text)


def saved(qtbot: QtBot, editor: CustomerEditor) -> CustomerEdit:
    with qtbot.waitSignal(editor.save) as told:
        editor.save_button.click()
    edit = told.args[0]
    assert isinstance(edit, CustomerEdit)
    return edit


def test_nothing_typed_is_nothing_to_save(editor: CustomerEditor) -> None:
    assert not editor.save_button.isEnabled()
    assert not editor.is_dirty()
    put(editor, "name", CARD.name + "  ")
    assert not editor.is_dirty(), "blanks at the end are no change"


def test_only_changed_fields_are_told(qtbot: QtBot, editor: CustomerEditor) -> None:
    for name, text in (("name", " Marta Nowak "), ("language", "uk"), ("tags", "Household"), ("alert", "")):
        put(editor, name, text)
    edit = saved(qtbot, editor)
    assert (edit.customer_id, edit.version) == (CARD.id, 3)
    assert edit.fields == {"name": "Marta Nowak", "language": "uk", "tags": "Household", "alert": ""}
    assert (edit.phones_added, edit.phones_removed, edit.emails_added, edit.emails_removed) == ((), (), (), ())


def test_numbers_keep_their_typed_form_and_show_how_they_are_read(qtbot: QtBot, editor: CustomerEditor) -> None:
    assert editor.phones.lines[0].edit.text() == "601-442 190"
    assert editor.phones.lines[0].words.text() == "\u2066+48 601 442 190\u2069 (PL)"
    editor.phones.add_button.click()
    line = editor.phones.lines[-1]
    assert line.edit.hasFocus()
    qtbot.keyClicks(line.edit, "58 620 11 40")
    assert line.words.text() == "\u2066+48 58 620 11 40\u2069 (PL)"
    editor.phones.lines[1].remove.click()
    editor.emails.add_button.click()
    qtbot.keyClicks(editor.emails.lines[-1].edit, "marta@example.net")
    edit = saved(qtbot, editor)
    assert [(typed, label) for _, typed, label in edit.phones_added] == [("58 620 11 40", "mobile")]
    assert edit.phones_removed == (rows.uid(22),)
    assert [address for _, address in edit.emails_added] == ["marta@example.net"]
    assert not editor.is_dirty()
    assert editor.state.text() == "Saving…"
    editor.refused(CARD.id, "The database did not answer")
    assert saved(qtbot, editor) == edit, "the same edit has the same ids, so nothing is added twice"


def test_a_changed_number_replaces_the_stored_one(qtbot: QtBot, editor: CustomerEditor) -> None:
    editor.phones.lines[0].edit.setText("601 442 191")
    edit = saved(qtbot, editor)
    assert [(key, typed) for key, typed, _ in edit.phones_changed] == [(rows.uid(21), "601 442 191")]
    assert list(edit.lines_before) == [str(rows.uid(21))]
    assert not edit.phones_added and not edit.phones_removed  # noqa: PT018 - one fact


@pytest.mark.parametrize(
    ("typed", "words", "tone"),
    [
        ("601442190", "\u2066+48 601 442 190\u2069 (PL)", ""),
        ("4711", "Short number, inside only", ""),
        ("hello", "Not a phone number", "bad"),
    ],
)
def test_how_numbers_are_read(typed: str, words: str, tone: str) -> None:
    assert read_number(typed, "PL") == (words, tone)


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [("name", " ", "A customer needs a name"), ("time_zone", "Mars", "Not a time zone: they look like Europe/Warsaw")],
)
def test_what_cannot_be_saved_is_said_where_it_stands(
    qtbot: QtBot, editor: CustomerEditor, field: str, text: str, words: str
) -> None:
    put(editor, field, text)
    with qtbot.assertNotEmitted(editor.save):
        editor.save_button.click()
    assert editor._boxes[field]._error.text() == words
    assert editor._inputs[field].hasFocus()
    assert editor._inputs[field].accessibleDescription() == words


def test_bad_numbers_and_addresses_are_not_saved(qtbot: QtBot, editor: CustomerEditor) -> None:
    editor.phones.lines[0].edit.setText("not a number")
    with qtbot.assertNotEmitted(editor.save):
        editor.save_button.click()
    assert editor.phones.lines[0].edit.hasFocus()
    editor.phones.lines[0].edit.setText("601-442 190")
    editor.phones.add_button.click()
    editor.phones.lines[-1].edit.setText("+48 601 442 190")
    with qtbot.assertNotEmitted(editor.save):
        editor.save_button.click()
    assert editor.phones.lines[-1].words.text() == "Already there"
    editor.phones.lines[-1].remove.click()
    editor.emails.lines[0].edit.setText("marta@")
    with qtbot.assertNotEmitted(editor.save):
        editor.save_button.click()
    assert editor.emails.lines[0].edit.hasFocus()


def test_a_clash_shows_both_values_and_keeps_what_was_typed(qtbot: QtBot, editor: CustomerEditor) -> None:
    put(editor, "alert", "Mine")
    put(editor, "tags", "Mine")
    saved(qtbot, editor)
    theirs = replace(CARD, version=5, alert="Theirs", address="A new street")
    editor.refused(CARD.id, "Somebody else changed this customer meanwhile (alert).", theirs)
    assert editor._trouble.isVisible()
    assert editor._inputs["alert"].hasFocus()
    box = editor._boxes["alert"]
    assert box._clash.isVisible()
    assert box._theirs.text() == "Stored meanwhile: Theirs"
    assert editor._inputs["alert"].toPlainText() == "Mine"  # type: ignore[union-attr]
    assert editor._inputs["address"].toPlainText() == "A new street"  # type: ignore[union-attr]
    edit = saved(qtbot, editor)
    assert (edit.version, edit.fields) == (5, {"alert": "Mine", "tags": "Mine"})


def test_the_stored_value_can_be_taken_instead(qtbot: QtBot, editor: CustomerEditor) -> None:
    put(editor, "alert", "Mine")
    editor.refused(CARD.id, "Clash", replace(CARD, version=5, alert="Theirs"))
    editor._boxes["alert"]._take.click()
    assert editor._inputs["alert"].toPlainText() == "Theirs"  # type: ignore[union-attr]
    assert not editor._boxes["alert"]._clash.isVisible()
    assert not editor.is_dirty()


def test_lines_of_both_sides_come_together(qtbot: QtBot, editor: CustomerEditor) -> None:
    editor.phones.add_button.click()
    editor.phones.lines[-1].edit.setText("58 620 11 40")
    editor.phones.lines[1].remove.click()
    theirs = PhoneRow(rows.uid(23), "+49 30 901820", "+4930901820", "work")
    editor.refused(CARD.id, "Clash", replace(CARD, version=5, phones=(*CARD.phones, theirs)))
    assert [line.edit.text() for line in editor.phones.lines] == ["601-442 190", "+49 30 901820", "58 620 11 40"]
    edit = saved(qtbot, editor)
    assert edit.phones_removed == (rows.uid(22),)
    assert [typed for _, typed, _ in edit.phones_added] == ["58 620 11 40"]


def test_a_line_that_both_changed_shows_what_is_stored(qtbot: QtBot, editor: CustomerEditor) -> None:
    """Neither overwrites the other unseen: changed by both, changed there and removed here, removed there."""
    one, two = CARD.phones
    editor.phones.lines[0].edit.setText("601 442 191")
    editor.phones.lines[1].remove.click()
    theirs = (replace(one, typed="601 442 195"), replace(two, typed="58 620 11 49"))
    editor.refused(CARD.id, "Clash", replace(CARD, version=5, phones=theirs))
    assert [line.edit.text() for line in editor.phones.lines] == ["601 442 191", "58 620 11 49"]
    first = editor.phones.lines[0]
    assert "601 442 195" in first._stored_words.text()
    assert saved(qtbot, editor).lines_before == {str(one.id): line_said("601 442 195", one.label)}
    editor.refused(CARD.id, "Clash", replace(CARD, version=6, phones=(replace(one, typed="601 442 196"), theirs[1])))
    editor.phones.lines[0]._take.click()
    assert [line.edit.text() for line in editor.phones.lines] == ["601 442 196", "58 620 11 49"]
    assert not editor.is_dirty()
    editor.phones.lines[0].edit.setText("601 442 199")
    editor.refused(CARD.id, "Clash", replace(CARD, version=7, phones=theirs[1:]))
    assert [typed for _, typed, _ in saved(qtbot, editor).phones_added] == ["601 442 199"], "typed here, removed there"


def test_a_stored_edit_closes_and_a_later_key_does_not(qtbot: QtBot, editor: CustomerEditor) -> None:
    put(editor, "name", "Marta Nowak")
    editor.phones.add_button.click()
    editor.phones.lines[-1].edit.setText("58 620 11 40")
    edit = saved(qtbot, editor)
    new = PhoneRow(edit.phones_added[0][0], "58 620 11 40", "+48586201140", "mobile")
    stored = replace(CARD, version=4, name="Marta Nowak", phones=(*CARD.phones, new))
    put(editor, "tags", "typed while it was being saved")
    with qtbot.assertNotEmitted(editor.closed):
        editor.stored(stored)
    assert editor.is_dirty()
    put(editor, "tags", ", ".join(CARD.tags))
    with qtbot.waitSignal(editor.closed):
        editor.stored(replace(stored, version=5))


def test_discard_drops_and_closes(qtbot: QtBot, editor: CustomerEditor) -> None:
    put(editor, "name", "X")
    assert editor.cancel_button.text() == "Discard"
    with qtbot.waitSignal(editor.closed):
        editor.cancel_button.click()
    editor.edit(CARD)
    assert editor._inputs["name"].text() == CARD.name  # type: ignore[union-attr]
    assert editor.cancel_button.text() == "Close"


def test_a_new_customer_has_an_id_of_our_making(qtbot: QtBot, editor: CustomerEditor) -> None:
    editor.new_customer("Ingrid Berg", "601 442 190")
    edit = saved(qtbot, editor)
    assert edit.version == 0
    assert isinstance(edit.customer_id, UUID)
    assert edit.customer_id.version == 7
    assert edit.fields == {"name": "Ingrid Berg"}
    assert [typed for _, typed, _ in edit.phones_added] == ["601 442 190"]
    editor.edit(CARD)
    editor.new_customer()
    assert editor.customer_id() == edit.customer_id, "one begun is taken up again"


def test_tab_leaves_every_field(qtbot: QtBot, editor: CustomerEditor) -> None:
    alert = editor._inputs["alert"]
    alert.setFocus()
    qtbot.keyClick(alert, Qt.Key.Key_Tab)
    assert not alert.hasFocus()
    assert isinstance(editor._inputs["name"], QLineEdit)


LETTER = ConsentRow("email", True, "a letter", clock.from_us(1_790_000_000_000_000))


def test_consent_is_said_by_channel_with_where_and_when(qtbot: QtBot, editor: CustomerEditor) -> None:
    editor.stored(replace(CARD, version=4, consents=(LETTER,)))
    editor.edit(replace(CARD, version=4, consents=(LETTER,)))
    calls, mail = editor.consents.lines["call"], editor.consents.lines["email"]
    assert (calls.answer.chosen(), mail.answer.chosen()) == (None, 0)
    assert "a letter" in mail.stored.text()
    assert not editor.is_dirty()
    calls.answer.choose(1)
    assert calls._details.isVisible()
    qtbot.keyClicks(calls.source, "on the phone ")
    mail.answer.choose(1)
    mail.day.setDate(mail.day.date().addDays(-3))
    edit = saved(qtbot, editor)
    assert not edit.touches_card
    assert [(one.channel, one.given, one.source) for one in edit.consents] == [
        ("call", False, "on the phone"),
        ("email", False, ""),
    ]
    assert edit.consents[0].at is None
    assert edit.consents[1].at is not None
    assert timedelta(days=2) < clock.now() - edit.consents[1].at < timedelta(days=4)
    now = (ConsentRow("call", False, "on the phone", clock.now()), ConsentRow("email", False, "", clock.now()))
    with qtbot.waitSignal(editor.closed):
        editor.stored(replace(CARD, version=6, consents=now))


def test_a_slip_of_the_hand_is_taken_back(qtbot: QtBot, editor: CustomerEditor) -> None:
    line = editor.consents.lines["post"]
    line.answer.choose(0)
    assert editor.is_dirty()
    line.undo.click()
    assert (line.answer.chosen(), editor.is_dirty()) == (None, False)
