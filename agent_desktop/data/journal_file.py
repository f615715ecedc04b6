"""A journal's file on the disk: encrypted when it can be, set aside when unreadable, its entries carried over."""

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from agent_desktop import clock
from agent_desktop.data import local_file, local_key
from agent_desktop.data.local_file import open_local
from agent_desktop.data.local_key import State
from agent_desktop.told import mark
from agent_desktop.told import told as translated

logger = logging.getLogger("journal")

_TABLES = (("operation", 3), ("refused", 5), ("draft", 3))
_MEANWHILE = ".meanwhile"
_ALL = ("", "-wal", "-shm")
_KEY_AWAY = mark(
    "This session's keyring does not answer. What waits in the encrypted journal stays there until it does; what you "
    "enter now is kept beside it unencrypted, and goes out as always."
)


def made_ready(path: Path) -> tuple[Path, str]:
    """The file to work with at ``path``, encrypted if that can be done now, and what somebody has to be told."""
    kept = local_key.of(path.parent)
    if not kept.key and kept.state is not State.OPEN and local_file.is_encrypted(path):
        return path.with_name(path.name + _MEANWHILE), _KEY_AWAY
    try:
        local_file.encrypt(path)
    except (OSError, local_file.Error) as error:  # it is as good as before
        logger.info("the journal stays unencrypted for now: %s", error)
    return path, ""


def bring_in(path: Path, connection: sqlite3.Connection) -> None:
    """Put what was kept while the key was away behind what waits in the journal at ``path``; done twice it is the same.

    Raises Error.
    """
    beside = path.with_name(path.name + _MEANWHILE)
    if not beside.exists():
        return
    try:
        found = _everything_in(beside)
    except local_file.Error as error:
        logger.error("what was kept while the key was away cannot be read: %s", error)
        return
    operations, refused, drafts = found
    with transaction(connection):
        connection.executemany(
            "INSERT OR IGNORE INTO operation (op_id, body) VALUES (?, ?)", [r[1:] for r in operations]
        )
        _add_refused(connection, refused)
        connection.executemany("INSERT OR REPLACE INTO draft VALUES (?, ?, ?)", drafts)
    logger.info("brought in what was kept while the key was away: %d entries", len(operations))
    _remove(beside)


def bring_back(path: Path, connection: sqlite3.Connection) -> str:
    """Put what stands in journals set aside as locked before what waits in the one at ``path``, if their key is here.

    They are older: drafts of today stay as they are. What somebody has to be told, or nothing. Raises Error.
    """
    told = []
    for aside in sorted(path.parent.glob(f"{path.name}.locked-*"), reverse=True):
        found = None if aside.name.endswith(_ALL[1:]) else _unlocked(aside)
        if found is None:
            continue
        operations, refused, drafts = found
        with transaction(connection):
            first = int(connection.execute("SELECT min(1, coalesce(min(seq), 1)) FROM operation").fetchone()[0])
            connection.executemany(
                "INSERT OR IGNORE INTO operation VALUES (?, ?, ?)",
                [(first - len(operations) + place, *row[1:]) for place, row in enumerate(operations)],
            )
            _add_refused(connection, refused)
            connection.executemany("INSERT OR IGNORE INTO draft VALUES (?, ?, ?)", drafts)
        _remove(aside)
        logger.info("the key of %s is there again: %d entries brought back", aside.name, len(operations))
        told.append(
            translated(
                "The key of the journal that was kept as {0} is there again: its {1} waiting entries are back and will "
                "be sent."
            ).format(aside.name, len(operations))
        )
    return " ".join(told)


def _unlocked(aside: Path) -> "_Content | None":
    kept = local_key.of(aside.parent)
    for key in (kept.key, *kept.former):
        with contextlib.suppress(local_file.Error):
            return _everything_in(aside, key)
    return None


_Content = tuple[list[tuple[Any, ...]], ...]  # rows of operation, refused and draft


def _everything_in(path: Path, key: bytes = b"") -> _Content:
    with contextlib.closing(open_local(path, key=key)) as source:
        return tuple(source.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table, _ in _TABLES)  # noqa: S608


def _add_refused(connection: sqlite3.Connection, refused: list[tuple[Any, ...]]) -> None:
    lowest = int(connection.execute("SELECT min(0, coalesce(min(seq), 0)) FROM refused").fetchone()[0])
    connection.executemany(
        "INSERT INTO refused SELECT ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM refused WHERE op_id = ?)",
        [(lowest - place, *row[1:], row[1]) for place, row in enumerate(refused, start=1)],
    )


def _remove(path: Path) -> None:
    for part in _parts(path):
        part.unlink(missing_ok=True)


def waiting_in(path: Path) -> int:
    """How many operations wait in a journal that nobody has open; 0 where it cannot be told."""
    try:
        connection = open_local(path, read_only=True)
        try:
            return int(connection.execute("SELECT count(*) FROM operation").fetchone()[0])
        finally:
            connection.close()
    except local_file.Error:
        return 0


def written_anew(connection: sqlite3.Connection) -> None:
    """A local file without what was deleted from it. While somebody else reads it, the next time will do."""
    try:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except local_file.Error as error:
        logger.info("a local file could not be written anew: %s", error)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction: all of the block, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


# ----------------------------------------------------------------- what cannot be read


def damaged(verdict: str) -> Exception:
    """The error of a file of which SQLite says ``verdict``."""
    error = local_file.DatabaseError(f"quick_check: {verdict}")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT  # type: ignore[attr-defined]
    return error


def set_aside(path: Path) -> Path:
    """Give an unreadable file another name, which is returned; one whose key is not known is called locked."""
    stamp = clock.now().strftime("%Y%m%dT%H%M%S%f")
    how = "locked" if local_key.of(path.parent).key and local_file.is_encrypted(path) else "damaged"
    aside = path.with_name(f"{path.name}.{how}-{stamp}")
    for part, name in zip(_parts(path), _parts(aside), strict=True):
        if part.exists():
            part.rename(name)
    return aside


def words_about(aside: Path, saved: int) -> str:
    """What somebody has to be told about a journal that was set aside."""
    if ".locked-" in aside.name:
        return translated(
            "The keyring's key does not open this workstation's journal: the key is another one, or the file is "
            "damaged. It was kept as {0} and a new journal begun; what it had not sent is only in there, and comes "
            "back with its key."
        ).format(aside.name)
    return translated(
        "This workstation's journal was damaged. It was set aside as {0} and a new one begun; {1} waiting entries "
        "could be saved from it."
    ).format(aside.name, saved)


def all_set_aside(folder: Path) -> list[Path]:
    """The journals of a profile that could not be read, oldest first by name."""
    found = [*folder.glob("journal*.damaged-*"), *folder.glob("journal*.locked-*")]
    return sorted(path for path in found if not path.name.endswith(("-wal", "-shm")))


def salvage(unreadable: Path, connection: sqlite3.Connection) -> int:
    """Copy what is readable of the file, row by row until the first unreadable one; how many operations."""
    saved = 0
    for table, columns in _TABLES:
        marks = ", ".join("?" * columns)
        try:
            source = open_local(unreadable)
            try:
                for row in source.execute(f"SELECT * FROM {table}"):  # noqa: S608 - names from above
                    connection.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", row)  # noqa: S608
                    saved += table == "operation"
            finally:
                source.close()
        except local_file.Error as error:
            logger.info("no more can be read of %s: %s", table, error)
    return saved


def _parts(path: Path) -> list[Path]:
    return [path.with_name(path.name + suffix) for suffix in _ALL]
