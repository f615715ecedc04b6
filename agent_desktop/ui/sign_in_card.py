"""Signing in to the centre's database: who, the password, and where; alone before the window, or over it."""

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from agent_desktop import clock
from agent_desktop.server_address import BadAddress, ServerAddress, made
from agent_desktop.ui import theme
from agent_desktop.ui.announce import announce
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.fields import field
from agent_desktop.ui.indicators import Avatar, Disc
from agent_desktop.ui.labels import Icon, flowing, label
from agent_desktop.ui.layouts import column, frame, row, rule, settle
from agent_desktop.ui.theme import restyle

_WIDTH = 460


class SignInCard(QFrame):
    """Signals: wanted(ServerAddress, password), cancelled() while a try is under way, offline_wanted(ServerAddress,
    password) to begin while the server is away, dismissed()."""

    wanted = Signal(object, str)
    cancelled = Signal()
    offline_wanted = Signal(object, str)
    dismissed = Signal()

    def __init__(self, address: ServerAddress, *, somebody_else: bool = True, other_server: bool = True):
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Sign in"))
        self._address = address
        self._busy = False
        self._since = 0.0
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self._build_where(other_server)
        self._build_who(somebody_else)
        self._build_answer()
        self._build_foot()
        self._lay_out()
        self._arrange()

    # ------------------------------------------------------------------ built

    def _build_where(self, other_server: bool) -> None:
        self._place = flowing("", "body", "2")
        self.change_server = Button(self.tr("Another server"), kind="link", height=24)
        self.change_server.clicked.connect(self._ask_server)
        if not other_server:
            self.change_server.hide()
        self.host, self.database = QLineEdit(self._address.host), QLineEdit(self._address.database)
        self.host.setPlaceholderText("db.centre.example")
        self._server = QWidget()
        self._server.setLayout(
            row(
                (field(self.tr("Server"), self.host, required=True), 3),
                (field(self.tr("Database"), self.database, required=True), 2),
                spacing=10,
            )
        )
        self._server.hide()

    def _build_who(self, somebody_else: bool) -> None:
        self.login, self.password = QLineEdit(self._address.login), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._known = QWidget()
        self._known_name = flowing(self._address.login, "body-b")
        self.somebody_else = Button(self.tr("Another person"), kind="link", height=24)
        self.somebody_else.clicked.connect(self._ask_login)
        if not somebody_else:
            self.somebody_else.hide()
        self._known.setLayout(
            row(Avatar(self._address.login, 32), (self._known_name, 1), self.somebody_else, spacing=10)
        )
        self._login_field = QWidget()
        self._login_field.setLayout(field(self.tr("Login"), self.login, required=True))
        (self._login_field if self._address.login else self._known).hide()
        for edit in (self.login, self.password, self.host, self.database):
            edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            theme.size(edit, minimum_width=80)
            edit.textEdited.connect(lambda _text: self._forget_trouble())

    def _build_answer(self) -> None:
        self._trouble, self._advice = flowing("", "body-b", "bad"), flowing("", "small", "2")
        words = column(self._trouble, self._advice, spacing=2)
        self._answer = frame(
            row(Icon("circle-alert", "bad", 18), (words, 1), spacing=10, margins=(12, 9, 12, 10)), note="bad"
        )
        self._answer.hide()
        self._progress = flowing("", "small", "2")
        self.cancel = Button(self.tr("Cancel"), height=28)
        self.cancel.clicked.connect(self._cancel)
        self._under_way = frame(
            row(Icon("hourglass", "text2", 16), (self._progress, 1), self.cancel, spacing=10, margins=(12, 6, 8, 6)),
            inset=True,
        )
        self._under_way.hide()

    def _build_foot(self) -> None:
        self._remark = flowing("", "small", "3")
        self.sign_in = Button(self.tr("Sign in"), kind="primary", keys=self.tr("Enter"), height=36)
        self.sign_in.clicked.connect(self.finish)
        self.offline = Button(self.tr("Begin without it"), height=36)
        self.offline.clicked.connect(lambda _checked=False: self._emit(self.offline_wanted))
        self.offline.hide()

    def _lay_out(self) -> None:
        title = column(label(self.tr("Sign in"), "h1"), row((self._place, 1), self.change_server, spacing=6), spacing=2)
        body: QVBoxLayout = column(
            row(Disc("key-round", "accent"), (title, 1), spacing=14),
            rule(),
            self._server,
            self._known,
            self._login_field,
            field(self.tr("Password"), self.password),
            self._answer,
            self._under_way,
            self._remark,
            row(None, self.offline, self.sign_in, spacing=8),
            spacing=12,
            margins=(26, 22, 26, 20),
        )
        self.setLayout(body)
        theme.size(self, fixed_width=_WIDTH)

    # ------------------------------------------------------------------- told

    def set_remark(self, text: str) -> None:
        """What is to be known before: where the password is kept, what waits here for somebody."""
        self._remark.setText(text)
        self._remark.setVisible(bool(text))
        self._fit()

    def set_busy(self) -> None:
        """A try is under way."""
        self._busy, self._since = True, clock.monotonic()
        self._answer.hide()
        self._tick()
        self._clock.start()
        self._arrange()
        self.cancel.setFocus()

    def set_trouble(self, text: str, advice: str, *, offline: bool = False) -> None:
        """It did not work, why, and what helps; ``offline`` offers to begin all the same. Nothing that was typed goes,
        but a password that was refused is marked to be typed over."""
        self._stop()
        self._trouble.setText(text)
        self._advice.setText(advice)
        self._answer.show()
        self._answer.setAccessibleName(f"{text} {advice}".strip())
        self.offline.setVisible(offline)
        self._arrange()
        self.password.setFocus()
        self.password.selectAll()
        announce(self._answer, f"{text} {advice}".strip(), assertive=True)

    def focus_first(self) -> None:
        """Where the typing begins."""
        (self.password if self._known.isVisibleTo(self) else self.login).setFocus()

    # ----------------------------------------------------------------- intents

    def finish(self) -> None:
        """Check what was typed and ask to be signed in; Enter does the same."""
        if not self._busy:
            self._emit(self.wanted)

    def _emit(self, signal: SignalInstance) -> None:
        address = self._typed()
        if address is not None:
            signal.emit(address, self.password.text())

    def _typed(self) -> ServerAddress | None:
        login = self.login.text().strip()
        try:
            address = self._address.of(login)
            if self._server.isVisibleTo(self):
                address = made(self.host.text(), self.database.text(), login)
        except BadAddress as bad:
            wrong = self.host if bad.part == "host" else self.database
            words = self.tr("This is no name of a server") if bad.part == "host" else self.tr("The database is missing")
            self._complain(wrong, words)
            return None
        if not login:
            self._complain(self.login, self.tr("Your login is missing"))
            return None
        self._address = address
        return address

    def _complain(self, edit: QLineEdit, words: str) -> None:
        self._trouble.setText(words)
        self._advice.setText("")
        self._answer.show()
        restyle(edit, error="true")
        edit.setAccessibleDescription(words)
        edit.setFocus()
        self._arrange()

    def _forget_trouble(self) -> None:
        if self._answer.isVisibleTo(self):
            self._answer.hide()
            self.offline.hide()
            for edit in (self.login, self.host, self.database):
                restyle(edit, error="")
                edit.setAccessibleDescription("")
            self._arrange()

    def _ask_login(self) -> None:
        self._known.hide()
        self._login_field.show()
        self.login.clear()
        self.password.clear()
        self._forget_trouble()
        self._arrange()
        self.login.setFocus()

    def _ask_server(self) -> None:
        self._server.show()
        self.change_server.hide()
        self._arrange()
        self.host.setFocus()
        self.host.selectAll()

    def _cancel(self) -> None:
        self._stop()
        self._arrange()
        self.password.setFocus()
        self.cancelled.emit()

    def _stop(self) -> None:
        self._busy = False
        self._clock.stop()

    def _tick(self) -> None:
        waited = int(clock.monotonic() - self._since)
        words = self.tr("Asking {0} …").format(self._address.shown_host)
        self._progress.setText(f"{words} {waited} s" if waited else words)

    def _arrange(self) -> None:
        database, host = self._address.database, self._address.shown_host
        typed = self._server.isVisibleTo(self)
        known = self.tr("{0} on {1}").format(database, host)
        self._place.setText(self.tr("Your centre’s database") if typed else known)
        self._advice.setVisible(bool(self._advice.text()))
        self._under_way.setVisible(self._busy)
        for widget in (self.login, self.password, self.host, self.database, self.somebody_else, self.change_server):
            widget.setEnabled(not self._busy)
        for button in (self.sign_in, self.offline):
            button.setEnabled(not self._busy)
        self._fit()

    def _fit(self) -> None:
        settle(self)
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.window().focusWidget()
            if isinstance(focused, Button) and self.isAncestorOf(focused):
                focused.click()
            else:
                self.finish()
        elif event.key() == Qt.Key.Key_Escape:
            if self._busy:
                self._cancel()
            else:
                self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()
