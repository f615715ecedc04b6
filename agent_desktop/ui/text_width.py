"""How wide texts are and how they are drawn: worked out once, because that costs more than the painting."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter, QStaticText, QTransform

from agent_desktop.ui import theme


def text_width(text: str, role: str) -> int:
    """Pixels that ``text`` takes in a type role with digits of equal width, at the present text size."""
    return _width(text, role, theme.scale)


@lru_cache(maxsize=4096)
def _width(text: str, role: str, _scale: float) -> int:
    return QFontMetrics(theme.font(role, tabular=True)).horizontalAdvance(text)


def draw_text(painter: QPainter, spot: QRect, text: str, role: str, *, right: bool = False) -> None:
    """One line, centred from top to bottom, at the left of ``spot`` or at its right; in the painter's pen."""
    shape, width, height = _shape(text, role, theme.scale)
    painter.setFont(theme.font(role, tabular=True))
    left = spot.left() + spot.width() - width if right else spot.left()
    painter.drawStaticText(QPointF(left, spot.top() + (spot.height() - height) / 2), shape)


@lru_cache(maxsize=2048)
def _shape(text: str, role: str, _scale: float) -> tuple[QStaticText, float, float]:
    shape = QStaticText(text)
    shape.setTextFormat(Qt.TextFormat.PlainText)
    shape.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    font = theme.font(role, tabular=True)
    shape.prepare(QTransform(), font)
    return shape, shape.size().width(), QFontMetricsF(font).height()
