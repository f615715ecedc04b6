"""A long address in a note is pasted elsewhere as its writer typed it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from agent_desktop.ui.copied import Copied
from agent_desktop.ui.labels import label
from agent_desktop.ui.wording import breakable, ltr

ADDRESS = "https://support.example/articles/how-to-reset-a-router?model=4711&language=pl"


class OnAScreen(Copied):
    """Where nothing is shown nobody is said to own what is copied."""

    ours = True

    def _is_ours(self, mode: QClipboard.Mode) -> bool:
        return self.ours


def test_marks_that_help_to_show_a_text_are_not_copied(qtbot: QtBot) -> None:
    copied = OnAScreen()
    text = label(f"{breakable(ADDRESS)} {ltr('+48 601 442 190')}", "body", "2", wrap=True)
    qtbot.addWidget(text)
    text.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    text.show()
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == f"{ADDRESS} +48 601 442 190"
    copied.ours = False  # another program's
    QGuiApplication.clipboard().setText("a\u200bb")
    assert QGuiApplication.clipboard().text() == "a\u200bb"
