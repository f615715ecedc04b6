"""The db commands against a real server, as an administrator types them."""

import io
import sys
from pathlib import Path

import pytest

from agent_desktop.cli import main
from agent_desktop.data import access, agents
from agent_desktop.data.db import Database
from agent_desktop.exit_codes import Exit
from tests.support.postgres import Server


def test_from_an_empty_database_to_the_first_admin(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with server.database() as name:
        url = server.url(name)
        assert main(["db", "init", url, "--region", "de"]) == Exit.OK
        assert main(["db", "grant", url, "boss", "--role", "admin", "--name", "Bo Ss", "--generate"]) == Exit.OK
        said = capsys.readouterr().out
        password = said.partition("password      ")[2].split()[0]
        theirs = server.url(name, "boss", password)
        monkeypatch.setattr(sys, "stdin", io.StringIO("a long password\n"))
        given = ["db", "grant", theirs, "ivy", "--role", "agent", "--name", "Ivy", "--until", "2099-01-31"]
        assert main(given) == Exit.OK
        assert "until 2099-01-31" in capsys.readouterr().out
        assert main(["db", "status", server.url(name, "ivy", "a%20long%20password")]) == Exit.OK
        assert "customers     0" in capsys.readouterr().out
        assert main(["db", "status", theirs]) == Exit.OK
        told = capsys.readouterr().out
        assert "agent         1 logins" in told
        assert password not in told
        copy = str(tmp_path / "centre.dump")
        assert main(["db", "backup", url, "-o", copy]) == Exit.OK
        assert main(["db", "verify", url, "--backup", copy]) == Exit.OK
        assert "The backup is whole" in capsys.readouterr().out
        assert main(["db", "upgrade", url]) == Exit.OK
        database = Database.open(url)
        with database.read() as session:
            assert [person.login for person in agents.agents(session)] == ["boss", "ivy"]
        database.close()
    for role in ("boss", "ivy", *(f"{name}_{group}" for group in access.GROUPS)):
        server.execute(f'DROP ROLE "{role}"')


def test_what_does_not_work_is_told(
    server: Server, centre: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("short\n"))
    assert main(["db", "grant", server.url(centre), "dana", "--role", "agent"]) == Exit.FAILED
    assert "at least 8 characters" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stdin", io.StringIO("long enough\n"))
    assert main(["db", "grant", server.url(centre, "dana", "dana"), "jonas", "--role", "admin"]) == Exit.DATABASE
    assert "You may not do this" in capsys.readouterr().err
    assert main(["db", "backup", server.url(centre, "dana", "dana"), "-o", str(tmp_path / "x")]) == Exit.FAILED
    assert "group backup" in capsys.readouterr().err
    assert main(["db", "status", server.url(centre, "dana", "no")]) == Exit.DATABASE
    assert "with this password" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["db", "grant", server.url(centre), "dana", "--role", "king"])
    assert "invalid choice" in capsys.readouterr().err


def test_a_file_is_backed_up_and_verified_too(
    database_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["db", "verify", str(database_file)]) == Exit.OK
    copy = tmp_path / "copy.db"
    assert main(["db", "backup", str(database_file), "-o", str(copy)]) == Exit.OK
    copy.write_bytes(copy.read_bytes()[:8192])
    assert main(["db", "verify", str(database_file), "--backup", str(copy)]) == Exit.FAILED
    assert "must not be relied upon" in capsys.readouterr().out
    assert main(["db", "grant", str(database_file), "dana", "--role", "agent", "--generate"]) == Exit.FAILED
    assert "A file knows no logins" in capsys.readouterr().err
