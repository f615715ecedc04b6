"""How every record of the administration is stored: by the version it was read at, never over somebody else's edit."""

import getpass
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, Table, delete, exc, func, insert, select, update
from sqlalchemy.orm import DeclarativeBase, Session

from agent_desktop import clock
from agent_desktop.data.errors import Refused
from agent_desktop.data.models import AuditEntry
from agent_desktop.data.sql import NOT_YOURS, insert_new, on_server, table_of

_INNER = frozenset({"version"})


class Stale(Refused):
    """The record was changed by somebody else since it was read: nothing was stored."""

    def __init__(self) -> None:
        super().__init__("Somebody else has changed this meanwhile. Nothing of yours was stored.")


def put(
    session: Session, model: type[DeclarativeBase], key: UUID | date, version: int, values: Mapping[str, Any]
) -> None:
    """Add the row ``key`` (``version`` 0), or change it if it still has this version. Raises Stale, Refused.

    On a file the edit is written into the audit here; on a server its triggers do that.
    """
    table = table_of(model)
    name = next(iter(table.primary_key)).key
    found = session.execute(select(table).where(table.c[name] == key)).mappings().one_or_none()
    if (found["version"] if found is not None else 0) != version:
        raise Stale
    try:
        if found is None:
            session.execute(insert(table).values({name: key, "version": 1, **values}))
        else:
            changed = update(table).where(table.c[name] == key, table.c.version == version)
            result = session.execute(changed.values({"version": version + 1, **values}))
            if cast("CursorResult[Any]", result).rowcount != 1:
                raise Stale if _version(session, table, name, key) != version else Refused(NOT_YOURS)
    except exc.IntegrityError as error:
        raise Refused("Another one has this name already.") from error
    if not on_server(session):
        before = dict(found) if found is not None else None
        record_edit(session, table.name, str(key), before, {name: key, **values})


def _version(session: Session, table: Table, name: str, key: UUID | date) -> int | None:
    found: int | None = session.execute(select(table.c.version).where(table.c[name] == key)).scalar_one_or_none()
    return found


def put_links(
    session: Session, model: type[DeclarativeBase], columns: tuple[str, str], key: UUID, wanted: Iterable[UUID]
) -> None:
    """Make the people linked to ``key`` exactly ``wanted``; ``columns`` are that of the key and that of the person.

    Nobody may delete rows on a server: a function takes links away there, and the audit keeps them.
    """
    table, remove = table_of(model), {"queue_member": "remove_member", "team_lead": "remove_lead"}
    mine, other = columns
    have = set(session.execute(select(table.c[other]).where(table.c[mine] == key)).scalars())
    after = set(wanted)
    for person in sorted(after - have):
        insert_new(session, model, {mine: key, other: person})
    for person in sorted(have - after):
        if on_server(session):
            session.execute(select(getattr(func.access, remove[table.name])(key, person)))
        else:
            session.execute(delete(table).where(table.c[mine] == key, table.c[other] == person))
    if not on_server(session):
        for person in sorted(after - have):
            record_edit(session, table.name, f"{key} {person}", None, {mine: key, other: person})
        for person in sorted(have - after):
            record_edit(session, table.name, f"{key} {person}", {mine: key, other: person}, None)


def record_edit(
    session: Session, table: str, key: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> None:
    """On a file: write into the audit what an edit changed, as a server's trigger does."""
    was = {name: _plain(value) for name, value in (before or {}).items() if name not in _INNER}
    became = {name: _plain(value) for name, value in (after or {}).items() if name not in _INNER}
    action = "update" if before and after else "insert" if after else "delete"
    if action == "update":
        differing = [name for name, value in became.items() if was.get(name) != value]
        was, became = {name: was.get(name) for name in differing}, {name: became[name] for name in differing}
        if not differing:
            return
    values = {"at": clock.now(), "who": getpass.getuser(), "action": action, "table_name": table, "row_id": key}
    values |= {"before": was if before else None, "after": became if after else None}
    session.execute(insert(table_of(AuditEntry)).values(values))


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):  # a moment too
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def required(value: str, words: str) -> str:
    """The text without spaces around it. Raises Refused with ``words`` when nothing is left."""
    stripped = value.strip()
    if not stripped:
        raise Refused(words)
    return stripped


def taken(session: Session, model: type[DeclarativeBase], key: UUID, words: str, **wanted: str) -> None:
    """Raise Refused with ``words`` when another row has what is ``wanted``: what must be unlike in all."""
    table = table_of(model)
    query = select(table.c.id).filter_by(**wanted).where(table.c.id != key).limit(1)
    if session.execute(query).first() is not None:
        raise Refused(words)
