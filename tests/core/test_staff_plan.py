"""A day's plan from a made-up past whose truth is known."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from agent_desktop.core.erlang import Traffic, agents_for, outlook, rostered
from agent_desktop.core.metrics import Tally
from agent_desktop.core.staff_plan import Aims, DayPlan, History, Wanted, plan, quarter_lengths

WARSAW = ZoneInfo("Europe/Warsaw")
TODAY = date(2026, 11, 23)  # a Monday
NINE, NOON = 36, 48


def cells(days: int, calls: int = 15, handle_s: int = 240, until: date = TODAY) -> Iterator[tuple[datetime, Tally]]:
    """Weekdays from nine to noon: so many calls a quarter hour."""
    for back in range(1, days + 1):
        day = until - timedelta(days=back)
        if day.weekday() > 4:
            continue
        for quarter in range(NINE, NOON):
            at = datetime(day.year, day.month, day.day, quarter // 4, quarter % 4 * 15, tzinfo=WARSAW).astimezone(UTC)
            yield at, Tally(
                entered=calls, answered=calls, handled=calls, abandoned=1, talk_us=handle_s * calls * 1_000_000,
                wait_answered_us=90_000_000, wait_abandoned_us=30_000_000,
            )  # fmt: skip


def made(days: int = 60) -> History:
    history = History(WARSAW)
    history.add(cells(days))
    return history


def wanted(day: date = TODAY + timedelta(days=1), grain: int = 1, aims: Aims | None = None) -> Wanted:
    return Wanted(day, TODAY, grain, aims or Aims(), {}, {})


def test_what_a_day_needs() -> None:
    found = plan(made(), wanted())
    assert [line.label for line in found.lines][:2] == ["09:00", "09:15"]
    assert len(found.lines) == 12  # from the first call to the last
    line = found.lines[0]
    assert (line.calls, line.handle_s, line.load) == (pytest.approx(15), pytest.approx(240), pytest.approx(4))
    needed = agents_for(Traffic(15 / 900, 240), 20, 0.8, 0.85)
    assert (line.required, line.rostered) == (needed, rostered(needed, 0.3))
    assert line.planned is None
    assert line.spare is None
    assert found.calls == pytest.approx(180)
    assert found.busiest is not None
    assert found.accuracy.error == pytest.approx(0)
    assert found.accuracy.ahead_days == 2  # yesterday was the last day that is over
    assert found.handled > 1000


def test_longer_parts_are_one_rate() -> None:
    hours = plan(made(), wanted(grain=4)).lines
    assert [line.label for line in hours] == ["09:00", "10:00", "11:00"]
    assert hours[0].calls == pytest.approx(60)
    assert hours[0].load == pytest.approx(4)


def test_who_is_planned_and_what_they_will_reach() -> None:
    roster = {NINE: 10, NINE + 1: 8, NINE + 4: 40}
    found = plan(made(), replace(wanted(grain=2), planned=roster))
    line = found.lines[0]
    assert line.planned == 8  # the fewest at any time of it
    assert line.rostered is not None
    assert line.spare == 8 - line.rostered
    assert line.expected is not None
    assert line.expected.service_level == pytest.approx(
        outlook(Traffic(15 / 900, 240), 5, 20).service_level
    )  # 8 less 30 % away, whole people
    assert found.lines[1].planned is None
    assert found.lines[2].expected is not None


def test_callers_who_hang_up_need_fewer() -> None:
    patient, not_so = plan(made(), wanted()), plan(made(), wanted(aims=Aims(patient=False, most_occupied=1.0)))
    assert not_so.patience_s == pytest.approx(120)  # each quarter hour 120 s of waiting and one abandon
    assert (not_so.lines[0].required or 0) < (patient.lines[0].required or 0)


def test_days_that_nobody_counted_are_no_days_without_calls() -> None:
    history = History(WARSAW)
    history.add(cells(60))
    gone = {TODAY - timedelta(days=14), TODAY - timedelta(days=7)}  # two Mondays
    partly = History(WARSAW)
    partly.add(cell for cell in cells(60) if cell[0].astimezone(WARSAW).date() not in gone)
    known = partly.days(TODAY)
    assert not gone & set(known)
    assert TODAY - timedelta(days=1) in known  # a Sunday, when it is closed
    assert sum(known[TODAY - timedelta(days=1)]) == 0
    assert plan(partly, wanted(TODAY + timedelta(days=7))).calls == pytest.approx(180)
    assert gone <= set(partly.days(TODAY, holidays=gone))  # on a holiday nobody calls: that is known


def test_a_closed_day_needs_nobody_and_without_a_past_nothing_is_known() -> None:
    sunday = plan(made(), wanted(TODAY + timedelta(days=6)))
    assert sunday.forecast.seen
    assert sunday.calls == 0
    assert {line.required for line in sunday.lines} == {0}
    assert sunday.busiest is None
    nothing = plan(History(WARSAW), wanted())
    assert not nothing.forecast.seen
    assert {line.required for line in nothing.lines} == {None}
    assert nothing.accuracy.error is None
    week = plan(made(7), wanted())
    assert len(week.forecast.seen) == 1
    assert week.accuracy.error is None  # no day to hold against a forecast


def test_a_few_calls_take_the_day_s_handle_time() -> None:
    history = History(WARSAW)
    history.add(cells(60))
    late = datetime(2026, 11, 17, 18, 0, tzinfo=WARSAW)  # a Tuesday, once
    history.add([(late, Tally(entered=2, answered=2, handled=2, talk_us=4_000_000_000))])
    line = plan(history, wanted(grain=4)).lines[-1]
    assert line.label == "18:00"
    assert line.handle_s == pytest.approx(240, rel=0.02)


def test_a_day_of_another_length() -> None:
    assert set(quarter_lengths(date(2026, 11, 24), WARSAW)) == {900.0}
    spring, autumn = quarter_lengths(date(2027, 3, 28), WARSAW), quarter_lengths(date(2026, 10, 25), WARSAW)
    assert (spring[7], spring[8], sum(spring)) == (900.0, 0.0, 23 * 3600)
    assert (autumn[8], sum(autumn)) == (1800.0, 25 * 3600)


def test_all_of_it_is_quick_enough_to_turn_pages() -> None:
    found: DayPlan = plan(made(760), wanted())
    assert found.known_days > 700
