"""How old the board is and what is away, in the words of somebody who runs the floor: what it means and what to do."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from agent_desktop.core.feed_health import FeedView, Flow
from agent_desktop.core.figures import clock_text, number_text

Clock = Callable[[datetime], str]
ICONS = {
    Flow.LOCAL: "activity", Flow.LIVE: "activity", Flow.LATE: "hourglass", Flow.PBX_AWAY: "unplug",
    Flow.COLLECTOR_AWAY: "server-off", Flow.DATABASE_AWAY: "cloud-off",
}  # fmt: skip
_CLOCK_OFF_S = 5.0


def _tr(text: str) -> str:
    return QCoreApplication.translate("feed", text)


def tone(view: FeedView) -> str:
    """ok, warn or bad."""
    if view.flow in (Flow.LOCAL, Flow.LIVE):
        return "warn" if abs(view.clock_s) > _CLOCK_OFF_S else "ok"
    return "bad" if view.is_old else "warn"


def age(seconds: float) -> str:
    """How old figures are, in few letters."""
    whole = max(0, int(seconds))
    if whole < 60:
        return _tr("{0} s old").format(whole - whole % 5 if whole > 5 else whole)
    if whole < 3600:
        return _tr("{0} min old").format(whole // 60)
    return _tr("{0} h old").format(whole // 3600)


def calm(view: FeedView, last: float | None, clock: Clock) -> str:
    """The line of a board that is up to date; ``last``: seconds since the newest event."""
    heard = _tr("last event {0} ago").format(clock_text(last)) if last is not None else _tr("no event yet today")
    if view.flow is Flow.LOCAL:
        return _tr("Live, {0}").format(heard)
    since = clock(view.connected_at) if view.connected_at is not None else "–"
    words = _tr("Live from {0}, connected since {1}, {2}").format(", ".join(view.reached), since, heard)
    if abs(view.clock_s) > _CLOCK_OFF_S:
        words = _tr("{0}; the phone system’s clock is {1} s off").format(words, number_text(abs(view.clock_s)))
    return words


def headline(view: FeedView) -> str:
    """What is wrong; empty when nothing is."""
    old = clock_text(view.age_s)
    match view.flow:
        case Flow.DATABASE_AWAY:
            return _tr("The database is away: these figures are {0} old.").format(old)
        case Flow.COLLECTOR_AWAY:
            return _tr("The collector is silent: these figures are {0} old.").format(old)
        case Flow.PBX_AWAY if view.is_old:
            names = ", ".join(view.away)
            return _tr("No connection to the phone system “{0}”: these figures are {1} old.").format(names, old)
        case Flow.PBX_AWAY:
            return _tr("No connection to the phone system “{0}”: its queues stand still.").format(", ".join(view.away))
        case Flow.LATE if view.spooled:
            return _tr("{0} events wait to be stored: figures lag {1} behind.").format(number_text(view.spooled), old)
        case Flow.LATE:
            return _tr("Events come late: figures lag {0} behind.").format(clock_text(view.lag_s))
    return ""


def advice(view: FeedView) -> str:
    """What still works and what to do."""
    match view.flow:
        case Flow.DATABASE_AWAY:
            return _tr("They go on by themselves when it is back; calls and what you enter are kept here.")
        case Flow.COLLECTOR_AWAY if view.stands_by:
            return _tr("“{0}” stands by and takes over within seconds.").format(", ".join(view.stands_by))
        case Flow.COLLECTOR_AWAY:
            who = _tr("Have its service on “{0}” started again").format(view.collector)
            return _tr("{0}: calls go on, and what it misses is caught up with.").format(who)
        case Flow.PBX_AWAY:
            said = f" ({view.trouble})" if view.trouble else ""
            return _tr("The collector tries again by itself{0}. If calls do not come either: is the PBX up?").format(
                said
            )
        case Flow.LATE:
            return _tr("Nothing is lost. If it lasts, the database or the collector’s computer is overloaded.")
    return ""


def explanation(view: FeedView, clock: Clock) -> str:
    """All that is known, some lines of plain text."""
    if view.flow is Flow.LOCAL:
        return _tr("The desktops write their queue events themselves: no collector runs for this database.")
    since = clock(view.connected_at) if view.connected_at is not None else "–"
    lines = [
        _tr("Collector: {0}").format(view.collector or "–"),
        _tr("Standing by: {0}").format(", ".join(view.stands_by) or _tr("none")),
        _tr("Phone systems: {0}").format(", ".join(view.reached) or "–"),
        _tr("Connected since {0}").format(since),
        _tr("From the phone system to the database: {0} s").format(number_text(view.lag_s, 1)),
        _tr("Events waiting at the collector: {0}").format(number_text(view.spooled)),
        _tr("Events, queues and people it does not know: {0}").format(number_text(view.unknown)),
    ]
    if view.away:
        lines.insert(3, _tr("Not reached: {0}").format(", ".join(view.away)))
    if abs(view.clock_s) > 1:
        lines.append(_tr("The phone system’s clock is ahead by {0} s").format(number_text(view.clock_s, 1)))
    if view.trouble:
        lines.append(view.trouble)
    return "\n".join(lines)
