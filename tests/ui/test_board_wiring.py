"""The board in its window: down to a call, into a file, and back in time."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_desktop.core import board_lists
from agent_desktop.core.alarms import Kind as AlarmKind
from agent_desktop.core.alarms import Rule, Rules
from agent_desktop.core.beside import day_forecast
from agent_desktop.core.board_lists import Behind
from agent_desktop.core.workstation import build_core
from agent_desktop.ui.live_board import LiveBoard
from agent_desktop.ui.main_window import MainWindow
from agent_desktop.ui.overlay import Overlay
from tests.support.workstation import Bench, settings

pytestmark = pytest.mark.usefixtures("qapp")


class Desk(Bench):
    """A window on the company's board; its telephone is not begun."""

    def begin(self) -> "Desk":
        self.core = build_core(self.profile, settings(self.port), None)
        self.window = MainWindow(self.core)
        self.window.resize(1280, 800)
        self.window.show()
        self.core.store.start()
        self.board = self.core.live.board
        self.until(lambda: self.board.tally().entered > 50, "the day is counted")
        self.window.shell.show_page("board")
        return self

    @property
    def page(self) -> LiveBoard:
        page = self.window.board_wiring.page
        assert page is not None
        return page

    def end(self) -> None:
        self.window._closing = True
        self.window.close()
        self.window.deleteLater()
        self.stop()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "desk").begin()
    yield made
    made.end()


def test_a_figure_opens_down_to_the_call(desk: Desk) -> None:
    """What the practice company's visits and calls have in common is the PBX's linked id."""
    called = {row[0] for row in desk.rows("SELECT number FROM interaction WHERE channel = 'call'")}
    card = desk.window.board_wiring.open_visits(Behind())
    assert len(card.table.rows_model.rows) == desk.board.tally().entered
    lines = card.table.rows_model.rows
    desk.until(lambda: any(card.call_of(line) for line in lines), "callers are known")
    line = next(line for line in lines if card.call_of(line) is not None)
    assert card._row(line)[2] in called or card._row(line)[2].startswith("+")
    card.table.choose(line.id)
    QTest.keyClick(card.table, Qt.Key.Key_Return)
    assert desk.window.shell.current() == "calls"
    page = desk.window.calls_wiring.page
    assert page is not None
    desk.until(lambda: page.shown() == card.call_of(line), "the call is shown")


def test_a_list_goes_into_a_file_and_the_audit_knows(desk: Desk, tmp_path: Path) -> None:
    notices: list[str] = []
    desk.window.shell.notify = lambda notice: notices.append(notice.text)  # type: ignore[method-assign]
    wiring = desk.window.board_wiring
    table = wiring.open_table(0, None)._file()  # type: ignore[attr-defined]
    wiring.export(table, tmp_path / "board.xlsx")
    desk.until(lambda: notices, "it is told")
    assert str(len(table.rows)) in notices[0]
    assert (tmp_path / "board.xlsx").stat().st_size > 1000
    desk.arrives("SELECT 1 FROM audit WHERE action = 'export' AND table_name = 'queue_visit'")
    wiring.export(table, tmp_path / "nowhere" / "board.xlsx")
    desk.until(lambda: len(notices) > 1, "why not")
    assert "could not be written" in notices[1]


def test_back_in_time_and_to_now_again(desk: Desk) -> None:
    page = desk.page
    desk.window.action("look_back").trigger()
    assert page.time.isVisible()
    desk.until(lambda: page._board is not desk.board, "the past is shown")
    past = page._board
    assert past is not None
    assert past.now() <= desk.board.now() - timedelta(minutes=14)
    whole = past.tally().entered
    desk.window.board_wiring._look_beside()
    desk.until(lambda: page.agents._kept is not None, "how shifts were kept up to then")
    assert page.agents._kept is not None
    assert page.agents._kept.until == past.now()
    page.time.slider.setFocus()
    for _ in range(8):
        QTest.keyClick(page.time.slider, Qt.Key.Key_PageDown)
    desk.until(lambda: page._board is not None and page._board.tally().entered < whole, "two hours earlier")
    inside = desk.window.board_wiring.open_visits(Behind())
    assert len(inside.table.rows_model.rows) == page._board.tally().entered
    Overlay.of(desk.window).dismiss()
    assert len(board_lists.lines(desk.board, Behind())) >= whole  # the live one has gone on by itself
    QTest.keyClick(page.time, Qt.Key.Key_Escape)
    assert not page.time.isVisible()
    assert page._board is desk.board


def test_an_alarm_is_told_wherever_the_agent_is(desk: Desk) -> None:
    heard: list[tuple[str, str]] = []
    notices: list[str] = []
    desk.window.shell.notify = lambda notice: notices.append(notice.text)  # type: ignore[method-assign]
    desk.window.desktop.notice.say = lambda title, words: heard.append((title, words))  # type: ignore[method-assign]
    core = desk.window.core
    core.session.settings.board.alarm_notify = True
    core.alarms.apply(core.session.settings.board)
    desk.window.shell.show_page("workspace")
    rule = {AlarmKind.ABANDONED: Rule(0.001, 0, 0.0)}
    core.alarms.look()
    core.alarms.alarms.rules = Rules(kinds=rule, after_s=0)
    core.alarms.look()
    assert [words for words in notices if "abandoned" in words]
    assert heard[0] == ("Queue alarm", next(words for words in notices if "abandoned" in words))
    desk.window.shell.show_page("board")
    told = len(notices)
    assert desk.page.alert.isVisible()
    while desk.page.alert.isVisible():
        QTest.mouseClick(desk.page.alert.acknowledge, Qt.MouseButton.LeftButton)
    core.alarms.look()
    assert not desk.page.alert.isVisible()
    assert core.alarms.open == ()
    assert len(notices) == told
    assert core.alarms.alarms.now  # it goes on


def test_sliders_over_the_running_quarter_hour_stand_on_the_board(desk: Desk) -> None:
    page, wiring = desk.page, desk.window.board_wiring
    queue_id = desk.board.rows()[0][1].id
    page.choose_queue(queue_id)
    desk.window.action("what_if").trigger()
    asked = wiring.asked
    assert asked is not None
    strip = asked.strip
    assert strip.isVisible()
    assert strip.chosen() == queue_id
    desk.until(lambda: strip.now._shown is not None and strip.now._shown.each, "it is worked out")
    before = strip.now.occupancy.accessibleName()
    assert QApplication.focusWidget() is strip.now.agents.slider
    QTest.keyClick(strip.now.agents.slider, Qt.Key.Key_Right)
    QTest.keyClick(strip.now.agents.slider, Qt.Key.Key_Right)
    measured = strip.now._shown.measured
    assert strip.now.agents.value_text.text() == f"{measured.agents} → {measured.agents + 2}"
    assert f"with {measured.agents} agents" in strip.now.occupancy.accessibleName() != before
    other = desk.board.rows()[0][0]
    strip.queue.setCurrentIndex(strip.queue.findData(other.id))
    desk.until(lambda: strip.now._shown.measured.queue.id == other.id, "another queue")
    assert strip.now.agents.value() == 0, "its own assumptions"
    QTest.keyClick(strip.now.agents.slider, Qt.Key.Key_Escape)
    assert not strip.isVisible()
    assert not asked._timer.isActive(), "nothing is worked out that nobody sees"
    desk.window.action("what_if").trigger()
    strip.more.click()
    staffing = desk.window.staffing_wiring.page
    assert staffing is not None
    assert staffing.isVisible()
    assert staffing.chosen().id == queue_id


def test_a_forecast_stands_on_the_board_but_when_practice_hurries(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(day_forecast, "PAUSE_MS", 0)
    page = desk.page
    desk.until(lambda: page.expected(desk.board, None) is not None, "the past has been read", within_s=60)
    desk.window.practice_pace = 4.0
    assert page.expected(desk.board, None) is None
