"""The commands customers import and customers export, as a shell runs them."""

import zipfile
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest

from agent_desktop import cli
from agent_desktop.data import customers, schema
from agent_desktop.data.db import Database
from agent_desktop.exit_codes import Exit
from tests.data.exchange.test_source import packed, workbook


def test_what_breaks_off_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [["Name", "Phone"], *([f"N{at}", f"60{at:07}"] for at in range(600))]
    with zipfile.ZipFile(BytesIO(workbook(rows))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet][: len(parts[sheet]) * 4 // 5]
    base = ["--database", str(tmp_path / "c.db")]
    schema.init(tmp_path / "c.db")
    (tmp_path / "cut.xlsx").write_bytes(packed(parts))
    assert cli.main(["customers", "import", str(tmp_path / "cut.xlsx"), *base]) == Exit.FAILED
    said = capsys.readouterr()
    assert "Taking back what was stored until then" in said.out
    assert "This workbook is damaged" in said.err
    with closing(Database.open(tmp_path / "c.db")) as database, database.read() as session:
        assert customers.count(session) == 0


def test_in_out_and_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = ["--database", str(tmp_path / "c.db")]
    schema.init(tmp_path / "c.db")
    (tmp_path / "list.csv").write_text("Wer,Phone\nAnna Nowak,601442190\nJan,nobody\n")
    command = ["customers", "import", str(tmp_path / "list.csv"), "--mapping", "Wer=name", *base]
    assert cli.main([*command, "--dry-run"]) == Exit.FAILED  # one is rejected
    said = capsys.readouterr().out
    assert "line 3        “nobody” is not a phone number." in said
    assert "new           1\n" in said
    assert "--undo" not in said
    (tmp_path / "list.csv").write_text("Wer,Phone\nAnna Nowak,601442190\n")
    assert cli.main(command) == Exit.OK
    run_id = capsys.readouterr().out.split("--undo ")[1].split(")")[0]
    assert cli.main(["customers", "import", "--runs", *base]) == Exit.OK
    assert f"{run_id}  " in capsys.readouterr().out
    out = tmp_path / "out.csv"
    assert cli.main(["customers", "export", str(out), "--search", "nowak", *base]) == Exit.OK
    assert "Anna Nowak" in out.read_text("utf-8-sig")
    assert cli.main(["customers", "import", "--undo", run_id, *base]) == Exit.OK
    assert "taken back    1 changes" in capsys.readouterr().out
    assert cli.main(["customers", "import", "--undo", run_id, *base]) == Exit.FAILED
    assert cli.main(["customers", "export", str(tmp_path / "out.doc"), *base]) == Exit.FAILED
    assert cli.main(["customers", "import", *base]) == Exit.USAGE
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04")
    assert cli.main(["customers", "import", str(tmp_path / "x.xlsx"), *base]) == Exit.FAILED
    assert "an Excel workbook that is damaged" in capsys.readouterr().err
