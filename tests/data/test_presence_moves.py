"""The one table of presence: what may follow what."""

import pytest

from agent_desktop.data import presence_moves
from agent_desktop.data.presence_moves import MOVES, By, NotAllowed
from agent_desktop.data.words import Presence

P = Presence


def test_every_pair_is_decided() -> None:
    assert set(MOVES) == {(one, other) for one in P for other in P}
    assert all(MOVES.values())


@pytest.mark.parametrize(
    ("by", "after"),
    [
        (By.LEASE, {P.OFFLINE}),
        (By.SUPERVISOR, {P.OFFLINE, P.PAUSED}),
        (By.AGENT, {P.OFFLINE, P.PAUSED, P.READY}),
        (By.PHONE, {P.PAUSED, P.READY}),
        (By.CALL, set(P) - {P.WRAP_UP}),
        (By.WRAP_UP, {P.OFFLINE, P.PAUSED, P.READY, P.WRAP_UP}),
    ],
)
def test_what_brings_what_about(by: By, after: set[Presence]) -> None:
    assert {pair[1] for pair, ways in MOVES.items() if by in ways} == after


def test_nobody_makes_somebody_else_ready_or_leaves_a_call_by_choosing() -> None:
    for busy in (P.RINGING, P.TALKING, P.WRAP_UP):
        assert not presence_moves.allowed(busy, P.READY, By.AGENT)
        assert not presence_moves.allowed(busy, P.PAUSED, By.SUPERVISOR)
    assert all(not presence_moves.allowed(one, P.READY, By.SUPERVISOR) for one in P)
    with pytest.raises(NotAllowed, match="talking → ready by lease"):
        presence_moves.check(P.TALKING, P.READY, By.LEASE)
    assert set(presence_moves.before(P.OFFLINE, By.LEASE)) == set(P) - {P.OFFLINE}
