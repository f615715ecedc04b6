"""What people type for a callback's time, and how a due time is said; at 14:32 on Saturday 21 November 2026."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from agent_desktop.ui import due_time
from tests.support import callers, screen


@pytest.fixture(autouse=True)
def _afternoon() -> Iterator[None]:
    with screen.afternoon():
        yield


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("17:30", "Sat 21 Nov 2026 17:30"),
        ("9:00", "Sun 22 Nov 2026 09:00"),
        ("Tomorrow 17:30", "Sun 22 Nov 2026 17:30"),
        ("tomorrow", "Sun 22 Nov 2026 09:00"),
        ("tue 9", "Tue 24 Nov 2026 09:00"),
        ("next tuesday at 5pm", "Tue 24 Nov 2026 17:00"),
        ("Sat 10", "Sat 28 Nov 2026 10:00"),
        ("in 2 h", "Sat 21 Nov 2026 16:32"),
        ("+30", "Sat 21 Nov 2026 15:02"),
        ("in 2 weeks", "Sat 05 Dec 2026 14:32"),
        ("25.11. 17:30", "Wed 25 Nov 2026 17:30"),
        ("25 Nov", "Wed 25 Nov 2026 09:00"),
        ("Tue 24 Nov 17:30", "Tue 24 Nov 2026 17:30"),
        ("nov 25, 17:30", "Wed 25 Nov 2026 17:30"),
        ("2026-11-25 8:15", "Wed 25 Nov 2026 08:15"),
        ("3 Jan", "Sun 03 Jan 2027 09:00"),
        ("1.12.27 9:00", "Wed 01 Dec 2027 09:00"),
    ],
)
def test_understood(typed: str, meant: str) -> None:
    moment = due_time.parse(typed)
    assert moment is not None
    assert moment.astimezone().strftime("%a %d %b %Y %H:%M") == meant


@pytest.mark.parametrize(
    "typed", ["", "sometime", "9", "31.2.", "today 9:00", "tomorrow 25:00", "21 Nov 2020", "in 2 x"]
)
def test_not_understood_or_past(typed: str) -> None:
    assert due_time.parse(typed) is None


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-90, ("overdue 1 h", "bad")),
        (0.2, ("due now", "warn")),
        (12, ("due in 12 min", "warn")),
        (40, ("due in 40 min", "")),
        (120, ("Today 16:32", "")),
    ],
)
def test_due_words(minutes: float, words: tuple[str, str]) -> None:
    assert due_time.words(callers.NOW + timedelta(minutes=minutes, seconds=1)) == words


def test_an_appointment_names_its_weekday() -> None:
    assert due_time.appointment(callers.NOW + timedelta(days=3)) == "Tue · 24 Nov 14:32"
