"""A real Asterisk's queue_log in a real database: every call in one class, however often and in whatever pieces."""

import gzip
import random
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from agent_desktop import clock
from agent_desktop.collector import queue_log_import
from agent_desktop.collector.history import Progress, Wanted
from agent_desktop.collector.queue_log_import import QueueLogImport
from agent_desktop.data import agents, queues
from agent_desktop.data.centre_rows import VisitRow
from agent_desktop.data.db import Database
from agent_desktop.data.exchange import undo
from agent_desktop.data.exchange.entry import FileTrouble
from agent_desktop.data.models import QueueEvent, QueueVisit
from agent_desktop.data.sql import table_of
from agent_desktop.data.words import VisitResult
from benchmarks._pbx_files import write_queue_log
from tests.support.made_once import empty_database

DAY = clock.from_us(1_780_000_000_000_000), clock.from_us(1_800_000_000_000_000)
# As Asterisk 22 wrote it: answered, given up after the phone had rung, given up, given up again.
CAPTURED = """\
1795290024|NONE|NONE|NONE|QUEUESTART|
1795290024|MANAGER|support|PJSIP/1002|ADDMEMBER|PAUSED
1795290024|NONE|NONE|Agent 1002|PAUSEALL|Lunch
1795290024|NONE|support|Agent 1002|PAUSE|Lunch
1795290028|testadmin-1795290025.0|support|NONE|ENTERQUEUE||5551234|1|Outside Alice
1795290029|testadmin-1795290025.0|support|Agent 1001|CONNECT|1|testadmin-1795290028.1|1
1795290036|testadmin-1795290025.0|support|Agent 1001|COMPLETEAGENT|1|7|1
1795290044|testadmin-1795290042.2|support|NONE|ENTERQUEUE||5551234|1|Outside Alice
1795290054|testadmin-1795290042.2|support|Agent 1001|RINGNOANSWER|10000
1795290055|testadmin-1795290042.2|support|Agent 1001|RINGCANCELED|0
1795290055|testadmin-1795290042.2|support|NONE|ABANDON|1|1|11
1795290058|testadmin-1795290056.5|support|NONE|ENTERQUEUE||5551234|1|Outside Alice
1795290061|testadmin-1795290056.5|support|NONE|ABANDON|1|1|3
1795290066|MANAGER|support|PJSIP/1002|REMOVEMEMBER|
"""


def run(database: Database, *paths: Path, **how: Any) -> Progress:
    made = QueueLogImport(database, paths, Wanted(**how))
    while not made.step().finished:
        pass
    return made.progress


def visits(database: Database) -> tuple[VisitRow, ...]:
    with database.read() as session:
        return queues.visits(session, *DAY)


def content(database: Database) -> list[tuple[Any, ...]]:
    """All events, by what they say."""
    columns = [c for c in table_of(QueueEvent).c if c.name != "id"]
    with database.read() as session:
        return sorted((tuple(row) for row in session.execute(select(*columns))), key=repr)


def compared(found: tuple[VisitRow, ...]) -> list[tuple[Any, ...]]:
    """Visits without their ids, which are of one site."""
    return sorted(
        ((v.linked_id, v.entered_at, v.result, v.connected_at, v.left_at, v.ended_at, v.offers) for v in found),
        key=lambda said: said[:2],
    )


def seconds(moment: datetime | None) -> int | None:
    return None if moment is None else clock.to_us(moment) // 1_000_000 - 1_795_290_000


def test_calls_become_visits_and_count_once(database: Database, tmp_path: Path) -> None:
    (tmp_path / "queue_log").write_text(CAPTURED)
    dry = run(database, tmp_path / "queue_log", dry=True)
    assert content(database) == []
    made = run(database, tmp_path / "queue_log")
    assert (dry.counts, dry.new) == (made.counts, 15)
    assert (made.passed_over, made.rejected, made.people, made.queues) == (1, 0, (), ())
    assert (made.first_us, made.last_us) == (1_795_290_024_000_000, 1_795_290_066_000_000)
    with database.read() as session:
        dana = agents.agent_by_login(session, "dana")
        assert agents.presence_now(session) == (), "what was says nothing of what is"
        assert queues.queues(session)[0].members == ()
        (noted,) = undo.runs(session)
    assert dana is not None
    assert (noted.state, noted.file, noted.counts) == ("kept", "queue_log", made.counts)
    found = visits(database)
    said = [
        (v.result.value, *map(seconds, (v.entered_at, v.connected_at, v.left_at, v.ended_at)), v.offers) for v in found
    ]
    assert said == [
        ("answered", 28, 29, None, 36, 1),
        ("abandoned", 44, None, 55, None, 2),
        ("abandoned", 58, None, 61, None, 0),
    ]
    assert found[0].agent_id == dana.id
    before = content(database)
    (tmp_path / "queue_log.1.gz").write_bytes(gzip.compress(CAPTURED.encode()))
    again = run(database, tmp_path / "queue_log.1.gz", tmp_path / "queue_log")
    assert (again.new, again.known) == (0, 30)
    assert (content(database), visits(database)) == (before, found)


def test_in_pieces_that_overlap_it_is_the_same(
    tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_log_import, "STEP", 50)
    monkeypatch.setattr(queue_log_import, "_FORGET_EVERY", 3)
    write_queue_log(tmp_path / "whole", 700)
    lines = (tmp_path / "whole").read_text().splitlines(keepends=True)
    run(database, tmp_path / "whole")
    wanted, counted = visits(database), Counter(visit.result for visit in visits(database))
    assert min(counted[each] for each in (VisitResult.ANSWERED, VisitResult.ABANDONED, VisitResult.EXITED)) > 5
    rng = random.Random(7)
    for turn in range(3):
        other = Database.open(empty_database(tmp_path / f"other{turn}.db"))
        with database.read() as session:
            rows = agents.agents(session)
        with other.write() as session:
            for row in rows:
                agents.create_agent(session, row.name, row.login, extension=row.extension)
        cuts = sorted(rng.sample(range(50, 650), 3))
        for at, (start, end) in enumerate(zip([0, *cuts], [*cuts, 700], strict=True)):
            piece = "".join(lines[max(0, start - rng.randrange(40)) : end])
            (tmp_path / f"piece{at}").write_text(piece + lines[end][:9] if end < 700 else piece)
        if turn == 2:
            run(other, *(tmp_path / f"piece{at}" for at in (2, 0, 3, 1)))
        for at in range(4):
            assert run(other, tmp_path / f"piece{at}").rejected == (at < 3)
        assert compared(visits(other)) == compared(wanted)
        other.close()


def test_what_was_heard_live_is_not_counted_again(database: Database, tmp_path: Path) -> None:
    (tmp_path / "queue_log").write_text(CAPTURED)
    run(database, tmp_path / "queue_log", pbx="main")
    before, events = visits(database), len(content(database))
    dry = run(database, tmp_path / "queue_log", pbx="copy", dry=True)
    again = run(database, tmp_path / "queue_log", pbx="copy")
    assert dry.counts == again.counts
    assert (again.new, again.known) == (4, 11), "only what is no visit's: who was there, and who paused"
    assert (visits(database), len(content(database))) == (before, events + 4)
    with database.write() as session:  # the feed was away when the last caller left
        session.execute(table_of(QueueEvent).delete().where(QueueEvent.kind == "abandoned"))
        gone = table_of(QueueVisit).update().where(QueueVisit.result == "abandoned")
        session.execute(gone.values(left_at=None, result="unresolved"))
    run(database, tmp_path / "queue_log", pbx="third")
    assert [visit.result for visit in visits(database)] == [VisitResult.ANSWERED, *2 * [VisitResult.ABANDONED]]


def test_who_comes_again_waits_again(database: Database, tmp_path: Path) -> None:
    again = "".join(
        f"{at}|c.1|{queue}|NONE|{said}\n"
        for at, queue, said in (
            (1_795_290_000, "support", "ENTERQUEUE||1|1"), (1_795_290_020, "support", "EXITWITHTIMEOUT|1|1|20"),
            (1_795_290_020, "overflow", "ENTERQUEUE||1|1"), (1_795_290_030, "overflow", "EXITWITHKEY|1|1|1|10"),
            (1_795_290_031, "support", "ENTERQUEUE||1|1"), (1_795_290_036, "support", "ABANDON|1|1|5"),
        )
    )  # fmt: skip
    lines = again.splitlines(keepends=True)
    (tmp_path / "a").write_text("".join(lines[:5]))
    (tmp_path / "b").write_text("".join(lines[4:]))
    assert run(database, tmp_path / "a").queues == ("overflow",)
    run(database, tmp_path / "b")
    run(database, tmp_path / "a")
    assert [(v.result, v.exit_reason) for v in visits(database)] == [
        (VisitResult.EXITED, "timeout"), (VisitResult.EXITED, "key"), (VisitResult.ABANDONED, ""),
    ]  # fmt: skip
    with database.read() as session:
        gone = {queue.name: queue.active for queue in queues.queues(session, active_only=False)}
    assert gone == {"support": True, "overflow": False}, "history offers nobody a queue"


def test_whom_nobody_knows_is_told_and_can_be_said(database: Database, tmp_path: Path) -> None:
    (tmp_path / "q").write_text(CAPTURED.replace("Agent 1001", "Agent Dee"))
    assert run(database, tmp_path / "q", dry=True).people == (("Agent Dee", 6),)
    made = run(database, tmp_path / "q", people=(("agent dee", "DANA"),))
    assert made.people == ()
    assert visits(database)[0].agent_id is not None


def test_a_file_that_is_broken_stores_nothing(database: Database, tmp_path: Path) -> None:
    (tmp_path / "good").write_text(CAPTURED)
    whole = gzip.compress(CAPTURED.encode())
    for name, content_ in (("cut.gz", whole[:-9]), ("prose", b"a\nb\n"), ("empty", b"\n"), ("noise", bytes(range(99)))):
        (tmp_path / name).write_bytes(content_)
        with pytest.raises(FileTrouble, match=name):
            run(database, tmp_path / "good", tmp_path / name)
    assert content(database) == []
    with database.read() as session:
        assert undo.runs(session) == ()
