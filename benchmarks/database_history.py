"""The past of a PBX out of its files: a million lines of queue_log, and call records, into both databases."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from agent_desktop.collector.cdr_import import CdrImport
from agent_desktop.collector.history import Wanted
from agent_desktop.collector.queue_log_import import QueueLogImport
from agent_desktop.data import agents
from agent_desktop.data.db import Database
from benchmarks import figure
from benchmarks._pbx_files import AGENTS, write_cdr, write_queue_log
from tests.support import postgres

LINES = int(os.environ.get("BENCH_LINES", "1000000"))
_SLOWEST = {QueueLogImport: 240, CdrImport: 600}  # seconds for a million
_CALLS = LINES // 10
_ON_SERVER = LINES // 5


def figures() -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        log, part, records = (Path(folder, name) for name in ("queue_log", "part", "Master.csv"))
        write_queue_log(log, LINES)
        write_queue_log(part, _ON_SERVER)
        write_cdr(records, _CALLS)
        found = []
        with closing(_centre(Path(folder, "centre.db"))) as database:
            found += _measured(database, "SQLite", QueueLogImport, log, LINES)
            found += _measured(database, "SQLite", CdrImport, records, _CALLS)
        with _server() as database:
            found += _measured(database, "PostgreSQL", QueueLogImport, part, _ON_SERVER)
            found += _measured(database, "PostgreSQL", CdrImport, records, _CALLS)
        return found


def _measured(database: Database, where: str, kind: Callable[..., Any], path: Path, lines: int) -> list[dict[str, Any]]:
    """Seconds of the import, and of reading the same file again, when all of it is known."""
    what = "lines of queue_log" if kind is QueueLogImport else "call records"
    found = []
    for word in ("into", "again into"):
        run = kind(database, [path], Wanted(zone=ZoneInfo("UTC")))
        started = time.perf_counter()
        while not run.step().finished:
            pass
        took = time.perf_counter() - started
        limit = _SLOWEST[kind] * lines / 1_000_000
        found.append(figure(f"{lines:,} {what} {word} {where}", took, "s", limit=limit, n=lines, part="database"))
    return found


def _centre(where: Path | str) -> Database:
    database = Database.open(where, create=True)
    with database.write() as session:
        for number in range(1001, 1001 + AGENTS):
            agents.create_agent(session, f"Agent {number}", f"agent{number}", extension=str(number))
    return database


@contextmanager
def _server() -> Iterator[Database]:
    with postgres.running() as server, server.database() as name, closing(_centre(server.url(name))) as database:
        yield database
