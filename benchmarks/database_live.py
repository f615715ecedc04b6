"""A save on one desktop until fifty others have heard of it and one has painted it; what telling costs the server.

Each of the fifty is the program's own listener with a connection of its own; all in one process, so their own work is
in the figure. The save that is painted goes from one whole desktop to another, each a process: through the journal, the
server, the notification, the page's questions, to the end of the painting. BENCH_LIVE: owner's address and two logins',
of another server than the made one.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, closing
from pathlib import Path
from typing import IO, Any
from uuid import UUID

import psycopg

from agent_desktop import app
from agent_desktop.core.workstation import build_core
from agent_desktop.data import apply, changes
from agent_desktop.data import operations as ops
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.rows import Changed
from agent_desktop.paths import Profile
from benchmarks import database_server, figure
from benchmarks._painted import run_until
from tests.support.workstation import settings

PART = "database"
DESKTOPS = 50
SAVES = 60
EVERY_S = 0.25
PAINTED = 60
_TICKS = os.sysconf("SC_CLK_TCK")


def figures() -> list[dict[str, Any]]:
    """p99 in seconds over all desktops and saves; the server's CPU time while listening, in percent of a core."""
    given = os.environ.get("BENCH_LIVE", "").split()
    if given:
        return _measured(given[0], given[1:]) + _painted(*given[1:3])
    with database_server.running() as server:
        addresses = [server.url(login) for login in database_server.AGENTS[:DESKTOPS]]
        return _measured(server.dsn(), addresses) + _painted(*addresses[:2])


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


# ------------------------------------------------------------------ painted


def _painted(saving: str, watching: str) -> list[dict[str, Any]]:
    """From the save on one desktop to the end of the painting on another."""
    with tempfile.TemporaryDirectory() as folder:
        app.make_application()
        core = build_core(Profile(Path(folder) / "saving"), settings(0), saving)
        core.store.start()
        run_until(lambda: core.store.ready, "signed in")
        key, saved = new_id(), {}
        core.store.put(ops.SaveCustomer(customer_id=key, version=0, fields={"name": "Live", "alert": "Live"}))
        run_until(lambda: not core.journal.waiting_count(), "the customer is there")
        command = [sys.executable, "-m", "benchmarks._live_desk", str(Path(folder) / "watching"), watching, str(key)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as desk:
            assert desk.stdin is not None
            assert desk.stdout is not None
            seen = _Seen(desk.stdout)
            run_until(lambda: "Live" in seen.at, "it is shown", 60)
            for number in range(PAINTED):
                pause = time.monotonic() + random.uniform(0.3, 1.1)  # before, while and after the page refreshes itself
                run_until(lambda pause=pause: time.monotonic() > pause, "a moment")  # type: ignore[misc]
                text = f"Live {number}"
                saved[text] = time.monotonic()
                core.store.put(ops.SaveCustomer(customer_id=key, version=1 << 30, fields={"alert": text}))
                run_until(lambda text=text: text in seen.at, f"{text} is painted", 10)  # type: ignore[misc]
            desk.stdin.close()
        core.stop()
    late = sorted(seen.at[text] - at for text, at in saved.items())
    name = "save until painted on another desktop"
    return [
        figure(f"{name}, p50", late[len(late) // 2], "s", limit=1.0, n=len(late), part=PART),
        figure(f"{name}, p99", late[int(len(late) * 0.99)], "s", limit=1.0, n=len(late), part=PART),
    ]


class _Seen:
    """What the other desktop painted first when; read on a thread of its own."""

    def __init__(self, lines: IO[bytes]):
        self.at: dict[str, float] = {}
        self._lines = lines
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self._lines:
            said = json.loads(line)
            self.at.setdefault(said["alert"], said["at"])
