"""What Home shows first, read by another process while this one makes its window.

SQLAlchemy and the models take a third of a second to load, and a centre's day as much again to read: on a processor of
its own that is done before the window is painted, and the interpreter that paints shares nothing with it.
"""

import contextlib
import gc
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec

from agent_desktop.data.centre_rows import DayFigures, PresenceRow, QueueEventRow
from agent_desktop.data.rows import CallLine, WorkItem


class FirstQuestion(msgspec.Struct, frozen=True):
    """Of whom, and from when to when; moments are aware."""

    where: str  # the database, as the settings have it
    password: str
    agent_id: UUID
    board_from: datetime
    board_until: datetime
    midnight: datetime
    until: datetime
    recent: int  # calls

    def __repr__(self) -> str:
        return f"FirstQuestion({self.agent_id})"


class FirstAnswer(msgspec.Struct, frozen=True):
    """``cursor``: after the newest of the queue events; ``hours``: those of ``day``."""

    cursor: int
    events: tuple[QueueEventRow, ...]
    presences: tuple[PresenceRow, ...]
    day: DayFigures
    hours: tuple[DayFigures, ...]
    recent: tuple[CallLine, ...]
    work: tuple[WorkItem, ...]


class Looking:
    """The other process: it loads what it needs, then waits for a question."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", __spec__.name],
            cwd=Path(__file__).parents[2],  # there it finds the package, also without an installation
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, question: FirstQuestion) -> None:
        """Ask, once. Nobody else sees what is in the question."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError, ValueError):  # it has ended: ``answer`` says so
            self._process.stdin.write(msgspec.msgpack.encode(question))
            self._process.stdin.close()

    def answer(self) -> FirstAnswer | None:
        """Wait for the answer; None where it could not be given. For a thread that may wait."""
        assert self._process.stdout is not None
        try:
            said = self._process.stdout.read()
            self._process.wait()
            return msgspec.msgpack.decode(said, type=FirstAnswer)
        except (msgspec.DecodeError, OSError, ValueError):
            return None

    def close(self) -> None:
        """End it; whoever waits for an answer gets None."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was written to a process that had ended
                    pipe.close()


def look(question: FirstQuestion) -> FirstAnswer:
    """All of it, as of one moment. Raises DatabaseTrouble; makes and changes nothing."""
    from agent_desktop.data import agents, interactions, queues, work
    from agent_desktop.data.db import Database

    database = Database.open(question.where, password=question.password)
    with database.read() as session:
        day, hours = agents.day_by_hour(session, question.agent_id, question.midnight, question.until)
        return FirstAnswer(
            cursor=queues.last_event_id(session),
            events=queues.events_between(session, question.board_from, question.board_until),
            presences=agents.presence_now(session),
            day=day,
            hours=hours,
            recent=interactions.recent_calls(session, question.agent_id, limit=question.recent),
            work=work.open_work(session, question.agent_id),
        )


def main() -> None:
    """What the other process does; without a question, or an answer, it ends without a word."""
    gc.disable()  # it takes a tenth of the time, and all of it is given back in a moment
    if hasattr(os, "nice"):
        os.nice(10)  # where processors are short, the window comes first
    from agent_desktop.data import agents, db, interactions, queues, work  # noqa: F401 - while nobody has asked yet
    from agent_desktop.data.errors import DatabaseTrouble

    with contextlib.suppress(msgspec.DecodeError, DatabaseTrouble):
        answer = look(msgspec.msgpack.decode(sys.stdin.buffer.read(), type=FirstQuestion))
        sys.stdout.buffer.write(msgspec.msgpack.encode(answer))
        sys.stdout.flush()
    # Nothing is closed: whoever closes a file of SQLite last puts its log away, and holds up the next to open it.
    os._exit(0)


if __name__ == "__main__":
    main()
