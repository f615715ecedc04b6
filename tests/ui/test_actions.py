"""Keys work from anywhere, also in the middle of a text, and mean one thing."""

import re
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget

from agent_desktop.core.states import CallState
from agent_desktop.data.words import Presence
from agent_desktop.ui import actions
from tests.support.calls import call

KEYS = {
    "F1": (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
    "F2": (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier),
    "F9": (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier),
    "Ctrl+F9": (Qt.Key.Key_F9, Qt.KeyboardModifier.ControlModifier),
    "Ctrl+Return": (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
    "Ctrl+K": (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier),
    "Ctrl+D": (Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier),
    "Ctrl+E": (Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier),
    "Ctrl+,": (Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier),
    "Alt+3": (Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier),
    "Ctrl+4": (Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier),
    "Shift+F12": (Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier),
}


class Greedy(QPlainTextEdit):
    """Claims every key for itself, as text fields do with those of their platform (Ctrl K and Ctrl D on X11)."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[int] = []

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            self.pressed.append(event.key())
        return super().event(event)


class Window(QWidget):
    """Text fields of every kind, and what was triggered."""

    def __init__(self) -> None:
        super().__init__()
        self.notes, self.line, self.box, self.spin = QPlainTextEdit(), QLineEdit(), QComboBox(), QSpinBox()
        self.box.setEditable(True)
        self.box.addItems(["one", "two"])
        layout = QVBoxLayout(self)
        self.greedy = Greedy()
        for field in (self.notes, self.line, self.box, self.spin, self.greedy):
            layout.addWidget(field)
        self.actions_now: dict[str, QAction] = actions.install(self)
        self.triggered: list[str] = []
        for name, action in self.actions_now.items():
            action.triggered.connect(lambda _on=False, said=name: self.triggered.append(said))


@pytest.fixture
def window(shown) -> Window:
    return shown(Window(), 400, 400)


def press(widget: QWidget, keys: str) -> None:
    """As the platform delivers it: to the window, which asks whoever has focus."""
    key, modifiers = KEYS[keys]
    QTest.keyClick(widget.window().windowHandle(), key, modifiers)


def type_text(widget: QWidget, text: str) -> None:
    for letter in text:
        QTest.keyClick(widget.window().windowHandle(), letter)


def named(keys: str) -> str:
    return next(action.name for action in actions.TABLE if action.keys == keys)


@pytest.mark.parametrize("keys", KEYS)
@pytest.mark.parametrize("field", ["notes", "line", "box", "spin", "greedy"])
def test_keys_act_right_after_typing(window: Window, field: str, keys: str) -> None:
    widget = getattr(window, field)
    widget.setFocus()
    type_text(window, "12")
    press(window, keys)
    assert window.triggered == [named(keys)]


@pytest.mark.parametrize("keys", ["F2", "F9", "Ctrl+Return", "Ctrl+K"])
def test_keys_act_when_sent_to_the_widget(window: Window, keys: str) -> None:
    window.notes.setFocus()
    window.notes.setPlainText("abc")
    QTest.keyClick(window.notes, *KEYS[keys])
    assert window.triggered == [named(keys)]
    assert window.notes.toPlainText() == "abc"


@pytest.mark.parametrize("keys", ["Ctrl+Return", "Ctrl+K", "Ctrl+D", "Ctrl+E"])
def test_a_key_whose_action_is_impossible_does_nothing_else(window: Window, keys: str) -> None:
    actions.set_possible(window.actions_now, ())
    window.notes.setFocus()
    window.notes.setPlainText("one two")
    press(window, keys)
    assert window.triggered == []
    assert window.notes.toPlainText() == "one two"
    assert window.notes.textCursor().position() == 0
    window.greedy.setFocus()
    press(window, keys)
    assert KEYS[keys][0] not in window.greedy.pressed


def test_the_number_pads_enter_completes_too(window: Window) -> None:
    window.notes.setFocus()
    pad = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.KeypadModifier
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Enter, pad)
    assert window.triggered == ["complete"]


def test_plain_typing_is_left_alone(window: Window) -> None:
    window.notes.setFocus()
    type_text(window, "no 1 ")
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)
    assert window.notes.toPlainText() == "no 1 \n"
    assert window.triggered == []


def test_keys_act_while_a_menu_is_open(window: Window) -> None:
    menu = QMenu(window)
    menu.addAction("Ready")
    menu.popup(window.mapToGlobal(window.rect().center()))
    QTest.keyClick(menu, Qt.Key.Key_F2)
    menu.close()
    assert window.triggered == ["answer"]


def test_a_widget_may_have_a_key_for_itself(window: Window) -> None:
    actions.own_keys(window.line, "Ctrl+Return")
    window.line.setFocus()
    press(window, "Ctrl+Return")
    assert window.triggered == []
    window.notes.setFocus()
    press(window, "Ctrl+Return")
    assert window.triggered == ["complete"]


def test_changed_keys_replace_the_defaults(shown) -> None:
    window = QWidget()
    installed = actions.install(window, {"answer": "Ctrl+Space"})
    assert installed["answer"].shortcut() == QKeySequence("Ctrl+Space")
    assert installed["end"].shortcut() == QKeySequence("F9")


def test_one_key_one_meaning() -> None:
    keys = Counter(QKeySequence(action.keys).toString() for action in actions.TABLE)
    assert not [key for key, count in keys.items() if count > 1 or not key]
    names = Counter(action.name for action in actions.TABLE)
    assert max(names.values()) == 1
    assert {entry.group for entry in (*actions.TABLE, *actions.GESTURES)} == set(actions.GROUPS)


def test_key_caps_read_like_keys() -> None:
    assert actions.keys("complete") == "Ctrl Enter"
    assert actions.keys("copy_number") == "Ctrl Shift C"
    assert actions.keys("settings") == "Ctrl ,"


def test_the_readmes_table_has_every_key_once() -> None:
    text = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    lines = text[text.index("\n## Keys") : text.index("\n## Several calls")].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")][2:]
    named: Counter[str] = Counter()
    for keys in (row[at] for row in rows for at in (0, 2) if row[at]):
        span = re.fullmatch(r"(\w+) (\d) to \w+ (\d)", keys)
        named.update([f"{span[1]} {digit}" for digit in range(int(span[2]), int(span[3]) + 1)] if span else [keys])
    assert named == Counter(actions.keys(action.name) for action in actions.TABLE)


@pytest.mark.parametrize(
    ("states", "possible", "impossible"),
    [
        ((), {"dial", "ready", "palette"}, {"answer", "end", "mute", "hold", "transfer", "complete", "redial"}),
        ((CallState.RINGING,), {"answer", "end"}, {"mute", "decline_second", "dial"}),
        ((CallState.DIALLING,), {"end"}, {"mute", "hold", "transfer", "answer"}),
        ((CallState.TALKING,), {"end", "mute", "hold", "transfer"}, {"answer", "decline_second"}),
        ((CallState.TALKING, CallState.RINGING), {"answer", "end", "decline_second"}, {"dial"}),
        ((CallState.HELD, CallState.RINGING), {"answer", "end", "hold", "decline_second"}, {"dial"}),
    ],
)
def test_what_is_possible_follows_the_calls(
    states: tuple[CallState, ...], possible: set[str], impossible: set[str]
) -> None:
    names = actions.possible([call(state) for state in states], Presence.READY)
    assert possible <= names
    assert not impossible & names


def test_an_ended_call_leaves_nothing_to_end() -> None:
    assert "end" not in actions.possible([call(CallState.ENDED)], Presence.WRAP_UP)


def test_extend_only_in_wrap_up_and_redial_only_with_a_number() -> None:
    names = actions.possible((), Presence.WRAP_UP, logging=True, redial=True)
    assert {"extend", "complete", "save_draft", "redial", "copy_number"} <= names
    assert "redial" not in actions.possible((), Presence.READY, redial=True, phone_usable=False)


def test_nothing_is_left_watching_a_deleted_widget(window: Window) -> None:
    window.line.setFocus()
    window.line.deleteLater()
    QApplication.processEvents()
    window.notes.setFocus()
    press(window, "F2")
    assert window.triggered == ["answer"]
