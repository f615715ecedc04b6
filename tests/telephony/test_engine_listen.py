"""A call answered to listen only: nothing of ours leaves, whatever is done meanwhile, until it is to be spoken in."""

from pathlib import Path

from agent_desktop.telephony import messages as m
from tests.support import sip
from tests.support.talk import ring
from tests.support.voice import Voice, converse

THEIRS, OURS = 400.0, 1_600.0


def test_nothing_is_sent_until_it_is_to_be_spoken_in(engine: sip.EngineDriver, tmp_path: Path) -> None:
    voice = Voice(engine.port, THEIRS)
    voice.ring("heard")
    call_id = ring(engine).call_id
    engine.send(m.Answer(call_id=call_id, listen=True))
    engine.wait(m.CallAnswered)
    voice.picked_up("heard")
    assert "a=recvonly" in voice.finals["heard"]
    engine.send(m.Play(call_id=call_id, path=str(sip.tone(tmp_path / "ours.wav", hertz=OURS)), loop=True))
    engine.send(m.Mute(call_id=call_id, on=False))
    converse([voice])
    assert voice.heard == b""
    engine.wait(m.Levels, lambda levels: levels.speaker > 0.1)
    spoken = engine.wait(m.VoiceQuality, lambda told: told.voice.received > 0).voice
    assert spoken.sent == 0

    voice.send(voice.later("heard", "INVITE", 2, body=voice.sdp()))  # the other side asks us to send after all
    answer = next(text for text in voice.answers() if text.startswith("SIP/2.0 200") and "CSeq: 2 INVITE" in text)
    voice.send(voice.later("heard", "ACK", 2))
    assert "a=recvonly" in answer
    converse([voice])
    assert voice.heard == b""

    for on in (True, False):
        engine.send(m.Speak(call_id=call_id, on=on))
        asked = next(text for text in voice.answers() if text.startswith("INVITE"))
        assert ("a=sendrecv" if on else "a=recvonly") in asked
        voice.accept(asked)
        converse([voice])
        assert voice.hears(OURS) == on
    assert voice.heard == b"", "the way is closed again"
    assert not engine.of(m.CallHeld)
    voice.close()
