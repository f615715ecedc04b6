from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_desktop.core.intervals import INTERVAL, SiteDay

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Warsaw", date(2026, 11, 21), 24),
        ("Europe/Warsaw", date(2026, 3, 29), 23),
        ("Europe/Warsaw", date(2026, 10, 25), 25),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("America/Sao_Paulo", date(2018, 11, 4), 23),  # midnight itself is skipped
        ("America/Havana", date(2026, 11, 1), 25),  # midnight comes twice
    ],
)
def test_a_day_has_the_quarter_hours_its_clock_shows(zone: str, day: date, hours: float) -> None:
    site = SiteDay(day, ZoneInfo(zone))
    assert site.count == hours * 4
    assert site.end - site.start == timedelta(hours=hours)


def test_the_clock_skips_the_lost_hour_and_names_the_repeated_one() -> None:
    spring = SiteDay(date(2026, 3, 29), WARSAW)
    assert [spring.label(index) for index in (7, 8)] == ["01:45", "03:00"]
    autumn = SiteDay(date(2026, 10, 25), WARSAW)
    assert [autumn.label(index) for index in (7, 8, 12, 16)] == ["01:45", "02:00 CEST", "02:00 CET", "03:00"]


def test_a_moment_lies_in_the_interval_that_starts_with_it() -> None:
    day = SiteDay(date(2026, 11, 21), WARSAW)
    noon = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
    assert day.label(day.index(noon) or 0) == "12:00"
    assert day.label(day.index(noon - timedelta(microseconds=1)) or 0) == "11:45"
    assert day.index(day.start) == 0
    assert day.index(day.end) is None
    assert day.index(day.start - timedelta(microseconds=1)) is None


@given(
    st.dates(date(1995, 1, 1), date(2035, 12, 31)),
    st.sampled_from(["Europe/Warsaw", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Asia/Tehran"]),
)
def test_every_moment_of_a_day_has_one_interval(day: date, zone: str) -> None:
    site = SiteDay(day, ZoneInfo(zone))
    assert site.end == SiteDay(day + timedelta(days=1), ZoneInfo(zone)).start
    for index in range(site.count):
        assert site.index(site.starts_at(index)) == index
    assert site.index(site.end - timedelta(microseconds=1)) == site.count - 1
    assert site.starts_at(site.count - 1) + INTERVAL >= site.end
