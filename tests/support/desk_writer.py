"""A desk that writes without end, to be killed: ``python -m tests.support.desk_writer URL`` imports what it needs once.

Each line on standard input, the path of a journal, forks one desk. It says its process id, then each key that is
durable; when it has been killed, "ended" is said.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).parents[2]
PACE_S = 0.001


class Writers:
    """The test's end: ``begin`` a desk, ``read`` what it acknowledged, ``kill`` it."""

    def __init__(self, url: str):
        command = [sys.executable, "-m", "tests.support.desk_writer", url]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.acknowledged: list[str] = []
        self.pid = 0

    def begin(self, journal: Path) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{journal}\n")
        self._process.stdin.flush()
        self.pid = int(self._process.stdout.readline())

    def read(self, count: int) -> None:
        """Wait until it has acknowledged so many more."""
        assert self._process.stdout is not None
        for _ in range(count):
            self.acknowledged.append(self._process.stdout.readline().strip())

    def kill(self) -> None:
        """kill -9; what it had acknowledged until then counts."""
        os.kill(self.pid, signal.SIGKILL)
        self.pid = 0
        assert self._process.stdout is not None
        while (line := self._process.stdout.readline().strip()) != "ended":
            assert line, "it ended by itself"
            self.acknowledged.append(line)

    def close(self) -> None:
        if self.pid:
            self.kill()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()


def _write(url: str, file: str) -> NoReturn:
    from agent_desktop import clock
    from agent_desktop.data import operations as ops
    from agent_desktop.data.db import Database
    from agent_desktop.data.errors import DatabaseTrouble
    from agent_desktop.data.ids import new_id
    from agent_desktop.data.journal import Journal

    journal = Journal(Path(file))

    def drain() -> None:
        database: Database | None = None
        while True:
            try:
                database = database or Database.open(url)
                journal.drain(database, limit=20)
            except DatabaseTrouble:
                time.sleep(0.01)  # nothing tells when a server is back

    threading.Thread(target=drain, daemon=True).start()
    while True:
        key = new_id()
        journal.put(ops.SetPresence(op_id=key, at_us=clock.now_us(), presence="ready", reason=str(key)))
        os.write(1, f"{key}\n".encode())  # in one piece, whenever it is killed
        time.sleep(PACE_S)  # as fast as a disk lets it, the journal would only grow


def main() -> None:
    import psycopg  # noqa: F401

    from agent_desktop.data import apply, db, journal  # noqa: F401

    for line in sys.stdin:
        child = os.fork()
        if not child:
            os.write(1, f"{os.getpid()}\n".encode())
            _write(sys.argv[1], line.strip())
        os.waitpid(child, 0)
        os.write(1, b"ended\n")


if __name__ == "__main__":
    main()
