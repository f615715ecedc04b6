"""The phone against a PBX that nobody here wrote, with the configuration that users get as an example."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent_desktop.telephony import messages as m
from agent_desktop.telephony.headers import handoff, identity
from agent_desktop.telephony.phone import Phone
from tests.end_to_end.asterisk import Asterisk
from tests.support import sip

pytestmark = pytest.mark.asterisk
WAIT_MS = 30_000
QUEUE = "5001"  # straight into support, where 1001 is the only agent


class Agent:
    """A desktop's phone, and everything that happened to it."""

    def __init__(self, folder: Path, qtbot):
        self.phone = Phone(folder)
        self.events: list[m.Event] = []
        self.phone.event.connect(self._happened)
        self.refusals: list[m.CommandFailed] = []
        self.phone.command_failed.connect(self.refusals.append)
        self._qtbot = qtbot

    def _happened(self, event: m.Event) -> None:
        self.events.append(event)
        self.phone.acknowledge(event.seq)

    def sign_in(self, pbx: Asterisk, user: str, password: str = "", transport: str = "udp") -> m.RegistrationChanged:
        """Register; returns how that ended."""
        account = m.SipAccount(
            user=user, domain=pbx.address, password=password or f"change-me-{user}", transport=transport
        )
        self.phone.start(m.Configure(listen_host="127.0.0.1", account=account, audio="null"))
        return self.wait(m.RegistrationChanged, lambda event: event.state in {"registered", "failed"})

    def wait(self, kind, where=lambda _: True):
        """The first event of this kind that fits, also one that came already."""
        found = []

        def there() -> bool:
            found[:] = [event for event in self.events if isinstance(event, kind) and where(event)]
            return bool(found)

        try:
            self._qtbot.waitUntil(there, timeout=WAIT_MS)
        except self._qtbot.TimeoutError:
            pytest.fail(f"no {kind.__name__}: {self.events} {self.refusals} {self.phone.state}")
        return found[0]

    def answered(self) -> m.IncomingCall:
        """Take the next call."""
        incoming = self.wait(m.IncomingCall)
        self.phone.answer(incoming.call_id)
        self.wait(m.CallAnswered, lambda event: event.call_id == incoming.call_id)
        return incoming


@pytest.fixture
def agents(tmp_path: Path, qtbot) -> Iterator[Callable[[], Agent]]:
    started: list[Agent] = []

    def new() -> Agent:
        started.append(Agent(tmp_path / f"engine{len(started)}", qtbot))
        return started[-1]

    yield new
    for agent in started:
        agent.phone.shutdown()


@pytest.fixture
def agent(pbx: Asterisk, agents: Callable[[], Agent]) -> Agent:
    """Agent 1001, signed in."""
    agent = agents()
    assert agent.sign_in(pbx, "1001").state == "registered"
    return agent


@pytest.fixture
def sipp(tmp_path: Path, program: Callable[[str], str]) -> Iterator[sip.SippRunner]:
    program("sipp")
    folder = tmp_path / "sipp"
    folder.mkdir()
    runner = sip.SippRunner(folder)
    yield runner
    runner.stop()


def queue_events(pbx: Asterisk, name: str = "support") -> list[str]:
    return [line.event for line in pbx.queue_log() if line.queue == name]


def header(incoming: m.IncomingCall, name: str) -> str:
    return next((value for key, value in incoming.headers if key.lower() == name.lower()), "")


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_an_account_registers_by_digest_and_leaves_when_the_desktop_closes(pbx, agents, transport):
    agent = agents()
    assert agent.sign_in(pbx, "1001", transport=transport).state == "registered"
    contacts = pbx.command("pjsip show contacts")
    assert "1001/sip:1001@127.0.0.1" in contacts
    assert ("transport=tcp" in contacts.lower()) == (transport == "tcp")
    agent.phone.shutdown()
    sip.until(lambda: "1001/sip:1001@" not in pbx.command("pjsip show contacts"), "it has left")


def test_a_wrong_password_is_refused(pbx, agents):
    failed = agents().sign_in(pbx, "1001", password="wrong")
    assert (failed.state, failed.code) in {("failed", 401), ("failed", 403)}


def test_a_queue_call_brings_its_headers_and_the_agent_ends_it(pbx, agent, sipp):
    caller = sipp.call("call_until_bye", pbx.sip_port, user=QUEUE)
    incoming = agent.answered()
    assert identity(incoming.headers, trusted=True).number == "+48601442190"
    brought = handoff(incoming.headers)
    assert (brought.queue, brought.called_number) == ("support", QUEUE)
    assert brought.wait_s is not None
    assert brought.wait_s < 60
    assert brought.linked_id == next(line.call for line in pbx.queue_log() if line.event == "ENTERQUEUE")
    agent.phone.hang_up(incoming.call_id)
    ended = agent.wait(m.CallEnded)
    assert (ended.by, ended.answered, ended.code) == ("local", True, 200)
    caller.check()
    sip.until(lambda: "COMPLETEAGENT" in queue_events(pbx), "the queue saw the agent hang up")
    assert queue_events(pbx) == ["ENTERQUEUE", "CONNECT", "COMPLETEAGENT"]


def test_the_caller_ends_it(pbx, agent, sipp):
    caller = sipp.call("call_and_bye", pbx.sip_port, user=QUEUE, pause_ms=2500)
    agent.answered()
    ended = agent.wait(m.CallEnded)
    assert (ended.by, ended.answered) == ("remote", True)
    caller.check()
    sip.until(lambda: "COMPLETECALLER" in queue_events(pbx), "the queue saw the caller hang up")


def test_a_caller_who_does_not_wait_is_abandoned(pbx, agent, sipp):
    # longer than the queue lets an agent rest (wrapuptime) after the call of another test
    caller = sipp.call("call_and_bye", pbx.sip_port, user=QUEUE, pause_ms=5000)
    agent.wait(m.IncomingCall)
    ended = agent.wait(m.CallEnded)
    assert (ended.by, ended.answered, ended.code, ended.elsewhere) == ("remote", False, 487, False)
    caller.check()
    sip.until(lambda: "ABANDON" in queue_events(pbx), "the queue saw the caller give up")
    assert "CONNECT" not in queue_events(pbx)


def test_a_call_that_the_agent_refuses_comes_again(pbx, agent, sipp):
    sipp.call("call_until_bye", pbx.sip_port, user=QUEUE)
    first = agent.wait(m.IncomingCall)
    agent.phone.reject(first.call_id)
    again = agent.wait(m.IncomingCall, lambda event: event.call_id != first.call_id)
    assert header(again, "X-Call-Linkedid") == header(first, "X-Call-Linkedid")
    assert "RINGNOANSWER" in queue_events(pbx)
    agent.phone.answer(again.call_id)
    agent.wait(m.CallAnswered)
    agent.phone.hang_up(again.call_id)


def test_what_the_caller_chose_and_entered_reaches_the_agent(pbx, agent, agents):
    caller = agents()
    caller.sign_in(pbx, "1002")
    call = caller.phone.dial(f"sip:5000@{pbx.address}")
    caller.wait(m.CallAnswered)
    sip.until(lambda: "prompts/menu" in pbx.log(), "the menu speaks")
    caller.phone.send_digits(call, "1")
    sip.until(lambda: "prompts/account" in pbx.log(), "the account number is asked for")
    caller.phone.send_digits(call, "4711#")
    incoming = agent.answered()
    brought = handoff(incoming.headers)
    assert brought.account_number == "4711"
    assert brought.queue == "support"
    assert ("Service", "support") in [(field.label, field.value) for field in brought.fields]
    assert ("Path", "main>support>account") in [(field.label, field.value) for field in brought.fields]
    assert brought.uui == "4711"
    assert header(incoming, "User-to-User") == "34373131;encoding=hex"
    caller.phone.hang_up(call)
    assert agent.wait(m.CallEnded).by == "remote"


def test_the_providers_own_data_goes_through(pbx, agent, sipp):
    sipp.call("call_until_bye", pbx.sip_port, user=QUEUE, headers="User-to-User: 6f726465722d3939;encoding=hex")
    incoming = agent.answered()
    assert handoff(incoming.headers).uui == "order-99"
    agent.phone.hang_up(incoming.call_id)


def test_hold_and_resume(pbx, agent, sipp):
    sipp.call("call_until_bye", pbx.sip_port, user=QUEUE)
    call = agent.answered().call_id
    begun = pbx.log().count("Started music on hold")  # that of the queue, of every test so far
    agent.phone.hold(call)
    assert not agent.wait(m.CallHeld).by_remote
    sip.until(lambda: pbx.log().count("Started music on hold") > begun, "the caller hears music")
    ended = pbx.log().count("Stopped music on hold")
    agent.phone.resume(call)
    assert not agent.wait(m.CallResumed).by_remote
    sip.until(lambda: pbx.log().count("Stopped music on hold") > ended, "the music stops")
    agent.phone.hang_up(call)
    assert agent.wait(m.CallEnded).hold_s > 0


def test_a_transferred_call_is_the_same_call_for_the_colleague(pbx, agent, agents, sipp):
    colleague = agents()
    colleague.sign_in(pbx, "1002")
    caller = sipp.call("call_until_bye", pbx.sip_port, user=QUEUE, headers="X-Interaction-Id: forged-from-outside")
    first = agent.answered()
    agent.phone.transfer(first.call_id, f"sip:1002@{pbx.address}")
    assert agent.wait(m.TransferProgress, lambda event: event.final).code == 200
    second = colleague.answered()
    assert header(second, "X-Call-Linkedid") == header(first, "X-Call-Linkedid")
    assert identity(second.headers, trusted=True).number == "+48601442190"
    assert handoff(second.headers).interaction_id is None
    agent.wait(m.CallEnded)
    colleague.phone.hang_up(second.call_id)
    caller.check()


def test_a_desktop_names_the_interaction_to_its_colleague(pbx, agent, agents):
    colleague = agents()
    colleague.sign_in(pbx, "1002")
    name = "01920000-0000-7000-8000-000000000001"
    colleague.phone.dial(f"sip:1001@{pbx.address}", (("X-Interaction-Id", name),))
    incoming = agent.answered()
    assert handoff(incoming.headers).interaction_id == name
    agent.phone.hang_up(incoming.call_id)
    colleague.wait(m.CallEnded)
