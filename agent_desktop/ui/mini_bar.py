"""State, call and what one does to it, in a bar that stays on top of other programs and leaves them the keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop import clock
from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallView, PhoneView, PresenceView
from agent_desktop.data.words import Presence
from agent_desktop.paths import Profile
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import ToolButton
from agent_desktop.ui.call_parts import since
from agent_desktop.ui.dates import duration
from agent_desktop.ui.indicators import StatePill
from agent_desktop.ui.labels import Icon, elided, label
from agent_desktop.ui.layouts import row
from agent_desktop.ui.presence_badge import badge
from agent_desktop.ui.ring_window import floating

WIDTH = 468
_PLACE = "mini_bar"
_EDGE = 8  # to the screen's edge


class MiniBar(QWidget):
    """Signals: answer(), mute(), hold(), end(), show_wanted(), closed()."""

    answer = Signal()
    mute = Signal()
    hold = Signal()
    end = Signal()
    show_wanted = Signal()
    closed = Signal()

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        floating(self)
        self._profile = profile
        self.setWindowTitle(self.tr("Mini bar"))
        self._calls: tuple[CallView, ...] = ()
        self._presence = PresenceView(Presence.OFFLINE, clock.now())
        self._phone = PhoneView("starting", "")
        self._dragged_at: QPoint | None = None
        self._pill = StatePill("offline")
        self._phone_icon = Icon("wifi", "ok", 15)
        self._name, self._timer = elided("", "body-b"), label("", "small", "2", tabular=True)
        self._answer = self._button("phone", self.tr("Answer"), self.answer)
        self._mute = self._button("mic", self.tr("Mute"), self.mute)
        self._hold = self._button("pause", self.tr("Hold"), self.hold)
        self._end = self._button("phone-off", self.tr("Hang up"), self.end, tone="bad")
        self._open = self._button("arrow-up-right", self.tr("Show the main window"), self.show_wanted)
        self._close = self._button("x", self.tr("Close the mini bar"), self.closed)
        self.setLayout(
            row(Icon("grip-vertical", "text3", 15), self._pill, self._phone_icon, (self._name, 1), self._timer, 2,
                self._answer, self._mute, self._hold, self._end, self._open, self._close,
                spacing=5, margins=(6, 5, 6, 5))
        )  # fmt: skip
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tick)
        theme.size(self, fixed_width=WIDTH)
        self._show_state()

    def _button(self, icon: str, tip: str, told: object, *, tone: str = "text2") -> ToolButton:
        result = ToolButton(icon, tip, size=17, tone=tone)
        result.clicked.connect(told)
        theme.size(result, minimum_width=32, minimum_height=32)
        return result

    def set_calls(self, calls: tuple[CallView, ...]) -> None:
        self._calls = tuple(call for call in calls if call.state is not CallState.ENDED)
        self._show_state()

    def set_presence(self, presence: PresenceView) -> None:
        self._presence = presence
        self._show_state()

    def set_phone(self, phone: PhoneView) -> None:
        self._phone = phone
        self._show_state()

    def call(self) -> CallView | None:
        """The one that is shown: talked on before ringing."""
        going = sorted(self._calls, key=lambda call: (not call.emphasised, call.state is CallState.RINGING))
        return going[0] if going else None

    def _show_state(self) -> None:
        call = self.call()
        ringing = any(one.can_answer for one in self._calls if one.state is CallState.RINGING)
        talking = call is not None and call.state in (CallState.TALKING, CallState.HELD)
        self._answer.setVisible(ringing)
        for button in (self._mute, self._hold):
            button.setVisible(talking)
        self._end.setVisible(call is not None)
        if call is not None:
            muted, held = call.muted, call.state is CallState.HELD
            self._mute.set_icon("mic-off" if muted else "mic", "bad" if muted else "text2")
            self._hold.set_icon("play" if held else "pause", "hold" if held else "text2")
            self._say(self._mute, self.tr("Unmute") if muted else self.tr("Mute"))
            self._say(self._hold, self.tr("Resume") if held else self.tr("Hold"))
            self._say(self._end, self.tr("Decline") if call.state is CallState.RINGING else self.tr("Hang up"))
        shown = badge(self._presence, self._phone)
        self._phone_icon.set(shown.phone_icon, shown.phone_tone)
        self._phone_icon.setToolTip(self._phone.text)
        self._name.setText(call.name if call is not None else "")
        self._tick()

    @staticmethod
    def _say(button: ToolButton, words: str) -> None:
        button.setToolTip(words)
        button.setAccessibleName(words)

    def _tick(self) -> None:
        shown = badge(self._presence, self._phone)
        call = self.call()
        seconds = (clock.now() - self._presence.since).total_seconds()
        self._pill.set(shown.state, duration(seconds) if call is None else "", shown.word)
        self._timer.setText(since(call.answered_at or call.started_at) if call is not None else "")

    # ------------------------------------------------------------------ place

    def _restore(self) -> None:
        """Where it was, else where it covers nothing of ours."""
        kept = QSettings(str(self._profile.window_file), QSettings.Format.IniFormat).value(_PLACE)
        size = self.sizeHint().expandedTo(self.size())
        spot = QRect(kept if isinstance(kept, QPoint) else QPoint(-30_000, 0), size)
        screens = QGuiApplication.screens()
        if not any(screen.availableGeometry().contains(spot.center()) for screen in screens):
            others = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not self]
            spot = free_place(
                size,
                [screen.availableGeometry() for screen in screens],
                [one.frameGeometry() for one in others if not one.isMinimized()],
            )
        self.move(spot.topLeft())

    def _keep(self) -> None:
        place = QSettings(str(self._profile.window_file), QSettings.Format.IniFormat)
        place.setValue(_PLACE, self.pos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged_at = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        handle = self.windowHandle()
        if self._dragged_at is None:
            return
        if QGuiApplication.platformName() == "wayland" and handle is not None:
            self._dragged_at = None
            handle.startSystemMove()  # only the compositor may move a window there
            return
        self.move(event.globalPosition().toPoint() - self._dragged_at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged_at is not None:
            self._dragged_at = None
            self._keep()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._restore()
        self._clock.start()
        self._tick()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def free_place(size: QSize, screens: Sequence[QRect], taken: Sequence[QRect]) -> QRect:
    """Where a window of ``size`` covers none of ``taken``, on the first of ``screens`` that has room.

    In the middle of the upper edge, else of the lower one, else in a corner. Where everything is taken, in the middle
    of the first screen's lower edge: what is there are the last lines of lists.
    """
    places: list[QRect] = []
    for room in screens:
        middle = room.center().x() - size.width() // 2
        right, low = room.right() - size.width() - _EDGE, room.bottom() - size.height() - _EDGE
        spots = ((middle, room.top() + _EDGE), (middle, low), (right, room.top() + _EDGE), (right, low),
                 (room.left() + _EDGE, room.top() + _EDGE), (room.left() + _EDGE, low))  # fmt: skip
        places += [QRect(QPoint(*spot), size) for spot in spots]
    return next((one for one in places if not any(one.intersects(other) for other in taken)), places[1])
