"""Figures of waiting: over all, at most, and to be expected."""

import pytest

from agent_desktop.core import metrics
from agent_desktop.core.metrics import Tally

# 49 calls of 50 s each and one that was abandoned: 2 %
FIFTY = Tally(entered=50, answered=49, abandoned=1, handled=49, talk_us=49 * 50_000_000, timed_answers=49)


def test_the_published_example_of_an_estimated_wait_is_98_s_not_196() -> None:
    """Handle time 50 s, tenth in the queue, five agents, 2 % abandoned; a vendor's forum printed twice that."""
    figure = metrics.estimated_wait(FIFTY, 10, 5)
    assert figure.value == pytest.approx(98)
    assert figure.text() == "about 2 min"
    assert "an estimate" in figure.explain()


@pytest.mark.parametrize(
    ("tally", "place", "agents", "free", "text"),
    [
        (FIFTY, 10, 0, 0, "–"),  # nobody will ever take it
        (Tally(), 3, 5, 0, "–"),  # nothing handled: nobody knows how long calls take
        (Tally(), 2, 5, 2, "under 1 min"),  # but two are free
        (FIFTY, 2, 5, 2, "under 1 min"),
        (FIFTY, 1, 5, 0, "under 1 min"),
        (FIFTY, 100, 5, 0, "about 16 min"),
        (FIFTY, 10_000, 5, 0, "about 1,633 min"),
    ],
)
def test_an_estimate_is_told_in_minutes_or_not_at_all(
    tally: Tally, place: int, agents: int, free: int, text: str
) -> None:
    assert metrics.estimated_wait(tally, place, agents, free=free).text() == text


def test_the_average_wait_is_everybody_s_and_not_the_speed_of_answer() -> None:
    day = Tally(
        entered=8, answered=3, abandoned=3, exited=1, unresolved=1, timed_answers=2, timed_abandons=3,
        wait_answered_us=20_000_000, wait_abandoned_us=90_000_000, wait_exited_us=300_000_000,
    )  # fmt: skip
    wait = metrics.average_wait(day)
    assert wait.value == 410 / 6
    assert metrics.average_speed_of_answer(day).value == 10
    assert "Not in it: 1 waiting or without a known end, 1 of unknown wait" in wait.explain()
    assert metrics.average_wait(Tally()).text() == "–"


def test_nobody_waited_yet_is_no_wait_of_nothing() -> None:
    assert metrics.longest_wait(None).text() == "–"
    assert metrics.longest_wait(0).text() == "0:00"
    assert metrics.longest_wait(278_900_000).text() == "4:38"
