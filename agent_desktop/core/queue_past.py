"""A queue's past for forecasts, read in pieces, so that the reading can be watched, spread and stopped."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from agent_desktop import data
from agent_desktop.core.intervals import INTERVAL, SiteDay
from agent_desktop.core.staff_plan import History
from agent_desktop.data.tally_rows import Group

PIECE_DAYS = 91
PAST_DAYS = 762  # two years and the weeks around the same day two years ago

Piece = tuple[date, date]  # from the first day to before the last


def pieces(today: date) -> list[Piece]:
    """All of the past before ``today``, the newest first."""
    first, last = today - timedelta(days=PAST_DAYS), today
    found = []
    while last > first:
        found.append((max(last - timedelta(days=PIECE_DAYS), first), last))
        last = found[-1][0]
    return found


def add(session: Any, history: History, queue_id: UUID, piece: Piece) -> None:
    """Read one piece into a history: 20 ms where two years are summed up."""
    start, end = (SiteDay(day, history.zone).start for day in piece)
    moments = [start + number * INTERVAL for number in range((end - start) // INTERVAL + 1)]
    found = data.rollups.tallies(session, moments, Group.QUEUE, queue_ids=(queue_id,))
    history.add((cell.starts_at, cell.tally) for cell in found)
