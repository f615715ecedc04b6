"""A real PostgreSQL server of this test process: started as an unprivileged user, each test with a database of its own.

Its files lie in memory where there is room, else in a folder below /tmp; they are removed at the end. What it keeps is
not made safe against power cuts.
"""

import contextlib
import os
import pwd
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from tests.support.ports import HOST, free_port, until

OWNER = "centre_owner"  # of the server, with every right
PASSWORD = "owner's own"
_UNPRIVILEGED = ("postgres", "nobody")
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "autovacuum": "off",
    "password_encryption": "scram-sha-256",
    "lc_messages": "C",
    "max_wal_size": "128MB",
}
_MEMORY = Path("/dev/shm")  # making and dropping a database's 300 files costs a disk ten times as much
_ROOM = 4 << 30


def programs() -> Path | None:
    """The folder of the newest PostgreSQL installed here."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


class Server:
    """A running server; ``url`` is that of a database for one of its logins."""

    def __init__(self, folder: Path, bin_folder: Path):
        self.folder, self.bin = folder, bin_folder
        self.port = free_port(27_000, 27_999)
        self._data = folder / "data"
        self._process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Make the cluster; only passwords open it, from this computer and over TLS."""
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        self._give(self.folder)
        self._run("initdb", "-D", self._data, "-U", OWNER, "-A", "scram-sha-256", f"--pwfile={secret}", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        lines = [f"{name} = '{value}'" for name, value in _SETTINGS.items()]
        lines += [f"listen_addresses = '{HOST}'", f"port = {self.port}", f"unix_socket_directories = '{self.folder}'"]
        with (self._data / "postgresql.conf").open("a") as file:
            file.write("\n".join(lines) + "\n")

    def follow(self, primary: "Server") -> None:
        """Become a copy of a running server that waits for no disk of its own, and that it waits for; not started."""
        self._give(self.folder)
        primary.execute("ALTER SYSTEM SET synchronous_commit = on")
        self._run("pg_basebackup", "-D", self._data, "-d", primary.dsn(), "-R", "-c", "fast", "--no-sync")
        with (self._data / "postgresql.conf").open("a") as file:
            file.write(f"port = {self.port}\nunix_socket_directories = '{self.folder}'\n")

    def wait_for_a_standby(self) -> None:
        """Acknowledge from now on only what a standby has, too."""
        self.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.execute("SELECT pg_reload_conf()")
        until(lambda: self.execute("SELECT sync_state FROM pg_stat_replication") == [("sync",)], "a standby")

    def secure(self, certificate_and_key: Path) -> None:
        """Answer with this certificate from now on."""
        (self._data / "server.pem").write_bytes(certificate_and_key.read_bytes())
        (self._data / "server.pem").chmod(0o600)
        self._give(self._data / "server.pem")
        for name, value in (("ssl_cert_file", "server.pem"), ("ssl_key_file", "server.pem"), ("ssl", "on")):
            self.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        self.execute("SELECT pg_reload_conf()")

    def start(self) -> None:
        """Return when it takes connections."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*self._as_somebody(), str(self.bin / "postgres"), "-D", str(self._data)],
                stdout=log, stderr=log, start_new_session=True, cwd="/",
            )  # fmt: skip
        self.until_up()

    def until_up(self) -> None:
        """Wait until it takes connections."""
        assert self._process is not None
        deadline = time.monotonic() + 60
        while True:
            with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.dsn(), connect_timeout=5):
                return
            assert self._process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < deadline, "PostgreSQL does not start"
            time.sleep(0.02)  # it tells nobody when it takes connections

    def processes(self) -> list[int]:
        """The server and all that it has forked: each backend is in a session of its own."""
        assert self._process is not None
        tasks = Path(f"/proc/{self._process.pid}/task")
        forked = [file.read_text().split() for file in tasks.glob("*/children")]
        return [self._process.pid, *(int(child) for children in forked for child in children)]

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """Stopped, not ended: the system still takes connections and bytes for it, and nobody answers."""
        stopped: list[int] = []
        try:
            for pid in self.processes():  # the first is who could fork more
                os.kill(pid, signal.SIGSTOP)
                stopped.append(pid)
            for pid in set(self.processes()) - set(stopped):
                os.kill(pid, signal.SIGSTOP)
                stopped.append(pid)
            yield
        finally:
            for pid in stopped:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)

    def kill(self) -> None:
        """kill -9 of the server; what it had forked ends by itself. ``start`` brings it back."""
        forked = self.processes()[1:]
        assert self._process is not None
        self._process.kill()
        self._process.wait(20)
        self._process = None
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in forked), "all of it has ended")

    def kill_one(self, draw: random.Random) -> None:
        """kill -9 of a process that works for somebody, upon which the server ends all others and recovers."""

        def working() -> list[int]:
            query = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            with contextlib.suppress(psycopg.OperationalError):  # it still recovers
                return [int(str(row[0])) for row in self.execute(query)]
            return []

        found: list[int] = []
        until(lambda: found.extend(working()) or found, "somebody works on it", 60)
        with contextlib.suppress(ProcessLookupError):
            os.kill(draw.choice(found), signal.SIGKILL)

    def stop(self) -> None:
        """End it at once; what it wrote is thrown away."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(20)
            self._process = None

    def dsn(self, database: str = "postgres", user: str = OWNER, password: str = PASSWORD) -> str:
        """What psycopg and psql understand."""
        return psycopg.conninfo.make_conninfo(host=HOST, port=self.port, dbname=database, user=user, password=password)

    def url(self, database: str, user: str = OWNER, password: str = PASSWORD, host: str = HOST) -> str:
        """What the program is given."""
        return (
            f"postgresql://{user}:{password.replace(chr(39), '%27').replace(' ', '%20')}@{host}:{self.port}/{database}"
        )

    def execute(self, statement: str | sql.Composed, database: str = "postgres") -> list[tuple[object, ...]]:
        """Do one thing as the server's owner."""
        with psycopg.connect(self.dsn(database), autocommit=True) as connection:
            cursor = connection.execute(statement)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def until_set(self, name: str, value: str) -> None:
        """Wait until a reloaded setting counts."""
        until(lambda: self.execute(f"SHOW {name}") == [(value,)], f"{name} is {value}")

    @contextlib.contextmanager
    def database(self, template: str | None = None) -> Iterator[str]:
        """A new database, a copy of ``template``; dropped at the end."""
        name = f"d{uuid4().hex[:12]}"
        # Copied as files: through the log, which nobody needs here, it is twice the work.
        by_files = " STRATEGY file_copy" if int(self.bin.parent.name) >= 15 else ""
        copied = f" TEMPLATE {template}{by_files}" if template else ""
        self.execute(f"CREATE DATABASE {name}{copied}")
        try:
            yield name
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [*self._as_somebody(), str(self.bin / program), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
        assert done.returncode == 0, done.stdout + done.stderr

    @staticmethod
    def _as_somebody() -> list[str]:
        """PostgreSQL refuses to run as root."""
        if os.geteuid() != 0:
            return []
        user = _somebody()
        return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]

    @staticmethod
    def _give(path: Path) -> None:
        if os.geteuid() == 0:
            user = _somebody()
            for each in (path, *path.glob("*")) if path.is_dir() else (path,):
                os.chown(each, user.pw_uid, user.pw_gid)


def _somebody() -> pwd.struct_passwd:
    for name in _UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise AssertionError("there is no unprivileged user on this computer")


def _memory() -> Path | None:
    """The folder of files in memory, where there is one that holds several servers."""
    with contextlib.suppress(OSError):
        if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
            return _MEMORY
    return None


@contextlib.contextmanager
def _made() -> Iterator[Server]:
    """A server with a folder of its own, not begun; skipped, in words, where PostgreSQL is not installed."""
    found = programs()
    if found is None:
        pytest.skip("postgresql is not installed: run make setup, which installs what packages.txt lists")
    folder = Path(tempfile.mkdtemp(prefix="ad-pg-", dir=_memory()))
    server = Server(folder, found)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """A server until the block ends."""
    with _made() as server:
        server.prepare()
        server.start()
        yield server


@contextlib.contextmanager
def followed(primary: Server) -> Iterator[Server]:
    """A synchronous standby of a running server, until the block ends."""
    with _made() as standby:
        standby.follow(primary)
        standby.start()
        primary.wait_for_a_standby()
        yield standby


def days_ago(days: int) -> datetime:
    """A moment on the server's own clock, which is this computer's."""
    return datetime.now(UTC) - timedelta(days=days)
