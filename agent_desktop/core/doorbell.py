"""How another program on this computer reaches the open window: one line over a local socket, one in answer."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier, Slot

from agent_desktop.paths import Profile
from agent_desktop.running import CONTROL, CONTROLS, DIAL, DONE, MAX_LINE, open_folder

HEARS_FOR_S = 0.2


def _address(profile: Profile) -> Path:
    return profile.engine_dir / "door"


class Doorbell(QObject):
    """The window's side. ``obey`` is given the order and its text, and gives words if it cannot be done.

    DIAL comes with whom to call, untrusted: the user confirms it; CONTROL with one of ``running.CONTROLS``.
    """

    def __init__(self, profile: Profile, obey: Callable[[str, str], str], parent: QObject | None = None):
        super().__init__(parent)
        self._obey = obey
        self._folder = open_folder(profile)
        _address(profile).unlink(missing_ok=True)
        self._door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
        self._door.bind(f"/proc/self/fd/{self._folder}/door")
        self._door.listen(4)
        self._notifier = QSocketNotifier(self._door.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._open)

    @Slot()
    def _open(self) -> None:
        try:
            visitor, _ = self._door.accept()
            with visitor:
                visitor.settimeout(HEARS_FOR_S)
                line, end, _rest = visitor.recv(MAX_LINE + 1).partition(b"\n")
                answer = self._hear(line.decode("utf-8", "replace")) if end else ""
                visitor.sendall(answer.encode() + b"\n")
        except OSError:  # gone again, or says nothing
            return

    def _hear(self, line: str) -> str:
        order, _, text = line.partition(" ")
        if not line.isprintable() or not text.strip():
            return ""
        if order == DIAL or (order == CONTROL and text in CONTROLS):
            return self._obey(order, text.strip()) or DONE
        return ""

    def close(self) -> None:
        """No more visitors."""
        self._notifier.setEnabled(False)
        self._door.close()
        if self._folder is not None:
            os.close(self._folder)
            self._folder = None
