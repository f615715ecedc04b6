"""Weeks before today as busy as today: what forecasts, reports and shifts of the demo company rest on."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from agent_desktop.core import queue_past
from agent_desktop.core.beside.day_forecast import of_queue, together
from agent_desktop.core.intervals import SiteDay
from agent_desktop.core.shifts import shift_kept
from agent_desktop.core.staff_plan import Aims, History, Wanted, plan
from agent_desktop.data import agents, figures_check, queues, seed, shifts, staffing
from agent_desktop.data.db import Database
from agent_desktop.data.seed_pattern import CompanyClock, behind, pattern

WEEKS = 2
ZONE = ZoneInfo("UTC")
NOW = datetime(2026, 11, 21, 13, 7, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with closing(Database.open(tmp_path_factory.mktemp("past") / "demo.db", create=True)) as database:
        with database.write() as session:
            session.execute(text("UPDATE site SET time_zone = 'UTC'"))
        seed.seed(database, customers_wanted=60, weeks=WEEKS, now=NOW)
        yield database


def day(back: int) -> tuple[datetime, datetime]:
    start = datetime.combine(TODAY, datetime.min.time(), UTC) - timedelta(days=back)
    return start, start + timedelta(days=1)


def test_events_visits_and_sums_agree(company: Database) -> None:
    days = list(figures_check.check(company))
    assert len(days) == 7 * WEEKS + 1
    assert all(one.right for one in days)


def test_every_day_is_as_busy_as_the_pattern_says(company: Database) -> None:
    usual = pattern()
    for back in range(1, 7 * WEEKS + 1):
        start, end = day(back)
        expected = sum(usual.rate(start.date(), hour * 3600) for hour in range(24))
        with company.read() as session:
            assert abs(len(queues.visits(session, start, end)) - expected) < 5 * expected**0.5


def test_the_forecast_of_today_is_what_comes(company: Database) -> None:
    histories = []
    with company.read() as session:
        lines = queues.queues(session)
        for line in lines:
            history = History(ZONE)
            for piece in queue_past.pieces(TODAY)[:1]:
                queue_past.add(session, history, line.id, piece)
            histories.append(history)
        came = len(queues.visits(session, day(0)[0], NOW))
    expected = together([of_queue(history, TODAY, ()) for history in histories], SiteDay(TODAY, ZONE))
    assert expected is not None
    assert expected.error is not None
    so_far = expected.so_far((NOW - day(0)[0]) / timedelta(minutes=15))
    assert came > 450
    assert abs(came - so_far) < expected.error * so_far


def test_tomorrow_is_planned_about_as_it_is_needed(company: Database) -> None:
    tomorrow = TODAY + timedelta(days=1)
    needed = there = 0
    with company.read() as session:
        for line in queues.queues(session):
            history = History(ZONE)
            queue_past.add(session, history, line.id, queue_past.pieces(TODAY)[0])
            known = staffing.known(session, line.id, tomorrow)
            aims = Aims(line.sl_threshold_s, line.sl_target, known.aim.shrinkage, known.aim.most_occupied)
            made = plan(history, Wanted(tomorrow, TODAY, 4, aims, {}, known.planned))
            noon = next(one for one in made.lines if one.label == "12:00")
            assert noon.rostered is not None
            assert noon.planned
            needed, there = needed + noon.rostered, there + noon.planned
    assert 0.6 < there / needed < 1.2


def test_people_keep_to_their_shifts_more_or_less(company: Database) -> None:
    with company.read() as session:
        people = {agent.id for agent in agents.agents(session)}
        planned = shifts.shifts(session, TODAY - timedelta(days=7 * WEEKS), TODAY + timedelta(days=14))
        last_week = shift_kept.times(session, day(7)[0], day(0)[0], ZONE)
        today = shift_kept.times(session, day(0)[0], NOW, ZONE)
    assert {row.agent_id for row in planned} == people
    assert max(row.day for row in planned) == TODAY + timedelta(days=14)
    kept = [time.kept_us / time.planned_us for time in last_week.values()]
    assert len(kept) == len(people)
    assert all(0.85 < share < 1 for share in kept)
    assert all(time.kept_us > 0.7 * time.planned_us for time in today.values() if time.planned_us)


@pytest.mark.parametrize(("hour", "company_hour"), [(3, 11.75), (11, 11.75), (12, 12), (14, 14), (23, 14)])
def test_it_is_never_night_at_the_company(hour: int, company_hour: float) -> None:
    local = datetime(2026, 11, 21, hour, tzinfo=UTC).replace(tzinfo=None)
    at = local - behind(local)
    assert (at.date(), at.hour + at.minute / 60) == (local.date(), company_hour)


def test_the_companys_hours_are_those_of_the_clock_on_the_wall_across_a_change_of_it() -> None:
    clock = CompanyClock(datetime(2026, 11, 21, 12, tzinfo=UTC), "Europe/Warsaw")
    before, after = (clock.us(date(2026, 10, on), 600) for on in (24, 26))
    assert (after - before) / 3.6e9 == 49
    assert datetime.fromtimestamp(before / 1e6, ZoneInfo("Europe/Warsaw")).hour == 10
