"""The first start: who you are, and how calls reach you. Nothing else is asked; everything can be changed later."""

import re
import unicodedata

import msgspec
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QRadioButton, QScrollArea, QWidget

from agent_desktop.settings import Settings
from agent_desktop.ui import layouts, setting_controls, theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.fields import field
from agent_desktop.ui.indicators import Disc
from agent_desktop.ui.labels import label
from agent_desktop.ui.layouts import column, frame, row, rule
from agent_desktop.ui.theme import restyle

PRACTICE, ACCOUNT, DIRECT = "practice", "account", "direct"
_SIP_PORT = 5060
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]*")


class FirstRun(msgspec.Struct, frozen=True):
    """What the first start asked. ``practice``: made-up calls on a database of their own, no phone settings needed."""

    name: str
    settings: Settings
    password: str
    practice: bool


def suggested_login(name: str) -> str:
    """A login from a name: "Zażółć Gęślą" becomes "zazolc.gesla"; empty where nothing in the name is a Latin letter."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ł", "l").replace("ø", "o").replace("đ", "d"))
    return ".".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))


class FirstRunPage(QWidget):
    """Signal: finished(FirstRun)."""

    finished = Signal(object)

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self._settings = settings or Settings()
        self._own_login = bool(self._settings.work.agent_login)
        self._build_person()
        self._build_phone()
        self._error = label("", "small", "bad", wrap=True)
        self.start_button = Button(self.tr("Start"), "arrow-right", kind="primary", height=36)
        self.start_button.clicked.connect(self.finish)
        self._lay_out()
        self._arrange()
        self.setFocusProxy(self.name)

    def _build_person(self) -> None:
        self.name, self.login = QLineEdit(), QLineEdit(self._settings.work.agent_login)
        self.name.setPlaceholderText("Dana Okafor")
        self.login.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.name.textEdited.connect(self._name_typed)
        self.login.textEdited.connect(self._login_typed)
        self.country = setting_controls.Picker(setting_controls.countries())
        self.country.setParent(self)
        self.country.set_value(self._settings.numbers.region)

    def _build_phone(self) -> None:
        self.choices = QButtonGroup(self)
        self.options: dict[str, QRadioButton] = {}
        words = {
            PRACTICE: (
                self.tr("Practise with made-up calls"),
                self.tr("A simulated centre rings you with real sound; its customers have a database of their own."),
            ),
            ACCOUNT: (
                self.tr("Connect to our phone system"),
                self.tr("Your SIP account on the PBX: server, account and password from whoever runs it."),
            ),
            DIRECT: (
                self.tr("Take calls directly"),
                self.tr("Without a PBX: calls to this computer’s own address ring here."),
            ),
        }
        self._cards: dict[str, QFrame] = {}
        for key, (title, text) in words.items():
            self.options[key] = option = QRadioButton(title)
            theme.dress(option, "body-b")
            theme.size(option, minimum_height=24)
            option.setAccessibleDescription(text)
            option.toggled.connect(lambda _on: self._arrange())
            self.choices.addButton(option)
            detail = row(label(text, "small", "2", wrap=True), margins=(24, 0, 0, 0))
            parts: list[layouts.Item] = [option, detail]
            if key == ACCOUNT:
                parts.append(self._account_fields())
            card = frame(column(*parts, spacing=2, margins=(14, 8, 14, 10)), inset=True)
            card.installEventFilter(self)
            option.installEventFilter(self)
            card.setProperty("choice", key)
            self._cards[key] = card
        self.options[PRACTICE].setChecked(True)

    def _account_fields(self) -> QWidget:
        phone = self._settings.phone
        self.server, self.account, self.password = QLineEdit(phone.domain), QLineEdit(), QLineEdit()
        self.server.setPlaceholderText("pbx.example.com")
        self.account.setPlaceholderText("201")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        for edit in (self.server, self.account, self.password):
            edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            theme.size(edit, minimum_width=80)
            edit.textEdited.connect(lambda _text: self._complain(None, ""))
        self._account = QWidget()
        self._account.setLayout(
            row(
                (field(self.tr("Server"), self.server, required=True), 3),
                (field(self.tr("Account"), self.account, required=True), 2),
                (field(self.tr("Password"), self.password), 2),
                spacing=10,
                margins=(24, 8, 0, 2),
            )
        )
        return self._account

    def _lay_out(self) -> None:
        heading = column(
            label(self.tr("Welcome"), "h1"),
            label(self.tr("Two questions, then the first call can come."), "body", "2", wrap=True),
            spacing=2,
        )
        person = row(
            (field(self.tr("Your name"), self.name, required=True), 3),
            (field(self.tr("Login"), self.login, required=True), 2),
            (field(self.tr("Country"), self.country.widget, required=False), 2),
            spacing=12,
        )
        body = column(
            row(Disc("headset", "accent"), (heading, 1), spacing=14),
            rule(),
            label(self.tr("Who are you?"), "title"),
            person,
            4,
            label(self.tr("How do calls reach you?"), "title"),
            *self._cards.values(),
            None,
            spacing=10,
            margins=(28, 24, 28, 12),
        )
        inner = QWidget()
        inner.setLayout(body)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        later = label(self.tr("All of it can be changed in Settings."), "small", "3", wrap=True)
        foot = row((column(self._error, later, spacing=2), 1), self.start_button, spacing=12, margins=(28, 12, 28, 16))
        card = frame(column((scroll, 1), rule(), foot, spacing=0, margins=1), card=True)
        card.setMaximumSize(theme.px(760), theme.px(680))
        self.setLayout(column(row((card, 1)), margins=24))
        self._error.hide()

    # ----------------------------------------------------------------- typing

    def _name_typed(self, text: str) -> None:
        if not self._own_login:
            self.login.setText(suggested_login(text))
        self._complain(None, "")

    def _login_typed(self, text: str) -> None:
        self._own_login = bool(text)
        self._complain(None, "")

    def _chosen(self) -> str:
        return next(key for key, option in self.options.items() if option.isChecked())

    def _arrange(self) -> None:
        if hasattr(self, "_account"):
            self._account.setVisible(self.options[ACCOUNT].isChecked())
            for key, card in self._cards.items():
                option = self.options[key]
                shown = "focused" if option.hasFocus() else "chosen" if option.isChecked() else "true"
                restyle(card, inset=shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The whole card of a choice can be clicked, and shows the focus."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut) and isinstance(watched, QRadioButton):
            QTimer.singleShot(0, self, self._arrange)
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(watched, QFrame):
            option = self.options.get(str(watched.property("choice")))
            if option is not None:
                option.setChecked(True)
                option.setFocus()
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------------- told

    def finish(self) -> None:
        """Check and emit ``finished``; what is missing gets the focus and words."""
        name, login, choice = " ".join(self.name.text().split()), self.login.text().strip(), self._chosen()
        if not name:
            self._complain(self.name, self.tr("Your colleagues need a name for you"))
        elif not _LOGIN.fullmatch(login):
            self._complain(self.login, self.tr("A login has small letters, digits, dots and dashes"))
        elif choice == ACCOUNT and not self.server.text().strip():
            self._complain(self.server, self.tr("The server is missing"))
        elif choice == ACCOUNT and not self.account.text().strip():
            self._complain(self.account, self.tr("The account is missing"))
        else:
            self._complain(None, "")
            password = self.password.text() if choice == ACCOUNT else ""
            self.finished.emit(FirstRun(name, self._answered(name, login, choice), password, choice == PRACTICE))

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
        return msgspec.structs.replace(
            self._settings,
            phone=phone,
            work=msgspec.structs.replace(self._settings.work, agent_login=login),
            numbers=msgspec.structs.replace(self._settings.numbers, region=self.country.value()),
        )

    def _complain(self, widget: QLineEdit | None, words: str) -> None:
        self._error.setText(words)
        self._error.setVisible(bool(words))
        for edit in (self.name, self.login, self.server, self.account):
            restyle(edit, error="true" if edit is widget else "")
            edit.setAccessibleDescription(words if edit is widget else "")
        if widget is not None:
            widget.setFocus()
