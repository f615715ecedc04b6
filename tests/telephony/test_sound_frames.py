"""Sound as bytes: buffers, rates, a WAV in a loop, loudness."""

import wave
from pathlib import Path

import numpy as np
import pytest

from agent_desktop import paths
from agent_desktop.telephony import sound_frames
from tests.support import sound


def test_a_buffer_waits_to_be_filled_and_drops_the_oldest() -> None:
    buffer = sound_frames.FrameBuffer(target=4, most=8)
    buffer.put(b"ab")
    assert buffer.get(2) == b"\0\0"
    assert not buffer.flows
    buffer.put(b"cd")
    assert buffer.get(2) == b"ab"
    assert buffer.flows
    assert buffer.get(4) == b"cd\0\0"
    assert buffer.dry == 1
    buffer.put(b"ef")
    assert buffer.get(2) == b"\0\0", "it waits again"
    buffer.put(b"0123456789")
    assert buffer.dropped == 1
    assert buffer.get(4) == b"6789"
    buffer.clear()
    assert buffer.get(1) == b"\0"


def gets_from(buffer: sound_frames.FrameBuffer, times: int) -> list[bytes]:
    """Two bytes each time, after two were put."""
    got = []
    for _ in range(times):
        buffer.put(b"ab")
        got.append(buffer.get(2))
    return got


def test_a_buffer_gives_back_delay_that_nobody_needs() -> None:
    buffer = sound_frames.FrameBuffer(target=8, most=40)
    buffer.put(bytes(30))  # a burst at the beginning
    gets_from(buffer, buffer.WINDOW)
    assert buffer.dropped == 1
    assert gets_from(buffer, 4)[-1] == b"ab", "two that were there, then what is put"
    gets_from(buffer, 10 * buffer.WINDOW)
    assert (buffer.dropped, buffer.dry) == (1, 0), "what is left is the reserve"


def test_a_buffer_that_ran_dry_waits_for_more_until_it_is_calm() -> None:
    buffer = sound_frames.FrameBuffer(target=8, most=40)

    def silences() -> int:
        buffer.get(40)  # the other clock did not come for a while
        return gets_from(buffer, 20).count(b"\0\0")

    assert [silences() for _ in range(5)] == [3, 5, 7, 9, 9], "4 bytes more each time, to half of what it holds"
    gets_from(buffer, 2 * buffer.WINDOW * buffer.CALM)
    assert silences() == 7, "two steps less, and one more for running dry again"
    gets_from(buffer, 10 * buffer.WINDOW * buffer.CALM)
    assert silences() == 5


@pytest.mark.parametrize("channels", [1, 2])
def test_rates_keep_a_tone(channels: int) -> None:
    t = np.arange(sound_frames.RATE) / sound_frames.RATE
    tone = (10_000 * np.sin(2 * np.pi * 440 * t)).astype("<i2")
    wide, last = b"", 0
    for start in range(0, len(tone), 320):
        piece, last = sound_frames.widen(tone[start : start + 320].tobytes(), last, channels)
        wide += piece
    assert len(wide) == len(tone) * 2 * 3 * channels
    back = np.frombuffer(sound_frames.narrow(wide, channels), "<i2").astype(float)
    assert sound.loudness(back, 440) > 0.99
    assert np.abs(back).max() > 9_500


def wav(path: Path, samples: list[int], channels: int = 1, width: int = 2) -> str:
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, width, 8_000, 0, "NONE", ""))
        file.writeframes(b"".join(sample.to_bytes(width, "little", signed=True) for sample in samples))
    return str(path)


def test_a_loop_has_no_end_and_is_as_loud_as_it_should_be(tmp_path: Path) -> None:
    path = wav(tmp_path / "ring.wav", [100, -200, 300], channels=1)
    loop = sound_frames.Wav(path, 1.0)
    assert loop.layout == sound_frames.Layout(8_000, 1)
    assert np.frombuffer(loop.get(4) + loop.get(10), "<i2").tolist() == [100, -200, 300, 100, -200, 300, 100]
    assert np.frombuffer(sound_frames.Wav(path, 0.5).get(8), "<i2").tolist() == [50, -100, 150, 50]


def test_a_wav_that_is_read_once_is_followed_by_silence(tmp_path: Path) -> None:
    once = sound_frames.Wav(wav(tmp_path / "once.wav", [100, -200, 300]), loop=False)
    assert np.frombuffer(once.get(4), "<i2").tolist() == [100, -200]
    assert not once.ended
    assert np.frombuffer(once.get(8), "<i2").tolist() == [300, 0, 0, 0]
    assert once.ended
    assert once.get(4) == bytes(4)


def test_a_wav_that_cannot_be_played_is_refused(tmp_path: Path) -> None:
    for path in (wav(tmp_path / "empty.wav", []), wav(tmp_path / "wide.wav", [1], width=3)):
        with pytest.raises(wave.Error):
            sound_frames.Wav(path, 1.0)
    with pytest.raises(OSError, match="nothing"):
        sound_frames.Wav(str(tmp_path / "nothing.wav"), 1.0)


def test_loudness_is_the_largest_sample() -> None:
    assert sound_frames.loudest(b"") == 0.0
    assert sound_frames.loudest(np.array([100, -32_768, 5], "<i2").tobytes()) == 1.0
    assert sound_frames.loudest(np.array([16_384, -5], "<i2").tobytes()) == 0.5


def test_the_ring_can_be_heard() -> None:
    with wave.open(str(paths.resource("sounds", "ring.wav"))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 16_000)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float)
    assert 0.1 < len(samples) / 16_000 < 10
    assert 10_000 < np.abs(samples).max() < 12_000
