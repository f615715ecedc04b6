"""The primary is killed and its synchronous standby takes over: work goes on without a restart, nothing is missing."""

import contextlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from agent_desktop import clock, tasks
from agent_desktop.core.store import Store
from agent_desktop.data import access, customers, search
from agent_desktop.data import operations as ops
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.journal import Journal
from tests.support import postgres
from tests.support.postgres import Server
from tests.support.workstation import spin_until

pytestmark = pytest.mark.usefixtures("qapp")
CENTRE = "centre"


@pytest.fixture
def pair() -> Iterator[tuple[Server, Server]]:
    with postgres.running() as primary, postgres.followed(primary) as standby:
        yield primary, standby


@pytest.fixture
def store(pair: tuple[Server, Server], tmp_path: Path) -> Iterator[Store]:
    """What a workstation keeps, with both in its address."""
    primary, standby = pair
    primary.execute(f"CREATE DATABASE {CENTRE}")
    with closing(Database.open(primary.url(CENTRE), create=True)) as database:
        access.grant(database, access.Grant("dana", "agent", "dana", name="Dana Okafor"))
    hosts = f"{postgres.HOST}:{primary.port},{postgres.HOST}:{standby.port}"
    lanes, journal = tasks.Tasks(), Journal(tmp_path / "journal.db")
    made = Store(f"postgresql://dana:dana@{hosts}/{CENTRE}", journal, lanes)
    made.read_from_standbys = True
    made.start()
    spin_until(lambda: made.ready, "the primary answers")
    yield made
    made.stop()
    lanes.stop()
    made.close()
    journal.close()


@pytest.mark.parametrize("how", ["killed", pytest.param("frozen", marks=pytest.mark.soak)])
def test_a_standby_takes_over(
    pair: tuple[Server, Server], store: Store, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    primary, standby = pair
    said = ["first", "second"]
    reads_are_the_standbys(store, standby, monkeypatch)
    slow_is_not_away(store, monkeypatch)

    def write(count: int) -> None:
        for _ in range(count):
            said.append(f"number {len(said)}")
            store.put(ops.SetPresence(op_id=new_id(), at_us=clock.now_us(), presence="ready", reason=said[-1]))

    write(100)
    spin_until(lambda: store.journal.waiting_count() < 60, "in the middle of it")
    with contextlib.ExitStack() as gone:
        gone.enter_context(primary.frozen()) if how == "frozen" else primary.kill()
        began = clock.monotonic()
        acknowledged = len(said) - store.journal.waiting_count()
        write(5)
        standby.execute("SELECT pg_promote()")
        assert len(stored(standby)) >= acknowledged, "what was acknowledged is on the standby"
        found: list[Any] = []
        spin_until(lambda: store.ready and len(stored(standby)) > acknowledged, "work goes on")
        print(f"work went on after {clock.monotonic() - began:.2f} s")
        spin_until(lambda: not store.journal.waiting_count(), "all has arrived")
        assert stored(standby) == said

        def ask() -> None:  # again where this lane's connection was to the one that has gone
            store.browse(lambda session: customers.search(session, "nobody"), found.append, lambda _error: ask())

        ask()
        spin_until(lambda: found, "a question is answered")


def reads_are_the_standbys(store: Store, standby: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists and searches are a standby's, and the primary's as long as it has not all that was written."""

    def read() -> tuple[bool, list[str]]:
        """Whether a standby answered, and what it said."""
        answers: list[Any] = []

        def question(session: Session) -> tuple[bool, list[str]]:
            search.search_all(session, "nobody")
            said = session.execute(text("SELECT reason FROM presence ORDER BY id")).scalars()
            return bool(session.execute(text("SELECT pg_is_in_recovery()")).scalar_one()), list(said)

        store.browse(question, answers.append, answers.append)
        spin_until(lambda: answers, "an answer")
        return answers[0]

    def write(reason: str) -> None:
        store.put(ops.SetPresence(op_id=new_id(), at_us=clock.now_us(), presence="ready", reason=reason))
        spin_until(lambda: not store.journal.waiting_count(), "it is written")

    monkeypatch.setattr("agent_desktop.data.standby.CATCH_UP_S", 20.0)
    write("first")
    assert read() == (True, ["first"])
    standby.execute("SELECT pg_wal_replay_pause()")
    write("second")
    assert stored(standby) == ["first"]
    with monkeypatch.context() as quick:
        quick.setattr("agent_desktop.data.standby.CATCH_UP_S", 0.05)
        assert read() == (False, ["first", "second"])
    standby.execute("SELECT pg_wal_replay_resume()")
    assert read() == (True, ["first", "second"])


def slow_is_not_away(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question that takes long goes on although the standby was asked meanwhile."""
    doubts = store._database._doubts if store._database is not None else None
    assert doubts is not None
    asked: list[bool] = []
    answered: list[Any] = []
    ask = doubts._moved_from
    monkeypatch.setattr(doubts, "_moved_from", lambda line: asked.append(ask(line)) or asked[-1])
    with monkeypatch.context() as quick:
        quick.setattr("agent_desktop.data.doubt.AFTER_S", 0.05)
        store.call(lambda session: session.execute(text("SELECT pg_sleep(0.5)")).one(), answered.append)
        spin_until(lambda: answered, "the answer")
    assert asked
    assert not any(asked)
    assert store.ready


def stored(server: Server) -> list[str]:
    return [str(row[0]) for row in server.execute("SELECT reason FROM presence ORDER BY id", CENTRE)]
