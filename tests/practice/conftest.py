"""A small company on an embedded database, a workstation's engine, and practice switches that end with the test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import sip
from tests.support.practice import SmallCompany, SwitchProcess

FIRST_PORT, LAST_PORT = 23_000, 23_500
DESK_VOICE, SWITCH_VOICE = 23_500, 23_750


@pytest.fixture
def company(tmp_path: Path) -> Iterator[SmallCompany]:
    """Two queues, dana and three colleagues, a few customers."""
    made = SmallCompany(tmp_path / "company.db")
    yield made
    made.database.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[sip.EngineDriver]:
    """Dana's phone."""
    port = sip.free_port(FIRST_PORT, LAST_PORT)
    engine = sip.EngineDriver(tmp_path / "desk", listen_port=port, rtp_port=DESK_VOICE).start()
    yield engine
    engine.stop()


@pytest.fixture
def practice(company: SmallCompany, desk: sip.EngineDriver, tmp_path: Path) -> Iterator[Callable[..., SwitchProcess]]:
    """``practice("--quiet")`` runs a switch for dana and waits until it is ready."""
    started: list[SwitchProcess] = []

    def start(*more: str, target: str = "") -> SwitchProcess:
        arguments = ["--database", str(company.file), "--target", target or desk.uri, "--agent", "dana"]
        arguments += ["--dir", str(tmp_path / f"practice{len(started)}"), "--rtp-port", str(SWITCH_VOICE)]
        arguments += ["--listen", f"127.0.0.1:{sip.free_port(FIRST_PORT, LAST_PORT)}"]
        switch = SwitchProcess(*arguments, *more)
        started.append(switch)
        switch.wait("ready")
        switch.rewind()
        return switch

    yield start
    for switch in started:
        switch.stop()
    for log in tmp_path.glob("practice*/engine.log"):
        said = log.read_text("utf-8", "replace")
        assert "Traceback" not in said, said
        assert "Assertion" not in said, said
