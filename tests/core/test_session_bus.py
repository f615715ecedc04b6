"""On a real bus: what is offered to other programs, what the desktop shows of a call, and that no bus is no trouble."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from agent_desktop import running
from agent_desktop.core.bus_service import NAME, PATH, BusService
from agent_desktop.core.call_notice import CallNotice
from agent_desktop.core.portal_keys import PortalKeys
from agent_desktop.core.session_bus import SessionBus
from agent_desktop.core.states import CallState
from tests.support import calls
from tests.support.bus import KeyPortal, NotificationServer, bus_daemon, heard_out


@pytest.fixture
def address(program: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with bus_daemon(program) as found:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", found)
        yield found


@pytest.fixture
def bus(address: str, qtbot: QtBot) -> Iterator[SessionBus]:
    made = SessionBus()
    assert made.open()
    yield made
    made.close()


class Window:
    def __init__(self) -> None:
        self.orders: list[tuple[str, str]] = []
        self.says = ""

    def obey(self, order: str, text: str) -> str:
        self.orders.append((order, text))
        return self.says


def ask(qtbot: QtBot, method: str, *values: str, signature: str = "", interface: str = NAME) -> Any:
    """Another program, with a connection of its own."""
    answers: list[Any] = []

    def run() -> None:
        with open_dbus_connection("SESSION") as connection:
            message = new_method_call(DBusAddress(PATH, NAME, interface), method, signature or None, values)
            answers.append(connection.send_and_get_reply(message, timeout=30))

    thread = threading.Thread(target=run)
    thread.start()
    qtbot.waitUntil(lambda: bool(answers))
    thread.join()
    return answers[0]


def test_other_programs_give_the_same_orders_as_the_command_line(bus: SessionBus, qtbot: QtBot) -> None:
    window = Window()
    service = BusService(bus, window.obey)
    service.take_name()
    heard_out(bus)
    for method in ("Answer", "HangUp", "Mute", "Hold", "ToggleReady", "Show"):
        assert ask(qtbot, method).header.message_type is MessageType.method_return
    assert [text for _order, text in window.orders] == ["answer", "hangup", "mute", "hold", "ready", "show"]
    assert {order for order, _text in window.orders} == {running.CONTROL}
    assert ask(qtbot, "Dial", "tel:+48601442190", signature="s").header.message_type is MessageType.method_return
    assert window.orders[-1] == (running.DIAL, "tel:+48601442190")
    described = ask(qtbot, "Introspect", interface="org.freedesktop.DBus.Introspectable").body[0]
    assert '<method name="Dial"><arg type="s" direction="in"/></method>' in described


def test_what_cannot_be_done_comes_back_as_an_error_in_words(bus: SessionBus, qtbot: QtBot) -> None:
    window = Window()
    BusService(bus, window.obey).take_name()
    heard_out(bus)
    window.says = "Not now: no call rings"
    refused = ask(qtbot, "Answer")
    assert refused.header.message_type is MessageType.error
    assert refused.body == ("Not now: no call rings",)
    window.orders.clear()
    for method, values, signature in (
        ("Dial", ("601\n442",), "s"),
        ("Dial", ("1" * 5_000,), "s"),
        ("Dial", (), ""),
        ("Answer", ("x",), "s"),
        ("Explode", (), ""),
    ):
        assert ask(qtbot, method, *values, signature=signature).header.message_type is MessageType.error
    assert window.orders == []


def test_the_window_in_use_has_the_name(bus: SessionBus, qtbot: QtBot) -> None:
    one, two, other = Window(), Window(), SessionBus()
    assert other.open()
    first, second = BusService(bus, one.obey), BusService(other, two.obey)
    first.take_name()
    heard_out(bus)
    second.take_name()
    heard_out(other)
    ask(qtbot, "Show")
    assert (len(one.orders), len(two.orders)) == (0, 1)
    first.take_name()
    heard_out(bus)
    ask(qtbot, "Show")
    assert (len(one.orders), len(two.orders)) == (1, 1)
    other.close()


def test_without_a_bus_nothing_happens_and_nothing_fails(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    for found in (None, "unix:path=/nonexistent/bus", "nonsense"):
        if found is not None:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", found)
        bus = SessionBus()
        assert not bus.open()
        BusService(bus, Window().obey).take_name()
        notice, known = CallNotice(bus), iter([True])
        notice.start(known.__next__)
        notice.show(calls.call(CallState.RINGING))
        assert next(known, None) is None, "it is known at once that nobody shows notifications"
        assert not notice.is_possible()


def test_a_bus_that_ends_is_told_and_no_answer_is_awaited_for_ever(
    program: Callable[[str], str], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    bus, answers = SessionBus(), []
    with bus_daemon(program) as found:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", found)
        assert bus.open()
        silent = SessionBus()  # there, and never answers
        assert silent.open()
        bus.call((silent.unique_name, "/", "a.b"), "Nothing", then=answers.append)
        silent._notifier.setEnabled(False)
        lost = qtbot.waitSignal(bus.lost)
    lost.wait()
    assert answers == [None]
    assert not bus.is_open()
    silent.close()


# ------------------------------------------------------------- notifications


@pytest.fixture
def panel(address: str, qtbot: QtBot) -> Iterator[NotificationServer]:
    made = NotificationServer()
    yield made
    made.close()


def noticed(bus: SessionBus, qtbot: QtBot) -> CallNotice:
    notice, known = CallNotice(bus), []
    notice.start(lambda: known.append(True))
    qtbot.waitUntil(lambda: bool(known))
    assert notice.is_possible()
    return notice


def test_a_ringing_call_is_notified_with_its_buttons(bus: SessionBus, panel: NotificationServer, qtbot: QtBot) -> None:
    notice = noticed(bus, qtbot)
    call = calls.call(CallState.RINGING, name="<b>Ann</b> & Co")
    notice.show(call)
    qtbot.waitUntil(lambda: bool(panel.shown))
    (number, seen), *_ = panel.shown.items()
    assert seen["body"] == "&lt;b&gt;Ann&lt;/b&gt; &amp; Co, Billing", "a customer's name is no markup"
    assert seen["actions"] == ["default", "answer", "decline"]
    assert (seen["category"], seen["urgency"], seen["desktop-entry"]) == ("call.incoming", 2, "agent-desktop")
    notice.show(call)
    for action, signal in (("answer", notice.answer), ("decline", notice.decline)):
        with qtbot.waitSignal(signal) as told:
            panel.press(number, action)
        assert told.args == [call.call_id]
    with qtbot.waitSignal(notice.show_wanted):
        panel.press(number, "default")
    notice.show(None)
    qtbot.waitUntil(lambda: not panel.shown)
    assert panel.ever == 1


def test_a_screen_lock_need_not_show_who_calls(bus: SessionBus, panel: NotificationServer, qtbot: QtBot) -> None:
    notice = noticed(bus, qtbot)
    notice.set_wanted(True, names=False)
    notice.show(calls.call(CallState.RINGING))
    qtbot.waitUntil(lambda: bool(panel.shown))
    (seen,) = panel.shown.values()
    assert seen["body"] == "Billing"
    assert "Marta" not in str(seen)


def test_no_notification_is_left_of_a_caller_who_has_gone(
    bus: SessionBus, panel: NotificationServer, qtbot: QtBot
) -> None:
    notice = noticed(bus, qtbot)
    notice.show(calls.call(CallState.RINGING))
    notice.show(None)  # before the server has even answered
    qtbot.waitUntil(lambda: panel.ever == 1 and not panel.shown)
    notice.set_wanted(False, names=True)
    notice.show(calls.call(CallState.RINGING))
    second = calls.call(CallState.RINGING)
    notice.set_wanted(True, names=True)
    notice.show(second)
    qtbot.waitUntil(lambda: len(panel.shown) == 1)
    assert panel.ever == 2


def test_a_server_without_buttons_gets_none(bus: SessionBus, qtbot: QtBot) -> None:
    panel = NotificationServer(("body",))
    notice = noticed(bus, qtbot)
    notice.show(replace(calls.call(CallState.RINGING), name="A & B"))
    qtbot.waitUntil(lambda: bool(panel.shown))
    (seen,) = panel.shown.values()
    assert seen["actions"] == []
    assert seen["body"] == "A & B, Billing"
    panel.close()


# --------------------------------------------------------------------- portal


def test_keys_everywhere_by_the_portal(bus: SessionBus, qtbot: QtBot) -> None:
    portal, keys = KeyPortal(bus.unique_name), PortalKeys(bus)
    with qtbot.waitSignal(keys.bound) as answer:
        keys.grab({"answer": ("Answer", "Ctrl+Shift+F2"), "mute": ("Mute", "Meta+M")})
    assert answer.args == [True]
    assert portal.bound == {"answer": "CTRL+SHIFT+F2", "mute": "LOGO+M"}
    with qtbot.waitSignal(keys.pressed) as pressed:
        portal.press(1, "answer")
    assert pressed.args == ["answer"]
    portal.close()


def test_a_user_who_says_no_or_a_desktop_without_a_portal_is_told(bus: SessionBus, qtbot: QtBot) -> None:
    keys = PortalKeys(bus)
    with qtbot.waitSignal(keys.bound) as answer:
        keys.grab({"answer": ("Answer", "Ctrl+Shift+F2")})
    assert answer.args == [False]
    portal = KeyPortal(bus.unique_name, allows=False)
    with qtbot.waitSignal(keys.bound) as answer:
        keys.grab({"answer": ("Answer", "Ctrl+Shift+F2")})
    assert answer.args == [False]
    portal.close()
