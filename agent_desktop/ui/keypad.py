"""A telephone's twelve keys, for tones during a call or for dialling by mouse."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.labels import elided
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.wording import ltr

KEYS = "123456789*0#"
_LETTERS = {"2": "abc", "3": "def", "4": "ghi", "5": "jkl", "6": "mno", "7": "pqrs", "8": "tuv", "9": "wxyz"}


class Keypad(QFrame):
    """Twelve keys and what was pressed so far; digits may be typed. Signals: pressed(digit), closed()."""

    pressed = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setProperty("overlay", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Keypad"))
        self._shown = elided("", "title", tabular=True)
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.size(self._shown, fixed_height=24)
        grid = QGridLayout()
        grid.setSpacing(6)
        grid.setContentsMargins(0, 0, 0, 0)
        for index, key in enumerate(KEYS):
            button = Button(key, height=40)
            theme.size(button, minimum_width=56)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleDescription(_LETTERS.get(key, ""))
            button.clicked.connect(partial(self._press, key))
            grid.addWidget(button, index // 3, index % 3)
        grid_holder = QWidget()
        grid_holder.setLayout(grid)
        grid_holder.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as on every telephone
        self.setLayout(column(row((self._shown, 1)), grid_holder, spacing=8, margins=12))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def clear(self) -> None:
        self._shown.setText("")

    def _press(self, key: str, _checked: bool = False) -> None:
        self._shown.setText(ltr((self._shown.text().strip("\u2066\u2069") + key)[-24:]))
        self.pressed.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text() in KEYS:
            self._press(event.text())
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
