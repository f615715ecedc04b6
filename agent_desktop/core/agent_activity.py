"""What one agent is doing, put together from queue events and presence; each fact keeps its newest report. No Qt."""

from collections.abc import Hashable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from agent_desktop.core.metrics import US
from agent_desktop.data.rows import AgentRow, PresenceRow, QueueEventRow
from agent_desktop.data.words import Presence, QueueEventKind

Kind = QueueEventKind
Stamp = tuple[datetime, int]  # the moment, and the sequence number that orders what happened in the same one


class AgentState(StrEnum):
    """Presence as the board shows it: on hold stands beside talking. The values are the colour tokens' names."""

    READY = "ready"
    TALKING = "talking"
    RINGING = "ringing"
    HOLD = "hold"
    WRAP_UP = "wrap_up"
    PAUSED = "paused"
    OFFLINE = "offline"


HANDLING = (AgentState.TALKING, AgentState.HOLD, AgentState.WRAP_UP)
AVAILABLE = (AgentState.READY, AgentState.RINGING)

_FROM_PRESENCE = {
    Presence.RINGING: AgentState.RINGING,
    Presence.TALKING: AgentState.TALKING,
    Presence.WRAP_UP: AgentState.WRAP_UP,
}


class AgentRecord:
    """One agent being followed. ``state``, ``since`` and ``reason`` are what to show; ``busy`` outweighs the rest.

    Time in each state is summed as events arrive: one that comes late misplaces at most its own lateness.
    """

    __slots__ = (
        "_busy",
        "_busy_since",
        "_busy_stamp",
        "_counted_until",
        "_pauses",
        "_signed",
        "_talk_since",
        "_times",
        "_visit",
        "member_of",
        "not_answered",
        "queue_id",
        "reason",
        "row",
        "since",
        "state",
        "sums",
    )

    def __init__(self, row: AgentRow, counts_from: datetime) -> None:
        self.row = row
        self.state = AgentState.OFFLINE
        self.since: datetime | None = None
        self.reason = ""
        self.queue_id: UUID | None = None  # of the present or the last visit
        self.member_of: dict[UUID, tuple[Stamp, bool]] = {}
        self.not_answered = 0
        self.sums: list[int] | None = None  # cells of this agent's tally, kept by the board
        self._busy: AgentState | None = None
        self._busy_since: datetime | None = None
        self._busy_stamp: Stamp | None = None
        self._talk_since: datetime | None = None
        self._visit: Hashable | None = None
        self._pauses: dict[UUID | None, tuple[Stamp, bool, str]] = {}
        self._signed: tuple[Stamp, bool] | None = None
        self._times = dict.fromkeys(AgentState, 0)
        self._counted_until = counts_from

    # ------------------------------------------------------------------ told

    def take(self, event: QueueEventRow, visit: Hashable | None) -> None:
        """One event of this agent; ``visit`` is the key of the visit it belongs to. A resumed talk keeps its start."""
        at, kind = event.at, event.kind
        stamp = at, event.source_seq
        self._count_until(at)
        match kind:
            case Kind.MEMBER_ADDED | Kind.MEMBER_REMOVED if event.queue_id is not None:
                self._member(event.queue_id, stamp, kind is Kind.MEMBER_ADDED)
            case Kind.PAUSED | Kind.UNPAUSED:
                self._pause(event.queue_id, stamp, kind is Kind.PAUSED, str(event.data.get("reason", "")))
            case Kind.OFFERED:
                if self._busy in (None, AgentState.RINGING):
                    self._become(AgentState.RINGING, stamp, visit, event.queue_id)
            case Kind.NOT_ANSWERED:
                self.not_answered += 1
                self.rang_out(stamp, visit)
            case Kind.CONNECTED:
                self._talk_since = at
                self._become(AgentState.TALKING, stamp, visit, event.queue_id)
            case Kind.HELD | Kind.RESUMED:
                busy = AgentState.HOLD if kind is Kind.HELD else AgentState.TALKING
                self._become(busy, stamp, visit or self._visit, event.queue_id)
            case Kind.COMPLETED | Kind.TRANSFERRED:
                self.hung_up(stamp, visit)
            case Kind.WRAP_UP_STARTED:
                self._become(AgentState.WRAP_UP, stamp, visit, event.queue_id)
            case Kind.WRAP_UP_ENDED:
                if self._busy in (None, AgentState.WRAP_UP):
                    self._become(None, stamp, None, event.queue_id)
            case _:
                pass
        self._derive()

    def take_presence(self, row: PresenceRow) -> None:
        """What the agent's own desktop says. It outweighs older queue events, and newer ones outweigh it."""
        stamp = row.since, 0
        self._count_until(row.since)
        self._sign(stamp, row.presence is not Presence.OFFLINE)
        busy = _FROM_PRESENCE.get(row.presence)
        if busy is AgentState.TALKING and row.on_hold:
            busy = AgentState.HOLD
        self._become(busy, stamp, None, None)
        if row.presence is Presence.PAUSED:
            self._pause(None, stamp, True, row.reason)
        elif row.presence is Presence.READY:
            self._pause(None, stamp, False, "")
        self._derive()

    def rang_out(self, stamp: Stamp, visit: Hashable | None) -> None:
        """The call no longer rings here: not answered, taken by a colleague, or the caller hung up."""
        if self._busy is None or (self._busy is AgentState.RINGING and self._is_about(visit)):
            self._count_until(stamp[0])
            self._become(None, stamp, None, None)
            self._derive()

    def hung_up(self, stamp: Stamp, visit: Hashable | None) -> None:
        """The talk is over; a wrap-up that began in the same moment stays."""
        if self._busy is not AgentState.WRAP_UP and self._is_about(visit):
            self._count_until(stamp[0])
            self._become(None, stamp, None, None)
            self._derive()

    def start_day(self, start: datetime) -> None:
        """Forget what was counted; what the agent does goes on."""
        self._times = dict.fromkeys(AgentState, 0)
        self.not_answered = 0
        self.sums = None
        self._counted_until = max(self._counted_until, start)

    # ------------------------------------------------------------------ asked

    @property
    def visit(self) -> Hashable | None:
        """The key of the visit that rings or is talked with here."""
        return self._visit

    def times_us(self, now: datetime) -> dict[AgentState, int]:
        """Microseconds in each state since the day began, the present one running to ``now``."""
        times = dict(self._times)
        if now > self._counted_until:
            times[self.state] += (now - self._counted_until) // US
        return times

    def queues(self) -> list[UUID]:
        """The queues this agent is a member of, as far as events said so."""
        return [queue for queue, (_, member) in self.member_of.items() if member]

    # --------------------------------------------------------------- inner

    def _is_about(self, visit: Hashable | None) -> bool:
        return visit is None or self._visit is None or visit == self._visit

    def _become(self, busy: AgentState | None, stamp: Stamp, visit: Hashable | None, queue_id: UUID | None) -> None:
        if self._busy_stamp is not None and stamp < self._busy_stamp:
            return
        self.queue_id = queue_id or self.queue_id
        same = busy is self._busy and self._is_about(visit)
        if busy is None:
            self._visit = None
        elif not same:
            resumed = busy is AgentState.TALKING and self._busy is AgentState.HOLD
            self._busy_since = (resumed and self._talk_since) or stamp[0]
            self._visit = visit
        else:
            self._visit = visit or self._visit
        self._busy, self._busy_stamp = busy, stamp
        if busy is not None:
            self._sign(stamp, True)

    def _member(self, queue_id: UUID, stamp: Stamp, member: bool) -> None:
        known = self.member_of.get(queue_id)
        if known is None or known[0] <= stamp:
            self.member_of[queue_id] = stamp, member

    def _pause(self, queue_id: UUID | None, stamp: Stamp, paused: bool, reason: str) -> None:
        known = self._pauses.get(queue_id)
        if known is None or known[0] <= stamp:
            if paused and known is not None and known[1]:  # told twice, by the desktop and the PBX: one pause
                stamp, reason = (stamp, reason) if reason and reason != known[2] else (known[0], known[2])
            self._pauses[queue_id] = stamp, paused, reason

    def _sign(self, stamp: Stamp, signed_in: bool) -> None:
        if self._signed is None or self._signed[0] <= stamp:
            self._signed = stamp, signed_in

    def _count_until(self, at: datetime) -> None:
        until = self._counted_until
        if at > until:
            self._times[self.state] += (at - until) // US
            self._counted_until = at

    def _is_signed_in(self) -> bool:
        newest = max((stamp for stamp, _ in self.member_of.values()), default=None)
        if self._signed is not None and (newest is None or self._signed[0] >= newest):
            return self._signed[1]
        return any(member for _, member in self.member_of.values())

    def _paused(self) -> tuple[Stamp, str] | None:
        """Since when and why, if paused in every queue; of a pause in one queue and one in all the newer holds."""
        everywhere = self._pauses.get(None)
        scopes = self.queues() or [scope for scope in self._pauses if scope is not None]
        if not scopes:
            return (everywhere[0], everywhere[2]) if everywhere is not None and everywhere[1] else None
        latest = None
        for queue in scopes:
            known = self._pauses.get(queue)
            if known is None or (everywhere is not None and everywhere[0] >= known[0]):
                known = everywhere
            if known is None or not known[1]:
                return None
            latest = known if latest is None or known[0] > latest[0] else latest
        return (latest[0], latest[2]) if latest is not None else None

    def _derive(self) -> None:
        reason = ""
        if self._busy is not None:
            state, since = self._busy, self._busy_since
        else:
            free_since = self._busy_stamp[0] if self._busy_stamp is not None else None
            state, since, reason = self._resting(free_since)
        self.state, self.since, self.reason = state, since, reason

    def _resting(self, free_since: datetime | None) -> tuple[AgentState, datetime | None, str]:
        changes = [stamp[0] for stamp, _ in self.member_of.values()]
        if self._signed is not None and not self._signed[1]:
            changes.append(self._signed[0][0])
        if not self._is_signed_in():
            return AgentState.OFFLINE, max(changes, default=free_since), ""
        paused = self._paused()
        if paused is not None:
            began = paused[0][0]
            return AgentState.PAUSED, max(began, free_since) if free_since else began, paused[1]
        changes += [stamp[0] for stamp, was_paused, _ in self._pauses.values() if not was_paused]
        if free_since is not None:
            changes.append(free_since)
        if self._signed is not None:
            changes.append(self._signed[0][0])
        return AgentState.READY, max(changes, default=None), ""
