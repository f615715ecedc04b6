"""What was seen last: found with its age, forgotten in time, and never a reason to fail."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine

from agent_desktop import clock
from agent_desktop.data import cache as cache_file
from agent_desktop.data.cache import Cache
from agent_desktop.data.rows import Pop


def test_it_is_found_with_its_age_by_the_next_program_too(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache.db")
    before = clock.now()
    cache.keep("a", Pop("1"))
    cache.keep("a", Pop("2"))
    cache.close()
    found = Cache(tmp_path / "cache.db").find("a", Pop)
    assert found is not None
    assert found[0] == Pop("2")
    assert before <= found[1] <= clock.now()
    assert Cache(tmp_path / "cache.db").find("b", Pop) is None
    assert Cache(tmp_path / "cache.db").find("a", UUID) is None, "of another version of this program"
    cache.keep("a", Pop("3"))
    assert cache.find("a", Pop) is None, "closed"


def test_the_oldest_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_file, "MOST", 3)
    cache = Cache(tmp_path / "cache.db")
    cache.keep("scripts", 0)
    for number in range(5):
        cache.keep(f"card:{number}", number)
    kept = [cache.find(f"card:{number}", int) is not None for number in range(5)]
    assert kept == [False, False, True, True, True]
    assert cache.find("scripts", int) is not None, "callers do not push out what there is one of"
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        assert cache.find("card:4", int) is None
        cache.keep("card:5", 5)
    assert cache.find("card:4", int) is None, "gone from the file"
    cache.close()


def test_a_damaged_file_and_no_place_for_one_are_as_if_nothing_had_been_seen(tmp_path: Path) -> None:
    (tmp_path / "cache.db").write_bytes(b"this is no database" * 100)
    cache = Cache(tmp_path / "cache.db")
    assert cache.find("a", int) is None
    cache.keep("a", 1)
    found = cache.find("a", int)
    assert found is not None
    assert found[0] == 1
    nowhere = Cache(tmp_path / "no" / "folder" / "cache.db")
    nowhere.keep("a", 1)
    assert nowhere.find("a", int) is None
    cache.close()
