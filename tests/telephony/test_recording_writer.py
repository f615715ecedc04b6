"""Frames of the media thread in an encrypted file: second for second, with nothing in it that was said in a pause."""

import os
import threading
import wave
from pathlib import Path

import numpy as np
import pyrage
import pytest

from agent_desktop.core import recording_review
from agent_desktop.telephony import recording_writer
from agent_desktop.telephony.recording_format import BYTES_PER_S, HEADER_BYTES
from agent_desktop.telephony.recording_writer import FrameRing, RecordingWriter
from agent_desktop.telephony.sound_frames import FRAME_BYTES

FRAMES_PER_S = 50


@pytest.fixture
def key(tmp_path: Path) -> Path:
    recording_review.make_key(tmp_path / "key.txt")
    return tmp_path / "key.txt"


def public(key: Path) -> str:
    return next(line.split()[-1] for line in key.read_text().splitlines() if "public key" in line)


def frame(value: int) -> bytes:
    return np.full(FRAME_BYTES // 2, value, "<i2").tobytes()


def say(ring: FrameRing, sent: int, received: int, frames: int) -> None:
    for _ in range(frames):
        ring.received(frame(received))
        ring.sent(frame(sent))


def opened(path: Path, key: Path) -> np.ndarray:
    """The samples, a row of two each."""
    out = path.with_suffix(".wav")
    recording_review.decrypt(path, key, out)
    with wave.open(str(out)) as sound:
        assert (sound.getnchannels(), sound.getframerate(), sound.getsampwidth()) == (2, 16_000, 2)
        return np.frombuffer(sound.readframes(sound.getnframes()), "<i2").reshape(-1, 2)


def test_left_is_what_was_sent_and_right_what_was_received(tmp_path: Path, key: Path) -> None:
    ring = FrameRing()
    writer = RecordingWriter(tmp_path / "r.age", public(key), ring)
    say(ring, 100, -200, FRAMES_PER_S)
    writer.start()
    writer.finish()
    writer.join(30)
    assert writer.error is None
    samples = opened(tmp_path / "r.age", key)
    assert len(samples) == 16_000
    assert (samples == [100, -200]).all()
    assert (tmp_path / "r.age").stat().st_mode & 0o777 == 0o600


def test_what_is_said_in_a_pause_goes_nowhere(tmp_path: Path, key: Path) -> None:
    ring = FrameRing()
    say(ring, 100, -200, 10)
    ring.paused = True
    say(ring, 4929, 4929, 10)
    assert frame(4929) not in [part for pair in ring._pairs for part in pair[1:]]
    ring.paused = False
    say(ring, 100, -200, 10)
    writer = RecordingWriter(tmp_path / "r.age", public(key), ring)
    writer.start()
    writer.finish()
    writer.join(30)
    samples = opened(tmp_path / "r.age", key).reshape(30, -1, 2)
    assert (samples[10:20] == 0).all()
    assert (samples[:10] == [100, -200]).all()
    assert (samples[20:] == [100, -200]).all()


def test_a_channel_that_gives_nothing_is_silent_and_both_stay_together(tmp_path: Path, key: Path) -> None:
    ring = FrameRing()
    for value in range(1, 11):
        ring.received(frame(value))
        ring.sent(frame(value) if value % 2 else b"")
    ring.received(frame(11))  # and once the other port was not asked at all
    ring.received(frame(12))
    ring.sent(frame(12))
    writer = RecordingWriter(tmp_path / "r.age", public(key), ring)
    writer.start()
    writer.finish()
    writer.join(30)
    firsts = opened(tmp_path / "r.age", key).reshape(12, -1, 2)[:, 0].tolist()
    assert firsts == [[value if value % 2 else 0, value] for value in range(1, 11)] + [[0, 11], [12, 12]]


def test_what_had_no_room_is_silence_of_the_same_length_and_written_down(tmp_path: Path, key: Path) -> None:
    ring = FrameRing(most=20)
    say(ring, 1, 1, 20)
    say(ring, 2, 2, 15)  # the disk does not answer
    assert ring.take() is not None
    say(ring, 3, 3, 1)
    writer = RecordingWriter(tmp_path / "r.age", public(key), ring)
    writer.start()
    writer.finish()
    writer.join(30)
    values = opened(tmp_path / "r.age", key).reshape(35, -1, 2)[:, 0, 0].tolist()
    assert values == [1] * 19 + [0] * 15 + [3]
    [gap] = writer.lost
    assert gap.reason == "lost"
    assert gap.end_us is not None
    assert gap.end_us - gap.start_us == 15 * 20_000


def test_a_second_without_any_sound_is_a_second_of_silence(
    tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(recording_writer.clock, "monotonic", lambda: now[0])
    ring = FrameRing()
    writer = RecordingWriter(tmp_path / "r.age", public(key), ring)
    say(ring, 1, 1, 10)
    now[0] += 3.0
    assert len(writer._read(1_000_000)) == HEADER_BYTES
    assert len(writer._read(1_000_000)) == 10 * BYTES_PER_S // FRAMES_PER_S
    assert len(writer._read(10_000_000)) == 140 * BYTES_PER_S // FRAMES_PER_S
    assert writer.lost[0].reason == "lost"


def test_a_folder_that_is_not_there_and_a_file_that_is(tmp_path: Path, key: Path) -> None:
    (tmp_path / "there.age").write_bytes(b"of somebody else")
    for path in (tmp_path / "no" / "r.age", tmp_path / "there.age"):
        writer = RecordingWriter(path, public(key), FrameRing())
        writer.start()
        writer.join(30)
        assert writer.error is not None
        assert not writer.opened
    assert (tmp_path / "there.age").read_bytes() == b"of somebody else"


def test_a_key_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"bech32|recipient|invalid|checksum"):
        RecordingWriter(tmp_path / "r.age", "age1notakey", FrameRing())


def test_a_disk_that_is_full(key: Path) -> None:
    ring = FrameRing()
    say(ring, 1, 1, 100)
    writer = RecordingWriter(Path("/dev/full"), public(key), ring)
    plain = os.open
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "open", lambda path, flags, mode=0: plain(path, os.O_WRONLY))
        writer.start()
        writer.join(30)
    assert not writer.is_alive()
    assert writer.error is not None
    assert writer.error.errno == 28
    say(ring, 1, 1, 10)
    assert not ring._pairs or len(ring._pairs) <= 100, "nothing piles up behind it"


@pytest.mark.parametrize("cut", [1, 17, 30_000, 65_552, 65_553, 200_000])
def test_what_a_crash_leaves_can_be_heard_up_to_the_last_whole_chunk(tmp_path: Path, key: Path, cut: int) -> None:
    ring = FrameRing()
    for value in range(500):
        say(ring, value, -value, 1)
    writer = RecordingWriter(tmp_path / "r.age", public(key), ring)
    writer.start()
    writer.finish()
    writer.join(30)
    data = (tmp_path / "r.age").read_bytes()
    whole = pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(key.read_text().splitlines()[-1])])
    (tmp_path / "cut.age").write_bytes(data[: len(data) - cut])
    told = recording_review.decrypt(tmp_path / "cut.age", key, tmp_path / "cut.wav")
    assert not told.complete
    chunks = (len(data) - cut - 200) // 65_552
    assert (tmp_path / "cut.wav").read_bytes()[HEADER_BYTES:] == whole[HEADER_BYTES : chunks * 65_536]


def test_threads_that_record_end_with_their_recording(tmp_path: Path, key: Path) -> None:
    before = {*threading.enumerate()}  # of those some may just be ending
    writers = [RecordingWriter(tmp_path / f"{n}.age", public(key), FrameRing()) for n in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.finish()
    for writer in writers:
        writer.join(30)
    assert {*threading.enumerate()} <= before
