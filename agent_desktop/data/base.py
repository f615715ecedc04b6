"""What all tables share: the naming of constraints, and how ids and times are stored in each kind of database."""

import datetime as dt
import functools
import uuid
from collections.abc import Callable
from typing import Any

from sqlalchemy import JSON, TIMESTAMP, BigInteger, Dialect, Integer, LargeBinary, MetaData, Text, Uuid
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator, TypeEngine

from agent_desktop import clock


class UuidType(TypeDecorator[uuid.UUID]):
    """A UUID: 16 bytes in SQLite (half the size of text, and in the order of time for UUIDv7), native in PostgreSQL."""

    impl = LargeBinary(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Uuid())
        return dialect.type_descriptor(LargeBinary(16))

    def process_bind_param(self, value: uuid.UUID | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> uuid.UUID | None:
        if value is None or isinstance(value, uuid.UUID):
            return value
        return _uuid(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """None on a server, whose driver gives what is wanted: a call for each value is a tenth of a pop."""
        return None if dialect.name == "postgresql" else super().result_processor(dialect, coltype)


@functools.lru_cache(8192)  # the same people, queues and visits come again and again
def _uuid(value: bytes) -> uuid.UUID:
    return uuid.UUID(bytes=value)


class UtcTime(TypeDecorator[dt.datetime]):
    """An aware UTC moment: integer microseconds since 1970 in SQLite, timestamptz in PostgreSQL."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(BigInteger())

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return clock.to_us(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if isinstance(value, dt.datetime):
            return value.astimezone(dt.UTC)
        return clock.from_us(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """On a server one call for each moment instead of three."""
        return _in_utc if dialect.name == "postgresql" else super().result_processor(dialect, coltype)


def _in_utc(moment: dt.datetime | None) -> dt.datetime | None:
    return moment.astimezone(dt.UTC) if moment is not None else None


# An integer that counts up by itself: SQLite only does that for INTEGER.
Serial = BigInteger().with_variant(Integer(), "sqlite")

# Text compared byte by byte in both databases, as prefix ranges on an index need.
KeyText = Text().with_variant(Text(collation="C"), "postgresql")


class Base(DeclarativeBase):
    """The one declarative base; every constraint has a name, so that a migration can speak of it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        uuid.UUID: UuidType,
        dt.datetime: UtcTime,
        str: Text,
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
    }

    def __repr__(self) -> str:
        keys = ", ".join(f"{column.key}={getattr(self, column.key)!r}" for column in self.__table__.primary_key)
        return f"<{type(self).__name__} {keys}>"
