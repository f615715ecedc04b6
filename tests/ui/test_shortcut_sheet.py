"""The sheet shows every action and its key, whatever was changed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from agent_desktop.ui import actions, theme
from agent_desktop.ui.labels import Label
from agent_desktop.ui.overlay import Overlay
from agent_desktop.ui.shortcut_sheet import ShortcutSheet
from tests.support import ui_audit


def test_every_action_is_on_the_sheet(qapp) -> None:
    shown = [words.text() for words in ShortcutSheet().findChildren(Label)]
    for action in actions.TABLE:
        assert actions.label(action.name) in shown
        assert actions.key_text(action.keys) in shown
    for gesture in actions.GESTURES:
        assert gesture.keys in shown


def test_changed_keys_are_shown(qapp) -> None:
    shown = [words.text() for words in ShortcutSheet({"answer": "Ctrl+Space"}).findChildren(Label)]
    assert "Ctrl Space" in shown
    assert "F2" not in shown


def test_escape_closes(shown, qtbot) -> None:
    window = shown(QWidget(), 1280, 720)
    sheet = ShortcutSheet()
    Overlay.of(window).present(sheet)
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)


@pytest.mark.parametrize("size", [100, 150])
@pytest.mark.parametrize("pseudo", [False, True])
def test_it_fits(shown, qapp, size: int, pseudo: bool) -> None:
    theme.apply(qapp, "light", size)
    if pseudo:
        ui_audit.pseudo_translate(qapp)
        ui_audit.right_to_left(qapp)
    for width, height in ((1280, 720), (1024, 640)):
        window = shown(QWidget(), width, height)
        sheet = ShortcutSheet(room=width - 48)
        Overlay.of(window).present(sheet)
        QApplication.processEvents()
        assert not ui_audit.everything(window)
        area = sheet.findChild(QScrollArea)
        assert area.widget().width() == area.viewport().width()  # nothing is beyond its edge
