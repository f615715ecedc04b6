"""Holidays out of files."""

from datetime import date
from pathlib import Path

import pytest

from agent_desktop.core.holiday_file import read
from agent_desktop.data.exchange.entry import FileTrouble

CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
BEGIN:VEVENT\r
DTSTART;VALUE=DATE:20200501\r
SUMMARY:Święto Pracy\\, wolne\r
RRULE:FREQ=YEARLY\r
END:VEVENT\r
BEGIN:VEVENT\r
DTSTART;VALUE=DATE:20261224\r
DTEND;VALUE=DATE:20261227\r
SUMMARY:Christ\r
 mas\r
END:VEVENT\r
BEGIN:VEVENT\r
DTSTART:20261311\r
SUMMARY:no day\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_a_calendar(tmp_path: Path) -> None:
    file = tmp_path / "days.ics"
    file.write_text(CALENDAR, newline="")
    found = read(file, 2026)
    assert [day for day, name in found if name == "Święto Pracy, wolne"] == [date(y, 5, 1) for y in range(2023, 2030)]
    assert [day for day, name in found if name == "Christmas"] == [date(2026, 12, d) for d in (24, 25, 26)]
    assert len(found) == 10


def test_a_list(tmp_path: Path) -> None:
    file = tmp_path / "days.csv"
    file.write_text("Day;Name\n2026-12-25;Christmas\n2026-12-26;\nnever;x\n2026-12-25;Twice\n", "utf-8-sig")
    assert read(file, 2026) == [(date(2026, 12, 25), "Christmas")]


def test_what_is_none(tmp_path: Path) -> None:
    file = tmp_path / "days.txt"
    file.write_bytes(b"\xff\xfe nothing")
    with pytest.raises(FileTrouble, match="no day"):
        read(file, 2026)
    with pytest.raises(OSError, match="No such file"):
        read(tmp_path / "none.csv", 2026)
