"""A session bus of the test's own, and a desktop on it that shows notifications and gives keys to programs."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from jeepney import DBusAddress, new_signal
from PySide6.QtCore import QEventLoop, QTimer

from agent_desktop.core.session_bus import Method, SessionBus

WAIT_S = 30.0


@contextmanager
def bus_daemon(program: Callable[[str], str]) -> Iterator[str]:
    """The real daemon; gives its address."""
    command = [program("dbus-daemon"), "--session", "--nofork", "--nopidfile", "--print-address"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert daemon.stdout is not None
    try:
        yield daemon.stdout.readline().strip()
    finally:
        daemon.terminate()
        daemon.wait(WAIT_S)
        daemon.stdout.close()


def heard_out(bus: SessionBus) -> None:
    """Wait until the daemon has done all that ``bus`` asked of it: between two connections it keeps no order."""
    loop, answers = QEventLoop(), []

    def answered(body: tuple[Any, ...] | None) -> None:
        answers.append(body)
        loop.quit()

    bus.call(("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus"), "GetId", then=answered)
    QTimer.singleShot(int(WAIT_S * 1000), loop, loop.quit)
    if not answers:
        loop.exec()
    assert answers[0] is not None


class NotificationServer(SessionBus):
    """What a desktop's panel does; ``shown`` holds the notifications that can be seen now."""

    PATH, NAME = "/org/freedesktop/Notifications", "org.freedesktop.Notifications"

    def __init__(self, abilities: tuple[str, ...] = ("actions", "body", "body-markup")):
        super().__init__()
        assert self.open()
        self.shown: dict[int, dict[str, Any]] = {}
        self.ever = 0
        methods = {
            "GetCapabilities": Method("", lambda: (list(abilities),), "as"),
            "Notify": Method("susssasa{sv}i", self._notify, "u"),
            "CloseNotification": Method("u", lambda number: self.shown.pop(number, None)),
        }
        self.serve(self.PATH, self.NAME, methods)
        self.own(self.NAME)
        heard_out(self)

    def _notify(
        self, app: str, _replaces: int, _icon: str, title: str, body: str, actions: list[str], hints: Any, _ms: int
    ) -> tuple[int]:
        self.ever += 1
        words = {"app": app, "title": title, "body": body, "actions": actions[::2]}
        self.shown[self.ever] = {**words, **{name: value for name, (_kind, value) in hints.items()}}
        return (self.ever,)

    def press(self, number: int, action: str) -> None:
        self.say(self.PATH, self.NAME, "ActionInvoked", "us", (number, action))

    def say(self, path: str, interface: str, member: str, signature: str, values: tuple[Any, ...]) -> None:
        """Emit a signal."""
        self._send(new_signal(DBusAddress(path, interface=interface), member, signature, values))


class KeyPortal(NotificationServer):
    """The portal's GlobalShortcuts; ``allows`` is what its user answers."""

    DESKTOP, KEYS = "/org/freedesktop/portal/desktop", "org.freedesktop.portal.GlobalShortcuts"
    SESSION = "/org/freedesktop/portal/desktop/session/test/agentdesktop"

    def __init__(self, sender: str, *, allows: bool = True):
        super().__init__()
        self._sender, self._allows = sender.lstrip(":").replace(".", "_"), allows
        self.bound: dict[str, str] = {}
        methods = {
            "CreateSession": Method("a{sv}", self._create, "o"),
            "BindShortcuts": Method("oa(sa{sv})sa{sv}", self._bind, "o"),
        }
        self.serve(self.DESKTOP, self.KEYS, methods)
        self.own("org.freedesktop.portal.Desktop")
        heard_out(self)

    def _respond(self, options: dict[str, Any], code: int, results: dict[str, Any]) -> tuple[str]:
        path = f"{self.DESKTOP}/request/{self._sender}/{options['handle_token'][1]}"
        self.say(path, "org.freedesktop.portal.Request", "Response", "ua{sv}", (code, results))
        return (path,)

    def _create(self, options: dict[str, Any]) -> tuple[str]:
        return self._respond(options, 0, {"session_handle": ("s", self.SESSION)})

    def _bind(self, _session: str, shortcuts: list[Any], _parent: str, options: dict[str, Any]) -> tuple[str]:
        self.bound = {name: values["preferred_trigger"][1] for name, values in shortcuts}
        return self._respond(options, 0 if self._allows else 1, {})

    def press(self, number: int, action: str) -> None:
        self.say(self.DESKTOP, self.KEYS, "Activated", "osta{sv}", (self.SESSION, action, number, {}))
