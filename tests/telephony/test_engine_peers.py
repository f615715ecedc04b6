"""Habits of other phones and exchanges, played by SIPp: holding, glare, late offers, crossing requests, odd headers."""

import re
from collections.abc import Callable

import psutil
import pytest

from agent_desktop.telephony import messages as m
from agent_desktop.telephony.ring_gate import RingGate
from tests.support import sip
from tests.support.talk import answered, ended, ring
from tests.support.voice import Voice, converse

Engines = Callable[..., sip.EngineDriver]
CUSTOMER, COLLEAGUE, AGENT = 400.0, 700.0, 1600.0


def number_of_answers(caller: sip.Sipp, what: str) -> int:
    return len(caller.received(what))


# ------------------------------------------------------------ holding


@pytest.mark.parametrize(
    ("address", "direction"),
    [("0.0.0.0", "sendrecv"), ("0.0.0.0", "sendonly"), ("127.0.0.1", "sendonly"), ("127.0.0.1", "inactive")],
)
def test_the_other_side_holds_us_in_the_old_and_the_new_way(
    engine: sip.EngineDriver, sipp: sip.SippRunner, address: str, direction: str
) -> None:
    caller = sipp.call("call_holds_and_resumes", engine.port, hold_ip=address, hold_direction=direction)
    call_id = answered(engine)
    held = engine.wait(m.CallHeld)
    assert (held.call_id, held.by_remote) == (call_id, True)
    back = engine.wait(m.CallResumed)
    assert (back.call_id, back.by_remote) == (call_id, True)
    ended = engine.wait(m.CallEnded)
    assert (ended.by, ended.hold_s) == ("remote", 0.0), "it was not us who held"
    caller.check()
    answer = caller.received("SIP/2.0 200")[1]
    expected = {"sendonly": "recvonly", "inactive": "inactive"}.get(direction, "sendrecv")
    assert re.search(r"(?m)^a=(sendrecv|sendonly|recvonly|inactive)", answer)[1] == expected  # type: ignore[index]


def test_a_reinvite_without_an_offer_gets_ours(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    caller = sipp.call("call_and_ask_for_an_offer", engine.port)
    answered(engine)
    assert engine.wait(m.CallEnded).by == "remote"
    caller.check()
    assert "m=audio" in caller.received("SIP/2.0 200")[1]
    assert not engine.of(m.CallHeld)


# ------------------------------------------------------------ glare


def test_a_hold_that_met_a_change_of_theirs_is_tried_again(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    caller = sipp.call("call_refuses_reinvite_once", engine.port)
    call_id = answered(engine)
    engine.send(m.Hold(call_id=call_id))
    held = engine.wait(m.CallHeld)
    assert (held.call_id, held.by_remote) == (call_id, False)
    engine.send(m.HangUp(call_id=call_id))
    engine.wait(m.CallEnded)
    caller.check()
    assert len(caller.received("INVITE")) == 2
    assert not engine.of(m.EngineTrouble)


def test_a_change_of_theirs_that_meets_ours_is_refused_and_may_come_again(
    engine: sip.EngineDriver, sipp: sip.SippRunner
) -> None:
    caller = sipp.call("call_reinvites_into_ours", engine.port)
    call_id = answered(engine)
    engine.send(m.Hold(call_id=call_id))
    engine.wait(m.CallHeld)
    sip.until(lambda: number_of_answers(caller, "SIP/2.0 200") >= 2, "their second re-INVITE is taken")
    engine.send(m.HangUp(call_id=call_id))
    assert engine.wait(m.CallEnded).hold_s > 0
    caller.check()
    assert not engine.of(m.CallResumed)


def test_two_of_us_who_hold_each_other_at_once_are_both_held(engines: Engines) -> None:
    phone, other = engines(), engines()
    other.send(m.Dial(call_id="out", target=phone.uri))
    call_id = answered(phone)
    other.wait(m.CallAnswered)
    phone.send(m.Hold(call_id=call_id))
    other.send(m.Hold(call_id="out"))
    for one in (phone, other):
        assert {one.wait(m.CallHeld).by_remote for _ in range(2)} == {True, False}
    phone.send(m.Resume(call_id=call_id))
    other.send(m.Resume(call_id="out"))
    for one in (phone, other):
        assert {one.wait(m.CallResumed).by_remote for _ in range(2)} == {True, False}
        assert not one.of(m.EngineTrouble)


def test_a_hold_that_they_refuse_is_told_and_is_a_hold_all_the_same(engine: sip.EngineDriver) -> None:
    """What is said to a colleague meanwhile must not reach a customer whose phone does not agree to be held."""
    customer, colleague = Voice(engine.port, CUSTOMER), Voice(engine.port, COLLEAGUE)
    try:
        one, two = customer.talks_to(engine, "customer"), colleague.talks_to(engine, "colleague")
        tone = str(sip.tone(engine.folder / "agent.wav", hertz=AGENT))
        for call_id in (one, two):
            engine.send(m.Play(call_id=call_id, path=tone, loop=True))
        engine.send(m.Hold(call_id=one))
        converse([customer, colleague])
        assert not customer.hears(AGENT), "from the order on, whatever their phone will say"
        customer.refuse_reinvite()
        held = engine.wait(m.CallHeld)
        assert (held.call_id, held.by_remote, held.refused) == (one, False, True)
        assert engine.of(m.EngineTrouble)[0].kind == "call"
        customer.send(customer.later("customer", "INVITE", 2, body=customer.sdp()))  # media made anew
        assert customer.final("customer") == 200
        converse([customer, colleague])
        assert [customer.hears(AGENT), colleague.hears(AGENT)] == [False, True]
        assert [customer.hears(COLLEAGUE), colleague.hears(CUSTOMER)] == [False, False]
        engine.leave()
        (state,) = [call for call in engine.attach().calls if call.call_id == one]
        assert (state.held, state.hold_refused) == (True, True)
        engine.send(m.Resume(call_id=one))
        assert not engine.wait(m.CallResumed).by_remote
        converse([customer, colleague])
        assert customer.hears(AGENT)
        engine.send(m.HangUp(call_id=one))
        assert ended(engine, one).hold_s > 0.5
    finally:
        customer.close()
        colleague.close()


def test_a_hold_ordered_in_the_moment_of_the_answer_is_carried_out(engines: Engines) -> None:
    phone, other = engines(), engines()
    other.send(m.Dial(call_id="out", target=phone.uri))
    call_id = ring(phone).call_id
    phone.send(m.Answer(call_id=call_id))
    phone.wait(m.CallAnswered)
    phone.send(m.Hold(call_id=call_id))
    phone.send(m.Resume(call_id=call_id))
    phone.send(m.Hold(call_id=call_id))
    assert other.wait(m.CallHeld).by_remote
    phone.wait(m.CallHeld)
    phone.pause(0.3)
    assert isinstance([one for one in phone.heard if isinstance(one, m.CallHeld | m.CallResumed)][-1], m.CallHeld)
    assert not phone.of(m.CommandFailed)


# ------------------------------------------------------------ ends that cross


def test_whoever_hangs_up_twice_has_hung_up_once(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    caller = sipp.call("call_and_bye_twice", engine.port)
    call_id = answered(engine)
    engine.wait(m.CallEnded)
    caller.check()
    assert [one.call_id for one in engine.of(m.CallEnded)] == [call_id]


def test_both_hang_up_at_once(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    caller = sipp.call("call_and_bye_into_ours", engine.port)
    call_id = answered(engine)
    engine.send(m.HangUp(call_id=call_id))
    ended = engine.wait(m.CallEnded)
    assert (ended.call_id, ended.by, ended.answered) == (call_id, "local", True)
    caller.check()
    assert len(engine.of(m.CallEnded)) == 1


def test_a_cancel_that_crosses_our_answer_ends_every_call_once(engine: sip.EngineDriver, caller: sip.RawCaller) -> None:
    who = b"<sip:+48601442190@127.0.0.1>;tag=x"
    codes = set()
    for number in range(20):
        call_id = f"cross{number}"
        caller.send(caller.invite(call_id, sender=who))
        incoming = ring(engine)
        cancel = caller.request("CANCEL", call_id, b"", who)
        if number % 2:
            engine.send(m.Answer(call_id=incoming.call_id))
            caller.send(cancel)
        else:
            caller.send(cancel)
            engine.send(m.Answer(call_id=incoming.call_id))
        code = caller.final(call_id)
        codes.add(code)
        if code == 200:
            caller.hang_up(call_id)
        ended = engine.wait(m.CallEnded)
        assert (ended.call_id, ended.by, ended.answered) == (incoming.call_id, "remote", code == 200)
    assert codes <= {200, 487}
    engine.rewind()
    assert len(engine.of(m.CallEnded)) == 20


def test_a_cancel_after_our_answer_changes_nothing(engine: sip.EngineDriver, caller: sip.RawCaller) -> None:
    who = b"<sip:+48601442190@127.0.0.1>;tag=x"
    caller.send(caller.invite("late", sender=who))
    answered(engine)
    caller.send(caller.request("CANCEL", "late", b"", who))
    assert caller.final("late") == 200
    caller.hang_up("late")
    ended = engine.wait(m.CallEnded)
    assert (ended.by, ended.answered, ended.code) == ("remote", True, 200)


def test_the_desktop_hears_of_a_cancel_before_its_caller_has_the_answer(
    engine: sip.EngineDriver, caller: sip.RawCaller
) -> None:
    who = b"<sip:+48601442190@127.0.0.1>;tag=x"
    for number in range(20):
        caller.send(caller.invite(f"gone{number}", sender=who))
        call_id = ring(engine).call_id
        caller.send(caller.request("CANCEL", f"gone{number}", b"", who))
        assert caller.final(f"gone{number}") == 487
        engine.hear()
        assert [one.call_id for one in engine.of(m.CallEnded)][number:] == [call_id]


def test_no_caller_knows_of_the_end_while_a_desktop_shows_the_call(
    engine: sip.EngineDriver, caller: sip.RawCaller
) -> None:
    who = b"<sip:+48601442190@127.0.0.1>;tag=x"
    gate, waited = RingGate(engine.folder), []
    for number in range(10):  # a machine that stands still for longer than anybody waits proves nothing
        caller.send(caller.invite(f"gone{number}", sender=who))
        call_id = ring(engine).call_id
        assert gate.enter()
        caller.send(caller.request("CANCEL", f"gone{number}", b"", who))
        engine.wait(m.CallEnded, lambda one, key=call_id: one.call_id == key)
        waited.append(not [text for text in caller.answers(0.01) if text.startswith("SIP/2.0 487")])
        gate.leave()
        if waited[-1]:
            assert caller.final(f"gone{number}") == 487
            break
    assert waited[-1]


# ------------------------------------------------------------ what comes along


def test_seven_diversions_arrive_in_their_order(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    lines = [f"Diversion: <sip:+4822100200{number}@pbx.example>;reason=no-answer;counter=1" for number in range(7)]
    caller = sipp.call("call_and_bye", engine.port, headers="\n".join(lines))
    incoming = ring(engine)
    assert [f"{name}: {value}" for name, value in incoming.headers if name == "Diversion"] == lines
    engine.send(m.Answer(call_id=incoming.call_id))
    engine.wait(m.CallEnded)
    caller.check()


def test_digits_by_info_in_every_usual_form(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    caller = sipp.call("call_and_send_info", engine.port)
    answered(engine)
    engine.wait(m.CallEnded)
    caller.check()
    assert [one.digit for one in engine.of(m.DigitReceived)] == ["7", "9", "*"]


def test_nobody_makes_us_call_somebody(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    outside = sipp.call("refer_out_of_dialog", engine.port)
    outside.check()
    inside = sipp.call("refer_in_dialog", engine.port)
    answered(engine)
    engine.wait(m.CallEnded)
    inside.check()
    assert not engine.of(m.Dialling)
    assert not engine.of(m.TransferRequested)


# ------------------------------------------------------------ many


def test_twenty_calls_at_five_a_second_leave_no_descriptor_behind(
    engine: sip.EngineDriver, sipp: sip.SippRunner
) -> None:
    assert engine.process is not None
    process = psutil.Process(engine.process.pid)
    many(engine, sipp, 2)
    before = process.num_fds()
    many(engine, sipp, 20)
    sip.until(lambda: process.num_fds() <= before, f"{process.num_fds()} descriptors, {before} before")


@pytest.mark.soak
@pytest.mark.timeout(300)
def test_two_hundred_calls_at_five_a_second_leave_no_memory_behind(
    engine: sip.EngineDriver, sipp: sip.SippRunner
) -> None:
    assert engine.process is not None
    process = psutil.Process(engine.process.pid)
    many(engine, sipp, 60)
    before, rss = process.num_fds(), process.memory_info().rss
    many(engine, sipp, 140)
    sip.until(lambda: process.num_fds() <= before, f"{process.num_fds()} descriptors, {before} before")
    grown = (process.memory_info().rss - rss) / 1e6
    assert grown < 5, f"{grown:.1f} MB more after 140 calls"


def many(engine: sip.EngineDriver, sipp: sip.SippRunner, calls: int) -> None:
    """Answer so many calls of SIPp, five a second; they hang up."""
    caller = sipp.call("call_and_bye", engine.port, calls=calls, rate=5, pause_ms=150, at_once=2)
    taken = {call.call_id for call in engine.of(m.IncomingCall)}
    for _ in range(calls):
        engine.rewind()  # on a slow machine the second of two rings before the first has ended
        call_id = engine.wait(m.IncomingCall, lambda call: call.call_id not in taken).call_id
        taken.add(call_id)
        engine.send(m.Answer(call_id=call_id))
        over = ended(engine, call_id)
        assert (over.by, over.answered) == ("remote", True)
        engine.send(m.Acknowledge(seq=over.seq))
    caller.check(within_s=120)
