"""On a real screen with a window manager: the ringing window never takes the keyboard, and a hidden desktop answers."""

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from Xlib import X
from Xlib.display import Display

from agent_desktop.paths import Profile
from agent_desktop.telephony import messages as m
from tests.support import sip
from tests.support.desktop_process import DesktopProcess
from tests.support.workstation import MARTA, company
from tests.support.x_screen import Typing, XScreen, x_screen

RINGING = "Incoming call"
MAIN = "Agent Desktop"


class Stage:
    """A desktop, a mail program beside it, and somebody who calls."""

    def __init__(self, screen: XScreen, folder: Path, ends: ExitStack):
        self.screen = screen
        profile = Profile(folder / "desk")
        company(profile)
        self.port = sip.free_port(25_000, 25_700)
        self.desktop = DesktopProcess(profile.root, self.port, "--window")
        ends.callback(self.desktop.end)
        self.desktop.ready()
        self.main = screen.appears(MAIN)
        self.typing = Typing(screen)
        ends.callback(self.typing.close)
        self.caller = sip.EngineDriver(folder / "caller", listen_port=sip.free_port(25_000, 25_700), rtp_port=25_800)
        ends.callback(self.caller.stop)
        self.caller.start()
        self._calls = 0

    def ring(self) -> str:
        self._calls += 1
        call_id = f"c{self._calls}"
        target = f"sip:agent@{sip.HOST}:{self.port}"
        self.caller.send(m.Dial(call_id=call_id, target=target, from_user=MARTA))
        self.desktop.until_calls("ringing")
        return call_id

    def ring_and_give_up(self, call_id: str) -> None:
        """A caller who has gone before the desktop, which stands still meanwhile, hears of the call."""
        caller = sip.RawCaller(self.port)
        os.kill(self.desktop.process.pid, signal.SIGSTOP)
        try:
            caller.send(caller.invite(call_id))
            next(text for text in caller.answers() if text.startswith("SIP/2.0 180"))
            sender = b"<sip:+48601442190@127.0.0.1>;tag=" + call_id.encode()
            caller.send(caller.request("CANCEL", call_id, b"", sender))
            assert caller.final(call_id) == 487
            self.desktop.said.pop("calls", None)
        finally:
            os.kill(self.desktop.process.pid, signal.SIGCONT)
            caller.close()
        self.desktop.until(
            lambda: self.desktop.said.get("calls") == [], "the desktop has heard of the call and its end"
        )


class Watch:
    """Counts the windows that come onto the screen."""

    def __init__(self, screen: XScreen):
        self._display = Display(screen.display)
        self._display.screen().root.change_attributes(event_mask=X.SubstructureNotifyMask)
        self._display.sync()

    def mapped(self) -> int:
        """How many since the last time."""
        self._display.sync()
        return sum(self._display.next_event().type == X.MapNotify for _ in range(self._display.pending_events()))

    def close(self) -> None:
        self._display.close()


@pytest.fixture
def stage(program: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    with x_screen(program, tmp_path) as screen, ExitStack() as ends:
        monkeypatch.setenv("DISPLAY", screen.display)
        monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
        yield Stage(screen, tmp_path, ends)


def test_whoever_types_elsewhere_goes_on_typing(stage: Stage) -> None:
    screen, typing = stage.screen, stage.typing
    typing.front()
    call_id = stage.ring()
    ringing = screen.appears(RINGING)
    assert screen.xdo("getactivewindow") == typing.window
    screen.xdo("type", "--delay", "5", "dear sir")
    typing.until("dear sir")
    assert screen.xdo("getwindowfocus") != ringing
    stage.desktop.until(lambda: stage.desktop.said["calls"], "it still rings")
    stage.caller.send(m.HangUp(call_id=call_id))
    screen.gone(RINGING)
    screen.xdo("type", "--delay", "5", " or madam")
    typing.until("dear sir or madam")
    assert screen.xdo("getactivewindow") == typing.window
    assert stage.desktop.said["presence"] != "talking"

    stage.ring()  # and one that is declined with the mouse
    ringing = screen.appears(RINGING)
    stage.desktop.until(lambda: stage.desktop.said.get("pop") == "found", "the caller is known")

    def clicked() -> bool:
        """A click within the first 0.4 s is taken for a slip; one after the window has gone would meet another."""
        screen.click(ringing, 300, 35)
        with contextlib.suppress(AssertionError):
            stage.desktop.until(lambda: not stage.desktop.said["calls"], "it is declined", within_s=1.0)
        return not stage.desktop.said["calls"]

    screen.until(clicked, "it is declined")
    screen.gone(RINGING)
    assert screen.xdo("getactivewindow") == typing.window

    screen.xdo("windowactivate", "--sync", stage.main)  # in front of the agent no second window appears
    screen.until(lambda: screen.xdo("getactivewindow") == stage.main, "the desktop is in front")
    stage.ring()
    stage.desktop.until(lambda: stage.desktop.said.get("pop") == "found", "the caller is known")
    assert not screen.shown(RINGING)
    typing.front()  # the agent turns away while it rings
    screen.appears(RINGING)


def test_a_minimised_desktop_rings_answers_and_stops_ringing(stage: Stage) -> None:
    screen, desktop = stage.screen, stage.desktop
    screen.xdo("windowminimize", "--sync", stage.main)
    screen.until(lambda: not screen.shown(f"^[^–]+ – {MAIN}$"), "the main window is hidden")
    with contextlib.closing(Watch(screen)) as watch:
        stage.ring_and_give_up("gone")
        call_id = stage.ring()
        screen.appears(RINGING)
        assert watch.mapped() == 1, "a window came for a caller who had gone"
    stage.caller.send(m.HangUp(call_id=call_id))  # CANCEL: the caller, or a colleague's answer, ended the ringing
    screen.gone(RINGING)
    desktop.until_calls()
    stage.ring()
    ringing = screen.appears(RINGING)
    screen.click(ringing, 80, 35)
    desktop.until_calls("talking")
    screen.gone(RINGING)
    screen.until(lambda: screen.xdo("getactivewindow") == stage.main, "the main window is in front, on the call")
