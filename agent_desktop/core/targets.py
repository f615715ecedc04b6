"""Where a call can go on: queues, colleagues and numbers, those that can be reached first. No Qt, no I/O."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from urllib.parse import quote
from uuid import UUID

import msgspec

from agent_desktop import dial_address, numbers
from agent_desktop.core.agent_activity import AgentState
from agent_desktop.data.centre_rows import AgentRow, QueueRow
from agent_desktop.data.folding import fold

SHOWN = 40
_FREE_FIRST = (AgentState.READY, None, AgentState.RINGING, AgentState.WRAP_UP, AgentState.TALKING, AgentState.HOLD)
_AWAY = (AgentState.PAUSED, AgentState.OFFLINE)


class Kind(IntEnum):
    """In the order of equal matches."""

    COLLEAGUE = 0
    QUEUE = 1
    NUMBER = 2


class Why(IntEnum):
    """Why somebody cannot be reached now."""

    REACHED = 0
    OFFLINE = 1
    PAUSED = 2


class Presence(msgspec.Struct, frozen=True):
    """What a colleague is doing, since when, and the reason of a pause."""

    state: AgentState
    since: datetime | None = None
    reason: str = ""


class Target(msgspec.Struct, frozen=True):
    """One place. ``number`` is what is dialled, ``shown`` what people read; ``why`` says what stands against it."""

    kind: Kind
    label: str
    number: str
    shown: str = ""
    detail: str = ""
    presence: Presence | None = None
    waiting: int | None = None  # in a queue
    why: Why = Why.REACHED

    @property
    def reachable(self) -> bool:
        return self.why is Why.REACHED


class Reach(msgspec.Struct, frozen=True):
    """What this phone can call. ``numbers``: plain numbers, not only SIP addresses (an account, or a peer that takes
    them); ``queue_dial``: how a queue is dialled, with {queue} for its name; empty where the PBX cannot."""

    numbers: bool
    queue_dial: str = ""
    region: str = "PL"


@dataclass
class Directory:
    """Who and what there is, and what was called last; ``find`` answers for a text."""

    reach: Reach
    own_id: UUID | None = None
    people: Sequence[AgentRow] = ()
    queues: Sequence[QueueRow] = ()
    presences: Mapping[UUID, Presence] = field(default_factory=dict)
    waiting: Mapping[UUID, int] = field(default_factory=dict)  # in each queue
    recent: Sequence[str] = ()  # numbers as in Target.number, newest first

    def find(self, text: str, limit: int = SHOWN) -> tuple[Target, ...]:
        """The places that fit, best first: an exact extension, names that begin so, called lately, free ones.

        A number or SIP address that nobody here has is offered as itself. Who cannot be reached now comes last.
        """
        sought = fold(text).strip()
        everyone = [*self._colleagues(), *self._queues()]
        ranked = [(rank, one) for one in everyone if (rank := self._rank(one, sought)) is not None]
        ranked.sort(key=lambda pair: pair[0])
        found = [one for _, one in ranked][:limit]
        typed = self._typed(text)
        if typed is not None and all(one.number != typed.number for one in found):
            at = sum(1 for rank, one in ranked if one.reachable and rank[1] == 0)
            found.insert(at, typed)
        return tuple(found)

    def _colleagues(self) -> Iterable[Target]:
        if not self.reach.numbers:
            return
        for person in self.people:
            if not person.extension or not person.active or person.id == self.own_id:
                continue
            presence = self.presences.get(person.id)
            away = presence.state if presence is not None and presence.state in _AWAY else None
            why = Why.OFFLINE if away is AgentState.OFFLINE else Why.PAUSED if away is not None else Why.REACHED
            yield Target(
                Kind.COLLEAGUE, person.name, person.extension, person.extension, person.team, presence, why=why
            )

    def _queues(self) -> Iterable[Target]:
        pattern = self.reach.queue_dial
        if "{queue}" not in pattern or not (self.reach.numbers or pattern.lower().startswith(("sip:", "sips:"))):
            return
        for queue in self.queues:
            number = pattern.replace("{queue}", quote(queue.name, safe="+*.-_"))
            if not _is_dialable(number):  # its name is no number, and the pattern makes no address of it
                continue
            yield Target(Kind.QUEUE, queue.label, number, waiting=self.waiting.get(queue.id))

    def _typed(self, text: str) -> Target | None:
        """What was typed, if it is itself something to call."""
        text = text.strip()
        if text.lower().startswith(("sip:", "sips:")):
            return Target(Kind.NUMBER, text, text) if "@" in text and " " not in text else None
        if not self.reach.numbers:
            return None
        code = text.replace(" ", "")
        if code[:1] in ("*", "#") and len(code) > 1 and all(c in "*#0123456789" for c in code):
            return Target(Kind.NUMBER, code, code)
        number = numbers.parse(text, self.reach.region)
        if not number or not any(c.isdigit() for c in text) or any(c.isalpha() for c in text):
            return None
        shown = numbers.display(number.e164 or number.raw, self.reach.region)
        return Target(Kind.NUMBER, shown, number.e164 or number.key[::-1])

    def _rank(self, target: Target, sought: str) -> tuple[bool, int, int, int, int, str] | None:
        """Smaller is better; None: it does not fit."""
        fit = _fit(target, sought)
        if fit is None:
            return None
        recent = self.recent.index(target.number) if target.number in self.recent else len(self.recent)
        state = target.presence.state if target.presence is not None else None
        free = _FREE_FIRST.index(state) if state in _FREE_FIRST else len(_FREE_FIRST)
        return not target.reachable, fit, recent, free, target.kind, fold(target.label)


def _is_dialable(text: str) -> bool:
    try:
        address = dial_address.parse(text)
    except dial_address.NotDialable:
        return False
    return address.is_sip or not any(c.isalpha() for c in address.text)


def _fit(target: Target, sought: str) -> int | None:
    """0 the extension itself, 1 the name begins so, 2 one of its words, 3 the extension begins so, 4 anywhere."""
    if not sought or target.number == sought:
        return 0
    name = fold(target.label)
    if name.startswith(sought):
        return 1
    if any(word.startswith(sought) for word in name.split()):
        return 2
    if target.kind is Kind.COLLEAGUE and target.number.startswith(sought):
        return 3
    return 4 if sought in f"{name} {fold(target.detail)}" else None
