"""One queue visit put together from its events, whatever order and how often they arrive."""

from datetime import datetime, timedelta
from uuid import UUID

from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.words import ExitReason, QueueEventKind, VisitResult

Kind = QueueEventKind
# Names of this module: a look into the class costs more than the comparison, and there are a dozen with each event.
_ENTERED, _OFFERED, _CONNECTED, _COMPLETED = Kind.ENTERED, Kind.OFFERED, Kind.CONNECTED, Kind.COMPLETED
_TRANSFERRED, _ABANDONED, _EXITED, _LOST = Kind.TRANSFERRED, Kind.ABANDONED, Kind.EXITED, Kind.LOST
_HELD, _RESUMED, _WRAP_STARTED, _WRAP_ENDED = Kind.HELD, Kind.RESUMED, Kind.WRAP_UP_STARTED, Kind.WRAP_UP_ENDED
US = timedelta(microseconds=1)
Marks = list[tuple[datetime, bool]]  # begin (True) and end (False) of holds or wrap-ups


class VisitFold:
    """What is known of a visit. Each field merges by earliest or latest time, so that order does not matter."""

    __slots__ = (
        "abandoned_at",
        "agent_id",
        "answered_at",
        "ended_by",
        "entered_at",
        "exit_word",
        "exited_at",
        "first_at",
        "holds",
        "linked_id",
        "lost_at",
        "offers",
        "queue_id",
        "talk_ended_at",
        "transferred",
        "wraps",
    )

    def __init__(self) -> None:
        self.queue_id: UUID | None = None
        self.linked_id = ""
        self.first_at: datetime | None = None
        self.entered_at: datetime | None = None
        self.answered_at: datetime | None = None
        self.agent_id: UUID | None = None
        self.talk_ended_at: datetime | None = None
        self.ended_by = ""
        self.transferred = False  # how the talk ended
        self.abandoned_at: datetime | None = None
        self.exited_at: datetime | None = None
        self.exit_word = ""
        # Made when first needed: a busy day has fifty thousand visits, and each container is work for the collector.
        self.holds: Marks | None = None
        self.wraps: Marks | None = None
        self.offers = 0
        self.lost_at: datetime | None = None  # since when its end is known to have been missed

    def apply(self, event: QueueEventRow) -> None:
        """Take in one event of this visit."""
        at, kind = event.at, event.kind
        if self.queue_id is None:
            self.queue_id = event.queue_id
        if event.linked_id:
            self.linked_id = event.linked_id
        if kind is _WRAP_STARTED or kind is _WRAP_ENDED:
            # Wrap-up comes after the visit: it must not stand in for a missing entry.
            self.wraps = self.wraps or []
            self.wraps.append((at, kind is _WRAP_STARTED))
            return
        if self.first_at is None or at < self.first_at:
            self.first_at = at
        if kind is _ENTERED:
            self.entered_at = _earlier(self.entered_at, at)
        elif kind is _OFFERED:
            self.offers += 1
        elif kind is _CONNECTED:
            if self.answered_at is None or at < self.answered_at:
                self.answered_at = at
                self.agent_id = event.agent_id or self.agent_id
        elif kind is _COMPLETED or kind is _TRANSFERRED:
            self._end_talk(event)
        elif kind is _ABANDONED:
            self.abandoned_at = _earlier(self.abandoned_at, at)
        elif kind is _EXITED:
            if self.exited_at is None or at < self.exited_at:
                self.exited_at, self.exit_word = at, str(event.data.get("reason", ""))
        elif kind is _HELD or kind is _RESUMED:
            self.holds = self.holds or []
            self.holds.append((at, kind is _HELD))
        elif kind is _LOST:
            self.lost_at = _earlier(self.lost_at, at)

    def _end_talk(self, event: QueueEventRow) -> None:
        passed_on = event.kind is _TRANSFERRED
        last = self.talk_ended_at
        if last is None or event.at > last or (event.at == last and passed_on):
            self.talk_ended_at, self.transferred = event.at, passed_on
            self.ended_by = "transfer" if passed_on else str(event.data.get("by", ""))
        self.agent_id = self.agent_id or event.agent_id

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
        """The entry, or the first that was heard of the visit; None when only its wrap-up was heard of."""
        return self.entered_at or self.first_at

    @property
    def exit_reason(self) -> ExitReason | None:
        """Why it ended without an agent, if that is one of the reasons known."""
        return next((reason for reason in ExitReason if reason == self.exit_word), None) if self.exit_word else None

    @property
    def wait_us(self) -> int | None:
        """Microseconds until the wait was over; None: it goes on, or one of its ends was not heard of."""
        left = self.left_at
        if left is None or self.entered_at is None or (self.talk_ended_at and not self.answered_at):
            return None
        # Two clocks may write the connect before the entry: nobody waits less than nothing.
        return max(0, (left - self.entered_at) // US)

    def spoken_us(self) -> tuple[int | None, int]:
        """The talk without holds, and the holds; None while it goes on or where its beginning is unknown."""
        if self.answered_at is None or self.talk_ended_at is None:
            return None, 0
        together = max(0, (self.talk_ended_at - self.answered_at) // US)
        hold = min(together, spans_us(self.holds, self.talk_ended_at)) if self.holds else 0
        return together - hold, hold

    @property
    def wrap_us(self) -> int:
        """Finished wrap-up."""
        return spans_us(self.wraps, None) if self.wraps else 0


def spans_us(marks: Marks, end: datetime | None) -> int:
    """Microseconds between each begin and the end that follows it; an open span runs to ``end`` or counts nothing."""
    total, begun = 0, None
    for at, begins in marks if len(marks) == 1 else sorted(marks):
        if begins:
            begun = begun or at
        elif begun is not None:
            total += (at - begun) // US
            begun = None
    if begun is not None and end is not None and end > begun:
        total += (end - begun) // US
    return total


def _earlier(known: datetime | None, at: datetime) -> datetime:
    return at if known is None or at < known else known
