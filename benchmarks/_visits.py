"""The server of the figures' benchmark: 50,000 queue visits a day for two years on PostgreSQL, summed up, made once.

It stays in build/bench-data (BENCH_DATA: elsewhere); BENCH_DAYS makes less of it. It is durable while it is measured.
"""

import contextlib
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg

from agent_desktop.data import recount, schema
from agent_desktop.data.db import Database
from benchmarks.database_server import Server, step
from tests.support.ports import HOST
from tests.support.postgres import programs

DAYS = int(os.environ.get("BENCH_DAYS", "730"))
DAILY = 50_000
FIRST = date(2024, 11, 18)  # a Monday
_ROOT = Path(__file__).parents[1]
_DATA = Path(os.environ.get("BENCH_DATA", _ROOT / "build" / "bench-data"))
_SETTINGS = {
    "shared_buffers": "1GB",
    "effective_cache_size": "6GB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "0",
    "listen_addresses": HOST,
    "password_encryption": "scram-sha-256",
    "lc_messages": "C",
    "timezone": "UTC",
}
_WHILE_MADE = {"fsync": "off", "wal_level": "minimal", "max_wal_senders": "0", "autovacuum": "off"}
_INDEXES = ("ix_queue_visit_entered_at", "ix_queue_visit_queue_id_entered_at")


def moment(day: int, hour: int = 0) -> datetime:
    """An hour of one of the days, from 0 on."""
    return datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) + timedelta(days=day, hours=hour)


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """The server until the block ends; made first where there is none."""
    found = programs()
    if found is None:
        sys.exit("postgresql is not installed: run make setup, which installs what packages.txt lists")
    server = Server(_DATA / f"visits-{DAILY}-{DAYS}", found)
    if not (server.folder / "made").exists():
        _make(server)
    server.start(_SETTINGS)
    try:
        schema.upgrade(server.url())
        yield server
    finally:
        server.stop()


def _make(server: Server) -> None:
    print(f"  making {DAYS * DAILY:,} queue visits (once: half an hour)", flush=True)
    server.make(_SETTINGS | _WHILE_MADE, _whole)


def _whole(server: Server) -> None:
    _fill(server)
    step("sums")
    with contextlib.closing(Database.open(server.url())) as database:
        recount.catch_up(database)


def _fill(server: Server) -> None:
    text = (Path(__file__).parent / "queue_visits.sql").read_text("utf-8")
    parts = re.split(r"^-- step: (.*)$", text, flags=re.MULTILINE)
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        execute = connection.execute
        execute("SET session_replication_role = replica")
        kept = [execute("SELECT pg_get_indexdef(%s::regclass)", [name]).fetchone() for name in _INDEXES]
        for name in _INDEXES:
            execute(f"DROP INDEX {name}".encode())
        for name, statements in zip(parts[1::2], parts[2::2], strict=True):
            step(name)
            said = statements.replace("{first}", str(FIRST)).replace("{daily}", str(DAILY))
            if "{start}" not in said:
                execute(said.encode())
                continue
            for begin in range(0, DAYS, 30):  # a month at a time, in the order of time
                end = min(DAYS, begin + 30)
                execute(said.replace("{start}", str(begin * DAILY)).replace("{end}", str(end * DAILY)).encode())
        step("indexes")
        for row in kept:
            assert row is not None
            execute(str(row[0]).encode())
        execute("ANALYZE queue_visit")
        execute("DROP SCHEMA made CASCADE")
