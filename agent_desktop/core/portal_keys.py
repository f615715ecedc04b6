"""Keys that work while another program has the keyboard, where the desktop's portal offers them (Wayland).

org.freedesktop.portal.GlobalShortcuts: the desktop asks its user, who may choose other keys.
"""

import itertools
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from agent_desktop.core.session_bus import SessionBus

_PORTAL = "org.freedesktop.portal.Desktop"
_PATH = "/org/freedesktop/portal/desktop"
_KEYS = "org.freedesktop.portal.GlobalShortcuts"
_WHERE = (_PORTAL, _PATH, _KEYS)


class PortalKeys(QObject):
    """Signals: pressed(str) with the name a key was given, bound(bool) once the desktop has said yes or no."""

    pressed = Signal(str)
    bound = Signal(bool)

    def __init__(self, bus: SessionBus, parent: QObject | None = None):
        super().__init__(parent)
        self._bus = bus
        self._session = ""
        self._names: frozenset[str] = frozenset()
        self._tokens = itertools.count(1)
        self._awaited: dict[str, Callable[[dict[str, Any] | None], None]] = {}

    def grab(self, keys: Mapping[str, tuple[str, str]]) -> None:
        """Ask for ``keys`` (name: words for the user, and "Ctrl+Shift+F2"); ``bound`` tells what came of it."""
        self.release()
        self._names = frozenset(keys)
        self._bus.listen("org.freedesktop.portal.Request", "Response", self._answered)
        self._bus.listen(_KEYS, "Activated", self._activated)
        shortcuts = [
            (name, {"description": ("s", words), "preferred_trigger": ("s", _trigger(text))})
            for name, (words, text) in keys.items()
        ]

        def made(results: dict[str, Any] | None) -> None:
            if results is None or "session_handle" not in results:
                self.bound.emit(False)
                return
            self._session = results["session_handle"][1]
            self._request(
                "BindShortcuts",
                ("oa(sa{sv})sa{sv}", (self._session, shortcuts, "")),
                lambda found: self.bound.emit(found is not None),
            )

        token = {"session_handle_token": ("s", "agentdesktop")}
        self._request("CreateSession", ("a{sv}", ()), made, token)

    def release(self) -> None:
        """End the session, and the keys with it."""
        if self._session:
            self._bus.call((_PORTAL, self._session, "org.freedesktop.portal.Session"), "Close")
        self._session = ""

    def _request(
        self,
        method: str,
        arguments: tuple[str, tuple[Any, ...]],
        then: Callable[[dict[str, Any] | None], None],
        options: dict[str, tuple[str, Any]] | None = None,
    ) -> None:
        """Call a method whose true answer comes as a signal from the request's own object."""
        token = f"agentdesktop{next(self._tokens)}"
        sender = self._bus.unique_name.lstrip(":").replace(".", "_")
        path = f"{_PATH}/request/{sender}/{token}"
        self._awaited[path] = then
        signature, values = arguments
        given = {"handle_token": ("s", token), **(options or {})}

        def accepted(body: tuple[Any, ...] | None) -> None:
            if body is None and path in self._awaited:
                self._awaited.pop(path)(None)

        self._bus.call(_WHERE, method, (signature, (*values, given)), accepted)

    def _answered(self, path: str, response: int, results: dict[str, Any]) -> None:
        then = self._awaited.pop(path, None)
        if then is not None:
            then(results if response == 0 else None)

    def _activated(self, _path: str, session: str, name: str, *_more: object) -> None:
        if session == self._session and name in self._names:
            self.pressed.emit(name)


def _trigger(text: str) -> str:
    """As the XDG shortcuts specification writes it: "CTRL+SHIFT+F2"."""
    words = {"Ctrl": "CTRL", "Shift": "SHIFT", "Alt": "ALT", "Meta": "LOGO"}
    *modifiers, key = text.split("+")
    return "+".join([*(words.get(part.strip(), part) for part in modifiers), key.strip()])
