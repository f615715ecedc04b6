"""What the queue charts are made of: a plot with fixed axes, its card with title and legend. Imports pyqtgraph.

Plots keep their items and only get new data; nothing ranges, pans or antialiases by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QStyle, QToolTip, QWidget

from agent_desktop.core.figures import Figure
from agent_desktop.ui import theme
from agent_desktop.ui.components import column, label, plain_tooltip, row, snug

Tick = tuple[float, str]


def pen(token: str, width: float = 1.0, dashes: Sequence[float] = ()) -> QPen:
    """A pen in a token's present colour."""
    result: QPen = pg.mkPen(theme.color(token), width=width)
    if dashes:
        result.setDashPattern(list(dashes))
    return result


class Axis(pg.AxisItem):  # type: ignore[misc]
    """Labels only, at the ticks it is given."""

    def __init__(self, side: str):
        super().__init__(side)
        self.given: list[Tick] = []
        self.setStyle(tickLength=0, tickTextOffset=6)
        self.dress()

    def dress(self) -> None:
        """Colours and font of the present theme."""
        self.setPen(pg.mkPen(None))
        self.setTextPen(theme.color("text3"))
        self.setStyle(tickFont=theme.font("caption", tabular=True))

    def give(self, ticks: Sequence[Tick]) -> None:
        """Show these ticks from now on."""
        if list(ticks) != self.given:
            self.given = list(ticks)
            self.setTicks([self.given])


class Plot(pg.PlotWidget):  # type: ignore[misc]
    """A plot with fixed ranges, horizontal grid lines and no interaction. Time runs left to right in every language."""

    def __init__(self) -> None:
        self._side, self._foot = Axis("left"), Axis("bottom")
        super().__init__(axisItems={"left": self._side, "bottom": self._foot}, background=None, antialias=False)
        self.getPlotItem().setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setMouseEnabled(False, False)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.disableAutoRange()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet("background:transparent")
        self.getPlotItem().layout.setContentsMargins(0, 4, 6, 0)
        self._grid: list[pg.InfiniteLine] = []
        self._ranges: tuple[float, float, float, float] | None = None
        self._measure()

    def set_ranges(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Both ranges, in the data's units; a little room is left above."""
        ranges = (*x, *y)
        if ranges != self._ranges:
            self._ranges = ranges
            self.setXRange(*x, padding=0)
            self.setYRange(y[0], y[1] + (y[1] - y[0]) * 0.09, padding=0)

    def set_levels(self, ticks: Sequence[Tick]) -> None:
        """Labels at the side, each with its grid line."""
        if list(ticks) == self._side.given:
            return
        self._side.give(ticks)
        for line in self._grid:
            self.removeItem(line)
        self._grid = [pg.InfiniteLine(value, 0, pen=pen("line")) for value, _ in ticks]
        for line in self._grid:
            line.setZValue(-10)
            self.addItem(line, ignoreBounds=True)
        self._measure()

    def set_times(self, ticks: Sequence[Tick]) -> None:
        """Labels at the foot."""
        self._foot.give(ticks)

    def x_at(self, spot: QPoint) -> float:
        """The time under a point of the widget."""
        return float(self.getPlotItem().vb.mapSceneToView(self.mapToScene(spot)).x())

    def dress(self) -> None:
        """Read colours and fonts again."""
        for axis in (self._side, self._foot):
            axis.dress()
        for line in self._grid:
            line.setPen(pen("line"))
        self._measure()

    def _measure(self) -> None:
        metrics = QFontMetrics(theme.font("caption", tabular=True))
        widest = max((metrics.horizontalAdvance(text) for _, text in self._side.given), default=0)
        self._side.setWidth(max(theme.px(30), widest + 12))
        self._foot.setHeight(metrics.height() + 6)


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend: kind is line, dash, box or mark (the triangle of a missed target)."""

    token: str
    text: str
    kind: str = "box"


class Legend(QWidget):
    """Swatches with words, in one line; entries at the end are left out where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[Key, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set(self, keys: Sequence[Key]) -> None:
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            self.setAccessibleName(", ".join(key.text for key in keys))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(120), QFontMetrics(theme.font("caption")).height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font("caption"))
        metrics, direction, x = painter.fontMetrics(), self.layoutDirection(), 0
        height, swatch = self.height(), theme.px(14)
        for key in self._keys:
            width = metrics.horizontalAdvance(key.text) + 2
            if x + swatch + 6 + width > self.width() and x:
                break
            spot = QStyle.visualRect(direction, self.rect(), QRect(x, 0, swatch, height))
            middle = height // 2
            if key.kind == "box":
                side = theme.px(10)
                painter.fillRect(
                    QRectF(spot.center().x() - side / 2, middle - side / 2, side, side), theme.color(key.token)
                )
            elif key.kind == "mark":
                half = theme.px(8) / 2
                centre = QPointF(spot.center().x(), middle)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color(key.token))
                corners = (QPointF(-half, -half), QPointF(half, -half), QPointF(0, half))
                painter.drawPolygon([centre + corner for corner in corners])
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            else:
                painter.setPen(pen(key.token, 2.0, (2, 1.5) if key.kind == "dash" else ()))
                painter.drawLine(spot.left(), middle, spot.right(), middle)
            painter.setPen(theme.color("text2"))
            room = QStyle.visualRect(direction, self.rect(), QRect(x + swatch + 6, 0, width, height))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, key.text)
            x += swatch + 6 + width + theme.px(10)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)


class ChartCard(QFrame):
    """A titled card around a plot: what it is, the present figure, the plot, the legend. Its figures are also words."""

    def __init__(self, title: str, plot: Plot):
        super().__init__()
        self.setProperty("card", True)
        self.plot, self._title_text = plot, title
        self._figure: Figure | None = None
        self.title = snug(title, "body-b")
        self.value = label("", "body-b", tabular=True)
        self.detail = snug("", "small", "3", tabular=True)
        self.legend = Legend()
        self._lay_out()
        plot.viewport().installEventFilter(self)

    def _lay_out(self) -> None:
        head = row(self.title, None, self.value, self.detail, spacing=6)
        self.setLayout(column(head, (self.plot, 1), self.legend, spacing=4, margins=(14, 10, 12, 8)))

    def describe(self, short: str, figures: str) -> None:
        """For those who do not see it: ``short`` beside the title, ``figures`` the whole table in words."""
        self.setAccessibleName(f"{self._title_text}: {short}")
        if self.accessibleDescription() != figures:
            self.setAccessibleDescription(figures)

    def dress(self) -> None:
        """Read colours and fonts again."""
        self.plot.dress()

    def explain_at(self, x: float) -> str:
        """The words for the tooltip at a time of the plot; empty for none."""
        return ""

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self.explain_at(self.plot.x_at(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tooltip(text) if text else "", self.plot)
            return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.dress()
        super().changeEvent(event)
