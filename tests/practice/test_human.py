"""What follows from the human's presence."""

from datetime import timedelta
from uuid import UUID

import pytest

from agent_desktop import clock
from agent_desktop.data.centre_rows import PresenceRow, QueueEventRow
from agent_desktop.data.words import Presence
from agent_desktop.data.words import QueueEventKind as Kind
from agent_desktop.practice.day import Day
from agent_desktop.practice.human import Human
from agent_desktop.practice.plan import DayPlan, QueuePlan

DANA, JONAS = UUID(int=1), UUID(int=2)
START = clock.from_us(1_790_000_000_000_000)
QUEUES = tuple(QueuePlan(UUID(int=10 + n), name, (DANA, JONAS), 0.0) for n, name in enumerate(("Billing", "Moves")))


@pytest.fixture
def day() -> Day:
    made = Day(DayPlan(QUEUES, 1, clock.to_us(START), human=DANA))
    made.take()
    return made


def at(presence: Presence, second: int, reason: str = "") -> PresenceRow:
    return PresenceRow(DANA, presence, START + timedelta(seconds=second), reason)


def told(day: Day) -> list[tuple[Kind, int, QueueEventRow]]:
    return [(row.kind, round((row.at - START).total_seconds()), row) for row in day.take()]


def test_signing_in_pausing_and_leaving(day: Day) -> None:
    human = Human(day)
    human.see(None)
    assert told(day) == []
    human.see(at(Presence.READY, 5))
    assert [kind for kind, *_ in told(day)] == [Kind.MEMBER_ADDED] * 2
    human.see(at(Presence.READY, 5))
    assert told(day) == []
    human.see(at(Presence.PAUSED, 9, "Lunch"))
    human.see(at(Presence.READY, 20))
    (paused, began, row), (unpaused, ended, _) = told(day)
    assert (paused, began, row.data) == (Kind.PAUSED, 9, {"reason": "Lunch"})
    assert (unpaused, ended) == (Kind.UNPAUSED, 20)
    human.see(at(Presence.OFFLINE, 30))
    assert [kind for kind, *_ in told(day)] == [Kind.MEMBER_REMOVED] * 2
    assert human.presence is Presence.OFFLINE


def test_wrap_up_belongs_to_the_last_call(day: Day) -> None:
    human = Human(day)
    human.see(at(Presence.READY, 0))
    offer = day.ring_human(QUEUES[0].id, 3.0, 20.0, 60.0)
    day.answered(offer.visit_id)
    human.last_call = offer
    day.completed(offer.visit_id, "agent")
    human.see(at(Presence.WRAP_UP, 60))
    human.last_call = day.ring_human(QUEUES[1].id, 3.0, 20.0, 60.0)  # the next one may ring before the end is seen
    human.see(at(Presence.READY, 75))
    wraps = [row for row in day.take() if row.kind in (Kind.WRAP_UP_STARTED, Kind.WRAP_UP_ENDED)]
    assert [row.kind for row in wraps] == [Kind.WRAP_UP_STARTED, Kind.WRAP_UP_ENDED]
    assert [(row.at - START).total_seconds() for row in wraps] == [60.0, 75.0]
    assert {(row.visit_id, row.queue_id, row.linked_id, row.agent_id) for row in wraps} == {
        (offer.visit_id, offer.queue_id, offer.linked_id, DANA)
    }
