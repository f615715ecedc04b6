"""A small embedded company, and the practice switch as a child process that is spoken to in JSON lines."""

import json
import os
import select
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import update

from agent_desktop import clock
from agent_desktop.data import feed
from agent_desktop.data.db import Database
from agent_desktop.data.models import Agent, Customer, Phone, Queue, QueueMember, Site
from agent_desktop.data.operations import SetPresence
from tests.support.made_once import empty_database

WAIT_S = 60.0
MARTA = "+48601442190"
ROOT = Path(__file__).parents[2]
Report = dict[str, Any]


class SmallCompany:
    """Two queues, four agents (dana is the human), a few customers."""

    def __init__(self, file: Path):
        self.file = empty_database(file)
        self.database = Database.open(file)
        self.agents = {login: uuid.uuid4() for login in ("dana", "jonas", "priya", "tomas")}
        self.queues = {name: uuid.uuid4() for name in ("Billing", "Outages")}
        people = (("Marta Kowalczyk", MARTA, "44710932", "pl"), ("Hans Weber", "+4930123456", "2", "de"))
        with self.database.write() as session:
            session.execute(update(Site).values(practice=True))
            for login, key in self.agents.items():
                session.add(Agent(id=key, name=login.title(), login=login))
            for position, (name, key) in enumerate(self.queues.items()):
                session.add(Queue(id=key, name=name, label=name, position=position, wrap_up_s=10))
            session.flush()
            for queue in self.queues.values():
                session.add_all(QueueMember(queue_id=queue, agent_id=agent) for agent in self.agents.values())
            for name, number, account, language in people:
                key, now = uuid.uuid4(), clock.now()
                session.add(
                    Customer(
                        id=key,
                        name=name,
                        name_key=name.casefold(),
                        account_number=account,
                        language=language,
                        created_at=now,
                        updated_at=now,
                    )
                )
                session.flush()
                phone = Phone(id=uuid.uuid4(), customer_id=key, typed=number, e164=number, key=number[:0:-1])
                session.add(phone)

    def presence(self, presence: str, reason: str = "") -> None:
        """What dana's workstation writes."""
        order = SetPresence(
            op_id=uuid.uuid4(),
            agent_id=self.agents["dana"],
            at_us=clock.now_us(),
            presence=presence,
            reason=reason,
        )
        with self.database.write() as session:
            feed.set_presence(session, order)

    def events(self, visit_id: str | None = None) -> list[tuple[str, dict[str, Any]]]:
        """(kind, row) of every queue event, in the order written; of one visit if given."""
        with self.database.read() as session:
            from sqlalchemy import select

            from agent_desktop.data.models import QueueEvent

            rows = session.execute(select(QueueEvent).order_by(QueueEvent.id)).scalars().all()
            return [
                (row.kind, {"at": row.at, "agent": row.agent_id, "data": row.data, "linked_id": row.linked_id})
                for row in rows
                if visit_id is None or str(row.visit_id) == visit_id
            ]

    def kinds(self, visit_id: str) -> list[str]:
        return [kind for kind, _ in self.events(visit_id)]


class SwitchProcess:
    """``python -m agent_desktop.practice``; everything it reports is kept in ``reports``."""

    def __init__(self, *arguments: str):
        self.reports: list[Report] = []
        self._read_from = 0
        self._inbox = b""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "agent_desktop.practice", *arguments, "--report"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def tell(self, **order: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()

    def end_of_orders(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()

    def wait(self, name: str, where: Callable[[Report], object] = lambda _: True, within_s: float = WAIT_S) -> Report:
        """The next report of this name after the last one waited for, that fits."""
        deadline = time.monotonic() + within_s
        while True:
            for position in range(self._read_from, len(self.reports)):
                report = self.reports[position]
                if report["report"] == name and where(report):
                    self._read_from = position + 1
                    return report
            assert self._receive(deadline), f"the switch ended; it said {self._said()} {self._errors()}"
            assert time.monotonic() < deadline, f"no {name}; it said {self._said()}"

    def rewind(self) -> None:
        self._read_from = 0

    def listen(self, seconds: float) -> None:
        """Listen for a while: to see that something does not happen."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self._receive(deadline):
            pass

    def ended(self, within_s: float = WAIT_S) -> int:
        """Wait for its end; the exit code."""
        deadline = time.monotonic() + within_s
        while self._receive(deadline):
            assert time.monotonic() < deadline, f"it does not end; it said {self._said()}"
        return self._process.wait(within_s)

    def stop(self) -> None:
        """Whatever state it is in."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(8)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(8)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()

    def _receive(self, deadline: float) -> bool:
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], max(0.0, min(0.2, deadline - time.monotonic())))
        if not ready:
            return True
        data = os.read(self._process.stdout.fileno(), 65_536)
        self._inbox += data
        *lines, self._inbox = self._inbox.split(b"\n")
        self.reports += [json.loads(line) for line in lines]
        return bool(data)

    def _said(self) -> list[str]:
        return [str(report) for report in self.reports if report["report"] != "events_written"][-12:]

    def _errors(self) -> str:
        assert self._process.stderr is not None
        return self._process.stderr.read().decode(errors="replace")
