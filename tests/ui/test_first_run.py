"""The first start asks who and how, and hands on exactly that."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from agent_desktop.settings import Phone, Settings
from agent_desktop.ui.first_run import ACCOUNT, DIRECT, PRACTICE, FirstRun, FirstRunPage, suggested_login
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


def test_practice_needs_a_name_and_nothing_else(qtbot: QtBot, page: FirstRunPage) -> None:
    page.name.setFocus()
    qtbot.keyClicks(page.name, "Dana Okafor")
    result = finished(qtbot, page)
    assert (result.name, result.practice, result.password) == ("Dana Okafor", True, "")
    assert result.settings.work.agent_login == "dana.okafor"
    assert result.settings.phone == Phone()


def test_a_login_typed_by_hand_stays(qtbot: QtBot, page: FirstRunPage) -> None:
    qtbot.keyClicks(page.login, "dok")
    qtbot.keyClicks(page.name, "Dana Okafor")
    assert page.login.text() == "dok"


def test_an_account_is_asked_for_only_where_it_is_used(qtbot: QtBot, page: FirstRunPage) -> None:
    qtbot.keyClicks(page.name, "Dana Okafor")
    assert not page.server.isVisible()
    page.options[PRACTICE].setFocus()
    qtbot.keyClick(page.options[PRACTICE], Qt.Key.Key_Down)
    assert page.options[ACCOUNT].isChecked()
    assert page.server.isVisible()
    with qtbot.assertNotEmitted(page.finished):
        page.start_button.click()
    assert page.server.hasFocus()
    assert page._error.text() == "The server is missing"
    for edit, text in ((page.server, "pbx.example.com"), (page.account, "201"), (page.password, "hunter2")):
        qtbot.keyClicks(edit, text)
    result = finished(qtbot, page)
    assert (result.settings.phone.mode, result.settings.phone.domain, result.settings.phone.user) == (
        "account",
        "pbx.example.com",
        "201",
    )
    assert (result.password, result.practice) == ("hunter2", False)
    assert "hunter2" not in repr(result.settings)


def test_direct_mode_listens_where_callers_expect_it(qtbot: QtBot, page: FirstRunPage) -> None:
    qtbot.keyClicks(page.name, "Dana Okafor")
    card = page._cards[DIRECT]
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=card.rect().center())
    page.country.set_value("DE")
    result = finished(qtbot, page)
    assert (result.settings.phone.mode, result.settings.phone.listen_port) == ("direct", 5060)
    assert result.settings.numbers.region == "DE"


@pytest.mark.parametrize(
    ("name", "login", "words"),
    [
        ("", "dok", "Your colleagues need a name for you"),
        ("Dana", "Dana O", "A login has small letters, digits, dots and dashes"),
    ],
)
def test_what_is_missing_is_said(qtbot: QtBot, page: FirstRunPage, name: str, login: str, words: str) -> None:
    page.name.setText(name)
    page.login.setText(login)
    with qtbot.assertNotEmitted(page.finished):
        page.start_button.click()
    assert page._error.isVisible()
    assert page._error.text() == words


def test_settings_that_exist_are_kept(qtbot: QtBot) -> None:
    page = FirstRunPage(Settings(phone=Phone(listen_port=5099)))
    screen.show(qtbot, page, 1220, 720)
    qtbot.keyClicks(page.name, "Dana")
    page.options[DIRECT].setChecked(True)
    assert finished(qtbot, page).settings.phone.listen_port == 5099
