"""How the voice travels, against RTP and RTCP written by hand."""

import re
from collections.abc import Callable, Iterator

import pytest

from agent_desktop.telephony import messages as m
from tests.support import sip
from tests.support.rtp import Voice


class Talk:
    """One answered call with a voice of its own."""

    def __init__(self, engine: sip.EngineDriver, **voice: object):
        self.engine, self.voice, self.caller = engine, Voice(), sip.RawCaller(engine.port)
        for name, value in voice.items():
            setattr(self.voice, name, value)
        self.caller.send(self.caller.invite("talk", body=self.voice.sdp))
        self.call_id = engine.wait(m.IncomingCall).call_id
        engine.send(m.Answer(call_id=self.call_id))
        for text in self.caller.answers():
            if text.startswith("SIP/2.0 200"):
                self.voice.talk_to(int(re.search(r"m=audio (\d+)", text)[1]))  # type: ignore[index]
                break
        assert self.caller.final("talk") == 200  # its repetition: acknowledged
        engine.wait(m.CallAnswered)

    def close(self) -> None:
        self.voice.stop()
        self.caller.close()


@pytest.fixture
def talks(engine: sip.EngineDriver) -> Iterator[Callable[..., Talk]]:
    """``talks(reports=False)`` is a call whose voice is so from its first packet."""
    made: list[Talk] = []

    def start(**voice: object) -> Talk:
        made.append(Talk(engine, **voice))
        return made[-1]

    yield start
    for talk in made:
        talk.close()


@pytest.fixture
def talk(talks: Callable[..., Talk]) -> Talk:
    return talks()


def voice_where(engine: sip.EngineDriver, fits: Callable[[m.Voice], object], within_s: float = 20) -> m.Voice:
    return engine.wait(m.VoiceQuality, lambda one: fits(one.voice), within_s=within_s).voice


def test_a_whole_stream_has_no_loss_and_no_report_yet_is_said(
    engine: sip.EngineDriver, talks: Callable[..., Talk]
) -> None:
    talks(reports=False)
    voice = voice_where(engine, lambda voice: voice.received > 20)
    assert voice.codec == "PCMA/8000"
    assert voice.loss == 0
    assert not voice.encrypted
    assert voice.round_trip_ms is None
    assert voice.loss_there is None


def test_every_fifth_packet_missing_is_a_fifth_lost(engine: sip.EngineDriver, talk: Talk) -> None:
    talk.voice.drops = lambda number: number > 10 and number % 5 == 0
    voice = voice_where(engine, lambda voice: voice.received > 150)
    assert 0.14 < voice.loss < 0.26


def test_the_other_sides_report_gives_round_trip_and_its_loss(
    engine: sip.EngineDriver, talks: Callable[..., Talk]
) -> None:
    talks(answers_in_s=0.2, lost_share=0.1)
    voice = voice_where(engine, lambda voice: voice.round_trip_ms is not None)
    assert voice.round_trip_ms is not None
    assert 190 < voice.round_trip_ms < 5000
    # The first report comes before a second is over, and we count what we sent until now: the next one is exact.
    voice_where(engine, lambda voice: voice.loss_there == pytest.approx(0.1, abs=0.03))


def test_silence_from_the_other_side_is_told_and_taken_back(engine: sip.EngineDriver, talk: Talk) -> None:
    voice_where(engine, lambda voice: voice.received > 20)
    talk.voice.sends = False
    assert engine.wait(m.VoiceTrouble).kind == "nothing_arrives"
    talk.voice.sends = True
    assert engine.wait(m.VoiceTrouble).kind == ""


def test_a_call_in_which_nothing_ever_arrives_is_told(engine: sip.EngineDriver, talks: Callable[..., Talk]) -> None:
    talks(sends=False)
    told = engine.wait(m.VoiceTrouble)
    assert told.kind == "nothing_arrives"
    engine.send(m.Acknowledge(seq=told.seq))
    engine.leave()
    (call,) = engine.attach(seen=told.seq).calls
    assert call.voice_trouble == "nothing_arrives", "a restarted desktop would not be told again"


def test_a_held_call_is_expected_to_be_silent(engines: Callable[..., sip.EngineDriver]) -> None:
    one, other = engines(), engines()
    one.send(m.Dial(call_id="out", target=other.uri))
    other.send(m.Answer(call_id=other.wait(m.IncomingCall).call_id))
    one.wait(m.CallAnswered)
    one.send(m.Hold(call_id="out"))
    one.wait(m.CallHeld)
    other.wait(m.CallHeld, lambda event: event.by_remote)
    one.pause(4)
    other.pause(0.1)
    assert not one.of(m.VoiceTrouble)
    assert not other.of(m.VoiceTrouble)


def test_the_other_side_that_hears_nothing_says_so_itself(engine: sip.EngineDriver, talks: Callable[..., Talk]) -> None:
    talks(lost_share=1.0)
    assert engine.wait(m.VoiceTrouble, within_s=20).kind == "nothing_arrives_there"


def test_the_last_state_of_the_voice_comes_with_the_end(engine: sip.EngineDriver, talk: Talk) -> None:
    seen = voice_where(engine, lambda voice: voice.received > 20)
    talk.caller.hang_up("talk")
    ended = engine.wait(m.CallEnded)
    assert ended.voice is not None
    assert ended.voice.received >= seen.received
