"""Backups that say what is in them: a copy of the database, and beside it how many rows of what each table held.

Both are taken from one snapshot, so that ``verify`` can tell a whole copy from a damaged one while work goes on.
"""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, text

from agent_desktop import clock
from agent_desktop.data.base import Base
from agent_desktop.data.db import Database, url_of
from agent_desktop.data.errors import DatabaseTrouble, Refused, Trouble, trouble_of

_INSTALLED = Path("/usr/lib/postgresql")  # where Debian keeps the clients of each version
_OUTPUT_S = 3_600 * 12


class TableSum(msgspec.Struct, frozen=True):
    """How many rows a table holds, and a checksum over all of them in whatever order."""

    rows: int
    checksum: str


class Manifest(msgspec.Struct, frozen=True):
    """What a backup must hold."""

    database: str
    schema: str
    taken_at_us: int
    tables: dict[str, TableSum]


class Backup(msgspec.Struct, frozen=True):
    """A finished backup: the copy and the manifest beside it."""

    file: Path
    manifest_file: Path
    manifest: Manifest

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.manifest.tables.values())


def manifest_of(file: Path) -> Path:
    """Where the manifest of a backup stands."""
    return file.with_name(file.name + ".json")


def take(where: str | Path, target: Path) -> Backup:
    """Copy a database into ``target``, a file not yet there. Raises Refused, DatabaseTrouble.

    PostgreSQL: pg_dump's custom format, by a login of the group backup or the owner. SQLite: its own backup.
    """
    if target.exists():
        raise Refused(f"{target} is there already; a backup never takes the place of another file.")
    database = Database(url_of(where))
    part = target.with_name(target.name + ".part")
    try:
        schema = database.schema_version()
        if schema is None:
            raise DatabaseTrouble(Trouble.MISSING, database.name)
        for_nobody_else(part)
        sums = _copy_file(database.path, part) if database.path else _dump(database, part)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    finally:
        database.close()
    manifest = Manifest(database.name, schema, clock.now_us(), sums)
    beside = manifest_of(target)
    beside.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
    part.replace(target)
    return Backup(target, beside, manifest)


def for_nobody_else(file: Path) -> None:
    """Have an empty file there that only this user may read, whoever fills it. Raises DatabaseTrouble."""
    try:
        file.unlink(missing_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise DatabaseTrouble(Trouble.READ_ONLY, str(error)) from error


def read_manifest(file: Path) -> Manifest:
    """What the backup in ``file`` must hold. Raises Refused when nobody wrote that down."""
    beside = manifest_of(file)
    try:
        return msgspec.json.decode(beside.read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise Refused(f"{beside} cannot be read: without it nobody knows what the backup must hold.") from error


# ------------------------------------------------------------------ sums


def sums_on_server(connection: Connection) -> dict[str, TableSum]:
    """Every table of ours, computed by the server: the sum of 60 bits of each row's MD5."""
    for setting in ("TimeZone = 'UTC'", "DateStyle = 'ISO'", "IntervalStyle = 'postgres'", "extra_float_digits = 1"):
        connection.exec_driver_sql(f"SET LOCAL {setting}")
    found: dict[str, TableSum] = {}
    for name in _tables(set(connection.execute(text(_SERVER_TABLES)).scalars())):
        row = connection.exec_driver_sql(
            "SELECT count(*), coalesce(sum(('x' || substr(md5(t::text), 1, 15))::bit(60)::bigint), 0) "  # noqa: S608
            f'FROM public."{name}" t'
        ).one()
        found[name] = TableSum(int(row[0]), str(row[1]))
    return found


def sums_in_file(connection: sqlite3.Connection) -> dict[str, TableSum]:
    """The same of an SQLite file: the sum of 64 bits of each row's BLAKE2b."""
    present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    found: dict[str, TableSum] = {}
    for name in _tables(present):
        rows = total = 0
        for row in connection.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - our own names
            rows += 1
            total += int.from_bytes(blake2b(repr(row).encode(), digest_size=8).digest())
        found[name] = TableSum(rows, str(total))
    return found


_SERVER_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


def _tables(present: set[str]) -> list[str]:
    return sorted(present & {*Base.metadata.tables, "alembic_version"})


# ------------------------------------------------------------------ a file


def _copy_file(source: Path, part: Path) -> dict[str, TableSum]:
    try:
        with closing(sqlite3.connect(source, isolation_level=None)) as connection:
            connection.execute("BEGIN")
            sums = sums_in_file(connection)  # the first read fixes what this connection sees, the copy included
            with closing(sqlite3.connect(part)) as copy:
                connection.backup(copy)
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise trouble_of(error) from error
    return sums


# ------------------------------------------------------------------ a server


def _dump(database: Database, part: Path) -> dict[str, TableSum]:
    with database.connect() as connection, connection.begin():
        try:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            allowed = "SELECT access.is_member('backup') OR access.is_member('migrator')"
            if not connection.execute(text(allowed)).scalar_one():
                raise Refused("Only a login of the group backup, or the owner, may take one: others see a part only.")
            snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
            version = connection.execute(text("SHOW server_version_num")).scalar_one()
            sums = sums_on_server(connection)
        except Exception as error:
            if isinstance(error, Refused):
                raise
            raise trouble_of(error) from error
        # Policies let the group see every row; without this option pg_dump would rather stop than ask them.
        options = ["--format=custom", "--enable-row-security", f"--snapshot={snapshot}", f"--file={part}"]
        run_client("pg_dump", int(version) // 10_000, options, connection_environment(connection))
    return sums


def run_client(name: str, major: int, arguments: list[str], environment: Mapping[str, str]) -> None:
    """Run one of PostgreSQL's programs, of the server's version or a newer one. Raises Refused with its words."""
    program = client(name, major)
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, without a shell
        [program, "--no-password", *arguments],
        env=os.environ | {"LC_ALL": "C"} | dict(environment),
        capture_output=True, text=True, check=False, timeout=_OUTPUT_S,
    )  # fmt: skip
    if done.returncode != 0:
        raise Refused(f"{name} failed: {done.stderr.strip() or f'status {done.returncode}'}")


def client(name: str, major: int) -> str:
    """The path of a program that can speak to a server of that version. Raises Refused when there is none."""
    listed = sorted(_INSTALLED.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    candidates = [str(path) for path in listed] + [found for found in (shutil.which(name),) if found]
    for candidate in candidates:
        asked = [candidate, "--version"]
        said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout  # noqa: S603
        version = re.search(r"(\d+)", said)
        if version and int(version[1]) >= major:
            return candidate
    raise Refused(f"{name} of PostgreSQL {major} or newer is not installed here (Debian: postgresql-client).")


def connection_environment(connection: Connection) -> dict[str, str]:
    """The same connection for another program: nothing of it stands in a command line."""
    driver: Any = connection.connection.driver_connection
    info = driver.info
    names = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "options": "PGOPTIONS"}
    parameters = info.get_parameters()
    found = {"PGHOST": info.host, "PGPORT": str(info.port), "PGUSER": info.user, "PGDATABASE": info.dbname}
    if info.hostaddr:
        found["PGHOSTADDR"] = info.hostaddr
    if info.password:
        found["PGPASSWORD"] = info.password
    return found | {variable: parameters[name] for name, variable in names.items() if parameters.get(name)}
