"""What is drawn into a chart's plot: lines, bars and marks, none of which is ever measured."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget


class Whole:
    """An item said to be as large as its plot: pyqtgraph measures each anew, several times with every redraw."""

    extent = QRectF()

    def boundingRect(self) -> QRectF:
        return self.extent

    def informViewBoundsChanged(self) -> None:
        """Its view has fixed ranges and does not ask."""


class Curve(Whole, pg.PlotCurveItem):  # type: ignore[misc]
    """A line through points."""


class Bars(Whole, pg.BarGraphItem):  # type: ignore[misc]
    """Upright bars."""


class Marks(Whole, pg.GraphicsObject):  # type: ignore[misc]
    """One sign at each point, a polygon in pixels. pyqtgraph's own keep a picture of every sign they ever showed."""

    def __init__(self, sign: Sequence[tuple[float, float]]):
        super().__init__()
        self._sign = QPolygonF([QPointF(x, y) for x, y in sign])
        self._pen, self._brush = QPen(), QBrush()
        self.spots: list[tuple[float, float]] = []

    def dress(self, pen: QPen, colour: QColor) -> None:
        self._pen, self._brush = pen, QBrush(colour)
        self.update()

    def show_at(self, x: np.ndarray, y: np.ndarray) -> None:
        """The points to mark, in the plot's own units."""
        spots = list(zip(x.tolist(), y.tolist(), strict=True))
        if spots != self.spots:
            self.spots = spots
            self.update()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        if not self.spots:
            return
        place = painter.transform()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen)
        painter.setBrush(self._brush)
        for x, y in self.spots:
            painter.drawPolygon(self._sign.translated(place.map(QPointF(x, y))))
        painter.setTransform(place)
