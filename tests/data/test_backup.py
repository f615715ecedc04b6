"""A backup is whole, says what is in it, and is taken by nobody who sees a part only."""

import json
from pathlib import Path

import pytest

from agent_desktop.data import access, backup, schema, verify
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble, Refused, Trouble
from agent_desktop.data.seed import seed
from tests.data.conftest import Desk, _agent_id
from tests.support.postgres import Server
from tests.support.workstation import SHORT_DAY


def test_a_file(tmp_path: Path) -> None:
    database_file = tmp_path / "company.db"
    database = Database.open(database_file, create=True)
    seed(database, customers_wanted=40, hours=SHORT_DAY)
    database.close()
    taken = backup.take(database_file, tmp_path / "copy.db")
    assert taken.file.stat().st_mode & 0o077 == 0, "for nobody else"
    assert taken.manifest.tables["customer"].rows == 40
    assert taken.rows > 1_000
    checked = verify.verify(database_file, taken.file)
    assert checked.good, checked
    assert [check.name for check in checked.checks if check.wanted.rows] != []
    assert sorted(path.name for path in tmp_path.glob("*verify*")) == []


def test_a_server(server: Server, company: str, tmp_path: Path) -> None:
    schema.upgrade(server.url(company))  # a copied database has nobody's rights to connect
    owner = Database.open(server.url(company))
    access.grant(owner, access.Grant("keeper", "backup", "keeper"))
    owner.close()
    taken = backup.take(server.url(company, "keeper", "keeper"), tmp_path / "centre.dump")
    assert taken.manifest.tables["customer"].rows == 40
    assert taken.file.read_bytes().startswith(b"PGDMP")
    assert ":keeper@" not in taken.manifest_file.read_text()
    checked = verify.verify(server.url(company), taken.file)
    assert checked.good, checked
    assert server.execute("SELECT count(*) FROM pg_database WHERE datname LIKE 'verify%'") == [(0,)]
    with pytest.raises(Refused, match="CREATEDB"):
        verify.verify(server.url(company, "keeper", "keeper"), taken.file)


def test_a_restored_server_is_put_in_order_by_an_upgrade(server: Server, centre: str, tmp_path: Path) -> None:
    taken = backup.take(server.url(centre), tmp_path / "centre.dump")
    with server.database() as restored:
        arguments = ["--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={server.dsn(restored)}"]
        backup.run_client("pg_restore", 15, [*arguments, str(taken.file)], {})
        with pytest.raises(DatabaseTrouble) as caught:
            Database.open(server.url(restored, "dana", "dana"))
        assert caught.value.kind is Trouble.STRANGER
        schema.upgrade(server.url(restored))
        database = Database.open(server.url(restored, "dana", "dana"))
        desk = Desk(database, _agent_id(database, "dana"))
        assert desk.call(desk.customer("Marta"))
        database.close()


def test_who_sees_a_part_only_takes_none(server: Server, centre: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="group backup"):
        backup.take(server.url(centre, "dana", "dana"), tmp_path / "centre.dump")
    assert list(tmp_path.iterdir()) == []


def test_no_file_is_overwritten(database_file: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("something else")
    with pytest.raises(Refused, match="there already"):
        backup.take(database_file, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "something else"


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DatabaseTrouble) as caught:
        backup.take(tmp_path / "none.db", tmp_path / "copy.db")
    assert caught.value.kind is Trouble.MISSING
    assert list(tmp_path.iterdir()) == []


def test_a_missing_client_is_told() -> None:
    with pytest.raises(Refused, match="not installed"):
        backup.client("pg_dump", 99)


def test_work_goes_on_meanwhile_and_changes_nothing(
    database_file: Path, dana: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana.customer("First")
    sums = backup.sums_in_file

    def and_somebody_writes(connection: object) -> object:
        found = sums(connection)  # type: ignore[arg-type]
        dana.customer("Second")
        return found

    monkeypatch.setattr(backup, "sums_in_file", and_somebody_writes)
    taken = backup.take(database_file, tmp_path / "copy.db")
    monkeypatch.undo()
    assert taken.manifest.tables["customer"].rows == 1
    assert verify.verify(database_file, taken.file).good


def test_work_goes_on_on_a_server_meanwhile(
    server: Server, centre: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sums = backup.sums_on_server

    def and_somebody_writes(connection: object) -> object:
        found = sums(connection)  # type: ignore[arg-type]
        server.execute("UPDATE agent SET name = 'Somebody'", centre)
        return found

    monkeypatch.setattr(backup, "sums_on_server", and_somebody_writes)
    taken = backup.take(server.url(centre), tmp_path / "centre.dump")
    monkeypatch.undo()
    checked = verify.verify(server.url(centre), taken.file)
    assert checked.good, checked


def test_the_manifest_is_readable(database_file: Path, tmp_path: Path) -> None:
    taken = backup.take(database_file, tmp_path / "copy.db")
    assert json.loads(taken.manifest_file.read_text())["tables"]["agent"]["rows"] == 2
    assert backup.read_manifest(taken.file) == taken.manifest
