"""The shared database away in every way it can be: told in words, the call goes on, nothing is missing afterwards."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent_desktop.core.states import CallState
from agent_desktop.core.views import DatabaseView, WrapUpResult
from agent_desktop.data.words import Presence
from agent_desktop.paths import Profile
from agent_desktop.telephony import messages as m
from tests.support import sip
from tests.support.desktop_process import DesktopProcess
from tests.support.workstation import MARTA, Bench, company

pytestmark = pytest.mark.usefixtures("qapp")
LINKED = "o.1"


class Watched(Bench):
    """A workstation and everything its database state said."""

    def __init__(self, folder: Path, **more: object):
        super().__init__(folder, port=sip.free_port(24_000, 24_900), **more)  # type: ignore[arg-type]
        self.states: list[DatabaseView] = []
        self.caller: sip.EngineDriver | None = None

    def begin(self) -> "Watched":
        self.caller = self.other()
        self.start()
        assert self.core is not None
        self.core.store.state_changed.connect(self.states.append)
        return self

    @property
    def view(self) -> DatabaseView:
        assert self.core is not None
        return self.core.store.view

    def well(self) -> None:
        assert self.core is not None
        self.until(lambda: self.core and self.core.store.ready, "the database answers")

    def told(self, words: str, advice: str) -> None:
        """The state says so, in words and with what to do."""
        self.until(lambda: self.view.trouble, "the trouble is told")
        assert words in self.view.trouble
        assert advice in self.view.advice

    def take_a_call(self, pop: str) -> None:
        """Ring, pop, answer, note, hang up, complete: as if nothing were."""
        assert self.caller is not None
        self.ring(self.caller, X_Call_Linkedid=LINKED)
        self.until(lambda: self.session.pop_view() and self.session.pop_view().state == pop, f"the pop says {pop}")
        self.session.calls.answer()
        self.until(lambda: self.session.book.views()[0].state is CallState.TALKING, "talking")
        self.session.note_typed("taken in the dark")

    def complete(self) -> None:
        self.session.calls.end()
        self.until(lambda: self.session.presence_view().presence is Presence.WRAP_UP, "wrap-up")
        result = WrapUpResult(self.session.focus(), None, "as agreed", "taken in the dark")
        self.session.complete_wrap_up(result)
        assert self.session.presence_view().presence is Presence.READY

    def arrived(self) -> None:
        """Everything is there exactly once, nothing is left here, and all is said to be well."""
        assert self.core is not None
        self.until(lambda: self.core and self.core.store.ready and not self.core.journal.waiting_count(), "all is sent")
        query = "SELECT 1 FROM interaction WHERE linked_id = ? AND customer_id IS NOT NULL"
        self.arrives(query, LINKED)  # asked once the database answers again, if not before
        assert_once(self)
        self.until(lambda: self.view == DatabaseView(), "told to be well")
        assert self.core.journal.drafts().keys() <= {"cache:centre"}


def assert_once(bench: Bench) -> None:
    [(interaction, *rest)] = bench.rows(
        "SELECT i.id, i.outcome, i.ended_at IS NOT NULL, c.name FROM interaction i "
        "LEFT JOIN customer c ON c.id = i.customer_id WHERE i.linked_id = ?", LINKED
    )  # fmt: skip
    assert rest == ["answered", 1, "Marta Kowalczyk"]
    assert bench.rows("SELECT outcome FROM leg WHERE interaction_id = ?", interaction) == [("answered",)]
    assert bench.rows("SELECT text FROM note WHERE interaction_id = ?", interaction) == [("taken in the dark",)]
    assert bench.rows("SELECT reason FROM wrap_up WHERE interaction_id = ?", interaction) == [("as agreed",)]
    assert bench.rows("SELECT 1 FROM work_item WHERE interaction_id = ?", interaction) == []


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Watched]:
    made = Watched(tmp_path / "desk")
    yield made
    made.stop()


def aside(bench: Bench) -> Path:
    """Take the database file away, with what belongs to it."""
    home = bench.profile.root / "aside"
    home.mkdir()
    for suffix in ("-shm", "-wal", ""):
        part = bench.profile.database_file.with_name(bench.profile.database_file.name + suffix)
        if part.exists():
            part.rename(home / part.name)
    return home


def bring_back(bench: Bench, home: Path) -> None:
    for suffix in ("-shm", "-wal", ""):
        part = home / (bench.profile.database_file.name + suffix)
        if part.exists():
            part.rename(bench.profile.database_file.with_name(part.name))


def test_locked_by_another_process(bench: Watched) -> None:
    bench.begin().well()
    hold = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN EXCLUSIVE'); "
    hold += "print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(bench.profile.database_file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        bench.take_a_call("found")  # who reads does not wait for who writes
        bench.told("Another program is using the database", "Close other programs")
        bench.complete()
        assert bench.view.waiting
        assert not [view for view in bench.states if not view.trouble and view.waiting], bench.states
        said = len([view for view in bench.states if not view.trouble])
        assert bench.core is not None
        failures = bench.core.store._failures
        bench.until(lambda: bench.core and bench.core.store._failures > failures, "it is tried again")
        assert len([view for view in bench.states if not view.trouble]) == said, "a try is no recovery"
        holder.communicate(b"")
    bench.arrived()


def test_removed_while_running(bench: Watched) -> None:
    bench.begin().well()
    home = aside(bench)
    bench.take_a_call("offline")
    assert bench.session.pop_view().trouble == "The database is not there."
    bench.told("The database is not there.", "Check the path")
    bench.complete()
    assert not bench.profile.database_file.exists(), "no empty one in its place"
    bring_back(bench, home)
    bench.arrived()


def test_another_file_in_its_place(bench: Watched) -> None:
    """A backup put back under a running program: what was entered since goes into the one that has the name."""
    bench.begin().well()
    company(Profile(bench.profile.root / "backup"))
    os.replace(bench.profile.root / "backup" / "agent-desktop.db", bench.profile.database_file)
    for suffix in ("-shm", "-wal"):
        bench.profile.database_file.with_name(bench.profile.database_file.name + suffix).unlink(missing_ok=True)
    assert bench.caller is not None
    bench.ring(bench.caller, X_Call_Linkedid=LINKED)
    bench.session.calls.answer()
    bench.until(lambda: bench.session.book.views()[0].state is CallState.TALKING, "talking")
    bench.until(lambda: bench.session.pop_view().state == "found", "the pop, once it is noticed")
    bench.session.note_typed("taken in the dark")
    bench.complete()
    bench.arrived()


def test_a_wrong_path_at_the_start(tmp_path: Path) -> None:
    right = tmp_path / "shared" / "centre.db"
    bench = Watched(tmp_path / "desk", database=str(right))
    try:
        bench.begin()
        bench.take_a_call("offline")
        bench.told("The database is not there.", "Check the path")
        bench.complete()
        assert not right.exists(), "a slip makes no empty database"
        right.parent.mkdir()
        bench.profile.database_file.rename(right)
        bench.profile.database_file.symlink_to(right)  # for the questions of this test
        bench.arrived()
    finally:
        bench.stop()


def test_damaged_at_the_start_and_put_back(bench: Watched) -> None:
    good = bench.profile.root / "good.db"
    bench.profile.database_file.rename(good)
    bench.profile.database_file.write_bytes(b"this is no database\n" * 500)
    bench.begin()
    bench.take_a_call("offline")
    assert bench.session.pop_view().trouble == "The database file is damaged."
    bench.told("The database file is damaged.", "Put back a backup copy")
    bench.complete()
    bench.profile.database_file.unlink()
    bench.until(lambda: "not there" in bench.view.trouble, "it is noticed")
    assert not bench.profile.database_file.exists(), "no empty one where the copy will be"
    os.replace(good, bench.profile.database_file)
    bench.arrived()


def set_schema(file: Path, version: str) -> None:
    with closing(sqlite3.connect(file, timeout=5)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))


@pytest.mark.parametrize("when", ["at the start", "while running"])
def test_a_newer_schema_is_not_touched(bench: Watched, when: str) -> None:
    file = bench.profile.database_file
    [(version,)] = bench.rows("SELECT version_num FROM alembic_version")
    if when == "at the start":
        set_schema(file, "9999")
        bench.begin()
        bench.take_a_call("offline")
    else:
        bench.begin().well()
        set_schema(file, "9999")
        bench.take_a_call("found")
    bench.told("made by a newer version", "Update this workstation")
    bench.complete()
    assert bench.rows("SELECT 1 FROM interaction WHERE linked_id = ?", LINKED) == []
    set_schema(file, version)
    bench.arrived()


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that any user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="ad-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def ring_process(bench: Bench, process: DesktopProcess) -> None:
    headers = (("X-Call-Linkedid", LINKED),)
    target = f"sip:agent@{sip.HOST}:{bench.port}"
    bench.other().send(m.Dial(call_id="c", target=target, headers=headers, from_user=MARTA))
    process.until_calls("ringing")
    process.until(lambda: process.said.get("pop") == "found", "the pop")
    process.tell("answer")
    process.until_calls("talking")
    process.ask("note", text="taken in the dark")


def complete_in_process(process: DesktopProcess) -> None:
    process.tell("end")
    process.until(lambda: process.said.get("presence") == "wrap_up", "wrap-up")
    process.ask("complete", note="taken in the dark")
    process.until(lambda: process.said.get("presence") == "ready", "ready again")


def test_a_file_that_may_not_be_written(public_folder: Path) -> None:
    bench = Bench(public_folder / "desk", port=sip.free_port(24_000, 24_900))
    process = DesktopProcess(bench.profile.root, bench.port).ready()
    try:
        process.ask("become_nobody")
        file = bench.profile.database_file
        copy = file.with_name("copy.db")
        company(Profile(bench.profile.root / "other"))
        os.replace(bench.profile.root / "other" / file.name, copy)
        copy.chmod(0o444)
        for suffix in ("-wal", "-shm"):
            file.with_name(file.name + suffix).unlink(missing_ok=True)
        os.replace(copy, file)
        ring_process(bench, process)
        words = "The database cannot be written."
        process.until(lambda: process.said.get("database", {}).get("trouble") == words, "the trouble is told")
        assert "Check the permissions" in process.said["database"]["advice"]
        complete_in_process(process)
        assert bench.rows("SELECT 1 FROM interaction WHERE linked_id = ?", LINKED) == []
        for part in file.parent.glob(file.name + "*"):  # with the two that whoever looked in has made beside it
            part.chmod(0o666)
        process.until(lambda: not process.said["database"]["trouble"], "well again")
        bench.arrives("SELECT 1 FROM wrap_up w JOIN interaction i ON i.id = interaction_id WHERE linked_id = ?", LINKED)
        assert_once(bench)
    finally:
        process.end()
        bench.stop()


def test_a_full_disk_is_told_and_what_was_entered_is_kept_once_there_is_space(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "desk", port=sip.free_port(24_000, 24_900))
    process = DesktopProcess(bench.profile.root, bench.port).ready()
    try:
        process.ask("limit_files", bytes_=1)
        ring_process(bench, process)
        assert "journal cannot be written" in process.said["database"]["trouble"]
        assert "only in memory" in process.said["database"]["advice"]
        complete_in_process(process)
        assert bench.rows("SELECT 1 FROM interaction WHERE linked_id = ?", LINKED) == []
        process.ask("limit_files", bytes_=0)
        process.until(lambda: not process.said["database"]["trouble"], "well again")
        bench.arrives("SELECT 1 FROM wrap_up w JOIN interaction i ON i.id = interaction_id WHERE linked_id = ?", LINKED)
        process.kill()
        bench.start()
        bench.until(lambda: bench.core and not bench.core.journal.waiting_count(), "nothing waits")
        assert bench.session.wrap_up_view() is None, "it is not asked for again"
        assert_once(bench)
    finally:
        process.close()
        bench.stop()
