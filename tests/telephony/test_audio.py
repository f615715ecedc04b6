"""Sound: buffers and rates on paper, then a real sound server with a known tone each way."""

import select
import socket
import wave
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from agent_desktop import paths
from agent_desktop.telephony import audio
from agent_desktop.telephony import messages as m
from tests.support import sip, sound

Engines = Callable[..., sip.EngineDriver]


def test_a_buffer_waits_to_be_filled_and_drops_the_oldest() -> None:
    buffer = audio.FrameBuffer(target=4, most=8)
    buffer.put(b"ab")
    assert buffer.get(2) == b"\0\0"
    buffer.put(b"cd")
    assert buffer.get(2) == b"ab"
    assert buffer.get(4) == b"cd\0\0"
    assert buffer.dry == 1
    buffer.put(b"ef")
    assert buffer.get(2) == b"\0\0", "it waits again"
    buffer.put(b"0123456789")
    assert buffer.dropped == 1
    assert buffer.get(4) == b"6789"
    buffer.clear()
    assert buffer.get(1) == b"\0"


@pytest.mark.parametrize("channels", [1, 2])
def test_rates_keep_a_tone(channels: int) -> None:
    t = np.arange(audio.RATE) / audio.RATE
    tone = (10_000 * np.sin(2 * np.pi * 440 * t)).astype("<i2")
    wide, last = b"", 0
    for start in range(0, len(tone), 320):
        piece, last = audio.widen(tone[start : start + 320].tobytes(), last, channels)
        wide += piece
    assert len(wide) == len(tone) * 2 * 3 * channels
    back = np.frombuffer(audio.narrow(wide, channels), "<i2").astype(float)
    assert sound.loudness(back, 440) > 0.99
    assert np.abs(back).max() > 9_500


def test_without_the_library_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audio.ctypes.util, "find_library", lambda _: None)
    device = audio.Sound()
    device.look()
    device.open()
    device.ring("nothing.wav", 1.0)
    device.stop()
    assert device.reports() == [audio.SoundReport("devices", text=audio.NO_LIBRARY)]


def test_the_ring_can_be_heard() -> None:
    with wave.open(str(paths.resource("sounds", "ring.wav"))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 16_000)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float)
    assert 0.1 < len(samples) / 16_000 < 10
    assert 10_000 < np.abs(samples).max() < 12_000


def test_without_a_device_calls_work_in_silence(engines: Engines) -> None:
    engine = engines(audio="device")
    ready = engine.of(m.EngineReady)[0]
    assert (ready.audio, ready.notice) == ("null", audio.NO_DEVICE)
    engine.send(m.ListAudio())
    assert engine.wait(m.AudioDevices) == m.AudioDevices(outputs=(), inputs=())
    engine.send(m.Dial(call_id="self", target=engine.uri))
    engine.send(m.Answer(call_id=engine.wait(m.IncomingCall).call_id))
    engine.wait(m.CallAnswered)
    engine.wait(m.CallAnswered)


# ------------------------------------------------------------ with a sound server


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


def test_the_caller_is_heard_in_the_loudspeaker(engines: Engines, server: sound.SoundServer) -> None:
    phone, other = engines(audio="device"), engines()
    assert phone.of(m.EngineReady)[0].audio == "device"
    phone.pause(1.2)  # at rest the engine's bridge stands still
    other.send(m.Dial(call_id="out", target=phone.uri, play=str(sip.tone(other.folder / "t.wav", hertz=1000.0))))
    incoming = phone.wait(m.IncomingCall)
    phone.send(m.Answer(call_id=incoming.call_id))
    phone.wait(m.Levels, lambda level: level.speaker > 0.3)
    assert sound.loudness(server.heard(1.5)[8000:], 1000) > 0.95
    phone.send(m.ListAudio())
    devices = phone.wait(m.AudioDevices)
    assert "pulse" in devices.outputs
    phone.send(m.ChooseAudio(speaker="pulse", microphone="pulse"))
    assert sound.loudness(server.heard(2.0)[16_000:], 1000) > 0.95, "also after choosing other devices"
    phone.send(m.HangUp(call_id=incoming.call_id))
    phone.wait(m.CallEnded)
    sip.until(lambda: sound.loudness(server.heard(0.5), 1000) == 0.0, "silence after the call")


def test_the_microphone_is_heard_by_the_caller_unless_muted(engines: Engines, server: sound.SoundServer) -> None:
    phone = engines(audio="device")
    caller = sip.RawCaller(phone.port)
    voice = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    voice.bind((sip.HOST, sip.free_port()))
    voice.settimeout(5)
    port = str(voice.getsockname()[1]).encode()
    caller.send(caller.invite("call", body=sip.SDP.replace(b"21990", port)))
    incoming = phone.wait(m.IncomingCall)
    phone.send(m.Answer(call_id=incoming.call_id))
    assert caller.final("call") == 200
    phone.wait(m.CallAnswered)

    def hear(seconds: float) -> np.ndarray:
        while select.select([voice], [], [], 0)[0]:  # what came before now
            voice.recv(2048)
        frames = [sound.from_alaw(voice.recv(2048)[12:]) for _ in range(int(seconds * 50))]
        return np.repeat(np.concatenate(frames), 2)  # 8 kHz to 16 kHz, well enough for one tone

    with server.playing(sip.tone(phone.folder / "mic.wav", seconds=20, hertz=600.0)):
        phone.wait(m.Levels, lambda level: level.microphone > 0.3)
        assert sound.loudness(hear(1.0), 600) > 0.9
        phone.send(m.Mute(call_id=incoming.call_id, on=True))
        assert phone.wait(m.CallMuted).on
        hear(0.3)
        assert np.abs(hear(0.3)).max() <= 16, "silence"
        phone.send(m.Mute(call_id=incoming.call_id, on=False))
        assert not phone.wait(m.CallMuted).on
        hear(0.3)
        assert sound.loudness(hear(0.5), 600) > 0.9
    voice.close()
    caller.close()


def test_it_rings_on_the_ring_device(engines: Engines, server: sound.SoundServer, sipp: sip.SippRunner) -> None:
    ring = sip.tone(server.folder / "ring.wav", hertz=700.0)
    phone = engines(audio="device", ring_file=str(ring))
    caller = sipp.call("call_and_cancel", phone.port, pause_ms=2500)
    phone.wait(m.IncomingCall)
    assert sound.loudness(server.heard(1.5)[8000:], 700) > 0.9
    phone.wait(m.CallEnded)
    caller.check()
    sip.until(lambda: sound.loudness(server.heard(0.5), 700) == 0.0, "silence after ringing")


@pytest.mark.serial
def test_a_sound_server_that_dies_is_said_and_the_call_goes_on(
    engines: Engines, server: sound.SoundServer, sipp: sip.SippRunner
) -> None:
    phone = engines(audio="device")
    caller = sipp.call("call_until_bye", phone.port)
    incoming = phone.wait(m.IncomingCall)
    phone.send(m.Answer(call_id=incoming.call_id))
    phone.wait(m.Levels)
    server.stop()
    # PortAudio tells only once its own wait on the dead server has run out, which a busy machine draws out.
    assert phone.wait(m.EngineTrouble, within_s=60).kind == "audio"
    phone.send(m.HangUp(call_id=incoming.call_id))
    phone.wait(m.CallEnded)
    caller.check()
    phone.expected_errors.append("sound: ")
