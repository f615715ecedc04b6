"""Trouble of a working phone reaches the agent, whatever the phone is registered with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_desktop.core.states import CallState
from agent_desktop.telephony import messages as m
from tests.support import sip
from tests.support.workstation import Bench

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path / "desk").start()
    yield made
    made.stop()


@pytest.fixture
def sipp(tmp_path: Path, program) -> Iterator[sip.SippRunner]:
    program("sipp")
    (tmp_path / "sipp").mkdir()
    runner = sip.SippRunner(tmp_path / "sipp")
    yield runner
    runner.stop()


def test_a_hold_that_is_refused_is_told(bench: Bench, sipp: sip.SippRunner) -> None:
    caller = sipp.call("call_refuses_reinvite", bench.port)
    bench.until(lambda: bench.session.book.ringing(), "it rings")
    bench.session.calls.answer()
    bench.until(lambda: bench.session.book.views()[0].state is CallState.TALKING, "talking")
    bench.session.calls.toggle_hold()
    bench.until(lambda: bench.notices, "told")
    assert "did not agree to" in bench.notices[0]
    bench.until(lambda: bench.session.book.views()[0].state is CallState.HELD, "nobody hears anybody all the same")
    assert bench.session.book.views()[0].hold_refused
    bench.session.calls.toggle_hold()
    bench.until(lambda: bench.session.book.views()[0].state is CallState.TALKING, "and back")
    assert not bench.session.book.views()[0].hold_refused
    bench.session.calls.end()
    caller.check()


def test_sound_that_fails_and_comes_back_is_told(bench: Bench) -> None:
    bench.session.phone.event.emit(
        m.EngineTrouble(seq=900, at_us=1, kind="audio", trouble="sound_missing", detail="USB")
    )
    bench.session.phone.event.emit(m.SoundBack(seq=901, at_us=2, kind="sound_device_back", detail="USB"))
    bench.session.phone.event.emit(m.EngineTrouble(seq=902, at_us=3, kind="port", trouble="port_taken"))
    assert bench.notices == [
        "USB is not connected: the system's choice is used until it is back.",
        "USB is back and is used again.",
    ]
