"""How wide texts are: measured once, because measuring costs more than painting."""

from functools import lru_cache

from PySide6.QtGui import QFontMetrics

from agent_desktop.ui import theme


def text_width(text: str, role: str) -> int:
    """Pixels that ``text`` takes in a type role with digits of equal width, at the present text size."""
    return _width(text, role, theme.scale)


@lru_cache(maxsize=4096)
def _width(text: str, role: str, _scale: float) -> int:
    return QFontMetrics(theme.font(role, tabular=True)).horizontalAdvance(text)
