"""The two clocks: UTC wall time for records, a monotonic one for durations."""

import time
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def now() -> datetime:
    """The present moment, aware, in UTC, with microseconds."""
    return datetime.now(UTC)


def now_us() -> int:
    """Microseconds since 1970 in UTC: how times cross a process or stand in SQLite."""
    return time.time_ns() // 1000


def monotonic() -> float:
    """Seconds on a clock that never steps; only differences mean anything."""
    return time.monotonic()


def to_us(moment: datetime) -> int:
    """Microseconds since 1970 of an aware datetime; exact, unlike ``timestamp() * 1e6``."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime has no moment: give it a time zone")
    return (moment - _EPOCH) // timedelta(microseconds=1)


def from_us(us: int) -> datetime:
    """The aware UTC datetime of ``us`` microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=us)
