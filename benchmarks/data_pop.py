"""What the look-up behind a screen pop costs on 100,000 customers and 1,000,000 interactions in SQLite.

Ours is ``pop.look_up`` in a read transaction, from the parsed number to the finished dataclass. The floor is the same
statements with the same values on a bare sqlite3 connection with the same settings, rows fetched and dropped.
"""

import os
import random
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from agent_desktop import numbers
from agent_desktop.data import customers, interactions, pop, tickets
from agent_desktop.data.db import PRAGMAS, Database
from agent_desktop.data.seed import CONTACTS_PER_CUSTOMER, seed
from benchmarks import figure

CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "100000"))
LOOK_UPS = 2_000
_FAR = 253_402_300_799_000_000


def figures() -> list[dict[str, Any]]:
    """Median and p99 in milliseconds; and the seconds that the seeding of this database took."""
    with tempfile.TemporaryDirectory() as folder:
        given = os.environ.get("BENCH_DATABASE")
        path = Path(given) if given else Path(folder) / "bench.db"
        database = Database.open(path, create=True)
        found = [] if given else [_seeded(database)]
        found += _pops(database, path)
        database.close()
    return found


def _seeded(database: Database) -> dict[str, Any]:
    started = time.perf_counter()
    seed(database, customers_wanted=CUSTOMERS)
    took = time.perf_counter() - started
    name = f"seed {CUSTOMERS:,} customers, {CUSTOMERS * CONTACTS_PER_CUSTOMER:,} interactions"
    return figure(name, took, "s", limit=180, n=1)


def _pops(database: Database, path: Path) -> list[dict[str, Any]]:
    floor = _Floor(database, path)
    callers = [numbers.parse(e164, "PL") for e164 in floor.known()]
    _ours(database, callers[:200])
    floor.times(callers[:200])
    # In turns, so that whatever else the machine does falls on both alike.
    ours: list[float] = []
    theirs: list[float] = []
    for start in range(0, len(callers), 100):
        ours += _ours(database, callers[start : start + 100])
        theirs += floor.times(callers[start : start + 100])
    made = []
    for name, share, limit in (("p50", 0.50, 5.0), ("p99", 0.99, 30.0)):
        mine, other = _quantile(ours, share), _quantile(theirs, share)
        made.append(figure(f"pop look-up in the database, {name}", mine, "ms", limit=limit, floor=other, n=len(ours)))
    return made


def _ours(database: Database, callers: list[numbers.Number]) -> list[float]:
    times = []
    for caller in callers:
        started = time.perf_counter()
        with database.read() as session:
            found = pop.look_up(session, caller)
        times.append((time.perf_counter() - started) * 1e3)
        if not found.matches:
            sys.exit(f"nobody found for {caller.e164}")
    return times


class _Floor:
    """The statements of the pop as SQL text on a bare connection."""

    def __init__(self, database: Database, path: Path):
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in PRAGMAS:
            self._connection.execute(pragma)
        with database.read() as session:
            bind = session.get_bind()
            self._by_number = _text(pop._BY_NUMBER.match, bind)
            self._history = _text(interactions._HISTORY, bind)
            of_customer = (customers._CARD, customers._PHONES, customers._EMAILS, customers._PRODUCTS)
            self._of_customer = [_text(each, bind) for each in (*of_customer, tickets._OF_CUSTOMER)]

    def known(self) -> list[str]:
        rows = self._connection.execute("SELECT e164 FROM phone GROUP BY e164 HAVING count(*) = 1 ORDER BY e164")
        return random.Random(5).sample([row[0] for row in rows], LOOK_UPS)

    def times(self, callers: list[numbers.Number]) -> list[float]:
        """Milliseconds of the same look-ups."""
        execute = self._connection.execute
        times = []
        for caller in callers:
            started = time.perf_counter()
            execute("BEGIN")
            customer = execute(self._by_number, (caller.key, 20, 0)[: self._by_number.count("?")]).fetchall()[0][0]
            for statement in self._of_customer:
                execute(statement, (customer,)).fetchall()
            execute(self._history, (customer, _FAR, 50, 0)[: self._history.count("?")]).fetchall()
            execute("ROLLBACK")
            times.append((time.perf_counter() - started) * 1e3)
        return times


def _text(statement: Any, bind: Any) -> str:
    return str(statement.compile(bind, compile_kwargs={"render_postcompile": True}))


def _quantile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]
