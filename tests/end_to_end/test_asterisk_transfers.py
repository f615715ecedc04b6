"""Transfers, conference and redirection through a real exchange: what it makes of them, and what everybody hears."""

import re
from collections.abc import Callable, Iterator

import pytest

from agent_desktop.telephony import messages as m
from agent_desktop.telephony.headers import handoff
from tests.end_to_end.asterisk import Asterisk
from tests.end_to_end.test_asterisk import QUEUE, Agent, agent, agents, header, queue_events
from tests.support import sip
from tests.support.voice import Voice, converse

__all__ = ["agent", "agents"]  # fixtures
pytestmark = pytest.mark.asterisk
CUSTOMER, COLLEAGUE, AGENT = 400.0, 700.0, 1600.0
INTERACTION = (("X-Interaction-Id", "01920000-0000-7000-8000-000000000001"), ("X-Call-Linkedid", "1700000000.1"))


@pytest.fixture
def colleague(pbx: Asterisk, agents: Callable[[], Agent]) -> Agent:
    """Agent 1002, signed in; in no queue of the tests."""
    other = agents()
    assert other.sign_in(pbx, "1002").state == "registered"
    return other


@pytest.fixture
def customer(pbx: Asterisk) -> Iterator[Voice]:
    """A caller from outside, with a voice."""
    voice = Voice(pbx.sip_port, CUSTOMER)
    yield voice
    voice.close()


def into_queue(customer: Voice) -> None:
    customer.ring("customer", user=QUEUE)
    customer.picked_up("customer")


def consulted(agent: Agent, colleague: Agent, pbx: Asterisk, **more: object) -> tuple[str, m.IncomingCall]:
    """1001 calls 1002, who answers; our call_id, and their call."""
    consult = agent.phone.dial(f"sip:1002@{pbx.address}", INTERACTION, **more)
    incoming = colleague.answered()
    agent.wait(m.CallAnswered, lambda event: event.call_id == consult)
    return consult, incoming


def test_an_attended_transfer_is_completed(pbx, agent, colleague, customer):
    into_queue(customer)
    call = agent.answered().call_id
    agent.phone.hold(call)
    agent.wait(m.CallHeld)
    consult, theirs = consulted(agent, colleague, pbx)
    assert handoff(theirs.headers).interaction_id == dict(INTERACTION)["X-Interaction-Id"]
    agent.phone.transfer_to_call(call, consult, INTERACTION)
    assert agent.wait(m.TransferProgress, lambda event: event.final).code == 200
    for one in (call, consult):
        assert agent.wait(m.CallEnded, lambda event, one=one: event.call_id == one).answered
    colleague.phone.play(theirs.call_id, str(sip.tone(pbx.folder / "colleague.wav", hertz=COLLEAGUE)), loop=True)
    converse([customer], settle_s=1.0)
    assert customer.hears(COLLEAGUE)
    assert not [event for event in colleague.events if isinstance(event, m.CallEnded)]
    colleague.phone.hang_up(theirs.call_id)
    assert colleague.wait(m.CallEnded).answered
    sip.until(lambda: "COMPLETE" in " ".join(queue_events(pbx)) or "ATTENDEDTRANSFER" in queue_events(pbx), "the log")


def test_a_consultation_is_taken_back(pbx, agent, colleague, customer):
    into_queue(customer)
    call = agent.answered().call_id
    agent.phone.hold(call)
    agent.wait(m.CallHeld)
    consult, _ = consulted(agent, colleague, pbx)
    agent.phone.hang_up(consult)
    assert colleague.wait(m.CallEnded).by == "remote"
    agent.phone.resume(call)
    agent.wait(m.CallResumed)
    agent.phone.play(call, str(sip.tone(pbx.folder / "agent.wav", hertz=AGENT)), loop=True)
    converse([customer], settle_s=1.0)
    assert customer.hears(AGENT)
    assert [event.call_id for event in agent.events if isinstance(event, m.CallEnded)] == [consult]
    agent.phone.hang_up(call)
    agent.wait(m.CallEnded, lambda event: event.call_id == call)


def test_a_transfer_that_fails_keeps_the_call(pbx, agent, colleague, customer):
    into_queue(customer)
    call = agent.answered().call_id
    consult, theirs = consulted(agent, colleague, pbx)
    colleague.phone.hang_up(theirs.call_id)
    agent.wait(m.CallEnded, lambda event: event.call_id == consult)
    agent.phone.transfer_to_call(call, consult, INTERACTION)
    agent.phone.transfer(call, f"sip:nobody@{pbx.address}", INTERACTION)
    assert agent.wait(m.TransferProgress, lambda event: event.final).code == 404
    assert [refusal.command for refusal in agent.refusals] == ["TransferToCall"]
    agent.phone.play(call, str(sip.tone(pbx.folder / "agent.wav", hertz=AGENT)), loop=True)
    converse([customer], settle_s=1.0)
    assert customer.hears(AGENT)
    agent.phone.hang_up(call)
    agent.wait(m.CallEnded, lambda event: event.call_id == call)


def test_what_a_blind_transfer_carries(pbx, agent, colleague, customer):
    """Asterisk 22 takes a Refer-To with headers in it, but hands on neither those nor those of the REFER itself.

    What ties the two calls together there is the linked id, and Referred-By.
    """
    into_queue(customer)
    first = agent.answered()
    agent.phone.transfer(first.call_id, f"sip:1002@{pbx.address}", INTERACTION)
    second = colleague.wait(m.IncomingCall)
    assert header(second, "X-Call-Linkedid") == header(first, "X-Call-Linkedid")
    assert handoff(second.headers).referred_by == "1001"
    assert handoff(second.headers).interaction_id is None
    colleague.phone.answer(second.call_id)
    assert agent.wait(m.TransferProgress, lambda event: event.final).code == 200
    colleague.phone.hang_up(second.call_id)


def test_agent_caller_and_colleague_confer(pbx, agent, colleague, customer):
    into_queue(customer)
    call = agent.answered().call_id
    consult, theirs = consulted(agent, colleague, pbx)
    agent_tone = str(sip.tone(pbx.folder / "agent.wav", hertz=AGENT))
    colleague.phone.play(theirs.call_id, str(sip.tone(pbx.folder / "colleague.wav", hertz=COLLEAGUE)), loop=True)
    for one in (call, consult):
        agent.phone.play(one, agent_tone, loop=True)
    converse([customer], settle_s=1.0)
    assert (customer.hears(AGENT), customer.hears(COLLEAGUE)) == (True, False)
    agent.phone.confer((call, consult))
    assert agent.wait(m.ConferenceChanged).call_ids == (call, consult)
    converse([customer], settle_s=0.6)
    assert (customer.hears(AGENT), customer.hears(COLLEAGUE), customer.hears(CUSTOMER)) == (True, True, False)
    agent.phone.transfer_to_call(call, consult, INTERACTION)  # the agent leaves, the two go on
    assert agent.wait(m.TransferProgress, lambda event: event.final).code == 200
    assert agent.wait(m.ConferenceChanged, lambda event: not event.call_ids)
    converse([customer], settle_s=1.0)
    assert (customer.hears(AGENT), customer.hears(COLLEAGUE)) == (False, True)
    colleague.phone.hang_up(theirs.call_id)


def test_a_redirected_call_goes_where_it_was_sent(pbx, agent, colleague):
    call = colleague.phone.dial(f"sip:1001@{pbx.address}")
    ringing = agent.wait(m.IncomingCall)
    agent.phone.redirect(ringing.call_id, f"sip:5000@{pbx.address}")
    gone = agent.wait(m.CallEnded)
    assert (gone.code, gone.by, gone.answered) == (302, "local", False)
    colleague.wait(m.CallAnswered, lambda event: event.call_id == call)
    sip.until(lambda: "prompts/menu" in pbx.log(), "the menu speaks to the caller")
    colleague.phone.hang_up(call)
    colleague.wait(m.CallEnded)


def test_a_rejected_call_ends_for_the_caller(pbx, agent, colleague):
    rung: set[str] = set()
    for code in (486, 603, 480):
        call = colleague.phone.dial(f"sip:1001@{pbx.address}")
        ringing = agent.wait(m.IncomingCall, lambda event: event.call_id not in rung)
        rung.add(ringing.call_id)
        agent.phone.reject(ringing.call_id, code)
        mine = agent.wait(m.CallEnded, lambda event, name=ringing.call_id: event.call_id == name)
        assert (mine.code, mine.by, mine.answered) == (code, "local", False)
        theirs = colleague.wait(m.CallEnded, lambda event, call=call: event.call_id == call)
        assert (theirs.by, theirs.answered) == ("remote", False)


def test_a_call_that_nobody_answers_stops_ringing(pbx, agent, customer):
    customer.ring("customer", user="5003")  # the queue gives up after four seconds
    ringing = agent.wait(m.IncomingCall)
    customer.picked_up("customer")
    ended = agent.wait(m.CallEnded)
    assert (ended.call_id, ended.by, ended.answered, ended.elsewhere) == (ringing.call_id, "remote", False, False)
    sip.until(lambda: "EXITWITHTIMEOUT" in queue_events(pbx), "the queue gave up")


def test_who_lost_the_race_for_a_call_has_not_missed_it(pbx, agent, colleague, customer):
    customer.ring("customer", user="5002")  # sales rings both
    customer.picked_up("customer")
    mine, theirs = agent.wait(m.IncomingCall), colleague.answered()
    ended = agent.wait(m.CallEnded)
    assert (ended.call_id, ended.answered, ended.elsewhere) == (mine.call_id, False, True)
    colleague.phone.hang_up(theirs.call_id)
    sip.until(lambda: re.search("COMPLETEAGENT|CONNECT", " ".join(queue_events(pbx, "sales"))), "the queue's log")
