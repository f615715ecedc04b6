"""Another network and sleep: noticed by the address and the clock, and followed by the registration and the call."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from agent_desktop.telephony import messages as m
from agent_desktop.telephony import network_watch
from agent_desktop.telephony.network_watch import NetworkWatch, own_address
from tests.support import sip
from tests.telephony.registrar import Registrar

REPOSITORY = Path(__file__).parents[2]
PEER = "127.0.0.1:5060"
NOWHERE = "255.255.255.255:5060"  # no packet may go there


def test_the_address_that_packets_leave_from() -> None:
    assert own_address(PEER) == "127.0.0.1"
    assert own_address("127.8.8.8:5060") == "127.0.0.1"
    assert own_address("no address") == ""
    assert own_address(NOWHERE) == ""


def test_nothing_happens_while_nothing_changes() -> None:
    watch = NetworkWatch()
    assert [watch.look([PEER], now / 2) for now in range(5)] == [(False, frozenset())] * 5


def test_another_address_a_lost_one_and_one_that_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    own = {PEER: "10.0.0.2"}
    monkeypatch.setattr(network_watch, "own_address", lambda peer: own[peer])
    watch = NetworkWatch()
    assert watch.look([PEER], 0.0) == (False, frozenset())
    own[PEER] = "10.0.0.3"
    assert watch.look([PEER], 0.5) == (True, frozenset())
    own[PEER] = ""
    assert watch.look([PEER], 1.0) == (False, frozenset([PEER]))
    assert watch.look([PEER], 1.5) == (False, frozenset())
    own[PEER] = "10.0.0.3"
    assert watch.look([PEER], 2.0) == (True, frozenset())


def test_no_network_from_the_beginning() -> None:
    assert NetworkWatch().look([NOWHERE], 0.0) == (False, frozenset([NOWHERE]))


def test_sleep_is_told_by_the_clock_that_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    slept = 100.0
    monkeypatch.setattr(network_watch, "slept_s", lambda: slept)
    watch = NetworkWatch()
    watch.look([PEER], 0.0)
    slept += 30
    assert watch.look([PEER], 0.5) == (True, frozenset())
    assert watch.look([PEER], 1.0) == (False, frozenset())


def test_where_no_clock_tells_a_long_gap_does() -> None:
    watch = NetworkWatch()
    watch.look([PEER], 0.0)
    assert watch.look([PEER], 60.0)[0]


def test_told_by_the_desktop_the_engine_registers_anew_and_moves_its_call(
    engines: Callable[..., sip.EngineDriver],
) -> None:
    exchange = Registrar(sip.free_port())
    try:
        account = m.SipAccount(user="1001", domain=f"127.0.0.1:{exchange.port}", password=exchange.password)
        engine = engines(account=account)
        engine.rewind()
        engine.wait(m.RegistrationChanged, lambda one: one.state == "registered")
        caller = sip.RawCaller(engine.port)
        caller.send(caller.invite("moving"))
        incoming = engine.wait(m.IncomingCall)
        engine.send(m.Answer(call_id=incoming.call_id))
        assert caller.final("moving") == 200
        engine.wait(m.CallAnswered)
        before = len(exchange.accepted)
        engine.send(m.NetworkChanged())
        engine.wait(m.RegistrationChanged, lambda one: one.state == "registering")
        engine.wait(m.RegistrationChanged, lambda one: one.state == "registered")
        assert len(exchange.accepted) > before
        again = next(text for text in caller.answers() if text.startswith("INVITE "))
        assert "Call-ID: moving" in again
        caller.close()
        engine.stop()
    finally:
        exchange.close()


def test_told_by_the_desktop_direct_calls_move_too(engine: sip.EngineDriver, caller: sip.RawCaller) -> None:
    caller.send(caller.invite("moving"))
    incoming = engine.wait(m.IncomingCall)
    engine.send(m.Answer(call_id=incoming.call_id))
    assert caller.final("moving") == 200
    engine.wait(m.CallAnswered)
    engine.send(m.NetworkChanged())
    assert next(text for text in caller.answers() if text.startswith("INVITE "))


@pytest.mark.parametrize("scene", ["move", "move_stream", "unplugged"])
def test_a_real_change_of_the_network(tmp_path: Path, scene: str) -> None:
    """In network namespaces of their own; see moving_network.py."""
    allowed = subprocess.run(
        ["unshare", "-Urn", "ip", "link", "add", "one", "type", "veth", "peer", "name", "two"], check=False
    )
    if allowed.returncode:
        pytest.skip("this computer allows no network namespaces")
    command = ["unshare", "-Urn", sys.executable, "-m", "tests.telephony.moving_network", str(tmp_path / "e"), scene]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
