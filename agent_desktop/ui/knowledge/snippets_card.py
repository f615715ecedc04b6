"""The texts that ``;name`` puts into notes: one's own, and the centre's for who leads others."""

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QPlainTextEdit

from agent_desktop.core.interaction_ids import new_id
from agent_desktop.data.knowledge_rows import SnippetRow
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.fields import field
from agent_desktop.ui.labels import flowing, key_hint, label
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.rows_model import Column, RowsModel, Table


class SnippetsCard(QFrame):
    """Signals: save_wanted(SnippetRow), also to take one away (``active`` off); closed()."""

    save_wanted = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._me: UUID | None = None
        self._edited: SnippetRow | None = None
        self._may_edit = False
        self.setAccessibleName(self.tr("Snippets"))
        columns = (
            Column[SnippetRow](self.tr("Name"), lambda one: f";{one.name}", 130),
            Column[SnippetRow](self.tr("Text"), lambda one: " ".join(one.text.split()), 300, stretch=True),
            Column[SnippetRow](self.tr("Whose"), self._whose, 100),
        )
        self.table = Table(RowsModel(columns, row_id=lambda one: one.id), self.tr("Snippets"), 30)
        theme.size(self.table, minimum_height=210)
        self.name = QLineEdit()
        self.name.setMaxLength(31)
        self.name.setPlaceholderText(self.tr("one word"))
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        theme.dress(self.text, "body")
        theme.size(self.text, fixed_height=76)
        self.everybody = QCheckBox(self.tr("For everybody in the centre"))
        theme.dress(self.everybody, "body")
        self.new = Button(self.tr("New"), "plus")
        self.remove = Button(self.tr("Take away"), "trash")
        self.save = Button(self.tr("Save"), "check", kind="primary")
        self.trouble = flowing("", "small", "bad")
        close = Button(self.tr("Close"))
        self.table.row_chosen.connect(self._chosen)
        self.new.clicked.connect(lambda _checked=False: self.begin())
        self.remove.clicked.connect(lambda _checked=False: self._store(active=False))
        self.save.clicked.connect(lambda _checked=False: self._store(active=True))
        close.clicked.connect(lambda _checked=False: self.closed.emit())
        about = self.tr(
            "Type ; and the name into notes, then Tab or a space. {customer} and {agent} become the names of both."
        )
        named = column(field(self.tr("Name"), self.name), None)
        self.setLayout(
            column(
                row((label(self.tr("Snippets"), "h1"), 1), key_hint(self.tr("Esc"))),
                flowing(about, "small", "2"),
                (self.table, 1),
                row(named, (field(self.tr("Text"), self.text), 1), spacing=10),
                self.everybody,
                self.trouble,
                row(self.new, self.remove, None, close, self.save, spacing=8),
                spacing=12,
                margins=(24, 20, 24, 16),
            )
        )
        theme.size(self, fixed_width=680)
        self.set_trouble("")
        self.setFocusProxy(self.name)

    def set(self, rows: Sequence[SnippetRow], me: UUID | None, *, may_edit: bool) -> None:
        """``may_edit``: whether the centre's are this person's to write."""
        self._me, self._may_edit = me, may_edit
        self.table.set_rows(list(rows))
        if self._edited is not None:
            self._edited = next((one for one in rows if one.id == self._edited.id), None)
        self.everybody.setVisible(may_edit)
        self._enable()

    def set_trouble(self, words: str) -> None:
        """Why it was not saved."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def begin(self) -> None:
        """Another one, from nothing; also after one was saved."""
        self._edited = None
        self.table.choose_none()
        self.name.clear()
        self.text.clear()
        self.everybody.setChecked(False)
        self.set_trouble("")
        self._enable()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _whose(self, one: SnippetRow) -> str:
        return self.tr("mine") if one.owner_id is not None else self.tr("everybody’s")

    def _chosen(self, one: SnippetRow) -> None:
        self._edited = one
        self.name.setText(one.name)
        self.text.setPlainText(one.text)
        self.everybody.setChecked(one.owner_id is None)
        self.set_trouble("")
        self._enable()

    def _enable(self) -> None:
        """The centre's are read only for who leads nobody."""
        one = self._edited
        mine = one is None or one.owner_id is not None or self._may_edit
        for box in (self.name, self.text, self.save, self.everybody):
            box.setEnabled(mine)
        self.remove.setEnabled(one is not None and mine)

    def _store(self, *, active: bool) -> None:
        chosen = self._edited
        owner = None if self.everybody.isChecked() and self._may_edit else self._me
        made = chosen or SnippetRow(new_id(), 0, owner, "", "")
        if chosen is not None and active:
            made = replace(made, owner_id=owner)
        values = {"name": self.name.text(), "text": self.text.toPlainText()} if active else {}
        self.save_wanted.emit(replace(made, active=active, **values))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.name.hasFocus():
            self._store(active=True)
        elif event.key() == Qt.Key.Key_Delete and self.table.hasFocus() and self.remove.isEnabled():
            self._store(active=False)
        else:
            super().keyPressEvent(event)
