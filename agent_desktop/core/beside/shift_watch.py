"""How the agents of a board have kept to their shifts so far today: asked once a minute."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from agent_desktop import clock
from agent_desktop.core import metrics
from agent_desktop.core.board import Board
from agent_desktop.core.figures import Figure, Scope
from agent_desktop.core.shifts import shift_kept
from agent_desktop.core.store import Store
from agent_desktop.data.agent_time_rows import AgentTime
from agent_desktop.data.rows import Changed

EVERY = timedelta(minutes=1)  # of the board's time, which passes quicker where the past is played
REST_S = 5.0


class Kept(msgspec.Struct, frozen=True):
    """Everybody who has a plan, from ``start`` to ``end``."""

    times: Mapping[UUID, AgentTime]
    scope: Scope

    @property
    def until(self) -> datetime:
        """The moment up to which it was counted."""
        assert self.scope.end is not None
        return self.scope.end

    def adherence(self, agent_id: UUID, name: str) -> Figure:
        """By the definition of the reports; without a value for whom nothing is planned by now."""
        time = self.times.get(agent_id, AgentTime())
        scope = msgspec.structs.replace(self.scope, subject=name)
        return metrics.adherence_of(time.kept_us / 1e6, time.planned_us / 1e6, scope)


class ShiftWatch(QObject):
    """Signal: changed(), ``kept`` is another one, or None: nothing is known."""

    changed = Signal()

    def __init__(self, store: Store):
        super().__init__()
        self._store = store
        self._board: Board | None = None
        self._until: datetime | None = None  # what was asked last
        self._asking = False
        self._asked_at = float("-inf")
        self.kept: Kept | None = None
        store.changed.connect(self._changed)

    @Slot(object)
    def _changed(self, changed: Changed) -> None:
        """Somebody has planned: what is known is asked for anew with the next look."""
        if changed.staffing:
            self._until = None

    def look(self, board: Board) -> None:
        """Ask when what is known has become old; once a second is enough."""
        present, now = clock.monotonic(), board.now()
        if board is not self._board:
            self._board, self._asking, self._until = board, False, None
            self._asked_at = float("-inf")
            if self.kept is not None:
                self.kept = None
                self.changed.emit()
        if self._asking or present - self._asked_at < REST_S:
            return
        if self._until is not None and abs(now - self._until) < EVERY:
            return
        self._asking, self._asked_at, self._until = True, present, now
        self._ask(board, board.day.start, min(now, board.day.end))

    def _ask(self, board: Board, start: datetime, end: datetime) -> None:
        zone = board.zone

        def question(session: Any) -> Mapping[UUID, AgentTime]:
            return shift_kept.times(session, start, end, zone)

        def answer(times: Mapping[UUID, AgentTime]) -> None:
            if board is self._board:
                self._asking = False
                self.kept = Kept(times, Scope(start=start, end=end, zone=zone))
                self.changed.emit()

        def missed(_error: Exception) -> None:
            if board is self._board:
                self._asking = False  # what was known stays, with its age

        self._store.browse(question, answer, missed)
