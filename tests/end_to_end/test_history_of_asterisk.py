"""The files that a real Asterisk has written of calls that SIPp made: imported, they say what SIPp did."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from agent_desktop import clock
from agent_desktop.collector.history import HistoryImport, Progress
from agent_desktop.collector.queue_log_import import QueueLogImport
from agent_desktop.data import agents as people
from agent_desktop.data import queues
from agent_desktop.data.db import Database
from agent_desktop.telephony import messages as m
from tests.end_to_end.asterisk import Asterisk
from tests.end_to_end.test_asterisk import Agent
from tests.support import sip

pytestmark = [pytest.mark.asterisk]


@pytest.fixture
def agent(tmp_path: Path, pbx: Asterisk, qtbot) -> Iterator[Agent]:
    """1001, the only one who serves support."""
    made = Agent(tmp_path / "engine", qtbot)
    assert made.sign_in(pbx, "1001").state == "registered"
    yield made
    made.phone.shutdown()


@pytest.fixture
def sipp(tmp_path: Path, program: Callable[[str], str]) -> Iterator[sip.SippRunner]:
    program("sipp")
    (tmp_path / "sipp").mkdir()
    runner = sip.SippRunner(tmp_path / "sipp")
    yield runner
    runner.stop()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(tmp_path / "centre.db", create=True)
    with opened.write() as session:
        people.create_agent(session, "Dana Okafor", "dana", extension="1001")
    yield opened
    opened.close()


def whole(run: HistoryImport) -> Progress:
    while not run.step().finished:
        pass
    return run.progress


def make_calls(pbx: Asterisk, agent: Agent, sipp: sip.SippRunner) -> m.IncomingCall:
    """One waits in vain for four seconds, two give up, one is answered: that one."""
    waits = [sipp.call("call_until_bye", pbx.sip_port, user="5003")]
    agent.wait(m.IncomingCall)
    waits += [sipp.call("call_and_bye", pbx.sip_port, user="5001", pause_ms=1000) for _ in range(2)]
    for caller in waits:
        caller.check()
    known = {event.call_id for event in agent.events if isinstance(event, m.IncomingCall)}
    caller = sipp.call("call_and_bye", pbx.sip_port, user="5001", pause_ms=1800)
    incoming = agent.wait(m.IncomingCall, lambda event: event.call_id not in known)
    agent.phone.answer(incoming.call_id)
    agent.wait(m.CallEnded, lambda event: event.call_id == incoming.call_id)
    caller.check()
    return incoming


def test_its_files_say_what_sipp_did(pbx: Asterisk, agent: Agent, sipp: sip.SippRunner, database: Database) -> None:
    logs = pbx.folder / "var" / "log"
    make_calls(pbx, agent, sipp)
    sip.until(lambda: pbx.queue_log()[-1].event == "COMPLETECALLER", "the queue saw its end")
    log = whole(QueueLogImport(database, [logs / "queue_log"]))
    assert (log.rejected, log.unknown, log.people) == (0, (), ())
    with database.read() as session:
        visits = queues.visits(session, clock.now() - timedelta(hours=1), clock.now())
        (dana,) = people.agents(session)
    results = Counter((visit.result.value, visit.exit_reason) for visit in visits)
    assert results == {("answered", ""): 1, ("abandoned", ""): 2, ("exited", "timeout"): 1}
    assert {visit.agent_id for visit in visits if visit.connected_at} == {dana.id}
    assert whole(QueueLogImport(database, [logs / "queue_log"])).new == 0
