"""How many agents each part of a day will need: the forecast of its calls, their handle time, and Erlang. No Qt.

The history is one queue's tallies by quarter hour. What it rests on, and how wrong the same method was, goes with it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import numpy as np

from agent_desktop.core.erlang import Outlook, Traffic, agents_for, outlook, rostered
from agent_desktop.core.forecast import QUARTERS, Accuracy, Counts, Forecast, accuracy, forecast
from agent_desktop.core.intervals import INTERVAL, SiteDay
from agent_desktop.core.metrics import Tally

GRAINS = (1, 2, 4)  # quarter hours in a line
_QUARTER_S = INTERVAL.total_seconds()
_ENOUGH_HANDLED = 20  # in an hour of the days looked at; with fewer those of the whole day count
_ENOUGH_ABANDONED = 20
_PATIENCE_DAYS = 28
_CLOSED = 10  # days of a weekday looked at to tell whether it is a day without calls


class History:
    """One queue's past by local quarter hour: visits offered, and what their handling and waiting took."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._calls: dict[date, Counts] = {}
        self._handled: dict[date, Counts] = {}
        self._handle_s: dict[date, Counts] = {}
        self._waits: dict[date, tuple[float, int]] = {}

    def add(self, cells: Iterable[tuple[datetime, Tally]]) -> None:
        """Add tallies by the aware moment at which their quarter hour begins."""
        for begins, tally in cells:
            local = begins.astimezone(self.zone)
            day, at = local.date(), local.hour * 4 + local.minute // 15
            if day not in self._calls:
                self._calls[day], self._handled[day], self._handle_s[day] = (np.zeros(QUARTERS) for _ in range(3))
            self._calls[day][at] += tally.entered
            self._handled[day][at] += tally.handled
            self._handle_s[day][at] += (tally.talk_us + tally.hold_us + tally.wrap_us) / 1e6
            waits_us = tally.wait_answered_us + tally.wait_abandoned_us + tally.wait_exited_us
            waits_s, abandoned = self._waits.get(day, (0.0, 0))
            self._waits[day] = waits_s + waits_us / 1e6, abandoned + tally.abandoned

    @property
    def first(self) -> date | None:
        return min(self._calls, default=None)

    def days(self, until: date, holidays: Collection[date] = ()) -> Mapping[date, Counts]:
        """Calls of each known day before ``until``.

        A day without a call is known to have had none on a holiday, and where its weekday mostly has none; else
        nobody counted then, and a day that was missed must not make the others look like less.
        """
        first = self.first
        if first is None:
            return {}
        found: dict[date, Counts] = {}
        lately: dict[int, list[bool]] = {}
        for number in range((until - first).days):
            day = first + timedelta(days=number)
            came = self._calls.get(day)
            seen = lately.setdefault(day.weekday(), [])
            if came is None and day not in holidays:
                seen.append(False)
                if sum(seen[-_CLOSED:]) * 2 < len(seen[-_CLOSED:]):
                    found[day] = np.zeros(QUARTERS)
                continue
            if came is not None:
                seen.append(True)
            found[day] = came if came is not None else np.zeros(QUARTERS)
        return found

    def handle_times(self, days: Sequence[date]) -> tuple[tuple[float | None, ...], int]:
        """The mean handle time (s) of each quarter hour's hour on these days, and how many calls that rests on.

        An hour with few of them takes the mean of all; None without any.
        """
        handled, seconds = (
            sum((found[day] for day in days if day in found), np.zeros(QUARTERS))
            for found in (self._handled, self._handle_s)
        )
        whole = float(handled.sum())
        mean = float(seconds.sum()) / whole if whole else None
        times: list[float | None] = []
        for hour in range(QUARTERS // 4):
            part = slice(hour * 4, hour * 4 + 4)
            number = float(handled[part].sum())
            times += [float(seconds[part].sum()) / number if number >= _ENOUGH_HANDLED else mean] * 4
        return tuple(times), int(whole)

    def patience(self, until: date) -> tuple[float | None, int]:
        """Waiting ÷ abandons of the four weeks before ``until``, and how many abandons; None with too few."""
        days = [until - timedelta(days=back) for back in range(1, _PATIENCE_DAYS + 1)]
        waits_s = sum(self._waits[day][0] for day in days if day in self._waits)
        abandoned = sum(self._waits[day][1] for day in days if day in self._waits)
        return (waits_s / abandoned if abandoned >= _ENOUGH_ABANDONED and waits_s > 0 else None), abandoned


class Aims(msgspec.Struct, frozen=True):
    """What is to be reached. Shares from 0 to 1; ``patient``: nobody hangs up (Erlang C), whatever the history says."""

    threshold_s: float = 20.0
    target: float = 0.8
    shrinkage: float = 0.3  # of those on the roster who are not there to take calls
    most_occupied: float = 0.85
    patient: bool = True


class PlanLine(msgspec.Struct, frozen=True):
    """One part of a day. None: not known. ``seconds`` is 0 where the clock skips it."""

    index: int  # of its first quarter hour
    label: str  # local clock, "13:45"
    seconds: float
    calls: float
    handle_s: float | None
    load: float | None  # erlangs
    required: int | None  # taking calls
    rostered: int | None  # with those away
    planned: int | None  # the fewest on the roster at any time of it
    expected: Outlook | None  # with those planned, less the share that is away

    @property
    def spare(self) -> int | None:
        """How many more are planned than needed; below 0: so many are missing."""
        return None if self.rostered is None or self.planned is None else self.planned - self.rostered


class DayPlan(msgspec.Struct, frozen=True):
    """One day of one queue. ``handled`` and ``abandoned``: how many the handle time and the patience rest on."""

    day: date
    grain: int
    aims: Aims
    lines: tuple[PlanLine, ...]
    forecast: Forecast
    accuracy: Accuracy
    known_days: int
    handled: int
    patience_s: float | None
    abandoned: int
    holiday: str = ""

    @property
    def calls(self) -> float:
        return sum(line.calls for line in self.lines)

    @property
    def busiest(self) -> PlanLine | None:
        """The line that needs most."""
        needing = [line for line in self.lines if line.rostered]
        return max(needing, key=lambda line: (line.rostered or 0, line.calls), default=None)


class Wanted(msgspec.Struct, frozen=True):
    """Which day, seen from ``today``, and what is known about both; ``planned``: agents by local quarter hour."""

    day: date
    today: date
    grain: int
    aims: Aims
    holidays: Mapping[date, str]
    planned: Mapping[int, int]


def plan(history: History, wanted: Wanted) -> DayPlan:
    """What ``wanted.day`` will bring and need; of today nothing is used, as it is not over."""
    day, today, aims = wanted.day, wanted.today, wanted.aims
    known = history.days(today, wanted.holidays)
    ahead_days = max(1, (day - today).days + 1)  # the last day that is over was yesterday
    expected = forecast(known, day, wanted.holidays)
    times, handled = history.handle_times(expected.seen)
    patience_s, abandoned = history.patience(today)
    lengths = quarter_lengths(day, history.zone)
    lines = tuple(
        _line(wanted, range(first, first + wanted.grain), (expected, times, lengths, patience_s))
        for first in range(0, QUARTERS, wanted.grain)
    )
    return DayPlan(
        day=day,
        grain=wanted.grain,
        aims=aims,
        lines=_open(lines),
        forecast=expected,
        accuracy=accuracy(known, wanted.holidays, ahead_days=ahead_days),
        known_days=len(known),
        handled=handled,
        patience_s=patience_s,
        abandoned=abandoned,
        holiday=wanted.holidays.get(day, ""),
    )


def quarter_lengths(day: date, zone: ZoneInfo) -> tuple[float, ...]:
    """How long each quarter hour of the local clock lasts on this day: 900 s, nothing where it is skipped, or twice."""
    site, found = SiteDay(day, zone), [0.0] * QUARTERS
    for index in range(site.count):
        local = site.starts_at(index).astimezone(zone)
        found[local.hour * 4 + local.minute // 15] += _QUARTER_S
    return tuple(found)


_Known = tuple[Forecast, tuple[float | None, ...], tuple[float, ...], float | None]


def _line(wanted: Wanted, quarters: range, known: _Known) -> PlanLine:
    expected, times, lengths, patience_s = known
    aims = wanted.aims
    seconds = sum(lengths[at] for at in quarters)
    counted = [(expected.calls[at] if lengths[at] else 0.0, times[at]) for at in quarters]
    calls = sum(number for number, _ in counted)
    timed = [(number, time) for number, time in counted if time is not None]
    weight = sum(number for number, _ in timed)
    handle_s = (
        sum(number * time for number, time in timed) / weight if weight else next((time for _, time in timed), None)
    )
    planned = min((wanted.planned[at] for at in quarters if at in wanted.planned), default=None)
    line = PlanLine(
        index=quarters[0],
        label=f"{quarters[0] // 4:02d}:{quarters[0] % 4 * 15:02d}",
        seconds=seconds,
        calls=calls,
        handle_s=handle_s,
        load=None, required=None, rostered=None, planned=planned, expected=None,
    )  # fmt: skip
    if not expected.seen or not seconds:
        return line
    if calls < 0.005:  # none to two decimals: nobody is needed
        return msgspec.structs.replace(line, load=0.0, required=0, rostered=0)
    if handle_s is None:
        return line
    traffic = Traffic(calls / seconds, handle_s, None if aims.patient else patience_s)
    required = agents_for(traffic, aims.threshold_s, aims.target, aims.most_occupied)
    there = None if planned is None else int(planned * (1 - aims.shrinkage) + 1e-9)
    return msgspec.structs.replace(
        line,
        load=traffic.load,
        required=required,
        rostered=rostered(required, aims.shrinkage),
        expected=None if there is None else outlook(traffic, there, aims.threshold_s),
    )


def _open(lines: Sequence[PlanLine]) -> tuple[PlanLine, ...]:
    """From the first to the last in which anybody calls or is planned; all of them where nothing is known."""

    def counts(line: PlanLine) -> bool:
        return bool(line.required or line.planned) or line.calls >= 0.005

    places = [place for place, line in enumerate(lines) if counts(line)]
    return tuple(lines[places[0] : places[-1] + 1]) if places else tuple(lines)
