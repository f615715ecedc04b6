"""Registration with a registrar that is right, wrong, slow to forget, or gone; ports that are taken."""

import socket
from collections.abc import Callable, Iterator

import pytest

from agent_desktop.telephony import messages as m
from agent_desktop.telephony.trouble import Trouble
from tests.support import sip
from tests.telephony.registrar import Registrar

Engines = Callable[..., sip.EngineDriver]


@pytest.fixture
def registrar() -> Iterator[Callable[..., Registrar]]:
    made: list[Registrar] = []

    def make(**how: object) -> Registrar:
        made.append(Registrar(sip.free_port(), **how))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        if one._thread.is_alive():
            one.close()


def account(port: int, password: str = "correct horse", **more: object) -> m.SipAccount:
    return m.SipAccount(user="1001", domain=f"127.0.0.1:{port}", password=password, **more)  # type: ignore[arg-type]


def registered(engine: sip.EngineDriver, state: str = "registered") -> m.RegistrationChanged:
    return engine.wait(m.RegistrationChanged, lambda one: one.state == state)


def test_direct_mode_has_no_registrar(engine: sip.EngineDriver) -> None:
    assert [one.state for one in engine.of(m.RegistrationChanged)] == ["direct"]


@pytest.mark.parametrize("how", [{}, {"algorithm": "SHA-256"}, {"tcp": True}])
def test_registers_with_digest_and_unregisters_at_the_end(
    engines: Engines, registrar: Callable[..., Registrar], how: dict[str, object]
) -> None:
    exchange = registrar(**how)
    transport = "tcp" if how.get("tcp") else "udp"
    engine = engines(account=account(exchange.port, transport=transport, display_name="Ann"))
    engine.rewind()
    assert registered(engine).expires_s == 300
    contact = exchange.wait(1).contact
    assert f"127.0.0.1:{engine.port}" in contact or transport == "tcp"
    assert exchange.requests[0].count('From: "Ann" <sip:1001@127.0.0.1') == 1
    engine.send(m.Register(on=False))
    assert registered(engine, "unregistered").code == 200
    assert exchange.wait(2).expires_s == 0
    engine.send(m.Register(on=True))
    registered(engine)
    engine.send(m.Shutdown())
    assert engine.wait_for_end() == "exit code 0"
    assert exchange.wait(4).expires_s == 0
    assert "correct horse" not in engine.log


def test_registers_again_before_it_expires(engines: Engines, registrar: Callable[..., Registrar]) -> None:
    exchange = registrar()
    engine = engines(account=account(exchange.port, expires_s=2))
    exchange.wait(2)
    engine.pause(0.1)
    assert [one.state for one in engine.of(m.RegistrationChanged)] == ["registering", "registered"]


def test_a_wrong_password_is_said_once_and_not_tried_again(
    engines: Engines, registrar: Callable[..., Registrar]
) -> None:
    exchange = registrar()
    engine = engines(account=account(exchange.port, "wrong"))
    engine.rewind()
    failed = registered(engine, "failed")
    assert (failed.code, failed.reason) == (403, "Forbidden")
    engine.pause(2.5)
    assert exchange.refused == 1
    assert "wrong" not in engine.log
    engine.settings = m.Configure(
        listen_host=sip.HOST, listen_port=engine.port, audio="null", account=account(exchange.port)
    )
    engine.send(engine.settings)
    registered(engine)


def test_a_registrar_that_is_not_there_is_tried_again(engines: Engines, registrar: Callable[..., Registrar]) -> None:
    exchange = registrar(tcp=True)
    port = exchange.port
    exchange.close()
    engine = engines(account=account(port, transport="tcp"))
    engine.rewind()
    assert registered(engine, "failed").code >= 500
    back = Registrar(port, tcp=True)
    try:
        registered(engine)
    finally:
        engine.stop()
        back.close()


def test_a_taken_port_is_said_in_words_and_another_one_helps(engines: Engines) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        port = sip.free_port()
        taken.bind((sip.HOST, port))
        engine = engines(ready=False, listen_port=port)
        engine.spawn()
        engine.attach()
        engine.send(engine.settings)
        trouble = engine.wait(m.EngineTrouble)
        assert trouble.kind == "port"
        assert (trouble.trouble, str(port) in trouble.detail) == (Trouble.PORT_TAKEN, True)
    engine.send(m.Dial(call_id="a", target="sip:x@127.0.0.1"))
    assert engine.wait(m.CommandFailed).trouble == Trouble.NOT_READY
    engine.send(engine.settings)
    assert engine.wait(m.EngineReady).listen_port == port
    engine.expected_errors.append("the SIP library did not start")


def test_the_same_configuration_again_changes_nothing(engine: sip.EngineDriver) -> None:
    engine.send(engine.settings)
    assert engine.wait(m.EngineReady).listen_port == engine.port
    assert len(engine.of(m.RegistrationChanged)) == 1


def test_any_port_will_do(engines: Engines) -> None:
    engine = engines(listen_port=0)
    assert engine.port > 1023


def test_a_number_is_dialled_at_the_accounts_provider(engines: Engines, registrar: Callable[..., Registrar]) -> None:
    other = engines()
    engine = engines(account=account(other.port))  # the other phone is the provider, and knows no REGISTER
    engine.send(m.Dial(call_id="out", target="tel:+48 (601) 442-190"))
    assert other.wait(m.IncomingCall).request_uri == f"sip:+48601442190@127.0.0.1:{other.port}"
    engine.send(m.Configure(listen_host=sip.HOST, listen_port=engine.port, audio="null", user="else"))
    assert engine.wait(m.CommandFailed).trouble == Trouble.NOT_DURING_CALLS
