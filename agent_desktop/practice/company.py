"""The practice switch's only way to the database: who there is, how the agent's presence stands, events written."""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from agent_desktop import clock, log, numbers
from agent_desktop.data import (
    agents,
    catalogue,
    collecting,
    customers,
    feed,
    handoffs,
    ivr_handovers,
    past_calls,
    pop,
    queues,
    recount,
    site,
)
from agent_desktop.data.centre_rows import AgentRow, PbxRequestRow, PresenceRow, QueueEventRow, QueueRow
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble
from agent_desktop.data.rows import CustomerCard
from agent_desktop.data.words import MatchKind, Presence, RequestKind, RequestState
from agent_desktop.practice.call_log import Told
from agent_desktop.practice.callers import Person
from agent_desktop.practice.menus import Said
from agent_desktop.practice.plan import DayPlan
from agent_desktop.practice.rota import Shifts, shifts_around_now
from agent_desktop.tasks import Tasks

PEOPLE = 240  # callers known by name; enough that a day does not repeat itself at once
PEOPLE_A_PAGE = 12
WRITE_WITHIN_S = 60.0
SUM_UP_WITHIN_S = 1.0
MOST_ROWS_AT_ONCE = 2_000
HEARD_WITHIN = timedelta(hours=1)
MENUS = (RequestKind.HAND_OVER, RequestKind.TAKE_BACK)

_log = log.get("practice")


class NotEmbedded(Exception):
    """The database is not an embedded file; the text says so to the user."""


def embedded_file(where: str) -> Path:
    """The file that ``where`` names, a path or sqlite:///path. Raises NotEmbedded for anything that is a server's."""
    prefix = "sqlite:///"
    path = where[len(prefix) :] if where.startswith(prefix) else where
    if "://" in path or path.partition("=")[0].strip() in ("host", "hostaddr", "dbname", "service", "port", "user"):
        raise NotEmbedded(
            "Practice runs only on an embedded database file: made-up calls must never reach the figures of a real "
            "centre. Give the path of a database made with “agent-desktop db seed”."
        )
    return Path(path)


class Company(msgspec.Struct, frozen=True):
    """Who works here, and some of those who may call."""

    queues: tuple[QueueRow, ...]
    agents: tuple[AgentRow, ...]
    human: AgentRow
    people: tuple[Person, ...]
    shared: tuple[str, ...]  # numbers that belong to several customers
    pause_reasons: tuple[str, ...]
    site: UUID = UUID(int=0)
    busy_until: Mapping[UUID, datetime] = msgspec.field(
        default_factory=dict
    )  # when an agent was last heard of in a queue
    region: str = "PL"
    shifts: Shifts | None = None  # around now; None: nobody's are planned

    def with_reasons(self, plan: DayPlan) -> DayPlan:
        """The plan with this company's pause reasons."""
        if not self.pause_reasons:
            return plan
        return replace(plan, habits=replace(plan.habits, pause_reasons=self.pause_reasons))


class Batch(NamedTuple):
    """What is written at once."""

    rows: list[QueueEventRow]
    said: list[Said]
    calls: list[Told]


class Records(QObject):
    """The embedded database.

    Signals
    -------
    written(count, total, last_seq)   queue events that are in the database now
    presence(PresenceRow | None)      the human's, at each look
    asked(PbxRequestRow)              a desktop wants a customer handed to a menu, or back
    trouble(str)                      the database cannot be used just now; what is to be written waits
    """

    written = Signal(int, int, int)
    presence = Signal(object)
    asked = Signal(object)
    trouble = Signal(str)

    def __init__(self, file: Path):
        super().__init__()
        self._database = Database.open(file)
        self._tasks = Tasks(self)
        self._human: UUID | None = None
        self._waiting: list[QueueEventRow] = []
        self._said: list[Said] = []
        self._calls: list[Told] = []
        self._under_way = False
        self._total = 0
        self._in_trouble = False

    def company(self, login: str, seed: int = 1) -> Company:
        """Everybody, with ``login`` as the human. Raises LookupError, in words, when that cannot be."""
        with self._database.read() as session:
            place = site.site(session)
            if not place.practice:
                raise LookupError(
                    "This database belongs to a real site: practice runs only on one made with “agent-desktop db seed”."
                )
            people = agents.agents(session)
            lines = queues.queues(session)
            lately = queues.events_between(session, clock.now() - HEARD_WITHIN, clock.now())
            reasons = tuple(reason.label for reason in catalogue.pause_reasons(session))
            human = next((agent for agent in people if agent.login == login), None)
            if human is None:
                there = ", ".join(agent.login for agent in people[:12]) or "nobody"
                raise LookupError(f"There is no agent {login}; there are {there}.")
            self._human = human.id
            served = tuple(queue for queue in lines if human.id in queue.members)
            if not served:
                raise LookupError(f"{login} serves no queue, so no call can fall to them.")
            total = customers.count(session)
            pages = max(1, min(PEOPLE, total) // PEOPLE_A_PAGE)
            draw = random.Random(seed)
            offsets = sorted(draw.randrange(max(1, total - PEOPLE_A_PAGE)) for _ in range(pages))
            keys = {line.id for at in offsets for line in customers.listed(session, offset=at, limit=PEOPLE_A_PAGE)}
            cards = [card for key in sorted(keys) if (card := customers.card(session, key)) is not None]
            region = place.region
            known = tuple(person for card in cards for person in _people(card))
            shared = tuple(
                person.number
                for person in known
                if len(pop.look_up(session, numbers.parse(person.number, region), history_limit=1).matches) > 1
            )
            shifts = shifts_around_now(session, place.time_zone)
        heard = {event.agent_id: event.at for event in lately if event.agent_id}
        return Company(lines, people, human, known, shared, reasons, place.id, heard, region, shifts)

    def find(self, number: str) -> Person | None:
        """The customer with exactly this E.164 number; of several the first."""
        with self._database.read() as session:
            parsed = numbers.parse(number, site.site(session).region)
            matches = pop.look_up(session, parsed, history_limit=1).matches if parsed else ()
            exact = [match for match in matches if match.kind is MatchKind.EXACT]
            card = customers.card(session, exact[0].line.id) if exact else None
        return Person(card.name, number, card.account_number, card.language) if card else None

    def add(self, rows: list[QueueEventRow]) -> None:
        """Events to be written with the next step."""
        self._waiting += rows

    def say(self, said: Said) -> None:
        """What menus tell, to be written with the next step."""
        self._said.append(said)

    def tell(self, calls: list[Told]) -> None:
        """What becomes of colleagues' calls, to be written with the next step."""
        self._calls += calls

    def step(self) -> None:
        """Write what waits and look at the human's presence, on the database thread; one at a time."""
        if self._under_way:
            return
        self._under_way = True
        most = slice(MOST_ROWS_AT_ONCE)
        batch = Batch(self._waiting[most], self._said[most], self._calls[most])
        self._tasks.call(
            lambda: self._write_and_look(batch),
            lambda found: self._done(batch, *found),
            self._failed,
            deadline_s=WRITE_WITHIN_S,
        )

    def close(self) -> None:
        """Write what still waits, and close."""
        self._tasks.stop()
        try:
            self._write(Batch(self._waiting, self._said, self._calls))
        except DatabaseTrouble as trouble:
            self._failed(trouble)
        else:
            self._count(self._waiting)
            self._sum_up()
        self._waiting, self._said, self._calls = [], [], []
        self._database.close()

    def _sum_up(self) -> None:
        """There is no collector here to do it; what takes too long is read from the visits until the next time."""
        enough = clock.monotonic() + SUM_UP_WITHIN_S
        try:
            recount.catch_up(self._database, lambda: clock.monotonic() > enough)
        except DatabaseTrouble as trouble:
            _log.info("figures are summed up later: %s", trouble)

    def _write(self, batch: Batch) -> None:
        if any(batch):
            with self._database.write() as session:
                queues.record_events(session, batch.rows)
                for told in batch.calls:
                    if told.over:
                        past_calls.put(session, [told.call])
                    else:
                        past_calls.begin(session, told.call)
                for each in batch.said:
                    ivr_handovers.tell(session, each.progress)
                    handoffs.record(session, each.words)
                    if each.answered is not None:
                        state = RequestState.REFUSED if each.answered[1] else RequestState.DONE
                        collecting.finish_request(session, each.answered[0], state, each.answered[1])

    def _write_and_look(self, batch: Batch) -> tuple[PresenceRow | None, tuple[PbxRequestRow, ...]]:
        self._write(batch)
        wanted: tuple[PbxRequestRow, ...] = ()
        with self._database.read() as session:
            waiting = collecting.are_asked(session, MENUS)
        if waiting:
            with self._database.write() as session:
                wanted = collecting.take_requests(session, kinds=MENUS)
        return self._look(), wanted

    def _look(self) -> PresenceRow | None:
        """What the human's own desktop says; what follows from our own events is no word of theirs."""
        if self._human is None:
            return None
        with self._database.read() as session:
            own = feed.latest_presence(session, [self._human], source=feed.DESKTOP).get(self._human)
            now = next((row for row in agents.presence_now(session) if row.agent_id == self._human), None)
        if own is None:
            return None
        presence, since = Presence(own[0]), own[1]
        reason = now.reason if now is not None and now.since == since else ""
        return PresenceRow(self._human, presence, since, reason)

    def _done(self, batch: Batch, row: PresenceRow | None, wanted: tuple[PbxRequestRow, ...]) -> None:
        self._under_way = False
        self._in_trouble = False
        del self._waiting[: len(batch.rows)]
        del self._said[: len(batch.said)]
        del self._calls[: len(batch.calls)]
        self._count(batch.rows)
        self.presence.emit(row)
        for each in wanted:
            self.asked.emit(each)

    def _count(self, batch: list[QueueEventRow]) -> None:
        if batch:
            self._total += len(batch)
            self.written.emit(len(batch), self._total, batch[-1].source_seq)

    def _failed(self, error: Exception) -> None:
        """What could not be written stays first in line; the same event twice counts once."""
        self._under_way = False
        if not self._in_trouble:
            self._in_trouble = True
            _log.info("the database cannot be used: %s", error)
            self.trouble.emit(error.text if isinstance(error, DatabaseTrouble) else str(error))


def _people(card: CustomerCard) -> list[Person]:
    return [Person(card.name, phone.e164, card.account_number, card.language) for phone in card.phones if phone.e164]
