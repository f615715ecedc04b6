"""The server of the database figures: 1,000,000 customers and 10,000,000 interactions on PostgreSQL, made once.

The data directory stays in build/bench-data (BENCH_DATA: elsewhere) and is migrated to the present schema when it is
opened. It is durable while it is measured: fsync and synchronous_commit are on.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg

from agent_desktop.data import access, schema
from agent_desktop.data.db import Database
from benchmarks import figure
from tests.support.ports import HOST, free_port
from tests.support.postgres import programs

PART = "database"
CUSTOMERS = int(os.environ.get("BENCH_CENTRE", "1000000"))
INTERACTIONS = 10 * CUSTOMERS
DATABASE = "centre"
ENDED = "2026-11-19 00:00+00"  # of centre.sql: its three years are over
OWNER = "centre_owner"
AGENTS = tuple(f"agent{number}" for number in range(60))  # who can sign in, of 500; the password is the login
SUPERVISOR = "agent60"
FREED = "agent61"  # an agent like the others whom no policy of rows holds
_ROOT = Path(__file__).parents[1]
_DATA = Path(os.environ.get("BENCH_DATA", _ROOT / "build" / "bench-data"))
_SETTINGS = {
    "shared_buffers": "2GB",
    "effective_cache_size": "6GB",
    "maintenance_work_mem": "1GB",
    "work_mem": "16MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "max_connections": "200",
    "listen_addresses": HOST,
    "password_encryption": "scram-sha-256",
    "lc_messages": "C",
    "timezone": "UTC",
}
_WHILE_MADE = {"fsync": "off", "wal_level": "minimal", "max_wal_senders": "0", "work_mem": "512MB", "autovacuum": "off"}


class Server:
    """A running server with the centre in it."""

    def __init__(self, folder: Path, bin_folder: Path):
        self.folder, self.bin = folder, bin_folder
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, login: str = OWNER, database: str = DATABASE) -> str:
        """What the program is given."""
        return f"postgresql://{login}:{login}@{HOST}:{self.port}/{database}"

    def dsn(self, login: str = OWNER, database: str = DATABASE) -> str:
        """What psycopg and PostgreSQL's own programs understand."""
        return f"host={HOST} port={self.port} dbname={database} user={login} password={login}"

    def execute(self, statement: str, database: str = DATABASE) -> list[tuple[Any, ...]]:
        """Do something as the owner, each statement by itself; the rows of the last."""
        with psycopg.connect(self.dsn(database=database), autocommit=True) as connection:
            cursor = connection.execute(statement)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    @property
    def pid(self) -> int:
        """Of the server's first process, whose children are the connections'."""
        assert self._process is not None
        return self._process.pid

    def prepare(self) -> None:
        """Make an empty cluster."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        with tempfile.NamedTemporaryFile("w") as secret:
            secret.write(OWNER)
            secret.flush()
            Path(secret.name).chmod(0o644)
            command = [str(self.bin / "initdb"), "-D", str(self.folder), "-U", OWNER, "-A", "scram-sha-256"]
            command += [f"--pwfile={secret.name}", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
            subprocess.run([*_as_somebody(), *command], check=True, stdout=subprocess.DEVNULL, cwd="/")

    def start(self, settings: dict[str, str]) -> None:
        """Return when it takes connections."""
        self.port = free_port(27_400, 27_600)
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [str(self.bin / "postgres"), "-D", str(self.folder), "-p", str(self.port), "-k", "", *options]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*_as_somebody(), *command], stdout=log, stderr=log, start_new_session=True, cwd="/"
            )
        deadline = time.monotonic() + 300  # after a crash it reads its log first
        while True:
            with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.dsn(database="postgres")):
                return
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL does not start: see {self.folder / 'log'}")
            time.sleep(0.05)

    def make(self, settings: dict[str, str], fill: Callable[["Server"], None]) -> None:
        """Make the cluster with an empty database of the program's in it, ``fill`` it, and note that it is made."""
        self.prepare()
        self.start(settings)
        try:
            self.execute(f"CREATE DATABASE {DATABASE}", "postgres")
            Database.open(self.url(), create=True).close()
            fill(self)
            step("statistics")
            self.execute("VACUUM (ANALYZE, FREEZE)")
        finally:
            self.stop()
        (self.folder / "made").touch()

    def stop(self) -> None:
        """Shut it down in order."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(300)
            self._process = None


@contextlib.contextmanager
def running(**settings: str) -> Iterator[Server]:
    """The server with its data until the block ends, with further ``settings``; made first where there is none."""
    found = programs()
    if found is None:
        sys.exit("postgresql is not installed: run make setup, which installs what packages.txt lists")
    server = Server(_DATA / f"centre-{CUSTOMERS}", found)
    if not (server.folder / "made").exists():
        _make(server)
    server.start(_SETTINGS | settings)
    try:
        _put_in_order(server)
        yield server
    finally:
        server.stop()


def e164(number: int) -> str:
    """The mobile number of the customer with this number, from 0 on: the arithmetic of made.key() in centre.sql."""
    prefix = ("0684", "6684", "9684", "0584", "1584", "3584", "2784", "9784", "8884", "8784")[number % 10]
    return "+" + (str(1_000_000 + (number * 7_368_787) % 8_999_993) + prefix)[::-1]


def figures() -> list[dict[str, Any]]:
    """How long the making took, where it was done now."""
    started, known = time.perf_counter(), (_DATA / f"centre-{CUSTOMERS}" / "made").exists()
    with running():
        took = time.perf_counter() - started
    name = f"made {CUSTOMERS:,} customers, {INTERACTIONS:,} interactions on PostgreSQL"
    return [] if known else [figure(name, took, "s", limit=1_800, n=1, part=PART)]


# ------------------------------------------------------------------ making


def _make(server: Server) -> None:
    print(f"  making {CUSTOMERS:,} customers and {INTERACTIONS:,} interactions (once: ten minutes)", flush=True)
    server.make(_SETTINGS | _WHILE_MADE, _whole)


def _whole(server: Server) -> None:
    _fill(server)
    schema.upgrade(server.url())
    _logins(server)


def _fill(server: Server) -> None:
    """Run centre.sql without indexes and triggers, which come back afterwards."""
    text = (Path(__file__).parent / "centre.sql").read_text("utf-8")
    text = text.replace(":customers", str(CUSTOMERS)).replace(":interactions", str(INTERACTIONS))
    parts = re.split(r"^-- step: (.*)$", text, flags=re.MULTILINE)
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        execute: Any = connection.execute
        triggers = execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'"
        ).fetchall()
        for table, name in triggers:
            execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        execute("SET session_replication_role = replica")
        indexes = execute(
            "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
            "JOIN pg_class t ON t.oid = i.indrelid WHERE t.relnamespace = 'public'::regnamespace "
            "AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)"
        ).fetchall()
        for name, _ in indexes:
            execute(f"DROP INDEX {name}")
        for name, statements in zip(parts[1::2], parts[2::2], strict=True):
            step(name)
            execute(statements)
        step("indexes")
        for _, definition in indexes:
            execute(definition)
        for table, name in triggers:
            execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
        execute("DROP SCHEMA made CASCADE")


def _logins(server: Server) -> None:
    step("logins")
    with contextlib.closing(Database.open(server.url())) as database:
        for login in (*AGENTS, FREED):
            access.grant(database, access.Grant(login, "agent", login))
        access.grant(database, access.Grant(SUPERVISOR, "supervisor", SUPERVISOR))
        access.grant(database, access.Grant("collector", "collector", "collector"))
    server.execute(f"ALTER ROLE {FREED} BYPASSRLS")


def _put_in_order(server: Server) -> None:
    """Migrate what an earlier version made, and read once what lay on the disk."""
    schema.upgrade(server.url())
    _take_part(server)
    for name, kind in server.execute(
        "SELECT oid::regclass::text, relkind::text FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND relkind IN ('r', 'i') AND relpages > 100 ORDER BY relkind"
    ):
        if kind == "r":
            server.execute(f"SELECT count(*) FROM {name}")


def _take_part(server: Server) -> None:
    """Who took part in the calls of the last two months, as in a centre that has lived: of an empty table the server
    would think that it is read fastest from one end to the other, and go on so while it grows.
    """
    if server.execute("SELECT EXISTS (SELECT FROM participant)")[0][0]:
        return
    with psycopg.connect(server.dsn()) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "INSERT INTO participant (interaction_id, agent_id, joined_at) SELECT id, agent_id, started_at "
            "FROM interaction WHERE agent_id IS NOT NULL "
            "AND started_at > (SELECT max(started_at) FROM interaction) - interval '60 days'"
        )
    server.execute("ANALYZE participant")


def step(name: str) -> None:
    """Say what is made now."""
    print(f"  … {name}", time.strftime("%H:%M:%S"), flush=True)


def _as_somebody() -> list[str]:
    """PostgreSQL refuses to run as root; it may still read through folders that only root enters."""
    if os.geteuid() != 0:
        return []
    capability = "+dac_read_search"
    return [
        *("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"),
        *(f"--inh-caps={capability}", f"--ambient-caps={capability}"),
    ]
