"""The one way to open a file in which this computer keeps what its users entered or saw, apart from the database.

SQLCipher opens encrypted files and plain ones alike; its connections are sqlite3's in all but name. A file is encrypted
wherever the profile has a key (local_key.py).
"""

import contextlib
import logging
import os
import sqlite3
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from agent_desktop.data import local_key
from agent_desktop.data.local_key import Answer, State

Error: type[Exception] = driver.Error
DatabaseError: type[Exception] = driver.DatabaseError
log = logging.getLogger("journal")

_PLAIN = b"SQLite format 3\0"


class KeyAway(driver.OperationalError):  # type: ignore[misc]
    """The file is encrypted, and its key is not at hand."""


def open_local(path: Path, *, timeout_s: float = 5.0, read_only: bool = False, key: bytes = b"") -> sqlite3.Connection:
    """A connection for any thread, in no transaction of its own; with ``read_only`` no file is made and none changed.

    ``key`` is one that the profile had before. Raises Error, and KeyAway, which is one.
    """
    kept = Answer(State.KEPT, key) if key else local_key.of(path.parent)
    if not kept.key and kept.state is not State.OPEN and is_encrypted(path):
        raise KeyAway("the keyring that holds the key does not answer" if kept == local_key.AWAY else "no key")
    where = f"{path.absolute().as_uri()}?mode=ro" if read_only else str(path)
    connection: sqlite3.Connection = driver.connect(
        where, uri=read_only, timeout=timeout_s, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA cipher_log = off")  # it would write to standard error
    if kept.key and not is_plain(path):
        connection.execute(f"PRAGMA key = \"x'{kept.key.hex()}'\"")
    return connection


def is_plain(path: Path) -> bool:
    """Whether a file is there that anybody's SQLite can read."""
    return _head(path) == _PLAIN


def is_encrypted(path: Path) -> bool:
    """Whether a file is there that is nothing to SQLite without a key: encrypted, or no database at all."""
    return _head(path) not in (_PLAIN, b"")


def encrypt(path: Path) -> bool:
    """Put an encrypted copy in the place of a plain file, where the profile has a key; whether that was done.

    Either file is whole at every moment. Nobody else may have it open: then it stays as it is. Raises Error, OSError.
    """
    key = local_key.of(path.parent).key
    if not key or not is_plain(path):
        return False
    part = path.with_name(path.name + ".encrypting")
    for left in (part, part.with_name(part.name + "-journal")):
        left.unlink(missing_ok=True)
    with contextlib.closing(open_local(path, timeout_s=1.0)) as source:
        if not _alone(source):
            return False
        source.execute(f"ATTACH DATABASE ? AS encrypted KEY \"x'{key.hex()}'\"", (str(part),))
        source.execute("SELECT sqlcipher_export('encrypted')")
        source.execute("DETACH DATABASE encrypted")
    _take_its_place(part, path)
    return True


def _alone(connection: sqlite3.Connection) -> bool:
    """Bring everything into the one file, which only works for the only one who has it open."""
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    try:
        return str(connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]) == "delete"
    except driver.OperationalError as error:
        log.info("a file is not encrypted now, somebody else has it open: %s", error)
        return False


def _take_its_place(part: Path, path: Path) -> None:
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    if os.name == "nt":
        part.replace(path)
        return
    with path.open("rb+") as before:
        part.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
        # What the old one held is not left on the disk, as far as the disk overwrites what it is told to.
        before.write(bytes(os.fstat(before.fileno()).st_size))
        os.fsync(before.fileno())


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(_PLAIN))
    except OSError:
        return b""
