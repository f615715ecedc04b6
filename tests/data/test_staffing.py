"""Holidays, aims and the roster: kept by version, in one statement, by those who may."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from agent_desktop.data import audit, changes, staffing
from agent_desktop.data.admin_save import Stale
from agent_desktop.data.db import Database
from agent_desktop.data.errors import Refused
from agent_desktop.data.ids import new_id
from agent_desktop.data.staffing_rows import AimRow, HolidayRow, PlannedRange

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def queue_id(database: Database) -> Any:
    with database.write() as session:
        key = new_id()
        session.execute(
            text("INSERT INTO queue (id, version, name, label, position, sl_threshold_s, sl_target, short_abandon_s, "
                 "wrap_up_s, requires_disposition, active) VALUES (:id, 1, 'q', 'Q', 0, 20, 0.8, 5, 45, true, true)"),
            {"id": key.bytes},
        )  # fmt: skip
    return key


def test_a_plan_is_kept_by_quarter_hour(database: Database, queue_id: Any) -> None:
    with database.write() as session:
        whole = PlannedRange(queue_id, (MONDAY, TUESDAY), 32, 68, 12)
        staffing.plan(session, (whole, PlannedRange(queue_id, (MONDAY,), 48, 52, 8)))  # the later counts
        staffing.plan(session, (PlannedRange(queue_id, (TUESDAY,), 32, 36, None),))
    with database.read() as session:
        monday, tuesday = (staffing.planned(session, queue_id, day) for day in (MONDAY, TUESDAY))
        assert staffing.planned(session, new_id(), MONDAY) == {}
    assert monday == {at: 8 if 48 <= at < 52 else 12 for at in range(32, 68)}
    assert tuesday == dict.fromkeys(range(36, 68), 12)


@pytest.mark.parametrize(
    ("first", "last", "agents", "days"),
    [(4, 4, 1, (MONDAY,)), (-1, 4, 1, (MONDAY,)), (0, 97, 1, (MONDAY,)), (0, 4, -1, (MONDAY,)), (0, 4, 1, ())],
)
def test_what_is_no_plan_is_refused(
    database: Database, queue_id: Any, first: int, last: int, agents: int, days: tuple[date, ...]
) -> None:
    with database.write() as session, pytest.raises(Refused):
        staffing.plan(session, (PlannedRange(queue_id, days, first, last, agents),))


def test_aims_and_holidays_by_their_versions(database: Database, queue_id: Any) -> None:
    with database.write() as session:
        assert staffing.aim(session, queue_id) == AimRow(queue_id)
        staffing.save_aim(session, AimRow(queue_id, shrinkage=0.25))
        stored = staffing.aim(session, queue_id)
        assert (stored.version, stored.shrinkage, stored.patient) == (1, 0.25, True)
        with pytest.raises(Stale):
            staffing.save_aim(session, AimRow(queue_id, shrinkage=0.1))
        with pytest.raises(Refused):
            staffing.save_aim(session, AimRow(queue_id, 1, shrinkage=0.95))
        christmas, other = HolidayRow(date(2026, 12, 25), " Christmas "), HolidayRow(date(2026, 12, 26), "Second")
        assert staffing.save_holidays(session, (other, christmas)) == 2
        assert staffing.save_holidays(session, (christmas, other)) == 0, "nothing in it is new"
        first = staffing.holidays(session)[0]
        assert first == HolidayRow(date(2026, 12, 25), "Christmas", 1)
        assert staffing.save_holidays(session, (HolidayRow(first.day, first.label, 1, active=False),)) == 1
        with pytest.raises(Refused, match="name"):
            staffing.save_holidays(session, (HolidayRow(MONDAY, " "),))
        known = staffing.known(session, queue_id, MONDAY)
    assert [one.active for one in known.holidays] == [False, True]
    assert known.may_change
    with database.read() as session:
        edits = session.execute(text("SELECT table_name, action, row_id FROM audit ORDER BY id")).all()
        assert ("holiday", "update", "2026-12-25") in [tuple(edit) for edit in edits]
        assert {edit.table_name for edit in edits} >= {"holiday", "staffing_aim"}
        told, _ = changes.since(session, 0)
    assert told.staffing


def test_a_plan_stands_in_the_audit_once_a_day(database: Database, queue_id: Any) -> None:
    with database.write() as session:
        staffing.plan(session, (PlannedRange(queue_id, (MONDAY, TUESDAY), 32, 34, 4),))
        staffing.plan(session, (PlannedRange(queue_id, (MONDAY,), 33, 35, 5),))
        staffing.plan(session, (PlannedRange(queue_id, (MONDAY,), 33, 35, 5),))  # says nothing new
        edits = audit.entries(session, table="planned_agents")
    newest = edits[0]
    assert (newest.row_id, newest.before, newest.after) == (
        f"{queue_id} {MONDAY}", {"33": 4, "34": None}, {"33": 5, "34": 5},
    )  # fmt: skip
    assert {edit.row_id for edit in edits[1:]} == {f"{queue_id} {MONDAY}", f"{queue_id} {TUESDAY}"}
    assert len(edits) == 3
