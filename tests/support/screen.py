"""What tests of the workspace share: one afternoon, and showing a widget until it is laid out."""

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import time_machine
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support import callers


@contextmanager
def afternoon() -> Iterator[None]:
    """14:32 in Warsaw on Saturday 21 November 2026; the clock runs on."""
    with time_machine.travel(callers.NOW.astimezone(ZoneInfo("Europe/Warsaw")), tick=True):
        yield


def show(qtbot: QtBot, widget: QWidget, width: int = 1380, height: int = 772) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    settle(widget)


def settle(widget: QWidget) -> None:
    """Layouts that wait for an event are done afterwards."""
    widget.ensurePolished()
    for _ in range(4):
        QApplication.processEvents()
