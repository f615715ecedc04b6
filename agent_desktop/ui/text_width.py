"""How wide texts are and how they are drawn: worked out once, because that costs more than the painting."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter, QStaticText, QTextOption, QTransform

from agent_desktop.ui import theme

_LAST_OF_OURS = "\u052f"  # Latin, Greek and Cyrillic stand before it
_MARKS = "–—…·‘’“”„−•≤≥\u202f\u2066\u2069"


def text_width(text: str, role: str) -> int:
    """Pixels that ``text`` takes in a type role with digits of equal width, at the present text size."""
    return _width(text, role, theme.scale)


@lru_cache(maxsize=4096)
def _width(text: str, role: str, _scale: float) -> int:
    return QFontMetrics(theme.font(role, tabular=True)).horizontalAdvance(text)


def draw_text(
    painter: QPainter, spot: QRect, text: str, role: str, *, right: bool = False, mirrored: bool = False
) -> None:
    """One line, centred from top to bottom, at the left of ``spot`` or at its right; in the painter's pen.

    ``mirrored``: the text stands in a window that runs from right to left.
    """
    painter.setFont(theme.font(role, tabular=True))
    shape = _shape(text, role, theme.scale, mirrored)
    if shape is None:
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        absolute = Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(spot, side | absolute | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        return
    laid_out, width, height = shape
    left = spot.left() + spot.width() - width if right else spot.left()
    painter.drawStaticText(QPointF(left, spot.top() + (spot.height() - height) / 2), laid_out)


@lru_cache(maxsize=2048)
def _shape(text: str, role: str, _scale: float, mirrored: bool) -> tuple[QStaticText, float, float] | None:
    """None for scripts that the font may not have: a substitute's letters are taller, and it runs where it will."""
    if any(letter > _LAST_OF_OURS and letter not in _MARKS for letter in text):
        return None
    laid_out = QStaticText(text)
    laid_out.setTextFormat(Qt.TextFormat.PlainText)
    laid_out.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    if mirrored:
        option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        laid_out.setTextOption(option)
    font = theme.font(role, tabular=True)
    laid_out.prepare(QTransform(), font)
    return laid_out, laid_out.size().width(), QFontMetricsF(font).height()
