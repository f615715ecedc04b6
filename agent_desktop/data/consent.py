"""What customers agreed to: per channel, with where and when they said it, and every word they ever said about it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data.consent_rows import ConsentRow, ConsentWord, NotToCall
from agent_desktop.data.models import Agent, ConsentEntry, Customer, Phone
from agent_desktop.data.sql import table_of
from agent_desktop.data.words import ConsentChannel


def history(session: Session, customer_id: UUID) -> tuple[ConsentWord, ...]:
    """Everything a customer said about consent, also before a merge under another card, the newest first."""
    c, who = table_of(ConsentEntry).c, table_of(Agent)
    merged = select(table_of(Customer).c.id).where(table_of(Customer).c.merged_into == customer_id)
    query = (
        select(c.channel, c.given, c.source, c.at, func.coalesce(who.c.name, ""))
        .outerjoin_from(table_of(ConsentEntry), who, who.c.id == c.agent_id)
        .where(or_(c.customer_id == customer_id, c.customer_id.in_(merged)))
        .order_by(c.at.desc(), c.id.desc())
    )
    return tuple(ConsentWord(*row) for row in session.execute(query))


def not_to_call(session: Session, touching: Collection[UUID] | None = None) -> tuple[NotToCall, ...]:
    """All numbers of customers who do not want to be called; ``touching``: only numbers that these customers have."""
    phone, customer = table_of(Phone), table_of(Customer)
    other, owner = phone.alias(), customer.alias()
    shared = (
        select(other.c.id)
        .join(owner, owner.c.id == other.c.customer_id)
        .where(other.c.key == phone.c.key, owner.c.no_calls.is_(False), owner.c.merged_into.is_(None))
        .exists()
    )
    query = (
        select(customer.c.id, phone.c.key, customer.c.name, shared, customer.c.consents)
        .join(customer, customer.c.id == phone.c.customer_id)
        .where(customer.c.no_calls, customer.c.merged_into.is_(None))
    )
    if touching is not None:
        theirs = select(other.c.key).where(other.c.customer_id.in_(list(touching)))
        query = query.where(phone.c.key.in_(theirs))
    return tuple(
        NotToCall(key, number, name, has_others, *_said(consents))
        for key, number, name, has_others, consents in session.execute(query)
    )


def _said(stored: dict[str, Any] | None) -> tuple[str, datetime | None]:
    _given, source, at_us = (stored or {}).get(ConsentChannel.CALL.value, (False, "", None))
    return source, clock.from_us(at_us) if at_us is not None else None


def of_column(stored: dict[str, Any] | None) -> tuple[ConsentRow, ...]:
    """The column ``customer.consents`` as rows, by channel."""
    return tuple(
        ConsentRow(channel, bool(given), source, clock.from_us(at_us))
        for channel, (given, source, at_us) in sorted((stored or {}).items())
    )
