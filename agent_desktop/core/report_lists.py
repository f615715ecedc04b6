"""The queue visits behind a line of a report, read from the database. No Qt."""

from typing import Any

import msgspec

from agent_desktop import data
from agent_desktop.core.board_lists import VisitLine, part_of
from agent_desktop.core.metrics import US, Visit
from agent_desktop.core.report_wish import Kind
from agent_desktop.core.reports import Line, Report
from agent_desktop.data.centre_rows import VisitRow
from agent_desktop.data.words import ExitReason

MOST = 20_000


class Behind(msgspec.Struct, frozen=True):
    """``whole`` False: there are more than ``MOST``."""

    lines: tuple[VisitLine, ...]
    whole: bool


def visits(session: Any, report: Report, line: Line) -> Behind:
    """The visits that a line counts, by entry."""
    scope, site, wish = line.scope, report.site, report.wish
    assert scope.start is not None
    assert scope.end is not None
    queue_ids = [line.queue_id] if line.queue_id else [queue.id for queue in report.queues] if wish.queues else None
    found: list[VisitLine] = []
    for row in data.queues.visits(session, scope.start, scope.end):
        if queue_ids is not None and row.queue_id not in queue_ids:
            continue
        if not _is_of(row, report, line):
            continue
        if len(found) == MOST:
            return Behind(tuple(found), whole=False)
        queue = site.queues.get(row.queue_id) if row.queue_id else None
        agent = site.agents.get(row.agent_id) if row.agent_id else None
        visit = visit_of(row)
        part = part_of(visit, queue.sl_threshold_s if queue else 20)
        found.append(VisitLine(visit, part, queue.label if queue else "–", agent.name if agent else ""))
    return Behind(tuple(found), whole=True)


def visit_of(row: VisitRow) -> Visit:
    """A stored visit as figures count it."""
    end = row.connected_at or row.left_at
    talk = (row.ended_at - row.connected_at) // US if row.ended_at and row.connected_at else None
    return Visit(
        queue_id=row.queue_id,
        entered_at=row.entered_at,
        result=row.result,
        left_at=end,
        ended_at=row.ended_at,
        wait_us=max(0, (end - row.entered_at) // US) if end else None,
        agent_id=row.agent_id,
        talk_us=None if talk is None else max(0, talk - row.hold_us),
        hold_us=row.hold_us,
        wrap_us=row.wrap_us,
        exit_reason=ExitReason(row.exit_reason) if row.exit_reason in set(ExitReason) else None,
        linked_id=row.linked_id,
        id=row.id,
    )


def _is_of(row: VisitRow, report: Report, line: Line) -> bool:
    """Whether an agent's or a team's line counts it."""
    kind, teams = report.wish.kind, report.wish.teams
    if kind not in (Kind.AGENTS, Kind.TEAMS):
        return True
    agent = report.site.agents.get(row.agent_id) if row.agent_id and row.result == "answered" else None
    team = agent.team_id if agent else None
    if line.whole:
        return not teams or team in teams
    if line.nobody:
        return row.result != "answered" or row.agent_id is None
    if kind is Kind.AGENTS:
        return row.result == "answered" and row.agent_id == line.agent_id
    from_team = line.team_id if line.team_id in report.site.teams else None
    return row.result == "answered" and row.agent_id is not None and team == from_team
