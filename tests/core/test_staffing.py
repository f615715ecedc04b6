"""What the board's numbers make of the running quarter hour, with more or fewer agents."""

from datetime import timedelta

import pytest

from agent_desktop.core.erlang import outlook
from agent_desktop.core.metrics import SlVariant, Tally, service_level
from agent_desktop.core.queue_ahead import answered_within
from agent_desktop.core.staffing import Change, Measured, Waiting, measure, project, projections, traffic_of
from agent_desktop.data.centre_rows import QueueRow
from tests.support.board_day import NOW, BoardDay, Kind


def measured(**changes: object) -> Measured:
    given = {
        "queue": QueueRow(BoardDay(1, 1).queues[0], "billing", "Billing"), "at": NOW, "interval": "14:45–15:00",
        "left_s": 600.0, "calls": 100, "span_s": 1800.0, "handled": 200, "handle_s": 36_000.0, "abandoned": 20,
        "waits_s": 2400.0, "agents": 12, "busy": 10, "paused": 1,
        "counted": Tally(entered=40, answered=30, answered_in_time=24, abandoned=10),
    }  # fmt: skip
    return Measured(**{**given, **changes})  # type: ignore[arg-type]


def test_the_board_s_own_numbers() -> None:
    day = BoardDay(2, 8).fill(700)
    queue_id = day.queues[1]
    seen, board = measure(day.board, queue_id), day.board
    bars, tally = board.intervals(queue_id), board.tally(queue_id)
    assert seen.interval == "14:45–15:00"
    assert (seen.left_s, seen.span_s) == (13.5 * 60, 31.5 * 60)
    assert seen.calls == sum(bar.tally.entered for bar in bars[-3:])
    assert seen.calls_per_hour == pytest.approx(seen.calls / 31.5 * 60)
    assert seen.handle_time_s == pytest.approx((tally.talk_us + tally.hold_us + tally.wrap_us) / 1e6 / tally.handled)
    assert seen.counted == bars[-1].tally
    assert seen.agents == board.tile(queue_id).signed_in - seen.paused
    assert seen.patience_s == pytest.approx(240, rel=0.5)  # the made-up callers' mean is 240 s
    entries = board.waiting_since(queue_id)
    assert len(entries) == len(seen.waiting) == board.tile(queue_id).waiting
    assert [one.wait_s for one in seen.waiting] == sorted((one.wait_s for one in seen.waiting), reverse=True)
    before = len(seen.waiting)
    day.say(Kind.ENTERED, 1, 100_000, ago_s=300)
    day.say(Kind.ENTERED, 1, 100_001, ago_s=2)
    seen = measure(board, queue_id)
    assert len(seen.waiting) == before + 2
    assert Waiting(2.0, counts=True) in seen.waiting
    assert Waiting(300.0, counts=False) in seen.waiting  # it counts where it entered


def test_the_end_of_the_quarter_hour() -> None:
    """What is counted, and what 33 more callers will meet."""
    now = measured()
    found = project(now)
    assert found is not None
    coming = 100 / 1800 * 600
    assert found.figure.denominator == pytest.approx(40 + coming)
    assert found.figure.numerator == pytest.approx(24 + coming * found.rest.service_level)
    assert found.level == pytest.approx(found.figure.numerator / found.figure.denominator)
    traffic = traffic_of(now)
    assert traffic is not None
    assert (traffic.calls_per_s * 3600, traffic.handle_s, traffic.patience_s) == pytest.approx((200, 180, 120))
    assert found.steady == outlook(traffic, 12, 20)
    two = project(now, Change(agents=2))
    assert two is not None
    assert two.agents == 14
    assert two.level is not None
    assert two.level > (found.level or 0) + 0.02


def test_who_waits_now_counts_as_likely_as_they_are_reached() -> None:
    waiting = (Waiting(25, counts=True), Waiting(5, counts=True), Waiting(1, counts=False))
    found = project(measured(waiting=waiting, busy=12))
    assert found is not None
    coming = 100 / 1800 * 600
    assert found.figure.denominator == pytest.approx(42 + coming)  # the third entered before this quarter hour
    likely = found.figure.numerator - 24 - coming * found.rest.service_level
    traffic = traffic_of(measured())
    assert traffic is not None
    assert likely == pytest.approx(answered_within(traffic, 12, 15, 2)[1])  # the first is too late already
    three = project(measured(waiting=waiting, busy=12), Change(agents=3))
    assert three is not None
    assert three.figure.numerator - 24 - coming * three.rest.service_level == pytest.approx(1.0)  # taken at once


def test_with_too_little_nothing_is_said() -> None:
    for changes in ({"calls": 4}, {"handled": 4}, {"handle_s": 0.0}):
        few = measured(**changes)
        assert traffic_of(few) is None
        assert project(few) is None
        assert projections(few) == ()
    impatient = measured(abandoned=4)
    assert impatient.patience_s is None
    found = project(impatient)
    assert found is not None
    assert found.rest.abandoned == 0  # Erlang C
    assert project(measured(), Change(agents=-13)) is None
    assert project(measured(left_s=0.0)) is None


def test_every_number_of_agents_and_every_change() -> None:
    found = projections(measured(agents=4, busy=4))
    assert [one.more for one in found] == list(range(-4, 11))  # never fewer than none
    levels = [one.level or 0.0 for one in found]
    assert levels == sorted(levels)
    base, busier = project(measured()), project(measured(), Change(calls=1.5))
    longer, patient = project(measured(), Change(handle=1.3)), project(measured(), Change(patience=2.0))
    assert base is not None
    assert busier is not None
    assert longer is not None
    assert patient is not None
    assert busier.coming == pytest.approx(1.5 * base.coming)
    assert (busier.level or 0) < (base.level or 0)
    assert (longer.level or 0) < (base.level or 0)
    assert patient.rest.abandoned < base.rest.abandoned


@pytest.mark.parametrize("variant", SlVariant)
def test_each_queue_s_own_rule(variant: SlVariant) -> None:
    """At the end it is counted as the board counts it: with every caller's result, each in one class."""
    row = QueueRow(BoardDay(1, 1).queues[0], "billing", "Billing", sl_variant=variant, sl_exits=True)
    counted = Tally(entered=42, answered=30, answered_in_time=24, abandoned=8, abandoned_in_time=2, abandoned_short=1,
                    exited=4)  # fmt: skip
    waiting = (Waiting(25, counts=True), Waiting(5, counts=True))
    found = project(measured(queue=row, counted=counted, waiting=waiting, busy=12))
    assert found is not None
    tally, level = found.tally, service_level(found.tally, variant, exits=True)
    assert found.figure.formula == level.formula
    assert found.level == level.value
    assert tally.answered + tally.abandoned == pytest.approx(38 + 2 + found.coming)
    assert tally.exited == 4
    assert 1 <= tally.abandoned_short <= tally.abandoned_in_time <= tally.abandoned


def test_a_morning_begins_where_calls_do() -> None:
    """The empty night does not make the rate of the first calls less."""
    day = BoardDay(1, 2)
    day.now = NOW.replace(hour=7, minute=40, second=0)
    day.board.load(())
    for number in range(12):
        day.say(Kind.ENTERED, 0, 100_000 + number, ago_s=60.0 * number)
    seen = measure(day.board, day.queues[0])
    assert (seen.calls, seen.span_s) == (12, 25 * 60)
    assert timedelta(seconds=seen.left_s) == timedelta(minutes=5)
