"""What customers agreed to: per channel, with where and when they said it, and every word they ever said about it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data.models import ConsentEntry, Customer, Phone
from agent_desktop.data.rows import ConsentRow
from agent_desktop.data.sql import table_of


class ConsentWord(msgspec.Struct, frozen=True):
    """One line of the history; ``agent_id`` wrote it down."""

    channel: str
    given: bool
    source: str
    at: datetime
    agent_id: UUID | None


class NotToCall(msgspec.Struct, frozen=True):
    """A number of somebody who took back their consent to calls. ``shared``: somebody else, who did not, has it too."""

    key: str  # digits reversed, as numbers.Number.key
    name: str
    shared: bool


def history(session: Session, customer_id: UUID) -> tuple[ConsentWord, ...]:
    """Everything a customer said about consent, the newest first."""
    c = table_of(ConsentEntry).c
    query = select(c.channel, c.given, c.source, c.at, c.agent_id).where(c.customer_id == customer_id)
    return tuple(ConsentWord(*row) for row in session.execute(query.order_by(c.at.desc(), c.id.desc())))


def not_to_call(session: Session) -> tuple[NotToCall, ...]:
    """All numbers of customers who do not want to be called."""
    phone, customer = table_of(Phone), table_of(Customer)
    other, owner = phone.alias(), customer.alias()
    shared = (
        select(other.c.id)
        .join(owner, owner.c.id == other.c.customer_id)
        .where(other.c.key == phone.c.key, owner.c.no_calls.is_(False), owner.c.merged_into.is_(None))
        .exists()
    )
    query = (
        select(phone.c.key, customer.c.name, shared)
        .join(customer, customer.c.id == phone.c.customer_id)
        .where(customer.c.no_calls, customer.c.merged_into.is_(None))
    )
    return tuple(NotToCall(*row) for row in session.execute(query))


def of_column(stored: dict[str, Any] | None) -> tuple[ConsentRow, ...]:
    """The column ``customer.consents`` as rows, by channel."""
    return tuple(
        ConsentRow(channel, bool(given), source, clock.from_us(at_us))
        for channel, (given, source, at_us) in sorted((stored or {}).items())
    )
