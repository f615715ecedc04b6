"""The collectors' lease, what stands about them, and requests to the PBX; in a file and on a server."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace
from sqlalchemy import delete, insert, update

from agent_desktop import clock
from agent_desktop.data import access, agents, collecting, queues
from agent_desktop.data.centre_rows import CollectorRow, QueueEventRow
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import CollectorHealth, CollectorLease, Queue
from agent_desktop.data.words import QueueEventKind as Kind
from agent_desktop.data.words import RequestKind, RequestState
from tests.support.postgres import Server

ONE, TWO = UUID(int=1), UUID(int=2)


@pytest.fixture(params=["file", "server"])
def shared(request: pytest.FixtureRequest, database: Database, server: Server, centre: str) -> Iterator[Database]:
    """A database as a collector signs in to it; the queue "billing" is there."""
    queue = {"id": UUID(int=11), "name": "billing", "label": "Billing"}
    if request.param == "file":
        with database.write() as session:
            session.execute(insert(Queue).values(queue))
        yield database
        return
    owner = Database.open(server.url(centre))
    access.grant(owner, access.Grant("coll", "collector", "coll-password"))
    with owner.write() as session:
        access.install(session.connection())
        session.execute(insert(Queue).values(queue))
    owner.close()
    opened = Database.open(server.url(centre, "coll", "coll-password"))
    yield opened
    opened.close()


def test_one_collector_holds_the_lease_until_it_ends_or_is_given_up(shared: Database) -> None:
    with shared.write() as session:
        first = collecting.hold_lease(session, ONE, "a", 60)
        again = collecting.hold_lease(session, ONE, "a", 60)
        other = collecting.hold_lease(session, TWO, "b", 60)
    assert (first.held, again.held, other.held, other.name) == (True, True, False, "a")
    assert (first.token, again.token) == (1, 1)
    with shared.write() as session:
        session.execute(update(CollectorLease).values(expires_at=clock.now() - timedelta(seconds=1)))
    with shared.read() as session:
        assert collecting.lease(session, ONE).name == ""
    with shared.write() as session:
        assert collecting.hold_lease(session, TWO, "b", 60).token == 2
        assert not collecting.hold_lease(session, ONE, "a", 60).held
        collecting.release_lease(session, ONE)  # of somebody who has it no longer: nothing
    with shared.write() as session:
        collecting.release_lease(session, TWO)
        assert collecting.hold_lease(session, ONE, "a", 60).held


def test_who_holds_it_is_the_only_writer(centre: str, server: Server) -> None:
    one, two = (Database.open(server.url(centre)) for _ in "ab")
    with one.write() as session:
        collecting.hold_lease(session, ONE, "a", 0.0)  # it ends at once, but the transaction goes on
        with pytest.raises(DatabaseTrouble), two.write() as other:
            collecting.hold_lease(other, TWO, "b", 60)
    with two.write() as session:
        assert collecting.hold_lease(session, TWO, "b", 60).held
    one.close()
    two.close()


def test_what_is_told_of_a_collector_is_read_back(shared: Database) -> None:
    row = CollectorRow("a", "pbx1", True, clock.now(), None, 7, {"queue": {"x": 2}}, 90, -12, 3, 1, "", "07:00")
    with shared.write() as session:
        collecting.tell_health(session, row)
        collecting.tell_health(session, row)
        (found,) = collecting.health(session)
    assert found.told_at is not None
    assert (found.pbx, found.unknown, found.connected_at) == ("pbx1", {"queue": {"x": 2}}, row.connected_at)


def test_who_has_heard_the_pbxs_for_longest_comes_first(database: Database) -> None:
    now = clock.now()
    hour, minute, second = (now - timedelta(seconds=seconds) for seconds in (3_600, 60, 1))
    row = CollectorRow("a", "one", False, hour, now, 0, {}, 0, 0, 0, 0, "", "")

    def longer(name: str, since: datetime | None, *rows: CollectorRow) -> bool:
        with database.write() as session:
            session.execute(delete(CollectorHealth))
            for one in rows:
                collecting.tell_health(session, one)
            return collecting.heard_longer(session, name, since)

    assert longer("b", minute, row)
    assert longer("b", None, row)
    assert not longer("a", None, row), "itself, before it was started again"
    assert not longer("b", minute), "nobody else"
    assert not longer("b", minute, replace(row, connected_at=second))
    assert not longer("b", minute, replace(row, active=True)), "who led is gone: the lease was free"
    assert longer("b", second, row, replace(row, pbx="two", connected_at=minute))
    assert not longer("b", minute, row, replace(row, pbx="two", connected_at=second)), "not all of them"
    assert not longer("b", None, row, replace(row, pbx="two", connected_at=None))
    assert longer("b", minute, row)
    with database.write() as session:
        session.execute(update(CollectorHealth).values(told_at=now - timedelta(seconds=4)))
        assert not collecting.heard_longer(session, "b", minute), "it has ended"


def test_what_a_collector_must_know_to_begin(shared: Database) -> None:
    queue, at = UUID(int=11), clock.now()
    with shared.write() as session:
        ann, ben = (row.id for row in agents.agents(session))
        rows = [
            QueueEventRow(at, Kind.ENTERED, "pbx:1", 1, queue, ONE, "1.1", data={"call": "1.1", "n": 1}),
            QueueEventRow(at, Kind.CONNECTED, "pbx:1", 2, queue, ONE, "1.1", ann),
            QueueEventRow(at, Kind.ENTERED, "pbx:1", 3, queue, TWO, "1.2", data={"call": "1.2", "n": 1}),
            QueueEventRow(at, Kind.LOST, "pbx:1", 4, queue, TWO, "1.2"),
            QueueEventRow(at, Kind.ENTERED, "pbx:2", 5, queue, UUID(int=3), "1.3"),
            QueueEventRow(at, Kind.MEMBER_ADDED, "pbx:1", 6, queue, None, "", ben),
            QueueEventRow(at, Kind.PAUSED, "pbx:1", 7, queue, None, "", ben, {"reason": "Lunch"}),
        ]
        assert queues.record_events(session, rows) == 7
    with shared.read() as session:
        found = collecting.entries_since(session, "pbx:1", at - timedelta(hours=1))
        assert [(one.data["call"], one.open, one.agent_id) for one in found] == [
            ("1.1", True, ann),
            ("1.2", False, None),
        ]
        assert collecting.signed_in(session) == {(queue, ben)}
        assert collecting.paused(session, [ann, ben]) == {ben}


def test_a_request_is_taken_once_and_answered(database: Database) -> None:
    with database.write() as session:
        ann = agents.agents(session)[0].id
        wanted = collecting.Wanted(new_id(), RequestKind.PAUSE, ann, ann, reason="Lunch", detail={"mode": "listen"})
        collecting.ask(session, wanted)
    with database.write() as session:
        (taken,) = collecting.take_requests(session)
        assert (taken.kind, taken.agent_id, taken.reason, taken.detail) == (
            RequestKind.PAUSE, ann, "Lunch", {"mode": "listen"},
        )  # fmt: skip
        assert collecting.take_requests(session) == ()
        assert [row.id for row in collecting.left_begun(session, clock.now() + timedelta(seconds=1))] == [wanted.id]
        collecting.finish_request(session, wanted.id, RequestState.REFUSED, "Interface not found")
        assert collecting.left_begun(session, clock.now() + timedelta(seconds=1)) == ()
        answered = collecting.request(session, wanted.id)
    assert answered is not None
    assert (answered.state, answered.answer) == (RequestState.REFUSED, "Interface not found")
    assert answered.done_at is not None
    assert abs((answered.at - clock.now()).total_seconds()) < 60
