import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from PySide6.QtCore import QDate, QDateTime, QLocale, QTime

from agent_desktop.ui import dates

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture(autouse=True)
def british() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def noon() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 21, 12, 0, tzinfo=WARSAW), tick=False):
        yield


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize(
    ("at", "words"),
    [
        (utc(2026, 11, 21, 8, 12), "Today 09:12"),
        (utc(2026, 11, 20, 16, 46), "Yesterday 17:46"),
        (utc(2026, 11, 20, 23, 0), "Today 00:00"),
        (utc(2026, 11, 20, 22, 59), "Yesterday 23:59"),
        (utc(2026, 11, 22, 8, 0), "Tomorrow 09:00"),
        (utc(2026, 11, 14, 10, 30), "14 Nov 11:30"),
        (utc(2026, 10, 25, 0, 30), "25 Oct 02:30"),  # before the clocks went back: UTC+2
        (utc(2026, 10, 25, 1, 30), "25 Oct 02:30"),  # after: UTC+1
        (utc(2026, 7, 1, 10, 0), "1 Jul 12:00"),
        (utc(2025, 12, 31, 22, 59), "31 Dec 2025"),
        (utc(2025, 12, 31, 23, 0), "1 Jan 00:00"),
    ],
)
def test_a_moment_is_told_as_people_tell_it(at: datetime, words: str) -> None:
    assert dates.moment(at) == words
    inside = words.replace("T", "t").replace("Y", "y") if words[0] in "TY" else words
    assert dates.moment(at, inside=True) == inside


def test_yesterday_is_a_date_and_not_24_hours() -> None:
    with time_machine.travel(datetime(2026, 3, 29, 4, 0, tzinfo=WARSAW), tick=False):  # the day of 23 hours
        assert dates.moment(utc(2026, 3, 28, 22, 30)) == "Yesterday 23:30"
        assert dates.day_start() == utc(2026, 3, 28, 23, 0)
        assert dates.day_start(1) == utc(2026, 3, 29, 22, 0)
        assert dates.day_start(-1) == utc(2026, 3, 27, 23, 0)


def test_the_zone_is_the_desktops_own() -> None:
    with time_machine.travel(datetime(2026, 11, 21, 22, 0, tzinfo=ZoneInfo("Asia/Kolkata")), tick=False):
        assert dates.moment(utc(2026, 11, 21, 8, 12)) == "Today 13:42"


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        dates.moment(datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize(
    ("language", "day", "with_year"),
    [
        ("en_US", "Nov 14", "Nov 14, 2024"),
        ("de_DE", "14. Nov.", "14. Nov. 2024"),
        ("pl_PL", "14 lis", "14 lis 2024"),
        ("es_ES", "14 de nov", "14 de nov de 2024"),
        ("hu_HU", "nov. 14.", "2024. nov. 14."),
        ("ja_JP", "11月14日", "2024年11月14日"),
        ("lt_LT", "lapkr. 14", "2024 m. lapkr. 14"),
    ],
)
def test_day_and_month_stand_in_the_languages_own_order(language: str, day: str, with_year: str) -> None:
    QLocale.setDefault(QLocale(language))
    assert dates.day(utc(2026, 11, 14, 12, 0)) == day
    assert dates.day(utc(2024, 11, 14, 12, 0)) == with_year


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize(
    ("language", "birth", "weekday"),
    [("en_GB", "9 November 1954", "Sat 21 Nov"), ("en_US", "November 9, 1954", "Sat Nov 21"),
     ("de", "9. November 1954", "Sa 21. Nov."), ("pl", "9 listopada 1954", "sob. 21 lis")],
)  # fmt: skip
def test_a_date_of_birth_and_a_week_s_days_are_the_language_s(language: str, birth: str, weekday: str) -> None:
    QLocale.setDefault(QLocale(language))
    assert dates.full_date(date(1954, 11, 9)) == birth
    assert dates.weekday_date(date(2026, 11, 21)) == weekday


def test_every_language_names_day_and_month() -> None:
    anything = (QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry)
    for locale in QLocale.matchingLocales(*anything):
        pattern = dates._day_format(locale.dateFormat(QLocale.FormatType.LongFormat), with_year=False)
        assert "d" in pattern, locale.name()
        assert "M" in pattern, locale.name()
        assert "y" not in re.sub("'[^']*'", "", pattern), locale.name()


@pytest.mark.usefixtures("noon")
def test_twelve_hour_clocks_keep_am_and_pm() -> None:
    QLocale.setDefault(QLocale("en_US"))
    assert dates.clock_time(utc(2026, 11, 21, 15, 5)).replace("\u202f", " ") == "4:05 PM"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, "–"), (0, "0:00"), (7.9, "0:07"), (384, "6:24"), (3599, "59:59"), (3600, "1:00:00"), (-3, "0:00")],
)
def test_durations(seconds: float | None, words: str) -> None:
    assert dates.duration(seconds) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(59, "under a minute"), (60, "1 min"), (2280, "38 min"), (7200, "2 h"), (86399, "23 h"), (6 * 86400, "6 d")],
)
def test_spans(seconds: float, words: str) -> None:
    assert dates.span(seconds) == words


@pytest.mark.usefixtures("noon")
def test_relative() -> None:
    assert dates.relative(utc(2026, 11, 21, 11, 12)) == "in 12 min"
    assert dates.relative(utc(2026, 11, 21, 9, 0)) == "2 h ago"
    assert dates.relative(utc(2026, 11, 21, 11, 0, 30)) == "now"


def test_wall_times_of_edit_fields_and_back() -> None:
    summer = utc(2026, 7, 1, 10, 0, 5)
    assert dates.from_edit(dates.to_edit(summer)) == summer
    assert dates.from_edit(QDateTime(QDate(2026, 10, 25), QTime(2, 30))) == utc(2026, 10, 25, 0, 30)
    assert dates.exact(summer).startswith("Wednesday")
