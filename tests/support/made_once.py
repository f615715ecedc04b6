"""Files that take long to make, made once in a run: whichever worker needs one first makes it, all copy it."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from agent_desktop.data.db import Database


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """The file of that name of this run, never to be changed; ``make`` writes it where it is told."""
    file = Path(os.environ["AGENT_DESKTOP_TEST_RUN"]) / name
    with file.with_name(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            unfinished = file.with_name(f"{name}.unfinished")
            unfinished.unlink(missing_ok=True)
            make(unfinished)
            unfinished.rename(file)
    return file


def empty_database(file: Path) -> Path:
    """A database with its tables and nothing in them, at ``file``."""
    file.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(made_once("empty.db", lambda at: Database.open(at, create=True).close()), file))
