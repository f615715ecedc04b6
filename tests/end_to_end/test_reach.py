"""From a shell, as a link handler or a script would: the window used last asks, answers, refuses in words."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_desktop.exit_codes import Exit
from agent_desktop.paths import Profile
from agent_desktop.telephony import messages as m
from tests.support import sip
from tests.support.desktop_process import DesktopProcess
from tests.support.workstation import MARTA, company


class Shell:
    def __init__(self, program: list[str]):
        self._program = program

    def __call__(self, *arguments: str) -> tuple[int, str]:
        done = subprocess.run([*self._program, *arguments], capture_output=True, text=True, timeout=30)
        return done.returncode, done.stderr.strip()


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[DesktopProcess]:
    profile = Profile(tmp_path / "desk")
    company(profile)
    made = DesktopProcess(profile.root, sip.free_port(25_000, 25_700), "--window")
    try:
        yield made.ready()
    finally:
        made.end()


def test_commands_reach_the_window_used_last(desktop: DesktopProcess, tmp_path: Path, agent_desktop: list[str]) -> None:
    shell = Shell(agent_desktop)
    nowhere = str(tmp_path / "nobody")
    assert shell("dial", "call me maybe")[0] == Exit.USAGE
    assert shell("dial", "tel:601%0A442")[0] == Exit.USAGE
    assert shell("dial", "601442190", "--profile", nowhere)[0] == Exit.NO_WINDOW
    assert shell("control", "answer") == (Exit.FAILED, "agent-desktop: Not now: no call rings")
    direct = "agent-desktop: Direct mode calls SIP addresses only. Connect to a PBX in Settings."
    assert shell("dial", "601442190") == (Exit.FAILED, direct)
    assert shell("dial", "sip:nobody@127.0.0.1:25999?Replaces=x") == (Exit.OK, "")
    assert "calls" not in desktop.said or not desktop.said["calls"], "nobody is called without the agent's word"
    assert shell("dial", "sip:another@127.0.0.1:25999")[0] == Exit.FAILED, "one question at a time"

    caller = sip.EngineDriver(tmp_path / "caller", listen_port=sip.free_port(25_000, 25_700), rtp_port=25_800)
    caller.start()
    try:
        port = int(desktop.process.args[-2])  # type: ignore[index, call-overload]
        caller.send(m.Dial(call_id="c1", target=f"sip:agent@{sip.HOST}:{port}", from_user=MARTA))
        desktop.until_calls("ringing")
        assert shell("control", "answer") == (Exit.OK, "")
        desktop.until_calls("talking")
        assert shell("control", "hold") == (Exit.OK, "")
        desktop.until_calls("held")
        assert shell("control", "hangup", "--profile", str(tmp_path / "desk")) == (Exit.OK, "")
        desktop.until_calls()
    finally:
        caller.stop()
    desktop.end()
    assert shell("control", "show")[0] == Exit.NO_WINDOW
