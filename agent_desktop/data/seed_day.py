"""The demo company's day so far: a small simulation of its queues, written as events, visits and calls."""

from uuid import UUID

from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data import models
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.feed import record_events
from agent_desktop.data.ids import missed_call_id
from agent_desktop.data.seed_centre import CentreDay, Desk, Lost, Rest, arrivals, come, leave, sign_in, sign_out, visit
from agent_desktop.data.seed_history import add_interaction, pick_queue
from agent_desktop.data.seed_world import DAY_US, US, World

SOURCE = "seed"
_FOR_ALL = 1.6  # when nobody is off that many more callers are taken


def make_day(session: Session, world: World) -> None:
    """Everything since opening. All calls have ended by now: what goes on from here is the practice switch's."""
    today = world.company_clock.today
    midnight = world.company_clock.us(today)
    opened = midnight + min(world.pattern.opens_s * US, world.now_us - midnight) if world.shifts else None
    callers = 1.0 if world.shifts else _FOR_ALL
    day = CentreDay(world, today, midnight, opened or world.now_us - world.open_s * US, world.now_us, callers)
    if world.shifts:
        sign_in(day, {agent: shift for (agent, date), shift in world.shifts.items() if date == today})
    else:
        _everybody(day)
    missed = [lost for at in arrivals(day) if (lost := visit(day, at)) is not None]
    _mails(world, day.open_at)
    sign_out(day)
    _dana_leaves(day)
    world.flush(all_rows=True)
    rows = [
        QueueEventRow(clock.from_us(at), kind, SOURCE, number, _uuid(queue), _uuid(visited), linked, _uuid(agent), data)
        for number, (at, kind, queue, visited, agent, linked, data) in enumerate(
            sorted(day.events, key=lambda event: event[0]), start=1
        )
    ]
    for start in range(0, len(rows), 2_000):
        record_events(session, rows[start : start + 2_000])
    _work(world, missed)


def _uuid(key: bytes | None) -> UUID | None:
    return UUID(bytes=key) if key is not None else None


def _everybody(day: CentreDay) -> None:
    """Without shifts all are there from the beginning, and stay."""
    rng, reasons, length = day.world.rng, day.world.company["pause_reasons"], day.until - day.open_at
    for agent in day.world.agents.values():
        desk = Desk(agent, day.open_at + rng.randrange(0, 240) * US, day.until + DAY_US)
        for share, minutes, reason in (
            (0.3, (8, 14), reasons[0]),
            (0.55, (26, 34), reasons[1]),
            (0.85, (6, 18), reasons[2]),
        ):
            if rng.random() < 0.8:
                at = day.open_at + int(length * (share + rng.uniform(-0.08, 0.08)))
                desk.rests.append(Rest(at, int(rng.uniform(*minutes) * 60 * US), reason))
        come(day, desk)


def _dana_leaves(day: CentreDay) -> None:
    """The first agent is whoever tries the program: signed out until then."""
    desk = day.desks.get(next(iter(day.world.agents.values())))
    if desk is not None and max(desk.leaves, desk.free) >= day.until:
        # After all she did: calls and wrap-ups end five seconds before now at the latest.
        leave(day, desk, min(max(desk.free, day.open_at), day.until - US))


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


def _work(world: World, missed: list[Lost]) -> None:
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
    for call, at, (caller, caller_number), queue in missed[-3:]:
        assert call is not None
        work_id = missed_call_id(UUID(bytes=call)).bytes
        world.add(
            models.WorkEntry,
            *(work_id, 1, "missed", "open", caller_number, at, at, caller, "", queue, None, None, call, 0),
        )
    world.flush(all_rows=True)
