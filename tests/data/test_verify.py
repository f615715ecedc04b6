"""A damaged backup is found out, and what is wrong with it is said."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection

from agent_desktop.data import backup, verify
from agent_desktop.data.db import Database
from agent_desktop.data.errors import Refused
from tests.data.conftest import Desk
from tests.support.postgres import Server


@pytest.fixture
def taken(database_file: Path, dana: Desk, tmp_path: Path) -> Path:
    for number in range(50):
        dana.customer(f"Customer {number}")
    return backup.take(database_file, tmp_path / "copy.db").file


@pytest.mark.parametrize(("statement", "words"), [
    ("DELETE FROM customer_word; DELETE FROM customer WHERE name = 'Customer 7'", "has 49 rows, not 50"),
    ("UPDATE customer SET alert = 'x' WHERE name = 'Customer 7'", "has other values"),
    ("DROP TABLE product", "is missing"),
])  # fmt: skip
def test_what_is_wrong_is_said(database_file: Path, taken: Path, statement: str, words: str) -> None:
    with closing(sqlite3.connect(taken)) as connection:
        connection.executescript(statement)
    checked = verify.verify(database_file, taken)
    assert not checked.good
    assert any(words in check.trouble for check in checked.checks)


def test_rows_that_point_nowhere(database_file: Path, taken: Path) -> None:
    with closing(sqlite3.connect(taken)) as connection:
        connection.execute("DELETE FROM customer WHERE name = 'Customer 7'")
        connection.commit()
    assert "customer_word" in verify.verify(database_file, taken).trouble


def test_damaged_pages(database_file: Path, taken: Path) -> None:
    with taken.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 4)
    assert not verify.verify(database_file, taken).good


def test_a_cut_dump(server: Server, centre: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken, tried, restore = backup.take(server.url(centre), tmp_path / "centre.dump"), [], verify._restored

    def restored(connection: Connection, name: str, file: Path) -> str:
        with pytest.raises(psycopg.OperationalError, match="permission denied") as refused:
            psycopg.connect(server.dsn(name, "dana", "dana"))
        tried.append(refused)
        return restore(connection, name, file)

    monkeypatch.setattr(verify, "_restored", restored)
    whole = taken.file.read_bytes()
    taken.file.write_bytes(whole[: len(whole) // 2])
    checked = verify.verify(server.url(centre), taken.file)
    assert not checked.good
    assert "pg_restore failed" in checked.trouble
    assert tried, "and an agent tried to look into the scratch database"


def test_another_dump_than_the_manifest_says(server: Server, centre: str, tmp_path: Path) -> None:
    before = backup.take(server.url(centre), tmp_path / "before.dump")
    server.execute("UPDATE agent SET name = 'Somebody' WHERE login = 'dana'", centre)
    after = backup.take(server.url(centre), tmp_path / "after.dump")
    after.file.replace(before.file)
    checked = verify.verify(server.url(centre), before.file)
    troubles = {check.name: check.trouble for check in checked.checks if not check.good}
    assert troubles["agent"] == "has other values in its rows"
    assert troubles["audit"].startswith("has ")


def test_without_a_manifest_nothing_can_be_proved(database: Database, database_file: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="nobody knows"):
        verify.verify(database_file, tmp_path / "other.db")
