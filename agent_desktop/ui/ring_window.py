"""The ringing call in a small window on top of other programs; it never takes the keyboard from them."""

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QCursor, QGuiApplication, QPainter, QPaintEvent, QPen, QScreen
from PySide6.QtWidgets import QWidget

from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallView, PopView
from agent_desktop.ui import theme
from agent_desktop.ui.announce import announce
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.call_parts import ringing_facts, since
from agent_desktop.ui.dates import day
from agent_desktop.ui.indicators import Disc
from agent_desktop.ui.labels import Icon, elided, label, snug
from agent_desktop.ui.layouts import column, frame, row, settle
from agent_desktop.ui.wording import ltr

WIDTH = 424
APPEARS_AFTER_MS = 10  # a caller who hangs up at once, or whom a colleague takes, brings no window
_MARGIN = 16  # to the screen's edge


def floating(widget: QWidget) -> None:
    """Dress a window to lie on top of all others without ever taking the keyboard.

    With a screen reader at work it may be given the keyboard by its user; it still does not take it.
    """
    flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
    if not QAccessible.isActive():
        flags |= Qt.WindowType.WindowDoesNotAcceptFocus
    widget.setWindowFlags(flags)
    widget.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)


class RingWindow(QWidget):
    """One ringing call. Signals: answer(call_id), decline(call_id), show_wanted()."""

    answer = Signal(str)
    decline = Signal(str)
    show_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._call: CallView | None = None
        floating(self)
        if not QAccessible.isActive():  # on X11 its manager would take 3 to 30 ms; and such a window is never focused
            self.setWindowFlag(Qt.WindowType.X11BypassWindowManagerHint)
        self.setWindowTitle(self.tr("Incoming call"))
        self._name, self._queue = elided("", "title"), snug("", "small", "2")
        self._wait, self._number = label("", "small", "2", tabular=True), snug("", "small", "3", tabular=True)
        self._alert_icon, self._alert = Icon("triangle-alert", "warn", 15), elided("", "small", "warn")
        self._last = elided("", "small", "3")
        self._rings = label("", "small", "2", tabular=True)
        self._take = Button(self.tr("Answer"), "phone", kind="answer", height=38).spread()
        self._refuse = Button(self.tr("Decline"), "phone-off", height=38)
        self._open = Button("", "arrow-up-right", height=38)
        self._open.setAccessibleName(self.tr("Show the main window"))
        self._open.setToolTip(self.tr("Show the main window"))
        if not QAccessible.isActive():  # some compositors of Wayland give every new window the keyboard all the same
            for button in (self._take, self._refuse, self._open):
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._take.clicked.connect(self._taken)
        self._refuse.clicked.connect(self._refused)
        self._open.clicked.connect(self.show_wanted)
        self._alert_row = frame(row(self._alert_icon, (self._alert, 1), spacing=6))
        facts = row(self._queue, self._wait, self._number, None, spacing=10)
        disc = Disc("bell-ring", "ringing", "surface", 40)
        self.setLayout(
            column(
                row(disc, (column(self._name, facts, spacing=1), 1), spacing=12),
                row((column(self._alert_row, self._last, spacing=2), 1), self._rings, spacing=10),
                row((self._take, 1), self._refuse, self._open, spacing=8),
                spacing=8,
                margins=16,
            )
        )
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tick)

    def set(self, call: CallView, pop: PopView | None, keys: tuple[str, str] = ("", "")) -> None:
        """Show ``call`` with what is known of the caller; ``keys`` answer and end it from anywhere, if any do."""
        self._call = call
        self._name.setText(call.name)
        self._queue.setText(call.queue)
        self._queue.setVisible(bool(call.queue))
        self._number.setText(ltr(call.number) if call.number != call.name else "")
        card = pop.pop.card if pop is not None else None
        self._alert.setText(card.alert if card is not None else "")
        self._alert_row.setVisible(bool(self._alert.text()))
        self._last.setText(_last_words(pop))
        self._last.setVisible(bool(self._last.text()))
        self._take.setEnabled(call.can_answer)
        self._take.set_keys(keys[0])
        self._refuse.set_keys(keys[1])
        self._tick()
        words = (self.windowTitle(), call.name, call.queue, self._alert.text(), self._last.text())
        self.setAccessibleName(", ".join(part for part in words if part))
        self._fit()

    def _fit(self) -> None:
        """As high as its lines, and as wide as its buttons in any language."""
        layout = self.layout()
        if layout is not None:
            settle(self)
            self.setFixedSize(max(theme.px(WIDTH), layout.minimumSize().width()), layout.sizeHint().height())

    def call_id(self) -> str:
        return self._call.call_id if self._call is not None else ""

    def place(self, screen: QScreen) -> None:
        """Lie in the lower corner of ``screen``, where the eye ends."""
        room = screen.availableGeometry()
        self.ensurePolished()
        spot = QRect(QPoint(0, 0), self.size())
        spot.moveBottomRight(room.bottomRight() - QPoint(_MARGIN, _MARGIN))
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            spot.moveLeft(room.left() + _MARGIN)
        self.setGeometry(spot)

    def appear(self) -> None:
        """Be seen, and be read aloud."""
        self.show()
        self.raise_()
        self._clock.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        announce(self, self.accessibleName(), assertive=True)

    def keep_place(self) -> None:
        """It may have grown: its lower edge stays where it is."""
        lowest = self.screen().availableGeometry().bottom() - _MARGIN - self.height()
        if self.y() > lowest:
            self.move(self.x(), lowest)

    def vanish(self) -> None:
        self._clock.stop()
        self.hide()
        self._call = None

    def _tick(self) -> None:
        call = self._call
        if call is not None:
            self._wait.setText(ringing_facts(replace(call, queue="")))
            rings = self.tr("rings {0}").format(since(call.started_at)) if call.wait_s is not None else ""
            self._rings.setText(rings)

    def _taken(self) -> None:
        if self._call is not None:
            self.answer.emit(self._call.call_id)

    def _refused(self) -> None:
        if self._call is not None:
            self.decline.emit(self._call.call_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.fillRect(QRect(0, 0, self.width(), theme.px(3)), theme.color("ringing"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._call is not None:
            self._fit()


class RingWindows(QObject):
    """Shows the longest-ringing call while the main window is not in front. Signals as RingWindow's, and
    shown(CallView | None): what rings behind the agent's back, whether or not these windows are wanted;
    about_to_show(): a window comes next, unless ``set_calls`` says within this signal that its caller has gone;
    on_screen() always follows: the window has come or will not.

    ``when``: covered, always or never; ``where``: front (where the pointer is), primary or all.
    """

    answer = Signal(str)
    decline = Signal(str)
    show_wanted = Signal()
    shown = Signal(object)
    about_to_show = Signal()
    on_screen = Signal()

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self.when, self.where = "covered", "front"
        self.keys = ("", "")
        self.windows: list[RingWindow] = []
        self._covered = False
        self._call: CallView | None = None
        self._pop: PopView | None = None
        self._ready_for = ""  # the call that has had its moment, or has it as long as the timer runs
        self._soon = QTimer(self, interval=APPEARS_AFTER_MS, timerType=Qt.TimerType.PreciseTimer)
        self._soon.timeout.connect(self._now)

    def prepare(self) -> None:
        """Make the window before it is needed."""
        if not self.windows and self.when != "never":
            self._window(0)

    def set_calls(self, calls: tuple[CallView, ...]) -> None:
        """The calls there are: of a caller who has gone no window remains."""
        ringing = [call for call in calls if call.state is CallState.RINGING]
        self._call = min(ringing, key=lambda call: call.started_at, default=None)
        self._arrange()

    def set_pop(self, pop: PopView | None) -> None:
        """What is known of the caller on the main window's screen; another call's is left out."""
        self._pop = pop
        self._arrange()

    def set_covered(self, covered: bool) -> None:
        """Whether the agent does not see, or does not use, the main window now."""
        if covered != self._covered:
            self._covered = covered
            self._arrange()

    def close(self) -> None:
        """The main window closes: whatever is still told, none appears any more."""
        self.when = "never"
        self._soon.stop()
        for window in self.windows:
            window.vanish()
            window.deleteLater()
        self.windows.clear()

    def _arrange(self) -> None:
        """Make ready what is wanted now; a call that has had its moment is shown at once."""
        call = self._call
        screens = self._wanted_on()
        for window in self.windows[len(screens) :]:
            window.vanish()
        new = call is None or call.call_id != self._ready_for
        if new or not self._covered:
            self.shown.emit(None)
        if call is None or not (screens or self._covered):
            self._soon.stop()
            self._ready_for = ""
            return
        known = self._pop is not None and self._pop.interaction_id == call.interaction_id
        for at, screen in enumerate(screens):
            window = self._window(at)
            window.set(call, self._pop if known else None, self.keys)
            if window.isHidden():
                window.place(screen)
            else:
                window.keep_place()
        if new:
            self._ready_for = call.call_id
            self._soon.start()
        elif not self._soon.isActive():
            self._appear(again=False)
            self.shown.emit(self._call if self._covered else None)

    @Slot()
    def _now(self) -> None:
        """Show what has been made ready, unless its caller has gone by what is heard in this moment."""
        ringing = self._ready_for
        self.about_to_show.emit()
        wanted = self._ready_for == ringing  # else nobody, or somebody with a moment of their own
        if wanted:
            self._soon.stop()
            self._appear(again=True)
            QCursor.pos()  # X answers after it has done what it was told before
        self.on_screen.emit()
        if wanted:
            self.shown.emit(self._call if self._covered else None)

    def _appear(self, *, again: bool) -> None:
        """What has been made ready; ``again``: also what is seen already, for it is another call's now."""
        for window in self.windows:
            if window.call_id() and (again or window.isHidden()):
                window.appear()

    def _wanted_on(self) -> list[QScreen]:
        """Where a window would be now."""
        wanted = self.when == "always" or (self.when == "covered" and self._covered)
        return _screens(self.where) if self._call is not None and wanted else []

    def _window(self, at: int) -> RingWindow:
        while len(self.windows) <= at:
            window = RingWindow()
            window.answer.connect(self.answer)
            window.decline.connect(self.decline)
            window.show_wanted.connect(self.show_wanted)
            self.windows.append(window)
        return self.windows[at]


def _screens(where: str) -> list[QScreen]:
    if where == "all":
        return QGuiApplication.screens()
    pointed = QGuiApplication.screenAt(QCursor.pos()) if where == "front" else None
    return [pointed or QGuiApplication.primaryScreen()]


def _last_words(pop: PopView | None) -> str:
    """When and about what the caller was last in touch."""
    last = pop.pop.last_contact if pop is not None else None
    if last is None:
        return ""
    about = last.title or last.detail
    words = f"{day(last.started_at)}: {about}" if about else day(last.started_at)
    return QCoreApplication.translate("RingWindow", "Last contact {0}").format(words)
