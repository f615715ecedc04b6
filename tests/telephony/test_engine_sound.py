"""Sound for real: an engine, a sound server without a sound card, and a known tone each way."""

import select
import socket
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from agent_desktop.telephony import messages as m
from agent_desktop.telephony.trouble import Trouble
from tests.support import sip, sound

Engines = Callable[..., sip.EngineDriver]
Server = sound.SoundServer


def test_without_a_device_calls_work_in_silence(engines: Engines) -> None:
    engine = engines(audio="device")
    ready = engine.of(m.EngineReady)[0]
    assert (ready.audio, ready.trouble) == ("null", Trouble.SOUND_NO_DEVICE)
    engine.send(m.ListAudio())
    assert engine.wait(m.AudioDevices) == m.AudioDevices(outputs=(), inputs=())
    engine.send(m.TrySound(what="microphone"))
    assert engine.wait(m.CommandFailed).trouble == Trouble.SOUND_NOT_THERE
    engine.send(m.Dial(call_id="self", target=engine.uri))
    engine.send(m.Answer(call_id=engine.wait(m.IncomingCall).call_id))
    engine.wait(m.CallAnswered)
    engine.wait(m.CallAnswered)


@pytest.fixture
def server(
    tmp_path_factory: pytest.TempPathFactory,
    program: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Iterator[Server]:
    """PulseAudio, or what ``indirect`` names."""
    with sound.serving(getattr(request, "param", "pulseaudio"), program, tmp_path_factory, monkeypatch) as running:
        yield running


each_server = pytest.mark.parametrize("server", list(sound.PROGRAMS), indirect=True)


def called(phone: sip.EngineDriver, other: sip.EngineDriver, hertz: float = 1000.0) -> str:
    """A call in which ``other`` plays a tone; its id at ``phone``, who hears it."""
    tone = sip.tone(other.folder / "voice.wav", hertz=hertz, seconds=30)
    other.send(m.Dial(call_id="out", target=phone.uri, play=str(tone)))
    call_id = phone.wait(m.IncomingCall).call_id
    phone.send(m.Answer(call_id=call_id))
    phone.wait(m.Levels, lambda level: level.speaker > 0.3)
    return call_id


@each_server
def test_the_caller_is_heard_in_the_chosen_speaker(engines: Engines, server: Server) -> None:
    server.plug("headset", "Headset")
    phone, other = engines(audio="device"), engines()
    assert phone.of(m.EngineReady)[0].audio == "device"
    phone.pause(1.2)  # at rest the engine's bridge stands still
    call_id = called(phone, other)
    sip.until(lambda: sound.loudness(server.heard(1.0), 1000) > 0.95, "the tone")
    phone.send(m.ListAudio())
    devices = phone.wait(m.AudioDevices)
    assert devices.outputs == (sound.SPEAKER, "Cable", "Headset")
    assert devices.inputs == (sound.MICROPHONE,)
    phone.send(m.ChooseAudio(speaker="Headset"))
    sip.until(lambda: sound.loudness(server.heard(0.3, "headset"), 1000) > 0.95, "heard in the other one")
    sip.until(lambda: sound.loudness(server.heard(0.5), 1000) == 0.0, "silence in the first")
    phone.send(m.HangUp(call_id=call_id))
    phone.wait(m.CallEnded)
    sip.until(lambda: sound.loudness(server.heard(0.3, "headset"), 1000) == 0.0, "silence after the call")


class Voice:
    """Where a raw caller hears the agent."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((sip.HOST, sip.free_port()))
        self.socket.settimeout(20)

    @property
    def sdp(self) -> bytes:
        return sip.SDP.replace(b"21990", str(self.socket.getsockname()[1]).encode())

    def hear(self, seconds: float) -> np.ndarray:
        """From now on; 8 kHz to 16 kHz, well enough for one tone."""
        while select.select([self.socket], [], [], 0)[0]:
            self.socket.recv(2048)
        frames = [sound.from_alaw(self.socket.recv(2048)[12:]) for _ in range(int(seconds * 50))]
        return np.repeat(np.concatenate(frames), 2)


@pytest.fixture
def voice() -> Iterator[Voice]:
    one = Voice()
    yield one
    one.socket.close()


def answered(phone: sip.EngineDriver, voice: Voice) -> tuple[sip.RawCaller, str]:
    """A raw call with this voice, and its id at ``phone``."""
    caller = sip.RawCaller(phone.port)
    caller.send(caller.invite("call", body=voice.sdp))
    call_id = phone.wait(m.IncomingCall).call_id
    phone.send(m.Answer(call_id=call_id))
    assert caller.final("call") == 200
    phone.wait(m.CallAnswered)
    return caller, call_id


@each_server
def test_the_microphone_is_heard_by_the_caller_unless_muted(engines: Engines, server: Server, voice: Voice) -> None:
    phone = engines(audio="device")
    caller, call_id = answered(phone, voice)
    with server.playing(sip.tone(phone.folder / "mic.wav", seconds=20, hertz=600.0)):
        phone.wait(m.Levels, lambda level: level.microphone > 0.3)
        sip.until(lambda: sound.loudness(voice.hear(0.5), 600) > 0.9, "the voice")
        phone.send(m.Mute(call_id=call_id, on=True))
        assert phone.wait(m.CallMuted).on
        voice.hear(0.3)
        sip.until(lambda: np.abs(voice.hear(0.3)).max() <= 16, "silence")
        phone.send(m.Mute(call_id=call_id, on=False))
        assert not phone.wait(m.CallMuted).on
        sip.until(lambda: sound.loudness(voice.hear(0.5), 600) > 0.9, "the voice again")
    caller.close()


# ------------------------------------------------------------ devices that come and go


@each_server
def test_a_speaker_unplugged_and_plugged_back_in_a_call(engines: Engines, server: Server) -> None:
    headset = server.plug("headset", "Headset")
    phone, other = engines(audio="device", speaker="Headset"), engines()
    called(phone, other)
    sip.until(lambda: sound.loudness(server.heard(0.3, "headset"), 1000) > 0.95, "heard where it was chosen")
    server.unplug(headset)
    assert phone.wait(m.AudioDevices).outputs == (sound.SPEAKER, "Cable")
    phone.wait(m.EngineTrouble, lambda told: "Headset" in told.detail)
    sip.until(lambda: sound.loudness(server.heard(0.3), 1000) > 0.95, "heard in the system's choice")
    server.plug("headset", "Headset")
    phone.wait(m.SoundBack, lambda told: "Headset" in told.detail)
    sip.until(lambda: sound.loudness(server.heard(0.3, "headset"), 1000) > 0.95, "heard where it was chosen, again")
    assert len([told for told in phone.of(m.EngineTrouble) if "Headset" in told.detail]) == 1, "told once"


def test_a_microphone_unplugged_and_plugged_back_in_a_call(engines: Engines, server: Server, voice: Voice) -> None:
    server.plug("cable", "Cable-2")
    headset = server.plug_microphone("headset", "Headset", hears="cable")
    phone = engines(audio="device", microphone="Headset")
    caller, _ = answered(phone, voice)
    desk, head = (sip.tone(phone.folder / f"{hertz}.wav", seconds=30, hertz=hertz) for hertz in (600.0, 900.0))
    with server.playing(desk), server.playing(head, "cable"):
        sip.until(lambda: sound.loudness(voice.hear(0.3), 900) > 0.9, "the headset is heard")
        server.unplug(headset)
        phone.wait(m.EngineTrouble, lambda told: "Headset" in told.detail)
        sip.until(lambda: sound.loudness(voice.hear(0.3), 600) > 0.9, "the system's choice is heard")
        server.plug_microphone("headset", "Headset", hears="cable")
        phone.wait(m.SoundBack)
        sip.until(lambda: sound.loudness(voice.hear(0.3), 900) > 0.9, "the headset is heard again")
    caller.close()


def test_it_rings_on_the_ring_device_and_on_the_speaker_too_if_wanted(
    engines: Engines, server: Server, sipp: sip.SippRunner
) -> None:
    server.plug("loud", "Loud")
    ring = sip.tone(server.folder / "ring.wav", hertz=700.0)
    phone = engines(audio="device", ring_file=str(ring), ring_device="Loud")
    with server.listening() as speaker, server.listening("loud") as loud:
        began = time.monotonic()
        caller = sipp.call("call_and_cancel", phone.port, pause_ms=1500)
        phone.wait(m.IncomingCall)
        phone.wait(m.CallEnded)
        caller.check()
        heard_s = time.monotonic() - began
        assert sound.loudness(loud(heard_s), 700) > 0.9
        assert sound.loudness(speaker(heard_s), 700) == 0.0
    sip.until(lambda: sound.loudness(server.heard(0.3, "loud"), 700) == 0.0, "silence after ringing")
    phone.send(m.ChooseAudio(ring_device="Loud", ring_on_speaker=True))
    with server.listening() as speaker, server.listening("loud") as loud:
        began = time.monotonic()
        caller = sipp.call("call_and_cancel", phone.port, pause_ms=1500)
        phone.wait(m.CallEnded)
        caller.check()
        heard_s = time.monotonic() - began
        assert sound.loudness(loud(heard_s), 700) > 0.9
        assert sound.loudness(speaker(heard_s), 700) > 0.9


@pytest.mark.parametrize("after_s", [0.0, 0.5])  # while the streams are being opened, and in the middle
def test_a_sound_server_that_dies_is_said_and_the_call_goes_on(
    engines: Engines, server: Server, sipp: sip.SippRunner, after_s: float
) -> None:
    phone = engines(audio="device")
    caller = sipp.call("call_until_bye", phone.port)
    incoming = phone.wait(m.IncomingCall)
    phone.send(m.Answer(call_id=incoming.call_id))
    phone.wait(m.Levels)
    phone.pause(after_s)
    server.stop()
    assert phone.wait(m.EngineTrouble).kind == "audio"
    phone.send(m.HangUp(call_id=incoming.call_id))
    phone.wait(m.CallEnded)
    caller.check()


def test_a_sound_server_that_hangs_is_said_and_sound_comes_back_with_it(engines: Engines, server: Server) -> None:
    phone, other = engines(audio="device"), engines()
    called(phone, other)
    server.freeze()
    assert phone.wait(m.EngineTrouble).kind == "audio"
    server.thaw()
    phone.wait(m.SoundBack)
    sip.until(lambda: sound.loudness(server.heard(0.3), 1000) > 0.95, "heard again")


# ------------------------------------------------------------ a try before the shift


def test_the_agent_hears_what_the_microphone_heard(engines: Engines, server: Server) -> None:
    phone = engines(audio="device")
    with server.playing(sip.tone(phone.folder / "mic.wav", seconds=10, hertz=600.0)), server.listening() as ear:
        began = time.monotonic()
        phone.send(m.TrySound(what="microphone"))
        assert phone.wait(m.SoundLevel).phase == "recording"
        assert phone.wait(m.SoundLevel, lambda said: said.level > 0.1).phase == "recording"
        phone.wait(m.SoundLevel, lambda said: said.phase == "playing")
        ended = phone.wait(m.SoundLevel, lambda said: said.phase == "idle")
        assert ended.trouble == ""
        heard = ear(time.monotonic() - began)
    loud = np.flatnonzero(np.abs(heard) > 500)
    assert 2.5 < (loud[-1] - loud[0]) / sound.RATE < 3.5
    assert sound.loudness(heard[loud[0] : loud[-1]], 600) > 0.95


def test_a_call_ends_the_try(engines: Engines, server: Server, sipp: sip.SippRunner) -> None:
    phone = engines(audio="device")
    phone.send(m.TrySound(what="microphone"))
    phone.wait(m.SoundLevel)
    caller = sipp.call("call_until_bye", phone.port)
    incoming = phone.wait(m.IncomingCall)
    phone.rewind()
    phone.wait(m.SoundLevel, lambda said: said.phase == "idle")
    phone.send(m.TrySound(what="ring"))
    assert phone.wait(m.CommandFailed).trouble == Trouble.SOUND_IN_USE
    phone.send(m.Answer(call_id=incoming.call_id))
    phone.send(m.HangUp(call_id=incoming.call_id))
    caller.check()


def test_the_desktop_hears_of_the_try_and_of_sound_that_comes_and_goes(
    phones: Callable[..., sip.PhoneLog], server: Server
) -> None:
    headset = server.plug("headset", "Headset")
    desk = phones(audio="device", speaker="Headset")
    desk.until(lambda: desk.of("devices"), "the devices are known")  # the phone waits for a slow sound server 3 s only
    desk.phone.try_sound("ring")
    desk.until(lambda: desk.of("command_failed"), "there is no ring to try")
    desk.phone.try_sound("microphone")
    desk.until(lambda: desk.of("sound_level"), "the try")
    desk.phone.choose_audio(speaker="Headset", ring_device=sound.SPEAKER, ring_on_speaker=True)
    server.unplug(headset)
    desk.until(lambda: "Headset" in desk.phone.state.detail, "it is told")
    server.plug("headset", "Headset")
    desk.until(lambda: desk.phone.state.trouble == "", "and that it is back")
    assert any("Headset" not in devices.outputs for devices in desk.of("devices"))  # type: ignore[attr-defined]
