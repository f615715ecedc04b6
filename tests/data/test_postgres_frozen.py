"""A frozen server: connections stand, bytes are taken, nobody answers. Nothing waits longer than its deadline."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from agent_desktop import numbers, tasks
from agent_desktop.core.sign_in import SignIn
from agent_desktop.core.store import Store
from agent_desktop.data import db, pop, search, sign_in
from agent_desktop.data import operations as ops
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble, NoAnswer, Trouble
from agent_desktop.data.ids import new_id
from agent_desktop.data.journal import Journal
from agent_desktop.server_address import parse
from tests.support.ports import until
from tests.support.postgres import Server
from tests.support.workstation import MARTA, spin_until

pytestmark = pytest.mark.usefixtures("qapp")
SLOW = text("SELECT pg_sleep(30)")
SHORT_S = 0.6


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deadlines as short as a test wants them; the order of their sizes stays."""
    monkeypatch.setattr("agent_desktop.data.db.CONNECT_TIMEOUT_S", 2)
    monkeypatch.setattr("agent_desktop.data.db.ANSWER_S", SHORT_S)
    monkeypatch.setattr("agent_desktop.data.changes.SILENT_S", 1.0)
    monkeypatch.setattr("agent_desktop.data.changes.CATCH_UP_S", 0.3)
    monkeypatch.setattr("agent_desktop.core.store.WRITE_S", (SHORT_S,))
    monkeypatch.setattr("agent_desktop.core.store.RETRY_MS", (200,))


@pytest.fixture
def store(server: Server, company: str, tmp_path: Path, quick: None) -> Iterator[Store]:
    """What a workstation keeps, signed in as Dana."""
    lanes, journal = tasks.Tasks(), Journal(tmp_path / "journal.db")
    made = Store(server.url(company, "dana", "dana"), journal, lanes)
    made.start()
    spin_until(lambda: made.ready and made.others.listening, "all stands")
    yield made
    made.stop()
    lanes.stop()
    made.close()
    journal.close()


class Asked:
    """Questions under way, and how each ended."""

    def __init__(self) -> None:
        self.ended: dict[str, object] = {}

    def asks(self, name: str, start: Callable[..., Any], question: Callable[[Any], object], **more: float) -> Any:
        return start(question, lambda answer: self.ends(name, answer), lambda error: self.ends(name, error), **more)

    def ends(self, name: str, how: object) -> None:
        assert name not in self.ended, "told once"
        self.ended[name] = how


def presences(server: Server, company: str) -> list[str]:
    rows = server.execute("SELECT reason FROM presence WHERE reason LIKE 'frozen %' ORDER BY id", company)
    return [str(row[0]) for row in rows]


def test_every_lane_is_free_within_its_deadline_and_works_on_afterwards(
    store: Store, server: Server, company: str
) -> None:
    asked = Asked()
    number = numbers.parse(MARTA, "PL")
    with psycopg.connect(server.dsn(company)) as owner:
        owner.execute("LOCK TABLE customer")  # so that what is asked next is in the middle of it
        asked.asks("pop", store.call, lambda session: pop.look_up(session, number), deadline_s=1.5)
        asked.asks("search", store.browse, lambda session: search.search_all(session, "kowal"), deadline_s=1.0)
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        spin_until(lambda: server.execute(waiting) == [(2,)], "both wait on the server")
        frozen_and_thawed(store, server, asked)
    assert presences(server, company) == [f"frozen {number}" for number in range(7)]
    heard: list[Any] = []
    store.changed.connect(heard.append)
    server.execute("UPDATE customer SET alert = 'thawed' WHERE name = 'Marta Kowalczyk'", company)
    spin_until(lambda: any(changed.customers for changed in heard), "it listens again")
    found: list[Any] = []
    store.call(lambda session: pop.look_up(session, number), found.append)
    spin_until(lambda: found, "a pop")
    assert found[0].card.alert == "thawed"


def frozen_and_thawed(store: Store, server: Server, asked: Asked) -> None:
    with server.frozen():
        spin_until(lambda: len(asked.ended) == 2, "both have ended")
        assert [type(error) for error in asked.ended.values()] == [NoAnswer, NoAnswer]
        assert all(isinstance(error, DatabaseTrouble) and error.kind is Trouble.UNREACHABLE and error.advice
                   for error in asked.ended.values())  # fmt: skip
        through: list[str] = []
        for lane in (store._tasks.call, store._tasks.browse):
            lane(lambda: None, lambda _: through.append("free"))
        spin_until(lambda: len(through) == 2, "no lane hangs")
        for number in range(7):
            assert store.put(ops.SetPresence(op_id=new_id(), presence="ready", reason=f"frozen {number}"))
        spin_until(
            lambda: store.view.kind is Trouble.UNREACHABLE and store.view.waiting == 7, "told, with how many wait"
        )
        asked.asks("search again", store.browse, lambda session: session.execute(text("SELECT 1")))
        asked.asks("edit", store.write_now, lambda session: session.execute(text("SELECT 1")))
        spin_until(lambda: len(asked.ended) == 4, "nothing that is begun now hangs either")
        assert all(isinstance(error, DatabaseTrouble | tasks.Late) for error in asked.ended.values())
        feed = store.others._feed
        assert feed is not None
        spin_until(lambda: not feed._holding, "who listens has given up")
    spin_until(lambda: store.ready and not store.journal.waiting_count(), "it works on by itself")
    spin_until(lambda: not store.view.trouble, "and says so")


def test_frozen_in_the_middle_of_a_drain_nothing_is_lost_or_doubled(store: Store, server: Server, company: str) -> None:
    wanted = [f"frozen {number}" for number in range(400)]
    for _ in range(2):
        before = len(presences(server, company))
        half, wanted_now = wanted[before : before + 200], wanted[: before + 200]
        for reason in half:
            store.put(ops.SetPresence(op_id=new_id(), presence="ready", reason=reason))
        spin_until(lambda: store.journal.waiting_count() < 150, "some have arrived")
        with server.frozen():
            spin_until(lambda: store.view.trouble, "it is told")
            assert store.view.waiting == store.journal.waiting_count() > 0
        spin_until(lambda: not store.journal.waiting_count(), "all are sent")
        assert presences(server, company) == wanted_now


def test_a_search_that_is_cancelled_frees_its_lane_on_a_frozen_server_too(store: Store, server: Server) -> None:
    began: list[int] = []

    def question(session: Any) -> object:
        began.append(1)
        return session.execute(SLOW).one()

    handle = store.browse(question, lambda _: None, lambda _: None)
    spin_until(lambda: began, "it runs")
    through: list[str] = []
    with server.frozen():
        assert handle is not None
        handle.cancel()
        store._tasks.browse(lambda: None, lambda _: through.append("free"))
        spin_until(lambda: through, "the lane is free long before the search's own 30 s")


def test_signing_in_and_commands_end_too(server: Server, company: str, quick: None, monkeypatch: Any) -> None:
    url = server.url(company, "dana", "dana")
    address = parse(url)
    assert address is not None
    lanes = tasks.Tasks()
    signing_in, refused = SignIn(lanes), list[DatabaseTrouble]()
    signing_in.refused.connect(refused.append)
    with closing(Database.open(url)) as known:
        with server.frozen():
            signing_in.begin(address, "dana")
            for ask in (known.check_schema, lambda: sign_in.admission(url, "dana")):
                with pytest.raises(DatabaseTrouble) as trouble:
                    ask()
                assert trouble.value.kind is Trouble.UNREACHABLE
            spin_until(lambda: refused, "the sign-in page is told")
            assert refused[0].kind is Trouble.UNREACHABLE
        known.check_schema()
        began = time.monotonic()
        with pytest.raises(NoAnswer), known.read(0.1) as session:
            session.execute(SLOW)
        assert time.monotonic() - began < db.LONGEST_S
        with known.read() as session:
            assert session.execute(text("SELECT 1")).scalar_one() == 1
    lanes.stop()


def test_who_leaves_waits_for_no_answer(server: Server, company: str) -> None:
    database = Database.open(server.url(company, "dana", "dana"))
    ended: list[object] = []

    def ask() -> None:
        try:
            with database.read() as session:
                ended.append(session.execute(SLOW).scalar_one())
        except DatabaseTrouble as trouble:
            ended.append(trouble.kind)

    lane = threading.Thread(target=ask)
    lane.start()
    asked = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND usename = 'dana' AND query ~ 'pg_sleep'"
    until(lambda: server.execute(asked) == [(1,)], "it waits")
    with server.frozen():
        database.close()
        lane.join(20)
        assert ended == [Trouble.UNREACHABLE]
