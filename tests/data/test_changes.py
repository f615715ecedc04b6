"""What others write is heard: nothing missed, nothing but ids, after an outage too."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import func, insert, select

from agent_desktop import clock
from agent_desktop.data import changes
from agent_desktop.data import operations as ops
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble
from agent_desktop.data.feed import record_events
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Agent, Change, Queue, QueueMember
from agent_desktop.data.rows import Changed
from agent_desktop.data.statement import Running
from agent_desktop.data.words import QueueEventKind
from tests.data.conftest import Desk, _agent_id
from tests.support.postgres import Server


def test_a_file_tells_what_changed_since(dana: Desk) -> None:
    with dana.database.read() as session:
        assert changes.since(session, None)[0] == Changed()
        cursor = changes.since(session, None)[1]
    marta = dana.customer("Marta", "601442190")
    call, ticket = dana.call(marta), new_id()
    dana.do(ops.OpenTicket, ticket_id=ticket, subject="s", customer_id=marta)
    with dana.database.read() as session:
        changed, cursor = changes.since(session, cursor)
        assert changed == Changed(frozenset({marta}), frozenset({call}), frozenset({ticket}))
        assert changes.since(session, cursor) == (Changed(), cursor)
        copied = changes.since(session, cursor + 5)[0]
        assert copied.everything, "an older copy was put back"
        assert all((copied.work, copied.queues, copied.agents, copied.catalogue)), (
            "for whoever asks only about one kind"
        )
    other = dana.customer("Other")
    dana.do(ops.LinkCustomer, interaction_id=call, customer_id=other)
    dana.do(ops.ScheduleCallback, work_id=new_id(), number="1", due_us=dana.at_us)
    dana.do(ops.SetPresence, presence="ready")
    with dana.database.read() as session:
        changed, cursor = changes.since(session, cursor)
    assert {marta, other} <= changed.customers, "whose it was, and whose it is"
    assert (changed.work, changed.agents, changed.queues) == (True, True, False)


def test_a_file_keeps_no_more_changes_than_anybody_needs(database: Database) -> None:
    with database.write() as session:
        connection = session.connection()
        for _ in range(13):
            connection.exec_driver_sql(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
                "INSERT INTO change (at, kind, xid) SELECT 0, 'queue', 0 FROM n"
            )
        assert connection.exec_driver_sql("SELECT count(*) FROM change").scalar_one() < changes.KEPT + 1_100
        assert changes.since(session, 1)[0].everything


class Listening(changes.Feed):
    """Says when it has begun to listen: what comes from then on is news."""

    def __init__(self, database: Database, heard: Callable[[Changed], None]):
        super().__init__(database, heard)
        self.begun = threading.Event()

    def _catch_up(self, driver: Any) -> None:
        super()._catch_up(driver)
        self.begun.set()


class Ear:
    """A desktop that listens to the server."""

    def __init__(self, database: Database):
        self.heard: queue.SimpleQueue[Changed] = queue.SimpleQueue()
        self.feed = Listening(database, self.heard.put)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self.feed.run, args=(self._stopping,), daemon=True)
        self._thread.start()

    def until(self, customer: UUID, within_s: float = 60.0) -> list[Changed]:
        """What was heard up to a change of this customer."""
        found, deadline = [], time.monotonic() + within_s
        while True:
            found.append(self.heard.get(timeout=max(0.1, deadline - time.monotonic())))
            if customer in found[-1].customers or found[-1].everything:
                return found

    def stop(self) -> None:
        self._stopping.set()

    def close(self) -> None:
        self.stop()
        self._thread.join(30)


@contextmanager
def signed_in(server: Server, centre: str, login: str) -> Iterator[Desk]:
    database = Database.open(server.url(centre, login, login))
    yield Desk(database, _agent_id(database, login))
    database.close()


def test_a_save_is_heard_by_all_desktops_and_by_those_that_were_away(server: Server, centre: str) -> None:
    with ExitStack() as stack:
        dana, jonas = (stack.enter_context(signed_in(server, centre, login)) for login in ("dana", "jonas"))
        ears = [stack.enter_context(closing(Ear(desk.database))) for desk in (dana, jonas, jonas)]
        assert all(ear.feed.begun.wait(60) for ear in ears)
        marta = dana.customer("Marta")
        for ear in ears:
            heard = ear.until(marta)
            assert not any(changed.everything for changed in heard)
        # Everybody's connection is cut, and much happens meanwhile: more than a notification can name.
        with psycopg.connect(server.dsn(centre), autocommit=True) as owner:
            owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ~ 'changes_since|LISTEN|"
                          "pg_notify|advisory' AND datname = %s AND pid <> pg_backend_pid()", (centre,))  # fmt: skip
        made = {jonas.customer(f"Number {number}") for number in range(300)}
        last = jonas.customer("Last")
        for ear in ears:
            got: set[UUID] = set()
            for changed in ear.until(last):
                got |= changed.customers
                assert not changed.everything
            while not made <= got:
                got |= ear.heard.get(timeout=60).customers
        # More at once than a notification can name: everybody asks.
        with psycopg.connect(server.dsn(centre), autocommit=True) as owner:
            owner.execute("UPDATE customer SET alert = 'all of them'")
        for ear in ears:
            got = set()
            while not made <= got:
                got |= ear.heard.get(timeout=60).customers


def test_a_rollback_says_nothing_and_a_late_commit_is_not_missed(server: Server, centre: str) -> None:
    """The change of a long transaction has a smaller id than those that were heard before it ended."""
    with ExitStack() as stack:
        dana = stack.enter_context(signed_in(server, centre, "dana"))
        first, slow = dana.customer("First"), dana.customer("Slow")
        ear = stack.enter_context(closing(Ear(dana.database)))
        assert ear.feed.begun.wait(60)
        with psycopg.connect(server.dsn(centre)) as late:
            late.execute("UPDATE customer SET alert = 'late' WHERE id = %s", (slow,))
            quick = dana.customer("Quick")
            assert slow not in {key for changed in ear.until(quick) for key in changed.customers}
            asked = "SELECT access.changes_since(%s::pg_snapshot, now())"
            with psycopg.connect(server.dsn(centre), autocommit=True) as other:
                first_time = other.execute(asked, ("1:1:",)).fetchone()[0]
                assert str(quick) in {key for _kind, key in first_time["changes"]}
                again = other.execute(asked, (first_time["cursor"],)).fetchone()[0]
                assert again["changes"] == [], "told once, though an older transaction still runs"
            late.commit()
            ear.until(slow)
            late.execute("UPDATE customer SET alert = 'never' WHERE id = %s", (first,))
            late.rollback()
        end = dana.customer("End")
        assert first not in {key for changed in ear.until(end) for key in changed.customers}


def test_a_commit_that_is_wanted_soon_is_gathered_then(
    server: Server, centre: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the collector's are: not some time later, when it would be time to look again."""
    with signed_in(server, centre, "dana") as dana, closing(Ear(dana.database)) as ear:
        assert ear.feed.begun.wait(60)
        ear.until(dana.customer("Before"))
        monkeypatch.setattr(changes, "GATHER_S", 60.0)
        monkeypatch.setattr(changes, "_EARLY_S", 60.0)  # and never too early
        for name in ("While it still waits as before", "Now"):
            key = dana.customer(name)
            with dana.database.write() as session:
                changes.tell_soon(session)
            ear.until(key, within_s=30.0)
        ear.stop()
        with dana.database.write() as session:
            changes.tell_soon(session)  # or it would hear a minute later that it is to end


@pytest.mark.parametrize(
    ("since_s", "soon", "waits", "due"),
    [
        (0.21, False, False, True),
        (0.1, True, True, False),  # too early: it waits for the next one
        (0.21, False, True, False),
        (0.17, True, True, True),
        (0.31, False, True, True),  # which did not come
    ],
)
def test_gathering_falls_in_with_who_commits(since_s: float, soon: bool, waits: bool, due: bool) -> None:
    feed = changes.Feed.__new__(changes.Feed)
    feed._gathered, feed._waits, feed._holding = 100.0, waits, True
    assert feed._is_due(100.0 + since_s, soon=soon) is due


def test_what_is_notified_names_nobody(server: Server, centre: str) -> None:
    with (
        signed_in(server, centre, "dana") as dana,
        closing(Ear(dana.database)) as ear,
        psycopg.connect(server.dsn(centre), autocommit=True) as spy,
    ):
        spy.execute(f"LISTEN {changes.CHANNEL}")
        assert ear.feed.begun.wait(60)
        marta = dana.customer("Marta Kowalczyk", "601442190")
        dana.do(ops.OpenTicket, ticket_id=new_id(), subject="secret subject", customer_id=marta)
        said = next(spy.notifies(timeout=60)).payload
    assert str(marta) in said
    assert not any(word in said for word in ("Kowal", "601", "secret"))


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        '{"n": 1}',
        '{"n": 1, "at": "never", "c": [], "all": false}',
        '{"n": "5:3:", "at": "2026-11-22T08:00:00+00:00", "c": [], "all": false}',
    ],
)
def test_nobody_is_made_deaf_by_a_notification_that_is_none_of_ours(server: Server, centre: str, said: str) -> None:
    with (
        signed_in(server, centre, "dana") as dana,
        closing(Ear(dana.database)) as ear,
        psycopg.connect(server.dsn(centre, "dana", "dana"), autocommit=True) as bad,
    ):
        assert ear.feed.begun.wait(60)
        bad.execute("SELECT pg_notify(%s, %s)", (changes.CHANNEL, said))
        assert not any(changed.everything for changed in ear.until(dana.customer("Marta")))


@pytest.mark.parametrize("kind", ["file", "server"])
def test_who_signs_in_at_a_queue_makes_nobody_load_the_centre_anew(
    kind: str, database: Database, server: Server, centre: str
) -> None:
    with closing(Database.open(server.url(centre)) if kind == "server" else database) as written:
        with written.write() as session:
            agent, named = new_id(), new_id()
            session.execute(insert(Agent).values(id=agent, name="New", login="new"))
            session.execute(insert(Queue).values(id=named, name="q", label="q"))
        kinds = []
        for number, what in enumerate((QueueEventKind.MEMBER_ADDED, QueueEventKind.MEMBER_REMOVED)):
            with written.write() as session:
                before = session.execute(select(func.max(Change.id))).scalar_one()
                record_events(session, [QueueEventRow(clock.now(), what, "pbx", number, named, None, "", agent)])
            with written.read() as session:
                kinds.append(set(session.execute(select(Change.kind).where(Change.id > before)).scalars()))
                signed_in = session.execute(select(QueueMember.signed_in)).scalars().all()
                assert signed_in == [what is QueueEventKind.MEMBER_ADDED]
        assert kinds == [{"queue", "agent", "catalogue"}, {"queue", "agent"}]


@pytest.mark.parametrize("away", ["8 minutes", "10 minutes"])
def test_after_a_long_absence_everything_may_have_changed(server: Server, centre: str, away: str) -> None:
    with signed_in(server, centre, "dana") as dana, dana.database.read() as session:
        asked = f"SELECT access.changes_since('1:1:', now() - interval '{away}') ->> 'all'"
        assert session.connection().exec_driver_sql(asked).scalar_one() == ("true" if away == "10 minutes" else "false")


def test_a_running_statement_is_ended_and_its_connection_goes_on(server: Server, centre: str) -> None:
    with signed_in(server, centre, "dana") as dana:
        running, started = Running(), threading.Event()

        def stop() -> None:
            started.wait(20)
            running.stop()

        stopper = threading.Thread(target=stop)
        stopper.start()
        with dana.database.read() as session:
            before = session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar_one()

        def sleep() -> None:
            with dana.database.read() as session, running.on(session):
                started.set()
                session.connection().exec_driver_sql("SELECT pg_sleep(60)")

        with pytest.raises(DatabaseTrouble):
            sleep()
        stopper.join(20)
        with dana.database.read() as session:
            assert session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar_one() == before
