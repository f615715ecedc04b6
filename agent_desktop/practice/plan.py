"""What a practice day is made of: queues with their callers, colleagues with their habits."""

import math
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import msgspec
from msgspec.structs import replace

from agent_desktop.data.centre_rows import AgentRow, QueueRow
from agent_desktop.data.seed_pattern import Pattern

FLAT = (1.0,) * 24

# Share of the busiest hour, by hour of the day: a morning peak, a dip at lunch, a lower afternoon peak, quiet nights.
OFFICE_DAY = (
    *(0.06, 0.04, 0.03, 0.03, 0.04, 0.08, 0.18, 0.42),
    *(0.75, 0.95, 1.00, 0.96, 0.78, 0.80, 0.90, 0.88),
    *(0.80, 0.66, 0.50, 0.38, 0.30, 0.22, 0.14, 0.09),
)


class Usual(msgspec.Struct, frozen=True):
    """How many call on a day of the seeded company."""

    pattern: Pattern
    weekday: int  # 0 is Monday


class QueuePlan(msgspec.Struct, frozen=True):
    """One queue and its callers; times are means in seconds.

    Patience is exponential. Talk is exponential when ``talk_spread`` is 0, else log-normal with that standard deviation
    of the logarithm. ``calls_per_hour`` is the rate where ``profile`` (24 shares, by hour) is 1.
    """

    id: UUID
    name: str
    members: tuple[UUID, ...]
    calls_per_hour: float
    profile: tuple[float, ...] = FLAT
    patience_s: float = 120.0
    talk_s: float = 240.0
    talk_spread: float = 0.0
    wrap_up_s: float = 0.0
    hold_share: float = 0.0  # calls that a colleague puts on hold once
    transfer_share: float = 0.0  # calls that a colleague sends on to another queue
    key_share: float = 0.0  # callers who would rather press a key and leave the queue
    max_wait_s: float | None = None  # then the queue sends them away
    max_waiting: int | None = None  # more are refused


class Habits(msgspec.Struct, frozen=True):
    """How colleagues work; times are means in seconds, 0 leaves the thing out."""

    ring_s: float = 0.0  # until a colleague picks up
    ring_timeout_s: float = 15.0
    ignore_share: float = 0.0  # offers that a colleague lets ring out
    work_s: float = 0.0  # between two pauses
    pause_s: float = 600.0
    pause_reasons: tuple[str, ...] = ("Break",)


class Stint(msgspec.Struct, frozen=True):
    """A part of somebody's shift; µs of the day's time."""

    first: int
    last: int
    rest: bool = False


class DayPlan(msgspec.Struct, frozen=True):
    """A whole day. The same plan and the same deeds of the human give the same events."""

    queues: tuple[QueuePlan, ...]
    seed: int
    start_us: int  # the virtual moment at which the day begins
    run: str = "practice"  # part of every linked id, so that two runs on one database do not collide
    habits: Habits = msgspec.field(default_factory=Habits)
    human: UUID | None = None  # the agent whose calls are real
    shifts: Mapping[UUID, tuple[Stint, ...]] | None = None  # who works when, in order; None: everybody, all day
    human_first: bool = True  # the next call is theirs, however long a colleague has been idle


TALK_MEANS_S = (260.0, 340.0, 200.0, 300.0, 240.0)
PRACTICE_HABITS = Habits(ring_s=4.0, ring_timeout_s=15.0, ignore_share=0.04, work_s=2700.0, pause_s=420.0)


def company_plan(
    queues: Sequence[QueueRow], agents: Iterable[AgentRow], day: DayPlan, usual: Usual | None = None
) -> DayPlan:
    """A lively but bearable day for the seeded company: as many call as ``usual`` says, by the queue's name; where it
    says nothing each queue is offered about what its members can take.

    ``day`` brings seed, start, run, habits and the human; its queues are replaced.
    """
    active = {agent.id for agent in agents if agent.active}
    served: dict[UUID, int] = {}
    for queue in queues:
        for member in queue.members:
            served[member] = served.get(member, 0) + 1
    plans = []
    for position, queue in enumerate(queues):
        members = tuple(member for member in queue.members if member in active)
        wrap_up_s = 0.6 * queue.wrap_up_s
        transfer_share = 0.05 if len(queues) > 1 else 0.0
        if usual is not None and queue.name in usual.pattern.calls_per_hour:
            profile, talk_s = usual.pattern.hours, usual.pattern.talk_s[queue.name]
            rate = usual.pattern.calls_per_hour[queue.name] * usual.pattern.weekdays[usual.weekday]
            rate *= 1 - transfer_share  # who is passed on enters once more
        else:
            profile, talk_s = OFFICE_DAY, TALK_MEANS_S[position % len(TALK_MEANS_S)]
            # An agent in three queues gives each a third. Small groups need more air: square-root staffing.
            capacity = sum(1 / served[member] for member in members)
            load = capacity - 0.7 * math.sqrt(capacity)
            rate = max(load * 3600 / (talk_s + wrap_up_s + PRACTICE_HABITS.ring_s), 2.0)
        plans.append(
            QueuePlan(
                id=queue.id,
                name=queue.name,
                members=members,
                calls_per_hour=rate,
                profile=profile,
                patience_s=150.0,
                talk_s=talk_s,
                talk_spread=0.7,
                wrap_up_s=wrap_up_s,
                hold_share=0.18,
                transfer_share=transfer_share,
                key_share=0.02,
                max_wait_s=600.0,
                max_waiting=30,
            )
        )
    return replace(day, queues=tuple(plans))
