"""Questions lie over the window, are answered by keys, and block neither the window nor the telephone's keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QVBoxLayout, QWidget

from agent_desktop.ui import actions, ask
from agent_desktop.ui.overlay import Overlay
from tests.support import ui_audit


class Window(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setAccessibleName("Field")
        QVBoxLayout(self).addWidget(self.field)
        self.actions_now = actions.install(self)


@pytest.fixture
def window(shown) -> Window:
    result = shown(Window(), 1280, 720)
    result.field.setFocus()
    return result


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


def test_confirm_runs_only_on_yes(window: Window) -> None:
    done: list[bool] = []
    ask.confirm(window, "Solve the ticket?", "It has no answer yet.", "Solve", lambda: done.append(True))
    press(Qt.Key.Key_Escape)
    assert done == []
    ask.confirm(window, "Solve the ticket?", "It has no answer yet.", "Solve", lambda: done.append(True))
    press(Qt.Key.Key_Return)
    assert done == [True]
    assert QApplication.focusWidget() is window.field


def test_a_dangerous_question_starts_on_cancel(window: Window) -> None:
    done: list[bool] = []
    card = ask.confirm(window, "Delete?", "It cannot be taken back.", "Delete", lambda: done.append(True), danger=True)
    press(Qt.Key.Key_Return)
    assert done == []
    assert not card.isVisible()


def test_enter_on_the_other_button_presses_that(window: Window) -> None:
    done: list[bool] = []
    card = ask.confirm(window, "Delete?", "Gone for good.", "Delete", lambda: done.append(True), danger=True)
    go = next(b for b in card.findChildren(ask.Button) if b.text() == "Delete")
    go.setFocus()
    press(Qt.Key.Key_Return)
    assert done == [True]


def test_choice_by_digit(window: Window) -> None:
    picked: list[object] = []
    ask.choice(window, "Which?", [("a", "First"), ("b", "Second")], picked.append, text="Both match.")
    QTest.keyClicks(QApplication.focusWidget(), "2")
    assert picked == ["b"]
    assert Overlay.of(window).top_card() is None


def test_text_is_required_and_trimmed(window: Window) -> None:
    given: list[str] = []
    ask.text(window, "New organisation", "Name", given.append)
    press(Qt.Key.Key_Return)
    assert given == []
    QTest.keyClicks(QApplication.focusWidget(), " Brightline ")
    press(Qt.Key.Key_Return)
    assert given == ["Brightline"]


def test_the_telephone_works_while_a_question_is_open(window: Window) -> None:
    answered: list[str] = []
    window.actions_now["answer"].triggered.connect(lambda: answered.append("F2"))
    ask.text(window, "New organisation", "Name", lambda _name: None)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F2)
    assert answered == ["F2"]


@pytest.mark.parametrize("pseudo", [False, True])
def test_questions_fit(window: Window, qapp, pseudo: bool) -> None:
    if pseudo:
        ui_audit.pseudo_translate(qapp)
        ui_audit.right_to_left(qapp)
    name = "A customer’s very long name that goes on and on until it breaks " * 2
    ask.confirm(window, f"Call {name}?", name, "Call now and do not wait", lambda: None)
    ask.choice(window, name, [(n, f"{n} {name}") for n in range(4)], lambda _value: None)
    ask.text(window, name, "Name", lambda _value: None)
    QApplication.processEvents()
    assert not [line for line in ui_audit.everything(window) if "Button" not in line]


def test_a_list_that_is_open_goes_when_a_question_comes(window: Window) -> None:
    options = QComboBox(window)
    options.addItems(["One", "Two"])
    options.show()
    options.showPopup()
    assert QApplication.activePopupWidget() is not None
    ask.confirm(window, "Solve the ticket?", "It has no answer yet.", "Solve", lambda: None)
    assert QApplication.activePopupWidget() is None
