"""The way of a recording from the spool of this workstation to the store: copied, compared, and only then called there.

Everything here waits for disks and networks and belongs on the work lane.
"""

import contextlib
import errno
import hashlib
import os
import threading
from pathlib import Path

import msgspec

_BLOCK = 1 << 20


class Interrupted(Exception):
    """The program ends; the copy begins again at its next start."""


class Delivered(msgspec.Struct, frozen=True):
    """What is in the store."""

    sha256: str
    bytes: int


def deliver(source: Path, store: Path, place: str, stop: threading.Event) -> Delivered:
    """Copy ``source`` to ``place`` below ``store`` and compare; whatever had that name before gives way.

    The store itself is never made: where it is missing, a share is not mounted. Raises OSError, Interrupted.
    """
    if not store.is_dir():
        raise FileNotFoundError(errno.ENOENT, "the store is not there", str(store))
    target = store / place
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    part = target.with_name(target.name + ".part")
    try:
        copied = _copy(source, part, stop)
        if _digest(part, stop) != copied:
            raise OSError(errno.EIO, "what was read back differs from what was written", str(part))
        os.replace(part, target)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    _sync(target.parent)
    return copied


def _copy(source: Path, part: Path, stop: threading.Event) -> Delivered:
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as whole, open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o640), "wb") as copy:
        while block := whole.read(_BLOCK):
            _go_on(stop)
            digest.update(block)
            size += len(block)
            copy.write(block)
        copy.flush()
        os.fsync(copy.fileno())
        if hasattr(os, "posix_fadvise"):  # so that reading it back asks the disk, where that is possible
            os.posix_fadvise(copy.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return Delivered(digest.hexdigest(), size)


def _digest(path: Path, stop: threading.Event) -> Delivered:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            _go_on(stop)
            digest.update(block)
            size += len(block)
    return Delivered(digest.hexdigest(), size)


def _go_on(stop: threading.Event) -> None:
    if stop.is_set():
        raise Interrupted


def _sync(folder: Path) -> None:
    """The name is durable too, where folders can be synced."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
