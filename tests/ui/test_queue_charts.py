"""The queue charts: pyqtgraph plots that keep their items, show the right numbers and leave the mouse to the card."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QHelpEvent, QImage, QPainter
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from agent_desktop.core import metrics
from agent_desktop.core.beside.day_forecast import Expected
from agent_desktop.core.board_views import WaitingSeries
from agent_desktop.core.intervals import SiteDay
from agent_desktop.ui import queue_charts, theme
from agent_desktop.ui.chart_items import Marks
from agent_desktop.ui.chart_parts import ChartCard, Plot
from agent_desktop.ui.queue_charts import OfferedChart, ServiceLevelChart, WaitingChart
from tests.support.board_day import OPENS, WARSAW, BoardDay, Kind

Shown = Callable[..., QWidget]
HOUR = 3600.0


@pytest.fixture
def day() -> BoardDay:
    return BoardDay().fill()


def level_of(day: BoardDay, shown: Shown) -> ServiceLevelChart:
    chart = ServiceLevelChart()
    chart.set(day.board.intervals(), day.board.day, 0.8)
    shown(chart, 450, 226)
    return chart


def give_offered(chart: OfferedChart, day: BoardDay, expected: Expected | None = None) -> None:
    tally, scope = day.board.tally(), day.board.scope()
    total, lost = metrics.visits_offered(tally, scope), metrics.abandon_rate(tally, scope)
    chart.set(day.board.intervals(), day.board.day, total, lost, expected)


def offered_of(day: BoardDay, shown: Shown) -> OfferedChart:
    chart = OfferedChart()
    give_offered(chart, day)
    shown(chart, 450, 226)
    return chart


def waiting_of(day: BoardDay, shown: Shown, values: tuple[int, ...], others: tuple[int, ...] = ()) -> WaitingChart:
    chart = WaitingChart()
    shown(chart, 450, 226)
    give_waiting(chart, day, values, others)
    QApplication.processEvents()
    return chart


def give_waiting(chart: WaitingChart, day: BoardDay, values: tuple[int, ...], others: tuple[int, ...] = ()) -> None:
    start = day.now - timedelta(seconds=10 * len(values))
    second = WaitingSeries(start, 10, others) if others else None
    chart.set(day.board.day, "All queues", WaitingSeries(start, 10, values), "Outages" if others else "", second)


def painted(chart: ChartCard, x: float, y: float, rows: int = 0) -> QColor:
    """The colour at a time and a value of its plot, or so many rows of pixels below."""
    plot = chart.plot
    spot = plot.mapFromScene(plot.box.mapViewToScene(QPointF(x, y)))
    return plot.grab().toImage().pixelColor(spot + QPoint(0, rows))


def items(chart: ChartCard) -> list[pg.GraphicsObject]:
    return list(chart.plot.put_in)


# ------------------------------------------------------------------------ the plots


def test_the_program_starts_without_them() -> None:
    program = """
import sys
import agent_desktop.app, agent_desktop.core.workstation, agent_desktop.ui.main_window
print([name for name in ("pyqtgraph", "numpy", "agent_desktop.ui.queue_charts") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_the_plots_are_pyqtgraphs(shown: Shown, day: BoardDay) -> None:
    level, offered, waiting = level_of(day, shown), offered_of(day, shown), waiting_of(day, shown, (1, 2), (0, 1))
    of = pg.PlotCurveItem, pg.InfiniteLine, Marks, pg.BarGraphItem
    kinds = [
        {next(kind for kind in of if isinstance(item, kind)) for item in items(chart)}
        for chart in (level, offered, waiting)
    ]
    assert kinds == [
        {pg.PlotCurveItem, pg.InfiniteLine, Marks},
        {pg.PlotCurveItem, pg.BarGraphItem},
        {pg.PlotCurveItem, pg.BarGraphItem},
    ]
    for chart in (level, offered, waiting):
        assert isinstance(chart.plot, pg.GraphicsView)
        box = chart.plot.box
        assert box.state["autoRange"] == [False, False]
        assert box.state["mouseEnabled"] == [False, False]
        assert box.menu is None
        assert chart.plot.focusPolicy() == Qt.FocusPolicy.NoFocus


@pytest.mark.usefixtures("qapp")
def test_a_plot_brings_no_widgets_but_its_own() -> None:
    """pyqtgraph's usual plot makes forty more, among them menus that stay when it is gone."""
    before = len(QApplication.allWidgets())
    plot = Plot()
    assert len(QApplication.allWidgets()) - before <= len(plot.findChildren(QWidget)) + 2 < 9


def test_items_stay_and_only_their_data_changes(shown: Shown, day: BoardDay) -> None:
    level, offered, waiting = level_of(day, shown), offered_of(day, shown), waiting_of(day, shown, (1, 2), (0, 1))
    before = [items(chart) for chart in (level, offered, waiting)]
    for number in range(3):
        day.say(Kind.ENTERED, 0, 100_001 + number)
        day.say(Kind.ABANDONED, 0, 100_001 + number)
        level.set(day.board.intervals(), day.board.day, 0.8 + number / 100)
        give_offered(offered, day)
        give_waiting(waiting, day, (number, 5), (1, 1))
        QApplication.processEvents()
    assert [items(chart) for chart in (level, offered, waiting)] == before
    assert level.curve._goal.value() == pytest.approx(82)
    assert waiting.steps._lines[0].getData()[1].tolist() == [2, 5]


def test_the_same_numbers_touch_nothing(shown: Shown, day: BoardDay) -> None:
    level, offered, waiting = level_of(day, shown), offered_of(day, shown), waiting_of(day, shown, (1, 2))
    changed: list[object] = []
    QApplication.processEvents()  # what the first numbers changed
    for chart in (level, offered, waiting):
        chart.plot.scene().changed.connect(changed.append)
    level.set(day.board.intervals(), day.board.day, 0.8)
    give_offered(offered, day)
    give_waiting(waiting, day, (1, 2))
    QApplication.processEvents()
    assert changed == []
    level.set(day.board.intervals(), day.board.day, 0.7)
    QApplication.processEvents()
    assert changed


# ----------------------------------------------------------------------- the numbers


def test_the_level_has_gaps_and_marks_below_the_target(shown: Shown) -> None:
    day = BoardDay(1)
    day.now = OPENS + timedelta(hours=3)
    hours = {0: "answered", 1: "abandoned", 2: "answered", 6: "abandoned"}  # quarters since 8:00 in Warsaw
    for quarter, end in hours.items():
        at = OPENS + timedelta(minutes=15 * quarter + 5)
        day.board.add(day.event(at, Kind.ENTERED, 0, quarter))
        kind, agent = (Kind.CONNECTED, day.agents[0]) if end == "answered" else (Kind.ABANDONED, None)
        day.board.add(day.event(at + timedelta(seconds=8), kind, 0, quarter, agent))
    chart = level_of(day, shown)
    x, y = chart.curve._line.getData()
    middles = [8 * HOUR + 900 * (quarter + 0.5) for quarter in hours]
    assert (x.tolist(), y.tolist()) == (middles, [100, 0, 100, 0])
    assert chart.curve._line.opts["connect"].tolist() == [True, True, False, False]
    assert [x for x, _ in chart.curve._misses.spots] == [middles[1], middles[3]]
    assert [x for x, _ in chart.curve._alone.spots] == [middles[3]]
    assert painted(chart, middles[1] - 90, 60) == theme.color("bad_bg")  # between the line and the target
    assert painted(chart, middles[1], 90) == theme.color("surface")
    assert painted(chart, (middles[2] + middles[3]) / 2, 60) == theme.color("surface")  # nothing known: left open
    assert painted(chart, middles[3], 0) == theme.color("bad")
    assert painted(chart, middles[3], 0, rows=2) != theme.color("surface")  # the mark is not cut off at the axis


def test_below_the_target_lies_between_line_and_target() -> None:
    x, y = np.array([0.0, 900, 1800, 5400]), np.array([100.0, 60, 100, 50])
    below_x, below_y = queue_charts._below(x, y, 80.0)
    corners = list(zip(below_x.tolist(), below_y.tolist(), strict=True))
    assert corners == [
        (0, 80), (0, 80), (450, 80), (900, 60), (1350, 80), (1800, 80), (1800, 80), (5400, 80), (5400, 50), (5400, 80),
    ]  # fmt: skip
    assert [len(part) for part in queue_charts._below(x[:0], y[:0], 80.0)] == [0, 0]


def test_a_target_below_the_usual_axis_has_its_place(shown: Shown, day: BoardDay) -> None:
    chart = ServiceLevelChart()
    chart.set(day.board.intervals(), day.board.day, 0.3)
    assert chart.plot.box.viewRange()[1][0] == 0
    chart.set(day.board.intervals(), day.board.day, 0.8)
    assert chart.plot.box.viewRange()[1][0] == 40


def test_bars_stand_on_one_another_and_count_everything(shown: Shown, day: BoardDay) -> None:
    chart = offered_of(day, shown)
    heights: dict[float, float] = {}
    for item in chart.stack._parts:
        x, y0, height = (np.asarray(item.opts[key]) for key in ("x", "y0", "height"))
        for place, foot, part in zip(x, y0, height, strict=True):
            assert foot == heights.get(place, 0)
            heights[place] = foot + part
    bars = [bar for bar in day.board.intervals() if bar.tally.entered]
    assert heights == {(bar.index + 0.5) * 900: bar.tally.entered for bar in bars}
    noon = next(bar for bar in bars if bar.label == "12:00")
    assert painted(chart, (noon.index + 0.5) * 900, 1) == theme.color("c1")
    assert painted(chart, 16 * HOUR, 1) == theme.color("surface")


def test_the_forecast_is_a_dashed_line_with_a_band_ahead(shown: Shown, day: BoardDay) -> None:
    """40 a quarter hour from 8 to 20; they were wrong by a quarter."""
    chart = offered_of(day, shown)
    assert "Forecast" not in chart.legend.accessibleName()
    assert chart.explain_at(16.1 * HOUR) == ""
    assert not chart.stack._expected.isVisible()
    calls = tuple(40.0 if 32 <= at < 80 else 0.0 for at in range(96))
    give_offered(chart, day, Expected(calls, 8, 0.25, 28))
    edges, heights = chart.stack._expected.getData()
    assert dict(zip(edges[:-1].tolist(), heights.tolist(), strict=True))[16 * HOUR] == 40
    window = queue_charts.day_window(day.board.intervals(), day.board.day)
    assert (edges[0], edges[-1]) == window, "nothing of it lies beyond the axes"
    assert chart.stack._expected.opts["pen"].dashPattern()
    begins, low, high = (np.asarray(chart.stack._band.opts[key]) for key in ("x0", "y0", "height"))
    present = len(day.board.intervals())
    assert begins[0] == present * 900, "what is over needs no band"
    assert (low[0], high[0]) == (30, 20)
    assert painted(chart, 16.1 * HOUR, 35) == theme.color("line")
    assert chart.legend.accessibleName().endswith(", Forecast")
    words = chart.explain_at(16.1 * HOUR)
    assert words.startswith("Forecast for 16:00: 40.0, between 30.0 and 50.0\n")
    assert "last 28 days were wrong by 25%" in words
    assert words.splitlines()[0].replace("16:00", "12:00") in chart.explain_at(12.1 * HOUR)
    assert "16:00: 40 expected" in chart.accessibleDescription()
    assert chart.detail.text().startswith("forecast 1,920, abandoned ")
    chart.resize(360, 226)
    assert chart.detail.text().startswith("abandoned "), "no room for more"
    give_offered(chart, day)
    assert "Forecast" not in chart.legend.accessibleName()
    assert not len(chart.stack._band.opts["x0"])


def test_steps_are_joined_filled_and_stand_at_their_times(shown: Shown, day: BoardDay) -> None:
    chart = waiting_of(day, shown, (0, 0, 2, 2, 2, 4, 0, 0), (0, 0, 0, 0, 0, 1, 0, 0))
    start = (day.now - day.board.day.start).total_seconds() - 80
    edges, heights = chart.steps._lines[0].getData()
    assert edges.tolist() == [start, start + 20, start + 50, start + 60, start + 80]
    assert heights.tolist() == [0, 2, 4, 0]
    assert chart.steps._filled.opts["height"].tolist() == [2, 4]
    assert chart.steps._lines[1].isVisible()
    assert painted(chart, start + 35, 1) not in (theme.color("surface"), theme.color("c1"), theme.color("c3"))
    assert painted(chart, start + 35, 3.5) == theme.color("surface")
    for times in (["14:45", "15:00"], ["15:00", "15:15"]):
        day.now += timedelta(minutes=15)
        give_waiting(chart, day, (0,) * 180)
        assert [text for _, text in chart.plot._foot.given] == times
    assert not chart.steps._lines[1].isVisible()
    assert chart.legend.accessibleName() == "All queues"


def test_a_day_without_a_call_paints_axes_only(shown: Shown) -> None:
    day = BoardDay()
    charts = level_of(day, shown), offered_of(day, shown), waiting_of(day, shown, ())
    for chart in charts:
        picture = chart.plot.grab().toImage()
        places = [(x, y) for x in range(60, picture.width(), 3) for y in range(10, picture.height() - 30)]
        colours = {picture.pixelColor(x, y).name() for x, y in places}
        assert colours <= {theme.color(token).name() for token in ("surface", "line", "text2", "c1")}
    assert charts[0].value.text() == "–"
    assert charts[2].value.text() == "0"


# --------------------------------------------------------------------------- axes


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (date(2026, 11, 21), {"02:00": 2.0, "04:00": 4.0}),
        (date(2026, 3, 29), {"04:00": 3.0, "06:00": 5.0}),  # 2:00 is skipped
        (date(2026, 10, 25), {"02:00": 2.0, "04:00": 5.0}),  # 2:00 comes twice
    ],
)
def test_hours_are_the_wall_clocks(when: date, expected: dict[str, float]) -> None:
    ticks = queue_charts.hour_ticks((0.0, 9 * HOUR), SiteDay(when, WARSAW))
    places = {text: x / HOUR for x, text in reversed(ticks)}
    assert {text: places[text] for text in expected} == expected
    assert all(x > 1800 for x, _ in ticks)


def test_a_day_of_25_hours_is_shown_to_its_end() -> None:
    day = SiteDay(date(2026, 10, 25), WARSAW)
    quiet = BoardDay().board.intervals()[:1] * 100
    assert queue_charts.day_window(quiet, day) == (16 * HOUR, 25 * HOUR)


@pytest.mark.parametrize(("highest", "top"), [(0, 4), (4, 4), (5, 8), (17, 20), (33, 40), (101, 120), (2401, 3200)])
def test_the_top_of_an_axis_is_round(highest: int, top: int) -> None:
    assert queue_charts.round_top(highest) == top


def test_ticks_are_the_given_ones_and_the_grid_follows(shown: Shown, day: BoardDay) -> None:
    chart = offered_of(day, shown)
    side, foot = chart.plot._side, chart.plot._foot
    assert [text for _, text in side.given] == ["0", "4", "8", "12", "16"]
    assert [text for _, text in foot.given] == ["10:00", "12:00", "14:00", "16:00"]
    assert sorted(set(chart.plot._grid.getData()[1])) == [0, 4, 8, 12, 16]
    for level in (0, 8, 16):
        assert theme.color("line") in [painted(chart, 16.8 * HOUR, level, rows) for rows in (-1, 0, 1)]


# ------------------------------------------------------------------ mouse and tooltip


def test_the_mouse_goes_through_to_the_card(shown: Shown, day: BoardDay) -> None:
    chart = level_of(day, shown)
    middle = chart.plot.geometry().center()
    assert chart.childAt(middle) is None  # so that the wheel scrolls the page and the card gets the tooltip


def test_the_tooltip_explains_the_quarter_under_the_mouse(shown: Shown, day: BoardDay) -> None:
    chart = offered_of(day, shown)
    box = chart.plot.box
    for hour, label in ((9.1, "09:00"), (12.1, "12:00"), (14.3, "14:15")):
        spot = chart.plot.mapFromScene(box.mapViewToScene(QPointF(hour * HOUR, 3)))
        assert chart.plot.x_at(spot.x()) == pytest.approx(hour * HOUR, abs=120)
        place = chart.plot.mapTo(chart, spot)
        help_wanted = QHelpEvent(QHelpEvent.Type.ToolTip, place, chart.mapToGlobal(place))
        QApplication.sendEvent(chart, help_wanted)
        assert f"{label}: " in QToolTip.text()
    outside = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(2, 2), chart.mapToGlobal(QPoint(2, 2)))
    QApplication.sendEvent(chart, outside)
    assert not outside.isAccepted()


def test_the_figures_above_explain_themselves(shown: Shown, day: BoardDay) -> None:
    chart = offered_of(day, shown)
    for part, name in ((chart.value, "Queue visits offered: "), (chart.detail, "Abandon rate: ")):
        spot = part.rect().center()
        QApplication.sendEvent(part, QHelpEvent(QHelpEvent.Type.ToolTip, spot, part.mapToGlobal(spot)))
        assert name in QToolTip.text()


# -------------------------------------------------------------------- screen readers


def heard(chart: ChartCard) -> tuple[str, str]:
    """What a screen reader gets from Qt: name and description."""
    interface = QAccessible.queryAccessibleInterface(chart)
    return interface.text(QAccessible.Text.Name), interface.text(QAccessible.Text.Description)


def test_a_screen_reader_gets_the_present_figures(shown: Shown, day: BoardDay) -> None:
    charts = level_of(day, shown), offered_of(day, shown), waiting_of(day, shown, (1, 2))
    before = [(chart.accessibleName(), chart.accessibleDescription()) for chart in charts]
    assert all(name and words for name, words in before)
    for number in range(9):
        day.say(Kind.ENTERED, 0, 100_001 + number)
        day.say(Kind.ABANDONED, 0, 100_001 + number)

    def second() -> None:
        charts[0].set(day.board.intervals(), day.board.day, 0.8)
        give_offered(charts[1], day)
        give_waiting(charts[2], day, (1, 7))

    second()
    assert [heard(chart) for chart in charts] == before  # nobody listens
    QAccessible.setActive(True)
    try:
        second()  # the same numbers
        after = [heard(chart) for chart in charts]
    finally:
        QAccessible.setActive(False)
    assert after == [(chart.accessibleName(), chart.accessibleDescription()) for chart in charts]
    assert all(old[1] != new[1] for old, new in zip(before, after, strict=True))


def test_whoever_asks_gets_the_present_figures(shown: Shown, day: BoardDay) -> None:
    chart = waiting_of(day, shown, (1, 2))
    give_waiting(chart, day, (1, 7))
    assert chart.accessibleName().startswith("Waiting now, last hour: 7, ")
    assert "up to 7" in chart.accessibleDescription()


# --------------------------------------------------------------------------- looks


def test_a_new_size_of_text_is_the_same_picture_as_from_the_start(
    qapp: QApplication, shown: Shown, day: BoardDay
) -> None:
    changed = offered_of(day, shown)
    theme.apply(qapp, "dark", 130)
    QApplication.processEvents()
    fresh = offered_of(day, shown)
    fresh.as_table.clearFocus()  # only one window has it
    assert changed.grab().toImage() == fresh.grab().toImage()


def test_colours_fonts_and_room_follow_the_theme(qapp: QApplication, shown: Shown, day: BoardDay) -> None:
    chart = level_of(day, shown)
    room = chart.plot._side.width()
    theme.apply(qapp, "dark", 150)
    QApplication.processEvents()
    assert chart.curve._line.opts["pen"].color() == theme.color("c1")
    assert chart.curve._misses._brush.color() == theme.color("bad")
    assert chart.plot._side.width() > room
    assert painted(chart, 16.5 * HOUR, 70) == theme.color("surface")


def test_lines_are_as_wide_on_a_screen_of_finer_pixels(
    shown: Shown, day: BoardDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart = level_of(day, shown)
    assert chart.curve._line.opts["pen"].widthF() == 2
    monkeypatch.setattr(chart.plot, "devicePixelRatioF", lambda: 1.5)
    chart.plot.dress()
    assert chart.curve._line.opts["pen"].widthF() == 3


def test_time_runs_left_to_right_in_every_language(qapp: QApplication, shown: Shown, day: BoardDay) -> None:
    left_to_right = level_of(day, shown).plot
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        mirrored = level_of(day, shown).plot
        assert mirrored.x_at(400) > mirrored.x_at(60)
        pictures = []
        for plot in (left_to_right, mirrored):
            picture = QImage(plot.size(), QImage.Format.Format_RGB32)
            painter = QPainter(picture)
            plot.render(painter, plot.rect())
            painter.end()
            pictures.append(picture)
        assert pictures[0] == pictures[1]
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
