"""What a supervisor can do with one agent, as a card over the board; what came of it stands at its foot."""

from collections.abc import Container, Sequence
from uuid import UUID

import msgspec
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from agent_desktop.ui import supervise_words, theme
from agent_desktop.ui.announce import announce
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.indicators import Avatar
from agent_desktop.ui.labels import Icon, elided, flowing, key_hint, label
from agent_desktop.ui.layouts import Item, column, row, rule
from agent_desktop.ui.overlay import NOTICE_ICONS
from agent_desktop.ui.theme import restyle

MODES = ("listen", "whisper", "barge")
_ICONS = {"listen": "headphones", "whisper": "mic", "barge": "users"}


def _tr(text: str) -> str:
    return QCoreApplication.translate("agent_actions", text)


class Possible(msgspec.Struct, frozen=True):
    """Why something is not possible now, in words; empty where it is."""

    pbx: str = ""
    listen: str = ""


class Outcome(QFrame):
    """What became of the last thing that was asked, as a note with icon and words."""

    def __init__(self) -> None:
        super().__init__()
        self._icon, self._words = Icon("info", "info", 16), flowing("", "small")
        self.setLayout(row(self._icon, (self._words, 1), spacing=10, margins=(12, 8, 12, 8)))
        self.setProperty("inset", True)
        self.hide()

    def set(self, words: str, tone: str) -> None:
        """``tone``: info, ok, warn, bad."""
        self._icon.set(NOTICE_ICONS[tone], tone)
        self._words.setText(words)
        self._words.set_tone(tone if tone in ("bad", "warn") else "2")
        restyle(self, note=tone if tone in ("bad", "warn") else "")
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        announce(self, words, assertive=tone == "bad")

    def text(self) -> str:
        return self._words.text()


class AgentActions(QFrame):
    """Signals: listen(mode), pause(reason), sign_out(reason), queue(queue_id, add), message(), visits(), closed()."""

    listen = Signal(str)
    pause = Signal(str)
    sign_out = Signal(str)
    queue = Signal(object, bool)
    message = Signal()
    visits = Signal()
    closed = Signal()

    def __init__(self, agent_id: UUID):
        super().__init__()
        self.agent_id = agent_id
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._avatar = Avatar("", 36)
        self._name, self._state = elided("", "h1"), elided("", "body", "2")
        self.modes = [Button(supervise_words.mode(mode), _ICONS[mode], keys=str(at + 1), height=34)
                      for at, mode in enumerate(MODES)]  # fmt: skip
        self._listen_hint = flowing("", "small", "3")
        self.reasons, self._pause = Choice(_tr("Reason of the pause")), Button(_tr("Pause"), "coffee", height=34)
        self.why, self._out = QLineEdit(), Button(_tr("Sign out"), "log-out", height=34)
        self.why.setAccessibleName(_tr("Reason to sign out"))
        self.why.setPlaceholderText(_tr("Reason, for the record"))
        self.why.setMaxLength(200)
        self.queues = Choice(_tr("Queue"))
        self._labels: dict[UUID, str] = {}
        self._add, self._remove = Button(_tr("Add"), "plus", height=34), Button(_tr("Take out"), "minus", height=34)
        self.write = Button(_tr("Write a message…"), "message-square", height=34)
        self.calls = Button(_tr("Calls answered today"), "list", height=34)
        self._no_pbx = flowing("", "small", "warn")
        self.outcome = Outcome()
        self._lay_out()
        self._connect()
        theme.size(self, fixed_width=540)

    def _lay_out(self) -> None:
        def section(name: str, *content: QWidget) -> QHBoxLayout:
            title = label(name, "small-b", "2")
            theme.size(title, minimum_width=92)
            items: list[Item] = [(part, 1) if isinstance(part, Choice | QLineEdit) else part for part in content]
            grows = any(isinstance(part, tuple) for part in items)
            return row(title, *items, *(() if grows else (None,)), spacing=8)

        words = column(self._name, self._state, spacing=1)
        self._body = column(
            row(self._avatar, (words, 1), key_hint(_tr("Esc")), spacing=12),
            rule(),
            self._no_pbx,
            section(_tr("Listen in"), *self.modes),
            self._listen_hint,
            section(_tr("Pause"), self.reasons, self._pause),
            section(_tr("Sign out"), self.why, self._out),
            section(_tr("Queues"), self.queues, self._add, self._remove),
            rule(),
            row(self.write, self.calls, None, spacing=8),
            self.outcome,
            spacing=10,
            margins=(24, 20, 24, 18),
        )
        self.setLayout(self._body)

    def _connect(self) -> None:
        for mode, button in zip(MODES, self.modes, strict=True):
            button.clicked.connect(lambda _checked=False, mode=mode: self.listen.emit(mode))
        self._pause.clicked.connect(lambda: self.pause.emit(self.reasons.currentText()))
        self._out.clicked.connect(lambda: self.sign_out.emit(self.why.text().strip()))
        self._add.clicked.connect(lambda: self.queue.emit(self.queues.currentData(), True))
        self._remove.clicked.connect(lambda: self.queue.emit(self.queues.currentData(), False))
        self.write.clicked.connect(lambda _checked=False: self.message.emit())
        self.calls.clicked.connect(lambda _checked=False: self.visits.emit())

    # ------------------------------------------------------------------ told

    def set_agent(self, name: str, state: str, lasts: str = "") -> None:
        """Whom it is about, what they do now, in words, and for how long."""
        if name != self._name.text():
            self._avatar.set_name(name)
            self._name.setText(name)
        self._state.setText(f"{state} · {lasts}" if lasts else state)
        words = _tr("Act on {0}, {1}").format(name, state)
        if words != self.accessibleName():
            self.setAccessibleName(words)

    def set_choices(self, reasons: Sequence[str], queues: Sequence[tuple[UUID, str]]) -> None:
        """The pause reasons, and the queues by id and label."""
        for reason in reasons:
            self.reasons.addItem(reason)
        self._labels = dict(queues)
        for key, words in queues:
            self.queues.addItem(words, key)

    def set_signed_in(self, queues: Container[UUID]) -> None:
        """In which of the queues they are now."""
        for at in range(self.queues.count()):
            key = self.queues.itemData(at)
            label = self._labels[key]
            words = _tr("{0} · signed in").format(label) if key in queues else label
            if words != self.queues.itemText(at):
                self.queues.setItemText(at, words)

    def set_possible(self, possible: Possible) -> None:
        """What can be done now, and why the rest cannot."""
        self._no_pbx.setText(possible.pbx)
        self._no_pbx.setVisible(bool(possible.pbx))
        listen = possible.pbx or possible.listen
        for button in self.modes:
            button.setEnabled(not listen)
            button.setAccessibleDescription(listen)
        shown = "" if possible.pbx else possible.listen
        self._listen_hint.setText(shown)
        self._listen_hint.setVisible(bool(shown))
        self._pause.setEnabled(not possible.pbx)
        for button in (self._add, self._remove):
            button.setEnabled(not possible.pbx and self.queues.count() > 0)

    # ------------------------------------------------------------------ keys

    def focus_first(self) -> None:
        """The first thing that can be done."""
        for button in (*self.modes, self._pause, self.write):
            if button.isEnabled():
                button.setFocus(Qt.FocusReason.PopupFocusReason)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = event.text()
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif pressed in ("1", "2", "3") and self.modes[0].isEnabled():
            self.listen.emit(MODES[int(pressed) - 1])
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        """On a button it is pressed; in a field the button beside it."""
        focused = self.window().focusWidget()
        beside = {self.reasons: self._pause, self.why: self._out}
        button = beside.get(focused, focused) if focused is not None else None
        if isinstance(button, Button) and button.isEnabled():
            button.click()
