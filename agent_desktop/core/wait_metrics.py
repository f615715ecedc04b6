"""Figures of waiting: how long all waited on average, how long at most, and how long one must expect to. No Qt."""

from agent_desktop.core.figures import QT_TRANSLATE_NOOP, Figure, Scope, Unit
from agent_desktop.data.tally_rows import Tally

_EVERYTHING = Scope()
_MILLION = 1_000_000
_UNRESOLVED = QT_TRANSLATE_NOOP("figures", "waiting or without a known end")


def average_wait(tally: Tally, scope: Scope = _EVERYTHING) -> Figure:
    """Waits of all whose wait is over (answered, abandoned, left) ÷ their number: E[W] of Erlang A, not the ASA."""
    waits = tally.wait_answered_us + tally.wait_abandoned_us + tally.wait_exited_us
    untimed = tally.answered - tally.timed_answers + tally.abandoned - tally.timed_abandons
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Average wait"),
        Unit.SECONDS,
        waits / _MILLION,
        tally.timed_answers + tally.timed_abandons + tally.exited,
        QT_TRANSLATE_NOOP("figures", "waits of answered, abandoned and left visits ÷ their number"),
        scope,
        ((_UNRESOLVED, tally.unresolved), (QT_TRANSLATE_NOOP("figures", "of unknown wait"), untimed)),
    )


def longest_wait(max_wait_us: int | None, scope: Scope = _EVERYTHING) -> Figure:
    """The longest of the waits that are over, whether answered, abandoned or left; microseconds, None: none is."""
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Longest wait"),
        Unit.SECONDS,
        (max_wait_us or 0) / _MILLION,
        0 if max_wait_us is None else 1,
        QT_TRANSLATE_NOOP("figures", "the longest wait of answered, abandoned and left visits"),
        scope,
    )


def estimated_wait(tally: Tally, place: int, agents: int, scope: Scope = _EVERYTHING, *, free: int = 0) -> Figure:
    """What the caller at ``place`` (1: next) must expect: handle time × place ÷ agents × (1 − abandon rate).

    The formula Genesys Cloud documents; 50 s, place 10, 5 agents, 2 % abandoned: 98 s. ``agents`` are those who take
    calls of this queue, ``free`` those of them who wait for one: up to there it is nothing. Undefined without agents
    and before a call was handled. Handle time and abandon rate are those of ``tally``.
    """
    handled_s = (tally.talk_us + tally.hold_us + tally.wrap_us) / _MILLION
    lost = tally.abandoned / tally.entered if tally.entered else 0.0
    known = agents > 0 and (tally.handled > 0 or place <= free)
    seconds = 0.0 if place <= free or not tally.handled else handled_s / tally.handled * place * (1 - lost)
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Estimated wait"),
        Unit.ESTIMATE,
        seconds,
        agents if known else 0,
        QT_TRANSLATE_NOOP(
            "figures",
            "average handle time × place in the queue × (1 − abandon rate) ÷ agents taking calls; an estimate",
        ),
        scope,
        by_entry=False,
    )
