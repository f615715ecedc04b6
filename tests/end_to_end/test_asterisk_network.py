"""Encrypted signalling and voice, and a PBX that dies and comes back, against a real Asterisk."""

import re
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent_desktop.telephony import messages as m
from agent_desktop.telephony.phone import Phone
from tests.end_to_end.asterisk import Asterisk, NoAsterisk, _tones
from tests.support import sip
from tests.support.certificates import Authority

pytestmark = pytest.mark.asterisk
WAIT_MS = 30_000
# A PBX that boots drops what it reads; over a stream the library sends nothing again for 32 s, then there is a rest.
BOOT_WAIT_MS = 120_000
ECHO = "7100"

TLS = """
[transport-tls]
type = transport
protocol = tls
bind = 127.0.0.1:{port}
cert_file = {certificate}
priv_key_file = {certificate}
method = tlsv1_2
"""
ACCOUNT = """
[{user}](agent-desktop-agent)
auth = {user}
aors = {user}
media_encryption = {encryption}
media_encryption_optimistic = {optimistic}
[{user}](agent-desktop-auth)
username = {user}
password = change-me-{user}
[{user}](agent-desktop-aor)
"""
DIALPLAN = """
[agent-desktop-agents](+)
exten => 7100,1,Answer()
 same => n,Verbose(0,SECURE=${CHANNEL(rtp,secure,audio)} VIA=${PJSIP_HEADER(read,Via)})
 same => n,Echo()
 same => n,Hangup()
exten => _200X,1,Dial(PJSIP/${EXTEN},20)
 same => n,Hangup()
"""
PLAIN, SECURE, EITHER = "2000", "2001", "2002"


class Agent:
    """A desktop's phone, and everything that happened to it."""

    def __init__(self, folder: Path, qtbot):
        self.phone = Phone(folder)
        self.events: list[m.Event] = []
        self.loudest = 0.0
        self.phone.event.connect(self._happened)
        self.phone.levels.connect(self._levels)
        self._qtbot = qtbot

    def _happened(self, event: m.Event) -> None:
        self.events.append(event)
        self.phone.acknowledge(event.seq)

    def _levels(self, levels: m.Levels) -> None:
        self.loudest = max(self.loudest, levels.speaker)

    def sign_in(self, domain: str, user: str, ca_file: str = "", **how: object) -> m.RegistrationChanged:
        """Register; returns how that ended."""
        account = m.SipAccount(user=user, domain=domain, password=f"change-me-{user}", **how)  # type: ignore[arg-type]
        self.phone.start(
            m.Configure(listen_host="127.0.0.1", account=account, audio="null", ca_file=ca_file, qualify_s=0.5)
        )
        return self.wait(m.RegistrationChanged, lambda event: event.state in {"registered", "failed"})

    def wait(self, kind, where=lambda _: True, since: int = 0, within_ms: int = WAIT_MS):
        """The first event of this kind that fits, from number ``since`` on."""
        found = []

        def there() -> bool:
            found[:] = [event for event in self.events[since:] if isinstance(event, kind) and where(event)]
            return bool(found)

        try:
            self._qtbot.waitUntil(there, timeout=within_ms)
        except self._qtbot.TimeoutError:
            pytest.fail(f"no {kind.__name__}: {self.events} {self.phone.state}")
        return found[0]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def pbx(authority: Authority) -> Iterator[Asterisk]:
    """With TLS, and accounts whose voice is plain, encrypted, or either."""
    try:
        asterisk = Asterisk()
    except NoAsterisk as missing:
        pytest.skip(str(missing))
    settings, dialplan = asterisk.folder / "etc" / "pjsip.conf", asterisk.folder / "etc" / "extensions.conf"
    text = TLS.format(port=asterisk.tls_port, certificate=authority.server("localhost"))
    for user, encryption, optimistic in ((PLAIN, "no", "no"), (SECURE, "sdes", "no"), (EITHER, "sdes", "yes")):
        text += ACCOUNT.format(user=user, encryption=encryption, optimistic=optimistic)
    settings.write_text(settings.read_text() + text)
    dialplan.write_text(dialplan.read_text() + DIALPLAN)
    asterisk.start()
    yield asterisk
    asterisk.stop()


@pytest.fixture
def agents(tmp_path: Path, qtbot) -> Iterator[Callable[[], Agent]]:
    made: list[Agent] = []

    def make() -> Agent:
        made.append(Agent(tmp_path / f"agent{len(made)}", qtbot))
        return made[-1]

    yield make
    for agent in made:
        agent.phone.shutdown()
        agent.phone.deleteLater()


@pytest.fixture
def tone(tmp_path: Path) -> str:
    file = tmp_path / "tone.wav"
    _tones(file, (440, 2.0))
    with wave.open(str(file)) as written:
        assert written.getnframes() == 16_000
    return str(file)


def over_tls(pbx: Asterisk) -> dict[str, str]:
    return {"domain": f"localhost:{pbx.tls_port}", "transport": "tls"}


def hear_the_echo(pbx: Asterisk, agent: Agent, tone: str) -> str:
    """Call the echo and hear it; whether the PBX calls the voice secure."""
    call = agent.phone.dial(ECHO)
    agent.wait(m.CallAnswered)
    agent.phone.play(call, tone, loop=True)
    agent._qtbot.waitUntil(lambda: agent.loudest > 0.05, timeout=WAIT_MS)
    agent.phone.hang_up(call)
    agent.wait(m.CallEnded)
    said = re.search(r"SECURE=(\d*)", pbx.log())
    assert said is not None, pbx.log()[-3000:]
    return said[1]


def test_registered_over_tls_and_called_over_the_same_connection(pbx, agents, authority):
    agent, colleague = agents(), agents()
    assert (
        agent.sign_in(user=SECURE, ca_file=str(authority.file), srtp="required", **over_tls(pbx)).state == "registered"
    )
    assert "transport=tls" in pbx.command("pjsip show contacts").lower()
    colleague.sign_in(pbx.address, PLAIN)
    call = colleague.phone.dial(SECURE)
    incoming = agent.wait(m.IncomingCall)
    assert incoming.account == f"{SECURE}@localhost:{pbx.tls_port}"
    agent.phone.answer(incoming.call_id)
    agent.wait(m.CallAnswered)
    colleague.wait(m.CallAnswered)
    colleague.phone.hang_up(call)
    assert agent.wait(m.CallEnded).by == "remote"


def test_voice_by_srtp_is_heard_and_the_pbx_calls_it_secure(pbx, agents, authority, tone):
    agent = agents()
    agent.sign_in(user=SECURE, ca_file=str(authority.file), srtp="required", **over_tls(pbx))
    assert hear_the_echo(pbx, agent, tone) == "1"


@pytest.mark.parametrize("target", ["sips:7100@{0}", "sip:7100@{0};transport=tls"])
def test_an_address_may_ask_for_tls_itself(pbx, agents, authority, target):
    agent = agents()
    agent.sign_in(pbx.address, PLAIN, str(authority.file))
    agent.phone.dial(target.format(f"localhost:{pbx.tls_port}"))
    agent.wait(m.CallAnswered)
    sip.until(lambda: "VIA=SIP/2.0/TLS" in pbx.log(), "it came over TLS")


@pytest.mark.parametrize(
    ("srtp", "user", "secure"), [("preferred", EITHER, "1"), ("preferred", PLAIN, "0"), ("off", PLAIN, "0")]
)
def test_preferred_takes_what_there_is(pbx, agents, tone, srtp, user, secure):
    agent = agents()
    agent.sign_in(pbx.address, user, srtp=srtp)
    assert hear_the_echo(pbx, agent, tone) == secure


@pytest.mark.parametrize(("srtp", "user"), [("required", PLAIN), ("off", SECURE)])
def test_where_one_side_insists_and_the_other_does_not_no_call_comes_about(pbx, agents, srtp, user):
    agent = agents()
    agent.sign_in(pbx.address, user, srtp=srtp)
    agent.phone.dial(ECHO)
    ended = agent.wait(m.CallEnded)
    assert (ended.code, ended.answered) == (488, False)


def test_plain_voice_for_an_agent_who_insists_on_srtp_is_refused(pbx, agents):
    agent, colleague = agents(), agents()
    agent.sign_in(pbx.address, PLAIN, srtp="required")
    colleague.sign_in(pbx.address, "1001")
    colleague.phone.dial(PLAIN)
    assert not colleague.wait(m.CallEnded).answered
    refused = agent.wait(m.IncomingCall)
    assert agent.wait(m.CallEnded, lambda event: event.call_id == refused.call_id).code == 488


@pytest.mark.parametrize(
    ("host", "trusted", "code"),
    [("127.0.0.1", True, m.CERTIFICATE_NAME), ("localhost", False, m.CERTIFICATE_UNTRUSTED)],
)
def test_a_pbx_that_cannot_prove_who_it_is_gets_no_password(pbx, agents, authority, tmp_path, host, trusted, code):
    ca = authority if trusted else Authority(tmp_path / "other", "Another")
    failed = agents().sign_in(f"{host}:{pbx.tls_port}", SECURE, str(ca.file), transport="tls")
    assert (failed.state, failed.code) == ("failed", code)
    assert f"{SECURE}/sip:" not in pbx.command("pjsip show contacts")


@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
def test_a_pbx_that_was_killed_is_missed_and_found_again(pbx, agents, authority, transport):
    agent = agents()
    where = over_tls(pbx) if transport == "tls" else {"domain": pbx.address, "transport": transport}
    assert agent.sign_in(user=PLAIN, ca_file=str(authority.file), **where).state == "registered"
    since = len(agent.events)
    pbx.kill()
    agent.wait(m.RegistrationChanged, lambda event: event.state == "registering", since=since)
    agent.wait(m.RegistrationChanged, lambda event: event.state == "failed", since=since)
    assert agent.phone.state.registration.state == "failed"
    since = len(agent.events)
    pbx.start()
    agent.wait(m.RegistrationChanged, lambda event: event.state == "registered", since, BOOT_WAIT_MS)
    assert f"{PLAIN}/sip:{PLAIN}@" in pbx.command("pjsip show contacts")
