"""The ringing window: who calls, on which screen, gone with the caller, and there for whoever cannot see it."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallView, PopView
from agent_desktop.data.rows import Pop
from agent_desktop.ui import theme
from agent_desktop.ui.ring_window import RingWindow, RingWindows
from tests.support import callers, calls, ui_audit
from tests.support.screen import afternoon

LONG = "Wilhelmina Aleksandra Konstantynopolitańska-Brzęczyszczykiewicz von und zu Hohenzollern"


def pop_of(call: CallView) -> PopView:
    pop = Pop("+48601442190", card=callers.card(), last_contact=callers.history()[0])
    return PopView("found", pop, interaction_id=call.interaction_id)


@pytest.fixture
def rings(qtbot: QtBot) -> Iterator[RingWindows]:
    made = RingWindows()
    made.set_covered(True)
    yield made
    made.close()


class Shows(QObject):
    """``seen``: the callers with whom the window came onto the screen."""

    def __init__(self, rings: RingWindows) -> None:
        super().__init__()
        self.seen: list[str] = []
        rings.prepare()
        rings.windows[0].installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, RingWindow) and event.type() == QEvent.Type.Show:
            self.seen.append(watched.call_id())
        return False


def visible(rings: RingWindows) -> list[RingWindow]:
    """The windows that are seen once the moment has passed in which a caller may go again."""
    if rings._soon.isActive():
        rings._now()
    return [window for window in rings.windows if window.isVisible()]


# ---------------------------------------------------------------- when and where


def test_it_shows_while_the_main_window_is_not_in_front(rings: RingWindows) -> None:
    call = calls.call(CallState.RINGING)
    rings.set_covered(False)
    rings.set_calls((call,))
    assert not visible(rings)
    rings.set_covered(True)
    assert len(visible(rings)) == 1
    rings.set_covered(False)
    assert not visible(rings)
    rings.when = "always"
    rings.set_calls((call,))
    assert visible(rings)
    rings.when = "never"
    rings.set_calls((call,))
    assert not visible(rings)


def test_no_window_for_a_caller_who_has_gone(rings: RingWindows) -> None:
    first, second = calls.call(CallState.RINGING, ago_s=9), calls.call(CallState.RINGING, ago_s=3)
    rings.set_calls((second, first))
    assert visible(rings)[0].call_id() == first.call_id, "the one that rings longest"
    rings.set_calls((second,))
    assert visible(rings)[0].call_id() == second.call_id
    rings.set_calls(())
    assert not visible(rings)
    rings.set_pop(pop_of(second))  # its look-up comes late
    assert not visible(rings)
    rings.set_calls((replace(second, state=CallState.TALKING),))
    assert not visible(rings)


def test_a_caller_has_a_moment_to_go_again(rings: RingWindows, qtbot: QtBot) -> None:
    shows, told, queued = Shows(rings), list[CallView | None](), list[tuple[CallView, ...]]()
    rings.shown.connect(told.append)
    rings.about_to_show.connect(lambda: [rings.set_calls(queued.pop(0)) for _ in queued[:]])
    order: list[str] = []
    rings.about_to_show.connect(lambda: order.append("hear"))
    rings.on_screen.connect(lambda: order.append(f"go on, {len(shows.seen)} seen"))
    first, second, third = (calls.call(CallState.RINGING, ago_s=ago) for ago in (9, 6, 3))
    rings.set_calls((first,))
    rings.set_pop(pop_of(first))
    rings.set_covered(False)
    rings.set_covered(True)
    rings.set_calls(())  # within the moment
    rings.set_calls((first,))
    queued.append(())  # the engine has said so, but nobody has listened yet
    assert not visible(rings)
    rings.set_calls((first,))
    queued.append((second,))
    assert not visible(rings), "the second has a moment too"
    assert not any(told), "no notification either"
    queued.append((second, third))
    with qtbot.waitSignal(rings.about_to_show):
        assert not shows.seen
    assert shows.seen == [second.call_id]
    assert order[-2:] == ["hear", "go on, 1 seen"], "no caller is told anything before it is seen"
    assert order == ["hear", "go on, 0 seen"] * (len(order) // 2 - 1) + order[-2:], "nor are they kept when it is not"
    assert len(order) > 2
    rings.set_pop(pop_of(second))
    rings.set_calls((second, third))
    assert shows.seen == [second.call_id], "it is shown once"
    assert told[-1] is not None
    assert told[-1].call_id == second.call_id
    rings.set_calls((third,))
    assert told[-1] is None
    assert visible(rings)[0].call_id() == third.call_id
    assert told[-1] is third


def test_a_late_click_orders_nothing(rings: RingWindows, qtbot: QtBot) -> None:
    rings.set_calls((calls.call(CallState.RINGING),))
    window = visible(rings)[0]
    told: list[str] = []
    rings.answer.connect(told.append)
    rings.set_calls(())
    window._take.click()
    assert told == []


def test_another_callers_card_is_not_shown(rings: RingWindows) -> None:
    call = calls.call(CallState.RINGING, name="+48 500 100 200", number="+48 500 100 200")
    rings.set_pop(pop_of(calls.call(CallState.TALKING)))
    rings.set_calls((call,))
    assert "Hard of hearing" not in visible(rings)[0].accessibleName()


@pytest.mark.parametrize("where", ["front", "primary", "all"])
def test_it_lies_inside_a_screen(rings: RingWindows, where: str) -> None:
    rings.where = where
    rings.set_calls((calls.call(CallState.RINGING),))
    screens = QGuiApplication.screens()
    shown = visible(rings)
    assert len(shown) == (len(screens) if where == "all" else 1)
    for window in shown:
        assert any(screen.availableGeometry().contains(window.geometry()) for screen in screens)
    assert rings._call is not None
    rings.set_pop(pop_of(rings._call))  # it grows
    for window in shown:
        assert any(screen.availableGeometry().contains(window.geometry()) for screen in screens)


def test_it_asks_for_no_focus(rings: RingWindows) -> None:
    rings.set_calls((calls.call(CallState.RINGING),))
    window = visible(rings)[0]
    flags = window.windowFlags()
    assert flags & Qt.WindowType.WindowStaysOnTopHint
    assert flags & Qt.WindowType.FramelessWindowHint
    assert window.windowType() == Qt.WindowType.Tool
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    if not QAccessible.isActive():
        assert flags & Qt.WindowType.WindowDoesNotAcceptFocus
        assert flags & Qt.WindowType.X11BypassWindowManagerHint


def test_a_key_meant_for_another_program_answers_nothing(rings: RingWindows) -> None:
    rings.set_calls((calls.call(CallState.RINGING),))
    window = visible(rings)[0]
    told: list[str] = []
    rings.answer.connect(told.append)
    window.focusNextChild()  # as when a compositor gives it the keyboard
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.keyClick(window.focusWidget() or window, key)
    assert told == [] or QAccessible.isActive()


# -------------------------------------------------------------- what it says


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("size", [100, 150])
def test_everything_fits(rings: RingWindows, qapp: QApplication, rtl: bool, size: int) -> None:
    ui_audit.pseudo_translate(qapp)
    if rtl:
        ui_audit.right_to_left(qapp)
    theme.apply(qapp, "light", size)
    with afternoon():
        call = calls.call(CallState.RINGING, name=LONG, queue="Second level technical support", wait_s=4_000.0)
        rings.keys = ("Ctrl Shift F2", "Ctrl Shift F9")
        rings.set_pop(pop_of(call))
        rings.set_calls((call,))
        QApplication.processEvents()
        assert not ui_audit.everything(visible(rings)[0])


# ------------------------------------------------- for whoever cannot see it


def tree(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield interface
    for at in range(interface.childCount()):
        yield from tree(interface.child(at))


def named(window: RingWindow, name: str) -> QAccessibleInterface:
    found = [
        one for one in tree(QAccessible.queryAccessibleInterface(window)) if one.text(QAccessible.Text.Name) == name
    ]
    assert len(found) == 1, f"{name} is in the tree {len(found)} times"
    return found[0]


def test_the_call_is_announced_and_answered_through_the_accessibility_tree(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, QAccessible.Event]] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: told.append((event.object().accessibleName(), event.type()))
    )
    rings = RingWindows()
    rings.set_covered(True)
    call = calls.call(CallState.RINGING)
    rings.set_pop(pop_of(call))
    rings.set_calls((call,))
    window = visible(rings)[0]
    kinds = {kind for _name, kind in told}
    assert {QAccessible.Event.Alert, QAccessible.Event.Announcement} <= kinds
    heard = next(name for name, kind in told if kind is QAccessible.Event.Announcement)
    for words in ("Incoming call", "Marta Kowalczyk", "Billing", "Hard of hearing"):
        assert words in heard
    nobody = Qt.WindowType.WindowDoesNotAcceptFocus | Qt.WindowType.X11BypassWindowManagerHint
    assert not window.windowFlags() & nobody, "its user may give it the keyboard"
    for name, signal in (("Decline", rings.decline), ("Answer", rings.answer)):
        button = named(window, name)
        assert button.role() == QAccessible.Role.Button
        assert button.state().focusable
        assert not button.state().disabled
        with qtbot.waitSignal(signal) as pressed:
            button.actionInterface().doAction(QAccessibleActionInterface.pressAction())
        assert pressed.args == [call.call_id]
    assert not ui_audit.focusable_without_name(window)
    rings.close()
