"""The bindings keep the reference count of None: PySide6 6.12.0 on Python 3.11 loses one on most calls and dies."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from agent_desktop.ui import icons, theme

CALLS = 100_000
DRIFT = 50  # whatever else the interpreter does meanwhile; the defect loses one on each call


class Speaker(QObject):
    said = Signal(object)


class Rows(QAbstractListModel):
    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 3

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return None if role == Qt.ItemDataRole.ToolTipRole else "x"


def drift(calls: Callable[[], None], times: int) -> int:
    calls()
    before = sys.getrefcount(None)
    for _ in range(times):
        calls()
    return abs(sys.getrefcount(None) - before)


@pytest.fixture
def painter(qapp: object):
    image = QImage(50, 50, QImage.Format.Format_ARGB32)
    result = QPainter(image)
    yield result
    result.end()


def test_painting_keeps_none(painter: QPainter) -> None:
    area, pixmap = QRect(0, 0, 9, 9), icons.pixmap("phone", "text", 16)

    def paint() -> None:
        painter.save()
        painter.setPen(QColor("red"))
        painter.setBrush(QColor("blue"))
        painter.setFont(theme.font("body"))
        painter.fillRect(area, QColor("red"))
        painter.drawRoundedRect(area, 3, 3)
        painter.drawPixmap(0, 0, pixmap)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft, "x")
        painter.fontMetrics().elidedText("abc", Qt.TextElideMode.ElideRight, 10)
        painter.restore()

    assert drift(paint, CALLS // 10) < DRIFT


def test_models_delegates_and_signals_keep_none(painter: QPainter) -> None:
    model, delegate, option, speaker = Rows(), QStyledItemDelegate(), QStyleOptionViewItem(), Speaker()
    option.rect = QRect(0, 0, 9, 9)
    index = model.index(0, 0)
    heard = []
    speaker.said.connect(heard.append)

    def ask() -> None:
        model.data(index, Qt.ItemDataRole.ToolTipRole)
        index.data(Qt.ItemDataRole.ToolTipRole)
        delegate.paint(painter, option, index)
        model.dataChanged.emit(index, index)
        speaker.said.emit(None)
        heard.clear()

    assert drift(ask, CALLS // 10) < DRIFT
