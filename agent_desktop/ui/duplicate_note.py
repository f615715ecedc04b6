"""On a customer's card: another customer looks like the same person, why, and what can be done about it."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame

from agent_desktop.data.rows import Duplicate
from agent_desktop.ui import actions, wording
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.flow import flow
from agent_desktop.ui.labels import Icon, flowing
from agent_desktop.ui.layouts import column, row


class DuplicateNote(QFrame):
    """Hidden while nobody looks alike. Signals: compare(UUID), apart(UUID): of the other customer."""

    compare = Signal(object)
    apart = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("note", "info")
        self._first: Duplicate | None = None
        self.words = flowing("", "small")
        self.compare_button = Button(self.tr("Compare"), kind="link", keys=actions.keys("merge"), height=24)
        self.apart_button = Button(self.tr("Not the same"), kind="link", height=24)
        self.compare_button.clicked.connect(lambda _checked=False: self._say(self.compare))
        self.apart_button.clicked.connect(lambda _checked=False: self._say(self.apart))
        sign = Icon("users", "info", 16)
        text = row(sign, (self.words, 1), spacing=10)
        text.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        buttons = flow(self.compare_button, self.apart_button, spacing=8)
        self.setLayout(column(text, buttons, spacing=4, margins=(12, 9, 12, 7)))
        self.hide()

    def set(self, found: tuple[Duplicate, ...]) -> None:
        """Those who look alike, the likeliest first; none hides this."""
        self._first = found[0] if found else None
        if self._first is not None:
            line = self._first.line
            why = ", ".join(wording.likeness(reason) for reason in self._first.why)
            words = self.tr("Possible duplicate: {0} ({1})").format(line.name, why)
            if len(found) > 1:
                words = self.tr("{0}, and others: {1}").format(words, len(found) - 1)
            self.words.setText(wording.breakable(words))
            self.setAccessibleName(words)
            self.compare_button.setAccessibleName(self.tr("Compare with {0}").format(line.name))
            self.apart_button.setAccessibleName(self.tr("{0} is somebody else").format(line.name))
        self.setVisible(bool(found))

    def _say(self, signal: SignalInstance) -> None:
        if self._first is not None:
            signal.emit(self._first.line.id)

    def other(self) -> UUID | None:
        """Who is offered."""
        return self._first.line.id if self._first is not None else None
