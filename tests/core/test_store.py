"""The door to what is kept: a slow report is no outage, and nothing given to it is forgotten at the end."""

import threading
from typing import Any

import pytest

from agent_desktop import clock, tasks
from agent_desktop.core.store import Store
from agent_desktop.core.views import DatabaseView
from agent_desktop.data import operations as op
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble, Trouble
from agent_desktop.data.ids import new_id
from tests.support.workstation import spin_until


def note(text: str) -> op.SaveNote:
    return op.SaveNote(op_id=new_id(), at_us=clock.now_us(), note_id=new_id(), interaction_id=new_id(), text=text)


def test_a_long_report_is_late_but_the_database_is_not_away(store: Store) -> None:
    told: list[DatabaseView] = []
    failed: list[Exception] = []
    answers: list[int] = []
    store.state_changed.connect(told.append)
    gate = threading.Event()
    store.browse(lambda session: gate.wait(), lambda answer: None, failed.append, deadline_s=0.05)
    spin_until(lambda: failed, "the report is late")
    assert isinstance(failed[0], tasks.Late)
    store.call(lambda session: 1, answers.append)
    spin_until(lambda: answers, "the lane of the pop answers")
    assert store.ready
    assert not [view for view in told if view.trouble]
    gate.set()


def test_many_late_reports_ask_the_database_once_whether_it_answers(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, failed, opened = list[int](), list[Exception](), list[int]()
    check = Database.check_schema
    monkeypatch.setattr(Database, "check_schema", lambda self: [looked.append(1), check(self)])
    store.opened.connect(lambda: opened.append(1))
    reports, pops = threading.Event(), threading.Event()
    store.call(lambda session: pops.wait(), lambda answer: None)
    for _ in range(5):
        store.browse(lambda session: reports.wait(), lambda answer: None, failed.append, deadline_s=0.05)
    spin_until(lambda: len(failed) == 5, "all are late")
    pops.set()
    spin_until(lambda: opened, "they may ask again")
    reports.set()
    assert looked == [1]


def test_a_late_pop_is_an_outage_until_the_lane_answers_again(store: Store) -> None:
    failed: list[Exception] = []
    gate = threading.Event()
    store.call(lambda session: gate.wait(), lambda answer: None, failed.append, deadline_s=0.05)
    spin_until(lambda: failed, "the pop is late")
    assert store.view.trouble
    gate.set()
    spin_until(lambda: store.ready, "it answers again")
    spin_until(lambda: not store.view.trouble, "and that is told")


def test_the_end_tries_once_more_to_keep_what_the_journal_could_not(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_operations: object, **_more: object) -> int:
        raise DatabaseTrouble(Trouble.DISK_FULL)

    store.stop()  # the hour of signing out: no timer helps any more
    with monkeypatch.context() as patched:
        patched.setattr(store.journal, "put_many", full)
        assert not store.put(note("written on a full disk"))
    store.flush()
    assert store.put(), "nothing is only in memory"
    found: list[str] = []
    query = "SELECT text FROM note WHERE text LIKE 'written on%'"
    store.browse(lambda session: session.connection().exec_driver_sql(query).scalar(), found.append)
    spin_until(lambda: found, "an answer")
    assert found == ["written on a full disk"]


def test_what_is_written_together_is_one_step_and_reaches_the_database(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[int] = []
    put_many = store.journal.put_many

    def counted(*given: Any, **more: Any) -> int:
        steps.append(len(given[0]) + len(more["drafts"]))
        return put_many(*given, **more)

    monkeypatch.setattr(store.journal, "put_many", counted)
    with store.together():
        assert store.put(note("together one"))
        assert store.keep_draft("call:1", b"a copy")
        with store.together():
            assert store.put(note("together two"))
        assert steps == []
    assert steps == [3]
    assert store.put()
    assert store.journal.draft("call:1") == b"a copy"
    spin_until(lambda: not store.journal.waiting_count(), "it is sent")
    found: list[int] = []
    query = "SELECT count(*) FROM note WHERE text LIKE 'together%'"
    store.browse(lambda session: session.connection().exec_driver_sql(query).scalar(), found.append)
    spin_until(lambda: found, "an answer")
    assert found == [2]


def test_what_could_not_be_kept_together_is_told_and_tried_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_operations: object, **_more: object) -> int:
        raise DatabaseTrouble(Trouble.DISK_FULL)

    with monkeypatch.context() as patched:
        patched.setattr(store.journal, "put_many", full)
        with store.together():
            store.put(note("on a full disk"))
            store.keep_draft("call:1", b"a copy")
        assert not store.put()
        assert store.view.trouble
    assert store.put()
    assert store.journal.draft("call:1") == b"a copy"
    assert not store.view.trouble
