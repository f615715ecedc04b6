"""Queue events folded into queue visits, whatever order and how often the events arrive. No Qt."""

import bisect
from collections.abc import Hashable
from datetime import datetime
from typing import Any
from uuid import UUID

from agent_desktop.core.visit_counts import Counts, Visit
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.visit_fold import VisitFold
from agent_desktop.data.words import QueueEventKind

Kind = QueueEventKind
_OFFERED, _HELD, _RESUMED, _WRAP_STARTED = Kind.OFFERED, Kind.HELD, Kind.RESUMED, Kind.WRAP_UP_STARTED

VISIT_KINDS = frozenset(
    {
        Kind.ENTERED,
        Kind.OFFERED,
        Kind.CONNECTED,
        Kind.HELD,
        Kind.RESUMED,
        Kind.COMPLETED,
        Kind.TRANSFERRED,
        Kind.ABANDONED,
        Kind.EXITED,
        Kind.LOST,
        Kind.WRAP_UP_STARTED,
        Kind.WRAP_UP_ENDED,
    }
)


def visit_key(event: QueueEventRow) -> Hashable | None:
    """What the events of one visit have in common; None when this event names no visit."""
    if event.visit_id is not None:
        return event.visit_id
    if event.linked_id and event.queue_id is not None:
        return event.queue_id, event.linked_id
    return None


def mark_of(key: Hashable) -> Hashable:
    """A visit's key for looking it up: the number of an id, whose hash costs a tenth of the id's own."""
    return key.int if isinstance(key, UUID) else key


class VisitRecord(VisitFold):
    """One visit being put together, with what the board keeps beside it."""

    __slots__ = (
        "began_then",
        "counted",
        "counted_agent",
        "counted_at",
        "key",
        "left_then",
        "mark",
        "offered_to",
        "queue",
        "series_in",
        "series_out",
        "waits",
    )

    def __init__(self, key: Hashable) -> None:
        super().__init__()
        self.key = key
        self.mark = mark_of(key)
        self.offered_to: dict[UUID, datetime] | None = None
        self.queue: Any = None  # its QueueDay, once that is known
        self.waits = False
        self.forget_sums()

    def forget_sums(self) -> None:
        """Nothing of it is in any sums."""
        self.counted: Counts | None = None
        self.counted_at: int | None = None  # in which interval's
        self.counted_agent: Any = None  # in which AgentRecord's
        self.began_then: datetime | None = None  # as it was when the two steps below were found
        self.left_then: datetime | None = None
        self.series_in: int | None = None
        self.series_out: int | None = None

    def offer(self, agent_id: UUID, at: datetime) -> None:
        """Note with whom it rings."""
        self.offered_to = self.offered_to or {}
        self.offered_to[agent_id] = at

    def changes_sums(self, kind: Kind) -> bool:
        """Whether an event of ``kind``, just applied, can have changed what the visit counts."""
        if kind is _OFFERED:
            return self.entered_at is None
        if kind is _HELD or kind is _RESUMED:
            return self.entered_at is None or self.talk_ended_at is not None
        return kind is not _WRAP_STARTED or self.wraps is None or len(self.wraps) > 1

    def visit(self) -> Visit | None:
        """The visit as far as it is known; None when only its wrap-up was heard of."""
        began = self.began_at
        if began is None:
            return None
        talk, hold = self.spoken_us()
        return Visit(
            queue_id=self.queue_id,
            entered_at=began,
            result=self.result,
            left_at=self.left_at,
            ended_at=self.talk_ended_at,
            wait_us=self.wait_us,
            agent_id=self.agent_id,
            talk_us=talk,
            hold_us=hold,
            wrap_us=self.wrap_us,
            exit_reason=self.exit_reason,
            linked_id=self.linked_id,
            id=self.key if isinstance(self.key, UUID) else None,
            transferred=self.transferred,
        )


_COUNTED_BELOW = 1 << 48  # greater numbers are made from what the event says, and lie anywhere


class SeenNumbers:
    """Which sequence numbers of one source were seen; those in sequence as ranges: a day of them is two numbers."""

    __slots__ = ("_firsts", "_lasts", "_strewn")

    def __init__(self) -> None:
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        self._strewn: set[int] = set()

    def add(self, number: int) -> bool:
        """Whether ``number`` is new; it is not the next time."""
        if number >= _COUNTED_BELOW:
            before = len(self._strewn)
            self._strewn.add(number)
            return len(self._strewn) > before
        firsts, lasts = self._firsts, self._lasts
        if lasts and number == lasts[-1] + 1:
            lasts[-1] = number
            return True
        if not lasts or number > lasts[-1]:
            firsts.append(number)
            lasts.append(number)
            return True
        return self._insert(number)

    def _insert(self, number: int) -> bool:
        firsts, lasts = self._firsts, self._lasts
        after = bisect.bisect_right(firsts, number)
        if after and number <= lasts[after - 1]:
            return False
        joins_before = after > 0 and lasts[after - 1] + 1 == number
        joins_after = after < len(firsts) and firsts[after] - 1 == number
        if joins_before and joins_after:
            lasts[after - 1] = lasts[after]
            del firsts[after], lasts[after]
        elif joins_before:
            lasts[after - 1] = number
        elif joins_after:
            firsts[after] = number
        else:
            firsts.insert(after, number)
            lasts.insert(after, number)
        return True
