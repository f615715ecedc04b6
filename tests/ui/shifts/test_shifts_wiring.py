"""Shifts in their window: written by keyboard, copied, taken back, stored, and read by somebody else's eyes."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from agent_desktop.core.shifts import shift_text
from agent_desktop.core.shifts.shift_draft import Key
from agent_desktop.data import shifts
from agent_desktop.data.staffing_rows import ShiftRow
from agent_desktop.ui.shifts.shift_grid import FIRST_DAY
from agent_desktop.ui.shifts.shifts_view import ShiftsView
from agent_desktop.ui.staffing_page import SHIFTS
from tests.support import ui_audit
from tests.support.window import WindowBench

pytestmark = pytest.mark.usefixtures("qapp")
_CTRL = Qt.KeyboardModifier.ControlModifier


class Desk(WindowBench):
    """At the shifts of all teams."""

    def begin(self) -> None:
        super().begin()
        self.until(lambda: bool(self.core and self.core.live.board.queues), "the centre is known")
        self.window.action("staffing").trigger()
        wiring = self.window.staffing_wiring
        assert wiring.page is not None
        wiring.page.view.choose(SHIFTS)
        assert wiring.shifts is not None
        self.wiring = wiring.shifts
        self.view: ShiftsView = self.wiring.view
        self.view.team.choose("")
        self.until(lambda: self.view.grid.shifts.editable and len(self.view.grid.shifts.people) > 2, "people")

    def type(self, text: str) -> None:
        """Into the current cell, from its first key on."""
        grid = self.view.grid
        QTest.keyClick(grid, text[0])
        editor = grid.findChildren(QLineEdit)[-1]  # one that is done with goes a moment later
        QTest.keyClicks(editor, text[1:])
        QTest.keyClick(editor, Qt.Key.Key_Return)
        self.until(lambda: grid.state() != grid.State.EditingState, "it is read")

    def select(self, row: int, day: int, rows: int = 1, days: int = 1) -> None:
        grid = self.view.grid
        first = grid.shifts.index(row, FIRST_DAY + day)
        grid.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        for down in range(rows):
            for across in range(days):
                index = grid.shifts.index(row + down, FIRST_DAY + day + across)
                grid.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)

    def key(self, row: int, day: int) -> Key:
        assert self.view.monday is not None
        return self.view.grid.shifts.people[row].id, self.view.monday + timedelta(days=day)

    def text(self, row: int, day: int) -> str:
        return shift_text.write(self.view.draft.parts(self.key(row, day)))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "desk")
    made.begin()
    yield made
    made.end()


def test_a_week_is_planned_by_keyboard_and_kept(desk: Desk, tmp_path: Path) -> None:
    view, grid = desk.view, desk.view.grid
    grid.setFocus()
    desk.select(0, 0)
    desk.type("9-17 12-12:30")
    assert desk.text(0, 0) == "09:00–17:00 (12:00–12:30)"
    desk.type("9-17 nonsense")
    assert desk.text(0, 0) == "09:00–17:00 (12:00–12:30)", "what is no shift changes nothing"
    assert "nonsense" in view.said.text()
    QTest.keyClick(grid, Qt.Key.Key_C, _CTRL)
    desk.select(0, 0, rows=2, days=5)
    QTest.keyClick(grid, Qt.Key.Key_V, _CTRL)
    assert desk.text(1, 4) == desk.text(0, 0)
    assert len(view.draft.changes()) == 10
    desk.select(1, 4)
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    assert desk.text(1, 4) == ""
    QTest.keyClick(grid, Qt.Key.Key_Z, _CTRL)
    assert desk.text(1, 4) != ""
    QTest.keyClick(grid, Qt.Key.Key_Y, _CTRL)
    assert grid.shifts.minutes(0) == 5 * 450
    assert ui_audit.everything(view) == []
    QTest.keyClick(grid, Qt.Key.Key_S, _CTRL)
    desk.until(lambda: not view.draft.changes(), "stored")
    assert desk.rows("SELECT count(*) FROM planned_shift") == [(9,)]
    assert desk.rows("SELECT count(*) FROM audit WHERE table_name = 'planned_shift'") == [(9,)]
    view.copy_week.click()
    desk.until(lambda: desk.text(0, 0) == "09:00–17:00 (12:00–12:30)", "the next week")
    assert len(view.draft.changes()) == 9

    desk.wiring.export(tmp_path / "week.csv")
    desk.until((tmp_path / "week.csv").exists, "a list")
    desk.wiring.export(tmp_path / "week.ics")
    desk.until((tmp_path / "week.ics").exists, "a calendar")
    view.discard.click()
    assert not view.draft.changes()
    desk.wiring.bring(tmp_path / "week.csv")
    desk.until(lambda: len(view.draft.changes()) == 9, "read again")
    QTest.keyClick(grid, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert desk.key(0, 0)[1] + timedelta(days=7) in {row.day for row in view.draft.changes()}, "weeks are kept apart"


def test_two_who_plan_one_day(desk: Desk) -> None:
    view = desk.view
    assert desk.core is not None
    database = desk.core.store._database
    assert database is not None
    who, day = desk.key(0, 2)
    view.grid.put({(who, day): shift_text.read("8-16")})
    with database.write() as session:
        shifts.save(session, [ShiftRow(who, day, 0, shift_text.read("6-14"))])
    view.save.click()
    desk.until(lambda: "Somebody else" in view.said.text(), "told")
    desk.until(lambda: [row.version for row in view.draft.changes()] == [1], "theirs is known, ours still there")
    view.save.click()
    desk.until(lambda: not view.draft.changes(), "said once more it counts")
    view.grid.undo()
    assert desk.text(0, 2) == "", "the way back goes past what was stored"
