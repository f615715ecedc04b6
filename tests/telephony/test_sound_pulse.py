"""libpulse for real: names, devices, and servers that are not there."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from agent_desktop.telephony.sound_frames import Layout
from agent_desktop.telephony.sound_pulse import PulseSound
from agent_desktop.telephony.sound_system import Devices, SoundError
from agent_desktop.telephony.trouble import Trouble
from tests.support import sip, sound


@pytest.fixture
def server(
    tmp_path_factory: pytest.TempPathFactory, program: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[sound.SoundServer]:
    with sound.serving("pulseaudio", program, tmp_path_factory, monkeypatch) as running:
        yield running


def test_without_a_server_there_is_no_such_sound() -> None:
    with pytest.raises(SoundError):
        PulseSound()


def test_equal_headsets_are_told_apart_and_each_is_reached(server: sound.SoundServer) -> None:
    server.plug("left", "Headset")
    server.plug("right", "Headset")
    system = PulseSound()
    devices = system.look(again=False)
    assert devices == Devices((sound.SPEAKER, "Cable", "Headset", "Headset (2)"), (sound.MICROPHONE,))
    stream = system.play("Headset (2)", lambda size: (8_000 * np.ones(size // 2)).astype("<i2").tobytes(), Layout())
    sip.until(lambda: np.abs(server.heard(0.1, "right")).max() > 5_000, "it sounds")
    assert np.abs(server.heard(0.1, "left")).max() == 0
    stream.close()
    sip.until(lambda: not stream.works, "it ends")


def test_what_servers_offer_without_any_device_is_none(server: sound.SoundServer) -> None:
    system = PulseSound()
    for number in reversed(server.numbers):
        server.unplug(number)
    server.plug("auto_null", "Dummy-Output")
    assert system.look(again=False) == Devices(trouble=Trouble.SOUND_NO_DEVICE)


def test_a_server_that_comes_back_is_found(server: sound.SoundServer) -> None:
    system = PulseSound()
    streams = [system.play("", bytes, Layout()), system.record("", lambda _data: None)]
    assert all(stream.works for stream in streams)
    server.stop()
    assert not system.look(again=False)
    sip.until(lambda: not any(stream.works for stream in streams), "both streams end")
    with pytest.raises(SoundError, match="refused"):
        system.play("", bytes, Layout())
    server.start()
    assert system.look(again=False).outputs[0] == sound.SPEAKER
