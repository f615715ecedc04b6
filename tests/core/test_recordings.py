"""Recordings of a real workstation in a real call: consent, pauses, the way to the store, and every way it can fail."""

import hashlib
import json
import os
import resource
import signal
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from agent_desktop.core import recording_review, recordings
from agent_desktop.core.call import CONSULT
from agent_desktop.core.recording_spool import Delivered, deliver
from agent_desktop.core.recordings import Recordings
from agent_desktop.core.states import CallState
from agent_desktop.core.views import RecordingView
from agent_desktop.data.words import Consent
from agent_desktop.settings import Recording
from agent_desktop.telephony import messages as m
from agent_desktop.telephony.engine_process import running
from tests.support import sip
from tests.support.desktop_process import DesktopProcess
from tests.support.talk import connected
from tests.support.workstation import MARTA, Bench

pytestmark = pytest.mark.usefixtures("qapp")
ROW = "SELECT hex(id), state, consent, trouble, place, sha256, bytes, gaps, ended_at - started_at FROM recording"
CHUNK = 65_552


class Desk(Bench):
    """A workstation that may record, and a caller."""

    def __init__(self, folder: Path):
        super().__init__(folder)
        self.keys = folder / "review"
        self.keys.mkdir()
        self.key = self.keys / "key.txt"
        self.public = recording_review.make_key(self.key)
        self.store_folder = folder / "store"
        self.store_folder.mkdir()
        self.spool = self.profile.spool_dir
        self.caller: sip.EngineDriver | None = None

    @property
    def recordings(self) -> Recordings:
        assert self.core is not None
        return self.core.recordings

    @property
    def policy(self) -> Recording:
        return Recording(
            enabled=True, public_key=self.public, store=str(self.store_folder), consent="announced", resume_after_s=5
        )

    def begin(self, **changes: Any) -> "Desk":
        self.start()
        policy = self.policy
        for name, value in changes.items():
            setattr(policy, name, value)
        self.recordings.apply(policy)
        return self

    def talk(self) -> None:
        self.caller = self.caller or self.other()
        self.ring(self.caller)
        self.session.calls.answer()
        self.until(lambda: self.session.book.views()[0].state is CallState.TALKING, "talking")

    def view(self) -> RecordingView | None:
        return self.recordings.view()

    def until_view(self, state: str) -> RecordingView:
        self.until(lambda: (view := self.view()) is not None and view.state == state, state)
        view = self.view()
        assert view is not None
        return view

    def written(self, chunks: int) -> None:
        """Wait until so much of the running recording is on the disk: a second each."""
        self.until(lambda: any(f.stat().st_size > chunks * CHUNK for f in self.spool.iterdir()), f"{chunks} s recorded")

    def record(self) -> None:
        self.recordings.toggle()
        self.until_view("recording")

    def row(self, state: str) -> dict[str, Any]:
        self.arrives(f"{ROW} WHERE state = ?", state)
        names = ("id", "state", "consent", "trouble", "place", "sha256", "bytes", "gaps", "us")
        [found] = self.rows(ROW)
        return dict(zip(names, found, strict=True))

    def gone_from_here(self) -> None:
        """Nothing of it is left on this computer, neither file nor draft."""
        assert self.core is not None
        journal = self.core.journal
        self.until(
            lambda: (
                not list(self.spool.iterdir())
                and not [key for key in journal.drafts() if key.startswith(recordings.PREFIX)]
            ),
            "the spool is empty",
        )

    def heard(self, row: dict[str, Any], *, complete: bool = True) -> float:
        """Seconds of what is in the store, after the reviewer's key."""
        file = self.store_folder / row["place"]
        assert hashlib.sha256(file.read_bytes()).hexdigest() == row["sha256"]
        assert file.stat().st_size == row["bytes"]
        told = recording_review.decrypt(file, self.key, self.keys / "heard.wav")
        assert told.complete is complete
        return told.seconds


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(recordings, "RETRY_MS", (50, 200))
    made = Desk(tmp_path / "desk")
    yield made
    made.stop()


def test_nothing_is_recorded_unless_somebody_switched_it_on(desk: Desk) -> None:
    desk.start()
    desk.talk()
    assert desk.view() is None
    desk.recordings.toggle()
    assert desk.notices == ["Recording is off in the settings."]
    desk.recordings.apply(Recording(enabled=True))
    desk.recordings.toggle()
    assert "needs the centre’s public key" in desk.notices[-1]
    desk.session.calls.end()
    desk.until(lambda: not desk.session.book.running(), "the call is over")
    assert not desk.spool.exists()
    assert desk.rows(ROW) == []


def test_from_consent_to_the_store(desk: Desk) -> None:
    asked: list[bool] = []
    desk.begin(consent="ask", resume_after_s=60)
    desk.recordings.consent_wanted.connect(lambda: asked.append(True))
    desk.talk()
    desk.recordings.toggle()
    assert asked
    assert desk.view() == RecordingView(desk.session.book.current().call_id)
    desk.recordings.consent_given(Consent.SAID_YES)
    started = desk.until_view("recording").started_at
    assert started is not None
    assert desk.row("recording")["consent"] == "said_yes"
    desk.recordings.toggle_pause()
    paused = desk.until_view("paused")
    assert paused.paused_at is not None
    assert paused.resumes_at is not None
    assert (paused.resumes_at - paused.paused_at).total_seconds() == pytest.approx(60, abs=0.1)
    desk.recordings.toggle_pause()
    assert desk.until_view("recording").started_at == started
    desk.recordings.toggle()
    desk.until_view("off")
    row = desk.row("stored")
    [gap] = json.loads(row["gaps"])
    assert (gap["reason"], gap["ended_by"]) == (recordings.PAUSE_REASON, "agent")
    assert gap["start_us"] < gap["end_us"]
    assert row["trouble"] == ""
    assert row["place"] == f"{started:%Y/%m/%d}/{desk_id(row['id'])}.wav.age"
    assert desk.heard(row) == pytest.approx(row["us"] / 1e6, abs=0.7)
    desk.gone_from_here()
    [(agent, interaction)] = desk.rows("SELECT consent_by, interaction_id FROM recording WHERE consent_at IS NOT NULL")
    assert agent == desk.session.agent.id.bytes
    assert interaction == desk.session.book.current().interaction_id.bytes
    assert desk.rows("SELECT 1 FROM leg l JOIN recording r ON r.leg_id = l.id") == [(1,)]


def desk_id(text: str) -> str:
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}".lower()


def test_the_end_of_the_call_ends_it_and_a_pause_ends_by_itself(desk: Desk) -> None:
    desk.begin()
    desk.recordings.policy.resume_after_s = 1
    desk.talk()
    desk.record()
    desk.recordings.toggle_pause()
    desk.until_view("paused")
    desk.until_view("recording")
    desk.session.calls.end()
    row = desk.row("stored")
    assert [gap["ended_by"] for gap in json.loads(row["gaps"])] == ["timer"]
    desk.heard(row)
    desk.gone_from_here()


@pytest.mark.parametrize("colleague", [False, True])
def test_it_goes_on_when_the_line_is_moved_but_not_to_a_customer_who_was_not_asked(desk: Desk, colleague: bool) -> None:
    desk.begin(consent="said_yes")
    desk.talk()
    call = desk.session.book.current()
    call.purpose = CONSULT if colleague else ""
    desk.record()
    assert desk.caller is not None
    third = desk.other(follow_transfers=True)
    connected(desk.caller, third, "moved")
    theirs = desk.caller.of(m.Dialling)[0].call_id
    desk.caller.send(m.TransferToCall(call_id="moved", to_call_id=theirs))
    desk.until(lambda: (now := desk.session.book.current()) is not None and now is not call, "the new dialog")
    if colleague:
        desk.until_view("off")
        desk.until(lambda: any("has not been asked" in notice for notice in desk.notices), "it is told")
    else:
        desk.until(lambda: desk.view().call_id != call.call_id and desk.view().state == "recording", "it goes on")
        desk.until(lambda: desk.session.book.views()[0].state is CallState.TALKING, "talking")
        desk.session.calls.end()
    row = desk.row("stored")
    assert [(gap["reason"], gap["ended_by"]) for gap in json.loads(row["gaps"])] == [("replaced", "new_dialog")]
    desk.heard(row)


def test_a_store_that_cannot_be_reached_is_told_and_tried_again(desk: Desk) -> None:
    away = desk.store_folder.rename(desk.store_folder.with_name("away"))
    desk.begin()
    desk.talk()
    desk.record()
    desk.recordings.toggle()
    desk.until(lambda: desk.notices, "it is told")
    assert "cannot be copied to the store" in desk.notices[0]
    assert desk.row("spooled")["place"] == ""
    desk.until(lambda: desk.recordings._failures > 2, "it is tried again")
    assert len(desk.notices) == 1, "told once"
    assert len(list(desk.spool.iterdir())) == 1
    assert desk.recordings.waiting == 1
    assert not desk.store_folder.exists()
    away.rename(desk.store_folder)
    desk.heard(desk.row("stored"))
    desk.gone_from_here()
    assert desk.recordings.waiting == 0


def test_nothing_goes_from_here_before_the_database_knows_where_it_is(desk: Desk) -> None:
    desk.begin()
    assert desk.core is not None
    core = desk.core
    desk.until(lambda: core.store.ready, "the database")
    desk.talk()
    desk.record()
    desk.row("recording")
    other = sqlite3.connect(desk.profile.database_file, isolation_level=None)
    with closing(other):
        other.execute("BEGIN IMMEDIATE")  # it answers questions, and takes nothing
        desk.recordings.toggle()
        desk.until(lambda: list(desk.store_folder.rglob("*.age")), "copied")
        desk.until(lambda: core.store.view.trouble, "the database is told to be busy")
        failures = core.store._failures
        desk.until(lambda: core.store._failures > failures, "it is tried again")
        assert len(list(desk.spool.iterdir())) == 1
        other.execute("ROLLBACK")
    desk.heard(desk.row("stored"))
    desk.gone_from_here()


def test_a_store_that_hangs_is_not_asked_twice_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answers = threading.Event()

    def hang(source: Path, store: Path, place: str, stop: threading.Event) -> Delivered:
        asked.append(place)
        assert answers.wait(30)
        return deliver(source, store, place, stop)

    monkeypatch.setattr(recordings.recording_spool, "deliver", hang)
    monkeypatch.setattr(recordings, "COPY_WITHIN_S", 0.05)
    desk.begin()
    desk.talk()
    desk.record()
    desk.recordings.toggle()
    desk.until(lambda: desk.recordings._failures > 3, "it is given up and looked at again")
    assert len(asked) == 1
    assert "cannot be copied to the store" in desk.notices[0]
    monkeypatch.setattr(recordings, "COPY_WITHIN_S", 10.0)
    answers.set()
    desk.heard(desk.row("stored"))
    desk.gone_from_here()


def test_a_full_disk_is_told_and_the_call_goes_on(desk: Desk) -> None:
    desk.begin()
    desk.talk()
    address = running(desk.profile.engine_dir)
    assert address is not None
    resource.prlimit(address.pid, resource.RLIMIT_FSIZE, (CHUNK + 30_000, resource.RLIM_INFINITY))
    desk.record()
    desk.until(lambda: desk.notices, "it is told")
    assert desk.notices == ["The disk of this computer is full: the recording stopped. The call goes on."]
    assert desk.session.book.current().state is CallState.TALKING
    desk.until_view("off")
    row = desk.row("stored")
    assert row["trouble"] == "disk_full"
    assert desk.heard(row, complete=False) == pytest.approx(1.02, abs=0.01)
    desk.gone_from_here()


def test_what_a_killed_engine_wrote_gets_into_the_store(desk: Desk, expected_log: Any) -> None:
    expected_log("the phone engine is gone: signal SIGKILL")
    desk.begin()
    desk.talk()
    desk.record()
    desk.written(2)
    desk.recordings.toggle_pause()
    desk.until_view("paused")
    address = running(desk.profile.engine_dir)
    assert address is not None
    os.kill(address.pid, signal.SIGKILL)
    row = desk.row("stored")
    assert row["trouble"] == "engine"
    assert [gap["ended_by"] for gap in json.loads(row["gaps"])] == ["end"]
    assert desk.heard(row, complete=False) >= 2
    desk.gone_from_here()


class Killed:
    """A desktop in a process of its own that records, and the one that comes after it."""

    def __init__(self, desk: Desk):
        self.desk = desk
        self.process = DesktopProcess(desk.profile.root, desk.port).ready()
        self.process.ask("recording", public_key=desk.public, store=str(desk.store_folder))
        desk.caller = desk.other()
        target = f"sip:agent@{sip.HOST}:{desk.port}"
        desk.caller.send(m.Dial(call_id="c", target=target, from_user=MARTA))
        self.process.until_calls("ringing")
        self.process.tell("answer")
        self.process.until_calls("talking")
        self.process.ask("record")
        self.until("recording")
        desk.written(1)

    def until(self, state: str) -> None:
        self.process.until(lambda: (self.process.said.get("recorded") or {}).get("state") == state, state)


@pytest.fixture
def killed(desk: Desk) -> Iterator[Killed]:
    made = Killed(desk)
    yield made
    made.process.close()
    address = running(desk.profile.engine_dir)
    if address is not None and desk.core is None:
        os.kill(address.pid, signal.SIGKILL)


def test_a_killed_desktop_takes_its_recording_over(killed: Killed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recordings, "SETTLE_MS", 0)  # what the engine does not name at once is given up
    desk = killed.desk
    killed.process.ask("pause_recording")
    killed.until("paused")
    started = killed.process.said["recorded"]["started_at"]
    killed.process.kill()
    [file] = desk.spool.iterdir()
    size = file.stat().st_size
    sip.until(lambda: file.stat().st_size > size, "it goes on without a desktop")
    desk.begin()
    view = desk.until_view("paused")
    assert view.started_at is not None
    assert view.started_at.isoformat() == started
    assert view.resumes_at is not None
    desk.recordings.toggle_pause()
    desk.until_view("recording")
    desk.recordings.toggle()
    row = desk.row("stored")
    assert [gap["ended_by"] for gap in json.loads(row["gaps"])] == ["agent"]
    assert row["trouble"] == ""
    assert desk.heard(row) > 2
    desk.gone_from_here()
    assert desk.session.book.current().state is CallState.TALKING


def test_a_recording_that_ended_while_no_desktop_was_there_gets_into_the_store(killed: Killed) -> None:
    desk = killed.desk
    killed.process.kill()
    assert desk.caller is not None
    desk.caller.send(m.HangUp(call_id="c"))
    desk.caller.wait(m.CallEnded)
    desk.begin()
    row = desk.row("stored")
    assert row["trouble"] == ""
    assert desk.heard(row) > 1
    desk.gone_from_here()


def test_desktop_and_engine_killed_leave_what_was_written(killed: Killed) -> None:
    desk = killed.desk
    killed.process.kill()
    address = running(desk.profile.engine_dir)
    assert address is not None
    os.kill(address.pid, signal.SIGKILL)
    desk.begin()
    row = desk.row("stored")
    assert row["trouble"] == "engine"
    assert desk.heard(row, complete=False) > 1
    desk.gone_from_here()
