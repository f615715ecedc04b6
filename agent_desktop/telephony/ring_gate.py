"""Who is first: the desktop that shows a ringing call, or the engine that tells its caller that it has ended."""

import contextlib
import fcntl
import os
import time
from pathlib import Path

WAIT_S = 0.05
_LOOK_EVERY_S = 0.0002


class RingGate:
    """A lock that desktop and engine share, held for the moment in which one of them goes first.

    The engine says that the call has ended, and lets the caller's answer go only when nobody is inside. The desktop,
    inside, hears what was said, and shows the call only if it still rings. So either it knows of the end, or the call
    stood on the screen before its caller could know of it. Neither waits longer than ``WAIT_S``, nor where the lock
    cannot be had.
    """

    def __init__(self, folder: Path):
        self._file = folder / "ring.lock"
        self._descriptor: int | None = None

    def enter(self) -> bool:
        """Be inside, alone, until ``leave``; False when that could not be had in time."""
        self.leave()
        deadline = time.monotonic() + WAIT_S
        try:
            self._descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:  # the folder has gone
            return False
        while True:
            with contextlib.suppress(OSError):
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            if time.monotonic() > deadline:
                self.leave()
                return False
            time.sleep(_LOOK_EVERY_S)  # waiting in the system could not be ended

    def leave(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def pass_by(self) -> None:
        """Wait until nobody is inside."""
        self.enter()
        self.leave()
