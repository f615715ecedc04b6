"""Agents and teams: who works here, what each is doing, what each has done."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, or_, select
from sqlalchemy.orm import Session

from agent_desktop.data.centre_rows import AgentRow, DayFigures, PresenceRow, PresenceSpanRow, TeamRow
from agent_desktop.data.folding import fold
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Agent, Desk, Leg, PresenceSpan, Team, WrapUp
from agent_desktop.data.pipeline import read_all
from agent_desktop.data.sql import on_server, table_of
from agent_desktop.data.words import Presence

_HOUR = timedelta(hours=1)


def agents(session: Session, *, active_only: bool = True) -> tuple[AgentRow, ...]:
    """The people, by name."""
    query = _AGENTS.order_by(Agent.name, Agent.id)
    return tuple(agent_of(row) for row in session.execute(query.where(Agent.active) if active_only else query))


def teams(session: Session) -> tuple[TeamRow, ...]:
    """The teams in use, by name."""
    rows = session.execute(select(Team.id, Team.name).where(Team.active).order_by(Team.name))
    return tuple(TeamRow(row.id, row.name) for row in rows)


def agent_by_login(session: Session, login: str) -> AgentRow | None:
    """The person who signs in under this name."""
    return _one(session, Agent.login == login)


def agent(session: Session, agent_id: UUID) -> AgentRow | None:
    """One person."""
    return _one(session, Agent.id == agent_id)


def signed_in(session: Session) -> AgentRow | None:
    """Who the login of this connection is; None on a file, which knows no logins, and for a service's login.

    Whatever else a workstation is told: only this person's words are taken by a server.
    """
    if not on_server(session):
        return None
    key = session.execute(select(func.access.my_agent())).scalar_one()
    return agent(session, UUID(str(key))) if key is not None else None


def create_agent(
    session: Session, name: str, login: str, *, extension: str = "", team_id: UUID | None = None
) -> AgentRow:
    """A new person. A login that is taken raises errors.DatabaseTrouble (unexpected): ask agent_by_login first."""
    values = {"id": new_id(), "name": name, "login": login, "extension": extension, "team_id": team_id}
    session.execute(insert(table_of(Agent)).values(values))
    found = agent_by_login(session, login)
    assert found is not None
    return found


def search_agents(session: Session, text: str, *, limit: int = 10) -> tuple[AgentRow, ...]:
    """Active people whose name contains, or whose login or extension begins with, ``text``."""
    values = sought(text)
    if values is None:
        return ()
    (rows,) = read_all(session, [FOUND_AGENTS], values | {"most": limit})
    return tuple(agent_of(row) for row in rows)


def sought(text: str) -> dict[str, str] | None:
    """What a text asks for: the values of FOUND_AGENTS, but for how many; None for nothing."""
    said = fold(text)
    plain = said.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return {"inside": f"%{plain}%", "start": f"{plain}%"} if said else None


def presence_now(session: Session) -> tuple[PresenceRow, ...]:
    """The newest presence of every active agent, and what they asked to follow; who has never been here is missing."""
    spans, desk = table_of(PresenceSpan), table_of(Desk)
    newest = (
        select(spans.c.id)
        .where(spans.c.agent_id == Agent.id)
        .order_by(spans.c.since.desc(), spans.c.id.desc())
        .limit(1)
        .correlate(Agent)
        .scalar_subquery()
    )
    found = select(spans, desk.c.then_presence, desk.c.then_reason).select_from(Agent)
    found = found.join(spans, spans.c.id == newest).outerjoin(desk, desk.c.agent_id == spans.c.agent_id)
    return tuple(_presence(row) for row in session.execute(found.where(Agent.active)))


def _presence(row: Any) -> PresenceRow:
    presence = Presence(row.presence)
    then = row.then_reason or row.then_presence if row.then_presence and presence is not Presence.OFFLINE else ""
    return PresenceRow(
        *(row.agent_id, presence, row.since, row.reason, bool(row.on_hold), row.interaction_id), then=then or ""
    )


def presence_history(
    session: Session, start: datetime, end: datetime, *, agent_id: UUID | None = None
) -> tuple[PresenceSpanRow, ...]:
    """Stretches that overlap the window, per agent in order, cut at ``start`` but not at ``end``.

    A stretch lasts until the agent's next row; the last one has no end. Rows of no duration are left out.
    """
    spans = table_of(PresenceSpan)
    earlier = (
        select(spans.c.agent_id, func.max(spans.c.since).label("since"))
        .where(spans.c.since <= start)
        .group_by(spans.c.agent_id)
        .subquery()
    )
    columns = (spans.c.id, spans.c.agent_id, spans.c.since, spans.c.presence, spans.c.reason, spans.c.on_hold)
    before = select(*columns).join(
        earlier, (earlier.c.agent_id == spans.c.agent_id) & (earlier.c.since == spans.c.since)
    )
    during = select(*columns).where(spans.c.since > start, spans.c.since < end)
    after = _first_after(end)
    if agent_id is not None:
        before, during = before.where(spans.c.agent_id == agent_id), during.where(spans.c.agent_id == agent_id)
    rows = [*session.execute(before), *session.execute(during)]
    nexts = {row.agent_id: row.since for row in session.execute(after)}
    return tuple(_stretches(rows, nexts, start))


def day_by_hour(
    session: Session, agent_id: UUID, start: datetime, end: datetime
) -> tuple[DayFigures, tuple[DayFigures, ...]]:
    """What an agent handled in the window, and in each hour of it: ended legs by their start, wrap-ups by their end."""
    legs = session.execute(
        select(Leg.started_at, Leg.answered_at, Leg.ended_at, Leg.hold_s).where(
            Leg.agent_id == agent_id,
            Leg.started_at >= start,
            Leg.started_at < end,
            Leg.answered_at.is_not(None),
            Leg.ended_at.is_not(None),
        )
    ).all()
    wrap_ups = session.execute(
        select(WrapUp.at, WrapUp.wrap_up_s).where(WrapUp.agent_id == agent_id, WrapUp.at >= start, WrapUp.at < end)
    ).all()
    count = -((start - end) // _HOUR)
    legs_in: list[list[Any]] = [[] for _ in range(count)]
    wrap_ups_in: list[list[Any]] = [[] for _ in range(count)]
    for leg in legs:
        legs_in[(leg.started_at - start) // _HOUR].append(leg)
    for wrap_up in wrap_ups:
        wrap_ups_in[(wrap_up.at - start) // _HOUR].append(wrap_up)
    hours = zip(legs_in, wrap_ups_in, strict=True)
    return _figures_of(legs, wrap_ups), tuple(_figures_of(*of_hour) for of_hour in hours)


def _figures_of(legs: Sequence[Any], wrap_ups: Sequence[Any]) -> DayFigures:
    return DayFigures(
        handled=len(legs),
        talk_s=sum((leg.ended_at - leg.answered_at).total_seconds() for leg in legs),
        hold_s=sum(leg.hold_s for leg in legs),
        wrap_ups=len(wrap_ups),
        wrap_up_s=float(sum(wrap_up.wrap_up_s for wrap_up in wrap_ups)),
    )


def _first_after(end: datetime) -> Any:
    spans = table_of(PresenceSpan)
    return (
        select(spans.c.agent_id, func.min(spans.c.since).label("since"))
        .where(spans.c.since >= end)
        .group_by(spans.c.agent_id)
    )


def _stretches(rows: list[Any], nexts: dict[UUID, datetime], start: datetime) -> Iterable[PresenceSpanRow]:
    rows.sort(key=lambda row: (row.agent_id, row.since, row.id))
    for index, row in enumerate(rows):
        following = rows[index + 1] if index + 1 < len(rows) else None
        same = following is not None and following.agent_id == row.agent_id
        until = following.since if same and following is not None else nexts.get(row.agent_id)
        if until is None or until > max(row.since, start):
            yield PresenceSpanRow(
                row.agent_id, Presence(row.presence), max(row.since, start), until, row.reason, bool(row.on_hold)
            )


def _one(session: Session, condition: Any) -> AgentRow | None:
    row = session.execute(_AGENTS.where(condition).limit(1)).one_or_none()
    return agent_of(row) if row is not None else None


def agent_of(row: Any) -> AgentRow:
    """A row of FOUND_AGENTS as what leaves this layer."""
    return AgentRow(row.id, row.name, row.login, row.extension, row.team_id, row.team or "", bool(row.active))


_AGENTS: Any = select(
    Agent.id, Agent.name, Agent.login, Agent.extension, Agent.team_id, Team.name.label("team"), Agent.active
).outerjoin(Team, Team.id == Agent.team_id)
FOUND_AGENTS = (
    _AGENTS.where(
        Agent.active,
        or_(
            func.folded(Agent.name).like(bindparam("inside"), escape="\\"),
            Agent.login.like(bindparam("start"), escape="\\"),
            Agent.extension.like(bindparam("start"), escape="\\"),
        ),
    )
    .order_by(Agent.name, Agent.id)
    .limit(bindparam("most"))
)
