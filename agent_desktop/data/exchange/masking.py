"""Numbers and e-mail addresses in exports of those who may not take whole ones away (access.takes_whole_numbers)."""

import re

from msgspec.structs import replace

from agent_desktop import numbers
from agent_desktop.data.exchange.entry import Entry

MARK = "•"
_ADDRESS = re.compile(r"[^\s@<>,;:\"()]+@(?=[^\s@<>,;:\"()]+)")
_DIGITS = re.compile(r"(?<![\w.])\+?\d(?:[ \u00a0()/.\-]{0,3}\d){6,14}(?!\w)")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}")


def masked(entry: Entry) -> Entry:
    """The same with the last three digits of its numbers and the first letter of its addresses, in texts too."""
    return replace(
        entry,
        name=_text(entry.name),
        organisation=_text(entry.organisation),
        address=_text(entry.address),
        alert=_text(entry.alert),
        tags=tuple(map(_text, entry.tags)),
        phones=tuple((number(typed), _text(label)) for typed, label in entry.phones),
        emails=tuple(_address(address) for address in entry.emails),
    )


def is_masked(text: str) -> bool:
    """Whether a number or address comes from such an export: nothing that could be called or written to."""
    return MARK in text


def number(whole: str) -> str:
    """A number's last three digits, without its plus: no number to a spreadsheet, nor the beginning of a formula."""
    hidden = numbers.masked(whole).lstrip("+")
    return hidden if is_masked(hidden) else MARK * 3  # so short that the last three digits are all of it


def _address(address: str) -> str:
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}{MARK * 3}{at}{domain}" if at else MARK * 3


def _text(text: str) -> str:
    text = _ADDRESS.sub(lambda found: f"{found[0][:1]}{MARK * 3}@", text)
    return _DIGITS.sub(lambda found: found[0] if _DATE.fullmatch(found[0]) else number(found[0]), text)
