from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_desktop.core.periods import Grain, bounds, periods

WARSAW = ZoneInfo("Europe/Warsaw")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize(
    ("day", "grain", "rows"),
    [
        (SPRING, Grain.QUARTER, 92),
        (SPRING, Grain.HALF, 46),
        (SPRING, Grain.HOUR, 23),
        (AUTUMN, Grain.QUARTER, 100),
        (AUTUMN, Grain.HOUR, 25),
        (AUTUMN, Grain.DAY, 1),
    ],
)
def test_a_day_has_as_many_rows_as_its_clock_shows(day: date, grain: Grain, rows: int) -> None:
    found = periods(day, day, grain, WARSAW)
    assert len(found) == rows
    assert found[-1].end - found[0].start == timedelta(hours=25 if day is AUTUMN else 23)


def test_the_hour_that_comes_twice_has_two_rows_of_different_names() -> None:
    assert [row.label for row in periods(AUTUMN, AUTUMN, Grain.HOUR, WARSAW)][1:5] == [
        "01:00", "02:00 CEST", "02:00 CET", "03:00",
    ]  # fmt: skip


def test_weeks_and_months_are_cut_where_the_days_asked_for_end() -> None:
    weeks = periods(date(2026, 1, 1), date(2026, 1, 12), Grain.WEEK, WARSAW)
    assert [(row.label, row.day, row.whole) for row in weeks] == [
        ("2026-W01", date(2026, 1, 1), False),
        ("2026-W02", date(2026, 1, 5), True),
        ("2026-W03", date(2026, 1, 12), False),
    ]
    months = periods(date(2026, 2, 1), date(2026, 3, 30), Grain.MONTH, WARSAW)
    assert [(row.label, row.whole) for row in months] == [("2026-02", True), ("2026-03", False)]
    assert months[1].end - months[1].start == timedelta(days=30) - timedelta(hours=1)


def test_no_days_are_no_rows() -> None:
    assert periods(AUTUMN, AUTUMN - timedelta(days=1), Grain.DAY, WARSAW) == ()
    assert bounds(()) == ()


@settings(max_examples=40)
@given(
    st.sampled_from(["Europe/Warsaw", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Havana", "America/Sao_Paulo"]),
    st.dates(date(2016, 1, 1), date(2030, 1, 1)),
    st.integers(0, 40),
    st.sampled_from(Grain),
)
def test_rows_follow_each_other_without_a_gap_on_quarter_hours(zone: str, first: date, days: int, grain: Grain) -> None:
    found = periods(first, first + timedelta(days=days), grain, ZoneInfo(zone))
    assert all(one.end == two.start and one.label != two.label for one, two in pairwise(found) if one.day == two.day)
    moments = bounds(found)
    assert all(one < two for one, two in pairwise(moments))
    assert all(not moment.minute % 15 and not moment.second for moment in moments)
    assert moments == (*(row.start for row in found), found[-1].end)
    same_days = periods(first, first + timedelta(days=days), Grain.DAY, ZoneInfo(zone))
    assert (found[0].start, found[-1].end) == (same_days[0].start, same_days[-1].end)
