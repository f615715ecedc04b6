"""A day of the demo company's queues: callers who come and give up, agents who come, rest and leave, as events."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from agent_desktop.data.seed_history import add_call, pick_queue
from agent_desktop.data.seed_pattern import Shift
from agent_desktop.data.seed_world import DAY_US, US, QueueSeed, World
from agent_desktop.data.words import QueueEventKind as Kind
from agent_desktop.data.words import VisitResult

PATIENCE_S = 140.0
MINUTE_US = 60 * US
_KNOWN = 0.88  # of today's callers

Where = tuple[bytes | None, bytes | None, str]  # queue, visit, linked id
Event = tuple[int, Kind, bytes | None, bytes | None, bytes | None, str, dict[str, Any]]
Person = tuple[bytes | None, str]  # customer, number


class Lost(NamedTuple):
    """A call that nobody took; without an interaction where calls are not recorded."""

    interaction: bytes | None
    at: int
    person: Person
    queue: str


class Rest(NamedTuple):
    """A pause to come: from, µs long, reason."""

    at: int
    length: int
    reason: str


@dataclass
class Desk:
    """One agent's day: when free next, when they go, and the pauses still to come."""

    agent: bytes
    free: int
    leaves: int
    rests: list[Rest] = field(default_factory=list)


@dataclass
class CentreDay:
    """What happens from ``open_at`` to ``until``; what would end later is left out."""

    world: World
    date: date  # the company's
    midnight: int  # with which it began
    open_at: int
    until: int
    callers: float = 1.0  # times as many as the pattern says
    desks: dict[bytes, Desk] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    visits: list[tuple[Any, ...]] = field(default_factory=list)  # rows as the events tell them

    def say(
        self,
        at: int,
        kind: Kind,
        where: Where = (None, None, ""),
        agent: bytes | None = None,
        data: dict[str, Any] | None = None,
    ) -> None:
        """One event."""
        queue, visit, linked = where
        self.events.append((at, kind, queue, visit, agent, linked, data or {}))


def sign_in(day: CentreDay, shifts: Mapping[bytes, Shift]) -> None:
    """Everybody whose shift has begun, a little early or late."""
    rng, midnight = day.world.rng, day.midnight
    for agent, shift in shifts.items():
        begins = midnight + shift.first * MINUTE_US + int(min(max(rng.gauss(40, 130), -240), 900) * US)
        if begins >= day.until - MINUTE_US:
            continue
        desk = Desk(agent, begins, midnight + shift.last * MINUTE_US)
        for rest in shift.rests:
            late, longer = rng.gauss(90, 150), rng.gauss(0, 60)
            length = (rest.last - rest.first) * MINUTE_US + int(longer * US)
            desk.rests.append(Rest(midnight + rest.first * MINUTE_US + int(late * US), length, rest.reason))
        come(day, desk)


def come(day: CentreDay, desk: Desk) -> None:
    """An agent signs in to all their queues."""
    day.desks[desk.agent] = desk
    _in_queues(day, desk.agent, desk.free, Kind.MEMBER_ADDED)


def leave(day: CentreDay, desk: Desk, at: int) -> None:
    _in_queues(day, desk.agent, at, Kind.MEMBER_REMOVED)


def _in_queues(day: CentreDay, agent: bytes, at: int, kind: Kind) -> None:
    for queue in day.world.queues:
        if agent in queue.agents:
            day.say(at, kind, (queue.id, None, ""), agent)


def sign_out(day: CentreDay) -> None:
    """Who has worked their shift goes, after the last call."""
    for desk in day.desks.values():
        take_rests(day, desk, min(desk.leaves, day.until))
        at = max(desk.leaves, desk.free)
        if at < day.until:
            leave(day, desk, at)


def arrivals(day: CentreDay) -> list[int]:
    """Poisson arrivals whose rate follows the company's pattern, by thinning (Lewis & Shedler 1979)."""
    world = day.world
    rng, pattern = world.rng, world.pattern
    highest = max(pattern.hours) * max(pattern.weekdays) * sum(pattern.calls_per_hour.values()) / 3600 * day.callers
    moments: list[int] = []
    at = 0.0
    while True:
        at += rng.expovariate(highest)
        moment = day.open_at + int(at * US)
        if moment >= day.until:
            return moments
        if rng.random() * highest * 3600 < pattern.rate(day.date, (moment - day.midnight) / US) * day.callers:
            moments.append(moment)


def visit(day: CentreDay, at: int, person: Person | None = None, *, recorded: bool = True) -> Lost | None:
    """One caller's stay, if it has ended by then; what is known of the call when nobody took it."""
    world, rng = day.world, day.world.rng
    queue = pick_queue(world)
    linked = f"{at // US}.{rng.randrange(100_000)}"
    where = (queue.id, world.new_id(at), linked)
    caller = person or (stranger(world, _KNOWN) if recorded else (None, ""))
    patience = int(rng.expovariate(1 / PATIENCE_S) * US) + 4 * US
    desk, start = _first_free(day, queue, at)
    ring = rng.randrange(2_500, 7_500) * 1000
    if desk is None or start - at > patience or rng.random() < 0.01:
        return _lose(day, where, queue, (at, min(at + patience, max(start, at + 5 * US))), caller, recorded=recorded)
    talk = int(rng.lognormvariate(-0.15, 0.55) * queue.talk_s * US)
    connected = start + ring
    ended = connected + talk
    wrap_up = rng.randrange(10, 60) * US
    if ended + wrap_up >= day.until - 5 * US:
        return None
    take_rests(day, desk, at)
    day.say(at, Kind.ENTERED, where)
    hold, by = _talk(day, where, (desk.agent, start, connected, ended))
    day.say(ended, Kind.WRAP_UP_STARTED, where, desk.agent)
    day.say(ended + wrap_up, Kind.WRAP_UP_ENDED, where, desk.agent)
    desk.free = ended + wrap_up
    done = (VisitResult.ANSWERED.value, "", by, connected - at, talk - hold, hold, wrap_up)
    day.visits.append((where[1], queue.id, linked, desk.agent, at, connected, None, ended, 1, *done))
    if recorded:
        how = {"wait": connected - at, "talk": talk, "linked": linked, "wrap_up": wrap_up // US}
        add_call(world, at, queue, (*caller, desk.agent), "answered", inbound=True, **how)
    return None


def stranger(world: World, known: float) -> Person:
    """A caller, known with that chance."""
    if world.rng.random() < known:
        return world.rng.choice(world.customers)
    return None, f"+4858{world.rng.randrange(10**6, 10**7)}"


def _lose(
    day: CentreDay, where: tuple[bytes, bytes, str], queue: QueueSeed, stay: tuple[int, int], caller: Person, *,
    recorded: bool,
) -> Lost | None:  # fmt: skip
    world, (at, left) = day.world, stay
    if left >= day.until:
        return None
    by_key = world.rng.random() < 0.12
    gone, word = (Kind.EXITED, "key") if by_key else (Kind.ABANDONED, "abandoned")
    day.say(at, Kind.ENTERED, where)
    day.say(left, gone, where, None, {"reason": word} if by_key else {})
    result = VisitResult.EXITED if by_key else VisitResult.ABANDONED
    day.visits.append(
        (where[1], queue.id, where[2], None, at, None, left, None, 0, result.value, word, "", left - at, None, 0, 0)
    )
    if not recorded:
        return Lost(None, at, caller, queue.name)
    how = {"wait": left - at, "talk": 0, "linked": where[2]}
    return Lost(
        add_call(world, at, queue, (*caller, None), "missed", inbound=True, **how), at, caller, queue.name
    )  # fmt: skip


def _talk(day: CentreDay, where: tuple[bytes, bytes, str], call: tuple[bytes, int, int, int]) -> tuple[int, str]:
    """Its events; how long it was on hold (µs), and who ended it."""
    rng = day.world.rng
    agent, start, connected, ended = call
    hold = 0
    day.say(start, Kind.OFFERED, where, agent)
    day.say(connected, Kind.CONNECTED, where, agent)
    if rng.random() < 0.12 and ended - connected > 90 * US:
        held, hold = connected + (ended - connected) // 3, rng.randrange(10, 30) * US
        day.say(held, Kind.HELD, where, agent)
        day.say(held + hold, Kind.RESUMED, where, agent)
    if rng.random() < 0.05:
        day.say(ended, Kind.TRANSFERRED, where, agent, {"kind": "blind", "to": "business"})
        return hold, "transfer"
    by = "caller" if rng.random() < 0.7 else "agent"
    day.say(ended, Kind.COMPLETED, where, agent, {"by": by})
    return hold, by


def _first_free(day: CentreDay, queue: QueueSeed, at: int) -> tuple[Desk | None, int]:
    """Whose turn it is, the longest idle first, and from when on; nobody, and never, when all have gone."""
    best: tuple[int, int] | None = None
    found = None
    for agent in queue.agents:
        desk = day.desks.get(agent)
        if desk is None:
            continue
        ready = max(_ready(desk, at), at)
        if ready < desk.leaves and (best is None or (ready, desk.free) < best):
            best, found = (ready, desk.free), desk
    return (found, best[0]) if best is not None else (None, at + DAY_US)


def _ready(desk: Desk, at: int) -> int:
    """When this agent can take a call that came at ``at``, pauses that begin before that included."""
    free = desk.free
    for begins, length, _ in desk.rests:
        if begins <= max(free, at):
            free = max(free, begins) + length
    return free


def take_rests(day: CentreDay, desk: Desk, at: int) -> None:
    """Say the pauses that come before the call of ``at``."""
    while desk.rests and desk.rests[0].at <= max(desk.free, at):
        begins, length, reason = desk.rests.pop(0)
        start = max(begins, desk.free)
        if start + length < day.until:
            day.say(start, Kind.PAUSED, agent=desk.agent, data={"reason": reason})
            day.say(start + length, Kind.UNPAUSED, agent=desk.agent)
        desk.free = start + length
