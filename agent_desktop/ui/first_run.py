"""The first start: what this computer is to be, who you are, how calls reach you. Everything can be changed later."""

import re
import unicodedata

import msgspec
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QRadioButton, QScrollArea, QWidget

from agent_desktop import server_address
from agent_desktop.server_address import ServerAddress
from agent_desktop.settings import Database, Settings
from agent_desktop.ui import layouts, setting_controls, theme
from agent_desktop.ui.announce import announce
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.fields import field
from agent_desktop.ui.first_answer import FirstRun
from agent_desktop.ui.indicators import Disc
from agent_desktop.ui.labels import label
from agent_desktop.ui.layouts import column, frame, row, rule
from agent_desktop.ui.theme import restyle

PRACTICE, COMPUTER, CENTRE = "practice", "computer", "centre"
ACCOUNT, DIRECT = "account", "direct"
_SIP_PORT = 5060
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]*")


def suggested_login(name: str) -> str:
    """A login from a name: "Zażółć Gęślą" becomes "zazolc.gesla"; empty where nothing in the name is a Latin letter."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ł", "l").replace("ø", "o").replace("đ", "d"))
    return ".".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))


class _Options(QButtonGroup):
    """A few choices, each a card with its words that can be clicked as a whole and shows the focus.

    Signal: chosen_now() when another one is chosen.
    """

    chosen_now = Signal()

    def __init__(self, words: dict[str, tuple[str, str]], fields: dict[str, QWidget], parent: QWidget):
        super().__init__(parent)
        self.options: dict[str, QRadioButton] = {}
        self.cards: dict[str, QFrame] = {}
        self._fields = fields
        for key, (title, text) in words.items():
            self.options[key] = option = QRadioButton(title)
            option.setProperty("framed", True)  # the card around it shows the focus
            theme.dress(option, "body-b")
            theme.size(option, minimum_height=24)
            option.setAccessibleDescription(text)
            option.toggled.connect(self._toggled)
            self.addButton(option)
            detail = row(label(text, "small", "2", wrap=True), margins=(24, 0, 0, 0))
            parts: list[layouts.Item] = [option, detail]
            if key in fields:
                parts.append(fields[key])
            card = frame(column(*parts, spacing=2, margins=(14, 8, 14, 10)), inset=True)
            card.installEventFilter(self)
            option.installEventFilter(self)
            card.setProperty("choice", key)
            self.cards[key] = card

    def chosen(self) -> str:
        return next((key for key, option in self.options.items() if option.isChecked()), "")

    def choose(self, key: str) -> None:
        self.options[key].setChecked(True)

    def arrange(self) -> None:
        """Show the fields of what is chosen, and where the focus is."""
        for key, card in self.cards.items():
            option = self.options[key]
            restyle(card, inset="focused" if option.hasFocus() else "chosen" if option.isChecked() else "true")
            if key in self._fields:
                self._fields[key].setVisible(option.isChecked())

    def _toggled(self, on: bool) -> None:
        if on:
            self.chosen_now.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut) and isinstance(watched, QRadioButton):
            QTimer.singleShot(0, self, self.arrange)
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(watched, QFrame):
            option = self.options.get(str(watched.property("choice")))
            if option is not None:
                option.setChecked(True)
                option.setFocus()
        return super().eventFilter(watched, event)


class FirstRunPage(QWidget):
    """Signals: finished(FirstRun), cancelled() while the centre's server is asked."""

    finished = Signal(object)
    cancelled = Signal()

    def __init__(self, settings: Settings | None = None, address: ServerAddress | None = None) -> None:
        super().__init__()
        self._settings = settings or Settings()
        self._address = address
        self._own_login = bool(self._settings.work.agent_login)
        self._build_use()
        self._build_person()
        self._build_phone()
        self._build_foot()
        self._lay_out()
        self.use.choose(CENTRE if address is not None else PRACTICE)
        self.phone.choose(ACCOUNT)
        self.use.chosen_now.connect(self._arrange)
        self.phone.chosen_now.connect(self._arrange)
        self._arrange()

    def _build_use(self) -> None:
        here = self._address
        self.host, self.database = QLineEdit(here.host if here else ""), QLineEdit(here.database if here else "")
        self.db_login, self.db_password = QLineEdit(here.login if here else ""), QLineEdit()
        self.host.setPlaceholderText("db.centre.example")
        self.database.setPlaceholderText("centre")
        self.db_password.setEchoMode(QLineEdit.EchoMode.Password)
        self._dress(self.host, self.database, self.db_login, self.db_password)
        server = QWidget()
        server.setLayout(
            column(
                row(
                    (field(self.tr("Server"), self.host, required=True), 3),
                    (field(self.tr("Database"), self.database, required=True), 2),
                    spacing=10,
                ),
                row(
                    (field(self.tr("Login"), self.db_login, required=True), 1),
                    (field(self.tr("Password"), self.db_password), 1),
                    spacing=10,
                ),
                spacing=8,
                margins=(24, 8, 0, 2),
            )
        )
        words = {
            PRACTICE: (
                self.tr("Try it with made-up calls"),
                self.tr("A simulated centre rings you with real sound; its customers have a database of their own."),
            ),
            COMPUTER: (
                self.tr("Use it on this computer only"),
                self.tr("Customers, calls and notes stay in one file here. For one person, or for a trial."),
            ),
            CENTRE: (
                self.tr("Use our centre’s database"),
                self.tr("A server that all desktops share. Server, database and login come from your administrator."),
            ),
        }
        self.use = _Options(words, {CENTRE: server}, self)

    def _build_person(self) -> None:
        self.name, self.login = QLineEdit(), QLineEdit(self._settings.work.agent_login)
        self.name.setPlaceholderText("Dana Okafor")
        self.login.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.name.textEdited.connect(self._name_typed)
        self.login.textEdited.connect(self._login_typed)
        self.country = setting_controls.Picker(setting_controls.countries())
        self.country.setParent(self)
        self.country.set_value(self._settings.numbers.region)
        person = row(
            (field(self.tr("Your name"), self.name, required=True), 3),
            (field(self.tr("Login"), self.login, required=True), 2),
            (field(self.tr("Country"), self.country.widget, required=False), 2),
            spacing=12,
        )
        self._person = QWidget()
        self._person.setLayout(column(label(self.tr("Who are you?"), "title"), person, 4, spacing=10))

    def _build_phone(self) -> None:
        words = {
            ACCOUNT: (
                self.tr("Connect to our phone system"),
                self.tr("Your SIP account on the PBX: server, account and password from whoever runs it."),
            ),
            DIRECT: (
                self.tr("Take calls directly"),
                self.tr("Without a PBX: calls to this computer’s own address ring here."),
            ),
        }
        phone = self._settings.phone
        self.server, self.account, self.password = QLineEdit(phone.domain), QLineEdit(), QLineEdit()
        self.server.setPlaceholderText("pbx.example.com")
        self.account.setPlaceholderText("201")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._dress(self.server, self.account, self.password)
        account = QWidget()
        account.setLayout(
            row(
                (field(self.tr("Phone server"), self.server, required=True), 3),
                (field(self.tr("Account"), self.account, required=True), 2),
                (field(self.tr("Account’s password"), self.password), 2),
                spacing=10,
                margins=(24, 8, 0, 2),
            )
        )
        self.phone = _Options(words, {ACCOUNT: account}, self)
        self._phone = QWidget()
        heading = label(self.tr("How do calls reach you?"), "title")
        self._phone.setLayout(column(heading, *self.phone.cards.values(), spacing=10))

    def _dress(self, *edits: QLineEdit) -> None:
        for edit in edits:
            edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            theme.size(edit, minimum_width=80)
            edit.textEdited.connect(lambda _text: self._complain(None, ""))

    def _build_foot(self) -> None:
        self._error = label("", "small-b", "bad", wrap=True)
        self._advice = label("", "small", "2", wrap=True)
        self.start_button = Button(self.tr("Start"), "arrow-right", kind="primary", height=36)
        self.start_button.clicked.connect(self.finish)
        self.cancel_button = Button(self.tr("Cancel"), height=36)
        self.cancel_button.clicked.connect(self._cancel)
        self.cancel_button.hide()
        self._error.hide()

    def _lay_out(self) -> None:
        heading = column(
            label(self.tr("Welcome"), "h1"),
            label(self.tr("What is this computer to be? A question or two, then the first call can come."), "body", "2",
                  wrap=True),
            spacing=2,
        )  # fmt: skip
        body = column(
            row(Disc("headset", "accent"), (heading, 1), spacing=14),
            rule(),
            *self.use.cards.values(),
            4,
            self._person,
            self._phone,
            None,
            spacing=10,
            margins=(28, 24, 28, 12),
        )
        inner = QWidget()
        inner.setLayout(body)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        self._advice.setText(self.tr("All of it can be changed in Settings."))
        said = column(self._error, self._advice, spacing=2)
        foot = row((said, 1), self.cancel_button, self.start_button, spacing=12, margins=(28, 12, 28, 16))
        card = frame(column((self._scroll, 1), rule(), foot, spacing=0, margins=1), card=True)
        card.setMaximumSize(theme.px(760), theme.px(800))
        self.setLayout(column(row((card, 1)), margins=24))

    # ----------------------------------------------------------------- typing

    def _name_typed(self, text: str) -> None:
        if not self._own_login:
            self.login.setText(suggested_login(text))
        self._complain(None, "")

    def _login_typed(self, text: str) -> None:
        self._own_login = bool(text)
        self._complain(None, "")

    def _arrange(self) -> None:
        use = self.use.chosen()
        self.use.arrange()
        self.phone.arrange()
        self._person.setVisible(use == COMPUTER)
        self._phone.setVisible(use != PRACTICE)
        self._complain(None, "")

    # ------------------------------------------------------------------- told

    def focus_first(self) -> None:
        """Where the typing begins: at what is not known yet."""
        if self._address is not None:
            (self.db_password if self._address.login else self.db_login).setFocus()
        else:
            self.use.options[self.use.chosen()].setFocus()

    def set_busy(self, busy: bool) -> None:
        """Whether the centre's server is being asked."""
        self._scroll.setEnabled(not busy)
        self.start_button.setEnabled(not busy)
        self.cancel_button.setVisible(busy)
        if busy:
            self._complain(None, "")
            self._advice.setText(self.tr("Asking {0} …").format(self.host.text().strip()))
            self.cancel_button.setFocus()

    def set_trouble(self, text: str, advice: str) -> None:
        """The centre's server did not take it, why, and what helps; what was typed stays."""
        self.set_busy(False)
        self._complain(self.db_password, text)
        self.db_password.selectAll()
        self._advice.setText(advice)
        announce(self._error, f"{text} {advice}", assertive=True)

    def _cancel(self) -> None:
        self.set_busy(False)
        self._complain(None, "")
        self.start_button.setFocus()
        self.cancelled.emit()

    def finish(self) -> None:
        """Check and emit ``finished``; what is missing gets the focus and words."""
        use = self.use.chosen()
        if use == PRACTICE:
            self.finished.emit(FirstRun("", self._settings, "", practice=True))
            return
        address: ServerAddress | None = None
        name, login = " ".join(self.name.text().split()), self.login.text().strip()
        if use == CENTRE:
            address = self._server_address()
            if address is None:
                return
            name = login = address.login
        elif not name:
            self._complain(self.name, self.tr("Your colleagues need a name for you"))
            return
        elif not _LOGIN.fullmatch(login):
            self._complain(self.login, self.tr("A login has small letters, digits, dots and dashes"))
            return
        phone = self.phone.chosen()
        if phone == ACCOUNT and not self.server.text().strip():
            self._complain(self.server, self.tr("The phone server is missing"))
        elif phone == ACCOUNT and not self.account.text().strip():
            self._complain(self.account, self.tr("The account is missing"))
        else:
            self._complain(None, "")
            password = self.password.text() if phone == ACCOUNT else ""
            shown = name if use == COMPUTER else ""
            settings = self._answered(shown, login, phone)
            self.finished.emit(FirstRun(name, settings, password, False, address, self.db_password.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            button = self.cancel_button if self.cancel_button.isVisible() else self.start_button
            button.click()
        else:
            super().keyPressEvent(event)

    def _server_address(self) -> ServerAddress | None:
        """The centre's server as typed; None after words about what is missing."""
        login = self.db_login.text().strip()
        try:
            typed = server_address.made(self.host.text(), self.database.text(), login)
        except server_address.BadAddress as bad:
            if bad.part == "host":
                self._complain(self.host, self.tr("This is no name of a server"))
            else:
                self._complain(self.database, self.tr("The database is missing"))
            return None
        if not login:
            self._complain(self.db_login, self.tr("Your login is missing"))
            return None
        known = self._address
        if known is not None and (known.host, known.database) == (self.host.text().strip(), typed.database):
            return known.of(login)  # with its options, such as where the certificates are
        return typed

    def _answered(self, name: str, login: str, choice: str) -> Settings:
        phone = self._settings.phone
        if choice == ACCOUNT:
            phone = msgspec.structs.replace(
                phone,
                mode="account",
                domain=self.server.text().strip(),
                user=self.account.text().strip(),
                display_name=name,
            )
        elif choice == DIRECT:
            port = phone.listen_port or _SIP_PORT
            phone = msgspec.structs.replace(phone, mode="direct", display_name=name, listen_port=port)
        database = self._settings.database
        if self.use.chosen() == COMPUTER and server_address.parse(database.url) is not None:
            database = Database()
        return msgspec.structs.replace(
            self._settings,
            phone=phone,
            database=database,
            work=msgspec.structs.replace(self._settings.work, agent_login=login),
            numbers=msgspec.structs.replace(self._settings.numbers, region=self.country.value()),
        )

    def _complain(self, widget: QLineEdit | None, words: str) -> None:
        self._error.setText(words)
        self._error.setVisible(bool(words))
        self._advice.setText("" if words else self.tr("All of it can be changed in Settings."))
        mine = (self.name, self.login, self.server, self.account)
        for edit in (*mine, self.host, self.database, self.db_login, self.db_password):
            restyle(edit, error="true" if edit is widget else "")
            edit.setAccessibleDescription(words if edit is widget else "")
        if widget is not None:
            widget.setFocus()
            self._scroll.ensureWidgetVisible(widget)
