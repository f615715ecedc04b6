"""When the demo company's callers call and its people work: one truth for its past, its day so far, and practice."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from agent_desktop import clock, paths

US = 1_000_000
_EARLIEST, _LATEST = timedelta(hours=11, minutes=45), timedelta(hours=14)
_STEP = timedelta(minutes=15)
_DAYS_OFF = (5, 6)  # of seven, each person's turn
_LUNCH, _BREAK = 30, 15  # minutes


class Pattern(msgspec.Struct, frozen=True):
    """How many call, and for how long. ``hours``: the share of the busiest that comes in each of the company's day."""

    hours: tuple[float, ...]
    weekdays: tuple[float, ...]  # from Monday on, around 1
    calls_per_hour: Mapping[str, float]  # in the busiest, by queue
    talk_s: Mapping[str, float]

    @property
    def opens_s(self) -> int:
        """Seconds after the company's midnight at which the first may call."""
        return 3600 * next(hour for hour, share in enumerate(self.hours) if share)

    def rate(self, day: date, second: float) -> float:
        """Calls an hour of all queues, so many seconds after the company's midnight of that day."""
        share = self.hours[int(second // 3600) % 24] * self.weekdays[day.weekday()]
        return share * sum(self.calls_per_hour.values())


class Rest(NamedTuple):
    """Minutes of the company's clock."""

    first: int
    last: int
    reason: str


class Shift(NamedTuple):
    """What a person works in a day, in minutes of the company's clock."""

    first: int
    last: int
    rests: tuple[Rest, ...]


def company() -> dict[str, Any]:
    """What is told of the company."""
    with paths.resource("demo", "company.toml").open("rb") as file:
        return tomllib.load(file)


def pattern(told: dict[str, Any] | None = None) -> Pattern:
    """Of the company as it is told, or of what is shipped."""
    told = told or company()
    volume, queues = told["volume"], told["queues"]
    shares = sum(queue["share"] for queue in queues)
    return Pattern(
        tuple(volume["hours"]),
        tuple(volume["weekdays"]),
        {queue["name"]: volume["calls_per_hour"] * queue["share"] / shares for queue in queues},
        {queue["name"]: queue["talk_s"] for queue in queues},
    )


def behind(local: datetime) -> timedelta:
    """How far the company's clock is behind the one on the wall.

    Whoever looks in the evening, or at night, shall not find an empty office: then its day began later, every day.
    """
    at = timedelta(hours=local.hour, minutes=local.minute) // _STEP * _STEP
    return at - min(max(at, _EARLIEST), _LATEST)


class CompanyClock:
    """The company's days as moments; ``zone``: the site's, empty for this computer's."""

    def __init__(self, now: datetime, zone: str = ""):
        self._zone = ZoneInfo(zone) if zone else None
        local = now.astimezone(self._zone).replace(tzinfo=None)
        self.behind = behind(local)
        self.today = (local - self.behind).date()

    def wall(self, day: date, minutes: float = 0) -> datetime:
        """What the clock on the wall says then, without a zone."""
        return datetime.combine(day, time()) + timedelta(minutes=minutes) + self.behind

    def us(self, day: date, minutes: float = 0) -> int:
        """That minute of the company's day as a moment in microseconds."""
        local = self.wall(day, minutes)
        return clock.to_us(local.replace(tzinfo=self._zone) if self._zone else local.astimezone())


def shift_of(told: dict[str, Any], number: int, days: int) -> Shift | None:
    """The shift of the so many-th person, so many days after the company was made; None: it is a day off."""
    if (number + days) % 7 in _DAYS_OFF:
        return None
    first, last, *rests = told["shifts"][told["agents"][number][4]]
    rest, lunch, later = rests
    reasons, turn = told["pause_reasons"], number % 3
    return Shift(
        first,
        last,
        (
            Rest(rest + 15 * turn, rest + 15 * turn + _BREAK, reasons[0]),
            Rest(lunch + 30 * turn, lunch + 30 * turn + _LUNCH, reasons[1]),
            Rest(later + 15 * turn, later + 15 * turn + _BREAK, reasons[0]),
        ),
    )
