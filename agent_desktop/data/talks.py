"""Whom people talk with, or talked with last: by their own desktops' legs, else by the visits the PBX told of."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from agent_desktop.data.desk_rows import TalkRow
from agent_desktop.data.models import Customer, Interaction, Leg, QueueVisit

LONGEST = timedelta(hours=6)  # a talk that began before that is one whose end was never heard of
_VISIT = timedelta(hours=2)  # visits are found by their entry: of one before that only a desktop's leg tells
_AFTERWARDS = timedelta(minutes=15)  # so long one that has ended is still what a wrap-up is about
_MENU = timedelta(hours=1)  # a call begins before its visit: the menu, another queue
_ONE_TALK = timedelta(seconds=30)  # desktop and PBX tell of the same talk with two clocks


_V = QueueVisit


class _Talk(NamedTuple):
    began: datetime
    known: bool  # whose call it is
    row: TalkRow


def talks(session: Session, agent_ids: Sequence[UUID], at: datetime) -> Mapping[UUID, TalkRow]:
    """Each person's newest talk at a moment, as far as the login's policies show it; nobody else is in it."""
    found: dict[UUID, _Talk] = {}
    for talk in (*_by_legs(session, agent_ids, at), *_by_visits(session, agent_ids, at)):
        other = found.get(talk.row.agent_id)
        if other is None or _is_better(talk, other):
            found[talk.row.agent_id] = talk
    return {key: talk.row for key, talk in found.items() if talk.known}


def _is_better(talk: _Talk, other: _Talk) -> bool:
    if abs(talk.began - other.began) <= _ONE_TALK and talk.known != other.known:
        return talk.known
    return talk.began > other.began


def _by_legs(session: Session, agent_ids: Sequence[UUID], at: datetime) -> list[_Talk]:
    rows = session.execute(
        select(Leg.agent_id, Leg.answered_at, Leg.ended_at, Interaction.number, Customer.name)
        .join(Interaction, Interaction.id == Leg.interaction_id)
        .outerjoin(Customer, Customer.id == Interaction.customer_id)
        .where(
            Leg.agent_id.in_(agent_ids),
            *(Leg.started_at > at - LONGEST, Leg.started_at <= at, Leg.answered_at <= at),
            or_(Leg.ended_at.is_(None), Leg.ended_at > at - _AFTERWARDS),
        )
    )
    return [_talk(row.agent_id, row.answered_at, row.ended_at, at, row) for row in rows]


def _by_visits(session: Session, agent_ids: Sequence[UUID], at: datetime) -> list[_Talk]:
    visits = session.execute(
        select(_V.agent_id, _V.entered_at, _V.connected_at, _V.ended_at, _V.linked_id).where(
            _V.agent_id.in_(agent_ids),
            *(_V.entered_at > at - _VISIT, _V.entered_at <= at, _V.connected_at <= at),
            or_(_V.ended_at.is_(None), _V.ended_at > at - _AFTERWARDS),
        )
    ).all()
    keys = list({visit.linked_id for visit in visits if visit.linked_id})
    calls: dict[str, Any] = {}
    if keys:
        begun = min(visit.entered_at for visit in visits) - _MENU
        query = (
            select(Interaction.linked_id, Interaction.number, Customer.name)
            .outerjoin(Customer, Customer.id == Interaction.customer_id)
            .where(Interaction.started_at > begun, Interaction.linked_id.in_(keys))
        )
        calls = {row.linked_id: row for row in session.execute(query)}
    return [
        _talk(visit.agent_id, visit.connected_at, visit.ended_at, at, calls.get(visit.linked_id)) for visit in visits
    ]


def _talk(agent_id: UUID, began: datetime, ended: datetime | None, at: datetime, call: Any | None) -> _Talk:
    over = ended is not None and ended <= at
    row = TalkRow(agent_id, call.name or "" if call is not None else "", call.number if call is not None else "", over)
    return _Talk(began, call is not None, row)
