"""Parts of the script panel: the sentence to say, the steps that follow, what to read and do, and other scripts."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from agent_desktop.core.scripts.views import ActionView, LinkView, OfferView, PlaceView, StepView
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.labels import Icon, Label, elided, flowing, label, plain_tooltip
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.scripts.wide_button import WideButton
from agent_desktop.ui.wording import breakable

_ACTION_ICONS = {
    "open_ticket": "ticket", "set_disposition": "square-check", "schedule_callback": "calendar-clock",
    "start_handoff": "route", "call_url": "external-link",
}  # fmt: skip
_STRIP_ICONS = {"info": "rotate-ccw", "warn": "cloud-off", "ok": "circle-check"}
_MOST_NEXT = 6
_MOST_BEHIND = 12


class SayBox(QFrame):
    """What is to be read aloud, and where in the script that is; a sentence that could not be filled in is shown as it
    was written, with the reason."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("inset", True)
        self.caption = elided(self.tr("Say"), "small-b", "3")
        self.place = label("", "small", "3", tabular=True)
        self.words = flowing("", "say")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hint = flowing("", "small", "2")
        self.warning = flowing("", "small", "warn")
        self._warning_line = QWidget()
        sign = Icon("triangle-alert", "warn", 14)
        line = row(sign, (self.warning, 1), spacing=7)
        line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        self._warning_line.setLayout(line)
        head = row((self.caption, 1), self.place, spacing=8)
        self.setLayout(column(head, self.words, self.hint, self._warning_line, spacing=6, margins=(14, 10, 14, 14)))

    def set(self, view: StepView) -> None:
        self.words.setText(breakable(view.say))
        self.words.setVisible(bool(view.say))
        self.caption.setText(view.title or self.tr("Say"))
        self.place.setText(self.tr("Step {0} of {1}").format(view.number, view.about))
        self.hint.setText(breakable(view.hint))
        self.hint.setVisible(bool(view.hint))
        words = self.tr("Shown as it was written: {0}").format(view.say_error) if view.say_error else ""
        self.warning.setText(breakable(words))
        self._warning_line.setVisible(bool(words))
        self.setAccessibleName(self.tr("Say"))
        self.setAccessibleDescription(view.say)


class NextList(QWidget):
    """Titles of the steps that probably follow."""

    def __init__(self) -> None:
        super().__init__()
        self._title = label(self.tr("Next"), "small-b", "2")
        self._lines: list[tuple[QWidget, Label]] = []
        self._column = column(self._title, spacing=5)
        self.setLayout(self._column)

    def set(self, titles: tuple[str, ...]) -> None:
        shown = titles[:_MOST_NEXT]
        while len(self._lines) < len(shown):
            words, line = elided("", "small", "2"), QWidget()
            line.setLayout(row(Icon("circle", "text3", 12), (words, 1), spacing=10))
            self._lines.append((line, words))
            self._column.addWidget(line)
        for at, (line, words) in enumerate(self._lines):
            line.setVisible(at < len(shown))
            if at < len(shown):
                words.setText(shown[at])
        self.setVisible(bool(shown))


class BehindList(QWidget):
    """The steps that were passed, each with its answer and a way back to it. Signal: chosen(place)."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._title = label(self.tr("Answered so far"), "small-b", "2")
        self.buttons: list[WideButton] = []
        self._places: list[str] = []
        self._column = column(self._title, spacing=2)
        self.setLayout(self._column)

    def set(self, places: tuple[PlaceView, ...]) -> None:
        """The newest last; of many only the last dozen is shown."""
        shown = places[-_MOST_BEHIND:]
        self._places = [place.place for place in shown]
        while len(self.buttons) < len(shown):
            at = len(self.buttons)
            button = WideButton("circle-check", kind="ghost")
            button.clicked.connect(lambda _on=False, at=at: self.chosen.emit(self._places[at]))
            self.buttons.append(button)
            self._column.addWidget(button)
        for at, button in enumerate(self.buttons):
            button.setVisible(at < len(shown))
            if at < len(shown):
                words = f"{shown[at].title} · {shown[at].answer}" if shown[at].answer else shown[at].title
                button.set(" ".join(words.split()), "circle-check")
        self.setVisible(bool(shown))


class ButtonColumn(QWidget):
    """Buttons that come and go with the step. Signal: pressed(key)."""

    pressed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.buttons: list[WideButton] = []
        self._keys: list[str] = []
        self._column = column(spacing=5)
        self.setLayout(self._column)
        self.setAccessibleName(name)

    def set_links(self, links: tuple[LinkView, ...]) -> None:
        """Articles and pages to read."""
        self._fit([link.article for link in links])
        for button, link in zip(self.buttons, links, strict=False):
            self._say(button, link.label or link.article, "book-open")

    def set_actions(self, actions: tuple[ActionView, ...]) -> None:
        """What can be done from here; what was done says so."""
        self._fit([action.key for action in actions])
        for button, action in zip(self.buttons, actions, strict=False):
            icon = "check" if action.done else _ACTION_ICONS.get(action.kind, "zap")
            words = self.tr("{0} (done)").format(action.label) if action.done else action.label
            self._say(button, words, icon, action.why_not or action.detail)
            button.setEnabled(not action.done and not action.why_not)

    def set_ways(self, ways: tuple[PlaceView, ...]) -> None:
        """Steps to go to, where the script itself leads to none."""
        self._fit([way.place for way in ways])
        for button, way in zip(self.buttons, ways, strict=False):
            self._say(button, way.title, "corner-down-right")

    def _say(self, button: WideButton, words: str, icon: str, detail: str = "") -> None:
        button.set(words, icon, detail=detail)
        button.setToolTip(plain_tooltip(detail) if detail else "")

    def _fit(self, keys: list[str]) -> None:
        self._keys = keys
        while len(self.buttons) < len(keys):
            at = len(self.buttons)
            button = WideButton("zap")
            button.clicked.connect(lambda _on=False, at=at: self.pressed.emit(self._keys[at]))
            self.buttons.append(button)
            self._column.addWidget(button)
        for at, button in enumerate(self.buttons):
            button.setVisible(at < len(keys))
        self.setVisible(bool(keys))


class NoteStrip(QFrame):
    """One coloured box with words and up to two buttons. Signals: first(), second()."""

    first = Signal()
    second = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._icon = Icon("info", "info", 16)
        self.words = flowing("", "small", "info")
        self.yes, self.no = Button("", height=28), Button("", kind="ghost", height=28)
        self.yes.clicked.connect(self.first)
        self.no.clicked.connect(self.second)
        self._buttons = QWidget()
        self._buttons.setLayout(row(self.yes, self.no, None, spacing=6))
        texts = column(self.words, self._buttons, spacing=6)
        line = row(self._icon, (texts, 1), spacing=10, margins=(12, 9, 12, 9))
        line.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self.hide()

    def set(self, words: str, kind: str = "info", buttons: tuple[str, str] = ("", "")) -> None:
        """Empty words hide it."""
        self._icon.set(_STRIP_ICONS[kind], kind)
        self.words.setText(breakable(words))
        self.words.set_tone(kind)
        theme.restyle(self, note=kind)
        for button, text in zip((self.yes, self.no), buttons, strict=True):
            button.setText(text)
            button.setVisible(bool(text))
        self._buttons.setVisible(any(buttons))
        self.setVisible(bool(words))


class OtherScripts(QWidget):
    """The scripts that could be taken instead. Signals: chosen(script id), left()."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._offers: tuple[OfferView, ...] = ()
        self._rows: list[tuple[QWidget, WideButton, Label]] = []
        self._title = label(self.tr("Choose a script"), "body-b", wrap=True)
        self._nothing = label(self.tr("There is no other script."), "small", "3", wrap=True)
        self.back = Button(self.tr("Keep the present one"), kind="ghost", keys="Esc", height=32)
        self.back.clicked.connect(self.left)
        self._list = column(spacing=8)
        self.setLayout(column(self._title, self._nothing, self._list, row(self.back, None), spacing=10))

    def set(self, offers: tuple[OfferView, ...], *, present: bool) -> None:
        """``present``: there is one already, which can be kept."""
        self._offers = offers
        while len(self._rows) < len(offers):
            self._add()
        for at, (line, button, why) in enumerate(self._rows):
            line.setVisible(at < len(offers))
            if at < len(offers):
                icon = "check" if offers[at].chosen else "scroll-text"
                button.set(offers[at].title, icon, str(at + 1) if at < 9 else "")
                why.setText(breakable(offers[at].why))
                why.setVisible(bool(offers[at].why))
        self._nothing.setVisible(not offers)
        self.back.setText(self.tr("Keep the present one") if present else self.tr("Back"))

    def _add(self) -> None:
        at = len(self._rows)
        button = WideButton("scroll-text")
        button.clicked.connect(lambda _on=False, at=at: self.pick(at))
        why, line = flowing("", "caption", "3"), QWidget()
        line.setLayout(column(button, why, spacing=2))
        self._rows.append((line, button, why))
        self._list.addWidget(line)

    def pick(self, at: int) -> None:
        if 0 <= at < len(self._offers):
            self.chosen.emit(self._offers[at].script_id)

    def focus_first(self) -> None:
        target = self._rows[0][1] if self._offers else self.back
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        buttons = [button for line, button, _why in self._rows[: len(self._offers)]]
        at = next((number for number, button in enumerate(buttons) if button.hasFocus()), -1)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if plain and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9:
            self.pick(event.key() - Qt.Key.Key_1)
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at >= 0:
            self.pick(at)
        elif plain and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self.left.emit()
        elif plain and step and 0 <= at + step < len(buttons):
            buttons[at + step].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)
