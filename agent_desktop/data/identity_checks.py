"""The identity check in the database: policies, attempts, and what customers have left to be known by."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data.admin_save import put
from agent_desktop.data.errors import Refused
from agent_desktop.data.identity_rows import KEPT, AttemptRow, CheckLine, Failed, IdentityRecord
from agent_desktop.data.models import Agent, Customer, IdentityAnswer, IdentityAttempt, IdentityPolicy
from agent_desktop.data.operations import RecordIdentityAttempt, SetIdentityAnswer
from agent_desktop.data.rows import Changed
from agent_desktop.data.sql import insert_new, insert_or_update, table_of

LONGEST = 80
_POLICY, _ATTEMPT, _ANSWER = table_of(IdentityPolicy), table_of(IdentityAttempt), table_of(IdentityAnswer)
_FIELDS = IdentityRecord.__struct_fields__


def policies(session: Session) -> tuple[IdentityRecord, ...]:
    """Those there are, switched off or not."""
    rows = session.execute(select(*(_POLICY.c[name] for name in _FIELDS)).order_by(_POLICY.c.id))
    return tuple(IdentityRecord(*row) for row in rows)


def save_policy(session: Session, record: IdentityRecord) -> None:
    """Store a queue's policy. Raises Stale, Refused for one that nobody could pass."""
    if record.after not in [one.value for one in Failed]:
        raise Refused("After a failure the caller is refused or called back.")
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
        one = AttemptRow(row.id, row.at, row.agent_id, row.question, bool(row.right))
        found.setdefault(row.interaction_id, []).append(one)
    return {key: tuple(rows) for key, rows in found.items()}


def lines(session: Session, interaction_id: UUID) -> tuple[CheckLine, ...]:
    """What was asked in one interaction and by whom, the oldest first."""
    agent = table_of(Agent)
    query = (
        select(_ATTEMPT.c.question, _ATTEMPT.c.right, agent.c.name, _ATTEMPT.c.at)
        .outerjoin(agent, agent.c.id == _ATTEMPT.c.agent_id)
        .where(_ATTEMPT.c.interaction_id == interaction_id)
        .order_by(_ATTEMPT.c.at, _ATTEMPT.c.id)
    )
    return tuple(CheckLine(row.question, bool(row.right), row.name or "", row.at) for row in session.execute(query))


def answers(session: Session, customer_id: UUID) -> dict[str, str]:
    """What this customer has left, by question; of those who were merged into them too, where they have none."""
    customer = table_of(Customer)
    whose = select(customer.c.id).where(or_(customer.c.id == customer_id, customer.c.merged_into == customer_id))
    rows = session.execute(select(_ANSWER).where(_ANSWER.c.customer_id.in_(whose))).all()
    return {row.question: row.answer for row in sorted(rows, key=lambda row: bool(row.customer_id == customer_id))}


def record_attempt(session: Session, op: RecordIdentityAttempt) -> Changed:
    """One question and how it went."""
    values: dict[str, Any] = {"id": op.op_id, "interaction_id": op.interaction_id, "customer_id": op.customer_id}
    values |= {"agent_id": op.agent_id, "at": clock.from_us(op.at_us), "question": op.question, "right": op.right}
    insert_new(session, IdentityAttempt, values)
    return Changed(interactions=frozenset({op.interaction_id}))


def set_answer(session: Session, op: SetIdentityAnswer) -> Changed:
    """Keep what a customer wants to be known by. Raises Refused for what is nothing of that kind."""
    answer = op.answer.strip()
    if op.question not in KEPT or not answer or len(answer) > LONGEST:
        raise Refused("A date of birth or a security word is kept, 80 signs at most.")
    values: dict[str, Any] = {"customer_id": op.customer_id, "question": op.question, "answer": answer}
    values |= {"at": clock.from_us(op.at_us), "agent_id": op.agent_id}
    insert_or_update(session, IdentityAnswer, values, ("customer_id", "question"))
    return Changed(customers=frozenset({op.customer_id}))
