"""Lucide line icons, tinted with a token when drawn and cached; one name, one meaning."""

from functools import lru_cache

import lucide
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from agent_desktop.ui import theme


@lru_cache(maxsize=256)
def _svg(name: str, stroke: float) -> str:
    return str(lucide.lucide_icon(name, stroke_width=str(stroke)))


@lru_cache(maxsize=1024)
def _pixmap(name: str, color: str, size: int, ratio: float, stroke: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_svg(name, stroke).replace("currentColor", color).encode()))
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(
    name: str, tone: str = "text2", size: int = 16, *, ratio: float | None = None, stroke: float = 1.75
) -> QPixmap:
    """The icon in a token's present colour, ``size`` logical pixels square (not scaled by the text size)."""
    if ratio is None:
        screen = QGuiApplication.primaryScreen()
        ratio = screen.devicePixelRatio() if screen else 1.0
    return _pixmap(name, theme.hex_of(tone), size, ratio, stroke)


def icon(name: str, tone: str = "text2", size: int = 16) -> QIcon:
    """A QIcon at 1x and 2x with its disabled look."""
    result = QIcon()
    for ratio in (1.0, 2.0):
        result.addPixmap(pixmap(name, tone, size, ratio=ratio))
        result.addPixmap(pixmap(name, "disabled", size, ratio=ratio), QIcon.Mode.Disabled)
    return result
