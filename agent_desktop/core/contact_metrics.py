"""Figures of calls and customers rather than of queue visits: unique calls, outcomes, kinds of transfer, FCR. No Qt."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from agent_desktop.core.figures import QT_TRANSLATE_NOOP, Figure, Scope, Unit

_EVERYTHING = Scope()


def calls_offered(calls: int, visits: int, scope: Scope = _EVERYTHING) -> Figure:
    """Unique calls among ``visits`` queue visits: one call in two queues, or twice in one, is one."""
    again = QT_TRANSLATE_NOOP("figures", "further visits of the same calls")
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Calls offered"),
        Unit.COUNT,
        calls,
        1,
        QT_TRANSLATE_NOOP("figures", "different calls that entered a queue, each once"),
        scope,
        ((again, visits - calls),),
    )


def calls_by_outcome(counts: Mapping[str, int], outcome: str, scope: Scope = _EVERYTHING) -> Figure:
    """Calls that ended with ``outcome`` ÷ all calls, in and out, also those that never saw a queue."""
    formula = QT_TRANSLATE_NOOP("figures", "calls with this outcome ÷ all calls that began in the window")
    return _share(QT_TRANSLATE_NOOP("figures", "Calls by outcome"), counts, outcome, formula, scope)


def transfers_by_kind(counts: Mapping[str, int], kind: str, scope: Scope = _EVERYTHING) -> Figure:
    """Transfers of one kind (blind, attended, …) ÷ all transfers."""
    formula = QT_TRANSLATE_NOOP("figures", "transfers of this kind ÷ all transfers out of a queue's talks")
    return _share(QT_TRANSLATE_NOOP("figures", "Transfers by kind"), counts, kind, formula, scope)


def _share(name: str, counts: Mapping[str, int], one: str, formula: str, scope: Scope) -> Figure:
    return Figure(name, Unit.SHARE, counts.get(one, 0), sum(counts.values()), formula, scope, by_entry=False)


def first_contact_resolution(
    contacts: Iterable[tuple[UUID | None, datetime]],
    window: tuple[datetime, datetime],
    now: datetime,
    days: int = 7,
    subject: str = "",
) -> Figure:
    """Matters settled at the first contact ÷ matters: a proxy, since nobody was asked whether it was settled.

    A matter is a chain of one customer's inbound contacts (customer, moment) with at most ``days`` between two; it
    belongs to the window that its first contact lies in, and counts only when ``days`` have passed since then.
    ``contacts`` reach from ``days`` before the window to now, else the second call of a matter passes for a first.
    """
    start, end = window
    span = timedelta(days=days)
    known = sorted(((customer, at) for customer, at in contacts if customer is not None), key=lambda one: one)
    settled = matters = unripe = 0
    for _, group in groupby(known, key=lambda one: one[0]):
        for chain in _chains([at for _, at in group], span):
            if not start <= chain[0] < end:
                continue
            if now - chain[0] <= span:
                unripe += 1
                continue
            matters += 1
            settled += len(chain) == 1
    return Figure(
        QT_TRANSLATE_NOOP("figures", "First contact resolution, estimated"),
        Unit.SHARE,
        settled,
        matters,
        QT_TRANSLATE_NOOP(
            "figures", "customers' matters without a further contact within {days} days ÷ matters; nobody was asked"
        ),
        Scope(subject, start, end),
        ((QT_TRANSLATE_NOOP("figures", "too recent to tell"), unripe),),
        by_entry=False,
        values=(("days", days),),
    )


def _chains(moments: list[datetime], span: timedelta) -> list[list[datetime]]:
    chains: list[list[datetime]] = []
    for at in moments:
        if chains and at - chains[-1][-1] <= span:
            chains[-1].append(at)
        else:
            chains.append([at])
    return chains
