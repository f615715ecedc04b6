"""Several accounts and servers: fail-over, back-off, going back, silent servers, TLS that must not be trusted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from agent_desktop.telephony import messages as m
from agent_desktop.telephony.engine_accounts import ANSWER_WITHIN_S, GO_BACK_EVERY_S, STREAM_REFRESH_S, Line, Lines
from agent_desktop.telephony.qualify import GIVE_UP_S
from agent_desktop.telephony.trouble import Trouble
from tests.support import sip
from tests.support.certificates import Authority
from tests.telephony.registrar import Registrar

Engines = Callable[..., sip.EngineDriver]
Registrars = Callable[..., Registrar]


# ---------------------------------------------------------------- one account, without the library


@dataclass
class FakeDoor:
    """An account of the library: what it was told, and whether it can send."""

    told: list[bool] = field(default_factory=list)
    problem: str = ""

    def register(self, on: bool) -> str:
        self.told.append(on)
        return self.problem


class Scene:
    """A line at a time that the test turns on."""

    def __init__(self, servers: int = 1, **how: object):
        others = tuple(f"server{n}" for n in range(1, servers))
        self.account = m.SipAccount(
            user="1001", domain="server0", servers=others, password="x", transport=str(how.pop("transport", "udp"))
        )
        self.doors = [FakeDoor() for _ in range(servers)]
        self.said: list[tuple[str, int, str, int]] = []
        self.line = Line(self.account, self.doors, self._changed, **how)  # type: ignore[arg-type]
        self.now = 1000.0

    def _changed(self) -> None:
        now = self.line.now_is
        self.said.append((now.state, now.code, now.server, now.retry_s))

    def on(self) -> "Scene":
        self.line.register(True, self.now)
        return self

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.line.tick(self.now)

    def answer(self, code: int, door: int = 0, expires_s: int = 300) -> None:
        said = m.AccountRegistration(account="", state="", code=code, expires_s=expires_s if code == 200 else 0)
        self.line.heard(door, said, "", self.now)

    def leave(self, door: int) -> None:
        said = m.AccountRegistration(account="", state="", code=200, expires_s=0)
        self.line.heard(door, said, "", self.now)


def test_the_pause_between_tries_doubles_up_to_a_minute() -> None:
    scene = Scene().on()
    for pause in (2, 4, 8, 16, 32, 60, 60):
        scene.answer(503)
        assert scene.said[-1] == ("failed", 503, "server0", pause)
        tries = len(scene.doors[0].told)
        scene.wait(pause - 0.1)
        assert len(scene.doors[0].told) == tries
        scene.wait(0.1)
        assert len(scene.doors[0].told) == tries + 1
    scene.answer(200)
    assert scene.said[-1][0] == "registered"
    scene.answer(408)
    assert scene.said[-1][0] == "registering"  # once more at once: it was there a moment ago
    scene.answer(503)
    assert scene.said[-1] == ("failed", 408, "server0", 2)


def test_trying_again_is_no_news_until_it_succeeds() -> None:
    scene = Scene().on()
    for _ in range(3):
        scene.answer(503)
        scene.wait(60)
    assert [state for state, *_ in scene.said] == ["registering", "failed", "failed", "failed"]


def test_silence_is_an_answer_and_a_late_one_counts() -> None:
    scene = Scene().on()
    scene.wait(ANSWER_WITHIN_S + 0.1)
    assert scene.said[-1] == ("failed", 408, "server0", 2)
    scene.answer(200)
    assert scene.line.registered


def test_the_next_server_takes_over_and_gives_back() -> None:
    scene = Scene(3).on()
    scene.answer(503)
    assert scene.said[-1][:3] == ("registering", 0, "server1")
    scene.wait(ANSWER_WITHIN_S + 0.1)
    scene.answer(200, door=2)
    assert scene.said[-1][:3] == ("registered", 200, "server2")
    scene.wait(GO_BACK_EVERY_S)
    assert [door.told for door in scene.doors] == [[True, True], [True, True], [True]]
    scene.answer(503, door=0)
    assert scene.line.registered
    scene.answer(200, door=1)
    assert scene.said[-1][:3] == ("registered", 200, "server1")
    assert scene.doors[2].told[-1] is False
    scene.leave(2)
    assert scene.line.registered
    scene.wait(GO_BACK_EVERY_S)
    scene.answer(200, door=0)
    assert scene.line.at == 0
    assert scene.doors[1].told[-1] is False


def test_all_servers_gone_is_said_once_a_round_and_the_first_is_tried_first_again() -> None:
    scene = Scene(2).on()
    scene.answer(503)
    scene.answer(408, door=1)
    assert scene.said[-1] == ("failed", 503, "server1", 2)
    scene.wait(2)
    assert [len(door.told) for door in scene.doors] == [2, 1]
    scene.answer(503)
    scene.answer(503, door=1)
    assert scene.said[-1] == ("failed", 503, "server1", 4)


def test_a_server_that_comes_too_late_is_left_again() -> None:
    scene = Scene(2).on()
    scene.wait(ANSWER_WITHIN_S + 0.1)
    scene.answer(200, door=0)
    scene.answer(200, door=1)
    assert scene.line.at == 0
    assert scene.doors[1].told[-1] is False


def test_a_wrong_password_is_tried_once_unless_it_was_right_before() -> None:
    scene = Scene(2).on()
    scene.answer(403)
    scene.wait(1000)
    assert [door.told for door in scene.doors] == [[True], []]
    known = Scene().on()
    known.answer(200)
    for _ in range(2):
        known.answer(403)  # a PBX that is starting knows nobody yet
    assert known.said[-1] == ("failed", 403, "server0", 2)


def test_without_a_password_nothing_is_sent() -> None:
    scene = Scene(trouble=(m.NO_PASSWORD, "No password")).on()
    scene.wait(100)
    scene.line.moved(scene.now)
    scene.line.cut_off(scene.now)
    assert scene.doors[0].told == []
    assert scene.said == [("failed", m.NO_PASSWORD, "server0", 0)]


def test_what_cannot_even_be_sent_counts_as_not_answered() -> None:
    scene = Scene(2)
    scene.doors[0].problem = "Unknown host"
    scene.on()
    assert scene.said[-1][:3] == ("registering", 0, "server1")
    scene.answer(200, door=1)
    assert scene.line.registered


def test_a_lost_server_is_not_usable_from_then_on() -> None:
    scene = Scene().on()
    scene.answer(200)
    scene.line.lost(scene.now)
    assert scene.said[-1][0] == "registering"
    assert scene.doors[0].told == [True, True]


def test_a_connection_that_died_silently_is_noticed_by_a_registration() -> None:
    scene = Scene(transport="tcp", qualify_s=10.0).on()
    scene.answer(200)
    scene.wait(STREAM_REFRESH_S)
    assert scene.doors[0].told == [True, True]
    assert scene.line.registered
    scene.wait(ANSWER_WITHIN_S + 0.1)
    assert scene.said[-1] == ("failed", 408, "server0", 2)


def test_no_network_stops_everything_until_there_is_one() -> None:
    scene = Scene().on()
    scene.answer(200)
    scene.line.cut_off(scene.now)
    assert scene.said[-1][:2] == ("failed", 503)
    scene.wait(1000)
    assert len(scene.doors[0].told) == 1
    scene.line.moved(scene.now)
    assert len(scene.doors[0].told) == 2


def test_leaving_while_nobody_answers() -> None:
    scene = Scene().on()
    scene.line.register(False, scene.now)
    assert scene.said[-1][0] == "unregistered"
    scene.answer(200)  # it came through after all
    assert scene.doors[0].told == [True, False]


def test_calls_go_out_by_the_first_account_that_is_registered() -> None:
    first, second = Scene().on(), Scene().on()
    lines = Lines([first.line, second.line])
    assert lines.best is first.line
    second.answer(200)
    assert lines.best is second.line
    first.answer(200)
    assert lines.best is first.line
    assert lines.named("nobody@nowhere") is None


# ---------------------------------------------------------------- real registrations


@pytest.fixture
def registrar() -> Iterator[Registrars]:
    made: list[Registrar] = []

    def make(**how: object) -> Registrar:
        made.append(Registrar(int(str(how.pop("port", 0))) or sip.free_port(), **how))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        if one._thread.is_alive():
            one.close()


def account(port: int, **more: object) -> m.SipAccount:
    settings: dict[str, object] = {"user": "1001", "domain": f"127.0.0.1:{port}", "password": "correct horse", **more}
    return m.SipAccount(**settings)  # type: ignore[arg-type]


def until(engine: sip.EngineDriver, state: str, server: str = "") -> m.RegistrationChanged:
    return engine.wait(m.RegistrationChanged, lambda one: one.state == state and one.server.endswith(server))


def test_one_account_is_enough_and_each_is_told(registrar: Registrars, engines: Engines) -> None:
    wrong, right = registrar(), registrar(user="2002")
    first = account(wrong.port, password="wrong")
    second = account(right.port, user="2002")
    engine = engines(account=first, more_accounts=(second,))
    engine.rewind()
    state = engine.wait(m.RegistrationChanged, lambda one: {x.state for x in one.accounts} == {"failed", "registered"})
    assert (state.state, state.account) == ("registered", second.name)
    assert [(one.account, one.state, one.code) for one in state.accounts] == [
        (first.name, "failed", 403),
        (second.name, "registered", 200),
    ]


def test_a_call_goes_out_by_the_chosen_account_and_says_by_which_it_came(
    registrar: Registrars, engines: Engines
) -> None:
    one, other = registrar(), registrar(user="2002")
    first, second = account(one.port), account(other.port, user="2002")
    engine, far = engines(account=first, more_accounts=(second,)), engines()
    engine.rewind()
    engine.wait(m.RegistrationChanged, lambda x: all(y.state == "registered" for y in x.accounts))
    for name, user in (("", "1001"), (second.name, "2002")):
        engine.send(m.Dial(call_id=f"by-{user}", target=far.uri, account=name))
        incoming = far.wait(m.IncomingCall)
        assert f"sip:{user}@" in dict(incoming.headers)["From"]
        engine.send(m.HangUp(call_id=f"by-{user}"))
        far.wait(m.CallEnded)
    engine.send(m.Dial(call_id="none", target="100", account="nobody@nowhere"))
    assert engine.wait(m.CommandFailed).detail == "nobody@nowhere"
    for name, user in ((first.name, "1001"), (second.name, "2002")):
        far.send(m.Dial(call_id=f"to-{user}", target=f"sip:{user}@127.0.0.1:{engine.port}"))
        assert engine.wait(m.IncomingCall).account == name
        far.send(m.HangUp(call_id=f"to-{user}"))
        engine.wait(m.CallEnded)


def test_when_the_first_server_is_gone_numbers_are_dialled_at_the_second(
    registrar: Registrars, engines: Engines
) -> None:
    gone, stands_in = sip.free_port(), registrar()
    engine = engines(account=account(gone, servers=(f"127.0.0.1:{stands_in.port}",), transport="udp"))
    engine.rewind()
    assert until(engine, "registered").server == f"127.0.0.1:{stands_in.port}"
    assert f"sip:127.0.0.1:{stands_in.port} SIP/2.0" in stands_in.requests[-1]


def test_everything_goes_through_the_proxy(registrar: Registrars, engines: Engines) -> None:
    proxy = registrar()
    engine = engines(account=account(0, domain="pbx.invalid", proxy=f"127.0.0.1:{proxy.port}"))
    engine.rewind()
    assert until(engine, "registered").server == "pbx.invalid"
    assert proxy.requests[-1].startswith("REGISTER sip:pbx.invalid SIP/2.0")
    assert f"Route: <sip:127.0.0.1:{proxy.port};lr>" in proxy.requests[-1]


@pytest.mark.parametrize("how", ["silent", "closed"])
def test_a_registrar_that_falls_silent_is_noticed_and_found_again(
    registrar: Registrars, engines: Engines, how: str
) -> None:
    exchange = registrar()
    engine = engines(account=account(exchange.port), qualify_s=0.3)
    engine.rewind()
    until(engine, "registered")
    sip.until(lambda: exchange.asked, "it is asked whether it is there")
    if how == "silent":
        exchange.deaf = True
    else:
        exchange.close()
    until(engine, "registering")
    if how == "silent":
        exchange.deaf = False
    else:
        until(engine, "failed")
        registrar(port=exchange.port)
    until(engine, "registered")


def test_a_registrar_that_ignores_questions_is_not_taken_for_gone(registrar: Registrars, engines: Engines) -> None:
    exchange = registrar(options=False)
    engine = engines(account=account(exchange.port), qualify_s=0.2)
    engine.rewind()
    until(engine, "registered")
    engine.pause(GIVE_UP_S + 0.6)
    assert [one.state for one in engine.of(m.RegistrationChanged)] == ["registering", "registered"]


def test_a_closed_connection_is_noticed_at_once(registrar: Registrars, engines: Engines) -> None:
    exchange = registrar(tcp=True)
    engine = engines(account=account(exchange.port, transport="tcp"), qualify_s=0.0)
    engine.rewind()
    until(engine, "registered")
    exchange.close()
    until(engine, "registering")
    until(engine, "failed")
    registrar(port=exchange.port, tcp=True)
    until(engine, "registered")


def test_an_account_without_password_waits_for_it(registrar: Registrars, engines: Engines) -> None:
    exchange = registrar()
    engine = engines(account=account(exchange.port, password=""))
    engine.rewind()
    assert until(engine, "failed").code == m.NO_PASSWORD
    assert exchange.requests == []
    engine.send(
        m.Configure(listen_host=sip.HOST, listen_port=engine.port, audio="null", account=account(exchange.port))
    )
    until(engine, "registered")


def test_too_many_servers_are_refused_in_words(engines: Engines) -> None:
    engine = engines(ready=False, account=account(1, servers=tuple(f"127.0.0.1:{n}" for n in range(2, 11))))
    engine.spawn()
    engine.attach()
    engine.send(engine.settings)
    trouble = engine.wait(m.EngineTrouble)
    assert (trouble.trouble, trouble.detail) == (Trouble.TOO_MANY_SERVERS, "8")
    engine.expected_errors.append("too_many_servers")


# ---------------------------------------------------------------- TLS


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ca"))


def over_tls(engines: Engines, exchange: Registrar, ca_file: Path, host: str = "localhost") -> sip.EngineDriver:
    engine = engines(account=account(0, domain=f"{host}:{exchange.port}", transport="tls"), ca_file=str(ca_file))
    engine.rewind()
    return engine


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_tls_with_a_certificate_for_the_name_or_address(
    registrar: Registrars, engines: Engines, trusted: Authority, host: str
) -> None:
    exchange = registrar(tls=trusted.server("localhost", address="127.0.0.1"))
    until(over_tls(engines, exchange, trusted.file, host), "registered")
    assert ";transport=tls" in exchange.requests[-1].lower()


@pytest.mark.parametrize(
    ("name", "expired", "code"),
    [("pbx.elsewhere", False, m.CERTIFICATE_NAME), ("localhost", True, m.CERTIFICATE_EXPIRED)],
)
def test_a_certificate_for_somebody_else_or_of_yesterday_is_refused(
    registrar: Registrars, engines: Engines, trusted: Authority, name: str, expired: bool, code: int
) -> None:
    exchange = registrar(tls=trusted.server(name, expired=expired))
    assert until(over_tls(engines, exchange, trusted.file), "failed").code == code
    assert exchange.requests == []


def test_an_authority_that_we_do_not_know_is_refused(
    registrar: Registrars, engines: Engines, trusted: Authority, tmp_path: Path
) -> None:
    exchange = registrar(tls=trusted.server("localhost"))
    engine = over_tls(engines, exchange, Authority(tmp_path / "other", "Another").file)
    assert until(engine, "failed").code == m.CERTIFICATE_UNTRUSTED
    assert exchange.requests == []


def test_the_systems_authorities_do_not_vouch_for_the_tests(
    registrar: Registrars, engines: Engines, trusted: Authority
) -> None:
    engine = over_tls(engines, registrar(tls=trusted.server("localhost")), Path(""))
    assert until(engine, "failed").code in (m.CERTIFICATE_UNTRUSTED, m.CA_FILE)


def test_a_file_of_authorities_that_is_none_is_said(
    registrar: Registrars, engines: Engines, trusted: Authority, tmp_path: Path
) -> None:
    nonsense = tmp_path / "nonsense.pem"
    nonsense.write_text("no certificate")
    engine = over_tls(engines, registrar(tls=trusted.server("localhost")), nonsense)
    failed = until(engine, "failed")
    assert failed.code == m.CA_FILE
    assert str(nonsense) in failed.reason
