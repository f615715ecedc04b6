"""What is written reads back the same, in every format, and no spreadsheet calculates any of it."""

import csv
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from agent_desktop import numbers
from agent_desktop.data import audit
from agent_desktop.data.db import Database
from agent_desktop.data.exchange import export_rows, writers
from agent_desktop.data.exchange.entry import Entry, FileTrouble
from agent_desktop.data.exchange.exporting import Export
from agent_desktop.data.exchange.importing import Import
from agent_desktop.data.exchange.source import look_at

DANGEROUS = ("=1+1", "+1+1", "-1", "@SUM(A1)", "\t=1", "'=1", "''=x", "=cmd|' /C calc'!A0")
_signs = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"))
_text = st.text(_signs, max_size=20).map(lambda text: " ".join(text.split()))
_name = st.one_of(_text.filter(bool), st.sampled_from([text.strip() for text in DANGEROUS]))
_tag = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=6)
_number = st.sampled_from(
    ["+48 601 442 190", "+49 30 1234567", "+1 201-555-0123", "+800 1234 5678", "112", "0221 47 / 10"]
)
_entry = st.builds(
    Entry,
    name=_name,
    account_number=st.text("0123456789AB-", max_size=8),
    organisation=_text,
    language=st.sampled_from(["", "pl", "de-AT"]),
    address=_text,
    alert=_text,
    tags=st.lists(_tag, max_size=3, unique=True).map(tuple),
    phones=st.lists(st.tuples(_number, st.sampled_from(["mobile", "work", "main", "", "Büro, 2. OG"])), max_size=3,
                    unique_by=lambda phone: phone[0]).map(tuple),
    emails=st.lists(st.sampled_from(["a@b.pl", "o'hara@x.example"]), max_size=2, unique=True).map(tuple),
)  # fmt: skip


def same(entry: Entry) -> tuple[object, ...]:
    """What must be the same: numbers by the line they reach."""
    phones = [(numbers.parse(number, "PL").key, label) for number, label in entry.phones]
    texts = (entry.name, entry.account_number, entry.organisation, entry.language, entry.address, entry.alert)
    return (*texts, entry.tags, phones, entry.emails)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([Entry(name=text.strip(), organisation="x", phones=(("+48 601 442 190", ""),)) for text in DANGEROUS])
@given(st.lists(_entry, min_size=1, max_size=4))
def test_written_and_read_again(tmp_path: Path, entries: list[Entry]) -> None:
    for kind in writers.FORMATS:
        path = tmp_path / f"out.{kind}"
        writer = writers.writer(kind, path, 3, 2)
        for entry in entries:
            writer.put(entry)
        writer.close()
        if kind == "xlsx":
            cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]
            assert all(cell.data_type == "s" or cell.value is None for cell in cells), "nothing is calculated"
        assert [same(entry) for entry in look_at(path).entries()] == [same(entry) for entry in entries], kind


def test_nothing_in_csv_is_calculated(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    writer = writers.writer("csv", path, 3, 1)
    odd = (("=1", "=2"), ("+48601442190", ""), ("+1 201-555-0123", ""))
    for text in DANGEROUS:
        writer.put(Entry(name=text, organisation=text, phones=odd, emails=("@x=",), alert="\n=1", tags=("-1",)))
    writer.close()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert {row[6] for row in rows[1:]} == {"+48 601442190"}
    assert {row[8] for row in rows[1:]} == {"+1 201 555 0123"}
    for row in rows:
        for at, cell in enumerate(row):
            number = at in (6, 8) and set(cell) <= set("+ 0123456789") and " " in cell
            assert number or not cell or cell[0] not in "=+-@\t\r\n", cell


def test_a_vcards_lines_are_short_and_end_between_characters(tmp_path: Path) -> None:
    writer = writers.writer("vcf", tmp_path / "out.vcf", 0, 0)
    writer.put(Entry(name="Łódź 東京 " * 12, alert="żółć" * 30))
    writer.close()
    lines = (tmp_path / "out.vcf").read_bytes().split(b"\r\n")
    assert len(lines) > 8
    for line in lines:
        assert len(line) <= 75
        line.decode()  # RFC 6350, 3.2: never inside a character


def test_an_export_takes_its_name_when_the_audit_knows_it(database: Database, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Name,Phone\n" + "".join(f"N{at:04} Kowal,60{at:07}\n" for at in range(1_001)))
    made = Import(database, look_at(tmp_path / "in.csv"))
    while not made.step().finished:
        pass
    target = tmp_path / "out.vcf"
    left = Export(database, target)
    assert not left.step().finished
    left.cancel()
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == []
    export = Export(database, target)
    while not export.step().finished:
        assert not target.exists()
    assert [entry.name for entry in look_at(target).entries()] == [f"N{at:04} Kowal" for at in range(1_001)]
    with database.read() as session:
        assert [(row.action, row.table, row.detail) for row in audit.entries(session)] == [
            ("export", "customer", "1001 rows, vcf")
        ]
        found = export_rows.found(session, "kowal")
        assert (len(found), len(set(found))) == (1_001, 1_001), "the search as you type stops earlier"
        assert len(export_rows.found(session, "n0500")) == len(export_rows.found(session, "60 000 0500")) == 1
    with pytest.raises(FileTrouble, match="csv, xlsx"):
        Export(database, tmp_path / "out.doc")
