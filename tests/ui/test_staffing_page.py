"""Staffing on the screen: sliders, the table beside them, a day ahead, the cards; and that it all fits."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop.core.staff_plan import Aims, History, Wanted, plan
from agent_desktop.core.staffing import measure, projections
from agent_desktop.core.staffing_desk import Now
from agent_desktop.data.centre_rows import QueueRow
from agent_desktop.data.staffing_rows import AimRow, HolidayRow, StaffingKnown
from agent_desktop.ui import theme
from agent_desktop.ui.staffing_holidays import HolidaysCard
from agent_desktop.ui.staffing_page import DAY, StaffingPage
from agent_desktop.ui.staffing_roster import RosterCard
from tests.core.test_staff_plan import TODAY, WARSAW, cells
from tests.support import ui_audit
from tests.support.board_day import BoardDay
from tests.support.screen import settle

Shown = Callable[..., QWidget]
LONG = "Retention and everything else that nobody wants to answer, second line, all sites together"


@pytest.fixture
def day() -> BoardDay:
    return BoardDay(5, 40).fill(900)


def worked_out(day: BoardDay, page: StaffingPage) -> Now:
    measured, change = measure(day.board, day.queues[1]), page.now.change()
    return Now(measured, change, projections(measured, change))


def made(shown: Shown, day: BoardDay, width: int = 1220, height: int = 592) -> StaffingPage:
    page = StaffingPage()
    rows = day.board.rows()[0]
    page.set_queues([replace(row, label=LONG) if row.id == day.queues[1] else row for row in rows])
    page.choose(day.queues[1])
    shown(page, width, height)
    page.now.set(worked_out(day, page))
    return page


def planned(page: StaffingPage, days: int = 60, roster: int = 9) -> None:
    history = History(WARSAW)
    history.add(cells(days))
    tomorrow = TODAY + timedelta(days=1)
    page.day.set_today(TODAY)
    page.day.set_queue(LONG, 20, 0.8)
    page.day.set_known(StaffingKnown(AimRow(BoardDay(1, 1).queues[0]), (), {}, may_change=True))
    page.day.set_plan(plan(history, Wanted(tomorrow, TODAY, 2, Aims(), {}, dict.fromkeys(range(36, 48), roster))))


def test_a_slider_says_what_it_would_be(shown: Shown, day: BoardDay) -> None:
    page = made(shown, day)
    now = page.now
    wanted = QSignalSpy(now.change_wanted)
    before = now.level.accessibleName()
    now.agents.slider.setFocus()
    for _ in range(4):
        QTest.keyClick(now.agents.slider, Qt.Key.Key_Left)
    assert now.agents.value() == -4
    assert now.agents.value_text.text() == "8 → 4"
    assert wanted.at(wanted.count() - 1)[0].agents == -4
    assert now.level.accessibleName() != before
    found = worked_out(day, page).with_agents(-4)
    assert found is not None
    assert now.table.chosen() == found
    assert "with 8 agents" in now.level.below.text()
    assert "÷" in now.level.accessibleDescription()
    assert "answered within 20 s ÷ (answered + abandoned)" in now.note.text()
    QTest.keyClick(now.calls.slider, Qt.Key.Key_Right)
    assert now.change().calls == pytest.approx(1.05)
    assert "(+5 %)" in now.calls.value_text.text()
    now.as_measured.click()
    assert now.change().agents == 0
    assert now.change().calls == 1.0


def test_the_table_moves_the_slider(shown: Shown, day: BoardDay) -> None:
    page = made(shown, day)
    page.now.table.setFocus()
    page.now.table.choose(2)
    assert page.now.agents.value() == 2
    QTest.keyClick(page.now.table, Qt.Key.Key_Down)
    assert page.now.agents.value() == 3


def test_with_too_little_it_says_what_is_missing(shown: Shown) -> None:
    page = made(shown, BoardDay(5, 40))
    assert page.now.level.value.text() == "–"
    assert "0 in the last" in page.now.note.text()
    assert not page.now.calls.slider.isEnabled()
    assert page.now.table.rows_model.rows == ()
    empty = StaffingPage()
    shown(empty, 1220, 592)
    assert empty._states.shown() == "message"


def test_a_day_ahead_explains_itself(shown: Shown, day: BoardDay) -> None:
    page = made(shown, day)
    page.view.choose(DAY)
    planned(page)
    rows = page.day.table.rows_model.rows
    assert [row.label for row in rows][:2] == ["09:00", "09:30"]
    assert page.day.summary.text().startswith("180 calls expected")
    assert "Past error, 2 days ahead" in page.day.error.text()
    assert "Erlang C" in page.day.summary.toolTip()
    assert page.day.table.rows_model.columns[7].text(rows[0]) == f"{9 - (rows[0].rostered or 0):+d}"
    assert "erlangs" in page.day.chart.explain_at(36.5)
    assert "09:00: " in page.day.chart.accessibleDescription()
    file = page.day.file()
    assert len(file.rows) == len(rows)
    assert any("Formula" in line for line in file.about)


def test_days_are_turned_and_aims_told_once(shown: Shown, day: BoardDay, qtbot) -> None:
    page = made(shown, day)
    page.view.choose(DAY)
    planned(page)
    asked, told = QSignalSpy(page.day.day_wanted), QSignalSpy(page.day.aim_changed)
    page.day.after.click()
    assert asked.at(0)[0] == TODAY + timedelta(days=2)
    page.day.grain.choose(2)
    assert asked.at(1)[1] == 4
    with qtbot.waitSignal(page.day.aim_changed):
        page.day.shrinkage.setValue(25)
        page.day.hang_up.setChecked(True)
    assert told.count() == 1
    assert told.at(0)[0].shrinkage == 0.25
    assert told.at(0)[0].patient is False
    for _ in range(40):
        page.day.after.click()
    assert page.day.wanted()[0] == TODAY + timedelta(days=28)


@pytest.mark.parametrize("days", [0, 7])
def test_a_short_past(shown: Shown, day: BoardDay, days: int) -> None:
    page = made(shown, day)
    page.view.choose(DAY)
    planned(page, days, roster=9 if days else 0)
    assert "not known" in page.day.error.text()
    assert page.day.export.isEnabled() == bool(days)
    page.day.set_progress(0.4)
    assert page.day.cancel.isVisible()
    assert "40%" in page.day.progress.text()


def test_the_roster_card(shown: Shown, day: BoardDay) -> None:
    page = made(shown, day)
    planned(page)
    found = page.day._plan
    assert found is not None
    card = RosterCard()
    card.set(day.queues[1], LONG, found.day, found)
    shown(card)
    saved = QSignalSpy(card.save_wanted)
    card.weeks.setValue(2)
    card.agents.setValue(7)
    QTest.keyClick(card, Qt.Key.Key_Return)
    (one,) = saved.at(0)[0]
    assert (one.first, one.last, one.agents) == (36, 48, 7)
    assert one.days == (found.day, found.day + timedelta(days=7))
    card.agents.setValue(-1)
    card.save.click()
    assert saved.at(1)[0][0].agents is None
    card.as_needed.click()
    assert [each.agents for each in saved.at(2)[0]] == [line.rostered for line in found.lines]
    card.last.setCurrentIndex(0)
    card.save.click()
    assert saved.count() == 3
    assert card.trouble.isVisible()
    assert not ui_audit.everything(card)


def test_the_holidays_card(shown: Shown) -> None:
    card = HolidaysCard()
    christmas = HolidayRow(date(2026, 12, 25), "Christmas", 3)
    card.set((christmas, HolidayRow(date(2026, 1, 6), "gone", 2, active=False)), may_change=True)
    shown(card, 640, 480)
    assert [row.label for row in card.table.rows_model.rows] == ["Christmas"]
    saved = QSignalSpy(card.save_wanted)
    card.add.click()
    assert saved.count() == 0
    assert card.trouble.isVisible()
    card.name.setText("New Year")
    card.name.setFocus()
    QTest.keyClick(card.name, Qt.Key.Key_Return)
    assert saved.at(0)[0][0].label == "New Year"
    card.put([(date(2026, 12, 25), "Xmas"), (date(2026, 1, 6), "Epiphany")])
    assert [one.version for one in saved.at(1)[0]] == [3, 2]
    card.table.choose(christmas.day)
    card.table.setFocus()
    QTest.keyClick(card.table, Qt.Key.Key_Delete)
    assert saved.at(2)[0] == (replace(christmas, active=False),)
    assert not ui_audit.everything(card)


@pytest.mark.parametrize("view", [0, DAY])
@pytest.mark.parametrize(("width", "height", "size"), [(1220, 592, 100), (1380, 772, 100), (1190, 528, 150)])
def test_it_fits(
    shown: Shown, day: BoardDay, qapp: QApplication, view: int, width: int, height: int, size: int
) -> None:
    theme.apply(qapp, "dark" if size > 100 else "light", size)
    page = made(shown, day, width, height)
    page.view.choose(view)
    planned(page)
    settle(page)
    assert not ui_audit.everything(page)
    assert page.width() <= width
    assert page.height() <= height


def test_queues_come_and_go_and_the_choice_stays(shown: Shown, day: BoardDay) -> None:
    page = made(shown, day)
    chosen = QSignalSpy(page.queue_chosen)
    rows: tuple[QueueRow, ...] = day.board.rows()[0]
    page.set_queues(rows[1:])
    assert page.chosen() == rows[1]
    assert chosen.count() == 0
    page.set_queues(rows[3:])
    assert page.chosen() == rows[3]
    assert chosen.at(0)[0] == rows[3].id
