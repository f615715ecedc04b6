"""What one entry of a file says about a customer, in whatever format it stands there, and why an entry is not taken."""

import re

import msgspec

MAX_TEXT = 2_000
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ud800-\udfff]")


class FileTrouble(Exception):
    """The whole file cannot be read or written; ``text`` says why in words."""

    def __init__(self, text: str):
        self.text = text
        super().__init__(text)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A customer as a file has them. ``line`` is where the entry begins, counted from 1.

    ``trouble`` says why it cannot be read; the rest is empty then.
    """

    line: int = 0
    name: str = ""
    account_number: str = ""
    organisation: str = ""
    language: str = ""
    time_zone: str = ""
    address: str = ""
    alert: str = ""
    tags: tuple[str, ...] = ()
    phones: tuple[tuple[str, str], ...] = ()  # number as written, label
    emails: tuple[str, ...] = ()
    trouble: str = ""


TEXTS = ("name", "account_number", "organisation", "language", "time_zone", "address", "alert")


def unreadable(text: str) -> bool:
    """Whether the text holds what no text holds: control characters, or bytes that are no letters."""
    return _UNREADABLE.search(text) is not None


def without_repeats(texts: list[str]) -> tuple[str, ...]:
    """Each text once, in order, trimmed, without empty ones."""
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
