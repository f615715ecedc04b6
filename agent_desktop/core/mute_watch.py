"""Sees that what the agent wants of the microphone is what the engine does with it, and raises an alarm when not."""

from PySide6.QtCore import QObject, QTimer, Slot

from agent_desktop.core.calls import Calls

PATIENCE_MS = 500


class MuteWatch(QObject):
    """``Call.muted`` is what the engine says it sends, ``mute_wanted`` what was asked for; ``mute_alarm`` is set while
    they have differed for longer than half a second."""

    def __init__(self, calls: Calls):
        super().__init__()
        self._calls = calls
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._alarm)
        calls.changed.connect(self._look)

    def _differing(self) -> list[str]:
        running = self._calls.book.running()
        return [c.call_id for c in running if c.mute_wanted is not None and c.mute_wanted != c.muted]

    @Slot()
    def _look(self) -> None:
        differing = self._differing()
        for call in self._calls.book.running():
            if call.mute_alarm and call.call_id not in differing:
                call.mute_alarm = False
                QTimer.singleShot(0, self, self._calls.changed.emit)
        if not differing:
            self._patience.stop()
        elif not self._patience.isActive():
            self._patience.start()

    @Slot()
    def _alarm(self) -> None:
        fresh = False
        for call_id in self._differing():
            call = self._calls.book.calls[call_id]
            fresh = fresh or not call.mute_alarm
            call.mute_alarm = True
        if fresh:
            self._calls.changed.emit()
