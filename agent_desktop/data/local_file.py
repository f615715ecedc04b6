"""The one way to open a file in which this computer keeps what its users entered or saw, apart from the database."""

import sqlite3
from pathlib import Path


def open_local(path: Path, *, timeout_s: float = 5.0, read_only: bool = False) -> sqlite3.Connection:
    """A connection for any thread, in no transaction of its own; with ``read_only`` no file is made and none changed.

    Raises sqlite3.Error.
    """
    where = f"{path.absolute().as_uri()}?mode=ro" if read_only else str(path)
    return sqlite3.connect(where, uri=read_only, timeout=timeout_s, isolation_level=None, check_same_thread=False)
