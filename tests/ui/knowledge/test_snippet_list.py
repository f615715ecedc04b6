"""Snippets while notes are typed, with keys alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from agent_desktop.data.ids import new_id
from agent_desktop.data.knowledge_rows import SnippetRow
from agent_desktop.ui.knowledge.snippet_list import SnippetList
from agent_desktop.ui.note_edit import NoteEdit

KEY = Qt.Key


@pytest.fixture
def notes(shown: Callable[..., QWidget]) -> tuple[NoteEdit, SnippetList, QLineEdit]:
    window, edit, other = QWidget(), NoteEdit(), QLineEdit()
    box = QVBoxLayout(window)
    box.addWidget(edit)
    box.addWidget(other)
    shown(window, 500, 400)
    made = SnippetList(edit, lambda: {"customer": "Ann <b>", "agent": "Dana"})
    made.set_snippets(
        (SnippetRow(new_id(), 1, None, "reread", "Re-read for {customer}."),
         SnippetRow(new_id(), 1, None, "refund", "Refund."), SnippetRow(new_id(), 1, None, "bye", "By {agent}")),
    )  # fmt: skip
    edit.setFocus()
    return edit, made, other


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ((";rer", KEY.Key_Tab), "Re-read for Ann <b>."),
        (("So ;bye ",), "So By Dana "),
        ((";by ",), ";by "),
        ((";re", KEY.Key_Down, KEY.Key_Return), "Re-read for Ann <b>."),
        ((";re", KEY.Key_Return), ";re\n"),
        ((";re", KEY.Key_Escape, "r", KEY.Key_Return), ";rer\n"),
        (("a;bye ",), "a;bye "),
        ((";bye", KEY.Key_Tab, "!", KEY.Key_Backspace), "By Dana"),
    ],
)
def test_typed(notes: tuple[NoteEdit, SnippetList, QLineEdit], keys: tuple[str | Qt.Key, ...], text: str) -> None:
    edit, _made, _other = notes
    for key in keys:
        if isinstance(key, str):
            QTest.keyClicks(edit, key)
        else:
            QTest.keyClick(edit, key)
    assert edit.toPlainText() == text
    assert edit.hasFocus()


def test_it_is_one_step_of_undo_and_told_on_as_typed(notes: tuple[NoteEdit, SnippetList, QLineEdit]) -> None:
    edit, made, other = notes
    told: list[str] = []
    edit.typed.connect(told.append)
    QTest.keyClicks(edit, ";bye")
    assert made.is_open()
    QTest.keyClick(edit, KEY.Key_Tab)
    assert not made.is_open()
    edit.flush()
    assert told[-1] == "By Dana"
    edit.undo()
    assert edit.toPlainText() == ";bye"
    assert made.is_open(), "and may be taken again"
    other.setFocus()
    assert not made.is_open()
    edit.setFocus()
    QTest.keyClick(edit, KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert not made.is_open(), "nothing is offered over what is chosen"
    made.set_snippets(())
    edit.clear()
    QTest.keyClicks(edit, ";bye")
    assert not made.is_open()
