"""Python's search for cyclic garbage, kept on the interface's thread.

Python searches on whichever thread has just made one object too many, such as a database lane's. Widgets and models
found there would be taken apart while the interface uses its own: the process dies.
"""

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 200
FIRST_LOOK_MS = 3_000  # what is made at a start stays


class Garbage(QObject):
    """Searches on the thread of this object, as often as Python would have; nowhere else from now on."""

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(FIRST_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        look()
        if self._timer.interval() != LOOK_EVERY_MS:
            self._timer.setInterval(LOOK_EVERY_MS)
            gc.freeze()  # or each search of everything takes a tenth of a second, with the window standing still


def look() -> None:
    """Search the oldest generation that is due by Python's own thresholds, if one is."""
    due = [
        generation
        for generation, (made, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        if made > limit
    ]
    if due:
        gc.collect(due[-1])
