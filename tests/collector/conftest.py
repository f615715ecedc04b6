"""A centre whose PBX has written files: people with extensions, a queue, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from agent_desktop.data import agents
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Queue
from agent_desktop.data.sql import table_of
from tests.support.made_once import empty_database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(empty_database(tmp_path / "shared.db"))
    with opened.write() as session:
        agents.create_agent(session, "Dana Okafor", "dana", extension="1001")
        agents.create_agent(session, "Jonas Lind", "jonas", extension="1002")
        session.execute(insert(table_of(Queue)).values(id=new_id(), name="support", label="Support"))
    yield opened
    opened.close()
