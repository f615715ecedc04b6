"""Which presence may follow which, and by what: the one table, which every change of anybody's presence asks."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from agent_desktop.data.words import Presence


class By(StrEnum):
    """What makes a presence another one."""

    AGENT = "agent"  # chose it, signed in or out
    PHONE = "phone"  # cannot be reached, or can again
    CALL = "call"  # rings, is talked, is over
    WRAP_UP = "wrap_up"  # begins, ends
    PBX = "pbx"  # says so of who has no desktop
    SUPERVISOR = "supervisor"
    LEASE = "lease"  # their desktop has not been heard of for too long


_O, _R, _I, _T, _W, _P = (
    *(Presence.OFFLINE, Presence.READY, Presence.RINGING),
    *(Presence.TALKING, Presence.WRAP_UP, Presence.PAUSED),
)


def _by(words: str) -> frozenset[By]:
    return frozenset(By(word) for word in words.split())


# A pair that is missing never happens. The same presence again: another reason, another call.
_TABLE = {
    (_O, _O): "agent supervisor lease pbx",
    (_O, _R): "agent pbx",
    (_O, _I): "call pbx",
    (_O, _T): "call pbx",
    (_O, _W): "wrap_up pbx",
    (_O, _P): "agent phone pbx",
    (_R, _O): "agent supervisor lease pbx",
    (_R, _R): "pbx",
    (_R, _I): "call pbx",
    (_R, _T): "call pbx",
    (_R, _W): "wrap_up pbx",
    (_R, _P): "agent phone supervisor pbx",
    (_I, _O): "agent call supervisor lease pbx",
    (_I, _R): "call pbx",
    (_I, _I): "call pbx",
    (_I, _T): "call pbx",
    (_I, _W): "wrap_up pbx",
    (_I, _P): "call pbx",
    (_T, _O): "agent call supervisor lease pbx",
    (_T, _R): "call pbx",
    (_T, _I): "call pbx",
    (_T, _T): "call pbx",
    (_T, _W): "wrap_up pbx",
    (_T, _P): "call pbx",
    (_W, _O): "agent wrap_up supervisor lease pbx",
    (_W, _R): "wrap_up pbx",
    (_W, _I): "call pbx",
    (_W, _T): "call pbx",
    (_W, _W): "wrap_up pbx",
    (_W, _P): "wrap_up pbx",
    (_P, _O): "agent supervisor lease pbx",
    (_P, _R): "agent phone pbx",
    (_P, _I): "call pbx",
    (_P, _T): "call pbx",
    (_P, _W): "wrap_up pbx",
    (_P, _P): "agent phone supervisor pbx",
}

MOVES: Mapping[tuple[Presence, Presence], frozenset[By]] = MappingProxyType(
    {pair: _by(words) for pair, words in _TABLE.items()}
)


class NotAllowed(Exception):
    """A presence that cannot follow the one before by that."""


def allowed(before: Presence, after: Presence, by: By) -> bool:
    """Whether ``after`` may follow ``before`` by this."""
    return by in MOVES.get((before, after), frozenset())


def check(before: Presence, after: Presence, by: By) -> None:
    """Raises NotAllowed."""
    if not allowed(before, after, by):
        raise NotAllowed(f"{before.value} → {after.value} by {by.value}")


def before(after: Presence, by: By) -> tuple[Presence, ...]:
    """What may become ``after`` by this; not ``after`` itself."""
    return tuple(first for (first, second), ways in MOVES.items() if second is after is not first and by in ways)
