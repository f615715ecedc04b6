"""The simulated day against theory, and the rules that every day keeps."""

import itertools
import math
import random
from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from agent_desktop import clock
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.words import QueueEventKind as Kind
from agent_desktop.practice.centre import Centre
from agent_desktop.practice.day import Day
from agent_desktop.practice.people import HOUR, SECOND
from agent_desktop.practice.plan import OFFICE_DAY, DayPlan, Habits, QueuePlan

START = 1_790_000_000_000_000 // HOUR * HOUR
AGENTS = tuple(UUID(int=n + 1) for n in range(60))
HUMAN = AGENTS[0]


def one_queue(rate: float, talk_s: float, patience_s: float, agents: int) -> QueuePlan:
    return QueuePlan(UUID(int=1000), "Billing", AGENTS[:agents], rate, talk_s=talk_s, patience_s=patience_s)


def lively(seed: int, human: UUID | None = None) -> DayPlan:
    queues = tuple(
        QueuePlan(
            *(UUID(int=1000 + n), name, AGENTS[n * 2 : n * 2 + 5], 70.0),
            profile=OFFICE_DAY,
            patience_s=60.0,
            talk_s=180.0,
            talk_spread=0.8,
            wrap_up_s=30.0,
            hold_share=0.3,
            transfer_share=0.2,
            key_share=0.1,
            max_wait_s=90.0,
            max_waiting=4,
        )
        for n, name in enumerate(("Billing", "Outages", "Moves"))
    )
    habits = Habits(ring_s=4.0, ignore_share=0.1, work_s=1800.0, pause_s=300.0, pause_reasons=("Break", "Training"))
    return DayPlan(queues, seed, START, f"run{seed}", habits, human)


def played(plan: DayPlan, hours: float) -> list[QueueEventRow]:
    centre = Centre(plan)
    centre.advance(START + round(hours * HOUR))
    return centre.take()


def counted(rows: list[QueueEventRow]) -> Counter[Kind]:
    return Counter(row.kind for row in rows)


# ------------------------------------------------------------------ against theory


@pytest.mark.parametrize(
    ("rate", "talk_s", "patience_s", "agents", "callers", "abandon", "wait_s"),
    [  # Erlang A, computed with 30 digits; callers in a batch; P(abandon) and E[wait of all]
        (2880, 60, 120, 50, 1000, 0.0309122492, 3.709470),
        (200, 180, 120, 12, 600, 0.0615973770, 7.391685),
        (200, 180, 60, 10, 600, 0.1575268715, 9.451612),
    ],
)
def test_abandoning_and_waiting_agree_with_erlang_a(
    rate: float, talk_s: float, patience_s: float, agents: int, callers: int, abandon: float, wait_s: float
) -> None:
    plan = DayPlan((one_queue(rate, talk_s, patience_s, agents),), 7, START)
    batches, hours = 40, callers / rate
    warm = START + round(30 * talk_s * SECOND)  # by then the empty start is forgotten
    centre = Centre(plan)
    centre.advance(warm)
    centre.take()
    abandoned, waits = [], []
    entered: dict[UUID, int] = {}
    for batch in range(batches):
        centre.advance(warm + round((batch + 1) * hours * HOUR))
        rows = centre.take()
        kinds = counted(rows)
        abandoned.append(kinds[Kind.ABANDONED] / max(kinds[Kind.ENTERED], 1))
        total = 0
        for row in rows:
            at = clock.to_us(row.at)
            if row.visit_id and row.kind is Kind.ENTERED:
                entered[row.visit_id] = at
            elif row.visit_id in entered and row.kind in (Kind.CONNECTED, Kind.ABANDONED):
                total += at - entered.pop(row.visit_id)
        waits.append(total / SECOND / max(kinds[Kind.ENTERED], 1))
    for found, truth in ((abandoned, abandon), (waits, wait_s)):
        mean = sum(found) / batches
        deviation = math.sqrt(sum((value - mean) ** 2 for value in found) / (batches - 1))
        error = deviation / math.sqrt(batches)
        assert abs(mean - truth) < 3.0 * error, f"{mean:.5f} ± {error:.5f}, theory says {truth:.5f}"
        assert error < 0.09 * truth, "too wide an interval to say anything"


def test_arrivals_are_poisson_and_follow_the_profile() -> None:
    queue = replace(one_queue(600, 60, 60, 1), profile=OFFICE_DAY)
    rows = [row for row in played(DayPlan((queue,), 3, START), 24 * 8) if row.kind is Kind.ENTERED]
    by_hour = Counter(row.at.hour for row in rows)
    for hour, share in enumerate(OFFICE_DAY):
        expected = 8 * 600 * share
        assert abs(by_hour[hour] - expected) < 4 * math.sqrt(expected), hour
    busy = [row.at.timestamp() for row in rows if row.at.hour == 10]
    gaps = [b - a for a, b in itertools.pairwise(busy) if b - a < 1800]
    mean = sum(gaps) / len(gaps)
    spread = math.sqrt(sum((gap - mean) ** 2 for gap in gaps) / len(gaps))
    assert spread / mean == pytest.approx(1.0, abs=0.06)  # an exponential deviates by its mean


def test_talk_is_log_normal_with_the_mean_asked_for() -> None:
    queue = replace(one_queue(400, 200.0, 1e9, 60), talk_spread=0.7)
    talks: list[float] = []
    begun: dict[UUID, float] = {}
    for row in played(DayPlan((queue,), 5, START), 30):
        if row.visit_id and row.kind is Kind.CONNECTED:
            begun[row.visit_id] = row.at.timestamp()
        elif row.visit_id and row.kind is Kind.COMPLETED:
            talks.append(row.at.timestamp() - begun[row.visit_id])
    logs = [math.log(talk) for talk in talks]
    middle = sum(logs) / len(logs)
    spread = math.sqrt(sum((value - middle) ** 2 for value in logs) / len(logs))
    assert len(talks) > 10_000
    assert sum(talks) / len(talks) == pytest.approx(200.0, rel=0.03)
    assert spread == pytest.approx(0.7, rel=0.03)


# ---------------------------------------------------------------- what always holds

ENDS = {Kind.ABANDONED, Kind.EXITED, Kind.COMPLETED, Kind.TRANSFERRED}
AFTER = {
    None: {Kind.ENTERED},
    Kind.ENTERED: {Kind.OFFERED, Kind.ABANDONED, Kind.EXITED},
    Kind.OFFERED: {Kind.CONNECTED, Kind.NOT_ANSWERED, Kind.ABANDONED, Kind.EXITED},
    Kind.NOT_ANSWERED: {Kind.OFFERED, Kind.ABANDONED, Kind.EXITED},
    Kind.CONNECTED: {Kind.HELD, Kind.COMPLETED, Kind.TRANSFERRED},
    Kind.HELD: {Kind.RESUMED, Kind.COMPLETED},
    Kind.RESUMED: {Kind.HELD, Kind.COMPLETED, Kind.TRANSFERRED},
    Kind.ABANDONED: set(),
    Kind.EXITED: set(),
    Kind.COMPLETED: {Kind.WRAP_UP_STARTED},
    Kind.TRANSFERRED: {Kind.WRAP_UP_STARTED},
    Kind.WRAP_UP_STARTED: {Kind.WRAP_UP_ENDED},
    Kind.WRAP_UP_ENDED: set(),
}


def check_visits(rows: list[QueueEventRow]) -> None:
    """Each visit tells a possible story, and E = A + B + X + U."""
    last: dict[UUID, Kind] = {}
    kinds = counted(rows)
    assert [row.source_seq for row in rows] == list(range(1, len(rows) + 1))
    for row in rows:
        if row.visit_id is not None:
            before = last.get(row.visit_id)
            assert row.kind in AFTER[before], (before, row)
            last[row.visit_id] = row.kind
    unresolved = sum(kind in (Kind.ENTERED, Kind.OFFERED, Kind.NOT_ANSWERED) for kind in last.values())
    assert kinds[Kind.ENTERED] == len(last)
    answered = kinds[Kind.CONNECTED]
    assert kinds[Kind.ENTERED] == answered + kinds[Kind.ABANDONED] + kinds[Kind.EXITED] + unresolved


def check_agents(rows: list[QueueEventRow]) -> None:
    """Nobody rings or talks twice at once, nor while paused or in wrap-up."""
    doing: dict[UUID, Kind] = {}
    rings_at: dict[UUID, UUID] = {}
    busy = {Kind.OFFERED, Kind.CONNECTED, Kind.WRAP_UP_STARTED, Kind.PAUSED}
    for row in rows:
        agent = row.agent_id
        if row.kind in ENDS and row.visit_id in rings_at:  # the caller left while it rang
            doing.pop(rings_at.pop(row.visit_id), None)
        if agent is None or agent == HUMAN or row.kind in (Kind.ABANDONED, Kind.EXITED):
            continue
        if row.kind is Kind.OFFERED and row.visit_id:
            assert doing.get(agent) not in busy, row
            rings_at[row.visit_id] = agent
        elif row.kind in (Kind.CONNECTED, Kind.NOT_ANSWERED) and row.visit_id:
            assert rings_at.pop(row.visit_id) == agent
        elif row.kind is Kind.WRAP_UP_STARTED:
            assert doing.get(agent) in (Kind.COMPLETED, Kind.TRANSFERRED), row
        doing[agent] = row.kind


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_visit_and_agent_tells_a_possible_story(seed: int) -> None:
    rows = played(lively(seed), 16)
    check_visits(rows)
    check_agents(rows)
    assert set(counted(rows)) == set(Kind) - {Kind.MEMBER_REMOVED, Kind.LOST}  # and everything happens


def test_the_end_of_the_day_leaves_nobody_waiting() -> None:
    centre = Centre(lively(4))
    centre.advance(START + 11 * HOUR)
    centre.finish()
    rows = centre.take()
    check_visits(rows)
    ended = {row.visit_id for row in rows if row.kind in ENDS}
    assert {row.visit_id for row in rows if row.kind is Kind.ENTERED} == ended
    assert counted(rows)[Kind.MEMBER_REMOVED] == counted(rows)[Kind.MEMBER_ADDED]
    centre.advance(START + 20 * HOUR)
    assert centre.take() == []


def test_the_same_seed_is_the_same_day_however_it_is_cut() -> None:
    whole = played(lively(9), 12)
    centre = Centre(lively(9))
    pieces: list[QueueEventRow] = []
    step = random.Random(1)
    at = START
    while at < START + 12 * HOUR:
        at = min(at + step.randrange(1, HOUR), START + 12 * HOUR)
        centre.advance(at)
        pieces += centre.take()
    assert pieces == whole
    assert played(lively(10), 12) != whole


def test_another_run_of_the_same_day_has_ids_of_its_own() -> None:
    first, second = played(lively(9), 10), played(replace(lively(9), run="other"), 10)
    assert [row.kind for row in first] == [row.kind for row in second]
    ids = [{row.visit_id for row in rows if row.visit_id} for rows in (first, second)]
    assert not ids[0] & ids[1]
    assert all(visit.version == 7 for visit in ids[0])


def test_the_longest_waiting_caller_goes_to_the_longest_idle_agent() -> None:
    rows = played(DayPlan((one_queue(100, 120, 1e9, 3),), 11, START), 40)
    waiting: list[UUID] = []
    free: dict[UUID, float] = dict.fromkeys(AGENTS[:3], 0.0)
    for row in rows:
        if row.kind is Kind.ENTERED and row.visit_id:
            waiting.append(row.visit_id)
        elif row.kind is Kind.OFFERED and row.visit_id and row.agent_id:
            assert waiting.pop(0) == row.visit_id
            idle = free.pop(row.agent_id)
            assert idle <= min(free.values(), default=idle)
        elif row.kind is Kind.COMPLETED and row.agent_id:
            free[row.agent_id] = row.at.timestamp()


# ---------------------------------------------------------------------- the human


def human_day(seed: int = 1) -> Day:
    return Day(lively(seed, HUMAN))


def to_first_offer(day: Day) -> None:
    day.set_human_ready(True)
    while True:
        day.advance(day.now + SECOND)
        if day._offers:
            return


def last_kinds(day: Day, visit: UUID) -> list[Kind]:
    return [row.kind for row in day.take() if row.visit_id == visit]


def test_a_human_who_is_not_ready_gets_nothing() -> None:
    day = human_day()
    day.advance(START + 12 * HOUR)
    assert day.take_offers() == []
    assert not any(row.agent_id == HUMAN for row in day.take())


def test_a_human_who_is_not_ready_any_more_gets_nothing() -> None:
    day = human_day()
    day.advance(START + 10 * HOUR)  # midnight: nobody waits
    day.set_human_ready(True)
    assert day.take_offers() == []
    day.set_human_ready(False)
    day.advance(START + 22 * HOUR)
    assert day.take_offers() == []


def test_the_human_is_first_in_line_unless_the_plan_says_otherwise() -> None:
    firsts = []
    for first in (True, False):
        day = Day(replace(lively(1, HUMAN), human_first=first))
        day.advance(START + 8 * HOUR)
        day.take()
        to_first_offer(day)
        firsts.append(next(row.agent_id for row in day.take() if row.kind is Kind.OFFERED and row.queue_id))
    assert firsts[0] == HUMAN != firsts[1]


def test_an_offer_to_the_human_waits_for_their_deed() -> None:
    day = human_day()
    to_first_offer(day)
    (offer,) = day.take_offers()
    day.take()
    day.advance(day.now + HOUR)  # however long it takes: it is a matter of real seconds
    assert last_kinds(day, offer.visit_id) == []
    day.answered(offer.visit_id)
    day.held(offer.visit_id)
    day.resumed(offer.visit_id)
    day.completed(offer.visit_id, "agent")
    assert last_kinds(day, offer.visit_id) == [Kind.CONNECTED, Kind.HELD, Kind.RESUMED, Kind.COMPLETED]
    day.advance(day.now + HOUR)
    assert day.take_offers() == []  # not ready again until told
    to_first_offer(day)
    assert len(day.take_offers()) == 1


def test_a_call_the_human_declines_goes_to_a_colleague() -> None:
    day = human_day()
    to_first_offer(day)
    (offer,) = day.take_offers()
    day.advance(day.now + 3 * SECOND)
    day.take()
    day.not_answered(offer.visit_id, "declined")
    day.advance(day.now + HOUR)
    rows = [row for row in day.take() if row.visit_id == offer.visit_id]
    assert (rows[0].kind, rows[0].agent_id, rows[0].data["reason"]) == (Kind.NOT_ANSWERED, HUMAN, "declined")
    assert int(rows[0].data["ring_ms"]) >= 3000
    assert rows[-1].kind in ENDS | {Kind.WRAP_UP_ENDED}
    assert not any(row.agent_id == HUMAN for row in rows[1:])


def test_a_call_of_ones_own_choice_rings_the_human_at_once() -> None:
    day = human_day()
    day.advance(START + HOUR)
    day.take()
    offer = day.ring_human(UUID(int=1001), 48.0, 20.0, 600.0)
    assert (offer.queue, offer.waited_s, offer.patience_s, offer.talk_s) == ("Outages", 48.0, 20.0, 600.0)
    entered, offered = day.take()
    assert (entered.kind, offered.kind) == (Kind.ENTERED, Kind.OFFERED)
    assert (offered.at - entered.at).total_seconds() == 48.0
    assert offered.agent_id == HUMAN
    assert entered.linked_id == offered.linked_id == offer.linked_id != ""
    day.abandoned(offer.visit_id)
    assert last_kinds(day, offer.visit_id) == [Kind.ABANDONED]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.sampled_from(["answer", "decline", "leave", "ready", "away"]), max_size=40))
def test_whatever_the_human_does_the_day_stays_possible(seed: int, deeds: list[str]) -> None:
    day = human_day(seed)
    day.advance(START + 8 * HOUR)
    day.set_human_ready(True)
    rows = day.take()
    for deed in deeds:
        day.advance(day.now + 90 * SECOND)
        for offer in day.take_offers():
            if deed == "answer":
                day.answered(offer.visit_id)
                day.completed(offer.visit_id, "caller")
            elif deed == "leave":
                day.abandoned(offer.visit_id)
            else:
                day.not_answered(offer.visit_id, "declined")
        day.set_human_ready(deed != "away")
        rows += day.take()
    day.finish()
    rows += day.take()
    check_visits(rows)
    check_agents(rows)


# ------------------------------------------------------------------ in the middle of the day


def test_a_day_that_begins_in_its_middle_finds_people_at_work_and_nothing_of_before() -> None:
    plan = lively(3)
    noon = START + HOUR
    whole, begun = Centre(plan), Centre(plan)
    whole.advance(noon)
    heard = {AGENTS[1]: clock.from_us(noon - 60 * SECOND)}
    begun.settle_in(noon, heard)
    rows = begun.take()
    assert {row.kind for row in rows} > {Kind.MEMBER_ADDED, Kind.ENTERED, Kind.CONNECTED}
    assert not {Kind.ABANDONED, Kind.EXITED, Kind.REFUSED, Kind.WRAP_UP_ENDED, Kind.UNPAUSED} & {r.kind for r in rows}
    assert all(row.at >= heard[AGENTS[1]] for row in rows if row.agent_id == AGENTS[1])
    assert all(row.at <= clock.from_us(noon) for row in rows)
    whole_rows = {row.source_seq: row for row in whole.take()}
    waits = [(row.at, whole_rows[row.source_seq].at, row) for row in rows if row.kind in (Kind.ENTERED, Kind.CONNECTED)]
    moved = {row.visit_id: now - before for now, before, row in waits if row.kind is Kind.ENTERED}
    assert all(now - before == moved[row.visit_id] for now, before, row in waits)
    assert any(moved.values())
    kept = {row.visit_id for row in rows if row.visit_id}
    ended = {row.visit_id for row in rows if row.kind in (Kind.COMPLETED, Kind.TRANSFERRED)}
    assert ended == {row.visit_id for row in rows if row.kind is Kind.WRAP_UP_STARTED}
    assert kept - ended
    for centre in (whole, begun):  # from here on it is the same day
        centre.advance(noon + HOUR // 2)
    assert begun.take() == whole.take()
