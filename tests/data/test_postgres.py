"""What is tested on a file also on a real server: all that the desktop reads and writes, as an agent may."""

import inspect
from collections.abc import Iterator
from types import ModuleType

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from agent_desktop.data.base import Base
from agent_desktop.data.db import Database
from tests.data import (
    test_agents,
    test_apply_calls,
    test_apply_customers,
    test_apply_tickets,
    test_interactions,
    test_journal,
    test_recordings,
    test_search,
    test_tickets,
    test_work,
)
from tests.data.conftest import Desk, _agent_id, modelled
from tests.support.postgres import Server

_MODULES = (
    *(test_agents, test_apply_calls, test_apply_customers, test_apply_tickets, test_interactions, test_journal),
    *(test_recordings, test_search, test_tickets, test_work),
)
_LEFT_OUT = (  # what tells of files only, or tells the same again
    "found_by_login",  # counts the rows of an empty table
    "set_aside",  # a trigger in SQLite's words
    "typing_does_not_wait",  # one writer locks the whole file
    "kill_9",
    "put_is_durable",
    "filters",  # many rows of one statement: no right is asked that the others do not ask
    "the_list_of_calls",
    "nobody_has_counted",  # asks SQLite for its plan
    "any_order_of_operations",  # compares rows as a file holds them
    "a_taken_number_gets",  # takes it by a statement that no agent may say
    "handed_to_a_plain_phone",  # the collector writes that: test_postgres_at_once.py
)


def _told(module: ModuleType) -> Iterator[tuple[str, object]]:
    for name, value in vars(module).items():
        if type(value).__name__ == "FixtureFunctionDefinition":
            yield name, value
        if not name.startswith("test_") or not callable(value) or any(word in name for word in _LEFT_OUT):
            continue
        wanted = set(inspect.signature(value).parameters)
        if wanted & {"dana", "database"} and "database_file" not in wanted:
            yield f"test_{module.__name__.rpartition('.test_')[2]}__{name.removeprefix('test_')}", value


for _module in _MODULES:
    globals().update(_told(_module))


@pytest.fixture
def database(server: Server, centre: str) -> Iterator[Database]:
    """The centre's database as its owner sees it: what tests prepare and look up."""
    opened = Database.open(server.url(centre))
    yield opened
    opened.close()


@pytest.fixture
def dana(server: Server, centre: str, database: Database) -> Iterator[Desk]:
    """A workstation signed in as Dana, in the role agent."""
    opened = Database.open(server.url(centre, "dana", "dana"))
    yield Desk(opened, _agent_id(database, "dana"))
    opened.close()


@pytest.fixture
def jonas(server: Server, centre: str, database: Database) -> Iterator[Desk]:
    opened = Database.open(server.url(centre, "jonas", "jonas"))
    yield Desk(opened, _agent_id(database, "jonas"))
    opened.close()


def test_from_scratch_the_tables_are_the_models(database: Database) -> None:
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": modelled})
        assert compare_metadata(context, Base.metadata) == []
