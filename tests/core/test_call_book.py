"""Calls from engine events: outcomes, records and restarts."""

from dataclasses import replace
from uuid import UUID, uuid5

import pytest

from agent_desktop import numbers
from agent_desktop.core.call import Call
from agent_desktop.core.call_book import CallBook
from agent_desktop.core.states import MOVES, CallState, may_follow
from agent_desktop.data import operations as op
from agent_desktop.data.words import Direction, Outcome
from agent_desktop.telephony import messages as m

SITE = UUID(int=7)
START = 1_790_000_000_000_000


def book(*, trusted: bool = True) -> CallBook:
    return CallBook(SITE, UUID(int=1), "PL", lambda source: trusted)


def invite(call_id: str = "a", at: int = START, **headers: str) -> m.IncomingCall:
    named = {"From": '"Marta K" <sip:+48601442190@pbx>;tag=1', "To": "<sip:agent@here>"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    return m.IncomingCall(
        seq=1,
        at_us=at,
        call_id=call_id,
        sip_call_id=f"sip-{call_id}",
        request_uri="sip:agent@here",
        headers=tuple(named.items()),
        source="127.0.0.1:5060",
    )


def ended(call_id: str = "a", at: int = START + 9_000_000, **more: object) -> m.CallEnded:
    values: dict[str, object] = {"code": 487, "reason": "", "by": "remote"} | more
    return m.CallEnded(seq=9, at_us=at, call_id=call_id, **values)  # type: ignore[arg-type]


def saved(calls: CallBook, call: Call) -> op.SaveInteraction:
    first = calls.records(call, START)[0]
    assert isinstance(first, op.SaveInteraction)
    return first


def test_the_ringing_call_has_number_name_queue_and_wait() -> None:
    calls = book()
    call = calls.handle(invite(X_Queue="Billing", X_Queue_Wait="48", X_Call_Linkedid="17.5"))
    assert call is not None
    view = calls.view(call)
    assert (view.number, view.name, view.queue, view.wait_s) == ("+48 601 442 190", "Marta K", "Billing", 48.0)
    assert view.can_answer
    assert view.emphasised
    assert call.interaction_id == uuid5(SITE, "17.5")


def test_a_stranger_is_not_believed() -> None:
    calls = book(trusted=False)
    call = calls.handle(invite(X_Queue="Billing", X_Call_Linkedid="17.5", X_Interaction_Id=str(UUID(int=5))))
    assert call is not None
    assert call.queue == ""
    assert call.interaction_id not in (UUID(int=5), uuid5(SITE, "17.5"))


def test_the_carried_interaction_id_is_kept_and_nonsense_is_not() -> None:
    carried = UUID(int=5)
    call = book().handle(invite(X_Interaction_Id=str(carried), X_Call_Linkedid="17.5"))
    assert call is not None
    assert call.interaction_id == carried
    call = book().handle(invite(X_Interaction_Id="'; drop table", X_Call_Linkedid="17.5"))
    assert call is not None
    assert call.interaction_id == uuid5(SITE, "17.5")


def test_without_ids_a_restart_means_the_same_row_and_ids_follow_time() -> None:
    first, again = book().handle(invite()), book().handle(invite())
    assert first is not None
    assert again is not None
    assert first.interaction_id == again.interaction_id
    assert first.interaction_id.version == 7
    later = book().handle(invite(at=START + 5_000_000))
    assert later is not None
    assert later.interaction_id > first.interaction_id


@pytest.mark.parametrize(
    ("end", "mark", "outcome"),
    [
        ({}, "", Outcome.MISSED),
        ({"elsewhere": True}, "", Outcome.ELSEWHERE),
        ({"by": "local", "code": 486}, "rejected", Outcome.REJECTED),
        ({"by": "engine", "code": 486}, "refused", Outcome.REFUSED),
        ({"by": "local", "code": 500}, "", Outcome.FAILED),
    ],
)
def test_an_incoming_call_that_was_not_answered(end: dict[str, object], mark: str, outcome: Outcome) -> None:
    calls = book()
    call = calls.handle(invite())
    assert call is not None
    if mark:
        setattr(call, mark, True)
    calls.handle(ended(**end))
    assert call.outcome is outcome
    assert saved(calls, call).outcome == outcome.value
    missed = [entry for entry in calls.records(call, START) if isinstance(entry, op.AddMissedCall)]
    assert bool(missed) is (outcome is Outcome.MISSED)


@pytest.mark.parametrize(
    ("code", "by", "cancelled", "outcome"),
    [
        (486, "remote", False, Outcome.BUSY),
        (600, "remote", False, Outcome.BUSY),
        (480, "remote", False, Outcome.NO_ANSWER),
        (408, "remote", False, Outcome.NO_ANSWER),
        (603, "remote", False, Outcome.REJECTED),
        (404, "remote", False, Outcome.FAILED),
        (503, "remote", False, Outcome.FAILED),
        (487, "local", True, Outcome.CANCELLED),
    ],
)
def test_an_outgoing_call_that_was_not_answered(code: int, by: str, cancelled: bool, outcome: Outcome) -> None:
    calls = book()
    call = calls.dialled("o", UUID(int=9), numbers.parse("601 442 190", "PL"), "")
    call.cancelled = cancelled
    calls.handle(ended("o", code=code, by=by))
    assert call.outcome is outcome
    assert call.e164 == "+48601442190"


def test_answer_hold_and_hang_up_leave_times_and_hold_seconds() -> None:
    calls = book()
    call = calls.handle(invite())
    assert call is not None
    calls.handle(m.CallAnswered(seq=2, at_us=START + 4_000_000, call_id="a"))
    calls.handle(m.CallHeld(seq=3, at_us=START + 10_000_000, call_id="a", by_remote=False))
    assert call.state is CallState.HELD
    calls.handle(m.CallResumed(seq=4, at_us=START + 16_500_000, call_id="a", by_remote=False))
    assert call.state is CallState.TALKING
    calls.handle(ended(at=START + 30_000_000, code=200, answered=True))
    leg = calls.records(call, START)[1]
    assert isinstance(leg, op.SaveLeg)
    assert (leg.answered_us, leg.ended_us, leg.hold_s) == (START + 4_000_000, START + 30_000_000, 6.5)
    assert call.outcome is Outcome.ANSWERED


def test_held_by_the_other_side_is_a_mark_not_a_state() -> None:
    calls = book()
    call = calls.handle(invite())
    calls.handle(m.CallAnswered(seq=2, at_us=START, call_id="a"))
    calls.handle(m.CallHeld(seq=3, at_us=START, call_id="a", by_remote=True))
    assert call is not None
    assert call.state is CallState.TALKING
    assert calls.view(call).held_by_remote


def test_withheld_and_hostile_callers_are_plain_and_short() -> None:
    hidden = book().handle(invite(From="<sip:anonymous@anonymous.invalid>;tag=2"))
    assert hidden is not None
    assert hidden.withheld
    assert hidden.number == ""
    hostile = book().handle(invite(From='"' + "<b>x</b>\x07" * 40 + '" <sip:' + "9" * 300 + "@x>;tag=3"))
    assert hostile is not None
    assert len(hostile.caller_name) <= 121
    assert "\x07" not in hostile.caller_name
    assert len(hostile.number) <= 65


def test_keys_act_on_the_call_talked_with_while_another_rings() -> None:
    calls = book()
    calls.handle(invite("a"))
    calls.handle(m.CallAnswered(seq=2, at_us=START, call_id="a"))
    calls.handle(invite("b", at=START + 1))
    current, ringing = calls.current(), calls.ringing()
    assert current is not None
    assert ringing is not None
    assert (current.call_id, ringing.call_id) == ("a", "b")
    calls.handle(ended("a", code=200, answered=True))
    current = calls.current()
    assert current is not None
    assert current.call_id == "b"


def test_a_restarted_desktop_takes_the_call_back() -> None:
    before = book()
    call = before.handle(invite())
    assert call is not None
    before.handle(m.CallAnswered(seq=2, at_us=START + 4_000_000, call_id="a"))
    snapshot = m.CallSnapshot(
        call_id="a", direction="inbound", state="talking", started_us=START, answered_us=START + 4_000_000,
        held=False, held_by_remote=False, muted=True, hold_s=2.0, incoming=invite(),
    )  # fmt: skip
    after = book()
    back = after.restore(snapshot)
    assert (back.interaction_id, back.leg_id) == (call.interaction_id, call.leg_id)
    assert (back.state, back.muted, back.outcome) == (CallState.TALKING, True, Outcome.ANSWERED)
    assert after.current() is back


def test_an_outgoing_call_keeps_its_leg_through_dialling_and_restart() -> None:
    calls = book()
    call = calls.dialled("o", UUID(int=9), numbers.parse("601442190", "PL"), "Marta")
    leg = call.leg_id
    calls.handle(m.Dialling(seq=1, at_us=START, call_id="o", sip_call_id="x@y"))
    assert call.leg_id == leg
    snapshot = m.CallSnapshot(
        call_id="o", direction="outbound", state="dialling", started_us=START, answered_us=None, held=False,
        held_by_remote=False, muted=False, hold_s=0.0, target="sip:601442190@pbx",
        headers=(("X-Interaction-Id", str(UUID(int=9))),),
    )  # fmt: skip
    back = book().restore(snapshot)
    assert (back.interaction_id, back.leg_id, back.direction) == (UUID(int=9), leg, Direction.OUTBOUND)


def test_a_call_the_engine_took_with_it_is_recorded_as_failed_or_answered() -> None:
    calls = book()
    call = calls.handle(invite())
    assert call is not None
    calls.lose(call, START + 1)
    assert (call.outcome, call.state, call.ended_by) == (Outcome.FAILED, CallState.ENDED, "engine")
    call = replace(call, state=CallState.TALKING, outcome=Outcome.ANSWERED)
    calls.lose(call, START + 2)
    assert call.outcome is Outcome.ANSWERED


def test_nothing_follows_the_end() -> None:
    assert not MOVES[CallState.ENDED]
    assert may_follow(CallState.ENDED, CallState.ENDED)
    calls = book()
    call = calls.handle(invite())
    assert call is not None
    calls.handle(ended())
    calls.handle(m.CallAnswered(seq=12, at_us=START, call_id="a"))
    assert call.state is CallState.ENDED


def test_numbered_stations_tell_the_way_with_times_and_asides() -> None:
    call = book().handle(
        invite(
            X_Queue="Billing",
            X_Queue_Wait="65",
            X_IVR_Path="main>2",
            X_IVR_1="2026-11-21T21:40:30Z Language: Polish (pressed 2)",
            X_IVR_2="Voice PIN: passed",
            X_IVR_3="no colon here",
        )
    )
    assert call is not None
    steps = [(step.label, step.value, step.detail, step.icon) for step in call.handoff]
    assert steps == [
        ("Language", "Polish", "pressed 2", "globe"),
        ("Voice PIN", "passed", "", "shield-check"),
        ("no colon here", "", "", "route"),
        ("Queue", "Billing", "waited 1:05", "users"),
    ]
    assert len(call.handoff[0].at) == len("21:40:30")


def test_without_stations_the_way_is_put_together() -> None:
    call = book().handle(invite(X_Queue="Moves", X_IVR_Language="pl", X_Account="4471"))
    assert call is not None
    assert [(step.label, step.value) for step in call.handoff][-3:] == [
        ("Language", "pl"),
        ("Account", "4471"),
        ("Queue", "Moves"),
    ]


def test_how_the_voice_travelled_is_recorded_with_the_leg() -> None:
    calls = book()
    call = calls.handle(invite())
    assert call is not None
    calls.handle(m.CallAnswered(seq=2, at_us=START + 1_000_000, call_id="a"))
    calls.handle(m.VoiceTrouble(seq=3, at_us=START + 2_000_000, call_id="a", kind="nothing_arrives"))
    assert calls.view(call).voice_trouble == "nothing_arrives"
    calls.handle(m.VoiceTrouble(seq=4, at_us=START + 3_000_000, call_id="a", kind=""))
    assert calls.view(call).voice_trouble == ""
    voice = m.Voice(codec="PCMA/8000", received=400, loss=0.02, jitter_ms=3.0, round_trip_ms=40.0, buffer_ms=40.0)
    calls.handle(ended(voice=voice, answered=True))
    leg = next(one for one in calls.records(call, START) if isinstance(one, op.SaveLeg))
    assert (leg.codec, leg.loss, leg.jitter_ms, leg.round_trip_ms, leg.encrypted) == ("PCMA", 0.02, 3.0, 40.0, False)
    assert leg.mos == pytest.approx(4.23, abs=0.02)


def test_a_leg_without_voice_says_nothing_of_it() -> None:
    calls = book()
    call = calls.handle(invite())
    assert call is not None
    leg = next(one for one in calls.records(call, START) if isinstance(one, op.SaveLeg))
    assert (leg.codec, leg.mos, leg.loss) == ("", None, None)
