"""Queue events: stored once, and what follows from them for visits, members and presence."""

import random
from datetime import datetime, timedelta
from itertools import pairwise, permutations
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from agent_desktop import clock
from agent_desktop.data import agents, queues
from agent_desktop.data import operations as ops
from agent_desktop.data.centre_rows import QueueEventRow, VisitRow
from agent_desktop.data.db import Database
from agent_desktop.data.errors import Refused
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Queue
from agent_desktop.data.sql import table_of
from agent_desktop.data.words import Presence, VisitResult
from agent_desktop.data.words import QueueEventKind as Kind
from tests.data.conftest import START_US, Desk

START = clock.from_us(START_US)


@pytest.fixture
def billing(database: Database) -> UUID:
    key = new_id()
    with database.write() as session:
        session.execute(insert(table_of(Queue)).values(id=key, name="billing", label="Billing"))
    return key


def event(seq: int, kind: Kind, queue: UUID | None = None, **more: Any) -> QueueEventRow:
    """An event ``seq`` seconds after the start."""
    return QueueEventRow(START + timedelta(seconds=seq), kind, "pbx", seq, queue, **more)


def a_call(queue: UUID, visit: UUID, agent: UUID) -> list[QueueEventRow]:
    """Offered twice, answered, held, completed by the caller."""
    here: dict[str, Any] = {"visit_id": visit, "linked_id": "1.2"}
    return [
        event(1, Kind.ENTERED, queue, **here),
        event(2, Kind.OFFERED, queue, agent_id=agent, **here),
        event(9, Kind.NOT_ANSWERED, queue, agent_id=agent, data={"ring_ms": 7000}, **here),
        event(10, Kind.OFFERED, queue, agent_id=agent, **here),
        event(13, Kind.CONNECTED, queue, agent_id=agent, **here),
        event(20, Kind.HELD, queue, agent_id=agent, **here),
        event(25, Kind.RESUMED, queue, agent_id=agent, **here),
        event(60, Kind.COMPLETED, queue, agent_id=agent, data={"by": "caller"}, **here),
    ]


def visits(database: Database) -> tuple[VisitRow, ...]:
    with database.read() as session:
        return queues.visits(session, START, START + timedelta(hours=1))


def now(database: Database) -> dict[UUID, tuple[Presence, datetime]]:
    with database.read() as session:
        return {row.agent_id: (row.presence, row.since) for row in agents.presence_now(session)}


def test_events_become_a_visit(database: Database, dana: Desk, billing: UUID) -> None:
    visit = new_id()
    with database.write() as session:
        assert queues.record_events(session, a_call(billing, visit, dana.agent_id)) == 8
    found = visits(database)[0]
    assert found == VisitRow(
        visit, billing, START + timedelta(seconds=1), VisitResult.ANSWERED, START + timedelta(seconds=13), None,
        START + timedelta(seconds=60), dana.agent_id, "1.2", 2, "", 5_000_000,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("last", "result", "reason"),
    [
        (event(5, Kind.ABANDONED), VisitResult.ABANDONED, ""),
        (event(5, Kind.EXITED, data={"reason": "timeout"}), VisitResult.EXITED, "timeout"),
        (event(5, Kind.OFFERED), VisitResult.UNRESOLVED, ""),
        (event(5, Kind.LOST), VisitResult.UNRESOLVED, ""),
    ],
)
def test_each_visit_ends_in_one_class(
    database: Database, billing: UUID, last: QueueEventRow, result: VisitResult, reason: str
) -> None:
    visit = new_id()
    ended = QueueEventRow(last.at, last.kind, "pbx", 5, billing, visit, data=last.data)
    with database.write() as session:
        queues.record_events(session, [event(1, Kind.ENTERED, billing, visit_id=visit), ended])
    found = visits(database)[0]
    assert (found.result, found.exit_reason) == (result, reason)
    assert (found.left_at is None) is (result is VisitResult.UNRESOLVED)


def test_an_abandon_outweighs_an_exit_and_both_outweigh_a_missing_end(database: Database, billing: UUID) -> None:
    ends = [
        event(5, Kind.LOST),
        event(4, Kind.EXITED, data={"reason": "timeout"}),
        event(6, Kind.ABANDONED),
        event(7, Kind.ABANDONED),
    ]
    for place, order in enumerate(permutations(ends)):
        visit = new_id()
        rows = [event(1, Kind.ENTERED, billing, visit_id=visit)]
        rows += [QueueEventRow(one.at, one.kind, "pbx", 0, billing, visit, data=one.data) for one in order]
        numbered = [msgspec.structs.replace(row, source_seq=10 * place + n) for n, row in enumerate(rows)]
        with database.write() as session:
            for row in numbered:
                queues.record_events(session, [row])
        found = next(one for one in visits(database) if one.id == visit)
        assert (found.result, found.left_at) == (VisitResult.ABANDONED, START + timedelta(seconds=6))


def test_a_phone_that_rang_for_nothing_rings_no_more(
    database: Database, dana: Desk, jonas: Desk, billing: UUID
) -> None:
    visit = new_id()
    rows = [
        event(1, Kind.ENTERED, billing, visit_id=visit),
        event(2, Kind.OFFERED, billing, visit_id=visit, agent_id=dana.agent_id),
        event(3, Kind.OFFERED, billing, visit_id=visit, agent_id=jonas.agent_id),
        event(4, Kind.CONNECTED, billing, visit_id=visit, agent_id=jonas.agent_id),
    ]
    for row in rows:
        with database.write() as session:
            queues.record_events(session, [row])
    found = now(database)
    assert found[dana.agent_id] == (Presence.READY, rows[3].at)
    assert found[jonas.agent_id] == (Presence.TALKING, rows[3].at)


def test_the_same_event_twice_counts_once(database: Database, dana: Desk, billing: UUID) -> None:
    events = a_call(billing, new_id(), dana.agent_id)
    with database.write() as session:
        assert queues.record_events(session, events + events) == 8
    before = visits(database), now(database)
    with database.write() as session:
        assert queues.record_events(session, events[3:]) == 0
    assert (visits(database), now(database)) == before
    with database.read() as session:
        assert len(queues.events_since(session, 0)[1]) == 8


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), cuts=st.lists(st.integers(1, 15), max_size=4))
def test_any_order_and_batches_give_the_same_visits(
    database: Database, dana: Desk, billing: UUID, seed: int, cuts: list[int]
) -> None:
    source = str(new_id())
    ids = [new_id(), new_id()]
    events = [
        QueueEventRow(
            e.at, e.kind, source, e.source_seq + 100 * place, e.queue_id, visit, e.linked_id, e.agent_id, e.data
        )
        for place, visit in enumerate(ids)
        for e in a_call(billing, visit, dana.agent_id)
    ]
    random.Random(seed).shuffle(events)
    borders = [0, *sorted(cuts), len(events)]
    with database.write() as session:
        for start, end in pairwise(borders):
            queues.record_events(session, events[max(0, start - 2) : end])  # batches that overlap, as after a reconnect
        found = {row.id: row for row in queues.visits(session, START, START + timedelta(hours=1))}
    expected = VisitRow(
        ids[0], billing, START + timedelta(seconds=1), VisitResult.ANSWERED, START + timedelta(seconds=13), None,
        START + timedelta(seconds=60), dana.agent_id, "1.2", 2, "", 5_000_000,
    )  # fmt: skip
    assert found[ids[0]] == expected


def test_the_cursor(database: Database, dana: Desk, billing: UUID) -> None:
    with database.write() as session:
        assert queues.last_event_id(session) == 0
        assert queues.events_since(session, 0) == (0, ())
        queues.record_events(session, a_call(billing, new_id(), dana.agent_id))
        cursor, first = queues.events_since(session, 0, limit=3)
        assert [row.source_seq for row in first] == [1, 2, 9]
        end, rest = queues.events_since(session, cursor)
        assert [row.source_seq for row in rest] == [10, 13, 20, 25, 60]
        assert queues.events_since(session, end) == (end, ())
        assert queues.last_event_id(session) == end
        late = QueueEventRow(START, Kind.PAUSED, "late", 1, agent_id=dana.agent_id, data={"reason": "Lunch"})
        queues.record_events(session, [late])
        assert queues.events_since(session, end)[1] == (late,), "in the order of storing, not of time"
        between = queues.events_between(session, START + timedelta(seconds=10), START + timedelta(seconds=20))
        assert [row.source_seq for row in between] == [10, 13]


def test_a_pause_told_once_more_goes_on(database: Database, dana: Desk, billing: UUID) -> None:
    """Of another queue, or by an exchange that was started anew; another reason is another pause."""
    agent = dana.agent_id
    said = [(1, "Lunch"), (2, "Lunch"), (3, ""), (4, "Training"), (5, "Lunch")]
    began = [1, 1, 1, 4, 5]
    for (seq, reason), since in zip(said, began, strict=True):
        with database.write() as session:
            data = {"reason": reason} if reason else {}
            queues.record_events(session, [event(seq, Kind.PAUSED, billing, agent_id=agent, data=data)])
        assert now(database)[agent] == (Presence.PAUSED, START + timedelta(seconds=since))


def test_presence_follows_the_events(database: Database, dana: Desk, billing: UUID) -> None:
    agent = dana.agent_id
    steps = [
        (event(1, Kind.MEMBER_ADDED, billing, agent_id=agent), Presence.READY),
        (event(2, Kind.OFFERED, billing, agent_id=agent), Presence.RINGING),
        (event(3, Kind.CONNECTED, billing, agent_id=agent), Presence.TALKING),
        (event(4, Kind.COMPLETED, billing, agent_id=agent), Presence.READY),
        (event(5, Kind.WRAP_UP_STARTED, billing, agent_id=agent), Presence.WRAP_UP),
        (event(6, Kind.PAUSED, agent_id=agent, data={"reason": "Lunch"}), Presence.PAUSED),
        (event(7, Kind.UNPAUSED, agent_id=agent), Presence.READY),
        (event(8, Kind.MEMBER_REMOVED, billing, agent_id=agent), Presence.OFFLINE),
    ]
    for row, presence in steps:
        with database.write() as session:
            queues.record_events(session, [row])
        assert now(database)[agent] == (presence, row.at)
    with database.read() as session:
        spans = agents.presence_history(session, START, START + timedelta(hours=1))
        assert [span.presence for span in spans] == [presence for _, presence in steps]
        assert spans[5].reason == "Lunch"
        assert spans[0].until == steps[1][0].at
        assert spans[-1].until is None
        assert agent in queues.queues(session)[0].members


def test_an_agent_whose_desktop_reports_is_left_to_it(
    database: Database, dana: Desk, jonas: Desk, billing: UUID
) -> None:
    dana.do(ops.SetPresence, presence="wrap_up")
    offers = [event(9, Kind.OFFERED, billing, agent_id=desk.agent_id) for desk in (dana, jonas)]
    offers[1] = QueueEventRow(offers[1].at, Kind.OFFERED, "pbx", 10, billing, agent_id=jonas.agent_id)
    with database.write() as session:
        queues.record_events(session, offers)
    assert now(database)[dana.agent_id][0] is Presence.WRAP_UP
    assert now(database)[jonas.agent_id][0] is Presence.RINGING
    dana.do(ops.SetPresence, presence="offline")
    with database.write() as session:
        queues.record_events(session, [event(30, Kind.OFFERED, billing, agent_id=dana.agent_id)])
    assert now(database)[dana.agent_id][0] is Presence.RINGING


def test_a_presence_must_be_somebodys_and_known(dana: Desk) -> None:
    with pytest.raises(Refused):
        dana.do(ops.SetPresence, presence="asleep")
    with pytest.raises(Refused):
        dana.do(ops.SetPresence, presence="ready", agent_id=None)
