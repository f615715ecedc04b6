"""A real database and journal in a folder of their own, and short ways to say operations."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, update

from agent_desktop.data import access, agents, apply
from agent_desktop.data import operations as ops
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.journal import Journal
from agent_desktop.data.models import Agent, Team
from agent_desktop.data.rows import Changed
from tests.support import postgres
from tests.support.made_once import empty_database
from tests.support.workstation import fill

START_US = 1_795_000_000_000_000  # 18 November 2026


def modelled(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a migration's comparison looks at a table or index: the indexes of search stand in no model."""
    if kind not in ("table", "index"):
        return True
    named = name or ""
    return not (named.startswith("found_") or named.endswith("_place") or "_found" in named)


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "empty.db"
    database = Database.open(empty_database(path))
    with database.write() as session:
        for name, login, extension in (("Dana Okafor", "dana", "101"), ("Jonas Lind", "jonas", "102")):
            agents.create_agent(session, name, login, extension=extension)
    database.close()
    return path


@pytest.fixture
def database_file(tmp_path: Path, _template: Path) -> Path:
    """A database file with two agents and nothing else."""
    return Path(shutil.copy(_template, tmp_path / "shared.db"))


@pytest.fixture
def database(database_file: Path) -> Iterator[Database]:
    opened = Database.open(database_file, busy_timeout_ms=100)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A real PostgreSQL, for this test process."""
    with postgres.running() as started:
        yield started


@pytest.fixture(scope="session")
def _empty(server: postgres.Server) -> Iterator[str]:
    """A centre without anybody; its copies share its groups, and so their logins."""
    with server.database() as name:
        Database.open(server.url(name), create=True).close()
        yield name


@pytest.fixture(scope="session")
def _company(server: postgres.Server, _empty: str) -> Iterator[str]:
    """The made-up company, with Dana's login."""
    with server.database(_empty) as name:
        database = Database.open(server.url(name))
        fill(database)
        access.grant(database, access.Grant("dana", "agent", "dana"))
        database.close()
        yield name


@pytest.fixture
def company(server: postgres.Server, _company: str) -> Iterator[str]:
    """The name of a database on the server with the made-up company in it."""
    with server.database(_company) as name:
        yield name


@pytest.fixture(scope="session")
def _centre(server: postgres.Server, _empty: str) -> Iterator[str]:
    """The server's counterpart of the file with two agents, each with a login whose password is the login itself."""
    with server.database(_empty) as name:
        database = Database.open(server.url(name))
        for person, login, extension in (("Dana Okafor", "dana", "101"), ("Jonas Lind", "jonas", "102")):
            access.grant(database, access.Grant(login, "agent", login, name=person, extension=extension))
        with database.write() as session:  # of one team: they see each other's tickets
            team_id = new_id()
            session.execute(insert(Team).values(id=team_id, name="Billing"))
            session.execute(update(Agent).values(team_id=team_id))
        database.close()
        yield name


@pytest.fixture
def centre(server: postgres.Server, _centre: str) -> Iterator[str]:
    """The name of a database on the server with two agents and nothing else."""
    with server.database(_centre) as name:
        yield name


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal(tmp_path / "journal.db")
    yield opened
    opened.close()


@dataclass
class Desk:
    """One agent's workstation as the database sees it: says operations, each a second after the one before."""

    database: Database
    agent_id: UUID
    at_us: int = START_US

    def make(self, kind: type[Any], /, **fields: Any) -> Any:
        """An operation of this agent."""
        self.at_us += 1_000_000
        header = {"op_id": new_id(), "agent_id": self.agent_id, "at_us": self.at_us}
        return kind(**(header | fields))

    def do(self, kind: type[Any], /, **fields: Any) -> Changed:
        """The same, applied."""
        with self.database.write() as session:
            return apply.apply(session, self.make(kind, **fields))

    def customer(self, name: str, *phones: str, **fields: str) -> UUID:
        """A new customer."""
        key = new_id()
        added = tuple((new_id(), phone, "mobile") for phone in phones)
        self.do(ops.SaveCustomer, customer_id=key, version=0, fields={"name": name, **fields}, phones_added=added)
        return key

    def call(self, customer_id: UUID | None = None, **fields: Any) -> UUID:
        """An interaction."""
        key = new_id()
        values: dict[str, Any] = {"outcome": "answered", "started_us": self.at_us, "number": "+48601442190"}
        self.do(ops.SaveInteraction, interaction_id=key, customer_id=customer_id, **(values | fields))
        return key


@pytest.fixture
def dana(database: Database) -> Desk:
    return Desk(database, _agent_id(database, "dana"))


@pytest.fixture
def dana_there(server: postgres.Server, centre: str) -> Iterator[Desk]:
    """Dana's workstation on the server."""
    database = Database.open(server.url(centre, "dana", "dana"))
    yield Desk(database, _agent_id(database, "dana"))
    database.close()


@pytest.fixture
def jonas(database: Database) -> Desk:
    return Desk(database, _agent_id(database, "jonas"))


def _agent_id(database: Database, login: str) -> UUID:
    with database.read() as session:
        agent = agents.agent_by_login(session, login)
    assert agent is not None
    return agent.id
