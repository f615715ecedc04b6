"""How many manager events a second of one core a collector sustains, until the visits of all stand in the database.

A manager in another process tells of calls as fast as it is heard. Two mixes of the same real call: everything that an
Asterisk has to tell (231 events a call), and what the supplied account lets through (17).
"""

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from agent_desktop import data
from agent_desktop.data import access
from agent_desktop.data.db import Database
from benchmarks import _manager, figure
from tests.support import postgres
from tests.support.collecting import make_centre
from tests.support.ports import free_port

PART = "queues"
EVENTS = {"all": 100_000, "queues": 30_000}
LIMIT = 5_000.0
LAG_S = 12.0
PEOPLE = (("Ann Lee", "1001"), ("Ben Roy", "1002"))
_TICKS = os.sysconf("SC_CLK_TCK")


def figures() -> list[dict[str, Any]]:
    """Both mixes on both databases."""
    found = []
    for mix, words in (("all", "everything an Asterisk tells"), ("queues", "what the supplied account hears")):
        with tempfile.TemporaryDirectory() as folder:
            database = make_centre(Path(folder) / "centre.db", PEOPLE, ("sales", "support"))
            found += _measured(Path(folder), database, str(Path(folder) / "centre.db"), mix, f"{words}, file")
            database.close()
        with tempfile.TemporaryDirectory() as folder, _server() as (owner, address):
            found += _measured(Path(folder), owner, address, mix, f"{words}, PostgreSQL")
    with tempfile.TemporaryDirectory() as folder, _server() as (owner, address):
        return [*found, _lag(Path(folder), owner, address)]


@contextlib.contextmanager
def _server() -> Iterator[tuple[Database, str]]:
    """A server that is safe against a power cut, as one in use is."""
    with postgres.running() as server, server.database() as name:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            server.execute(f"ALTER SYSTEM SET {setting} = on")
        server.execute("SELECT pg_reload_conf()")
        owner = make_centre(server.url(name), PEOPLE, ("sales", "support"))
        access.grant(owner, access.Grant("collector", "collector", "collector-1"))
        yield owner, f"postgresql://collector@127.0.0.1:{server.port}/{name}"
        owner.close()


def _measured(folder: Path, database: Database, address: str, mix: str, words: str) -> list[dict[str, Any]]:
    a_call = len(_manager.frames(mix))
    calls = EVENTS[mix] // a_call
    port = free_port(24_000, 24_499)
    command = [sys.executable, "-m", "benchmarks._manager", str(port), str(calls), mix]
    with _ended(subprocess.Popen(command, stdout=subprocess.PIPE, text=True)) as manager:
        assert manager.stdout is not None
        assert manager.stdout.readline() == "ready\n"
        with _ended(_collector(folder, address, port)) as collector:
            begun = float(manager.stdout.readline().split()[1])
            before = _cpu_s(collector.pid)
            while _ended_visits(database) < calls:
                assert collector.poll() is None, "the collector ended"
                assert time.time() - begun < 120, f"{_ended_visits(database)} of {calls}"
                time.sleep(0.05)
            took, cpu = time.time() - begun, _cpu_s(collector.pid) - before
    events = calls * a_call
    rate = events / cpu
    # By its CPU time: what else runs on this machine does not make the collector slower.
    print(f"{words}: {events / took:.0f} events/s by the clock", flush=True)
    return [
        {"part": PART, "name": f"collector, events a second of one core: {words}", "value": round(rate),
         "unit": "events/s", "limit": LIMIT, "floor": None, "ratio": None, "n": events, "ok": rate >= LIMIT},
    ]  # fmt: skip


def _lag(folder: Path, database: Database, address: str) -> dict[str, Any]:
    """From the PBX's stamp to the commit: the worst event of each second, of which the median is given."""
    port = free_port(24_000, 24_499)
    command = [sys.executable, "-m", "benchmarks._manager", str(port), "0", "paced"]
    worst: dict[object, int] = {}
    with _ended(subprocess.Popen(command, stdout=subprocess.PIPE, text=True)) as manager:
        assert manager.stdout is not None
        manager.stdout.readline()
        with _ended(_collector(folder, address, port)):
            manager.stdout.readline()
            begun = time.monotonic()
            while time.monotonic() - begun < LAG_S:
                with database.read() as session:
                    for row in data.collecting.health(session):
                        worst[row.told_at] = row.lag_ms
                time.sleep(0.2)
    value = statistics.median(list(worst.values())[2:])
    return figure(
        "PBX event to commit at 100 events/s, the worst of a second", value, "ms", limit=200, n=len(worst), part=PART
    )


def _collector(folder: Path, address: str, port: int) -> subprocess.Popen[str]:
    (folder / "pbx-one").write_text("any")
    (folder / "database").write_text("collector-1")
    (folder / "collector.toml").write_text(
        f'database = "{address}"\nname = "bench"\nstate_dir = "{folder}/state"\nreconcile_s = 3600\n'
        f'[[pbx]]\nname = "one"\nport = {port}\n'
    )
    command = [sys.executable, "-m", "agent_desktop", "collect", "--config", str(folder / "collector.toml")]
    with (folder / "output").open("wb") as output:
        return subprocess.Popen(
            command, stderr=output, text=True, env=os.environ | {"CREDENTIALS_DIRECTORY": str(folder)}
        )


@contextlib.contextmanager
def _ended(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)
        if process.stdout is not None:
            process.stdout.close()


def _ended_visits(database: Database) -> int:
    with database.read() as session:
        query = "SELECT count(*) FROM queue_visit WHERE ended_at IS NOT NULL"
        return int(session.connection().exec_driver_sql(query).scalar_one())


def _cpu_s(pid: int) -> float:
    parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / _TICKS
