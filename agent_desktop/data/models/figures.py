"""Sums of queue visits by quarter hour and by hour, worked out from the visits, and what of them is to be done anew."""

import datetime as dt
import uuid

from sqlalchemy import BigInteger, Column, Integer, Table
from sqlalchemy.orm import Mapped, mapped_column

from agent_desktop.data.base import Base, Serial, UtcTime, UuidType
from agent_desktop.data.tally_rows import Tally

NOBODY = uuid.UUID(int=0)  # no known queue; no agent
FIELDS = Tally.__struct_fields__


def _fields(*, nullable: bool) -> list[Column[int]]:
    sums = [Column(field, BigInteger if field.endswith("_us") else Integer, nullable=nullable) for field in FIELDS]
    return [*sums, Column("max_wait_us", BigInteger)]


QUEUE_QUARTER = Table(
    "queue_quarter",
    Base.metadata,
    Column("quarter", UtcTime, primary_key=True),  # UTC; first in the key: who reads wants a stretch of time
    Column("queue_id", UuidType, primary_key=True),
    *_fields(nullable=False),
    sqlite_with_rowid=False,
)
# By who answered; NOBODY for what nobody did. By the hour and NULL for 0: by quarter hours there would be nearly as
# many rows as visits, most of their fields zeros. One row of a kind, which the lock of whoever sums up sees to: a key
# of all three would cost as much again as the sums.
AGENT_HOUR = Table(
    "agent_hour",
    Base.metadata,
    Column("hour", UtcTime, nullable=False, index=True),
    Column("agent_id", UuidType, nullable=False),
    Column("queue_id", UuidType, nullable=False),
    *_fields(nullable=True),
)


class StaleQuarter(Base):
    """A quarter hour of which something has changed since it was summed up; each writer adds a row of its own.

    So nobody waits for anybody, and whoever sums up takes away only the rows that could be seen before.
    """

    __tablename__ = "stale_quarter"
    id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    quarter: Mapped[dt.datetime]


class CountedLimits(Base):
    """Under which limits all of a queue's visits are summed up. No row: they are not."""

    __tablename__ = "counted_limits"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    queue_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    threshold_s: Mapped[int]
    short_s: Mapped[int]
