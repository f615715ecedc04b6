"""The keeper of one's own presence: every way through it keeps to the table."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_desktop.core.presence import NO_PHONE, PresenceKeeper
from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallView
from agent_desktop.data import presence_moves
from agent_desktop.data.presence_moves import By, NotAllowed
from agent_desktop.data.words import Direction, Presence

P = Presence
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
RUNS = (CallState.RINGING, CallState.TALKING, CallState.HELD, CallState.DIALLING)


def call(number: int, state: CallState) -> CallView:
    return CallView(f"c{number}", UUID(int=number + 1), Direction.INBOUND, state, "", "", NOW)


asked = st.one_of(
    st.tuples(st.just("ask"), st.sampled_from([P.READY, P.PAUSED, P.OFFLINE]), st.sampled_from(["", "Lunch"])),
    st.tuples(st.just("forced"), st.sampled_from([P.PAUSED, P.OFFLINE]), st.just("Training")),
    st.tuples(st.just("lost")),
    st.tuples(st.just("phone"), st.booleans()),
    st.tuples(st.just("calls"), st.lists(st.sampled_from(RUNS), max_size=3)),
    st.tuples(st.just("wrap_up"), st.sampled_from([None, 1, 2])),
    st.tuples(st.just("sign_out")),
)


@given(st.lists(asked, max_size=25))
@settings(max_examples=150, deadline=None)
def test_whatever_happens_each_step_is_one_of_the_table(steps: list[tuple]) -> None:
    keeper = PresenceKeeper()
    calls: tuple[CallView, ...] = ()
    wrap_up: UUID | None = None
    for what, *more in steps:
        if what == "ask":
            keeper.ask(*more)
        elif what == "forced":
            keeper.ask(*more, by=By.SUPERVISOR)
        elif what == "lost":
            keeper.ask(P.OFFLINE, by=By.LEASE)
        elif what == "phone":
            keeper.phone_usable = more[0]
        elif what == "calls":
            calls = tuple(call(number, state) for number, state in enumerate(more[0]))
        elif what == "wrap_up":
            wrap_up = UUID(int=more[0]) if more[0] else None
        else:
            keeper.signed_out = True
        before = keeper.shown
        changed = keeper.settle(calls, wrap_up)  # raises where the table does not have it
        assert changed or keeper.shown is before
        assert (before, keeper.shown) in presence_moves.MOVES
        assert keeper.shown is not P.READY or (keeper.phone_usable and not calls and wrap_up is None)
        assert keeper.shown is P.OFFLINE or not keeper.signed_out


def test_a_pause_asked_for_in_a_call_follows_its_wrap_up_and_says_so() -> None:
    for by in (By.AGENT, By.SUPERVISOR):
        keeper = PresenceKeeper(phone_usable=True)
        keeper.ask(P.READY)
        keeper.settle((call(0, CallState.TALKING),), None)
        keeper.ask(P.PAUSED, "Lunch", by)
        assert not keeper.settle((call(0, CallState.TALKING),), None)
        assert (keeper.view().presence, keeper.view().pending, keeper.then) == (P.TALKING, "Lunch", ("paused", "Lunch"))
        keeper.settle((), UUID(int=1))
        assert (keeper.view().presence, keeper.view().pending) == (P.WRAP_UP, "Lunch")
        keeper.settle((), None)
        assert (keeper.view().presence, keeper.view().reason, keeper.view().pending) == (P.PAUSED, "Lunch", "")


def test_nobody_else_makes_one_ready() -> None:
    keeper = PresenceKeeper(phone_usable=True)
    for presence, by in ((P.READY, By.SUPERVISOR), (P.READY, By.LEASE), (P.TALKING, By.AGENT)):
        with pytest.raises(NotAllowed):
            keeper.ask(presence, by=by)
    keeper.ask(P.READY)
    keeper.phone_usable = False
    keeper.settle((), None)
    assert (keeper.shown, keeper.shown_reason) == (P.PAUSED, NO_PHONE)
