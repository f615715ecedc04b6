"""The few statements whose words differ between SQLite and PostgreSQL, behind one helper each."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast
from uuid import UUID

from sqlalchemy import JSON, CursorResult, Select, Table, exc, select, text, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import DeclarativeBase, Session

from agent_desktop.data.errors import Refused, trouble_of
from agent_desktop.told import mark

Row = Mapping[str, Any]
_MANY = 50
REFUSED = "AD001"  # of our own functions: a request that makes no sense, in words
NOT_YOURS = mark("This is not yours to change: it belongs to somebody else, or too much time has passed.")


def table_of(model: type[DeclarativeBase]) -> Table:
    """The Core table of a model."""
    return cast(Table, model.__table__)


def insert_new(session: Session, model: type[DeclarativeBase], values: Row) -> bool:
    """Insert a row unless one of its keys is taken; whether it was inserted."""
    statement = _insert(session)(table_of(model)).values(dict(values)).on_conflict_do_nothing()
    result = session.execute(statement.execution_options(preserve_rowcount=True))
    return cast("CursorResult[Any]", result).rowcount == 1


def insert_ignoring(
    session: Session, model: type[DeclarativeBase], columns: Sequence[str], rows: Select[Any], values: Row
) -> int:
    """Insert what a query with these ``values`` brings unless its keys are taken; how many rows that were."""
    statement = _insert(session)(table_of(model)).from_select(list(columns), rows).on_conflict_do_nothing()
    result = session.execute(statement.execution_options(preserve_rowcount=True), dict(values))
    return max(0, cast("CursorResult[Any]", result).rowcount)


def insert_or_update(session: Session, model: type[DeclarativeBase], values: Row, key: Sequence[str]) -> None:
    """Insert a row, or give the row of the same ``key`` these values."""
    statement = _insert(session)(table_of(model)).values(dict(values))
    rest = {name: statement.excluded[name] for name in values if name not in key}
    session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=rest))


def insert_or_update_many(
    session: Session, model: type[DeclarativeBase], rows: Sequence[Row], key: Sequence[str]
) -> None:
    """The same for rows of the same columns, whose keys all differ."""
    if rows:
        statement = _insert(session)(table_of(model)).values([dict(row) for row in rows])
        rest = {name: statement.excluded[name] for name in rows[0] if name not in key}
        session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=rest))


def insert_returning_new(
    session: Session, model: type[DeclarativeBase], rows: Sequence[Row], key: Sequence[str]
) -> set[tuple[Any, ...]]:
    """Insert many rows, passing over those whose keys are taken; the ``key`` columns of each that was new."""
    table = table_of(model)
    if on_server(session) and len(rows) >= _MANY:
        return _insert_arrays(session, table, rows, key)
    statement = _insert(session)(table).on_conflict_do_nothing().returning(*(table.c[name] for name in key))
    return {tuple(row) for row in session.execute(statement, [dict(row) for row in rows])}


def _insert_arrays(session: Session, table: Table, rows: Sequence[Row], key: Sequence[str]) -> set[tuple[Any, ...]]:
    """The same with an array for each column: a statement with thousands of values takes longer to read than to do."""
    given = dict.fromkeys(rows[0])
    defaults: dict[str, Any] = {}
    for column in table.columns:
        default: Any = column.default
        if column.name not in given and default is not None and default.is_scalar:
            defaults[column.name] = default.arg
    names = [*given, *defaults]
    kinds = {name: _array_of(table.c[name].type) for name in names}
    taken = ", ".join(f"CAST(:{name} AS {kinds[name]}[])" for name in names)
    cells = ", ".join(f"v.{name}::json" if isinstance(table.c[name].type, JSON) else f"v.{name}" for name in names)
    listed = ", ".join(names)
    statement = text(
        f"INSERT INTO {table.name} ({listed}) SELECT {cells} FROM unnest({taken}) AS v ({listed})"  # noqa: S608
        f" ON CONFLICT DO NOTHING RETURNING {', '.join(key)}"
    ).columns(*(table.c[name] for name in key))
    values = {name: [row.get(name, defaults.get(name)) for row in rows] for name in names}
    for name in names:
        if isinstance(table.c[name].type, JSON):
            values[name] = [None if value is None else json.dumps(value) for value in values[name]]
    return {tuple(row) for row in session.execute(statement, values)}


def _array_of(kind: Any) -> str:
    """The type of a column's values in PostgreSQL; JSON goes as text."""
    return "text" if isinstance(kind, JSON) else str(kind.compile(dialect=_postgresql()))


def _postgresql() -> Any:
    """The words of PostgreSQL; takes 0.1 s to import, which is not for those who work with a file."""
    from sqlalchemy.dialects import postgresql

    return postgresql.dialect()  # type: ignore[no-untyped-call]


def locked_row(session: Session, model: type[DeclarativeBase], key: UUID) -> dict[str, Any] | None:
    """The row with this id, held against other writers until the transaction ends; None when there is none.

    Raises Refused when it is there and this login may only read it: a lock is asked for with the rights of a change.
    """
    table = table_of(model)
    row = session.execute(select(table).where(table.c.id == key).with_for_update()).mappings().one_or_none()
    if row is None and on_server(session) and session.execute(select(table.c.id).where(table.c.id == key)).first():
        raise Refused(NOT_YOURS)
    return dict(row) if row is not None else None


def held_row(session: Session, model: type[DeclarativeBase], key: UUID) -> dict[str, Any]:
    """The same of a row that must be there by now. Raises Refused when this login may not even see it."""
    row = locked_row(session, model, key)
    if row is None:
        raise Refused(NOT_YOURS)
    return row


def update_row(session: Session, model: type[DeclarativeBase], key: UUID, values: Row) -> None:
    """Change columns of the row with this id. Raises Refused when that changed nothing: it is not this login's."""
    if values:
        table = table_of(model)
        result = session.execute(update(table).where(table.c.id == key).values(dict(values)))
        if cast("CursorResult[Any]", result).rowcount != 1:
            raise Refused(NOT_YOURS)


def on_server(session: Session) -> bool:
    """Whether this is PostgreSQL, where logins have rights of their own."""
    return session.get_bind().dialect.name == "postgresql"


def _insert(session: Session) -> Any:
    if not on_server(session):
        return sqlite.insert
    from sqlalchemy.dialects import postgresql  # takes 0.1 s to import: not where SQLite is used

    return postgresql.insert


@contextmanager
def in_their_words() -> Iterator[None]:
    """What functions of the server refuse is refused in their own words (Refused), or is trouble (DatabaseTrouble)."""
    try:
        yield
    except exc.DBAPIError as error:
        cause: Any = error.orig
        if getattr(cause, "sqlstate", "") == REFUSED:
            raise Refused(cause.diag.message_primary) from error
        raise trouble_of(error) from error
