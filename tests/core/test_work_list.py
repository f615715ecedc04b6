"""The work list while the database is away: what was seen last, with its age, also by the next start."""

from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from agent_desktop import tasks
from agent_desktop.core.store import Store
from agent_desktop.core.work_list import WorkList
from agent_desktop.data import agents
from agent_desktop.data.cache import Cache
from agent_desktop.data.journal import Journal
from agent_desktop.paths import Profile
from tests.support.workstation import company, spin_until


def test_what_was_seen_last_is_shown_with_its_age(tmp_path: Path, qtbot: QtBot) -> None:
    profile = Profile(tmp_path / "desk")
    company(profile)
    lanes, journal, cache = tasks.Tasks(), Journal(profile.journal_file), Cache(tmp_path / "cache.db")
    store = Store(profile.database_file, journal, lanes, cache=cache)
    work = WorkList(store, lambda *_who: None)
    try:
        store.start()
        found: list[Any] = []
        store.opened.connect(lambda: store.call(lambda s: agents.agent_by_login(s, "dana"), found.append))
        spin_until(lambda: found, "who works here")
        work.agent_id = found[0].id
        work.load()
        spin_until(lambda: work.items, "the list")
        spin_until(lambda: cache.find("work", tuple), "it is remembered")
        assert work.as_of is None
        profile.database_file.rename(tmp_path / "aside.db")
        store.call(lambda session: session.connection(), lambda _: None)
        spin_until(lambda: work.as_of is not None, "it is marked while the database is away")
        next_start = WorkList(Store(tmp_path / "nowhere.db", journal, lanes, cache=cache), lambda *_who: None)
        next_start.agent_id = work.agent_id
        next_start.load()
        assert (next_start.items, next_start.as_of is not None) == (work.items, True)
        (tmp_path / "aside.db").rename(profile.database_file)
        spin_until(lambda: work.as_of is None, "as it is now")
    finally:
        store.stop()
        lanes.stop()
        store.close()
        journal.close()
