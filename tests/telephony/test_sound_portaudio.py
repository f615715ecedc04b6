"""PortAudio for real: through ALSA's door to a sound server, the only device that a machine without a card has."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from agent_desktop.telephony.sound_frames import Layout
from agent_desktop.telephony.sound_portaudio import PortAudioSound
from agent_desktop.telephony.sound_system import SoundError
from tests.support import sip, sound


@pytest.fixture
def server(
    tmp_path_factory: pytest.TempPathFactory, program: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[sound.SoundServer]:
    with sound.serving("pulseaudio", program, tmp_path_factory, monkeypatch) as running:
        yield running


@pytest.fixture
def system(server: sound.SoundServer) -> PortAudioSound:
    made = PortAudioSound()
    assert "pulse" in made.look(again=True).outputs
    return made


def tone(hertz: float, layout: Layout) -> Callable[[int], bytes]:
    position = 0

    def give(size: int) -> bytes:
        nonlocal position
        at = np.arange(position, position + size // 2 // layout.channels)
        position = int(at[-1]) + 1
        wave = (9000 * np.sin(2 * np.pi * hertz * at / layout.rate)).astype("<i2")
        return np.repeat(wave, layout.channels).tobytes()

    return give


@pytest.mark.parametrize("layout", [Layout(), Layout(44_100, 2)])
def test_it_plays(system: PortAudioSound, server: sound.SoundServer, layout: Layout) -> None:
    stream = system.play("pulse", tone(500.0, layout), layout)
    sip.until(lambda: sound.loudness(server.heard(0.3), 500) > 0.95, "the tone")
    assert stream.works
    stream.close()
    sip.until(lambda: sound.loudness(server.heard(0.3), 500) == 0.0, "silence")
    assert not stream.works


def test_it_hears(system: PortAudioSound, server: sound.SoundServer) -> None:
    data = bytearray()
    stream = system.record("", data.extend)
    with server.playing(sip.tone(server.folder / "mic.wav", seconds=20, hertz=600.0)):
        sip.until(lambda: sound.loudness(np.frombuffer(bytes(data[-9600:]), "<i2").astype(float), 600) > 0.95, "it")
    stream.close()


def test_hardware_that_knows_only_stereo_at_48_khz(
    system: PortAudioSound, server: sound.SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sounddevice

    def refusing(kind: Callable[..., object]) -> Callable[..., object]:
        def opened(**wanted: object) -> object:
            if (wanted["samplerate"], wanted["channels"]) != (48_000, 2):
                raise sounddevice.PortAudioError("Invalid sample rate")
            return kind(**wanted)

        return opened

    for name in ("RawOutputStream", "RawInputStream"):
        monkeypatch.setattr(sounddevice, name, refusing(getattr(sounddevice, name)))
    played = system.play("", tone(500.0, Layout()), Layout())
    sip.until(lambda: sound.loudness(server.heard(0.3), 500) > 0.95, "the tone")
    played.close()
    data = bytearray()
    heard = system.record("", data.extend)
    with server.playing(sip.tone(server.folder / "mic.wav", seconds=20, hertz=600.0)):
        sip.until(lambda: sound.loudness(np.frombuffer(bytes(data[-9600:]), "<i2").astype(float), 600) > 0.95, "it")
    heard.close()
    with pytest.raises(SoundError, match="sample rate"):
        system.play("", tone(500.0, Layout(8_000, 1)), Layout(8_000, 1))


def test_a_library_that_hangs_is_not_ended(system: PortAudioSound, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PortAudioSound, "_hangs", False)
    stream = system.play("pulse", tone(500.0, Layout()), Layout())
    system.given_up()
    assert PortAudioSound().look(again=True).outputs
    assert stream.works, "ending the library would have stopped it"
    stream.close()
