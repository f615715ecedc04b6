"""One interaction whole: its words, its buttons, and notes that are never lost while they are typed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from agent_desktop.data.rows import NoteRow
from agent_desktop.data.words import Outcome
from agent_desktop.ui.interaction_panel import InteractionPanel
from tests.support import page_rows as rows
from tests.support import screen

LINE = replace(
    rows.calls()[0], number="+48601442190", customer_id=rows.uid(1001), customer="Marta Kowalczyk", talk_s=384.0
)
PAGE = rows.interaction(LINE)


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[InteractionPanel]:
    with screen.afternoon():
        widget = InteractionPanel()
        widget.set_page(PAGE)
        screen.show(qtbot, widget, 420, 748)
        yield widget


def texts(panel: InteractionPanel) -> str:
    screen.settle(panel)
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def test_it_says_who_when_how_long_and_what_came_with_the_call(panel: InteractionPanel) -> None:
    said = texts(panel)
    for words in ("Marta Kowalczyk", "Today 14:28", "\u2066+48 601 442 190\u2069", "6:24", "Estimated reading"):
        assert words in said
    assert "Billing, then 2" in said
    assert "Taken by a colleague" in said
    assert "SIP 487 Busy" in said
    assert "rang 0:08 · on hold 1:19" in said


def test_a_leg_that_was_never_answered_has_no_length(panel: InteractionPanel) -> None:
    leg = replace(PAGE.legs[0], sip_code=None, hold_s=0.0, outcome=Outcome.MISSED, agent="")
    panel.set_page(replace(PAGE, legs=(leg,)))
    assert "never connected" in texts(panel)
    assert "–" in texts(panel)


def test_buttons_tell_what_is_wanted(qtbot: QtBot, panel: InteractionPanel) -> None:
    with qtbot.waitSignal(panel.dial) as dialled:
        panel.call_button.click()
    assert dialled.args == ["+48601442190"]
    with qtbot.waitSignal(panel.open_customer) as opened:
        panel.main_button.click()
    assert opened.args == [rows.uid(1001)]
    with qtbot.waitSignal(panel.link) as linked:
        panel.link_button.click()
    assert linked.args == [LINE.id]


def test_an_unknown_caller_is_linked_first_of_all(qtbot: QtBot, panel: InteractionPanel) -> None:
    panel.set_page(replace(PAGE, line=replace(LINE, customer_id=None, customer="", number="")))
    assert "Withheld number" in texts(panel)
    assert not panel.call_button.isEnabled()
    with qtbot.waitSignal(panel.link):
        panel.main_button.click()


def test_a_new_note_is_written_and_saved(qtbot: QtBot, panel: InteractionPanel) -> None:
    box = panel.boxes[-1]
    assert box.editor is not None
    assert not box.save_button.isVisible()
    qtbot.keyClicks(box.editor, "Called back")
    with qtbot.waitSignal(panel.save_note) as saved:
        qtbot.keyClick(box.editor, Qt.Key.Key_Tab)
        qtbot.keyClick(box.cancel_button, Qt.Key.Key_Tab)
        qtbot.keyClick(box.save_button, Qt.Key.Key_Space)
    assert saved.args == [LINE.id, None, "Called back"]
    assert box.editor.toPlainText() == ""


def test_a_note_is_edited_in_place(qtbot: QtBot, panel: InteractionPanel) -> None:
    box = panel.boxes[0]
    box.edit()
    assert box.editor is not None
    assert not box.save_button.isEnabled()
    qtbot.keyClicks(box.editor, " Done.")
    with qtbot.waitSignal(panel.save_note) as saved:
        box.save_button.click()
    assert saved.args == [LINE.id, PAGE.notes[0].id, PAGE.notes[0].text + " Done."]


def test_escape_throws_nothing_away(qtbot: QtBot, panel: InteractionPanel) -> None:
    box = panel.boxes[0]
    box.edit()
    assert box.editor is not None
    qtbot.keyClicks(box.editor, "x")
    qtbot.keyClick(box.editor, Qt.Key.Key_Escape)
    assert box.editor is not None
    assert box.editor.toPlainText().endswith("x")


def test_what_is_typed_survives_another_interaction_and_a_refresh(qtbot: QtBot, panel: InteractionPanel) -> None:
    box = panel.boxes[-1]
    assert box.editor is not None
    box.editor.setFocus()
    qtbot.keyClicks(box.editor, "half a note")
    qtbot.keyClick(box.editor, Qt.Key.Key_Left)
    other = rows.interaction(replace(rows.calls()[1]))
    panel.set_page(other)
    assert panel.boxes[-1].editor is not None
    assert panel.boxes[-1].editor.toPlainText() == ""
    panel.set_page(PAGE)
    editor = panel.boxes[-1].editor
    assert editor is not None
    assert editor.toPlainText() == "half a note"
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Home)
    colleague = NoteRow(rows.uid(913), rows.NOW + timedelta(minutes=1), "Jonas Lind", "And mine", 1)
    panel.set_page(replace(PAGE, notes=(*PAGE.notes, colleague)))
    editor = panel.boxes[-1].editor
    assert editor is not None
    assert editor.hasFocus()
    qtbot.keyClicks(editor, ">")
    assert editor.toPlainText() == ">half a note"


def test_notes_are_plain_text_and_wrap(panel: InteractionPanel) -> None:
    label = next(label for label in panel.findChildren(QLabel) if "not italic" in label.text())
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert "<i>not italic</i>" in label.text()
    assert panel._scroll.widget().width() <= panel._scroll.viewport().width()
