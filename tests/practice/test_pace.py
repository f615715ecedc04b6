"""Virtual time against the wall's."""

import pytest

from agent_desktop.practice.pace import LONGEST_STEP_US, Pace

S = 1_000_000


def test_time_runs_as_fast_as_told_and_maps_back() -> None:
    pace = Pace(1_000 * S, 50 * S, speed=4.0)
    assert pace.step(52 * S) == 1_008 * S
    assert pace.wall(1_008 * S) == 52 * S
    assert pace.wall(1_004 * S) == 51 * S
    pace.set_speed(53 * S, 0.5)
    assert pace.step(55 * S) == 1_013 * S
    assert pace.wall(1_012 * S) == 53 * S


def test_standing_still_everything_happens_now() -> None:
    pace = Pace(1_000 * S, 50 * S)
    pace.set_speed(51 * S, 0.0)
    assert pace.step(54 * S) == 1_001 * S
    assert pace.wall(1_001 * S) == 54 * S
    pace.set_speed(54 * S, 1.0)
    assert pace.step(55 * S) == 1_002 * S


def test_a_clock_that_jumps_brings_no_hours_of_calls() -> None:
    pace = Pace(1_000 * S, 50 * S, speed=2.0)
    assert pace.step(50 * S + 3_600 * S) == 1_000 * S + 2 * LONGEST_STEP_US
    before = pace.step(40 * S)
    assert before == 1_000 * S + 2 * LONGEST_STEP_US  # nor does it run backwards
    assert pace.step(41 * S) == before + 2 * S


def test_time_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        Pace(0, 0).set_speed(0, -1.0)
