"""The demo company's day so far: a small simulation of its queues, written as events, visits and calls."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data import models
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.feed import record_events
from agent_desktop.data.ids import missed_call_id
from agent_desktop.data.seed_history import add_call, add_interaction, pick_queue
from agent_desktop.data.seed_world import US, QueueSeed, World
from agent_desktop.data.words import QueueEventKind as Kind

SOURCE = "seed"
_CALLS_PER_AGENT_HOUR = 8.2
_PATIENCE_S = 140.0

_Missed = tuple[bytes, int, bytes | None, str, str]  # interaction, when, customer, number, queue


@dataclass
class _Desk:
    """One agent's day: when free next, and the pauses still to come."""

    agent: bytes
    free: int
    pauses: list[tuple[int, int, str]] = field(default_factory=list)  # from, µs long, reason


@dataclass
class _Day:
    world: World
    open_at: int
    desks: dict[bytes, _Desk] = field(default_factory=dict)
    events: list[tuple[int, Kind, bytes | None, bytes | None, bytes | None, str, dict[str, Any]]] = field(
        default_factory=list
    )

    def say(
        self,
        at: int,
        kind: Kind,
        where: tuple[bytes | None, bytes | None, str] = (None, None, ""),
        agent: bytes | None = None,
        data: dict[str, Any] | None = None,
    ) -> None:
        """One event; ``where`` is queue, visit and linked id."""
        queue, visit, linked = where
        self.events.append((at, kind, queue, visit, agent, linked, data or {}))


def make_day(session: Session, world: World) -> None:
    """Everything since opening. All calls have ended by now: what goes on from here is the practice switch's."""
    day = _Day(world, world.now_us - world.open_s * US)
    _sign_in(day)
    missed: list[_Missed] = []
    for at in _arrivals(day):
        if (call := _visit(day, at, pick_queue(world))) is not None:
            missed.append(call)
    _mails(world, day.open_at)
    _sign_out(day)
    world.flush(all_rows=True)
    rows = [
        QueueEventRow(clock.from_us(at), kind, SOURCE, number, _uuid(queue), _uuid(visit), linked, _uuid(agent), data)
        for number, (at, kind, queue, visit, agent, linked, data) in enumerate(
            sorted(day.events, key=lambda event: event[0]), start=1
        )
    ]
    for start in range(0, len(rows), 2_000):
        record_events(session, rows[start : start + 2_000])
    _work(world, missed)


def _uuid(key: bytes | None) -> UUID | None:
    return UUID(bytes=key) if key is not None else None


def _sign_in(day: _Day) -> None:
    rng = day.world.rng
    reasons = day.world.company["pause_reasons"]
    for agent in day.world.agents.values():
        begins = day.open_at + rng.randrange(0, 240) * US
        desk = _Desk(agent, begins)
        for share, minutes, reason in (
            (0.3, (8, 14), reasons[0]),
            (0.55, (26, 34), reasons[1]),
            (0.85, (6, 18), reasons[2]),
        ):
            if rng.random() < 0.8:
                at = day.open_at + int(day.world.open_s * US * (share + rng.uniform(-0.08, 0.08)))
                desk.pauses.append((at, int(rng.uniform(*minutes) * 60 * US), reason))
        day.desks[agent] = desk
        for queue in day.world.queues:
            if agent in queue.agents:
                day.say(begins, Kind.MEMBER_ADDED, (queue.id, None, ""), agent)


def _sign_out(day: _Day) -> None:
    """The first agent is whoever tries the program: signed out until then."""
    dana = next(iter(day.world.agents.values()))
    # After all she did: calls and wrap-ups end five seconds before now at the latest.
    at = min(max(day.desks[dana].free, day.open_at), day.world.now_us - US)
    for queue in day.world.queues:
        if dana in queue.agents:
            day.say(at, Kind.MEMBER_REMOVED, (queue.id, None, ""), dana)


def _arrivals(day: _Day) -> list[int]:
    """Poisson arrivals, busier in the middle and towards the end."""
    rng = day.world.rng
    moments: list[int] = []
    open_s = day.world.open_s
    rate = len(day.world.agents) * _CALLS_PER_AGENT_HOUR / 3600
    at = 0.0
    while True:
        at += rng.expovariate(rate * 1.35)
        if at > open_s:
            return moments
        share = at / open_s
        level = (
            0.55 + 0.45 * min(1.0, share / 0.3) - (0.2 if 0.45 < share < 0.65 else 0.0) + (0.3 if share > 0.88 else 0.0)
        )
        if rng.random() < level / 1.35:
            moments.append(day.open_at + int(at * US))


def _visit(day: _Day, at: int, queue: QueueSeed) -> _Missed | None:
    """One caller's stay, if it has ended by now; what is known of the call when nobody took it."""
    world, rng = day.world, day.world.rng
    linked = f"{at // US}.{rng.randrange(100_000)}"
    where = (queue.id, world.new_id(at), linked)
    customer, number = (
        rng.choice(world.customers) if rng.random() < 0.88 else (None, f"+4858{rng.randrange(10**6, 10**7)}")
    )
    patience = int(rng.expovariate(1 / _PATIENCE_S) * US) + 4 * US
    desk = min((day.desks[agent] for agent in queue.agents), key=lambda d: (max(_ready(day, d, at), at), d.free))
    start = max(_ready(day, desk, at), at)
    ring = rng.randrange(2_500, 7_500) * 1000
    who = (customer, number, desk.agent)
    if start - at > patience or rng.random() < 0.01:
        left = min(at + patience, max(start, at + 5 * US))
        if left >= world.now_us:
            return None
        gone = Kind.EXITED if rng.random() < 0.12 else Kind.ABANDONED
        data = {"reason": "key"} if gone is Kind.EXITED else {}
        day.say(at, Kind.ENTERED, where)
        day.say(left, gone, where, None, data)
        nobody = (customer, number, None)
        call = add_call(world, at, queue, nobody, "missed", inbound=True, wait=left - at, talk=0, linked=linked)
        return call, at, customer, number, queue.name
    talk = int(rng.lognormvariate(-0.15, 0.55) * queue.talk_s * US)
    connected = start + ring
    ended = connected + talk
    wrap_up = rng.randrange(10, 60) * US
    if ended + wrap_up >= world.now_us - 5 * US:
        return None
    _take_pauses(day, desk, at)
    day.say(at, Kind.ENTERED, where)
    _talk(day, where, (desk.agent, start, connected, ended))
    day.say(ended, Kind.WRAP_UP_STARTED, where, desk.agent)
    day.say(ended + wrap_up, Kind.WRAP_UP_ENDED, where, desk.agent)
    desk.free = ended + wrap_up
    add_call(world, at, queue, who, "answered", inbound=True, wait=connected - at, talk=talk, linked=linked)
    return None


def _talk(day: _Day, where: tuple[bytes, bytes, str], call: tuple[bytes, int, int, int]) -> None:
    rng = day.world.rng
    agent, start, connected, ended = call
    day.say(start, Kind.OFFERED, where, agent)
    day.say(connected, Kind.CONNECTED, where, agent)
    if rng.random() < 0.12 and ended - connected > 90 * US:
        held = connected + (ended - connected) // 3
        day.say(held, Kind.HELD, where, agent)
        day.say(held + rng.randrange(10, 30) * US, Kind.RESUMED, where, agent)
    if rng.random() < 0.05:
        day.say(ended, Kind.TRANSFERRED, where, agent, {"kind": "blind", "to": "business"})
    else:
        by = "caller" if rng.random() < 0.7 else "agent"
        day.say(ended, Kind.COMPLETED, where, agent, {"by": by})


def _ready(day: _Day, desk: _Desk, at: int) -> int:
    """When this agent can take a call that came at ``at``, pauses that begin before that included."""
    free = desk.free
    for begins, length, _ in desk.pauses:
        if begins <= max(free, at):
            free = max(free, begins) + length
    return free


def _take_pauses(day: _Day, desk: _Desk, at: int) -> None:
    """Say the pauses that come before the call of ``at``."""
    while desk.pauses and desk.pauses[0][0] <= max(desk.free, at):
        begins, length, reason = desk.pauses.pop(0)
        start = max(begins, desk.free)
        if start + length < day.world.now_us:
            day.say(start, Kind.PAUSED, agent=desk.agent, data={"reason": reason})
            day.say(start + length, Kind.UNPAUSED, agent=desk.agent)
        desk.free = start + length


def _mails(world: World, since: int) -> None:
    """Today's mails, as many as calls of half an hour."""
    rng = world.rng
    for _ in range(80):
        at = rng.randrange(since, world.now_us)
        queue = pick_queue(world)
        customer, _number = rng.choice(world.customers)
        add_interaction(
            world, (world.new_id(at), "email", "inbound", at, None, None, None, customer, None),
            queue=queue.name, subject=rng.choice(queue.subjects), summary=rng.choice(queue.notes),
        )  # fmt: skip


def _work(world: World, missed: list[_Missed]) -> None:
    """Callbacks around now, and the last callers nobody took."""
    rng, now = world.rng, world.now_us
    dana, priya = world.agents["dana"], world.agents["priya"]
    promised = [
        (12 * 60, "Instalment plan, wants the three-instalment offer", priya, None),
        (-25 * 60, "Meter reading by photo, tell the corrected amount", dana, dana),
        (95 * 60, "Tariff comparison before the contract renews", dana, dana),
        (22 * 3600, "Lease was missing, check the upload", priya, None),
        (26 * 3600, "Refund arrived?", dana, dana),
    ]
    customers = rng.sample(world.customers, min(len(promised), len(world.customers))) * len(promised)
    for offset, note, by, assigned in promised:
        customer, number = customers.pop()
        made = now - rng.randrange(2, 30) * 3600 * US
        world.add(
            models.WorkEntry,
            *(world.new_id(made), 1, "callback", "open", number, now + offset * US, made, customer, note, "billing"),
            *(by, assigned, None, 0),
        )
    for call, at, caller, caller_number, queue in missed[-3:]:
        work_id = missed_call_id(UUID(bytes=call)).bytes
        world.add(
            models.WorkEntry,
            *(work_id, 1, "missed", "open", caller_number, at, at, caller, "", queue, None, None, call, 0),
        )
    world.flush(all_rows=True)
