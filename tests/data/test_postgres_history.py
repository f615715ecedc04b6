"""A PBX's files on a server: an admin's import writes the past while it is noted, and nobody else does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from agent_desktop.collector.cdr_import import CdrImport
from agent_desktop.collector.history import HistoryImport, Wanted
from agent_desktop.collector.queue_log_import import QueueLogImport
from agent_desktop.data import access, interactions, queues
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble
from agent_desktop.data.ids import new_id
from agent_desktop.data.words import VisitResult
from tests.collector.test_cdr import CAPTURED as RECORDS
from tests.collector.test_cdr import UTC
from tests.collector.test_queue_log_import import CAPTURED as LOG
from tests.collector.test_queue_log_import import DAY
from tests.support import postgres


@pytest.fixture
def desks(server: postgres.Server, centre: str) -> Iterator[dict[str, Database]]:
    owner = Database.open(server.url(centre))
    access.grant(owner, access.Grant("anna", "admin", "anna-secret", name="Anna"))
    access.grant(owner, access.Grant("sam", "supervisor", "sam-secret", name="Sam"))
    owner.close()
    opened = {who: Database.open(server.url(centre, who, f"{who}-secret")) for who in ("anna", "sam")}
    yield opened
    for database in opened.values():
        database.close()


def whole(run: HistoryImport) -> HistoryImport:
    while not run.step().finished:
        pass
    return run


def test_an_admin_imports_the_past_and_nobody_else(desks: dict[str, Database], tmp_path: Path) -> None:
    anna, sam = desks["anna"], desks["sam"]
    (tmp_path / "queue_log").write_text(LOG)
    (tmp_path / "Master.csv").write_text(RECORDS)
    log, records = [tmp_path / "queue_log"], [tmp_path / "Master.csv"]
    wanted = Wanted(zone=UTC, people=(("Agent 1001", "dana"), ("PJSIP/1001", "dana"), ("1001", "dana")))
    for kind, files in ((QueueLogImport, log), (CdrImport, records)):
        with pytest.raises(DatabaseTrouble):
            whole(kind(sam, files, wanted))
    assert whole(QueueLogImport(sam, log, Wanted(dry=True))).progress.new == 15
    for kind, files, new in ((QueueLogImport, log, 15), (CdrImport, records, 3)):
        made, again = (whole(kind(anna, files, wanted)) for _ in range(2))
        assert (made.progress.new, again.progress.new) == (new, 0)
        assert again.progress.completed == 0
    with anna.read() as session:
        visits = queues.visits(session, *DAY)
        assert [visit.result for visit in visits] == [VisitResult.ANSWERED, *2 * [VisitResult.ABANDONED]]
        calls = interactions.calls(session)
        assert [(call.agent, call.outcome, call.queue) for call in calls][-1] == ("Dana Okafor", "answered", "support")
    # Its imports have ended: from now on the past is what it is.
    event = (
        "INSERT INTO queue_event (source, source_seq, at, kind, linked_id, data)"
        " VALUES ('queue_log:pbx', 1, now(), 'entered', 'x', '{}')"
    )
    with pytest.raises(DatabaseTrouble), anna.write() as session:
        session.execute(text(event))
    with anna.write() as session:
        changed = session.execute(text("UPDATE queue_visit SET result = 'answered' RETURNING id")).all()
    assert changed == []
    filling = "INSERT INTO import_run VALUES (:id, now(), 'anna', 'x', 'filling', '{}')"
    with anna.write() as session:
        session.execute(text(filling), {"id": new_id()})
    with pytest.raises(DatabaseTrouble), anna.write() as session:  # nor in the collector's name
        session.execute(text(event.replace("queue_log:pbx", "pbx")))
