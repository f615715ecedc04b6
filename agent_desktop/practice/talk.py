"""How long somebody at the other end still talks, and how long they bear to be on hold."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

# Whoever comes back from hold finishes the sentence, even when all has been said.
LEAST_AFTER_HOLD_S = 3.0


class Talk(QObject):
    """One talk; ``enough`` is called when the talk is over (``"done"``) or the hold was too long (``"hold"``)."""

    def __init__(self, talk_s: float, hold_patience_s: float, enough: Callable[[str], None], parent: QObject):
        super().__init__(parent)
        self._left_ms = round(talk_s * 1000)
        self._hold_ms = round(hold_patience_s * 1000)
        self._enough = enough
        self._on_hold = self._away = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._over)
        self._timer.start(self._left_ms)

    def hold(self) -> None:
        """Put on hold: the talk stands still, patience runs."""
        if self._away:
            self._on_hold = True
        elif not self._on_hold:
            self._on_hold = True
            self._left_ms = max(self._timer.remainingTime(), round(LEAST_AFTER_HOLD_S * 1000))
            self._timer.start(self._hold_ms)

    def resume(self) -> None:
        """Off hold: the talk goes on where it stood."""
        if self._on_hold:
            self._on_hold = False
            if not self._away:
                self._timer.start(self._left_ms)

    def leave(self) -> None:
        """In a menu: talk and patience stand still."""
        if not self._on_hold:
            self._left_ms = max(self._timer.remainingTime(), round(LEAST_AFTER_HOLD_S * 1000))
        self._away = True
        self._timer.stop()

    def come_back(self) -> None:
        """Out of the menu: it goes on where it stood."""
        self._away = False
        self._timer.start(self._hold_ms if self._on_hold else self._left_ms)

    def stop(self) -> None:
        """Say nothing any more."""
        self._timer.stop()

    def _over(self) -> None:
        self._enough("hold" if self._on_hold else "done")
