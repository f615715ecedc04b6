"""Rows, columns and frames in one line of code each."""

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

Item = QWidget | QLayout | int | None | tuple[QWidget | QLayout, int]
Margins = int | tuple[int, int, int, int]


def _fill(layout: QBoxLayout, items: Sequence[Item], spacing: int, margins: Margins) -> None:
    layout.setSpacing(spacing)
    layout.setContentsMargins(*(margins if isinstance(margins, tuple) else (margins,) * 4))
    for entry in items:
        item, stretch = entry if isinstance(entry, tuple) else (entry, 0)
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item, stretch)
        else:
            layout.addWidget(item, stretch)


def row(*items: Item, spacing: int = 8, margins: Margins = 0) -> QHBoxLayout:
    """Items side by side; None is a stretch, a number a gap, ``(item, n)`` a stretch factor."""
    layout = QHBoxLayout()
    _fill(layout, items, spacing, margins)
    return layout


def column(*items: Item, spacing: int = 8, margins: Margins = 0) -> QVBoxLayout:
    """Items one below the other; the same words as ``row``."""
    layout = QVBoxLayout()
    _fill(layout, items, spacing, margins)
    return layout


def frame(layout: QLayout, **properties: object) -> QFrame:
    """A frame around a layout; properties choose its look in the style sheet (card, inset, note, panel)."""
    result = QFrame()
    result.setLayout(layout)
    for name, value in properties.items():
        result.setProperty(name, value)
    return result


def rule(*, vertical: bool = False) -> QFrame:
    """A hairline."""
    result = QFrame()
    result.setProperty("vrule" if vertical else "rule", True)
    return result


def settle(root: QWidget) -> None:
    """Tell every layout inside, innermost first, that sizes changed; Qt would do so one event loop pass per level."""
    for widget in reversed(root.findChildren(QWidget)):
        if widget.layout() is not None:
            widget.updateGeometry()
    if (layout := root.layout()) is not None:
        layout.invalidate()


def clear_layout(layout: QLayout) -> None:
    """Remove and delete everything in a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear_layout(inner)
            inner.deleteLater()
