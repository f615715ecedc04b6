"""The journal: every write of this workstation is durable in a local file before it is sent to the shared database."""

import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

import msgspec

from agent_desktop import clock, data, log
from agent_desktop.data import journal_file, local_file
from agent_desktop.data.errors import DatabaseTrouble, Refused, Trouble, trouble_of
from agent_desktop.data.journal_file import transaction
from agent_desktop.data.local_file import KeyAway, open_local
from agent_desktop.data.operations import AnyOperation, decode, encode
from agent_desktop.data.rows import Changed
from agent_desktop.told import mark, told

if TYPE_CHECKING:
    from agent_desktop.data.db import Database

T = TypeVar("T")
logger = log.get("journal")

_TABLES = """
CREATE TABLE IF NOT EXISTS operation (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, op_id BLOB NOT NULL UNIQUE, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS refused (
    seq INTEGER PRIMARY KEY, op_id BLOB NOT NULL, body BLOB NOT NULL, reason TEXT NOT NULL, at_us INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS draft (key TEXT PRIMARY KEY, body BLOB NOT NULL, at_us INTEGER NOT NULL) WITHOUT ROWID;
"""
_KEEP_DRAFT = "INSERT OR REPLACE INTO draft VALUES (?, ?, ?)"
_CHECK_THE_DISK = mark(
    "Check the disk of this computer; what you enter is only in memory until the journal can be written."
)
_LOCKED = mark("This workstation's journal is encrypted, and its key is not at hand.")
_UNLOCK = mark("Unlock the keyring of this session, then try again.")
_ADVICE = {
    Trouble.DISK_FULL: mark("Free some space on this computer; what you enter is only in memory until then."),
    Trouble.READ_ONLY: mark(
        "Check the permissions of the profile's folder; what you enter is only in memory until then."
    ),
}


class RefusedRow(msgspec.Struct, frozen=True):
    """An operation the shared database will never take, kept until somebody has seen why."""

    seq: int
    op_id: UUID
    reason: str
    at: datetime
    operation: AnyOperation | None  # None when this program cannot read it
    body: bytes = b""  # as it stands in the journal


class Journal:
    """The open journal of one workstation; each thread that uses it gets its own connection.

    ``notice`` says in words what happened to a file found on opening that cannot be read, or is empty.
    """

    def __init__(self, path: Path, *, busy_timeout_ms: int = 5_000, own: bool = False):
        """Raises DatabaseTrouble when no journal can be kept here (read-only, disk full, key not at hand).

        ``own``, for the workstation whose journal it is: a plain file is encrypted where there is a key; while the key
        is away another file takes its place, whose entries are brought in when it is back.
        """
        self.path, self.notice = journal_file.made_ready(path) if own else (path, "")
        self._timeout_s = busy_timeout_ms / 1000
        self._local = threading.local()
        self._lock = threading.Lock()
        self._open: list[sqlite3.Connection] = []
        self._era = 0
        self._mend_lock = threading.RLock()
        self._careful(self._prepare)
        if own and self.path == path:
            self._careful(lambda connection: journal_file.bring_in(path, connection))
            told = self._careful(lambda connection: journal_file.bring_back(path, connection))
            self.notice = " ".join(part for part in (self.notice, told) if part)

    # ------------------------------------------------------------- operations

    def put(self, operation: AnyOperation) -> int:
        """Write an operation down; on return it survives a crash. Its sequence number. Raises DatabaseTrouble."""
        return self.put_many([operation])

    def put_many(
        self,
        operations: Sequence[AnyOperation],
        *,
        finished_drafts: Sequence[str] = (),
        drafts: Mapping[str, bytes] = MappingProxyType({}),
    ) -> int:
        """Write operations down together or not at all; the last one's sequence number (0 for none).

        In the same transaction ``drafts`` (text by key) are kept, and ``finished_drafts``, which these operations
        take the place of, dropped. An operation that is already waiting is not written twice.
        """
        bodies = [(operation.op_id.bytes, encode(operation)) for operation in operations]
        now = clock.now_us()

        def write(connection: sqlite3.Connection) -> int:
            with transaction(connection):
                connection.executemany("INSERT OR IGNORE INTO operation (op_id, body) VALUES (?, ?)", bodies)
                connection.executemany(_KEEP_DRAFT, [(key, body, now) for key, body in drafts.items()])
                connection.executemany("DELETE FROM draft WHERE key = ?", [(key,) for key in finished_drafts])
                if not bodies:
                    return 0
                last = connection.execute("SELECT seq FROM operation WHERE op_id = ?", (bodies[-1][0],))
                return int(last.fetchone()[0])

        return self._careful(write)

    def pending(self) -> list[AnyOperation]:
        """What has not reached the shared database, oldest first."""
        rows = self._careful(lambda c: c.execute("SELECT body FROM operation ORDER BY seq").fetchall())
        return [operation for (body,) in rows if (operation := _readable(body)) is not None]

    def waiting_count(self) -> int:
        """How many operations have not reached the shared database."""
        return int(self._careful(lambda c: c.execute("SELECT count(*) FROM operation").fetchone())[0])

    def drain(self, database: "Database", *, limit: int = 1_000, within_s: float = 30.0) -> Changed:
        """Apply waiting operations to the shared database, oldest first; what that changed.

        Each is one transaction that also notes its id there: however often this is cut short, none is lost and none is
        applied twice. A refused one is set aside with its reason and does not block the rest. Raises DatabaseTrouble
        when the database cannot be used now, or a server has not taken one operation ``within_s``; what was not
        applied keeps waiting.
        """
        changed = Changed()
        for seq, op_id, body in self._careful(lambda c: _oldest(c, limit)):
            operation = _readable(body)
            reason = (
                "" if operation is not None else "A newer version of this program wrote this; update it to send it."
            )
            if operation is not None:
                try:
                    with database.write(within_s) as session:
                        changed = changed | data.apply.apply(session, operation)
                except Refused as refused:
                    reason = refused.text
                except DatabaseTrouble as trouble:
                    if trouble.kind not in (Trouble.UNEXPECTED, Trouble.FORBIDDEN):
                        raise
                    logger.error("operation %s refused by the database: %s", type(operation).__name__, trouble.detail)
                    reason = trouble.text
                except Exception:  # a fault of ours must not keep everything behind it from being sent
                    logger.exception("operation %s cannot be applied", type(operation).__name__)
                    reason = told("This program made a mistake with it. Please report this with the log file.")
            self._careful(_finish(seq, op_id, body, reason))
        return changed

    def revise(self, change: Callable[[AnyOperation], AnyOperation | None]) -> int:
        """Replace what waits by what ``change`` makes of each, None: it is dropped. How many became another.

        On the thread that drains, else an old one may be on its way.
        """

        def write(connection: sqlite3.Connection) -> int:
            changed = 0
            with journal_file.transaction(connection):
                for seq, body in connection.execute("SELECT seq, body FROM operation ORDER BY seq").fetchall():
                    was = _readable(body)
                    now = change(was) if was is not None else None
                    if was is None or now == was:
                        continue
                    changed += 1
                    if now is None:
                        connection.execute("DELETE FROM operation WHERE seq = ?", (seq,))
                    else:
                        connection.execute("UPDATE operation SET body = ? WHERE seq = ?", (encode(now), seq))
            return changed

        return self._careful(write)

    def wipe(self) -> None:
        """Write the file anew, so that nothing that was taken out lingers in it."""
        self._careful(journal_file.written_anew)

    def refused(self) -> list[RefusedRow]:
        """Operations the shared database will never take, oldest first."""
        rows = self._careful(
            lambda c: c.execute("SELECT seq, op_id, reason, at_us, body FROM refused ORDER BY seq").fetchall()
        )
        return [RefusedRow(r[0], UUID(bytes=r[1]), r[2], clock.from_us(r[3]), _readable(r[4]), r[4]) for r in rows]

    def dismiss_refused(self, seq: int) -> None:
        """Forget a refused operation that somebody has seen."""
        self._careful(lambda c: c.execute("DELETE FROM refused WHERE seq = ?", (seq,)))

    def try_refused_again(self, seq: int) -> None:
        """Have a refused operation wait once more, behind what waits already: the rights may be others by now."""

        def write(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                connection.execute(
                    "INSERT OR IGNORE INTO operation (op_id, body) SELECT op_id, body FROM refused WHERE seq = ?",
                    (seq,),
                )
                connection.execute("DELETE FROM refused WHERE seq = ?", (seq,))

        self._careful(write)

    def keep_refused(self, row: RefusedRow) -> None:
        """Take back that it was forgotten."""
        values = (row.seq, row.op_id.bytes, row.body, row.reason, clock.to_us(row.at))
        self._careful(lambda c: c.execute("INSERT OR IGNORE INTO refused VALUES (?, ?, ?, ?, ?)", values))

    # ----------------------------------------------------------------- drafts

    def save_draft(self, key: str, body: bytes) -> None:
        """Keep what is being typed; durable on return."""
        row = (key, body, clock.now_us())
        self._careful(lambda c: c.execute(_KEEP_DRAFT, row))

    def draft(self, key: str) -> bytes | None:
        """What was typed under this key."""
        row = self._careful(lambda c: c.execute("SELECT body FROM draft WHERE key = ?", (key,)).fetchone())
        return bytes(row[0]) if row else None

    def drafts(self) -> dict[str, bytes]:
        """All drafts, oldest first."""
        rows = self._careful(lambda c: c.execute("SELECT key, body FROM draft ORDER BY at_us").fetchall())
        return {key: bytes(body) for key, body in rows}

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()
            self._era += 1

    # ---------------------------------------------------------------- innards

    def _careful(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run ``work``; a damaged file is set aside and the work done on a new one. Other errors come out in words."""
        era = self._era
        try:
            try:
                return work(self._connection())
            except local_file.DatabaseError as error:
                if trouble_of(error).kind is not Trouble.CORRUPT:
                    raise
                self._start_anew(era)
                return work(self._connection())
        except KeyAway as error:
            raise DatabaseTrouble(Trouble.READ_ONLY, str(error), _LOCKED, _UNLOCK) from error
        except local_file.Error as error:
            trouble = trouble_of(error)
            kind = Trouble.READ_ONLY if trouble.kind is Trouble.MISSING else trouble.kind
            text = mark("This workstation's journal cannot be written.")
            raise DatabaseTrouble(kind, trouble.detail, text, _ADVICE.get(kind, _CHECK_THE_DISK)) from error

    def _connection(self) -> sqlite3.Connection:
        if getattr(self._local, "era", None) != self._era:
            connection = open_local(self.path, timeout_s=self._timeout_s)
            with self._lock:
                self._open.append(connection)
            self._local.connection, self._local.era = connection, self._era
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
        found: sqlite3.Connection = self._local.connection
        return found

    def _prepare(self, connection: sqlite3.Connection) -> None:
        verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise journal_file.damaged(verdict)
        connection.executescript(_TABLES)

    def _start_anew(self, era: int) -> None:
        """Set the damaged file aside, begin a new one, and save into it what can still be read."""
        with self._mend_lock:
            if self._era != era:
                return  # another thread has done it meanwhile
            self.close()
            aside = journal_file.set_aside(self.path)
            self._prepare(self._connection())
            saved = journal_file.salvage(aside, self._connection())
            self.notice = journal_file.words_about(aside, saved)
            logger.error("journal damaged or locked, set aside as %s, %d entries saved", aside.name, saved)


def _oldest(connection: sqlite3.Connection, limit: int) -> list[tuple[int, bytes, bytes]]:
    return connection.execute("SELECT seq, op_id, body FROM operation ORDER BY seq LIMIT ?", (limit,)).fetchall()


def _finish(seq: int, op_id: bytes, body: bytes, reason: str) -> Callable[[sqlite3.Connection], None]:
    def write(connection: sqlite3.Connection) -> None:
        with transaction(connection):
            connection.execute("DELETE FROM operation WHERE seq = ? AND op_id = ?", (seq, op_id))
            if reason:
                row = (seq, op_id, body, reason, clock.now_us())
                connection.execute("INSERT OR REPLACE INTO refused VALUES (?, ?, ?, ?, ?)", row)

    return write


def _readable(body: bytes) -> AnyOperation | None:
    try:
        return decode(body)
    except msgspec.DecodeError:
        return None
