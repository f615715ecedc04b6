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
        self._window, self._bounds = window, window.rect()
        needed: list[QWidget] = []
        self._lists: list[QWidget] = []
        self._words: list[QWidget] = []
        inside = {id(part) for notice in beside for part in (notice, *notice.findChildren(QWidget))}
        for widget in window.findChildren(QWidget):
            if widget.isVisible() and id(widget) not in inside:
                kept = needed if widget.property(SPARED) else self._kind(widget, needed)
                if kept is not None:
                    kept.append(widget)
        self._needed = self._seen(needed)

    def _seen(self, widgets: Iterable[QWidget]) -> list[QRect]:
        """What can be seen of them; the dear part, so that words and lists are asked for a new notice only."""
        found = []
        for widget in widgets:
            seen = widget.visibleRegion().boundingRect()
            if not seen.isEmpty():
                found.append(seen.translated(widget.mapTo(self._window, QPoint(0, 0))))
        return found

    def _kind(self, widget: QWidget, needed: list[QWidget]) -> list[QWidget] | None:
        if isinstance(widget, QAbstractItemView):
            return self._lists
        if isinstance(widget, QAbstractScrollArea) and not isinstance(widget, QPlainTextEdit | QTextEdit):
            return None
        if isinstance(widget, QLabel):
            return self._words
        wants_keys = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        return needed if wants_keys or isinstance(widget, QAbstractButton) else None

    def free(self, spot: QRect, taken: Iterable[QRect]) -> bool:
        """Whether it covers neither what is needed nor another notice."""
        return not any(spot.intersects(each) for each in (*self._needed, *taken))

    def lowest(self, size: QSize, taken: Sequence[QRect]) -> QPoint | None:
        """Where it covers no words either, else no list, else only nothing that is needed; None: nowhere.

        Of spots that are equally low the one nearest to the middle.
        """
        lists, words = self._seen(self._lists), self._seen(self._words)
        for besides in ([*lists, *words], lists, []):
            found = self._lowest(size, [*taken, *self._needed, *besides])
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
