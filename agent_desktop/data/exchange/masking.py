"""Whole numbers and e-mail addresses in exports: for team leads and up on a server, in a file as its settings say."""

import re

from msgspec.structs import replace
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agent_desktop import numbers
from agent_desktop.data.exchange.entry import Entry
from agent_desktop.data.sql import on_server

MARK = "•"
_ADDRESS = re.compile(r"[^\s@<>,;:\"()]+@(?=[^\s@<>,;:\"()]+)")
_DIGITS = re.compile(r"(?<![\w.])\+?\d(?:[ \u00a0()/.\-]{0,3}\d){6,14}(?!\w)")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}")


def sees_whole(session: Session, *, in_file: bool) -> bool:
    """Whether who is signed in exports whole numbers: by the database's role; ``in_file`` where there are no roles."""
    if not on_server(session):
        return in_file
    return bool(session.execute(select(func.access.is_member("team_lead"))).scalar_one())


def masked(entry: Entry) -> Entry:
    """The same with the last three digits of its numbers and the first letter of its addresses, in texts too."""
    return replace(
        entry,
        name=_text(entry.name),
        organisation=_text(entry.organisation),
        address=_text(entry.address),
        alert=_text(entry.alert),
        tags=tuple(map(_text, entry.tags)),
        phones=tuple((_number(number), _text(label)) for number, label in entry.phones),
        emails=tuple(_address(address) for address in entry.emails),
    )


def is_masked(text: str) -> bool:
    """Whether a number or address comes from such an export: nothing that could be called or written to."""
    return MARK in text


def _number(number: str) -> str:
    """Without the plus: what is left is no number to a spreadsheet, nor the beginning of a formula."""
    hidden = numbers.masked(number).lstrip("+")
    return hidden if is_masked(hidden) else MARK * 3  # so short that the last three digits are all of it


def _address(address: str) -> str:
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}{MARK * 3}{at}{domain}" if at else MARK * 3


def _text(text: str) -> str:
    text = _ADDRESS.sub(lambda found: f"{found[0][:1]}{MARK * 3}@", text)
    return _DIGITS.sub(lambda found: found[0] if _DATE.fullmatch(found[0]) else _number(found[0]), text)
