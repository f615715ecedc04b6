"""The reviewer's commands, as typed."""

from pathlib import Path

import pyrage
import pytest

from agent_desktop.cli import main
from agent_desktop.exit_codes import Exit
from agent_desktop.telephony.recording_format import BYTES_PER_S, HEADER_BYTES, header


@pytest.fixture
def key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Makes key.txt; the public key as it was printed."""
    assert main(["recording", "keygen", "-o", str(tmp_path / "key.txt")]) == Exit.OK
    assert (tmp_path / "key.txt").stat().st_mode & 0o777 == 0o600
    return capsys.readouterr().out.split()[-1]


def recorded(tmp_path: Path, key: str, seconds: int = 3) -> bytes:
    sound = header() + b"\x01\x00\x02\x00" * (BYTES_PER_S // 4) * seconds
    data = pyrage.encrypt(sound, [pyrage.x25519.Recipient.from_str(key)])
    (tmp_path / "r.wav.age").write_bytes(data)
    return sound


def decrypt(tmp_path: Path, name: str = "r.wav.age") -> int:
    key, out = str(tmp_path / "key.txt"), str(tmp_path / "out.wav")
    return main(["recording", "decrypt", str(tmp_path / name), "--identity", key, "-o", out])


def test_a_recording_becomes_a_wav_of_its_true_length(tmp_path: Path, key: str, capsys) -> None:
    sound = recorded(tmp_path, key)
    assert decrypt(tmp_path) == Exit.OK
    assert "0:03.0" in capsys.readouterr().out
    out = (tmp_path / "out.wav").read_bytes()
    assert out == header(3 * BYTES_PER_S) + sound[HEADER_BYTES:]
    assert (tmp_path / "out.wav").stat().st_mode & 0o777 == 0o600


def test_one_that_was_cut_short_is_kept_and_told(tmp_path: Path, key: str, capsys) -> None:
    recorded(tmp_path, key)
    data = (tmp_path / "r.wav.age").read_bytes()
    (tmp_path / "r.wav.age").write_bytes(data[:-1])
    assert decrypt(tmp_path) == Exit.FAILED
    told = capsys.readouterr()
    assert "does not reach its end" in told.err
    assert "0:02.0" in told.out
    assert (tmp_path / "out.wav").exists()


def test_another_key_opens_nothing_and_leaves_nothing(tmp_path: Path, key: str, capsys) -> None:
    recorded(tmp_path, key)
    (tmp_path / "key.txt").write_text(str(pyrage.x25519.Identity.generate()))
    assert decrypt(tmp_path) == Exit.FAILED
    assert "this key does not open it" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["key.txt", "r.wav.age"]


@pytest.mark.parametrize("what", ["no key", "no recording", "not ours", "empty", "missing"])
def test_what_is_wrong_is_said(tmp_path: Path, key: str, capsys, what: str) -> None:
    recorded(tmp_path, key)
    file = tmp_path / "r.wav.age"
    if what == "no key":
        (tmp_path / "key.txt").write_text("# nothing\n")
    elif what == "no recording":
        file.write_bytes(b"RIFF" * 100)
    elif what == "not ours":
        file.write_bytes(pyrage.encrypt(b"x" * 100, [pyrage.x25519.Recipient.from_str(key)]))
    elif what == "empty":
        file.write_bytes(pyrage.encrypt(b"", [pyrage.x25519.Recipient.from_str(key)]))
    else:
        file.unlink()
    assert decrypt(tmp_path) == Exit.FAILED
    assert capsys.readouterr().err.startswith("agent-desktop: ")
    assert not (tmp_path / "out.wav").exists()
    assert not (tmp_path / "out.wav.part").exists()


def test_a_key_is_never_overwritten(tmp_path: Path, key: str, capsys) -> None:
    before = (tmp_path / "key.txt").read_text()
    assert main(["recording", "keygen", "-o", str(tmp_path / "key.txt")]) == Exit.FAILED
    assert "exists already" in capsys.readouterr().err
    assert (tmp_path / "key.txt").read_text() == before
