"""The desktop's own notification of a ringing call, with Answer and Decline where its server has buttons."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from agent_desktop.core.session_bus import SessionBus
from agent_desktop.core.views import CallView
from agent_desktop.paths import APP_NAME

_SERVER = ("org.freedesktop.Notifications", "/org/freedesktop/Notifications", "org.freedesktop.Notifications")
_NORMAL, _CRITICAL = 1, 2


class CallNotice(QObject):
    """One at a time, gone when the call no longer rings. Signals: answer(call_id), decline(call_id), show_wanted()."""

    answer = Signal(str)
    decline = Signal(str)
    show_wanted = Signal()

    def __init__(self, bus: SessionBus, parent: QObject | None = None):
        super().__init__(parent)
        self._bus = bus
        self._abilities: frozenset[str] = frozenset()
        self._id = 0  # what the server calls it
        self._asked = ""  # the call it was shown for, while it is
        self._wanted, self._names = True, True
        self._possible = False

    def start(self, known: Callable[[], object]) -> None:
        """Ask what the server can do; ``known`` is called with the answer. Without one nothing is ever shown."""
        self._bus.listen(_SERVER[2], "ActionInvoked", self._invoked)
        self._bus.listen(_SERVER[2], "NotificationClosed", self._closed)

        def able(body: tuple[Any, ...] | None) -> None:
            self._possible = body is not None
            self._abilities = frozenset(body[0]) if body is not None else frozenset()
            known()

        self._bus.call(_SERVER, "GetCapabilities", then=able)

    def is_possible(self) -> bool:
        """Whether somebody shows notifications."""
        return self._possible

    def set_wanted(self, on: bool, *, names: bool) -> None:
        """Whether to tell at all, and who calls: screen locks show notifications too."""
        self._wanted, self._names = on, names

    def show(self, call: CallView | None) -> None:
        """Tell of ``call``; None takes away what was told."""
        call_id = call.call_id if call is not None else ""
        if call_id == self._asked:
            return
        self._withdraw()
        self._asked = call_id
        if call is None or not self._possible or not self._wanted:
            return

        def shown(body: tuple[Any, ...] | None) -> None:
            if body is None:
                return
            if self._asked != call_id:  # it rang for less time than the server took
                self._bus.call(_SERVER, "CloseNotification", ("u", (body[0],)))
            else:
                self._id = body[0]

        title = self.tr("Incoming call")
        words = ", ".join(part for part in ((call.name, call.queue) if self._names else (call.queue,)) if part)
        words = self._plain(words)
        actions = ["default", self.tr("Show"), "answer", self.tr("Answer"), "decline", self.tr("Decline")]
        hints = {
            "urgency": ("y", _CRITICAL),
            "category": ("s", "call.incoming"),
            "desktop-entry": ("s", APP_NAME),
            "resident": ("b", True),
            "suppress-sound": ("b", True),  # the phone rings
        }
        values = ("Agent Desktop", 0, APP_NAME, title, words, actions if "actions" in self._abilities else [], hints, 0)
        self._bus.call(_SERVER, "Notify", ("susssasa{sv}i", values), shown)

    def say(self, title: str, words: str) -> None:
        """Tell of something else, without buttons; it goes away by itself."""
        if self._possible:
            hints = {"urgency": ("y", _NORMAL), "desktop-entry": ("s", APP_NAME)}
            no_buttons: list[str] = []
            values = ("Agent Desktop", 0, APP_NAME, title, self._plain(words), no_buttons, hints, -1)
            self._bus.call(_SERVER, "Notify", ("susssasa{sv}i", values))

    def _plain(self, words: str) -> str:
        if "body-markup" in self._abilities:
            words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return words

    def _withdraw(self) -> None:
        if self._id:
            self._bus.call(_SERVER, "CloseNotification", ("u", (self._id,)))
        self._id, self._asked = 0, ""

    def _invoked(self, _path: str, notification: int, action: str) -> None:
        call_id = self._asked
        if not self._id or notification != self._id:
            return
        if action == "answer":
            self.answer.emit(call_id)
        elif action == "decline":
            self.decline.emit(call_id)
        else:
            self.show_wanted.emit()

    def _closed(self, _path: str, notification: int, _reason: int) -> None:
        if notification == self._id:
            self._id = 0  # and not shown again for this call
