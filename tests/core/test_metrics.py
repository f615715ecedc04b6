from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_desktop.core import metrics
from agent_desktop.core.figures import Scope, Unit, clock_text, share_text
from agent_desktop.core.intervals import SiteDay
from agent_desktop.core.metrics import SlPart, Tally, Visit
from agent_desktop.data.centre_rows import SlRule
from agent_desktop.data.words import SlVariant, VisitResult

NOON = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
BILLING = UUID(int=1)


def visit(result: VisitResult, wait_s: float | None = 0.0, *, entered: datetime = NOON, **more: object) -> Visit:
    wait_us = None if wait_s is None else round(wait_s * 1_000_000)
    return Visit(BILLING, entered, result, wait_us=wait_us, **more)  # type: ignore[arg-type]


def answered(wait_s: float, **more: object) -> Visit:
    return visit(VisitResult.ANSWERED, wait_s, **more)  # type: ignore[arg-type]


def abandoned(wait_s: float) -> Visit:
    return visit(VisitResult.ABANDONED, wait_s)


def percent(tally: Tally, variant: SlVariant = SlVariant.OFFERED, *, exits: bool = False) -> float | None:
    value = metrics.service_level(tally, variant, exits=exits).value
    return None if value is None else round(value * 100, 1)


# ------------------------------------------------------------------- service level

# Published in a vendor's reporting guide: of 100 offered 70 in time, 10 abandoned in time, 20 exceeded the threshold.
PUBLISHED = [answered(10)] * 70 + [abandoned(10)] * 10 + [answered(30)] * 15 + [abandoned(30)] * 5


@pytest.mark.parametrize(
    ("variant", "expected"),
    [
        (SlVariant.IGNORING_EARLY_ABANDONS, 77.8),
        (SlVariant.OFFERED, 70.0),
        (SlVariant.POSITIVE, 80.0),
        (SlVariant.ANSWERED_ONLY, 82.4),
    ],
)
def test_the_published_example_comes_out_in_each_variant(variant: SlVariant, expected: float) -> None:
    assert percent(metrics.tally(PUBLISHED, 20), variant) == expected


def test_one_answered_and_ninety_nine_abandoned_is_not_a_perfect_day() -> None:
    day = metrics.tally([answered(1)] + [abandoned(60)] * 99, 20)
    assert percent(day) == 1.0
    assert percent(day, SlVariant.ANSWERED_ONLY) == 100.0


def test_tallies_are_added_and_percentages_never_averaged() -> None:
    good, bad = metrics.tally([answered(1)], 20), metrics.tally([answered(60)] * 99, 20)
    assert (percent(good), percent(bad), percent(good + bad)) == (100.0, 0.0, 1.0)


def test_the_threshold_itself_is_in_time_and_a_microsecond_more_is_not() -> None:
    assert metrics.tally([answered(20)], 20).answered_in_time == 1
    assert metrics.tally([answered(20.000001)], 20).answered_in_time == 0
    assert metrics.tally([abandoned(5)], 20, 5).abandoned_short == 1
    assert metrics.tally([abandoned(5.000001)], 20, 5).abandoned_short == 0


def test_exits_count_only_where_the_variant_says_so() -> None:
    day = metrics.tally([answered(1), visit(VisitResult.EXITED, 90), abandoned(3)], 20, 5)
    assert percent(day) == 50.0
    assert percent(day, exits=True) == 33.3
    assert percent(day, SlVariant.WITHOUT_SHORT_ABANDONS, exits=True) == 50.0
    assert percent(day, SlVariant.ANSWERED_ONLY, exits=True) == 100.0
    assert percent(day, SlVariant.WITHOUT_SHORT_ABANDONS) == 100.0


def test_without_calls_there_is_no_figure_rather_than_zero_or_a_hundred_percent() -> None:
    for variant in SlVariant:
        figure = metrics.service_level(Tally(entered=3, unresolved=3), variant, exits=True)
        assert (figure.value, figure.text()) == (None, "–")
        assert "Nothing to count yet" in figure.explain()


def test_a_wait_that_nobody_knows_is_never_in_time_and_never_averaged() -> None:
    day = metrics.tally([visit(VisitResult.ANSWERED, None), answered(10)], 20)
    assert (day.answered, day.answered_in_time) == (2, 1)
    assert metrics.average_speed_of_answer(day).value == 10.0


# ---------------------------------------------------------------------- the others


def test_averages_divide_by_those_they_are_about() -> None:
    visits = [
        answered(10, talk_us=100_000_000, hold_us=20_000_000, wrap_us=30_000_000),
        answered(30, talk_us=200_000_000),
        answered(0),  # still talking
        abandoned(8),
        abandoned(2),
        visit(VisitResult.EXITED, 300),
    ]
    day = metrics.tally(visits, 20, 5)
    assert metrics.average_speed_of_answer(day).value == pytest.approx(40 / 3)
    assert metrics.average_time_to_abandon(day).value == 5.0
    assert metrics.average_handle_time(day).value == 175.0
    assert metrics.average_wrap_up(day).value == 15.0
    assert metrics.calls_handled(day).value == 2
    assert metrics.abandon_rate(day).value == pytest.approx(2 / 6)
    assert metrics.abandon_rate(day, without_short=True).value == pytest.approx(1 / 5)
    assert metrics.visits_offered(day).value == 6


def test_occupancy_leaves_pauses_out_and_stays_within_a_hundred_percent() -> None:
    assert metrics.occupancy(2700, 900).text() == "75%"
    assert metrics.occupancy(10, 0).value == 1.0
    assert metrics.occupancy(0, 0).value is None


def test_the_longest_wait_runs_from_the_earliest_entry() -> None:
    entries = [NOON - timedelta(seconds=seconds) for seconds in (12, 278, 40)]
    assert metrics.longest_wait_now(entries, NOON).text() == "4:38"
    assert metrics.longest_wait_now([], NOON).text() == "–"
    assert metrics.longest_wait_now([NOON + timedelta(seconds=2)], NOON).text() == "0:00"  # another clock is ahead


def test_intervals_count_a_visit_where_it_entered() -> None:
    day = SiteDay.of(NOON, ZoneInfo("Europe/Warsaw"))
    late = answered(120, entered=NOON - timedelta(seconds=60), left_at=NOON + timedelta(seconds=60))
    rows = metrics.by_interval([late, answered(5), answered(5, entered=day.end)], day, 20)
    assert [row.answered for row in rows[47:49]] == [1, 1]
    assert sum(row.entered for row in rows) == 2


def test_queues_with_formulas_of_their_own_are_added_up_above_and_below() -> None:
    strict = metrics.tally([answered(1), abandoned(60), visit(VisitResult.EXITED, 90)], 20, 5)
    kind = metrics.tally([answered(1), abandoned(3), abandoned(60)], 20, 5)
    parts = [
        SlPart(SlRule(exits=True), strict, "Billing"),
        SlPart(SlRule(SlVariant.WITHOUT_SHORT_ABANDONS), kind, "Sales"),
        SlPart(SlRule(exits=True), strict, "Moves"),
    ]
    figure = metrics.service_level_of(parts, Scope(threshold_s=20, short_s=5))
    assert (figure.numerator, figure.denominator) == (1 + 1 + 1, 3 + 2 + 3)
    assert metrics.service_level_value(parts) == figure.value
    words = figure.explain().splitlines()
    assert words[0] == "Service level, by each queue's own formula: 38%"
    assert words[3:5] == [
        "· Billing, Moves: answered within 20 s ÷ (answered + abandoned + left by key or timeout) = 2 ÷ 6",
        "· Sales: answered within 20 s ÷ (answered + abandoned after 5 s) = 1 ÷ 2",
    ]
    assert "1 abandoned early" in words[-1]
    alike = metrics.service_level_of([SlPart(SlRule(), strict, "Billing"), SlPart(SlRule(), kind, "Sales")])
    assert alike == metrics.service_level(strict + kind)
    assert metrics.service_level_of([]).value is None


def test_what_counts_answered_calls_only_is_never_called_a_service_level() -> None:
    blind = metrics.tally([answered(1)] + [abandoned(60)] * 99, 20)
    only = SlRule(SlVariant.ANSWERED_ONLY)
    for figure in (
        metrics.service_level(blind, SlVariant.ANSWERED_ONLY),
        metrics.service_level_of([SlPart(only, blind)]),
    ):
        assert "service level" not in figure.explain().lower()
    beside = {figure.name: figure.text() for figure in metrics.other_levels(blind, SlRule())}
    assert beside["Answered in time, of answered only"] == "100%"
    assert beside["Service level, exits counted"] == "1%"
    assert "Service level" not in beside


# --------------------------------------------------------------------- properties

some_visits = st.lists(
    st.builds(
        visit,
        st.sampled_from(VisitResult),
        st.one_of(st.none(), st.floats(0, 3600)),
        entered=st.integers(-43200, 43199).map(lambda s: NOON + timedelta(seconds=s)),
        talk_us=st.one_of(st.none(), st.integers(0, 10**10)),
        hold_us=st.integers(0, 10**9),
    )
)


@given(some_visits, st.integers(0, 600))
def test_every_visit_has_exactly_one_result_in_every_row(visits: list[Visit], threshold_s: int) -> None:
    day = SiteDay.of(NOON, ZoneInfo("UTC"))
    rows = metrics.by_interval(visits, day, threshold_s)
    for row in rows:
        assert row.entered == row.answered + row.abandoned + row.exited + row.unresolved
        assert row.answered_in_time <= row.timed_answers <= row.answered
        assert row.abandoned_in_time <= row.timed_abandons <= row.abandoned
    in_day = [one for one in visits if day.index(one.entered_at) is not None]
    assert sum(rows, Tally()) == metrics.tally(in_day, threshold_s)


@given(some_visits)
def test_every_share_lies_between_nothing_and_everything(visits: list[Visit]) -> None:
    day = metrics.tally(visits, 20)
    figures = [metrics.service_level(day, variant, exits=exits) for variant in SlVariant for exits in (False, True)]
    figures += [metrics.abandon_rate(day), metrics.abandon_rate(day, without_short=True)]
    assert all(figure.value is None or 0 <= figure.value <= 1 for figure in figures)


# ------------------------------------------------------------------------ in words


def test_a_figure_says_formula_threshold_window_zone_and_what_is_left_out() -> None:
    zone = ZoneInfo("Europe/Warsaw")
    scope = Scope("Billing", NOON - timedelta(hours=12), NOON, zone, threshold_s=20, short_s=5)
    day = Tally(entered=260, answered=230, answered_in_time=194, abandoned=11, exited=4, unresolved=15, refused=2)
    words = metrics.service_level(day, scope=scope).explain().splitlines()
    assert words == [
        "Service level: 80% · Billing",
        "194 ÷ 241",
        "Formula: answered within 20 s ÷ (answered + abandoned)",
        "Window: 2026-11-21 00:00 to 2026-11-21 12:00, Europe/Warsaw, by time of entry",
        "Not in it: 15 waiting or without a known end, 2 refused before joining, 4 left by key or timeout",
    ]


def test_several_thresholds_are_not_printed_as_one() -> None:
    assert "answered within the queue's own limit" in metrics.service_level(Tally(), scope=Scope()).explain()


def test_times_over_times_are_explained_as_clocks() -> None:
    figure = metrics.occupancy(5400, 1800)
    assert figure.unit is Unit.TIME_SHARE
    assert "1:30:00 ÷ 2:00:00" in figure.explain()


@pytest.mark.parametrize(
    ("value", "target", "text"),
    [
        (0.796, 0.80, "79.6%"),  # rounding must not put it on target
        (0.7999, 0.80, "79.9%"),
        (0.80, 0.80, "80%"),
        (0.62, 0.80, "62%"),
        (0.796, None, "80%"),
        (0.9999, None, "99.9%"),
        (0.0004, None, "0.0%"),
        (1.0, 0.8, "100%"),
        (0.0, 0.8, "0%"),
    ],
)
def test_rounding_never_hides_a_missed_target(value: float, target: float | None, text: str) -> None:
    assert share_text(value, target) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (59.9, "0:59"), (278, "4:38"), (3729, "1:02:09"), (-3, "0:00")]
)
def test_seconds_read_like_a_clock(seconds: float, text: str) -> None:
    assert clock_text(seconds) == text
