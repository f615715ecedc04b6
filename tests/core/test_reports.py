"""Reports: each line adds up, sums are no means, and what is printed says how it was counted."""

import csv
import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import pytest
from sqlalchemy import insert, update

from agent_desktop import clock
from agent_desktop.core import report_data, report_files, report_lists, report_pdf
from agent_desktop.core.periods import Grain
from agent_desktop.core.report_columns import columns
from agent_desktop.core.report_due import last_due, next_due
from agent_desktop.core.report_files import Paper
from agent_desktop.core.report_wish import BadWish, Kind, Span, Wish
from agent_desktop.core.reports import Line, Report
from agent_desktop.core.table_file import Share
from agent_desktop.data import queue_settings, queues
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.db import Database
from agent_desktop.data.exchange.entry import FileTrouble
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Interaction, Queue
from agent_desktop.data.report_rows import ScheduleRow
from agent_desktop.data.words import QueueEventKind as K
from agent_desktop.paths import Profile
from tests.support.collecting import make_centre
from tests.support.workstation import company

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Database]:
    """Two queues and two people; nothing has happened."""
    with closing(make_centre(tmp_path / "c.db", [("Dana Okafor", "101"), ("Jonas Lind", "102")], ["a", "=b"])) as made:
        yield made


class Calls:
    """Puts visits into a database as events."""

    def __init__(self, database: Database) -> None:
        self.database, self.number = database, 0
        with database.read() as session:
            self.queues = {row.name: row.id for row in queues.queues(session)}
            self.agents = list(report_data.fetch(session, Wish(), WARSAW, clock.now()).site.agents)

    def visit(self, at: datetime, queue: str, ends: K | None, wait_s: float = 5, agent: UUID | None = None) -> None:
        visit, events = new_id(), [(at, K.ENTERED)]
        if ends is not None:
            events.append((at + timedelta(seconds=wait_s), ends))
        if ends is K.CONNECTED:
            events.append((at + timedelta(seconds=wait_s + 100), K.COMPLETED))
        rows = []
        for moment, kind in events:
            self.number += 1
            who = agent if kind is not K.ENTERED else None
            rows.append(QueueEventRow(moment, kind, "test", self.number, self.queues[queue], visit, f"c{visit}", who))
        with self.database.write() as session:
            queues.record_events(session, rows)


def count(database: Database, wish: Wish, now: datetime, zone: ZoneInfo = WARSAW) -> Report:
    with database.read() as session:
        return report_data.fetch(session, wish, zone, now)


def adds_up(line: Line) -> bool:
    tally = line.tally
    return tally.entered == tally.answered + tally.abandoned + tally.exited + tally.unresolved


def test_every_report_of_a_company_adds_up_to_its_visits(tmp_path: Path) -> None:
    """The sum is that of the lines, of each kind of report, and as many visits as the table has; so are the lists."""
    profile = Profile(tmp_path)
    company(profile)
    now = clock.now()
    today = now.astimezone(WARSAW).date()
    with closing(Database.open(profile.database_file)) as database:
        for kind in (Kind.INTRADAY, Kind.DAYS, Kind.QUEUES, Kind.AGENTS, Kind.TEAMS):
            wish = Wish(kind, Span.DATES, Grain.DAY, first=today - timedelta(days=6), last=today)  # also on a Monday
            report = count(database, wish, now)
            with database.read() as session:
                stored = queues.visits(session, report.start, report.end)
                behind = [report_lists.visits(session, report, line) for line in (*report.lines, report.whole)]
            assert report.whole.tally.entered == len(stored) > 100
            assert all(adds_up(line) for line in (*report.lines, report.whole))
            totals = [sum(cells) for cells in zip(*(line.tally.cells() for line in report.lines), strict=True)]
            assert totals == list(report.whole.tally.cells())
            assert [len(one.lines) for one in behind] == [
                line.tally.entered for line in (*report.lines, report.whole)
            ]  # every figure opens as many visits as it says
            for column in columns(kind):
                assert "Formula: " in column.figure(report.whole).explain()


def test_the_total_is_no_mean_of_means(centre: Database) -> None:
    """One queue with 1 of 1 in time and one with 0 of 99 are 1 %, not 50 %; what is not over is a column of its own."""
    calls, at = Calls(centre), datetime(2026, 11, 20, 9, tzinfo=UTC)
    calls.visit(at, "a", K.CONNECTED, 5, calls.agents[0])
    for number in range(99):
        calls.visit(at + timedelta(seconds=number), "=b", K.ABANDONED, 30)
    calls.visit(at, "a", None)
    wish = Wish(Kind.QUEUES, Span.DATES, first=date(2026, 11, 20), last=date(2026, 11, 20))
    report = count(centre, wish, at + timedelta(hours=1))
    shown = report_files.paper(report)
    level = [column.key for column in columns(Kind.QUEUES)].index("level") + 1
    assert [row[level] for row in shown.rows] == ["0%", "100%", "1%"]
    assert report.whole.tally.unresolved == 1
    quiet = count(centre, Wish(Kind.DAYS, Span.DATES, Grain.DAY, first=date(2026, 11, 19), last=date(2026, 11, 19)), at)
    assert report_files.paper(quiet).rows[-1][level] == "–"  # nothing is not 0 %
    people = count(centre, Wish(Kind.AGENTS, Span.DATES, first=wish.first, last=wish.last), at + timedelta(hours=1))
    assert [(line.label, line.tally.entered) for line in people.lines] == [
        ("Dana Okafor", 1),
        ("Answered by nobody", 100),
    ]


def test_calls_and_customers_are_counted_once_each_however_many_queues_they_saw(centre: Database) -> None:
    """One call in two queues, passed on, is one; of one queue only what is that queue's; and the words say how."""
    at, calls, customer = datetime(2026, 11, 2, 9, tzinfo=UTC), Calls(centre), new_id()
    first, second = UUID(int=1), UUID(int=2)
    happened = (
        (1, K.ENTERED, "a", first, {}),
        (2, K.CONNECTED, "a", first, {}),
        (3, K.TRANSFERRED, "a", first, {"kind": "blind"}),
        (4, K.ENTERED, "=b", second, {}),
    )
    events = [
        QueueEventRow(at, kind, "test", number, calls.queues[queue], visit, "one", None, said)
        for number, kind, queue, visit, said in happened
    ]
    told = (
        (0, "a", "answered", customer),
        (0, "=b", "missed", None),
        (0, "", "answered", new_id()),
        (-3, "a", "answered", customer),
    )
    with centre.write() as session:
        queues.record_events(session, events)
        for days, queue, outcome, whose in told:
            values = {"id": new_id(), "started_at": at + timedelta(days=days), "outcome": outcome, "queue": queue}
            session.execute(insert(Interaction).values(**values, customer_id=whose))
    wish = Wish(Kind.CALLS, Span.DATES, first=date(2026, 11, 2), last=date(2026, 11, 2))
    report = count(centre, wish, at + timedelta(days=20))
    paper = report_files.paper(report)
    assert [row[:4] for row in paper.rows] == [
        ("Calls offered", "1", "1", "1"),
        ("Calls by outcome: Answered", "67%", "2", "3"),
        ("Calls by outcome: Missed", "33%", "1", "3"),
        ("Transfers by kind: blind", "100%", "1", "1"),
        ("First contact resolution, estimated", "100%", "1", "1"),  # the other's matter began three days before
    ]
    assert paper.rows[-1][4].startswith("customers' matters without a further contact within 7 days")
    assert "1 further visits of the same calls" in "\n".join(paper.about)
    assert report_files.table(report).rows[1][:4] == ["Calls by outcome: Answered", Share(2 / 3), 2, 3]
    of_one = count(centre, msgspec.structs.replace(wish, queues=(calls.queues["a"],)), at + timedelta(days=20))
    assert [(line.label, line.figure.text()) for line in of_one.calls] == [
        ("Calls offered", "1"),
        ("Calls by outcome: Answered", "100%"),
        ("Transfers by kind: blind", "100%"),
    ]
    with pytest.raises(BadWish, match="62 days"):
        msgspec.structs.replace(wish, first=date(2026, 8, 1)).days(wish.last)


def test_a_day_of_25_hours_has_a_hundred_quarters(centre: Database) -> None:
    calls, midnight = Calls(centre), datetime(2026, 10, 24, 22, tzinfo=UTC)
    for minutes in (0, 165, 225, 24 * 60 + 59):
        calls.visit(midnight + timedelta(minutes=minutes), "a", K.ABANDONED)
    wish = Wish(Kind.INTRADAY, Span.DATES, first=date(2026, 10, 25), last=date(2026, 10, 25))
    report = count(centre, wish, clock.now())
    assert len(report.lines) == 100
    labels = {line.label: line.tally.entered for line in report.lines}
    assert (labels["02:45 CEST"], labels["02:45 CET"], sum(labels.values())) == (1, 1, 4)


def test_a_report_names_the_settings_it_was_counted_by(centre: Database) -> None:
    """Each change has a number that can be looked up; one within the time is told."""
    now = clock.now()
    before = count(centre, Wish(kind=Kind.QUEUES), now)
    assert before.settings is not None
    assert before.changes == ()
    with centre.write() as session:
        session.execute(update(Queue).where(Queue.name == "a").values(sl_threshold_s=30, sl_exits=True))
        session.execute(update(Queue).where(Queue.name == "a").values(wrap_up_s=90))  # no figure asks for it
    after = count(centre, Wish(kind=Kind.QUEUES), clock.now())
    assert after.settings is not None
    assert after.settings.number == before.settings.number + 1
    assert after.settings.mark != before.settings.mark
    assert [change.number for change in after.changes] == [after.settings.number]
    text = "\n".join(report_files.about(after))
    assert f"queue settings no. {after.settings.number} ({after.settings.mark})" in text
    assert "a: in time within 30 s" in text
    assert "exits counted" in text
    with centre.read() as session:
        looked_up = queue_settings.version(session, before.settings.number)
        assert queue_settings.version(session, 999) is None
    assert looked_up == before.settings


def test_files_hold_values_and_what_they_mean(centre: Database, tmp_path: Path) -> None:
    """No cell is a formula; the definitions, window and zone stand in all of them."""
    calls, now = Calls(centre), datetime(2026, 11, 20, 12, tzinfo=UTC)
    calls.visit(now - timedelta(hours=2), "=b", K.CONNECTED, 5, calls.agents[1])
    wish = Wish(Kind.QUEUES, Span.DATES, first=date(2026, 11, 20), last=date(2026, 11, 20))
    report = count(centre, wish, now)
    table = report_files.table(report)
    table.write(tmp_path / "r.csv")
    rows = list(csv.reader((tmp_path / "r.csv").read_text("utf-8-sig").splitlines()))
    assert rows[1][0] == "'=b"
    assert rows[1][1:3] == ["1", "1"]
    said = "\n".join(",".join(row) for row in rows)
    for words in ("Europe/Warsaw", "Formula: answered within 20 s ÷ (answered + abandoned)", "E = A + B + X + U"):
        assert words in said
    table.write(tmp_path / "r.xlsx")
    with zipfile.ZipFile(tmp_path / "r.xlsx") as book:
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
        assert "0.0%" in book.read("xl/styles.xml").decode()
        assert "Formula: " in book.read("xl/sharedStrings.xml").decode()


def test_a_pdf_has_all_its_lines_on_as_many_pages_as_they_need(tmp_path: Path) -> None:
    names = tuple(f"C{number}" for number in range(9))
    rows = tuple((f"A name that is rather long and goes on {row}", *map(str, range(8))) for row in range(90))
    paper = Paper("T", "s", names, rows, ("one", "two"), "foot", frozenset(range(1, 9)))
    report_pdf.write(paper, tmp_path / "r.pdf")
    made = (tmp_path / "r.pdf").read_bytes()
    assert made.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", made)) >= 3
    with pytest.raises(FileTrouble, match="could not be printed"):
        report_pdf.write(paper, tmp_path / "nowhere" / "r.pdf")
    assert [file.name for file in tmp_path.iterdir()] == ["r.pdf"]  # nothing half made is left


def test_the_days_of_a_wish() -> None:
    today = date(2026, 3, 4)  # a Wednesday
    said = {span: Wish(Kind.DAYS, span).days(today) for span in Span if span is not Span.DATES}
    assert said == {
        Span.TODAY: (date(2026, 3, 4), date(2026, 3, 5)),
        Span.YESTERDAY: (date(2026, 3, 3), date(2026, 3, 4)),
        Span.THIS_WEEK: (date(2026, 3, 2), date(2026, 3, 9)),
        Span.LAST_WEEK: (date(2026, 2, 23), date(2026, 3, 2)),
        Span.THIS_MONTH: (date(2026, 3, 1), date(2026, 4, 1)),
        Span.LAST_MONTH: (date(2026, 2, 1), date(2026, 3, 1)),
    }
    backwards = Wish(Kind.DAYS, Span.DATES, first=today, last=date(2026, 3, 1))
    for wish in (
        backwards,
        Wish(Kind.DAYS, Span.DATES),
        Wish(Kind.INTRADAY, Span.DATES, first=date(2025, 1, 1), last=today),
    ):
        with pytest.raises(BadWish):
            wish.days(today)


def test_when_a_schedule_is_due() -> None:
    """By the clock on the wall, across both changes of it, never before it was made, and the newest moment alone."""
    made = datetime(2026, 3, 1, tzinfo=UTC)
    daily = ScheduleRow(UUID(int=1), made, weekdays=(1, 2, 3, 4, 5, 6, 7), minute=150)  # 02:30
    monthly = ScheduleRow(UUID(int=2), made, weekdays=(), month_day=1, minute=360)

    def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
        return datetime(2026, month, day, hour, minute, tzinfo=UTC)

    assert last_due(daily, WARSAW, at(3, 1, 0)) is None
    assert last_due(daily, WARSAW, at(3, 20, 12)) == at(3, 20, 1, 30)  # of twenty that were missed
    assert last_due(daily, WARSAW, at(3, 29, 12)) == at(3, 29, 1, 30)  # 02:30 is skipped: 03:30
    assert last_due(daily, WARSAW, at(10, 25, 12)) == at(10, 25, 0, 30)  # comes twice: the first
    assert next_due(daily, WARSAW, at(10, 25, 0, 30)) == at(10, 26, 1, 30)
    assert last_due(monthly, WARSAW, at(4, 20, 0)) == at(4, 1, 4)
    assert next_due(monthly, WARSAW, at(4, 20, 0)) == at(5, 1, 4)
    workdays = ScheduleRow(UUID(int=3), made, minute=360)
    assert last_due(workdays, WARSAW, at(3, 22, 12)) == at(3, 20, 5)  # Sunday: Friday's
