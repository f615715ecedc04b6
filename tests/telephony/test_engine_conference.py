"""Conferences heard by their members: each says a tone of its own, and every ear gets the right mix."""

from collections.abc import Callable, Iterator

import pytest

from agent_desktop.telephony import messages as m
from tests.support import sip
from tests.support.talk import answered, connected, ended
from tests.support.voice import Voice, converse

Engines = Callable[..., sip.EngineDriver]
CUSTOMER, COLLEAGUE, EXPERT, AGENT = 400.0, 700.0, 1100.0, 1600.0


@pytest.fixture
def voices(engine: sip.EngineDriver) -> Iterator[Callable[[float], tuple[Voice, str]]]:
    """``voices(400)`` is a caller with that voice whose call was answered, and its call_id."""
    made: list[Voice] = []

    def make(hertz: float) -> tuple[Voice, str]:
        voice = Voice(engine.port, hertz)
        made.append(voice)
        voice.ring(f"voice{hertz:.0f}")
        call_id = answered(engine)
        voice.picked_up(f"voice{hertz:.0f}")
        return voice, call_id

    yield make
    for voice in made:
        voice.close()


def agent_says(engine: sip.EngineDriver, *call_ids: str) -> None:
    """The agent's voice, for an engine without a microphone: a tone into each of its calls."""
    path = str(sip.tone(engine.folder / "agent.wav", hertz=AGENT))
    for call_id in call_ids:
        engine.send(m.Play(call_id=call_id, path=path, loop=True))


def heard(*voices: Voice) -> list[set[float]]:
    """Which of the four tones each of them hears now."""
    converse(voices)
    return [{hertz for hertz in (CUSTOMER, COLLEAGUE, EXPERT, AGENT) if voice.hears(hertz)} for voice in voices]


def test_members_hear_each_other_and_us_and_nobody_themselves(engine: sip.EngineDriver, voices) -> None:
    (customer, one), (colleague, two) = voices(CUSTOMER), voices(COLLEAGUE)
    agent_says(engine, one, two)
    assert heard(customer, colleague) == [{AGENT}, {AGENT}]
    engine.send(m.Confer(call_ids=(one, two)))
    assert engine.wait(m.ConferenceChanged).call_ids == (one, two)
    assert heard(customer, colleague) == [{COLLEAGUE, AGENT}, {CUSTOMER, AGENT}]
    engine.send(m.Confer(call_ids=()))
    assert engine.wait(m.ConferenceChanged).call_ids == ()
    assert heard(customer, colleague) == [{AGENT}, {AGENT}]


def test_three_at_once_and_one_who_leaves(engine: sip.EngineDriver, voices) -> None:
    people = [voices(CUSTOMER), voices(COLLEAGUE), voices(EXPERT)]
    (customer, one), (colleague, two), (expert, three) = people
    engine.send(m.Confer(call_ids=(one, two, three)))
    engine.wait(m.ConferenceChanged)
    assert heard(customer, colleague, expert) == [{COLLEAGUE, EXPERT}, {CUSTOMER, EXPERT}, {CUSTOMER, COLLEAGUE}]
    engine.send(m.HangUp(call_id=three))
    assert engine.wait(m.CallEnded).call_id == three
    assert engine.wait(m.ConferenceChanged).call_ids == (one, two)
    assert heard(customer, colleague) == [{COLLEAGUE}, {CUSTOMER}]
    colleague.hang_up("voice700")
    assert engine.wait(m.CallEnded).by == "remote"
    assert engine.wait(m.ConferenceChanged).call_ids == ()


def test_mute_silences_us_and_nobody_else(engine: sip.EngineDriver, voices) -> None:
    (customer, one), (colleague, two) = voices(CUSTOMER), voices(COLLEAGUE)
    agent_says(engine, one, two)
    engine.send(m.Mute(call_id=two, on=True))
    engine.wait(m.CallMuted)
    engine.send(m.Confer(call_ids=(one, two)))
    muted = [engine.wait(m.CallMuted) for _ in range(2)]  # for one, so for all: they would hear us through each other
    assert {event.call_id for event in muted} == {one, two}
    assert all(event.on for event in muted)
    assert heard(customer, colleague) == [{COLLEAGUE}, {CUSTOMER}]
    engine.send(m.Mute(call_id=one, on=False))
    muted = [engine.wait(m.CallMuted) for _ in range(2)]
    assert {event.call_id for event in muted} == {one, two}
    assert not any(event.on for event in muted)
    assert heard(customer, colleague) == [{COLLEAGUE, AGENT}, {CUSTOMER, AGENT}]


def test_who_is_held_hears_nobody_until_resumed(engines: Engines, engine: sip.EngineDriver, voices) -> None:
    other = engines()
    customer, one = voices(CUSTOMER)
    two = connected(other, engine, play=str(sip.tone(other.folder / "tone.wav", hertz=COLLEAGUE)))
    engine.send(m.Confer(call_ids=(one, two)))
    engine.wait(m.ConferenceChanged)
    assert heard(customer) == [{COLLEAGUE}]
    engine.send(m.Hold(call_id=two))
    engine.wait(m.CallHeld)
    assert heard(customer) == [set()]
    engine.send(m.Resume(call_id=two))
    engine.wait(m.CallResumed)
    assert heard(customer) == [{COLLEAGUE}]
    other.wait(m.CallResumed)
    assert len(engine.of(m.ConferenceChanged)) == 1


def test_music_of_a_member_who_holds_us_is_not_for_the_others(engine: sip.EngineDriver, voices) -> None:
    (customer, one), (colleague, two) = voices(CUSTOMER), voices(COLLEAGUE)
    engine.send(m.Confer(call_ids=(one, two)))
    engine.wait(m.ConferenceChanged)
    colleague.send(colleague.later("voice700", "INVITE", 2, body=colleague.sdp("sendonly")))
    assert engine.wait(m.CallHeld).by_remote
    colleague.send(colleague.later("voice700", "ACK", 2))
    assert heard(customer, colleague) == [set(), set()]  # though the colleague's exchange goes on playing


def test_a_member_whose_dialog_is_replaced_stays_a_member(engines: Engines, engine: sip.EngineDriver, voices) -> None:
    third, practice = engines(), engines(follow_transfers=True)
    customer, one = voices(CUSTOMER)
    two = connected(third, engine, "theirs")
    engine.send(m.Confer(call_ids=(one, two)))
    engine.wait(m.ConferenceChanged)
    other = connected(practice, third, play=str(sip.tone(practice.folder / "tone.wav", hertz=EXPERT)))
    third.send(m.TransferToCall(call_id=other, to_call_id="theirs"))
    new = engine.wait(m.CallReplaced).by_call_id
    engine.rewind()
    engine.wait(m.ConferenceChanged, lambda event: event.call_ids == (one, new))
    new_leg = practice.wait(m.TransferRequested).new_call_id
    practice.wait(m.CallAnswered, lambda event: event.call_id == new_leg)
    practice.send(m.Play(call_id=new_leg, path=str(practice.folder / "tone.wav"), loop=True))
    assert heard(customer) == [{EXPERT}]
    assert ended(engine, two).by == "remote"
    assert engine.of(m.ConferenceChanged)[-1].call_ids == (one, new)


def test_the_agent_leaves_and_the_two_go_on(engines: Engines) -> None:
    phone, practice, third = engines(), engines(follow_transfers=True), engines()
    call_id = connected(practice, phone)
    consult = connected(phone, third, "consult")
    phone.send(m.Confer(call_ids=(call_id, "consult")))
    phone.wait(m.ConferenceChanged)
    phone.send(m.TransferToCall(call_id=call_id, to_call_id="consult"))
    assert third.wait(m.CallReplaced).call_id == consult
    phone.wait(m.ConferenceChanged, lambda event: event.call_ids == ())
    assert {ended(phone, one).by for one in (call_id, "consult")} <= {"engine", "remote"}


def test_a_restarted_desktop_finds_the_conference(engine: sip.EngineDriver, voices) -> None:
    (_, one), (_, two), (_, three) = voices(CUSTOMER), voices(COLLEAGUE), voices(EXPERT)
    engine.send(m.Confer(call_ids=(one, three)))
    engine.wait(m.ConferenceChanged)
    engine.leave()
    engine.heard.clear()
    engine.rewind()
    welcome = engine.attach()
    assert {call.call_id: call.joined for call in welcome.calls} == {one: True, two: False, three: True}


def test_a_conference_of_calls_that_are_not_there_is_refused(engine: sip.EngineDriver, voices) -> None:
    _, one = voices(CUSTOMER)
    for wanted in ((one, "gone"), ("gone",)):
        engine.send(m.Confer(call_ids=wanted))
        assert engine.wait(m.CommandFailed).command == "Confer"
    engine.send(m.Confer(call_ids=(one, one)))
    assert engine.wait(m.ConferenceChanged).call_ids == ()
