"""A collector as a process of its own, its database file, and what stands there."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import insert

from agent_desktop.data import agents
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Queue
from tests.support.made_once import empty_database
from tests.support.ports import until

ROOT = Path(__file__).parents[2]


def make_centre(where: Path | str, people: Sequence[tuple[str, str]], queues: Sequence[str]) -> Database:
    """A database with people (name, extension) and queues, nobody a member of anything yet."""
    database = Database.open(empty_database(where) if isinstance(where, Path) else where, create=True)
    with database.write() as session:
        for name, extension in people:
            agents.create_agent(session, name, name.split()[0].lower(), extension=extension)
        for position, name in enumerate(queues):
            session.execute(insert(Queue).values(id=new_id(), name=name, label=name, position=position))
    return database


class CollectorProcess:
    """``agent-desktop collect`` for one PBX; its password comes as a systemd credential."""

    def __init__(self, folder: Path, name: str, database: str | Path, manager_port: int, **more: object) -> None:
        self.folder, self.name = folder / name, name
        self.folder.mkdir()
        (self.folder / "secrets").mkdir()
        (self.folder / "secrets" / "pbx-one").write_text("change-me-collector\n")
        interface = more.pop("interface", "Local/{extension}@desks/n")
        context = more.pop("context", "desks")
        settings = {"database": str(database), "name": name, "state_dir": str(self.folder / "state")} | more
        lines = [
            f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}" for key, value in settings.items()
        ]
        lines += ["[[pbx]]", 'name = "one"', f"port = {manager_port}", f'interface = "{interface}"']
        lines += [f'context = "{context}"']
        (self.folder / "collector.toml").write_text("\n".join(lines) + "\n")
        self.ahead_s = 0  # its computer's clock
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "CollectorProcess":
        program = ["tests.support.other_clock", str(self.ahead_s)] if self.ahead_s else ["agent_desktop"]
        command = [sys.executable, "-m", *program, "collect", "--config", str(self.folder / "collector.toml")]
        environment = os.environ | {"CREDENTIALS_DIRECTORY": str(self.folder / "secrets")}
        with (self.folder / "output").open("ab") as output:
            self.process = subprocess.Popen(command, stdout=output, stderr=output, env=environment, cwd=ROOT)
        return self

    def connected(self) -> "CollectorProcess":
        """Wait until it follows the PBX."""
        until(lambda: self.said.count(": connected") > self._connected_before(), f"connected: {self.said}")
        return self

    def _connected_before(self) -> int:
        return max(0, self.said.count("collecting from") - 1)

    @property
    def said(self) -> str:
        return (self.folder / "output").read_text("utf-8", "replace")

    def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Ask it to end."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)


class Tables:
    """What is in a database file, asked without the product."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def ask(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        with sqlite3.connect(f"file:{self._file}?mode=ro", uri=True) as connection:
            found = connection.execute(statement, values).fetchall()
        connection.close()
        return found

    def results(self) -> Counter[tuple[str, str]]:
        """How many visits of each queue ended how: (queue, result or reason of the exit)."""
        rows = self.ask(
            "SELECT q.name, CASE v.result WHEN 'exited' THEN v.exit_reason ELSE v.result END "
            "FROM queue_visit v JOIN queue q ON q.id = v.queue_id"
        )
        return Counter((str(queue), str(result)) for queue, result in rows)

    def events(self, kind: str) -> Counter[tuple[str, str]]:
        """How many of these events each person has in each queue."""
        rows = self.ask(
            "SELECT q.name, coalesce(a.name, '') FROM queue_event e JOIN queue q ON q.id = e.queue_id "
            "LEFT JOIN agent a ON a.id = e.agent_id WHERE e.kind = ?",
            kind,
        )
        return Counter((str(queue), str(name)) for queue, name in rows)
