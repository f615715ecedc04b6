"""Another password for one's own login: the old one proves who asks, the new one is typed twice."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit

from agent_desktop.core.sign_in import MIN_PASSWORD
from agent_desktop.ui import theme
from agent_desktop.ui.announce import announce
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.fields import field
from agent_desktop.ui.labels import Icon, flowing, label
from agent_desktop.ui.layouts import column, frame, row, settle
from agent_desktop.ui.theme import restyle


class PasswordCard(QFrame):
    """Signals: wanted(old, new), closed(); the passwords are in nobody's hands but the listener's."""

    wanted = Signal(str, str)
    closed = Signal()

    def __init__(self, login: str, host: str):
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        title = self.tr("Change your password")
        self.setAccessibleName(title)
        self._busy = False
        self.old, self.new, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        for edit in (self.old, self.new, self.again):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
            edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            edit.textEdited.connect(lambda _text: self._complain(None, ""))
        self._error = flowing("", "small-b", "bad")
        self._advice = flowing("", "small", "2")
        self._error.hide()
        self._advice.hide()
        self.change = Button(self.tr("Change"), kind="primary", keys=self.tr("Enter"), height=34)
        self.cancel = Button(self.tr("Cancel"), height=34)
        self.change.clicked.connect(self.finish)
        self.cancel.clicked.connect(self.closed)
        hint = self.tr("at least {0} letters").format(MIN_PASSWORD)
        self.setLayout(
            column(
                row(Icon("key-round", "text2", 20), (label(title, "title", wrap=True), 1), spacing=10),
                flowing(self.tr("Of {0} on {1}").format(login, host), "body", "2"),
                field(self.tr("Present password"), self.old, required=True),
                field(self.tr("New password"), self.new, hint=hint, required=True),
                field(self.tr("The new one again"), self.again, required=True),
                frame(column(self._error, self._advice, spacing=2)),
                row(None, self.cancel, self.change),
                spacing=12,
                margins=(22, 18, 22, 16),
            )
        )
        theme.size(self, fixed_width=440)
        self.setFocusProxy(self.old)

    def finish(self) -> None:
        """Check and emit ``wanted``."""
        old, new = self.old.text(), self.new.text()
        if self._busy:
            return
        if not old:
            self._complain(self.old, self.tr("Type the present one first"))
        elif len(new) < MIN_PASSWORD:
            self._complain(self.new, self.tr("A password needs at least {0} letters").format(MIN_PASSWORD))
        elif new == old:
            self._complain(self.new, self.tr("This is the present one"))
        elif new != self.again.text():
            self._complain(self.again, self.tr("These are two different passwords"))
        else:
            self._set_busy(True)
            self.wanted.emit(old, new)

    def set_trouble(self, text: str, advice: str, *, old_is_wrong: bool) -> None:
        """It was not changed, and why."""
        self._set_busy(False)
        self._complain(self.old if old_is_wrong else self.new, text)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._fit()
        announce(self, f"{text} {advice}".strip(), assertive=True)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        for widget in (self.old, self.new, self.again, self.change):
            widget.setEnabled(not busy)
        self._advice.setText(self.tr("The server is asked …") if busy else "")
        self._advice.setVisible(busy)
        self._fit()

    def _complain(self, widget: QLineEdit | None, words: str) -> None:
        self._error.setText(words)
        self._error.setVisible(bool(words))
        self._advice.hide()
        for edit in (self.old, self.new, self.again):
            restyle(edit, error="true" if edit is widget else "")
            edit.setAccessibleDescription(words if edit is widget else "")
        if widget is not None:
            widget.setFocus()
            widget.selectAll()
        self._fit()

    def _fit(self) -> None:
        settle(self)
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.window().focusWidget() is self.cancel:
                self.closed.emit()
            else:
                self.finish()
        else:
            super().keyPressEvent(event)
