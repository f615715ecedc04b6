"""Calls as a caller and a desktop see them: real SIP over loopback, SIPp on the other side."""

import re
from collections.abc import Callable

import pytest

from agent_desktop.telephony import messages as m
from agent_desktop.telephony.trouble import Trouble
from tests.support import sip
from tests.support.talk import answered, dial, ring

Engines = Callable[..., sip.EngineDriver]


# ------------------------------------------------------------ incoming


def test_a_call_is_answered_and_the_caller_hangs_up(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    caller = sipp.call("call_and_bye", engine.port, headers="X-Queue: support\nX-Call-Linkedid: 1700000000.1")
    incoming = ring(engine)
    assert ("X-Queue", "support") in incoming.headers
    assert ("X-Call-Linkedid", "1700000000.1") in incoming.headers
    assert dict(incoming.headers)["From"].startswith('"Jadwiga Nowak" <sip:+48601442190@')
    assert incoming.source == f"127.0.0.1:{caller.port}"
    assert incoming.request_uri == f"sip:agent@127.0.0.1:{engine.port}"
    assert not incoming.cut
    engine.send(m.Answer(call_id=incoming.call_id))
    engine.wait(m.CallAnswered, lambda one: one.call_id == incoming.call_id)
    ended = engine.wait(m.CallEnded)
    assert (ended.call_id, ended.code, ended.by, ended.answered) == (incoming.call_id, 200, "remote", True)
    assert not ended.elsewhere
    caller.check()
    assert len(caller.received("SIP/2.0 180")) == 1


def test_we_hang_up_an_answered_call(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    caller = sipp.call("call_until_bye", engine.port)
    call_id = answered(engine)
    engine.send(m.HangUp(call_id=call_id))
    ended = engine.wait(m.CallEnded)
    assert (ended.call_id, ended.code, ended.by, ended.answered) == (call_id, 200, "local", True)
    caller.check()


def test_the_caller_gives_up(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    caller = sipp.call("call_and_cancel", engine.port)
    call_id = ring(engine).call_id
    ended = engine.wait(m.CallEnded)
    assert (ended.call_id, ended.code, ended.by, ended.answered) == (call_id, 487, "remote", False)
    assert not ended.elsewhere
    caller.check()


def test_another_phone_took_the_call(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    reason = 'Reason: Q.850;cause=26, SIP;cause=200;text="Call completed elsewhere"'
    caller = sipp.call("call_and_cancel", engine.port, headers=reason)
    ring(engine)
    ended = engine.wait(m.CallEnded)
    assert (ended.code, ended.by, ended.elsewhere) == (487, "remote", True)
    caller.check()


@pytest.mark.parametrize("code", [480, 486, 603])
def test_we_reject_a_call(engine: sip.EngineDriver, sipp: sip.SippRunner, code: int) -> None:
    caller = sipp.call(f"call_refused_{code}", engine.port)
    call_id = ring(engine).call_id
    engine.send(m.Reject(call_id=call_id, code=code))
    ended = engine.wait(m.CallEnded)
    assert (ended.call_id, ended.code, ended.by, ended.answered) == (call_id, code, "local", False)
    caller.check()


def test_hanging_up_a_ringing_call_declines_it(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    caller = sipp.call("call_refused_603", engine.port)
    engine.send(m.HangUp(call_id=ring(engine).call_id))
    assert engine.wait(m.CallEnded).code == 603
    caller.check()


def test_an_invite_without_sdp_gets_the_offer_in_our_answer(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    caller = sipp.call("call_without_sdp", engine.port)
    answered(engine)
    assert engine.wait(m.CallEnded).by == "remote"
    caller.check()
    assert "m=audio" in caller.received("SIP/2.0 200")[0]


def test_two_calls_at_once(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    first = sipp.call("call_until_bye", engine.port)
    one = answered(engine)
    second = sipp.call("call_until_bye", engine.port)
    two = answered(engine)
    engine.send(m.HangUp(call_id=one))
    engine.wait(m.CallEnded, lambda ended: ended.call_id == one)
    first.check()
    assert second.process.poll() is None
    engine.send(m.HangUp(call_id=two))
    engine.wait(m.CallEnded, lambda ended: ended.call_id == two)
    second.check()


def test_each_of_five_calls_at_once_leaves_a_record(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    callers = [sipp.call("call_refused_480", engine.port) for _ in range(3)]  # they ring until they are told
    taken = {ring(engine).call_id for _ in range(3)}
    extra = sipp.call("call_refused_486", engine.port, calls=2, rate=200)
    refused = [engine.wait(m.IncomingCall, lambda call: call.refused) for _ in range(2)]
    extra.check()
    for call_id in taken:
        engine.send(m.Reject(call_id=call_id, code=480))
    engine.rewind()
    ended = {one.call_id: one for one in (engine.wait(m.CallEnded) for _ in range(5))}
    assert set(ended) == taken | {call.call_id for call in refused}
    for call in refused:
        assert (ended[call.call_id].code, ended[call.call_id].by) == (486, "engine")
    for caller in callers:
        caller.check()


def test_a_burst_of_calls_is_survived_and_recorded(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    burst = sipp.call("call_refused_486", engine.port, calls=3)  # these three fill the engine
    taken = [ring(engine).call_id for _ in range(3)]
    flood = sipp.call("call_refused_486", engine.port, calls=80, rate=400)
    flood.check()
    assert engine.alive
    refused = [engine.wait(m.IncomingCall, lambda call: call.refused) for _ in range(80)]
    assert len({call.sip_call_id for call in refused}) == 80
    for call_id in taken:
        engine.send(m.Reject(call_id=call_id))
    burst.check()


def test_calls_cancelled_at_once_are_all_recorded(engine: sip.EngineDriver, caller: sip.RawCaller) -> None:
    who = b"<sip:+48601442190@127.0.0.1>;tag=x"
    for number in range(30):
        call_id = f"race{number}"
        caller.send(caller.invite(call_id, sender=who))
        caller.send(caller.request("CANCEL", call_id, b"", who))
        assert caller.final(call_id) == 487
    for number in range(30):
        incoming = engine.wait(m.IncomingCall)
        assert incoming.sip_call_id == f"race{number}"
    engine.rewind()
    assert {engine.wait(m.CallEnded).by for _ in range(30)} == {"remote"}


# ------------------------------------------------------------ outgoing


def test_a_dialled_call_rings_is_answered_and_ended(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    callee = sipp.answer("answer")
    dial(engine, callee.port, headers=(("X-Interaction-Id", "0197"), ("X-Bad", "a\r\nX-Evil: 1")))
    assert engine.wait(m.Dialling).call_id == "out"
    progress = engine.wait(m.CallProgress)
    assert (progress.call_id, progress.code) == ("out", 180)
    engine.wait(m.CallAnswered)
    engine.send(m.HangUp(call_id="out"))
    ended = engine.wait(m.CallEnded)
    assert (ended.call_id, ended.code, ended.by, ended.answered) == ("out", 200, "local", True)
    callee.check()
    invite = callee.received("INVITE")[0]
    assert re.search(r"(?m)^X-Interaction-Id: 0197\s*$", invite)
    assert re.search(r"(?m)^X-Bad: a X-Evil: 1\s*$", invite)


def test_the_called_one_hangs_up(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    callee = sipp.answer("answer_and_bye")
    dial(engine, callee.port)
    engine.wait(m.CallAnswered)
    ended = engine.wait(m.CallEnded)
    assert (ended.code, ended.by, ended.answered) == (200, "remote", True)
    callee.check()


@pytest.mark.parametrize("code", [404, 486, 603])
def test_the_called_one_refuses(engine: sip.EngineDriver, sipp: sip.SippRunner, code: int) -> None:
    callee = sipp.answer(f"answer_{code}")
    dial(engine, callee.port)
    ended = engine.wait(m.CallEnded)
    assert (ended.code, ended.by, ended.answered) == (code, "remote", False)
    callee.check()


@pytest.mark.parametrize("before", ["sip:", ""])
def test_an_address_brings_no_headers_of_its_own(engines: Engines, before: str) -> None:
    phone, other = engines(), engines()
    address = f"{before}callee@127.0.0.1:{other.port}?X-Interaction-Id=forged&Alert-Info=auto-answer"
    phone.send(m.Dial(call_id="out", target=address, headers=(("X-Interaction-Id", "0197"),)))
    headers = ring(other).headers
    assert [value for name, value in headers if name == "X-Interaction-Id"] == ["0197"]
    assert "Alert-Info" not in dict(headers)
    phone.send(m.HangUp(call_id="out"))
    phone.send(m.Dial(call_id="asking", target=f"sip:who?@127.0.0.1:{other.port}"))
    assert ring(other).request_uri.startswith("sip:who?@127.0.0.1"), "a question mark may be part of the name"


def test_we_give_up_dialling(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    callee = sipp.answer("answer_never")
    dial(engine, callee.port)
    engine.wait(m.CallProgress)
    engine.send(m.HangUp(call_id="out"))
    ended = engine.wait(m.CallEnded)
    assert (ended.code, ended.by) == (487, "local")
    callee.check()


def test_giving_up_on_a_phone_that_says_nothing_does_not_wait_for_it(engine: sip.EngineDriver) -> None:
    silent = sip.RawCaller(0)
    dial(engine, silent.port)
    engine.wait(m.Dialling)
    engine.send(m.HangUp(call_id="out"))
    ended = engine.wait(m.CallEnded, within_s=20)  # the library would try for 32 s
    assert (ended.call_id, ended.by) == ("out", "local")
    silent.close()


def test_a_caller_may_bring_a_name_and_number_of_its_own(engines: Engines) -> None:
    phone, practice = engines(), engines()
    dial(practice, phone.port, from_user="+48601442190", from_name='Żaneta "Ż" 😀')
    headers = dict(ring(phone).headers)
    assert headers["From"].startswith('"Żaneta \\"Ż\\" 😀" <sip:+48601442190@127.0.0.1>')


@pytest.mark.parametrize(
    "target",
    ["601442190", "", "sip:a b@127.0.0.1", "sip:\x00@127.0.0.1", "sip:a@127.0.0.1\r\nX: y"],
)
def test_what_cannot_be_dialled_is_said_in_words(engine: sip.EngineDriver, target: str) -> None:
    engine.send(m.Dial(call_id="out", target=target))
    failed = engine.wait(m.CommandFailed)
    assert (failed.command, failed.call_id) == ("Dial", "out")
    assert failed.trouble in {*Trouble}
    assert not engine.of(m.Dialling)


def test_a_command_for_a_call_that_has_ended_fails_in_words(engine: sip.EngineDriver) -> None:
    for command in (m.Answer(call_id="gone"), m.Hold(call_id="gone"), m.Play(call_id="gone", path="")):
        engine.send(command)
        failed = engine.wait(m.CommandFailed)
        assert (failed.command, failed.trouble) == (type(command).__name__, Trouble.CALL_ENDED)


# ------------------------------------------------------------ in a call


def test_hold_and_resume_are_counted_and_seen_by_the_other_side(engines: Engines) -> None:
    phone, other = engines(), engines()
    dial(other, phone.port)
    call_id = answered(phone)
    other.wait(m.CallAnswered)
    phone.send(m.Hold(call_id=call_id))
    held = phone.wait(m.CallHeld)
    assert (held.call_id, held.by_remote) == (call_id, False)
    assert other.wait(m.CallHeld).by_remote
    phone.send(m.Resume(call_id=call_id))
    resumed = phone.wait(m.CallResumed)
    assert not resumed.by_remote
    assert other.wait(m.CallResumed).by_remote
    for _ in range(5):  # sound flows again in both directions
        other.wait(m.Levels)
    other.send(m.HangUp(call_id="out"))
    ended = phone.wait(m.CallEnded)
    assert ended.hold_s == pytest.approx((resumed.at_us - held.at_us) / 1e6, abs=0.05)
    assert ended.hold_s > 0
    assert other.wait(m.CallEnded).hold_s == 0


def test_mute_says_what_is_really_sent(engines: Engines) -> None:
    phone, other = engines(), engines()
    dial(other, phone.port)
    call_id = answered(phone)
    other.wait(m.CallAnswered)
    for on in (True, False):  # the microphone of an engine without devices is silent, but it is there
        phone.send(m.Mute(call_id=call_id, on=on))
        assert phone.wait(m.CallMuted).on is on
    phone.send(m.Play(call_id=call_id, path=str(sip.tone(phone.folder / "tone.wav")), loop=True))
    other.wait(m.Levels, lambda level: level.speaker > 0.3)
    phone.send(m.Mute(call_id=call_id, on=True))
    assert phone.wait(m.CallMuted).on
    other.wait(m.Levels, lambda level: level.speaker < 0.05)
    phone.send(m.Mute(call_id=call_id, on=False))
    assert not phone.wait(m.CallMuted).on
    other.wait(m.Levels, lambda level: level.speaker > 0.3)


def test_a_wav_ends_and_the_microphone_comes_back(engines: Engines) -> None:
    phone, other = engines(), engines()
    dial(other, phone.port, play=str(sip.tone(other.folder / "tone.wav", seconds=0.3)))
    call_id = answered(phone)
    for _ in range(9):  # what a dialled call says goes on and on
        phone.wait(m.Levels, lambda level: level.speaker > 0.3)
    assert len([level for level in phone.of(m.Levels) if level.speaker < 0.3]) < 9, "mostly loud"
    phone.send(m.Play(call_id=call_id, path=str(sip.tone(phone.folder / "tone.wav", seconds=0.4))))
    other.wait(m.Levels, lambda level: level.speaker > 0.3)
    other.wait(m.Levels, lambda level: level.speaker < 0.05)
    phone.send(m.Mute(call_id=call_id, on=True))
    assert phone.wait(m.CallMuted).on
    phone.send(m.Play(call_id=call_id, path="/nowhere.wav"))
    assert phone.wait(m.CommandFailed).command == "Play"


def test_sound_flows_again_after_a_rest(engines: Engines) -> None:
    phone, other = engines(), engines()
    tone = str(sip.tone(other.folder / "tone.wav"))
    for call_id in ("one", "two"):
        phone.pause(1.4)  # in which the engine stops the bridge
        dial(other, phone.port, call_id, play=tone)
        mine = answered(phone)
        phone.wait(m.Levels, lambda level, mine=mine: level.call_id == mine and level.speaker > 0.3)
        phone.send(m.HangUp(call_id=mine))
        phone.wait(m.CallEnded)


@pytest.mark.parametrize("method", ["rfc4733", "info"])
def test_digits_go_both_ways_and_never_into_the_log(engines: Engines, method: str) -> None:
    phone, other = engines(), engines()
    dial(other, phone.port)
    call_id = answered(phone)
    other.wait(m.CallAnswered)
    phone.send(m.SendDigits(call_id=call_id, digits="4929#", method=method))
    assert [other.wait(m.DigitReceived).digit for _ in range(5)] == ["4", "9", "2", "9", "#"]
    other.send(m.SendDigits(call_id="out", digits="7*", method=method))
    assert [phone.wait(m.DigitReceived).digit for _ in range(2)] == ["7", "*"]
    phone.send(m.SendDigits(call_id=call_id, digits="12x"))
    assert phone.wait(m.CommandFailed).command == "SendDigits"
    for engine in (phone, other):
        assert "4929" not in engine.log
        assert "Digits" not in engine.log.replace("SendDigits was not possible", "")


def test_levels_come_while_talking_only(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    caller = sipp.call("call_and_cancel", engine.port)
    ring(engine)
    engine.wait(m.CallEnded)
    assert not engine.of(m.Levels)
    caller.check()
    talker = sipp.call("call_and_bye", engine.port, pause_ms=1000)
    answered(engine)
    talked_s = (engine.wait(m.CallEnded).at_us - engine.of(m.CallAnswered)[0].at_us) / 1e6
    assert 3 <= len(engine.of(m.Levels)) <= 10 * talked_s + 3, "at most ten a second, fewer on a busy machine"
    talker.check()
