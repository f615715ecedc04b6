"""The customers that entries of a file might be, many at a time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from agent_desktop.data.exchange.compare import Known, Said
from agent_desktop.data.folding import fold
from agent_desktop.data.models import Customer, Email, Organisation, Phone
from agent_desktop.data.sql import table_of

_c, _o, _p, _e = (table_of(model).c for model in (Customer, Organisation, Phone, Email))
_CHUNK = 400  # values of one IN


def like(session: Session, all_said: Sequence[Said], *, hold: bool) -> dict[str, list[Known]]:
    """By key, the customers stored that have it; ``hold``: nobody else changes them until the transaction ends."""
    keys = {key for said in all_said for key in said.match_keys()}
    ids: set[UUID] = set()
    for kind, column, table in (
        ("a", _c.account_number, _c.id),
        ("e", _e.address_key, _e.customer_id),
        ("p", _p.key, _p.customer_id),
        ("n", _c.name_key, _c.id),
    ):
        wanted = sorted(key[1:] for key in keys if key[0] == kind)
        for chunk in _chunks(wanted):
            ids.update(session.execute(select(table).where(column.in_(chunk))).scalars())
    found: dict[str, list[Known]] = defaultdict(list)
    for known in of_ids(session, ids, hold=hold):
        for key in {*known.match_keys(), "n" + fold(known.texts["name"])}:
            if key in keys:
                found[key].append(known)
    return found


def of_ids(session: Session, ids: Iterable[UUID], *, hold: bool = False) -> list[Known]:
    """These customers, those merged into others left out."""
    found: dict[UUID, Known] = {}
    for chunk in _chunks(sorted(ids)):
        if hold:
            session.execute(select(_c.id).where(_c.id.in_(chunk)).order_by(_c.id).with_for_update()).all()
        for row in session.execute(_query(chunk)):
            texts = {name: getattr(row, name) or "" for name in _TEXTS}
            found[row.id] = Known(row.id, row.version, texts, list(row.tags or ()), [], [])
        for key, customer in session.execute(select(_p.key, _p.customer_id).where(_p.customer_id.in_(chunk))):
            if customer in found:
                found[customer].phones.append(key)
        for key, customer in session.execute(select(_e.address_key, _e.customer_id).where(_e.customer_id.in_(chunk))):
            if customer in found:
                found[customer].emails.append(key)
    return list(found.values())


_TEXTS = ("name", "account_number", "organisation", "language", "time_zone", "address", "alert")


def _query(ids: list[UUID]) -> Any:
    columns = (_c.id, _c.version, _c.name, _c.account_number, _o.name.label("organisation"), _c.language)
    return (
        select(*columns, _c.time_zone, _c.address, _c.alert, _c.tags)
        .outerjoin_from(table_of(Customer), table_of(Organisation), _o.id == _c.organisation_id)
        .where(_c.id.in_(ids), _c.merged_into.is_(None))
    )


def _chunks(values: list[Any]) -> Iterable[list[Any]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
