"""Many rows at once: executemany in the database's own forms, with the indexes rebuilt afterwards."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Boolean, Connection, Date, insert
from sqlalchemy.orm import DeclarativeBase

from agent_desktop import clock
from agent_desktop.data.base import Base, UtcTime, UuidType
from agent_desktop.data.sql import table_of

_CHUNK = 10_000


class Sink:
    """Rows for one table, tuples in the order of ``columns``: ids as 16 bytes, times in microseconds, days as
    ISO 8601 says them, JSON as text."""

    def __init__(self, connection: Connection, model: type[DeclarativeBase], columns: Sequence[str]):
        self.rows: list[tuple[Any, ...]] = []
        self._connection = connection
        self._table = table_of(model)
        self._columns = tuple(columns)
        marks = ", ".join("?" * len(columns))
        names = ", ".join(f'"{name}"' for name in columns)
        self._sql = f'INSERT INTO "{self._table.name}" ({names}) VALUES ({marks})'  # noqa: S608 - our own names

    @property
    def is_full(self) -> bool:
        """Whether so much has gathered that it is worth writing."""
        return len(self.rows) >= _CHUNK

    def flush(self) -> None:
        """Write what has gathered."""
        if not self.rows:
            return
        if self._connection.dialect.name == "sqlite":
            self._connection.exec_driver_sql(self._sql, self.rows)
        else:
            self._connection.execute(insert(self._table), [self._readable(row) for row in self.rows])
        self.rows = []

    def _readable(self, row: tuple[Any, ...]) -> dict[str, Any]:
        """The same row as SQLAlchemy's types want it."""
        values = dict(zip(self._columns, row, strict=True))
        for name, value in values.items():
            kind = self._table.c[name].type
            if value is None:
                continue
            if isinstance(kind, UuidType):
                values[name] = UUID(bytes=value)
            elif isinstance(kind, UtcTime):
                values[name] = clock.from_us(value)
            elif isinstance(kind, JSON):
                values[name] = json.loads(value)
            elif isinstance(kind, Date):
                values[name] = date.fromisoformat(value)
            elif isinstance(kind, Boolean):
                values[name] = bool(value)
        return values


def drop_indexes(connection: Connection) -> None:
    """Drop every index that is no constraint."""
    for table in Base.metadata.sorted_tables:
        for index in table.indexes:
            index.drop(connection)


def create_indexes(connection: Connection) -> None:
    """Make them again."""
    for table in Base.metadata.sorted_tables:
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            index.create(connection)
