"""The one way to the shared database: engine set-up, one connection per thread, transactions, errors in words."""

import contextlib
import math
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, exc, make_url, text
from sqlalchemy.orm import Session

from agent_desktop import clock, deadlines
from agent_desktop.data import doubt
from agent_desktop.data.connect import (
    CONNECT_TIMEOUT_S,
    HostOrder,
    check_standing,
    hosts,
    leave_only_others,
    secured,
    spread,
    takes_writes_somewhere,
    trouble_of_connecting,
)
from agent_desktop.data.errors import DatabaseTrouble, NoAnswer, Trouble, trouble_of, was_stopped
from agent_desktop.data.folding import fold
from agent_desktop.data.statement import Line, shut

SCHEMA = "0031"  # the newest migration this program knows; tests hold it against migrations/
BUSY_TIMEOUT_MS = 2_000
ANSWER_S = 5.0  # for what every server answers at once, or is away
_REACHING_S = 30.0  # several hosts are tried one after the other
LONGEST_S = 3_600.0  # for a migration; what a desktop asks has the deadline of its job

# 8 MB of page cache and 128 MB of the file mapped: the pop's pages stay warm without a desktop growing fat.
PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-8192",
    "PRAGMA mmap_size=134217728",
)


def url_of(where: str | Path) -> URL:
    """The database URL of a path to an SQLite file, or of a URL ("postgresql://...")."""
    if isinstance(where, str) and "://" in where:
        try:
            url = make_url(spread(where))
        except (exc.ArgumentError, ValueError) as error:  # a port that is no number
            words = "The database address cannot be read.", "Check the server's name and port in the settings."
            raise DatabaseTrouble(Trouble.UNREACHABLE, type(error).__name__, *words) from None
        if said := url.query.get(
            "password"
        ):  # among the options it would be shown, and count for more than another one
            url = url.set(password=said if isinstance(said, str) else said[-1]).difference_update_query(["password"])
        return secured(url.set(drivername="postgresql+psycopg")) if url.get_backend_name() == "postgresql" else url
    return URL.create("sqlite", database=str(where))


class Database:
    """An open database of the schema this program knows. Threads may share it; each gets its own connection."""

    def __init__(self, url: URL, *, busy_timeout_ms: int = BUSY_TIMEOUT_MS):
        self.url = url
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self.path = Path(url.database) if self.is_sqlite and url.database else None
        self._timeout_ms = busy_timeout_ms
        self._local = threading.local()
        self._lock = threading.Lock()
        self._open: list[Connection | sqlite3.Connection] = []
        self._watchdog = deadlines.Watchdog()
        self._hosts = HostOrder()
        self._doubts = doubt.Doubts(self._moved_from) if takes_writes_somewhere(self.url) else None
        self.engine = self._engine()

    @classmethod
    def open(
        cls, where: str | Path, *, create: bool = False, busy_timeout_ms: int = BUSY_TIMEOUT_MS, password: str = ""
    ) -> "Database":
        """Open a database; ``create`` makes one where none is, ``password`` is the login's. Raises DatabaseTrouble."""
        database = cls(url_of(where), busy_timeout_ms=busy_timeout_ms)
        try:
            database.use_password(password)
            if create and database.schema_version() is None:
                from agent_desktop.data import schema  # alembic takes 0.15 s to import: only when it is needed

                schema.init(where)
            database.check_schema()
        except BaseException:
            database.close()
            raise
        return database

    def use_password(self, password: str) -> None:
        """Sign in with this one from the next connection on; an empty one changes nothing. Nothing to do on a file."""
        if password and not self.is_sqlite and self.url.password != password:
            self.url = self.url.set(password=password)
            self.engine = self._engine()

    def check_schema(self, within_s: float | None = None) -> None:
        """Raise DatabaseTrouble unless this is a database of the schema this program knows."""
        found = self.schema_version(within_s)
        if found is None:
            raise DatabaseTrouble(Trouble.MISSING, f"no tables in {self.name}")
        if found != SCHEMA:
            raise DatabaseTrouble(Trouble.NEWER_SCHEMA if found > SCHEMA else Trouble.OLDER_SCHEMA, f"schema {found}")
        if not self.is_sqlite:
            with self.read(within_s or ANSWER_S) as session:
                check_standing(session)

    @property
    def name(self) -> str:
        """The database as it may be shown and logged: without a password."""
        return str(self.path) if self.path else self.url.render_as_string(hide_password=True)

    @contextmanager
    def read(self, within_s: float = LONGEST_S) -> Iterator[Session]:
        """A session that sees one consistent state; nothing is kept. Raises DatabaseTrouble.

        A server's connection is cut when the block is not over ``within_s``, or at the end of this thread's job
        (NoAnswer).
        """
        with self._session("BEGIN", within_s) as session:
            yield session

    @contextmanager
    def write(self, within_s: float = LONGEST_S) -> Iterator[Session]:
        """One transaction, committed at the end of the block, rolled back by any exception. Raises DatabaseTrouble.

        Cut as in ``read``; whether it was committed nobody knows then.
        """
        with self._session("BEGIN IMMEDIATE", within_s) as session:
            session.connection()  # begin now: whatever the block reads is still so when it writes
            yield session
            session.commit()
            self._same_file()  # else it went into a file that somebody has just taken away

    def data_version(self) -> int:
        """A number that changes when anybody commits (5 µs on SQLite); for this thread's comparisons only."""
        with _in_words(self):
            if not self.is_sqlite:
                with self.read() as session:
                    snapshot = text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
                    return int(session.execute(snapshot).scalar_one())
            self._same_file()
            watcher = getattr(self._local, "watcher", None)
            if watcher is None:
                # Apart from the working connection, which is not told of its own commits.
                watcher = sqlite3.connect(str(self.path), isolation_level=None, check_same_thread=False)
                self._local.watcher = self._keep(watcher)
            return int(watcher.execute("PRAGMA data_version").fetchone()[0])

    def schema_version(self, within_s: float | None = None) -> str | None:
        """The migration the database stands at; None when it holds no tables of ours. Raises DatabaseTrouble."""
        query = "SELECT version_num FROM alembic_version"
        try:
            with self.read(within_s or ANSWER_S) as session:
                return str(session.execute(text(query)).scalar_one_or_none() or "") or None
        except DatabaseTrouble as trouble:
            if trouble.kind is Trouble.FORBIDDEN:
                raise DatabaseTrouble(Trouble.STRANGER, trouble.detail) from trouble
            if trouble.kind is Trouble.OLDER_SCHEMA or (trouble.kind is Trouble.MISSING and not self._file_exists()):
                return None
            raise

    def close(self) -> None:
        """Close the connections of all threads; whoever still waits for a server gets an error."""
        self._watchdog.stop()
        if self._doubts is not None:
            self._doubts.stop()
        with self._lock:
            closing, self._open = self._open, []
        for connection in closing:
            with contextlib.suppress(exc.SQLAlchemyError):  # it was lost
                connection.close()
        self._local = threading.local()
        self.engine.dispose()

    def _engine(self) -> Engine:
        if not self.is_sqlite:
            engine = self._new_engine({})
            event.listen(engine, "do_connect", self._reach)
            return engine
        engine = self._new_engine({"timeout": self._timeout_ms / 1000, "check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def _new_engine(self, arguments: dict[str, Any]) -> Engine:
        # An error's text goes into the log with its traceback: the values of its statement are customers' data.
        return create_engine(self.url, poolclass=NullPool, connect_args=arguments, hide_parameters=True)

    @contextmanager
    def _session(self, begin: str, within_s: float) -> Iterator[Session]:
        with _in_words(self), self._watched(within_s) as line:
            connection = self._connection()
            line.driver = connection.connection.driver_connection
            connection.execution_options(begin=begin)
            if not self.is_sqlite:
                _isolate(line.driver, consistent=begin == "BEGIN")
            try:
                with (
                    self._doubts.over(line) if self._doubts is not None else nullcontext(),
                    Session(bind=connection, autoflush=False, expire_on_commit=False) as session,
                ):
                    yield session
            except exc.SQLAlchemyError as error:
                if not was_stopped(error):
                    self._drop(connection)
                raise
            finally:
                if line.cut:
                    self._hosts.gave_no_answer()
                    self._drop(connection)

    @contextmanager
    def _watched(self, within_s: float) -> Iterator[Line]:
        """The line to a server is cut when this block takes longer: no timeout of the server's, nor of TCP's, frees
        whoever waits for one that is frozen.
        """
        line = Line(within_s)
        if self.is_sqlite:
            yield line
            return
        connected = getattr(self._local, "connection", None) is not None
        until = deadlines.latest(within_s if connected else max(within_s, _REACHING_S))
        before, self._local.line = getattr(self._local, "line", None), line
        try:
            with self._watchdog.over(until, line.shut) as line.watch:
                yield line
        except (exc.SQLAlchemyError, DatabaseTrouble) as error:
            never_reached = isinstance(error, DatabaseTrouble) and line.driver is None
            if line.cut and not never_reached:
                raise NoAnswer from error
            raise
        finally:
            self._local.line = before

    def _reach(self, dialect: Any, _record: object, arguments: Any, parameters: dict[str, Any]) -> Any:
        """The driver's new connection, within the time that this thread has left."""
        several = max(1, len(hosts(self.url)))
        left = deadlines.latest(_REACHING_S) - clock.monotonic()
        # Each host gets as much, in whole seconds; the driver knows no less than 2.
        parameters["connect_timeout"] = max(2, math.ceil(min(CONNECT_TIMEOUT_S, left / several)))
        self._hosts.arrange(parameters)
        driver = dialect.connect(*arguments, **parameters)
        self._hosts.reached(driver)
        line: Line | None = getattr(self._local, "line", None)
        if line is not None:
            line.reached(driver)
        # Compiling a question takes 10 to 300 ms, and ours are answered sooner. Not an option of the connection:
        # poolers refuse what they do not know.
        driver.autocommit = True
        try:
            driver.execute("SET jit = off")
        except driver.Error:
            driver.close()
            raise
        driver.autocommit = False
        return driver

    def _moved_from(self, line: Line) -> bool:
        """Whether another host than that of a line takes writes now."""
        arguments, parameters = self.engine.dialect.create_connect_args(self.url)
        try:
            if not leave_only_others(parameters, line.driver):
                return False
            parameters.update(target_session_attrs="read-write", connect_timeout=2)
            self.engine.dialect.connect(*arguments, **parameters).close()
        except Exception:  # noqa: BLE001 - whatever the driver says: none answers, or only standbys do
            return False
        return True

    def _connection(self) -> Connection:
        self._same_file()
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None or connection.closed:
            connection = self.connect()
            self._local.connection = self._keep(connection)
        return connection

    def connect(self) -> Connection:
        """A connection of its own, for whoever closes it; nothing cuts it later. Raises DatabaseTrouble."""
        try:
            if getattr(self._local, "line", None) is not None or self.is_sqlite:
                return self.engine.connect()
            with self._watched(_REACHING_S):
                return self.engine.connect()
        except exc.OperationalError as error:
            if self.is_sqlite or getattr(error.orig, "sqlstate", None):
                raise
            raise trouble_of_connecting(error.orig or error, self.url) from error

    @contextmanager
    def apart(self, within_s: float) -> Iterator[tuple[Any, deadlines.Watch]]:
        """The driver's own connection to a server, in no transaction, cut ``within_s`` unless its watch is renewed."""
        connection = self.connect()
        try:
            driver = connection.connection.driver_connection
            with self._watchdog.over(deadlines.latest(within_s), lambda: shut(driver)) as watch:
                yield driver, watch
        finally:
            connection.invalidate()  # closed as it is: one that is lost cannot be rolled back first
            connection.close()

    def _keep(self, connection: Any) -> Any:
        with self._lock:
            self._open.append(connection)
        return connection

    def _drop(self, connection: Connection) -> None:
        """After an error the connection may be dead or in an unknown state: the next block gets a new one."""
        self._local.connection = None
        with self._lock:
            if connection in self._open:
                self._open.remove(connection)
        try:
            connection.close()
        except exc.SQLAlchemyError:
            connection.invalidate()

    def _file_exists(self) -> bool:
        return self.path is None or self.path.exists()

    def _same_file(self) -> None:
        """See that this thread's connections are to the file that has the name now; others are closed.

        SQLite would go on with a file that was removed, and what is written there is lost; and where the path is wrong
        it would make an empty file that looks like a database without customers.
        """
        if self.path is None:
            return
        try:
            status = self.path.stat()
        except OSError as error:
            self.let_go()
            raise DatabaseTrouble(Trouble.MISSING, str(self.path)) from error
        found = (status.st_dev, status.st_ino)
        known = getattr(self._local, "file", None)
        if known is not None and known != found:
            self.let_go()
            raise DatabaseTrouble(Trouble.MISSING, f"another file has taken the place of {self.path}")
        self._local.file = found

    def let_go(self) -> None:
        """Close this thread's connections; the next block opens new ones.

        All connections of a process to one file share what SQLite found when it opened it: a file that could only be
        read then stays so until the last of them is closed.
        """
        connection, watcher = getattr(self._local, "connection", None), getattr(self._local, "watcher", None)
        self._local.file = self._local.watcher = None
        if watcher is not None:
            with self._lock:
                if watcher in self._open:
                    self._open.remove(watcher)
            watcher.close()
        if connection is not None:
            self._drop(connection)


@contextmanager
def _in_words(database: Database) -> Iterator[None]:
    try:
        yield
    except (exc.SQLAlchemyError, sqlite3.Error) as error:
        trouble = trouble_of(error)
        if trouble.kind is Trouble.MISSING and database.path is not None and database.path.exists():
            trouble = DatabaseTrouble(Trouble.READ_ONLY, trouble.detail)  # there, but it cannot be opened
        raise trouble from error


def _isolate(driver: Any, *, consistent: bool) -> None:
    """How the next transaction reads: PostgreSQL looks anew at each statement unless it is told otherwise. A write has
    to, to see what it waited for.
    """
    from psycopg import IsolationLevel

    wanted = IsolationLevel.REPEATABLE_READ if consistent else None
    if driver.isolation_level is not wanted and driver.info.transaction_status == 0:  # else the line is dead: told soon
        driver.isolation_level = wanted


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # sqlite3's own transactions off: _begin_sqlite says BEGIN
    connection.create_function("folded", 1, fold, deterministic=True)  # the triggers of search ask for it
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
