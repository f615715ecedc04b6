"""The new-caller form: what it asks for, and finding a customer who exists."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent_desktop.ui.new_caller_form import NewCallerForm
from tests.support import callers, screen


@pytest.fixture
def form(qtbot: QtBot, qapp: QApplication) -> Iterator[NewCallerForm]:
    with screen.afternoon():
        widget = NewCallerForm()
        screen.show(qtbot, widget, 294, 748)
        widget.set_words("unknown")
        widget.set_caller("one", "+48 601 442 190", "")
        yield widget


def test_a_customer_needs_a_name(qtbot: QtBot, form: NewCallerForm) -> None:
    created: list[object] = []
    form.create_customer.connect(created.append)
    form.name.setText("   ")
    form.save.click()
    assert created == []
    assert form._error.isVisible()
    assert QApplication.focusWidget() is form.name
    QTest.keyClicks(form.name, "Ann")
    assert not form._error.isVisible()
    form.language.setCurrentIndex(form.language.findData("pl"))
    with qtbot.waitSignal(form.create_customer) as sent:
        form.save.click()
    assert sent.args is not None
    assert (sent.args[0].name, sent.args[0].language) == ("Ann", "pl")


def test_searching_asks_once_and_a_found_customer_is_linked(qtbot: QtBot, form: NewCallerForm) -> None:
    asked: list[str] = []
    form.search.connect(asked.append)
    with qtbot.waitSignal(form.search):
        QTest.keyClicks(form.query, "kowal")
    assert asked == ["kowal"]
    form.set_candidates(tuple(match.line for match in callers.several().pop.matches))
    with qtbot.waitSignal(form.link) as linked:
        QTest.keyClick(form.query, Qt.Key.Key_Return)
    assert linked.args == [callers.uid(100)]
    form.query.setFocus()
    QTest.keyClick(form.query, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is form.candidates
    with qtbot.waitSignal(form.link) as linked:
        QTest.keyClick(form.candidates, Qt.Key.Key_3)
    assert linked.args == [callers.uid(102)]


def test_nobody_found_is_said(form: NewCallerForm) -> None:
    assert not form._none_found.isVisible()
    form.query.setText("zzz")
    form.set_candidates(())
    assert form._none_found.isVisible()
    form.query.clear()
    assert not form._none_found.isVisible()


def test_the_next_caller_starts_with_a_clean_form(form: NewCallerForm) -> None:
    form.organisation.setText("Brown & Sons")
    form.query.setText("x")
    form.set_caller("two", "+44 20 7946 0000", "Eve")
    texts = [edit.text() for edit in (form.name, form.number, form.organisation, form.query)]
    assert texts == ["Eve", "+44 20 7946 0000", "", ""]
    assert not form.is_touched()


def test_a_better_name_comes_only_while_nothing_was_typed(form: NewCallerForm) -> None:
    form.set_caller("one", "+48 601 442 190", "A. Brown")
    assert form.name.text() == "A. Brown"
    form.name.setText("Anna Brown")
    form.set_caller("one", "+48 601 442 190", "BROWN A")
    assert form.name.text() == "Anna Brown"
