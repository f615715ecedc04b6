"""The day planned for a company: lively, but bearable."""

from collections import Counter
from uuid import UUID

import pytest

from agent_desktop.data.centre_rows import AgentRow, QueueRow
from agent_desktop.data.seed_pattern import pattern
from agent_desktop.data.words import QueueEventKind as Kind
from agent_desktop.practice.day import Day
from agent_desktop.practice.people import HOUR
from agent_desktop.practice.plan import PRACTICE_HABITS, DayPlan, Usual, company_plan

START = 1_790_000_000_000_000 // (24 * HOUR) * 24 * HOUR
AGENTS = tuple(AgentRow(UUID(int=n + 1), f"Agent {n}", f"agent{n}") for n in range(24))


def company(agents: int, queues: int) -> tuple[QueueRow, ...]:
    """Each agent serves two neighbouring queues, or the only one."""
    members: list[list[UUID]] = [[] for _ in range(queues)]
    for n, agent in enumerate(AGENTS[:agents]):
        for queue in {n % queues, (n + 1) % queues}:
            members[queue].append(agent.id)
    return tuple(QueueRow(UUID(int=100 + n), f"Q{n}", f"Q{n}", members=tuple(m)) for n, m in enumerate(members))


@pytest.mark.parametrize(("agents", "queues"), [(6, 2), (14, 4), (24, 3), (4, 1)])
def test_the_busiest_hours_are_busy_and_bearable(agents: int, queues: int) -> None:
    bare = DayPlan((), 5, START, habits=PRACTICE_HABITS, human=AGENTS[0].id)
    day = Day(company_plan(company(agents, queues), AGENTS[:agents], bare))
    day.advance(START + 24 * 4 * HOUR)
    rows = [row for row in day.take() if 9 <= row.at.hour < 17]
    entered = {row.visit_id: row.at for row in rows if row.kind is Kind.ENTERED}
    first = {row.visit_id: row.at for row in reversed(rows) if row.kind is Kind.CONNECTED and row.visit_id in entered}
    abandoned = sum(row.kind is Kind.ABANDONED for row in rows)
    in_time = sum((at - entered[visit]).total_seconds() <= 20 for visit, at in first.items())
    level = in_time / (len(first) + abandoned)
    per_agent_hour = len(entered) / 32 / agents
    assert 5 < per_agent_hour < 14
    assert 0.35 < level < 0.95, level
    assert 0.01 < abandoned / len(entered) < 0.25


def test_as_many_call_as_on_other_days_of_the_company() -> None:
    usual = pattern()
    rows = tuple(
        QueueRow(UUID(int=100 + n), name, name, members=tuple(agent.id for agent in AGENTS))
        for n, name in enumerate(usual.calls_per_hour)
    )
    day = Day(company_plan(rows, AGENTS, DayPlan((), 5, START, habits=PRACTICE_HABITS), Usual(usual, 2)))
    day.advance(START + 24 * HOUR)
    came = Counter(row.queue_id for row in day.take() if row.kind is Kind.ENTERED)
    for row in rows:
        expected = usual.calls_per_hour[row.name] * sum(usual.hours) * usual.weekdays[2]
        assert abs(came[row.id] - expected) < 4 * expected**0.5


def test_who_is_inactive_or_serves_no_queue_is_left_out() -> None:
    rows = company(4, 2)
    people = [AgentRow(one.id, one.name, one.login, active=one is not AGENTS[3]) for one in AGENTS[:4]]
    plan = company_plan(rows, people, DayPlan((), 5, START))
    assert all(AGENTS[3].id not in queue.members for queue in plan.queues)
    empty = company_plan((QueueRow(UUID(int=100), "Q", "Q"),), people, DayPlan((), 5, START))
    assert empty.queues[0].calls_per_hour == 2.0  # somebody still calls
