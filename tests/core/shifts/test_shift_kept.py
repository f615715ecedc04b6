"""Kept to the plan: by the clock on the wall, through a night in which it is changed, and only who has a plan."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from agent_desktop.core import shift_plan
from agent_desktop.core.shifts import shift_kept, shift_text
from agent_desktop.data import agents, schema, shifts
from agent_desktop.data.db import Database
from agent_desktop.data.models import PresenceSpan
from agent_desktop.data.staffing_rows import ShiftRow
from agent_desktop.data.words import Presence

WARSAW = ZoneInfo("Europe/Warsaw")
CHANGED = date(2026, 10, 25)  # at three it is two once more


def test_a_night_has_the_hours_that_it_has() -> None:
    ann = UUID(int=1)
    rows = [ShiftRow(ann, CHANGED - timedelta(days=1), 0, shift_text.read("22-6 2-3"))]
    start, end = (datetime(2026, 10, day, tzinfo=UTC) for day in (24, 26))
    spans = shift_kept.spans(rows, WARSAW, start, end)[ann]
    assert sum(((span.end - span.start) for span in spans), timedelta()) == timedelta(hours=9)
    cut = shift_kept.spans(rows, WARSAW, spans[-1].start, end)[ann]
    assert cut == spans[-1:], "what lies before is cut off"


def test_fifteen_minutes_late_and_longer(tmp_path: Path) -> None:
    """metrics.md: 75 % adherence, 100 % conformance."""
    schema.init(tmp_path / "centre.db", time_zone="Europe/Warsaw")
    database = Database.open(tmp_path / "centre.db")
    nine = datetime(2026, 11, 23, 8, tzinfo=UTC)  # in Warsaw
    with database.write() as session:
        dana, jonas = (agents.create_agent(session, name, name) for name in ("dana", "jonas"))
        shifts.save(session, [ShiftRow(dana.id, date(2026, 11, 23), 0, shift_text.read("9-10"))])
        lived = ((15, Presence.READY), (20, Presence.TALKING), (30, Presence.WRAP_UP), (75, Presence.OFFLINE))
        for minutes, presence in lived:
            at = nine + timedelta(minutes=minutes)
            for who in (dana.id, jonas.id):
                session.add(PresenceSpan(agent_id=who, since=at, presence=presence.value, reason="", source="test"))
        session.flush()
        start = nine - timedelta(hours=9)
        found = shift_kept.times(session, start, nine + timedelta(hours=15), WARSAW)
        half = shift_kept.times(session, start, nine + timedelta(minutes=30), WARSAW)
        ten = nine + timedelta(hours=1)
        plan = shift_kept.last_days(session, WARSAW, ten)
        assert [one.adherence.text() for one in shift_plan.kept(session, plan, WARSAW, ten)] == ["75%"]
    database.close()
    assert list(found) == [dana.id], "nobody else has a plan"
    time = found[dana.id]
    assert (time.kept_us / time.planned_us, time.worked_us / time.down_us) == (0.75, 1.0)
    assert half[dana.id].kept_us * 2 == half[dana.id].planned_us, "only what is over counts"
