"""Search as you type: what the palette asks at every letter, from the third on, over the big centre and over a file.

As an agent signs in, under row-level security. BENCH_SEARCH_URL: another server's database instead of the made one.
"""

import os
import random
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from agent_desktop.data import search
from agent_desktop.data.db import Database
from benchmarks import _company, database_server, figure

PART = "database"
SEARCHES = 1_000
LIMIT_MS = 30.0
_LEAST, _MOST = 3, 12  # letters


def figures() -> list[dict[str, Any]]:
    """p50 and p99 of a whole search (customers, tickets, people and notes, lines and all), in milliseconds."""
    found: list[dict[str, Any]] = []
    for name, opened in (("PostgreSQL", _server), ("SQLite", _file)):
        with opened() as database:
            times = _measured(database)
        for label, share in (("p50", 0.50), ("p99", 0.99)):
            value = times[min(len(times) - 1, int(len(times) * share))]
            found.append(figure(f"search on {name}, {label}", value, "ms", limit=LIMIT_MS, n=len(times), part=PART))
    return found


@contextmanager
def _server() -> Iterator[Database]:
    given = os.environ.get("BENCH_SEARCH_URL")
    if given:
        with closing(Database.open(given)) as database:
            yield database
        return
    with database_server.running() as server:
        login = database_server.AGENTS[3]
        with closing(Database.open(server.url(login))) as database:
            yield database


@contextmanager
def _file() -> Iterator[Database]:
    with closing(Database.open(_company.database()[0])) as database:
        yield database


def _measured(database: Database) -> list[float]:
    with database.read() as session:
        typed = _typed(session)
    times = []
    for number, asked in enumerate(typed):
        started = time.perf_counter()
        with database.read() as session:
            search.search_all(session, asked)
        if number >= SEARCHES // 10:  # what went before has warmed it up
            times.append((time.perf_counter() - started) * 1e3)
    return sorted(times)


def _typed(session: Session) -> list[str]:
    """Names, surnames, organisations, numbers, subjects and words of notes, letter by letter."""
    rng = random.Random(7)
    asked: list[str] = []
    for query, whole in (
        ("SELECT name FROM customer", True),
        ("SELECT name FROM organisation", True),
        ("SELECT e164 FROM phone WHERE e164 IS NOT NULL", True),
        ("SELECT subject FROM ticket", True),
        ("SELECT text FROM note", False),
    ):
        rows = session.execute(text(f"{query} LIMIT 20000")).scalars().all()
        for said in rng.sample(list(rows), 40):
            for word in [said, said.split()[-1]] if whole else rng.sample(said.split(), 2):
                asked += [word[:length] for length in range(_LEAST, min(len(word), _MOST) + 1)]
    rng.shuffle(asked)
    return asked[: SEARCHES + SEARCHES // 10]
