"""Two and three calls at once, a line each: who, what state since when, and what can be done with that one."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from agent_desktop.core.identity_check import IdentityMark
from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallView
from agent_desktop.ui import actions, theme
from agent_desktop.ui.buttons import ToolButton
from agent_desktop.ui.call_parts import at_most, bar_button, since
from agent_desktop.ui.identity_mark import IdentityBadge
from agent_desktop.ui.labels import Icon, elided, label, snug
from agent_desktop.ui.layouts import row
from agent_desktop.ui.wording import ltr

MOST = 3
_HEIGHTS = {2: 33, 3: 24}  # of a line, so that all fit into the bar
_GOING = (CallState.TALKING, CallState.HELD)


def state_of(call: CallView) -> tuple[str, str, str]:
    """Icon, colour token and word for what a call is doing."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("CallList", text)

    if call.state is CallState.RINGING:
        return "bell-ring", "ringing", tr("Ringing")
    if call.state is CallState.DIALLING:
        return "phone-outgoing", "talking", progress(call)
    if call.referring:
        return "phone-forwarded", "info", tr("Handing over…")
    if call.state is CallState.HELD:
        return "circle-pause", "hold", tr("On hold, in silence") if call.hold_refused else tr("On hold")
    if call.joined:
        return "users", "talking", tr("Conference")
    if call.held_by_remote:
        return "circle-pause", "info", tr("Held there")
    return "phone", "talking", tr("Talking")


def progress(call: CallView) -> str:
    """How our dialling goes, in words."""
    words = {
        "ringing": QCoreApplication.translate("CallList", "Ringing…"),
        "": QCoreApplication.translate("CallList", "Calling…"),
        "calling": QCoreApplication.translate("CallList", "Calling…"),
    }
    return words.get(call.status, call.status)


def clock_of(call: CallView) -> str:
    """Since when it is so."""
    return since(call.held_since or call.answered_at or call.started_at)


def about(call: CallView) -> str:
    """What else must be known about a call to tell it from the others."""
    if call.consult_for:
        return QCoreApplication.translate("CallList", "consult")
    if call.consult:
        return QCoreApplication.translate("CallList", "asked by {0}").format(call.via)
    if call.via:
        return QCoreApplication.translate("CallList", "from {0}").format(call.via)
    number = "" if call.number == call.name else ltr(call.number)
    return "  ·  ".join(part for part in (number, call.queue) if part)


class CallRow(QFrame):
    """One call. Signals: chosen, answer, decline, talk, end (call_id), moved(step) with the arrows."""

    chosen = Signal(str)
    answer = Signal(str)
    decline = Signal(str)
    talk = Signal(str)
    end = Signal(str)
    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._call: CallView | None = None
        self._above, self._below = False, False  # joined with the line there
        self._icon = Icon("phone", "talking", 16)
        self._name, self._about = snug("", "body-b"), elided("", "small", "3", tabular=True)
        self.identity = IdentityBadge()
        self.identity.set_folded(True)
        theme.size(self.identity, fixed_height=20)
        self._word = label("", "small-b", tabular=True)
        self._word.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._answer = bar_button(self.tr("Answer"), "phone", "answer", kind="answer", height=24)
        self._decline = self._tool("phone-off", self.tr("Decline"), "decline_second")
        self._talk = self._tool("play", self.tr("Talk to this caller, hold the other"), "swap")
        keeps = self._talk.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)  # the words of all lines end at the same place
        self._talk.setSizePolicy(keeps)
        self._end = self._tool("phone-off", self.tr("End this call"), "")
        for button, signal in (
            (self._answer, self.answer), (self._decline, self.decline), (self._talk, self.talk), (self._end, self.end),
        ):  # fmt: skip
            button.clicked.connect(lambda _checked=False, signal=signal: self._say(signal))
        self.setLayout(
            row(self._icon, self._name, self.identity, (self._about, 1), self._word, self._answer, self._decline,
                self._talk, self._end, spacing=6, margins=(10, 0, 4, 0))
        )  # fmt: skip
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @staticmethod
    def _tool(icon: str, tip: str, action: str) -> ToolButton:
        button = ToolButton(icon, tip, size=14, keys=actions.keys(action) if action else "")
        theme.size(button, minimum_width=24, minimum_height=24, fixed_height=24)
        return button

    def _say(self, signal: object) -> None:
        if self._call is not None:
            signal.emit(self._call.call_id)  # type: ignore[attr-defined]  # a bound signal

    def call_id(self) -> str:
        return self._call.call_id if self._call is not None else ""

    def set(self, call: CallView, height: int, joined: tuple[bool, bool]) -> None:
        """``joined`` with the line above, and below."""
        self._call = call
        self._above, self._below = joined
        theme.size(self, fixed_height=height)
        icon, tone, _ = state_of(call)
        self._icon.set(icon, tone)
        self._name.setText(call.name)
        at_most(self._name, 110)
        self.identity.show_for(None if call.consult_for else call.interaction_id)
        self._about.setText(about(call))
        self._word.set_tone({"ringing": "ringing", "talking": "talking", "info": "info"}.get(tone, "2"))
        ringing, going = call.state is CallState.RINGING, call.state in _GOING
        self._answer.setVisible(ringing)
        self._answer.setEnabled(call.can_answer)
        self._decline.setVisible(ringing)
        self._talk.setVisible(going and call.state is CallState.HELD)
        self._end.setVisible(not ringing)
        self.tick()
        self.update()

    def set_compact(self, on: bool, *, tight: bool = False) -> None:
        """Leave out what the name is enough for; ``tight`` also the word on Answer."""
        self._about.setVisible(not on)
        self._answer.set_compact(tight)
        at_most(self._name, 60 if tight else 110)

    def word_width(self, width: int | None = None) -> int:
        """How wide the state's words are; given, they take so much room, for all lines to begin alike."""
        if width is not None:
            self._word.setMinimumWidth(width)
        return self._word.sizeHint().width()

    def tick(self) -> None:
        if self._call is None:
            return
        self._word.setText(f"{state_of(self._call)[2]}  {clock_of(self._call)}")
        shown = "" if self.identity.isHidden() else self.identity.word()
        words = (self._call.name, shown, about(self._call), self._word.text())
        self.setAccessibleName(", ".join(part for part in words if part))
        if self._call.emphasised:
            self.setAccessibleDescription(self.tr("The keys act on this call"))
        else:
            self.setAccessibleDescription("")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._say(self.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._say(self.chosen)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        call = self._call
        if call is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = state_of(call)[1]
        outline = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = "ringing_bg" if tone == "ringing" else "sel" if call.emphasised else "subtle" if call.joined else ""
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(ground))
            painter.drawRoundedRect(outline, 5, 5)
        if call.joined or call.emphasised:
            bar = QRectF(0, 0 if self._above else 3, 3, self.height() - (0 if self._above else 3) - 3)
            if self._below:
                bar.setBottom(self.height())
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                bar.moveRight(self.width())
            painter.fillRect(bar, theme.color("talking_fill" if call.joined else "accent"))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(outline.adjusted(1, 1, -1, -1), 4, 4)


class CallList(QWidget):
    """The lines, oldest call first, those of a conference together. Signals: chosen, answer, decline, talk, end
    (call_id)."""

    chosen = Signal(str)
    answer = Signal(str)
    decline = Signal(str)
    talk = Signal(str)
    end = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Calls"))
        self._shown = 0
        self._rows = [CallRow() for _ in range(MOST)]
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addStretch(1)
        for at, line in enumerate(self._rows):
            box.addWidget(line)
            line.chosen.connect(self.chosen)
            line.answer.connect(self.answer)
            line.decline.connect(self.decline)
            line.talk.connect(self.talk)
            line.end.connect(self.end)
            line.moved.connect(lambda step, at=at: self._move(at, step))
        box.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set(self, calls: Sequence[CallView]) -> None:
        """Two or three calls; fewer hide the list."""
        ordered = sorted(calls, key=lambda call: not call.joined)[:MOST]
        self._shown = len(ordered) if len(ordered) > 1 else 0
        self.setVisible(bool(self._shown))
        for at, line in enumerate(self._rows):
            line.setVisible(at < self._shown)
            if at >= self._shown:
                continue
            call = ordered[at]
            above = call.joined and at > 0
            below = call.joined and at + 1 < len(ordered) and ordered[at + 1].joined
            line.set(call, _HEIGHTS[self._shown], (above, below))
            # one stop for Tab: the arrows go on from there
            line.setFocusPolicy(Qt.FocusPolicy.TabFocus if call.emphasised else Qt.FocusPolicy.ClickFocus)
        self._align()

    def set_identity(self, marks: Mapping[UUID, IdentityMark]) -> None:
        """Which of the callers have shown who they are."""
        for line in self._rows:
            line.identity.set(marks)

    def set_compact(self, on: bool, *, tight: bool = False) -> None:
        for line in self._rows:
            line.set_compact(on, tight=tight)

    def tick(self) -> None:
        for line in self._rows[: self._shown]:
            line.tick()
        self._align()

    def _align(self) -> None:
        widest = max((line.word_width() for line in self._rows[: self._shown]), default=0)
        for line in self._rows[: self._shown]:
            line.word_width(widest)

    def _move(self, at: int, step: int) -> None:
        if 0 <= at + step < self._shown:
            self._rows[at + step].setFocus(Qt.FocusReason.TabFocusReason)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), min(hint.height(), theme.px(72)))
