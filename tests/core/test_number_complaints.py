"""What users of other boards found wrong with their numbers, each through this product's own feed, database and board.

Every test says the complaint in its first words. The same is asserted of the board and of what reports are made from.
"""

import inspect
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from sqlalchemy import insert

from agent_desktop import clock
from agent_desktop.collector.ami import Reply
from agent_desktop.collector.history import Wanted
from agent_desktop.collector.queue_log_import import QueueLogImport
from agent_desktop.collector.reconcile import differences, made, put_right
from agent_desktop.core import board_lists, metrics, report_data, report_files
from agent_desktop.core.board import Board
from agent_desktop.core.board_lists import IN_LEVEL, Behind, Part
from agent_desktop.core.figures import Figure, Scope
from agent_desktop.core.intervals import SiteDay
from agent_desktop.core.metrics import Tally
from agent_desktop.core.periods import Grain, bounds, periods
from agent_desktop.core.report_wish import Kind as ReportKind
from agent_desktop.core.report_wish import Span, Wish
from agent_desktop.data import admin_centre, admin_people, agents, apply, figure_counts, queue_settings, queues, rollups
from agent_desktop.data import operations as op
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Agent, Queue
from agent_desktop.data.tally_rows import Group
from agent_desktop.data.words import QueueEventKind, SlVariant, VisitResult
from tests.collector.told import ANN, BEN, SALES, SUPPORT, captured, rows_of, translator
from tests.support.made_once import empty_database

Kind = QueueEventKind
WARSAW = ZoneInfo("Europe/Warsaw")
NOON = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)  # by Warsaw's clock
PEOPLE = {ANN: ("Ann Lee", "ann", "1001"), BEN: ("Ben Roy", "ben", "1002")}


class Centre:
    """Two queues, two agents, and everything that happens to them, in a database file."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self._folder = database, folder
        self._said: list[QueueEventRow] = []
        self._logs = 0

    def say(
        self, at_s: float, kind: Kind, visit: int | None = None, agent: UUID | None = None, *, queue: UUID = SUPPORT,
        noon: datetime = NOON, **data: str,
    ) -> None:  # fmt: skip
        """Something happens ``at_s`` after noon; ``tell`` stores it as any feed does."""
        key, call = (UUID(int=1000 + visit), f"call-{visit}") if visit is not None else (None, "")
        at, number = noon + timedelta(seconds=at_s), len(self._said)
        self._said.append(QueueEventRow(at, kind, "test", number, queue, key, call, agent, dict(data)))

    def tell(self, rows: Sequence[QueueEventRow] | None = None) -> None:
        with self.database.write() as session:
            queues.record_events(session, self._said if rows is None else rows)

    def call(self, visit: int, at_s: float, wait_s: float, talk_s: float, agent: UUID = ANN) -> None:
        self.say(at_s, Kind.ENTERED, visit)
        self.say(at_s + wait_s, Kind.CONNECTED, visit, agent)
        self.say(at_s + wait_s + talk_s, Kind.COMPLETED, visit, agent)

    def hang_up(self, visit: int, at_s: float, wait_s: float) -> None:
        self.say(at_s, Kind.ENTERED, visit)
        self.say(at_s + wait_s, Kind.ABANDONED, visit)

    def log(self, text: str) -> None:
        """Lines of a PBX's queue_log, their times in seconds after noon."""
        noon = int(NOON.timestamp())
        parts = (line.strip().split("|", 1) for line in text.strip().splitlines())
        self._logs += 1
        file = self._folder / f"queue_log.{self._logs}"
        file.write_text("".join(f"{noon + int(at)}|{rest}\n" for at, rest in parts))
        made_of = QueueLogImport(self.database, [file], Wanted())
        while not made_of.step().finished:
            pass

    def board(self, at_s: float = 3600, noon: datetime = NOON) -> Board:
        """The board at a moment, as a desk loads it."""
        moment = noon + timedelta(seconds=at_s)
        board = Board(WARSAW, lambda: moment)
        with self.database.read() as session:
            board.set_queues(queues.queues(session))
            board.set_agents(agents.agents(session))
            board.load(queues.events_between(session, board.load_from, moment))
        return board

    def sums(self, queue: UUID = SUPPORT) -> Tally:
        """What reports are made from, of the whole day."""
        day = SiteDay.of(NOON, WARSAW)
        with self.database.read() as session:
            cells = rollups.tallies(session, (day.start, day.end), Group.QUEUE, queue_ids=[queue])
        return sum((cell.tally for cell in cells), Tally())

    def both(self, queue: UUID = SUPPORT) -> tuple[Tally, Tally]:
        return self.board().tally(queue), self.sums(queue)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("complaints") / "centre.db"
    database = Database.open(empty_database(path))
    with database.write() as session:
        for key, (name, login, extension) in PEOPLE.items():
            session.execute(insert(Agent).values(id=key, name=name, login=login, extension=extension))
        for key, name in ((SUPPORT, "support"), (SALES, "sales")):
            session.execute(insert(Queue).values(id=key, name=name, label=name.title()))
    database.close()
    return path


@pytest.fixture
def centre(tmp_path: Path, template: Path) -> Iterator[Centre]:
    database = Database.open(Path(shutil.copy(template, tmp_path / "centre.db")))
    yield Centre(database, tmp_path)
    database.close()


def test_the_service_level_looked_perfect_while_customers_hung_up(centre: Centre) -> None:
    """One answered at once, nine gave up after a minute: 10 %, and what says 100 % is not called service level."""
    centre.call(0, 0, 5, 60)
    for visit in range(1, 10):
        centre.hang_up(visit, visit, 60)
    centre.tell()
    tile = centre.board().tile(SUPPORT)
    assert (tile.service_level.name, tile.service_level.text()) == ("Service level", "10%")
    assert metrics.service_level(centre.sums()).value == tile.service_level.value
    perfect = [figure for figure in tile.other_levels if figure.value == 1.0]
    assert perfect
    assert all("Service level" not in figure.name for figure in perfect)


def test_transfers_vanished_or_were_counted_as_further_calls_and_talks_lasted_an_hour(centre: Centre) -> None:
    """A call passed on is a visit in each queue and one call; a talk whose end nobody wrote is no hour of talking."""
    centre.log("""
        0|c1|support|NONE|ENTERQUEUE||601442190|1
        10|c1|support|Ann Lee|CONNECT|10|c1a|3
        40|c1|support|Ann Lee|BLINDTRANSFER|7102|sales|10|30|1
        41|c1|sales|NONE|ENTERQUEUE||601442190|1
        45|c1|sales|Ben Roy|CONNECT|4|c1b|2
        100|c2|support|NONE|ENTERQUEUE||601442191|1
        105|c2|support|Ann Lee|CONNECT|5|c2a|3
        165|c2|support|Ann Lee|COMPLETECALLER|5|60|1
    """)
    for support, sales in zip(centre.both(SUPPORT), centre.both(SALES), strict=True):
        assert (support.entered, support.answered, support.transferred, support.handled) == (2, 2, 1, 2)
        assert metrics.average_handle_time(support).value == (30 + 60) / 2
        assert metrics.transfer_rate(support).text() == "50%"
        assert (sales.entered, sales.answered, sales.handled, sales.unresolved) == (1, 1, 0, 0)
        lasts = metrics.average_handle_time(sales)
        assert lasts.value is None
        assert "1 still talking" in lasts.explain()
    day = SiteDay.of(NOON, WARSAW)
    with centre.database.read() as session:
        calls = figure_counts.unique_calls(session, day.start, day.end)
        assert figure_counts.transfers(session, day.start, day.end) == {"blind": 1}
    figure = metrics.calls_offered(calls, sum(tally.entered for tally in (centre.sums(SUPPORT), centre.sums(SALES))))
    assert (figure.name, figure.text()) == ("Calls offered", "2")
    assert "1 further visits" in figure.explain()


def test_ghosts_waited_on_the_board_for_hours(centre: Centre) -> None:
    """The PBX is asked who is there; who is not waits no more, stays visible as unresolved and abandons nothing."""
    by = translator()
    stamp = f"{int(NOON.timestamp())}.000000"
    join = {"Timestamp": stamp, "Queue": "support", "Uniqueid": "1", "Linkedid": "1", "Channel": "PJSIP/x-1"}
    centre.tell(by.take("QueueCallerJoin", join))
    assert centre.board(60).tile(SUPPORT).waiting == 1
    core = Reply({"CoreStartupDate": "2026-11-18", "CoreStartupTime": "07:00:00"})
    look = made(Reply({}, ()), Reply({}, ()), core, clock.to_us(NOON) + 60_000_000)
    centre.tell(put_right(by, look, differences(by, look), restarted=False))
    tile = centre.board(120).tile(SUPPORT)
    assert (tile.waiting, tile.longest_since) == (0, None)
    for tally in centre.both():
        assert (tally.entered, tally.unresolved, tally.abandoned, tally.answered) == (1, 1, 0, 0)


def test_rows_without_an_end_disappeared(centre: Centre) -> None:
    """Entered, and nothing more was ever written: in every sum, in the list and in the explanation."""
    centre.log("""
        0|c1|support|NONE|ENTERQUEUE||601442190|1
        10|c2|support|NONE|ENTERQUEUE||601442191|2
        12|c2|support|Ann Lee|CONNECT|2|c2a|1
        60|c2|support|Ann Lee|COMPLETEAGENT|2|48|2
    """)
    board = centre.board()
    for tally in centre.both():
        assert tally.entered == tally.answered + tally.abandoned + tally.exited + tally.unresolved == 2
        assert tally.unresolved == 1
    open_ones = board_lists.of_parts(board_lists.lines(board, Behind(SUPPORT)), frozenset({Part.OPEN}))
    assert [line.visit.entered_at for line in open_ones] == [NOON]
    assert "1 waiting or without a known end" in board.tile(SUPPORT).service_level.explain()


def test_talk_had_the_wait_and_the_hold_in_it(centre: Centre) -> None:
    """Two minutes in the queue, one and a half of talk, half a minute on hold."""
    centre.say(0, Kind.ENTERED, 1)
    centre.say(120, Kind.CONNECTED, 1, ANN)
    centre.say(150, Kind.HELD, 1, ANN)
    centre.say(180, Kind.RESUMED, 1, ANN)
    centre.say(240, Kind.COMPLETED, 1, ANN)
    centre.tell()
    for tally in centre.both():
        assert (tally.talk_us, tally.hold_us) == (90_000_000, 30_000_000)
        assert metrics.average_speed_of_answer(tally).text() == "2:00"
        assert metrics.average_handle_time(tally).text() == "2:00"
    (line,) = board_lists.lines(centre.board(), Behind(SUPPORT))
    assert (line.visit.wait_s, line.visit.talk_s, line.visit.hold_us) == (120, 90, 30_000_000)


def test_wrap_up_ended_with_another_call_or_never(centre: Centre) -> None:
    """Wrap-up is what its own begin and end say: a call of another queue meanwhile ends none, an open one counts 0."""
    centre.call(1, 0, 5, 60)
    centre.say(65, Kind.WRAP_UP_STARTED, 1, ANN)
    centre.say(70, Kind.ENTERED, 2, queue=SALES)
    centre.say(75, Kind.CONNECTED, 2, ANN, queue=SALES)
    centre.say(85, Kind.COMPLETED, 2, ANN, queue=SALES)
    centre.say(85, Kind.WRAP_UP_STARTED, 2, ANN, queue=SALES)
    centre.say(95, Kind.WRAP_UP_ENDED, 2, ANN, queue=SALES)
    centre.say(105, Kind.WRAP_UP_ENDED, 1, ANN)
    centre.call(3, 200, 5, 60, BEN)
    centre.say(265, Kind.WRAP_UP_STARTED, 3, BEN)
    centre.tell()
    assert [tally.wrap_us for tally in centre.both(SUPPORT)] == [40_000_000] * 2
    assert [tally.wrap_us for tally in centre.both(SALES)] == [10_000_000] * 2
    assert centre.board().agent_line(ANN).tally.wrap_us == 50_000_000
    assert centre.board().agent_line(BEN).handle_time.text() == "1:00"


def test_a_percentage_had_no_list_behind_it_and_an_average_of_nothing_was_a_number(centre: Centre) -> None:
    """As many lines as the figure says, with call, entry and wait; without any calls “–”, not 0 and not 100."""
    for figure in (metrics.average_time_to_abandon, metrics.service_level, metrics.abandon_rate, metrics.average_wait):
        assert [figure(tally).text() for tally in centre.both()] == ["–", "–"]
    centre.hang_up(1, 0, 30)
    centre.hang_up(2, 60, 50)
    centre.call(3, 100, 1, 10)
    centre.tell()
    board = centre.board()
    found = board_lists.of_parts(board_lists.lines(board, Behind(SUPPORT)), frozenset({Part.ABANDONED}))
    assert [(line.visit.linked_id, line.visit.wait_s) for line in found] == [("call-1", 30), ("call-2", 50)]
    assert metrics.abandon_rate(board.tally(SUPPORT)).numerator == len(found)
    inside = board_lists.of_parts(board_lists.lines(board, Behind(SUPPORT)), IN_LEVEL)
    assert board.service_level(SUPPORT).denominator == len(inside) == 3
    assert metrics.average_time_to_abandon(centre.sums()).text() == "0:40"


def test_a_call_that_rang_at_several_was_missed_by_each_and_missed_when_answered(centre: Centre) -> None:
    """A real PBX rings two phones: one answers; then one rings and the caller gives up."""
    centre.tell(rows_of(captured("ring_all")))
    noon = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)  # of the capture's day
    board = centre.board(11 * 3600, noon)
    tally = board.tally()
    assert (tally.entered, tally.answered, tally.abandoned) == (2, 1, 1)
    assert [board.agent_line(agent).not_answered for agent in (ANN, BEN)] == [0, 0]
    assert [board.agent_line(agent).tally.answered for agent in (ANN, BEN)] == [0, 1]
    with centre.database.read() as session:
        rows = queues.visits(session, noon - timedelta(days=1), noon + timedelta(days=1))
    assert sorted(row.result for row in rows) == [VisitResult.ABANDONED, VisitResult.ANSWERED]


def _example(function: object) -> Figure:
    """A figure of that function, made from plain numbers of the right kinds."""
    day = Tally(entered=4, answered=2, answered_in_time=1, abandoned=1, exited=1, handled=2, timed_answers=2)
    given = {
        "tally": day, "parts": [metrics.SlPart(metrics.SlRule(), day)], "entries": [NOON], "now": NOON, "waiting": 1,
        "handling_s": 60.0, "available_s": 60.0, "signed_in_s": 120.0, "max_wait_us": 5, "place": 1, "agents": 2,
        "calls": 3, "visits": 4, "counts": {"answered": 3}, "outcome": "answered", "kind": "blind",
        "planned": [], "actual": [], "contacts": [], "window": (NOON, NOON),
        "kept_s": 50.0, "planned_s": 60.0, "worked_s": 50.0, "down_s": 60.0,
    }  # fmt: skip
    wanted = inspect.signature(function).parameters  # type: ignore[arg-type]
    values = {name: given[name] for name, one in wanted.items() if one.default is inspect.Parameter.empty}
    if "scope" in wanted:
        values["scope"] = Scope("Support", NOON, NOON, WARSAW, 20, 5)
    figure = function(**values)  # type: ignore[operator]
    assert isinstance(figure, Figure)
    return figure


def test_nobody_knew_what_offered_and_answered_meant() -> None:
    """Every figure says its formula, and where it has limits and a window, those too."""
    functions = [
        function
        for name, function in vars(metrics).items()
        if inspect.isfunction(function) and not name.startswith("_")
        and inspect.signature(function).return_annotation is Figure
    ]  # fmt: skip
    assert len(functions) >= 24
    for function in functions:
        words = _example(function).explain()
        formula = next(line for line in words.splitlines() if line.startswith("Formula: "))
        assert len(formula) > len("Formula: now −"), function
        assert "{" not in words, function
    assert "within 20 s" in _example(metrics.service_level).explain()
    assert "Europe/Warsaw, by time of entry" in _example(metrics.abandon_rate).explain()


def test_offered_in_one_interval_and_answered_in_the_next_gave_more_than_all(centre: Centre) -> None:
    """Everything counts where it entered: no interval with answers and no calls, none over 100 %."""
    centre.call(1, -10, 30, 60)  # entered 11:59:50, answered 12:00:20
    centre.call(2, 880, 60, 60)
    centre.tell()
    bars = {bar.label: bar for bar in centre.board().intervals(SUPPORT) if bar.tally.entered}
    assert {label: (bar.tally.entered, bar.tally.answered) for label, bar in bars.items()} == {
        "11:45": (1, 1), "12:00": (1, 1),
    }  # fmt: skip
    cut = periods(date(2026, 11, 18), date(2026, 11, 18), Grain.QUARTER, WARSAW)
    with centre.database.read() as session:
        cells = rollups.tallies(session, bounds(cut), Group.QUEUE)
    assert [(cell.starts_at, cell.tally.entered, cell.tally.answered) for cell in cells] == [
        (bar.starts_at, 1, 1) for bar in bars.values()
    ]


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_a_day_of_another_length_lost_or_doubled_an_hour(centre: Centre, day: date, hours: int) -> None:
    """One call in each hour of the site's day, none of the neighbours': rows, sum and board have as many."""
    midnight = SiteDay(day, WARSAW).start
    for hour in range(-1, hours + 1):
        at_s = hour * 3600 + 60
        centre.say(at_s, Kind.ENTERED, hour + 1, noon=midnight)
        centre.say(at_s + 5, Kind.ABANDONED, hour + 1, noon=midnight)
    centre.tell()
    cut = periods(day, day, Grain.HOUR, WARSAW)
    with centre.database.read() as session:
        cells = rollups.tallies(session, bounds(cut), Group.SITE)
        whole = rollups.tallies(session, bounds(periods(day, day, Grain.DAY, WARSAW)), Group.SITE)
    assert [cell.tally.abandoned for cell in cells] == [1] * hours
    assert [cell.tally.abandoned for cell in whole] == [hours]
    board = centre.board(hours * 3600 - 1, midnight)
    assert board.tally(SUPPORT).abandoned == hours
    assert sum(bar.tally.abandoned for bar in board.intervals()) == hours


def test_settings_rewrote_the_past_and_nobody_could_tell(centre: Centre) -> None:
    """Another threshold counts for days that are over; the export names the settings, and the old ones can be read."""
    centre.call(1, 0, 15, 60)
    centre.tell()

    def report() -> tuple[Figure, int, str]:
        wish = Wish(ReportKind.QUEUES, Span.DATES, first=date(2026, 11, 18), last=date(2026, 11, 18))
        with centre.database.read() as session:
            made_of = report_data.fetch(session, wish, WARSAW, clock.now())
        assert made_of.settings is not None
        return made_of.whole.level, made_of.settings.number, "\n".join(report_files.about(made_of))

    level, number, words = report()
    assert level.text() == "100%"
    with centre.database.write() as session:
        record = next(one for one in admin_centre.queues(session) if one.id == SUPPORT)
        stricter = replace(record, sl_threshold_s=10, sl_variant=SlVariant.WITHOUT_SHORT_ABANDONS, sl_exits=True)
        admin_people.save(session, stricter)
    after, later, words_after = report()
    assert after.text() == "0%"
    assert later > number
    assert f"queue settings no. {number}" in words
    assert f"queue settings no. {later}" in words_after
    assert "within 10 s" in words_after
    assert "exits counted" in words_after
    with centre.database.read() as session:
        before = queue_settings.version(session, number)
    assert before is not None
    assert {row.queue_id: row.said["sl_threshold_s"] for row in before.queues}[SUPPORT] == 20


def test_callbacks_were_counted_again_and_the_estimate_was_twice_what_it_should_be(centre: Centre) -> None:
    """Calling back who gave up is no queue visit; 50 s × tenth in the queue ÷ 5 agents at 2 % abandoned: 98 s."""
    for visit in range(49):
        centre.call(visit, visit * 60, 1, 50)
    centre.hang_up(49, 100, 30)
    for visit in range(50, 59):
        centre.say(3000, Kind.ENTERED, visit)
    for agent in (ANN, BEN):
        centre.say(-600, Kind.MEMBER_ADDED, None, agent)
    centre.call(60, 3001, 0.001, 4000, ANN)  # both talk when it is asked
    centre.call(61, 3001, 0.001, 4000, BEN)
    centre.tell()
    before = centre.both()
    with centre.database.write() as session:
        back = op.SaveInteraction(
            op_id=new_id(), agent_id=ANN, at_us=clock.to_us(NOON) + 3_100_000_000, interaction_id=new_id(),
            direction="outbound", outcome="answered", started_us=clock.to_us(NOON) + 3_050_000_000, number="601442190",
        )  # fmt: skip
        apply.apply(session, back)
    assert centre.both() == before
    tile = centre.board(3010).tile(SUPPORT)
    assert (tile.waiting, tile.tally.handled) == (9, 49)
    figure = tile.estimated_wait
    assert figure.denominator == 2
    lost = 1 - tile.tally.abandoned / tile.tally.entered
    assert figure.value == pytest.approx(50 * 10 / 2 * lost)
    fifty = Tally(entered=50, answered=49, abandoned=1, handled=49, talk_us=49 * 50_000_000)
    assert metrics.estimated_wait(fifty, 10, 5).value == pytest.approx(98)
    assert figure.name == "Estimated wait"
    assert figure.text() == "about 4 min"


def test_averages_were_averaged_and_counters_began_anew_after_a_reload(centre: Centre) -> None:
    """1 of 1 and 0 of 99 is 1 %, not 50; a PBX started anew, a log read again and events told twice change nothing."""
    lines = ["0|c0|support|NONE|ENTERQUEUE||1|1", "5|c0|support|Ann Lee|CONNECT|5|x|1"]
    lines += ["9|c0|support|Ann Lee|COMPLETECALLER|5|4|1"]
    for call in range(1, 100):
        lines += [f"{900 + call}|c{call}|support|NONE|ENTERQUEUE||1|1"]
    for call in range(1, 100):
        lines += [f"{1000 + call}|c{call}|support|NONE|ABANDON|1|1|100"]
    half = len(lines) // 2
    centre.log("\n".join(lines))
    once = centre.both()
    centre.log("\n".join([*lines[half:], "1200|NONE|NONE|NONE|QUEUESTART|"]))
    for tally, before in zip(centre.both(), once, strict=True):
        assert tally == before
        assert (tally.answered_in_time, tally.answered + tally.abandoned) == (1, 100)
        assert metrics.service_level(tally).text() == "1%"
    board = centre.board()
    levels = [bar.level for bar in board.intervals(SUPPORT) if bar.level is not None]
    assert levels == [1.0, 0.0]
    assert board.service_level(SUPPORT).value == board.service_level().value == 0.01
