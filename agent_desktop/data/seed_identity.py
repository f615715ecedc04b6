"""The demo company's identity check: what billing's callers are asked, and what customers have left to be known by."""

import random
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from agent_desktop.data.identity_rows import IdentityRecord, Question, compared
from agent_desktop.data.models import Customer, IdentityAnswer, IdentityPolicy, Queue
from agent_desktop.data.sql import table_of

_QUEUE = "billing"
_WORDS = ("Morskie Oko", "Zielony rower", "Blue heron", "Kaktus", "Lighthouse", "Stary dąb", "Poziomka", "Amber")


def make_identity(session: Session, seed: int, now: datetime) -> None:
    """A policy for one queue, and a date of birth of most customers, a security word of some."""
    queue = session.execute(select(Queue.id).where(Queue.name == _QUEUE)).scalar_one_or_none()
    if queue is None:
        return
    usual = IdentityRecord(queue, version=1, active=True)
    values = {name: getattr(usual, name) for name in IdentityRecord.__struct_fields__}
    session.execute(insert(table_of(IdentityPolicy)).values(values))
    rng = random.Random(f"identity {seed}")
    rows = []
    for key in session.execute(select(Customer.id).order_by(Customer.id)).scalars():
        born = date(1940, 1, 1) + timedelta(days=rng.randrange(24_000))
        said = {Question.BIRTH: born.isoformat() if rng.random() < 0.9 else ""}
        said[Question.WORD] = rng.choice(_WORDS) if rng.random() < 0.3 else ""
        rows += [
            {"customer_id": key, "question": question.value, "answer": answer, "at": now,
             "folded": compared(question, answer)}
            for question, answer in said.items()
            if answer
        ]  # fmt: skip
    if rows:
        session.execute(insert(table_of(IdentityAnswer)), rows)
