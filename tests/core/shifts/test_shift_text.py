"""Shifts as they are written: read, and written so that they are read again."""

import pytest

from agent_desktop.core.shifts import shift_text
from agent_desktop.core.shifts.shift_text import BadShift
from agent_desktop.data.staffing_rows import ShiftPart


@pytest.mark.parametrize(
    ("text", "parts", "written"),
    [
        ("", [], ""),
        (" - ", [], ""),
        ("9-17", [(540, 1020)], "09:00–17:00"),
        ("9-17 12-12:30", [(540, 720), (720, 750, "break"), (750, 1020)], "09:00–17:00 (12:00–12:30)"),
        ("0900 – 17.30, (12-13)", [(540, 720), (720, 780, "break"), (780, 1050)], "09:00–17:30 (12:00–13:00)"),
        ("9-12 14-18", [(540, 720), (840, 1080)], "09:00–12:00, 14:00–18:00"),
        ("22-6 2-2:30", [(1320, 1560), (1560, 1590, "break"), (1590, 1800)], "22:00–06:00 (02:00–02:30)"),
        ("16-24", [(960, 1440)], "16:00–24:00"),
        ("9-17 9-9:15 16:45-17", [(540, 555, "break"), (555, 1005), (1005, 1020, "break")],
         "09:00–17:00 (09:00–09:15) (16:45–17:00)"),
    ],
)  # fmt: skip
def test_what_is_written_is_read(text: str, parts: list[tuple[int, int]], written: str) -> None:
    found = shift_text.read(text)
    assert found == tuple(ShiftPart(*part) for part in parts)
    assert shift_text.write(found) == written
    assert shift_text.read(written) == found


@pytest.mark.parametrize("text", ["early", "9-25", "9:60-10", "9-17 16-18", "9-17 12-13 12:30-14", "24-25", "9-17 x"])
def test_what_is_no_shift_is_told(text: str) -> None:
    with pytest.raises(BadShift):
        shift_text.read(text)
