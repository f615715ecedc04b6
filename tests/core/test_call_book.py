"""Calls from engine events: outcomes, records and restarts."""

from dataclasses import replace
from uuid import UUID, uuid5

import msgspec
import pytest

from agent_desktop import numbers
from agent_desktop.core.call import Call
from agent_desktop.core.call_book import CallBook
from agent_desktop.core.handoff import map_of
from agent_desktop.core.states import MOVES, CallState, may_follow
from agent_desktop.data import operations as op
from agent_desktop.data.handoff_rows import HandoffRuleRow
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


# ------------------------------------------------------------------ sent on


def legs(calls: CallBook, call: Call) -> list[type]:
    return [type(one) for one in calls.records(call, START)]


def test_a_consult_is_a_leg_of_the_customers_interaction_and_nothing_more() -> None:
    calls = book()
    caller = calls.handle(invite())
    assert caller is not None
    calls.handle(m.CallAnswered(seq=2, at_us=START, call_id="a"))
    consult = calls.consulted(caller, "c", numbers.parse("102", "PL"), "Jonas Lind")
    assert (consult.interaction_id, consult.purpose, consult.consult_for) == (caller.interaction_id, "consult", "a")
    assert calls.consult_of(caller) is consult
    assert calls.customers_call(consult) is caller
    assert legs(calls, consult) == [op.SaveLeg]
    calls.handle(ended("c", code=486))
    assert consult.outcome is Outcome.BUSY
    assert calls.current() is caller
    assert calls.consult_of(caller) is None


def handed_over(**more: str) -> m.IncomingCall:
    values = {
        "X_Interaction_Id": str(UUID(int=5)),
        "X_Interaction_Direction": "outbound",
        "X_Interaction_Number": "+48601442190",
        "From": '"Anna" <sip:201@pbx>;tag=1',
    }
    return invite(**(values | more))


def colleagues() -> CallBook:
    calls = book()
    calls.colleague = lambda user: {"201": "Anna Nowak (201)"}.get(user, user)
    return calls


def test_a_colleagues_question_is_about_the_customer_it_names() -> None:
    calls = colleagues()
    call = calls.handle(handed_over(X_Interaction_Leg="consult"))
    assert call is not None
    view = calls.view(call)
    assert (view.consult, view.via, view.number) == (True, "Anna Nowak (201)", "+48 601 442 190")
    assert legs(calls, call) == [op.SaveLeg]
    leg = calls.records(call, START)[0]
    assert isinstance(leg, op.SaveLeg)
    assert (leg.remote, leg.purpose, leg.referred_by) == ("201", "consult", "Anna Nowak (201)")
    calls.handle(ended())
    assert not any(isinstance(one, op.AddMissedCall) for one in calls.records(call, START))


def test_what_is_handed_over_keeps_its_first_direction_and_number_and_handoff() -> None:
    calls = colleagues()
    call = calls.handle(handed_over(Referred_By="<sip:201@pbx>", X_Queue="Billing", X_Queue_Wait="48"))
    assert call is not None
    assert (call.referred_by, call.direction, call.wait_s) == ("Anna Nowak (201)", Direction.INBOUND, None)
    row = saved(calls, call)
    assert (row.direction, row.number, row.wait_s, row.handoff) == ("outbound", "+48601442190", None, None)
    assert [step.label for step in call.handoff] == ["Queue"], "on the screen it is"


def test_who_cannot_be_believed_hands_nothing_over() -> None:
    call = book(trusted=False).handle(handed_over(X_Interaction_Leg="consult", Referred_By="<sip:201@pbx>"))
    assert call is not None
    assert (call.is_consult, call.handed_over, call.referred_by, call.number) == (False, False, "", "201")


@pytest.mark.parametrize(
    "said",
    [
        {"X_Interaction_Direction": "sideways"},
        {"X_Interaction_Direction": ""},
        {"X_Interaction_Id": ""},
    ],
)
def test_half_of_a_handover_is_none(said: dict[str, str]) -> None:
    call = book().handle(handed_over(**said))
    assert call is not None
    assert not call.handed_over
    assert call.number == "201"


def test_a_sip_name_that_is_no_colleagues_is_shown_as_it_comes() -> None:
    call = colleagues().handle(invite(Referred_By='"Front desk" <sip:900@pbx>'))
    assert call is not None
    assert call.referred_by == "Front desk"


def test_a_dialog_in_the_place_of_another_goes_on_with_its_interaction() -> None:
    calls = colleagues()
    asked = calls.handle(handed_over(X_Interaction_Leg="consult"))
    assert asked is not None
    calls.handle(m.CallAnswered(seq=2, at_us=START, call_id="a"))
    event = replace_invite(invite("b", at=START + 9, From='"Marta" <sip:+48601442190@x>', Referred_By="<sip:201@pbx>"))
    new = calls.handle(event)
    assert new is not None
    assert (new.interaction_id, new.state, new.outcome) == (UUID(int=5), CallState.TALKING, Outcome.ANSWERED)
    assert (new.is_consult, new.referred_by) == (False, "Anna Nowak (201)")
    assert calls.current() is new
    row = saved(calls, new)
    assert (row.direction, row.number) == ("outbound", "+48601442190")


def test_a_dialog_in_the_place_of_a_consult_is_that_consult() -> None:
    """Whom we ask has put us on to a colleague of theirs: the customer still waits."""
    calls = colleagues()
    caller = calls.handle(invite())
    assert caller is not None
    calls.consulted(caller, "c", numbers.parse("102", "PL"), "Jonas Lind")
    calls.handle(m.CallAnswered(seq=3, at_us=START, call_id="c"))
    event = invite("n", at=START + 9, From='"Eva Berg" <sip:103@x>')
    new = calls.handle(msgspec.structs.replace(event, replaces="c"))
    calls.handle(ended("c", code=200, answered=True))
    assert new is not None
    assert calls.consult_of(caller) is new
    assert calls.customers_call(new) is caller
    assert legs(calls, new) == [op.SaveLeg], "it says nothing about the customer's call"
    assert calls.view(new).consult


def test_a_consult_is_about_the_dialog_that_took_the_customers_place() -> None:
    calls = colleagues()
    caller = calls.handle(invite())
    assert caller is not None
    consult = calls.consulted(caller, "c", numbers.parse("102", "PL"), "Jonas Lind")
    new = calls.handle(msgspec.structs.replace(invite("n", at=START + 9), replaces="a"))
    calls.handle(ended("a", code=200, answered=True))
    assert new is not None
    assert calls.customers_call(consult) is new
    assert calls.consult_of(new) is consult


def test_hold_is_counted_once_though_it_is_told_again_after_a_restart() -> None:
    snapshot = m.CallSnapshot(
        call_id="a", direction="inbound", state="talking", started_us=START, answered_us=START,
        held=False, held_by_remote=False, muted=False, hold_s=10.0, incoming=invite(), voice_trouble="nothing_arrives",
    )  # fmt: skip
    calls = book()
    call = calls.restore(snapshot)
    assert call.voice_trouble == "nothing_arrives"
    calls.handle(m.CallHeld(seq=3, at_us=START + 1_000_000, call_id="a", by_remote=False))
    calls.handle(m.CallResumed(seq=4, at_us=START + 11_000_000, call_id="a", by_remote=False))
    assert (call.state, call.hold_s) == (CallState.TALKING, 10.0)


def replace_invite(event: m.IncomingCall) -> m.IncomingCall:
    return msgspec.structs.replace(event, replaces="a")


def test_members_of_a_conference_are_marked_and_muted_together() -> None:
    calls = book()
    for call_id in ("a", "b"):
        calls.handle(invite(call_id))
        calls.handle(m.CallAnswered(seq=2, at_us=START, call_id=call_id))
    calls.handle(m.ConferenceChanged(seq=3, at_us=START, call_ids=("a", "b")))
    first, second = calls.calls["a"], calls.calls["b"]
    assert first.joined
    assert second.joined
    calls.want_mute(first, True)
    assert second.mute_wanted is True
    calls.handle(m.ConferenceChanged(seq=4, at_us=START, call_ids=()))
    assert not first.joined
    calls.want_mute(first, False)
    assert second.mute_wanted is True


@pytest.mark.parametrize(
    ("code", "final", "transferred", "trouble"),
    [(100, False, False, ""), (200, True, True, ""), (603, True, False, "603 Declined")],
)
def test_how_a_transfer_goes(code: int, final: bool, transferred: bool, trouble: str) -> None:
    calls = book()
    call = calls.handle(invite())
    assert call is not None
    call.referring = True
    calls.handle(m.TransferProgress(seq=3, at_us=START, call_id="a", code=code, reason="Declined", final=final))
    assert (call.transferred, call.transfer_trouble, call.referring) == (transferred, trouble, not final)


def test_a_call_sent_on_unanswered_is_missed_but_nobodys_work() -> None:
    calls = book()
    call = calls.handle(invite())
    assert call is not None
    call.redirected = "voicemail"
    calls.handle(ended(code=302, by="local"))
    assert call.outcome is Outcome.MISSED
    assert not any(isinstance(one, op.AddMissedCall) for one in calls.records(call, START))


def test_headers_mean_what_the_centre_says_and_secrets_are_left_out() -> None:
    calls, dropped = book(), list[tuple[str, ...]]()
    calls.secrets_dropped = dropped.append
    calls.header_map = map_of([HandoffRuleRow("x-kunde", "account"), HandoffRuleRow("X-Tax", "tax", secret=True)])
    sent = {"X_Kunde": "4471", "X_Tax": "80010112345", "X_IVR_Card": "4111111111111111", "X_IVR_Mood": "calm"}
    call = calls.handle(invite(**sent))
    assert call is not None
    assert (call.account_number, dict(call.said)) == ("4471", {"account": "4471", "mood": "calm"})
    assert dropped == [("X-Tax", "X-IVR-Card")]
    assert [name for name, _ in call.handed_on] == ["X-Kunde", "X-IVR-Mood"]
    for secret in ("80010112345", "4111111111111111"):
        assert secret not in repr(call) + repr(saved(calls, call))
    stranger = book(trusted=False)
    stranger.secrets_dropped = dropped.append
    call = stranger.handle(invite("b", **sent))
    assert call is not None
    assert (call.said, call.account_number, len(dropped)) == ((), "", 1), "what a stranger says is nobody's business"
