"""Figures of any time, out of two years of queue visits on PostgreSQL; a month summed up again, beside one statement.

The statement is what somebody would write in psql who wants the same sums: its time is the floor. DuckDB is given the
same month as a file of its own, and its time printed, where it is installed.
"""

import contextlib
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from agent_desktop.core.periods import Grain, Group, bounds, periods
from agent_desktop.data import queues, recount, rollups
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.words import QueueEventKind
from benchmarks import _visits, figure
from benchmarks.database_server import Server

PART = "queues"
HERE = ZoneInfo("Europe/Warsaw")
_DAYS = 60  # different ones
_MONTH = min(30, _visits.DAYS // 2)

# The same sums by agent, queue and hour, and by queue and quarter hour, in one statement.
_FIELDS = """count(*) AS entered, count(*) FILTER (WHERE a) AS answered, count(*) FILTER (WHERE a AND t) AS in_time,
    count(*) FILTER (WHERE b) AS abandoned, count(*) FILTER (WHERE b AND t) AS abandoned_in_time,
    count(*) FILTER (WHERE b AND s) AS abandoned_short, count(*) FILTER (WHERE x) AS exited,
    count(*) FILTER (WHERE result = 'unresolved') AS unresolved, 0 AS refused,
    count(*) FILTER (WHERE a AND wait_us IS NOT NULL) AS timed_answers,
    count(*) FILTER (WHERE b AND wait_us IS NOT NULL) AS timed_abandons,
    coalesce(sum(wait_us) FILTER (WHERE a), 0) AS wait_a, coalesce(sum(wait_us) FILTER (WHERE b), 0) AS wait_b,
    coalesce(sum(wait_us) FILTER (WHERE x), 0) AS wait_x, count(*) FILTER (WHERE h) AS handled,
    coalesce(sum(talk_us) FILTER (WHERE h), 0) AS talk, coalesce(sum(hold_us) FILTER (WHERE h), 0) AS hold,
    coalesce(sum(wrap_us) FILTER (WHERE h), 0) AS wrap,
    count(*) FILTER (WHERE a AND ended_by = 'transfer') AS transferred,
    count(*) FILTER (WHERE x AND exit_reason = 'timeout') AS timed_out,
    count(*) FILTER (WHERE x AND exit_reason = 'key') AS by_key,
    count(*) FILTER (WHERE x AND exit_reason = 'empty') AS empty,
    count(*) FILTER (WHERE x AND exit_reason = 'withdrawn') AS withdrawn, max(wait_us) AS longest"""
_STATEMENT = """CREATE TABLE {table} AS
SELECT quarter, hour, agent, queue_id, {fields}
FROM (
    SELECT v.*, {quarter} AS quarter, {hour} AS hour, CASE WHEN result = 'answered' THEN agent_id END AS agent,
        result = 'answered' AS a, result = 'abandoned' AS b, result = 'exited' AS x,
        result = 'answered' AND talk_us IS NOT NULL AS h, wait_us <= q.sl_threshold_s * 1000000 AS t,
        wait_us <= q.short_abandon_s * 1000000 AS s
    FROM {visits} v LEFT JOIN {queues} q ON q.id = v.queue_id
    WHERE v.entered_at >= '{start}' AND v.entered_at < '{end}'
) told GROUP BY GROUPING SETS ((hour, agent, queue_id), (quarter, queue_id))"""


def figures() -> list[dict[str, Any]]:
    with _visits.running() as server, contextlib.closing(Database.open(server.url())) as database:
        return [*_reading(database), *_last_interval(database), *_rebuilding(server, database)]


def _reading(database: Database) -> list[dict[str, Any]]:
    """A day of the site's clock, all queues by quarter hour; and longer times, without a limit of their own."""
    size = f"{_visits.DAYS * _visits.DAILY:,} visits"
    every = max(1, (_visits.DAYS - 2) // _DAYS)
    took = [_ask(database, 1 + day * every % (_visits.DAYS - 2), 1, Grain.QUARTER, Group.QUEUE) for day in range(_DAYS)]
    agents, hourly = (
        [_ask(database, 1 + day * every % (_visits.DAYS - 2), 1, grain, Group.AGENT) for day in range(0, _DAYS, 6)]
        for grain in (Grain.QUARTER, Grain.HOUR)
    )
    month = [_ask(database, 1, min(31, _visits.DAYS - 2), Grain.DAY, group) for group in (Group.QUEUE, Group.AGENT)]
    year = _ask(database, 1, min(365, _visits.DAYS - 2), Grain.WEEK, Group.QUEUE)
    return [
        _figure(f"any day of {size}, all queues by 15 min, worst", max(took), 300, len(took)),
        _figure("the same, median", statistics.median(took), 300, len(took)),
        _figure("any day, all agents by the hour, worst", max(hourly), 1_000, len(hourly)),
        _figure("any day, all agents by 15 min, from the visits, worst", max(agents), 1_000, len(agents)),
        _figure("a month by day, all queues", month[0], 1_000, 1),
        _figure("a month by day, all agents", month[1], 5_000, 1),
        _figure(f"{min(365, _visits.DAYS - 2)} days by week, all queues", year, 5_000, 1),
    ]


def _ask(database: Database, day: int, number: int, grain: Grain, group: Group) -> float:
    """Milliseconds until the cells are here, the periods worked out too."""
    first = _visits.FIRST + timedelta(days=day)
    started = time.perf_counter()
    with database.read() as session:
        found = rollups.tallies(session, bounds(periods(first, first + timedelta(number - 1), grain, HERE)), group)
    took = (time.perf_counter() - started) * 1000
    assert sum(cell.tally.entered for cell in found) > number * _visits.DAILY * 0.95
    return took


def _last_interval(database: Database) -> list[dict[str, Any]]:
    """The quarter hour that goes on, of which nothing is summed up yet: an event has come since."""
    start = _visits.moment(_visits.DAYS - 1, 13)
    with database.read() as session:
        queue = queues.queues(session)[0]
    took = []
    for number in range(40):
        said = QueueEventRow(start, QueueEventKind.ENTERED, "bench", number, queue.id, new_id())
        with database.write() as session:
            queues.record_events(session, [said])
        started = time.perf_counter()
        with database.read() as session:
            found = rollups.tallies(session, (start, start + recount.QUARTER), Group.QUEUE)
        took.append((time.perf_counter() - started) * 1000)
        assert len(found) == 40
    with database.write() as session:
        recount.refresh(session)
    worst = sorted(took)[-2]
    return [_figure("the last interval, not summed up yet, all queues, p95", worst, 20, len(took))]


def _rebuilding(server: Server, database: Database) -> list[dict[str, Any]]:
    first = _visits.DAYS // 2
    start, end = _visits.moment(first), _visits.moment(first + _MONTH)

    def ours() -> None:
        for day in range(_MONTH):
            with database.write() as session:
                recount.rebuild(session, _visits.moment(first + day), _visits.moment(first + day + 1))

    statement = _STATEMENT.format(
        table="bench.by_hand", fields=_FIELDS, visits="queue_visit", queues="queue", start=start.isoformat(),
        end=end.isoformat(),
        quarter="date_bin('15 minutes', entered_at, 'epoch'::timestamptz)",
        hour="date_bin('1 hour', entered_at, 'epoch'::timestamptz)",
    )  # fmt: skip

    def by_hand() -> None:
        command = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", server.dsn(), "-c", "SET jit = off"]
        command += [
            "-c",
            "SET work_mem = '64MB'",
            "-c",
            "SET client_min_messages = warning",
            "-c",
            "DROP SCHEMA IF EXISTS bench CASCADE",
        ]
        command += ["-c", "CREATE SCHEMA bench", "-c", statement]
        subprocess.run(command, check=True)

    floors, took = _in_turn((by_hand, ours), 3)
    server.execute("DROP SCHEMA bench CASCADE")
    name = f"a month summed up again, {_MONTH * _visits.DAILY:,} visits"
    found = [figure(name, took, "s", limit=120, floor=floors, most_ratio=1.5, n=3, part=PART)]
    other = _duckdb(server, start.isoformat(), end.isoformat())
    return (
        found if other is None else [*found, figure("the same sums in DuckDB", other, "s", limit=120, n=3, part=PART)]
    )


def _in_turn(runs: Sequence[Callable[[], None]], times: int) -> list[float]:
    """The best of some runs of each, in turn: what else the machine does meets all of them."""
    best = [float("inf")] * len(runs)
    for _ in range(times):
        for place, run in enumerate(runs):
            started = time.perf_counter()
            run()
            best[place] = min(best[place], time.perf_counter() - started)
    return best


def _duckdb(server: Server, start: str, end: str) -> float | None:
    try:
        import duckdb
    except ImportError:
        return None
    with tempfile.TemporaryDirectory() as folder:
        for name, query in (
            ("visits", f"SELECT * FROM queue_visit WHERE entered_at >= '{start}' AND entered_at < '{end}'"),
            ("queues", "SELECT * FROM queue"),
        ):
            with (
                psycopg.connect(server.dsn()) as connection,
                Path(folder, f"{name}.csv").open("wb") as file,
                connection.cursor().copy(f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)".encode()) as copy,
            ):
                for part in copy:
                    file.write(part)
        with duckdb.connect(str(Path(folder, "month.duckdb"))) as connection:
            connection.execute("SET threads = 1")
            connection.execute("SET enable_progress_bar = false")
            for name in ("visits", "queues"):
                connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv('{folder}/{name}.csv')")
            statement = _STATEMENT.format(
                table="by_hand", fields=_FIELDS, visits="visits", queues="queues", start=start, end=end,
                quarter="time_bucket(INTERVAL '15 minutes', entered_at)",
                hour="time_bucket(INTERVAL '1 hour', entered_at)",
            )  # fmt: skip
            statement = statement.replace("CREATE TABLE", "CREATE OR REPLACE TABLE")
            (best,) = _in_turn([lambda: connection.execute(statement)], 3)
            return best


def _figure(name: str, value: float, limit: float, n: int) -> dict[str, Any]:
    return figure(name, value, "ms", limit=limit, n=n, part=PART)
