"""The states of a call, and which may follow which."""

from enum import StrEnum


class CallState(StrEnum):
    RINGING = "ringing"  # incoming, not yet answered
    DIALLING = "dialling"  # outgoing, no answer yet
    TALKING = "talking"
    HELD = "held"  # by us; a hold by the other side is a mark on Talking
    ENDED = "ended"


MOVES: dict[CallState, frozenset[CallState]] = {
    CallState.RINGING: frozenset({CallState.TALKING, CallState.ENDED}),
    CallState.DIALLING: frozenset({CallState.TALKING, CallState.ENDED}),
    CallState.TALKING: frozenset({CallState.HELD, CallState.ENDED}),
    CallState.HELD: frozenset({CallState.TALKING, CallState.ENDED}),
    CallState.ENDED: frozenset(),
}


def may_follow(now: CallState, following: CallState) -> bool:
    """Whether ``following`` is an allowed move; staying is."""
    return now is following or following in MOVES[now]
