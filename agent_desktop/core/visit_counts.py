"""What one queue visit counts, and sums of visits: the ground of every figure.

Queue visits are attributed to the interval they entered in, the only way in which E = A + B + X + U holds in each row.
Times within a threshold are those at most as long as it (≤, not <), in microseconds. No Qt here.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from agent_desktop.core.intervals import SiteDay
from agent_desktop.data.tally_rows import Tally
from agent_desktop.data.visit_fold import VisitFold
from agent_desktop.data.words import ExitReason, VisitResult

US = timedelta(microseconds=1)
_MILLION = 1_000_000


class Visit(msgspec.Struct, frozen=True):
    """One stay in one queue, as far as it is known. Times are aware UTC, durations microseconds (None: unknown)."""

    queue_id: UUID | None
    entered_at: datetime  # the first that was heard of it, when its entry was not
    result: VisitResult = VisitResult.UNRESOLVED
    left_at: datetime | None = None  # answered, abandoned or exited
    ended_at: datetime | None = None  # the end of the talk
    wait_us: int | None = None  # None: still waiting, or the entry was never heard of
    agent_id: UUID | None = None  # who answered
    talk_us: int | None = None  # without holds
    hold_us: int = 0
    wrap_us: int = 0
    exit_reason: ExitReason | None = None
    linked_id: str = ""
    id: UUID | None = None
    transferred: bool = False  # the talk ended because the agent passed the call on

    @property
    def wait_s(self) -> float | None:
        return None if self.wait_us is None else self.wait_us / _MILLION

    @property
    def talk_s(self) -> float | None:
        return None if self.talk_us is None else self.talk_us / _MILLION

    def spoken_us(self) -> tuple[int | None, int]:
        """The talk without holds, and the holds."""
        return self.talk_us, self.hold_us


TALLY_FIELDS = Tally.__struct_fields__
Counts = tuple[tuple[int, int], ...]  # places among the tally's fields, and how much each has; the others have nothing
_AT = {field: place for place, field in enumerate(TALLY_FIELDS)}
REFUSED_CELL = _AT["refused"]
_ENTERED = _AT["entered"], 1
_ANSWERED, _IN_TIME, _TIMED_ANSWER = ((_AT[name], 1) for name in ("answered", "answered_in_time", "timed_answers"))
_ABANDONED, _TIMED_ABANDON = ((_AT[name], 1) for name in ("abandoned", "timed_abandons"))
_ABANDONED_IN_TIME, _ABANDONED_SHORT = ((_AT[name], 1) for name in ("abandoned_in_time", "abandoned_short"))
_LEFT, _HANDLED, _PASSED_ON = ((_AT[name], 1) for name in ("exited", "handled", "transferred"))
_WAIT_ANSWERED, _WAIT_ABANDONED, _WAIT_EXITED = (_AT[f"wait_{how}_us"] for how in ("answered", "abandoned", "exited"))
_TALK, _HOLD, _WRAP = (_AT[name] for name in ("talk_us", "hold_us", "wrap_us"))
_EXITS = {
    ExitReason.TIMEOUT: (_AT["timed_out"], 1),
    ExitReason.KEY: (_AT["left_by_key"], 1),
    ExitReason.EMPTY: (_AT["found_empty"], 1),
    ExitReason.WITHDRAWN: (_AT["withdrawn"], 1),
}
STILL_WAITING: Counts = (_ENTERED, (_AT["unresolved"], 1))  # what a visit without a known end counts


def count(visit: Visit | VisitFold, threshold_us: int, short_us: int) -> Counts:
    """What one visit adds to a tally; both limits inclusive."""
    result = visit.result
    if result is VisitResult.ANSWERED:
        return _count_answered(visit, threshold_us)
    wait = visit.wait_us
    if result is VisitResult.ABANDONED:
        found = [_ENTERED, _ABANDONED]
        if wait is not None:
            found += (_TIMED_ABANDON, (_WAIT_ABANDONED, wait))
            found += (_ABANDONED_IN_TIME,) if wait <= threshold_us else ()
            found += (_ABANDONED_SHORT,) if wait <= short_us else ()
        return tuple(found)
    if result is VisitResult.EXITED:
        reason = visit.exit_reason
        how = () if reason is None else (_EXITS[reason],)
        return (_ENTERED, _LEFT, (_WAIT_EXITED, wait or 0), *how)
    return STILL_WAITING


def _count_answered(visit: Visit | VisitFold, threshold_us: int) -> Counts:
    wait, found = visit.wait_us, [_ENTERED, _ANSWERED]
    if wait is not None:
        found += (_TIMED_ANSWER, (_WAIT_ANSWERED, wait))
        if wait <= threshold_us:
            found.append(_IN_TIME)
    talk, hold = visit.spoken_us()
    if talk is not None:
        found += (_HANDLED, (_TALK, talk))
        wrap = visit.wrap_us
        if hold:
            found.append((_HOLD, hold))
        if wrap:
            found.append((_WRAP, wrap))
    if visit.transferred:
        found.append(_PASSED_ON)
    return tuple(found)


def cells_of(counts: Counts) -> list[int]:
    """A number for each of the tally's fields."""
    cells = [0] * len(TALLY_FIELDS)
    for place, number in counts:
        cells[place] += number
    return cells


def tally(visits: Iterable[Visit], threshold_s: float, short_s: float = 5) -> Tally:
    """The tally of ``visits`` under one threshold; ``refused`` stays 0, those never became visits."""
    limits = round(threshold_s * _MILLION), round(short_s * _MILLION)
    return Tally(*cells_of(tuple(entry for visit in visits for entry in count(visit, *limits))))


def by_interval(visits: Iterable[Visit], day: SiteDay, threshold_s: float, short_s: float = 5) -> tuple[Tally, ...]:
    """One tally per quarter hour of ``day``, by time of entry; visits of other days are left out."""
    rows: list[list[Visit]] = [[] for _ in range(day.count)]
    for visit in visits:
        index = day.index(visit.entered_at)
        if index is not None:
            rows[index].append(visit)
    return tuple(tally(row, threshold_s, short_s) for row in rows)
