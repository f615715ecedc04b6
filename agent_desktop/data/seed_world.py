"""The demo company before its first call: teams, agents, queues, dispositions, and its customers."""

import json
import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, update
from sqlalchemy.orm import DeclarativeBase, Session

from agent_desktop import clock, numbers, paths
from agent_desktop.data import models
from agent_desktop.data.apply_customers import search_words
from agent_desktop.data.bulk import Sink
from agent_desktop.data.folding import fold
from agent_desktop.data.seed_pattern import CompanyClock, Pattern, Shift, company, pattern

US = 1_000_000
DAY_US = 86_400 * US
Progress = Callable[[str, int, int], None]  # what, done, of how many

_COLUMNS: dict[type[DeclarativeBase], tuple[str, ...]] = {
    models.Organisation: ("id", "version", "name", "name_key"),
    models.Customer: (
        *("id", "version", "name", "name_key", "account_number", "organisation_id", "language", "time_zone"),
        *("address", "alert", "since", "tags", "changed_in", "created_at", "updated_at"),
    ),
    models.CustomerWord: ("word", "customer_id"),
    models.Phone: ("id", "customer_id", "typed", "e164", "key", "label", "is_primary"),
    models.Email: ("id", "customer_id", "address", "address_key", "is_primary"),
    models.Product: ("id", "customer_id", "name", "since", "status", "details"),
    models.Interaction: (
        *("id", "version", "channel", "direction", "started_at", "answered_at", "ended_at", "outcome", "customer_id"),
        *("agent_id", "number", "e164", "display_name", "queue", "wait_s", "linked_id", "subject", "summary"),
        *("disposition_id", "reason"),
    ),
    models.Leg: (
        *("id", "interaction_id", "agent_id", "direction", "started_at", "answered_at", "ended_at", "outcome"),
        *("remote", "sip_call_id", "sip_code", "sip_reason", "ended_by", "hold_s", "cut"),
    ),
    models.Note: ("id", "interaction_id", "agent_id", "at", "text", "version"),
    models.WrapUp: ("interaction_id", "agent_id", "at", "disposition_id", "reason", "wrap_up_s"),
    models.Ticket: (
        *("id", "version", "number", "subject", "status", "priority", "customer_id", "assignee_id", "queue"),
        *("opened_at", "updated_at", "due_at"),
    ),
    models.TicketEvent: ("id", "ticket_id", "at", "agent_id", "kind", "text"),
    models.TicketInteraction: ("ticket_id", "interaction_id"),
    models.WorkEntry: (
        *("id", "version", "kind", "status", "number", "due_at", "created_at", "customer_id", "note", "queue"),
        *("promised_by", "assigned_to", "interaction_id", "attempts"),
    ),
    models.Team: ("id", "name"),
    models.Agent: ("id", "version", "name", "login", "extension", "team_id", "active"),
    models.Queue: (
        *("id", "version", "name", "label", "position", "sl_threshold_s", "sl_target", "short_abandon_s"),
        *("wrap_up_s", "requires_disposition"),
    ),
    models.QueueMember: ("queue_id", "agent_id", "signed_in"),
    models.Disposition: ("id", "label", "queue_id", "position", "reasons", "asks_callback", "active"),
    models.PauseReason: ("id", "label", "position", "active"),
    models.QueueVisit: (
        *("id", "queue_id", "linked_id", "agent_id", "entered_at", "connected_at", "left_at", "ended_at", "offers"),
        *("result", "exit_reason", "ended_by", "wait_us", "talk_us", "hold_us", "wrap_us"),
    ),
    models.QueueEvent: (
        *("source", "source_seq", "at", "kind", "queue_id", "visit_id", "linked_id", "agent_id", "data"),
    ),
    models.PresenceSpan: ("agent_id", "since", "presence", "reason", "on_hold", "source"),
    models.PlannedShift: ("agent_id", "day", "version", "parts"),
    models.PlannedAgents: ("queue_id", "day", "quarter", "agents"),
    models.StaffingAim: ("queue_id", "version", "shrinkage", "most_occupied", "patient"),
}


@dataclass
class QueueSeed:
    """A queue with what its calls are about."""

    id: bytes
    name: str
    share: int
    talk_s: int
    notes: list[str]
    subjects: list[str]
    tickets: list[str]
    agents: list[bytes] = field(default_factory=list)
    results: list[tuple[bytes, str]] = field(default_factory=list)  # disposition and reason


@dataclass
class World:
    """Everything the seeding of histories draws from. Times are microseconds, ids 16 bytes."""

    rng: random.Random
    today_us: int  # the site's midnight
    now_us: int
    company: dict[str, Any]
    pattern: Pattern
    company_clock: CompanyClock
    sinks: dict[type[DeclarativeBase], Sink]
    queues: list[QueueSeed] = field(default_factory=list)
    agents: dict[str, bytes] = field(default_factory=dict)  # by login
    dispositions: dict[str, bytes] = field(default_factory=dict)  # by label
    customers: list[tuple[bytes, str]] = field(default_factory=list)  # id, E.164
    ticket_numbers: set[str] = field(default_factory=set)
    visits: bool = True  # whether past calls have their queue visits
    past_from: int | None = None  # since then the past is as large as the day, and callers come by their queues
    callers: list[tuple[bytes | None, str]] = field(default_factory=list)  # of the day that is made
    shifts: dict[tuple[bytes, date], Shift] = field(default_factory=dict)  # agent and the company's day
    open_s: int = 23_400  # how long the centre has been open today
    aside: random.Random = field(default_factory=lambda: random.Random(1))  # draws for those alone
    told: int = 0  # events of them

    def new_id(self, at_us: int, rng: random.Random | None = None) -> bytes:
        """A UUIDv7 of that time with drawn random bits."""
        drawn = (rng or self.rng).getrandbits(74)
        low = drawn & 0x3FFFFFFFFFFFFFFF
        return ((at_us // 1000) << 80 | 7 << 76 | (drawn >> 62) << 64 | 2 << 62 | low).to_bytes(16, "big")

    def add(self, model: type[DeclarativeBase], *row: Any) -> None:
        """One row, its values in the order of the columns above."""
        self.sinks[model].rows.append(row)

    def flush(self, *, all_rows: bool = False) -> None:
        """Write what has gathered, parents before children."""
        if all_rows or any(sink.is_full for sink in self.sinks.values()):
            for sink in self.sinks.values():
                sink.flush()


def new_world(connection: Connection, seed: int, midnight: datetime, now: datetime, zone: str = "") -> World:
    """An empty world: the same seed, beginning of the day, moment and zone give the same rows."""
    told = company()
    sinks = {model: Sink(connection, model, columns) for model, columns in _COLUMNS.items()}
    times = clock.to_us(midnight), clock.to_us(now)
    return World(random.Random(seed), *times, told, pattern(told), CompanyClock(now, zone), sinks)


def make_people(session: Session, world: World) -> None:
    """Teams, agents, queues with members, dispositions and pause reasons."""
    company, begun = world.company, world.today_us - 900 * DAY_US
    session.execute(update(models.Site).values(name=company["name"], region=company["region"], practice=True))
    teams = []
    for name in company["teams"]:
        teams.append(world.new_id(begun))
        world.add(models.Team, teams[-1], name)
    for position, label in enumerate(company["pause_reasons"]):
        world.add(models.PauseReason, world.new_id(begun), label, position, True)
    for position, queue in enumerate(company["queues"]):
        made = QueueSeed(
            world.new_id(begun), queue["name"], queue["share"], queue["talk_s"], queue["notes"], queue["subjects"],
            queue["tickets"],
        )  # fmt: skip
        world.queues.append(made)
        target = queue.get("sl_target", 0.80)
        world.add(models.Queue, made.id, 1, made.name, queue["label"], position, 20, target, 5, 45, True)
        _dispositions(world, made, queue["dispositions"])
    for position, (label, reasons, asks) in enumerate(company["dispositions"]["everywhere"]):
        key = world.dispositions[label] = world.new_id(begun)
        world.add(models.Disposition, key, label, None, 50 + position, json.dumps(reasons), asks, True)
    by_name = {queue.name: queue for queue in world.queues}
    for number, (name, login, team, serves, _shift) in enumerate(company["agents"], start=101):
        key = world.agents[login] = world.new_id(begun)
        world.add(models.Agent, key, 1, name, login, str(number), teams[team], True)
        for queue_name in serves:
            by_name[queue_name].agents.append(key)
            world.add(models.QueueMember, by_name[queue_name].id, key, False)


def _dispositions(world: World, queue: QueueSeed, listed: list[list[Any]]) -> None:
    for position, (label, reasons) in enumerate(listed):
        key = world.dispositions[label] = world.new_id(world.today_us - 900 * DAY_US)
        world.add(
            models.Disposition, key, label, queue.id, position, json.dumps(reasons, ensure_ascii=False), False, True
        )
        queue.results.extend((key, reason) for reason in reasons or [""])


def make_customers(world: World, count: int, progress: Progress) -> None:
    """``count`` customers besides the well-known one, with numbers, addresses and products."""
    with paths.resource("demo", "names.toml").open("rb") as file:
        people = tomllib.load(file)["people"]
    weights = [group["weight"] for group in people]
    organisations = _organisations(world, count)
    taken = {numbers.parse(world.company["marta"]["number"], "PL").e164}
    for index in range(count):
        group = world.rng.choices(people, weights)[0]
        _customer(world, index, group, organisations, taken)
        if index % 2_000 == 1_999:
            world.flush()
            progress("customers", index + 1, count)
    progress("customers", count, count)


def _organisations(world: World, count: int) -> list[tuple[bytes, str]]:
    first, second = world.company["organisation_words"], world.company["organisation_kinds"]
    names = [f"{a} {b}" for a in first for b in second]
    world.rng.shuffle(names)
    made = []
    for name in names[: max(8, min(len(names), count // 40))]:
        made.append((world.new_id(world.today_us - 1000 * DAY_US), name))
        world.add(models.Organisation, made[-1][0], 1, name, fold(name))
    return made


_SHARES = 45  # every so many-th customer is reached at the number of the one before too


def _customer(
    world: World, index: int, group: dict[str, Any], organisations: list[tuple[bytes, str]], taken: set[str | None]
) -> None:
    rng, company = world.rng, world.company
    given, family = rng.choice(group["given"]), rng.choice(group["family"])
    name = f"{family} {given}" if group.get("family_first") else f"{given} {family}"
    since = world.today_us - rng.randrange(30, 12 * 365) * DAY_US
    key = world.new_id(since)
    organisation, organisation_name = rng.choice(organisations) if rng.random() < 0.12 else (None, "")
    account = str(20_000_000 + index * 7_919 % 70_000_000)
    alert = rng.choice(company["alerts"]) if rng.random() < 0.04 else ""
    tags = json.dumps(sorted(rng.sample(company["tags"], rng.choice((0, 0, 1, 1, 2)))))
    address = f"{rng.choice(group['streets'])} {rng.randrange(1, 140)}, {rng.choice(group['cities'])}"
    world.add(
        models.Customer,
        *(key, 1, name, fold(name), account, organisation, group["language"], group["time_zone"], address, alert),
        *(since, tags, "{}", since, since),
    )
    e164s = [_number(rng, group["mobile"], taken)]
    if rng.random() < 0.3:
        e164s.append(_number(rng, group["landline"], taken))
    for position, e164 in enumerate(e164s):
        label = "mobile" if position == 0 else rng.choice(("home", "work"))
        world.add(models.Phone, world.new_id(since), key, e164, e164, e164[:0:-1], label, position == 0)
    if index % _SHARES == _SHARES - 1:  # two people behind one number: who calls must be chosen
        shared = world.customers[-1][1]
        e164s.append(shared)
        world.add(models.Phone, world.new_id(since), key, shared, shared, shared[:0:-1], "home", False)
    addresses = _email(world, key, since, f"{given} {family}", index)
    for _ in range(rng.choice((1, 1, 1, 2))):
        product, details = rng.choice(company["products"])
        bought = since + rng.randrange(max(DAY_US, world.today_us - since))
        world.add(models.Product, world.new_id(bought), key, product, bought, "active", details)
    keys = [e164[:0:-1] for e164 in e164s]
    for word in sorted(search_words(name, organisation_name, account, keys, addresses)):
        world.add(models.CustomerWord, word, key)
    world.customers.append((key, e164s[0]))


def _number(rng: random.Random, patterns: list[str], taken: set[str | None]) -> str:
    """A free number of the country; after some tries, as in a small fictitious range, one that somebody shares."""
    number = ""
    for _ in range(4):
        number = "".join(str(rng.randrange(10)) if c == "#" else c for c in rng.choice(patterns))
        if number not in taken:
            break
    taken.add(number)
    return number


def _email(world: World, key: bytes, since: int, name: str, index: int) -> list[str]:
    if world.rng.random() < 0.2:
        return []
    plain = ".".join(fold(name).replace("'", "").split())
    local = plain if plain.isascii() and plain else "customer"
    address = f"{local}{index % 97 or ''}@example.{world.rng.choice(('com', 'org', 'net'))}"
    world.add(models.Email, world.new_id(since), key, address, fold(address), True)
    return [fold(address)]
