"""How a second program asks the open window of a profile to dial: one line over a local socket; the user confirms."""

import os
import socket
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

from agent_desktop.paths import Profile

MAX_LINE = 512


def _address(profile: Profile) -> Path:
    return profile.engine_dir / "door"


def ring(profile: Profile, number: str) -> bool:
    """Hand ``number`` to the open window; False if there is none."""
    line = number.replace("\n", " ").encode()[:MAX_LINE]
    folder = _open_folder(profile)
    if folder is None:
        return False
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
            door.settimeout(2)
            door.connect(f"/proc/self/fd/{folder}/door")
            door.sendall(line + b"\n")
    except OSError:
        return False
    finally:
        os.close(folder)
    return True


def _open_folder(profile: Profile) -> int | None:
    """Unix socket paths end at 108 bytes; an open folder's /proc name is short whatever the profile's is."""
    try:
        return os.open(profile.engine_dir, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None


class Doorbell(QObject):
    """The window's side. Signal: rang(str) with what to dial, untrusted: the user confirms it."""

    rang = Signal(str)

    def __init__(self, profile: Profile, parent: QObject | None = None):
        super().__init__(parent)
        self._folder = _open_folder(profile)
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
                visitor.settimeout(0.2)
                line = visitor.recv(MAX_LINE + 1).split(b"\n")[0].decode("utf-8", "replace").strip()
        except OSError:  # gone again, or says nothing
            return
        if line.isprintable() and line:
            self.rang.emit(line)

    def close(self) -> None:
        """No more visitors."""
        self._notifier.setEnabled(False)
        self._door.close()
        if self._folder is not None:
            os.close(self._folder)
