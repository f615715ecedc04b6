"""What has to be done soon after the start, but not before people see something."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

NEVER_SHOWN_MS = 500  # a window that starts minimised is not painted


class _Waiting(QObject):
    """Sees the first painting of ``widget`` and does one job in each turn of the event loop after it."""

    def __init__(self, widget: QWidget, jobs: tuple[Callable[[], None], ...]):
        super().__init__(widget)
        self._jobs = list(jobs)
        self._widget = widget
        self._begun = False
        widget.installEventFilter(self)
        QTimer.singleShot(NEVER_SHOWN_MS, self, self.begin)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._widget and event.type() == QEvent.Type.Paint:
            self.begin()
        return False

    def begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._widget.removeEventFilter(self)
            QTimer.singleShot(0, self, self._go_on)  # the painting itself comes after its event

    def _go_on(self) -> None:
        if self._jobs:
            QTimer.singleShot(0, self, self._go_on)
            self._jobs.pop(0)()


def then(widget: QWidget, *jobs: Callable[[], None]) -> None:
    """Do these, in this order, once ``widget`` has been painted for the first time."""
    _Waiting(widget, jobs)


def in_turn(widget: QWidget, *jobs: Callable[[], None]) -> None:
    """Do these without waiting for a picture, each in a turn of its own."""
    _Waiting(widget, jobs).begin()
