"""The files of a PBX as bytes: plain or packed, whole or cut, several in the order of their time."""

import bz2
import gzip
import lzma
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from agent_desktop.data.exchange.entry import FileTrouble

MAX_LINE = 1 << 16
_PACKED = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ", lzma.open))
_NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"SQLite format 3")
_CUT = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile)


class Problem(msgspec.Struct, frozen=True):
    """A line that was not taken, counted from 1, and why. ``file`` is a name without its folder."""

    file: str
    line: int
    reason: str


def open_log(path: Path) -> BinaryIO:
    """The content, unpacked while it is read. Raises OSError."""
    with path.open("rb") as file:
        start = file.read(8)
    for magic, opener in _PACKED:
        if start.startswith(magic):
            return cast(BinaryIO, opener(path, "rb"))
    return path.open("rb")


def lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Number and content of each line, the line's end with it; of an endless one only the beginning, without an end.

    Raises FileTrouble for a broken archive, OSError.
    """
    try:
        with open_log(path) as file:
            number = 0
            while line := file.readline(MAX_LINE):
                number += 1
                rest = line
                while len(rest) == MAX_LINE and not rest.endswith(b"\n"):
                    rest = file.readline(MAX_LINE)  # of a line that nobody wrote
                yield number, line
    except _CUT as error:
        raise FileTrouble(f"{path.name} cannot be unpacked: it is cut or damaged.") from error
    except OSError as error:
        if error.errno is None:  # what the unpackers raise about the content
            raise FileTrouble(f"{path.name} cannot be unpacked: it is cut or damaged.") from error
        raise


def count_lines(path: Path) -> int:
    """Read it once from end to end, so that what is broken is known before anything is stored.

    Raises FileTrouble for what is no text, an empty file or a broken archive, OSError.
    """
    found, sample, last = 0, b"", b""
    try:
        with open_log(path) as file:
            while chunk := file.read(1 << 20):
                sample = sample or chunk[:4096]
                found += chunk.count(b"\n")
                last = chunk[-1:]
    except _CUT as error:
        raise FileTrouble(f"{path.name} cannot be unpacked: it is cut or damaged.") from error
    except OSError as error:
        if error.errno is None:
            raise FileTrouble(f"{path.name} cannot be unpacked: it is cut or damaged.") from error
        raise
    if not sample.strip():
        raise FileTrouble(f"{path.name} is empty.")
    if b"\x00" in sample or sample.startswith(_NO_TEXT):
        raise FileTrouble(f"{path.name} is not a text file.")
    return found + (last != b"\n")
