"""The work list: one key to call, one to tick off, and nothing gone that was not done."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent_desktop.data.rows import WorkItem
from agent_desktop.data.words import WorkStatus
from agent_desktop.ui import work_list
from agent_desktop.ui.work_list import WorkDelegate, WorkList
from tests.support import callers, screen


@pytest.fixture
def work(qtbot: QtBot, qapp: QApplication) -> Iterator[WorkList]:
    with screen.afternoon():
        widget = WorkList()
        model = widget.view.model()
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
        screen.show(qtbot, widget, 800, 340)
        widget.set_work(callers.work(), callers.ME)
        widget.view.setFocus()
        yield widget


def _words(work: WorkList) -> list[str]:
    model = work.view.model()
    return [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def _called(work: WorkList) -> list[WorkItem]:
    seen: list[WorkItem] = []
    work.call_work.connect(seen.append)
    return seen


def _finished(work: WorkList) -> list[WorkItem]:
    seen: list[WorkItem] = []
    work.finish_work.connect(seen.append)
    return seen


def _spot(work: WorkList, row: int, which: str) -> QPoint:
    delegate = work.view.itemDelegate()
    assert isinstance(delegate, WorkDelegate)
    rect = work.view.visualRect(work.view.model().index(row, 0))
    return delegate.button(rect, work.view.layoutDirection(), which).center()


def test_each_entry_says_who_why_and_when(work: WorkList) -> None:
    words = _words(work)
    assert words[0].startswith("Call back Elif Aydin, Wrong name on contract · promised by Jonas Lind")
    assert words[0].endswith("overdue 25 min")
    assert words[1].endswith("due in 12 min")
    assert words[2].startswith("Missed: ")
    assert "Priya Nair is on it" in words[3]
    assert words[5].endswith("Tomorrow 10:32")
    assert [work_list.when(item)[1] for item in callers.work()] == ["bad", "warn", "", "", "", ""]


def test_enter_calls_and_a_colleagues_entry_cannot_be_called(work: WorkList) -> None:
    called = _called(work)
    QTest.keyClick(work.view, Qt.Key.Key_Down)
    QTest.keyClick(work.view, Qt.Key.Key_Return)
    assert [item.customer for item in called] == ["Ibrahim Haddad"]
    work.view.setCurrentIndex(work.view.model().index(3, 0))
    QTest.keyClick(work.view, Qt.Key.Key_Return)
    work.set_phone_usable(False)
    work.view.setCurrentIndex(work.view.model().index(0, 0))
    QTest.keyClick(work.view, Qt.Key.Key_Return)
    assert len(called) == 1


def test_the_call_button_calls_also_mirrored(work: WorkList) -> None:
    called = _called(work)
    QTest.mouseClick(work.view.viewport(), Qt.MouseButton.LeftButton, pos=_spot(work, 0, "call"))
    work.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    screen.settle(work)
    assert _spot(work, 4, "call").x() < 120
    QTest.mouseClick(work.view.viewport(), Qt.MouseButton.LeftButton, pos=_spot(work, 4, "call"))
    QTest.mouseClick(work.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(400, 20))
    assert [item.customer for item in called] == ["Elif Aydin", "Greta Lund"]


def test_done_is_told_when_it_can_no_longer_be_taken_back(qtbot: QtBot, work: WorkList) -> None:
    finished = _finished(work)
    work._undo.setInterval(50)
    QTest.keyClick(work.view, Qt.Key.Key_Delete)
    assert finished == []
    assert "Ctrl Z" in _words(work)[0]
    qtbot.waitUntil(lambda: bool(finished))
    assert [item.customer for item in finished] == ["Elif Aydin"]
    assert work.count() == 5
    work.set_work(callers.work(), callers.ME)  # the list from before the database heard of it
    assert work.count() == 5


def test_done_can_be_taken_back_by_key_and_by_the_button(work: WorkList) -> None:
    finished = _finished(work)
    QTest.keyClick(work.view, Qt.Key.Key_Delete)
    QTest.keyClick(work.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseClick(work.view.viewport(), Qt.MouseButton.LeftButton, pos=_spot(work, 1, "done"))
    QTest.mouseClick(work.view.viewport(), Qt.MouseButton.LeftButton, pos=_spot(work, 1, "done"))
    work.flush()
    assert finished == []
    assert work.count() == 6
    assert not work._undo.isActive()


def test_leaving_the_page_tells_at_once(work: WorkList) -> None:
    finished = _finished(work)
    QTest.keyClick(work.view, Qt.Key.Key_Delete)
    work.hide()
    assert len(finished) == 1


def test_only_done_entries_leave_and_the_rest_keeps_its_place(work: WorkList) -> None:
    work.view.setCurrentIndex(work.view.model().index(4, 0))
    items = callers.work()
    work.set_work((replace(items[0], status=WorkStatus.DONE), *items[1:]), callers.ME)
    assert work.count() == 5
    assert work.view.currentIndex().row() == 3
    assert work._count.text() == "5 open"


def test_my_own_claim_reads_so_and_can_be_called(work: WorkList) -> None:
    mine = replace(callers.work()[3], claimed_by=callers.ME)
    work.set_work((mine,), callers.ME)
    assert "You are on it" in _words(work)[0]
    called = _called(work)
    work.view.setCurrentIndex(work.view.model().index(0, 0))
    QTest.keyClick(work.view, Qt.Key.Key_Return)
    assert len(called) == 1


def test_nothing_to_do_is_said(work: WorkList) -> None:
    work.set_work((), callers.ME)
    assert work._empty.isVisible()
    assert not work.view.isVisible()
    assert work.maximumHeight() < 120


def test_names_are_plain_text(work: WorkList) -> None:
    item = replace(callers.work()[0], customer=callers.NASTY, note=callers.NASTY)
    work.set_work((item,), callers.ME)
    index = work.view.model().index(0, 0)
    assert callers.NASTY in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "<b>" not in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_double_click_opens_the_customer(qtbot: QtBot, work: WorkList) -> None:
    spot = work.view.visualRect(work.view.model().index(1, 0)).topLeft() + QPoint(80, 12)
    with qtbot.waitSignal(work.open_customer) as opened:
        QTest.mouseClick(work.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        QTest.mouseDClick(work.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened.args == [callers.uid(300)]
