"""When something was really painted: hooks from outside the product's code, on the clock that all processes share."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

_DONE = QEvent.Type(QEvent.registerEventType())


def run_until(condition: Callable[[], object], what: str, within_s: float = 20.0) -> None:
    """Let the event loop run as it does in the product until something is so."""
    if condition():
        return
    loop, look, deadline = QEventLoop(), QTimer(), time.monotonic() + within_s

    def see() -> None:  # what is so now need not be so any more when the loop has ended
        if condition():
            loop.exit(0)
        elif time.monotonic() > deadline:
            loop.exit(1)

    look.setTimerType(Qt.TimerType.PreciseTimer)
    look.timeout.connect(see)
    look.start(4)
    late = loop.exec()
    look.stop()
    if late:
        raise RuntimeError(f"never happened: {what}")


class Painted(QObject):
    """Notes ``at`` (monotonic seconds) once all the given widgets have been painted after ``watch``.

    The paint events themselves come before the painting; an event posted then, with priority, is delivered when the
    window has been painted whole and shown.
    """

    def __init__(self, *widgets: QWidget, then: Callable[[], None] | None = None):
        super().__init__()
        self.at = 0.0
        self._widgets, self._then = widgets, then
        self._missing: set[int] = set()
        self._watching = False
        for widget in widgets:
            widget.installEventFilter(self)

    def watch(self) -> None:
        """Forget what was; from now on a paint counts."""
        self.at = 0.0
        self._missing = {id(widget) for widget in self._widgets}
        self._watching = True

    def stamp(self) -> None:
        """The painting is known to be over: note that if nothing is missing."""
        if self._watching and not self._missing:
            self._watching = False
            self.at = time.monotonic()
            if self._then is not None:
                self._then()

    def stop(self) -> None:
        for widget in self._widgets:
            widget.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._watching and event.type() == QEvent.Type.Paint:
            self._missing.discard(id(watched))
            if not self._missing:
                QCoreApplication.postEvent(self, QEvent(_DONE), Qt.EventPriority.HighEventPriority.value)
        return False

    def customEvent(self, event: QEvent) -> None:
        if event.type() == _DONE:
            self.stamp()
