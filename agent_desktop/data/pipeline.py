"""Several reads at once: one round trip to a server, one after another in a file."""

import contextlib
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Select, exc
from sqlalchemy.orm import Session

from agent_desktop.data.sql import on_server

Values = Mapping[str, Any]
_CURSORS = "pipeline cursors"  # kept with their connection: making seven takes a twentieth of a pop


def read_all(session: Session, statements: Sequence[Select[Any]], values: Values) -> list[Sequence[Any]]:
    """The rows of each statement; ``values`` holds what any of them takes.

    On a server nothing waits for an answer before the last statement is sent, and where this session has said nothing
    yet no transaction is begun and ended around them either: one round trip in all. They are prepared the first time.
    Raises the errors of ``session.execute``.
    """
    if not on_server(session):
        return [session.execute(statement, dict(values)).all() for statement in statements]
    dialect = session.get_bind().dialect
    prepared = [_prepared(statement, dialect) for statement in statements]
    connection = session.connection()
    driver: Any = connection.connection.driver_connection
    cursors = connection.info.setdefault(_CURSORS, [])
    while len(cursors) < len(prepared):
        cursors.append(driver.cursor(binary=True))
    try:
        with _by_itself(driver), driver.pipeline():
            for one, cursor in zip(prepared, cursors, strict=False):
                cursor.execute(one.text, {name: value(values) for name, value in one.values}, prepare=True)
        return [one.rows(cursor.fetchall()) for one, cursor in zip(prepared, cursors, strict=False)]
    except driver.Error as error:
        base = driver.Error
        raise exc.DBAPIError.instance(
            None, None, error, base, hide_parameters=True, connection_invalidated=driver.closed, dialect=dialect
        ) from error


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A statement in the driver's words."""

    text: str
    values: tuple[tuple[str, Callable[[Values], Any]], ...]
    row: Callable[..., Any]
    processors: tuple[tuple[int, Callable[[Any], Any]], ...]  # columns whose values SQLAlchemy's types change

    def rows(self, found: Sequence[Sequence[Any]]) -> list[Any]:
        """Named tuples with the values that ``session.execute`` gives."""
        made = []
        for values in found:
            row = list(values)
            for place, processor in self.processors:
                row[place] = processor(row[place])
            made.append(self.row(*row))
        return made


@lru_cache(maxsize=256)
def _prepared(statement: Select[Any], dialect: Dialect) -> _Prepared:
    compiled: Any = statement.compile(dialect=dialect)
    given = compiled.params
    values = tuple((name, _value(name, given[name])) for name in compiled.params)
    columns = list(statement.selected_columns)
    found = [
        (place, column.type.dialect_impl(dialect).result_processor(dialect, None))
        for place, column in enumerate(columns)
    ]
    row = namedtuple("Row", [str(column.key) for column in columns])  # type: ignore[misc]
    return _Prepared(str(compiled), values, row, tuple((place, one) for place, one in found if one is not None))


def _value(name: str, given: Any) -> Callable[[Values], Any]:
    """Where a parameter comes from: the caller, or the statement itself."""
    return (lambda values: values[name]) if given is None else (lambda _: given)


@contextlib.contextmanager
def _by_itself(driver: Any) -> Any:
    """No BEGIN before and ROLLBACK after, which are round trips of their own, where nothing has been said yet."""
    if driver.autocommit or driver.info.transaction_status != 0:  # of libpq: 0 is idle
        yield
        return
    driver.autocommit = True
    try:
        yield
    finally:
        if not driver.closed:
            driver.autocommit = False
