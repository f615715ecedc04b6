"""When something is due: the words for it, and the moment meant by what somebody types ("tomorrow 17:30")."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QLocale

from agent_desktop import clock
from agent_desktop.ui import dates

DUE_SOON = timedelta(minutes=15)  # a callback is amber from here on, red once its time has passed
_START_OF_DAY = time(9, 0)  # what "tomorrow" or "Tuesday" means without a time


def _tr(text: str) -> str:
    return QCoreApplication.translate("due_time", text)


def words(due_at: datetime) -> tuple[str, str]:
    """Words for a promised time and their tone: empty, warn (within 15 minutes) or bad (passed)."""
    left = due_at - clock.now()
    if left < timedelta(minutes=-1):
        return _tr("overdue {0}").format(dates.span(left.total_seconds())), "bad"
    if left < timedelta(minutes=1):
        return _tr("due now"), "warn" if left > timedelta() else "bad"
    if left < timedelta(hours=1):
        return _tr("due in {0} min").format(round(left / timedelta(minutes=1))), "warn" if left <= DUE_SOON else ""
    return dates.moment(due_at), ""


def appointment(moment: datetime) -> str:
    """``Tue · 25 Nov 17:30``: with the weekday, so that a wrong day is noticed."""
    local = dates.local(moment)
    name = QLocale().standaloneDayName(local.isoweekday(), QLocale.FormatType.ShortFormat)
    return f"{name} · {dates.day(moment)} {dates.clock_time(moment)}"


def parse(typed: str, now: datetime | None = None) -> datetime | None:
    """The moment meant by ``17:30``, ``tomorrow``, ``tue 9``, ``in 2 h``, ``25.11. 17:30``, ``25 Nov``; else None.

    Local words and the locale's own short format are understood. Always in the future; aware, in local time.
    """
    present = (now or clock.now()).astimezone().replace(second=0, microsecond=0)
    text = " ".join(typed.casefold().replace(",", " ").split())
    if not text:
        return None
    if (span := _span(text)) is not None:
        return present + span
    at, rest = _take_time(text)
    if not rest:
        return _next(present, at) if at is not None else None
    on = _day_meant(rest, present.date())
    if on is None:
        return None
    moment = datetime.combine(on, at or _START_OF_DAY).astimezone()
    return moment if moment > present else None


def _span(text: str) -> timedelta | None:
    units = {
        "min": "minutes", "m": "minutes", "minutes": "minutes", "minute": "minutes", _tr("min").casefold(): "minutes",
        "h": "hours", "hour": "hours", "hours": "hours", _tr("h").casefold(): "hours",
        "d": "days", "day": "days", "days": "days", _tr("d").casefold(): "days",
        "w": "weeks", "week": "weeks", "weeks": "weeks",
    }  # fmt: skip
    found = re.fullmatch(rf"(?:{re.escape(_tr('in').casefold())}|in|\+)\s*(\d{{1,4}})\s*([^\W\d_]+)?", text)
    if found is None:
        return None
    unit = units.get(found[2] or "min")
    return timedelta(**{unit: int(found[1])}) if unit else None


_TIME = re.compile(
    r"(?:^|\s)(?:at\s+|um\s+|o\s+|@\s*)?(?:(\d{1,2})[:.h](\d{2})|(\d{1,2}))\s*([ap])?\.?(?:m\.?)?(?:\s*uhr)?$"
)


def _take_time(text: str) -> tuple[time | None, str]:
    """A time at the end of ``text``, and what stands before it; a bare number counts after a day's name only."""
    found = _TIME.search(text)
    if found is None:
        return None, text
    rest = text[: found.start()].strip()
    bare = found[3] is not None and found[4] is None
    if bare and (not rest or not rest[-1].isalpha() or rest in _months()):
        return None, text
    hour, minute = int(found[1] or found[3]), int(found[2] or 0)
    if found[4] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if found[4] == "p" else 0)
    return (time(hour, minute), rest) if hour < 24 and minute < 60 else (None, text)


def _next(present: datetime, at: time) -> datetime:
    today = datetime.combine(present.date(), at).astimezone()
    return today if today > present else datetime.combine(present.date() + timedelta(days=1), at).astimezone()


def _day_meant(text: str, today: date) -> date | None:
    if text in ("today", QCoreApplication.translate("dates", "Today").casefold()):
        return today
    if text in ("tomorrow", "tom", "tmr", QCoreApplication.translate("dates", "Tomorrow").casefold()):
        return today + timedelta(days=1)
    name = re.sub(r"^(next|on)\s+", "", text).rstrip(".")
    if name in _weekdays():
        return today + timedelta(days=(_weekdays()[name] - today.isoweekday() - 1) % 7 + 1)
    return _date_meant(re.sub(r"^[^\W\d_]+\.?\s+(?=\d)", "", text) if text.split()[0] in _weekdays() else text, today)


def _date_meant(text: str, today: date) -> date | None:
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./]?(?:\s*(\d{2}|\d{4}))?", text):
        first, second = int(found[1]), int(found[2])
        month_first = re.sub(r"[^dM]", "", QLocale().dateFormat(QLocale.FormatType.ShortFormat)).startswith("M")
        number, month = (second, first) if month_first and "/" in text else (first, second)
        return _with_year(number, month, found[3], today)
    found = re.fullmatch(r"(\d{1,2})\.?\s*([^\W\d_]+)\.?(?:\s+(\d{2}|\d{4}))?", text)
    turned = re.fullmatch(r"([^\W\d_]+)\.?\s+(\d{1,2})\.?(?:\s+(\d{4}))?", text)
    if found and found[2] in _months():
        return _with_year(int(found[1]), _months()[found[2]], found[3], today)
    if turned and turned[1] in _months():
        return _with_year(int(turned[2]), _months()[turned[1]], turned[3], today)
    return None


def _with_year(number: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, number)
    this = _date(today.year, month, number)
    return this if this is not None and this >= today else _date(today.year + 1, month, number)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _weekdays() -> dict[str, int]:
    return _names(QLocale().name())[0]


def _months() -> dict[str, int]:
    return _names(QLocale().name())[1]


@lru_cache(maxsize=8)
def _names(locale: str) -> tuple[dict[str, int], dict[str, int]]:
    """Names of weekdays and months, long and short, in English and the user's language, to their numbers."""
    days: dict[str, int] = {}
    months: dict[str, int] = {}
    for language in (QLocale.c(), QLocale()):
        for form in (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat):
            for number in range(1, 13):
                for name in (language.monthName(number, form), language.standaloneMonthName(number, form)):
                    months[name.casefold().rstrip(".")] = number
                if number <= 7:
                    days[language.standaloneDayName(number, form).casefold().rstrip(".")] = number
    return days, months
