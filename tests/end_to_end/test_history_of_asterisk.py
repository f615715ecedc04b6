"""The files that a real Asterisk has written of calls that SIPp made: imported, they say what SIPp did."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agent_desktop import clock
from agent_desktop.collector.cdr_import import CdrImport
from agent_desktop.collector.history import HistoryImport, Progress, Wanted
from agent_desktop.collector.queue_log_import import QueueLogImport
from agent_desktop.core.interaction_ids import id_of_call
from agent_desktop.data import agents as people
from agent_desktop.data import apply, interactions, queues, site
from agent_desktop.data import operations as ops
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Site
from agent_desktop.data.sql import table_of
from agent_desktop.telephony import messages as m
from agent_desktop.telephony.headers import handoff
from tests.end_to_end.asterisk import Asterisk
from tests.end_to_end.test_asterisk import Agent
from tests.support import sip
from tests.support.made_once import empty_database

pytestmark = [pytest.mark.asterisk]
CALLER = "+48601442190"  # as SIPp's scenarios say


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
    opened = Database.open(empty_database(tmp_path / "centre.db"))
    with opened.write() as session:
        session.execute(table_of(Site).update().values(region="PL"))
        people.create_agent(session, "Dana Okafor", "dana", extension="1001")
        added = ((new_id(), "601 442 190", ""),)
        customer = ops.SaveCustomer(customer_id=new_id(), version=0, fields={"name": "Marta"}, phones_added=added)
        apply.apply(session, customer)
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
    last = make_calls(pbx, agent, sipp)
    sip.until(lambda: pbx.queue_log()[-1].event == "COMPLETECALLER", "the queue saw its end")

    def records() -> int:
        file = logs / "cdr-csv" / "Master.csv"
        return len({line.split(",")[-2] for line in file.read_text().splitlines()}) if file.exists() else 0

    sip.until(lambda: records() == 4, "the records are written")
    log = whole(QueueLogImport(database, [logs / "queue_log"]))
    assert (log.rejected, log.unknown, log.people) == (0, (), ())
    with database.read() as session:
        visits = queues.visits(session, clock.now() - timedelta(hours=1), clock.now())
        (dana,) = people.agents(session)
        key = id_of_call(site.site(session).id, "", handoff(last.headers).linked_id or "", "", 0)
    results = Counter((visit.result.value, visit.exit_reason) for visit in visits)
    assert results == {("answered", ""): 1, ("abandoned", ""): 2, ("exited", "timeout"): 1}
    assert {visit.agent_id for visit in visits if visit.connected_at} == {dana.id}
    told = whole(CdrImport(database, [logs / "cdr-csv" / "Master.csv"], Wanted(zone=ZoneInfo("UTC"))))
    assert (told.new, told.rejected, told.people) == (4, 0, ())
    with database.read() as session:
        calls = interactions.calls(session)
        page = interactions.page(session, key)
    assert Counter(call.outcome.value for call in calls) == {"answered": 1, "missed": 3}
    assert {(call.number, call.customer) for call in calls} == {(CALLER, "Marta")}
    assert page is not None, "the desktop that had the call means the same interaction"
    assert (page.line.agent, [leg.agent for leg in page.legs]) == ("Dana Okafor", ["Dana Okafor"])
    assert whole(QueueLogImport(database, [logs / "queue_log"])).new == 0
