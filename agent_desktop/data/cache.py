"""What this workstation saw last of a server, to be read while that is away: each thing by a key, with its age."""

import contextlib
import sqlite3
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from agent_desktop import clock, log
from agent_desktop.data import local_file
from agent_desktop.data.local_file import open_local

T = TypeVar("T")
logger = log.get("db")

MOST = 300  # of customers and the like: "kind:which". What there is one of, such as all scripts, stays beside them
LONGEST_S = 7 * 24 * 3600  # what nobody asked about for a week is not to lie around
_TABLE = "CREATE TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY, body BLOB NOT NULL, at_us INTEGER NOT NULL)"


class Cache:
    """A file that may be lost at any time: what cannot be read or written is as if it had never been seen."""

    def __init__(self, path: Path):
        self._path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._closed = False

    def keep(self, key: str, value: Any) -> None:
        """Remember a value that msgspec can write, from any thread; the oldest are forgotten."""
        body, now = msgspec.msgpack.encode(value), clock.now_us()
        with self._lock:
            try:
                connection = self._opened()
                connection.execute("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", (key, body, now))
                connection.execute(
                    "DELETE FROM seen WHERE at_us < ? "
                    "OR instr(key, ':') AND key NOT IN "
                    "(SELECT key FROM seen WHERE instr(key, ':') ORDER BY at_us DESC, rowid DESC LIMIT ?)",
                    (now - LONGEST_S * 1_000_000, MOST),
                )
            except local_file.Error as error:
                self._failed(error)

    def find(self, key: str, kind: type[T]) -> tuple[T, datetime] | None:
        """What was kept under this key, and when; None if nothing this program can read."""
        with self._lock:
            try:
                row = self._opened().execute("SELECT body, at_us FROM seen WHERE key = ?", (key,)).fetchone()
            except local_file.Error as error:
                self._failed(error)
                return None
        if row is None or row[1] < clock.now_us() - LONGEST_S * 1_000_000:
            return None
        try:
            return msgspec.msgpack.decode(row[0], type=kind), clock.from_us(row[1])
        except msgspec.DecodeError:
            return None  # by another version of this program

    def forget(self, is_about: Callable[[bytes], bool]) -> int:
        """Drop what ``is_about`` says yes to, given key and value as they are kept; how many there were."""
        with self._lock:
            try:
                connection = self._opened()
                rows = connection.execute("SELECT key, body FROM seen").fetchall()
                found = [(key,) for key, body in rows if is_about(key.encode() + b" " + bytes(body))]
                connection.executemany("DELETE FROM seen WHERE key = ?", found)
                if found:
                    connection.execute("VACUUM")
            except local_file.Error as error:
                self._failed(error)
                return 0
        return len(found)

    def close(self) -> None:
        """Nothing is kept or found any more."""
        with self._lock:
            self._closed = True
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _opened(self) -> sqlite3.Connection:
        if self._closed:
            raise local_file.Error("closed")
        if self._connection is None:
            with contextlib.suppress(OSError):
                local_file.encrypt(self._path)
            self._connection = open_local(self._path)
            self._connection.execute("PRAGMA synchronous=OFF")  # of no worth to anybody but this computer
            self._connection.execute(_TABLE)
        return self._connection

    def _failed(self, error: Exception) -> None:
        """A damaged file is thrown away: the next thing kept begins another one."""
        logger.info("what was seen last cannot be kept: %s", error)
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            self._path.unlink(missing_ok=True)
