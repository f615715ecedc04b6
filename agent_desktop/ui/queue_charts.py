"""The three charts of the live board: service level against its target, visits offered, and waiting now.

Each is given the whole series and repaints only when a number in it is another one.
"""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPen, QResizeEvent

from agent_desktop.core import metrics
from agent_desktop.core.beside.day_forecast import Expected
from agent_desktop.core.board_views import IntervalBar, WaitingSeries
from agent_desktop.core.figures import NO_DATA, Figure, number_text, plain_text, share_text
from agent_desktop.core.intervals import INTERVAL, SiteDay
from agent_desktop.ui.chart_items import Bars, Curve, Marks
from agent_desktop.ui.chart_parts import ChartCard, Key, Plot, Tick

_QUARTER = INTERVAL.total_seconds()
_BAR = _QUARTER * 0.68
_SHORTEST = timedelta(hours=9)  # shown at least, so that a morning's first bars are not a metre wide
_DOT = [(2.5 * math.cos(turn * math.pi / 6), 2.5 * math.sin(turn * math.pi / 6)) for turn in range(12)]
_MISS = ((-4.5, -4.5), (4.5, -4.5), (0.0, 4.5))


def day_window(bars: Sequence[IntervalBar], day: SiteDay) -> tuple[float, float]:
    """From the hour of the first visits to the hour after the present one; seconds since local midnight."""
    first = next((bar.index for bar in bars if bar.tally.entered), max(0, len(bars) - 4))
    start = (first // 4) * 3600.0
    end = max(start + _SHORTEST.total_seconds(), ((len(bars) + 3) // 4) * 3600.0)
    whole = (day.end - day.start).total_seconds()
    if end > whole:
        start, end = max(0.0, min(start, whole - _SHORTEST.total_seconds())), whole
    return start, end


def hour_ticks(window: tuple[float, float], day: SiteDay) -> list[Tick]:
    """Full hours by the wall clock, as many as are readable; not at the very edges."""
    hours = (window[1] - window[0]) / 3600
    step = next(step for step in (1, 2, 3, 4, 6) if hours / step <= 6 or step == 6)
    ticks = []
    for index in range(int(window[0] // _QUARTER), int(window[1] // _QUARTER)):
        local = day.starts_at(index).astimezone(day.zone)
        x = index * _QUARTER
        if local.minute == 0 and local.hour % step == 0 and x > window[0] + 1800:
            ticks.append((x, f"{local:%H:%M}"))
    return ticks


def round_top(highest: float) -> int:
    """The top of an axis from 0 that four equal steps of whole numbers reach."""
    for power in range(6):
        for step in (1, 2, 3, 4, 5, 6, 8):
            top = step * 4 * 10**power
            if top >= highest:
                return int(top)
    return math.ceil(highest)


def quarter_levels(top: int) -> list[Tick]:
    """Five labels from 0 to ``top``."""
    return [(top * part // 4, number_text(top * part // 4)) for part in range(5)]


Points = tuple[np.ndarray, np.ndarray]  # x in seconds since midnight, y


class _LevelPlot(Plot):
    """A line through the middles of the quarter hours; those without data are left open, those below target marked."""

    def __init__(self) -> None:
        super().__init__()
        self._below = Curve(pen=None, antialias=True, skipFiniteCheck=True, fillLevel=0)
        self._goal = pg.InfiniteLine(angle=0)
        self._line = Curve(antialias=True, skipFiniteCheck=True)
        self._alone = Marks(_DOT)
        self._misses = Marks(_MISS)
        self.put(self._below, lambda: self._below.setBrush(self.dye("bad_bg")))
        self.put(self._goal, lambda: self._goal.setPen(self.pen("text2", 2, (3.5, 2.5))))
        self.put(self._line, lambda: self._line.setPen(self.pen("c1", 2)))
        self.put(self._alone, lambda: self._alone.dress(QPen(Qt.PenStyle.NoPen), self.dye("c1")))
        self.put(self._misses, lambda: self._misses.dress(self.pen("surface"), self.dye("bad")))

    def show_levels(self, x: np.ndarray, y: np.ndarray, target: float) -> None:
        """``y`` and ``target`` in percent."""
        joined = np.diff(x) <= _QUARTER  # to the next
        self._goal.setValue(target)
        self._line.setData(x, y, connect="all" if joined.all() else np.append(joined, False))
        alone = ~(np.append(joined, False) | np.insert(joined, 0, False))[: len(x)]
        self._alone.show_at(x[alone], y[alone])
        self._misses.show_at(x[y < target], y[y < target])
        self._below.setFillLevel(target)
        self._below.setData(*_below(x, y, target))


def _below(x: np.ndarray, y: np.ndarray, target: float) -> Points:
    """The line where it is below the target; elsewhere, and where it is left open, the target."""
    corners: list[tuple[float, float]] = []
    for at, point in enumerate(zip(x.tolist(), np.minimum(y, target).tolist(), strict=True)):
        before, after = (float(x[at - 1]), float(y[at - 1])) if at else (-math.inf, 0.0), float(y[at])
        if point[0] - before[0] > _QUARTER:
            if corners:
                corners.append((before[0], target))
            corners.append((point[0], target))
        elif (before[1] < target) != (after < target):
            part = (target - before[1]) / (after - before[1])
            corners.append((before[0] + part * (point[0] - before[0]), target))
        corners.append(point)
    if corners:
        corners.append((corners[-1][0], target))
    return _points(corners)


def _points(corners: Sequence[tuple[float, float]]) -> Points:
    both = np.array(corners, dtype=float).reshape(-1, 2)
    return both[:, 0].copy(), both[:, 1].copy()


class _StackPlot(Plot):
    """Bars of several parts, one on the other; behind them what was expected, as a dashed staircase, and in the time
    to come how far off that may be.
    """

    TOKENS = ("c1", "c2", "c3", "line2")

    def __init__(self) -> None:
        super().__init__()
        self._band = Bars(x0=[], x1=[], y0=[], height=[], pen=None)
        self._expected = Curve([0, 0], [0], stepMode="center", skipFiniteCheck=True)
        self.put(self._band, lambda: self._band.setOpts(brush=self.dye("line"), pen=pg.mkPen(None)))
        self._parts = [Bars(x=[], y0=[], height=[], width=_BAR, pen=None) for _ in self.TOKENS]
        for item, token in zip(self._parts, self.TOKENS, strict=True):
            self.put(item, partial(self._dye, item, token))
        self.put(self._expected, lambda: self._expected.setPen(self.pen("text2", 1.5, (2.5, 2))))
        self._expected.hide()

    def _dye(self, item: pg.BarGraphItem, token: str) -> None:
        item.setOpts(brush=self.dye(token), pen=pg.mkPen(None))

    def show_stacks(self, x: np.ndarray, counts: np.ndarray) -> None:
        """``counts`` has a row for each ``x`` and a column for each part, from below."""
        feet = np.cumsum(counts, axis=1) - counts
        width = max(_BAR, 2 * self.pixel())
        for part, item in enumerate(self._parts):
            here = counts[:, part] > 0
            item.setOpts(x=x[here], y0=feet[here, part], height=counts[here, part], width=width)

    def show_expected(self, first: int, calls: Sequence[float], band: Sequence[tuple[float, float]]) -> None:
        """From interval ``first`` on; ``band`` has the least and the most of the last of them."""
        self._expected.setVisible(bool(calls))
        edges = (np.arange(len(calls) + 1) + first) * _QUARTER
        if calls:
            self._expected.setData(edges, np.asarray(calls))
        low, high = _points(band)
        begins = edges[:-1][len(calls) - len(band) :]
        self._band.setOpts(x0=begins, x1=begins + _QUARTER, y0=low, height=high - low)


class _StepPlot(Plot):
    """One or two staircases, the first filled: with bars, which cost a fifth of a filled path."""

    def __init__(self) -> None:
        super().__init__()
        self._filled = Bars(x0=[], x1=[], height=[], pen=None)
        self._lines = [Curve([0, 0], [0], stepMode="center", skipFiniteCheck=True) for _ in range(2)]
        first, second = self._lines
        self.put(self._filled, lambda: self._filled.setOpts(brush=self.dye("cfill"), pen=pg.mkPen(None)))
        self.put(first, lambda: first.setPen(self._pen("c1")))
        self.put(second, lambda: second.setPen(self._pen("c3")))

    def _pen(self, token: str) -> QPen:
        """One that closes the corners: every line of a staircase is painted by itself."""
        result = self.pen(token, 2)
        result.setCapStyle(Qt.PenCapStyle.SquareCap)
        return result

    def show_stairs(self, stairs: Sequence[Points]) -> None:
        """The edges of the steps of each, in seconds, and their heights, one less."""
        edges, heights = stairs[0]
        here = heights > 0
        self._filled.setOpts(x0=edges[:-1][here], x1=edges[1:][here], height=heights[here])
        for item, steps in zip(self._lines, stairs, strict=False):
            item.setData(*steps)
        self._lines[1].setVisible(len(stairs) > 1)


class _DayCard(ChartCard):
    """A chart over the day's quarter hours."""

    def __init__(self, title: str, plot: Plot):
        super().__init__(title, plot)
        self._bars: tuple[IntervalBar, ...] = ()
        self._shown: object = None
        self._window: tuple[object, tuple[float, float], list[Tick]] = (None, (0.0, 1.0), [])

    def _hours(self, bars: Sequence[IntervalBar], day: SiteDay) -> tuple[tuple[float, float], list[Tick]]:
        """The range of the time axis and its labels, worked out anew only when it moves."""
        window = day_window(bars, day)
        if self._window[:2] != (day.date, window):
            self._window = day.date, window, hour_ticks(window, day)
        return (window[0] - 300, window[1]), self._window[2]

    def _is_news(self, bars: Sequence[IntervalBar], *more: object) -> bool:
        """Keep the bars; whether anything in them counts differently than what is painted."""
        self._bars = tuple(bars)
        shown = ([bar.parts for bar in bars], *more)
        news, self._shown = shown != self._shown, shown
        return news

    def _bar_at(self, x: float) -> IntervalBar | None:
        index = int(x // _QUARTER)
        return self._bars[index] if 0 <= index < len(self._bars) else None


class ServiceLevelChart(_DayCard):
    """Service level of each quarter hour against the target; those below it are marked."""

    def __init__(self) -> None:
        self.curve, self._target = _LevelPlot(), 0.0
        super().__init__(QCoreApplication.translate("charts", "Service level by 15 min"), self.curve)
        self.legend.set(
            (
                Key("c1", QCoreApplication.translate("charts", "Service level"), "line"),
                Key("text2", QCoreApplication.translate("charts", "Target"), "dash"),
                Key("bad", QCoreApplication.translate("charts", "Below target"), "mark"),
            )
        )

    def set(self, bars: Sequence[IntervalBar], day: SiteDay, target: float) -> None:
        """The day so far; ``target`` is a fraction."""
        if not self._is_news(bars, target, day.date):
            self.tell()
            return
        x, y = _points([((bar.index + 0.5) * _QUARTER, bar.level * 100) for bar in bars if bar.level is not None])
        low = 40.0 if min(target * 100, y.min(initial=100)) >= 42 else 0.0
        levels = (40, 60, 80, 100) if low else (0, 25, 50, 75, 100)
        ticks = [(float(level), f"{level}%") for level in levels]
        self.curve.set_axes(*self._hours(bars, day), (low, 100.0), ticks)
        self.curve.show_levels(x, y, target * 100)
        self._say(target)

    def _say(self, target: float) -> None:
        tr, self._target = QCoreApplication.translate, target
        last = next((bar for bar in reversed(self._bars) if bar.level is not None), None)
        if last is None or last.level is None:
            self.say(NO_DATA, tr("charts", "target {0}").format(share_text(target)))
        else:
            since = tr("charts", "since {0}, target {1}").format(last.label, share_text(target))
            tone = "bad" if last.level < target else ""
            self.say(share_text(last.level, target), since, tone, last.service_level)

    def in_words(self) -> str:
        levels = [(bar.label, bar.level) for bar in self._bars]
        return ", ".join(f"{label} {share_text(level, self._target)}" for label, level in levels if level is not None)

    def explain_at(self, x: float) -> str:
        bar = self._bar_at(x)
        return bar.service_level.explain() if bar is not None else ""


class OfferedChart(_DayCard):
    """Queue visits offered in each quarter hour, by what became of them."""

    def __init__(self) -> None:
        self.stack = _StackPlot()
        self._expected: Expected | None = None
        self._day: SiteDay | None = None
        self._said_of: tuple[Figure, Figure] | None = None  # visits offered, abandon rate
        super().__init__(QCoreApplication.translate("charts", "Queue visits offered"), self.stack)

    def set(
        self,
        bars: Sequence[IntervalBar],
        day: SiteDay,
        total: Figure,
        abandoned: Figure,
        expected: Expected | None = None,
    ) -> None:
        """The day so far, with the day's count of visits and its abandon rate, and what was expected of it."""
        seconds = total.scope.threshold_s
        if not self._is_news(bars, seconds, day.date, expected):
            self.tell()
            return
        self._expected, self._day = expected, day
        filled = [bar for bar in bars if bar.tally.entered]
        hours, times = self._hours(bars, day)
        inside = range(max(0, math.ceil(hours[0] / _QUARTER)), min(day.count, int(hours[1] // _QUARTER)))
        calls = [expected.calls[at] for at in inside] if expected is not None else []
        band = [expected.band(at) for at in inside if at >= len(bars)] if expected is not None else []
        highest = max((*calls, *(high for _, high in band)), default=0.0)
        top = round_top(max(max((bar.tally.entered for bar in filled), default=0), math.ceil(highest)))
        self.stack.set_axes(hours, times, (0, top), quarter_levels(top))
        self.stack.show_expected(inside.start, calls, band)
        counts = np.array([_parts(bar) for bar in filled], dtype=float).reshape(-1, 4)
        self.stack.show_stacks(np.array([(bar.index + 0.5) * _QUARTER for bar in filled]), counts)
        self._name_parts(seconds, others=bool(counts[:, 3].any()))
        self._said_of = total, abandoned
        self._say_figures()

    def _say_figures(self) -> None:
        """With the day's forecast where there is room for it."""
        if self._said_of is None:
            return
        total, abandoned = self._said_of
        tr = QCoreApplication.translate
        words = tr("charts", "abandoned {0}").format(abandoned.text())
        if self._expected is not None:
            whole = number_text(self._expected.total)
            longer = tr("charts", "forecast {0}, abandoned {1}").format(whole, abandoned.text())
            words = longer if self._has_room(longer) else words
        self.say(total.text(), words, "", total, abandoned)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_figures()

    def in_words(self) -> str:
        row = QCoreApplication.translate("charts", "{0}: {1} offered, {2} in time, {3} later, {4} abandoned")
        said = [row.format(bar.label, bar.tally.entered, *_parts(bar)[:3]) for bar in self._bars if bar.tally.entered]
        if self._expected is not None and self._day is not None:
            to_come = QCoreApplication.translate("charts", "{0}: {1} expected")
            hours, _ = self._hours(self._bars, self._day)
            last = min(self._day.count, int(hours[1] // _QUARTER))
            calls = self._expected.calls
            said += [to_come.format(self._day.label(at), number_text(calls[at])) for at in range(len(self._bars), last)]
        return "; ".join(said)

    def _name_parts(self, seconds: float | None, *, others: bool) -> None:
        tr = QCoreApplication.translate
        in_time = tr("charts", "Answered in time")
        if seconds is not None:
            in_time = tr("charts", "Answered in {0} s").format(plain_text(seconds))
        keys = [Key("c1", in_time), Key("c2", tr("charts", "Later")), Key("c3", tr("charts", "Abandoned"))]
        if others:
            keys.append(Key("line2", tr("charts", "Left or waiting")))
        if self._expected is not None:
            keys.append(Key("text2", tr("charts", "Forecast"), "dash"))
        self.legend.set(keys)

    def explain_at(self, x: float) -> str:
        bar, expected = self._bar_at(x), self._expected_words(int(x // _QUARTER))
        if bar is None:
            return expected
        tr = QCoreApplication.translate
        in_time, later, abandoned, _ = _parts(bar)
        parts = (
            tr("charts", "{0} answered in time").format(in_time),
            tr("charts", "{0} answered later").format(later),
            tr("charts", "{0} abandoned").format(abandoned),
            tr("charts", "{0} left by key or timeout").format(bar.tally.exited),
            tr("charts", "{0} waiting or without a known end").format(bar.tally.unresolved),
        )
        offered = tr("charts", "{0}: {1} offered").format(bar.label, bar.tally.entered)
        return "\n".join((offered, *parts, *((expected,) if expected else ())))

    def _expected_words(self, index: int) -> str:
        """What was expected of a quarter hour, what that rests on, and how wrong it may be."""
        found, day, tr = self._expected, self._day, QCoreApplication.translate
        if found is None or day is None or not 0 <= index < len(found.calls):
            return ""
        low, high = found.band(index)
        lines = [
            tr("charts", "Forecast for {0}: {1}, between {2} and {3}").format(
                day.label(index), *(number_text(calls, 1) for calls in (found.calls[index], low, high))
            ),
            tr("charts", "From {0} days of this weekday, the season and holidays").format(found.rests_on),
        ]
        if found.error is not None:
            lines.append(
                tr(
                    "charts", "By quarter hour such forecasts of the last {0} days were wrong by {1} of all visits"
                ).format(found.tested, share_text(found.error))
            )
        return "\n".join(lines)


def _parts(bar: IntervalBar) -> tuple[int, int, int, int]:
    """Answered in time, later, abandoned, and all others; together what was offered."""
    tally = bar.tally
    late = tally.answered - tally.answered_in_time
    return tally.answered_in_time, late, tally.abandoned, tally.exited + tally.unresolved


class WaitingChart(ChartCard):
    """Who waited in the last hour, in steps; beside all queues the one where most waited."""

    def __init__(self) -> None:
        self.steps = _StepPlot()
        super().__init__(QCoreApplication.translate("charts", "Waiting now, last hour"), self.steps)
        self._series: WaitingSeries | None = None
        self._day: SiteDay | None = None
        self._shown: object = None

    def set(
        self, day: SiteDay, name: str, series: WaitingSeries, other: str = "", others: WaitingSeries | None = None
    ) -> None:
        """``series`` under ``name``; ``others`` is a second line, empty for none."""
        self._series, self._day = series, day
        if self._shown == (series, name, others, other):
            self.tell()
            return
        self._shown = (series, name, others, other)
        start = (series.starts_at - day.start).total_seconds()
        end = start + len(series.values) * series.step_s
        top = round_top(max(series.peak, others.peak if others else 0, 1))
        inside = [
            at for at in range(math.ceil(start / _QUARTER), int(end // _QUARTER) + 1) if at * _QUARTER > start + 150
        ]
        times = [(at * _QUARTER, day.label(at)) for at in inside]
        self.steps.set_axes((start, end), times, (0, top), quarter_levels(top))
        self.steps.show_stairs([_stairs(one, start) for one in (series, others) if one is not None])
        self.legend.set([Key("c1", name, "line")] + ([Key("c3", other, "line")] if other else []))
        self._say(series, day)

    def _say(self, series: WaitingSeries, day: SiteDay) -> None:
        tr = QCoreApplication.translate
        figure = metrics.waiting_now(series.values[-1] if series.values else 0)
        present = figure.text()
        if series.peak:
            when = day.clock(self._moment(series, series.values.index(series.peak)))
            self.say(present, tr("charts", "peak {0} at {1}").format(number_text(series.peak), when), "", figure)
        else:
            self.say(present, tr("charts", "nobody waited"), "", figure)

    def in_words(self) -> str:
        series, day = self._series, self._day
        if series is None or day is None:
            return ""
        step = 5 * 60 // series.step_s
        words = QCoreApplication.translate("charts", "{0} up to {1}")
        return ", ".join(
            words.format(day.clock(self._moment(series, at)), max(series.values[at : at + step]))
            for at in range(0, len(series.values), step)
        )

    @staticmethod
    def _moment(series: WaitingSeries, at: int) -> datetime:
        return series.starts_at + timedelta(seconds=at * series.step_s)

    def explain_at(self, x: float) -> str:
        series, day = self._series, self._day
        if series is None or day is None:
            return ""
        at = int((x - (series.starts_at - day.start).total_seconds()) // series.step_s)
        if not 0 <= at < len(series.values):
            return ""
        when = self._moment(series, at).astimezone(day.zone)
        words = QCoreApplication.translate("charts", "{0} waiting at {1}\nEntered and not yet left, every {2} s")
        return words.format(series.values[at], f"{when:%H:%M:%S}", series.step_s)


def _stairs(series: WaitingSeries, start: float) -> Points:
    """The edges of the steps and their heights; equal neighbours are one step."""
    values = np.asarray(series.values or (0,), dtype=float)
    firsts = np.append(0, np.flatnonzero(np.diff(values)) + 1)
    return np.append(firsts, len(values)) * float(series.step_s) + start, values[firsts]
