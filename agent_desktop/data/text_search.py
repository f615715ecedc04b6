"""Which rows contain what is being typed: by the indexes of each kind of database, never by looking at every row.

Words come folded (see folding.py). On a server the functions of roles/3_search.sql answer, with what the login may see.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Integer, Text, bindparam, column, func, text
from sqlalchemy.orm import Session

from agent_desktop.data.base import UuidType
from agent_desktop.data.folding import LAST

TRIGRAM = 3  # letters below which an index of trigrams knows nothing


def containing(session: Session, words: Sequence[str], limit: int) -> list[UUID]:
    """Customers of a file whose name, or whose organisation's, has every word anywhere inside; in no order.

    Nothing when no word has three letters: those are found by their beginnings.
    """
    if not _long(words):
        return []
    by_name = _ids(
        session,
        "SELECT p.id AS id FROM customer_found f JOIN customer_place p ON p.seq = f.rowid "
        "JOIN customer c ON c.id = p.id WHERE customer_found MATCH :sought AND c.merged_into IS NULL LIMIT :most",
        sought=_phrases(_long(words)),
        most=limit,
    )
    conditions = " AND ".join(f"instr(o.name_key, :w{at})" for at in range(len(words)))
    by_organisation = _ids(
        session,
        f"SELECT c.id AS id FROM organisation o JOIN customer c ON c.organisation_id = o.id "  # noqa: S608 - our words
        f"WHERE {conditions} AND c.merged_into IS NULL LIMIT :most",
        most=limit,
        **{f"w{at}": word for at, word in enumerate(words)},
    )
    return list(dict.fromkeys((*by_name, *by_organisation)))


def tickets_saying(session: Session, words: Sequence[str], numbered: str, limit: int) -> list[UUID]:
    """Tickets of a file whose number begins so (empty: none), then those with every word in the subject; the last
    touched first.
    """
    found: list[UUID] = []
    if numbered:
        within = "SELECT id FROM ticket WHERE number >= :first AND number < :last ORDER BY number LIMIT :most"
        found = _ids(session, within, first=numbered, last=numbered + LAST, most=limit)
    if len(found) < limit and _long(words):
        query = (
            "SELECT t.id AS id FROM ticket_found f JOIN ticket_place p ON p.seq = f.rowid JOIN ticket t ON t.id = p.id "
            "WHERE ticket_found MATCH :sought ORDER BY t.updated_at DESC LIMIT :most"
        )
        found += _ids(session, query, sought=_phrases(_long(words)), most=limit)
    return list(dict.fromkeys(found))[:limit]


def notes_saying(session: Session, words: Sequence[str], limit: int) -> list[UUID]:
    """Notes of a file in which every word begins a word, the newest first; nothing when no word has three letters."""
    if not _long(words):
        return []
    query = (
        "SELECT p.id AS id FROM note_found f JOIN note_place p ON p.seq = f.rowid "
        "WHERE note_found MATCH :sought ORDER BY f.rowid DESC LIMIT :most"
    )
    sought = " AND ".join(f"{_phrase(word)} *" for word in words)
    return _ids(session, query, sought=sought, most=limit)


def _long(words: Sequence[str]) -> list[str]:
    return [word for word in words if len(word) >= TRIGRAM]


def _phrase(word: str) -> str:
    """A word as FTS5 takes it literally."""
    return '"' + word.replace('"', '""') + '"'


def _phrases(words: Sequence[str]) -> str:
    return " AND ".join(_phrase(word) for word in words)


def _ids(session: Session, query: str, **values: Any) -> list[UUID]:
    statement = text(query).bindparams(**values).columns(id=UuidType())
    return list(session.execute(statement).scalars())


def _text(name: str) -> Any:
    return bindparam(name, type_=Text)


def _texts(name: str) -> Any:
    return bindparam(name, type_=ARRAY(Text))


def _found(function: Any) -> Any:
    """What a function of roles/3_search.sql finds: ``id`` and its ``place``, from 1 on."""
    return function.table_valued(column("id", UuidType()), with_ordinality="place", name="found").render_derived()


# Of a server, for pipeline.read_all: each takes what its module's ``sought`` gives, and the most of its kind.
CUSTOMERS_FOUND = _found(
    func.access.find_customers(
        _text("said"),
        _texts("words"),
        _text("number"),
        _text("ending"),
        _texts("beginnings"),
        bindparam("most", type_=Integer),
    )
)
TICKETS_FOUND = _found(
    func.access.find_tickets(_texts("words"), _text("ticket_number"), bindparam("most", type_=Integer))
)
NOTES_FOUND = _found(func.access.find_notes(_texts("words"), bindparam("most", type_=Integer)))
