"""A save on one desktop until fifty others have heard of it, and what telling them costs the server.

Each of the fifty is the program's own listener with a connection of its own; all in one process, so their own work is
in the figure. BENCH_LIVE: owner's address and a login's, of another server than the made one.
"""

import os
import threading
import time
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from agent_desktop.data import apply, changes
from agent_desktop.data import operations as ops
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.rows import Changed
from benchmarks import database_server, figure

PART = "database"
DESKTOPS = 50
SAVES = 60
EVERY_S = 0.25
_TICKS = os.sysconf("SC_CLK_TCK")


def figures() -> list[dict[str, Any]]:
    """p99 in seconds over all desktops and saves; the server's CPU time while listening, in percent of a core."""
    given = os.environ.get("BENCH_LIVE", "").split()
    if given:
        return _measured(given[0], given[1:])
    with database_server.running() as server:
        return _measured(server.dsn(), [server.url(login) for login in database_server.AGENTS[:DESKTOPS]])


class _Desktop:
    """Notes when it heard of which customer."""

    def __init__(self, address: str):
        self.database = Database.open(address)
        self.heard: dict[UUID, float] = {}
        self._stopping = threading.Event()
        self.feed = changes.Feed(self.database, self._hear)
        self._thread = threading.Thread(target=self.feed.run, args=(self._stopping,), daemon=True)
        self._thread.start()

    def _hear(self, changed: Changed) -> None:
        now = time.perf_counter()
        for key in changed.customers:
            self.heard.setdefault(key, now)

    def close(self) -> None:
        self._stopping.set()
        self._thread.join(10)
        self.database.close()


def _measured(owner: str, addresses: list[str]) -> list[dict[str, Any]]:
    with ExitStack() as stack:
        writer = stack.enter_context(closing(Database.open(addresses[0])))
        every = [addresses[number % len(addresses)] for number in range(DESKTOPS)]
        desktops = [stack.enter_context(closing(_Desktop(address))) for address in every]
        watch = stack.enter_context(psycopg.connect(owner, autocommit=True))
        deadline = time.monotonic() + 60
        while any(desktop.feed._cursor is None for desktop in desktops) and time.monotonic() < deadline:
            time.sleep(0.05)
        backends = _listeners(watch)
        before, started = _spent(backends), time.perf_counter()
        saved = {}
        for number in range(SAVES):
            time.sleep(EVERY_S)
            key = new_id()
            with writer.write() as session:
                apply.apply(session, ops.SaveCustomer(customer_id=key, version=0, fields={"name": f"Live {number}"}))
            saved[key] = time.perf_counter()
        _wait(desktops, set(saved))
        took, spent = time.perf_counter() - started, _spent(backends) - before
        late = sorted(desktop.heard.get(key, started + 99) - at for key, at in saved.items() for desktop in desktops)
    share, n = 100 * spent / took, len(late)
    return [
        figure(f"save until heard on {DESKTOPS} desktops, p50", late[n // 2], "s", limit=1.0, n=n, part=PART),
        figure(f"save until heard on {DESKTOPS} desktops, p99", late[int(n * 0.99)], "s", limit=1.0, n=n, part=PART),
        figure("server's CPU for notifications", share, "% of a core", limit=10.0, n=SAVES, part=PART),
    ]


def _wait(desktops: list[_Desktop], keys: set[UUID]) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(keys - desktop.heard.keys() for desktop in desktops):
        time.sleep(0.02)


def _listeners(watch: "psycopg.Connection[Any]") -> list[int]:
    last = "'changes_since|LISTEN|pg_notify|advisory'"
    return [
        row[0]
        for row in watch.execute(f"SELECT pid FROM pg_stat_activity WHERE query ~ {last} AND pid <> pg_backend_pid()")
    ]


def _spent(backends: list[int]) -> float:
    """Seconds of processor time of these processes so far."""
    total = 0
    for pid in backends:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / _TICKS
