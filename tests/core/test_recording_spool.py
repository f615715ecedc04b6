"""Copies into the store: whole and compared, or not there at all."""

import hashlib
import os
import threading
from pathlib import Path

import pytest

from agent_desktop.core import recording_spool
from agent_desktop.core.recording_spool import Interrupted, deliver

PLACE = "2026/11/21/x.wav.age"
DATA = os.urandom(3_000_000)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "x.wav.age"
    file.write_bytes(DATA)
    return file


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    folder.mkdir()
    return folder


def there(store: Path) -> list[str]:
    return sorted(str(path.relative_to(store)) for path in store.rglob("*") if path.is_file())


def test_a_copy_is_whole(source: Path, store: Path) -> None:
    told = deliver(source, store, PLACE, threading.Event())
    assert (told.sha256, told.bytes) == (hashlib.sha256(DATA).hexdigest(), len(DATA))
    assert (store / PLACE).read_bytes() == DATA
    assert there(store) == [PLACE]
    assert source.exists(), "that it may go says the database"


def test_what_a_crash_left_there_gives_way(source: Path, store: Path) -> None:
    (store / PLACE).parent.mkdir(parents=True)
    (store / PLACE).write_bytes(b"half")
    (store / (PLACE + ".part")).write_bytes(b"x" * 9_000_000)
    deliver(source, store, PLACE, threading.Event())
    assert (store / PLACE).read_bytes() == DATA
    assert there(store) == [PLACE]


def test_a_store_that_is_not_mounted_is_not_made(source: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="not there"):
        deliver(source, tmp_path / "share", PLACE, threading.Event())
    assert not (tmp_path / "share").exists()


def test_a_copy_that_reads_back_otherwise_is_none(source: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = os.fsync

    def damage(descriptor: int) -> None:
        synced(descriptor)
        os.pwrite(descriptor, b"\0\0\0\0", 1_000_000)

    monkeypatch.setattr(recording_spool.os, "fsync", damage)
    with pytest.raises(OSError, match="read back"):
        deliver(source, store, PLACE, threading.Event())
    assert there(store) == []


def test_an_end_of_the_program_leaves_no_half_copy(source: Path, store: Path) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Interrupted):
        deliver(source, store, PLACE, stop)
    assert there(store) == []
