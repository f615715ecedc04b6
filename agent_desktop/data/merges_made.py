"""Merges of customers as people look at them: the two side by side before, and what was made of them after."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agent_desktop.data import customers
from agent_desktop.data.models import Agent, Customer, CustomerMerge, Interaction, Ticket, WorkEntry
from agent_desktop.data.rows import MergeLine, MergeSide
from agent_desktop.data.sql import table_of
from agent_desktop.data.words import WorkStatus

_COUNTED = ("interaction", "ticket", "work_item", "phone", "email", "product")


def side(session: Session, customer_id: UUID) -> MergeSide | None:
    """One of two who are to be merged; who stands for them, if they have been merged already."""
    card = customers.card(session, customer_id)
    if card is None:
        return None
    updated = select(table_of(Customer).c.updated_at).where(table_of(Customer).c.id == card.id)
    counts = []
    for model, still in ((Interaction, None), (Ticket, None), (WorkEntry, WorkStatus.DONE)):
        table = table_of(model)
        query = select(func.count()).select_from(table).where(table.c.customer_id == card.id)
        if still is not None:
            query = query.where(table.c.status != still)
        counts.append(int(session.execute(query).scalar_one()))
    return MergeSide(card, session.execute(updated).scalar_one(), *counts)


def made(session: Session, *, limit: int = 100) -> tuple[MergeLine, ...]:
    """The merges, the newest first, also those that were undone."""
    merge, agent = table_of(CustomerMerge).c, table_of(Agent).c
    kept, gone, since = (table_of(Customer).alias(name) for name in ("kept", "gone", "since"))
    query = (
        select(
            table_of(CustomerMerge),
            agent.name.label("agent"),
            kept.c.name.label("kept"),
            gone.c.name.label("gone"),
            since.c.name.label("since"),
        )
        .join_from(table_of(CustomerMerge), kept, kept.c.id == merge.kept_id)
        .join(gone, gone.c.id == merge.gone_id)
        .outerjoin(since, since.c.id == kept.c.merged_into)
        .outerjoin(table_of(Agent), agent.id == merge.agent_id)
        .order_by(merge.at.desc(), merge.id.desc())
        .limit(limit)
    )
    return tuple(
        MergeLine(
            id=row.id,
            at=row.at,
            agent=row.agent or "",
            kept_id=row.kept_id,
            kept=row.before.get("name") or row.kept,
            gone_id=row.gone_id,
            gone=row.gone,
            moved={kind: len(row.moved[kind]) for kind in _COUNTED if row.moved.get(kind)},
            undone_at=row.undone_at,
            left_alone=tuple(row.left_alone),
            merged_since=row.since or "",
        )
        for row in session.execute(query)
    )
