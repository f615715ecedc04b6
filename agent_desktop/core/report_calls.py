"""The report of calls and customers: different calls, how they ended and were passed on, what was settled. No Qt.

It counts calls, not queue visits: one call in two queues is one. Every line is one figure.
"""

from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from agent_desktop import data
from agent_desktop.core import metrics
from agent_desktop.core.figures import QT_TRANSLATE_NOOP, Figure, Scope, translated
from agent_desktop.core.reports import CallLine, Line, Maker
from agent_desktop.data.words import Outcome

SETTLED_DAYS = 7
_OUTCOMES = {
    Outcome.ANSWERED: QT_TRANSLATE_NOOP("figures", "Answered"),
    Outcome.TRANSFERRED: QT_TRANSLATE_NOOP("figures", "Transferred"),
    Outcome.MISSED: QT_TRANSLATE_NOOP("figures", "Missed"),
    Outcome.BUSY: QT_TRANSLATE_NOOP("figures", "Busy"),
    Outcome.NO_ANSWER: QT_TRANSLATE_NOOP("figures", "No answer"),
    Outcome.REJECTED: QT_TRANSLATE_NOOP("figures", "Declined"),
    Outcome.REFUSED: QT_TRANSLATE_NOOP("figures", "Turned away"),
    Outcome.ELSEWHERE: QT_TRANSLATE_NOOP("figures", "Taken by a colleague"),
    Outcome.CANCELLED: QT_TRANSLATE_NOOP("figures", "Cancelled"),
    Outcome.FAILED: QT_TRANSLATE_NOOP("figures", "Failed"),
    Outcome.IN_PROGRESS: QT_TRANSLATE_NOOP("figures", "In progress"),
}
_TRANSFERS = {
    "blind": QT_TRANSLATE_NOOP("figures", "blind"),
    "attended": QT_TRANSLATE_NOOP("figures", "after a consultation"),
    "": QT_TRANSLATE_NOOP("figures", "of unknown kind"),
}


def fetch(session: Any, maker: Maker, whole: Line) -> tuple[CallLine, ...]:
    """The lines, as this login may see them; ``whole`` is the sum of the same queues' visits."""
    window, asked = maker.window, maker.wish.queues
    end = min(window.end, window.now)
    queues = [queue.id for queue in maker.queues] if asked else None
    scope = replace(whole.scope, threshold_s=None, short_s=None)
    calls = data.figure_counts.unique_calls(session, window.start, end, queues)
    lines = [_line("calls", "", metrics.calls_offered(calls, whole.tally.entered, scope))]
    outcomes: dict[str, int] = {}
    for name in [queue.name for queue in maker.queues] if asked else [None]:
        for outcome, number in data.figure_counts.outcomes(session, window.start, end, queue=name).items():
            outcomes[outcome] = outcomes.get(outcome, 0) + number
    for outcome, words in _OUTCOMES.items():
        if outcomes.get(outcome):
            lines.append(_line(f"outcome {outcome}", words, metrics.calls_by_outcome(outcomes, outcome, scope)))
    transfers = data.figure_counts.transfers(session, window.start, end, queues)
    for kind in (*_TRANSFERS, *sorted(transfers.keys() - _TRANSFERS.keys())):
        if transfers.get(kind):
            figure = metrics.transfers_by_kind(transfers, kind, scope)
            lines.append(_line(f"transfer {kind}", _TRANSFERS.get(kind, kind), figure))
    if not asked:  # no contact says of which queue its matter is
        lines.append(_line("settled", "", _settled(session, (window.start, end), window.now, scope)))
    return tuple(lines)


def _settled(session: Any, window: tuple[datetime, datetime], now: datetime, scope: Scope) -> Figure:
    before = window[0] - timedelta(days=SETTLED_DAYS)
    found = data.figure_counts.contacts(session, before, now)
    figure = metrics.first_contact_resolution(found, window, now, SETTLED_DAYS)
    return replace(figure, scope=scope)


def _line(key: str, which: str, figure: Figure) -> CallLine:
    name = translated(figure.name)
    return CallLine(key, f"{name}: {translated(which)}" if which else name, figure)
