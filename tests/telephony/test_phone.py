"""The desktop's phone: starts, finds, loses and takes back an engine."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from agent_desktop.telephony import messages as m
from agent_desktop.telephony import phone
from agent_desktop.telephony.engine_process import running
from agent_desktop.telephony.phone import PhoneState
from agent_desktop.telephony.trouble import Trouble
from tests.support import sip
from tests.telephony.registrar import Registrar

Phones = Callable[..., sip.PhoneLog]


def test_starts_an_engine_and_says_how_it_is(phones: Phones) -> None:
    desk = phones()
    states = [state.engine for state in desk.of("state_changed") if isinstance(state, PhoneState)]
    assert states[0] == "starting"
    assert states[-1] == "ready"
    state = desk.phone.state
    assert (state.listen_host, state.listen_port) == (sip.HOST, desk.settings.listen_port)
    assert state.audio == "null"
    assert state.registration is not None
    assert state.registration.state == "direct"
    assert desk.of("snapshot") == [()]
    assert os.getpgid(desk.engine_pid) != os.getpgid(0)
    desk.phone.shutdown()
    assert desk.phone.state.engine == "stopped"
    assert not (desk.folder / "engine.json").exists()


def test_every_command_reaches_the_engine_and_events_come_in_order(phones: Phones) -> None:
    desk, other = phones(), phones(follow_transfers=True)
    call_id = other.phone.dial(f"sip:agent@127.0.0.1:{desk.phone.state.listen_port}", (("X-Queue", "support"),))
    incoming = desk.wait(m.IncomingCall)
    assert ("X-Queue", "support") in incoming.headers
    desk.phone.answer(incoming.call_id)
    other.wait(m.CallAnswered, lambda one: one.call_id == call_id)
    desk.phone.hold(incoming.call_id)
    desk.wait(m.CallHeld)
    desk.phone.resume(incoming.call_id)
    desk.wait(m.CallResumed)
    desk.phone.mute(incoming.call_id, True)
    assert desk.wait(m.CallMuted).on
    desk.phone.mute(incoming.call_id, False)
    other.phone.play(call_id, str(sip.tone(other.folder / "tone.wav")), loop=True)
    desk.until(lambda: any(one.speaker > 0.3 for one in desk.of("levels") if isinstance(one, m.Levels)), "sound")
    other.phone.send_digits(call_id, "5", "info")
    assert desk.wait(m.DigitReceived).digit == "5"
    third = phones()
    desk.phone.transfer(incoming.call_id, f"sip:agent@127.0.0.1:{third.phone.state.listen_port}")
    third.phone.reject(third.wait(m.IncomingCall).call_id, 480, "Later")
    desk.wait(m.TransferProgress, lambda progress: progress.final and progress.code == 480)
    desk.phone.hang_up(incoming.call_id)
    assert desk.wait(m.CallEnded).by == "local"
    desk.phone.list_audio()
    desk.until(lambda: desk.of("devices"), "devices")
    desk.phone.choose_audio("a", "b", "c")
    desk.phone.register(True)
    numbers = [event.seq for event in desk.events(m.Event)]
    assert numbers == sorted(set(numbers))
    assert not desk.of("command_failed")


def test_a_command_that_fails_says_why(phones: Phones) -> None:
    desk = phones()
    call_id = desk.phone.dial("not a number")
    desk.until(lambda: desk.of("command_failed"), "the failure")
    (failed,) = desk.of("command_failed")
    assert isinstance(failed, m.CommandFailed)
    assert (failed.command, failed.call_id) == ("Dial", call_id)


def test_without_an_engine_a_command_fails_later_not_inside_the_call(phones: Phones) -> None:
    desk = phones(ready=False)
    call_id = desk.phone.dial("sip:a@127.0.0.1")
    assert not desk.of("command_failed")
    desk.until(lambda: desk.of("command_failed"), "the failure")
    assert desk.of("command_failed") == [m.CommandFailed(command="Dial", call_id=call_id, trouble=Trouble.NOT_READY)]


def test_an_engine_killed_in_a_call_is_reported_and_started_again(
    phones: Phones, sipp: sip.SippRunner, expected_log: Callable[[str], None]
) -> None:
    expected_log(r"the phone engine is gone: signal SIGKILL")
    desk = phones()
    caller = sipp.call("call_until_bye", desk.phone.state.listen_port)
    incoming = desk.wait(m.IncomingCall)
    desk.phone.answer(incoming.call_id)
    desk.wait(m.CallAnswered)
    first = desk.engine_pid
    os.kill(first, signal.SIGKILL)
    desk.until(lambda: desk.of("engine_back"), "a new engine")
    desk.until(lambda: desk.phone.state.engine == "ready", "ready again")
    assert desk.of("engine_lost") == ["signal SIGKILL"]
    names = [name for name, _ in desk.said]
    assert names.index("engine_lost") < names.index("engine_back")
    assert desk.of("snapshot") == [(), ()], "no call lives on"
    states = [state.engine for state in desk.of("state_changed") if isinstance(state, PhoneState)]
    assert "lost" in states
    assert desk.engine_pid != first
    assert desk.phone.state.trouble == ""
    caller.stop()
    again = sipp.call("call_and_cancel", desk.phone.state.listen_port)
    desk.until(lambda: len(desk.events(m.CallEnded)) == 1, "a call on the new engine")
    again.check()


def test_a_folder_that_is_no_folder_is_said_and_tried_again(
    phones: Phones, expected_log: Callable[[str], None]
) -> None:
    expected_log(r"the phone engine is gone: File exists")
    desk = phones(ready=False)
    desk.folder.write_text("no folder")
    desk.phone.start(desk.settings)
    desk.until(lambda: desk.phone.state.engine == "lost", "it is said")
    assert str(desk.folder) in desk.phone.state.detail
    desk.folder.unlink()
    desk.until(lambda: desk.phone.state.engine == "ready", "tried again")


def test_an_engine_that_nobody_finds_is_replaced(
    phones: Phones, expected_log: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The profile's folder was removed while the engine started."""
    expected_log(r"the phone engine is gone: engine_not_found")
    monkeypatch.setattr(phone, "START_WITHIN_S", 1.0)
    desk = phones(ready=False)
    desk.phone.start(desk.settings)
    desk.phone._try_to_attach()
    sip.until(lambda: running(desk.folder) is not None, "it is there")
    first = desk.engine_pid
    shutil.rmtree(desk.folder)
    monkeypatch.setattr(phone, "START_WITHIN_S", 30.0)
    desk.until(lambda: desk.phone.state.engine == "ready", "another one")
    assert desk.engine_pid != first
    assert not sip._alive(first)


def test_a_port_that_an_engine_of_a_removed_folder_still_has_is_said_and_tried_again(
    phones: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phone, "CONFIGURE_AGAIN_MS", 200)
    old = phones(alone_unregister_s=0.1)
    old_pid = old.engine_pid
    shutil.rmtree(old.folder)
    old.phone.detach()
    desk = phones("new", ready=False, listen_port=old.settings.listen_port)
    desk.phone.start(desk.settings)
    desk.until(lambda: desk.phone.state.engine == "failed", "it is said")
    assert str(old.settings.listen_port) in desk.phone.state.detail
    os.kill(old_pid, signal.SIGTERM)  # not by itself: the new one may take longer to start than anybody guesses
    desk.until(lambda: desk.phone.state.engine == "ready", "once the old one has ended")
    assert desk.phone.state.trouble == ""


def test_a_broken_connection_loses_and_doubles_nothing(phones: Phones, sipp: sip.SippRunner) -> None:
    desk = phones()
    caller = sipp.call("call_refused_486", desk.phone.state.listen_port)
    incoming = desk.wait(m.IncomingCall)
    pid = desk.engine_pid
    connection = desk.phone._socket
    assert connection is not None
    connection.shutdown(socket.SHUT_RDWR)
    desk.until(lambda: len(desk.of("snapshot")) == 2, "attached again")
    assert [call.call_id for call in desk.of("snapshot")[1]] == [incoming.call_id]
    desk.phone.reject(incoming.call_id, 486, "")
    desk.wait(m.CallEnded)
    caller.check()
    assert desk.engine_pid == pid
    assert not desk.of("engine_lost")
    assert len(desk.events(m.IncomingCall)) == 1, "it was not acknowledged, but this desktop has heard it"
    assert desk.phone.state.engine == "ready"


def test_an_engine_that_keeps_dying_is_started_again_later_and_later(
    phones: Phones, expected_log: Callable[[str], None]
) -> None:
    expected_log("the phone engine is gone")
    desk = phones()
    for count in (1, 2):
        os.kill(desk.engine_pid, signal.SIGKILL)
        desk.until(lambda count=count: len(desk.of("engine_back")) == count, "a new engine")
    assert len(desk.of("engine_lost")) == 2


def test_a_new_desktop_takes_a_running_call_back(phones: Phones) -> None:
    desk, other = phones("agent"), phones()
    call_id = other.phone.dial(f"sip:agent@127.0.0.1:{desk.phone.state.listen_port}")
    incoming = desk.wait(m.IncomingCall)
    desk.phone.answer(incoming.call_id)
    answered = desk.wait(m.CallAnswered)
    desk.phone.acknowledge(incoming.seq)
    desk.until(lambda: len(desk.of("levels")) > 1, "the acknowledgement has arrived")
    pid = desk.engine_pid
    desk.phone.detach()
    assert desk.phone.state.engine == "stopped"
    second = phones("agent", listen_port=desk.settings.listen_port)
    assert second.engine_pid == pid
    (snapshot,) = second.of("snapshot")
    assert isinstance(snapshot, tuple)
    assert [(call.call_id, call.state, call.incoming) for call in snapshot] == [(incoming.call_id, "talking", incoming)]
    assert not second.events(m.IncomingCall), "acknowledged"
    assert second.events(m.CallAnswered) == [answered]
    names = [name for name, _ in second.said]
    assert names.index("snapshot") < names.index("event")
    second.phone.hang_up(incoming.call_id)
    other.wait(m.CallEnded, lambda one: one.call_id == call_id)


DESKTOP = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from agent_desktop.telephony import messages as m
from agent_desktop.telephony import phone
from agent_desktop.telephony.engine_process import running
from agent_desktop.telephony.phone import Phone

app = QCoreApplication([])
phone = Phone(Path(sys.argv[1]))
def heard(event):
    if isinstance(event, m.EngineReady):
        print("ready", event.listen_port, flush=True)
    if isinstance(event, m.IncomingCall):
        phone.answer(event.call_id)
    if isinstance(event, m.CallAnswered):
        print("answered", event.call_id, flush=True)
phone.event.connect(heard)
phone.start(m.Configure(listen_host="127.0.0.1", listen_port=int(sys.argv[2]), audio="null", rtp_port=21700))
app.exec()
"""


def test_the_engine_survives_kill_9_of_the_desktop_and_a_new_one_has_the_call(
    phones: Phones, sipp: sip.SippRunner, tmp_path: Path
) -> None:
    """The desktop is a process without widgets, as the practice switch is."""
    port = sip.free_port()
    folder = tmp_path / "agent"
    desktop = subprocess.Popen(
        [sys.executable, "-c", DESKTOP, str(folder), str(port)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert desktop.stdout is not None
    assert desktop.stdout.readline().split() == ["ready", str(port)]
    caller = sipp.call("call_until_bye", port)
    call_id = desktop.stdout.readline().split()[1]
    os.killpg(desktop.pid, signal.SIGKILL)
    desktop.wait()
    desktop.stdout.close()
    assert caller.process.poll() is None
    desk = phones("agent", listen_port=port)
    (snapshot,) = desk.of("snapshot")
    assert isinstance(snapshot, tuple)
    assert [call.call_id for call in snapshot] == [call_id]
    assert desk.wait(m.IncomingCall).call_id == call_id, "nobody had acknowledged it"
    desk.phone.hang_up(call_id)
    desk.wait(m.CallEnded)
    caller.check()


def test_shutting_down_while_it_starts_leaves_no_engine(phones: Phones) -> None:
    desk = phones(ready=False)
    desk.phone.start(desk.settings)
    desk.until(lambda: desk.phone._process is not None, "the process")
    process = desk.phone._process
    assert process is not None
    desk.phone.shutdown()
    assert process.ended()


def test_an_engine_of_another_version_is_said_so(phones: Phones, expected_log: Callable[[str], None]) -> None:
    expected_log("the phone engine is gone: engine_other_version")
    desk = phones("agent")
    desk.phone.detach()
    announced = desk.folder / "engine.json"
    good = announced.read_text()
    announced.write_text(good.replace(f'"protocol": {m.PROTOCOL}', '"protocol": 99'))
    second = phones("agent", ready=False, listen_port=desk.settings.listen_port)
    second.phone.start(second.settings)
    second.until(lambda: second.of("engine_lost"), "the loss")
    announced.write_text(good)
    second.until(lambda: second.phone.state.engine == "ready", "ready")


def test_new_settings_are_applied_to_a_running_engine(phones: Phones) -> None:
    desk = phones()
    port = sip.free_port()
    pid = desk.engine_pid
    desk.phone.start(m.Configure(listen_host=sip.HOST, listen_port=port, audio="null", rtp_port=21_700))
    desk.until(lambda: desk.phone.state.listen_port == port, "the new port")
    assert desk.engine_pid == pid
    assert desk.phone.state.engine == "ready"


def test_a_dead_engines_address_does_not_stop_a_new_one(phones: Phones) -> None:
    desk = phones(ready=False)
    desk.folder.mkdir()
    (desk.folder / "engine.json").write_text(
        f'{{"pid": 1, "socket": "{desk.folder}/engine.sock", "token": "x", "protocol": 1}}'
    )
    desk.start()
    assert desk.engine_pid != 1


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1}', '{"pid": "x", "socket": 1, "token": 2, "protocol": 3}'])
def test_a_damaged_address_is_no_address(tmp_path: Path, text: str) -> None:
    (tmp_path / "engine.json").write_text(text)
    assert sip.running(tmp_path) is None


def test_an_engine_that_aborts_is_registered_again_and_takes_calls(
    phones: Phones, sipp: sip.SippRunner, expected_log: Callable[[str], None]
) -> None:
    expected_log(r"the phone engine is gone: signal SIGABRT\nFatal Python error: Aborted\n(?s:.*) in run\n")
    registrar = Registrar(sip.free_port())
    account = m.SipAccount(user="1001", domain=f"{sip.HOST}:{registrar.port}", password=registrar.password)
    desk = phones(account=account)
    registrar.wait(1)
    desk.until(lambda: desk.phone.state.registration and desk.phone.state.registration.state == "registered", "there")
    os.kill(desk.engine_pid, signal.SIGABRT)
    desk.until(lambda: desk.of("engine_lost"), "the abort is told")
    assert desk.phone.state.registration is None, "nothing is said to be registered that is not"
    desk.until(lambda: desk.phone.state.registration and desk.phone.state.registration.state == "registered", "again")
    assert len(registrar.accepted) >= 2
    caller = sipp.call("call_and_cancel", desk.phone.state.listen_port)
    desk.wait(m.IncomingCall)
    caller.check()
    registrar.close()
