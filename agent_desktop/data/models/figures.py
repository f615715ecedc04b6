"""Sums of queue visits by quarter hour, worked out from the visits, and what of them has to be worked out anew."""

import datetime as dt
import uuid

from sqlalchemy import BigInteger, Column, Integer, Table
from sqlalchemy.orm import Mapped, mapped_column

from agent_desktop.data.base import Base, Serial, UtcTime, UuidType
from agent_desktop.data.tally_rows import Tally

NOBODY = uuid.UUID(int=0)  # no known queue; no agent
FIELDS = Tally.__struct_fields__


def _sums(name: str, *keys: str) -> Table:
    """A table with the fields of a tally. ``quarter`` (UTC) is first in the key: who reads wants a stretch of time."""
    counts = [Column(field, BigInteger if field.endswith("_us") else Integer, nullable=False) for field in FIELDS]
    return Table(
        name,
        Base.metadata,
        Column("quarter", UtcTime, primary_key=True),
        *(Column(key, UuidType, primary_key=True) for key in keys),
        *counts,
        Column("max_wait_us", BigInteger),
        sqlite_with_rowid=False,
    )


QUEUE_QUARTER = _sums("queue_quarter", "queue_id")
AGENT_QUARTER = _sums("agent_quarter", "agent_id", "queue_id")  # who answered; NOBODY for what nobody did


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
