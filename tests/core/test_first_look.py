"""Home's day, read by another process before this one has opened its database."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy

from agent_desktop import clock
from agent_desktop.core import centre as centres
from agent_desktop.core import first_look, home
from agent_desktop.core.workstation import Core, build_core
from agent_desktop.data import queues, work
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.db import Database
from agent_desktop.data.first_look import Looking
from agent_desktop.data.ids import new_id
from agent_desktop.data.journal import Journal
from agent_desktop.data.words import QueueEventKind
from agent_desktop.paths import Profile
from tests.support.workstation import company, settings, spin_until

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def core(tmp_path: Path) -> Iterator[Core]:
    """A workstation that knows from last time who works here."""
    profile = Profile(tmp_path / "desk")
    company(profile)
    with closing(Database.open(profile.database_file)) as database, database.read() as session:
        known = centres.load(session)
    with closing(Journal(profile.journal_file, own=True)) as journal:
        journal.save_draft(centres.CACHE_KEY, centres.encode(known))
    made = build_core(profile, settings(0))
    yield made
    end(made)


def end(core: Core) -> None:
    core.store.stop()
    core.tasks.stop()
    core.store.close()
    core.journal.close()
    core.lock.unlock()


@pytest.fixture
def looking() -> Iterator[Looking]:
    with closing(Looking()) as made:
        yield made


def ask(core: Core, looking: Looking) -> QSignalSpy:
    settled = QSignalSpy(core.first_look.settled)
    core.first_look.ask(looking, str(core.store.where), str)
    assert core.first_look.asked
    return settled


def settled_as(spy: QSignalSpy) -> list[bool]:
    spin_until(lambda: spy.count(), "it is settled")
    return [spy.at(number)[0] for number in range(spy.count())]


def enter_queue(core: Core) -> None:
    """A caller comes, as any PBX tells it."""
    row = QueueEventRow(clock.now(), QueueEventKind.ENTERED, "t", 1, core.live.board.queues[0], new_id(), "", None, {})
    with closing(Database.open(core.profile.database_file)) as database, database.write() as session:
        queues.record_events(session, [row])


def test_home_is_filled_before_the_database_is_open_and_each_event_counts_once(
    core: Core, looking: Looking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_look, "WITHIN_MS", 60_000)
    shown = QSignalSpy(core.home.changed)
    settled = ask(core, looking)
    core.first_look.take()
    assert settled_as(settled) == [True]
    assert not core.store.ready
    assert core.live.knows_the_day
    view, entered = shown.at(shown.count() - 1)[0], core.live.board.tally().entered
    agent = core.session.agent
    assert agent is not None
    with closing(Database.open(core.profile.database_file)) as database, database.read() as session:
        assert (view.figures, view.recent) == home._own_day(session, agent.id, core.live.board.zone)
        assert core.work.items == work.open_work(session, agent.id)
        stored = queues.events_between(session, core.live.board.load_from, clock.now())
    assert view.recent
    assert view.team_states
    assert entered == sum(1 for row in stored if row.kind == "entered" and row.at >= core.live.board.day.start)
    enter_queue(core)
    core.store.start()
    spin_until(lambda: core.live.board.tally().entered > entered, "the board goes on from there")
    core.live.look()
    spin_until(lambda: not core.live._asking, "and has looked again")
    assert core.live.board.tally().entered == entered + 1


@pytest.mark.parametrize("how", ["no database", "it was ended", "too late", "a call"])
def test_the_start_goes_on_without_an_answer(
    core: Core, looking: Looking, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_look, "WITHIN_MS", 0 if how == "too late" else 60_000)
    if how == "no database":
        core.profile.database_file.unlink()
    settled = ask(core, looking)
    if how == "it was ended":
        looking.close()
    core.first_look.take()
    if how == "a call":
        core.session.calls_changed.emit(("a call",))
    assert settled_as(settled) == [False]
    assert not core.live.knows_the_day
    assert core.profile.database_file.exists() is (how != "no database")


def test_at_the_first_start_nobody_is_asked(tmp_path: Path, looking: Looking) -> None:
    core = build_core(Profile(tmp_path / "new"), settings(0))
    try:
        core.first_look.ask(looking, str(core.store.where), str)
        assert not core.first_look.asked
    finally:
        end(core)
