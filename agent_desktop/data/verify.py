"""Proof that a backup can be restored: it is, into a scratch database, and every table counted and summed up again."""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import msgspec
from sqlalchemy import Connection, text

from agent_desktop.data import backup
from agent_desktop.data.backup import Manifest, TableSum
from agent_desktop.data.db import Database, url_of
from agent_desktop.data.errors import Refused, Trouble, trouble_of

_GOOD = "ok"


class TableCheck(msgspec.Struct, frozen=True):
    """One table: what the backup must hold, what the restored copy holds (None: the table is missing there)."""

    name: str
    wanted: TableSum
    found: TableSum | None

    @property
    def good(self) -> bool:
        return self.wanted == self.found

    @property
    def trouble(self) -> str:
        """What is wrong, in words; empty when nothing is."""
        if self.found is None:
            return "is missing"
        if self.found.rows != self.wanted.rows:
            return f"has {self.found.rows:,} rows, not {self.wanted.rows:,}"
        return "" if self.good else "has other values in its rows"


class Verified(msgspec.Struct, frozen=True):
    """What a restored backup showed."""

    manifest: Manifest
    checks: tuple[TableCheck, ...]
    trouble: str = ""  # of the copy as a whole

    @property
    def good(self) -> bool:
        return not self.trouble and all(check.good for check in self.checks)


def verify(where: str | Path, file: Path) -> Verified:
    """Restore ``file`` beside the database ``where`` and compare. Raises Refused, DatabaseTrouble.

    On a server into a new database, dropped again, which the login must be allowed to make (CREATEDB).
    """
    manifest = backup.read_manifest(file)
    if not file.exists():
        raise Refused(f"There is no {file}.")
    database = Database(url_of(where))
    try:
        if database.is_sqlite:
            return _in_file(manifest, file)
        return _on_server(database, manifest, file)
    finally:
        database.close()


def _compared(manifest: Manifest, found: dict[str, TableSum], trouble: str = "") -> Verified:
    checks = tuple(TableCheck(name, wanted, found.get(name)) for name, wanted in sorted(manifest.tables.items()))
    return Verified(manifest, checks, trouble)


def _in_file(manifest: Manifest, file: Path) -> Verified:
    folder = Path(tempfile.mkdtemp(prefix="agent-desktop-verify-", dir=file.parent))
    try:
        scratch = Path(shutil.copyfile(file, folder / "scratch.db"))
        with closing(sqlite3.connect(scratch)) as connection:
            said = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
            if said == _GOOD and (lost := connection.execute("PRAGMA foreign_key_check").fetchone()):
                said = f"a row of {lost[0]} points to one that is not there"
            return _compared(manifest, backup.sums_in_file(connection), "" if said == _GOOD else said)
    except sqlite3.Error as error:
        trouble = trouble_of(error)
        if trouble.kind is not Trouble.CORRUPT:
            raise trouble from error
        return _compared(manifest, {}, str(error))
    finally:
        shutil.rmtree(folder)


def _on_server(database: Database, manifest: Manifest, file: Path) -> Verified:
    name = f"verify_{uuid4().hex[:16]}"
    with database.connect() as opened:
        connection = opened.execution_options(isolation_level="AUTOCOMMIT")
        if not connection.execute(
            text("SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user")
        ).scalar():
            raise Refused("This login may not make the scratch database: connect as one with CREATEDB.")
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            # A new database lets everybody in, and what the roles may do there is not restored.
            connection.exec_driver_sql(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
            trouble = _restored(connection, name, file)
            scratch = Database(database.url.set(database=name))
            try:
                with scratch.connect() as copy, copy.begin():
                    found = backup.sums_on_server(copy)
            finally:
                scratch.close()
        finally:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    return _compared(manifest, found, trouble)


def _restored(connection: Connection, name: str, file: Path) -> str:
    """Restore, and what the program complained of; rights and owners are the server's, not the data's."""
    version = int(connection.execute(text("SHOW server_version_num")).scalar_one()) // 10_000
    environment = backup.connection_environment(connection) | {"PGDATABASE": name}
    options = ["--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={name}", str(file)]
    try:
        backup.run_client("pg_restore", version, options, environment)
    except Refused as refused:
        return refused.text
    return ""
