"""Every figure, in one place: how what is counted of queue visits becomes service level, ASA, AHT and more. No Qt here.

The counting itself, and the figures of people's time, of waiting and of calls and customers stand in four modules
beside this one, and are had here.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from agent_desktop.core.agent_metrics import Planned as Planned
from agent_desktop.core.agent_metrics import Span as Span
from agent_desktop.core.agent_metrics import adherence as adherence
from agent_desktop.core.agent_metrics import adherence_of as adherence_of
from agent_desktop.core.agent_metrics import calls_per_hour as calls_per_hour
from agent_desktop.core.agent_metrics import conformance as conformance
from agent_desktop.core.agent_metrics import conformance_of as conformance_of
from agent_desktop.core.agent_metrics import lived as lived
from agent_desktop.core.agent_metrics import occupancy as occupancy
from agent_desktop.core.agent_metrics import transfer_rate as transfer_rate
from agent_desktop.core.agent_metrics import utilisation as utilisation
from agent_desktop.core.contact_metrics import calls_by_outcome as calls_by_outcome
from agent_desktop.core.contact_metrics import calls_offered as calls_offered
from agent_desktop.core.contact_metrics import first_contact_resolution as first_contact_resolution
from agent_desktop.core.contact_metrics import transfers_by_kind as transfers_by_kind
from agent_desktop.core.figures import QT_TRANSLATE_NOOP, Figure, Scope, Unit
from agent_desktop.core.visit_counts import TALLY_FIELDS as TALLY_FIELDS
from agent_desktop.core.visit_counts import US as US
from agent_desktop.core.visit_counts import Counts as Counts
from agent_desktop.core.visit_counts import Visit as Visit
from agent_desktop.core.visit_counts import by_interval as by_interval
from agent_desktop.core.visit_counts import cells_of as cells_of
from agent_desktop.core.visit_counts import count as count
from agent_desktop.core.visit_counts import tally as tally
from agent_desktop.core.wait_metrics import average_wait as average_wait
from agent_desktop.core.wait_metrics import estimated_wait as estimated_wait
from agent_desktop.core.wait_metrics import longest_wait as longest_wait
from agent_desktop.data.centre_rows import SlRule
from agent_desktop.data.tally_rows import Tally as Tally
from agent_desktop.data.words import SlVariant

EVERYTHING = Scope()
_MILLION = 1_000_000


# ------------------------------------------------------------------ service level


class SlPart(NamedTuple):
    """What one rule is asked of; ``label`` says of which queues, where several are added up."""

    rule: SlRule
    tally: Tally
    label: str = ""


class _Level(msgspec.Struct, frozen=True):
    above: Callable[[Tally], int]
    below: Callable[[Tally], int]
    name: str
    formula: str


def _in_time(tally: Tally) -> int:
    return tally.answered_in_time


def _reached(tally: Tally) -> int:
    return tally.answered_in_time + tally.abandoned_in_time


_LEVELS = {
    SlRule(SlVariant.OFFERED): _Level(
        _in_time,
        lambda t: t.answered + t.abandoned,
        QT_TRANSLATE_NOOP("figures", "Service level"),
        QT_TRANSLATE_NOOP("figures", "answered within {threshold} ÷ (answered + abandoned)"),
    ),
    SlRule(SlVariant.OFFERED, exits=True): _Level(
        _in_time,
        lambda t: t.answered + t.abandoned + t.exited,
        QT_TRANSLATE_NOOP("figures", "Service level, exits counted"),
        QT_TRANSLATE_NOOP("figures", "answered within {threshold} ÷ (answered + abandoned + left by key or timeout)"),
    ),
    SlRule(SlVariant.IGNORING_EARLY_ABANDONS): _Level(
        _in_time,
        lambda t: t.answered + t.abandoned - t.abandoned_in_time,
        QT_TRANSLATE_NOOP("figures", "Service level, early abandons ignored"),
        QT_TRANSLATE_NOOP("figures", "answered within {threshold} ÷ (answered + abandoned after {threshold})"),
    ),
    SlRule(SlVariant.IGNORING_EARLY_ABANDONS, exits=True): _Level(
        _in_time,
        lambda t: t.answered + t.abandoned - t.abandoned_in_time + t.exited,
        QT_TRANSLATE_NOOP("figures", "Service level, early abandons ignored, exits counted"),
        QT_TRANSLATE_NOOP(
            "figures",
            "answered within {threshold} ÷ (answered + abandoned after {threshold} + left by key or timeout)",
        ),
    ),
    SlRule(SlVariant.POSITIVE): _Level(
        _reached,
        lambda t: t.answered + t.abandoned,
        QT_TRANSLATE_NOOP("figures", "Service level, early abandons as reached"),
        QT_TRANSLATE_NOOP("figures", "(answered or abandoned within {threshold}) ÷ (answered + abandoned)"),
    ),
    SlRule(SlVariant.POSITIVE, exits=True): _Level(
        _reached,
        lambda t: t.answered + t.abandoned + t.exited,
        QT_TRANSLATE_NOOP("figures", "Service level, early abandons as reached, exits counted"),
        QT_TRANSLATE_NOOP(
            "figures",
            "(answered or abandoned within {threshold}) ÷ (answered + abandoned + left by key or timeout)",
        ),
    ),
    SlRule(SlVariant.WITHOUT_SHORT_ABANDONS): _Level(
        _in_time,
        lambda t: t.answered + t.abandoned - t.abandoned_short,
        QT_TRANSLATE_NOOP("figures", "Service level, short abandons ignored"),
        QT_TRANSLATE_NOOP("figures", "answered within {threshold} ÷ (answered + abandoned after {short})"),
    ),
    SlRule(SlVariant.WITHOUT_SHORT_ABANDONS, exits=True): _Level(
        _in_time,
        lambda t: t.answered + t.abandoned - t.abandoned_short + t.exited,
        QT_TRANSLATE_NOOP("figures", "Service level, short abandons ignored, exits counted"),
        QT_TRANSLATE_NOOP(
            "figures", "answered within {threshold} ÷ (answered + abandoned after {short} + left by key or timeout)"
        ),
    ),
    SlRule(SlVariant.ANSWERED_ONLY): _Level(
        _in_time,
        lambda t: t.answered,
        QT_TRANSLATE_NOOP("figures", "Answered in time, of answered only"),
        QT_TRANSLATE_NOOP("figures", "answered within {threshold} ÷ answered"),
    ),
}
_LEVELS[SlRule(SlVariant.ANSWERED_ONLY, exits=True)] = _LEVELS[SlRule(SlVariant.ANSWERED_ONLY)]  # of answered only

_UNRESOLVED = QT_TRANSLATE_NOOP("figures", "waiting or without a known end")
_EXITED = QT_TRANSLATE_NOOP("figures", "left by key or timeout")
_REFUSED = QT_TRANSLATE_NOOP("figures", "refused before joining")
_ABANDONED = QT_TRANSLATE_NOOP("figures", "abandoned")
_UNTIMED = QT_TRANSLATE_NOOP("figures", "of unknown wait")
_RUNNING = QT_TRANSLATE_NOOP("figures", "still talking")
_EARLY = QT_TRANSLATE_NOOP("figures", "abandoned early")


def service_level(
    tally: Tally, variant: SlVariant = SlVariant.OFFERED, scope: Scope = EVERYTHING, *, exits: bool = False
) -> Figure:
    """Service level in one of its variants; ``value`` None while nothing was answered or abandoned.

    ``exits`` counts who left by key or timeout as missed. SL-off, the default, is Genesys Cloud's; leaving early
    abandons out and counting them as reached are two of Cisco's types; of answered only is Asterisk's.
    """
    rule = SlRule(variant, exits)
    level = _LEVELS[rule]
    return Figure(
        level.name, Unit.SHARE, level.above(tally), level.below(tally), level.formula, scope, _left_out(rule, tally)
    )


def service_level_of(parts: Sequence[SlPart], scope: Scope = EVERYTHING) -> Figure:
    """The service level over several queues, each counted by its own rule: sum ÷ sum, never a mean of levels.

    Parts of one rule are added up first; where all have the same one, this is that variant.
    """
    parts = _by_rule(parts)
    if len(parts) == 1:
        ((rule, tally, _),) = parts
        return service_level(tally, rule.variant, scope, exits=rule.exits)
    each = tuple((part.label, _LEVELS[part.rule].formula, *_fraction(part)) for part in parts)
    left_out: dict[str, int] = {}
    for part in parts:
        for label, number in _left_out(part.rule, part.tally):
            left_out[label] = left_out.get(label, 0) + number
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Service level, by each queue's own formula"),
        Unit.SHARE,
        sum(above for _, _, above, _ in each),
        sum(below for _, _, _, below in each),
        QT_TRANSLATE_NOOP("figures", "numerators and denominators of each formula added up"),
        scope,
        tuple(left_out.items()),
        each=each,
    )


def service_level_value(parts: Iterable[SlPart]) -> float | None:
    """The value of ``service_level_of`` alone, for charts that draw a hundred of them."""
    above = below = 0
    for part in parts:
        level = _LEVELS[part.rule]
        above += level.above(part.tally)
        below += level.below(part.tally)
    return above / below if below else None


def other_levels(tally: Tally, chosen: SlRule, scope: Scope = EVERYTHING) -> tuple[Figure, ...]:
    """The same visits by the other formulas in use, for those who compare with another system."""
    mine = _LEVELS[chosen]
    rules = (*(SlRule(variant) for variant in SlVariant), SlRule(SlVariant.OFFERED, exits=True))
    return tuple(
        service_level(tally, rule.variant, scope, exits=rule.exits) for rule in rules if _LEVELS[rule] is not mine
    )


def level_words(rule: SlRule) -> tuple[str, str]:
    """Name and formula of a rule, to be translated in the context ``figures``."""
    return _LEVELS[rule].name, _LEVELS[rule].formula


def counts_in_level(counts: Counts, rule: SlRule) -> bool:
    """Whether one visit, as ``count`` counts it, is in the denominator of its queue's service level."""
    return _LEVELS[rule].below(Tally(*cells_of(counts))) > 0


def _fraction(part: SlPart) -> tuple[int, int]:
    level = _LEVELS[part.rule]
    return level.above(part.tally), level.below(part.tally)


def _by_rule(parts: Sequence[SlPart]) -> tuple[SlPart, ...]:
    if len(parts) == 1:
        return tuple(parts)
    sums: dict[int, SlPart] = {}
    for part in parts:
        key = id(_LEVELS[part.rule])
        before = sums.get(key)
        if before is None:
            sums[key] = part
        else:
            label = ", ".join(filter(None, (before.label, part.label)))
            sums[key] = SlPart(before.rule, before.tally + part.tally, label)
    return tuple(sums.values()) or (SlPart(SlRule(), Tally()),)


def _left_out(rule: SlRule, tally: Tally) -> tuple[tuple[str, int], ...]:
    excluded = [(_UNRESOLVED, tally.unresolved), (_REFUSED, tally.refused)]
    if not rule.exits or rule.variant is SlVariant.ANSWERED_ONLY:
        excluded.append((_EXITED, tally.exited))
    if rule.variant is SlVariant.ANSWERED_ONLY:
        excluded.append((_ABANDONED, tally.abandoned))
    elif rule.variant is SlVariant.IGNORING_EARLY_ABANDONS:
        excluded.append((_EARLY, tally.abandoned_in_time))
    elif rule.variant is SlVariant.WITHOUT_SHORT_ABANDONS:
        excluded.append((_EARLY, tally.abandoned_short))
    return tuple(excluded)


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


def answered_rate(tally: Tally, scope: Scope = EVERYTHING) -> Figure:
    """A ÷ (E + R): of all who came to the queue, those turned away before joining too."""
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Answered rate"),
        Unit.SHARE,
        tally.answered,
        tally.entered + tally.refused,
        QT_TRANSLATE_NOOP("figures", "answered ÷ (entered + refused before joining)"),
        scope,
    )


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
