"""What one agent is doing, put together from queue events and presence; each fact keeps its newest report. No Qt."""

from collections.abc import Hashable
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from agent_desktop.core.pbx_state import Difference
from agent_desktop.core.visit_counts import TALLY_FIELDS, US
from agent_desktop.data.centre_rows import AgentRow, PresenceRow, QueueEventRow
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


_HANDLING = frozenset({AgentState.TALKING, AgentState.HOLD, AgentState.WRAP_UP})
_AVAILABLE = frozenset({AgentState.READY, AgentState.RINGING})

_WITHOUT_VISIT = {
    Kind.OFFERED: AgentState.RINGING,
    Kind.CONNECTED: AgentState.TALKING,
    Kind.RESUMED: AgentState.TALKING,
    Kind.HELD: AgentState.HOLD,
    Kind.WRAP_UP_STARTED: AgentState.WRAP_UP,
}
_OFFERED, _NOT_ANSWERED, _CONNECTED = Kind.OFFERED, Kind.NOT_ANSWERED, Kind.CONNECTED
_WRAP_STARTED, _WRAP_ENDED = Kind.WRAP_UP_STARTED, Kind.WRAP_UP_ENDED
_BUSY = {
    Kind.CONNECTED: AgentState.TALKING,
    Kind.RESUMED: AgentState.TALKING,
    Kind.HELD: AgentState.HOLD,
    Kind.COMPLETED: None,
    Kind.TRANSFERRED: None,
    Kind.LOST: None,
}
_OF_THE_AGENT = frozenset({Kind.MEMBER_ADDED, Kind.MEMBER_REMOVED, Kind.PAUSED, Kind.UNPAUSED})
_NOTHING_DONE: tuple[AgentState | None, datetime | None] = None, None
_REMEMBERED = 6  # visits of one agent, for events that come late
_SIGNED_IN = frozenset({Kind.OFFERED, Kind.CONNECTED, Kind.HELD, Kind.RESUMED, Kind.WRAP_UP_STARTED})
_FROM_PRESENCE = {
    Presence.RINGING: AgentState.RINGING,
    Presence.TALKING: AgentState.TALKING,
    Presence.WRAP_UP: AgentState.WRAP_UP,
}


class _Call:
    """One visit as one agent lived it. Each fact keeps its newest report, so that order does not matter."""

    __slots__ = ("began", "busy", "busy_at", "newest", "rings", "rings_at", "talk_since", "wraps", "wraps_at")

    def __init__(self, stamp: Stamp) -> None:
        self.began = self.newest = stamp
        self.rings = self.wraps = False
        self.busy: AgentState | None = None  # talking or on hold
        self.rings_at: Stamp | None = None
        self.busy_at: Stamp | None = None
        self.wraps_at: Stamp | None = None
        self.talk_since: datetime | None = None

    def take(self, kind: Kind, stamp: Stamp) -> None:
        """What happened in it; of what is none of the agent's, nothing is kept."""
        if kind is _WRAP_STARTED or kind is _WRAP_ENDED:
            if self.wraps_at is None or self.wraps_at <= stamp:
                self.wraps, self.wraps_at = kind is _WRAP_STARTED, stamp
        elif kind is _OFFERED or kind is _NOT_ANSWERED:
            self.ring(kind is _OFFERED, stamp)
        elif kind in _BUSY:
            if kind is _CONNECTED:
                self.talk_since = stamp[0]
            if self.busy_at is None or self.busy_at <= stamp:
                self.busy, self.busy_at = _BUSY[kind], stamp
        else:
            return
        if stamp > self.newest:
            self.newest = stamp

    def ring(self, rings: bool, stamp: Stamp) -> None:
        """It rings, or no longer does."""
        if self.rings_at is None or self.rings_at <= stamp:
            self.rings, self.rings_at = rings, stamp
        if stamp > self.newest:
            self.newest = stamp

    @property
    def handled(self) -> bool:
        return self.busy_at is not None or self.wraps_at is not None

    def state(self) -> tuple[AgentState | None, datetime | None]:
        """What the agent does for this visit and since when; (None, None) when nothing any more."""
        # Desktop and switch have two clocks: a wrap-up stays when the end of its talk is stamped a moment later.
        if self.wraps and self.wraps_at is not None:
            return AgentState.WRAP_UP, self.wraps_at[0]
        if self.busy is not None and self.busy_at is not None:
            talk_since = self.talk_since if self.busy is AgentState.TALKING else None
            return self.busy, talk_since or self.busy_at[0]
        if self.rings and not self.handled and self.rings_at is not None:
            return AgentState.RINGING, self.rings_at[0]
        return None, None


class AgentRecord:
    """One agent being followed; ``state``, ``since`` and ``reason`` are what to show, once ``derive`` was called.

    Time in each state is summed as events arrive: one that comes late misplaces at most its own lateness.
    """

    __slots__ = (
        "_calls",
        "_counted_until",
        "_gone_why",
        "_latest",
        "_own_pause",
        "_pauses",
        "_queue_at",
        "_said",
        "_signed",
        "_times",
        "behind",
        "changed",
        "member_of",
        "not_answered",
        "pbx",
        "placed",
        "places",
        "queue_id",
        "reason",
        "row",
        "since",
        "state",
        "sums",
        "then",
    )

    def __init__(self, row: AgentRow, counts_from: datetime) -> None:
        self.row = row
        self.state = AgentState.OFFLINE
        self.since: datetime | None = None
        self.reason = ""
        self.queue_id: UUID | None = None  # of the last visit
        self.member_of: dict[UUID, tuple[Stamp, bool]] = {}
        self.not_answered = 0
        self.changed = False  # since the board was last asked
        self.behind = False  # the state is not derived yet from what was told
        self.placed: AgentState | None = None  # the state its queues show
        self.places: list[Any] | None = None  # those queues, kept by QueuePlaces
        self.sums = [0] * len(TALLY_FIELDS)  # cells of this agent's tally, kept by the queues
        self._calls: dict[Hashable, _Call] = {}  # by when they began
        self._latest: _Call | None = None  # the last of them
        self._queue_at: Stamp | None = None
        self._said: tuple[Stamp, AgentState | None] | None = None  # by the desktop, or without a visit
        self._pauses: dict[UUID | None, tuple[Stamp, bool, str]] = {}
        # By the desktop alone: its newest word, since when it says paused, and why. A PBX that was started anew has
        # forgotten pauses, and is told of them again.
        self._own_pause: tuple[Stamp, datetime | None, str] | None = None
        self._signed: tuple[Stamp, bool] | None = None
        self._gone_why = ""  # why offline, where somebody said so
        self.pbx: Difference | None = None  # where the PBX does not agree, kept by the board
        self.then = ""  # what follows the present call or wrap-up, by the desktop
        self._times = dict.fromkeys(AgentState, 0)
        self._counted_until = counts_from

    # ------------------------------------------------------------------ told

    def take(self, event: QueueEventRow, visit: Hashable | None) -> None:
        """One event of this agent; ``visit`` is the mark of the visit it belongs to."""
        at, kind = event.at, event.kind
        stamp = at, event.source_seq
        if at > self._counted_until:
            self._count_until(at)
        if kind in _SIGNED_IN:
            self._sign(stamp, True)
        if kind in _OF_THE_AGENT:
            self._change(event, stamp)
        else:
            if kind is _NOT_ANSWERED:
                self.not_answered += 1
            if visit is None:
                self._say(stamp, _WITHOUT_VISIT.get(kind))
            else:
                self._call(visit, stamp, event.queue_id).take(kind, stamp)
        self.behind = self.changed = True

    def _change(self, event: QueueEventRow, stamp: Stamp) -> None:
        """Joined or left a queue, paused or no longer."""
        kind = event.kind
        if kind is Kind.PAUSED or kind is Kind.UNPAUSED:
            self._pause(event.queue_id, stamp, kind is Kind.PAUSED, str(event.data.get("reason", "")))
        elif event.queue_id is not None:
            self._member(event.queue_id, stamp, kind is Kind.MEMBER_ADDED)

    def take_presence(self, row: PresenceRow) -> None:
        """What the agent's own desktop says. It outweighs older queue events, and newer ones outweigh it."""
        stamp = row.since, 0
        self.then = row.then
        self._count_until(row.since)
        self._sign(stamp, row.presence is not Presence.OFFLINE, row.reason)
        busy = _FROM_PRESENCE.get(row.presence)
        if busy is AgentState.TALKING and row.on_hold:
            busy = AgentState.HOLD
        self._say(stamp, busy)
        own = self._own_pause
        if own is None or own[0] <= stamp:
            paused = row.presence is Presence.PAUSED
            since = own[1] if paused and own is not None and own[1] is not None and own[2] == row.reason else row.since
            self._own_pause = stamp, since if paused else None, row.reason
        if row.presence is Presence.PAUSED:
            self._pause(None, stamp, True, row.reason)
        elif row.presence is Presence.READY:
            self._pause(None, stamp, False, "")
        self.behind = self.changed = True

    def rang_out(self, stamp: Stamp, visit: Hashable) -> None:
        """The call no longer rings here: a colleague took it, or the caller hung up."""
        call = self._calls.get(visit)
        if call is not None:
            self._count_until(stamp[0])
            call.ring(False, stamp)
            self.behind = self.changed = True

    def start_day(self, start: datetime) -> None:
        """Forget what was counted; what the agent does goes on."""
        self._times = dict.fromkeys(AgentState, 0)
        self.not_answered = 0
        self.sums = [0] * len(TALLY_FIELDS)
        self._counted_until = max(self._counted_until, start)

    # ------------------------------------------------------------------ asked

    def times_us(self, now: datetime) -> tuple[int, int, int]:
        """Microseconds handling (talk, hold, wrap-up), available (ready, ringing) and paused since the day began."""
        times, state = self._times, self.state
        handling = times[AgentState.TALKING] + times[AgentState.HOLD] + times[AgentState.WRAP_UP]
        available = times[AgentState.READY] + times[AgentState.RINGING]
        paused = times[AgentState.PAUSED]
        if now > self._counted_until:
            running = (now - self._counted_until) // US
            handling += running if state in _HANDLING else 0
            available += running if state in _AVAILABLE else 0
            paused += running if state is AgentState.PAUSED else 0
        return handling, available, paused

    def queues(self) -> list[UUID]:
        """The queues this agent is a member of, as far as events said so."""
        return [queue for queue, (_, member) in self.member_of.items() if member]

    # --------------------------------------------------------------- inner

    def _call(self, visit: Hashable, stamp: Stamp, queue_id: UUID | None) -> _Call:
        call = self._calls.get(visit)
        if call is None:
            call = self._calls[visit] = _Call(stamp)
            if self._latest is not None and stamp < self._latest.began:
                self._order_calls()
            else:
                self._latest = call
            if len(self._calls) > _REMEMBERED:
                del self._calls[next(iter(self._calls))]
        elif stamp < call.began:
            call.began = stamp
            self._order_calls()
        if queue_id is not None and (self._queue_at is None or call.began >= self._queue_at):
            self.queue_id, self._queue_at = queue_id, call.began
        return call

    def _order_calls(self) -> None:
        """Something older has come late: the visits by when they began again, as they mostly come."""
        self._calls = dict(sorted(self._calls.items(), key=lambda entry: entry[1].began))
        self._latest = next(reversed(self._calls.values()))

    def _say(self, stamp: Stamp, busy: AgentState | None) -> None:
        if self._said is None or self._said[0] <= stamp:
            self._said = stamp, busy

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

    def _sign(self, stamp: Stamp, signed_in: bool, why: str = "") -> None:
        if self._signed is None or self._signed[0] <= stamp:
            self._signed, self._gone_why = (stamp, signed_in), "" if signed_in else why

    def _count_until(self, at: datetime) -> None:
        until = self._counted_until
        if at > until:
            if self.behind:
                self.derive()
            self._times[self.state] += (at - until) // US
            self._counted_until = at

    def _is_signed_in(self) -> bool:
        if not self.member_of:
            return self._signed is not None and self._signed[1]
        newest = max([stamp for stamp, _ in self.member_of.values()])
        if self._signed is not None and self._signed[0] >= newest:
            return self._signed[1]
        return any(member for _, member in self.member_of.values())

    def _paused(self) -> tuple[Stamp, str] | None:
        """Since when and why, if paused in every queue; of a pause in one queue and one in all the newer holds."""
        for _, paused, _ in self._pauses.values():
            if paused:
                break
        else:
            return None
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

    def _present_call(self) -> _Call | None:
        """The visit that decides: the one handled last, or one that rings since; older ones are over, heard or not."""
        latest = self._latest
        if latest is None or (latest.handled and (latest.wraps or latest.busy is not None)):
            return latest  # nearly always: what the agent does is for the call that came last
        handled = rings = None
        for call in reversed(self._calls.values()):
            if call.busy_at is not None or call.wraps_at is not None:  # handled
                handled = handled or call
            else:
                rings = rings or call
            if handled is not None and rings is not None:
                break
        if handled is None or rings is None:
            return handled or rings
        if handled.state()[0] is None and rings.newest > handled.newest:
            return rings
        return handled

    def derive(self) -> None:
        """Find out the state from all that was told: once for all that happened in one moment, or in one batch."""
        self.behind = False
        call = self._present_call()
        busy, since = call.state() if call is not None else _NOTHING_DONE
        newest = call.newest if call is not None else None
        if self._said is not None and (newest is None or self._said[0] > newest):
            newest, said = self._said
            if said is not busy:
                busy, since = said, newest[0]
        reason = ""
        if busy is None:
            busy, since, reason = self._resting(newest[0] if newest is not None else None)
        self.state, self.since, self.reason = busy, since, reason

    def _resting(self, free_since: datetime | None) -> tuple[AgentState, datetime | None, str]:
        changes = [stamp[0] for stamp, _ in self.member_of.values()]
        if self._signed is not None and not self._signed[1]:
            changes.append(self._signed[0][0])
        if not self._is_signed_in():
            return AgentState.OFFLINE, max(changes, default=free_since), self._gone_why
        paused = self._paused()
        if paused is not None:
            began, own = paused[0][0], self._own_pause
            if own is not None and own[1] is not None and paused[1] in (own[2], ""):
                began = min(began, own[1])
            return AgentState.PAUSED, max(began, free_since) if free_since else began, paused[1]
        changes += [stamp[0] for stamp, was_paused, _ in self._pauses.values() if not was_paused]
        if free_since is not None:
            changes.append(free_since)
        if self._signed is not None:
            changes.append(self._signed[0][0])
        return AgentState.READY, max(changes, default=None), ""
