"""The identity check in the database: policies and attempts."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data.admin_save import put
from agent_desktop.data.errors import Refused
from agent_desktop.data.identity_rows import AttemptRow, CheckLine, Failed, IdentityRecord, Reveals
from agent_desktop.data.models import Agent, IdentityAttempt, IdentityPolicy
from agent_desktop.data.operations import RecordIdentityAttempt
from agent_desktop.data.rows import Changed
from agent_desktop.data.sql import insert_new, table_of

_POLICY, _ATTEMPT = table_of(IdentityPolicy), table_of(IdentityAttempt)
_FIELDS = IdentityRecord.__struct_fields__


def policies(session: Session) -> tuple[IdentityRecord, ...]:
    """Those there are, switched off or not."""
    rows = session.execute(select(*(_POLICY.c[name] for name in _FIELDS)).order_by(_POLICY.c.id))
    return tuple(IdentityRecord(*row) for row in rows)


def save_policy(session: Session, record: IdentityRecord) -> None:
    """Store a queue's policy. Raises Stale, Refused for one that nobody could pass."""
    if record.after not in [one.value for one in Failed]:
        raise Refused("After a failure the caller is refused or called back.")
    if record.reveals not in [one.value for one in Reveals]:
        raise Refused("Secrets are shown to nobody, supervisors, team leads or agents.")
    if not 0 <= record.may_fail <= 9 or not 0 <= record.ivr_counts <= 9 or not 1 <= record.needed <= 9:
        raise Refused("One to nine right answers are asked for, and nine at most may be wrong.")
    if record.active and len(record.questions) + record.ivr_counts < record.needed:
        raise Refused("There are fewer questions than right answers that are needed: nobody could pass.")
    values = {name: getattr(record, name) for name in _FIELDS if name not in ("id", "version")}
    put(session, IdentityPolicy, record.id, record.version, values)


def attempts(session: Session, keys: Iterable[UUID]) -> dict[UUID, tuple[AttemptRow, ...]]:
    """What was asked in each of these interactions, the oldest first."""
    query = select(_ATTEMPT).where(_ATTEMPT.c.interaction_id.in_(list(keys))).order_by(_ATTEMPT.c.at, _ATTEMPT.c.id)
    found: dict[UUID, list[AttemptRow]] = {}
    for row in session.execute(query):
        one = AttemptRow(row.id, row.at, row.agent_id, row.question, bool(row.right), bool(row.compared))
        found.setdefault(row.interaction_id, []).append(one)
    return {key: tuple(rows) for key, rows in found.items()}


def lines(session: Session, interaction_id: UUID) -> tuple[CheckLine, ...]:
    """What was asked in one interaction and by whom, the oldest first."""
    agent = table_of(Agent)
    query = (
        select(_ATTEMPT.c.question, _ATTEMPT.c.right, agent.c.name, _ATTEMPT.c.at, _ATTEMPT.c.compared)
        .outerjoin(agent, agent.c.id == _ATTEMPT.c.agent_id)
        .where(_ATTEMPT.c.interaction_id == interaction_id)
        .order_by(_ATTEMPT.c.at, _ATTEMPT.c.id)
    )
    found = session.execute(query)
    return tuple(CheckLine(row.question, bool(row.right), row.name or "", row.at, bool(row.compared)) for row in found)


def record_attempt(session: Session, op: RecordIdentityAttempt) -> Changed:
    """One question and how it went."""
    values: dict[str, Any] = {"id": op.op_id, "interaction_id": op.interaction_id, "customer_id": op.customer_id}
    values |= {"agent_id": op.agent_id, "at": clock.from_us(op.at_us), "question": op.question, "right": op.right}
    insert_new(session, IdentityAttempt, values)
    return Changed(interactions=frozenset({op.interaction_id}))
