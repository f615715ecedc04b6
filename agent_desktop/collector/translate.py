"""What Asterisk's manager tells, as queue events of the one vocabulary. No connection, no database.

Events may come twice, or in another order within a second: the queue events are the same, by their keys. What decides
how a wait ended, as the PBX itself does not say so everywhere:

* answered: AgentConnect. QueueCallerLeave comes just before it and means nothing by itself.
* abandoned: QueueCallerAbandon, and the caller's hang-up was asked for before it (HangupRequest).
* timed out: QueueCallerAbandon of a caller who had not hung up.
* left by a key: QueueCallerLeave with neither.
* The supplied dialplan says it outright, by a UserEvent with QUEUESTATUS; that counts before all other signs.
"""

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple, TypeAlias
from uuid import UUID

from agent_desktop import clock
from agent_desktop.collector.ami import Fields
from agent_desktop.collector.event_keys import event_key
from agent_desktop.collector.names import People, Queues
from agent_desktop.collector.stays import KEPT_US, Stay, Stays
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.collecting import OpenStay
from agent_desktop.data.words import ExitReason, QueueEventKind

K = QueueEventKind
WRAP_UP_REASON = "Wrap-up"  # a pause with this reason is the work after a call, not a break
STATUS_EVENT = "AgentDesktopQueue"  # of the supplied dialplan: what QUEUESTATUS was after Queue()
_US = 1_000_000
_UNTIL_SURE_US = 1 * _US
_UNTIL_ANSWERED_US = 20 * _US  # an agent's phone may play something before the PBX says that they are connected

TAKEN_OUT = "WITHDRAW"
TALKED = "COMPLETED"  # of a call that was moved meanwhile: AgentComplete does not come for it
_EXITS = {
    "TIMEOUT": ExitReason.TIMEOUT,
    "LEAVEEMPTY": ExitReason.EMPTY,
    "LEAVEUNAVAIL": ExitReason.EMPTY,
    TAKEN_OUT: ExitReason.WITHDRAWN,  # also by a request of ours
}
_REFUSALS = {"FULL": "full", "JOINEMPTY": "empty", "JOINUNAVAIL": "empty"}

Member: TypeAlias = tuple[str, str]  # queue and interface, as the PBX names them
Data: TypeAlias = dict[str, str | int | float]


class Moment(NamedTuple):
    """When the PBX says it was, in µs of its clock, and the words that make what it told then different from others."""

    us: int
    told: str

    def by(self, fields: Fields) -> "Moment":
        """The same, of one phone among several."""
        return Moment(self.us, f"{self.told} {fields.get('DestUniqueid', '')} {fields.get('Interface', '')}")


class _About(NamedTuple):
    """What an event is about that belongs to no stay."""

    queue_id: UUID
    agent_id: UUID | None
    names: str
    linked: str = ""


class Translator:
    """One PBX. ``offset_us`` is added to its moments where its clock is wrong; keys go by what it wrote."""

    def __init__(self, site: UUID, pbx: str, people: People, queues: Queues) -> None:
        self.pbx, self.source = pbx, f"pbx:{pbx}"
        self.people, self.queues = people, queues
        self.offset_us, self.now_us = 0, clock.now_us  # ``now_us`` is the PBX's clock
        self.stays = Stays(site)
        self.members: dict[Member, str | None] = {}  # why paused; None: not paused
        self.unreachable: frozenset[Member] = frozenset()  # as of the last look
        self.unknown_queues: Counter[str] = Counter()
        self.without_time = 0
        self.last_us = 0
        self._hung: dict[str, int] = {}  # calls, and when their hang-up was asked for first
        self._talks: dict[str, Stay] = {}  # by the agent's channel
        self._wraps: dict[Member, Stay | None] = {}
        self._last_talk: dict[UUID, Stay] = {}
        self._pending: dict[UUID, Stay] = {}
        self._late: dict[UUID, Stay] = {}  # whose beginning was not heard
        self._rows: list[QueueEventRow] = []

    # ------------------------------------------------------------------ driving

    def take(self, name: str, fields: Fields) -> list[QueueEventRow]:
        """What one event of the manager means."""
        handler = _HANDLERS.get(name)
        if handler is None:
            return []
        stamp = fields.get("Timestamp", "")
        us = us_of(stamp)
        if us is None:  # timestampevents is off: two collectors would not agree about its key
            self.without_time += 1
            us = self.now_us()
            stamp = str(us)
        self.last_us = max(self.last_us, us)
        handler(self, fields, Moment(us, stamp))
        return self._taken()

    def settle(self, now_us: int) -> list[QueueEventRow]:
        """What has become sure by ``now_us`` of the PBX's clock; old stays are forgotten."""
        for stay in list(self._pending.values()):
            self._decide(stay, now_us)
        for stay in [stay for stay in self._late.values() if now_us - stay.first_us >= 2 * _UNTIL_SURE_US]:
            self._restore(stay)
        old_us = now_us - KEPT_US
        gone = {call for call, us in self._hung.items() if us < old_us}
        if gone:
            self._hung = {call: us for call, us in self._hung.items() if call not in gone}
            self._talks = {call: stay for call, stay in self._talks.items() if (stay.over_us or now_us) >= old_us}
            self.stays.forget(old_us, gone)
            self._late = {key: stay for key, stay in self._late.items() if stay.call not in gone}
        return self._taken()

    def lose(self, stay: Stay, us: int, *, withdrawn: bool = False) -> list[QueueEventRow]:
        """The end of this stay was not heard. ``withdrawn``: the PBX itself went down and took the caller with it."""
        talked = stay.talks
        if talked:
            stay.completed_us = us
        else:
            stay.decided, stay.left_us = True, us
        if withdrawn and not talked:
            self._say(K.EXITED, _found(us), stay, data={"reason": ExitReason.WITHDRAWN.value})
        else:
            stay.lost = True
            self._say(K.LOST, _found(us), stay, stay.agent_id)
        self._pending.pop(stay.id, None)
        return self._taken()

    def restore(self, one: OpenStay, queue: str, call: str, ordinal: int) -> None:
        """A stay that the database has; nothing is said of it."""
        if not one.open:
            self.stays.count_from(queue, call, ordinal)
            return
        entered_us = clock.to_us(one.at) - self.offset_us
        stay = self.stays.new(queue, one.queue_id, call, entered_us, ordinal)
        stay.entered_us, stay.restored, stay.linked = entered_us, True, one.linked_id
        stay.channel, stay.agent_id = str(one.data.get("channel", "")), one.agent_id
        if one.connected_at is not None:
            stay.connected_us = clock.to_us(one.connected_at) - self.offset_us
            if one.agent_id is not None:
                self._last_talk[one.agent_id] = stay

    def found_waiting(self, us: int, fields: Fields) -> list[QueueEventRow]:
        """A caller who was found in a queue, where they have been since ``us``."""
        queue = fields.get("Queue", "")
        queue_id = self.queue_id(queue)
        if queue_id is not None:
            stay = self.stays.new(queue, queue_id, fields.get("Uniqueid", ""), us)
            stay.restored = True
            self._entered(stay, fields, _found(us))
        return self._taken()

    def found_member(self, kind: QueueEventKind, key: Member, us: int, reason: str = "") -> list[QueueEventRow]:
        """A member who was found to be there, gone, paused or no longer so."""
        about = self._about(key, "")
        if about is not None:
            self._say(kind, _found(us), about, about.agent_id, {"reason": reason} if reason else {})
        return self._taken()

    def found_gone(self, queue_id: UUID, agent_id: UUID, us: int) -> list[QueueEventRow]:
        """Somebody who is signed in to a queue by the database only."""
        about = _About(queue_id, agent_id, f"{queue_id} {agent_id}")
        self._say(K.MEMBER_REMOVED, _found(us), about, agent_id)
        return self._taken()

    def queue_id(self, name: str) -> UUID | None:
        """None, and counted, for a queue that is none of ours."""
        found = self.queues.find(name)
        if found is None:
            self.unknown_queues[name] += 1
        return found

    def member(self, interface: str, name: str = "") -> UUID | None:
        """Whose phone this is."""
        return self.people.find(interface) or (self.people.find(name) if name else None)

    def _taken(self) -> list[QueueEventRow]:
        rows, self._rows = self._rows, []
        return rows

    # ------------------------------------------------------------------ callers

    def _join(self, fields: Fields, at: Moment) -> None:
        queue, call = fields.get("Queue", ""), fields.get("Uniqueid", "")
        queue_id = self.queue_id(queue)
        stay = self.stays.enter(queue, queue_id, call, at.us) if queue_id is not None else None
        if stay is not None:
            self._entered(stay, fields, at)

    def _entered(self, stay: Stay, fields: Fields, at: Moment) -> None:
        stay.entered_us = at.us
        stay.linked = fields.get("Linkedid", "") or stay.linked
        stay.channel, stay.number = fields.get("Channel", ""), fields.get("CallerIDNum", "")
        self._say(K.ENTERED, at, stay, data={"call": stay.call, "n": stay.ordinal, "channel": stay.channel})

    def _stay(self, fields: Fields, at: Moment, is_next: Callable[[Stay], bool]) -> Stay | None:
        """The stay of an event; a new one when the one known cannot be it: its own entry has not been heard yet."""
        queue, call = fields.get("Queue", ""), fields.get("Uniqueid", "")
        if not call:
            return None
        stay = self.stays.find(queue, call, at.us)
        if stay is None or is_next(stay):
            queue_id = self.queue_id(queue)
            if queue_id is None:
                return None
            stay = self.stays.new(queue, queue_id, call, at.us)
            self._late[stay.id] = stay
        stay.first_us = min(stay.first_us, at.us)
        stay.linked = stay.linked or fields.get("Linkedid", "")
        stay.channel = stay.channel or fields.get("Channel", "")
        held_s = fields.get("HoldTime", "")
        if stay.entered_us is None and held_s.isdecimal() and "TalkTime" not in fields:
            stay.held_from_us = at.us - int(held_s) * _US
        return stay

    def _leave(self, fields: Fields, at: Moment) -> None:
        stay = self._stay(fields, at, lambda one: one.left_us is not None and at.us > one.left_us)
        if stay is not None:
            stay.left_us = at.us
            self._decide(stay, at.us)

    def _abandon(self, fields: Fields, at: Moment) -> None:
        stay = self._stay(
            *(fields, at),
            lambda one: (
                (one.abandoned_us is not None and at.us > one.abandoned_us)
                or (one.left_us is not None and at.us > one.left_us + _US)
            ),
        )
        if stay is not None:
            stay.abandoned_us = at.us
            self._decide(stay, at.us)

    def _hang_up(self, fields: Fields, at: Moment) -> None:
        call = fields.get("Uniqueid", "")
        self._hung[call] = min(at.us, self._hung.get(call, at.us))
        for stay in [stay for stay in self._pending.values() if stay.call == call]:
            self._decide(stay, at.us)

    def _user_event(self, fields: Fields, at: Moment) -> None:
        if fields.get("UserEvent") != STATUS_EVENT:
            return
        status, queue, call = fields.get("Status", ""), fields.get("Queue", ""), fields.get("Uniqueid", "")
        if status in _REFUSALS:
            queue_id = self.queue_id(queue)
            if queue_id is not None:
                about = _About(queue_id, None, f"{queue} {call}", fields.get("Linkedid", ""))
                self._say(K.REFUSED, at, about, data={"reason": _REFUSALS[status], "call": call})
        elif status in _EXITS:
            stay = self._stay(fields, at, lambda one: one.left_us is not None and at.us > one.left_us + _US)
            if stay is not None:
                stay.status = status
                self._decide(stay, at.us)
        elif status == TALKED:
            self._complete(fields, at)

    def _decide(self, stay: Stay, now_us: int) -> None:
        """Say how the wait ended, or wait until that is sure."""
        ended_us = stay.abandoned_us if stay.abandoned_us is not None else stay.left_us
        if stay.decided or stay.connected_us is not None or ended_us is None:
            self._pending.pop(stay.id, None)
            return
        if stay.abandoned_us is not None and not stay.status and self._hung.get(stay.call, now_us + 1) <= ended_us:
            stay.decided = True
            self._say(K.ABANDONED, _found(ended_us), stay)
        else:
            reason = self._exit_reason(stay, now_us - ended_us)
            if reason is not None:
                stay.decided = True
                self._say(K.EXITED, _found(ended_us), stay, data={"reason": reason.value})
        if stay.decided:
            self._pending.pop(stay.id, None)
        else:
            self._pending[stay.id] = stay

    def _exit_reason(self, stay: Stay, since_us: int) -> ExitReason | None:
        if stay.status and (stay.abandoned_us is not None or since_us >= _UNTIL_SURE_US):
            return _EXITS[stay.status]
        if stay.abandoned_us is not None:
            return ExitReason.TIMEOUT if since_us >= _UNTIL_SURE_US else None
        limit_us = _UNTIL_ANSWERED_US if stay.offers and stay.call not in self._hung else _UNTIL_SURE_US
        return ExitReason.KEY if since_us >= limit_us else None

    # ------------------------------------------------------------------ agents and callers

    def _offer(self, fields: Fields, at: Moment) -> None:
        stay = self._stay(fields, at, lambda one: one.left_us is not None and at.us > one.left_us)
        if stay is not None:
            stay.offers.add(fields.get("Interface", ""))
            self._say(K.OFFERED, at.by(fields), stay, self._member_of(fields))

    def _not_answered(self, fields: Fields, at: Moment) -> None:
        stay = self._stay(fields, at, lambda one: one.left_us is not None and at.us > one.left_us + _US)
        if stay is not None:
            stay.offers.discard(fields.get("Interface", ""))
            ring_ms = fields.get("RingTime", "")
            data: Data = {"ring_ms": int(ring_ms)} if ring_ms.isdecimal() else {}
            self._say(K.NOT_ANSWERED, at.by(fields), stay, self._member_of(fields), data)

    def _connect(self, fields: Fields, at: Moment) -> None:
        stay = self._stay(fields, at, lambda one: (one.decided and not one.lost) or (one.connected_us or at.us) < at.us)
        if stay is not None and stay.connected_us is None:
            self._connected(stay, fields, at)
            self._decide(stay, at.us)

    def _connected(self, stay: Stay, fields: Fields, at: Moment) -> None:
        stay.connected_us = at.us
        stay.offers.clear()
        stay.agent_id = self._member_of(fields)
        self._talks[fields.get("DestUniqueid", "")] = stay
        if stay.agent_id is not None:
            self._last_talk[stay.agent_id] = stay
        self._say(K.CONNECTED, at, stay, stay.agent_id)

    def _complete(self, fields: Fields, at: Moment) -> None:
        stay = self._stay(fields, at, lambda one: one.completed_us is not None and at.us > one.completed_us)
        stay = stay if fields.get("Uniqueid") else self._talk_of(fields)
        if stay is None or stay.completed_us is not None:
            return
        stay.completed_us = at.us
        agent = stay.agent_id = stay.agent_id or self._member_of(fields)
        talk_s, held_s = fields.get("TalkTime", ""), fields.get("HoldTime", "")
        if stay.connected_us is None and talk_s.isdecimal():
            stay.talked_from_us = at.us - int(talk_s) * _US
            if stay.entered_us is None and held_s.isdecimal():
                stay.held_from_us = stay.talked_from_us - int(held_s) * _US
            self._late[stay.id] = stay
        by = fields.get("Reason", "")
        if by == "transfer":
            kind, to = stay.transfer or ("", "")
            self._say(K.TRANSFERRED, at, stay, agent, {"kind": kind, "to": to})
        else:
            self._say(K.COMPLETED, at, stay, agent, {"by": by})
        self._pending.pop(stay.id, None)

    def _talk_of(self, fields: Fields) -> Stay | None:
        """The talk that ended, of a caller whom a busy PBX has forgotten already: then it names the agent only."""
        where = fields.get("Queue", ""), self._member_of(fields)
        talking = [one for one in self.stays if one.talks and (one.queue, one.agent_id) == where]
        by_phone = self._talks.get(fields.get("DestUniqueid") or "?")
        return by_phone or (talking[0] if len(talking) == 1 and where[1] is not None else None)

    def _restore(self, stay: Stay) -> None:
        """The beginning that was missed, from the durations that later events have, in whole seconds."""
        if stay.entered_us is None and stay.held_from_us is not None:
            fields = {"Channel": stay.channel, "CallerIDNum": stay.number}
            self._entered(stay, fields, _found(stay.held_from_us))
        if stay.connected_us is None and stay.talked_from_us is not None:
            stay.connected_us = stay.talked_from_us
            self._say(K.CONNECTED, _found(stay.talked_from_us), stay, stay.agent_id)
        if stay.over_us is not None:
            self._late.pop(stay.id, None)

    def _hold(self, fields: Fields, at: Moment) -> None:
        self._held(K.HELD, fields, at)

    def _unhold(self, fields: Fields, at: Moment) -> None:
        self._held(K.RESUMED, fields, at)

    def _held(self, kind: QueueEventKind, fields: Fields, at: Moment) -> None:
        stay = self._talks.get(fields.get("Uniqueid", ""))
        if stay is not None and stay.completed_us is None:
            self._say(kind, at, stay, stay.agent_id)

    def _blind(self, fields: Fields, _at: Moment) -> None:
        stay = self._talks.get(fields.get("TransfererUniqueid", ""))
        if stay is not None:
            stay.transfer = "blind", fields.get("Extension", "")

    def _attended(self, fields: Fields, _at: Moment) -> None:
        for name in ("OrigTransfererUniqueid", "SecondTransfererUniqueid"):
            stay = self._talks.get(fields.get(name, ""))
            if stay is not None:
                stay.transfer = "attended", fields.get("TransferTargetExten", "")

    def _member_of(self, fields: Fields) -> UUID | None:
        return self.member(fields.get("Interface", ""), fields.get("MemberName", ""))

    # ------------------------------------------------------------------ members

    def _about(self, key: Member, name: str) -> "_About | None":
        queue_id, agent = self.queue_id(key[0]), self.member(key[1], name)
        return _About(queue_id, agent, " ".join(key)) if queue_id is not None and agent is not None else None

    def _added(self, fields: Fields, at: Moment) -> None:
        self.members[_member_key(fields)] = None
        self._moved(K.MEMBER_ADDED, fields, at)
        if fields.get("Paused") == "1":
            self._pause(fields, at)

    def _removed(self, fields: Fields, at: Moment) -> None:
        self.members.pop(_member_key(fields), None)
        self._wraps.pop(_member_key(fields), None)
        self._moved(K.MEMBER_REMOVED, fields, at)

    def _moved(self, kind: QueueEventKind, fields: Fields, at: Moment) -> None:
        about = self._about(_member_key(fields), fields.get("MemberName", ""))
        if about is not None:
            self._say(kind, at, about, about.agent_id)

    def _pause(self, fields: Fields, at: Moment) -> None:
        key = _member_key(fields)
        reason, paused = fields.get("PausedReason", ""), fields.get("Paused") == "1"
        self.members[key] = reason if paused else None
        about = self._about(key, fields.get("MemberName", ""))
        if about is None or about.agent_id is None:
            return
        wraps = paused and reason == WRAP_UP_REASON
        wrapped = key in self._wraps
        if wraps and not wrapped:
            self._wraps[key] = self._last_talk.get(about.agent_id)
            self._say_wrap(K.WRAP_UP_STARTED, at, key, about)
        elif wrapped and not wraps:
            self._say_wrap(K.WRAP_UP_ENDED, at, key, about)
            del self._wraps[key]
        if paused and not wraps:
            self._say(K.PAUSED, at, about, about.agent_id, {"reason": reason})
        elif not paused and not wrapped:
            self._say(K.UNPAUSED, at, about, about.agent_id)

    def _say_wrap(self, kind: QueueEventKind, at: Moment, key: Member, about: "_About") -> None:
        """In the queue of the talk only: the pause is told once for each of the agent's queues."""
        stay = self._wraps[key]
        if stay is None:
            self._say(kind, at, about, about.agent_id)
        elif stay.queue == key[0]:
            self._say(kind, at, stay, about.agent_id)

    # ------------------------------------------------------------------ saying

    def _say(
        self,
        kind: QueueEventKind,
        at: Moment,
        about: "Stay | _About",
        agent: UUID | None = None,
        data: Data | None = None,
    ) -> None:
        visit, told = (about.id, at.told) if isinstance(about, Stay) else (None, f"{at.told} {about.names}")
        self._rows.append(
            QueueEventRow(
                clock.from_us(at.us + self.offset_us),
                kind,
                self.source,
                event_key(self.pbx, kind, visit, told),
                about.queue_id,
                visit,
                about.linked,
                agent,
                data or {},
            )
        )


def us_of(stamp: str) -> int | None:
    """Microseconds since 1970 of a Timestamp as the manager writes it, "1795290025.640791"; None for anything else."""
    whole, _, part = stamp.partition(".")
    if not whole.isdecimal() or (part and not part.isdecimal()):
        return None
    return int(whole) * _US + int((part + "000000")[:6])


def _found(us: int) -> Moment:
    return Moment(us, str(us))


def _member_key(fields: Fields) -> Member:
    return fields.get("Queue", ""), fields.get("Interface", "")


_Handler: TypeAlias = Callable[[Translator, Fields, Moment], None]
_HANDLERS: dict[str, _Handler] = {
    "QueueCallerJoin": Translator._join,
    "QueueCallerLeave": Translator._leave,
    "QueueCallerAbandon": Translator._abandon,
    "AgentCalled": Translator._offer,
    "AgentRingNoAnswer": Translator._not_answered,
    "AgentDump": Translator._not_answered,
    "AgentConnect": Translator._connect,
    "AgentComplete": Translator._complete,
    "Hold": Translator._hold,
    "Unhold": Translator._unhold,
    "BlindTransfer": Translator._blind,
    "AttendedTransfer": Translator._attended,
    "HangupRequest": Translator._hang_up,
    "SoftHangupRequest": Translator._hang_up,
    "Hangup": Translator._hang_up,
    "UserEvent": Translator._user_event,
    "QueueMemberAdded": Translator._added,
    "QueueMemberRemoved": Translator._removed,
    "QueueMemberPause": Translator._pause,
}
WANTED = frozenset(_HANDLERS)
