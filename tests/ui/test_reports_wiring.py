"""Reports in their window: counted, opened down to the visits, exported, scheduled, and callers called back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest

from agent_desktop import clock
from agent_desktop.core.periods import Grain
from agent_desktop.core.report_wish import Kind, Span, Wish
from agent_desktop.ui.overlay import Overlay
from agent_desktop.ui.reports_page import ReportsPage
from agent_desktop.ui.reports_schedule_form import ScheduleForm
from agent_desktop.ui.visit_list import VisitList
from tests.support.window import WindowBench

pytestmark = pytest.mark.usefixtures("qapp")


class Desk(WindowBench):
    """A window on the company's reports."""

    @property
    def page(self) -> ReportsPage:
        page = self.window.reports_wiring.page
        assert page is not None
        return page

    def count(self, kind: Kind, span: Span = Span.THIS_WEEK) -> None:
        self.page.choose(kind, span)
        wanted = self.page.wish()
        self.until(lambda: self.page.table.report and self.page.table.report.wish == wanted, "it is counted")

    def card(self, kind: type) -> object:
        self.until(lambda: isinstance(Overlay.of(self.window).top_card(), kind), "the card")
        return Overlay.of(self.window).top_card()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "desk")
    made.begin()
    made.window.resize(1280, 720)
    made.window.shell.show_page("reports")
    made.until(lambda: made.page.table.report is not None, "the first report")
    yield made
    made.end()


def test_a_figure_opens_the_visits_it_counts(desk: Desk) -> None:
    desk.count(Kind.QUEUES)
    table = desk.page.table.table()
    assert table is not None
    whole, *lines = table.rows_model.rows
    assert whole.whole
    assert whole.tally.entered == sum(line.tally.entered for line in lines) > 100
    assert table.rows_model.data(table.rows_model.index(0, 1)) == QLocale().toString(whole.tally.entered)
    table.setFocus()
    table.choose(lines[0].key)
    QTest.keyClick(table, Qt.Key.Key_Return)
    card = desk.card(VisitList)
    assert isinstance(card, VisitList)
    assert len(card.table.rows_model.rows) == lines[0].tally.entered
    Overlay.of(desk.window).dismiss()
    desk.count(Kind.CALLS)
    calls = desk.page.table.table()
    assert calls is not None
    offered, *_, settled = calls.rows_model.rows
    assert 0 < offered.figure.value <= whole.tally.entered
    assert settled.label == "First contact resolution, estimated"
    tip = calls.rows_model.data(calls.rows_model.index(0, 1), Qt.ItemDataRole.ToolTipRole)
    assert "different calls that entered a queue" in tip


def test_a_late_answer_to_another_wish_is_dropped(desk: Desk) -> None:
    desk.count(Kind.QUEUES)
    shown = desk.page.table.report
    desk.page.asked = Wish(Kind.DAYS, Span.TODAY, Grain.DAY)
    assert shown is not None
    desk.page.set_report(shown)
    assert desk.page.table.report is shown
    desk.page.span.set_value(Span.DATES.value)
    desk.page.last.setDate(desk.page.first.date().addDays(-1))
    desk.page._changed()
    desk.until(lambda: desk.page.states.shown() == "message", "the last day before the first is refused")


def test_a_report_goes_into_all_three_files_and_the_audit(desk: Desk, tmp_path: Path) -> None:
    desk.count(Kind.AGENTS)
    report = desk.page.table.report
    assert report is not None
    told: list[str] = []
    desk.window.shell.notify = lambda notice: told.append(notice.text)  # type: ignore[method-assign]
    for number, kind in enumerate(("csv", "xlsx", "pdf"), 1):
        desk.window.reports_wiring.export(report, tmp_path / f"r.{kind}")
        desk.until(lambda number=number: len(told) == number, "it is told")
        assert (tmp_path / f"r.{kind}").stat().st_size > 500
    assert not [words for words in told if "could not" in words]
    desk.arrives("SELECT 1 FROM audit WHERE action = 'export' AND detail LIKE '%pdf, agents'")


def test_a_schedule_is_stored_refused_and_switched_off(desk: Desk) -> None:
    desk.count(Kind.QUEUES, Span.LAST_WEEK)
    assert desk.page.schedules.isVisible()
    listed = desk.window.reports_wiring.open_schedules(desk.page.wish())
    desk.until(lambda: "No collector" in listed.note.text(), "nothing makes them yet")
    listed.new.click()
    form = desk.card(ScheduleForm)
    assert isinstance(form, ScheduleForm)
    assert form.whole_numbers.isHidden(), "there are none in it"
    form.name.setText("Week")
    form.folder.setText("../out")
    form.submit()
    desk.until(lambda: form._error.isVisible(), "refused")
    assert "below the collector" in form._error.text()
    form.folder.setText("week")
    form.submit()
    desk.until(lambda: listed.table.rows_model.rows, "it is listed")
    (row,) = listed.table.rows_model.rows
    assert (row.name, row.folder, row.wish["kind"]) == ("Week", "week", "queues")
    listed.switch.click()
    desk.until(lambda: not listed.table.rows_model.rows[0].active, "switched off")
    desk.arrives("SELECT 1 FROM audit WHERE table_name = 'report_schedule' AND action = 'update'")
    desk.window.reports_wiring._edit(listed, None, Wish(Kind.ABANDONED))
    callers = desk.card(ScheduleForm)
    assert isinstance(callers, ScheduleForm)
    assert not callers.row_now(clock.now()).whole_numbers
    callers.whole_numbers.setChecked(True)
    callers.name.setText("Back")
    callers.submit()
    desk.until(lambda: len(listed.table.rows_model.rows) == 2, "it is listed too")
    assert desk.rows("SELECT whole_numbers FROM report_schedule ORDER BY name") == [(1,), (0,)]


def test_a_caller_who_gave_up_is_claimed_and_called(desk: Desk) -> None:
    """By the same path as the work list: two agents do not call the same; ticked off the caller is struck off."""
    desk.count(Kind.ABANDONED)
    table = desk.page.table.table()
    assert table is not None
    dialled: list[str] = []

    def dial(number: str, *_rest: object) -> None:
        dialled.append(number)

    desk.window.core.work._dial = dial
    line = next(row for row in table.rows_model.rows if row.waits)
    table.choose(line.key)
    QTest.keyClick(table, Qt.Key.Key_Return)
    desk.until(lambda: dialled, "dialled")
    assert dialled == [line.number]
    assert line.interaction_id is not None
    entry = "FROM work_item WHERE kind = 'missed' AND interaction_id = ?"
    desk.arrives(f"SELECT 1 {entry} AND status = 'open'", line.interaction_id.bytes)
    desk.page.finish.click()
    desk.arrives(f"SELECT 1 {entry} AND status = 'done'", line.interaction_id.bytes)

    def struck() -> bool:
        return any(row.key == line.key and not row.waits for row in table.rows_model.rows)

    desk.until(struck, "struck off")
    assert len(dialled) == 1
