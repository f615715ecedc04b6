"""The palette finds actions at once and takes what the search finds later; every key of it does what its foot says."""

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop.data.words import Presence
from agent_desktop.ui import actions, theme
from agent_desktop.ui.command_palette import CommandPalette, Hit, draw_found, match, scope
from agent_desktop.ui.overlay import Overlay
from tests.support import ui_audit

LUC = Hit("customer", "Luc Tran", uuid4(), "+33 6 12 80 44 19", "+33612804419")
REFUND = Hit("ticket", "T-20377  Refund, bank transfer", uuid4(), "waiting on us")
GROUPS = (("Customers", (LUC,)), ("Tickets", (REFUND,)))
IDLE = actions.possible((), Presence.READY)


@pytest.fixture
def palette(shown) -> CommandPalette:
    window = shown(QWidget(), 1280, 720)
    result = CommandPalette()
    result.start(IDLE)
    Overlay.of(window).present(result)
    QApplication.processEvents()
    return result


def type_text(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def titles(palette: CommandPalette) -> list[str]:
    return [line.title for line in palette._model.lines]


def chosen(palette: CommandPalette) -> str:
    return palette._model.lines[palette._list.currentIndex().row()].title


def test_without_a_text_it_offers_what_is_possible(palette: CommandPalette) -> None:
    assert titles(palette)[0].startswith("Commands")
    assert all(line.enabled for line in palette._model.lines[1:])
    assert "Transfer" not in titles(palette)


def test_more_than_it_shows_is_said(palette: CommandPalette) -> None:
    possible = frozenset(actions.BY_NAME)
    palette.start(possible)
    assert titles(palette)[0] == "Commands: the first 8, type more to find others"
    assert len(titles(palette)) == 9
    palette.start(possible, ">")
    assert titles(palette)[0] == "Commands"
    assert len(titles(palette)) > 9


def test_an_impossible_action_says_why_and_does_not_run(palette: CommandPalette, qtbot) -> None:
    type_text("dec")
    line = palette._model.lines[1]
    assert (line.title, line.enabled, line.detail) == (
        "Decline a second call",
        False,
        "only while a second call rings",
    )
    with qtbot.assertNotEmitted(palette.action_chosen):
        press(Qt.Key.Key_Return)


def test_enter_runs_the_action(palette: CommandPalette, qtbot) -> None:
    type_text("new tick")
    with qtbot.waitSignals([palette.closed, palette.action_chosen]):
        press(Qt.Key.Key_Return)


def test_results_come_later_and_only_for_the_present_text(palette: CommandPalette, qtbot) -> None:
    asked: list[str] = []
    palette.query.connect(asked.append)
    type_text("tran")
    assert asked[-1] == "tran"
    palette.set_results("tra", GROUPS)
    assert "Luc Tran" not in titles(palette)
    palette.set_results("tran", GROUPS)
    assert titles(palette)[-4:] == ["Customers", "Luc Tran", "Tickets", "T-20377  Refund, bank transfer"]


def test_arrows_skip_headings_and_enter_opens(palette: CommandPalette, qtbot) -> None:
    type_text("tran")
    palette.set_results("tran", GROUPS)
    assert chosen(palette) == "Luc Tran"
    press(Qt.Key.Key_Down)
    assert chosen(palette) == REFUND.title
    with qtbot.waitSignal(palette.found_chosen, check_params_cb=lambda hit: hit is REFUND):
        press(Qt.Key.Key_Return)


def test_what_was_chosen_stays_chosen_when_results_change(palette: CommandPalette) -> None:
    type_text("tran")
    palette.set_results("tran", GROUPS)
    press(Qt.Key.Key_Down)
    palette.set_results("tran", (("Customers", (LUC, Hit("customer", "Ann Tran", 3))), ("Tickets", (REFUND,))))
    assert chosen(palette) == REFUND.title


def test_ctrl_enter_calls_who_has_a_number(palette: CommandPalette, qtbot) -> None:
    type_text("tran")
    palette.set_results("tran", GROUPS)
    press(Qt.Key.Key_Down)
    with qtbot.assertNotEmitted(palette.call_wanted):
        press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Up)
    with qtbot.waitSignal(palette.call_wanted, check_params_cb=lambda hit: hit is LUC):
        press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_ctrl_enter_reaches_the_palette_past_the_applications_key(shown, qtbot) -> None:
    window = QWidget()
    installed = actions.install(window)
    shown(window, 1280, 720)
    palette = CommandPalette()
    palette.start(IDLE)
    Overlay.of(window).present(palette)
    QTest.keyClicks(QApplication.focusWidget(), "tran")
    palette.set_results("tran", GROUPS)
    completed: list[str] = []
    installed["complete"].triggered.connect(lambda: completed.append("Ctrl Enter"))
    with qtbot.waitSignal(palette.call_wanted):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert completed == []


def test_signs_narrow_the_search(palette: CommandPalette) -> None:
    asked: list[str] = []
    palette.query.connect(asked.append)
    type_text(">tran")
    assert asked == []
    assert titles(palette) == ["Commands", "Transfer"]
    palette.start(IDLE)
    type_text("#20377")
    assert asked[-1] == "#20377"
    assert "Commands" not in titles(palette)
    assert scope("@ewa") == ("people", "ewa")
    assert scope("  # 20 ") == ("tickets", "20")
    assert scope("marta") == ("all", "marta")


def test_nothing_found_is_said(palette: CommandPalette) -> None:
    type_text("qqqq")
    assert palette._empty.isVisible()
    assert "qqqq" in palette._empty.text()


def test_a_match_at_the_start_comes_first() -> None:
    assert match("tra", "Transfer") == 0
    assert match("res", "Hold, resume") == 1
    assert match("ran", "Transfer") == 2
    assert match("xyz", "Transfer") is None


@pytest.mark.parametrize("text", ["Marta <b>x</b>", "محمد Marta", "İstanbul marta"])
def test_found_letters_are_bold_and_the_rest_is_not(qapp, text: str) -> None:
    def width(needle: str) -> int:
        image = QImage(400, 40, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        used = draw_found(painter, image.rect(), text, needle, theme.font("body"), Qt.LayoutDirection.LeftToRight)
        painter.end()
        return used

    assert width("marta") > width("")
    assert width("nobody") == width("")
    assert width("zzz") == width("")


@pytest.mark.parametrize("pseudo", [False, True])
@pytest.mark.parametrize("size", [100, 150])
def test_it_fits(shown, qapp, size: int, pseudo: bool) -> None:
    theme.apply(qapp, "dark", size)
    if pseudo:
        ui_audit.pseudo_translate(qapp)
        ui_audit.right_to_left(qapp)
    window = shown(QWidget(), 1280, 720)
    palette = CommandPalette()
    palette.start(IDLE)
    Overlay.of(window).present(palette)
    type_text("a")
    palette.set_results("a", GROUPS)
    QApplication.processEvents()
    assert not ui_audit.everything(window)
