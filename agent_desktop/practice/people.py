"""Who and what takes part in a practice day: visits, agents and queues while the day runs."""

import math
import random
from enum import Enum
from uuid import UUID

import msgspec

from agent_desktop.practice.plan import QueuePlan

SECOND = 1_000_000
HOUR = 3600 * SECOND


class Stage(Enum):
    """Where a visit stands."""

    WAITING = "waiting"
    RINGING = "ringing"
    TALKING = "talking"
    ENDED = "ended"


class State(Enum):
    """What an agent does; only FREE takes calls."""

    FREE = "free"
    RINGING = "ringing"
    TALKING = "talking"
    WRAP_UP = "wrap_up"
    PAUSED = "paused"
    AWAY = "away"


class Nature(msgspec.Struct, frozen=True):
    """What a caller brings along, drawn when the call enters; µs."""

    patience: int
    talk: int
    wrap_up: int
    hold: bool
    transfer: bool
    key_after: int | None
    person: int  # picks who it is


class Visit:
    """One stay in one queue."""

    def __init__(self, visit_id: UUID, linked_id: str, queue: "Queue", nature: Nature, entered: int):
        self.id = visit_id
        self.linked_id = linked_id
        self.queue = queue
        self.nature = nature
        self.entered = entered
        self.leave_at = entered + nature.patience
        self.order = 0
        self.offered = 0
        self.stage = Stage.WAITING
        self.agent: Agent | None = None
        self.turn = 0  # counts up with every change; what was scheduled for an earlier turn is void


class Agent:
    """One member of queues: a colleague, or the human."""

    def __init__(self, agent_id: UUID, seed: int):
        self.id = agent_id
        self.random = random.Random(f"{seed}:agent:{agent_id}")
        self.queues: list[Queue] = []
        self.state = State.FREE
        self.free_since = 0
        self.first = False  # in line, however long the others have been idle
        self.next_pause: int | None = None
        self.rest: tuple[int, str] | None = None  # the pause that is planned: µs long, reason
        self.there = True  # signed in; always, of the human, who says so themselves
        self.goes = False  # the shift is over


class Queue:
    """One queue while the day runs."""

    def __init__(self, plan: QueuePlan, seed: int):
        self.plan = plan
        self.random = random.Random(f"{seed}:queue:{plan.id}")
        self.members: list[Agent] = []
        self.waiting: list[tuple[int, int, Visit]] = []  # by entry: the longest-waiting first


def exponential(stream: random.Random, mean_s: float) -> int:
    """A waiting time in µs."""
    return round(stream.expovariate(1.0) * mean_s * SECOND)


def draw_nature(plan: QueuePlan, stream: random.Random) -> Nature:
    """The next caller of this queue."""
    patience = exponential(stream, plan.patience_s)
    if plan.talk_spread:  # exp(mu + sigma²/2) is the mean of a log-normal
        mu = math.log(plan.talk_s) - plan.talk_spread**2 / 2
        talk = round(stream.lognormvariate(mu, plan.talk_spread) * SECOND)
    else:
        talk = exponential(stream, plan.talk_s)
    wrap_up = exponential(stream, plan.wrap_up_s)
    hold = stream.random() < plan.hold_share
    transfer = stream.random() < plan.transfer_share
    by_key, when = stream.random() < plan.key_share, stream.random()
    key_after = round(patience * when) if by_key else None
    return Nature(patience, talk, wrap_up, hold, transfer, key_after, stream.getrandbits(32))
