"""Exports without whole numbers: in every format, by the database's role or a file's settings; none comes back."""

import csv
from pathlib import Path

import openpyxl
import pytest

from agent_desktop.cli import main
from agent_desktop.data import access, audit
from agent_desktop.data.db import Database
from agent_desktop.data.exchange import masking, writers
from agent_desktop.data.exchange.compare import Decision, understood
from agent_desktop.data.exchange.entry import Entry
from agent_desktop.data.exchange.exporting import Export
from agent_desktop.data.exchange.source import look_at
from agent_desktop.exit_codes import Exit
from tests.data.conftest import Desk
from tests.support.postgres import Server

HIDDEN = ("601 442", "601442", "442190", "620 11", "marta.k", "lech@", "0033")
ENTRY = Entry(
    name="Marta 601 442 190",
    account_number="4471 0932",
    organisation="=Mills",
    address="Lipowa 14/3, 81-300 Gdynia",
    alert="Not before 31.12.2026; write to lech@example.org or +48 58 620 11 40",
    tags=("0033 1 42 68 53 00",),
    phones=(("+48 601 442 190", "mobile"), ("4711", "work"), ("112", "")),
    emails=("marta.k@example.org",),
)


def written(path: Path) -> str:
    """All that a file says."""
    if path.suffix == ".xlsx":
        cells = (cell for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row)
        assert all(cell.data_type == "s" or cell.value is None for cell in openpyxl.load_workbook(path).active[2])
        return "\n".join(str(cell.value) for cell in cells if cell.value is not None)
    return path.read_text("utf-8").replace("\r\n ", "")


@pytest.mark.parametrize("kind", writers.FORMATS)
def test_nothing_whole_is_in_any_format_and_none_of_it_comes_back(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"out.{kind}"
    writer = writers.writer(kind, path, 3, 1)
    writer.put(masking.masked(ENTRY))
    writer.close()
    text = written(path)
    assert [part for part in HIDDEN if part in text] == []
    shown = ("190", "711", "m•••@example.org", "31.12.2026", "4471 0932", "81-300")
    assert [part for part in shown if part not in text] == []
    if kind == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell and cell[0] in "=+-@\t\r\n"], "nothing is calculated"
    [back] = look_at(path).entries()
    said = understood(back, "PL")
    assert isinstance(said, Decision)
    assert "without whole numbers" in said.reason


@pytest.mark.parametrize(("login", "whole"), [("dana", False), ("lena", True), ("prita", True)])
def test_on_a_server_the_role_decides(server: Server, centre: str, tmp_path: Path, login: str, whole: bool) -> None:
    owner = Database.open(server.url(centre))
    for name, group in (("lena", "team_lead"), ("prita", "admin")):
        access.grant(owner, access.Grant(name, group, name, name=name))
    database = Database.open(server.url(centre, login, login))
    with owner.read() as session:
        person = session.connection().exec_driver_sql("SELECT id FROM agent WHERE login = 'dana'").scalar_one()
    dana = Database.open(server.url(centre, "dana", "dana"))
    Desk(dana, person).customer("Marta Kowalczyk", "601 442 190")
    export = Export(database, tmp_path / "out.csv", whole=not whole)  # what the desk's settings say does not count
    while not (done := export.step()).finished:
        pass
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert (done.masked, "601 442 190" in text, "190" in text) == (not whole, whole, True)
    with owner.read() as session:
        told = audit.entries(session, table="customer", who=login)
    assert told[0].detail == ("1 rows, csv" if whole else "1 rows, csv, masked")
    for each in (owner, database, dana):
        each.close()


def test_in_a_file_the_settings_decide(
    dana: Desk, database_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dana.customer("Marta Kowalczyk", "601 442 190")
    profile, out = tmp_path / "profile", tmp_path / "out.csv"
    profile.mkdir()
    command = ["customers", "export", str(out), "--database", str(database_file), "--profile", str(profile)]
    assert main(command) == Exit.OK
    assert "601 442 190" in out.read_text("utf-8-sig")
    (profile / "settings.toml").write_text("[database]\nwhole_exports = false\n")
    assert main(command) == Exit.OK
    assert "601" not in out.read_text("utf-8-sig")
    assert "masked" in capsys.readouterr().out
