"""The window wired to what lies outside it: other programs, and the agent's keys and eyes while it is not in front."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from agent_desktop import running
from agent_desktop.core.doorbell import Doorbell
from agent_desktop.ui.outside_calls import OutsideCalls, ask_before

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow

ACTION_OF = {"answer": "answer", "hangup": "end", "mute": "mute", "hold": "hold", "ready": "ready"}


class DesktopWiring(QObject):
    """Every way in ends at the same actions as the keys, and at the one gate for calls."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_ = window
        self.outside = OutsideCalls(window)
        self._door = Doorbell(window.core.profile, self.obey, self)
        window.session.question.connect(lambda question, go: ask_before(window, question, go))
        window.installEventFilter(self)

    def obey(self, order: str, text: str) -> str:
        """What another program wants; words if it cannot be done."""
        return self.outside.wish(text) if order == running.DIAL else self.control(text)

    def control(self, what: str) -> str:
        """Do what a key of the window does (``running.CONTROLS``); words if that is not possible now."""
        if what == "show":
            self.show_window()
            return ""
        action = self.window_.action(ACTION_OF[what])
        if not action.isEnabled():
            return self.tr("Not now: {0}").format(self._why_not(what))
        action.trigger()
        return ""

    def _why_not(self, what: str) -> str:
        return self.tr("no call rings") if what == "answer" else self.tr("there is no call")

    def show_window(self) -> None:
        """Bring the window to the front."""
        window = self.window_
        if window.isMinimized():
            window.showNormal()
        elif not window.isVisible():
            window.show()
        window.raise_()
        window.activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate:
            QTimer.singleShot(0, self, lambda: running.remember(self.window_.core.profile))
        return False

    def close(self) -> None:
        """The window closes."""
        self._door.close()
