"""Sums of visits by period and by queue, agent or team: the same as counting the visits one by one."""

import shutil
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from agent_desktop import clock
from agent_desktop.core import metrics
from agent_desktop.core.periods import Grain, Group, bounds, periods
from agent_desktop.core.visits import VisitRecord
from agent_desktop.data import agents, queues, rollups
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Queue
from agent_desktop.data.seed import seed
from agent_desktop.data.sql import table_of
from agent_desktop.data.tally_rows import Cell, Tally
from agent_desktop.data.words import QueueEventKind as Kind
from tests.data.conftest import START_US
from tests.support import postgres
from tests.support.made_once import empty_database

START = clock.from_us(START_US)
Table = dict[tuple[datetime, UUID | None], Tally]
Teams = Mapping[UUID, UUID | None]
HERE = ZoneInfo("Asia/Kathmandu")  # whose hours are no hours of UTC


@pytest.fixture(scope="module")
def _seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeded") / "company.db"
    with closing(Database.open(empty_database(path))) as database:
        seed(database, customers_wanted=40)
    return path


@pytest.fixture
def both(server: postgres.Server, company: str, _seeded: Path, tmp_path: Path) -> Iterator[tuple[Database, Database]]:
    """The made-up company in a file, and on a server."""
    file = shutil.copy(_seeded, tmp_path / "company.db")
    with closing(Database.open(file)) as here, closing(Database.open(server.url(company))) as there:
        yield here, there


def events_of(database: Database) -> tuple[QueueEventRow, ...]:
    with database.read() as session:
        return queues.events_between(session, clock.now() - timedelta(days=3000), clock.now() + timedelta(days=1))


Line = tuple[datetime, UUID | None, UUID | None, Tally]  # entry, queue, who answered, what it counts


def lines_of(database: Database) -> list[Line]:
    """All that is to be counted, from the events, visit by visit, by the code of the live board."""
    with database.read() as session:
        limits = {row.id: row for row in queues.queues(session, active_only=False)}
    records: dict[UUID, VisitRecord] = {}
    found: list[Line] = []
    for event in events_of(database):
        if event.kind is Kind.REFUSED:
            found.append((event.at, event.queue_id, None, Tally(refused=1)))
        elif event.visit_id is not None:
            records.setdefault(event.visit_id, VisitRecord(event.visit_id)).apply(event)
    for visit in filter(None, (record.visit() for record in records.values())):
        row = limits.get(visit.queue_id) if visit.queue_id else None
        one = metrics.tally([visit], row.sl_threshold_s if row else 20, row.short_abandon_s if row else 5)
        found.append((visit.entered_at, visit.queue_id, visit.agent_id, one))
    return found


def counted(lines: Sequence[Line], teams: Teams, moments: Sequence[datetime], group: Group) -> Table:
    """What lines add up to."""
    found: Table = defaultdict(Tally)
    for at, queue_id, agent_id, tally in lines:
        place = bisect_right(moments, at) - 1
        if 0 <= place < len(moments) - 1:
            team_id = teams.get(agent_id) if agent_id else None
            key = {Group.QUEUE: queue_id, Group.AGENT: agent_id, Group.TEAM: team_id, Group.SITE: None}[group]
            found[moments[place], key] += tally
    return dict(found)


def table(cells: Sequence[Cell]) -> Table:
    assert len({(cell.starts_at, cell.key) for cell in cells}) == len(cells)
    return {(cell.starts_at, cell.key): cell.tally for cell in cells}


def refuse_two(database: Database) -> None:
    with database.write() as session:
        queue_id = queues.queues(session)[0].id
        at = clock.now() - timedelta(hours=5)
        rows = [QueueEventRow(at, Kind.REFUSED, "test", number, key) for number, key in enumerate((queue_id, None))]
        assert queues.record_events(session, rows) == 2


def test_tallies_are_what_the_board_counts_visit_by_visit(both: tuple[Database, Database]) -> None:
    today = clock.now().astimezone(HERE).date()
    for database in both:
        refuse_two(database)
        lines = lines_of(database)
        with database.read() as session:
            teams = {row.id: row.team_id for row in agents.agents(session, active_only=False)}
        for grain, days in ((Grain.QUARTER, 1), (Grain.DAY, 9), (Grain.MONTH, 62)):
            moments = bounds(periods(today - timedelta(days=days), today, grain, HERE))
            for group in Group:
                with database.read() as session:
                    found = table(rollups.tallies(session, moments, group))
                assert found == counted(lines, teams, moments, group)
                assert all(t.entered == t.answered + t.abandoned + t.exited + t.unresolved for t in found.values())


def test_only_the_queues_asked_for(both: tuple[Database, Database]) -> None:
    now = clock.now().replace(minute=0, second=0, microsecond=0)
    moments = (now - timedelta(days=20), now)
    for database in both:
        with database.read() as session:
            whole = rollups.tallies(session, moments, Group.QUEUE)
            for cell in whole:
                assert cell.key is not None
                assert rollups.tallies(session, moments, Group.QUEUE, queue_ids=[cell.key]) == (cell,)
            keys = [cell.key for cell in whole if cell.key]
            assert rollups.tallies(session, moments, Group.QUEUE, queue_ids=keys[1:]) == whole[1:]
            (all_of_it,) = rollups.tallies(session, moments, Group.SITE)
            assert rollups.tallies(session, moments, Group.SITE, queue_ids=[]) == ()
            assert rollups.tallies(session, moments[:1], Group.SITE) == ()
        assert all_of_it.tally == sum((cell.tally for cell in whole), Tally())
        assert all_of_it.max_wait_us == max(cell.max_wait_us or 0 for cell in whole)


def test_the_longest_wait_is_that_of_whoever_gave_up(database: Database) -> None:
    queue_id = new_id()
    with database.write() as session:
        session.execute(insert(table_of(Queue)).values(id=queue_id, name="billing", label="Billing"))
        rows = []
        for number, (kind, seconds) in enumerate(((Kind.ABANDONED, 90), (Kind.CONNECTED, 7), (Kind.LOST, 900))):
            visit = new_id()
            rows.append(QueueEventRow(START, Kind.ENTERED, "t", 2 * number, queue_id, visit))
            rows.append(QueueEventRow(START + timedelta(seconds=seconds), kind, "t", 2 * number + 1, queue_id, visit))
        queues.record_events(session, rows)
    begin = START.replace(minute=START.minute // 15 * 15, second=0, microsecond=0)
    with database.read() as session:
        cells = rollups.tallies(session, (begin, begin + timedelta(minutes=15), begin + timedelta(days=1)), Group.QUEUE)
    assert [(cell.starts_at, cell.key, cell.max_wait_us) for cell in cells] == [(begin, queue_id, 90_000_000)]
    assert cells[0].tally == Tally(
        entered=3, answered=1, answered_in_time=1, abandoned=1, unresolved=1, timed_answers=1, timed_abandons=1,
        wait_answered_us=7_000_000, wait_abandoned_us=90_000_000,
    )  # fmt: skip
