"""Erlang's formulas against published and independently computed values (30 digits, checked by simulation)."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_desktop.core.erlang import Traffic, agents_for, erlang_b, outlook, rostered


@pytest.mark.parametrize(
    ("agents", "load", "lost"),
    [
        (1, 1, 0.5),
        (5, 3, 0.110054347826),
        (10, 5, 0.0183845703366),
        (10, 10, 0.214582343107),
        (20, 12, 0.00979563942006),
        (44, 40, 0.0645967823389),
        (100, 90, 0.0269573804644),
        (1000, 1000, 0.0248119176465),
    ],
)
def test_erlang_b(agents: int, load: float, lost: float) -> None:
    assert erlang_b(agents, load) == pytest.approx(lost, rel=1e-11)


@pytest.mark.parametrize(
    ("calls_per_hour", "handle_s", "agents", "threshold_s", "waits", "level", "wait_s", "occupancy"),
    [
        (200, 180, 14, 20, 0.174131934, 0.888350019, 7.835937, 0.714286),
        (200, 180, 13, 20, 0.285270453, 0.795594788, 17.116227, 0.769231),
        (200, 180, 11, 20, 0.682118205, 0.389613812, 122.781277, 0.909091),
        (720, 240, 55, 15, 0.238700936, 0.845883092, 8.184032, 0.872727),
        (2880, 60, 50, 20, 0.694455611, 0.643454601, 20.833668, 0.96),
        (60, 300, 7, 20, 0.324149949, 0.716312613, 48.622492, 0.714286),
        (400, 180, 24, 20, 0.298072300, 0.808881887, 13.413253, 0.833333),
        (100, 180, 8, 20, 0.167266507, 0.880148311, 10.035990, 0.625),
        (1000, 240, 72, 20, 0.414489193, 0.734237658, 18.652014, 0.925926),
        (10, 300, 2, 20, 0.245098039, 0.773242648, 63.025210, 0.416667),
        (12000, 300, 1020, 20, 0.416260116, 0.890275025, 6.243902, 0.980392),  # its factorial overflows a double
    ],
)
def test_erlang_c(
    calls_per_hour: float,
    handle_s: float,
    agents: int,
    threshold_s: float,
    waits: float,
    level: float,
    wait_s: float,
    occupancy: float,
) -> None:
    seen = outlook(Traffic(calls_per_hour / 3600, handle_s), agents, threshold_s)
    assert seen.waits == pytest.approx(waits, abs=1e-9)
    assert seen.service_level == pytest.approx(level, abs=1e-9)
    assert seen.wait_s == pytest.approx(wait_s, abs=5e-7)
    assert seen.occupancy == pytest.approx(occupancy, abs=5e-7)
    assert seen.abandoned == 0


def test_a_queue_without_end_is_said() -> None:
    seen = outlook(Traffic(200 / 3600, 180), 10, 20)
    assert (seen.waits, seen.service_level, seen.wait_s) == (1, 0, math.inf)


@pytest.mark.parametrize(
    ("calls_per_s", "handle_s", "patience_s", "agents", "abandoned", "wait_s", "waits", "level"),
    [
        (0.8, 60, 120, 50, 0.0309122492, 3.709470, 0.467774069, 0.943018955),
        (0.8, 60, 60, 50, 0.0394175155, 2.365051, 0.405404395, None),
        (200 / 3600, 180, 120, 12, 0.0615973770, 7.391685, 0.279807019, 0.825582644),
        (200 / 3600, 180, 60, 10, 0.1575268715, 9.451612, 0.423417674, 0.718010188),
    ],
)
def test_erlang_a(
    calls_per_s: float,
    handle_s: float,
    patience_s: float,
    agents: int,
    abandoned: float,
    wait_s: float,
    waits: float,
    level: float | None,
) -> None:
    seen = outlook(Traffic(calls_per_s, handle_s, patience_s), agents, 20)
    assert seen.abandoned == pytest.approx(abandoned, abs=5e-11)
    assert seen.wait_s == pytest.approx(wait_s, abs=5e-7)
    assert seen.waits == pytest.approx(waits, abs=1e-9)
    if level is not None:
        assert seen.service_level == pytest.approx(level, abs=1e-9)


def test_the_example_of_garnett_mandelbaum_and_reiman() -> None:
    seen = outlook(Traffic(0.8, 60, 120), 50, 20)
    assert seen.queue == pytest.approx(2.967576, abs=5e-7)
    assert seen.occupancy == pytest.approx(0.930324, abs=5e-7)
    assert seen.service_level / (1 - seen.abandoned) == pytest.approx(0.973099654, abs=1e-9)


traffics = st.builds(
    Traffic,
    st.floats(0.001, 5),
    st.floats(10, 1200),
    st.none() | st.floats(5, 100_000),
)


@settings(deadline=None)  # a hundred thousand waiting take a while
@given(traffics, st.integers(0, 400), st.floats(0, 600))
def test_what_always_holds(traffic: Traffic, agents: int, threshold_s: float) -> None:
    seen, more = outlook(traffic, agents, threshold_s), outlook(traffic, agents + 1, threshold_s)
    for share in (seen.waits, seen.service_level, seen.abandoned, seen.occupancy):
        assert -1e-9 <= share <= 1 + 1e-9
    assert more.service_level >= seen.service_level - 1e-9
    assert more.occupancy <= seen.occupancy + 1e-9 or agents == 0
    if traffic.patience_s is not None:
        assert seen.abandoned == pytest.approx(seen.wait_s / traffic.patience_s, abs=1e-9)
        longer = outlook(traffic, agents, threshold_s + 10)
        assert longer.service_level >= seen.service_level - 1e-9


def test_who_never_loses_patience_waits_as_in_erlang_c() -> None:
    patient, immortal = Traffic(0.8, 60, 1e9), Traffic(0.8, 60)
    assert outlook(patient, 50, 20).service_level == pytest.approx(outlook(immortal, 50, 20).service_level, abs=1e-5)


def test_erlang_a_beside_a_simulation() -> None:
    """40,000 callers, first come first served, by the definition alone."""
    dice, free, in_time, gone, now = random.Random(3), [0.0] * 12, 0, 0, 0.0
    for _ in range(40_000):
        now += dice.expovariate(200 / 3600)
        free.sort()
        wait = max(0.0, free[0] - now)
        if wait > dice.expovariate(1 / 120):
            gone += 1
            continue
        in_time += wait <= 20
        free[0] = now + wait + dice.expovariate(1 / 180)
    seen = outlook(Traffic(200 / 3600, 180, 120), 12, 20)
    assert gone / 40_000 == pytest.approx(seen.abandoned, abs=0.01)
    assert in_time / 40_000 == pytest.approx(seen.service_level, abs=0.02)


def test_more_callers_than_agents_can_serve_wait_until_enough_have_left() -> None:
    """Two of three callers must leave, so that the queue is long enough for patience of an hour to see to it."""
    traffic = Traffic(0.3, 100, 3600)
    seen = outlook(traffic, 10, 20)
    assert seen.abandoned == pytest.approx(2 / 3, abs=1e-6)
    assert seen.queue == pytest.approx(0.2 * 3600, rel=1e-6)
    assert seen.service_level < 1e-9
    assert outlook(traffic, 10, 3600 * math.log(3) + 3600).service_level == pytest.approx(1 / 3, abs=1e-6)


def test_how_many_agents() -> None:
    traffic = Traffic(200 / 3600, 180)
    assert agents_for(traffic, 20, 0.8) == 14
    assert agents_for(traffic, 20, 0.79) == 13
    assert agents_for(traffic, 20, 0.8, most_occupied=0.7) == 15
    assert agents_for(Traffic(200 / 3600, 180, 120), 20, 0.8) == 12  # who hangs up needs nobody any more
    assert rostered(14, 0.3) == 20
    assert rostered(14, 0) == 14
    assert rostered(7, 0.3) == 10  # 10.000000000000002 in doubles


def test_nonsense_is_refused() -> None:
    for words in ("-1 200", "0 200", "1 0", "nan 1", "inf 1"):
        calls, handle = map(float, words.split())
        with pytest.raises(ValueError, match="above zero"):
            Traffic(calls, handle)
    with pytest.raises(ValueError, match="below 100"):
        agents_for(Traffic(1, 60), 20, 1.0)
    with pytest.raises(ValueError, match="No number"):
        agents_for(Traffic(1, 60), 20, 0.8, most_occupied=0.0000001)
    with pytest.raises(ValueError, match="Shrinkage"):
        rostered(5, 1)
    with pytest.raises(ValueError, match="no fewer"):
        outlook(Traffic(1, 60), -1, 20)
