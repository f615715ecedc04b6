"""What the live board shows, as frozen values: a queue's tile, an interval's bar, an agent's line, an alert. No Qt."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec
from msgspec.structs import replace

from agent_desktop.core import metrics
from agent_desktop.core.agent_activity import AgentState
from agent_desktop.core.figures import Figure, Scope
from agent_desktop.core.intervals import INTERVAL
from agent_desktop.core.metrics import SlPart, Tally
from agent_desktop.core.pbx_state import Difference
from agent_desktop.data.centre_rows import QueueRow


class Verdict(StrEnum):
    """How a queue stands against its target; the values are the colour tokens' names."""

    NONE = "none"  # nothing answered or abandoned yet
    OK = "ok"
    WARN = "warn"  # still on target, but the present interval is not, or somebody waits beyond the threshold
    BAD = "bad"  # below target


class Limits(msgspec.Struct, frozen=True):
    """How long an agent may be in a state before the board marks it; seconds. Wrap-up has its queue's own limit."""

    talk_s: float = 600.0
    hold_s: float = 120.0
    ringing_s: float = 30.0
    paused_s: float = 900.0
    wrap_up_s: float = 45.0  # where the queue is not known
    pauses: Mapping[str, float] = msgspec.field(default_factory=dict)  # by reason, where that has its own

    def of(self, state: AgentState, reason: str = "") -> float | None:
        """The limit of a state; None where there is none."""
        match state:
            case AgentState.TALKING:
                return self.talk_s
            case AgentState.HOLD:
                return self.hold_s
            case AgentState.RINGING:
                return self.ringing_s
            case AgentState.PAUSED:
                return self.pauses.get(reason, self.paused_s)
            case AgentState.WRAP_UP:
                return self.wrap_up_s
            case _:
                return None


class QueueTile(msgspec.Struct, frozen=True):
    """One queue now and today."""

    queue: QueueRow
    waiting: int
    longest_since: datetime | None  # entry of the one who has waited longest
    tally: Tally
    service_level: Figure
    verdict: Verdict
    agents: tuple[tuple[AgentState, int], ...]  # in the order of AgentState
    free: int  # ready and a member
    max_wait_us: int | None = None  # of the waits that are over

    @property
    def longest_today(self) -> Figure:
        """The longest wait of the day that is over."""
        return metrics.longest_wait(self.max_wait_us, self.service_level.scope)

    @property
    def estimated_wait(self) -> Figure:
        """What a caller who came now would have to expect."""
        away = (AgentState.PAUSED, AgentState.OFFLINE)
        taking = sum(number for state, number in self.agents if state not in away)
        return metrics.estimated_wait(self.tally, self.waiting + 1, taking, self.service_level.scope, free=self.free)

    @property
    def other_levels(self) -> tuple[Figure, ...]:
        """The service level by the formulas that this queue does not use."""
        return metrics.other_levels(self.tally, self.queue.sl_rule, self.service_level.scope)

    @property
    def signed_in(self) -> int:
        return sum(number for state, number in self.agents if state is not AgentState.OFFLINE)


class IntervalBar(msgspec.Struct, frozen=True):
    """One quarter hour of one queue, or of all."""

    index: int
    starts_at: datetime
    label: str  # local clock, "13:45"
    tally: Tally
    scope: Scope  # of the whole day
    parts: tuple[SlPart, ...]  # of the tally, by how the queues count their service level
    level: float | None  # the service level as a share; None without data

    @property
    def service_level(self) -> Figure:
        end = self.starts_at + INTERVAL
        if self.scope.end is not None:
            end = max(self.starts_at, min(end, self.scope.end))
        return metrics.service_level_of(self.parts, replace(self.scope, start=self.starts_at, end=end))


class WaitingSeries(msgspec.Struct, frozen=True):
    """How many waited at the end of each step, oldest first; the last step is the present one."""

    starts_at: datetime
    step_s: int
    values: tuple[int, ...]

    @property
    def peak(self) -> int:
        return max(self.values, default=0)

    def end_of(self, step: int) -> datetime:
        """The last moment of a step: who enters and leaves inside it is not among its values."""
        return self.starts_at + timedelta(seconds=(step + 1) * self.step_s, microseconds=-1)

    def step_at(self, moment: datetime) -> int:
        """The step that ``moment`` lies in, or the nearest."""
        step = int((moment - self.starts_at).total_seconds() // self.step_s)
        return max(0, min(step, len(self.values) - 1))


class AgentLine(msgspec.Struct, frozen=True):
    """One agent now and today; the figures are made when asked for."""

    agent_id: UUID
    name: str
    team: str
    state: AgentState
    since: datetime | None
    reason: str  # of a pause
    queue_id: UUID | None
    queue: str  # the label of the present or last visit's queue
    limit_s: float | None  # for this state; None: no limit
    not_answered: int
    cells: tuple[int, ...]  # of the tally, in its order
    handling_s: float
    available_s: float
    paused_s: float
    scope: Scope
    then: str = ""  # what follows the present call or wrap-up
    pbx: Difference | None = None  # where the PBX does not agree

    @property
    def tally(self) -> Tally:
        return Tally(*self.cells)

    @property
    def handled(self) -> Figure:
        return metrics.calls_handled(self.tally, self.scope)

    @property
    def handle_time(self) -> Figure:
        return metrics.average_handle_time(self.tally, self.scope)

    @property
    def occupancy(self) -> Figure:
        return metrics.occupancy(self.handling_s, self.available_s, self.scope)

    @property
    def utilisation(self) -> Figure:
        return metrics.utilisation(self.handling_s, self.handling_s + self.available_s + self.paused_s, self.scope)

    @property
    def transfer_rate(self) -> Figure:
        return metrics.transfer_rate(self.tally, self.scope)

    def seconds(self, now: datetime) -> float | None:
        """How long in this state; None if unknown."""
        return None if self.since is None else max(0.0, (now - self.since).total_seconds())

    def over_limit(self, now: datetime) -> bool:
        return self.limit_s is not None and (self.seconds(now) or 0.0) > self.limit_s


class Alert(msgspec.Struct, frozen=True):
    """A queue that has been below target without a break since ``since``; ``key`` stays while that goes on."""

    queue: QueueRow
    since: datetime
    since_label: str  # local clock
    service_level: Figure  # of that time
    waiting: int
    free: int

    @property
    def key(self) -> tuple[UUID, datetime]:
        return self.queue.id, self.since


class BoardChanges(msgspec.Struct, frozen=True):
    """What changed since it was last asked for; ``everything`` after a load, a new day, or new queues and agents."""

    queues: frozenset[UUID] = frozenset()
    agents: frozenset[UUID] = frozenset()
    everything: bool = False
    events: int = 0  # how many there were

    def __bool__(self) -> bool:
        return self.everything or bool(self.queues) or bool(self.agents)
