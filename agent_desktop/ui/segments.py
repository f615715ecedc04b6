"""One choice of a few, side by side in one box."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QStyle, QWidget

from agent_desktop.ui import theme


class Segments(QWidget):
    """One choice of a few, side by side; arrows move, digits pick. Signal: changed(index)."""

    changed = Signal(int)

    def __init__(self, options: Sequence[str], chosen: int | None = None, name: str = ""):
        super().__init__()
        self._options, self._chosen, self._name = list(options), chosen, name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tell()

    def chosen(self) -> int | None:
        return self._chosen

    def choose(self, index: int) -> None:
        if 0 <= index < len(self._options) and index != self._chosen:
            self._chosen = index
            self._tell()
            self.update()
            self.changed.emit(index)

    def set_chosen(self, index: int | None) -> None:
        """Show this choice, or none, without a word."""
        self._chosen = index
        self._tell()
        self.update()

    def _tell(self) -> None:
        value = self._options[self._chosen] if self._chosen is not None else self.tr("not set")
        self.setAccessibleName(f"{self._name}: {value}")

    def _cell(self) -> int:
        metrics = QFontMetrics(theme.font("small-b"))
        return max(theme.px(31), *(metrics.horizontalAdvance(text) + 20 for text in self._options))

    def sizeHint(self) -> QSize:
        return QSize(self._cell() * len(self._options) + 1, theme.px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _rect(self, index: int) -> QRect:
        cell = self._cell()
        return QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(index * cell, 0, cell + 1, theme.px(28)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for index in range(len(self._options)):
            if self._rect(index).contains(event.position().toPoint()):
                self.choose(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        forward = self.layoutDirection() == Qt.LayoutDirection.LeftToRight
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0) * (1 if forward else -1)
        if step:
            self.choose((self._chosen if self._chosen is not None else -1) + step)
        elif event.text().isdigit() and 0 < int(event.text()) <= len(self._options):
            self.choose(int(event.text()) - 1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QRectF(0.5, 0.5, self._cell() * len(self._options), theme.px(28) - 1)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            outline.moveRight(self.width() - 0.5)
        path = QPainterPath()
        path.addRoundedRect(outline, 5, 5)
        painter.fillPath(path, theme.color("surface"))
        painter.save()
        painter.setClipPath(path)
        for index, text in enumerate(self._options):
            spot, on = self._rect(index), index == self._chosen
            if on:
                painter.fillRect(spot, theme.color("accent"))
            painter.setFont(theme.font("small-b" if on else "small", tabular=True))
            painter.setPen(theme.color("on" if on else "text2"))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)
            if index:
                painter.setPen(theme.color("line2"))
                edge = spot.left() if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else spot.right()
                painter.drawLine(QPointF(edge, 0), QPointF(edge, self.height()))
        painter.restore()
        focused = self.hasFocus()
        painter.setPen(QPen(theme.color("focus" if focused else "line2"), 2 if focused else 1))
        painter.drawPath(path)
