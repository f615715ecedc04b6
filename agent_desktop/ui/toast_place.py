"""Where a notice covers nothing that somebody needs: the lowest free spot of a window."""

from collections.abc import Iterable, Sequence
from typing import cast

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QLabel,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

SPARED = "spared"  # a property of what no notice may cover at all: the caller's card, the call bar
_EDGE, _GAP = 20, 6


def spare(*widgets: QWidget) -> None:
    """No notice ever covers these."""
    for widget in widgets:
        widget.setProperty(SPARED, True)


class Places:
    """What a window shows at this moment: what is needed (buttons, fields, spared parts), lists, and words."""

    def __init__(self, window: QWidget, beside: Sequence[QWidget]):
        """``beside``: the notices themselves, which take room by ``taken`` only."""
        self._bounds = window.rect()
        self._needed: list[QRect] = []
        self._lists: list[QRect] = []
        self._words: list[QRect] = []
        inside = {id(part) for notice in beside for part in (notice, *notice.findChildren(QWidget))}
        for widget in window.findChildren(QWidget):
            kept = self._kind(widget) if widget.isVisible() else None
            if kept is None or id(widget) in inside:
                continue
            seen = widget.visibleRegion().boundingRect()
            if not seen.isEmpty():
                kept.append(seen.translated(widget.mapTo(window, QPoint(0, 0))))

    def _kind(self, widget: QWidget) -> list[QRect] | None:
        if widget.property(SPARED):
            return self._needed
        if isinstance(widget, QAbstractItemView):
            return self._lists
        if isinstance(widget, QAbstractScrollArea) and not isinstance(widget, QPlainTextEdit | QTextEdit):
            return None
        if isinstance(widget, QLabel):
            return self._words
        wants_keys = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        return self._needed if wants_keys or isinstance(widget, QAbstractButton) else None

    def free(self, spot: QRect, taken: Iterable[QRect]) -> bool:
        """Whether it covers neither what is needed nor another notice."""
        return not any(spot.intersects(each) for each in (*self._needed, *taken))

    def lowest(self, size: QSize, taken: Sequence[QRect]) -> QPoint | None:
        """Where it covers no words either, else no list, else only nothing that is needed; None: nowhere.

        Of spots that are equally low the one nearest to the middle.
        """
        for blocked in ((self._needed, self._lists, self._words), (self._needed, self._lists), (self._needed,)):
            found = self._lowest(size, [*taken, *(rect for kind in blocked for rect in kind)])
            if found is not None:
                return found
        return None

    def _lowest(self, size: QSize, blocked: Sequence[QRect]) -> QPoint | None:
        # Each place of a notice's corner is a point: a rectangle in the way forbids all that reach into it.
        room = self._bounds.size() - size - QSize(2 * _EDGE - 1, 2 * _EDGE - 1)
        if room.width() <= 0 or room.height() <= 0:
            return None
        corners = QRegion(QRect(QPoint(_EDGE, _EDGE), room))
        for rect in blocked:
            reach = rect.adjusted(-size.width() - _GAP + 1, -size.height() - _GAP + 1, _GAP, _GAP)
            corners -= QRegion(reach)
        middle = (self._bounds.width() - size.width()) // 2
        best: tuple[int, int, QPoint] | None = None
        for spot in cast("Iterable[QRect]", corners):
            x = min(max(middle, spot.left()), spot.right())
            rank = (-spot.bottom(), abs(x - middle))
            if best is None or rank < best[:2]:
                best = (*rank, QPoint(x, spot.bottom()))
        return best[2] if best is not None else None
