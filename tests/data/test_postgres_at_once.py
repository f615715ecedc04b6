"""Two desktops that write about the same at the same moment, on a real server: each waits for what it depends on."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import select

from agent_desktop import clock
from agent_desktop.data import apply, collecting, feed, queues, work
from agent_desktop.data import operations as ops
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Customer
from agent_desktop.data.words import QueueEventKind
from tests.data.conftest import Desk, _agent_id
from tests.support.ports import until
from tests.support.postgres import Server


@contextmanager
def beside(server: Server, centre: str, *jobs: Callable[[], object]) -> Iterator[list[BaseException]]:
    """Each job on a thread of its own; the block goes on when each is done or waits for a lock. What went wrong."""
    wrong: list[BaseException] = []

    def run(job: Callable[[], object]) -> None:
        try:
            job()
        except BaseException as error:
            wrong.append(error)

    waiting = f"SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = '{centre}'"
    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    still = lambda: sum(thread.is_alive() for thread in threads)  # noqa: E731 - asked twice
    until(lambda: server.execute(waiting) == [(still(),)], "each is done or waits")
    yield wrong
    for thread in threads:
        thread.join(20)


@pytest.fixture
def desks(server: Server, centre: str) -> Iterator[tuple[Desk, Desk]]:
    opened = [Database.open(server.url(centre, login, login)) for login in ("dana", "jonas")]
    yield Desk(opened[0], _agent_id(opened[0], "dana")), Desk(opened[1], _agent_id(opened[1], "jonas"))
    for database in opened:
        database.close()


@pytest.mark.parametrize("what", ["customer", "consent"])
def test_two_who_edit_one_customer_do_not_lock_each_other_out(
    server: Server, centre: str, desks: tuple[Desk, Desk], what: str
) -> None:
    marta = desks[0].customer("Marta")

    def edit(desk: Desk, field: str) -> Callable[[], object]:
        if what == "consent":
            return lambda: desk.do(ops.SetConsent, customer_id=marta, channel="call", given=False)
        return lambda: desk.do(ops.SaveCustomer, customer_id=marta, version=1, fields={field: "x"})

    with psycopg.connect(server.dsn(centre)) as held:
        held.execute("SELECT id FROM customer WHERE id = %s FOR KEY SHARE", (marta,))
        with beside(server, centre, edit(desks[0], "alert"), edit(desks[1], "address")) as wrong:
            held.rollback()
    assert wrong == []


def test_a_missed_call_is_no_work_when_somebody_takes_it_just_then(
    server: Server, centre: str, desks: tuple[Desk, Desk]
) -> None:
    dana, jonas = desks
    call: UUID = dana.call(outcome="missed")
    jonas.do(ops.SaveInteraction, interaction_id=call, outcome="missed")
    entry = new_id()
    told = {"work_id": entry, "interaction_id": call, "number": "+48601442190"}
    with dana.database.write() as session:
        taken = ops.SaveInteraction(agent_id=dana.agent_id, interaction_id=call, outcome="answered")
        apply.apply(session, taken)
        with beside(server, centre, lambda: jonas.do(ops.AddMissedCall, **told)) as wrong:
            session.commit()
    assert wrong == []
    with dana.database.read() as session:
        found = work.item(session, entry)
    assert found is not None
    assert found.status == "done"


@pytest.mark.parametrize("first", ["queue", "desktop"])
def test_a_missed_call_is_no_work_when_a_plain_phone_takes_it_just_then(
    server: Server, centre: str, desks: tuple[Desk, Desk], first: str
) -> None:
    """Neither sees what the other has not committed: whoever comes second waits."""
    dana = desks[0]
    call = dana.call(outcome="missed", linked_id="7.1")
    entry, visit = new_id(), new_id()
    told: dict[str, Any] = {"work_id": entry, "interaction_id": call, "number": "1"}
    kinds = enumerate((QueueEventKind.ENTERED, QueueEventKind.CONNECTED))
    events = [
        QueueEventRow(clock.from_us(dana.at_us), kind, "pbx", n, visit_id=visit, linked_id="7.1") for n, kind in kinds
    ]

    def hear() -> None:
        with collector.write() as session:
            feed.record_events(session, events)

    with closing(Database.open(server.url(centre))) as collector:
        if first == "queue":
            with collector.write() as session:
                feed.record_events(session, events)
                with beside(server, centre, lambda: dana.do(ops.AddMissedCall, **told)) as wrong:
                    session.commit()
        else:
            with dana.database.write() as session:
                apply.apply(session, dana.make(ops.AddMissedCall, **told))
                with beside(server, centre, hear) as wrong:
                    session.commit()
    assert wrong == []
    with dana.database.read() as session:
        found = work.item(session, entry)
    assert found is not None
    assert found.status == "done"


def test_a_read_sees_one_moment_and_a_write_what_it_waited_for(
    server: Server, centre: str, desks: tuple[Desk, Desk]
) -> None:
    dana, jonas = desks
    marta = dana.customer("Marta", alert="before")
    said = select(Customer.alert).where(Customer.id == marta)
    with dana.database.read() as session:
        assert session.execute(said).scalar_one() == "before"
        jonas.do(ops.SaveCustomer, customer_id=marta, version=1, fields={"alert": "after"})
        assert session.execute(said).scalar_one() == "before"
    with dana.database.write() as session:
        assert session.execute(said).scalar_one() == "after"
        jonas.do(ops.SaveCustomer, customer_id=marta, version=2, fields={"alert": "later"})
        assert session.execute(said).scalar_one() == "later"
    with dana.database.read() as session:
        assert session.execute(said).scalar_one() == "later"


def test_the_past_that_is_imported_hides_no_event_of_now(server: Server, centre: str, desks: tuple[Desk, Desk]) -> None:
    def of(source: str) -> list[QueueEventRow]:
        return [QueueEventRow(clock.now(), QueueEventKind.PAUSED, source, 1)]

    def past() -> None:
        with admin.write() as session:
            feed.record_history(session, of("queue_log:x"))

    with (
        closing(Database.open(server.url(centre))) as collector,
        closing(Database.open(server.url(centre))) as admin,
        collector.write() as session,
    ):
        collecting.lock_writers(session)
        feed.record_events(session, of("pbx"))
        with beside(server, centre, past) as wrong:
            with desks[0].database.read() as reader:
                cursor = queues.last_event_id(reader)
            session.commit()
    assert wrong == []
    with desks[0].database.read() as reader:
        found = queues.events_since(reader, cursor)[1]
    assert [row.source for row in found] == ["pbx", "queue_log:x"]
