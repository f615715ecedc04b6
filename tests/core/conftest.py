"""The store of a small company, without a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from agent_desktop import tasks
from agent_desktop.core.store import Store
from agent_desktop.data.journal import Journal
from agent_desktop.paths import Profile
from tests.support.workstation import company, spin_until


@pytest.fixture
def unopened(tmp_path: Path, qtbot: QtBot) -> Iterator[Store]:
    """Not open before ``start``: the database is still out of reach."""
    profile = Profile(tmp_path / "desk")
    company(profile)
    lanes, journal = tasks.Tasks(), Journal(profile.journal_file)
    made = Store(profile.database_file, journal, lanes)
    yield made
    made.stop()
    lanes.stop()
    made.close()
    journal.close()


@pytest.fixture
def store(unopened: Store) -> Store:
    """Open."""
    unopened.start()
    spin_until(lambda: unopened.ready, "the database is open")
    return unopened
