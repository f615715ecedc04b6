"""Times and durations as people say them, in the desktop's language and time zone.

Everything comes in as aware UTC datetimes or seconds. The zone is the computer's own, looked up for each moment, so a
call from before the clocks changed keeps the time it had on the wall.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTime

from agent_desktop import clock

_NONE = "–"


def _tr(text: str) -> str:
    return QCoreApplication.translate("dates", text)


def local(at: datetime) -> datetime:
    """``at`` in the desktop's zone. Raises ValueError for a naive datetime."""
    if at.tzinfo is None:
        raise ValueError("a naive datetime has no moment: give it a time zone")
    return at.astimezone()


def today() -> date:
    """The date on the wall now."""
    return local(clock.now()).date()


def day_start(days: int = 0) -> datetime:
    """Local midnight ``days`` from today (negative: before), in UTC; a day may have 23 or 25 hours."""
    return datetime.combine(today() + timedelta(days=days), time.min).astimezone(UTC)


# ---------------------------------------------------------------------- moments


def clock_time(at: datetime) -> str:
    """The time of day, "09:12"."""
    shown = local(at)
    locale = QLocale()
    pattern = locale.timeFormat(QLocale.FormatType.ShortFormat).replace(":ss", "")
    return locale.toString(QTime(shown.hour, shown.minute), pattern)


def day(at: datetime) -> str:
    """ "Today", "Yesterday", "Tomorrow", "14 Nov", with the year where it is not this one: "14 Nov 2024"."""
    return _day(local(at).date())


def _day(shown: date, *, inside: bool = False) -> str:
    """``inside`` a sentence the near days begin as its other words do."""
    present = today()
    near = {0: _tr("Today"), -1: _tr("Yesterday"), 1: _tr("Tomorrow")}
    if inside:
        near = {0: _tr("today"), -1: _tr("yesterday"), 1: _tr("tomorrow")}
    words = near.get((shown - present).days)
    return date_text(shown) if words is None else words


def date_text(shown: date, *, with_year: bool | None = None) -> str:
    """A day by its date, whatever day it is: "14 Nov", with the year where it is not this one or that is said."""
    with_year = shown.year != today().year if with_year is None else with_year
    return _written(shown, _day_format(QLocale().dateFormat(QLocale.FormatType.LongFormat), with_year=with_year))


def full_date(shown: date) -> str:
    """A day with its month's whole name and its year: "9 November 1954"."""
    return _written(shown, _full_format(QLocale().dateFormat(QLocale.FormatType.LongFormat)))


def weekday_date(shown: date) -> str:
    """A day of a week on view: "Sat 21 Nov"."""
    weekday = QLocale().standaloneDayName(shown.isoweekday(), QLocale.FormatType.ShortFormat)
    return f"{weekday} {date_text(shown, with_year=False)}"


def _written(shown: date, pattern: str) -> str:
    return QLocale().toString(QDate(shown.year, shown.month, shown.day), pattern)


@lru_cache(maxsize=16)
def _day_format(long_format: str, *, with_year: bool) -> str:
    """A language's own order of day and month, from its long format without weekday (and year), months short.

    QLocale has no such format: "dddd, d 'de' MMMM 'de' yyyy" becomes "d 'de' MMM", "dddd, MMMM d, yyyy" "MMM d".
    """
    unwanted = ["ddd", "dddd"] if with_year else ["ddd", "dddd", "yy", "yyyy"]
    return _without(long_format, unwanted).replace("MMMM", "MMM")


@lru_cache(maxsize=16)
def _full_format(long_format: str) -> str:
    return _without(long_format, ["ddd", "dddd"])


def _without(long_format: str, unwanted: list[str]) -> str:
    fields = re.split(r"(d{3,4}|y{2,4}|M{1,4}|d{1,2}|'[^']*')", long_format)
    kept = [part for part in fields if part]
    for name in unwanted:
        while name in kept:
            _drop(kept, kept.index(name))
    return "".join(kept).strip(" ,،")


def _drop(parts: list[str], at: int) -> None:
    """Take a field out with what joined it to its neighbour: what follows the first field, else what precedes.

    A sign that hugs the number before it ("14日", "14.") belongs to that number and stays.
    """
    if not any(_is_field(part) for part in parts[:at]):
        end = next((i for i in range(at + 1, len(parts)) if _is_field(parts[i])), len(parts))
        del parts[:end]
        return
    following = any(_is_field(part) for part in parts[at + 1 :])
    start = max(i for i in range(at) if _is_field(parts[i])) + 1
    sign = re.match(r"[^\s,،']+", "".join(parts[start:at]))
    if not following and sign:
        parts[start:at] = [sign[0]]
        at, start = start + 1, start + 1
    del parts[start : at + 1 if following else len(parts)]


def _is_field(part: str) -> bool:
    return part[0] in "dMy"


def moment(at: datetime, *, inside: bool = False) -> str:
    """ "Today 09:12", "Yesterday 17:46", "14 Nov 11:30"; only the date where it lies in another year.

    ``inside`` a sentence: "today 09:12".
    """
    words = _day(local(at).date(), inside=inside)
    return words if local(at).year != today().year else f"{words} {clock_time(at)}"


def exact(at: datetime) -> str:
    """Date and time in full, for tooltips."""
    shown = local(at)
    locale = QLocale()
    words = locale.toString(QDate(shown.year, shown.month, shown.day), QLocale.FormatType.LongFormat)
    return f"{words}, {clock_time(at)}"


# -------------------------------------------------------------------- durations


def duration(seconds: float | None) -> str:
    """A length as a timer reads it: "6:24", "1:02:07"; a dash for None. Seconds are cut, as a clock does."""
    if seconds is None:
        return _NONE
    whole = max(0, int(seconds))
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def span(seconds: float) -> str:
    """A rough length in its largest unit: "38 min", "2 h", "6 d"; "under a minute" below one."""
    whole = abs(seconds)
    if whole < 60:
        return _tr("under a minute")
    if whole < 3600:
        return _tr("{0} min").format(int(whole // 60))
    if whole < 86400:
        return _tr("{0} h").format(int(whole // 3600))
    return _tr("{0} d").format(int(whole // 86400))


def relative(at: datetime) -> str:
    """How far off: "in 12 min", "now", "2 h ago"."""
    away = (at - clock.now()).total_seconds()
    if abs(away) < 60:
        return _tr("now")
    return _tr("in {0}").format(span(away)) if away > 0 else _tr("{0} ago").format(span(away))


# ------------------------------------------------------------------ edit fields


def to_edit(at: datetime) -> QDateTime:
    """For a QDateTimeEdit: the wall time of ``at``."""
    shown = local(at)
    return QDateTime(QDate(shown.year, shown.month, shown.day), QTime(shown.hour, shown.minute, shown.second))


def from_edit(value: QDateTime) -> datetime:
    """The moment, in UTC, of a wall time in a QDateTimeEdit; a time that occurs twice is taken as the first."""
    shown, hand = value.date(), value.time()
    wall = datetime(shown.year(), shown.month(), shown.day(), hand.hour(), hand.minute(), hand.second())  # noqa: DTZ001
    return wall.astimezone(UTC)
