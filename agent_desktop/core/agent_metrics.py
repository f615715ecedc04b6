"""Figures of people: what share of their time went where, what they passed on, and how it kept to the plan. No Qt."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from agent_desktop.core.figures import QT_TRANSLATE_NOOP, Figure, Scope, Unit
from agent_desktop.data.tally_rows import Tally
from agent_desktop.data.words import Presence

_EVERYTHING = Scope()
_RUNNING = QT_TRANSLATE_NOOP("figures", "still talking")


def occupancy(handling_s: float, available_s: float, scope: Scope = _EVERYTHING) -> Figure:
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


def utilisation(handling_s: float, signed_in_s: float, scope: Scope = _EVERYTHING) -> Figure:
    """Handling (talk, hold, wrap-up) ÷ all time signed in, pauses included; seconds.

    Some use the two words the other way round: the formula is always printed.
    """
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Utilisation"),
        Unit.TIME_SHARE,
        handling_s,
        signed_in_s,
        QT_TRANSLATE_NOOP("figures", "(talk + hold + wrap-up) ÷ time signed in, pauses included"),
        scope,
        by_entry=False,
    )


def calls_per_hour(tally: Tally, signed_in_s: float, scope: Scope = _EVERYTHING) -> Figure:
    """Calls handled ÷ hours signed in, pauses included."""
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Calls per hour"),
        Unit.RATE,
        tally.handled,
        signed_in_s / 3600,
        QT_TRANSLATE_NOOP("figures", "calls handled ÷ hours signed in, pauses included"),
        scope,
        ((_RUNNING, tally.answered - tally.handled),),
    )


def transfer_rate(tally: Tally, scope: Scope = _EVERYTHING) -> Figure:
    """Answered queue visits that the agent passed on, blind or after a consultation ÷ answered visits that are over."""
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Transfer rate"),
        Unit.SHARE,
        tally.transferred,
        tally.handled,
        QT_TRANSLATE_NOOP("figures", "passed on by the agent, blind or after a consultation ÷ calls handled"),
        scope,
        ((_RUNNING, tally.answered - tally.handled),),
    )


# ------------------------------------------------------------------------ the plan


class Planned(StrEnum):
    """What somebody is down for."""

    WORK = "work"
    BREAK = "break"


class Span(NamedTuple):
    """From ``start`` up to, not including, ``end``."""

    start: datetime
    end: datetime
    kind: Planned


_AT_WORK = frozenset({Presence.READY, Presence.RINGING, Presence.TALKING, Presence.WRAP_UP})


def lived(presence: Presence, start: datetime, end: datetime) -> Span | None:
    """What somebody did, in the plan's words; None while signed out."""
    if presence is Presence.OFFLINE:
        return None
    return Span(start, end, Planned.WORK if presence in _AT_WORK else Planned.BREAK)


def adherence(planned: Sequence[Span], actual: Sequence[Span], scope: Scope = _EVERYTHING) -> Figure:
    """Time spent in what was planned for that very moment ÷ planned time.

    Spans of each side do not overlap among themselves. 15 min late and 15 min longer on a planned hour: 75 %.
    """
    kept, at, done = timedelta(), 0, sorted(actual)
    for plan in sorted(planned):
        while at < len(done) and done[at].end <= plan.start:
            at += 1
        for span in done[at:]:
            if span.start >= plan.end:
                break
            if span.kind is plan.kind:
                kept += min(plan.end, span.end) - max(plan.start, span.start)
    return adherence_of(kept.total_seconds(), _length(planned), scope)


def adherence_of(kept_s: float, planned_s: float, scope: Scope = _EVERYTHING) -> Figure:
    """The same from seconds that were added up, of one person or of several."""
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Adherence"),
        Unit.TIME_SHARE,
        kept_s,
        planned_s,
        QT_TRANSLATE_NOOP("figures", "time in the planned state, moment by moment ÷ planned time, breaks included"),
        scope,
        by_entry=False,
    )


def conformance(planned: Sequence[Span], actual: Sequence[Span], scope: Scope = _EVERYTHING) -> Figure:
    """Time worked, whenever it was ÷ time planned for work. 15 min late and 15 min longer on an hour: 100 %."""
    worked, down = (_length(span for span in spans if span.kind is Planned.WORK) for spans in (actual, planned))
    return conformance_of(worked, down, scope)


def conformance_of(worked_s: float, down_s: float, scope: Scope = _EVERYTHING) -> Figure:
    """The same from seconds that were added up, of one person or of several."""
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Conformance"),
        Unit.TIME_SHARE,
        worked_s,
        down_s,
        QT_TRANSLATE_NOOP("figures", "time worked, whenever it was ÷ time planned for work"),
        scope,
        by_entry=False,
    )


def _length(spans: Iterable[Span]) -> float:
    return sum(((span.end - span.start) for span in spans), timedelta()).total_seconds()
