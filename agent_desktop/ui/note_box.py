"""A note that is read, edited in place, or written new; what is typed survives showing another interaction."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from agent_desktop.data.rows import NoteRow
from agent_desktop.ui import dates, layouts, theme, wording
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.labels import elided, label
from agent_desktop.ui.layouts import row

# (interaction, note or None for a new one): text typed and not yet saved, and the text it began with
Drafts = dict[tuple[UUID, UUID | None], tuple[str, str]]


class NoteField(QPlainTextEdit):
    """Plain text of a few lines; Tab leaves it. Signal: cancelled (Escape)."""

    cancelled = Signal()

    def __init__(self, name: str, placeholder: str = ""):
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        theme.dress(self, "body")
        theme.size(self, fixed_height=64)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)


class NoteBox(QWidget):
    """One note, or (``note`` None) the place for a new one. Signal: saved(note id or None, text, text before)."""

    saved = Signal(object, str, str)

    def __init__(self, interaction: UUID, note: NoteRow | None, drafts: Drafts):
        super().__init__()
        self.key, self._note, self._drafts = (interaction, note.id if note else None), note, drafts
        self.editor: NoteField | None = None
        self._before = ""
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        if note is None or self.key in drafts:
            self._write()
        else:
            self._read()

    def _clear(self) -> None:
        self.editor = None
        layouts.clear_layout(self._layout)

    def _read(self) -> None:
        assert self._note is not None
        self._clear()
        edit = ToolButton("pencil", self.tr("Edit note"), size=14)
        edit.clicked.connect(self.edit)
        head = row((elided(self._note.agent, "small-b"), 1), label(dates.moment(self._note.at), "small", "3"), edit)
        text = label(wording.breakable(self._note.text), "body", "2", wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._layout.addLayout(head)
        self._layout.addWidget(text)

    def is_typing(self) -> bool:
        return self.editor is not None and self.editor.hasFocus()

    def caret(self) -> tuple[tuple[UUID, UUID | None], int]:
        """Which note has the cursor, and where in it."""
        return self.key, self.editor.textCursor().position() if self.editor is not None else 0

    def resume(self, position: int) -> None:
        """Go on typing at a place, after the page around was shown anew."""
        if self.editor is None:
            self._write()
        editor = self._written()
        cursor = editor.textCursor()
        cursor.setPosition(min(position, len(editor.toPlainText())))
        editor.setTextCursor(cursor)
        editor.setFocus()

    def _written(self) -> NoteField:
        assert self.editor is not None
        return self.editor

    def edit(self) -> None:
        """Open for editing, with the cursor at the end."""
        self._write()
        self._written().setFocus()

    def _write(self) -> None:
        self._clear()
        name = self.tr("Note") if self._note else self.tr("New note")
        editor = NoteField(name, "" if self._note else self.tr("Add a note"))
        stored = self._note.text if self._note else ""
        start, self._before = self._drafts.get(self.key, (stored, stored))
        editor.setPlainText(start)
        self.editor = editor
        editor.moveCursor(editor.textCursor().MoveOperation.End)
        editor.textChanged.connect(self._typed)
        editor.cancelled.connect(self._escape)
        self.save_button = Button(self.tr("Save note"), "check", kind="primary")
        self.save_button.clicked.connect(self.save)
        self.cancel_button = Button(self.tr("Cancel"), kind="ghost")
        self.cancel_button.clicked.connect(self.cancel)
        self._layout.addWidget(editor)
        self._layout.addLayout(row(None, self.cancel_button, self.save_button))
        self._show_buttons()

    def _show_buttons(self) -> None:
        text = self._written().toPlainText()
        self.save_button.setEnabled(bool(text.strip()) and text != (self._note.text if self._note else ""))
        for button in (self.save_button, self.cancel_button):
            button.setVisible(self._note is not None or bool(text))

    def _typed(self) -> None:
        text = self._written().toPlainText()
        if text == (self._note.text if self._note else ""):
            self._drafts.pop(self.key, None)
        else:
            self._drafts[self.key] = text, self._before
        self._show_buttons()

    def save(self) -> None:
        text = self._written().toPlainText().strip()
        if not text:
            return
        self._drafts.pop(self.key, None)
        self.saved.emit(self.key[1], text, self._before)
        if self._note is None:
            self._written().clear()
        else:
            self._note = NoteRow(self._note.id, self._note.at, self._note.agent, text, self._note.version)
            self._read()

    def _escape(self) -> None:
        if self.key not in self._drafts:  # Escape never throws away what was typed
            self.cancel()

    def cancel(self) -> None:
        """Drop what was typed."""
        self._drafts.pop(self.key, None)
        if self._note is None:
            self._written().clear()
        else:
            self._read()
