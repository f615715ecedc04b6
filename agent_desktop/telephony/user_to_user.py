"""User-to-User data (RFC 7433): what an exchange packs into one header, in hex or as text, and Avaya's call id in it.

Vendors differ in the first octet of hex data, the protocol discriminator: some put it there, Genesys Cloud takes one
away whether or not it was there, AudioCodes's header never has one. So the map of headers says how to read each.
"""

import re
from enum import StrEnum
from urllib.parse import unquote

import msgspec

from agent_desktop.telephony.header_text import clean, parameters_of

_TEXT = {"ascii", "text", "utf-8", "utf8"}
_DISCRIMINATORS = (0x00, 0x04)  # user-specific, IA5 text: what exchanges put before the data
_UCID_TAG = b"\xfa\x08"  # Avaya's universal call id: two tag bytes and eight of data
_QUOTED = re.compile(r'\s*"([^"]*)"')
_HEX = re.compile(r"[0-9A-Fa-f]+")


class Form(StrEnum):
    """How the value of a header is to be read."""

    TEXT = "text"  # as it stands, percent-decoded where it is encoded
    USER_TO_USER = "uui"  # a known protocol discriminator before text is left out
    WITH_DISCRIMINATOR = "uui-pd"  # the first octet is always one, unless pd= names it
    BARE = "uui-bare"  # there is none


class UserToUser(msgspec.Struct, frozen=True):
    """One value: its text, or as it came where it is none, and the call id found in it."""

    text: str = ""
    ucid: str = ""


def decode(value: str, form: Form = Form.USER_TO_USER, limit: int = 400) -> UserToUser:
    """Take one value apart. ``limit``: of its characters."""
    if ";" not in value and "%3b" in value.lower():  # taken over from the header part of a URI
        value = unquote(value)
    quoted = _QUOTED.match(value)
    data, _, tail = (quoted[1], "", value[quoted.end() :]) if quoted else value.partition(";")
    data = data.strip()
    parameters = dict(parameters_of(tail))
    shown = clean(data, limit)
    if parameters.get("encoding", "hex").lower() in _TEXT or len(data) % 2 or not _HEX.fullmatch(data):
        return UserToUser(shown)
    octets = bytes.fromhex(data)
    text = next((text for start in _starts(octets, form, "pd" in parameters) if (text := _text(octets[start:]))), "")
    return UserToUser(clean(text, limit) or shown, _ucid(octets))


def _starts(octets: bytes, form: Form, told_apart: bool) -> tuple[int, ...]:
    """Where the data may begin, the likeliest first."""
    if told_apart or form is Form.BARE:
        return (0,)
    if form is Form.WITH_DISCRIMINATOR:
        return (1,)
    return (1, 0) if octets[0] in _DISCRIMINATORS else (0,)


def _text(octets: bytes) -> str:
    """The text in these bytes, or nothing if they are no text."""
    try:
        text = octets.rstrip(b"\0").decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if text and all(c.isprintable() or c in "\t\r\n" for c in text) else ""


def _ucid(octets: bytes) -> str:
    """Twenty digits: node (5), sequence (5), start in seconds since 1970 (10)."""
    at = octets.find(_UCID_TAG)
    part = octets[at + 2 : at + 10]
    if at < 0 or len(part) < 8:
        return ""
    node, sequence, start = (int.from_bytes(part[a:b], "big") for a, b in ((0, 2), (2, 4), (4, 8)))
    return f"{node:05}{sequence:05}{start:010}"
