"""A day's forecast beside the board is the staffing screen's, added up over queues with how wrong their sums were."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from agent_desktop.core.beside.day_forecast import OfQueue, of_queue, together
from agent_desktop.core.forecast import accuracy
from agent_desktop.core.intervals import INTERVAL, SiteDay
from agent_desktop.core.metrics import Tally
from agent_desktop.core.staff_plan import Aims, History, Wanted, plan

WARSAW = ZoneInfo("Europe/Warsaw")
TODAY = date(2026, 11, 23)


def past(level: int, days: int = 60, *, uneven: int = 0) -> History:
    """So many calls each quarter hour from 10 to 12; on every second day ``uneven`` more."""
    history = History(WARSAW)
    for back in range(1, days + 1):
        ten = datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=WARSAW) - timedelta(days=back)
        calls = level + uneven * (back // 7 % 2)
        history.add((ten.astimezone(UTC) + at * INTERVAL, Tally(entered=calls)) for at in range(8))
    return history


def test_it_is_the_forecast_of_the_staffing_screen() -> None:
    history = past(10, uneven=6)
    found = together([of_queue(history, TODAY, ())], SiteDay(TODAY, WARSAW))
    assert found is not None
    planned = plan(history, Wanted(TODAY, TODAY, 1, Aims(), {}, {}))
    assert found.calls == pytest.approx(planned.forecast.calls)
    assert found.error == pytest.approx(planned.accuracy.error)
    assert found.error == pytest.approx(accuracy(history.days(TODAY), ahead_days=1).error)
    assert found.rests_on == len(planned.forecast.seen) == 8
    low, high = found.band(40)
    assert (
        high - found.calls[40]
        == pytest.approx(found.calls[40] - low)
        == pytest.approx(found.calls[40] * (found.error or 0))
    )
    assert found.band(0) == (0.0, 0.0)


def test_queues_are_added_up_and_so_are_their_errors() -> None:
    """What one queue gets more the other gets less: each is wrong, their sum is not."""
    one, other = past(10, uneven=6), past(16, uneven=-6)
    each = [of_queue(history, TODAY, ()) for history in (one, other)]
    day = SiteDay(TODAY, WARSAW)
    alone, both = together(each[:1], day), together(each, day)
    assert alone is not None
    assert both is not None
    assert alone.error == pytest.approx(accuracy(one.days(TODAY), ahead_days=1).error)
    assert (alone.error or 0) > 0.1
    assert both.error == pytest.approx(0, abs=1e-9)
    assert both.total == pytest.approx(8 * 26)
    assert both.so_far(44.5) == pytest.approx(4.5 * 26), "half of the running quarter hour"


def test_an_hour_that_comes_twice_shares_its_calls() -> None:
    calls = tuple(8.0 if 8 <= at < 12 else 0.0 for at in range(96))  # from two to three
    found = together([OfQueue(calls, 3, {})], SiteDay(date(2026, 10, 25), WARSAW))
    assert found is not None
    assert len(found.calls) == 100
    assert found.calls[8:16] == (4.0,) * 8
    assert found.error is None


def test_without_a_past_there_is_none() -> None:
    assert together([of_queue(History(WARSAW), TODAY, ())], SiteDay(TODAY, WARSAW)) is None
    assert together([], SiteDay(TODAY, WARSAW)) is None
