"""Tickets: their numbers, lists, pages and search."""

from hashlib import blake2b
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from agent_desktop.data.filters import TicketFilter
from agent_desktop.data.folding import words
from agent_desktop.data.models import Agent, Customer, Queue, Ticket, TicketEvent, TicketInteraction
from agent_desktop.data.pipeline import read_all
from agent_desktop.data.rows import TicketEventRow, TicketLine, TicketPage
from agent_desktop.data.sql import on_server, table_of
from agent_desktop.data.text_search import TICKETS_FOUND, tickets_saying
from agent_desktop.data.words import Priority, TicketStatus

PREFIX = "T-"
MIN_DIGITS = 8
MAX_DIGITS = 18
_MOST_FOUND = 500  # that a text finds; nobody reads more
OPEN_STATUSES = tuple(status.value for status in TicketStatus if status.is_open)


def number_of(ticket_id: UUID, digits: int = MIN_DIGITS) -> str:
    """The number of a ticket: digits (said and keyed in any language) worked out from its id.

    A desktop without the database can so tell it to the customer at once. Two tickets with the same eight digits (one
    new ticket in a thousand among a hundred thousand) are told apart when the second is stored: it gets a ninth.
    """
    spread = int.from_bytes(blake2b(ticket_id.bytes, digest_size=8).digest()) % 10**MAX_DIGITS
    return PREFIX + str(spread).zfill(MAX_DIGITS)[:digits]


def listed(
    session: Session, wanted: TicketFilter | None = None, *, offset: int = 0, limit: int = 50
) -> tuple[TicketLine, ...]:
    """A page of tickets, the last touched first."""
    rows = _narrowed(session, _lines(), wanted or TicketFilter()).order_by(Ticket.updated_at.desc(), Ticket.id.desc())
    return tuple(line_of(row) for row in session.execute(rows.offset(offset).limit(limit)))


def count(session: Session, wanted: TicketFilter | None = None, *, most: int | None = None) -> int:
    """How many tickets a filter leaves, counted no further than ``most``."""
    rows = _narrowed(session, select(Ticket.id), wanted or TicketFilter()).limit(most).subquery()
    return int(session.execute(select(func.count()).select_from(rows)).scalar_one())


def page(session: Session, ticket_id: UUID) -> TicketPage | None:
    """One ticket whole: its events, oldest first, and the interactions linked to it, newest first."""
    from agent_desktop.data.interactions import history_of

    row = session.execute(_lines().where(Ticket.id == ticket_id)).one_or_none()
    if row is None:
        return None
    events = session.execute(
        select(TicketEvent.id, TicketEvent.at, TicketEvent.kind, TicketEvent.text, Agent.name)
        .outerjoin(Agent, Agent.id == TicketEvent.agent_id)
        .where(TicketEvent.ticket_id == ticket_id)
        .order_by(TicketEvent.at, TicketEvent.id)
    )
    linked = session.execute(
        select(TicketInteraction.interaction_id).where(TicketInteraction.ticket_id == ticket_id)
    ).scalars()
    return TicketPage(
        line_of(row),
        tuple(TicketEventRow(e.id, e.at, e.name or "", e.kind, e.text) for e in events),
        history_of(session, list(linked)),
    )


def search(session: Session, text: str, *, limit: int = 20) -> tuple[TicketLine, ...]:
    """Tickets of any state whose number begins so, or whose subject has the words; the last touched first."""
    values = sought(text)
    if not values["words"]:
        return ()
    if on_server(session):
        (rows,) = read_all(session, [FOUND_LINES], values | {"most": limit})
        return tuple(line_of(row) for row in rows)
    found = tickets_saying(session, values["words"], values["ticket_number"], limit)
    if not found:
        return ()
    rows = session.execute(_lines().where(_t.id.in_(found)).order_by(_t.updated_at.desc(), _t.id.desc())).all()
    return tuple(line_of(row) for row in rows)


def ids_by_text(session: Session, text: str, *, limit: int) -> list[UUID]:
    """The ids behind ``search``: what this login may see, by the number's beginning or words of the subject."""
    values = sought(text)
    if not values["words"]:
        return []
    if on_server(session):
        (rows,) = read_all(session, [_FOUND_IDS], values | {"most": limit})
        return [row.id for row in rows]
    return tickets_saying(session, values["words"], values["ticket_number"], limit)


def sought(text: str) -> dict[str, Any]:
    """What a text asks for: the values of TICKETS_FOUND, but for how many."""
    digits = "".join(c for c in text if c.isdigit())
    bare = text.strip().removeprefix("#").upper().removeprefix(PREFIX).replace(" ", "")
    return {"words": words(text), "ticket_number": PREFIX + digits if digits and digits == bare else ""}


def all_of_customer(session: Session, customer_id: UUID) -> list[TicketLine]:
    """Every ticket of a customer, the last touched first; the lines do not say the customer's name again."""
    return [line_of(row, "") for row in session.execute(_OF_CUSTOMER, {"customer_id": customer_id})]


def line_of(row: Any, customer: str | None = None) -> TicketLine:
    """A row of this file's lists as what leaves this layer; ``customer``: whose, where it does not say."""
    return TicketLine(
        id=row.id,
        number=row.number,
        subject=row.subject,
        status=TicketStatus(row.status),
        priority=Priority(row.priority),
        opened_at=row.opened_at,
        updated_at=row.updated_at,
        customer_id=row.customer_id,
        customer=(row.customer or "") if customer is None else customer,
        assignee=row.assignee or "",
        queue=row.queue_label or row.queue,
        due_at=row.due_at,
        version=row.version,
    )


# Core columns, not the mapped attributes: the pop runs these, and the ORM would double their time.
_t, _c, _a, _q = (table_of(model).c for model in (Ticket, Customer, Agent, Queue))


def _lines() -> Any:
    named = _lines_of_one().add_columns(_c.name.label("customer"))
    return named.outerjoin(table_of(Customer), _c.id == _t.customer_id)


def _lines_of_one() -> Any:
    """Without the customer, whom whoever asks knows: each table more is a policy more."""
    return (
        select(
            _t.id,
            _t.number,
            _t.subject,
            _t.status,
            _t.priority,
            _t.opened_at,
            _t.updated_at,
            _t.customer_id,
            _t.queue,
            _t.due_at,
            _t.version,
            _a.name.label("assignee"),
            _q.label.label("queue_label"),
        )
        .outerjoin_from(table_of(Ticket), table_of(Agent), _a.id == _t.assignee_id)
        .outerjoin(table_of(Queue), _q.name == _t.queue)
    )


def _narrowed(session: Session, query: Any, wanted: TicketFilter) -> Any:
    if wanted.statuses:
        # As literals: the index of the open ones holds for these words, not for values that come later.
        values: Any = bindparam(
            "statuses", [status.value for status in wanted.statuses], expanding=True, literal_execute=True
        )
        query = query.where(Ticket.status.in_(values))
    if wanted.priorities:
        query = query.where(Ticket.priority.in_([priority.value for priority in wanted.priorities]))
    if wanted.assignee_ids:
        query = query.where(Ticket.assignee_id.in_(wanted.assignee_ids))
    if wanted.assignee_id is not None:
        query = query.where(Ticket.assignee_id == wanted.assignee_id)
    if wanted.customer_id is not None:
        from agent_desktop.data import customers

        query = query.where(Ticket.customer_id == customers.kept(session, wanted.customer_id))
    if wanted.queue:
        query = query.where(Ticket.queue == wanted.queue)
    if text := wanted.text.strip():
        from agent_desktop.data import customers

        # A customer's tickets too; of both at most so many that nobody reads more.
        found = ids_by_text(session, text, limit=_MOST_FOUND)
        customers_found = customers.ids_by_text(session, text, limit=_MOST_FOUND)
        query = query.where(or_(Ticket.id.in_(found), Ticket.customer_id.in_(customers_found)))
    return query


def customer_statement(whose: Any) -> Any:
    """Every ticket of a customer, the last touched first, without the customer's name; ``whose`` gives the id."""
    return _lines_of_one().where(_t.customer_id == whose).order_by(_t.updated_at.desc())


_OF_CUSTOMER = customer_statement(bindparam("customer_id"))
_FOUND_IDS = select(TICKETS_FOUND.c.id).order_by(TICKETS_FOUND.c.place)
FOUND_LINES = _lines().join(TICKETS_FOUND, TICKETS_FOUND.c.id == _t.id).order_by(_t.updated_at.desc(), _t.id.desc())
