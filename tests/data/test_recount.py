"""Sums made before are what the visits say, whatever came between; and it is told when they are not."""

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, text

from agent_desktop import cli
from agent_desktop.core.board import Board
from agent_desktop.core.periods import Group
from agent_desktop.data import agents, figures_check, queues, recount, retention, rollups
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Queue
from agent_desktop.data.sql import table_of
from agent_desktop.data.tally_rows import Cell, Tally
from agent_desktop.data.words import QueueEventKind as Kind
from agent_desktop.exit_codes import Exit
from tests.support import postgres
from tests.support.made_once import empty_database

UTC_ZONE = ZoneInfo("UTC")
FIRST = datetime(2026, 3, 2, tzinfo=UTC_ZONE)
DAY = timedelta(days=1)


class Centre:
    """A database with two queues of different limits; each day drawn is one of its own."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.days = 0
        with database.write() as session:
            for number, (threshold, short) in enumerate(((20, 5), (45, 10))):
                limits = {"sl_threshold_s": threshold, "short_abandon_s": short}
                row = {"id": new_id(), "name": f"q{number}", "label": "Q", "position": number}
                session.execute(insert(table_of(Queue)).values(row | limits))
            self.queues = queues.queues(session)
            self.agents = agents.agents(session)

    def drawn(self, chance: random.Random, visits: int = 0) -> tuple[datetime, list[QueueEventRow]]:
        """The beginning of a day and what happened then, in the order in which it is told."""
        start = FIRST + self.days * DAY
        self.days += 1
        told: list[QueueEventRow] = []
        for _ in range(visits or chance.randrange(1, 14)):
            told += self._visit(start, chance)
        if chance.random() < 0.5:
            told.append(self._said(start + timedelta(hours=3), Kind.REFUSED, chance.choice(self.queues).id, {}))
        told.sort(key=lambda row: row.at + timedelta(seconds=chance.random()))  # shuffled within a second
        if not visits and chance.random() < 0.3:
            del told[chance.randrange(len(told)) :]  # cut off
        return start, [*told, *chance.sample(told, len(told) // 3)]  # some of it again, after a restart

    def _visit(self, start: datetime, chance: random.Random) -> Iterator[QueueEventRow]:
        at = start + timedelta(seconds=chance.uniform(0, 80_000))
        queue_id, agent_id = chance.choice(self.queues).id, chance.choice(self.agents).id
        here: dict[str, Any] = {"visit_id": new_id(), "linked_id": f"{chance.randrange(9)}.1"}
        ends = (Kind.ABANDONED, Kind.EXITED, Kind.LOST, Kind.CONNECTED, Kind.CONNECTED, Kind.COMPLETED)
        kinds = [Kind.ENTERED, Kind.OFFERED, chance.choice(ends)]
        if kinds[-1] is Kind.CONNECTED:
            holds = [Kind.HELD, Kind.RESUMED, Kind.HELD, Kind.RESUMED][: chance.randrange(5)]
            over = [chance.choice((Kind.COMPLETED, Kind.TRANSFERRED)), Kind.WRAP_UP_STARTED, Kind.WRAP_UP_ENDED]
            kinds += holds + over[: chance.randrange(4)]
        for kind in kinds:
            if chance.random() < 0.93:  # now and then something is not heard of
                more = here | {"data": {"reason": chance.choice(("timeout", "key", "empty", "withdrawn", "else"))}}
                who = None if kind in (Kind.ENTERED, Kind.EXITED) else agent_id
                yield self._said(at, kind, queue_id, more | {"agent_id": who})
            at += timedelta(microseconds=chance.randrange(chance.choice((2, 3_000_000, 90_000_000))))

    @staticmethod
    def _said(at: datetime, kind: Kind, queue_id: UUID, more: dict[str, Any]) -> QueueEventRow:
        return QueueEventRow(at, kind, "pbx", int(new_id()) & ((1 << 62) - 1), queue_id, **more)

    def cells(self, start: datetime, group: Group = Group.QUEUE) -> tuple[Cell, ...]:
        return self.between([start + number * recount.QUARTER for number in range(97)], group)

    def between(self, moments: Sequence[datetime], group: Group) -> tuple[Cell, ...]:
        with self.database.read() as session:
            return rollups.tallies(session, moments, group)

    def people(self, start: datetime) -> list[tuple[Cell, ...]]:
        """By agent, from hour to hour, half an hour beside, and from here to there: out of sums, visits, or both."""
        half = timedelta(minutes=30)
        ways = (
            [start + number * recount.HOUR for number in range(25)],
            [start + half, *(start + half + number * recount.HOUR for number in range(1, 23, 7)), start + 23 * half],
            [start + recount.QUARTER, start + DAY],
        )
        return [self.between(sorted(moments), group) for moments in ways for group in (Group.AGENT, Group.TEAM)]


def on_the_board(centre: Centre, start: datetime, told: Sequence[QueueEventRow]) -> dict[Any, Any]:
    board = Board(UTC_ZONE, lambda: start + DAY - timedelta(seconds=1))
    board.set_queues(centre.queues)
    board.set_agents(centre.agents)
    for event in told:
        board.add(event)
    bars = {(bar.starts_at, queue.id): bar.tally for queue in centre.queues for bar in board.intervals(queue.id)}
    return {place: tally for place, tally in bars.items() if any(tally.cells())}


def tell_and_compare(centre: Centre, chance: random.Random) -> None:
    """Whatever comes in whatever order, in whatever pieces: events, visits, sums and the live board agree."""
    start, told = centre.drawn(chance)
    rest = list(told)
    while rest:
        piece, rest = rest[: (cut := chance.randrange(1, 12))], rest[cut:]
        with centre.database.write() as session:
            queues.record_events(session, piece)
            if chance.random() < 0.3:
                recount.refresh(session)
    live = on_the_board(centre, start, told)
    before = {group: centre.cells(start, group) for group in Group}
    people = centre.people(start)
    hourly = {place: sum_of(cells) for place, cells in by_hour(before[Group.AGENT]).items()}
    assert {(cell.starts_at, cell.key): (cell.tally, cell.max_wait_us) for cell in people[0]} == hourly
    assert {(cell.starts_at, cell.key): cell.tally for cell in before[Group.QUEUE]} == live
    recount.catch_up(centre.database)
    with centre.database.read() as session:
        assert not recount.stale(session, start, start + DAY)
        assert not recount.uncounted(session)
    assert {group: centre.cells(start, group) for group in Group} == before
    assert centre.people(start) == people
    for cell in before[Group.QUEUE] + before[Group.AGENT]:
        tally = cell.tally
        assert tally.entered == tally.answered + tally.abandoned + tally.exited + tally.unresolved
    assert all(day.right for day in figures_check.check(centre.database, start.date(), start.date()))


def by_hour(cells: Sequence[Cell]) -> dict[Any, list[Cell]]:
    found: dict[Any, list[Cell]] = {}
    for cell in cells:
        found.setdefault((recount.hour_of(cell.starts_at), cell.key), []).append(cell)
    return found


def sum_of(cells: Sequence[Cell]) -> tuple[Tally, int | None]:
    whole = reduce(add, cells)
    return whole.tally, whole.max_wait_us


def test_events_in_any_order_make_the_same_sums(database: Database) -> None:
    centre = Centre(database)

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.randoms(use_true_random=True))
    def whatever_comes(chance: random.Random) -> None:
        tell_and_compare(centre, chance)

    whatever_comes()


@pytest.fixture
def served(server: postgres.Server, centre: str) -> Iterator[Centre]:
    with closing(Database.open(server.url(centre))) as opened:
        yield Centre(opened)


def test_the_same_on_a_server(served: Centre) -> None:
    for seed in range(4):
        tell_and_compare(served, random.Random(seed))


@pytest.mark.parametrize("where", ["file", "server"])
def test_other_limits_count_at_once_and_can_be_taken_back(where: str, database: Database, served: Centre) -> None:
    centre = served if where == "server" else Centre(database)
    start, told = centre.drawn(random.Random(5), 60)
    with centre.database.write() as session:
        queues.record_events(session, told)
    recount.catch_up(centre.database)
    before = centre.cells(start, Group.SITE)
    found = []
    for threshold in (1, 20):
        with centre.database.write() as session:
            session.execute(text(f"UPDATE queue SET sl_threshold_s = {threshold} WHERE position = 0"))
        read_from_visits = centre.cells(start, Group.SITE)
        assert recount.catch_up(centre.database, lambda: True) == 0  # stopped before it was done: begun again
        recount.catch_up(centre.database)
        assert centre.cells(start, Group.SITE) == read_from_visits
        found.append(read_from_visits)
        assert all(day.right for day in figures_check.check(centre.database))
    assert found[0] != before
    assert found[1] == before


@pytest.mark.parametrize("where", ["file", "server"])
def test_what_is_wrong_is_found_and_put_right(where: str, database: Database, served: Centre) -> None:
    centre = served if where == "server" else Centre(database)
    start, told = centre.drawn(random.Random(5), 60)
    with centre.database.write() as session:
        queues.record_events(session, told)
    recount.catch_up(centre.database)
    true_ones = centre.cells(start)
    for statement, visits, sums in (
        (
            "UPDATE queue_quarter SET answered = answered + 1 WHERE quarter = (SELECT min(quarter) FROM queue_quarter)",
            0,
            1,
        ),
        ("DELETE FROM agent_hour", 0, len(centre.cells(start, Group.AGENT))),
        ("UPDATE queue_visit SET talk_us = talk_us + 1 WHERE talk_us > 0", None, None),
        ("UPDATE queue_visit SET result = 'exited' WHERE result = 'answered'", None, None),
        ("UPDATE queue_visit SET entered_at = NULL WHERE false", 0, 0),
    ):
        with centre.database.write() as session:
            session.execute(text(statement))
        (day,) = figures_check.check(centre.database)
        if visits is None:
            assert day.visits > 0
            assert day.sums > 0
        else:
            assert (day.visits, day.sums > 0) == (visits, sums > 0)
        assert [found.right for found in figures_check.rebuild(centre.database)] == [day.right]
        assert centre.cells(start) == true_ones
        assert all(found.right for found in figures_check.check(centre.database))


def test_the_command_tells_a_shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(Database.open(empty_database(tmp_path / "c.db"))) as database:
        with database.write() as session:
            agents.create_agent(session, "Dana Okafor", "dana", extension="101")
        centre = Centre(database)
        start, told = centre.drawn(random.Random(1), 20)
        with database.write() as session:
            queues.record_events(session, told)
        base = ["--database", str(tmp_path / "c.db")]
        assert cli.main(["figures", "rebuild", *base]) == Exit.OK
        assert capsys.readouterr().out == "1 days worked out again, 0 of them had been wrong\n"
        with database.write() as session:
            session.execute(text("UPDATE queue_quarter SET talk_us = talk_us + 1"))
        assert cli.main(["figures", "check", *base]) == Exit.FAILED
        said = capsys.readouterr()
        assert said.out == "1 days checked, 1 of them wrong\n"
        assert said.err.startswith(f"{start.date()}: 0 visits and ")
        assert cli.main(["figures", "check", *base, "--to", "2020-01-01"]) == Exit.OK
        assert cli.main(["figures", "rebuild", *base, "--from", "2026-03-01"]) == Exit.OK
        assert cli.main(["figures", "check", *base]) == Exit.OK
    with pytest.raises(SystemExit):
        cli.main(["figures", "check", "--from", "yesterday"])


def test_what_is_past_its_days_goes_whole(database: Database) -> None:
    centre = Centre(database)
    for seed in range(2):
        with database.write() as session:
            queues.record_events(session, centre.drawn(random.Random(seed), 40)[1])
    recount.catch_up(database)
    cut = FIRST + timedelta(hours=10, minutes=7)
    later = centre.cells(FIRST + DAY)
    with database.write() as session:
        found = {one.rule.kind: one for one in retention.run(session, dry=False, now=cut + timedelta(days=730))}
    assert found["queue_event"].before == cut - timedelta(minutes=7)
    assert found["queue_event"].counts["queue_visit"] > 5
    assert centre.cells(FIRST)[0].starts_at >= cut - timedelta(minutes=7)
    assert centre.cells(FIRST + DAY) == later
    assert all(day.right for day in figures_check.check(database))
