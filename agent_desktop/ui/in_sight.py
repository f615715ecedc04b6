"""When a part of the window comes into sight, and when it goes: what is in sight is fed, the rest costs nothing."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget


class InSight(QObject):
    """Watches one widget, and lives as long. Signal: changed(bool): it is shown, or hidden."""

    changed = Signal(bool)

    def __init__(self, widget: QWidget):
        super().__init__(widget)
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.changed.emit(event.type() == QEvent.Type.Show)
        return False
