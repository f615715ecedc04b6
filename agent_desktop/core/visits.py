"""Queue events folded into queue visits, whatever order and how often the events arrive. No Qt."""

import bisect
from collections.abc import Hashable
from datetime import datetime
from uuid import UUID

from agent_desktop.core.metrics import US, Visit
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.words import ExitReason, QueueEventKind, VisitResult

Kind = QueueEventKind
Marks = list[tuple[datetime, bool]]  # begin (True) and end (False) of holds or wrap-ups

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


class VisitRecord:
    """One visit being put together. Each field merges by earliest or latest time, so that order does not matter."""

    __slots__ = (
        "abandoned_at",
        "agent_id",
        "answered_at",
        "counted",
        "counted_agent",
        "counted_at",
        "entered_at",
        "exit_reason",
        "exited_at",
        "first_at",
        "holds",
        "key",
        "linked_id",
        "lost_at",
        "offered_to",
        "queue_id",
        "series_in",
        "series_out",
        "talk_ended_at",
        "waits",
        "wraps",
    )

    def __init__(self, key: Hashable) -> None:
        self.key = key
        self.queue_id: UUID | None = None
        self.linked_id = ""
        self.first_at: datetime | None = None
        self.entered_at: datetime | None = None
        self.answered_at: datetime | None = None
        self.agent_id: UUID | None = None
        self.talk_ended_at: datetime | None = None
        self.abandoned_at: datetime | None = None
        self.exited_at: datetime | None = None
        self.exit_reason: ExitReason | None = None
        # Made when first needed: a busy day has fifty thousand visits, and each container is work for the collector.
        self.holds: Marks | None = None
        self.wraps: Marks | None = None
        self.offered_to: dict[UUID, datetime] | None = None
        self.lost_at: datetime | None = None  # since when its end is known to have been missed
        # what the board has put into its sums for it, to be taken out again when more is known
        self.waits = False
        self.counted: tuple[int, ...] | None = None
        self.counted_at: int | None = None
        self.counted_agent: UUID | None = None
        self.series_in: int | None = None
        self.series_out: int | None = None

    def apply(self, event: QueueEventRow) -> None:
        """Take in one event of this visit."""
        at, kind = event.at, event.kind
        if self.queue_id is None:
            self.queue_id = event.queue_id
        if event.linked_id:
            self.linked_id = event.linked_id
        # Wrap-up comes after the visit: it must not stand in for a missing entry.
        if kind is not Kind.WRAP_UP_ENDED and kind is not Kind.WRAP_UP_STARTED:
            self.first_at = _earlier(self.first_at, at)
        match kind:
            case Kind.ENTERED:
                self.entered_at = _earlier(self.entered_at, at)
            case Kind.OFFERED if event.agent_id is not None:
                self.offered_to = self.offered_to or {}
                self.offered_to[event.agent_id] = at
            case Kind.CONNECTED:
                if self.answered_at is None or at < self.answered_at:
                    self.answered_at = at
                    self.agent_id = event.agent_id or self.agent_id
            case Kind.COMPLETED | Kind.TRANSFERRED:
                self.talk_ended_at = _later(self.talk_ended_at, at)
                self.agent_id = self.agent_id or event.agent_id
            case Kind.ABANDONED:
                self.abandoned_at = _earlier(self.abandoned_at, at)
            case Kind.EXITED:
                self.exited_at = _earlier(self.exited_at, at)
                self.exit_reason = _reason(event)
            case Kind.LOST:
                self.lost_at = _earlier(self.lost_at, at)
            case Kind.HELD | Kind.RESUMED:
                self.holds = self.holds or []
                self.holds.append((at, kind is Kind.HELD))
            case Kind.WRAP_UP_STARTED | Kind.WRAP_UP_ENDED:
                self.wraps = self.wraps or []
                self.wraps.append((at, kind is Kind.WRAP_UP_STARTED))
            case _:
                pass

    def changes_sums(self, kind: Kind) -> bool:
        """Whether an event of ``kind``, just applied, can have changed the visit or who rings for it."""
        if kind is Kind.OFFERED:
            return self.entered_at is None or self.left_at is not None
        if kind is Kind.HELD or kind is Kind.RESUMED:
            return self.entered_at is None or self.talk_ended_at is not None
        return kind is not Kind.WRAP_UP_STARTED or self.wraps is None or len(self.wraps) > 1

    @property
    def result(self) -> VisitResult:
        """An answer outweighs an abandon, an abandon an exit: sources that report two mean the stronger one."""
        if self.answered_at is not None or self.talk_ended_at is not None:
            return VisitResult.ANSWERED
        if self.abandoned_at is not None:
            return VisitResult.ABANDONED
        if self.exited_at is not None:
            return VisitResult.EXITED
        return VisitResult.UNRESOLVED

    @property
    def left_at(self) -> datetime | None:
        """When the wait was over; with no known connect the end of the talk is all there is."""
        return self.answered_at or self.talk_ended_at or self.abandoned_at or self.exited_at

    @property
    def began_at(self) -> datetime | None:
        """The entry, or the first that was heard of the visit."""
        return self.entered_at or self.first_at

    def visit(self) -> Visit | None:
        """The visit as far as it is known; None when only its wrap-up was heard of."""
        began = self.began_at
        if began is None:
            return None
        result, left, wait = self.result, self.left_at, None
        if left is not None and self.entered_at is not None and (self.answered_at or not self.talk_ended_at):
            # Two clocks may write the connect before the entry: nobody waits less than nothing.
            wait = max(0, (left - self.entered_at) // US)
        talk = hold = None
        if self.answered_at is not None and self.talk_ended_at is not None:
            together = max(0, (self.talk_ended_at - self.answered_at) // US)
            hold = min(together, spans_us(self.holds, self.talk_ended_at)) if self.holds else 0
            talk = together - hold
        return Visit(
            queue_id=self.queue_id,
            entered_at=began,
            result=result,
            left_at=left,
            ended_at=self.talk_ended_at,
            wait_us=wait,
            agent_id=self.agent_id,
            talk_us=talk,
            hold_us=hold or 0,
            wrap_us=spans_us(self.wraps, None) if self.wraps else 0,
            exit_reason=self.exit_reason,
            linked_id=self.linked_id,
            id=self.key if isinstance(self.key, UUID) else None,
        )


def spans_us(marks: Marks, end: datetime | None) -> int:
    """Microseconds between each begin and the end that follows it; an open span runs to ``end`` or counts nothing."""
    total, begun = 0, None
    for at, begins in sorted(marks):
        if begins:
            begun = begun or at
        elif begun is not None:
            total += (at - begun) // US
            begun = None
    if begun is not None and end is not None and end > begun:
        total += (end - begun) // US
    return total


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


def _earlier(known: datetime | None, at: datetime) -> datetime:
    return at if known is None or at < known else known


def _later(known: datetime | None, at: datetime) -> datetime:
    return at if known is None or at > known else known


def _reason(event: QueueEventRow) -> ExitReason | None:
    said = event.data.get("reason")
    return next((reason for reason in ExitReason if reason == said), None)
