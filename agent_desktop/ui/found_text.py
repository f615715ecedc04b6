"""One line of plain text with what was searched for in it made bold, accents and grouped digits included."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle

from agent_desktop.data.folding import found_in

_AROUND = 40  # characters of a long text that stay before what was found


@lru_cache(maxsize=4_096)
def places(text: str, needle: str) -> tuple[tuple[int, int], ...]:
    """(start, length) of each find, counted as Qt counts: a character beyond the 65,536th is two."""
    found = found_in(text, needle) if needle else ()
    if not found or all(ord(c) <= 0xFFFF for c in text):
        return found
    return tuple((_units(text[:start]), _units(text[start : start + length])) for start, length in found)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def excerpt(text: str, needle: str) -> str:
    """A long text from shortly before the first find on, in one line."""
    line = " ".join(text.split())
    found = found_in(line, needle)
    start = found[0][0] - _AROUND if found else 0
    if start <= 0:
        return line
    cut = line.find(" ", start)
    return "…" + line[cut + 1 if 0 <= cut < found[0][0] else start :]


def draw_found(
    painter: QPainter,
    area: QRect,
    text: str,
    needle: str,
    font: QFont,
    direction: Qt.LayoutDirection,
    tone: QColor | None = None,
) -> int:
    """Draw one line of plain text with what ``needle`` finds in bold (in ``tone``); the width used in pixels."""
    layout = QTextLayout(text, font)
    option = QTextOption(QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft))
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    option.setTextDirection(direction)
    layout.setTextOption(option)
    ranges = []
    for start, length in places(text, needle):
        part = QTextLayout.FormatRange()
        part.start, part.length = start, length
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.Bold)
        if tone is not None:
            look.setForeground(tone)
        part.format = look
        ranges.append(part)
    layout.setFormats(ranges)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(area.width())
    layout.endLayout()
    layout.draw(painter, QPointF(area.left(), area.top() + (area.height() - line.height()) / 2))
    return round(line.naturalTextWidth())
