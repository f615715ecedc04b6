"""Shifts in files: what is written is read again, and a calendar has an event for each."""

from datetime import date
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from agent_desktop.core.shifts import shift_files, shift_text
from agent_desktop.core.shifts.shift_draft import Key, Parts
from agent_desktop.data.centre_rows import AgentRow

WARSAW = ZoneInfo("Europe/Warsaw")
ANN, BEN = AgentRow(UUID(int=1), "Ann, the first " + "é" * 60, "ann"), AgentRow(UUID(int=2), "Ben", "ben")
SHIFTS: dict[Key, Parts] = {
    (ANN.id, date(2026, 10, 23)): shift_text.read("22-6 2:15-2:45"),
    (ANN.id, date(2026, 10, 26)): shift_text.read("9-12 13-17"),
    (BEN.id, date(2026, 10, 24)): shift_text.read("22-6"),  # an hour longer than it looks
    (BEN.id, date(2026, 10, 26)): shift_text.read("8-16 12-12:30"),
    (BEN.id, date(2026, 10, 27)): (),
}


def test_a_list_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "week.csv"
    shift_files.table("Week", SHIFTS, (ANN, BEN), WARSAW).write(path)
    assert shift_files.read(path, (ANN, BEN), WARSAW) == ({key: parts for key, parts in SHIFTS.items() if parts}, ())
    found, strangers = shift_files.read(path, (BEN,), WARSAW)
    assert ({key[0] for key in found}, strangers) == ({BEN.id}, ("ann",))


def test_a_calendar_of_them(tmp_path: Path) -> None:
    path = tmp_path / "week.ics"
    shift_files.write_calendar(path, SHIFTS, (ANN, BEN), WARSAW)
    raw = path.read_bytes()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    text = raw.decode().replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == 5
    assert "DTSTART:20261024T200000Z\r\nDTEND:20261025T050000Z" in text, "the night in which the clock is changed"
    assert "SUMMARY:Ann\\, the first " + "é" * 60 in text
    assert "DESCRIPTION:12:00–12:30" in text
