"""One made-up afternoon of five queues for the board's screens: drawn once, always the same."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from agent_desktop.core.board import Board
from agent_desktop.data.centre_rows import AgentRow, PresenceRow, QueueEventRow, QueueRow
from agent_desktop.data.words import Presence, QueueEventKind

Kind = QueueEventKind
WARSAW = ZoneInfo("Europe/Warsaw")
OPENS = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 13, 46, 30, tzinfo=UTC)  # 14:46 in Warsaw
QUEUE_NAMES = ("Billing", "Outages", "Moves", "Business", "Español", "Collections", "Retention")
FIRST = ("Dana", "Priya", "Jonas", "Ewa", "Lech", "Sofia", "Hana", "Olumide", "Yusuf", "Greta")
LAST = ("Okafor", "Nair", "Lind", "Wójcik", "Marques", "Haddad", "Nováková", "Łoś")


class BoardDay:
    """``board`` at ``now``; ``say`` adds an event. ``failing`` is the queue that cannot keep up since 13:30."""

    def __init__(self, queues: int = 5, agents: int = 40):
        self.now = NOW
        self.board = Board(WARSAW, lambda: self.now)
        self.queues = [UUID(int=1 + number) for number in range(queues)]
        self.agents = [UUID(int=101 + number) for number in range(agents)]
        self.failing = self.queues[1] if queues > 1 else None
        self._number = 0
        self._visits = 0
        self._chance = random.Random(11)
        self.board.set_queues([self._queue(number) for number in range(queues)])
        self.board.set_agents(
            [
                AgentRow(
                    agent, f"{FIRST[number % 10]} {LAST[number % 8]}", f"a{number}", team=("Gdynia", "Lyon")[number % 2]
                )
                for number, agent in enumerate(self.agents)
            ]
        )

    def _queue(self, number: int) -> QueueRow:
        name = QUEUE_NAMES[number]
        members = tuple(self.agents[number :: len(self.queues)])
        return QueueRow(
            self.queues[number], name.lower(), name, members=members, sl_target=0.85 if number == 3 else 0.8
        )

    def event(
        self, at: datetime, kind: Kind, queue: int, visit: int | None = None, agent: UUID | None = None, **data: str
    ) -> QueueEventRow:
        self._number += 1
        key = None if visit is None else UUID(int=10_000 + visit)
        return QueueEventRow(at, kind, "day", self._number, self.queues[queue], key, f"c{visit}", agent, dict(data))

    def say(
        self, kind: Kind, queue: int, visit: int, agent: UUID | None = None, *, ago_s: float = 0.0
    ) -> QueueEventRow:
        """Something that happens now; ``visit`` numbers from 100,000 on are free."""
        event = self.event(self.now - timedelta(seconds=ago_s), kind, queue, visit, agent)
        self.board.add(event)
        return event

    def fill(self, calls: int = 400) -> "BoardDay":
        """The day from opening to now."""
        events: list[QueueEventRow] = []
        span = (NOW - OPENS).total_seconds()
        for call in range(calls):
            self._call(events, OPENS + timedelta(seconds=span * call / calls))
        lunch = self.agents[0 :: max(1, len(self.agents) // 4)]
        events += [
            self.event(NOW - timedelta(minutes=12 + 9 * n), Kind.PAUSED, 0, None, agent, reason="Lunch")
            for n, agent in enumerate(lunch)
        ]
        signed_in = [PresenceRow(agent, Presence.READY, OPENS - timedelta(minutes=5)) for agent in self.agents]
        self.board.load([event for event in events if event.at <= NOW], signed_in)
        return self

    def _call(self, events: list[QueueEventRow], enters: datetime) -> None:
        chance, self._visits = self._chance, self._visits + 1
        queue, visit = chance.randrange(len(self.queues)), self._visits
        overrun = self.queues[queue] == self.failing and enters > NOW - timedelta(minutes=76)
        wait = chance.expovariate(1 / (180 if overrun else 8))
        events.append(self.event(enters, Kind.ENTERED, queue, visit))
        if chance.expovariate(1 / 240) < wait:
            events.append(self.event(enters + timedelta(seconds=wait / 2), Kind.ABANDONED, queue, visit))
            return
        agent = chance.choice(self.agents[queue :: len(self.queues)])
        answered = enters + timedelta(seconds=wait)
        over = answered + timedelta(seconds=chance.gammavariate(2.2, 110))
        done = over + timedelta(seconds=chance.gammavariate(2.2, 15))
        for at, kind in (
            (answered, Kind.CONNECTED),
            (over, Kind.COMPLETED),
            (over, Kind.WRAP_UP_STARTED),
            (done, Kind.WRAP_UP_ENDED),
        ):
            events.append(self.event(at, kind, queue, visit, agent))
