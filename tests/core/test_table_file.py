"""Lists as CSV and XLSX, read back by programs that did not write them."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from agent_desktop.core.table_file import TableFile
from agent_desktop.data.exchange.entry import FileTrouble

AT = datetime(2026, 11, 22, 8, 30, 5, tzinfo=UTC)
TABLE = TableFile(
    "Billing, today",
    ("Entered", "Caller", "Who", "Waited", "Calls"),
    ((AT, "+48601442190", "=1+1 Łoś", timedelta(seconds=83), 3), (AT, "601 442", "@x", None, 2.5)),
    ("Answered within 20 s ÷ offered",),
    ZoneInfo("Europe/Warsaw"),
    frozenset({1}),
)


def test_csv(tmp_path: Path) -> None:
    TABLE.write(tmp_path / "a.csv")
    rows = list(csv.reader((tmp_path / "a.csv").read_text("utf-8-sig").splitlines()))
    assert rows == [
        ["Entered", "Caller", "Who", "Waited", "Calls"],
        ["2026-11-22 09:30:05", "+48 601442190", "'=1+1 Łoś", "83", "3"],
        ["2026-11-22 09:30:05", "601 442", "'@x", "", "2.5"],
        [],
        ["Billing, today"],
        ["Answered within 20 s ÷ offered"],
    ]


def test_xlsx(tmp_path: Path) -> None:
    TABLE.write(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    first, second = book.worksheets
    assert [cell.value for cell in first[2]] == [
        AT.astimezone(ZoneInfo("Europe/Warsaw")).replace(tzinfo=None),
        "+48601442190",
        "=1+1 Łoś",
        timedelta(seconds=83),
        3,
    ]
    assert [cell.data_type for cell in first[2]] == ["d", "s", "s", "d", "n"]  # text, nothing to calculate
    assert [row[0].value for row in second.iter_rows()] == ["Billing, today", "Answered within 20 s ÷ offered"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_text("old")
    bad = TableFile("x", ("a",), ((object(),),))  # type: ignore[arg-type]
    if kind == "xlsx":
        with pytest.raises(TypeError):
            bad.write(path)
        assert path.read_text() == "old"
    with pytest.raises(FileTrouble, match="neither"):
        TABLE.write(tmp_path / "a.pdf")
    assert sorted(found.name for found in tmp_path.iterdir()) == [path.name]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_masked_for_those_who_may_not_take_whole_numbers_away(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    TABLE.masked().write(path)
    if kind == "csv":
        found = [row[1] for row in csv.reader(path.read_text("utf-8-sig").splitlines()) if len(row) == 5]
    else:
        found = [str(row[1].value) for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()]
    assert found == ["Caller", "••••••••190", "••• 442"]
