"""Shifts: a person's day by its version, all or nothing, with what was before in the audit."""

from datetime import date, timedelta

import pytest

from agent_desktop.data import audit, changes, shifts
from agent_desktop.data.admin_save import Stale
from agent_desktop.data.errors import Refused
from agent_desktop.data.staffing_rows import ShiftPart, ShiftRow
from tests.data.conftest import Desk

MONDAY = date(2026, 11, 23)
EARLY = (ShiftPart(360, 600), ShiftPart(600, 630, "break"), ShiftPart(630, 840))
NIGHT = (ShiftPart(1320, 1800),)


def test_a_day_is_kept_by_its_version_and_audited(dana: Desk) -> None:
    who = dana.agent_id
    with dana.database.write() as session:
        _, cursor = changes.since(session, None)
        assert shifts.save(session, [ShiftRow(who, MONDAY, 0, EARLY), ShiftRow(who, MONDAY + timedelta(1))]) == 1
        stored = shifts.shifts(session, MONDAY, MONDAY + timedelta(6), [who])
        assert stored == (ShiftRow(who, MONDAY, 1, EARLY),)
        assert shifts.save(session, stored) == 0, "the same stays"
        assert shifts.save(session, [ShiftRow(who, MONDAY, 1, NIGHT)]) == 1
        told, _ = changes.since(session, cursor)
        assert told.staffing
        newest, first = audit.entries(session, table="planned_shift")
        assert (newest.row_id, newest.action) == (f"{who} {MONDAY}", "update")
        assert newest.before == {"parts": [[360, 600, "work"], [600, 630, "break"], [630, 840, "work"]]}
        assert newest.after == {"parts": [[1320, 1800, "work"]]}
        assert first.before is None
    with pytest.raises(Stale), dana.database.write() as session:
        shifts.save(session, [ShiftRow(who, MONDAY + timedelta(3), 0, EARLY), ShiftRow(who, MONDAY, 1, EARLY)])
    with dana.database.read() as session:
        assert [row.day for row in shifts.shifts(session, MONDAY, MONDAY + timedelta(6))] == [MONDAY], "all or nothing"


@pytest.mark.parametrize(
    "parts",
    [
        (ShiftPart(600, 600),),
        (ShiftPart(1440, 1500),),
        (ShiftPart(0, 2881),),
        (ShiftPart(0, 60), ShiftPart(30, 90, "break")),
        (ShiftPart(0, 60, "party"),),
    ],
)
def test_what_is_no_shift_is_refused(dana: Desk, parts: tuple[ShiftPart, ...]) -> None:
    with dana.database.write() as session, pytest.raises(Refused):
        shifts.save(session, [ShiftRow(dana.agent_id, MONDAY, 0, parts)])


def test_a_night_ends_before_the_next_shift(dana: Desk) -> None:
    tuesday = ShiftRow(dana.agent_id, MONDAY + timedelta(1), 0, EARLY)
    with dana.database.write() as session:
        shifts.save(session, [tuesday])
    night = (ShiftPart(1320, 1800),)  # until six, when the early shift begins
    with dana.database.write() as session:
        assert shifts.save(session, [ShiftRow(dana.agent_id, MONDAY, 0, night)]) == 1
    with dana.database.write() as session, pytest.raises(Refused, match="2026-11-23"):
        shifts.save(session, [ShiftRow(dana.agent_id, MONDAY, 1, (ShiftPart(1320, 1801),))])
