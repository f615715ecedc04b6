"""Calls with baresip, a phone that nobody here wrote, with a tone each way."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from agent_desktop.telephony import messages as m
from tests.support import sip
from tests.support.baresip import Baresip

pytestmark = pytest.mark.usefixtures("baresip_here")
TALK_S = 1.5
QUIET = 0.02


@pytest.fixture(scope="module")
def baresip_here(program: Callable[[str], str]) -> None:
    program("baresip")


@pytest.fixture
def baresips(tmp_path: Path) -> Iterator[Callable[..., Baresip]]:
    """``baresips(answers=False)`` starts one that rings until told to answer; all end with the test."""
    started: list[Baresip] = []

    def start(**how: object) -> Baresip:
        started.append(Baresip(tmp_path / f"baresip{len(started)}", **how))  # type: ignore[arg-type]
        return started[-1]

    yield start
    for phone in started:
        phone.stop()


def talk(engine: sip.EngineDriver, call_id: str, tone: Path) -> float:
    """Say 700 Hz for a while; the loudest that was heard meanwhile, 0..1."""
    engine.send(m.Play(call_id=call_id, path=str(tone), loop=True))
    before = len(engine.heard)
    engine.pause(TALK_S)
    return max((one.speaker for one in engine.heard[before:] if isinstance(one, m.Levels)), default=0.0)


def hears(samples: np.ndarray, hertz: float) -> float:
    """Share of the energy near a tone, of 8 kHz samples without their silent ends."""
    loud = np.flatnonzero(np.abs(samples) > 500)
    if not len(loud):
        return 0.0
    samples = samples[loud[0] : loud[-1]]
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2
    near = np.abs(np.fft.rfftfreq(len(samples), 1 / 8000) - hertz) < 20
    return float(power[near].sum() / power.sum())


def test_baresip_calls_and_both_hear_each_other(
    engine: sip.EngineDriver, baresips: Callable[..., Baresip], tmp_path: Path
) -> None:
    other = baresips()
    other.dial(engine.uri)
    call = engine.wait(m.IncomingCall)
    other.wait("CALL_RINGING")
    engine.send(m.Answer(call_id=call.call_id))
    engine.wait(m.CallAnswered)
    other.wait("CALL_ESTABLISHED")
    loudest = talk(engine, call.call_id, sip.tone(tmp_path / "700.wav", 1, 700))
    other.hang_up()
    ended = engine.wait(m.CallEnded)
    other.stop()
    assert ended.by == "remote"
    assert loudest > QUIET
    assert hears(other.heard(), 700) > 0.8


def test_we_call_baresip_and_both_hear_each_other(
    engine: sip.EngineDriver, baresips: Callable[..., Baresip], tmp_path: Path
) -> None:
    other = baresips(answers=False)
    engine.send(m.Dial(call_id="out", target=f"sip:agent@{sip.HOST}:{other.port}"))
    other.wait("CALL_INCOMING")
    engine.wait(m.CallProgress, lambda event: event.code == 180)
    other.answer()
    engine.wait(m.CallAnswered)
    loudest = talk(engine, "out", sip.tone(tmp_path / "700.wav", 1, 700))
    engine.send(m.HangUp(call_id="out"))
    engine.wait(m.CallEnded)
    other.wait("CALL_CLOSED")
    other.stop()
    assert loudest > QUIET
    assert hears(other.heard(), 700) > 0.8


def test_baresip_holds_us_and_takes_us_back(engine: sip.EngineDriver, baresips: Callable[..., Baresip]) -> None:
    other = baresips()
    engine.send(m.Dial(call_id="out", target=f"sip:agent@{sip.HOST}:{other.port}"))
    engine.wait(m.CallAnswered)
    other.wait("CALL_ESTABLISHED")
    other.hold()
    engine.wait(m.CallHeld, lambda event: event.by_remote)
    other.resume()
    engine.wait(m.CallResumed, lambda event: event.by_remote)
    engine.send(m.HangUp(call_id="out"))
    engine.wait(m.CallEnded)
