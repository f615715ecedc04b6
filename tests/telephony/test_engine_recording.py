"""Real calls between two engines, a tone each way, recorded: what is in the file, and what is nowhere on the disk."""

import os
import resource
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from agent_desktop.core import recording_review
from agent_desktop.telephony import messages as m
from agent_desktop.telephony.trouble import Trouble
from tests.support import sip
from tests.support.sound import RATE, loudness
from tests.support.talk import answered, connected, ended

Engines = Callable[..., sip.EngineDriver]
AGENT_HZ, CUSTOMER_HZ, THIRD_HZ, BEEP_HZ = 600, 1_500, 2_200, 1_400
PAYMENT = "card payment"
CHUNK = 65_552  # a second, encrypted


def write_tone(path: Path, hertz: float) -> Path:
    samples = (8_000 * np.sin(2 * np.pi * hertz * np.arange(RATE) / RATE)).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return path


class Recorded:
    """An agent's engine in a call, the agent's microphone and the customer's voice each being a tone."""

    def __init__(self, engines: Engines, folder: Path):
        self.folder = folder
        self.spool = folder / "spool"
        self.spool.mkdir(mode=0o700)
        self.public = recording_review.make_key(folder / "key.txt")
        self.agent, self.customer = engines(), engines()
        voice = write_tone(folder / "customer.wav", CUSTOMER_HZ)
        self.customer.send(m.Dial(call_id="out", target=self.agent.uri, play=str(voice)))
        self.call_id = answered(self.agent)
        own = write_tone(folder / "agent.wav", AGENT_HZ)
        self.agent.send(m.Play(call_id=self.call_id, path=str(own), loop=True))
        self.agent.wait(m.Levels, lambda levels: levels.microphone > 0.1 and levels.speaker > 0.1)

    def order(self, action: str, **more: object) -> None:
        self.agent.send(m.Record(call_id=self.call_id, action=action, **more))  # type: ignore[arg-type]

    def start(self, name: str = "r", **more: object) -> Path:
        path = self.spool / f"{name}.wav.age"
        self.order("start", recording_id=name, path=str(path), recipient=self.public, **more)
        assert self.state("recording").recording_id == name
        return path

    def state(self, state: str) -> m.RecordingState:
        return self.agent.wait(m.RecordingChanged, lambda one: one.recording.state == state).recording

    def stop(self) -> m.RecordingState:
        self.order("stop")
        return self.state("stopped")

    def heard(self, path: Path) -> np.ndarray:
        """What a reviewer hears: a row of (agent, customer) for each sample."""
        out = path.with_suffix(".wav")
        told = recording_review.decrypt(path, self.folder / "key.txt", out)
        with wave.open(str(out)) as sound:
            samples = np.frombuffer(sound.readframes(sound.getnframes()), "<i2").reshape(-1, 2)
        assert told.complete
        assert told.seconds == pytest.approx(len(samples) / RATE)
        out.unlink()
        return samples.astype(float)


@pytest.fixture
def call(engines: Engines, tmp_path: Path) -> Recorded:
    return Recorded(engines, tmp_path)


def between(samples: np.ndarray, start_s: float, end_s: float) -> np.ndarray:
    return samples[int(start_s * RATE) : int(end_s * RATE)]


def tones(samples: np.ndarray) -> tuple[str, str]:
    """What the agent's and the customer's channel hold."""
    found = []
    for channel, hertz in ((samples[:, 0], AGENT_HZ), (samples[:, 1], CUSTOMER_HZ)):
        loudest = np.abs(np.fft.rfft(channel * np.hanning(len(channel)))).argmax() * RATE / len(channel)
        right = abs(loudest - hertz) < 30
        found.append("silence" if np.abs(channel).max() == 0 else "tone" if right else "?")
    return found[0], found[1]


BOTH, NOBODY, CUSTOMER = ("tone", "tone"), ("silence", "silence"), ("silence", "tone")


def story(samples: np.ndarray) -> list[tuple[tuple[str, str], float, float]]:
    """What was heard one after the other and from when to when, in seconds; what took less than 0.2 s is left out."""
    step = 0.1
    runs: list[tuple[tuple[str, str], float, float]] = []
    for at in range(int(len(samples) / RATE / step)):
        now = tones(between(samples, at * step, (at + 1) * step))
        if runs and runs[-1][0] == now:
            runs[-1] = (now, runs[-1][1], (at + 1) * step)
        else:
            runs.append((now, at * step, (at + 1) * step))
    told: list[tuple[tuple[str, str], float, float]] = []
    for what, start, end in runs:
        if end - start < 0.19:
            continue
        if told and told[-1][0] == what:
            told[-1] = (what, told[-1][1], end)
        else:
            told.append((what, start, end))
    return told


def files(*folders: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


@pytest.mark.serial  # what is heard at which moment
def test_each_side_has_its_channel_a_pause_is_silence_and_nothing_plain_is_on_the_disk(call: Recorded) -> None:
    path = call.start()
    call.agent.pause(1.2)
    during = files(call.spool, call.agent.folder)
    assert len(during[path]) > 65_552, "written while the call goes on"
    call.order("pause", reason=PAYMENT, resume_after_s=0.6)
    paused = call.state("paused")
    assert paused.resumes_at_us is not None
    resumed = call.state("recording")  # by itself
    call.agent.pause(0.5)
    stopped = call.stop()
    samples = call.heard(path)
    [gap] = stopped.gaps
    assert resumed.gaps == stopped.gaps
    assert (gap.reason, gap.ended_by) == (PAYMENT, "timer")
    assert gap.end_us is not None
    assert gap.end_us - gap.start_us == pytest.approx(600_000, abs=200_000)
    assert stopped.ended_us is not None
    assert len(samples) / RATE == pytest.approx((stopped.ended_us - stopped.started_us) / 1e6, abs=0.7)
    told = story(samples)
    assert [what for what, _, _ in told] == [BOTH, NOBODY, BOTH]
    assert told[1][2] - told[1][1] == pytest.approx((gap.end_us - gap.start_us) / 1e6, abs=0.2)
    assert told[1][1] == pytest.approx((gap.start_us - stopped.started_us) / 1e6, abs=0.7)
    said = between(samples, 0.3, 0.9).astype("<i2").tobytes()
    pieces = [said[at : at + 32] for at in range(0, len(said), 640)]
    for file, data in during.items() | files(call.spool, call.agent.folder).items():
        assert b"RIFF" not in data, file
        assert not [piece for piece in pieces if piece in data], file
    assert during[path].startswith(b"age-encryption.org/v1\n")


@pytest.mark.serial  # what is heard at which moment
def test_a_muted_agent_and_a_held_customer_are_silent(call: Recorded) -> None:
    path = call.start()
    call.agent.pause(0.5)
    call.agent.send(m.Mute(call_id=call.call_id, on=True))
    call.agent.wait(m.CallMuted)
    call.agent.pause(0.5)
    call.agent.send(m.Mute(call_id=call.call_id, on=False))
    call.agent.wait(m.CallMuted)
    call.agent.pause(0.5)
    call.agent.send(m.Hold(call_id=call.call_id))
    call.agent.wait(m.CallHeld)
    call.agent.pause(0.5)
    call.agent.send(m.Resume(call_id=call.call_id))
    call.agent.wait(m.CallResumed)
    call.agent.pause(0.8)
    call.stop()
    assert [what for what, _, _ in story(call.heard(path))] == [BOTH, CUSTOMER, BOTH, NOBODY, BOTH]


@pytest.mark.serial  # what is heard at which moment
def test_the_beep_is_heard_by_the_customer_and_on_the_recording(call: Recorded) -> None:
    call.agent.send(m.Mute(call_id=call.call_id, on=True))
    call.agent.wait(m.CallMuted)
    theirs = call.spool / "theirs.age"
    record = m.Record(call_id="out", action="start", recording_id="t", path=str(theirs), recipient=call.public)
    call.customer.send(record)
    call.customer.wait(m.RecordingChanged)
    path = call.start(beep_every_s=0.5)
    call.agent.pause(1.0)
    call.order("pause")
    paused = call.state("paused")
    call.agent.pause(0.8)
    stopped = call.stop()
    call.customer.send(m.Record(call_id="out", action="stop"))
    told = call.customer.wait(m.RecordingChanged, lambda one: one.recording.state == "stopped").recording
    ours, heard = call.heard(path)[:, 0], call.heard(theirs)[:, 1]

    def beeps(channel: np.ndarray) -> int:
        loud = [loudness(part, BEEP_HZ) > 0.5 for part in np.array_split(channel, max(1, len(channel) // 1_600))]
        return sum(now and not before for before, now in zip([False, *loud], loud, strict=False))

    assert beeps(ours) >= 2
    until = int((paused.gaps[0].start_us - told.started_us) / 1e6 * RATE) + RATE // 4
    assert beeps(heard[:until]) >= 2
    assert beeps(heard[until:]) == 0, "no beep says that it is recorded while it is not"
    assert stopped.gaps[0].ended_by == "end"


def test_the_end_of_the_call_completes_the_recording(call: Recorded) -> None:
    path = call.start()
    call.order("pause", reason=PAYMENT)
    call.state("paused")
    call.customer.send(m.HangUp(call_id="out"))
    call.agent.wait(m.CallEnded)
    stopped = call.state("stopped")
    assert [(gap.reason, gap.ended_by) for gap in stopped.gaps] == [(PAYMENT, "end")]
    assert stopped.ended_us is not None
    assert len(call.heard(path))


def test_an_engine_that_is_shut_down_completes_the_recording(call: Recorded) -> None:
    path = call.start()
    call.agent.send(m.Shutdown())
    call.state("stopped")
    call.agent.wait_for_end()
    assert len(call.heard(path))


def test_what_a_killed_engine_leaves_can_be_heard(call: Recorded) -> None:
    path = call.start()
    sip.until(lambda: path.stat().st_size > 2 * 65_552 + 100, "two chunks are written")
    call.agent.kill()
    told = recording_review.decrypt(path, call.folder / "key.txt", call.folder / "heard.wav")
    assert not told.complete
    assert told.seconds >= 2 * 65_536 / 64_000 - 0.01
    with wave.open(str(call.folder / "heard.wav")) as sound:
        samples = np.frombuffer(sound.readframes(sound.getnframes()), "<i2").reshape(-1, 2).astype(float)
    assert story(samples)[0][0] == BOTH


def test_a_full_disk_ends_the_recording_and_not_the_call(call: Recorded) -> None:
    assert call.agent.process is not None
    resource.prlimit(call.agent.process.pid, resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
    call.start()
    failed = call.state("failed")
    assert failed.trouble == "disk_full"
    assert failed.detail
    call.agent.send(m.Mute(call_id=call.call_id, on=True))
    assert call.agent.wait(m.CallMuted).on
    assert not call.agent.of(m.CallEnded)
    call.agent.wait(m.Levels, lambda levels: levels.speaker > 0.1)
    resource.prlimit(call.agent.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    path = call.start("again")
    call.stop()
    assert len(call.heard(path))


def test_a_folder_that_is_gone_is_told(call: Recorded) -> None:
    call.order("start", recording_id="r", path=str(call.folder / "no" / "r.age"), recipient=call.public)
    assert call.state("failed").trouble == "file"
    assert not call.agent.of(m.CallEnded)


def test_a_new_desktop_finds_the_recording_running(call: Recorded) -> None:
    path = call.start()
    call.order("pause", reason=PAYMENT, resume_after_s=60)
    paused = call.state("paused")
    call.agent.leave()
    welcome = call.agent.attach(seen=10_000)
    assert welcome.calls[0].recording == paused
    call.order("resume")
    assert call.state("recording").gaps[0].ended_by == "agent"
    call.stop()
    assert len(call.heard(path))


def test_a_dialog_that_is_replaced_goes_on_in_the_same_recording(call: Recorded, engines: Engines) -> None:
    """The customer's end is moved: an attended transfer between two others puts a new dialog in the old one's place."""
    third = engines(follow_transfers=True)
    voice = write_tone(call.folder / "third.wav", CUSTOMER_HZ)
    theirs = connected(call.customer, third, "moved")
    path = call.start()
    sip.until(lambda: path.stat().st_size > CHUNK, "a second is written")
    call.customer.send(m.TransferToCall(call_id="moved", to_call_id="out"))
    new = call.agent.wait(m.CallReplaced).by_call_id
    call.agent.rewind()
    gap = call.agent.wait(m.RecordingChanged, lambda one: one.call_id == new and one.recording.gaps[-1].end_us)
    own = str(call.folder / "agent.wav")
    call.agent.send(m.Play(call_id=new, path=own, loop=True))
    new_leg = third.wait(m.TransferRequested).new_call_id
    third.wait(m.CallAnswered, lambda event: event.call_id == new_leg)
    third.send(m.Play(call_id=new_leg, path=str(voice), loop=True))
    assert ended(call.agent, call.call_id).by == "remote"
    assert ended(third, theirs)
    (only,) = gap.recording.gaps
    assert (only.reason, only.ended_by) == ("replaced", "new_dialog")
    assert only.end_us is not None
    assert 0 <= only.end_us - only.start_us < 5_000_000
    until_size = path.stat().st_size + 2 * CHUNK
    sip.until(lambda: path.stat().st_size > until_size, "two seconds more")
    call.agent.leave()
    assert [one.recording.recording_id for one in call.agent.attach(seen=10_000).calls if one.recording] == ["r"]
    call.call_id = new
    assert call.stop().gaps == gap.recording.gaps
    told = story(call.heard(path))
    assert told[0][0] == told[-1][0] == BOTH, told


def test_orders_that_make_no_sense_are_refused(call: Recorded) -> None:
    call.order("stop")
    assert call.agent.wait(m.CommandFailed).trouble == Trouble.RECORD_NOT_RUNNING
    call.order("start", recording_id="r", path=str(call.spool / "r.age"), recipient="age1nonsense")
    assert call.agent.wait(m.CommandFailed).trouble == Trouble.RECORD_KEY
    call.start()
    call.order("start", recording_id="r2", path=str(call.spool / "r2.age"), recipient=call.public)
    assert call.agent.wait(m.CommandFailed).trouble == Trouble.RECORD_RUNS
    assert os.listdir(call.spool) == ["r.wav.age"]
    call.stop()


@pytest.mark.parametrize("method", ["rfc4733", "info"])
def test_digits_are_written_nowhere(call: Recorded, method: str) -> None:
    path = call.start()
    call.agent.send(m.SendDigits(call_id=call.call_id, digits="4929", method=method))
    call.customer.send(m.SendDigits(call_id="out", digits="7351", method=method))
    heard = [call.customer.wait(m.DigitReceived).digit for _ in range(4)]
    received = [call.agent.wait(m.DigitReceived).digit for _ in range(4)]
    assert ("".join(heard), "".join(received)) == ("4929", "7351")
    call.stop()
    for log in (call.agent.log, call.customer.log):
        for word in ("4929", "7351", "digit", "dtmf", "signal="):
            assert word not in log.lower()
    for file, data in files(call.agent.folder, call.customer.folder).items():
        assert b"4929" not in data, file
        assert b"7351" not in data, file
    assert len(call.heard(path))


@pytest.mark.serial  # what is heard at which moment
def test_in_a_conference_the_third_is_heard_on_the_side_that_is_sent(call: Recorded, engines: Engines) -> None:
    third = engines()
    voice = write_tone(call.folder / "third.wav", THIRD_HZ)
    third.send(m.Dial(call_id="third", target=call.agent.uri, play=str(voice)))
    other = answered(call.agent)
    call.agent.send(m.Mute(call_id=call.call_id, on=True))
    call.agent.wait(m.CallMuted)
    path = call.start()
    call.agent.pause(0.5)
    call.agent.send(m.Confer(call_ids=(call.call_id, other)))
    call.agent.wait(m.ConferenceChanged)
    call.agent.pause(0.8)
    call.agent.send(m.Confer(call_ids=()))
    call.agent.wait(m.ConferenceChanged)
    call.agent.pause(0.5)
    call.stop()
    sent = call.heard(path)[:, 0]
    parts = [part for part in np.array_split(sent, len(sent) // 1_600) if np.abs(part).max() > 0]
    heard = [abs(np.abs(np.fft.rfft(part)).argmax() * RATE / len(part) - THIRD_HZ) < 30 for part in parts]
    assert 4 <= len(parts) <= 12, "and only while they are together"
    assert sum(heard) >= len(heard) - 2
