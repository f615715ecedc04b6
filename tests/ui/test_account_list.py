"""Further accounts on the settings page: added, changed, removed, checked; their passwords go their own way."""

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from agent_desktop.settings import Account, Phone, Settings
from agent_desktop.ui.account_list import AccountList
from agent_desktop.ui.settings_page import SettingsPage
from tests.support import screen

SECOND = Account(user="1002", domain="pbx.example.org", transport="tls", servers=("b.example.org",))
STORED = Settings(phone=Phone(mode="account", user="201", domain="pbx.example.com", more_accounts=(SECOND,)))


@pytest.fixture
def page(qtbot: QtBot) -> SettingsPage:
    widget = SettingsPage(STORED)
    screen.show(qtbot, widget, 1280, 720)
    return widget


def accounts(page: SettingsPage) -> AccountList:
    widget = page.controls["phone.more_accounts"].widget
    assert isinstance(widget, AccountList)
    return widget


def test_what_is_stored_is_shown_and_not_dirty(page: SettingsPage) -> None:
    assert page.pending() == STORED
    assert not page.is_dirty()


def test_an_account_is_added_and_saved_with_its_password(qtbot: QtBot, page: SettingsPage) -> None:
    told: list[tuple[str, str]] = []
    page.account_password_changed.connect(lambda name, password: told.append((name, password)))
    shown = accounts(page)
    shown.add.click()
    card = shown.cards[1]
    assert card.first.hasFocus()
    qtbot.keyClicks(card.first, "1003")
    card.controls["domain"].set_value("other.example")
    assert card.password.echoMode() == QLineEdit.EchoMode.Password
    qtbot.keyClicks(card.password, "s3cret")
    with qtbot.waitSignal(page.saved) as saved:
        page.save_button.click()
    assert saved.args[0].phone.more_accounts == (SECOND, Account(user="1003", domain="other.example"))
    assert told == [("1003@other.example", "s3cret")]
    assert card.password.text() == ""
    assert "s3cret" not in repr(saved.args[0])


def test_nothing_is_wrong_before_somebody_came_to_it(qtbot: QtBot, page: SettingsPage) -> None:
    def red() -> list[str]:
        return [name for name, control in card.controls.items() if control.widget.property("error")]

    shown = accounts(page)
    shown.add.click()
    card = shown.cards[1]
    said = page._problems["phone.more_accounts"]
    assert (red(), said.text()) == ([], "")
    qtbot.keyClicks(card.first, "10 03")
    assert (red(), said.text()) == (["user"], "Account 3: “Account” does not have the right form")
    card.first.clear()
    qtbot.keyClicks(card.first, "1003")
    assert (red(), said.text()) == ([], "")
    page.save_button.click()
    assert (red(), said.text()) == (["domain"], "Account 3: “Server” is missing")
    card.controls["domain"].set_value("other.example")
    assert (red(), said.text()) == ([], "")


def test_an_account_is_removed(qtbot: QtBot, page: SettingsPage) -> None:
    accounts(page).cards[0].remove.click()
    with qtbot.waitSignal(page.saved) as saved:
        page.save_button.click()
    assert saved.args[0].phone.more_accounts == ()


@pytest.mark.parametrize(
    ("user", "domain", "words"),
    [
        ("", "pbx.example", "Account 3: “Account” is missing"),
        ("1003", "", "Account 3: “Server” is missing"),
        ("10 03", "pbx.example", "Account 3: “Account” does not have the right form"),
        ("1002", "pbx.example.org", "An account stands here twice"),
    ],
)
def test_what_cannot_be_kept_is_said(page: SettingsPage, user: str, domain: str, words: str) -> None:
    shown = accounts(page)
    shown.add.click()
    shown.cards[1].controls["user"].set_value(user)
    shown.cards[1].controls["domain"].set_value(domain)
    page.save_button.click()
    assert page._problems["phone.more_accounts"].text() == words
    assert page.is_dirty()
    assert page.pending() == STORED


def test_a_typed_password_alone_can_be_saved_and_reverted(qtbot: QtBot, page: SettingsPage) -> None:
    card = accounts(page).cards[0]
    qtbot.keyClicks(card.password, "new")
    assert page.is_dirty()
    page.revert_button.click()
    assert not page.is_dirty()
    assert card.password.text() == ""


def test_whether_a_password_is_stored_is_told(page: SettingsPage) -> None:
    card = accounts(page).cards[0]
    assert card.password.placeholderText() == "None stored"
    page.set_passwords_known(["1002@pbx.example.org"])
    assert card.password.placeholderText() == "Stored; type to change it"


def test_every_input_has_a_name(page: SettingsPage) -> None:
    names = {edit.accessibleName() for edit in accounts(page).cards[0].findChildren(QLineEdit)}
    assert names == {
        f"Account 2, {what}"
        for what in (
            "Account",
            "Server",
            "Password",
            "Sign-in name",
            "Name shown",
            "Outbound proxy",
            "Stand-in servers",
            "Country",
        )
    }
