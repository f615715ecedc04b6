"""Rows about who answers and where callers wait: people, queues, what happened in them, and what one chooses from."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from agent_desktop.data.words import Presence, QueueEventKind, RequestKind, RequestState, SlVariant, VisitResult


class TeamRow(msgspec.Struct, frozen=True):
    id: UUID
    name: str


class AgentRow(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    login: str
    extension: str = ""
    team_id: UUID | None = None
    team: str = ""
    active: bool = True


class Admission(msgspec.Struct, frozen=True):
    """Who a login of a server is, and where: the site's name and its home region."""

    agent: AgentRow
    region: str
    site: str


class PresenceRow(msgspec.Struct, frozen=True):
    agent_id: UUID
    presence: Presence
    since: datetime
    reason: str = ""
    on_hold: bool = False
    interaction_id: UUID | None = None
    then: str = ""  # what follows the present call or wrap-up: the reason of a pause, else a presence


class SlRule(NamedTuple):
    """How a queue's service level is counted; ``exits``: who left by key or timeout was missed too."""

    variant: SlVariant = SlVariant.OFFERED
    exits: bool = False


class QueueRow(msgspec.Struct, frozen=True):
    id: UUID
    name: str  # as the PBX and the X-Queue header name it
    label: str  # as people read it
    sl_threshold_s: int = 20
    sl_target: float = 0.80
    short_abandon_s: int = 5
    wrap_up_s: int = 45
    requires_disposition: bool = True
    members: tuple[UUID, ...] = ()  # agents
    active: bool = True
    sl_variant: SlVariant = SlVariant.OFFERED
    sl_exits: bool = False

    @property
    def sl_rule(self) -> SlRule:
        return SlRule(self.sl_variant, self.sl_exits)


class QueueEventRow(msgspec.Struct, frozen=True):
    """One thing that happened in a queue. ``(source, source_seq)`` is unique: the same event twice counts once."""

    at: datetime
    kind: QueueEventKind
    source: str
    source_seq: int
    queue_id: UUID | None = None
    visit_id: UUID | None = None
    linked_id: str = ""
    agent_id: UUID | None = None
    data: dict[str, str | int | float] = msgspec.field(default_factory=dict)  # ring_ms, by, kind, to, reason


class CollectorRow(msgspec.Struct, frozen=True):
    """How one collector's connection to one PBX goes; ``told_at`` is None until it is stored."""

    name: str
    pbx: str
    active: bool
    connected_at: datetime | None
    last_event_at: datetime | None
    events: int
    unknown: dict[str, dict[str, int]]
    lag_ms: int
    clock_ms: int
    spooled: int
    put_right: int
    trouble: str
    pbx_started: str
    told_at: datetime | None = None


class PbxRequestRow(msgspec.Struct, frozen=True):
    """Something that was asked of the PBX."""

    id: UUID
    at: datetime
    kind: RequestKind
    state: RequestState
    asked_by: UUID | None
    agent_id: UUID | None
    queue_id: UUID | None
    reason: str
    detail: dict[str, str]
    answer: str
    done_at: datetime | None
    over_at: datetime | None = None  # of listening in: it has ended


class VisitRow(msgspec.Struct, frozen=True):
    """One stay in one queue. The wait ends at ``connected_at`` or ``left_at``; both None: still waiting."""

    id: UUID
    queue_id: UUID | None
    entered_at: datetime
    result: VisitResult
    connected_at: datetime | None = None
    left_at: datetime | None = None
    ended_at: datetime | None = None
    agent_id: UUID | None = None
    linked_id: str = ""
    offers: int = 0
    exit_reason: str = ""
    hold_us: int = 0
    wrap_us: int = 0


class PresenceSpanRow(msgspec.Struct, frozen=True):
    """One stretch of one agent's day; ``until`` is None while it lasts."""

    agent_id: UUID
    presence: Presence
    since: datetime
    until: datetime | None
    reason: str = ""
    on_hold: bool = False


class DayFigures(msgspec.Struct, frozen=True):
    """What an agent did in a window. Means are None when nothing was handled."""

    handled: int  # answered legs
    talk_s: float  # with hold
    hold_s: float
    wrap_ups: int
    wrap_up_s: float

    @property
    def handle_time_s(self) -> float | None:
        """(talk with hold + wrap-up) / handled."""
        return (self.talk_s + self.wrap_up_s) / self.handled if self.handled else None


class DispositionRow(msgspec.Struct, frozen=True):
    id: UUID
    label: str
    queue_id: UUID | None = None  # None: in every queue
    position: int = 0
    reasons: tuple[str, ...] = ()  # the reasons that go with it, if any
    asks_callback: bool = False


class PauseReasonRow(msgspec.Struct, frozen=True):
    id: UUID
    label: str
    position: int = 0
    limit_s: int = 0  # 0: as every pause
