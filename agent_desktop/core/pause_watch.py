"""Tells somebody in a pause that it is about to last longer than it may."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from agent_desktop import clock
from agent_desktop.core.views import Notice, PresenceView
from agent_desktop.data.centre_rows import PauseReasonRow
from agent_desktop.data.words import Presence

WARN_S = 60.0  # before the end; a fifth of it where that is less


class PauseWatch(QObject):
    """Signals: notice(Notice) once before the end of a pause with a limit, and once at its end."""

    notice = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._reasons: dict[str, int] = {}
        self._pause: tuple[object, str] | None = None  # since when, and why
        self._warned = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._due)

    def set_reasons(self, reasons: Iterable[PauseReasonRow]) -> None:
        """The reasons there are; a limit of 0 is none."""
        self._reasons = {reason.label: reason.limit_s for reason in reasons if reason.limit_s}

    def follow(self, view: PresenceView) -> None:
        """The presence is this now."""
        limit_s = self._reasons.get(view.reason, 0) if view.presence is Presence.PAUSED else 0
        pause = (view.since, view.reason) if limit_s else None
        if pause == self._pause:
            return
        self._pause, self._warned = pause, False
        self._timer.stop()
        if pause is not None:
            self._wait((clock.now() - view.since).total_seconds(), limit_s)

    def _wait(self, spent_s: float, limit_s: int) -> None:
        warn_at = limit_s - min(WARN_S, limit_s / 5)
        self._warned = self._warned or spent_s >= warn_at
        left_s = (limit_s if self._warned else warn_at) - spent_s
        if left_s > 0:
            self._timer.start(round(left_s * 1000))

    @Slot()
    def _due(self) -> None:
        if self._pause is None:
            return
        reason = self._pause[1]
        limit_s = self._reasons.get(reason, 0)
        if self._warned:
            self.notice.emit(Notice(self.tr("Your pause “{0}” is over.").format(reason), "bad"))
            return
        self._warned = True
        left_s = min(WARN_S, limit_s / 5)
        self.notice.emit(Notice(self.tr("Your pause “{0}” ends in {1} s.").format(reason, round(left_s)), "warn"))
        self._timer.start(round(left_s * 1000))
