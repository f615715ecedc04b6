"""The customers that are to be written, some at a time, in the order of their names."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session

from agent_desktop import numbers
from agent_desktop.data.customers import ids_by_text
from agent_desktop.data.exchange.entry import Entry
from agent_desktop.data.exchange.known import of_ids
from agent_desktop.data.folding import LAST, words
from agent_desktop.data.models import Customer, CustomerWord, Email, Phone, Site
from agent_desktop.data.sql import table_of

_c, _p, _e, _w = (table_of(model).c for model in (Customer, Phone, Email, CustomerWord))
_SHOWN = 1_000  # also those that have the text inside a word
Place = tuple[str, UUID]  # name and id of the last one: the next page begins behind it


def page(session: Session, behind: Place | None, limit: int) -> tuple[list[Entry], Place | None]:
    """The next customers by name; no place when they were the last."""
    query = select(_c.name_key, _c.id).where(_c.merged_into.is_(None)).order_by(_c.name_key, _c.id).limit(limit)
    if behind is not None:
        query = query.where(tuple_(_c.name_key, _c.id) > tuple_(*behind, types=[_c.name_key.type, _c.id.type]))
    rows = session.execute(query).all()
    last = (rows[-1].name_key, rows[-1].id) if len(rows) == limit else None
    return of_customers(session, [row.id for row in rows]), last


def found(session: Session, text: str) -> list[UUID]:
    """The customers that a search finds: all of them, where the search as you type stops at some hundreds."""
    shown = ids_by_text(session, text, limit=_SHOWN)
    region = session.execute(select(Site.region)).scalar_one()
    sought = words(text)
    if not sought:
        return shown
    every = and_(*(_has_word(word) for word in sought))
    numbered = [_has_word(digits) for digits in numbers.beginnings(text, region) if len(digits) > 1]
    query = select(_c.id).where(_c.merged_into.is_(None), or_(every, *numbered)).order_by(_c.name_key, _c.id)
    return list(dict.fromkeys((*shown, *session.execute(query).scalars())))


def _has_word(beginning: str) -> Any:
    """Whether one of the words a customer is found by begins so."""
    return exists().where(_w.customer_id == _c.id, _w.word >= beginning, _w.word < beginning + LAST)


def of_customers(session: Session, ids: Sequence[UUID]) -> list[Entry]:
    """These customers, in this order."""
    region = session.execute(select(Site.region)).scalar_one()
    phones: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    emails: dict[UUID, list[str]] = defaultdict(list)
    query = select(_p.customer_id, _p.typed, _p.e164, _p.label).where(_p.customer_id.in_(ids))
    for row in session.execute(query.order_by(_p.is_primary.desc(), _p.id)):
        number = numbers.display(row.e164, region) if row.e164 else row.typed
        phones[row.customer_id].append((number, row.label))
    addresses = select(_e.customer_id, _e.address).where(_e.customer_id.in_(ids))
    for customer, address in session.execute(addresses.order_by(_e.is_primary.desc(), _e.id)):
        emails[customer].append(address)
    stored = {known.id: known for known in of_ids(session, ids)}
    said = [(stored[key].texts, key) for key in ids if key in stored]
    return [
        Entry(
            name=texts["name"],
            account_number=texts["account_number"],
            organisation=texts["organisation"],
            language=texts["language"],
            time_zone=texts["time_zone"],
            address=texts["address"],
            alert=texts["alert"],
            tags=tuple(stored[key].tags),
            phones=tuple(phones[key]),
            emails=tuple(emails[key]),
        )
        for texts, key in said
    ]


def most(session: Session) -> tuple[int, int, int]:
    """How many customers there are, and the most numbers and addresses that one of them has."""
    count = select(func.count()).select_from(table_of(Customer)).where(_c.merged_into.is_(None))
    sizes = []
    for column in (_p.customer_id, _e.customer_id):
        each = select(func.count().label("n")).where(column.is_not(None)).group_by(column).subquery()
        sizes.append(int(session.execute(select(func.max(each.c.n))).scalar_one() or 0))
    return int(session.execute(count).scalar_one()), sizes[0], sizes[1]
