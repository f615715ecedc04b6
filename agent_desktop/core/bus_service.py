"""What other programs may ask of this window over the session bus: the same orders as the command line's."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from agent_desktop.core.session_bus import Method, NotPossible, SessionBus
from agent_desktop.running import CONTROL, DIAL, MAX_LINE

NAME = "org.agentdesktop.AgentDesktop1"
PATH = "/org/agentdesktop/AgentDesktop1"
_CONTROLS = {
    "Answer": "answer",
    "HangUp": "hangup",
    "Mute": "mute",
    "Hold": "hold",
    "ToggleReady": "ready",
    "Show": "show",
}


class BusService(QObject):
    """``obey`` is given the order and its text, and gives words if it cannot be done; Dial is asked about first."""

    def __init__(self, bus: SessionBus, obey: Callable[[str, str], str], parent: QObject | None = None):
        super().__init__(parent)
        self._bus, self._obey = bus, obey
        methods = {"Dial": Method("s", self._dial)}
        for name, control in _CONTROLS.items():
            methods[name] = Method("", lambda control=control: self._order(CONTROL, control))
        bus.serve(PATH, NAME, methods)

    @Slot()
    def take_name(self) -> None:
        """This window is in use: the name means it from now on."""
        if self._bus.is_open():
            self._bus.own(NAME)

    def _dial(self, text: str) -> None:
        if not text.strip().isprintable() or len(text.encode()) > MAX_LINE:
            raise NotPossible("not a number")
        self._order(DIAL, text.strip())

    def _order(self, order: str, text: str) -> None:
        trouble = self._obey(order, text)
        if trouble:
            raise NotPossible(trouble)
