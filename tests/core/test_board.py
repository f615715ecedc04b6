import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from agent_desktop.core import metrics
from agent_desktop.core.agent_activity import AgentState
from agent_desktop.core.board import LOST_AFTER, Board
from agent_desktop.core.board_views import Verdict
from agent_desktop.data.centre_rows import AgentRow, PresenceRow, QueueEventRow, QueueRow
from agent_desktop.data.words import ExitReason, Presence, QueueEventKind, SlVariant, VisitResult

Kind = QueueEventKind
UTC_ZONE = ZoneInfo("UTC")
T0 = datetime(2026, 11, 21, 13, 46, 30, tzinfo=UTC)
BILLING, OUTAGES = UUID(int=1), UUID(int=2)
ANA, BEN, EVA = UUID(int=11), UUID(int=12), UUID(int=13)
QUEUES = [
    QueueRow(BILLING, "billing", "Billing", members=(ANA, BEN)),
    QueueRow(OUTAGES, "outages", "Outages", sl_threshold_s=30, members=(BEN, EVA)),
]
AGENTS = [AgentRow(ANA, "Ana", "ana"), AgentRow(BEN, "Ben", "ben"), AgentRow(EVA, "Eva", "eva")]


class Clock:
    def __init__(self) -> None:
        self.moment = T0

    def __call__(self) -> datetime:
        return self.moment


class Feed:
    """Writes events as a source would: each with the next number."""

    def __init__(self) -> None:
        self.number = 0
        self.events: list[QueueEventRow] = []

    def say(
        self, kind: Kind, at_s: float, visit: int | None = None, agent: UUID | None = None, **data: str | int | float
    ) -> QueueEventRow:
        self.number += 1
        queue = OUTAGES if data.pop("queue", "billing") == "outages" else BILLING
        event = QueueEventRow(
            at=T0 + timedelta(seconds=at_s),
            kind=kind,
            source="test",
            source_seq=self.number,
            queue_id=queue,
            visit_id=None if visit is None else UUID(int=1000 + visit),
            linked_id="" if visit is None else f"call-{visit}",
            agent_id=agent,
            data=data,
        )
        self.events.append(event)
        return event


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def board(clock: Clock) -> Board:
    return new_board(clock)


@pytest.fixture
def feed() -> Feed:
    return Feed()


def new_board(clock: Clock) -> Board:
    board = Board(UTC_ZONE, clock)
    board.set_queues(QUEUES)
    board.set_agents(AGENTS)
    board.take_changes()
    return board


def state(board: Board, agent: UUID) -> AgentState:
    return board.agent_line(agent).state


def a_call(feed: Feed, visit: int, agent: UUID, start: float = 0.0, queue: str = "billing") -> list[QueueEventRow]:
    """Waits 10 s, rings 3 s of it, talks 100 s with 20 s on hold, wraps up for 30 s."""
    before = len(feed.events)
    feed.say(Kind.ENTERED, start, visit, queue=queue)
    feed.say(Kind.OFFERED, start + 7, visit, agent, queue=queue)
    feed.say(Kind.CONNECTED, start + 10, visit, agent, queue=queue)
    feed.say(Kind.HELD, start + 40, visit, agent, queue=queue)
    feed.say(Kind.RESUMED, start + 60, visit, agent, queue=queue)
    feed.say(Kind.COMPLETED, start + 110, visit, agent, queue=queue, by="caller")
    feed.say(Kind.WRAP_UP_STARTED, start + 110, visit, agent, queue=queue)
    feed.say(Kind.WRAP_UP_ENDED, start + 140, visit, agent, queue=queue)
    return feed.events[before:]


# ------------------------------------------------------------------------ one call


def test_a_caller_whose_end_was_missed_waits_no_more_and_stays_unresolved(
    board: Board, feed: Feed, clock: Clock
) -> None:
    feed.say(Kind.ENTERED, 0, 1)
    a_call(feed, 2, ANA, 0)
    board.add_all(feed.events[:-3])  # the second still talks
    clock.moment = T0 + timedelta(seconds=60)
    assert board.tile(BILLING).waiting == 1
    board.add(feed.say(Kind.LOST, 50, 1))
    board.add(feed.say(Kind.LOST, 65, 2, ANA))
    tile = board.tile(BILLING)
    assert (tile.waiting, tile.tally.entered, tile.tally.answered, tile.tally.unresolved) == (0, 2, 1, 1)
    assert state(board, ANA) is AgentState.READY


def test_a_call_moves_through_the_board_as_it_happens(board: Board, feed: Feed, clock: Clock) -> None:
    seen = []
    for event in a_call(feed, 1, ANA):
        clock.moment = event.at
        board.add(event)
        tile = board.tile(BILLING)
        seen.append((tile.waiting, state(board, ANA), tile.tally.answered, tile.tally.handled))
    assert seen == [
        (1, AgentState.OFFLINE, 0, 0),
        (1, AgentState.RINGING, 0, 0),
        (0, AgentState.TALKING, 1, 0),
        (0, AgentState.HOLD, 1, 0),
        (0, AgentState.TALKING, 1, 0),
        (0, AgentState.READY, 1, 1),
        (0, AgentState.WRAP_UP, 1, 1),
        (0, AgentState.READY, 1, 1),
    ]
    (visit,) = board.visits(BILLING)
    assert (visit.wait_s, visit.talk_s, visit.hold_us, visit.wrap_us) == (10, 80, 20_000_000, 30_000_000)
    line = board.agent_line(ANA)
    assert (line.handled.value, line.handle_time.value, line.queue) == (1, 130, "Billing")


def test_a_resumed_talk_goes_on_from_its_start(board: Board, feed: Feed, clock: Clock) -> None:
    board.add_all(a_call(feed, 1, ANA)[:5])
    assert board.agent_line(ANA).since == T0 + timedelta(seconds=10)


def test_who_waits_is_counted_with_the_longest_wait(board: Board, feed: Feed) -> None:
    for visit, at in ((1, -100), (2, -40), (3, -5)):
        board.add(feed.say(Kind.ENTERED, at, visit))
    board.add(feed.say(Kind.ABANDONED, -3, 2))
    tile = board.tile(BILLING)
    assert (tile.waiting, tile.longest_since) == (2, T0 - timedelta(seconds=100))
    assert (tile.tally.entered, tile.tally.abandoned, tile.tally.unresolved) == (3, 1, 2)
    assert tile.verdict is Verdict.BAD  # the only decided visit was abandoned


def test_a_caller_who_hangs_up_stops_the_ringing_everywhere(board: Board, feed: Feed) -> None:
    board.add(feed.say(Kind.ENTERED, 0, 1))
    for agent in (ANA, BEN):
        board.add(feed.say(Kind.OFFERED, 1, 1, agent))
    board.add(feed.say(Kind.ABANDONED, 5, 1))
    assert [state(board, agent) for agent in (ANA, BEN)] == [AgentState.READY, AgentState.READY]
    board.add(feed.say(Kind.OFFERED, 2, 1, EVA))  # told late
    assert state(board, EVA) is AgentState.READY


def test_the_colleague_who_takes_it_stops_the_others(board: Board, feed: Feed) -> None:
    board.add(feed.say(Kind.ENTERED, 0, 1))
    for agent in (ANA, BEN):
        board.add(feed.say(Kind.OFFERED, 1, 1, agent))
    board.add(feed.say(Kind.CONNECTED, 5, 1, BEN))
    assert [state(board, agent) for agent in (ANA, BEN)] == [AgentState.READY, AgentState.TALKING]


def test_an_exit_keeps_its_reason_and_is_neither_answer_nor_abandon(board: Board, feed: Feed) -> None:
    board.add(feed.say(Kind.ENTERED, 0, 1))
    board.add(feed.say(Kind.EXITED, 60, 1, reason="timeout"))
    (visit,) = board.visits()
    assert (visit.result, visit.exit_reason) == (VisitResult.EXITED, ExitReason.TIMEOUT)
    assert board.tile(BILLING).service_level.value is None


def test_refused_callers_are_counted_but_never_entered(board: Board, feed: Feed) -> None:
    board.add(feed.say(Kind.REFUSED, 0, None, reason="full"))
    tally = board.tally()
    assert (tally.refused, tally.entered) == (1, 0)


# ---------------------------------------------------------- broken feeds


def test_the_same_event_twice_counts_once(board: Board, feed: Feed) -> None:
    events = [*a_call(feed, 1, ANA), feed.say(Kind.REFUSED, 1), feed.say(Kind.NOT_ANSWERED, 2, 1, BEN, ring_ms=5)]
    assert [board.add(event) for event in events] == [True] * len(events)
    before = board.tally(), board.agent_lines()
    assert [board.add(event) for event in events] == [False] * len(events)
    assert (board.tally(), board.agent_lines()) == before
    assert board.agent_line(BEN).not_answered == 1


def test_a_connect_written_before_its_entry_waits_nothing(board: Board, feed: Feed) -> None:
    board.add(feed.say(Kind.CONNECTED, 0, 1, ANA))
    assert board.tally().timed_answers == 0
    board.add(feed.say(Kind.ENTERED, 0.2, 1))  # its clock was ahead
    tally = board.tally()
    assert (tally.entered, tally.answered_in_time, tally.timed_answers, tally.wait_answered_us) == (1, 1, 1, 0)


def test_a_completed_call_without_its_connect_is_answered_with_an_unknown_wait(board: Board, feed: Feed) -> None:
    board.add(feed.say(Kind.ENTERED, 0, 1))
    board.add(feed.say(Kind.COMPLETED, 90, 1, ANA))
    tally = board.tally()
    assert (tally.answered, tally.timed_answers, tally.answered_in_time, tally.handled) == (1, 0, 0, 0)


def test_a_caller_whose_end_was_missed_stays_unresolved_but_stops_waiting(
    board: Board, feed: Feed, clock: Clock
) -> None:
    board.add(feed.say(Kind.ENTERED, 0, 1))
    clock.moment = T0 + LOST_AFTER
    board.tick()
    assert board.tile(BILLING).waiting == 1
    clock.moment += timedelta(seconds=1)
    board.tick()
    assert (board.tile(BILLING).waiting, board.tally().unresolved) == (0, 1)
    assert board.waiting_series().values[-1] == 0
    board.add(feed.say(Kind.ABANDONED, 5, 1))  # it was only late
    assert (board.tally().unresolved, board.tally().abandoned) == (0, 1)
    assert sum(board.waiting_series().values) == 0


@pytest.mark.parametrize("first", [0, 1])
def test_a_second_connect_changes_neither_the_wait_nor_who_answered(board: Board, feed: Feed, first: int) -> None:
    board.add(feed.say(Kind.ENTERED, 0, 1))
    connects = [feed.say(Kind.CONNECTED, 10, 1, ANA), feed.say(Kind.CONNECTED, 40, 1, BEN)]
    board.add_all([connects[first], connects[1 - first]])
    (visit,) = board.visits()
    assert (visit.wait_s, visit.agent_id) == (10, ANA)
    assert board.agent_line(ANA).tally.answered == 1
    assert board.agent_line(BEN).tally.answered == 0


def test_a_desktop_that_only_knows_the_call_is_understood(board: Board, feed: Feed) -> None:
    board.add_all(a_call(feed, 1, ANA)[:3])
    held = QueueEventRow(T0 + timedelta(seconds=20), Kind.HELD, "desktop", 7, linked_id="call-1", agent_id=ANA)
    board.add(held)
    assert state(board, ANA) is AgentState.HOLD
    board.add(feed.say(Kind.COMPLETED, 50, 1, ANA))
    (visit,) = board.visits()
    assert visit.hold_us == 30_000_000


# --------------------------------------------------------------- order does not matter

_PATIENCE = st.integers(1, 300)


@st.composite
def a_day(draw: st.DrawFn) -> list[QueueEventRow]:
    """Calls one after the other for each agent, with abandons, exits, refusals and missing ends between them."""
    feed = Feed()
    free_at = dict.fromkeys((ANA, BEN, EVA), -40_000.0)
    for visit in range(draw(st.integers(0, 12))):
        ending = draw(st.sampled_from(["answer", "answer", "abandon", "exit", "nothing", "refused"]))
        queue = draw(st.sampled_from(["billing", "outages"]))
        agent = draw(st.sampled_from([ANA, BEN, EVA]))
        start = free_at[agent] + draw(_PATIENCE)
        wait = draw(_PATIENCE)
        if ending == "refused":
            feed.say(Kind.REFUSED, start, queue=queue)
            continue
        feed.say(Kind.ENTERED, start, visit, queue=queue)
        if ending == "abandon":
            feed.say(Kind.ABANDONED, start + wait, visit, queue=queue)
        elif ending == "exit":
            feed.say(Kind.EXITED, start + wait, visit, queue=queue, reason="key")
        elif ending == "answer":
            feed.say(Kind.CONNECTED, start + wait, visit, agent, queue=queue)
            talk = draw(_PATIENCE)
            if draw(st.booleans()):
                feed.say(Kind.HELD, start + wait + talk / 3, visit, agent, queue=queue)
                feed.say(Kind.RESUMED, start + wait + talk / 2, visit, agent, queue=queue)
            feed.say(Kind.COMPLETED, start + wait + talk, visit, agent, queue=queue)
            feed.say(Kind.WRAP_UP_STARTED, start + wait + talk, visit, agent, queue=queue)
            if draw(st.booleans()):
                feed.say(Kind.WRAP_UP_ENDED, start + wait + talk + 20, visit, agent, queue=queue)
            free_at[agent] = start + wait + talk + 20
    return feed.events


def shown(board: Board) -> object:
    agents = [(line.state, line.since, line.handled.value, line.handle_time.value) for line in board.agent_lines()]
    series = [board.waiting_series(queue).values for queue in (None, BILLING, OUTAGES)]
    return board.tiles(), board.intervals(), board.intervals(OUTAGES), agents, series, set(board.visits())


@settings(max_examples=60, deadline=None)
@given(a_day(), st.randoms(use_true_random=False))
def test_what_is_shown_does_not_depend_on_order_or_repetition(
    events: Sequence[QueueEventRow], chance: random.Random
) -> None:
    clock = Clock()
    in_order, mixed = new_board(clock), new_board(clock)
    in_order.load(events)
    muddled = [*events, *chance.choices(events, k=len(events) // 2)] if events else []
    chance.shuffle(muddled)
    mixed.add_all(muddled)
    in_order.tick()
    mixed.tick()
    assert shown(mixed) == shown(in_order)


@settings(max_examples=40, deadline=None)
@given(a_day())
def test_the_sums_kept_are_the_sums_of_the_visits(events: Sequence[QueueEventRow]) -> None:
    board = new_board(Clock())
    board.add_all(events)
    for queue in QUEUES:
        tally = board.tally(queue.id)
        of_visits = metrics.tally(board.visits(queue.id), queue.sl_threshold_s, queue.short_abandon_s)
        rows = metrics.by_interval(board.visits(queue.id), board.day, queue.sl_threshold_s, queue.short_abandon_s)
        assert tally.entered == tally.answered + tally.abandoned + tally.exited + tally.unresolved
        assert tally.cells() == (of_visits + metrics.Tally(refused=tally.refused)).cells()
        for bar in board.intervals(queue.id):
            refused = metrics.Tally(refused=bar.tally.refused)
            assert bar.tally == rows[bar.index] + refused
    assert board.tally() == board.tally(BILLING) + board.tally(OUTAGES)


# ------------------------------------------------------------------------- agents


def test_a_pause_has_its_reason_and_ends(board: Board, feed: Feed) -> None:
    board.add(feed.say(Kind.MEMBER_ADDED, -500, agent=ANA))
    board.add(feed.say(Kind.PAUSED, -300, agent=ANA, reason="Lunch"))
    line = board.agent_line(ANA)
    assert (line.state, line.reason, line.since) == (AgentState.PAUSED, "Lunch", T0 - timedelta(seconds=300))
    board.add(feed.say(Kind.UNPAUSED, -100, agent=ANA))
    assert state(board, ANA) is AgentState.READY
    board.add(feed.say(Kind.MEMBER_REMOVED, -50, agent=ANA))
    assert state(board, ANA) is AgentState.OFFLINE
    assert ANA not in board.members(BILLING)


def test_paused_in_one_of_two_queues_is_still_ready(board: Board, feed: Feed) -> None:
    for queue in ("billing", "outages"):
        board.add(feed.say(Kind.MEMBER_ADDED, -500, agent=BEN, queue=queue))
    board.add(feed.say(Kind.PAUSED, -300, agent=BEN, queue="billing"))
    assert state(board, BEN) is AgentState.READY
    board.add(feed.say(Kind.PAUSED, -299, agent=BEN, queue="outages"))
    assert state(board, BEN) is AgentState.PAUSED


def test_a_pause_asked_for_during_a_call_begins_after_it(board: Board, feed: Feed) -> None:
    events = a_call(feed, 1, ANA)
    board.add_all(events[:3])
    board.add(feed.say(Kind.PAUSED, 30, agent=ANA, reason="Break"))
    assert state(board, ANA) is AgentState.TALKING
    board.add_all(events[3:])
    line = board.agent_line(ANA)
    assert (line.state, line.since) == (AgentState.PAUSED, T0 + timedelta(seconds=140))


def test_the_newest_of_desktop_and_switch_is_believed(board: Board, feed: Feed) -> None:
    board.add_presence(PresenceRow(ANA, Presence.PAUSED, T0 - timedelta(seconds=60), "Training"))
    assert (state(board, ANA), board.agent_line(ANA).reason) == (AgentState.PAUSED, "Training")
    board.add_presence(PresenceRow(ANA, Presence.READY, T0 - timedelta(seconds=30)))
    assert state(board, ANA) is AgentState.READY
    board.add_all(a_call(feed, 1, ANA)[:3])
    board.add_presence(PresenceRow(ANA, Presence.OFFLINE, T0 - timedelta(seconds=10)))  # an old row, read late
    assert state(board, ANA) is AgentState.TALKING
    board.add_presence(PresenceRow(ANA, Presence.TALKING, T0 + timedelta(seconds=20), on_hold=True))
    assert state(board, ANA) is AgentState.HOLD
    board.add_presence(PresenceRow(ANA, Presence.READY, T0 + timedelta(seconds=30)))  # the end of the call was missed
    assert state(board, ANA) is AgentState.READY


def test_a_pause_that_a_restarted_exchange_is_told_of_again_goes_on(clock: Clock, feed: Feed) -> None:
    """The desktop knows since when; whatever comes first. For another reason, or after being ready, it is another."""
    paused = lambda at_s, why="Lunch": PresenceRow(ANA, Presence.PAUSED, T0 + timedelta(seconds=at_s), why)  # noqa: E731

    def shown(*more: QueueEventRow | PresenceRow) -> tuple[AgentState, float]:
        """Of the board that heard it as it came, which is that of one that is loaded with it."""
        told = [paused(-600), *forgotten, *more]
        boards = live, loaded = new_board(clock), new_board(clock)
        for what in told:
            live.add_presence(what) if isinstance(what, PresenceRow) else live.add(what)
        newest = [row for row in told if isinstance(row, PresenceRow)][-1]
        loaded.load([row for row in told if isinstance(row, QueueEventRow)], [newest])
        line, same = (board.agent_line(ANA) for board in boards)
        assert (line.state, line.since, line.reason) == (same.state, same.since, same.reason)
        assert line.since is not None
        return line.state, (line.since - T0).total_seconds()

    forgotten = [
        feed.say(Kind.MEMBER_ADDED, -700, agent=ANA),
        feed.say(Kind.PAUSED, -599, agent=ANA, reason="Lunch"),
        feed.say(Kind.UNPAUSED, -100, agent=ANA),
    ]
    assert shown() == (AgentState.READY, -100)
    again = feed.say(Kind.PAUSED, -90, agent=ANA, reason="Lunch")
    assert shown(again) == (AgentState.PAUSED, -600)
    assert shown(feed.say(Kind.PAUSED, -90, agent=ANA, reason="Training")) == (AgentState.PAUSED, -90)
    ready = PresenceRow(ANA, Presence.READY, T0 - timedelta(seconds=60))
    assert shown(again, ready, paused(-50), feed.say(Kind.PAUSED, -49, agent=ANA, reason="Lunch")) == (
        AgentState.PAUSED, -50,
    )  # fmt: skip


def test_tiles_count_the_members_by_state(board: Board, feed: Feed) -> None:
    for agent in (ANA, BEN, EVA):
        board.add_presence(PresenceRow(agent, Presence.READY, T0 - timedelta(seconds=60)))
    board.add_all(a_call(feed, 1, BEN)[:3])
    billing, outages = (dict(tile.agents) for tile in board.tiles())
    assert (billing[AgentState.READY], billing[AgentState.TALKING], billing[AgentState.OFFLINE]) == (1, 1, 0)
    assert (outages[AgentState.READY], outages[AgentState.TALKING]) == (1, 1)
    assert board.tile(OUTAGES).signed_in == 2


def test_limits_mark_who_has_been_too_long_in_a_state(board: Board, feed: Feed) -> None:
    board.add_all(a_call(feed, 1, ANA)[:7])
    line = board.agent_line(ANA)
    assert (line.state, line.limit_s) == (AgentState.WRAP_UP, QUEUES[0].wrap_up_s)
    start = T0 + timedelta(seconds=110)
    assert not line.over_limit(start + timedelta(seconds=45))
    assert line.over_limit(start + timedelta(seconds=46))
    assert board.limits.of(AgentState.PAUSED, "Lunch") == 900
    board.limits = replace(board.limits, pauses={"Lunch": 1800.0})
    board.add_presence(PresenceRow(BEN, Presence.PAUSED, T0 + timedelta(seconds=150), "Lunch"))
    assert board.agent_line(BEN).limit_s == 1800


def test_occupancy_is_handling_over_handling_and_available_time(board: Board, feed: Feed, clock: Clock) -> None:
    board.add_presence(PresenceRow(ANA, Presence.READY, T0 - timedelta(seconds=130)))
    board.add_all(a_call(feed, 1, ANA))  # ready 137 s, rings 3 s, handled 130 s
    board.add(feed.say(Kind.PAUSED, 150, agent=ANA))  # 10 s ready
    clock.moment = T0 + timedelta(seconds=1000)
    assert board.agent_line(ANA).occupancy.value == pytest.approx(130 / (137 + 3 + 130 + 10))


# -------------------------------------------------------------------- over the day


def test_waiting_in_the_last_hour_is_a_staircase(board: Board, feed: Feed, clock: Clock) -> None:
    for visit, (enters, leaves) in enumerate([(-1800, -900), (-1000, -600), (-8, None)]):
        board.add(feed.say(Kind.ENTERED, enters, visit))
        if leaves is not None:
            board.add(feed.say(Kind.ABANDONED, leaves, visit))
    series = board.waiting_series(BILLING)
    assert len(series.values) == 360
    stairs = [value for index, value in enumerate(series.values) if index == 0 or series.values[index - 1] != value]
    assert stairs == [0, 1, 2, 1, 0, 1]
    at = int((T0 - timedelta(seconds=950) - series.starts_at).total_seconds() // series.step_s)
    assert (series.values[at], series.peak) == (2, 2)


def test_after_midnight_a_new_day_begins_and_callers_stay(feed: Feed) -> None:
    clock = Clock()
    clock.moment = datetime(2026, 11, 21, 23, 59, tzinfo=UTC)
    board = new_board(clock)
    offset = (clock.moment - T0).total_seconds()
    board.add_all(a_call(feed, 1, ANA, offset - 300))
    board.add(feed.say(Kind.ENTERED, offset, 2))
    assert (board.tally().handled, board.tally().unresolved) == (1, 1)
    clock.moment += timedelta(seconds=90)
    board.tick()
    tile = board.tile(BILLING)
    assert (tile.waiting, tile.tally.entered) == (1, 0)  # it entered yesterday, and that is where it counts
    assert board.agent_line(ANA).handled.value == 0
    board.add(feed.say(Kind.CONNECTED, offset + 95, 2, ANA))
    assert (board.tile(BILLING).waiting, board.tally().entered, state(board, ANA)) == (0, 0, AgentState.TALKING)
    board.add(feed.say(Kind.ENTERED, offset + 96, 3))
    assert board.tally().entered == 1


def test_a_day_of_twenty_five_hours_has_a_hundred_rows() -> None:
    clock = Clock()
    clock.moment = datetime(2026, 10, 25, 22, 50, tzinfo=UTC)
    board = Board(ZoneInfo("Europe/Warsaw"), clock)
    board.set_queues(QUEUES)
    assert len(board.intervals()) == 100
    assert board.intervals()[-1].label == "23:45"


def test_a_tile_knows_the_longest_wait_of_the_day_and_what_to_expect(board: Board, feed: Feed, clock: Clock) -> None:
    tile = board.tile(BILLING)
    assert (tile.longest_today.text(), tile.estimated_wait.text()) == ("–", "–")
    feed.say(Kind.MEMBER_ADDED, 0, None, ANA)
    board.add_all([*feed.events, *a_call(feed, 1, ANA, 0)])
    feed.say(Kind.ENTERED, 0, 2)
    board.add_all(feed.events)
    board.add(feed.say(Kind.ABANDONED, 75, 2))
    clock.moment = T0 + timedelta(seconds=200)
    tile = board.tile(BILLING)
    assert tile.longest_today.text() == "1:15", "who gave up counts too"
    assert tile.estimated_wait.text() == "under 1 min", "Ana is free"
    board.add(feed.say(Kind.ENTERED, -30, 2))  # heard late: that one had waited longer
    assert board.tile(BILLING).longest_today.text() == "1:45"
    board.add(feed.say(Kind.CONNECTED, -25, 2, BEN))  # and was answered all the same, after five seconds
    assert board.tile(BILLING).longest_today.text() == "0:10"
    for visit in range(3, 9):
        board.add(feed.say(Kind.ENTERED, 150, visit))
    board.add(feed.say(Kind.CONNECTED, 160, 3, ANA))
    tile = board.tile(BILLING)
    assert (tile.waiting, tile.signed_in, tile.free) == (5, 2, 0)
    assert tile.estimated_wait.value == 130 * 6 / 2  # one call handled: 100 s and 30 s of wrap-up
    assert tile.estimated_wait.text() == "about 6 min"
    board.add(feed.say(Kind.PAUSED, 170, None, BEN, reason="Lunch"))
    board.add(feed.say(Kind.COMPLETED, 165, 2, BEN))
    assert board.tile(BILLING).estimated_wait.denominator == 1


def test_time_paused_is_in_utilisation(board: Board, feed: Feed, clock: Clock) -> None:
    feed.say(Kind.MEMBER_ADDED, 0, None, ANA)
    a_call(feed, 1, ANA, 0)
    feed.say(Kind.PAUSED, 140, None, ANA, reason="Lunch")
    board.add_all(feed.events)
    clock.moment = T0 + timedelta(seconds=270)
    line = board.agent_line(ANA)
    assert (line.handling_s, line.available_s, line.paused_s) == (130, 10, 130)
    assert line.occupancy.value == pytest.approx(13 / 14)
    assert line.utilisation.value == pytest.approx(13 / 27)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
def test_the_site_s_day_is_what_its_clock_says_whatever_the_hours(day: str, hours: int, feed: Feed) -> None:
    """A call in each hour, from the hour before midnight to the hour after the next: the site's day has its own."""
    zone, clock = ZoneInfo("Europe/Warsaw"), Clock()
    midnight = datetime.fromisoformat(day).replace(tzinfo=zone).astimezone(UTC)
    clock.moment = midnight + timedelta(hours=hours) - timedelta(seconds=1)
    board = Board(UTC_ZONE, clock)
    board.set_queues(QUEUES)
    board.set_zone(zone)
    for hour in range(-1, hours + 1):
        start = (midnight + timedelta(hours=hour, minutes=20) - T0).total_seconds()
        a_call(feed, 100 + hour, ANA, start)
    board.load(feed.events)
    assert [bar.tally.entered for bar in board.intervals()] == [0, 1, 0, 0] * hours
    assert board.tally().answered == hours
    assert board.tile(BILLING).service_level.scope.zone == zone
    clock.moment += timedelta(hours=1)
    board.tick()
    assert board.tally().entered == 1, "the next day begins at the site's midnight"


def test_another_threshold_counts_for_the_day_so_far(board: Board, feed: Feed) -> None:
    board.add_all(a_call(feed, 1, ANA, -500))
    assert board.tile(BILLING).service_level.value == 1.0
    strict = QueueRow(BILLING, "billing", "Billing", sl_threshold_s=5, members=(ANA, BEN))
    board.set_queues([strict, QUEUES[1]])
    assert board.tile(BILLING).service_level.value == 0.0
    assert "within 5 s" in board.tile(BILLING).service_level.explain()


def test_each_queue_counts_its_service_level_as_it_is_set_and_the_total_adds_up_each(board: Board, feed: Feed) -> None:
    """Billing counts exits as misses, Outages leaves short abandons out: bars, tile, alert and total follow."""
    rows = [replace(QUEUES[0], sl_exits=True), replace(QUEUES[1], sl_variant=SlVariant.WITHOUT_SHORT_ABANDONS)]
    for visit, queue in enumerate(("billing", "outages")):
        a_call(feed, visit, BEN, 0, queue)
        feed.say(Kind.ENTERED, 0, 10 + visit, queue=queue)
        feed.say(Kind.ABANDONED, 3, 10 + visit, queue=queue)
        feed.say(Kind.ENTERED, 0, 20 + visit, queue=queue)
        feed.say(Kind.EXITED, 60, 20 + visit, queue=queue, reason="timeout")
    board.add_all(feed.events)
    assert (board.service_level().numerator, board.service_level().denominator) == (2, 4)
    assert board.service_level().name == "Service level"
    before = board.intervals()[-1]
    board.set_queues(rows)
    for queue_id, fraction in ((BILLING, (1, 3)), (OUTAGES, (1, 1)), (None, (2, 4))):
        whole, bar = board.service_level(queue_id), board.intervals(queue_id)[-1]
        assert (whole.numerator, whole.denominator) == fraction
        assert (bar.service_level.numerator, bar.service_level.denominator) == fraction
        assert bar.level == whole.value
    assert board.tile(BILLING).service_level.name == "Service level, exits counted"
    assert before.tally == board.intervals()[-1].tally  # what was counted is the same, how it is divided is not
    words = board.service_level().explain()
    assert "· Billing: " in words
    assert "· Outages: " in words
    assert board.tile(BILLING).verdict is Verdict.BAD
    assert board.tile(OUTAGES).verdict is not Verdict.BAD


def test_bars_of_intervals_that_are_over_are_kept_until_something_late_is_heard(
    board: Board, feed: Feed, clock: Clock
) -> None:
    board.add_all(a_call(feed, 1, ANA) + a_call(feed, 2, BEN, queue="outages"))
    clock.moment += timedelta(minutes=20)
    for queue in (BILLING, None):
        first, again = board.intervals(queue), board.intervals(queue)
        assert all(old is new for old, new in zip(first[:-1], again[:-1], strict=True))
    over = next(at for at, bar in enumerate(board.intervals()) if bar.tally.entered)
    assert "to 2026-11-21 14:00" in board.intervals()[over].service_level.explain()
    board.add(feed.say(Kind.ENTERED, 5, 3))
    board.add(feed.say(Kind.ABANDONED, 65, 3))
    for queue, entered in ((BILLING, 2), (OUTAGES, 1), (None, 3)):
        assert board.intervals(queue)[over].tally.entered == entered
    rows = [QUEUES[0], QueueRow(OUTAGES, "outages", "Line faults", sl_threshold_s=30, members=(BEN, EVA))]
    board.set_queues(rows)
    assert board.intervals(OUTAGES)[over].scope.subject == "Line faults"


def test_who_did_not_answer_and_is_rung_again_for_the_same_visit_rings(board: Board, feed: Feed) -> None:
    states = []
    for kind, at in ((Kind.OFFERED, 1), (Kind.NOT_ANSWERED, 16), (Kind.OFFERED, 21), (Kind.NOT_ANSWERED, 36)):
        board.add(feed.say(kind, at, 1, ANA))
        states.append(board.agent_line(ANA).state)
    assert states == [AgentState.RINGING, AgentState.READY, AgentState.RINGING, AgentState.READY]


def test_events_count_whether_few_or_many_wait_to_be_counted(board: Board, feed: Feed) -> None:
    for number in range(250):
        assert board.add(feed.say(Kind.ENTERED, number / 1000, number))
        assert not board.add(feed.events[-1])
        if number in (0, 98, 99, 100, 249):
            assert board.tally().entered == number + 1
    assert board.take_changes().queues == {BILLING}


def test_an_alert_says_since_when_a_queue_is_below_target(board: Board, feed: Feed, clock: Clock) -> None:
    for visit in range(30):
        at = -3600 + visit * 120  # from 12:46:30 on
        board.add(feed.say(Kind.ENTERED, at, visit))
        if at < -1800:
            board.add(feed.say(Kind.CONNECTED, at + 5, visit, ANA))
            board.add(feed.say(Kind.COMPLETED, at + 60, visit, ANA))
        else:
            board.add(feed.say(Kind.ABANDONED, at + 100, visit))
    (alert,) = board.alerts()
    assert (alert.queue.label, alert.since_label, alert.free) == ("Billing", "13:15", 1)
    assert alert.service_level.value is not None
    assert alert.service_level.value < 0.8
    clock.moment += timedelta(minutes=20)
    board.add_all(feed.say(Kind.ENTERED, 1000 + visit, visit) for visit in range(50, 60))
    board.add_all(feed.say(Kind.CONNECTED, 1000 + visit, visit, BEN) for visit in range(50, 60))
    assert board.alerts() == ()


def test_one_lost_caller_is_no_alert(board: Board, feed: Feed) -> None:
    board.add(feed.say(Kind.ENTERED, -60, 1))
    board.add(feed.say(Kind.ABANDONED, -10, 1))
    assert board.alerts() == ()
    assert board.tile(BILLING).verdict is Verdict.BAD


def test_a_queue_on_target_warns_when_somebody_waits_too_long(board: Board, feed: Feed) -> None:
    assert board.tile(BILLING).verdict is Verdict.NONE
    board.add_all(a_call(feed, 1, ANA, -900))
    assert board.tile(BILLING).verdict is Verdict.OK
    board.add(feed.say(Kind.ENTERED, -21, 2))
    assert board.tile(BILLING).verdict is Verdict.WARN


def test_only_what_an_event_touches_is_reported_as_changed(board: Board, feed: Feed) -> None:
    assert not board.take_changes()
    board.add(feed.say(Kind.ENTERED, 0, 1))
    changes = board.take_changes()
    assert (changes.queues, changes.agents, changes.everything) == ({BILLING}, frozenset(), False)
    board.add(feed.say(Kind.CONNECTED, 5, 1, ANA))
    assert board.take_changes().agents == {ANA}
    for _ in range(2):
        board.add_presence(PresenceRow(EVA, Presence.READY, T0))
    assert board.take_changes().agents == {EVA}
    board.add_presence(PresenceRow(EVA, Presence.READY, T0))  # read again: no news
    assert not board.take_changes()


def test_targets_of_several_queues_are_weighed_by_their_calls(clock: Clock, feed: Feed) -> None:
    board = Board(UTC_ZONE, clock)
    board.set_queues([QueueRow(BILLING, "b", "B", sl_target=0.8), QueueRow(OUTAGES, "o", "O", sl_target=0.9)])
    assert board.target() == pytest.approx(0.85)
    for visit in range(3):
        board.add(feed.say(Kind.ENTERED, -10, visit, queue="outages"))
    board.add(feed.say(Kind.ENTERED, -10, 9))
    assert board.target() == pytest.approx((3 * 0.9 + 0.8) / 4)
    assert board.scope().threshold_s == 20
