"""The one seam for questions that must be answered; they lie over the window and never block the telephone's keys.

Prefer an undo in a notice to a question. Each function returns at once; ``then`` gets the answer, and nothing is called
when the question is dismissed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.fields import field
from agent_desktop.ui.labels import Icon, label
from agent_desktop.ui.layouts import Item, column, row
from agent_desktop.ui.overlay import Overlay


class Question(QFrame):
    """A card with a title, a text and an answer. Signal: answered(value), dismissed()."""

    answered = Signal(object)
    dismissed = Signal()

    def __init__(self, title: str, text: str = "", *, icon: str = "", tone: str = "text2"):
        super().__init__()
        self.setAccessibleName(f"{title} {text}".strip())
        self.setAccessibleDescription(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        head: list[Item] = [Icon(icon, tone, 20)] if icon else []
        heading = label(title, "title", wrap=True)
        self._items: list[Item] = [row(*head, (heading, 1), spacing=10)]
        if text:
            self._items.append(label(text, "body", "2", wrap=True))
        self.default: Button | None = None

    def finish(self, *items: Item) -> None:
        """Lay the card out with ``items`` below title and text."""
        body: QVBoxLayout = column(*self._items, *items, spacing=12, margins=(22, 18, 22, 16))
        self.setLayout(body)
        theme.size(self, fixed_width=440)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.default is not None:
            focused = self.window().focusWidget()
            pressed = focused if isinstance(focused, Button) else self.default
            if pressed.isEnabled():
                pressed.click()
        else:
            super().keyPressEvent(event)


def present(parent: QWidget, card: Question, then: Callable[[object], None], focus: QWidget) -> Question:
    """Lay a question over the window of ``parent``, with the keyboard on ``focus``."""
    overlay = Overlay.of(parent)

    def answer(value: object) -> None:
        overlay.dismiss(card, answered=True)
        card.deleteLater()
        then(value)

    card.answered.connect(answer)
    card.dismissed.connect(lambda: overlay.dismiss(card))
    card.setFocusProxy(focus)
    overlay.present(card, dismissed=card.deleteLater)
    return card


def confirm(
    parent: QWidget, title: str, text: str, yes: str, then: Callable[[], None], *, danger: bool = False
) -> Question:
    """Ask before something that cannot be taken back; ``yes`` is the verb on the button, ``danger`` paints it red.

    A dangerous question starts on Cancel, so that Enter typed by habit does no harm.
    """
    card = Question(title, text, icon="triangle-alert" if danger else "", tone="bad")
    go = Button(yes, kind="hangup" if danger else "primary", height=34)
    stop = Button(card.tr("Cancel"), height=34)
    go.clicked.connect(lambda: card.answered.emit(True))
    stop.clicked.connect(card.dismissed.emit)
    card.default = stop if danger else go
    card.finish(row(None, stop, go))
    return present(parent, card, lambda _value: then(), card.default)


def choice(
    parent: QWidget,
    title: str,
    options: Sequence[tuple[object, str]],
    then: Callable[[object], None],
    *,
    text: str = "",
) -> Question:
    """Ask for one of a few; ``options`` are (value, words). Digits pick."""
    card = _Choice(title, text)
    buttons = []
    for at, (value, words) in enumerate(options):
        button = Button(words, keys=str(at + 1) if at < 9 else "", height=34).spread()
        button.clicked.connect(lambda _checked=False, picked=value: card.answered.emit(picked))
        buttons.append(button)
    stop = Button(card.tr("Cancel"), height=34)
    stop.clicked.connect(card.dismissed.emit)
    card.buttons = buttons
    card.finish(column(*buttons, spacing=6), row(None, stop))
    return present(parent, card, then, buttons[0] if buttons else stop)


class _Choice(Question):
    buttons: Sequence[Button] = ()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdecimal() and 0 < int(event.text()) <= len(self.buttons):
            self.buttons[int(event.text()) - 1].click()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            for button in self.buttons:
                if button.hasFocus():
                    button.click()
                    return
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True)
class More:
    """What a question for text may say besides: a text below its title, the verb on its button, an icon."""

    text: str = ""
    yes: str = ""
    icon: str = ""


def text(
    parent: QWidget,
    title: str,
    name: str,
    then: Callable[[str], None],
    *,
    initial: str = "",
    required: bool = True,
    more: More | None = None,
) -> Question:
    """Ask for a line of text; ``name`` stands above the field. A required one cannot be left empty."""
    more = more or More()
    card = Question(title, more.text, icon=more.icon, tone="warn")
    edit = QLineEdit(initial)
    go = Button(more.yes or card.tr("OK"), kind="primary", keys=card.tr("Enter"), height=34)
    stop = Button(card.tr("Cancel"), height=34)
    go.clicked.connect(lambda: card.answered.emit(edit.text().strip()))
    stop.clicked.connect(card.dismissed.emit)
    go.setEnabled(bool(initial.strip()) or not required)
    edit.textChanged.connect(lambda now: go.setEnabled(bool(now.strip()) or not required))
    edit.selectAll()
    card.default = go
    card.finish(field(name, edit, required=required), row(None, stop, go))
    return present(parent, card, lambda value: then(str(value)), edit)


def password(parent: QWidget, title: str, text: str, then: Callable[[str], None]) -> Question:
    """Ask for a password, which is not shown while it is typed."""
    card = Question(title, text, icon="key-round")
    edit = QLineEdit()
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    go = Button(card.tr("OK"), kind="primary", keys=card.tr("Enter"), height=34)
    stop = Button(card.tr("Later"), height=34)
    go.clicked.connect(lambda: card.answered.emit(edit.text()))
    stop.clicked.connect(card.dismissed.emit)
    go.setEnabled(False)
    edit.textChanged.connect(lambda now: go.setEnabled(bool(now)))
    card.default = go
    card.finish(field(card.tr("Password"), edit, required=True), row(None, stop, go))
    return present(parent, card, lambda value: then(str(value)), edit)
