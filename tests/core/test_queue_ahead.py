"""The next minutes of a queue: beside the steady state they tend to, a simulation, and cases worked out by hand."""

import itertools
import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_desktop.core.erlang import Traffic, outlook
from agent_desktop.core.queue_ahead import State, abandoned_within, ahead, answered, answered_within

BUSY = Traffic(200 / 3600, 180, 120)


@pytest.mark.parametrize(
    ("traffic", "agents"),
    [(BUSY, 12), (BUSY, 9), (Traffic(0.8, 60, 120), 50), (Traffic(200 / 3600, 180), 13), (Traffic(0.01, 60, 60), 0)],
)
def test_in_the_long_run_it_is_the_steady_state(traffic: Traffic, agents: int) -> None:
    """The second half of a span, by which the beginning is forgotten: twice the whole less the first half."""
    steady, span = outlook(traffic, agents, 20), 24_000 if traffic.patience_s is None else 4_000
    half, whole = (ahead(traffic, [agents], [20], State(0, 0), span * times)[0].outlook for times in (1, 2))
    for name in ("waits", "service_level", "queue", "abandoned", "wait_s", "occupancy"):
        later = 2 * getattr(whole, name) - getattr(half, name)
        assert later == pytest.approx(getattr(steady, name), rel=1e-5, abs=1e-9), name
    if agents:
        answered = [one.answer_s * (1 - one.abandoned) for one in (half, whole)]
        assert (2 * answered[1] - answered[0]) / (1 - steady.abandoned) == pytest.approx(steady.answer_s, rel=1e-5)


def test_beside_a_simulation_of_a_quarter_hour() -> None:
    """12 agents, all busy, 6 waiting: 1,500 times the next ten minutes, by the definition alone."""
    dice, span = random.Random(5), 600.0
    in_time = callers = gone = gone_early = 0
    answered_s = 0.0
    for _ in range(1_500):
        free = [dice.expovariate(1 / 180) for _ in range(12)]
        arrivals = [0.0] * 6
        now = dice.expovariate(200 / 3600)
        while now < span:
            arrivals.append(now)
            now += dice.expovariate(200 / 3600)
        for number, enters in enumerate(arrivals):
            free.sort()
            wait, new = max(0.0, free[0] - enters), number >= 6
            callers += new
            patience = dice.expovariate(1 / 120)
            if wait > patience:
                gone += new
                gone_early += new and patience <= 20
                continue
            if new:
                in_time += wait <= 20
                answered_s += wait
            free[0] = enters + wait + dice.expovariate(1 / 180)
    seen, (early, _) = ahead(BUSY, [12], [20, 5], State(12, 6), span)[0]
    assert gone_early / callers == pytest.approx(early, abs=0.01)
    assert in_time / callers == pytest.approx(seen.service_level, abs=0.015)
    assert gone / callers == pytest.approx(seen.abandoned, abs=0.01)
    assert answered_s / (callers - gone) == pytest.approx(seen.answer_s, rel=0.05)
    assert seen.service_level < outlook(BUSY, 12, 20).service_level - 0.02, "who waits now weighs on it"


def test_what_more_and_fewer_agents_begin_with() -> None:
    state = State(10, 4)
    assert state.with_agents(10) == (10, 4)
    assert state.with_agents(13) == (13, 1)  # three callers are taken at once
    assert state.with_agents(20) == (14, 0)
    assert state.with_agents(7) == (7, 4)  # three leave when their call ends, and take no other
    assert State(3, 1).with_agents(10) == (4, 0)  # a call that rings


def test_who_is_reached_in_time() -> None:
    alone = Traffic(0.01, 100.0)
    assert answered_within(alone, 4, 20, 2).tolist() == pytest.approx(
        [1 - math.exp(-0.8), 1 - math.exp(-0.8) * 1.8]  # one departure, two departures in 20 s at 4 ÷ 100 s
    )
    patient, endless = answered_within(Traffic(0.01, 100.0, 1e9), 4, 20, 3), answered_within(alone, 4, 20, 3)
    assert patient.tolist() == pytest.approx(endless.tolist(), abs=1e-6)
    assert answered_within(BUSY, 0, 20, 2).tolist() == [0, 0]
    # patience 50 s and service 1/25 s with one agent: P(departure before leaving and 20 s) by hand
    hasty = Traffic(0.01, 25.0, 50.0)
    one = answered_within(hasty, 1, 20, 1)[0]
    assert answered(hasty, 1, 1)[0] == pytest.approx((1 / 25) / (1 / 25 + 1 / 50))
    gone = (1 - math.exp(-20 * (1 / 25 + 1 / 50))) * (1 / 50) / (1 / 25 + 1 / 50)
    assert abandoned_within(hasty, 1, 20, 1)[0] == pytest.approx(gone)
    assert abandoned_within(hasty, 0, 20, 1)[0] == pytest.approx(1 - math.exp(-0.4))
    assert one == pytest.approx((1 - math.exp(-20 * (1 / 25 + 1 / 50))) * (1 / 25) / (1 / 25 + 1 / 50))


@settings(max_examples=25, deadline=None)
@given(
    st.floats(0.001, 0.3), st.floats(20, 600), st.none() | st.floats(10, 2_000), st.integers(0, 30), st.integers(0, 30)
)
def test_what_always_holds(calls: float, handle_s: float, patience_s: float | None, busy: int, waiting: int) -> None:
    traffic = Traffic(calls, handle_s, patience_s)
    found = ahead(traffic, range(0, 30, 3), [20, 5], State(busy, waiting), 300)
    seen = [one.outlook for one in found]
    for fewer, more in itertools.pairwise(seen):
        assert more.service_level >= fewer.service_level - 1e-9
        assert more.abandoned <= fewer.abandoned + 1e-9
    for one in seen:
        for share in (one.waits, one.service_level, one.abandoned, one.occupancy):
            assert -1e-9 <= share <= 1 + 1e-9
        assert one.abandoned + one.service_level <= 1 + 1e-9
    for one, (in_time, short) in found:
        assert -1e-9 <= short <= in_time + 1e-9 <= one.abandoned + 2e-9


def test_nonsense_is_refused() -> None:
    for agents, span in (([-1], 60.0), ([3], 0.0)):
        with pytest.raises(ValueError, match="no fewer"):
            ahead(BUSY, agents, [20], State(0, 0), span)
    assert ahead(BUSY, [], [20], State(0, 0), 60) == []
