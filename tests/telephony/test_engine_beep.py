"""A call that was answered for the agent: they hear a tone before anybody hears them."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from agent_desktop.telephony import messages as m
from tests.support import sip, sound
from tests.support.talk import ring
from tests.support.voice import Voice, converse

Engines = Callable[..., sip.EngineDriver]
BEEP, AGENT = 880, 600


@pytest.fixture
def server(
    tmp_path_factory: pytest.TempPathFactory, program: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[sound.SoundServer]:
    for name in ("pulseaudio", "pactl", "parec", "paplay"):
        program(name)
    running = sound.SoundServer(tmp_path_factory.mktemp("pa"))
    for name, value in running.environment.items():
        monkeypatch.setenv(name, value)
    yield running
    running.stop()


def silent_s(voice: Voice) -> float:
    """How long the caller heard nothing at first."""
    loud = np.flatnonzero(np.abs(sound.from_alaw(voice.heard)) > 1000)
    assert len(loud), "the agent is heard at last"
    return float(loud[0] / 8000)


@pytest.mark.parametrize("beep", [True, False])
def test_who_was_answered_for_the_agent_hears_them_only_after_the_tone(engine: sip.EngineDriver, beep: bool) -> None:
    caller = Voice(engine.port)
    caller.ring("auto")
    call_id = ring(engine).call_id
    path = str(sip.tone(engine.folder / "agent.wav", hertz=AGENT))
    engine.send(m.Play(call_id=call_id, path=path, loop=True))
    engine.send(m.Answer(call_id=call_id, beep=beep))
    caller.picked_up("auto")
    converse([caller], seconds=1.2, settle_s=0.0)
    assert (silent_s(caller) > 0.25) == beep
    caller.close()


def test_the_tone_is_heard_in_the_loudspeaker_and_the_microphone_opens_after_it(
    engines: Engines, server: sound.SoundServer
) -> None:
    phone = engines(audio="device")
    caller = Voice(phone.port)
    with server.playing(sip.tone(phone.folder / "mic.wav", seconds=20, hertz=AGENT)), server.listening() as ear:
        caller.ring("auto")
        phone.send(m.Answer(call_id=ring(phone).call_id, beep=True))
        caller.picked_up("auto")
        converse([caller], seconds=2.5, settle_s=0.0)
        heard = ear(2.5)
    assert caller.hears(AGENT)
    assert silent_s(caller) > 0.3
    tenths = heard[: len(heard) // 1600 * 1600].reshape(-1, 1600)
    assert 2 <= sum(sound.loudness(tenth, BEEP) > 0.5 for tenth in tenths) <= 4
    caller.close()
