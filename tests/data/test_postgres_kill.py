"""kill -9 of desks and of the server at random moments: what was acknowledged is stored, in order, nothing twice."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from agent_desktop.data import access
from agent_desktop.data.db import Database
from agent_desktop.data.journal import Journal
from tests.support import postgres
from tests.support.desk_writer import Writers
from tests.support.postgres import Server

SOAK = (pytest.mark.soak, pytest.mark.timeout(1_800))


@contextmanager
def writers(server: Server, centre: str) -> Iterator[Writers]:
    # The tests' server may forget the last half second of a killed one's commits; a centre's does not.
    server.execute(f"ALTER DATABASE {centre} SET synchronous_commit = on")
    # A sequence copied with its database gives the same numbers out again after a crash before the first checkpoint.
    server.execute("CHECKPOINT")
    made = Writers(server.url(centre, "dana", "dana"))
    yield made
    made.close()


def all_is_there_once_in_order(server: Server, centre: str, file: Path, desks: Writers, deaths: int) -> None:
    with closing(Journal(file)) as journal, closing(Database.open(server.url(centre, "dana", "dana"))) as database:
        journal.drain(database, limit=1_000_000)
        assert journal.waiting_count() == 0
        assert journal.refused() == []
    found = [str(row[0]) for row in server.execute("SELECT reason FROM presence ORDER BY id", centre)]
    acknowledged = set(desks.acknowledged)
    assert len(acknowledged) >= 10 * deaths
    assert not acknowledged - set(found), "lost"
    assert max(Counter(found).values()) == 1, "doubled"
    assert len(found) - len(acknowledged) <= deaths, "more than was said: at most the one cut off in each death"
    assert [key for key in found if key in acknowledged] == desks.acknowledged, "in order"


@pytest.mark.parametrize("deaths", [20, pytest.param(200, marks=SOAK)])
def test_desks_killed_at_random_moments(server: Server, centre: str, tmp_path: Path, deaths: int) -> None:
    file, draw = tmp_path / "journal.db", random.Random(deaths)
    with writers(server, centre) as desks:
        for _ in range(deaths):
            desks.begin(file)
            desks.read(draw.randrange(10, 40))
            desks.kill()
    all_is_there_once_in_order(server, centre, file, desks, deaths)


@pytest.mark.parametrize("deaths", [20, pytest.param(150, marks=SOAK)])
def test_a_server_whose_processes_are_killed(server: Server, centre: str, tmp_path: Path, deaths: int) -> None:
    """One is killed, upon which it ends all others and recovers."""
    file, draw = tmp_path / "journal.db", random.Random(deaths)
    with writers(server, centre) as desks:
        desks.begin(file)
        for _ in range(deaths):
            desks.read(draw.randrange(10, 40))
            server.kill_one(draw)
        desks.kill()
    server.until_up()
    all_is_there_once_in_order(server, centre, file, desks, deaths)


@pytest.mark.soak
@pytest.mark.timeout(1_800)
def test_a_server_killed_as_a_whole(tmp_path: Path) -> None:
    file, draw, deaths = tmp_path / "journal.db", random.Random(50), 50
    with postgres.running() as server, server.database() as centre:
        with closing(Database.open(server.url(centre), create=True)) as database:
            access.grant(database, access.Grant("dana", "agent", "dana", name="Dana Okafor"))
        with writers(server, centre) as desks:
            desks.begin(file)
            for _ in range(deaths):
                desks.read(draw.randrange(10, 120))
                server.kill()
                desks.read(10)  # it goes on writing while there is no server
                server.start()
            desks.kill()
        all_is_there_once_in_order(server, centre, file, desks, deaths)
