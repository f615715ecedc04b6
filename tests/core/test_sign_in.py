"""What a desk knows before anybody signs in: whether it must ask, who has been here, whose entries wait."""

from contextlib import closing
from pathlib import Path

import pytest

from agent_desktop import secrets
from agent_desktop.core.sign_in import been_here, others_waiting, password_known
from agent_desktop.data import operations as op
from agent_desktop.data.ids import new_id
from agent_desktop.data.journal import Journal
from agent_desktop.paths import Profile
from agent_desktop.server_address import ServerAddress

DANA = ServerAddress("db", "centre", "dana")


def test_it_asks_unless_something_here_knows_the_password(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(secrets, "_memory", {})
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    monkeypatch.delenv("PGPASSWORD", raising=False)
    assert not password_known(DANA)
    assert password_known(ServerAddress("db", "centre", "dana", "in the address"))
    secrets._memory[DANA.secret_name] = "known"
    assert password_known(DANA)
    assert not password_known(DANA.of("jonas"))
    assert not password_known(ServerAddress("elsewhere", "centre", "dana"))
    assert not password_known(ServerAddress("db", "centre"))
    (tmp_path / "pgpass").write_text("")
    assert password_known(DANA.of("jonas"))


def test_whose_entries_wait(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    for login, count in (("dana", 2), ("jonas@site/1", 3), ("eve", 0)):
        with closing(Journal(profile.journal_of(DANA.of(login).owner))) as journal:
            notes = [op.SaveNote(note_id=new_id(), interaction_id=new_id(), text=login) for _ in range(count)]
            journal.put_many(notes)
    (tmp_path / "journal-broken@centre.db").write_bytes(b"no journal")
    assert others_waiting(profile, DANA) == (("jonas@site/1", 3),)
    assert others_waiting(profile, None) == (("dana", 2), ("jonas@site/1", 3))
    assert been_here(profile, DANA)
    assert not been_here(profile, DANA.of("kasia"))
    assert not been_here(profile, ServerAddress("db", "centre"))
