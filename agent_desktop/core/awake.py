"""Keeps the screen on while something is shown on it for hours: by the desktop's own word, else by what its system has.

Whoever is asked lets go by itself when this program ends, however it ends.
"""

import ctypes
import logging
import shutil
import subprocess
import sys
from collections.abc import Sequence
from os import getpid
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from agent_desktop.core.session_bus import SessionBus

log = logging.getLogger("desktop")

AGAIN_MS = 40_000  # more often than any screen saver starts
_SCREEN_SAVER = ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver")
_PORTAL = ("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Inhibit")
_REQUEST = "org.freedesktop.portal.Request"
_IDLE = 8
_CONTINUOUS, _SYSTEM, _DISPLAY = 0x80000000, 0x1, 0x2  # of SetThreadExecutionState


class Awake(QObject):
    """``hold`` and ``release``; both any number of times. ``on_x``: the window is on an X server."""

    def __init__(self, bus: SessionBus, parent: QObject | None = None, *, on_x: bool = False):
        super().__init__(parent)
        self._on_x = on_x
        self.held = False
        self._bus = bus
        self._cookie: int | None = None
        self._request = ""
        self._helper: subprocess.Popen[bytes] | None = None
        self._timer = QTimer(self, interval=AGAIN_MS)
        self._timer.timeout.connect(self._nudge)

    def hold(self, why: str) -> None:
        """Keep the screen on; ``why`` is what the desktop may show its user."""
        if self.held:
            return
        self.held = True
        if sys.platform == "win32":
            _windows(_CONTINUOUS | _SYSTEM | _DISPLAY)
        elif sys.platform == "darwin":
            self._helper = _started(["caffeinate", "-d", "-w", str(getpid())])
        else:
            if self._on_x:
                self._timer.start()
            self._ask(why)

    def release(self) -> None:
        """It may sleep again."""
        if not self.held:
            return
        self.held = False
        self._timer.stop()
        if sys.platform == "win32":
            _windows(_CONTINUOUS)
        if self._helper is not None:
            self._helper.terminate()
            self._helper.wait()
            self._helper = None
        if self._cookie is not None:
            self._bus.call(_SCREEN_SAVER, "UnInhibit", ("u", (self._cookie,)))
            self._cookie = None
        if self._request:
            self._bus.call((_PORTAL[0], self._request, _REQUEST), "Close")
            self._request = ""

    def _ask(self, why: str) -> None:
        if not self._bus.is_open() and not self._bus.open():
            return

        def by_portal(body: tuple[Any, ...] | None) -> None:
            if body is None:
                log.info("the desktop offers no way to keep the screen on")
            elif self.held:
                self._request = str(body[0])
            else:
                self._bus.call((_PORTAL[0], str(body[0]), _REQUEST), "Close")

        def by_screen_saver(body: tuple[Any, ...] | None) -> None:
            if body is None and self.held:
                options = {"reason": ("s", why)}
                self._bus.call(_PORTAL, "Inhibit", ("sua{sv}", ("", _IDLE, options)), by_portal)
            elif body is not None and self.held:
                self._cookie = int(body[0])
            elif body is not None:  # released before it answered
                self._bus.call(_SCREEN_SAVER, "UnInhibit", ("u", (int(body[0]),)))

        self._bus.call(_SCREEN_SAVER, "Inhibit", ("ss", ("Agent Desktop", why)), by_screen_saver)

    @Slot()
    def _nudge(self) -> None:
        """Bare X servers have a screen saver of their own, which no bus knows; this is as if a key had been pressed."""
        from Xlib import X
        from Xlib.display import Display
        from Xlib.error import DisplayError

        try:
            display = Display()
        except (DisplayError, OSError) as error:
            log.info("the X server’s screen saver cannot be told: %s", error)
            return
        display.force_screen_saver(X.ScreenSaverReset)
        display.sync()
        display.close()


def _started(command: Sequence[str]) -> "subprocess.Popen[bytes] | None":
    program = shutil.which(command[0])
    if program is None:
        return None
    return subprocess.Popen([program, *command[1:]])  # noqa: S603 - a fixed command of the system's


def _windows(state: int) -> None:
    ctypes.windll.kernel32.SetThreadExecutionState(ctypes.c_uint(state))  # type: ignore[attr-defined]
