"""Engines, SIPp and raw callers that end with the test."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import sip


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[Callable[..., sip.EngineDriver]]:
    """``engines(max_calls=2)`` starts an engine with a folder of its own; its log must hold no error at the end."""
    started: list[sip.EngineDriver] = []

    def start(*, ready: bool = True, **configure: object) -> sip.EngineDriver:
        engine = sip.EngineDriver(tmp_path / f"engine{len(started)}", **configure)
        started.append(engine)
        return engine.start() if ready else engine

    yield start
    for engine in started:
        engine.stop()
    for engine in started:
        log = engine.log if (engine.folder / "engine.log").exists() else ""
        bad = [line for line in log.splitlines() if re.search(r"Traceback|Assertion| (WARNING|ERROR) ", line)]
        left = [line for line in bad if not any(text in line for text in engine.expected_errors)]
        assert not left, log


@pytest.fixture
def engine(engines: Callable[..., sip.EngineDriver]) -> sip.EngineDriver:
    """An engine in direct mode, ready."""
    return engines()


@pytest.fixture
def sipp(tmp_path: Path, program: Callable[[str], str]) -> Iterator[sip.SippRunner]:
    """SIPp; every process that it started ends with the test."""
    program("sipp")
    folder = tmp_path / "sipp"
    folder.mkdir()
    runner = sip.SippRunner(folder)
    yield runner
    runner.stop()


@pytest.fixture
def caller(engine: sip.EngineDriver) -> Iterator[sip.RawCaller]:
    """A raw caller of ``engine``."""
    raw = sip.RawCaller(engine.port)
    yield raw
    raw.close()


@pytest.fixture
def phones(tmp_path: Path, qapp: object) -> Iterator[Callable[..., "sip.PhoneLog"]]:
    """``phones()`` is a desktop's phone with its engine running; both end with the test."""
    made: list[sip.PhoneLog] = []

    def make(name: str = "", *, ready: bool = True, **configure: object) -> sip.PhoneLog:
        log = sip.PhoneLog(tmp_path / (name or f"phone{len(made)}"), **configure)
        made.append(log)
        return log.start() if ready else log

    yield make
    for log in made:
        log.phone.shutdown()
        log.end_engine()
        log.phone.deleteLater()
