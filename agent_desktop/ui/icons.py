"""Lucide line icons, tinted with a token when drawn and cached; one name, one meaning."""

import logging
import sqlite3
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from agent_desktop.ui import theme

log = logging.getLogger("ui")
_STROKE = 'stroke-width="2"'  # as Lucide draws all of its icons


@lru_cache(maxsize=1)
def _drawings() -> sqlite3.Connection:
    """Lucide's icons by name. Its package is not imported for them: that would bring an HTTP client to our start."""
    package = find_spec("lucide")
    assert package is not None
    assert package.origin is not None
    file = Path(package.origin).parent / "data" / "lucide-icons.db"
    return sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)


@lru_cache(maxsize=256)
def _svg(name: str, stroke: float) -> str:
    found = _drawings().execute("SELECT svg FROM icons WHERE name = ?", (name,)).fetchone()
    if found is None:
        log.warning("there is no icon %s", name)
        return "<svg/>"
    return str(found[0]).replace(_STROKE, f'stroke-width="{stroke}"')


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
    """A QIcon with its disabled look, sharp on every screen there is."""
    result = QIcon()
    for ratio in {screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}:
        result.addPixmap(pixmap(name, tone, size, ratio=ratio))
        result.addPixmap(pixmap(name, "disabled", size, ratio=ratio), QIcon.Mode.Disabled)
    return result
