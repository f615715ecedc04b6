"""The journal: durable at once, applied exactly once, stopped by nothing but an unusable database."""

import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text

from agent_desktop.data import customers, interactions
from agent_desktop.data import operations as ops
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble, Trouble
from agent_desktop.data.ids import new_id
from agent_desktop.data.journal import Journal
from tests.conftest import ExpectedLog
from tests.data.conftest import Desk


def presence_rows(database: Database) -> Counter[str]:
    with database.read() as session:
        return Counter(session.execute(text("SELECT reason FROM presence")).scalars())


def test_put_is_durable_and_in_order(journal: Journal, dana: Desk) -> None:
    made = [dana.make(ops.SaveNote, note_id=new_id(), interaction_id=new_id(), text=str(n)) for n in range(5)]
    first = journal.put(made[0])
    assert journal.put_many(made[1:]) == first + 4
    assert journal.put(made[2]) == first + 2, "already there"
    copy = Path(shutil.copytree(journal.path.parent, journal.path.parent.parent / "copy")) / journal.path.name
    again = Journal(copy)
    assert again.pending() == made
    assert again.waiting_count() == 5
    again.close()


def test_synchronous_is_full(journal: Journal) -> None:
    connection = journal._connection()
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_drain_applies_and_says_what_changed(journal: Journal, dana: Desk) -> None:
    key, call = new_id(), new_id()
    journal.put(dana.make(ops.SaveCustomer, customer_id=key, version=0, fields={"name": "Marta"}))
    journal.put(dana.make(ops.SaveInteraction, interaction_id=call, customer_id=key))
    changed = journal.drain(dana.database)
    assert changed.customers == {key}
    assert changed.interactions == {call}
    assert journal.waiting_count() == 0
    assert not journal.drain(dana.database)


def test_an_unusable_database_keeps_everything(journal: Journal, dana: Desk, database_file: Path) -> None:
    for name in "ABC":
        journal.put(dana.make(ops.SaveCustomer, customer_id=new_id(), version=0, fields={"name": name}))
    other = sqlite3.connect(database_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseTrouble) as trouble:
        journal.drain(dana.database)
    assert trouble.value.kind is Trouble.LOCKED
    assert journal.waiting_count() == 3
    other.execute("ROLLBACK")
    other.close()
    journal.drain(dana.database)
    with dana.database.read() as session:
        assert customers.count(session) == 3


def test_a_vanished_database_keeps_everything(journal: Journal, dana: Desk, database_file: Path) -> None:
    journal.put(dana.make(ops.SetPresence, presence="ready"))
    dana.database.close()
    database_file.rename(database_file.with_suffix(".away"))
    with pytest.raises(DatabaseTrouble) as trouble:
        journal.drain(dana.database)
    assert trouble.value.kind is Trouble.MISSING
    database_file.with_suffix(".away").rename(database_file)
    assert journal.drain(dana.database).agents


def test_a_refused_operation_is_set_aside_and_does_not_block(journal: Journal, dana: Desk) -> None:
    bad = dana.make(ops.SaveCustomer, customer_id=new_id(), version=0, fields={"name": ""})
    good = dana.make(ops.SaveCustomer, customer_id=new_id(), version=0, fields={"name": "B"})
    journal.put_many([bad, good])
    assert journal.drain(dana.database).customers == {good.customer_id}
    refused = journal.refused()
    assert [(row.op_id, row.operation, row.reason) for row in refused] == [(bad.op_id, bad, "A customer needs a name.")]
    assert journal.waiting_count() == 0
    journal.dismiss_refused(refused[0].seq)
    assert journal.refused() == []


def test_an_operation_of_a_newer_program_is_set_aside(journal: Journal, dana: Desk) -> None:
    with sqlite3.connect(journal.path) as connection:
        connection.execute(
            "INSERT INTO operation (op_id, body) VALUES (?, ?)", (new_id().bytes, b'{"type":"Teleport"}')
        )
    connection.close()
    journal.put(dana.make(ops.SetPresence, presence="ready"))
    assert journal.drain(dana.database).agents
    assert [row.operation for row in journal.refused()] == [None]


def test_what_the_database_will_not_take_is_set_aside(journal: Journal, dana: Desk, expected_log: ExpectedLog) -> None:
    """A bug of ours may not block the journal for ever."""
    expected_log("UpdateTicket refused by the database")
    with dana.database.write() as session:
        session.execute(text("CREATE TRIGGER no BEFORE INSERT ON ticket_event BEGIN SELECT RAISE(ABORT, 'no'); END"))
    ticket = new_id()
    journal.put(dana.make(ops.UpdateTicket, event_id=new_id(), ticket_id=ticket, comment="x"))
    with dana.database.write() as session:
        values = {"id": ticket.bytes, "number": "T-1", "now": 1}
        session.execute(
            text(
                "INSERT INTO ticket (id, version, number, subject, status, priority, queue, opened_at, updated_at)"
                " VALUES (:id, 1, :number, 's', 'new', 'normal', '', :now, :now)"
            ),
            values,
        )
    assert not journal.drain(dana.database)
    assert journal.waiting_count() == 0
    assert len(journal.refused()) == 1


def test_what_this_program_cannot_apply_is_set_aside(journal: Journal, dana: Desk, expected_log: ExpectedLog) -> None:
    expected_log("SetPresence cannot be applied")
    journal.put_many(
        [
            dana.make(ops.SetPresence, presence="ready", at_us=10**19),  # in no year there is
            dana.make(ops.SetPresence, presence="paused"),
        ]
    )
    journal.drain(dana.database)
    assert journal.waiting_count() == 0
    assert presence_rows(dana.database) == {"": 1}, "what came behind it got through"
    [refused] = journal.refused()
    assert "report" in refused.reason


def test_replay_after_a_crash_between_the_two_commits(journal: Journal, dana: Desk) -> None:
    """The shared database has it, the journal does not know yet."""
    operation = dana.make(ops.SetPresence, presence="ready", reason="once")
    journal.put(operation)
    journal.drain(dana.database)
    journal.put(operation)
    assert not journal.drain(dana.database)
    assert presence_rows(dana.database) == {"once": 1}


def test_drafts(journal: Journal) -> None:
    journal.save_draft("note:1", b"one")
    journal.save_draft("note:2", b"two")
    journal.save_draft("note:1", "jeden, łódź".encode())
    assert journal.draft("note:1") == "jeden, łódź".encode()
    assert list(journal.drafts()) == ["note:2", "note:1"]
    journal.put_many([], finished_drafts=["note:2"])
    assert journal.draft("note:2") is None
    again = Journal(journal.path)
    assert list(again.drafts()) == ["note:1"]
    again.close()


def test_operations_and_drafts_are_kept_together_or_not_at_all(journal: Journal, dana: Desk) -> None:
    journal.save_draft("old", b"done with")
    operation = dana.make(ops.SetPresence, presence="ringing")
    with pytest.raises(DatabaseTrouble):
        journal.put_many([operation], drafts={"call:1": b"new", "call:2": None}, finished_drafts=["old"])  # type: ignore[dict-item]
    assert (journal.pending(), list(journal.drafts())) == ([], ["old"])
    journal.put_many([operation], drafts={"call:1": b"new"}, finished_drafts=["old"])
    assert (journal.pending(), journal.drafts()) == ([operation], {"call:1": b"new"})


def test_typing_does_not_wait_for_the_drain(journal: Journal, dana: Desk) -> None:
    """Two threads, two connections: a drain held up by a locked database holds up no draft."""
    journal.put(dana.make(ops.SetPresence, presence="ready"))
    held = threading.Event()
    release = threading.Event()

    def hold() -> None:
        with dana.database.write():
            held.set()
            assert release.wait(60)

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(30)
    failed: list[DatabaseTrouble] = []

    def drain() -> None:
        try:
            journal.drain(dana.database)
        except DatabaseTrouble as trouble:
            failed.append(trouble)

    drainer = threading.Thread(target=drain)
    drainer.start()
    for number in range(20):
        journal.save_draft("note", str(number).encode())
    assert journal.draft("note") == b"19"
    drainer.join(30)
    release.set()
    holder.join(30)
    assert [trouble.kind for trouble in failed] == [Trouble.LOCKED]


# ------------------------------------------------------------------- damage


def test_a_file_that_is_no_journal_is_set_aside(tmp_path: Path, dana: Desk, expected_log: ExpectedLog) -> None:
    expected_log("journal damaged")
    path = tmp_path / "journal.db"
    path.write_bytes(b"not a journal at all " * 500)
    journal = Journal(path)
    assert "set aside" in journal.notice
    assert [p.name for p in tmp_path.glob("journal.db.damaged-*")]
    journal.put(dana.make(ops.SetPresence, presence="ready"))
    assert journal.waiting_count() == 1
    journal.close()
    again = Journal(path)
    assert again.notice == ""
    assert again.waiting_count() == 1
    again.close()


def test_what_is_readable_of_a_damaged_journal_is_saved(tmp_path: Path, dana: Desk, expected_log: ExpectedLog) -> None:
    expected_log("journal damaged")
    path = tmp_path / "journal.db"
    journal = Journal(path)
    journal.put_many([dana.make(ops.SaveNote, note_id=new_id(), interaction_id=new_id(), text="x") for _ in range(3)])
    journal.save_draft("big", b"y" * 50_000)
    connection = journal._connection()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'draft'").fetchone()[0]
    journal.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    mended = Journal(path)
    assert "3 waiting entries" in mended.notice
    assert mended.waiting_count() == 3
    assert mended.drafts() == {}
    mended.close()


def test_damage_while_running(tmp_path: Path, dana: Desk, expected_log: ExpectedLog) -> None:
    expected_log("journal damaged")
    path = tmp_path / "journal.db"
    journal = Journal(path)
    journal.put(dana.make(ops.SetPresence, presence="ready"))
    journal.close()
    for part in tmp_path.glob("journal.db-*"):
        part.unlink()
    path.write_bytes(b"\0" * 100 + b"\xff" * 8092)
    journal.put(dana.make(ops.SetPresence, presence="paused"))
    assert journal.waiting_count() == 1
    assert "set aside" in journal.notice
    journal.close()


def test_two_threads_that_see_the_damage_mend_it_once(journal: Journal, dana: Desk, expected_log: ExpectedLog) -> None:
    expected_log("journal damaged")
    era = journal._era
    journal._start_anew(era)
    journal.put(dana.make(ops.SetPresence, presence="ready"))
    journal._start_anew(era)
    assert journal.waiting_count() == 1


def test_no_place_for_a_journal(tmp_path: Path) -> None:
    with pytest.raises(DatabaseTrouble) as trouble:
        Journal(tmp_path / "no" / "such" / "folder" / "journal.db")
    assert trouble.value.kind is Trouble.READ_ONLY
    assert "journal" in trouble.value.text


# ------------------------------------------------------------------ kill -9

_WRITER = """
import sys, threading
from pathlib import Path
from uuid import UUID
from agent_desktop import clock
from agent_desktop.data import operations as ops
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.journal import Journal

journal, database = Journal(Path(sys.argv[1])), Database.open(Path(sys.argv[2]))

def drain():
    while True:
        journal.drain(database)

threading.Thread(target=drain, daemon=True).start()
while True:
    key = new_id()
    said = {"op_id": key, "agent_id": UUID(sys.argv[3]), "at_us": clock.now_us()}
    journal.put(ops.SetPresence(**said, presence="ready", reason=str(key)))
    print(key, flush=True)
"""


def test_kill_9_loses_and_doubles_nothing(tmp_path: Path, dana: Desk) -> None:
    """Killed at random moments while it writes and drains; every acknowledged row is there once."""
    journal_file, draw = tmp_path / "journal.db", random.Random(9)
    acknowledged: list[str] = []
    for _ in range(4):
        command = [sys.executable, "-c", _WRITER, str(journal_file), str(dana.database.path), str(dana.agent_id)]
        writer = subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        for _ in range(draw.randrange(20, 150)):
            acknowledged.append(writer.stdout.readline().strip())
        writer.kill()
        acknowledged += [line.strip() for line in writer.stdout if line.endswith("\n")]
        writer.wait(30)
        writer.stdout.close()
    journal = Journal(journal_file)
    journal.drain(dana.database)
    assert journal.waiting_count() == 0
    journal.close()
    rows = presence_rows(dana.database)
    assert len(acknowledged) > 100
    assert not set(acknowledged) - set(rows), "lost"
    assert max(rows.values()) == 1, "doubled"
    assert len(rows) - len(acknowledged) <= 4, "more than was said: at most the one cut off in each run"


def test_drain_in_several_steps(journal: Journal, dana: Desk) -> None:
    call = new_id()
    for number in range(5):
        journal.put(dana.make(ops.SaveNote, note_id=new_id(), interaction_id=call, text=str(number)))
    journal.drain(dana.database, limit=2)
    assert journal.waiting_count() == 3
    journal.drain(dana.database)
    with dana.database.read() as session:
        assert [note.text for note in interactions.notes(session, call)] == ["0", "1", "2", "3", "4"]
