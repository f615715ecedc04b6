"""Which rows contain what is being typed: by the indexes of each kind of database, never by looking at every row.

Words come folded (see folding.py). On a server the functions of roles/3_search.sql answer, with what the login may see.
"""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, Integer, Text, bindparam, column, func, text
from sqlalchemy.orm import Session

from agent_desktop.data.base import UuidType
from agent_desktop.data.folding import LAST, fold

TRIGRAM = 3  # letters below which an index of trigrams knows nothing
_LOOKED_AT = 300  # rows that have the long words: whether they have the short ones


def containing(session: Session, words: Sequence[str], limit: int) -> list[UUID]:
    """Customers of a file whose name, or whose organisation's, has every word anywhere inside; in no order.

    Nothing when no word has three letters: those are found by their beginnings.
    """
    if not _long(words):
        return []
    each = {f"w{at}": word for at, word in enumerate(words)}
    conditions = " AND ".join(f"instr(c.name_key, :{name})" for name in each)
    by_name = _ids(
        session,
        "SELECT p.id AS id FROM customer_found f JOIN customer_place p ON p.seq = f.rowid "  # noqa: S608 - our words
        f"JOIN customer c ON c.id = p.id WHERE customer_found MATCH :sought AND {conditions} "
        "AND c.merged_into IS NULL LIMIT :most",
        sought=" AND ".join(_phrase(word) for word in _long(words)),
        most=limit,
        **each,
    )
    conditions = " AND ".join(f"instr(o.name_key, :{name})" for name in each)
    by_organisation = _ids(
        session,
        f"SELECT c.id AS id FROM organisation o JOIN customer c ON c.organisation_id = o.id "  # noqa: S608 - our words
        f"WHERE {conditions} AND c.merged_into IS NULL LIMIT :most",
        most=limit,
        **each,
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
    if len(found) < limit:
        found += _saying(session, "ticket", words, limit)
    return list(dict.fromkeys(found))[:limit]


def notes_saying(session: Session, words: Sequence[str], limit: int) -> list[UUID]:
    """Notes of a file in which every word begins a word, the newest first; nothing when no word has three letters."""
    return _saying(session, "note", words, limit)


def articles_saying(session: Session, words: Sequence[str], *, drafts: bool, limit: int) -> list[UUID]:
    """Articles of a file in which every word begins a word: those with most of them in title and tags first, then the
    last edited. They are thousands, not millions: all that fit are put in order.
    """
    each = {f"w{at}": f" {word}" for at, word in enumerate(words)}
    named = " + ".join(f"(instr(a.about, :{name}) > 0)" for name in each)
    only = "" if drafts else "AND a.published > 0 "
    return _ids(
        session,
        "SELECT a.id AS id FROM article_found f JOIN article_place p ON p.seq = f.rowid "  # noqa: S608 - our words
        f"JOIN article a ON a.id = p.id WHERE article_found MATCH :sought {only}"
        f"ORDER BY {named} DESC, a.edited_at DESC, a.id LIMIT :most",
        sought=" AND ".join(f"{_phrase(word)} *" for word in words),
        most=limit,
        **each,
    )


def _saying(session: Session, table: str, words: Sequence[str], limit: int) -> list[UUID]:
    """By the index for words of three letters and more; of shorter ones it would read nearly all there are."""
    if not _long(words):
        return []
    short = [re.compile(rf"\b{re.escape(word)}") for word in words if len(word) < TRIGRAM]
    column, order = {"ticket": ("subject", "t.updated_at"), "note": ("text", "f.rowid")}[table]
    query = (
        f"SELECT t.id AS id, t.{column} AS said FROM {table}_found f JOIN {table}_place p ON p.seq = f.rowid "  # noqa: S608
        f"JOIN {table} t ON t.id = p.id WHERE {table}_found MATCH :sought ORDER BY {order} DESC LIMIT :most"
    )
    sought = " AND ".join(f"{_phrase(word)} *" for word in _long(words))
    statement = text(query).bindparams(sought=sought, most=_LOOKED_AT if short else limit)
    found = []
    for row in session.execute(statement.columns(id=UuidType(), said=Text())):
        if not short or all(word.search(fold(row.said)) for word in short):
            found.append(row.id)
            if len(found) == limit:
                break
    return found


def _long(words: Sequence[str]) -> list[str]:
    return [word for word in words if len(word) >= TRIGRAM]


def _phrase(word: str) -> str:
    """A word as FTS5 takes it literally."""
    return '"' + word.replace('"', '""') + '"'


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
ARTICLES_FOUND = _found(
    func.access.find_articles(_texts("words"), bindparam("drafts", type_=Boolean), bindparam("most", type_=Integer))
)
