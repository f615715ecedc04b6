"""A word that goes along when a script is handed in, given back or published."""

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from agent_desktop.data.script_rows import MAX_NOTE
from agent_desktop.ui.ask import Question, present
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.fields import field, tall
from agent_desktop.ui.labels import label
from agent_desktop.ui.layouts import row


class ReviewCard(Question):
    """A note of several lines: Enter begins another one, Ctrl Enter is the button. ``needed``: not without a word."""

    def __init__(self, title: str, text: str, name: str, yes: str, *, needed: bool = False):
        super().__init__(title, text)
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setAccessibleName(name)
        self.go = Button(yes, kind="primary", keys=self.tr("Ctrl Enter"), height=34)
        self.stop = Button(self.tr("Cancel"), height=34)
        self.long = label("", "caption", "bad")
        self.default = self.go
        self._needed = needed
        self.finish(field(name, tall(self.note, 96), required=needed), self.long, row(None, self.stop, self.go))
        self.note.textChanged.connect(self._show)
        self.go.clicked.connect(lambda: self.answered.emit(self.note.toPlainText().strip()))
        self.stop.clicked.connect(self.dismissed.emit)
        self._show()

    def _show(self) -> None:
        said = self.note.toPlainText().strip()
        over = len(said) - MAX_NOTE
        self.long.setText(self.tr("{0} characters too many").format(over))
        self.long.setVisible(over > 0)
        self.go.setEnabled(over <= 0 and bool(said or not self._needed))


def ask_note(parent: QWidget, card: ReviewCard, then: Callable[[str], None]) -> ReviewCard:
    """Lay the card over the window; ``then`` gets the note."""
    present(parent, card, lambda value: then(str(value)), card.note)
    return card
