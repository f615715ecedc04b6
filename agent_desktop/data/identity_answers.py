"""What only customers know (a date of birth, a security word): kept, compared and shown, never simply read.

On a server no login of people reads the table. Functions compare and show, in two transactions: that somebody looks, or
what a caller said, is written down and committed first, and only a later transaction hears what came of it. In one
transaction whoever undoes it would have looked without a trace, and could guess for ever.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, insert, or_, select
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data import audit, server_time
from agent_desktop.data.errors import Refused
from agent_desktop.data.identity_rows import KEPT, NO_QUEUE, IdentityRecord, LiftLine, Question, compared
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import (
    Agent,
    Customer,
    IdentityAnswer,
    IdentityAttempt,
    IdentityLift,
    IdentityPolicy,
    Interaction,
    Queue,
)
from agent_desktop.data.operations import SetIdentityAnswer
from agent_desktop.data.rows import Changed
from agent_desktop.data.sql import in_their_words, insert_or_update, on_server, table_of
from agent_desktop.told import mark

LONGEST = 80
_ANSWER, _ATTEMPT, _CUSTOMER = table_of(IdentityAnswer), table_of(IdentityAttempt), table_of(Customer)
_LIFT = table_of(IdentityLift)

ASKED_ALREADY = mark("This was asked in this call already.")
NOT_THEIRS = mark("This call is not known to be this customer’s.")
NOT_ASKED = mark("The rules of this queue do not ask that.")
NOT_SHOWN = mark("The rules of this queue show no answers: what the caller says is typed.")
TOO_MANY = mark("Too many wrong answers: this check has failed.")


def known(session: Session, customer_id: UUID) -> frozenset[str]:
    """Which questions this customer has left an answer to; of those who were merged into them too."""
    if on_server(session):
        return frozenset(session.execute(select(func.access.identity_known(customer_id))).scalar_one())
    rows = session.execute(select(_ANSWER.c.question).where(_ANSWER.c.customer_id.in_(_family(customer_id))))
    return frozenset(rows.scalars())


def check(
    session: Session, attempt_id: UUID, agent_id: UUID | None, about: tuple[UUID, UUID, Question], said: str
) -> None:
    """Compare what a caller says with what is on record; ``about``: interaction, customer, question.

    What came of it is an attempt, which ``identity_checks.attempts`` of a later transaction has. Raises Refused.
    """
    call, customer, question = about
    folded = compared(question, said)
    if on_server(session):
        with in_their_words():
            session.execute(select(func.access.check_identity(attempt_id, call, customer, question.value, folded)))
        return
    _allowed(session, about)
    if session.execute(_asked(about).limit(1)).first() is not None:
        raise Refused(ASKED_ALREADY)
    found = _answer(session, customer, question)
    values: dict[str, Any] = {"id": attempt_id, "interaction_id": call, "customer_id": customer, "agent_id": agent_id}
    values |= {"at": clock.now(), "question": question.value, "compared": True}
    right = found is not None and bool(folded) and found.folded == folded
    session.execute(insert(_ATTEMPT).values(values | {"right": right}))


def lift(session: Session, customer_id: UUID, reason: str) -> None:
    """A day's wrong answers of this customer count anew from now on. Raises Refused; on a server for supervisors.

    A file, in which there are no logins, has no such limit.
    """
    if not on_server(session):
        raise Refused("In a file nobody is counted: there is nothing to lift.")
    with in_their_words():
        session.execute(select(func.access.lift_identity(new_id(), customer_id, reason)))


def lifted(session: Session, customer_id: UUID) -> LiftLine | None:
    """The last time, where that was within a day."""
    agent, recent = table_of(Agent), server_time.now(session) - timedelta(days=1)
    query = (
        select(_LIFT.c.at, agent.c.name, _LIFT.c.reason)
        .outerjoin(agent, agent.c.id == _LIFT.c.agent_id)
        .where(_LIFT.c.customer_id == customer_id, _LIFT.c.at > recent)
        .order_by(_LIFT.c.at.desc())
    )
    found = session.execute(query.limit(1)).one_or_none()
    return LiftLine(found.at, found.name or "", found.reason) if found is not None else None


def ask(session: Session, about: tuple[UUID, UUID, Question]) -> None:
    """Write down that the answer is looked at; commit, then ``reveal``. ``about`` as in ``check``. Raises Refused."""
    if on_server(session):
        with in_their_words():
            session.execute(select(func.access.ask_identity(about[0], about[1], about[2].value)))
        return
    if not _allowed(session, about).shows_answer:
        raise Refused(NOT_SHOWN)
    audit.record_view(session, "identity_answer", about[1], detail=about[2].value)


def reveal(session: Session, about: tuple[UUID, UUID, Question]) -> str:
    """What is on record, a minute at most after ``ask``; empty where nothing is any more. Raises Refused."""
    if on_server(session):
        with in_their_words():
            asked = select(func.access.reveal_identity(about[0], about[1], about[2].value))
            return session.execute(asked).scalar_one() or ""
    if not _allowed(session, about).shows_answer:
        raise Refused(NOT_SHOWN)
    found = _answer(session, about[1], about[2])
    return found.answer if found is not None else ""


def keep(session: Session, op: SetIdentityAnswer) -> Changed:
    """Keep what a customer wants to be known by. Raises Refused for what is nothing of that kind.

    What is there already only a team lead replaces: else whoever knows nothing would write down what they know.
    """
    answer = op.answer.strip()
    known_as = op.question in KEPT and compared(Question(op.question), answer)
    if not known_as or len(answer) > LONGEST:
        raise Refused("A date of birth or a security word is kept, 80 signs at most.")
    at = clock.from_us(op.at_us)
    if on_server(session):
        with in_their_words():
            session.execute(select(func.access.keep_identity(op.customer_id, op.question, answer, known_as, at)))
        return Changed(customers=frozenset({op.customer_id}))
    values: dict[str, Any] = {"customer_id": op.customer_id, "question": op.question, "answer": answer}
    values |= {"folded": known_as, "at": at, "agent_id": op.agent_id}
    insert_or_update(session, IdentityAnswer, values, ("customer_id", "question"))
    return Changed(customers=frozenset({op.customer_id}))


def handed_out(session: Session, customers: Sequence[UUID]) -> list[dict[str, Any]]:
    """All of it, for the person themselves (``privacy_export``); on a server for supervisors, and written down."""
    if not on_server(session):
        rows = session.execute(select(_ANSWER).where(_ANSWER.c.customer_id.in_(customers)).order_by(_ANSWER.c.at))
        return [dict(row) for row in rows.mappings()]
    said = session.execute(select(func.access.export_identity(list(customers)))).scalar_one()
    return [row | {"agent_id": UUID(row["agent_id"]) if row["agent_id"] else None} for row in said]


# ------------------------------------------------------------------ a file, which knows no logins


def _family(customer_id: UUID) -> Any:
    return select(_CUSTOMER.c.id).where(or_(_CUSTOMER.c.id == customer_id, _CUSTOMER.c.merged_into == customer_id))


def _answer(session: Session, customer_id: UUID, question: Question) -> Any:
    """Their own answer before one of somebody who was merged into them."""
    own_first = case((_ANSWER.c.customer_id == customer_id, 0), else_=1)
    query = select(_ANSWER).where(_ANSWER.c.customer_id.in_(_family(customer_id)), _ANSWER.c.question == question.value)
    return session.execute(query.order_by(own_first).limit(1)).one_or_none()


def _asked(about: tuple[UUID, UUID, Question]) -> Any:
    return select(_ATTEMPT.c.id).where(_ATTEMPT.c.interaction_id == about[0], _ATTEMPT.c.question == about[2].value)


def _allowed(session: Session, about: tuple[UUID, UUID, Question]) -> IdentityRecord:
    """The policy that lets it be asked; the server's functions say the same. Raises Refused."""
    call, customer, question = about
    calls, queue = table_of(Interaction), table_of(Queue)
    of_queue = select(queue.c.id).where(func.lower(queue.c.name) == func.lower(calls.c.queue), calls.c.queue != "")
    first = of_queue.order_by(queue.c.active.desc()).limit(1).correlate(calls).scalar_subquery()
    found = session.execute(
        select(calls.c.customer_id, first.label("queue_id")).where(calls.c.id == call)
    ).one_or_none()
    policy_table = table_of(IdentityPolicy)
    fields = [policy_table.c[name] for name in IdentityRecord.__struct_fields__]
    whose = (found.queue_id if found is not None else None) or NO_QUEUE
    row = session.execute(select(*fields).where(policy_table.c.id == whose, policy_table.c.active)).one_or_none()
    policy = IdentityRecord(*row) if row is not None else None
    if policy is None or question not in KEPT or question not in policy.questions:
        raise Refused(NOT_ASKED)
    if found is None or found.customer_id not in set(session.execute(_family(customer)).scalars()):
        raise Refused(NOT_THEIRS)
    wrong = select(func.count()).where(_ATTEMPT.c.interaction_id == call, ~_ATTEMPT.c.right)
    if session.execute(wrong).scalar_one() > policy.may_fail:
        raise Refused(TOO_MANY)
    return policy
