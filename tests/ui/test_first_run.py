"""The first start asks who and how, and hands on exactly that."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from agent_desktop import server_address
from agent_desktop.server_address import ServerAddress
from agent_desktop.settings import Phone, Settings
from agent_desktop.ui.first_answer import FirstRun
from agent_desktop.ui.first_run import ACCOUNT, CENTRE, COMPUTER, DIRECT, PRACTICE, FirstRunPage, suggested_login
from tests.support import screen


@pytest.fixture
def page(qtbot: QtBot) -> FirstRunPage:
    widget = FirstRunPage()
    screen.show(qtbot, widget, 1220, 720)
    return widget


def finished(qtbot: QtBot, page: FirstRunPage) -> FirstRun:
    with qtbot.waitSignal(page.finished) as told:
        page.start_button.click()
    result = told.args[0]
    assert isinstance(result, FirstRun)
    return result


@pytest.mark.parametrize(
    ("name", "login"),
    [("Dana Okafor", "dana.okafor"), ("Zażółć  Gęślą", "zazolc.gesla"), ("李小龍", ""), ("Ann-Li O'Ø", "ann.li.o.o")]
)  # fmt: skip
def test_logins_are_suggested(name: str, login: str) -> None:
    assert suggested_login(name) == login


def test_practice_needs_nothing(qtbot: QtBot, page: FirstRunPage) -> None:
    result = finished(qtbot, page)
    assert (result.practice, result.password, result.address) == (True, "", None)
    assert not page.name.isVisible()
    assert not page.phone.options[DIRECT].isVisible()


def test_a_login_typed_by_hand_stays(qtbot: QtBot, page: FirstRunPage) -> None:
    page.use.choose(COMPUTER)
    qtbot.keyClicks(page.login, "dok")
    qtbot.keyClicks(page.name, "Dana Okafor")
    assert page.login.text() == "dok"


def test_an_account_is_asked_for_only_where_it_is_used(qtbot: QtBot, page: FirstRunPage) -> None:
    page.use.options[PRACTICE].setFocus()
    qtbot.keyClick(page.use.options[PRACTICE], Qt.Key.Key_Down)
    assert page.use.chosen() == COMPUTER
    qtbot.keyClicks(page.name, "Dana Okafor")
    page.phone.choose(DIRECT)
    assert not page.server.isVisible()
    page.phone.choose(ACCOUNT)
    assert page.server.isVisible()
    with qtbot.assertNotEmitted(page.finished):
        page.start_button.click()
    assert page.server.hasFocus()
    assert page._error.text() == "The phone server is missing"
    for edit, text in ((page.server, "pbx.example.com"), (page.account, "201"), (page.password, "hunter2")):
        qtbot.keyClicks(edit, text)
    result = finished(qtbot, page)
    phone = result.settings.phone
    assert (phone.mode, phone.domain, phone.user, phone.display_name) == (
        "account", "pbx.example.com", "201", "Dana Okafor"
    )  # fmt: skip
    assert (result.name, result.password, result.practice) == ("Dana Okafor", "hunter2", False)
    assert result.settings.work.agent_login == "dana.okafor"
    assert "hunter2" not in repr(result.settings)


def test_direct_mode_listens_where_callers_expect_it(qtbot: QtBot, page: FirstRunPage) -> None:
    page.use.choose(COMPUTER)
    qtbot.keyClicks(page.name, "Dana Okafor")
    card = page.phone.cards[DIRECT]
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=card.rect().center())
    page.country.set_value("DE")
    result = finished(qtbot, page)
    assert (result.settings.phone.mode, result.settings.phone.listen_port) == ("direct", 5060)
    assert result.settings.numbers.region == "DE"


@pytest.mark.parametrize(
    ("use", "typed", "words"),
    [
        (COMPUTER, {"name": "", "login": "dok"}, "Your colleagues need a name for you"),
        (COMPUTER, {"name": "Dana", "login": "Dana O"}, "A login has small letters, digits, dots and dashes"),
        (CENTRE, {"host": "", "database": "centre", "db_login": "dana"}, "This is no name of a server"),
        (CENTRE, {"host": "db", "database": " ", "db_login": "dana"}, "The database is missing"),
        (CENTRE, {"host": "db", "database": "centre", "db_login": ""}, "Your login is missing"),
    ],
)
def test_what_is_missing_is_said(qtbot: QtBot, page: FirstRunPage, use: str, typed: dict[str, str], words: str) -> None:
    page.use.choose(use)
    for name, text in typed.items():
        getattr(page, name).setText(text)
    with qtbot.assertNotEmitted(page.finished):
        page.start_button.click()
    assert page._error.isVisible()
    assert page._error.text() == words


def test_the_centres_server_is_asked_before_it_goes_on(qtbot: QtBot, page: FirstRunPage) -> None:
    page.use.choose(CENTRE)
    page.phone.choose(DIRECT)
    assert not page.name.isVisible(), "the server knows the name"
    for edit, text in ((page.host, "db:5433"), (page.database, "centre"), (page.db_login, "dana"),
                       (page.db_password, "hunter2")):  # fmt: skip
        qtbot.keyClicks(edit, text)
    result = finished(qtbot, page)
    assert result.address == ServerAddress("db:5433", "centre", "dana")
    assert result.database_password == "hunter2"
    assert "hunter2" not in f"{result!r} {result.settings!r}"
    page.set_busy(True)
    assert not page.start_button.isEnabled()
    assert "db:5433" in page._advice.text()
    with qtbot.waitSignal(page.cancelled):
        page.cancel_button.click()
    assert page.start_button.isEnabled()
    page.set_trouble("Login and password do not belong together.", "Type them again.")
    assert page.db_password.hasFocus()
    assert page.db_password.selectedText()
    assert page._error.text() == "Login and password do not belong together."


def test_settings_that_exist_are_kept(qtbot: QtBot) -> None:
    page = FirstRunPage(Settings(phone=Phone(listen_port=5099)))
    screen.show(qtbot, page, 1220, 720)
    page.use.choose(COMPUTER)
    qtbot.keyClicks(page.name, "Dana")
    page.phone.choose(DIRECT)
    assert finished(qtbot, page).settings.phone.listen_port == 5099


def test_an_address_said_before_needs_only_the_password(qtbot: QtBot) -> None:
    known = server_address.parse("postgresql://dana@db/centre?sslrootcert=/etc/ca.pem")
    page = FirstRunPage(address=known)
    screen.show(qtbot, page, 1220, 720)
    assert page.use.chosen() == CENTRE
    page.focus_first()
    assert page.db_password.hasFocus()
    page.phone.choose(DIRECT)
    qtbot.keyClicks(page.db_password, "hunter2")
    with qtbot.waitSignal(page.finished) as told:
        qtbot.keyClick(page.db_password, Qt.Key.Key_Return)
    assert told.args[0].address == known
