"""A dressed QApplication in English, left to right, at 100 %, for every test of a widget.

Its widgets are gone after it: left over, each would be dressed again with every theme change.
"""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from agent_desktop.ui import theme
from tests.support import ui_audit


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/ui/" in item.nodeid:  # what the offscreen platform says of itself is not about us
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> Iterator[None]:
    if (theme.mode, theme.scale) != ("light", 1.0) or not qapp.styleSheet():
        theme.apply(qapp, "light", 100)
    yield  # a theme that the test left is taken back by the next one: by then no widget has to follow
    ui_audit.restore(qapp)


@pytest.fixture(autouse=True)
def _widgets_gone() -> Iterator[None]:
    yield
    # pytest-qt asks for deletion (deleteLater) before this runs; outside an event loop nobody would carry it out
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Callable[..., QWidget]]:
    """``shown(widget, 1280, 720)``: on screen, laid out, active; closed after the test."""

    kept: list[QWidget] = []  # qtbot holds them weakly

    def show(widget: QWidget, width: int = 0, height: int = 0) -> QWidget:
        qtbot.addWidget(widget)
        kept.append(widget)
        if width:
            widget.resize(width, height or widget.sizeHint().height())
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        QApplication.processEvents()
        return widget

    yield show
    kept.clear()
