"""The last window used is the one that is told; without one, or with nonsense, nothing happens."""

import os
import stat
from pathlib import Path

import pytest

from agent_desktop import running
from agent_desktop.paths import Profile, default_profile


def test_the_profile_used_last_comes_first(tmp_path: Path) -> None:
    one, two = Profile(tmp_path / "one"), Profile(tmp_path / "two")
    assert running.last_used() == [default_profile()]
    running.remember(one)
    running.remember(two)
    running.remember(one)
    assert running.last_used() == [one, two, default_profile()]
    for at in range(20):
        running.remember(Profile(tmp_path / f"p{at}"))
    assert len(running.last_used()) == 9
    memory = Path(os.environ["XDG_STATE_HOME"]) / "agent-desktop" / "profiles"
    assert stat.S_IMODE(memory.parent.stat().st_mode) & 0o077 == 0
    assert [entry.name for entry in memory.parent.iterdir()] == ["profiles"]


def test_a_memory_that_cannot_be_read_or_written_is_none(tmp_path: Path) -> None:
    memory = Path(os.environ["XDG_STATE_HOME"]) / "agent-desktop" / "profiles"
    memory.parent.mkdir()
    memory.write_bytes(b"relative/path\n\xff\xfe")
    assert running.last_used() == [default_profile()]
    memory.unlink()
    memory.parent.rmdir()
    memory.parent.write_text("a file where the folder should be")
    running.remember(Profile(tmp_path))
    assert running.last_used() == [default_profile()]


def test_nobody_is_told_where_no_window_is(tmp_path: Path) -> None:
    assert running.tell(Profile(tmp_path / "none"), running.DIAL, "601442190") is None
    assert running.tell_last_used(running.CONTROL, "mute") is None


@pytest.mark.parametrize("text", ["601\n442", "601\x00", "1" * 2_000])
def test_only_one_printable_line_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match="line"):
        running.tell(Profile(tmp_path), running.DIAL, text)
