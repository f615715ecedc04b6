"""What the queue charts are made of: a plot with fixed axes, a legend, and the card with title and figure around them.

Plots are painted by hand: a general plotting library took 4 ms for one of these few lines and bars, which twelve of
them a second cannot afford on a desktop that also takes calls, and a third of a second to load.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStyle, QToolTip, QWidget

from agent_desktop.core.figures import Figure
from agent_desktop.ui import theme
from agent_desktop.ui.components import column, label, plain_tooltip, row, snug

Tick = tuple[float, str]
_HEAD_GAP, _HEAD_SIDE = 6, 14


def pen(token: str, width: float = 1.0, dashes: Sequence[float] = ()) -> QPen:
    """A pen in a token's present colour, square at its ends."""
    result = QPen(theme.color(token), width)
    result.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashes:
        result.setDashPattern(list(dashes))
    return result


class Plot(QWidget):
    """A plot with fixed ranges and horizontal grid lines; subclasses paint what is in it.

    Time runs left to right in every language, as on a clock face.
    """

    def __init__(self) -> None:
        super().__init__()
        self._x, self._y = (0.0, 1.0), (0.0, 1.0)
        self._levels: tuple[Tick, ...] = ()
        self._times: tuple[Tick, ...] = ()
        self._side = 0
        self._left = self._bottom = 0.0
        self._per_x = self._per_y = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_axes(
        self, x: tuple[float, float], times: Sequence[Tick], y: tuple[float, float], levels: Sequence[Tick]
    ) -> None:
        """Both ranges in the data's units, each with the ticks that are labelled."""
        self._x, self._y = x, y
        self._times, self._levels = tuple(times), tuple(levels)
        metrics = QFontMetrics(theme.font("caption", tabular=True))
        widest = max((metrics.horizontalAdvance(text) for _, text in self._levels), default=0)
        self._side = max(theme.px(24), widest) + 8

    def area(self) -> QRectF:
        """Where the data is painted, beside the labels."""
        line = QFontMetrics(theme.font("caption")).height()
        return QRectF(self._side, line / 2 + 2, self.width() - self._side - 6, self.height() - 1.5 * line - 8)

    def place(self, x: float, y: float) -> QPointF:
        """A time and a value as a place on the widget; only while it paints."""
        return QPointF(self._left + (x - self._x[0]) * self._per_x, self._bottom - (y - self._y[0]) * self._per_y)

    def places(self, points: Sequence[tuple[float, float]]) -> list[QPointF]:
        """``place`` of many."""
        left, bottom, per_x, per_y, x0, y0 = self._left, self._bottom, self._per_x, self._per_y, self._x[0], self._y[0]
        return [QPointF(left + (x - x0) * per_x, bottom - (y - y0) * per_y) for x, y in points]

    def _project(self, area: QRectF) -> None:
        self._left, self._bottom = area.left(), area.bottom()
        self._per_x = area.width() / (self._x[1] - self._x[0])
        self._per_y = area.height() / (self._y[1] - self._y[0])

    def x_at(self, place: float) -> float:
        """The time at a place of the widget."""
        area = self.area()
        return self._x[0] + (place - area.left()) / max(1.0, area.width()) * (self._x[1] - self._x[0])

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(140))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(60))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), self.area()
        self._project(area)
        self._paint_axes(painter, area)
        self.paint_data(painter, area)

    def paint_data(self, painter: QPainter, area: QRectF) -> None:
        """The lines and bars, over the grid."""

    def _paint_axes(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(theme.font("caption", tabular=True))
        metrics = painter.fontMetrics()
        line, grid, words = metrics.height(), pen("line"), pen("text3")
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for value, text in self._levels:
            y = round(self.place(0, value).y())
            painter.setPen(grid)
            painter.drawLine(int(area.left()), y, int(area.right()), y)
            painter.setPen(words)
            painter.drawText(QRectF(0, y - line / 2, self._side - 8, line), right, text)
        top = area.bottom() + 5
        for value, text in self._times:
            width = metrics.horizontalAdvance(text) + 4
            left = min(self.place(value, 0).x() - width / 2, self.width() - width)
            painter.drawText(QRectF(left, top, width, line), Qt.AlignmentFlag.AlignCenter, text)


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend: kind is line, dash, box or mark (the triangle of a missed target)."""

    token: str
    text: str
    kind: str = "box"


class Legend(QWidget):
    """Swatches with words, in as many lines as they need."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[Key, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set(self, keys: Sequence[Key]) -> None:
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            self.setAccessibleName(", ".join(key.text for key in keys))
            self._fit()
            self.update()

    def _line(self) -> int:
        return QFontMetrics(theme.font("caption")).height() + 2

    def _places(self) -> list[QRect]:
        """Where each entry goes, as if left to right."""
        metrics, places = QFontMetrics(theme.font("caption")), []
        x = y = 0
        for key in self._keys:
            width = theme.px(14) + 6 + metrics.horizontalAdvance(key.text) + 2
            if x and x + width > self.width():
                x, y = 0, y + self._line()
            places.append(QRect(x, y, width, self._line()))
            x += width + theme.px(10)
        return places

    def _fit(self) -> None:
        places = self._places()
        self.setFixedHeight(places[-1].bottom() + 1 if places else self._line())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font("caption"))
        align = QStyle.visualAlignment(
            self.layoutDirection(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        for key, place in zip(self._keys, self._places(), strict=True):
            swatch = QRect(place.left(), place.top(), theme.px(14), place.height())
            _paint_swatch(painter, QStyle.visualRect(self.layoutDirection(), self.rect(), swatch), key)
            painter.setPen(theme.color("text2"))
            words = place.adjusted(theme.px(14) + 6, 0, 0, 0)
            painter.drawText(QStyle.visualRect(self.layoutDirection(), self.rect(), words), align, key.text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()


def _paint_swatch(painter: QPainter, spot: QRect, key: Key) -> None:
    centre = QPointF(spot.center().x(), spot.top() + spot.height() / 2)
    if key.kind == "box":
        side = theme.px(10)
        painter.fillRect(QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side), theme.color(key.token))
    elif key.kind == "mark":
        half = theme.px(8) / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(key.token))
        corners = (QPointF(-half, -half), QPointF(half, -half), QPointF(0, half))
        painter.drawPolygon([centre + corner for corner in corners])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    else:
        painter.setPen(pen(key.token, 2.0, (2, 1.5) if key.kind == "dash" else ()))
        painter.drawLine(spot.left(), int(centre.y()), spot.right(), int(centre.y()))


class ChartCard(QFrame):
    """A titled card around a plot: what it is, the present figure, the plot, the legend. Its figures are also words."""

    def __init__(self, title: str, plot: Plot):
        super().__init__()
        self.setProperty("card", True)
        self.plot, self._title_text = plot, title
        self.title = snug(title, "body-b")
        self.value = label("", "body-b", tabular=True)
        self.detail = snug("", "small", "3", tabular=True)
        self.legend = Legend()
        head = row(self.title, None, self.value, self.detail, spacing=_HEAD_GAP)
        self.setLayout(column(head, (plot, 1), self.legend, spacing=4, margins=(_HEAD_SIDE, 10, 12, 8)))
        plot.installEventFilter(self)

    def say(self, value: str, detail: str, *, tone: str = "", figure: Figure | None = None) -> None:
        """The present figure and a word about it, left out where there is no room for it."""
        self.value.setText(value)
        self.value.set_tone(tone)
        self.value.setToolTip(plain_tooltip(figure.explain()) if figure is not None else "")
        self.detail.setText(detail)
        self._fit()

    def describe(self, figures: str) -> None:
        """For those who do not see it: the present figure as the name, the whole table in words behind it."""
        self.setAccessibleName(f"{self._title_text}: {self.value.text()}, {self.detail.text()}")
        if self.accessibleDescription() != figures:
            self.setAccessibleDescription(figures)

    def explain_at(self, x: float) -> str:
        """The words for the tooltip at a time of the plot; empty for none."""
        return ""

    def _fit(self) -> None:
        needed = QFontMetrics(self.detail.font()).horizontalAdvance(self.detail.text())
        title = QFontMetrics(self.title.font()).horizontalAdvance(self._title_text)
        taken = title + self.value.sizeHint().width() + 3 * _HEAD_GAP + 2 * _HEAD_SIDE
        self.detail.setVisible(taken + needed <= self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self.explain_at(self.plot.x_at(event.pos().x()))
            QToolTip.showText(event.globalPos(), plain_tooltip(text) if text else "", self.plot)
            return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]
