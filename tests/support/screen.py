"""What widget tests share: a frozen afternoon, a pseudo-language, and what a person would see go wrong on a screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import time_machine
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from agent_desktop.ui.components import Label
from tests.support import callers


@contextmanager
def afternoon() -> Iterator[None]:
    """14:32 in Warsaw on Saturday 21 November 2026; the clock runs on."""
    with time_machine.travel(callers.NOW.astimezone(ZoneInfo("Europe/Warsaw")), tick=True):
        yield


class PseudoLanguage(QTranslator):
    """Every text of the interface, two fifths longer."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:  # type: ignore[override]
        return text + "~" * max(1, round(len(text) * 0.4)) if text.strip() else text


def show(qtbot: QtBot, widget: QWidget, width: int = 1380, height: int = 772) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)
    settle(widget)


def settle(widget: QWidget) -> None:
    """Layouts that wait for an event are done afterwards."""
    widget.ensurePolished()
    for _ in range(4):
        QApplication.processEvents()


def clipped(root: QWidget) -> list[str]:
    """Labels and buttons on screen whose text has less room than it needs and does not end in an ellipsis."""
    found = []
    for label in root.findChildren(QLabel):
        if not label.isVisible() or not label.text() or (isinstance(label, Label) and label._elide):
            continue
        room, metrics = label.contentsRect(), label.fontMetrics()
        if label.wordWrap():
            needed = metrics.boundingRect(0, 0, room.width(), 10_000, Qt.TextFlag.TextWordWrap, label.text())
        else:
            needed = metrics.boundingRect(label.text())
            needed.setWidth(metrics.horizontalAdvance(label.text()))
        if needed.width() > room.width() + 1 or needed.height() > room.height() + 3:
            found.append(f"{label.text()!r} needs {needed.size().toTuple()} has {room.size().toTuple()}")
    return found


def outside(root: QWidget) -> list[str]:
    """Visible widgets that stick out of the widget that holds them (a scroll area's page may be longer, not wider)."""
    found = []
    for widget in root.findChildren(QWidget):
        parent = widget.parentWidget()
        if not widget.isVisible() or parent is None or widget.isWindow() or _scrolled(parent):
            continue
        if not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()):
            found.append(f"{type(widget).__name__} {widget.accessibleName()!r} {widget.geometry()} in {parent.rect()}")
    for area in root.findChildren(QScrollArea):
        if area.isVisible() and area.widget().width() > area.viewport().width() + 1:
            found.append(f"page of {area.accessibleName()!r} is wider than its area")
    return found


def _scrolled(parent: QWidget) -> bool:
    return parent.objectName() == "qt_scrollarea_viewport" or type(parent).__module__.startswith("PySide6")


def unnamed(root: QWidget) -> list[str]:
    """Tab stops on screen that a screen reader would not name, and targets under 24 px."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or not widget.isEnabled():
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name)
        if not name:
            found.append(f"{type(widget).__name__} has no accessible name")
        if isinstance(widget, QAbstractButton) and min(widget.width(), widget.height()) < 24:
            found.append(f"{name!r} is {widget.width()}x{widget.height()}")
    return found
