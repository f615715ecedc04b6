"""Whom the agents of a board talk with: asked for those whose calls changed, the others seldom."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, Signal

from agent_desktop import clock, data
from agent_desktop.core.agent_activity import AgentState
from agent_desktop.core.board import Board
from agent_desktop.core.board_views import AgentLine
from agent_desktop.core.store import Store
from agent_desktop.data.desk_rows import TalkRow

NEWS_EVERY_S = 2.0  # after the last answer, for agents whose calls changed
AGAIN_EVERY_S = 10.0  # for those of whom no name is known yet: a desktop may have told it meanwhile
IN_A_CALL = frozenset({AgentState.TALKING, AgentState.HOLD, AgentState.WRAP_UP})


class Talk(msgspec.Struct, frozen=True):
    """An answer, and the state it was asked in: since when, by the board."""

    row: TalkRow
    since: datetime | None

    def is_of(self, line: AgentLine) -> bool:
        """Whether it is about what the agent does now, not about the call before this one."""
        if line.state not in IN_A_CALL or (self.row.over and line.state is not AgentState.WRAP_UP):
            return False
        if line.state is not AgentState.TALKING or line.since is None or self.since is None:
            return True
        return line.since <= self.since


class TalkWatch(QObject):
    """Signal: changed(agent ids), of whom something else is known than before."""

    changed = Signal(object)

    def __init__(self, store: Store):
        super().__init__()
        self._store = store
        self._board: Board | None = None
        self._known: dict[UUID, Talk] = {}
        self._asked: dict[UUID, datetime | None] = {}  # in which state, by its beginning
        self._asking = False
        self._answered_at = self._all_at = float("-inf")

    @property
    def known(self) -> Mapping[UUID, Talk]:
        return self._known

    def look(self, board: Board) -> None:
        """Ask what is to be asked of this board's agents at its moment; once a second is enough."""
        if board is not self._board:
            self._board, self._asking = board, False
            self._forget(list(self._known))
            self._asked.clear()
            self._answered_at = self._all_at = float("-inf")
        busy, present = board.busy(), clock.monotonic()
        self._forget([key for key in self._asked if key not in busy])
        if self._asking or present - self._answered_at < NEWS_EVERY_S:
            return
        wanted = {key for key, since in busy.items() if key not in self._asked or self._asked[key] != since}
        if present - self._all_at >= AGAIN_EVERY_S:
            self._all_at = present
            wanted |= {key for key in busy if key not in self._known or not self._known[key].row.customer}
        if wanted:
            self._ask(board, {key: busy[key] for key in wanted})

    def _ask(self, board: Board, wanted: dict[UUID, datetime | None]) -> None:
        self._asking = True
        moment, agent_ids = board.now(), tuple(wanted)

        def question(session: Any) -> Mapping[UUID, TalkRow]:
            return data.talks.talks(session, agent_ids, moment)

        def answer(found: Mapping[UUID, TalkRow]) -> None:
            if board is self._board:
                self._take(wanted, found)

        def missed(_error: Exception) -> None:
            if board is self._board:
                self._asking, self._answered_at = False, clock.monotonic()

        self._store.browse(question, answer, missed)

    def _take(self, wanted: Mapping[UUID, datetime | None], found: Mapping[UUID, TalkRow]) -> None:
        self._asking, self._answered_at = False, clock.monotonic()
        changed = set()
        for key, since in wanted.items():
            before = self._known.pop(key, None)
            self._asked[key] = since
            if key in found:
                self._known[key] = Talk(found[key], since)
            if self._known.get(key) != before:
                changed.add(key)
        if changed:
            self.changed.emit(frozenset(changed))

    def _forget(self, keys: Collection[UUID]) -> None:
        """Those who are in no call any more: of the next one nothing is known."""
        gone = frozenset(key for key in keys if self._known.pop(key, None) is not None)
        for key in keys:
            self._asked.pop(key, None)
        if gone:
            self.changed.emit(gone)
