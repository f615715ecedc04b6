"""Picking one of several customers."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent_desktop.ui.pick_list import PickList
from tests.support import callers, screen


@pytest.fixture
def picks(qtbot: QtBot, qapp: QApplication) -> Iterator[PickList]:
    with screen.afternoon():
        widget = PickList()
        model = widget.list.model()
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
        screen.show(qtbot, widget, 300, 500)
        widget.set_matches("+48 601 442 190", callers.several().pop.matches)
        yield widget


def _chosen(picks: PickList) -> list[object]:
    seen: list[object] = []
    picks.chosen.connect(seen.append)
    return seen


def test_digits_enter_and_a_click_pick(picks: PickList) -> None:
    seen = _chosen(picks)
    picks.list.setFocus()
    QTest.keyClick(picks.list, Qt.Key.Key_3)
    QTest.keyClick(picks.list, Qt.Key.Key_Down)
    QTest.keyClick(picks.list, Qt.Key.Key_Return)
    spot = picks.list.visualRect(picks.list.model().index(0, 0)).center()
    QTest.mouseClick(picks.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    assert seen == [callers.uid(102), callers.uid(101), callers.uid(100)]


def test_a_digit_too_high_or_with_ctrl_picks_nobody(picks: PickList) -> None:
    seen = _chosen(picks)
    QTest.keyClick(picks.list, Qt.Key.Key_7)
    QTest.keyClick(picks.list, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert seen == []


def test_it_says_who_and_why(picks: PickList) -> None:
    words = [picks.list.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert words[0].startswith("Marta Kowalczyk, Kowalczyk & Syn")
    assert "Same number" in words[0]
    assert "A guess" in words[2]
    assert picks.list.accessibleName() == "Customers who match"


def test_names_are_plain_text(picks: PickList) -> None:
    picks.set_matches("", (callers.match(name=callers.NASTY),))
    index = picks.list.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith(callers.NASTY)
    assert "<b>" not in index.data(Qt.ItemDataRole.ToolTipRole)


def test_what_they_were_found_by_is_pointed_out(picks: PickList) -> None:
    lines = tuple(match.line for match in callers.several().pop.matches)

    def picture(sought: str) -> QImage:
        picks.list.set_lines(lines, sought=sought)
        return picks.list.grab().toImage()

    plain = picture("")
    assert picture("zzz") == plain
    assert picture("kowal") != plain
    assert picture("601442") != plain  # grouped where it stands
