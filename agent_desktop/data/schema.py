"""Making and migrating the shared database, with a backup copy first; alembic without its files outside the package."""

import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, exc, text

from agent_desktop import clock
from agent_desktop.data import access, sqlite_triggers
from agent_desktop.data.backup import for_nobody_else
from agent_desktop.data.db import SCHEMA, Database, url_of
from agent_desktop.data.errors import DatabaseTrouble, Trouble, trouble_of
from agent_desktop.data.models import Site

_MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaStatus(msgspec.Struct, frozen=True):
    """Where a database stands: ``found`` is None when there is none of ours at that place."""

    name: str
    found: str | None
    known: str
    customers: int = 0
    interactions: int = 0
    size_bytes: int | None = None
    logins: tuple[tuple[str, int], ...] = ()  # how many in each role; none on SQLite

    @property
    def ready(self) -> bool:
        return self.found == self.known


class Upgraded(msgspec.Struct, frozen=True):
    """What an upgrade did; ``backup`` is None when nothing was to do, or on a server (which has its own backups)."""

    before: str | None
    after: str
    backup: Path | None


def init(where: str | Path, *, region: str = "PL", name: str = "", time_zone: str = "") -> None:
    """Make the tables; a database that has them stays as it is. ``region`` reads numbers without a country code.

    ``time_zone`` is that of its days and intervals; empty: as each computer has it.
    """
    database = Database(url_of(where))
    try:
        if database.path is not None:
            _make_file(database.path)
        if database.schema_version() is None:
            _migrate(database)
            with database.write() as session:
                site = Site(
                    id=1, site_id=uuid4(), name=name, region=region, time_zone=time_zone, created_at=clock.now()
                )
                session.add(site)
                session.flush()
    finally:
        database.close()


def upgrade(where: str | Path) -> Upgraded:
    """Bring a database to this program's schema; a file is copied first. Raises DatabaseTrouble."""
    database = Database(url_of(where))
    try:
        found = database.schema_version()
        if found is None:
            raise DatabaseTrouble(Trouble.MISSING, database.name)
        if found > SCHEMA:
            raise DatabaseTrouble(Trouble.NEWER_SCHEMA, f"schema {found}, known {SCHEMA}")
        if found == SCHEMA:
            if not database.is_sqlite:
                _migrate(database)  # the roles' rights are put in order
            return Upgraded(found, SCHEMA, None)
        backup = _backup(database.path, found) if database.path else None
        _migrate(database)
        return Upgraded(found, SCHEMA, backup)
    finally:
        database.close()


def status(where: str | Path) -> SchemaStatus:
    """What is at that place, without changing it. Raises DatabaseTrouble when it cannot be read."""
    database = Database(url_of(where))
    try:
        found = database.schema_version()
        if found != SCHEMA:
            return SchemaStatus(database.name, found, SCHEMA)
        with database.read() as session:
            customers = session.execute(text("SELECT count(*) FROM customer")).scalar_one()
            interactions = session.execute(text("SELECT count(*) FROM interaction")).scalar_one()
            logins = Counter(line.group for line in access.logins(session))
            if not database.is_sqlite:
                size = session.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
        if database.path is not None:
            size = database.path.stat().st_size
        in_order = tuple((group, logins[group]) for group in access.GROUPS if logins[group])
        return SchemaStatus(database.name, found, SCHEMA, customers, interactions, size, in_order)
    finally:
        database.close()


def alembic_config() -> Config:
    """The configuration of the migrations inside the package."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def _make_file(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path)
        try:
            connection.execute("PRAGMA journal_mode=WAL")  # kept in the file: readers never wait for a writer
        finally:
            connection.close()
    except OSError as error:
        raise DatabaseTrouble(Trouble.READ_ONLY, str(error)) from error
    except sqlite3.Error as error:
        trouble = trouble_of(error)
        raise DatabaseTrouble(Trouble.READ_ONLY, str(error)) if trouble.kind is Trouble.MISSING else trouble from error


def _migrate(database: Database) -> None:
    config = alembic_config()
    try:
        with database.connect() as connection:
            if database.is_sqlite:
                _rest_foreign_keys(connection)
            with connection.execution_options(begin="BEGIN IMMEDIATE").begin():
                config.attributes["connection"] = connection
                if not database.is_sqlite:
                    access.become_owner(connection)
                command.upgrade(config, "head")
                if database.is_sqlite:
                    sqlite_triggers.install(connection)
                    _see_that_all_point_somewhere(connection)
                else:
                    access.install(connection)
    except exc.SQLAlchemyError as error:
        raise trouble_of(error) from error


def _rest_foreign_keys(connection: Connection) -> None:
    """SQLite changes a table by copying it and dropping the old one, to which others' rows point.

    Inside a transaction the setting changes nothing, and says nothing: it is made on the driver's own connection.
    """
    connection.rollback()
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")


def _see_that_all_point_somewhere(connection: Connection) -> None:
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if lost is not None:
        detail = f"after the migration a row of {lost[0]} points to one of {lost[2]} that is not there"
        raise DatabaseTrouble(Trouble.CORRUPT, detail)


def _backup(path: Path, found: str) -> Path:
    stamp = clock.now().strftime("%Y%m%dT%H%M%S")
    target = path.with_name(f"{path.name}.backup-{found}-{stamp}")
    for_nobody_else(target)
    try:
        source, copy = sqlite3.connect(path), sqlite3.connect(target)
        try:
            source.backup(copy)
        finally:
            source.close()
            copy.close()
    except sqlite3.Error as error:
        raise trouble_of(error) from error
    return target
