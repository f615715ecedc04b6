"""Holidays out of a calendar's file (.ics) or a list of days and names (.csv). No Qt.

Of a calendar (RFC 5545) whole days are taken, those that come back every year for some years; other rules of
repetition are not followed, and such a day counts once.
"""

import csv
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from agent_desktop.data.exchange.entry import FileTrouble

YEARS_AROUND = 3  # for which a yearly day is entered, before and after this one
_MOST_BYTES = 5_000_000
_MOST_DAYS = 366  # of one entry
_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T|$)")
_ESCAPED = re.compile(r"\\([\\;,nN])")


def read(path: Path, this_year: int) -> list[tuple[date, str]]:
    """Day and name, by day, the first name of a day. Raises FileTrouble when there is no day in it, OSError."""
    if path.stat().st_size > _MOST_BYTES:
        raise FileTrouble(f"“{path.name}” is too large for a list of holidays.")
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_text("latin-1")
    found: dict[date, str] = {}
    for day, name in _calendar(text, this_year) if "BEGIN:VCALENDAR" in text else _list(text):
        found.setdefault(day, name)
    if not found:
        raise FileTrouble(f"There is no day with a name in “{path.name}”.")
    return sorted(found.items())


def _list(text: str) -> Iterator[tuple[date, str]]:
    """Lines whose first cell is a day as 2026-12-25 and whose second is its name; others are passed over."""
    dialect = ";" if text.split("\n", 1)[0].count(";") else ","
    for cells in csv.reader(text.splitlines(), delimiter=dialect):
        try:
            day = date.fromisoformat(cells[0].strip())
        except (ValueError, IndexError):
            continue
        name = cells[1].strip() if len(cells) > 1 else ""
        if name:
            yield day, name


def _calendar(text: str, this_year: int) -> Iterator[tuple[date, str]]:
    lines = re.sub(r"\r?\n[ \t]", "", text).splitlines()
    entry: dict[str, str] | None = None
    for line in lines:
        name, _, value = line.partition(":")
        key = name.partition(";")[0].upper()
        if line.upper() == "BEGIN:VEVENT":
            entry = {}
        elif line.upper() == "END:VEVENT" and entry is not None:
            yield from _days(entry, this_year)
            entry = None
        elif entry is not None and key not in entry:
            entry[key] = value.strip()


def _days(entry: dict[str, str], this_year: int) -> Iterator[tuple[date, str]]:
    first, end = _day(entry.get("DTSTART", "")), _day(entry.get("DTEND", ""))
    name = _ESCAPED.sub(lambda match: " " if match[1] in "nN" else match[1], entry.get("SUMMARY", "")).strip()
    if first is None or not name:
        return
    length = min(_MOST_DAYS, max(1, (end - first).days)) if end is not None else 1
    years = [first.year]
    if "FREQ=YEARLY" in entry.get("RRULE", "").upper():
        years = [year for year in range(this_year - YEARS_AROUND, this_year + YEARS_AROUND + 1) if year >= first.year]
    for year in years:
        try:
            begins = first.replace(year=year)
        except ValueError:  # 29 February
            continue
        for number in range(length):
            yield begins + timedelta(days=number), name


def _day(value: str) -> date | None:
    found = _DAY.match(value)
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None
