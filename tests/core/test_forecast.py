"""Forecasts from made-up years whose truth is known."""

import math
import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from agent_desktop.core.forecast import QUARTERS, accuracy, forecast

TODAY = date(2026, 11, 23)  # a Monday
SHAPE = [max(0.0, math.sin(math.pi * (quarter - 32) / 40)) if 32 <= quarter <= 72 else 0.0 for quarter in range(96)]
BY_WEEKDAY = (1.3, 1.1, 1.0, 1.0, 0.9, 0.3, 0.0)


def day_of(level: float) -> list[float]:
    return [level * 20 * share for share in SHAPE]


def years(days: int, level: Callable[[date], float] = lambda day: 1.0) -> dict[date, list[float]]:
    found = {}
    for back in range(1, days + 1):
        day = TODAY - timedelta(days=back)
        found[day] = day_of(BY_WEEKDAY[day.weekday()] * level(day))
    return found


def test_days_of_a_kind_and_their_shape() -> None:
    history = years(90)
    for ahead in range(7):
        day = TODAY + timedelta(days=ahead)
        assert forecast(history, day).calls == pytest.approx(day_of(BY_WEEKDAY[day.weekday()]))


def test_newer_days_weigh_more() -> None:
    history = years(120, lambda day: 2.0 if (TODAY - day).days <= 28 else 1.0)
    total = forecast(history, TODAY).total / sum(day_of(1.3))
    assert 1.5 < total < 2.0


def test_the_season_of_a_year_ago_counts() -> None:
    """December brings twice as many; lately it was autumn."""
    history = years(760, lambda day: 2.0 if day.month == 12 else 1.0)
    day = date(2026, 12, 16)
    seen = forecast(history, day, ahead_days=23)
    assert seen.season == pytest.approx(2.0, rel=0.05)
    assert forecast(history, date(2026, 11, 25)).season < 1.5
    assert forecast(years(200), day, ahead_days=23).season == 1.0  # that year is not known


def test_a_holiday_is_learned_and_spoils_no_ordinary_day() -> None:
    holidays = {date(2026, 11, 11), date(2026, 10, 12), TODAY + timedelta(days=2)}  # Wednesday, Monday, Wednesday
    history = years(90)
    for day in holidays & set(history):
        history[day] = [calls * 0.25 for calls in history[day]]
    seen = forecast(history, TODAY + timedelta(days=2), holidays)
    assert seen.holiday == pytest.approx(0.25)
    assert seen.total == pytest.approx(0.25 * sum(day_of(1.0)))
    assert forecast(history, TODAY, holidays).total == pytest.approx(sum(day_of(1.3)))
    assert forecast(history, TODAY + timedelta(days=2)).total < sum(day_of(1.0))  # not told, it drags the mean


def test_how_wrong_it_was_is_said_beside_the_simple_way() -> None:
    dice = random.Random(5)
    noisy = {day: [dice.gauss(calls, math.sqrt(calls)) for calls in counts] for day, counts in years(120).items()}
    seen = accuracy(noisy)
    assert seen.days == 28
    assert seen.error is not None
    assert seen.by_day is not None
    assert seen.simple is not None
    assert 0 < seen.by_day < seen.error < seen.simple
    assert accuracy(years(120)).error == pytest.approx(0)


def test_a_forecast_for_the_test_knows_nothing_of_later_days() -> None:
    history = years(60)
    last = TODAY - timedelta(days=1)
    before = forecast(history, last, ahead_days=7)
    for back in range(1, 7):
        history[TODAY - timedelta(days=back)] = [999.0] * QUARTERS
    assert forecast(history, last, ahead_days=7) == before


def test_nothing_known_is_said() -> None:
    seen = forecast({}, TODAY)
    assert (seen.total, seen.seen) == (0, ())
    assert accuracy({}).error is None
    with pytest.raises(ValueError, match="95 quarter hours"):
        forecast({TODAY - timedelta(days=7): [1.0] * 95}, TODAY)
