"""What reaches the window from outside ends at the keys' actions and, for a call, at the agent's word."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from agent_desktop import running
from agent_desktop import settings as stored_settings
from agent_desktop.core.bus_service import NAME, PATH
from agent_desktop.core.states import CallState
from agent_desktop.core.views import PresenceView
from agent_desktop.data.words import Presence
from agent_desktop.telephony import messages as m
from agent_desktop.ui.ask import Question
from agent_desktop.ui.main_window import MainWindow
from agent_desktop.ui.overlay import Overlay
from agent_desktop.ui.settings_page import SettingsPage
from tests.support import hid, sip
from tests.support.bus import NotificationServer, bus_daemon
from tests.support.hid import FakeDevice, FakeHid
from tests.support.workstation import MARTA, Bench, settings

PORT = 25_010


class Desk:
    """A window on a real workstation, and another phone."""

    def __init__(self, bench: Bench, window: MainWindow):
        self.bench, self.window, self.session = bench, window, bench.session

    @property
    def question(self) -> Question | None:
        card = Overlay.of(self.window).top_card()
        return card if isinstance(card, Question) else None

    def asked(self) -> Question:
        self.bench.until(lambda: self.question is not None, "the agent is asked")
        assert self.question is not None
        return self.question

    def say_yes(self) -> None:
        question = self.asked()
        assert question.default is not None
        question.default.click()

    def until_state(self, *states: CallState) -> None:
        self.bench.until(lambda: [call.state for call in self.session.book.running()] == list(states), f"{states}")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    bench = Bench(tmp_path / "desk").start()
    assert bench.core is not None
    window = MainWindow(bench.core)
    window.show()
    yield Desk(bench, window)
    window._closing = True
    window.close()
    bench.stop()
    window.deleteLater()


def test_a_call_in_vain_says_why_it_is_over(desk: Desk) -> None:
    callee = desk.bench.other()
    assert desk.session.outgoing.dial(f"sip:601442190@127.0.0.1:{callee.port}", "Marta") is not None
    callee.send(m.Reject(call_id=callee.wait(m.IncomingCall).call_id, code=486))
    toasts = desk.window.shell.toasts
    desk.bench.until(lambda: {"Marta is busy.", "Marta Kowalczyk is busy."} & set(toasts.texts()), "said")


def test_the_title_says_state_and_phone(desk: Desk) -> None:
    """The one badge: a task bar shows nothing else."""
    assert desk.window.windowTitle() == "Ready – Agent Desktop"
    desk.session.phone._say(engine="failed", trouble="port_taken", detail="5060")
    desk.bench.until(lambda: "Phone does not start" in desk.window.windowTitle(), "nobody is reached now")
    assert not desk.window.windowTitle().startswith("Ready")


def test_a_call_from_outside_is_asked_about_with_the_name(desk: Desk) -> None:
    callee = desk.bench.other()
    link = f"tel:{MARTA[:3]}-{MARTA[3:]}"
    desk.session.outgoing.direct_peer = f"127.0.0.1:{callee.port}"
    desk.window.desktop.outside._patience.setInterval(60_000)  # the name comes, however slow the computer is
    desk.bench.until(lambda: desk.bench.core and desk.bench.core.store.ready, "the database answers")
    assert desk.window.desktop.obey(running.DIAL, link) == ""
    question = desk.asked()
    assert "Marta Kowalczyk" in question.accessibleName()
    assert "+48 601 442 190" in question.accessibleName()
    assert not desk.session.book.running(), "nobody is called before the agent said so"
    assert "asked about" in desk.window.desktop.obey(running.DIAL, "601442191"), "one question at a time"
    desk.say_yes()
    desk.until_state(CallState.DIALLING)
    assert desk.session.book.running()[0].number == MARTA


@pytest.mark.parametrize("text", ["112", "sip:112@127.0.0.1:9"])
def test_not_even_an_emergency_number_is_called_by_a_link_alone(desk: Desk, text: str) -> None:
    desk.session.outgoing.direct_peer = "127.0.0.1:9"
    assert desk.window.desktop.obey(running.DIAL, text) == ""
    assert "emergency" in desk.asked().accessibleName()
    assert not desk.session.book.running()


def test_the_engine_is_heard_before_a_ringing_window_appears(desk: Desk) -> None:
    rings = desk.window.desktop.rings
    rings.when = "always"
    rings._soon.setInterval(60_000)
    caller = sip.RawCaller(desk.bench.port)
    caller.send(caller.invite("gone"))
    desk.bench.until(rings._soon.isActive, "a window is ready")
    caller.send(caller.request("CANCEL", "gone", b"", b"<sip:+48601442190@127.0.0.1>;tag=gone"))
    assert caller.final("gone") == 487  # what the engine has said waits in its socket
    rings._now()
    assert not any(window.isVisible() for window in rings.windows)
    assert not rings._soon.isActive()
    caller.close()


def test_what_the_gate_refuses_is_not_asked_about(desk: Desk) -> None:
    assert "is not a number" in desk.window.desktop.obey(running.DIAL, "callto:dana.skype")
    assert desk.question is None


def test_a_dismissed_question_makes_room_for_the_next(desk: Desk, qtbot: QtBot) -> None:
    desk.session.outgoing.direct_peer = "127.0.0.1:9"
    desk.window.desktop.obey(running.DIAL, "203")
    qtbot.keyClick(desk.asked(), Qt.Key.Key_Escape)
    desk.bench.until(lambda: desk.window.desktop.obey(running.DIAL, "204") == "", "the next one is asked about")
    assert "204" in desk.asked().accessibleName()


def test_the_gates_own_question_is_put_to_the_agent(desk: Desk) -> None:
    callee = desk.bench.other()
    desk.session.outgoing.direct_peer = f"127.0.0.1:{callee.port}"
    desk.window.dial("+48 704 123 456")
    assert "premium-rate" in desk.asked().accessibleName()
    assert not desk.session.book.running()
    desk.say_yes()
    desk.until_state(CallState.DIALLING)


def test_control_does_what_the_keys_do_or_says_why_not(desk: Desk) -> None:
    control, bench = desk.window.desktop.control, desk.bench
    assert control("answer") == "Not now: no call rings"
    assert control("hangup") == control("mute") == control("hold") == "Not now: there is no call"
    bench.ring(bench.other())
    assert control("answer") == ""
    desk.until_state(CallState.TALKING)
    assert control("mute") == ""
    bench.until(lambda: desk.session.book.running()[0].muted, "it is muted")
    assert control("hold") == ""
    desk.until_state(CallState.HELD)
    assert control("hangup") == ""
    desk.until_state()
    shown: list[PresenceView] = []
    desk.session.presence_changed.connect(shown.append)
    before = desk.session.presence.wanted
    assert control("ready") == ""
    assert desk.session.presence.wanted is not before
    assert {before, desk.session.presence.wanted} == {Presence.READY, Presence.PAUSED}
    desk.window.showMinimized()
    assert control("show") == ""
    assert not desk.window.isMinimized()


# ------------------------------------------------------------ the desktop around


def test_headset_buttons_do_what_the_keys_do(desk: Desk) -> None:
    device, headset = FakeDevice(hid.STATEFUL), desk.window.desktop.headset
    headset.set_wanted(False)
    headset._hid, headset._library = None, FakeHid(device)
    headset.set_wanted(True)
    desk.bench.ring(desk.bench.other())
    device.reports.append(bytes([2, 1, 0]))
    desk.until_state(CallState.TALKING)
    device.reports += [bytes([2, 0b00101, 0]), bytes([2, 1, 0])]
    desk.bench.until(lambda: desk.session.book.running()[0].muted, "it is muted")
    device.reports.append(bytes([2, 0, 0]))
    desk.until_state()


def test_a_call_behind_the_agents_back_rings_in_the_small_window(desk: Desk) -> None:
    wiring = desk.window.desktop
    desk.window.showMinimized()
    desk.bench.until(lambda: wiring.rings._covered, "the window is out of sight")
    desk.bench.ring(desk.bench.other())
    desk.bench.until(lambda: wiring.rings.windows and wiring.rings.windows[0].isVisible(), "the small window is there")
    small = wiring.rings.windows[0]
    desk.bench.until(lambda: "Marta Kowalczyk" in small.accessibleName(), "it knows who calls")
    small._take.click()
    desk.until_state(CallState.TALKING)
    assert not small.isVisible()
    assert not desk.window.isMinimized()


def test_the_mini_bar_comes_and_goes_with_its_key_and_is_kept(desk: Desk) -> None:
    wiring = desk.window.desktop
    assert wiring.mini_bar is None
    desk.window.action("mini_bar").trigger()
    assert wiring.mini_bar is not None
    assert wiring.mini_bar.isVisible()
    assert stored_settings.load(desk.bench.profile.settings_file).desktop.mini_bar
    desk.bench.ring(desk.bench.other())
    wiring.mini_bar._answer.click()
    desk.until_state(CallState.TALKING)
    wiring.mini_bar._mute.click()
    desk.bench.until(lambda: desk.session.book.running()[0].muted, "it is muted")
    wiring.mini_bar._end.click()
    desk.until_state()
    wiring.mini_bar._close.click()
    assert wiring.mini_bar is None
    assert not stored_settings.load(desk.bench.profile.settings_file).desktop.mini_bar


def test_what_is_not_possible_here_stands_beside_its_setting(desk: Desk) -> None:
    wiring = desk.window.desktop
    desk.bench.until(lambda: wiring._settled_in, "the desktop has been looked at")
    desk.window.action("settings").trigger()
    page = desk.window.settings_wiring.page
    assert page is not None
    assert desk.window.focusWidget() is page.tabs
    assert page._hints["desktop.notifications"].text().startswith("Not possible here")
    assert page._hints["desktop.tray"].text() == "This desktop has no place for it."
    page.controls["desktop.keys_everywhere"].set_value(True)
    page.save()
    assert page._hints["desktop.keys_everywhere"].text().startswith("Not possible here")
    page.controls["desktop.headset"].set_value(False)
    page.save()
    assert wiring.headset.view.state == "off"
    assert page._hints["desktop.headset"].text() == ""


def test_other_programs_reach_the_window_over_the_session_bus(
    desk: Desk, program: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with bus_daemon(program) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        wiring, panel = desk.window.desktop, NotificationServer()
        desk.bench.until(lambda: wiring._settled_in, "the desktop has been looked at")
        if not wiring.bus.is_open():
            wiring._settled()
        desk.bench.until(wiring.notice.is_possible, "notifications are possible")
        desk.window.showMinimized()
        desk.bench.until(lambda: wiring.rings._covered, "the window is out of sight")
        desk.bench.ring(desk.bench.other())
        desk.bench.until(lambda: panel.shown, "the desktop tells of it")
        panel.press(1, "answer")
        desk.until_state(CallState.TALKING)
        desk.bench.until(lambda: not panel.shown, "and takes it away")
        command = [program("dbus-send"), "--session", "--print-reply", f"--dest={NAME}", PATH]
        with subprocess.Popen([*command, f"{NAME}.HangUp"], stdout=subprocess.DEVNULL, env={**os.environ}) as stranger:
            desk.until_state()
            desk.bench.until(lambda: stranger.poll() is not None, "it is answered")
            assert stranger.returncode == 0
        wiring.bus.close()
        panel.close()


def test_the_window_in_use_is_the_one_used_last(desk: Desk, tmp_path: Path) -> None:
    desk.window.activateWindow()
    desk.bench.until(lambda: running.last_used()[0] == desk.bench.profile, "it is remembered")
    QApplication.processEvents()


def test_settings_show_what_would_be_dialled_and_by_which_rule(desk: Desk) -> None:
    desk.window.shell.show_page("settings")
    page = desk.window.settings_wiring.page
    assert page is not None
    page.set_settings(settings(0))
    rules = page.controls["numbers.rules"]
    table = rules.widget
    table.add.click()
    table._lines[0]["strip"].setText("+")
    table._lines[0]["add"].setText("0")
    for typed, said in (
        (
            "601442190",
            "Read as +48 601 442 190 (PL), dialled as 048601442190 (rule 1: outside numbers, without +, 0 in front)",
        ),
        ("203", "Read as extension 203, dialled as 203 (no rule)"),
        ("112", "Emergency number: dialled as 112, whatever the rules say"),
        ("nobody", "“nobody” is not a number"),
    ):
        page.trial.setText(typed)
        desk.bench.until(lambda said=said: page._tried.text() == said, said)


def test_the_panels_menu_outlives_an_account_that_is_removed_again(qtbot: QtBot, desk: Desk) -> None:
    """With the focused widget PySide drops its hold on what menus made: a call would then be told to nobody."""
    desk.window.activateWindow()
    desk.window.action("settings").trigger()
    page = desk.window.settings_wiring.page
    assert isinstance(page, SettingsPage)
    page.controls["phone.mode"].set_value("account")
    page.controls["phone.mode"].changed.emit()
    accounts = page._more_accounts()
    accounts.add.click()
    card = accounts.cards[0]
    qtbot.waitUntil(card.first.hasFocus)
    page.revert()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not isValid(card)
    desk.window.desktop.tray.set_calls(())
