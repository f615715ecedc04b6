"""Where the keyboard is stands on every kind of button as a frame, and nothing is drawn inside it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from agent_desktop.ui.buttons import Button
from agent_desktop.ui.layouts import column, frame
from tests.support import screen


@pytest.mark.parametrize("kind", ["", "primary", "answer", "hangup", "ghost", "link", "chip", "opt", "search"])
def test_the_focus_is_a_frame(kind: str, qtbot: QtBot) -> None:
    button, other = Button("Right", kind=kind), QLineEdit()
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window = frame(column(button, other))
    screen.show(qtbot, window, 300, 120)
    other.setFocus()
    without = button.grab().toImage()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.hasFocus()
    window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)  # as after Tab
    with_it = button.grab().toImage()
    assert with_it != without
    inside = button.rect().adjusted(8, 6, -8, -6)
    same = with_it.copy(inside) == without.copy(inside)
    assert same, "something is drawn inside the frame"
