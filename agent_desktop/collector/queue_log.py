"""Lines of a queue_log as queue events: of Asterisk 11 to 22, FreePBX, Issabel, Wazo, QueueMetrics and VICIdial.

What a line means: docs.asterisk.org, Operation/Logging/Queue-Logs. What the log leaves out is worked out from the
durations that it has: when a phone began to ring, and the beginning of a talk or wait that lies before the file's.
"""

from collections import Counter
from collections.abc import Callable
from typing import TypeAlias

import msgspec

from agent_desktop.collector.queue_log_lines import US, LogLine
from agent_desktop.data.words import ExitReason, QueueEventKind

K = QueueEventKind
_CALLS_OF_NOBODY = frozenset({"", "NONE", "REALTIME", "MANAGER", "CLI"})
_LONGEST_S = 86_400  # a duration that is longer is no duration
_KEPT_US = 6 * 3600 * US  # how long a stay that has ended may still be spoken of

# Known, and nothing that happened to a caller or an agent in a queue.
PASSED_OVER = frozenset(
    {
        *("QUEUESTART", "CONFIGRELOAD", "PENALTY", "RINGINUSE", "OUTCALL", "DID", "INFO", "CALLSTATUS"),
        *("PAUSEREASON", "CALLOUTBOUND"),
    }
)

# The order of what happened in one second, which the log does not have: it stands in the events' numbers.
_ORDER = {
    kind: rank
    for rank, kind in enumerate(
        (
            *(K.MEMBER_ADDED, K.ENTERED, K.OFFERED, K.NOT_ANSWERED, K.CONNECTED, K.COMPLETED, K.TRANSFERRED),
            *(K.ABANDONED, K.EXITED, K.REFUSED, K.WRAP_UP_STARTED, K.WRAP_UP_ENDED, K.UNPAUSED, K.PAUSED),
            K.MEMBER_REMOVED,
        )
    )
}
Data: TypeAlias = dict[str, str | int | float]


class Happened(msgspec.Struct, frozen=True):
    """A queue event in the PBX's own names, empty where none is named.

    ``entered_us`` is when the stay began that it belongs to, None while nobody knows. ``seq`` is the same for the same
    event in every copy of the file, 63 bits; of two in one second the greater came later.
    """

    at_us: int
    kind: QueueEventKind
    seq: int
    queue: str
    call: str
    agent: str
    entered_us: int | None
    data: Data


class _Stay:
    __slots__ = ("connected", "entered_us", "entries", "last_us", "left")

    def __init__(self) -> None:
        self.entries: list[int] = []
        self.entered_us: int | None = None
        self.connected = False
        self.left = False
        self.last_us = 0


class QueueLog:
    """Lines in, events out. ``passed_over`` counts known lines without an event; ``unknown`` has, for each event that
    nobody here knows, how often and the first line."""

    def __init__(self) -> None:
        self.passed_over = 0
        self.unknown: dict[str, tuple[int, int]] = {}
        self._stays: dict[tuple[str, str], _Stay] = {}
        self._dialled: dict[str, int] = {}  # calls that somebody here made: they waited in no queue

    def events(self, line: LogLine) -> list[Happened]:
        """What a line says, in order; nothing for what is no event."""
        name = line.event.strip().upper()
        handler = _HANDLERS.get(name)
        if name == "CALLOUTBOUND":
            self._dialled[line.call] = line.at_us
        if handler is None:
            if name in PASSED_OVER:
                self.passed_over += 1
            else:
                count, first = self.unknown.get(name[:40], (0, line.number))
                self.unknown[name[:40]] = count + 1, first
            return []
        of_call = name in _OF_CALLS
        if of_call and (line.call in _CALLS_OF_NOBODY or line.call in self._dialled):
            self.passed_over += 1
            return []
        told = _Told(line, self._stay(line) if of_call else None)
        handler(told)
        return told.events

    def forget(self) -> None:
        """Let go of stays that have ended long ago; what is still said of them is found in the database."""
        if self._stays:
            now = max(stay.last_us for stay in self._stays.values())
            self._stays = {key: stay for key, stay in self._stays.items() if not _is_over(stay, now)}
            self._dialled = {call: at for call, at in self._dialled.items() if now - at < 4 * _KEPT_US}

    def follows(self, pair: tuple[str, str]) -> bool:
        """Whether the stay of a call (second) in a queue (first) is still spoken of."""
        return pair in self._stays

    def _stay(self, line: LogLine) -> _Stay:
        key = line.queue, line.call
        stay = self._stays.get(key)
        if stay is None:
            stay = self._stays[key] = _Stay()
        stay.last_us = max(stay.last_us, line.at_us)
        return stay


def _is_over(stay: _Stay, now_us: int) -> bool:
    age = now_us - stay.last_us
    return age > (_KEPT_US if stay.left else 4 * _KEPT_US)


class _Told:
    """One line on its way to events."""

    def __init__(self, line: LogLine, stay: _Stay | None) -> None:
        self.line = line
        self.events: list[Happened] = []
        self._stay = stay
        self._said = Counter[K]()

    @property
    def stay(self) -> _Stay:
        assert self._stay is not None
        return self._stay

    def say(self, event: QueueEventKind, at_us: int | None = None, agent: str = "", **data: str | int) -> None:
        line, stay = self.line, self._stay
        # One line may say several things: the kind, and how often, make each number its own.
        self._said[event] += 1
        mixed = (line.digest ^ (_ORDER[event] * 0x9E3779B97F4A7C15 + self._said[event])) & ((1 << 59) - 1)
        call = "" if line.call in _CALLS_OF_NOBODY else line.call
        entered = stay.entered_us if stay is not None else None
        said: Data = {name: value for name, value in data.items() if value != ""}
        self.events.append(
            Happened(
                line.at_us if at_us is None else at_us,
                *(event, _ORDER[event] << 59 | mixed, line.queue, call, agent, entered, said),
            )
        )

    def number(self, at: int) -> int | None:
        """A field that is a whole number, from the right with a negative place; None when it is none."""
        data = self.line.data
        if not -len(data) <= at < len(data):
            return None
        text = data[at].strip().partition(".")[0]
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

    def text(self, at: int) -> str:
        data = self.line.data
        return data[at].strip()[:80] if at < len(data) else ""

    def before(self, seconds: int | None) -> int | None:
        """The moment so long before the line; None when nobody knows how long."""
        return None if seconds is None or seconds > _LONGEST_S else self.line.at_us - seconds * US

    def waited(self, seconds: int | None) -> None:
        """The entry, where the log has none of it."""
        stay = self.stay
        entered = self.before(seconds)
        if stay.entered_us is None and not stay.entries and entered is not None:
            stay.entered_us = entered
            stay.entries.append(entered)
            self.say(K.ENTERED, entered, restored=1)

    def rang(self, ring_ms: int | None) -> None:
        """A phone began to ring so long before the line, but not before the caller came."""
        if ring_ms is not None and ring_ms <= _LONGEST_S * 1000:
            began = max(self.line.at_us - ring_ms * 1000, self.stay.entered_us or 0)
            self.say(K.OFFERED, began, self.line.agent)

    def talked(self, held_s: int | None, talk_s: int | None) -> None:
        """The end of a talk; its beginning, and the wait before it, where the log has nothing of them."""
        stay = self.stay
        began = self.before(talk_s)
        if not stay.connected and began is not None:
            self.waited(None if held_s is None or talk_s is None else held_s + talk_s)
            self.say(K.CONNECTED, began, self.line.agent, restored=1)
        stay.connected = stay.left = True


# ------------------------------------------------------------------ of a call


def _enter(told: _Told) -> None:
    stay, at_us = told.stay, told.line.at_us
    if at_us not in stay.entries:  # else it is a copy of a line that was read before
        stay.entries.append(at_us)
    stay.entered_us = at_us
    stay.connected = stay.left = False
    told.say(K.ENTERED)


def _connect(told: _Told) -> None:
    told.waited(told.number(0))
    ring_s = told.number(2)
    told.rang(ring_s * 1000 if ring_s is not None else 0)
    told.stay.connected = True
    told.say(K.CONNECTED, agent=told.line.agent)


def _ring_no_answer(told: _Told) -> None:
    ring_ms = told.number(0)
    told.rang(ring_ms or 0)
    told.say(K.NOT_ANSWERED, agent=told.line.agent, ring_ms=ring_ms if ring_ms is not None else "")


def _dumped(told: _Told) -> None:
    told.rang(0)
    told.say(K.NOT_ANSWERED, agent=told.line.agent)


def _completed(by: str) -> "_Handler":
    def handler(told: _Told) -> None:
        told.talked(told.number(0), told.number(1))
        told.say(K.COMPLETED, agent=told.line.agent, by=by)

    return handler


def _blind(told: _Told) -> None:
    told.talked(told.number(2), told.number(3))
    told.say(K.TRANSFERRED, agent=told.line.agent, kind="blind", to=told.text(0))


def _attended(told: _Told) -> None:
    told.talked(told.number(-3), told.number(-2))  # what comes before depends on the method
    told.say(K.TRANSFERRED, agent=told.line.agent, kind="attended", to=told.text(1))


def _abandon(told: _Told) -> None:
    told.waited(told.number(2))
    told.stay.left = True
    told.say(K.ABANDONED)


def _exit(reason: ExitReason, waited_at: int = 2) -> "_Handler":
    def handler(told: _Told) -> None:
        told.waited(told.number(waited_at))
        told.stay.left = True
        told.say(K.EXITED, reason=reason.value)

    return handler


def _exit_by_key(told: _Told) -> None:
    told.waited(told.number(3))
    told.stay.left = True
    if told.text(0).casefold() == "empty":  # how an older relative of app_queue says that nobody was there
        told.say(K.EXITED, reason=ExitReason.EMPTY.value)
    else:
        told.say(K.EXITED, reason=ExitReason.KEY.value, key=told.text(0))


def _refused(reason: str) -> "_Handler":
    def handler(told: _Told) -> None:
        told.say(K.REFUSED, reason=reason)

    return handler


# ------------------------------------------------------------------ of an agent


def _said_of_agent(kind: QueueEventKind) -> "_Handler":
    def handler(told: _Told) -> None:
        told.say(kind, agent=told.line.agent, reason=told.text(0))

    return handler


def _member(kind: QueueEventKind) -> "_Handler":
    def handler(told: _Told) -> None:
        told.say(kind, agent=told.line.agent)

    return handler


def _wrap_up(told: _Told) -> None:
    told.say(K.WRAP_UP_STARTED, agent=told.line.agent)
    seconds = told.number(0)
    if seconds is not None and seconds <= _LONGEST_S:
        told.say(K.WRAP_UP_ENDED, told.line.at_us + seconds * US, told.line.agent)


_Handler: TypeAlias = Callable[[_Told], None]
_OF_CALL: dict[str, _Handler] = {
    "ENTERQUEUE": _enter,
    "CONNECT": _connect,
    "RINGNOANSWER": _ring_no_answer,
    "RINGCANCELED": lambda told: told.rang(told.number(0) or 0),  # the caller gave up while it rang here
    "AGENTDUMP": _dumped,
    "COMPLETEAGENT": _completed("agent"),
    "COMPLETECALLER": _completed("caller"),
    "TRANSFER": _blind,
    "BLINDTRANSFER": _blind,
    "ATTENDEDTRANSFER": _attended,
    "ABANDON": _abandon,
    "EXITWITHTIMEOUT": _exit(ExitReason.TIMEOUT),
    "EXITEMPTY": _exit(ExitReason.EMPTY),
    "LEAVEEMPTY": _exit(ExitReason.EMPTY),
    "EXITWITHKEY": _exit_by_key,
    "WITHDRAW": _exit(ExitReason.WITHDRAWN),
    "SYSCOMPAT": _exit(ExitReason.WITHDRAWN),  # the agent's and the caller's voices did not fit: the PBX ended it
}
_REFUSALS: dict[str, _Handler] = {
    name: _refused(reason)
    for name, reason in (
        ("FULL", "full"),
        ("JOINEMPTY", "empty"),
        ("JOINUNAVAIL", "empty"),
        ("CLOSED", "closed"),
        ("DIVERT_CA_RATIO", "diverted"),
        ("DIVERT_HOLDTIME", "diverted"),
    )
}
_OF_AGENT: dict[str, _Handler] = {
    "ADDMEMBER": _member(K.MEMBER_ADDED),
    "REMOVEMEMBER": _member(K.MEMBER_REMOVED),
    "AGENTLOGIN": _member(K.MEMBER_ADDED),
    "AGENTLOGOFF": _member(K.MEMBER_REMOVED),
    "AGENTCALLBACKLOGIN": _member(K.MEMBER_ADDED),
    "AGENTCALLBACKLOGOFF": _member(K.MEMBER_REMOVED),
    "PAUSE": _said_of_agent(K.PAUSED),
    "PAUSEALL": _said_of_agent(K.PAUSED),
    "UNPAUSE": _said_of_agent(K.UNPAUSED),
    "UNPAUSEALL": _said_of_agent(K.UNPAUSED),
    "WRAPUPSTART": _wrap_up,
}
_HANDLERS = _OF_CALL | _REFUSALS | _OF_AGENT
_OF_CALLS = frozenset(_OF_CALL)
