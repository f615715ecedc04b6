"""Customers as JSON, RFC 8259: a list of objects as our own export writes it, or an object a line; one by one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from agent_desktop.data.exchange.entry import TEXTS, Entry, FileTrouble, unreadable, without_repeats

_CHUNK = 1 << 18
_LONGEST = 1 << 20
_BETWEEN = " \t\r\n,"
_decoder = json.JSONDecoder()


def is_json(path: Path, encoding: str) -> bool:
    """Whether a file begins as JSON does."""
    with path.open(encoding=encoding, errors="replace") as file:
        start = file.read(4096).lstrip("\ufeff \t\r\n")
    return start[:1] == "{" or (start[:1] == "[" and start[1:].lstrip()[:1] in ("{", "]", ""))


def entries(path: Path, encoding: str) -> Iterator[Entry]:
    """Entry by entry; what is broken says where, and reading goes on with the next line that begins an object.

    Raises FileTrouble when there is not one object in it, OSError.
    """
    found = False
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        text, at, line, ended = "", 0, 1, False
        while True:
            if len(text) - at < _LONGEST and not ended:
                more = file.read(_CHUNK)
                ended = not more
                text, at = text[at:] + more, 0
                if not ended and len(text) < _LONGEST:
                    continue
            begin = _next(text, at)
            line += text.count("\n", at, begin)
            at = begin
            if at >= len(text):
                break
            try:
                said, end = _decoder.raw_decode(text, at)
            except (ValueError, RecursionError):
                said, end = None, _after(text, at)
                yield Entry(line=line, trouble="It is not written as JSON is: a bracket or quotation mark is missing.")
            else:
                yield _entry(said, line)
            found = True
            line += text.count("\n", at, end)
            at = end
    if not found:
        raise FileTrouble("There are no customers in this file.")


def _next(text: str, at: int) -> int:
    """Where the next value begins."""
    while at < len(text) and (text[at] in _BETWEEN or text[at] in "[]\ufeff"):
        at += 1
    return at


def _after(text: str, at: int) -> int:
    """Behind what is broken: where a later line begins an object."""
    end = text.find("\n{", at + 1)
    return end + 1 if end >= 0 else len(text)


def _entry(said: Any, line: int) -> Entry:
    if not isinstance(said, dict):
        return Entry(line=line, trouble="It is no object with a customer's fields.")
    texts = {name: said.get(name) or "" for name in TEXTS}
    if wrong := [name for name, text in texts.items() if not isinstance(text, str)]:
        return Entry(line=line, trouble=f"“{wrong[0]}” is no text.")
    lists = {name: said.get(name) or [] for name in ("phones", "emails", "tags")}
    phones: dict[str, str] = {}
    for name, values in lists.items():
        if not isinstance(values, list):
            return Entry(line=line, trouble=f"“{name}” is no list.")
        for value in values:
            if name == "phones" and isinstance(value, dict):
                number, label = value.get("number"), value.get("label") or ""
                if not isinstance(number, str) or not isinstance(label, str):
                    return Entry(line=line, trouble="A phone has no number.")
                phones.setdefault(number.strip(), label)
            elif not isinstance(value, str):
                return Entry(line=line, trouble=f"“{name}” holds something else than texts.")
            elif name == "phones":
                phones.setdefault(value.strip(), "")
    if any(unreadable(text) for text in (*texts.values(), *phones, *phones.values(), *lists["emails"], *lists["tags"])):
        return Entry(line=line, trouble="It holds characters that no text has.")
    return Entry(
        line=line,
        **texts,
        tags=without_repeats(lists["tags"]),
        phones=tuple((number, label) for number, label in phones.items() if number),
        emails=without_repeats(lists["emails"]),
    )
