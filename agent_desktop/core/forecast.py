"""How many calls a day will bring, by quarter hour of the local clock, from the days before it. No Qt.

A day's calls = what days of its kind brought lately × the season × its share of a holiday; spread over the day as days
of its kind were. Simple enough to be said in a sentence, and it always says how wrong it would have been.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

import msgspec
import numpy as np
from numpy.typing import NDArray

QUARTERS = 96  # of a local day; where the clock shows an hour twice both count into it
LATELY = 10  # days of a kind that are looked at
HALF_LIFE_DAYS = 28.0  # a day so long ago weighs half
SEASON = timedelta(days=14)  # before and after the same date a year ago
_YEAR = timedelta(days=364)  # a whole number of weeks, so that weekdays match
_TESTED = 28  # days whose forecasts are compared with what came
Counts = NDArray[np.float64]
Days = Mapping[date, Sequence[float] | Counts]  # calls by quarter hour, 96 each


class Accuracy(msgspec.Struct, frozen=True):
    """How wrong forecasts made ``ahead_days`` before were, over the ``days`` that could be compared.

    ``error``: Σ|forecast − calls| ÷ Σ calls over quarter hours (WAPE), ``by_day`` the same of whole days; ``bias``:
    Σ(forecast − calls) ÷ Σ calls, above 0 where too much was expected; ``simple``: the error by quarter hour of "as on
    the same weekday before that", which a forecast has to beat. None without a call.
    """

    days: int
    error: float | None = None
    by_day: float | None = None
    simple: float | None = None
    bias: float | None = None
    ahead_days: int = 7


class Forecast(msgspec.Struct, frozen=True):
    """``calls``: expected in each of the 96 quarter hours. ``seen``: the days it rests on; none: nothing is known."""

    day: date
    calls: tuple[float, ...]
    seen: tuple[date, ...]
    season: float = 1.0  # times as many as lately, by the same weeks a year ago
    holiday: float = 1.0  # times as many as on the same weekday without a holiday

    @property
    def total(self) -> float:
        return sum(self.calls)


def forecast(history: Days, day: date, holidays: Collection[date] = (), *, ahead_days: int = 1) -> Forecast:
    """What ``day`` will bring, from the days up to ``ahead_days`` before it; days missing in ``history`` are unknown.

    Raises ValueError for a day without its 96 numbers.
    """
    known = {one: _counts(one, history) for one in history if one <= day - timedelta(days=ahead_days)}
    ordinary = sorted(one for one in known if one not in holidays)
    like = [one for one in ordinary if one.weekday() == day.weekday()][-LATELY:]
    if not like:
        return Forecast(day, (0.0,) * QUARTERS, ())
    weights = np.array([0.5 ** ((day - one).days / HALF_LIFE_DAYS) for one in like])
    calls: Counts = np.average([known[one] for one in like], axis=0, weights=weights)
    season = _season(known, ordinary, day, like)
    share = _holiday_share(known, ordinary, holidays) if day in holidays else 1.0
    return Forecast(day, tuple((calls * season * share).tolist()), tuple(like), season, share)


def accuracy(history: Days, holidays: Collection[date] = (), *, ahead_days: int = 7) -> Accuracy:
    """The forecasts of the last four weeks, each from what was known ``ahead_days`` before it, beside the calls."""
    calls = wrong = wrong_days = wrong_simply = too_much = 0.0
    days = 0
    week = timedelta(days=7 * -(-ahead_days // 7))
    for guess, came in trials(history, holidays, ahead_days=ahead_days):
        before = history.get(guess.day - week)
        if before is None:
            continue
        days += 1
        calls += float(came.sum())
        wrong += float(np.abs(came - np.array(guess.calls)).sum())
        wrong_days += abs(float(came.sum()) - guess.total)
        too_much += guess.total - float(came.sum())
        wrong_simply += float(np.abs(came - np.array(before)).sum())
    if not calls:
        return Accuracy(days, ahead_days=ahead_days)
    return Accuracy(days, wrong / calls, wrong_days / calls, wrong_simply / calls, too_much / calls, ahead_days)


def trials(history: Days, holidays: Collection[date] = (), *, ahead_days: int = 7) -> Iterator[tuple[Forecast, Counts]]:
    """What would have been expected of each of the last four weeks' days ``ahead_days`` before it, and what came."""
    for day in sorted(history)[-_TESTED:]:
        guess = forecast(history, day, holidays, ahead_days=ahead_days)
        if guess.seen:
            yield guess, _counts(day, history)


def _counts(day: date, history: Days) -> Counts:
    counts = np.asarray(history[day], dtype=np.float64)
    if counts.shape != (QUARTERS,):
        raise ValueError(f"{day} has {counts.size} quarter hours, not {QUARTERS}.")
    return counts


def _season(known: Mapping[date, Counts], ordinary: Sequence[date], day: date, like: Sequence[date]) -> float:
    """How the weeks around this date stood to those of ``like``, a year ago; 1 where that year is not known whole."""
    then = day - _YEAR

    def level(belongs: Callable[[date], bool]) -> float | None:
        totals = [float(known[one].sum()) for one in ordinary if belongs(one)]
        return sum(totals) / len(totals) if len(totals) >= SEASON.days else None

    around = level(lambda one: abs(one - then) <= SEASON)
    lately = level(lambda one: like[0] - _YEAR <= one <= like[-1] - _YEAR)
    return around / lately if around and lately else 1.0


def _holiday_share(known: Mapping[date, Counts], ordinary: Sequence[date], holidays: Collection[date]) -> float:
    """Calls on holidays ÷ calls on the same weekdays nearest to them, over all holidays known; 1 without one."""
    came = usual = 0.0
    for one in holidays:
        if one not in known:
            continue
        near = [other for other in ordinary if other.weekday() == one.weekday() and abs(other - one) <= 2 * SEASON]
        if near:
            came += float(known[one].sum())
            usual += sum(float(known[other].sum()) for other in near) / len(near)
    return came / usual if usual else 1.0
