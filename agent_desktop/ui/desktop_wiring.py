"""The window wired to what lies outside it: other programs, and the agent's keys and eyes while it is not in front."""

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QEvent, QObject, QTimer, Slot

from agent_desktop import running
from agent_desktop.core import headset
from agent_desktop.core.bus_service import BusService
from agent_desktop.core.call_notice import CallNotice
from agent_desktop.core.doorbell import Doorbell
from agent_desktop.core.headset import Headset
from agent_desktop.core.session_bus import SessionBus
from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallView, PopView
from agent_desktop.settings import Desktop
from agent_desktop.ui import actions
from agent_desktop.ui.keys_everywhere import KeysEverywhere
from agent_desktop.ui.outside_calls import OutsideCalls, ask_before
from agent_desktop.ui.ring_window import RingWindows
from agent_desktop.ui.tray import Tray

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow
    from agent_desktop.ui.mini_bar import MiniBar

ACTION_OF = {"answer": "answer", "hangup": "end", "mute": "mute", "hold": "hold", "ready": "ready"}
_SEEN = (
    QEvent.Type.WindowActivate,
    QEvent.Type.WindowDeactivate,
    QEvent.Type.WindowStateChange,
    QEvent.Type.Show,
    QEvent.Type.Hide,
)
SETTLED_MS = 1_500  # after the window opened: what takes time and nobody misses before


class DesktopWiring(QObject):
    """Every way in ends at the same actions as the keys, and at the one gate for calls."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_ = window
        self._calls: tuple[CallView, ...] = ()
        self._chosen = Desktop()
        self.outside = OutsideCalls(window)
        self.rings = RingWindows(self)
        self.tray = Tray(window)
        self.mini_bar: MiniBar | None = None
        self.bus = SessionBus(self)
        self.service = BusService(self.bus, self.obey, self)
        self.notice = CallNotice(self.bus, self)
        self.headset = Headset(parent=self)
        self.keys = KeysEverywhere(self.bus, self)
        self._settled_in = False
        self._door = Doorbell(window.core.profile, self.obey, self)
        self._listen()
        running.remember(window.core.profile)
        window.installEventFilter(self)
        self.apply()
        self._later = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._later.timeout.connect(self._settled)
        self._later.start()

    def _listen(self) -> None:
        session = self.window_.session
        session.outgoing.question.connect(lambda question, go: ask_before(self.window_, question, go))
        session.calls_changed.connect(self._calls_changed)
        session.pop_changed.connect(self._pop_changed)
        session.presence_changed.connect(self.tray.set_presence)
        session.phone_changed.connect(self.tray.set_phone)
        self.rings.answer.connect(self._answer)
        self.rings.decline.connect(session.calls.decline)
        self.rings.show_wanted.connect(self.show_window)
        self.rings.shown.connect(self.notice.show)
        self.rings.about_to_show.connect(session.phone.hear_before_showing)
        self.rings.on_screen.connect(session.phone.shown_now)
        self.notice.answer.connect(self._answer)
        self.notice.decline.connect(session.calls.decline)
        self.notice.show_wanted.connect(self.show_window)
        self.headset.pressed.connect(self.control)
        self.headset.state_changed.connect(lambda _view: self.tell_settings())
        self.keys.pressed.connect(self.control)
        self.keys.state_changed.connect(lambda _words: self.tell_settings())
        self.tray.wanted.connect(self._tray_wanted)
        self.window_.action("mini_bar").triggered.connect(lambda _checked=False: self._toggle_mini_bar())

    # ------------------------------------------------------------- settings

    def apply(self) -> None:
        """The settings as they are now."""
        chosen = self._chosen = self.window_.session.settings.desktop
        self.rings.when, self.rings.where = chosen.ring_window, chosen.ring_screen
        self.tray.set_presence(self.window_.session.presence_view())
        self.tray.set_phone(self.window_.session.phone_view)
        self.tray.set_wanted(chosen.tray)
        self.tray.set_mini_bar(chosen.mini_bar)
        self._show_mini_bar(chosen.mini_bar)
        self.notice.set_wanted(chosen.notifications, names=chosen.notify_names)
        if self._settled_in:
            self.headset.set_wanted(chosen.headset)
            self.keys.set_wanted(chosen)
            self._show_keys()
        self._look_around()

    def tell_settings(self) -> None:
        """What of the settings is not possible on this computer, beside them."""
        page = self.window_.settings_wiring.page
        if page is not None:
            place = (
                ""
                if self.tray.icon is not None or not self._chosen.tray
                else self.tr("This desktop has no place for it.")
            )
            page.set_hint("desktop.tray", place)
            page.set_hint("desktop.headset", headset.words(self.headset.view))
            page.set_hint("desktop.keys_everywhere", self.keys.state)
            page.set_hint("desktop.notifications", self._notice_words())
        self._show_keys()

    def _notice_words(self) -> str:
        if not self._settled_in or self.notice.is_possible() or not self._chosen.notifications:
            return ""
        return self.tr("Not possible here: nothing on this desktop shows notifications.")

    def _show_keys(self) -> None:
        """The small window names the keys that work while it is looked at."""
        working = self.keys.working
        self.rings.keys = (actions.key_text(working.get("answer", "")), actions.key_text(working.get("hangup", "")))

    def _toggle_mini_bar(self) -> None:
        stored = self.window_.session.settings
        desktop = msgspec.structs.replace(stored.desktop, mini_bar=not stored.desktop.mini_bar)
        self.window_.settings_wiring.save(msgspec.structs.replace(stored, desktop=desktop))

    def _show_mini_bar(self, on: bool) -> None:
        if on and self.mini_bar is None:
            from agent_desktop.ui.mini_bar import MiniBar

            session = self.window_.session
            bar = self.mini_bar = MiniBar(self.window_.core.profile)
            bar.answer.connect(lambda: self.control("answer"))
            bar.mute.connect(lambda: self.control("mute"))
            bar.hold.connect(lambda: self.control("hold"))
            bar.end.connect(lambda: self.control("hangup"))
            bar.show_wanted.connect(self.show_window)
            bar.closed.connect(self._toggle_mini_bar)
            session.presence_changed.connect(bar.set_presence)
            session.phone_changed.connect(bar.set_phone)
            session.calls_changed.connect(bar.set_calls)
            bar.set_presence(session.presence_view())
            bar.set_phone(session.phone_view)
            bar.set_calls(self._calls)
            bar.show()
        elif not on and self.mini_bar is not None:
            bar, self.mini_bar = self.mini_bar, None
            bar.hide()
            bar.deleteLater()

    @Slot()
    def _settled(self) -> None:
        """What takes time and nobody misses in the first second."""
        self.rings.prepare()
        self._settled_in = True
        if self.bus.open():
            self.service.take_name()
            self.notice.start(self.tell_settings)
        self.apply()
        self.tell_settings()

    # -------------------------------------------------------- what happened

    @Slot(object)
    def _calls_changed(self, calls: tuple[CallView, ...]) -> None:
        self._calls = calls
        self.rings.set_calls(calls)
        self.tray.set_calls(calls)
        self.headset.set_calls(calls)

    @Slot(object)
    def _pop_changed(self, pop: PopView | None) -> None:
        self.rings.set_pop(pop)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SEEN:
            QTimer.singleShot(0, self, self._look_around)  # once the window knows its new state itself
            if event.type() == QEvent.Type.WindowActivate:
                QTimer.singleShot(0, self, self._in_use)
        return False

    @Slot()
    def _in_use(self) -> None:
        running.remember(self.window_.core.profile)
        self.service.take_name()

    @Slot()
    def _look_around(self) -> None:
        window = self.window_
        self.rings.set_covered(not window.isActiveWindow() or window.isMinimized() or not window.isVisible())

    # ------------------------------------------------------------- intents

    def obey(self, order: str, text: str) -> str:
        """What another program wants; words if it cannot be done."""
        return self.outside.wish(text) if order == running.DIAL else self.control(text)

    @Slot(str, result=str)
    def control(self, what: str) -> str:
        """Do what a key of the window does (``running.CONTROLS``); words if that is not possible now."""
        if what == "show":
            self.show_window()
            return ""
        action = self.window_.action(ACTION_OF[what])
        if not action.isEnabled():
            why = self.tr("no call rings") if what == "answer" else self.tr("there is no call")
            return self.tr("Not now: {0}").format(why)
        action.trigger()
        return ""

    def show_window(self) -> None:
        """Bring the window to the front."""
        window = self.window_
        if window.isMinimized():
            window.showNormal()
        elif not window.isVisible():
            window.show()
        window.raise_()
        window.activateWindow()

    @Slot(str)
    def _answer(self, call_id: str) -> None:
        """From the small window: whoever answers there wants to see who it is."""
        ringing = [call.call_id for call in self._calls if call.state is CallState.RINGING]
        if call_id in ringing:
            self.window_.session.calls.answer(call_id)
            self.show_window()

    @Slot(str)
    def _tray_wanted(self, what: str) -> None:
        if what == "quit":
            self.show_window()  # it may ask what becomes of a call
            self.window_.close()
        elif what == "mini_bar":
            self._toggle_mini_bar()
        else:
            self.control(what)

    def close(self) -> None:
        """The window closes."""
        self._later.stop()
        self._door.close()
        self.headset.set_wanted(False)
        self.keys.release()
        self.notice.show(None)
        self.bus.close()
        self._show_mini_bar(False)
        self.rings.close()
        self.tray.set_wanted(False)
