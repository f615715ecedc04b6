"""Opening a database: what is there, what is wrong, in words; transactions; one connection per thread."""

import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from agent_desktop.data import agents, schema
from agent_desktop.data.db import SCHEMA, Database, url_of
from agent_desktop.data.errors import DatabaseTrouble, Trouble


def count(database: Database) -> int:
    with database.read() as session:
        return int(session.execute(text("SELECT count(*) FROM agent")).scalar_one())


def test_missing_file_is_said_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(DatabaseTrouble) as trouble:
        Database.open(tmp_path / "none.db")
    assert trouble.value.kind is Trouble.MISSING
    assert trouble.value.text
    assert trouble.value.advice
    assert not (tmp_path / "none.db").exists()


def test_created_when_asked(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "deep" / "new.db", create=True)
    assert count(database) == 0
    assert database.schema_version() == SCHEMA
    with database.read() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert session.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
    database.close()


def test_a_file_that_vanishes_while_open(database: Database, database_file: Path) -> None:
    assert count(database) == 2
    database.close()
    database_file.unlink()
    with pytest.raises(DatabaseTrouble) as trouble:
        count(database)
    assert trouble.value.kind is Trouble.MISSING
    assert not database_file.exists()


@pytest.mark.parametrize(("version", "kind"), [("0000", Trouble.OLDER_SCHEMA), ("9999", Trouble.NEWER_SCHEMA)])
def test_another_schema_is_refused_in_words(database_file: Path, version: str, kind: Trouble) -> None:
    with sqlite3.connect(database_file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    connection.close()
    with pytest.raises(DatabaseTrouble) as trouble:
        Database.open(database_file)
    assert trouble.value.kind is kind
    with pytest.raises(DatabaseTrouble) as trouble:
        Database.open(database_file, create=True)
    assert trouble.value.kind is kind


def test_no_database_at_all(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("this is no database, but it is long enough to be read as one\n" * 40)
    with pytest.raises(DatabaseTrouble) as trouble:
        Database.open(path)
    assert trouble.value.kind is Trouble.CORRUPT


def test_damaged_pages(database_file: Path) -> None:
    with sqlite3.connect(database_file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'agent'").fetchone()[0]
    connection.close()
    with database_file.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    database = Database.open(database_file)
    with pytest.raises(DatabaseTrouble) as trouble, database.read() as session:
        agents.agents(session)
    assert trouble.value.kind is Trouble.CORRUPT
    database.close()


def test_locked_by_another_program(database: Database, database_file: Path) -> None:
    other = sqlite3.connect(database_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseTrouble) as trouble, database.write():
        pass
    assert trouble.value.kind is Trouble.LOCKED
    assert count(database) == 2, "readers do not wait for a writer"
    other.execute("ROLLBACK")
    other.close()
    with database.write() as session:
        agents.create_agent(session, "New", "new")
    assert count(database) == 3


_READ_ONLY = """
import os, sys
from pathlib import Path
from sqlalchemy import text
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble
warm = Database.open(Path(sys.argv[2]), create=True)
if os.geteuid() == 0:
    os.setegid(65534); os.seteuid(65534)  # root may write everywhere: be somebody who may not
try:
    database = Database.open(Path(sys.argv[1]))
    with database.write() as session:
        session.execute(text("DELETE FROM agent"))
    print("written")
except DatabaseTrouble as trouble:
    print(trouble.kind.value)
"""


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that any user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="ad-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


@pytest.mark.parametrize("folder_too", [False, True])
def test_read_only(database_file: Path, public_folder: Path, tmp_path: Path, folder_too: bool) -> None:
    file = Path(shutil.copy(database_file, public_folder))
    file.chmod(0o444)
    public_folder.chmod(0o555 if folder_too else 0o777)
    command = [sys.executable, "-c", _READ_ONLY, str(file), str(tmp_path / "other.db")]
    ran = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == "read_only", ran.stderr


def test_disk_full(database: Database) -> None:
    with database.read() as session:
        session.execute(text("PRAGMA max_page_count = 1"))  # of this connection: as many pages as there are
    with pytest.raises(DatabaseTrouble) as trouble, database.write() as session:
        session.execute(text("UPDATE site SET name = hex(zeroblob(100000))"))
    assert trouble.value.kind is Trouble.DISK_FULL


def test_an_exception_rolls_back(database: Database) -> None:
    def write() -> None:
        with database.write() as session:
            agents.create_agent(session, "New", "new")
            raise KeyError("ours")

    with pytest.raises(KeyError):
        write()
    assert count(database) == 2


def test_a_mistake_of_ours_is_a_trouble_too(database: Database) -> None:
    with pytest.raises(DatabaseTrouble) as trouble, database.write() as session:
        agents.create_agent(session, "Second Dana", "dana")
    assert trouble.value.kind is Trouble.UNEXPECTED
    assert count(database) == 2


def test_what_a_statement_was_given_is_in_no_error(database: Database) -> None:
    with pytest.raises(DatabaseTrouble) as caught, database.read() as session:
        session.execute(text("SELECT nothing FROM nowhere WHERE name = :name"), {"name": "Marta Kowal" + "czyk"})
    told = "".join(traceback.format_exception(caught.value))
    assert "nowhere" in told
    assert "Kowalczyk" not in told


def test_data_version_sees_every_commit(database: Database, database_file: Path) -> None:
    seen = database.data_version()
    assert database.data_version() == seen
    with database.write() as session:
        agents.create_agent(session, "New", "new")
    after_own = database.data_version()
    assert after_own != seen
    with sqlite3.connect(database_file) as other:
        other.execute("UPDATE agent SET name = 'X' WHERE login = 'new'")
    other.close()
    assert database.data_version() != after_own


def test_each_thread_has_its_own_connection(database: Database) -> None:
    """A reader keeps its state while another thread commits."""
    written, looked = threading.Event(), threading.Event()
    seen: list[int] = []

    def read() -> None:
        with database.read() as session:
            seen.append(int(session.execute(text("SELECT count(*) FROM agent")).scalar_one()))
            looked.set()
            assert written.wait(30)
            seen.append(int(session.execute(text("SELECT count(*) FROM agent")).scalar_one()))

    reader = threading.Thread(target=read)
    reader.start()
    assert looked.wait(30)
    with database.write() as session:
        agents.create_agent(session, "New", "new")
    written.set()
    reader.join(30)
    assert seen == [2, 2]
    assert count(database) == 3


def test_names_hide_the_password(tmp_path: Path) -> None:
    for url in ("postgresql://dana:secret@db.example/centre", "postgresql://dana@db.example/centre?password=secret"):
        database = Database(url_of(url))
        assert "secret" not in database.name
        assert database.url.password == "secret"
        database.use_password("another")
        assert database.engine.dialect.create_connect_args(database.url)[1]["password"] == "another"
    for url in ("postgres//:://", "postgresql://dana:secret@db:x/centre", "postgresql://[::1/centre"):
        with pytest.raises(DatabaseTrouble) as trouble:
            url_of(url)
        assert trouble.value.kind is Trouble.UNREACHABLE
        assert "secret" not in f"{trouble.value} {trouble.value.detail}"


def test_an_unreachable_server(tmp_path: Path) -> None:
    with pytest.raises(DatabaseTrouble) as trouble:
        Database.open("postgresql://dana:secret@127.0.0.1:9/centre")
    assert trouble.value.kind is Trouble.UNREACHABLE
    assert "secret" not in str(trouble.value)


def test_status_and_upgrade(database_file: Path, tmp_path: Path) -> None:
    found = schema.status(database_file)
    assert found.ready
    assert (found.customers, found.interactions) == (0, 0)
    assert schema.status(tmp_path / "none.db").found is None
    assert schema.upgrade(database_file).backup is None
    with pytest.raises(DatabaseTrouble) as trouble:
        schema.upgrade(tmp_path / "none.db")
    assert trouble.value.kind is Trouble.MISSING
