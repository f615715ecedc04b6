"""Customers who look like one person, and of whom somebody said that they are two."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from agent_desktop import clock
from agent_desktop.data import customers
from agent_desktop.data.errors import Refused
from agent_desktop.data.ids import derived_id
from agent_desktop.data.models import Agent, Customer, CustomerApart, Email, Phone
from agent_desktop.data.operations import SetApart
from agent_desktop.data.rows import ApartLine, Changed, Duplicate
from agent_desktop.data.sql import insert_new, locked_row, table_of, update_row
from agent_desktop.data.words import Likeness

CROWD = 5  # a number or an address that more have is a switchboard's: it says nothing about who they are
_MOST = 40


def of(session: Session, customer_id: UUID, *, limit: int = 3) -> tuple[Duplicate, ...]:
    """Who may be the same person, the likeliest first; without those of whom somebody said that they are not."""
    found: dict[UUID, set[Likeness]] = {}
    for row in session.execute(_ALIKE, {"customer_id": customer_id}):
        found.setdefault(row.id, set()).add(Likeness(row.why))
    for other in _apart(session, customer_id, list(found)):
        del found[other]
    order = list(Likeness)
    ranked = sorted(found, key=lambda key: (-len(found[key]), min(order.index(why) for why in found[key]), key))
    lines = customers.lines_of(session, ranked[:limit])
    return tuple(Duplicate(line, tuple(why for why in order if why in found[line.id])) for line in lines)


def set_apart(session: Session, op: SetApart) -> Changed:
    """Remember that two look alike and are two people, or that somebody took that back; the last word stands."""
    if op.one_id == op.other_id:
        raise Refused("This is one customer, not two.")
    first, second = sorted((op.one_id, op.other_id))
    key, at = pair_id(first, second), clock.from_us(op.at_us)
    values = {"apart": op.apart, "at": at, "agent_id": op.agent_id}
    if not insert_new(session, CustomerApart, {"id": key, "first_id": first, "second_id": second, **values}):
        row = locked_row(session, CustomerApart, key)
        if row is not None and at >= row["at"]:
            update_row(session, CustomerApart, key, values)
    return Changed(customers=frozenset({first, second}))


def said_apart(session: Session, *, limit: int = 100) -> tuple[ApartLine, ...]:
    """What was said and stands, the newest first."""
    pair, agent = table_of(CustomerApart).c, table_of(Agent).c
    one, other = (table_of(Customer).alias(name) for name in ("one", "other"))
    query = (
        select(
            pair.at, agent.name.label("agent"), pair.first_id, one.c.name, pair.second_id, other.c.name.label("theirs")
        )
        .join_from(table_of(CustomerApart), one, one.c.id == pair.first_id)
        .join(other, other.c.id == pair.second_id)
        .outerjoin(table_of(Agent), agent.id == pair.agent_id)
        .where(pair.apart)
        .order_by(pair.at.desc(), pair.id)
        .limit(limit)
    )
    return tuple(
        ApartLine(row.at, row.agent or "", row.first_id, row.name, row.second_id, row.theirs)
        for row in session.execute(query)
    )


def pair_id(one: UUID, other: UUID) -> UUID:
    """The key of what is said about two customers, whichever is named first."""
    first, second = sorted((one, other))
    return derived_id(first, f"apart from {second}")


# ------------------------------------------------------------------ helpers


def _apart(session: Session, customer_id: UUID, others: list[UUID]) -> set[UUID]:
    """Those who were said to be somebody else: also of what was merged into either, before or since."""
    if not others:
        return set()
    c = table_of(Customer).c
    kin: dict[UUID, list[UUID]] = {key: [key] for key in (customer_id, *others)}
    for row in session.execute(select(c.id, c.merged_into).where(c.merged_into.in_(list(kin)))):
        kin[row.merged_into].append(row.id)
    pairs = {pair_id(mine, theirs): key for key in others for mine in kin[customer_id] for theirs in kin[key]}
    pair = table_of(CustomerApart).c
    return {
        pairs[key] for key in session.execute(select(pair.id).where(pair.id.in_(list(pairs)), pair.apart)).scalars()
    }


def _sharing(model: Any, column: str, why: Likeness) -> Any:
    """Customers with the same number or address, unless a crowd has it."""
    mine, theirs, crowd = (aliased(table_of(model)) for _ in range(3))
    owner = aliased(table_of(Customer))
    many = exists(select(literal(1)).where(crowd.c[column] == mine.c[column]).offset(CROWD).limit(1).correlate(mine))
    return (
        select(owner.c.id, literal(why.value).label("why"))
        .select_from(mine)
        .join(theirs, theirs.c[column] == mine.c[column])
        .join(owner, owner.c.id == theirs.c.customer_id)
        .where(mine.c.customer_id == bindparam("customer_id"), theirs.c.customer_id != bindparam("customer_id"))
        .where(owner.c.merged_into.is_(None), owner.c.erased_at.is_(None), ~many)
        .limit(_MOST)
        .subquery()
    )


def _named_alike() -> Any:
    """The same name in the same organisation: two of one name are often two people."""
    mine, theirs = (aliased(table_of(Customer)) for _ in range(2))
    return (
        select(theirs.c.id, literal(Likeness.NAME.value).label("why"))
        .select_from(mine)
        .join(theirs, (theirs.c.name_key == mine.c.name_key) & (theirs.c.organisation_id == mine.c.organisation_id))
        .where(mine.c.id == bindparam("customer_id"), theirs.c.id != bindparam("customer_id"))
        .where(theirs.c.merged_into.is_(None), theirs.c.erased_at.is_(None))
        .limit(_MOST)
        .subquery()
    )


_PARTS = (_sharing(Email, "address_key", Likeness.EMAIL), _sharing(Phone, "key", Likeness.NUMBER), _named_alike())
_ALIKE = union_all(*(select(part.c.id, part.c.why) for part in _PARTS))
