"""Home: what it shows, what it says when there is nothing, and what it asks for."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent_desktop.core.views import HomeView, OwnDay
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.home import Home
from tests.support import callers, screen, ui_audit


@pytest.fixture
def home(qtbot: QtBot) -> Iterator[Home]:
    with screen.afternoon():
        widget = Home()
        screen.show(qtbot, widget)
        widget.set_home(callers.home())
        widget.set_work(callers.work(), callers.ME)
        screen.settle(widget)
        yield widget


def test_queues_say_who_waits_how_long_and_against_which_target(qtbot: QtBot, home: Home) -> None:
    names = [status.accessibleName() for status in home.queues]
    assert names[0].startswith("Billing, 3 waiting, 1:1")
    assert names[0].endswith("service level 84%")
    assert names[2] == "Moves, 0 waiting, –, service level –"
    assert [status._warning.isVisible() for status in home.queues] == [False, True, False]
    assert home.queues[1]._words.property("tone") == "bad"
    assert home._signed_in.text() == "25 signed in"
    before = home.queues[0]._longest.text()
    qtbot.waitUntil(lambda: home.queues[0]._longest.text() != before)


def test_what_is_old_stands_still_and_says_so(home: Home) -> None:
    old = tuple(replace(queue, verdict="none", as_of=callers.NOW) for queue in callers.home().queues)
    home.set_home(replace(callers.home(), queues=old))
    assert home.queues[1].accessibleName().startswith("Outages, 7 waiting, 4:38, service level 62%, as of ")
    assert home.queues[1]._words.property("tone") == "3"
    assert home._level_of.text().startswith("as of ")
    home.set_home(callers.home())
    assert home._level_of.text() == "service level today"


def test_a_queue_that_is_gone_is_not_shown(home: Home) -> None:
    home.set_home(replace(callers.home(), queues=callers.home().queues[:1]))
    assert [status.isVisible() for status in home.queues] == [True, False, False]


def test_recent_calls_open_and_all_calls_are_one_link_away(qtbot: QtBot, home: Home) -> None:
    home.recent.setFocus()
    home.recent.selectRow(1)
    with qtbot.waitSignal(home.open_interaction) as opened:
        QTest.keyClick(home.recent, Qt.Key.Key_Return)
    assert opened.args == [callers.uid(601)]
    link = next(button for button in home.findChildren(Button) if button.text() == "All calls")
    with qtbot.waitSignal(home.all_calls_wanted):
        link.click()


def test_recent_calls_read_as_they_ended(home: Home) -> None:
    model = home.recent.rows_model
    third = [model.index(2, column).data() for column in range(5)]
    assert third[0] == "13:50"
    assert third[3:] == ["–", "Missed"]
    assert "+48 58 620 11 40" in third[1]


def test_work_is_called_from_home(qtbot: QtBot, home: Home) -> None:
    home.focus_work()
    with qtbot.waitSignal(home.call_work) as called:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert called.args is not None
    assert called.args[0].customer == "Elif Aydin"


def test_an_empty_day_says_so_in_words(home: Home) -> None:
    home.set_home(HomeView(OwnDay(), (), "", (), ()))
    home.set_work((), callers.ME)
    screen.settle(home)
    assert home._no_call.isVisible()
    assert not home.recent.isVisible()
    assert home._no_queue.isVisible()
    assert not home._tick_words.isVisible()
    assert not home._team_card.isVisible()
    assert home.work._empty.isVisible()


@pytest.mark.parametrize(("size", "width", "height"), [(100, 1220, 592), (150, 1380, 772)])
@pytest.mark.parametrize("mirrored", [False, True])
def test_nothing_is_clipped(
    qtbot: QtBot, qapp: QApplication, size: int, width: int, height: int, *, mirrored: bool
) -> None:
    theme.apply(qapp, "dark", size)
    ui_audit.pseudo_translate(qapp)
    if mirrored:
        ui_audit.right_to_left(qapp)
    with screen.afternoon():
        home = Home()
        screen.show(qtbot, home, width, height)
        home.set_home(callers.home())
        home.set_work(callers.work(), callers.ME)
        screen.settle(home)
        assert ui_audit.everything(home) == []
