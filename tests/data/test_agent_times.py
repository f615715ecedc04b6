"""How long people did what: as the states one by one say it, in a file and on a server."""

from collections import Counter
from contextlib import closing
from datetime import timedelta
from uuid import UUID

from sqlalchemy import insert

from agent_desktop import clock
from agent_desktop.data import agent_times, agents, queue_settings
from agent_desktop.data.agent_time_rows import AgentTime
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import PresenceSpan, Queue
from agent_desktop.data.sql import table_of
from agent_desktop.data.words import Presence
from tests.data.conftest import START_US
from tests.support import postgres

START = clock.from_us(START_US)
ANN, BO = UUID(int=1), UUID(int=2)


def _fill(database: Database) -> None:
    said = (
        (ANN, -90, Presence.READY),  # goes on into the window
        (ANN, 10, Presence.TALKING),
        (ANN, 20, Presence.WRAP_UP),
        (ANN, 25, Presence.PAUSED),
        (ANN, 40, Presence.OFFLINE),
        (BO, 30, Presence.RINGING),
        (BO, 31, Presence.TALKING),  # goes on after it
        (BO, 200, Presence.READY),
    )
    rest = {"reason": "", "on_hold": False, "source": "desktop"}
    rows = [
        {"agent_id": who, "since": START + timedelta(minutes=at), "presence": what.value} | rest
        for who, at, what in said
    ]
    with database.write() as session:
        session.execute(insert(table_of(PresenceSpan)), rows)


def _minutes(time: AgentTime) -> tuple[float, ...]:
    return tuple(us / 60e6 for us in (time.handling_us, time.available_us, time.paused_us))


def _check(database: Database) -> None:
    _fill(database)
    end = START + timedelta(minutes=60)
    with database.read() as session:
        found = agent_times.times(session, START, end)
        spans = agents.presence_history(session, START, end)
        assert agent_times.times(session, end, START) == {}
    assert {who: _minutes(time) for who, time in found.items()} == {ANN: (15, 10, 15), BO: (29, 1, 0)}
    one_by_one: Counter[UUID] = Counter()
    for span in spans:
        if span.presence is not Presence.OFFLINE:
            one_by_one[span.agent_id] += (min(span.until or end, end) - span.since) // timedelta(microseconds=1)
    assert {who: time.signed_in_us for who, time in found.items()} == dict(one_by_one)


def test_in_a_file(database: Database) -> None:
    _check(database)


def test_on_a_server(server: postgres.Server) -> None:
    with server.database() as name, closing(Database.open(server.url(name), create=True)) as database:
        _check(database)
        with database.write() as session:  # a server keeps versions of settings as a file does
            session.execute(insert(table_of(Queue)).values(id=new_id(), name="a", label="A"))
        with database.read() as session:
            kept = queue_settings.version(session)
            assert kept is not None
            assert kept.queues[0].said["sl_threshold_s"] == 20
            assert queue_settings.changes(session, START, clock.now() + timedelta(days=1)) == ()
