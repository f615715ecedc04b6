"""Colleagues come, rest and leave by their shifts."""

from itertools import pairwise
from uuid import UUID

from agent_desktop.data.words import QueueEventKind as Kind
from agent_desktop.practice.centre import Centre
from agent_desktop.practice.people import HOUR
from agent_desktop.practice.plan import DayPlan, Habits, QueuePlan, Stint

START = 1_790_000_000_000_000
MINUTE = HOUR // 60
EARLY, LATE, FREE = (UUID(int=n) for n in (1, 2, 3))


def stints(*minutes: int) -> tuple[Stint, ...]:
    """Work from the first to the last, a rest between every other two."""
    moments = [START + minute * MINUTE for minute in minutes]
    return tuple(Stint(a, b, bool(n % 2)) for n, (a, b) in enumerate(pairwise(moments)))


def test_colleagues_keep_to_their_shifts() -> None:
    queue = QueuePlan(UUID(int=9), "Q", (EARLY, LATE, FREE), calls_per_hour=30, talk_s=120, wrap_up_s=10)
    shifts = {EARLY: stints(-60, 30, 60, 120), LATE: stints(90, 150, 165, 240)}
    habits = Habits(ring_s=2, work_s=600, pause_reasons=("Break", "Lunch"))
    centre = Centre(DayPlan((queue,), 7, START, habits=habits, shifts=shifts))
    centre.advance(START + 5 * HOUR)
    rows = centre.take()

    def told(who: UUID) -> list[tuple[Kind, str, int]]:
        kinds = (Kind.MEMBER_ADDED, Kind.MEMBER_REMOVED, Kind.PAUSED, Kind.UNPAUSED)
        return [
            (row.kind, str(row.data.get("reason", "")), int((row.at.timestamp() * 1e6 - START) // MINUTE))
            for row in rows
            if row.agent_id == who and row.kind in kinds
        ]

    def check(who: UUID, expected: list[tuple[Kind, str, int]]) -> None:
        found = told(who)
        assert [each[:2] for each in found] == [each[:2] for each in expected]
        assert all(0 <= at[2] - due[2] < 15 for at, due in zip(found, expected, strict=True)), found

    early = [(Kind.MEMBER_ADDED, "", 0), (Kind.PAUSED, "Lunch", 30), (Kind.UNPAUSED, "", 60)]
    check(EARLY, [*early, (Kind.MEMBER_REMOVED, "", 120)])
    late = [(Kind.MEMBER_ADDED, "", 90), (Kind.PAUSED, "Break", 150), (Kind.UNPAUSED, "", 165)]
    check(LATE, [*late, (Kind.MEMBER_REMOVED, "", 240)])
    assert told(FREE) == []
    taken = {row.agent_id for row in rows if row.kind is Kind.CONNECTED}
    assert taken == {EARLY, LATE}
    centre.finish()
    assert not [row for row in centre.take() if row.kind is Kind.MEMBER_REMOVED]  # all have gone


def test_who_is_in_a_rest_at_the_beginning_goes_on_with_it() -> None:
    queue = QueuePlan(UUID(int=9), "Q", (EARLY,), calls_per_hour=60)
    shifts = {EARLY: stints(-60, -5, 10, 120)}
    centre = Centre(DayPlan((queue,), 7, START, habits=Habits(pause_reasons=("Break",)), shifts=shifts))
    centre.advance(START + HOUR)
    kinds = [row.kind for row in centre.take() if row.agent_id == EARLY]
    assert kinds[:4] == [Kind.MEMBER_ADDED, Kind.PAUSED, Kind.UNPAUSED, Kind.OFFERED]
