"""The command import, as a shell runs it."""

from pathlib import Path

import pytest

from agent_desktop import cli
from agent_desktop.data import agents
from agent_desktop.data.db import Database
from agent_desktop.exit_codes import Exit
from tests.collector.test_cdr import CAPTURED as RECORDS
from tests.collector.test_queue_log_import import CAPTURED as LOG
from tests.support.made_once import empty_database


def test_files_of_a_pbx(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = ["--database", str(tmp_path / "c.db")]
    database = Database.open(empty_database(tmp_path / "c.db"))
    with database.write() as session:
        agents.create_agent(session, "Dana Okafor", "dana", extension="77")
    database.close()
    (tmp_path / "queue_log").write_text(LOG + "1795290070|x|support|NONE|FROBBED|\n1795290071|x|supp")
    log = ["import", "queue-log", str(tmp_path / "queue_log"), *base]
    assert cli.main([*log, "--dry-run", "--agent", "Agent 1001=dana"]) == Exit.FAILED  # a line is cut
    said = capsys.readouterr().out
    assert "queue_log, line 16: The line does not end" in said
    assert "unknown       FROBBED, 1 times, first in line 15\n" in said
    assert "queue         support is not here" in said
    assert "nobody        Agent 1002, 2 times: say --agent 'Agent 1002=LOGIN'" in said
    assert "Agent 1001" not in said
    assert "new           15 events\n" in said
    assert cli.main(log) == Exit.FAILED
    assert "new           15 events\n" in capsys.readouterr().out
    assert cli.main(log) == Exit.FAILED
    assert "new           0 events\nknown         15 events\n" in capsys.readouterr().out
    (tmp_path / "Master.csv").write_text(RECORDS)
    records = ["import", "cdr", str(tmp_path / "Master.csv"), *base]
    assert cli.main([*records, "--time-zone", "Asia/Kolkata"]) == Exit.FAILED
    assert "5.5 h behind its calls’ own ids" in capsys.readouterr().err
    assert cli.main([*records, "--time-zone", "UTC"]) == Exit.OK
    assert "new           3 calls\n" in capsys.readouterr().out
    assert cli.main(["import", "cdr", str(tmp_path / "queue_log"), *base]) == Exit.FAILED
    assert "is no CDR file" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main([*records, "--time-zone", "Mars/Olympus"])
