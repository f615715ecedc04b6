"""Staffing in its window: the live board's quarter hour, a day from the stored past, and what is entered, kept."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy

from agent_desktop.core.staffing_desk import Now
from agent_desktop.data.staffing_rows import PlannedRange
from agent_desktop.ui.overlay import Overlay
from agent_desktop.ui.staffing_page import DAY, StaffingPage
from tests.support.window import WindowBench

pytestmark = pytest.mark.usefixtures("qapp")


class Desk(WindowBench):
    """At the page, with the company's day counted."""

    def begin(self) -> None:
        super().begin()
        assert self.core is not None
        board = self.core.live.board
        self.until(lambda: board.tally().entered > 50, "the day is counted")
        self.window.action("staffing").trigger()
        wiring = self.window.staffing_wiring
        assert wiring.page is not None
        assert wiring.desk is not None
        self.page, self.desk = wiring.page, wiring.desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "desk")
    made.begin()
    yield made
    made.end()


def test_from_the_board_to_a_plan_that_is_kept(desk: Desk, tmp_path: Path) -> None:
    page: StaffingPage = desk.page
    desk.until(lambda: page.now._shown is not None, "the running quarter hour")
    now: Now | None = page.now._shown
    assert now is not None
    assert now.measured.queue.id == desk.desk.queues()[0].id
    page.queue.setCurrentIndex(1)
    desk.until(lambda: page.now._shown.measured.queue.id == desk.desk.queues()[1].id, "another queue")
    page.view.choose(DAY)
    desk.until(lambda: page.day._plan is not None, "a day ahead")
    plan = page.day._plan
    assert plan is not None
    assert plan.day == desk.desk.today + timedelta(days=1)
    assert plan.forecast.seen, "the company has a past"
    assert page.day.states.shown() == "content"
    card = desk.window.staffing_wiring.open_roster()
    card.first.setCurrentIndex(32)
    card.last.setCurrentIndex(35)
    card.agents.setValue(6)
    card.save.click()
    desk.until(lambda: page.day._plan is not plan, "the plan anew")
    assert Overlay.of(desk.window).top_card() is None
    assert [line.planned for line in page.day._plan.lines if line.planned] == [6, 6]
    page.day.shrinkage.setValue(20)
    desk.until(lambda: page.day._plan.aims.shrinkage == 0.2, "the aim is kept")
    assert desk.rows("SELECT shrinkage FROM staffing_aim") == [(0.2,)]
    desk.window.staffing_wiring.export(page.day.file(), tmp_path / "day.xlsx")
    desk.until((tmp_path / "day.xlsx").exists, "the file")


def test_holidays_from_a_file_and_by_hand(desk: Desk, tmp_path: Path) -> None:
    desk.page.view.choose(DAY)
    desk.until(lambda: desk.desk.known is not None, "what is entered")
    card = desk.window.staffing_wiring.open_holidays()
    (tmp_path / "days.csv").write_text("2026-12-25,Christmas\n2026-12-26,Second day\n")
    desk.window.staffing_wiring.read_holidays(tmp_path / "days.csv")
    desk.until(lambda: len(card.table.rows_model.rows) == 2, "both days")
    card.table.choose(date(2026, 12, 26))
    card.remove.click()
    desk.until(lambda: len(card.table.rows_model.rows) == 1, "one taken away")
    desk.window.staffing_wiring.read_holidays(tmp_path / "nothing.csv")
    desk.until(lambda: card.trouble.text(), "why not")
    told = QSignalSpy(desk.desk.not_saved)
    desk.desk.save_plan((PlannedRange(desk.desk.queues()[0].id, (date(2026, 12, 1),), 4, 4, 1),))
    desk.until(lambda: told.count() == 1, "it is refused")


def test_reading_the_past_can_be_stopped(desk: Desk) -> None:
    stopped = QSignalSpy(desk.desk.stopped)
    desk.desk.progressed.connect(lambda _part: desk.desk.cancel())
    desk.page.view.choose(DAY)
    desk.until(lambda: stopped.count() == 1, "it has stopped")
    assert desk.page.day.states.shown() == "message"
    assert not desk.page.day.cancel.isVisible()
