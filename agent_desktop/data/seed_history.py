"""Ninety days of the demo company's contacts on all channels, with tickets; the well-known customer's own history."""

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from agent_desktop import numbers
from agent_desktop.data import models
from agent_desktop.data.apply_customers import search_words
from agent_desktop.data.apply_tickets import DUE
from agent_desktop.data.folding import fold
from agent_desktop.data.seed_visits import PastCall, add_visit
from agent_desktop.data.seed_world import DAY_US, US, Progress, QueueSeed, World
from agent_desktop.data.tickets import MAX_DIGITS, MIN_DIGITS, PREFIX
from agent_desktop.data.words import Priority

DAYS = 90
_CHANNELS = ["call"] * 60 + ["email"] * 22 + ["chat"] * 10 + ["note"] * 5 + ["sms"] * 3
_INBOUND = ["answered"] * 84 + ["missed"] * 9 + ["transferred"] * 5 + ["rejected"] * 2
_OUTBOUND = ["answered"] * 70 + ["no_answer"] * 20 + ["busy"] * 7 + ["failed"] * 3
_SIP = {
    "no_answer": (480, "Temporarily Unavailable"),
    "busy": (486, "Busy Here"),
    "failed": (503, "Service Unavailable"),
}
_WEEKDAY = (1.15, 1.1, 1.0, 1.0, 0.95, 0.35, 0.2)
_TICKET_SHARE = 0.03
_PRIORITIES = ["low", "normal", "normal", "normal", "high", "urgent"]


def make_history(world: World, count: int, progress: Progress, day_made: Callable[[int], None] | None = None) -> None:
    """``count`` contacts, day by day and in the order of time, as they would have come in; ``day_made`` with how many
    days ago the one was that has been told."""
    first = (world.today_us // DAY_US + 3 - DAYS) % 7  # 1970-01-01 was a Thursday; 0 is a Monday
    weights = [_WEEKDAY[(first + day) % 7] for day in range(DAYS)]
    total, written = sum(weights), 0
    shares = [round(count * sum(weights[:day]) / total) for day in range(DAYS + 1)]
    for day, (before, after) in enumerate(pairwise(shares)):
        midnight = world.today_us - (DAYS - day) * DAY_US
        for second in sorted(_moments(world, after - before)):
            _contact(world, midnight + second)
        if day_made is not None:
            day_made(DAYS - day)
        written = after
        world.flush()
        progress("interactions", written, count)


def _moments(world: World, count: int) -> list[int]:
    """Microseconds after midnight: two humps, at ten and at three, between six and ten in the evening."""
    rng = world.rng
    drawn = []
    for _ in range(count):
        hour = rng.gauss(10.2, 1.6) if rng.random() < 0.55 else rng.gauss(15.3, 2.0)
        drawn.append(int(min(max(hour, 6.0), 21.9) * 3600 * US) + rng.randrange(US))
    return drawn


def _contact(world: World, at: int) -> None:
    rng = world.rng
    customer, number = world.customers[int(len(world.customers) * rng.random() ** 1.4)]  # some contact us more
    queue = pick_queue(world)
    channel = rng.choice(_CHANNELS)
    if channel == "call":
        inbound = rng.random() < 0.85
        if inbound and world.past_from is not None and at >= world.past_from:
            world.callers.append((customer, number))
        else:
            _call(world, at, queue, (customer, number), inbound=inbound)
        return
    key = world.new_id(at)
    inbound = channel != "note" and rng.random() < 0.65
    agent = None if inbound and channel == "email" else rng.choice(queue.agents)
    direction = "internal" if channel == "note" else "inbound" if inbound else "outbound"
    text = rng.choice(queue.notes)
    subject = rng.choice(queue.subjects) if channel == "email" else ""
    ended = at + rng.randrange(120, 900) * US if channel == "chat" else None
    add_interaction(
        world, (key, channel, direction, at, at if ended else None, ended, None, customer, agent),
        number=number if channel == "sms" else "", queue="" if channel == "note" else queue.name, subject=subject,
        summary=text,
    )  # fmt: skip
    if channel == "note":
        world.add(models.Note, world.new_id(at), key, agent, at, text, 1)
    elif channel == "email" and inbound and rng.random() < _TICKET_SHARE:
        make_ticket(world, at, queue, customer, key)


def _call(world: World, at: int, queue: QueueSeed, caller: tuple[bytes, str], *, inbound: bool) -> None:
    rng = world.rng
    outcome = rng.choice(_INBOUND if inbound else _OUTBOUND)
    wait = int(rng.expovariate(1 / 25) * US) if inbound else rng.randrange(3, 25) * US
    talk = int(rng.lognormvariate(0, 0.6) * queue.talk_s * US)
    agent = rng.choice(queue.agents)
    visited = inbound and world.visits and world.past_from is None
    add_call(world, at, queue, (*caller, agent), outcome, inbound=inbound, wait=wait, talk=talk, visited=visited)


def add_call(
    world: World, at: int, queue: QueueSeed, who: tuple[bytes | None, str, bytes | None], outcome: str, **how: Any
) -> bytes:
    """One call with its leg, note, wrap-up and sometimes a ticket; ``how``: inbound, wait and talk (µs), wrap-up (s),
    linked id, visited: through its queue."""
    rng = world.rng
    customer, number, agent = who
    key = world.new_id(at)
    taken = outcome in ("answered", "transferred")
    answered = at + how["wait"] if taken else None
    ended = at + how["wait"] + (how["talk"] if taken else 0)
    direction = "inbound" if how["inbound"] else "outbound"
    disposition, reason, text = None, "", ""
    if taken:
        disposition, reason = rng.choice(queue.results)
        text = rng.choice(queue.notes)
    linked = how.get("linked") or f"{at // US}.{rng.randrange(100_000)}"
    if outcome == "missed" and rng.random() < 0.6:
        agent = None  # gave up before it rang anywhere
    add_interaction(
        world, (key, "call", direction, at, answered, ended, outcome, customer, agent),
        number=number, queue=queue.name, wait=how["wait"] / US if how["inbound"] else None, linked=linked, summary=text,
        result=(disposition, reason),
    )  # fmt: skip
    if agent is not None:
        code, phrase = (200, "OK") if taken else _SIP.get(outcome, (487, "Request Terminated"))
        begun = max(at, at + how["wait"] - 8 * US) if how["inbound"] else at
        world.add(
            models.Leg,
            *(world.new_id(at), key, agent, direction, begun, answered, ended, outcome, number, linked, code, phrase),
            *(rng.choice(("remote", "remote", "local")), how.get("hold_s", 0.0), False),
        )
    wrap_up = how["wrap_up"] if "wrap_up" in how else rng.randrange(8, 70) if taken else 0
    if how.get("visited"):
        through = (queue.id, linked, at, how["wait"])
        talked = (agent, how["talk"], wrap_up * US, outcome == "transferred") if taken else ()
        add_visit(world, PastCall(*through, *talked))
    if taken:
        world.add(models.WrapUp, key, agent, ended + wrap_up * US, disposition, reason, float(wrap_up))
        if rng.random() < 0.7:
            world.add(models.Note, world.new_id(ended), key, agent, ended, text, 1)
        if customer is not None and rng.random() < _TICKET_SHARE:
            make_ticket(world, ended, queue, customer, key)
    return key


def add_interaction(world: World, core: tuple[Any, ...], **more: Any) -> None:
    """``core``: id, channel, direction, start, answer, end, outcome, customer, agent."""
    key, channel, direction, started, answered, ended, outcome, customer, agent = core
    number = more.get("number", "")
    disposition, reason = more.get("result", (None, ""))
    world.add(
        models.Interaction,
        *(key, 1, channel, direction, started, answered, ended, outcome, customer, agent, number, number or None),
        *("", more.get("queue", ""), more.get("wait"), more.get("linked", ""), more.get("subject", "")),
        *(more.get("summary", ""), disposition, reason),
    )


def make_ticket(world: World, at: int, queue: QueueSeed, customer: bytes, interaction: bytes | None) -> None:
    """A ticket opened then; most old ones are solved."""
    rng = world.rng
    age_days = (world.now_us - at) // DAY_US
    if rng.random() < (0.08 if age_days > 14 else 0.6):
        status = rng.choice(("new", "open", "open", "waiting"))
    else:
        status = "solved" if age_days < 30 else "closed"
    subject, assignee = rng.choice(queue.tickets), rng.choice(queue.agents)
    key = add_ticket(world, at, (subject, status, rng.choice(_PRIORITIES)), (customer, assignee), queue.name)
    if interaction is not None:
        world.add(models.TicketInteraction, key, interaction)


def add_ticket(
    world: World, at: int, what: tuple[str, str, str], who: tuple[bytes, bytes], queue: str, comment: str = ""
) -> bytes:
    """A ticket and its events; ``what`` is subject, status, priority, ``who`` customer and assignee."""
    rng = world.rng
    subject, status, priority = what
    customer, assignee = who
    key = world.new_id(at)
    later = min(at + rng.randrange(1, 96) * 3600 * US, world.now_us)
    updated = at if status == "new" else later
    due = at + int(DUE[Priority(priority)].total_seconds()) * US
    world.add(
        models.Ticket,
        *(
            key,
            1 if status == "new" else 2,
            _ticket_number(world),
            subject,
            status,
            priority,
            customer,
            assignee,
            queue,
        ),
        *(at, updated, due),
    )
    world.add(models.TicketEvent, world.new_id(at), key, at, assignee, "opened", subject)
    if comment:
        world.add(models.TicketEvent, world.new_id(updated), key, updated, assignee, "comment", comment)
    if status != "new":
        world.add(models.TicketEvent, world.new_id(updated), key, updated, assignee, "status", status)
    return key


def _ticket_number(world: World) -> str:
    drawn = str(world.rng.randrange(10**MAX_DIGITS)).zfill(MAX_DIGITS)
    for digits in range(MIN_DIGITS, MAX_DIGITS + 1):
        if (number := PREFIX + drawn[:digits]) not in world.ticket_numbers:
            world.ticket_numbers.add(number)
            return number
    raise RuntimeError("no ticket number is free")


def pick_queue(world: World) -> QueueSeed:
    """A queue, by its share of the calls."""
    draw = world.rng.random() * 100
    for queue in world.queues:
        draw -= queue.share
        if draw < 0:
            return queue
    return world.queues[0]


# ----------------------------------------------------- the well-known customer


def make_marta(world: World) -> None:
    """Marta Kowalczyk, whom the documentation, the tour and the screenshots know."""
    told, rng = world.company["marta"], world.rng
    since = world.today_us - (6 * 365 + 40) * DAY_US
    key = world.new_id(since)
    number = numbers.parse(told["number"], "PL")
    e164 = number.e164 or ""
    tags = json.dumps(told["tags"])
    world.add(
        models.Customer,
        *(key, 1, told["name"], fold(told["name"]), told["account_number"], None, "pl", "Europe/Warsaw"),
        *(told["address"], told["alert"], since, tags, "{}", since, since),
    )
    world.add(models.Phone, world.new_id(since), key, told["number"], e164, number.key, "mobile", True)
    world.add(models.Email, world.new_id(since), key, told["email"], told["email"], True)
    bought = world.today_us - 990 * DAY_US
    product, details = world.company["products"][0]
    world.add(models.Product, world.new_id(bought), key, product, bought, "active", details)
    for word in sorted(search_words(told["name"], "", told["account_number"], [number.key], [told["email"]])):
        world.add(models.CustomerWord, word, key)
    for position, row in enumerate(told["history"]):
        _marta_contact(world, key, e164, row, position)
    billing = world.queues[0]
    for _ in range(14):
        at = world.today_us - rng.randrange(20, DAYS) * DAY_US + rng.randrange(7, 19) * 3600 * US + rng.randrange(US)
        _call(world, at, rng.choice(world.queues[:3]), (key, e164), inbound=rng.random() < 0.85)
    for _ in range(6):
        at = world.today_us - rng.randrange(20, DAYS) * DAY_US + rng.randrange(7, 19) * 3600 * US
        add_interaction(
            world, (world.new_id(at), "email", "inbound", at, None, None, None, key, None),
            queue=billing.name, subject=rng.choice(billing.subjects), summary=rng.choice(billing.notes),
        )  # fmt: skip
    for position, (days, clock_time, subject, status, priority, login, comment) in enumerate(told["tickets"]):
        at = _moment(world, days, clock_time, position)
        add_ticket(world, at, (subject, status, priority), (key, world.agents[login]), billing.name, comment)


def _marta_contact(world: World, key: bytes, e164: str, row: list[Any], position: int) -> None:
    days, clock_time, channel, direction, queue, login, minutes, outcome, disposition, text = row
    at = _moment(world, days, clock_time, position)
    length = int(minutes * 60 * US)
    agent = world.agents.get(login)
    taken = outcome == "answered"
    interaction = world.new_id(at)
    answered = at + 40 * US if taken else at if channel == "chat" else None
    ended = (at + length + (40 * US if taken else 0)) if length else None
    result = (world.dispositions.get(disposition), "")
    subject = text.split(";")[0].split(".")[0] if channel == "email" else ""
    add_interaction(
        world, (interaction, channel, direction, at, answered, ended, outcome or None, key, agent),
        number=e164 if channel == "call" else "", queue=queue, wait=40.0 if taken else None, summary=text,
        subject=subject, result=result,
    )  # fmt: skip
    if agent is not None and channel == "call":
        code, phrase = (200, "OK") if taken else _SIP.get(outcome, (487, "Request Terminated"))
        world.add(
            models.Leg,
            *(world.new_id(at), interaction, agent, direction, at, answered, ended, outcome, e164, "", code, phrase),
            *("remote", 0.0, False),
        )
    if agent is not None and text and channel in ("call", "note"):
        world.add(models.Note, world.new_id(at), interaction, agent, ended or at, text, 1)


def _moment(world: World, days: int, clock_time: str, position: int) -> int:
    """That time of day, that many days ago; never later than a little before now."""
    hours, minutes = clock_time.split(":")
    at = world.today_us - days * DAY_US + (int(hours) * 60 + int(minutes)) * 60 * US
    return min(at, world.now_us - (40 + 5 * position) * 60 * US)
