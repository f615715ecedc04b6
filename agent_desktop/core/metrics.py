"""Every figure of the queues, in one place: what is counted, and how counts become service level, ASA, AHT and others.

Queue visits are attributed to the interval they entered in, the only way in which E = A + B + X + U holds in each row.
Times within a threshold are those at most as long as it (≤, not <), in microseconds. No Qt here.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec

from agent_desktop.core.figures import QT_TRANSLATE_NOOP, Figure, Scope, Unit
from agent_desktop.core.intervals import SiteDay
from agent_desktop.data import tally_rows
from agent_desktop.data.words import ExitReason, VisitResult

US = timedelta(microseconds=1)
EVERYTHING = Scope()
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


Tally = tally_rows.Tally
TALLY_FIELDS = Tally.__struct_fields__
REFUSED_CELL = TALLY_FIELDS.index("refused")


_NO_EXIT = (0, 0, 0, 0)  # timed out, left by key, found empty, withdrawn
_EXITS = {
    ExitReason.TIMEOUT: (1, 0, 0, 0),
    ExitReason.KEY: (0, 1, 0, 0),
    ExitReason.EMPTY: (0, 0, 1, 0),
    ExitReason.WITHDRAWN: (0, 0, 0, 1),
}
# What a visit without a known end counts.
STILL_WAITING = (1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, *_NO_EXIT)


def count(visit: Visit, threshold_us: int, short_us: int) -> tuple[int, ...]:
    """What one visit adds to a tally, in the order of its fields; both limits inclusive."""
    wait = visit.wait_us
    known = 0 if wait is None else 1
    wait = wait or 0
    in_time = 1 if known and wait <= threshold_us else 0
    result = visit.result
    if result is VisitResult.ANSWERED:
        talk = visit.talk_us
        handled = 0 if talk is None else 1
        hold, wrap = (visit.hold_us, visit.wrap_us) if handled else (0, 0)
        passed_on = 1 if visit.transferred else 0
        spoken = handled, talk or 0, hold, wrap, passed_on
        return (1, 1, in_time, 0, 0, 0, 0, 0, 0, known, 0, wait, 0, 0, *spoken, *_NO_EXIT)
    if result is VisitResult.ABANDONED:
        short = 1 if known and wait <= short_us else 0
        return (1, 0, 0, 1, in_time, short, 0, 0, 0, 0, known, 0, wait, 0, 0, 0, 0, 0, 0, *_NO_EXIT)
    if result is VisitResult.EXITED:
        reason = _NO_EXIT if visit.exit_reason is None else _EXITS[visit.exit_reason]
        return (1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, wait, 0, 0, 0, 0, 0, *reason)
    return STILL_WAITING


def tally(visits: Iterable[Visit], threshold_s: float, short_s: float = 5) -> Tally:
    """The tally of ``visits`` under one threshold; ``refused`` stays 0, those never became visits."""
    limits = round(threshold_s * _MILLION), round(short_s * _MILLION)
    total = [0] * len(TALLY_FIELDS)
    for visit in visits:
        for cell, number in enumerate(count(visit, *limits)):
            total[cell] += number
    return Tally(*total)


def by_interval(visits: Iterable[Visit], day: SiteDay, threshold_s: float, short_s: float = 5) -> tuple[Tally, ...]:
    """One tally per quarter hour of ``day``, by time of entry; visits of other days are left out."""
    rows: list[list[Visit]] = [[] for _ in range(day.count)]
    for visit in visits:
        index = day.index(visit.entered_at)
        if index is not None:
            rows[index].append(visit)
    return tuple(tally(row, threshold_s, short_s) for row in rows)


# ------------------------------------------------------------------ service level


class SlVariant(StrEnum):
    """The formulas in use for "service level". Vendors differ: none is the right one, so it is always named."""

    OFFERED = "offered"  # default: within T ÷ (answered + abandoned)
    OFFERED_AND_EXITED = "offered_and_exited"  # those who left by key or timeout count as missed too
    IGNORING_EARLY_ABANDONS = "ignoring_early_abandons"  # abandons within T are left out
    POSITIVE = "positive"  # abandons within T count as reached
    WITHOUT_SHORT_ABANDONS = "without_short_abandons"
    ANSWERED_ONLY = "answered_only"  # 1 answered in time and 99 abandoned is 100 %


class _Level(msgspec.Struct, frozen=True):
    above: Callable[[Tally], int]
    below: Callable[[Tally], int]
    name: str
    formula: str


_SERVICE_LEVEL = QT_TRANSLATE_NOOP("figures", "Service level")
_LEVELS = {
    SlVariant.OFFERED: _Level(
        lambda t: t.answered_in_time,
        lambda t: t.answered + t.abandoned,
        _SERVICE_LEVEL,
        QT_TRANSLATE_NOOP("figures", "answered within {threshold} ÷ (answered + abandoned)"),
    ),
    SlVariant.OFFERED_AND_EXITED: _Level(
        lambda t: t.answered_in_time,
        lambda t: t.answered + t.abandoned + t.exited,
        QT_TRANSLATE_NOOP("figures", "Service level, exits counted"),
        QT_TRANSLATE_NOOP("figures", "answered within {threshold} ÷ (answered + abandoned + left by key or timeout)"),
    ),
    SlVariant.IGNORING_EARLY_ABANDONS: _Level(
        lambda t: t.answered_in_time,
        lambda t: t.answered + t.abandoned - t.abandoned_in_time,
        QT_TRANSLATE_NOOP("figures", "Service level, early abandons ignored"),
        QT_TRANSLATE_NOOP("figures", "answered within {threshold} ÷ (answered + abandoned after {threshold})"),
    ),
    SlVariant.POSITIVE: _Level(
        lambda t: t.answered_in_time + t.abandoned_in_time,
        lambda t: t.answered + t.abandoned,
        QT_TRANSLATE_NOOP("figures", "Service level, early abandons as reached"),
        QT_TRANSLATE_NOOP("figures", "(answered or abandoned within {threshold}) ÷ (answered + abandoned)"),
    ),
    SlVariant.WITHOUT_SHORT_ABANDONS: _Level(
        lambda t: t.answered_in_time,
        lambda t: t.answered + t.abandoned - t.abandoned_short,
        QT_TRANSLATE_NOOP("figures", "Service level, short abandons ignored"),
        QT_TRANSLATE_NOOP("figures", "answered within {threshold} ÷ (answered + abandoned after {short})"),
    ),
    SlVariant.ANSWERED_ONLY: _Level(
        lambda t: t.answered_in_time,
        lambda t: t.answered,
        QT_TRANSLATE_NOOP("figures", "Answered in time, of answered only"),
        QT_TRANSLATE_NOOP("figures", "answered within {threshold} ÷ answered"),
    ),
}

_UNRESOLVED = QT_TRANSLATE_NOOP("figures", "waiting or without a known end")
_EXITED = QT_TRANSLATE_NOOP("figures", "left by key or timeout")
_REFUSED = QT_TRANSLATE_NOOP("figures", "refused before joining")
_ABANDONED = QT_TRANSLATE_NOOP("figures", "abandoned")
_UNTIMED = QT_TRANSLATE_NOOP("figures", "of unknown wait")
_RUNNING = QT_TRANSLATE_NOOP("figures", "still talking")
_EARLY = QT_TRANSLATE_NOOP("figures", "abandoned early")


def service_level(tally: Tally, variant: SlVariant = SlVariant.OFFERED, scope: Scope = EVERYTHING) -> Figure:
    """Service level in one of its variants; ``value`` None while nothing was answered or abandoned."""
    level = _LEVELS[variant]
    excluded = [(_UNRESOLVED, tally.unresolved), (_REFUSED, tally.refused)]
    if variant is not SlVariant.OFFERED_AND_EXITED:
        excluded.append((_EXITED, tally.exited))
    if variant is SlVariant.ANSWERED_ONLY:
        excluded.append((_ABANDONED, tally.abandoned))
    elif variant is SlVariant.IGNORING_EARLY_ABANDONS:
        excluded.append((_EARLY, tally.abandoned_in_time))
    elif variant is SlVariant.WITHOUT_SHORT_ABANDONS:
        excluded.append((_EARLY, tally.abandoned_short))
    return Figure(level.name, Unit.SHARE, level.above(tally), level.below(tally), level.formula, scope, tuple(excluded))


def service_level_value(tally: Tally) -> float | None:
    """The value of ``service_level`` alone, for charts that draw a hundred of them."""
    level = _LEVELS[SlVariant.OFFERED]
    below = level.below(tally)
    return level.above(tally) / below if below else None


# --------------------------------------------------------------------- the others


def abandon_rate(tally: Tally, scope: Scope = EVERYTHING, *, without_short: bool = False) -> Figure:
    """B ÷ E; ``without_short`` leaves short abandons out above and below."""
    name = QT_TRANSLATE_NOOP("figures", "Abandon rate")
    if without_short:
        formula = QT_TRANSLATE_NOOP("figures", "abandoned after {short} ÷ (entered − abandoned within {short})")
        short = tally.abandoned_short
        above, below = tally.abandoned - short, tally.entered - short
        return Figure(name, Unit.SHARE, above, below, formula, scope, ((_EARLY, short), (_REFUSED, tally.refused)))
    formula = QT_TRANSLATE_NOOP("figures", "abandoned ÷ entered")
    return Figure(name, Unit.SHARE, tally.abandoned, tally.entered, formula, scope, ((_REFUSED, tally.refused),))


def average_speed_of_answer(tally: Tally, scope: Scope = EVERYTHING) -> Figure:
    """Waits of answered visits ÷ answered, zero waits included; from queue entry, not from the start of the IVR."""
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Average speed of answer"),
        Unit.SECONDS,
        tally.wait_answered_us / _MILLION,
        tally.timed_answers,
        QT_TRANSLATE_NOOP("figures", "waits of answered visits, from queue entry ÷ answered"),
        scope,
        ((_ABANDONED, tally.abandoned), (_UNTIMED, tally.answered - tally.timed_answers)),
    )


def average_time_to_abandon(tally: Tally, scope: Scope = EVERYTHING) -> Figure:
    """Waits of abandoned visits ÷ abandoned, short ones included."""
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Average time to abandon"),
        Unit.SECONDS,
        tally.wait_abandoned_us / _MILLION,
        tally.timed_abandons,
        QT_TRANSLATE_NOOP("figures", "waits of abandoned visits, short ones included ÷ abandoned"),
        scope,
        ((_UNTIMED, tally.abandoned - tally.timed_abandons),),
    )


def average_handle_time(tally: Tally, scope: Scope = EVERYTHING) -> Figure:
    """(talk + hold + wrap-up) ÷ handled; talks still running are left out, wrap-up counts when it has ended."""
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Average handle time"),
        Unit.SECONDS,
        (tally.talk_us + tally.hold_us + tally.wrap_us) / _MILLION,
        tally.handled,
        QT_TRANSLATE_NOOP("figures", "(talk + hold + finished wrap-up) ÷ calls handled, transferred ones included"),
        scope,
        ((_RUNNING, tally.answered - tally.handled),),
    )


def average_wrap_up(tally: Tally, scope: Scope = EVERYTHING) -> Figure:
    """Finished wrap-up ÷ handled."""
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Average wrap-up"),
        Unit.SECONDS,
        tally.wrap_us / _MILLION,
        tally.handled,
        QT_TRANSLATE_NOOP("figures", "finished wrap-up ÷ calls handled"),
        scope,
        ((_RUNNING, tally.answered - tally.handled),),
    )


def occupancy(handling_s: float, available_s: float, scope: Scope = EVERYTHING) -> Figure:
    """Handling (talk, hold, wrap-up) ÷ (handling + available); seconds. Pauses are in neither; never over 100 %."""
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Occupancy"),
        Unit.TIME_SHARE,
        handling_s,
        handling_s + available_s,
        QT_TRANSLATE_NOOP("figures", "(talk + hold + wrap-up) ÷ (talk + hold + wrap-up + ready + ringing), no pauses"),
        scope,
        by_entry=False,
    )


def longest_wait_now(entries: Iterable[datetime], now: datetime, scope: Scope = EVERYTHING) -> Figure:
    """The longest of the waits that go on at ``now``; none waiting: no data."""
    first = min(entries, default=None)
    seconds = 0.0 if first is None else max(0, (now - first) // US) / _MILLION
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Longest wait now"),
        Unit.SECONDS,
        seconds,
        0 if first is None else 1,
        QT_TRANSLATE_NOOP("figures", "now − queue entry of the caller who has waited longest"),
        scope,
    )


def waiting_now(waiting: int, scope: Scope = EVERYTHING) -> Figure:
    """How many have entered and neither been answered, nor left, nor been lost sight of."""
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Waiting now"),
        Unit.COUNT,
        waiting,
        1,
        QT_TRANSLATE_NOOP("figures", "entered and not yet answered, abandoned or left"),
        Scope(scope.subject),
    )


def visits_offered(tally: Tally, scope: Scope = EVERYTHING) -> Figure:
    """E: queue visits, not callers; one call in two queues is two."""
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Queue visits offered"),
        Unit.COUNT,
        tally.entered,
        1,
        QT_TRANSLATE_NOOP(
            "figures", "entered = answered + abandoned + left by key or timeout + waiting or without end"
        ),
        scope,
        ((_REFUSED, tally.refused),),
    )


def calls_handled(tally: Tally, scope: Scope = EVERYTHING) -> Figure:
    """Answered queue visits whose talk is over."""
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Calls handled"),
        Unit.COUNT,
        tally.handled,
        1,
        QT_TRANSLATE_NOOP("figures", "answered queue visits whose talk is over, transferred ones included"),
        scope,
        ((_RUNNING, tally.answered - tally.handled),),
    )
