"""The contact history as somebody reads, filters and scrolls it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent_desktop.data.rows import HistoryRow
from agent_desktop.data.words import Outcome
from agent_desktop.ui import history as page
from agent_desktop.ui import theme
from agent_desktop.ui.history import History
from tests.support import callers, screen, ui_audit


@pytest.fixture
def history(qtbot: QtBot, qapp: QApplication) -> Iterator[History]:
    with screen.afternoon():
        widget = History()
        model = widget.timeline.model()
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
        screen.show(qtbot, widget, 634, 700)
        widget.set_history(callers.history(), 11, "marta")
        yield widget


def _titles(history: History) -> list[str]:
    return [line.title for line in history._model.rows]


def test_every_line_says_when_what_and_how_it_ended(history: History) -> None:
    words = [history.timeline.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(8)]
    assert words[0].startswith("Today 10:14. Call. Billing  ·  Jonas Lind. Asked why")
    assert words[0].endswith("7:41")
    assert words[1].endswith("Open")
    assert "Missed" in words[3]
    assert words[3].startswith("Yesterday 17:44")
    assert words[4].startswith("14 Nov 11:32. Note")
    assert "No answer" in words[6]


def test_an_answered_call_is_not_called_answered_and_a_missed_one_is_red() -> None:
    answered, missed = callers.history()[0], callers.history()[3]
    assert not page.detail_of(answered).startswith("Answered")
    assert page.icon_of(missed) == ("phone-missed", "bad")
    assert page.icon_of(answered) == ("phone-incoming", "text2")
    assert page.detail_of(replace(answered, disposition="Bill explained")).startswith("Bill explained: Asked why")
    assert page.detail_of(replace(missed, outcome=Outcome.TRANSFERRED)) == "Transferred"


def test_chips_count_and_filter(history: History) -> None:
    counts = [history.chips._counts[key] for key in ("", "call", "email", "message", "ticket", "note")]
    assert counts == ["11", "5", "2", "1", "2", "1"]
    history.chips._chips["email"].click()
    assert _titles(history) == ["E-mail from customer", "E-mail to customer"]
    history.chips._chips[""].click()
    assert len(_titles(history)) == 11


def test_arrows_walk_the_chips_with_one_tab_stop(history: History) -> None:
    history.chips._chips[""].setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert history.chips.key() == "call"
    assert QApplication.focusWidget() is history.chips._chips["call"]
    stops = [key for key, chip in history.chips._chips.items() if chip.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == ["call"]


def test_the_filter_field_looks_into_title_detail_agent_and_status(history: History) -> None:
    for typed, expected in (("tariff", 1), ("priya", 3), ("SOLVED", 1), ("meter re-read", 2), ("nothing at all", 0)):
        history.filter.setText(typed)
        assert len(_titles(history)) == expected, typed
    assert history._empty.text() == "Nothing matches the filter."
    assert history._empty.isVisible()


def test_older_rows_are_looked_for_when_there_are_any(qtbot: QtBot, history: History) -> None:
    asked: list[tuple[str, str]] = []
    history.filter_wanted.connect(lambda text, key: asked.append((text, key)))
    history.filter.setText("boiler")
    QTest.qWait(page._FILTER_WAIT_MS + 100)
    assert asked == []  # all rows are here
    history.set_history(callers.history(), 40, "marta")
    history.chips._chips["email"].click()
    with qtbot.waitSignal(history.filter_wanted):
        history.filter.setText("boil")
    assert asked == [("boil", "email")]
    older = replace(
        callers.history()[2], id=callers.uid(5000), detail="Boiler", started_at=callers.NOW - timedelta(900)
    )
    history.add_rows((older,))
    assert [line.id for line in history._model.rows] == [callers.uid(5000)]


def test_more_is_asked_for_once_near_the_end(history: History) -> None:
    asked: list[int] = []
    history.more_wanted.connect(lambda: asked.append(len(history._rows)))
    history.set_history(callers.history(44), 60, "marta")
    bar = history.timeline.verticalScrollBar()
    bar.setValue(bar.maximum())
    bar.setValue(bar.maximum() - 1)
    assert asked == [44]
    history.add_rows(callers.history(55))
    assert len(_titles(history)) == 55
    bar.setValue(bar.maximum())
    assert asked == [44, 55]
    assert history._older.text() == "5 older ones are fetched as you scroll"


def test_enter_and_double_click_open(qtbot: QtBot, history: History) -> None:
    history.timeline.setFocus()
    QTest.keyClick(history.timeline, Qt.Key.Key_Down)
    with qtbot.waitSignal(history.opened) as opened:
        QTest.keyClick(history.timeline, Qt.Key.Key_Return)
    assert opened.args == [callers.uid(1001), "ticket"]
    spot = history.timeline.visualRect(history._model.index(3, 0)).center()
    with qtbot.waitSignal(history.opened) as opened:
        QTest.mouseClick(history.timeline.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        QTest.mouseDClick(history.timeline.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened.args == [callers.uid(1003), "call"]


def test_an_update_keeps_filter_selection_and_fetched_rows(history: History) -> None:
    history.set_history(callers.history(11), 40, "marta")
    history.add_rows(callers.history(22))
    history.timeline.setCurrentIndex(history._model.index(2, 0))
    new = replace(callers.history()[0], id=callers.uid(1), started_at=callers.NOW)
    history.set_history((new, *callers.history(10)), 41, "marta")
    assert len(_titles(history)) == 23
    assert history._model.rows[history.timeline.currentIndex().row()].id == callers.uid(1002)
    history.chips.choose("email")
    history.set_history(callers.history(11), 11, "somebody else")
    assert history.chips.key() == ""
    assert len(_titles(history)) == 11


def test_no_history_is_said(history: History) -> None:
    history.clear()
    assert history._empty.text().startswith("No contact yet")
    assert not history.timeline.isVisible()


def test_customer_text_is_plain(history: History) -> None:
    nasty = replace(callers.history()[0], title=callers.NASTY, detail=callers.NASTY)
    history.set_history((nasty,), 1, "nasty")
    index = history._model.index(0, 0)
    assert callers.NASTY in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "<b>" not in index.data(Qt.ItemDataRole.ToolTipRole)


def test_right_to_left_is_the_mirror_image(qtbot: QtBot, history: History) -> None:
    def inked(image: QImage) -> list[int]:
        """Columns of the first row in which something is drawn."""
        ground = image.pixelColor(image.width() // 2, 2)
        return [x for x in range(image.width()) if any(image.pixelColor(x, y) != ground for y in range(4, 56))]

    line = HistoryRow(callers.uid(1), "note", callers.history()[4].direction, callers.NOW, "x", "")
    history.set_history((line,), 1, "one")
    view = history.timeline.viewport()
    screen.settle(history)
    left = inked(view.grab().toImage())
    history.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    screen.settle(history)
    right = [view.width() - 1 - column for column in reversed(inked(view.grab().toImage()))]
    disc, title, time = (range(10, 48), range(50, 80), range(view.width() - 100, view.width()))
    for part in (disc, title, time):
        expected, seen = ([column for column in columns if column in part] for columns in (left, right))
        assert expected
        assert seen
        assert seen[0] == pytest.approx(expected[0], abs=3)
        assert seen[-1] == pytest.approx(expected[-1], abs=3)


@pytest.mark.parametrize(("size", "width"), [(100, 634), (150, 634), (100, 554)])
def test_chips_stay_inside_in_a_long_language(qtbot: QtBot, qapp: QApplication, size: int, width: int) -> None:
    theme.apply(qapp, "light", size)
    ui_audit.pseudo_translate(qapp)
    with screen.afternoon():
        history = History()
        screen.show(qtbot, history, width, 500)
        history.set_history(callers.history(33), 1200, "long")
        screen.settle(history)
        assert ui_audit.everything(history) == []
        chips = [chip for chip in history.chips._chips.values() if chip.isVisible()]
        assert all(chip.width() >= chip.sizeHint().width() for chip in chips)
