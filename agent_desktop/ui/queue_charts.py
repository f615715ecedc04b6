"""The three charts of the live board: service level against its target, visits offered, and waiting now."""

import itertools
import math
from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath

from agent_desktop.core.board_views import IntervalBar, WaitingSeries
from agent_desktop.core.figures import Figure, share_text
from agent_desktop.core.intervals import INTERVAL, SiteDay
from agent_desktop.ui import theme
from agent_desktop.ui.chart_parts import ChartCard, Key, Plot, Tick, pen

_QUARTER = INTERVAL.total_seconds()
_BAR = _QUARTER * 0.68
_SHORTEST = timedelta(hours=9)  # shown at least, so that a morning's first bars are not a metre wide


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


class _Below(pg.GraphicsObject):  # type: ignore[misc]
    """The area between a line and the target above it."""

    def __init__(self) -> None:
        super().__init__()
        self._path, self._bounds = QPainterPath(), QRectF()

    def set(self, points: Sequence[tuple[float, float]], target: float) -> None:
        """``points`` of the line in order; quarter hours that do not touch are not joined."""
        path = QPainterPath()
        for (x0, y0), (x1, y1) in itertools.pairwise(points):
            if x1 - x0 > _QUARTER or min(y0, y1) >= target:
                continue
            corners = [(x0, min(y0, target))]
            if (y0 < target) != (y1 < target):
                corners.append((x0 + (target - y0) / (y1 - y0) * (x1 - x0), target))
            corners.append((x1, min(y1, target)))
            path.moveTo(QPointF(x0, target))
            for x, y in corners:
                path.lineTo(QPointF(x, y))
            path.lineTo(QPointF(x1, target))
            path.closeSubpath()
        self.prepareGeometryChange()
        self._path, self._bounds = path, path.boundingRect()
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, *_: object) -> None:
        painter.fillPath(self._path, theme.color("bad_bg"))


class _DayCard(ChartCard):
    """A chart over the day's quarter hours."""

    def __init__(self, title: str, plot: Plot):
        super().__init__(title, plot)
        self._bars: tuple[IntervalBar, ...] = ()
        self._target = 0.8

    def _set_window(self, bars: Sequence[IntervalBar], day: SiteDay, low: float, high: float) -> None:
        window = day_window(bars, day)
        self.plot.set_ranges((window[0] - 300, window[1]), (low, high))
        self.plot.set_times(hour_ticks(window, day))

    def _bar_at(self, x: float) -> IntervalBar | None:
        index = int(x // _QUARTER)
        return self._bars[index] if 0 <= index < len(self._bars) else None


class ServiceLevelChart(_DayCard):
    """Service level of each quarter hour against the target; those below it are marked."""

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("charts", "Service level by 15 min"), Plot())
        self._line_of_target = pg.InfiniteLine(80, 0)
        self._below = _Below()
        self._line = pg.PlotCurveItem(antialias=True, skipFiniteCheck=True)
        self._dots = pg.ScatterPlotItem(size=5, pxMode=True)
        self._misses = pg.ScatterPlotItem(size=8, symbol="t", pxMode=True)
        for item in (self._below, self._line_of_target, self._line, self._dots, self._misses):
            self.plot.addItem(item, ignoreBounds=True)
        self.dress()

    def dress(self) -> None:
        super().dress()
        if not hasattr(self, "_misses"):
            return
        self._line_of_target.setPen(pen("text2", 1.5, (4, 3)))
        self._line.setPen(pen("c1", 2))
        self._dots.setPen(None)
        self._dots.setBrush(theme.color("c1"))
        self._misses.setPen(pen("surface"))
        self._misses.setBrush(theme.color("bad"))
        self._below.update()
        tr = QCoreApplication.translate
        self.legend.set(
            (
                Key("c1", tr("charts", "Service level"), "line"),
                Key("text2", tr("charts", "Target"), "dash"),
                Key("bad", tr("charts", "Below target"), "mark"),
            )
        )

    def set(self, bars: Sequence[IntervalBar], day: SiteDay, target: float) -> None:
        """The day so far; ``target`` is a fraction."""
        self._bars, self._target = tuple(bars), target
        points = [
            ((bar.index + 0.5) * _QUARTER, bar.level * 100) for bar in bars if bar.level is not None
        ]  # in the middle of their quarter
        low = 40.0 if all(y >= 42 for _, y in points) else 0.0
        self._set_window(bars, day, low, 100)
        levels = (40, 60, 80, 100) if low else (0, 25, 50, 75, 100)
        self.plot.set_levels([(level, f"{level}%") for level in levels])
        self._line_of_target.setValue(target * 100)
        xs, ys = np.array([x for x, _ in points]), np.array([y for _, y in points])
        joined = np.append((np.diff(xs) <= _QUARTER).astype(np.int32), 0) if len(points) else np.array([], np.int32)
        self._line.setData(xs, ys, connect=joined)
        alone = [point for at, point in enumerate(points) if not joined[at] and not (at and joined[at - 1])]
        self._dots.setData([x for x, _ in alone], [y for _, y in alone])
        missed = [point for point in points if point[1] < target * 100]
        self._misses.setData([x for x, _ in missed], [y for _, y in missed])
        self._below.set(points, target * 100)
        self._say(target)

    def _say(self, target: float) -> None:
        tr = QCoreApplication.translate
        last = next((bar for bar in reversed(self._bars) if bar.level is not None), None)
        if last is None or last.level is None:
            self.value.setText("–")
            self.detail.setText(tr("charts", "target {0}").format(share_text(target)))
        else:
            self.value.setText(share_text(last.level, target))
            since = tr("charts", "since {0}, target {1}").format(last.label, share_text(target))
            self.detail.setText(since)
        below = last is not None and last.level is not None and last.level < target
        self.value.set_tone("bad" if below else "")
        words = ", ".join(f"{bar.label} {share_text(bar.level, target)}" for bar in self._bars if bar.level is not None)
        self.describe(f"{self.value.text()}, {self.detail.text()}", words)

    def explain_at(self, x: float) -> str:
        bar = self._bar_at(x)
        return bar.service_level.explain() if bar is not None else ""


class OfferedChart(_DayCard):
    """Queue visits offered in each quarter hour, by what became of them."""

    _TOKENS = ("c1", "c2", "c3", "line2")

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("charts", "Queue visits offered"), Plot())
        self._parts = [pg.BarGraphItem(x=[], height=[], y0=[], width=_BAR) for _ in self._TOKENS]
        for item in self._parts:
            self.plot.addItem(item, ignoreBounds=True)
        self._seconds: float | None = None
        self._others = False
        self.dress()

    def dress(self) -> None:
        super().dress()
        if not hasattr(self, "_others"):
            return
        for item, token in zip(self._parts, self._TOKENS, strict=True):
            item.setOpts(brush=theme.color(token), pen=pg.mkPen(None))
        tr = QCoreApplication.translate
        in_time = (
            tr("charts", "Answered in time")
            if self._seconds is None
            else tr("charts", "Answered in {0} s").format(f"{self._seconds:g}")
        )
        keys = [Key("c1", in_time), Key("c2", tr("charts", "Later")), Key("c3", tr("charts", "Abandoned"))]
        if self._others:
            keys.append(Key("line2", tr("charts", "Left or waiting")))
        self.legend.set(keys)

    def set(self, bars: Sequence[IntervalBar], day: SiteDay, total: Figure, abandoned: Figure) -> None:
        """The day so far, with the day's count of visits and its abandon rate."""
        self._bars = tuple(bars)
        filled = [bar for bar in bars if bar.tally.entered]
        top = round_top(max((bar.tally.entered for bar in filled), default=0))
        self._set_window(bars, day, 0, top)
        self.plot.set_levels([(top * part // 4, f"{top * part // 4:,}") for part in range(5)])
        xs = np.array([(bar.index + 0.5) * _QUARTER for bar in filled])
        counts = np.array(
            [
                (t.answered_in_time, t.answered - t.answered_in_time, t.abandoned, t.exited + t.unresolved)
                for t in (bar.tally for bar in filled)
            ]
        ).reshape(-1, 4)
        feet = np.cumsum(counts, axis=1) - counts
        for part, item in enumerate(self._parts):
            here = counts[:, part] > 0
            item.setOpts(x=xs[here], height=counts[here, part], y0=feet[here, part], width=_BAR)
        others, seconds = bool(counts[:, 3].any()), total.scope.threshold_s
        if (others, seconds) != (self._others, self._seconds):
            self._others, self._seconds = others, seconds
            self.dress()
        self._say(total, abandoned)

    def _say(self, total: Figure, abandoned: Figure) -> None:
        tr = QCoreApplication.translate
        self.value.setText(total.text())
        self.detail.setText(tr("charts", "abandoned {0}").format(abandoned.text()))
        self.value.setToolTip("")
        rows = (
            tr("charts", "{0}: {1} offered, {2} answered in time, {3} later, {4} abandoned").format(
                bar.label,
                bar.tally.entered,
                bar.tally.answered_in_time,
                bar.tally.answered - bar.tally.answered_in_time,
                bar.tally.abandoned,
            )
            for bar in self._bars
            if bar.tally.entered
        )
        self.describe(f"{self.value.text()}, {self.detail.text()}", "; ".join(rows))

    def explain_at(self, x: float) -> str:
        bar = self._bar_at(x)
        if bar is None:
            return ""
        tally = bar.tally
        parts = (
            QCoreApplication.translate("charts", "{0} answered in time").format(tally.answered_in_time),
            QCoreApplication.translate("charts", "{0} answered later").format(tally.answered - tally.answered_in_time),
            QCoreApplication.translate("charts", "{0} abandoned").format(tally.abandoned),
            QCoreApplication.translate("charts", "{0} left by key or timeout").format(tally.exited),
            QCoreApplication.translate("charts", "{0} waiting or without a known end").format(tally.unresolved),
        )
        return "\n".join((f"{bar.label}: {tally.entered}", *parts))


class WaitingChart(ChartCard):
    """Who waited in the last hour, in steps; beside all queues the one where most waited."""

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("charts", "Waiting now, last hour"), Plot())
        self._area = pg.PlotCurveItem(
            [0, 1], [0], stepMode="center", fillLevel=0, pen=pg.mkPen(None), skipFiniteCheck=True
        )
        self._all = pg.PlotCurveItem([0, 1], [0], stepMode="center", skipFiniteCheck=True)
        self._one = pg.PlotCurveItem([0, 1], [0], stepMode="center", skipFiniteCheck=True)
        for item in (self._area, self._all, self._one):
            self.plot.addItem(item, ignoreBounds=True)
        self._series: WaitingSeries | None = None
        self._day: SiteDay | None = None
        self._names = ("", "")
        self.dress()

    def dress(self) -> None:
        super().dress()
        if not hasattr(self, "_names"):
            return
        self._area.setBrush(theme.color("cfill"))
        self._all.setPen(pen("c1", 2))
        self._one.setPen(pen("c3", 2))
        name, other = self._names
        self.legend.set([Key("c1", name, "line")] + ([Key("c3", other, "line")] if other else []))

    def set(
        self, day: SiteDay, name: str, series: WaitingSeries, other: str = "", others: WaitingSeries | None = None
    ) -> None:
        """``series`` under ``name``; ``others`` is a second line, empty for none."""
        self._series, self._day = series, day
        start = (series.starts_at - day.start).total_seconds()
        end = start + len(series.values) * series.step_s
        top = round_top(max(series.peak, others.peak if others else 0, 1))
        self.plot.set_ranges((start, end), (0, top))
        self.plot.set_levels([(top * part // 4, f"{top * part // 4:,}") for part in range(5)])
        quarters = range(math.ceil(start / _QUARTER), int(end // _QUARTER) + 1)
        inside = [at for at in quarters if start + 150 < at * _QUARTER < end - 150]
        self.plot.set_times([(at * _QUARTER, day.clock(day.starts_at(at))) for at in inside])
        xs, ys = _stairs(series, start)
        self._area.setData(xs, ys)
        self._all.setData(xs, ys)
        self._one.setData(*(_stairs(others, start) if others else ([start, end], [0])))
        self._one.setVisible(others is not None)
        if (name, other) != self._names:
            self._names = name, other
            self.dress()
        self._say(series, day)

    def _say(self, series: WaitingSeries, day: SiteDay) -> None:
        tr = QCoreApplication.translate
        self.value.setText(f"{series.values[-1] if series.values else 0}")
        if series.peak:
            at = series.values.index(series.peak)
            when = day.clock(series.starts_at + timedelta(seconds=at * series.step_s))
            self.detail.setText(tr("charts", "peak {0} at {1}").format(series.peak, when))
        else:
            self.detail.setText(tr("charts", "nobody waited"))
        stairs = [
            f"{day.clock(self._moment(series, at))} {value}"
            for at, value in enumerate(series.values)
            if at == 0 or series.values[at - 1] != value
        ]
        self.describe(f"{self.value.text()}, {self.detail.text()}", ", ".join(stairs))

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
        words = QCoreApplication.translate(
            "charts", "{0} waiting at {1}\nCounted every {2} s: entered and not yet left"
        )
        return words.format(series.values[at], f"{when:%H:%M:%S}", series.step_s)


def _stairs(series: WaitingSeries, start: float) -> tuple[np.ndarray, np.ndarray]:
    """Edges and heights of the steps, equal neighbours joined: fewer points to draw."""
    values = np.asarray(series.values, dtype=float)
    if not len(values):
        return np.array([start, start + 1]), np.array([0.0])
    changes = np.flatnonzero(np.diff(values)) + 1
    firsts = np.concatenate(([0], changes))
    edges = np.concatenate((firsts, [len(values)])) * float(series.step_s) + start
    return edges, values[firsts]
