"""When those whom the database left without an answer may ask again."""

import math

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop import clock

FIRST_S, MOST_S = 1.0, 30.0
FORGIVEN_S = 60.0  # after so long without a failure the next one is a first one


class AskedAgain(QObject):
    """Signal: now, once the database answers and somebody has asked in vain.

    Every screen asks for all it shows then. On a database that is merely slow that makes it slower still, so that the
    same requests fail again: each time in a row they wait twice as long.
    """

    now = Signal()

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._in_vain = True  # somebody asked, or will have, and got no answer
        self._told_at, self._pause_s = -math.inf, FIRST_S
        self._wait = QTimer(self, singleShot=True)
        self._wait.timeout.connect(self._tell)

    def failed(self) -> None:
        """Somebody got no answer."""
        self._in_vain = True

    def answered(self) -> None:
        """The database answers."""
        if not self._in_vain or self._wait.isActive():
            return
        left = self._told_at + self._pause_s - clock.monotonic()
        if left > 0:
            self._wait.start(math.ceil(left * 1000))
        else:
            self._tell()

    def stop(self) -> None:
        """Nobody is to ask any more."""
        self._wait.stop()

    def _tell(self) -> None:
        now = clock.monotonic()
        self._pause_s = min(MOST_S, 2 * self._pause_s) if now - self._told_at < FORGIVEN_S else FIRST_S
        self._told_at, self._in_vain = now, False
        self.now.emit()
