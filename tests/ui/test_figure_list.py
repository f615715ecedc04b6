"""Figures of the board opened down to their visits: by the mouse, by the keyboard, and into a file."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from agent_desktop.core import board_lists
from agent_desktop.core.board_lists import IN_LEVEL, Behind, Part
from agent_desktop.core.table_file import TableFile
from agent_desktop.ui.interval_list import IntervalLine, IntervalList, WaitingList
from agent_desktop.ui.visit_list import VisitList
from tests.support import ui_audit
from tests.support.board_day import BoardDay
from tests.ui.test_live_board import Shown, show


@pytest.fixture
def day() -> BoardDay:
    return BoardDay(agents=10).fill(200)


def visits(shown: Shown, day: BoardDay, behind: Behind) -> VisitList:
    card = VisitList()
    card.set(
        "Outages: entered today", "Queue visits.", board_lists.lines(day.board, behind), behind.parts, day.board.zone
    )
    shown(card)
    return card


def test_a_click_on_a_figure_of_a_tile_opens_what_it_counts(qtbot: QtBot, shown: Shown, day: BoardDay) -> None:
    live = show(shown, day)
    wanted = QSignalSpy(live.visits_wanted)
    view, chosen = live.tiles.views()[1], QSignalSpy(live.tiles.pressed)
    tops = view._rows(view._compact)
    for column in view._columns():
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(column.left() + 4, (tops[1] + tops[2]) // 2))
    assert [wanted.at(place)[0] for place in range(3)] == [
        Behind(day.queues[1], waiting_at=day.now),
        Behind(day.queues[1], waiting_at=day.now),
        Behind(day.queues[1], parts=IN_LEVEL),
    ]
    assert chosen.count() == 0
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(20, tops[0] + 4))  # its name
    assert chosen.count() == 1


def test_a_point_of_a_chart_opens_its_quarter_hour(qtbot: QtBot, shown: Shown, day: BoardDay) -> None:
    live = show(shown, day)
    wanted = QSignalSpy(live.visits_wanted)
    bar = day.board.intervals()[-4]
    for chart in live.charts[:2]:
        x = chart.plot.x()
        while int(chart.plot.x_at(x - chart.plot.x()) // 900) < bar.index:
            x += 1
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(x + 1, chart.plot.geometry().center().y()))
    assert wanted.at(0)[0] == Behind(interval=bar.index, parts=IN_LEVEL)
    assert wanted.at(1)[0] == Behind(interval=bar.index)
    waiting = live.charts[2]
    qtbot.mouseClick(waiting, Qt.MouseButton.LeftButton, pos=waiting.plot.geometry().center())
    series = day.board.waiting_series()
    step = series.step_at(wanted.at(2)[0].waiting_at)
    assert len(board_lists.lines(day.board, wanted.at(2)[0])) == series.values[step]
    qtbot.mouseClick(live.charts[1], Qt.MouseButton.LeftButton, pos=live.charts[1].detail.geometry().center())
    assert wanted.at(3)[0] == Behind(parts=frozenset({Part.ABANDONED}))


def test_an_agent_opens_by_enter(qtbot: QtBot, shown: Shown, day: BoardDay) -> None:
    live = show(shown, day)
    wanted = QSignalSpy(live.agent_activated)
    live.agents.table.choose_first()
    qtbot.keyClick(live.agents.table, Qt.Key.Key_Return)
    assert wanted.count() == 1
    assert wanted.at(0)[0] == live.agents.model.rows[0]


def test_each_chart_is_a_table_too(qtbot: QtBot, shown: Shown, day: BoardDay) -> None:
    live = show(shown, day)
    wanted = QSignalSpy(live.table_wanted)
    live.choose_queue(day.queues[0])
    for chart in live.charts:
        qtbot.mouseClick(chart.as_table, Qt.MouseButton.LeftButton)
    assert [tuple(wanted.at(part)) for part in range(3)] == [(part, day.queues[0]) for part in range(3)]


def test_chips_narrow_the_visits_and_count_them(qtbot: QtBot, shown: Shown, day: BoardDay) -> None:
    tally = day.board.tally(day.failing)
    card = visits(shown, day, Behind(day.failing, parts=frozenset({Part.ABANDONED})))
    assert len(card.table.rows_model.rows) == tally.abandoned > 0
    card.chips.chosen.emit("all")
    assert len(card.table.rows_model.rows) == tally.entered
    opened = QSignalSpy(card.opened)
    card.table.choose_first()
    qtbot.keyClick(card.table, Qt.Key.Key_Return)
    assert opened.at(0)[0] == card.table.rows_model.rows[0]
    assert card.call_of(opened.at(0)[0]) is None


def test_what_is_shown_is_what_goes_into_the_file(qtbot: QtBot, shown: Shown, day: BoardDay, tmp_path: Path) -> None:
    card = visits(shown, day, Behind(day.failing))
    files = QSignalSpy(card.export_wanted)
    card.chips.chosen.emit(Part.ABANDONED.value)
    qtbot.mouseClick(card.export, Qt.MouseButton.LeftButton)
    table: TableFile = files.at(0)[0]
    table.write(tmp_path / "a.csv")
    rows = list(csv.reader((tmp_path / "a.csv").read_text("utf-8-sig").splitlines()))
    assert len(rows[1 : rows.index([])]) == day.board.tally(day.failing).abandoned
    assert any("Europe/Warsaw" in line[0] for line in rows[rows.index([]) + 1 :])


def test_the_table_of_intervals_adds_up_and_explains_itself(shown: Shown, day: BoardDay) -> None:
    board = day.board
    level = board.service_level()
    whole = IntervalLine(None, "Today so far", board.tally(), board.scope(), board.target(), level)
    card = IntervalList()
    card.set("All queues: today by 15 min", board.intervals(), whole, board.day)
    shown(card)
    rows = card.table.rows_model.rows
    assert rows[0] == whole
    assert sum(row.tally.entered for row in rows[1:]) == whole.tally.entered
    table = card._file()
    assert len(table.rows) == len(rows) - 1
    assert any("Formula" in line for line in table.about)
    expected = [7.0] * 96
    card.set("All queues: today by 15 min", board.intervals(), whole, board.day, expected)
    ahead = [row for row in card.table.rows_model.rows if row.to_come]
    assert len(ahead) == 96 - len(board.intervals())
    assert card.table.rows_model.rows[1] == ahead[0]
    offered, forecast = (
        next(column for column in card.table.rows_model.columns if column.title == title)
        for title in ("Offered", "Forecast")
    )
    hidden = [column.title for at, column in enumerate(card.table.rows_model.columns) if card.table.isColumnHidden(at)]
    assert not hidden
    assert [(forecast.text(row), offered.text(row)) for row in ahead[:1]] == [("7", "")]
    assert card._file().rows[-1][-1] == 7.0
    assert card._file().rows[-1][1] is None
    assert not ui_audit.everything(card)


def test_nothing_is_clipped(shown: Shown, day: BoardDay) -> None:
    assert not ui_audit.everything(visits(shown, day, Behind()))
    card = WaitingList()
    card.set("All queues: waiting, last hour", day.board.waiting_series(), day.board.day)
    shown(card)
    assert len(card.table.rows_model.rows) == 360
    assert not ui_audit.everything(card)
