"""The mini bar shows what is so and orders what its buttons say; the panel icon is there only where it has a place."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from agent_desktop.core.states import CallState
from agent_desktop.core.views import PhoneView
from agent_desktop.data.words import Presence
from agent_desktop.paths import Profile
from agent_desktop.ui.mini_bar import MiniBar, free_place
from agent_desktop.ui.presence_badge import badge
from agent_desktop.ui.tray import Tray, draw
from tests.support import calls, ui_audit

LONG = "Wilhelmina Aleksandra Konstantynopolitańska-Brzęczyszczykiewicz"


@pytest.fixture
def bar(qtbot: QtBot, tmp_path: Path) -> Iterator[MiniBar]:
    made = MiniBar(Profile(tmp_path))
    made.set_presence(calls.presence())
    made.set_phone(calls.READY_PHONE)
    made.show()
    yield made
    made.hide()
    made.deleteLater()


def shown(bar: MiniBar) -> list[str]:
    buttons = {"answer": bar._answer, "mute": bar._mute, "hold": bar._hold, "end": bar._end}
    return [name for name, button in buttons.items() if button.isVisible()]


def test_only_what_is_possible_is_there(bar: MiniBar) -> None:
    assert shown(bar) == []
    bar.set_calls((calls.call(CallState.RINGING),))
    assert shown(bar) == ["answer", "end"]
    assert bar._end.accessibleName() == "Decline"
    bar.set_calls((calls.call(CallState.DIALLING),))
    assert shown(bar) == ["end"]
    talking = calls.call(CallState.TALKING, emphasised=True)
    bar.set_calls((talking, calls.call(CallState.RINGING)))
    assert shown(bar) == ["answer", "mute", "hold", "end"]
    assert bar.call() == talking
    assert bar._end.accessibleName() == "Hang up"
    bar.set_calls((calls.call(CallState.ENDED),))
    assert shown(bar) == []


def test_mute_and_hold_say_what_is_so(bar: MiniBar) -> None:
    talking = calls.call(CallState.TALKING, emphasised=True)
    bar.set_calls((talking,))
    assert (bar._mute.accessibleName(), bar._hold.accessibleName()) == ("Mute", "Hold")
    bar.set_calls((replace(talking, muted=True, state=CallState.HELD),))
    assert (bar._mute.accessibleName(), bar._hold.accessibleName()) == ("Unmute", "Resume")


def test_its_buttons_order(bar: MiniBar, qtbot: QtBot) -> None:
    bar.set_calls((calls.call(CallState.TALKING, emphasised=True), calls.call(CallState.RINGING)))
    for button, signal in (
        (bar._answer, bar.answer), (bar._mute, bar.mute), (bar._hold, bar.hold), (bar._end, bar.end),
        (bar._open, bar.show_wanted), (bar._close, bar.closed),
    ):  # fmt: skip
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_stays_on_top_and_asks_for_no_focus(bar: MiniBar) -> None:
    assert bar.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert bar.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)


def test_it_comes_back_where_it_was_put(bar: MiniBar, qtbot: QtBot, tmp_path: Path) -> None:
    spot = bar.rect().topLeft() + QPoint(3, 3)
    start = bar.pos()
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=spot)
    qtbot.mouseMove(bar, spot + QPoint(40, 60))
    qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=spot)
    put = bar.pos()
    assert put != start
    again = MiniBar(Profile(tmp_path))
    again.show()
    assert again.pos() == put
    again.move(-5_000, 40)
    again._keep()
    again.hide()
    again.show()  # that screen is gone
    assert QApplication.primaryScreen().availableGeometry().contains(again.geometry().center())
    again.hide()
    again.deleteLater()


SCREEN, BESIDE, SIZE = QRect(0, 0, 1920, 1080), QRect(1920, 0, 1920, 1080), QSize(468, 42)


@pytest.mark.parametrize(
    ("taken", "screens", "corner"),
    [
        ([], [SCREEN], (725, 8)),
        ([QRect(240, 90, 1440, 900)], [SCREEN], (725, 8)),
        ([QRect(240, 20, 1440, 900)], [SCREEN], (725, 1029)),
        ([QRect(0, 0, 1280, 1080)], [SCREEN], (1443, 8)),
        ([QRect(600, 0, 1320, 1080)], [SCREEN], (8, 8)),
        ([SCREEN], [SCREEN, BESIDE], (2645, 8)),
        ([SCREEN], [SCREEN], (725, 1029)),  # never on the state and the queues at the top
    ],
)
def test_its_first_place_covers_nothing_of_ours(
    taken: list[QRect], screens: list[QRect], corner: tuple[int, int]
) -> None:
    assert free_place(SIZE, screens, taken).topLeft().toTuple() == corner


def test_it_finds_its_place_beside_the_window(bar: MiniBar, shown) -> None:
    room = QApplication.primaryScreen().availableGeometry()
    window = shown(QWidget(), room.width(), room.height() - 120)
    window.move(room.topLeft())
    bar.hide()
    bar.show()
    assert not bar.geometry().intersects(window.geometry())


@pytest.mark.parametrize("rtl", [False, True])
def test_everything_fits(bar: MiniBar, qapp: QApplication, rtl: bool) -> None:
    if rtl:
        ui_audit.right_to_left(qapp)
    for view in ((), (calls.call(CallState.TALKING, name=LONG, emphasised=True), calls.call(CallState.RINGING))):
        bar.set_calls(view)
        QApplication.processEvents()
        assert not ui_audit.everything(bar)


# ------------------------------------------------------------- badge and tray


def test_a_phone_in_trouble_shows_through_every_presence() -> None:
    ready = badge(calls.presence(Presence.READY), calls.READY_PHONE)
    assert (ready.words, ready.tone, ready.trouble) == ("Ready", "ready", False)
    lost = badge(calls.presence(Presence.PAUSED, reason="Lunch"), calls.LOST_PHONE)
    assert (lost.words, lost.tone, lost.trouble) == (
        "Paused · Lunch · Not registered: wrong password", "bad", True,
    )  # fmt: skip
    starting = badge(calls.presence(Presence.PAUSED), PhoneView("starting", "Phone is starting"))
    assert not starting.trouble
    assert draw(ready).pixmap(22).toImage() != draw(lost).pixmap(22).toImage()


@pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)  # the offscreen platform has no panel at all
def test_no_icon_where_the_desktop_has_no_place_for_one(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    tray = Tray()
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    assert not tray.set_wanted(True)
    assert tray.icon is None
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    tray.set_presence(calls.presence())
    tray.set_phone(calls.READY_PHONE)
    assert tray.set_wanted(True)
    assert tray.icon is not None
    assert tray.icon.toolTip() == "Agent Desktop\nReady"
    tray.set_calls((calls.call(CallState.RINGING),))
    assert tray.icon.toolTip().endswith("Marta Kowalczyk")
    assert [name for name, action in tray._actions.items() if not action.isEnabled()] == ["mute"]
    with qtbot.waitSignal(tray.wanted) as told:
        tray._actions["answer"].trigger()
    assert told.args == ["answer"]
    assert not tray.set_wanted(False)
