"""A password that was just made, shown this once, to be handed to the person it is for."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit

from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.fields import field
from agent_desktop.ui.labels import Icon, flowing, label
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.theme import restyle


class HandOver(QFrame):
    """Signal: closed()."""

    closed = Signal()

    def __init__(self, name: str, login: str, password: str):
        super().__init__()
        title = self.tr("Hand this to {0}").format(name)
        self.setAccessibleName(title)
        words = flowing(
            self.tr(
                "It is shown this once and stored nowhere. It is to be changed at the first sign-in, within 72 hours."
            ),
            "body",
            "2",
        )
        self.login, self.password = QLineEdit(login), QLineEdit(password)
        for edit in (self.login, self.password):
            edit.setReadOnly(True)
            edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            edit.setCursorPosition(0)
        theme.dress(self.password, "title", tabular=True)
        self.copy = Button(self.tr("Copy password"), "copy", height=34)
        self.done = Button(self.tr("Done"), kind="primary", height=34)
        self.copy.clicked.connect(self._copy)
        self.done.clicked.connect(self.closed)
        self._copied = label("", "small", "ok")
        self.setLayout(
            column(
                row(Icon("key-round", "text2", 20), (flowing(title, "title"), 1), spacing=10),
                words,
                field(self.tr("Login"), self.login),
                field(self.tr("Password"), self.password),
                self._copied,
                row(None, self.copy, self.done),
                spacing=12,
                margins=(22, 18, 22, 16),
            )
        )
        theme.size(self, fixed_width=440)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.copy)
        restyle(self, overlay=True)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.password.text())
        self._copied.setText(self.tr("Copied; the next thing you copy takes its place"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
