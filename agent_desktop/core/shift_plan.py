"""Who was planned to work when, from a file of any planning tool, held against what their presence says. No Qt."""

import csv
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from agent_desktop import data
from agent_desktop.core import metrics
from agent_desktop.core.figures import Figure, Scope
from agent_desktop.core.intervals import SiteDay
from agent_desktop.core.metrics import Planned, Span

COLUMNS = ("login", "start", "end", "kind")
Plan = Mapping[str, tuple[Span, ...]]  # by login, in lower case


class BadPlan(ValueError):
    """The file is no plan; the text says which line, and why."""


class Kept(msgspec.Struct, frozen=True):
    """How somebody kept to the plan."""

    login: str
    name: str
    adherence: Figure
    conformance: Figure


def read(lines: Iterable[str], zone: ZoneInfo) -> Plan:
    """A CSV with the columns login, start, end (2026-11-21 09:00, by the site's clock) and kind (work, the default, or
    break). Raises BadPlan.
    """
    rows = csv.DictReader(lines)
    missing = [name for name in COLUMNS[:3] if name not in (rows.fieldnames or ())]
    if missing:
        raise BadPlan(f"It has no column {missing[0]}; the first line names them: {', '.join(COLUMNS)}.")
    found: dict[str, list[Span]] = {}
    for number, row in enumerate(rows, start=2):
        try:
            start, end = (datetime.fromisoformat((row[name] or "").strip()) for name in ("start", "end"))
            kind = Planned((row.get("kind") or Planned.WORK).strip().lower())
        except ValueError as error:
            raise BadPlan(f"Line {number}: {error}.") from None
        span = Span(_aware(start, zone), _aware(end, zone), kind)
        spans = found.setdefault((row["login"] or "").strip().casefold(), [])
        if span.end <= span.start:
            raise BadPlan(f"Line {number}: it ends before it begins.")
        if any(span.start < other.end and other.start < span.end for other in spans):
            raise BadPlan(f"Line {number}: it overlaps another line of {row['login']}.")
        spans.append(span)
    return {login: tuple(sorted(spans)) for login, spans in found.items()}


def kept(session: Any, plan: Plan, zone: ZoneInfo, now: datetime) -> tuple[Kept, ...]:
    """Everybody of the plan whom this database knows, by name; up to ``now``, work on whole days of the site."""
    people = {agent.login.casefold(): agent for agent in data.agents.agents(session, active_only=False)}
    result = []
    for login, spans in plan.items():
        agent, until = people.get(login), min(now, max(span.end for span in spans))
        planned = [Span(span.start, min(span.end, now), span.kind) for span in spans if span.start < now]
        if agent is None or not planned:
            continue
        first, last = SiteDay.of(planned[0].start, zone).start, min(now, SiteDay.of(until, zone).end)
        history = data.agents.presence_history(session, first, last, agent_id=agent.id)
        lived = (metrics.lived(row.presence, row.since, min(row.until or last, last)) for row in history)
        actual = [span for span in lived if span is not None]
        scope = Scope(agent.name, first, last, zone)
        figures = metrics.adherence(planned, actual, scope), metrics.conformance(planned, actual, scope)
        result.append(Kept(agent.login, agent.name, *figures))
    return tuple(sorted(result, key=lambda one: (one.name, one.login)))


def strangers(session: Any, plan: Plan) -> tuple[str, ...]:
    """The logins of a plan that nobody here has."""
    known = {agent.login.casefold() for agent in data.agents.agents(session, active_only=False)}
    return tuple(sorted(login for login in plan if login not in known))


def _aware(moment: datetime, zone: ZoneInfo) -> datetime:
    # Into UTC: two moments of one zone are subtracted as the clock shows them, an hour wrong when it is changed.
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)).astimezone(UTC)
