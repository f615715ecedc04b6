"""The key for what callers typed: into the keyring and nowhere else, several at once, named by doctor when missing."""

from contextlib import closing
from pathlib import Path

import pyrage
import pytest

from agent_desktop import cli, doctor, secrets
from agent_desktop.core import handoff_key, recording_review
from agent_desktop.data import handoffs
from agent_desktop.data.db import Database
from agent_desktop.data.handoff_rows import HandoffWord
from agent_desktop.data.ids import new_id
from agent_desktop.exit_codes import Exit
from tests.data.test_handoffs import word
from tests.support.made_once import empty_database
from tests.test_secrets import SystemKeyring


def sealed(public: str, text: str) -> str:
    return pyrage.encrypt(text.encode(), [pyrage.x25519.Recipient.from_str(public)], armored=True).decode()


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = cli.main(["handoff-key", *words])
    shown = capsys.readouterr()
    return status, shown.out + shown.err


def test_keys_come_and_go_and_an_older_one_opens_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / "old.key", tmp_path / "new.key"]
    old, new = (recording_review.make_key(file) for file in files)
    status, words = said(capsys, "add", str(files[0]))
    assert (status, "No keyring takes it" in words, handoff_key.known()) == (Exit.FAILED, True, ())
    kept = SystemKeyring()
    monkeypatch.setattr("keyring.core._keyring_backend", kept)
    assert said(capsys, "list") == (Exit.OK, "")
    for file in (*files, files[1]):  # the same once more is still one
        status, words = said(capsys, "add", str(file))
        assert status == Exit.OK
        assert file.read_text().split()[-1] not in words, "the private key is printed nowhere"
    assert said(capsys, "list") == (Exit.OK, f"{new}\n{old}\n")
    assert [handoff_key.opened(sealed(one, "1234")) for one in (old, new)] == ["1234", "1234"]
    assert said(capsys, "remove", old)[0] == Exit.OK
    assert [handoff_key.opened(sealed(one, "1234")) for one in (old, new)] == [None, "1234"]
    assert said(capsys, "remove", old) == (Exit.FAILED, "agent-desktop: This computer's keyring holds no such key.\n")
    (tmp_path / "none").write_text("not a key")
    assert said(capsys, "add", str(tmp_path / "none"))[0] == Exit.FAILED
    assert said(capsys, "add", str(tmp_path / "away"))[0] == Exit.FAILED
    assert said(capsys, "remove", new)[0] == Exit.OK
    assert kept.kept == {}
    assert handoff_key.opened(sealed(new, "1234")) is None


def test_doctor_names_it_where_it_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keyring.core._keyring_backend", SystemKeyring())
    where = tmp_path / "a.db"
    public = recording_review.make_key(tmp_path / "key")
    with closing(Database.open(empty_database(where))) as database:
        assert list(doctor.check_handoff_key(str(where))) == []
        with database.write() as session:
            field = word(new_id(), "card", "••••", secret="x").field
            handoffs.record(session, [HandoffWord(field, sealed(public, "1"), sealed=True)])
        [check] = doctor.check_handoff_key(str(where))
    assert check.state == doctor.WARN
    assert "handoff-key add" in check.advice
    handoff_key.add(handoff_key.read(tmp_path / "key"))
    [check] = doctor.check_handoff_key(str(where))
    assert (check.state, secrets.read(handoff_key.NAME) in check.found) == (doctor.OK, False)
    assert public[:12] in check.found
    handoff_key.remove(public)
    assert list(doctor.check_handoff_key(str(tmp_path / "away.db"))) == []
