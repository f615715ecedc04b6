"""The queue visits behind a figure of the board, and the day's intervals as a table. No Qt."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from agent_desktop.core import metrics
from agent_desktop.core.board import Board, Which
from agent_desktop.core.metrics import Visit
from agent_desktop.data.centre_rows import QueueRow
from agent_desktop.data.words import VisitResult


class Part(StrEnum):
    """What became of a visit; each is in exactly one, and together they are what was offered."""

    IN_TIME = "in_time"  # answered within the queue's threshold
    LATE = "late"  # answered later, or after a wait nobody knows
    ABANDONED = "abandoned"
    EXITED = "exited"  # left by key, timeout, or because nobody was signed in
    OPEN = "open"  # waiting, or the end was never heard of


IN_LEVEL = frozenset({Part.IN_TIME, Part.LATE, Part.ABANDONED})  # what the service level divides: see ``of_parts``


class Behind(msgspec.Struct, frozen=True):
    """Which of today's visits: of one queue or all, of who answered, of one interval, or those waiting at a moment."""

    queue_id: Which = None  # or several queues
    agent_id: UUID | None = None
    interval: int | None = None  # by entry
    waiting_at: datetime | None = None
    parts: frozenset[Part] = frozenset()  # shown first; none: all


class VisitLine(msgspec.Struct, frozen=True):
    """One visit as a list shows it; names instead of ids."""

    visit: Visit
    part: Part
    queue: str
    agent: str = ""
    in_level: bool = False  # in the denominator of its queue's service level

    @property
    def id(self) -> object:
        return self.visit.id or (self.visit.linked_id, self.visit.entered_at)


def lines(board: Board, behind: Behind) -> tuple[VisitLine, ...]:
    """The visits behind a figure, by entry; ``parts`` is left to whoever shows them."""
    queues = {queue_id: board.tile(queue_id).queue for queue_id in board.queues}
    names = {agent_id: board.agent_line(agent_id).name for agent_id in board.agents}
    found = []
    for visit in board.visits(behind.queue_id):
        queue = queues.get(visit.queue_id) if visit.queue_id is not None else None
        if queue is None or not _wanted(board, visit, behind):
            continue
        agent = names.get(visit.agent_id, "") if visit.agent_id is not None else ""
        found.append(
            VisitLine(visit, part_of(visit, queue.sl_threshold_s), queue.label, agent, _in_level(visit, queue))
        )
    return tuple(found)


def part_of(visit: Visit, threshold_s: float) -> Part:
    """As ``metrics.count`` counts it."""
    if visit.result is VisitResult.ANSWERED:
        in_time = visit.wait_us is not None and visit.wait_us <= threshold_s * 1_000_000
        return Part.IN_TIME if in_time else Part.LATE
    if visit.result is VisitResult.ABANDONED:
        return Part.ABANDONED
    return Part.EXITED if visit.result is VisitResult.EXITED else Part.OPEN


def _in_level(visit: Visit, queue: QueueRow) -> bool:
    cells = metrics.count(visit, queue.sl_threshold_s * 1_000_000, queue.short_abandon_s * 1_000_000)
    return metrics.counts_in_level(cells, queue.sl_rule)


def counts(found: Iterable[VisitLine]) -> Mapping[Part, int]:
    """How many are in each part."""
    total = dict.fromkeys(Part, 0)
    for line in found:
        total[line.part] += 1
    return total


def of_parts(found: Sequence[VisitLine], parts: frozenset[Part]) -> Sequence[VisitLine]:
    """Those in one of ``parts``; none: all. For ``IN_LEVEL`` those that their own queue's service level counts."""
    if parts == IN_LEVEL:
        return [line for line in found if line.in_level]
    return [line for line in found if line.part in parts] if parts else found


def _wanted(board: Board, visit: Visit, behind: Behind) -> bool:
    if behind.agent_id is not None and visit.agent_id != behind.agent_id:
        return False
    if behind.interval is not None and board.day.index(visit.entered_at) != behind.interval:
        return False
    at = behind.waiting_at
    return at is None or (visit.entered_at <= at and (visit.left_at is None or visit.left_at > at))
