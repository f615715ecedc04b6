"""Text of SIP headers: one plain line of anything, addresses, lists of values.

Pure functions: they never raise on any text.
"""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote

import msgspec

Headers = Iterable[tuple[str, str]]

MAX_VALUE = 400
_JOINERS = "\u200c\u200d"  # Persian words and emoji sequences need them; every other format character goes
_READ_TIMES = 16  # so many times the limit is looked at: a megabyte of text costs no more than a page


class NameAddr(msgspec.Struct, frozen=True):
    """``"Jane" <sip:+4812@host;x=y>;p=q`` in parts; ``user`` is percent-decoded and without its parameters."""

    display_name: str = ""
    scheme: str = ""
    user: str = ""
    host: str = ""
    parameters: tuple[tuple[str, str], ...] = ()  # of the URI, then of the header; names in lower case

    def parameter(self, name: str) -> str:
        return next((value for key, value in self.parameters if key == name), "")


def clean(text: str, limit: int = MAX_VALUE) -> str:
    """One line of plain text of at most ``limit`` (at least 1) characters, without control and direction characters."""
    text = text[: _READ_TIMES * limit + 64]
    if text.isascii() and text.isprintable():
        line = " ".join(text.split())
        return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
    kept = []
    for character in text:
        category = unicodedata.category(character)
        if category in ("Zl", "Zp", "Zs") or character in "\t\n\r\v\f":
            kept.append(" ")
        elif category[0] != "C" or category == "Cn" or character in _JOINERS:
            kept.append(character)
    line = " ".join("".join(kept).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def name_addr(value: str) -> NameAddr:
    """Take an address header apart, as well as it goes."""
    value = value.strip()
    display, rest = "", value
    if value.startswith('"'):
        quoted = re.match(r'"((?:[^"\\]|\\.)*)"', value, re.DOTALL)
        if quoted:
            display, rest = re.sub(r"\\(.)", r"\1", quoted[1], flags=re.DOTALL), value[quoted.end() :]
    before, bracket, after = rest.partition("<")
    if bracket:
        display = display or before.strip().strip('"')
        uri, _, tail = after.partition(">")
    else:
        uri, _, tail = rest.partition(";")
    scheme, user, host, parameters = _uri(uri.strip())
    return NameAddr(clean(display), scheme, user, host, (*parameters, *parameters_of(tail)))


def _uri(uri: str) -> tuple[str, str, str, tuple[tuple[str, str], ...]]:
    scheme, colon, rest = uri.partition(":")
    if not colon or not scheme.isalpha():
        scheme, rest = "", uri
    rest = rest.partition("?")[0]
    if scheme.lower() == "tel":
        number, _, tail = rest.partition(";")
        return "tel", clean(unquote(number)), "", parameters_of(tail)
    user, at, after = rest.rpartition("@")
    host, _, tail = (after if at else rest).partition(";")
    user, _, in_user = user.partition(";")
    user = user.partition(":")[0]
    return scheme.lower(), clean(unquote(user)), clean(host), (*parameters_of(in_user), *parameters_of(tail))


def parameters_of(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (part.partition("=") for part in text.split(";"))
    return tuple((name.strip().lower(), unquote(value.strip().strip('"'))) for name, _, value in pairs if name.strip())


def values_of(headers: list[tuple[str, str]], name: str) -> list[str]:
    """Every value of a header, comma lists taken apart."""
    wanted = name.lower()
    return [value for key, text in headers if key.lower() == wanted for value in split(text)]


def split(text: str) -> list[str]:
    """The values of a comma list (not within quotes or angle brackets), without those that say nothing."""
    if "," not in text:
        return [text.strip()] if text.strip() else []
    found: list[str] = []
    start, quoted, bracketed = 0, False, False
    for position, character in enumerate(text):
        if character == '"' and text[position - 1 : position] != "\\":
            quoted = not quoted
        elif not quoted and character in "<>":
            bracketed = character == "<"
        elif character == "," and not quoted and not bracketed:
            found.append(text[start:position])
            start = position + 1
    found.append(text[start:])
    return [value.strip() for value in found if value.strip()]


def first_of(headers: list[tuple[str, str]], *names: str) -> str | None:
    """The first value that says something, cleaned; earlier names first."""
    for name in names:
        for key, value in headers:
            if key.lower() == name.lower() and clean(value):
                return clean(value)
    return None
