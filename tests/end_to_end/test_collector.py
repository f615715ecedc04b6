"""The collector on a real Asterisk with SIP callers: what is in the database is what the PBX's own queue_log says."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from agent_desktop import clock
from agent_desktop.core.board import Board
from agent_desktop.core.intervals import SiteDay
from agent_desktop.core.metrics import Tally
from agent_desktop.data import agents, collecting, figure_counts, queues, rollups
from agent_desktop.data.centre_rows import PbxRequestRow, QueueRow
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Queue
from agent_desktop.data.tally_rows import Group
from agent_desktop.data.words import ExitReason, RequestKind, RequestState, VisitResult
from tests.end_to_end import count_queue_log
from tests.end_to_end.asterisk import Asterisk, NoAsterisk
from tests.end_to_end.count_queue_log import Count
from tests.support import sip
from tests.support.collecting import CollectorProcess, Tables, make_centre
from tests.support.ports import until

pytestmark = [pytest.mark.asterisk, pytest.mark.xdist_group("collector")]
PEOPLE = (("Ann Lee", "1101"), ("Ben Roy", "1102"), ("Cleo Ito", "1103"), ("Dan Fox", "1104"), ("Eve Orr", "1105"))
PEOPLE += (("Gil Ono", "1106"), ("Hal Paz", "1107"))
QUEUES = ("desk-answer", "desk-talk", "desk-refuse", "desk-all", "desk-none", "desk-late", "desk-move", "desk-key")
_ENDS = {"CONNECT": "answered", "ABANDON": "abandoned", "EXITWITHTIMEOUT": "timeout"}


@pytest.fixture(scope="module")
def pbx() -> Iterator[Asterisk]:
    """One for all of these."""
    try:
        asterisk = Asterisk()
    except NoAsterisk as missing:
        pytest.skip(str(missing))
    asterisk.start()
    yield asterisk
    asterisk.stop()


@pytest.fixture
def mortal() -> Iterator[Asterisk]:
    """One that may be killed."""
    asterisk = Asterisk()
    asterisk.start()
    yield asterisk
    asterisk.stop()


@pytest.fixture
def sipp(tmp_path: Path, program: Callable[[str], str]) -> Iterator[sip.SippRunner]:
    program("sipp")
    folder = tmp_path / "sipp"
    folder.mkdir()
    runner = sip.SippRunner(folder)
    yield runner
    runner.stop()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = make_centre(tmp_path / "centre.db", PEOPLE, QUEUES)
    yield made
    made.close()


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    return Tables(tmp_path / "centre.db")


@pytest.fixture
def collect(tmp_path: Path, pbx: Asterisk, database: Database) -> Iterator[Callable[..., CollectorProcess]]:
    """Starts collectors; at the end all of them end as they should."""
    started: list[CollectorProcess] = []

    def start(name: str = "first", of: Asterisk = pbx) -> CollectorProcess:
        started.append(CollectorProcess(tmp_path, name, tmp_path / "centre.db", of.manager_port).start())
        return started[-1]

    yield start
    for one in started:
        if one.process is not None and one.process.poll() is None:
            assert one.stop() == 0, one.said


def of_the_log(pbx: Asterisk, since: int) -> Counter[tuple[str, str]]:
    """Independent of the product: how each stay in a queue ended by the PBX's own log."""
    return Counter((line.queue, _ENDS[line.event]) for line in pbx.queue_log()[since:] if line.event in _ENDS)


def test_what_is_stored_is_what_the_pbx_s_own_log_says(pbx, sipp, collect, tables):
    since = len(pbx.queue_log())
    collect().connected()
    callers = [
        sipp.call("call_until_bye", pbx.sip_port, user="desk-answer"),
        sipp.call("call_and_bye", pbx.sip_port, user="desk-talk", pause_ms=1500),
        sipp.call("call_and_bye", pbx.sip_port, user="desk-refuse", pause_ms=2500),
        sipp.call("call_and_bye", pbx.sip_port, user="desk-all", pause_ms=2000),
        sipp.call("call_and_bye", pbx.sip_port, user="desk-none", pause_ms=700),
        sipp.call("call_until_bye", pbx.sip_port, user="late-desk-none"),
        sipp.call("call_until_bye", pbx.sip_port, user="again"),
    ]
    for caller in callers:
        caller.check()
    wanted = Counter(
        {
            ("desk-answer", "answered"): 1, ("desk-talk", "answered"): 1, ("desk-all", "answered"): 1,
            ("desk-refuse", "abandoned"): 1, ("desk-none", "abandoned"): 1, ("desk-none", "timeout"): 3,
        }
    )  # fmt: skip
    until(lambda: of_the_log(pbx, since) == wanted, "who has hung up has left the queue")
    until(lambda: tables.results() == wanted, "the same in the database")
    log = pbx.queue_log()[since:]
    refused = Counter((line.queue, line.agent) for line in log if line.event == "RINGNOANSWER")
    assert tables.events("not_answered") == refused
    assert tables.events("connected") == {
        ("desk-answer", "Ann Lee"): 1, ("desk-talk", "Ben Roy"): 1, ("desk-all", "Eve Orr"): 1,
    }  # fmt: skip
    assert tables.events("offered")["desk-all", "Dan Fox"] == 1
    until(lambda: sum(tables.events("completed").values()) == 3, "talks have ended")
    (ended,) = tables.ask(
        "SELECT ended_by FROM queue_visit v JOIN queue q ON q.id = queue_id WHERE q.name = 'desk-answer'"
    )
    assert ended == ("agent",)
    assert {row[0] for row in tables.ask("SELECT linked_id FROM queue_visit")} == {
        line.call for line in log if line.event == "ENTERQUEUE"
    }
    ((seconds, said),) = tables.ask(
        "SELECT sum(coalesce(connected_at, left_at) - entered_at) / 1e6, "
        "(SELECT unknown FROM collector_health) FROM queue_visit"
    )
    holds = [int(line.details[{"CONNECT": 0}.get(line.event, 2)]) for line in log if line.event in _ENDS]
    assert abs(seconds - sum(holds)) <= len(holds), "the PBX counts whole seconds"
    assert "event" not in said


def test_what_desktops_ask_of_the_pbx_is_done_or_refused_in_its_words(pbx, sipp, collect, database, tables):
    collect().connected()
    with database.read() as session:
        people = {row.name: row.id for row in agents.agents(session)}
        queue = {row.name: row.id for row in queues.queues(session)}
    ann, ben = people["Ann Lee"], people["Ben Roy"]

    def ask(kind: RequestKind, about: UUID, **more: Any) -> tuple[RequestState, str]:
        wanted = collecting.Wanted(new_id(), kind, ben, about, **more)
        with database.write() as session:
            collecting.ask(session, wanted)

        def row() -> PbxRequestRow:
            with database.read() as session:
                found = collecting.request(session, wanted.id)
            assert found is not None
            return found

        until(lambda: row().done_at is not None, f"{kind} is answered")
        return row().state, row().answer

    done, none = RequestState.DONE, queue["desk-none"]
    assert ask(RequestKind.QUEUE_ADD, ann, queue_id=none) == (done, "Added interface to queue")
    until(lambda: tables.events("member_added")["desk-none", "Ann Lee"] == 1, "the PBX told of it")
    assert ask(RequestKind.PAUSE, ann, reason="Lunch")[0] is done
    until(lambda: tables.events("paused")["desk-none", "Ann Lee"] == 1, "she is paused")
    assert tables.ask("SELECT json_extract(data, '$.reason') FROM queue_event WHERE kind = 'paused'")[0] == ("Lunch",)
    assert ask(RequestKind.UNPAUSE, ann)[0] is done
    assert ask(RequestKind.WRAP_UP, ann)[0] is done
    until(lambda: tables.events("wrap_up_started").total() >= 1, "that is no pause")
    assert ask(RequestKind.QUEUE_REMOVE, ann, queue_id=none)[0] is done
    until(lambda: tables.events("member_removed")["desk-none", "Ann Lee"] == 1, "she has left")
    assert ask(RequestKind.LOG_IN, ann) == (RequestState.REFUSED, "There is no queue to do that in.")
    assert ask(RequestKind.PAUSE, UUID(int=7))[0] is RequestState.REFUSED
    assert "not found" in ask(RequestKind.PAUSE, ann, queue_id=none)[1].lower()

    sipp.call("call_until_bye", pbx.sip_port, user="desk-none")
    until(lambda: tables.results()["desk-none", "unresolved"] == 1, "somebody waits")
    ((visit,),) = tables.ask("SELECT hex(id) FROM queue_visit WHERE result = 'unresolved'")
    detail = {"visit": str(UUID(str(visit))), "to": "1101"}
    assert ask(RequestKind.REDIRECT, ben, detail=detail) == (done, "Redirect successful")
    assert ask(RequestKind.REDIRECT, ben, detail=detail | {"to": "1101,1"})[0] is RequestState.REFUSED
    until(lambda: tables.results() == {("desk-none", "withdrawn"): 1}, "taken out of the queue: nobody gave up")
    refused = RequestState.REFUSED
    assert ask(RequestKind.MONITOR, ann, detail={"mode": "shout"})[0] is refused
    assert ask(RequestKind.MONITOR, ben, detail={"mode": "listen"}) == (refused, "Nobody can listen to themselves.")
    assert ask(RequestKind.MONITOR, people["Dan Fox"]) == (refused, "Dan Fox is in no call on the PBX.")
    assert ask(RequestKind.MONITOR, ann, detail={"mode": "barge", "of": str(new_id())}) == (
        *(refused, "That listening has ended."),
    )


@pytest.mark.soak
def test_a_collector_that_was_killed_goes_on_with_those_who_wait(pbx, sipp, collect, tables):
    one = collect().connected()
    stays = sipp.call("call_and_bye", pbx.sip_port, user="desk-none", pause_ms=9000)
    until(lambda: tables.results()["desk-none", "unresolved"] == 1, "the first waits")
    leaves = sipp.call("call_and_bye", pbx.sip_port, user="desk-none", pause_ms=1200)
    until(lambda: tables.results()["desk-none", "unresolved"] == 2, "the second waits")
    one.kill()
    late = sipp.call("call_and_bye", pbx.sip_port, user="desk-none", pause_ms=7000)
    leaves.check()
    one.start().connected()
    # one goes on waiting, of one nobody heard the end, and one is found there
    until(lambda: tables.events("lost")["desk-none", ""] == 1, "the one who left is missed")
    until(lambda: tables.events("entered")["desk-none", ""] == 3, "the one who came is found")
    for caller in (stays, late):
        caller.check()
    until(lambda: tables.results() == {("desk-none", "abandoned"): 2, ("desk-none", "unresolved"): 1}, "all is known")
    ((since,),) = tables.ask("SELECT min(left_at - entered_at) / 1e6 FROM queue_visit WHERE left_at IS NOT NULL")
    assert 6 <= since <= 8.5, "the wait before it was found counts too"


@pytest.mark.soak
def test_a_pbx_that_was_killed_took_its_callers_with_it(mortal, sipp, collect, tables):
    one = collect(of=mortal).connected()
    sipp.call("call_and_bye", mortal.sip_port, user="desk-none", pause_ms=60_000)
    until(lambda: tables.results()["desk-none", "unresolved"] == 1, "the first waits")
    mortal.kill()
    mortal.start()
    until(lambda: tables.results() == {("desk-none", "withdrawn"): 1}, "the PBX ended that")
    sipp.call("call_and_bye", mortal.sip_port, user="desk-talk", pause_ms=800).check()
    until(lambda: tables.events("completed") == {("desk-talk", "Ben Roy"): 1}, "and goes on")
    assert one.said.count("one: connected") >= 2


def test_of_two_collectors_one_writes_and_the_other_takes_over_without_a_gap(pbx, sipp, collect, tables):
    since = len(pbx.queue_log())
    one = collect("first").connected()
    until(lambda: "active from now on" in one.said, "the first is active")
    two = collect("second").connected()
    callers = sipp.call("call_and_bye", pbx.sip_port, user="desk-none", calls=24, rate=8, pause_ms=900)
    until(lambda: sum(tables.results().values()) >= 6, "a quarter has come")
    assert "active from now on" not in two.said
    one.kill()
    callers.check()
    until(lambda: tables.results() == of_the_log(pbx, since) == {("desk-none", "abandoned"): 24}, "all, each once")
    ((token, name),) = tables.ask("SELECT token, name FROM collector_lease")
    assert (token, name) == (2, "second")
    ((rows, kinds),) = tables.ask("SELECT count(*), count(DISTINCT kind) FROM queue_event WHERE visit_id IS NOT NULL")
    assert (rows, kinds) == (48, 2), "an entry and an end each"


@pytest.mark.soak
def test_what_the_database_cannot_take_waits_in_a_file(pbx, sipp, collect, tables, tmp_path):
    since = len(pbx.queue_log())
    one = collect().connected()
    until(lambda: "active from now on" in one.said, "it is active")
    away = tmp_path / "away.db"
    callers = sipp.call("call_and_bye", pbx.sip_port, user="desk-none", calls=20, rate=8, pause_ms=900)
    until(lambda: sum(tables.results().values()) >= 3, "some have come")
    (tmp_path / "centre.db").rename(away)
    until(lambda: (one.folder / "state" / "spool.jsonl").exists(), "it is kept in the spool")
    callers.check()
    last = [line.call for line in pbx.queue_log() if line.event == "ABANDON"][-1]

    def ended() -> set[str]:
        lines = (one.folder / "state" / "spool.jsonl").read_text().splitlines()
        return {row["linked_id"] for line in lines for row in json.loads(line) if row["kind"] == "abandoned"}

    until(lambda: last in ended(), "the rest came too")
    one.kill()  # and that is safe against a crash
    away.rename(tmp_path / "centre.db")
    one.start().connected()
    until(lambda: tables.results() == of_the_log(pbx, since), "nothing is lost")
    assert tables.results() == {("desk-none", "abandoned"): 20}
    until(lambda: not (one.folder / "state" / "spool.jsonl").exists(), "and the spool is empty")


# ------------------------------------------------------------- held to an independent count

SHORT_S, THRESHOLD_S = 1, 2  # of this compressed day


def callers_of_all_fates(sipp: sip.SippRunner, pbx: Asterisk, calls: int) -> list[sip.Sipp]:
    """Everything that becomes of callers, ``calls`` times each, ten seconds apart."""
    rate = 0.1 if calls > 1 else 2.0

    def call(scenario: str, user: str, pause_ms: int = 200) -> sip.Sipp:
        return sipp.call(scenario, pbx.sip_port, user=user, pause_ms=pause_ms, calls=calls, rate=rate)

    return [
        call("call_until_bye", "desk-answer"),
        call("call_and_bye", "desk-talk", 1500),
        call("call_and_bye", "desk-all", 2000),
        call("call_and_bye", "desk-refuse", 2500),  # rings and rings
        call("call_until_bye", "desk-late"),  # answered too late
        call("call_and_bye", "desk-none", 500),  # a short abandon
        call("call_and_bye", "desk-none", 3500),
        call("call_until_bye", "late-desk-none"),
        call("call_until_bye", "again"),  # twice in one queue
        call("call_until_bye", "press"),  # leaves by a key
        call("call_and_bye", "move", 4500),  # passed on into another queue
    ]


def of_the_product(database: Database, queue: QueueRow, since: datetime) -> dict[str, dict[str, Any]]:
    """What the board, the stored visits and the sums by quarter hour say of a queue."""
    with database.read() as session:
        board = Board(ZoneInfo("UTC"))
        board.set_queues(queues.queues(session))
        board.load(queues.events_between(session, board.load_from, clock.now() + timedelta(days=1)))
        rows = queues.visits(session, since - timedelta(days=1), clock.now(), queue_id=queue.id)
        day = SiteDay.of(since, ZoneInfo("UTC"))
        bounds = (day.start, day.end + timedelta(days=1))
        cells = rollups.tallies(session, bounds, Group.QUEUE, queue_ids=[queue.id])
        calls = figure_counts.unique_calls(session, *bounds, [queue.id])
    kinds = ("timed_out", "left_by_key", "found_empty", "withdrawn")
    reasons = Counter(row.exit_reason for row in rows if row.result is VisitResult.EXITED)
    by_visits = {
        "results": Counter(row.result.value for row in rows),
        "exits": {name: reasons[reason.value] for name, reason in zip(kinds, ExitReason, strict=True)},
        "calls": len({row.linked_id for row in rows}),
    }
    said: dict[str, dict[str, Any]] = {"visits": by_visits}
    for name, tally in (("board", board.tally(queue.id)), ("sums", sum((cell.tally for cell in cells), Tally()))):
        results = {word: getattr(tally, word) for word in ("answered", "abandoned", "exited", "unresolved")}
        exits = {kind: getattr(tally, kind) for kind in kinds}
        said[name] = {"results": +Counter(results), "exits": exits, "calls": calls, "tally": tally}
    return said


def held_against(database: Database, log: list[str], since: datetime) -> dict[str, Count]:
    """Assert that all three count what the log says; the log's counts."""
    counts = count_queue_log.count(log, THRESHOLD_S, SHORT_S)
    with database.read() as session:
        rows = {row.name: row for row in queues.queues(session)}
    for name, counted in counts.items():
        said = of_the_product(database, rows[name], since)
        results = {"answered": counted.answered, "abandoned": counted.abandoned}
        results |= {"exited": counted.exited, "unresolved": counted.unresolved}
        words = {"timed_out": "timeout", "left_by_key": "key", "found_empty": "empty", "withdrawn": "withdrawn"}
        wanted = {
            "results": +Counter(results),
            "exits": {kind: counted.exits.get(word, 0) for kind, word in words.items()},
            "calls": counted.calls,
        }
        for of, found in said.items():
            tally = found.pop("tally", None)
            assert found == wanted, (name, of)
            if tally is not None:
                assert_like(tally, counted, f"{name}: {of}")
    return counts


def assert_like(tally: Tally, counted: Count, of: str) -> None:
    """Counts are the same; times differ by the part of a second that the log leaves out of each."""
    near = counted.near_the_limits
    assert (tally.entered, tally.handled, tally.transferred) == (
        counted.entered, counted.handled, counted.transferred,
    ), of  # fmt: skip
    assert abs(tally.answered_in_time - counted.answered_in_time) <= near, of
    assert abs(tally.abandoned_short - counted.abandoned_short) <= near, of
    for us, seconds, number in (
        (tally.wait_answered_us, counted.wait_answered, counted.answered),
        (tally.wait_abandoned_us, counted.wait_abandoned, counted.abandoned),
        (tally.wait_exited_us, counted.wait_exited, counted.exited),
        (tally.talk_us + tally.hold_us, counted.talk, counted.handled),
    ):
        assert abs(us / 1e6 - seconds) <= number, of


@pytest.mark.parametrize("each", [1, pytest.param(12, marks=[pytest.mark.soak, pytest.mark.timeout(400)])])
def test_board_visits_and_sums_are_what_an_independent_count_of_the_log_says(
    each, pbx, sipp, collect, database, tables
):
    for _, extension in PEOPLE:  # whoever was left paused
        pbx.command(f"queue unpause member Local/{extension}@desks/n")
    began, since = clock.now(), len(pbx.queue_log())
    with database.write() as session:
        session.execute(update(Queue).values(sl_threshold_s=THRESHOLD_S, short_abandon_s=SHORT_S))
    collect().connected()
    for caller in callers_of_all_fates(sipp, pbx, each):
        caller.check(30 + 10 * each)
    stays = sipp.call("call_and_bye", pbx.sip_port, user="desk-none", pause_ms=60_000)

    def log() -> list[str]:
        return pbx.queue_log_text().splitlines()[since:]

    def open_stays() -> int:
        return sum(count.answered - count.handled for count in count_queue_log.count(log()).values())

    until(lambda: not open_stays(), "the PBX has written how every talk ended")
    until(lambda: tables.results()["desk-none", "unresolved"] == 1, "one still waits")
    ended = sum(count.handled for count in count_queue_log.count(log()).values())
    until(lambda: sum((tables.events("completed") + tables.events("transferred")).values()) == ended, "all are stored")
    counts = held_against(database, log(), began)
    none, moved, talk = counts["desk-none"], counts["desk-move"], counts["desk-talk"]
    # On a busy machine one hangs up before the queue has them, or is timed out in that moment.
    assert none.entered == none.abandoned + none.exits["timeout"] + 1 >= 5 * each + 1 - max(1, each // 4)
    assert min(1, each // 2) <= none.abandoned_short <= each
    assert (none.unresolved, none.came_again) == (1, each)
    assert counts["desk-key"].exits == {"key": each}
    assert moved.entered == each
    assert moved.transferred >= 1, "an agent passed somebody on"
    assert talk.entered == each + moved.transferred, "who was passed on is a visit there, and no other call"
    assert sum(counts["desk-refuse"].not_answered.values()) == tables.events("not_answered")["desk-refuse", "Cleo Ito"]
    assert counts["desk-late"].answered_in_time == 0
    stays.stop()
