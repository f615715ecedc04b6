"""Further phone accounts: a card for each, in the order in which they stand in for one another."""

from collections.abc import Iterable

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from agent_desktop.settings import Account
from agent_desktop.ui import setting_controls, theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.fields import field
from agent_desktop.ui.labels import elided
from agent_desktop.ui.layouts import column, frame, row
from agent_desktop.ui.setting_controls import Control

_PLACES = (  # two inputs beside each other, or one
    ("user", "domain"),
    ("password", "auth_user"),
    ("display_name", "proxy"),
    ("servers", "region"),
    ("transport", ""),
    ("srtp", ""),
)


class AccountCard(QFrame):
    """One account. Signals: changed, removed."""

    changed = Signal()
    removed = Signal()

    def __init__(self, account: Account):
        super().__init__()
        self.controls: dict[str, Control] = {}
        self._filled_in: set[str] = set()  # of what has been changed, problems are shown at once
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.textEdited.connect(lambda _text: self.changed.emit())
        inputs: dict[str, tuple[str, QWidget]] = {"password": (self.tr("Password"), self.password)}
        for spec in setting_controls.specs("", Account):
            name = spec.key.removeprefix(".")
            control = self.controls[name] = setting_controls.make(spec)
            control.setParent(self)
            control.set_value(getattr(account, name))
            control.changed.connect(lambda name=name: self._changed(name))
            control.widget.setToolTip(spec.help)
            inputs[name] = (spec.title, control.widget)
        self._names = {name: words for name, (words, _) in inputs.items()}
        self._title = elided("", "body-b")
        self.remove = Button(self.tr("Remove"), "trash", kind="ghost", height=28)
        self.remove.clicked.connect(self.removed)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for line, names in enumerate(_PLACES):
            for place, name in enumerate(filter(None, names)):
                words, widget = inputs[name]
                theme.size(widget, minimum_width=60)
                shown = field(words, widget, required=name in ("user", "domain"))
                grid.addLayout(shown, line, place, 1, 1 if names[1] else 2)
                grid.setColumnStretch(place, 1)
        inside = frame(
            column(row((self._title, 1), self.remove), grid, spacing=8, margins=(14, 10, 14, 12)), inset=True
        )
        self.setLayout(column(inside, spacing=0))
        self.first = self.controls["user"].widget

    def account(self) -> Account:
        """As it stands, whether or not it can be kept."""
        return Account(**{name: control.value() for name, control in self.controls.items()})

    def set_place(self, place: int, known: Iterable[str]) -> None:
        """Its number among all accounts, and which of them have a password (user@server)."""
        name = name_of(self.account())
        self._title.setText(self.tr("Account {0}").format(place))
        stored = self.tr("Stored; type to change it") if name in known else self.tr("None stored")
        self.password.setPlaceholderText(stored)
        self.remove.setAccessibleName(self.tr("Remove account {0}").format(place))
        for key, words in self._names.items():
            widget = self.password if key == "password" else self.controls[key].widget
            widget.setAccessibleName(self.tr("Account {0}, {1}").format(place, words))

    def insist(self) -> None:
        """What is still empty is a problem from now on."""
        self._filled_in.update(self.controls)

    def problem(self, *, so_far: bool = False) -> str:
        """Which input cannot be kept, in words; ``so_far`` does not ask for what nobody has come to yet."""
        wrong = self._wrong(so_far=so_far)
        if not wrong:
            return ""
        missing = not getattr(self.account(), wrong[0])
        words = self.tr("“{0}” is missing") if missing else self.tr("“{0}” does not have the right form")
        return words.format(self._names[wrong[0]])

    def show_problems(self) -> None:
        """Mark the inputs that cannot be kept so far."""
        wrong = self._wrong(so_far=True)
        for name, control in self.controls.items():
            control.show_problem(self.tr("This does not have the right form") if name in wrong else "")

    def _wrong(self, *, so_far: bool) -> list[str]:
        account, asked = self.account(), self._filled_in if so_far else self.controls
        return [name for name in self.controls if name in asked and not _keeps(account, name)]

    def _changed(self, name: str) -> None:
        self._filled_in.add(name)
        self.changed.emit()


class AccountList(QWidget):
    """Signal: changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[AccountCard] = []
        self._known: frozenset[str] = frozenset()
        self._place = QVBoxLayout()
        self._place.setSpacing(10)
        self.add = Button(self.tr("Add an account"), "plus", kind="link")
        self.add.clicked.connect(lambda: self._append(Account(user="", domain=""), told=True))
        self.setLayout(column(self._place, row(self.add, None), spacing=8))
        self.setFocusProxy(self.add)

    def value(self) -> tuple[Account, ...]:
        return tuple(card.account() for card in self.cards)

    def set_value(self, accounts: tuple[Account, ...]) -> None:
        if accounts == self.value():
            return
        while self.cards:
            self._drop(self.cards[0], told=False)
        for account in accounts:
            self._append(account, told=False)

    def passwords(self) -> dict[str, str]:
        """What was typed, by user@server."""
        return {name_of(card.account()): card.password.text() for card in self.cards if card.password.text()}

    def clear_passwords(self) -> None:
        for card in self.cards:
            card.password.clear()

    def set_known(self, known: Iterable[str]) -> None:
        """Of which accounts (user@server) a password is stored."""
        self._known = frozenset(known)
        self._arrange()

    def problem(self, *, so_far: bool = False) -> str:
        """The first that is wrong, in words."""
        found = [
            self.tr("Account {0}: {1}").format(place, words)
            for place, card in enumerate(self.cards, 2)
            if (words := card.problem(so_far=so_far))
        ]
        names = [name_of(account) for account in self.value()]
        if not found and len(set(names)) < len(names):
            found.append(self.tr("An account stands here twice"))
        return found[0] if found else ""

    def insist(self) -> None:
        """What is still empty is a problem from now on."""
        for card in self.cards:
            card.insist()

    def show_problems(self) -> None:
        """Mark the inputs that cannot be kept so far."""
        for card in self.cards:
            card.show_problems()

    def _append(self, account: Account, *, told: bool) -> None:
        card = AccountCard(account)
        card.changed.connect(self.changed)
        card.removed.connect(lambda: self._drop(card, told=True))
        self.cards.append(card)
        self._place.addWidget(card)
        self._arrange()
        if told:
            card.first.setFocus()
            self.changed.emit()

    def _drop(self, card: AccountCard, *, told: bool) -> None:
        self.cards.remove(card)
        self._place.removeWidget(card)
        card.hide()
        card.deleteLater()
        self._arrange()
        if told:
            self.add.setFocus()
            self.changed.emit()

    def _arrange(self) -> None:
        for place, card in enumerate(self.cards, 2):
            card.set_place(place, self._known)


def name_of(account: Account) -> str:
    """user@server, as the keyring and the dial rules name it."""
    return f"{account.user}@{account.domain}"


def _keeps(account: Account, name: str) -> bool:
    sound = {"user": "x", "domain": "x", name: getattr(account, name)}
    try:
        msgspec.convert(sound, Account)
    except msgspec.ValidationError:
        return False
    return True
