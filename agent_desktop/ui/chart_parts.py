"""What the queue charts are made of: a plot with fixed axes, a legend, and the card with title and figure around them.

Plots are pyqtgraph's, imported with this module when the board is first looked at. They keep their items and only give
them new data; nothing in them ranges, pans or listens to the mouse by itself.
"""

from collections.abc import Callable, Sequence

import msgspec
import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFontMetrics,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsItem,
    QGraphicsScene,
    QSizePolicy,
    QStyle,
    QToolTip,
    QWidget,
)

from agent_desktop.core.figures import Figure
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import ToolButton
from agent_desktop.ui.chart_items import Curve, Whole
from agent_desktop.ui.labels import label, plain_tooltip, snug
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.text_width import text_width

Tick = tuple[float, str]
_HEAD_GAP, _HEAD_SIDE = 6, 14
# Of old figures: different enough to be told apart, and nothing calls out.
_GREY = {"c1": "text3", "c2": "line2", "c3": "field", "cfill": "subtle", "bad": "text3", "bad_bg": "subtle"}
_ANY = (1 << 24) - 1  # Qt's own largest size


def pen(token: str, width: float = 1.0, dashes: Sequence[float] = ()) -> QPen:
    """A pen in a token's present colour, square at its ends."""
    result = QPen(theme.color(token), width)
    result.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashes:
        result.setDashPattern(list(dashes))
    return result


class Axis(pg.AxisItem):  # type: ignore[misc]
    """Labels at the ticks it is given, and nothing else: no line, no title, no ticks of its own.

    Its plot has it paint them on the ground: pyqtgraph's axis lays out rich text again with every change of its range.
    """

    def __init__(self, side: str):
        super().__init__(side)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
        self.enableAutoSIPrefix(False)
        self.given: tuple[Tick, ...] = ()
        self.margin = 0.0  # room beyond its end that its last label may use

    def give(self, ticks: Sequence[Tick]) -> bool:
        """Show these ticks from now on; whether they are others than before."""
        news = tuple(ticks) != self.given
        self.given = tuple(ticks)
        return news

    def draw(self, painter: QPainter) -> None:
        """Paint the labels, from the axis' own corner on."""
        painter.setFont(theme.font("caption", tabular=True))
        painter.setPen(theme.color("text3"))
        metrics, (start, end) = painter.fontMetrics(), self.range
        line, width, height = metrics.height(), self.size().width(), self.size().height()
        for value, text in self.given:
            part = (value - start) / (end - start)
            if self.orientation == "left":
                spot = QRectF(0, round(height * (1 - part)) - line / 2, width - 8, line)
                painter.drawText(spot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
            else:
                room = text_width(text, "caption") + 4
                left = min(width * part - room / 2, width + self.margin - room)
                painter.drawText(QRectF(left, 5, room, line), Qt.AlignmentFlag.AlignCenter, text)


class Plot(pg.GraphicsView):  # type: ignore[misc]
    """A plot with fixed ranges and horizontal grid lines; subclasses add what is in it.

    A view box and two axes: pyqtgraph's own PlotItem makes seven menus and a form of forty widgets for each.

    Time runs left to right in every language, as on a clock face. The mouse goes through to the card: the wheel
    scrolls the page, and the card has the tooltip.
    """

    def __init__(self) -> None:
        self._dresses: list[Callable[[], None]] = []
        self._old = False
        self._side, self._foot = Axis("left"), Axis("bottom")
        super().__init__()
        self.box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self.put_in: list[pg.GraphicsObject] = []
        self._x, self._y = (0.0, 1.0), (0.0, 1.0)
        self._lay_out()
        self._keep_still()
        for axis in (self._side, self._foot):
            axis.geometryChanged.connect(self._ground_moved)
        self._grid = Curve(connect="pairs", skipFiniteCheck=True)
        self._grid.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
        self.put(self._grid, lambda: self._grid.setPen(self.pen("line")))
        self.dress()
        self.centralLayout.activate()  # with the first data ``pixel`` is asked, before anything is shown

    def _lay_out(self) -> None:
        """The box with an axis at its left and one below."""
        frame, inside = self.centralWidget, self.centralLayout
        frame.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        inside.setSpacing(0)
        for axis, place in ((self._side, (0, 0)), (self._foot, (1, 1))):
            axis.linkToView(self.box)
            axis.setZValue(-1000)
            axis.setFlag(QGraphicsItem.GraphicsItemFlag.ItemNegativeZStacksBehindParent)
            inside.addItem(axis, *place)
        inside.addItem(self.box, 0, 1)
        inside.setRowStretchFactor(0, 100)
        inside.setColumnStretchFactor(1, 100)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _keep_still(self) -> None:
        """Off with everything that moves, and with what costs time for scenes of thousands of items."""
        box = self.box
        box.disableAutoRange()
        # A mark at 100 % and the line at the foot reach a little beyond the ranges.
        box.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape, False)
        self.scene().setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setCacheMode(self.CacheModeFlag.CacheBackground)
        self.setViewportUpdateMode(self.ViewportUpdateMode.FullViewportUpdate)
        self.setMouseTracking(False)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # It paints its own ground: the card behind it is not painted with every curve.
        self.viewport().setAutoFillBackground(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def put(self, item: pg.GraphicsObject, dress: Callable[[], None]) -> None:
        """Add an item for good; ``dress`` gives it the theme's present colours, now and whenever they change."""
        self.put_in.append(item)
        self.box.addItem(item, ignoreBounds=True)
        self._dresses.append(dress)
        dress()

    def set_old(self, old: bool) -> None:
        """Grey instead of the colours of the parts: what it shows is no longer so."""
        if old != self._old:
            self._old = old
            self.dress()

    def dye(self, token: str) -> QColor:
        """A token's present colour for an item."""
        return theme.color(_GREY.get(token, token) if self._old else token)

    def pen(self, token: str, width: float = 1.0, dashes: Sequence[float] = ()) -> QPen:
        """``pen`` for an item: as wide whatever the ranges are. Qt counts such pens in the screen's own pixels."""
        result = pen(_GREY.get(token, token) if self._old else token, width * self.devicePixelRatioF(), dashes)
        result.setCosmetic(True)
        return result

    def dress(self) -> None:
        """Read colours, fonts and the screen's pixels again."""
        self.setBackground(theme.color("surface"))
        for dress in self._dresses:
            dress()
        self._measure()
        self._ground_moved()
        self.scene().update()

    def set_axes(
        self, x: tuple[float, float], times: Sequence[Tick], y: tuple[float, float], levels: Sequence[Tick]
    ) -> None:
        """Both ranges in the data's units, each with the ticks that are labelled."""
        if self._foot.give(times):
            self._ground_moved()
        news = self._side.give(levels)
        if news:
            self._measure()
        if (x, y) != (self._x, self._y):
            self._x, self._y = x, y
            self.box.setRange(xRange=x, yRange=y, padding=0)
            self._reach()
            news = True
        if news:
            self._ground_moved()
            self._grid.setData(np.tile(np.array(x), len(levels)), np.repeat([float(level) for level, _ in levels], 2))

    def _ground_moved(self) -> None:
        """Paint the ground anew: colour, grid and labels are kept in a picture while they stay."""
        if self._dresses:
            self.resetCachedContent()

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        super().drawBackground(painter, rect)
        painter.save()
        painter.setTransform(self._grid.deviceTransform(self.viewportTransform()))
        self._grid.paint(painter, None, self)
        painter.restore()
        for axis in (self._side, self._foot):
            painter.save()
            painter.translate(axis.scenePos())
            axis.draw(painter)
            painter.restore()

    def _reach(self) -> None:
        """Tell the items how far they may reach: a little beyond the ranges, where marks and thick lines end."""
        wide, high = self._x[1] - self._x[0], self._y[1] - self._y[0]
        extent = QRectF(self._x[0] - wide / 10, self._y[0] - high / 5, wide * 1.2, high * 1.4)
        for item in self.put_in:
            if isinstance(item, Whole):
                item.prepareGeometryChange()  # type: ignore[attr-defined]
                item.extent = extent

    def _measure(self) -> None:
        """Room for the labels at both sides."""
        metrics = QFontMetrics(theme.font("caption", tabular=True))
        widest = max((text_width(text, "caption") for _, text in self._side.given), default=0)
        self._side.setWidth(max(theme.px(24), widest) + 8)
        self._foot.setHeight(metrics.height() + 6)
        self._foot.margin = 6.0
        self.centralLayout.setContentsMargins(0, metrics.height() // 2 + 2, self._foot.margin, 0)

    def pixel(self) -> float:
        """How much time is as wide as a pixel."""
        return float(self._x[1] - self._x[0]) / max(1.0, float(self.box.width()))

    def x_at(self, place: float) -> float:
        """The time at a place of the widget."""
        return self._x[0] + (place - float(self.box.scenePos().x())) * self.pixel()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(140))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(60))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.DevicePixelRatioChange) and self._dresses:
            self.dress()
        return bool(super().event(event))


class Key(msgspec.Struct, frozen=True):
    """One entry of a legend: kind is line, dash, box or mark (the triangle of a missed target)."""

    token: str
    text: str
    kind: str = "box"


class Legend(QWidget):
    """Swatches with words, in as many lines as they need."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[Key, ...] = ()
        self._old = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set(self, keys: Sequence[Key]) -> None:
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            self.setAccessibleName(", ".join(key.text for key in keys))
            self._fit()
            self.update()

    def set_old(self, old: bool) -> None:
        """Grey, as the plot is then."""
        self._old = old
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
            shown = msgspec.structs.replace(key, token=_GREY.get(key.token, key.token)) if self._old else key
            _paint_swatch(painter, QStyle.visualRect(self.layoutDirection(), self.rect(), swatch), shown)
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
    """A titled card around a plot: what it is, the present figure, the plot, the legend. Its figures are also words.

    Signals: point_pressed(time of the plot), figure_pressed(0 the value, 1 the detail), table_wanted().
    """

    point_pressed = Signal(float)
    figure_pressed = Signal(int)
    table_wanted = Signal()

    def __init__(self, title: str, plot: Plot):
        super().__init__()
        self.setProperty("card", True)
        self.plot, self._title_text = plot, title
        self._said: tuple[str, str, str] | None = None
        self._figures: tuple[Figure | None, ...] = (None, None)  # behind the value and the detail
        self._told = True  # whether a screen reader would hear the present figures
        self._age = ""
        self.title = snug(title, "body-b")
        self.value = label("", "body-b", tabular=True)
        self.detail = snug("", "small", "3", tabular=True)
        self.legend = Legend()
        self.as_table = ToolButton("table-2", QCoreApplication.translate("charts", "Show as table"), size=14)
        theme.size(self.as_table, minimum_width=24, minimum_height=24)
        self.as_table.clicked.connect(lambda _checked=False: self.table_wanted.emit())
        head = row(self.title, None, self.value, self.detail, self.as_table, spacing=_HEAD_GAP)
        self.setLayout(column(head, (plot, 1), self.legend, spacing=4, margins=(_HEAD_SIDE, 10, 12, 8)))

    def say(self, value: str, detail: str, tone: str = "", *figures: Figure | None) -> None:
        """The present figure and a word about it, left out where there is no room for it.

        ``figures`` explain them: up to two, the first the value, the second the detail.
        """
        self._figures = (*figures, None, None)[:2]
        self._told = False
        if (value, detail, tone) != self._said:
            self._said = value, detail, tone
            self._show_said()
        self.tell()

    def set_age(self, age: str) -> None:
        """Its figures are this old, in words, and grey; empty: up to date."""
        if age != self._age:
            self._age = age
            self.plot.set_old(bool(age))
            self.legend.set_old(bool(age))
            self._told = False
            self._show_said()
            self.tell()

    def _show_said(self) -> None:
        value, detail, tone = self._said or ("", "", "")
        self.value.setText(value)
        self.value.set_tone("3" if self._age else tone)
        self.detail.setText(self._age or detail)
        self._fit()

    # For those who do not see it: the present figure as the name, the whole table in words behind it. Putting it into
    # words costs as much as painting it, so it is done when somebody asks or a screen reader is there. That one reads
    # what is set without asking here first: the board calls ``tell`` once a second.

    def tell(self) -> None:
        """Let a screen reader know the present figures, if there is one."""
        if not self._told and QAccessible.isActive():
            self._put_in_words()

    def in_words(self) -> str:
        """All figures of the chart in words."""
        return ""

    def _put_in_words(self) -> None:
        self._told = True
        self.setAccessibleName(f"{self._title_text}: {self.value.text()}, {self.detail.text()}")
        self.setAccessibleDescription(self.in_words())
        for part, figure in zip((self.value, self.detail), self._figures, strict=True):
            part.setAccessibleDescription(figure.explain() if figure is not None else "")

    def accessibleName(self) -> str:
        if not self._told:
            self._put_in_words()
        return super().accessibleName()

    def accessibleDescription(self) -> str:
        if not self._told:
            self._put_in_words()
        return super().accessibleDescription()

    def explain_at(self, x: float) -> str:
        """The words for the tooltip at a time of the plot; empty for none."""
        return ""

    def _fit(self) -> None:
        """Labels of fixed sizes: others have the whole page laid out again with each new text."""
        height = self.title.sizeHint().height()
        for part, role in ((self.value, "body-b"), (self.detail, "small")):
            size = QSize(text_width(part.text(), role) + 2, height)
            if part.minimumSize() != size:
                part.setFixedSize(size)
        room = self._has_room(self.detail.text())
        if room == self.detail.isHidden():
            self.detail.setVisible(room)

    def _has_room(self, detail: str) -> bool:
        """Whether these words fit beside title and value."""
        taken = text_width(self._title_text, "body-b") + text_width(self.value.text(), "body-b") + 2
        taken += self.as_table.sizeHint().width() + 4 * _HEAD_GAP + 2 * _HEAD_SIDE
        return taken + text_width(detail, "small") <= self.width()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        if event.button() != Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
        elif self.plot.geometry().contains(spot):
            self.point_pressed.emit(self.plot.x_at(spot.x() - self.plot.x()))
        else:
            for number, part in enumerate((self.value, self.detail)):
                if part.isVisible() and part.geometry().contains(spot):
                    self.figure_pressed.emit(number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self._explain(event.pos())
            if text is not None:
                QToolTip.showText(event.globalPos(), plain_tooltip(text) if text else "", self)
                return True
        if event.type() == QEvent.Type.StyleChange:
            for part in (self.value, self.detail):  # their fonts change before or after this
                part.setMinimumSize(0, 0)
                part.setMaximumSize(_ANY, _ANY)
            QTimer.singleShot(0, self, self._fit)
        return super().event(event)

    def _explain(self, spot: QPoint) -> str | None:
        """The words for the tooltip at a point: empty for none, None where the card has none to give."""
        if self.plot.geometry().contains(spot):
            return self.explain_at(self.plot.x_at(spot.x() - self.plot.x()))
        for part, figure in zip((self.value, self.detail), self._figures, strict=True):
            if figure is not None and part.isVisible() and part.geometry().contains(spot):
                return figure.explain()
        return None
