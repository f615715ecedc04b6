"""The commands customers import and customers export, as a shell runs them."""

from pathlib import Path

import pytest

from agent_desktop import cli
from agent_desktop.data import schema
from agent_desktop.exit_codes import Exit


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
