"""Transfers as all three sides see them: blind, attended, refused, and a dialog that takes another one's place."""

import re
from collections.abc import Callable

import pytest

from agent_desktop.telephony import messages as m
from agent_desktop.telephony.headers import handoff
from agent_desktop.telephony.trouble import Trouble
from tests.support import sip
from tests.support.talk import answered, connected, dial, ended, ring

Engines = Callable[..., sip.EngineDriver]
INTERACTION = (("X-Interaction-Id", "0197 ü&?;="), ("User-to-User", "34373131;encoding=hex"))


# ------------------------------------------------------------ blind


def test_blind_transfer_ends_our_leg_after_the_other_side_reports_success(
    engine: sip.EngineDriver, sipp: sip.SippRunner
) -> None:
    caller = sipp.call("call_and_follow_refer", engine.port)
    call_id = answered(engine)
    engine.send(m.Transfer(call_id=call_id, target="sip:200@127.0.0.1:21999", headers=(("X-Interaction-Id", "0197"),)))
    final = engine.wait(m.TransferProgress, lambda progress: progress.final)
    assert final.code == 200
    ended = engine.wait(m.CallEnded)
    assert (ended.call_id, ended.by, ended.answered) == (call_id, "engine", True)
    caller.check()
    refer = caller.received("REFER")[0]
    assert re.search(r"(?m)^Refer-To: <sip:200@127.0.0.1:21999\?X-Interaction-Id=0197>\s*$", refer)
    assert "X-Interaction-Id: 0197" in refer


@pytest.mark.parametrize(("scenario", "code"), [("call_and_fail_refer", 486), ("call_and_refuse_refer", 603)])
def test_a_transfer_that_fails_keeps_the_call(
    engine: sip.EngineDriver, sipp: sip.SippRunner, scenario: str, code: int
) -> None:
    caller = sipp.call(scenario, engine.port)
    call_id = answered(engine)
    engine.send(m.Transfer(call_id=call_id, target="sip:200@127.0.0.1:21999"))
    final = engine.wait(m.TransferProgress, lambda progress: progress.final)
    assert final.code == code
    ended = engine.wait(m.CallEnded)
    assert ended.by == "remote"
    caller.check()


def test_a_transfer_nobody_speaks_of_any_more_ends_and_can_be_tried_again(
    engines: Engines, sipp: sip.SippRunner
) -> None:
    engine = engines(transfer_within_s=0.4)
    caller = sipp.call("call_and_forget_refer", engine.port)
    call_id = answered(engine)
    engine.send(m.Transfer(call_id=call_id, target="sip:200@127.0.0.1:21999"))
    final = engine.wait(m.TransferProgress, lambda progress: progress.final)
    assert (final.call_id, final.code) == (call_id, m.TRANSFER_UNHEARD)
    assert not engine.of(m.CallEnded)
    engine.send(m.Transfer(call_id=call_id, target="sip:200@127.0.0.1:21999"))
    assert engine.wait(m.TransferProgress, lambda progress: progress.final).code == 200
    assert engine.wait(m.CallEnded).by == "engine"
    caller.check()


def test_a_practice_caller_follows_a_transfer_an_agents_phone_does_not(engines: Engines) -> None:
    phone, practice, third = engines(), engines(follow_transfers=True), engines()
    dial(practice, phone.port)
    call_id = answered(phone)
    phone.send(m.Transfer(call_id=call_id, target=third.uri))
    asked = practice.wait(m.TransferRequested)
    assert asked.target.strip("<>") == third.uri
    answered(third)
    practice.wait(m.CallAnswered, lambda one: one.call_id == asked.new_call_id)
    assert phone.wait(m.CallEnded).by == "engine"
    practice.wait(m.CallEnded, lambda one: one.call_id == "out")
    assert not third.of(m.CallEnded)
    third.send(m.Transfer(call_id=third.of(m.IncomingCall)[0].call_id, target=phone.uri))
    phone_2 = ring(phone)  # practice obeys again; an agent's phone is asked next
    phone.send(m.Answer(call_id=phone_2.call_id))
    second = practice.wait(m.TransferRequested).new_call_id
    practice.wait(m.CallAnswered, lambda one: one.call_id == second)
    practice.send(m.Transfer(call_id=second, target=third.uri))
    refused = practice.wait(m.TransferProgress, lambda progress: progress.final)
    assert refused.code == 603
    assert not phone.of(m.TransferRequested)


def test_what_goes_along_reaches_whom_the_caller_is_sent_to(engines: Engines) -> None:
    phone, practice, third = engines(), engines(follow_transfers=True), engines()
    call_id = connected(practice, phone)
    phone.send(m.Transfer(call_id=call_id, target=third.uri + "?X-Evil=1", headers=INTERACTION))
    headers = ring(third).headers
    assert ("X-Interaction-Id", "0197 ü&?;=") in headers
    assert handoff(headers).uui == "4711"
    assert handoff(headers).referred_by == "callee", "as whom the caller called us"
    assert not [name for name, _ in headers if name == "X-Evil"]


# ------------------------------------------------------------ attended


def test_attended_transfer_joins_the_two_others(engines: Engines) -> None:
    phone, practice, third = engines(), engines(follow_transfers=True), engines()
    call_id = connected(practice, phone)
    phone.send(m.Hold(call_id=call_id))
    phone.wait(m.CallHeld)
    consult = connected(phone, third, "consult", headers=INTERACTION)
    phone.send(m.TransferToCall(call_id=call_id, to_call_id="consult", headers=INTERACTION))
    new = third.wait(m.IncomingCall)
    assert new.replaces == consult
    assert ("X-Interaction-Id", "0197 ü&?;=") in new.headers
    assert handoff(new.headers).uui == "4711"
    assert handoff(new.headers).referred_by == "callee", "as whom the caller called us"
    third.wait(m.CallAnswered, lambda event: event.call_id == new.call_id)
    assert third.wait(m.CallReplaced).by_call_id == new.call_id
    old = third.wait(m.CallEnded)
    assert (old.call_id, old.code, old.by, old.answered) == (consult, 200, "remote", True)
    final = phone.wait(m.TransferProgress, lambda progress: progress.final)
    assert (final.call_id, final.code) == (call_id, 200)
    for one in (call_id, "consult"):
        assert ended(phone, one).answered
    assert ended(phone, call_id).by == "engine"
    asked = practice.wait(m.TransferRequested)
    practice.wait(m.CallAnswered, lambda event: event.call_id == asked.new_call_id)
    practice.wait(m.CallEnded, lambda event: event.call_id == "out")
    practice.send(m.HangUp(call_id=asked.new_call_id))
    assert third.wait(m.CallEnded).call_id == new.call_id
    assert not phone.of(m.CommandFailed)


def test_the_refer_names_the_dialog_that_is_to_be_replaced(engines: Engines, sipp: sip.SippRunner) -> None:
    phone, third = engines(), engines()
    caller = sipp.call("call_and_follow_refer", phone.port)
    call_id = answered(phone)
    connected(phone, third, "consult")
    phone.send(m.TransferToCall(call_id=call_id, to_call_id="consult", headers=(("X-Interaction-Id", "0197"),)))
    phone.wait(m.TransferProgress, lambda progress: progress.final)
    caller.check()
    dialog = third.of(m.IncomingCall)[0]
    tag = re.search(r"tag=(\S+)", dict(dialog.headers)["From"])
    assert tag is not None
    refer = caller.received("REFER")[0]
    target = re.search(
        r"(?m)^Refer-To: <sip:[^@]+@127.0.0.1:(\d+)\?Replaces=(\S+?)%3Bto-tag%3D\S+?%3Bfrom-tag%3D(\S+?)&", refer
    )
    assert target is not None, refer
    assert target.groups() == (str(third.port), dialog.sip_call_id, tag[1])
    assert "&Require=replaces&X-Interaction-Id=0197>" in refer
    assert re.search(r"(?m)^X-Interaction-Id: 0197\s*$", refer)
    assert re.search(r"(?m)^Referred-By: ", refer)
    assert ended(phone, "consult").by == "engine"


def test_a_consultation_of_somebody_who_called_us_can_be_completed_too(engines: Engines) -> None:
    phone, practice, third = engines(), engines(follow_transfers=True), engines()
    call_id = connected(practice, phone)
    consult = connected(third, phone, "theirs")
    phone.send(m.TransferToCall(call_id=call_id, to_call_id=consult))
    assert phone.wait(m.TransferProgress, lambda progress: progress.final).code == 200
    assert third.wait(m.CallReplaced).call_id == "theirs"
    assert ended(third, "theirs").by == "remote"


@pytest.mark.parametrize(("scenario", "code"), [("call_and_fail_refer", 486), ("call_and_refuse_refer", 603)])
def test_an_attended_transfer_that_fails_keeps_both_calls(
    engines: Engines, sipp: sip.SippRunner, scenario: str, code: int
) -> None:
    phone, third = engines(), engines()
    caller = sipp.call(scenario, phone.port)
    call_id = answered(phone)
    connected(phone, third, "consult")
    phone.send(m.TransferToCall(call_id=call_id, to_call_id="consult"))
    assert phone.wait(m.TransferProgress, lambda progress: progress.final).code == code
    assert phone.wait(m.CallEnded).by == "remote", "this caller hangs up by itself"
    caller.check()
    phone.send(m.SendDigits(call_id="consult", digits="5"))
    assert third.wait(m.DigitReceived).digit == "5"
    assert not third.of(m.CallEnded)


def test_a_consultation_is_taken_back(engines: Engines) -> None:
    phone, other, third = engines(), engines(), engines()
    call_id = connected(other, phone)
    phone.send(m.Hold(call_id=call_id))
    phone.wait(m.CallHeld)
    connected(phone, third, "consult")
    phone.send(m.HangUp(call_id="consult"))
    phone.send(m.Resume(call_id=call_id))
    assert phone.wait(m.CallEnded).call_id == "consult"
    assert ended(third, third.of(m.IncomingCall)[0].call_id).by == "remote"
    phone.rewind()
    assert phone.wait(m.CallResumed).call_id == call_id
    assert other.wait(m.CallResumed).by_remote
    assert not other.of(m.CallEnded)


def test_what_cannot_be_joined_is_said_in_words(engines: Engines) -> None:
    phone, other, third = engines(), engines(), engines()
    call_id = connected(other, phone)
    dial(phone, third.port, "consult")
    ring(third)
    for to_call in (call_id, "consult", "gone"):
        phone.send(m.TransferToCall(call_id=call_id, to_call_id=to_call))
        failed = phone.wait(m.CommandFailed)
        assert (failed.command, failed.call_id) == ("TransferToCall", call_id)
        assert failed.trouble in set(Trouble)
    assert not phone.of(m.TransferProgress)


# ------------------------------------------------------------ a dialog takes another one's place


def test_who_is_held_or_muted_stays_so_under_the_new_dialog(engines: Engines) -> None:
    phone, practice, third = engines(), engines(follow_transfers=True), engines()
    call_id = connected(practice, phone)
    consult = connected(phone, third, "consult")
    third.send(m.Mute(call_id=consult, on=True))
    third.wait(m.CallMuted)
    third.send(m.Hold(call_id=consult))
    third.wait(m.CallHeld)
    phone.send(m.TransferToCall(call_id=call_id, to_call_id="consult"))
    new = third.wait(m.CallReplaced).by_call_id
    third.wait(m.CallMuted, lambda event: event.call_id == new and event.on)
    third.rewind()
    assert not third.wait(m.CallHeld, lambda event: event.call_id == new).by_remote
    assert practice.wait(m.CallHeld, lambda event: event.call_id != "out").by_remote


def test_an_invite_that_replaces_nothing_is_refused(engine: sip.EngineDriver, caller: sip.RawCaller) -> None:
    for number, value in enumerate((b"nobody@nowhere;to-tag=1;from-tag=2", b"x", b"", b";;;", b"a;to-tag=1")):
        caller.send(caller.invite(f"replace{number}", b"Replaces: " + value + b"\r\n"))
        code = caller.final(f"replace{number}") if value.count(b"tag") == 2 else 0
        assert code in (0, 481)
    caller.send(caller.invite("good"))
    engine.wait(m.IncomingCall, lambda call: call.sip_call_id == "good")


# ------------------------------------------------------------ redirection


def test_a_ringing_call_is_sent_elsewhere(engine: sip.EngineDriver, caller: sip.RawCaller) -> None:
    caller.send(caller.invite("elsewhere"))
    call_id = ring(engine).call_id
    engine.send(m.Redirect(call_id=call_id, target="601442190"))
    assert engine.wait(m.CommandFailed).command == "Redirect"
    engine.send(m.Redirect(call_id=call_id, target="sip:voicemail@127.0.0.1:5070"))
    assert caller.final("elsewhere") == 302
    contacts = re.findall(r"(?m)^Contact: (.*?)\s*$", caller.finals["elsewhere"])
    assert contacts == ["<sip:voicemail@127.0.0.1:5070>"]
    gone = engine.wait(m.CallEnded)
    assert (gone.call_id, gone.code, gone.by, gone.answered) == (call_id, 302, "local", False)
    engine.send(m.Redirect(call_id=call_id, target="sip:voicemail@127.0.0.1:5070"))
    assert engine.wait(m.CommandFailed).trouble == Trouble.CALL_ENDED


def test_an_answered_call_cannot_be_redirected(engines: Engines) -> None:
    phone, other = engines(), engines()
    call_id = connected(other, phone)
    phone.send(m.Redirect(call_id=call_id, target=other.uri))
    assert phone.wait(m.CommandFailed).command == "Redirect"


def test_a_call_does_not_ring_for_ever(engines: Engines) -> None:
    phone = engines(ring_at_most_s=0.4)
    caller = sip.RawCaller(phone.port)
    caller.send(caller.invite("forgotten"))
    call_id = ring(phone).call_id
    assert caller.final("forgotten") == 480
    gone = phone.wait(m.CallEnded)
    assert (gone.call_id, gone.by, gone.answered) == (call_id, "engine", False)
    caller.close()
