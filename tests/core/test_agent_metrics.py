"""Figures of people's time: what they divide, and how a day is held against its plan."""

from datetime import UTC, datetime, timedelta

from agent_desktop.core import metrics
from agent_desktop.core.metrics import Planned, Span, Tally
from agent_desktop.data.words import Presence

NINE = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def span(start_min: float, end_min: float, kind: Planned = Planned.WORK) -> Span:
    return Span(NINE + timedelta(minutes=start_min), NINE + timedelta(minutes=end_min), kind)


def test_pauses_are_in_utilisation_and_not_in_occupancy() -> None:
    """45 min of calls, 15 min ready, 20 min paused."""
    assert metrics.occupancy(2700, 900).text() == "75%"
    used = metrics.utilisation(2700, 2700 + 900 + 1200)
    assert used.text() == "56%"
    assert "45:00 ÷ 1:20:00" in used.explain()
    assert "pauses included" in used.explain()
    assert metrics.utilisation(0, 0).text() == "–"


def test_calls_are_told_by_the_hour_and_transfers_by_the_call() -> None:
    day = Tally(entered=12, answered=10, abandoned=2, handled=9, transferred=3)
    rate = metrics.calls_per_hour(day, 2 * 3600)
    assert (rate.text(), rate.value) == ("4.5", 4.5)
    assert "9 ÷ 2.0" in rate.explain()
    assert "1 still talking" in rate.explain()
    passed_on = metrics.transfer_rate(day)
    assert (passed_on.numerator, passed_on.denominator, passed_on.text()) == (3, 9, "33%")
    assert metrics.transfer_rate(Tally()).text() == metrics.calls_per_hour(Tally(), 0).text() == "–"


def test_fifteen_minutes_late_and_fifteen_longer_is_a_full_hour_and_three_quarters_of_the_plan() -> None:
    """The published example: an hour's slot."""
    planned, actual = [span(0, 60)], [span(15, 75)]
    assert metrics.adherence(planned, actual).text() == "75%"
    assert metrics.conformance(planned, actual).text() == "100%"


def test_a_pause_at_the_planned_time_is_adherent_and_no_work() -> None:
    planned = [span(0, 60), span(60, 90, Planned.BREAK), span(90, 120)]
    moved = [span(0, 75), span(75, 105, Planned.BREAK), span(105, 120)]
    assert metrics.adherence(planned, planned).value == 1
    assert metrics.conformance(planned, planned).value == 1
    assert metrics.adherence(planned, moved).numerator == (60 + 15 + 15) * 60
    assert metrics.conformance(planned, moved).text() == "100%"
    assert metrics.adherence(planned, []).text() == "0%"
    assert metrics.adherence([], moved).text() == metrics.conformance([], moved).text() == "–"


def test_what_somebody_did_is_told_in_the_plan_s_words() -> None:
    lived = {each: metrics.lived(each, NINE, NINE + timedelta(minutes=1)) for each in Presence}
    kinds = {each: found.kind if found is not None else None for each, found in lived.items()}
    assert kinds.pop(Presence.OFFLINE) is None
    assert kinds.pop(Presence.PAUSED) is Planned.BREAK
    assert set(kinds.values()) == {Planned.WORK}
