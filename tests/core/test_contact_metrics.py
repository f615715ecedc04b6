"""Figures of calls and customers."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from agent_desktop.core import metrics

T0 = datetime(2026, 11, 1, tzinfo=UTC)
MARTA, JAN, EWA = (UUID(int=number) for number in (1, 2, 3))


def at(day: float) -> datetime:
    return T0 + timedelta(days=day)


def test_visits_and_calls_are_two_figures_with_two_names() -> None:
    calls = metrics.calls_offered(7, 9)
    visits = metrics.visits_offered(metrics.Tally(entered=9, answered=9))
    assert (calls.text(), visits.text()) == ("7", "9")
    assert calls.name == "Calls offered"
    assert visits.name == "Queue visits offered"
    assert "2 further visits of the same calls" in calls.explain()


def test_shares_of_outcomes_and_of_transfers_add_up() -> None:
    counts = {"answered": 6, "missed": 3, "in_progress": 1}
    assert [metrics.calls_by_outcome(counts, key).text() for key in counts] == ["60%", "30%", "10%"]
    assert metrics.calls_by_outcome(counts, "busy").text() == "0%"
    assert metrics.calls_by_outcome({}, "busy").text() == "–"
    assert metrics.transfers_by_kind({"blind": 3, "attended": 1}, "attended").text() == "25%"
    assert metrics.transfers_by_kind({}, "blind").text() == "–"


def test_a_matter_is_settled_when_nothing_follows_for_so_many_days() -> None:
    contacts = [
        (MARTA, at(1)), (MARTA, at(4)), (MARTA, at(20)),  # one matter in two calls, then another
        (JAN, at(2)), (JAN, at(9)),  # exactly seven days later: the same matter
        (EWA, at(3)), (EWA, at(10.01)),  # a moment more: two
        (EWA, at(29)),  # too recent to tell
        (None, at(5)), (None, at(6)),  # nobody knows whose
        (MARTA, at(-1)),  # before the window, and the first of it is its second
    ]  # fmt: skip
    figure = metrics.first_contact_resolution(contacts, (T0, at(31)), at(31))
    assert (figure.numerator, figure.denominator) == (3, 4)  # 20 Nov, both of Ewa's; not Jan's
    words = figure.explain()
    assert "within 7 days" in words
    assert "1 too recent to tell" in words
    assert metrics.first_contact_resolution(contacts, (T0, at(31)), at(31), days=30).value is None
    assert metrics.first_contact_resolution([], (T0, at(31)), at(31)).text() == "–"


def test_two_hundred_and_eighty_of_four_hundred_are_seventy_percent() -> None:
    """The published example of first contact resolution."""
    contacts = [(UUID(int=number), at(1)) for number in range(400)]
    contacts += [(UUID(int=number), at(2)) for number in range(120)]
    assert metrics.first_contact_resolution(contacts, (T0, at(2)), at(31)).text() == "70%"
