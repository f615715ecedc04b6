"""Whose data it is: one person in all their rows, found by what people know of them, and the holds that keep it."""

from uuid import UUID

import msgspec
from sqlalchemy import func, insert, or_, select, text, update
from sqlalchemy.orm import Session

from agent_desktop import clock, numbers
from agent_desktop.data import audit
from agent_desktop.data.errors import Refused
from agent_desktop.data.folding import fold
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Customer, Email, Interaction, LegalHold, Phone, Site, Ticket, WorkEntry
from agent_desktop.data.sql import on_server, table_of

HOLD, RELEASE = "hold", "release"


class Person(msgspec.Struct, frozen=True):
    """One person as the database knows them. ``customers``: their row, then those that were merged into it.

    ``interactions`` are also the unassigned ones with a number that nobody else has, and so is ``work``.
    """

    id: UUID
    name: str
    customers: tuple[UUID, ...]
    interactions: tuple[UUID, ...]
    tickets: tuple[UUID, ...]
    work: tuple[UUID, ...]
    numbers: tuple[str, ...]  # that nobody else has, in the international form


def find(session: Session, said: str) -> UUID:
    """The customer meant by an account number, a phone number, an e-mail address or an id.

    Raises Refused when that is nobody, or more than one.
    """
    customer = table_of(Customer)
    said = said.strip()
    try:
        wanted = customer.c.id == UUID(said)
    except ValueError:
        e164 = numbers.parse(said, session.execute(select(Site.region)).scalar_one()).e164
        wanted = or_(
            customer.c.account_number == "".join(said.split()),
            customer.c.id.in_(select(Email.customer_id).where(Email.address_key == fold(said))),
            customer.c.id.in_(select(Phone.customer_id).where(Phone.e164 == (e164 or ""))),
        )
    rows = session.execute(select(customer.c.id, customer.c.name).where(wanted)).all() if said else []
    found = {_kept(session, row.id): row.name for row in rows}
    if not found:
        raise Refused("No customer has this account number, phone number, e-mail address or id.")
    if len(found) > 1:
        lines = "\n".join(f"  {key}  {name}" for key, name in found.items())
        raise Refused(f"Several customers are meant by that; say which one by the id:\n{lines}")
    return next(iter(found))


def person(session: Session, customer_id: UUID) -> Person:
    """All that is one person's. Raises Refused when there is no such customer."""
    key = _kept(session, customer_id)
    name = session.execute(select(Customer.name).where(Customer.id == key)).scalar_one_or_none()
    if name is None:
        raise Refused("This customer does not exist.")
    family = _family(session, key)
    theirs, typed = _numbers(session, family)
    interactions = select(Interaction.id).where(
        or_(
            Interaction.customer_id.in_(family),
            Interaction.customer_id.is_(None) & Interaction.e164.in_(theirs),
        )
    )
    work = select(WorkEntry.id).where(
        or_(
            WorkEntry.customer_id.in_(family),
            WorkEntry.customer_id.is_(None) & WorkEntry.number.in_((*theirs, *typed)),
        )
    )
    tickets = select(Ticket.id).where(Ticket.customer_id.in_(family))
    found = [tuple(session.execute(query).scalars()) for query in (interactions, tickets, work)]
    return Person(key, name, family, found[0], found[1], found[2], theirs)


def held(session: Session, customers: tuple[UUID, ...]) -> str:
    """Why these customers must be kept; empty when no hold does."""
    query = select(LegalHold.reason).where(LegalHold.customer_id.in_(customers), LegalHold.released_at.is_(None))
    return session.execute(query.order_by(LegalHold.at)).scalars().first() or ""


def held_customers(session: Session) -> tuple[UUID, ...]:
    """Everybody on hold, with those they were merged with."""
    holds = session.execute(select(LegalHold.customer_id).where(LegalHold.released_at.is_(None))).scalars()
    return tuple({key for one in set(holds) for key in _family(session, _kept(session, one))})


def hold(session: Session, who: Person, reason: str) -> None:
    """Keep everything of this person until it is released. Raises Refused without a reason, or on hold already."""
    if not reason.strip():
        raise Refused("A legal hold needs a reason.")
    _only_for_admins(session)
    if why := held(session, who.customers):
        raise Refused(f"{who.name} is on hold already: {why}")
    values = {"id": new_id(), "customer_id": who.id, "at": clock.now(), "who": login(session), "reason": reason.strip()}
    session.execute(insert(table_of(LegalHold)).values(values))
    _audited(session, HOLD, who.id, reason)


def release(session: Session, who: Person, reason: str) -> None:
    """End the hold. Raises Refused without a reason, and when there is none."""
    if not reason.strip():
        raise Refused("To release a legal hold needs a reason.")
    _only_for_admins(session)
    if not held(session, who.customers):
        raise Refused(f"There is no legal hold on {who.name}.")
    values = {"released_at": clock.now(), "released_by": login(session), "release_reason": reason.strip()}
    open_ = LegalHold.customer_id.in_(who.customers), LegalHold.released_at.is_(None)
    session.execute(update(table_of(LegalHold)).where(*open_).values(values))
    _audited(session, RELEASE, who.id, reason)


def _only_for_admins(session: Session) -> None:
    if on_server(session) and not session.execute(select(func.access.is_member("admin"))).scalar_one():
        raise Refused("A legal hold is put and released by an administrator.")


def login(session: Session) -> str:
    """Who this is to the database: the login, on a file the system's."""
    if on_server(session):
        return str(session.execute(text("SELECT session_user::text")).scalar_one())
    return audit.user()


def _audited(session: Session, action: str, customer_id: UUID, detail: str) -> None:
    """On a server the table's own trigger has done it."""
    if not on_server(session):
        audit.record(session, action, "customer", str(customer_id), detail.strip())


def _kept(session: Session, customer_id: UUID) -> UUID:
    """The customer this one was merged into, if it was."""
    for _ in range(5):
        into = session.execute(select(Customer.merged_into).where(Customer.id == customer_id)).scalar_one_or_none()
        if into is None:
            break
        customer_id = into
    return customer_id


def _family(session: Session, key: UUID) -> tuple[UUID, ...]:
    found = [key]
    fresh = [key]
    while fresh:
        rows = session.execute(select(Customer.id).where(Customer.merged_into.in_(fresh), Customer.id.not_in(found)))
        fresh = list(rows.scalars())
        found += fresh
    return tuple(found)


def _numbers(session: Session, family: tuple[UUID, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The numbers that only this person has: in the international form, and as they were typed."""
    phone = table_of(Phone)
    other = phone.alias()
    others = select(other.c.id).where(other.c.key == phone.c.key, other.c.customer_id.not_in(family)).exists()
    rows = session.execute(select(phone.c.e164, phone.c.typed).where(phone.c.customer_id.in_(family), ~others)).all()
    return tuple({row.e164 for row in rows if row.e164}), tuple({row.typed for row in rows})
