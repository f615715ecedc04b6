"""Which encoding a text file is in: by its byte order mark, by its form, and Windows' code pages by their letters."""

import codecs
import re
from pathlib import Path

from agent_desktop.data.exchange.entry import FileTrouble

_SAMPLE = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OTHERS = (
    (b"PK\x03\x04", "This is a packed file, or an Excel workbook that is damaged."),
    (
        b"\xd0\xcf\x11\xe0",
        "This is an old Excel workbook, or one with a password. Save it as XLSX without one first.",
    ),
    (b"%PDF", "This is a PDF, not a list of customers."),
    (b"\x1f\x8b", "This file is packed. Unpack it first."),
    (b"\x89PNG", "This is a picture, not a list of customers."),
    (b"\xff\xd8\xff", "This is a picture, not a list of customers."),
    (b"SQLite format 3", "This is a database, not a list of customers."),
)
# Polish letters of cp1250 are signs in cp1252, which never stand inside a word: "Pawe³", "Ko¿uch", "Wêgrzyn".
_POLISH = re.compile(rb"[A-Za-z\xe0-\xff][\xb3\xb9\xbf\x9f]|[\xa3\xaf\x8f][A-Za-z\xf3]|\xb3[a-z]")


def encoding_of(path: Path) -> str:
    """The name of the file's encoding. Raises FileTrouble for what is no text, OSError where it cannot be opened."""
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
        for magic, words in _OTHERS:
            if start.startswith(magic):
                raise FileTrouble(words)
        for mark, name in _MARKS:
            if start.startswith(mark):
                return name
        if (wide := _without_mark(start)) is not None:
            return wide
        if b"\x00" in start:
            raise FileTrouble("This is not a text file.")
        decoder = codecs.getincrementaldecoder("utf-8")()
        chunk, polish = start, False
        try:
            while chunk:
                decoder.decode(chunk)
                chunk = file.read(_SAMPLE)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            polish = _POLISH.search(chunk) is not None
        else:
            return "utf-8"
    return "cp1250" if polish else "cp1252"


def _without_mark(start: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text is 0."""
    sample = start[:4096]
    if len(sample) < 4:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return None
