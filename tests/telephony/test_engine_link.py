"""The socket between desktop and engine: who may use it, what is sent again, and an engine left alone."""

import json
import os
import shutil
import stat
from collections.abc import Callable

import msgspec
import pytest

from agent_desktop.telephony import messages as m
from agent_desktop.telephony.engine_process import EngineProcess, running
from tests.support import sip
from tests.support.talk import connected
from tests.telephony.registrar import Registrar

Engines = Callable[..., sip.EngineDriver]


def test_the_token_and_the_socket_are_this_users_own(engine: sip.EngineDriver) -> None:
    address = running(engine.folder)
    assert address is not None
    assert engine.process is not None
    assert address.pid == engine.process.pid
    for path in (engine.folder / "engine.json", address.socket):
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(engine.folder).st_mode) == 0o700
    assert len(address.token) >= 32


@pytest.mark.parametrize(
    ("first", "why"),
    [
        (m.frame(m.Hello(token="guess")), "a wrong token"),
        (m.frame(m.HangUp(call_id="x")), "no Hello"),
        (b"\x00\x00\x00\x02{}", "no message"),
        (b"\xff\xff\xff\xff", "a frame too large"),
        (b"\x00\x00\x00\x05\xff\xfe\x00\x01\x02", "no JSON"),
    ],
)
def test_whoever_does_not_know_the_token_is_turned_away(engines: Engines, first: bytes, why: str) -> None:
    engine = engines(ready=False)
    engine.expected_errors.append("connection closed")
    engine.spawn()
    engine.connect()
    engine.send_raw(first)
    assert engine.closed(), why
    engine.attach()  # and the engine still works
    assert engine.alive


def test_another_protocol_is_turned_away(engines: Engines) -> None:
    engine = engines(ready=False)
    engine.expected_errors.append("connection closed")
    engine.spawn()
    engine.connect()
    address = running(engine.folder)
    assert address is not None
    engine.send(m.Hello(token=address.token, protocol=m.PROTOCOL + 1))
    assert engine.closed()


def test_the_newest_desktop_replaces_an_older_one(engine: sip.EngineDriver) -> None:
    second = sip.EngineDriver(engine.folder)
    second.attach()
    assert engine.closed()
    second.send(engine.settings)
    second.wait(m.EngineReady)
    second.leave()


def test_one_engine_per_folder(engine: sip.EngineDriver) -> None:
    second = EngineProcess(engine.folder)
    sip.until(second.ended, "the second engine ends")
    assert second.ended() == "exit code 3"
    assert engine.alive
    address = running(engine.folder)
    assert address is not None
    assert engine.process is not None
    assert address.pid == engine.process.pid
    engine.expected_errors.append("another engine owns this folder")


def test_a_long_folder_name_gets_a_short_socket(engines: Engines) -> None:
    engine = engines(ready=False)
    engine.folder = engine.folder / ("d" * 120)
    engine.start()
    address = running(engine.folder)
    assert address is not None
    assert not address.socket.startswith(str(engine.folder))
    place = os.path.dirname(address.socket)
    assert stat.S_IMODE(os.stat(place).st_mode) == 0o700
    engine.stop()
    assert not os.path.exists(place)


def test_nothing_is_left_behind_when_it_ends(engine: sip.EngineDriver) -> None:
    engine.send(m.Acknowledge(seq=100))
    engine.send(m.Shutdown())
    assert engine.wait_for_end() == "exit code 0"
    assert sorted(path.name for path in engine.folder.iterdir()) == ["engine.lock", "engine.log"]


# ------------------------------------------------------------ events


def test_events_are_sent_again_until_they_are_acknowledged(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    caller = sipp.call("call_and_cancel", engine.port, pause_ms=0)
    incoming, ended = engine.wait(m.IncomingCall), engine.wait(m.CallEnded)
    caller.check()
    numbers = [one.seq for one in engine.heard if isinstance(one, m.Event)]
    assert numbers == list(range(1, len(numbers) + 1))
    engine.send(m.Acknowledge(seq=incoming.seq))
    engine.leave()
    engine.heard.clear()
    engine.rewind()
    engine.attach()
    assert engine.wait(m.CallEnded) == ended
    assert not engine.of(m.IncomingCall)
    engine.leave()
    engine.heard.clear()
    engine.rewind()
    engine.attach(seen=ended.seq)
    engine.pause(0.1)
    assert not engine.of(m.CallEnded)


def test_a_second_engine_of_the_folder_hands_on_what_nobody_took(engines: Engines, sipp: sip.SippRunner) -> None:
    engine = engines(alone_unregister_s=0.1, alone_exit_s=0.3)
    caller = sipp.call("call_and_cancel", engine.port, pause_ms=300)
    incoming = engine.wait(m.IncomingCall)
    engine.send(m.Acknowledge(seq=incoming.seq))
    engine.leave()
    caller.check()
    assert engine.wait_for_end() == "exit code 0"
    left = engine.folder / "left.json"
    assert stat.S_IMODE(left.stat().st_mode) == 0o600
    engine.heard.clear()
    engine.rewind()
    engine.start()
    engine.rewind()
    ended = engine.wait(m.CallEnded)
    assert (ended.call_id, ended.code, ended.by) == (incoming.call_id, 487, "remote")
    engine.send(m.Acknowledge(seq=ended.seq))
    sip.until(lambda: not left.exists(), "a desktop has it")
    sequence = [one.seq for one in engine.heard if isinstance(one, m.Event)]
    assert sequence == sorted(set(sequence))


def test_what_was_left_stays_until_a_desktop_has_it(engines: Engines) -> None:
    engine = engines(ready=False)
    engine.folder.mkdir()
    left = engine.folder / "left.json"
    left.write_text(json.dumps([m.frame(m.CallMuted(seq=9, at_us=5, call_id="a", on=True))[4:].decode()]))
    engine.start()
    engine.rewind()
    engine.wait(m.CallMuted)
    engine.kill()  # before the desktop could make it durable
    (engine.folder / "engine.json").unlink()
    engine.heard.clear()
    engine.rewind()
    engine.start()
    engine.rewind()
    again = engine.wait(m.CallMuted)
    assert again.call_id == "a"
    assert left.exists()
    engine.send(m.Acknowledge(seq=again.seq))
    sip.until(lambda: not left.exists(), "it is durable elsewhere")


def test_digits_are_left_to_nobody(engines: Engines) -> None:
    engine, other = engines(alone_unregister_s=0.1, alone_exit_s=0.3), engines()
    theirs = connected(engine, other)
    other.send(m.SendDigits(call_id=theirs, digits="4"))
    engine.wait(m.DigitReceived)
    engine.leave()
    other.send(m.HangUp(call_id=theirs))
    assert engine.wait_for_end() == "exit code 0"
    left = (engine.folder / "left.json").read_text()
    assert "CallEnded" in left
    assert "DigitReceived" not in left, "they may be a card number"


def test_what_is_said_while_it_leaves_its_registrar_is_done_afterwards(engines: Engines) -> None:
    """Leaving takes as long as the registrar does; a desktop that starts just then must not be overheard."""
    registrar = Registrar(sip.free_port())
    account = m.SipAccount(user="1001", domain=f"127.0.0.1:{registrar.port}", password=registrar.password)
    engine = engines(account=account)
    engine.wait(m.RegistrationChanged, lambda one: one.state == "registered")
    registrar.deaf = True
    engine.send(msgspec.structs.replace(engine.settings, user_agent="Another"))
    engine.pause(0.3)
    engine.leave()
    engine.heard.clear()
    engine.rewind()
    assert engine.attach(), "and is welcomed"
    registrar.close()


def test_what_was_left_may_be_damaged(engines: Engines) -> None:
    engine = engines(ready=False)
    engine.folder.mkdir()
    good = m.frame(m.CallMuted(seq=9, at_us=5, call_id="a", on=True))[4:].decode()
    (engine.folder / "left.json").write_text(json.dumps([good, "{", 7]))
    engine.start()
    engine.rewind()
    assert engine.wait(m.CallMuted) == m.CallMuted(seq=1, at_us=5, call_id="a", on=True)


# ------------------------------------------------------------ alone


def test_a_call_goes_on_without_a_desktop_and_is_taken_back(engines: Engines) -> None:
    phone, other = engines(alone_unregister_s=0.1, alone_exit_s=0.2), engines()
    other.send(m.Dial(call_id="out", target=phone.uri, headers=(("X-Queue", "support"),)))
    incoming = phone.wait(m.IncomingCall)
    phone.send(m.Answer(call_id=incoming.call_id))
    answered = phone.wait(m.CallAnswered)
    phone.send(m.Hold(call_id=incoming.call_id))
    phone.wait(m.CallHeld)
    phone.leave()
    other.pause(0.6)  # far longer than alone_exit_s
    assert phone.alive
    phone.heard.clear()
    phone.rewind()
    welcome = phone.attach()
    assert welcome.configured
    assert welcome.listen_port == phone.settings.listen_port
    (call,) = welcome.calls
    assert call.incoming == incoming
    assert (call.call_id, call.direction, call.state) == (incoming.call_id, "inbound", "talking")
    assert call.answered_us is not None
    assert abs(call.answered_us - answered.at_us) < 1_000_000
    assert (call.held, call.muted, call.held_by_remote) == (True, False, False)
    assert call.hold_s > 0.5
    phone.send(m.HangUp(call_id=incoming.call_id))
    assert phone.wait(m.CallEnded).hold_s >= call.hold_s


def test_an_outgoing_call_is_in_the_snapshot_as_it_was_dialled(engines: Engines) -> None:
    phone, other = engines(), engines()
    headers = (("X-Interaction-Id", "0197"),)
    phone.send(m.Dial(call_id="mine", target=other.uri, headers=headers))
    phone.wait(m.CallProgress)
    phone.leave()
    (call,) = phone.attach().calls
    assert (call.call_id, call.direction, call.state) == ("mine", "outbound", "dialling")
    assert (call.target, call.headers, call.incoming) == (other.uri, headers, None)


def test_alone_it_refuses_new_calls_and_keeps_their_record(engines: Engines, sipp: sip.SippRunner) -> None:
    engine = engines(alone_unregister_s=0.1)
    engine.leave()
    sip.until(lambda: "answered 480" in engine.log, "the engine notices")
    caller = sipp.call("call_refused_480", engine.port)
    caller.check()
    engine.attach()
    assert engine.wait(m.IncomingCall).refused
    ended = engine.wait(m.CallEnded)
    assert (ended.code, ended.by) == (480, "engine")
    again = sipp.call("call_and_cancel", engine.port)
    assert not engine.wait(m.IncomingCall).refused
    again.check()


def test_alone_it_unregisters_and_registers_again_for_a_desktop(engines: Engines) -> None:
    registrar = Registrar(sip.free_port())
    account = m.SipAccount(user="1001", domain=f"127.0.0.1:{registrar.port}", password=registrar.password)
    engine = engines(account=account, alone_unregister_s=0.1)
    assert registrar.wait(1).expires_s == 300
    engine.leave()
    assert registrar.wait(2).expires_s == 0
    engine.attach()
    assert registrar.wait(3).expires_s == 300
    engine.send(m.Register(on=False))
    assert registrar.wait(4).expires_s == 0
    engine.leave()
    sip.until(lambda: engine.log.count("answered 480") == 2, "the engine notices again")
    engine.attach()
    engine.pause(0.3)
    assert len(registrar.accepted) == 4, "the agent had unregistered: that stays so"
    engine.stop()
    registrar.close()


def test_alone_and_idle_it_ends(engines: Engines) -> None:
    engine = engines(alone_unregister_s=0.1, alone_exit_s=0.3)
    engine.leave()
    assert engine.wait_for_end() == "exit code 0"


def test_it_ends_a_while_after_its_last_call(engines: Engines, sipp: sip.SippRunner) -> None:
    engine = engines(alone_unregister_s=0.1, alone_exit_s=0.5)
    caller = sipp.call("call_and_bye", engine.port, pause_ms=900)
    incoming = engine.wait(m.IncomingCall)
    engine.send(m.Answer(call_id=incoming.call_id))
    engine.wait(m.CallAnswered)
    engine.leave()
    caller.check()  # it lived through the call
    assert engine.alive
    assert engine.wait_for_end() == "exit code 0"


SHORT = {"alone_unregister_s": 0.1, "alone_exit_s": 0.4, "alone_call_s": 1.0}


@pytest.mark.parametrize("held", [False, True])
def test_alone_in_a_call_whose_other_side_has_died_it_ends(engines: Engines, held: bool) -> None:
    phone, other = engines(**SHORT), engines()
    call_id = connected(other, phone)
    if held:
        phone.send(m.Hold(call_id=call_id))
        phone.wait(m.CallHeld)
    phone.leave()
    other.pause(2.0)
    assert phone.alive, "somebody is there, on hold or not"
    other.kill()
    assert phone.wait_for_end() == "exit code 0"
    (left,) = [text for text in json.loads((phone.folder / "left.json").read_text()) if "CallEnded" in text]
    assert "Nobody is there" in left


def test_an_engine_whose_folder_is_gone_ends_though_it_is_in_a_call(engines: Engines) -> None:
    phone, other = engines(**SHORT), engines()
    connected(other, phone)
    shutil.rmtree(phone.folder)
    phone.leave()
    other.wait(m.CallEnded)
    assert phone.wait_for_end() == "exit code 0"
    assert not phone.folder.exists()


def test_an_engine_whose_folder_was_made_anew_leaves_the_new_one_alone(engines: Engines) -> None:
    old, new = engines(**SHORT), engines(ready=False)
    shutil.rmtree(old.folder)
    new.folder = old.folder
    new.start()
    old.leave()
    assert old.wait_for_end() == "exit code 0"
    address = running(new.folder)
    assert address is not None
    assert new.process is not None
    assert address.pid == new.process.pid


def test_alone_it_does_not_stay_for_ever_whatever_goes_on(engines: Engines) -> None:
    phone, other = engines(alone_unregister_s=0.1, alone_at_most_s=0.5), engines()
    connected(other, phone)
    phone.leave()
    assert other.wait(m.CallEnded).by == "remote"
    assert phone.wait_for_end() == "exit code 0"


def test_no_password_in_what_is_printed() -> None:
    account = m.SipAccount(user="1001", domain="pbx", password="s3cret")
    assert "s3cret" not in repr(m.Configure(account=account))
    assert "4929" not in repr(m.SendDigits(call_id="a", digits="4929"))
    assert msgspec.json.encode(account).count(b"s3cret") == 1
