"""Customers: cards, lists, and search as you type by name, number, organisation, e-mail or account number."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from agent_desktop import numbers
from agent_desktop.data import consent
from agent_desktop.data.folding import LAST, fold, words
from agent_desktop.data.models import (
    Customer,
    CustomerWord,
    Email,
    Interaction,
    Organisation,
    Phone,
    Product,
    Site,
    Ticket,
)
from agent_desktop.data.pipeline import read_all
from agent_desktop.data.rows import CustomerCard, CustomerLine, EmailRow, PhoneRow, ProductRow
from agent_desktop.data.sql import on_server, table_of
from agent_desktop.data.text_search import CUSTOMERS_FOUND, containing
from agent_desktop.data.tickets import OPEN_STATUSES

_CANDIDATES = 100  # a short prefix fits thousands: this many are ranked
_LOOKED_AT = 1_000  # of whom one of several words begins something: whether the others do too
_MIN_LAST_DIGITS = 4
_MIN_DIGITS = 2


def search(session: Session, text: str, *, limit: int = 20) -> tuple[CustomerLine, ...]:
    """Customers for what is being typed, in the order of ``ids_by_text``."""
    if not on_server(session):
        return lines_of(session, ids_by_text(session, text, limit=limit))
    values = sought(session, text)
    if not values["words"]:
        return ()
    (rows,) = read_all(session, [FOUND_LINES], values | {"most": limit})
    return tuple(line_of(row) for row in rows)


def ids_by_text(session: Session, text: str, *, limit: int) -> list[UUID]:
    """The ids behind ``search``, best first; in each group by name.

    Whose name begins with the text, or whose number it is; in whose name each word stands whole; of whom each word
    begins something they are known by (name, organisation, account number, address; digits also the end of a number);
    whose name or organisation's has the words inside.
    """
    values = sought(session, text)
    if not values["words"]:
        return []
    if on_server(session):
        (rows,) = read_all(session, [_FOUND_IDS], values | {"most": limit})
        return [row.id for row in rows]
    return _in_file(session, values, limit)


def sought(session: Session, text: str) -> dict[str, Any]:
    """What a text asks for: the values of CUSTOMERS_FOUND, but for how many."""
    values: dict[str, Any] = {"said": fold(text), "words": words(text), "number": "", "ending": "", "beginnings": []}
    if any(c.isdecimal() for c in text):
        ((site,),) = read_all(session, [_REGION], {})
        beginnings = [digits for digits in numbers.beginnings(text, site.region) if len(digits) >= _MIN_DIGITS]
        number = numbers.parse(text, site.region)
        values["beginnings"] = beginnings
        if beginnings and number.e164:
            values["number"] = number.key
        elif beginnings and len(beginnings[-1]) >= _MIN_LAST_DIGITS:
            values["ending"] = beginnings[-1][::-1]
    return values


def listed(session: Session, *, offset: int = 0, limit: int = 50) -> tuple[CustomerLine, ...]:
    """A page of all customers, by name."""
    keys = select(Customer.id).where(Customer.merged_into.is_(None)).order_by(Customer.name_key, Customer.id)
    return lines_of(session, list(session.execute(keys.offset(offset).limit(limit)).scalars()))


def count(session: Session, *, most: int | None = None) -> int:
    """How many customers there are, counted no further than ``most``."""
    living = select(Customer.id).where(Customer.merged_into.is_(None)).limit(most).subquery()
    return int(session.execute(select(func.count()).select_from(living)).scalar_one())


def card(session: Session, customer_id: UUID) -> CustomerCard | None:
    """One customer whole; a merged one gives the customer it was merged into."""
    row = session.execute(_CARD, {"customer_id": customer_id}).one_or_none()
    for _ in range(5):  # a chain of merges
        if row is None or row.merged_into is None:
            break
        row = session.execute(_CARD, {"customer_id": row.merged_into}).one_or_none()
    if row is None:
        return None
    phones, emails, products = (
        session.execute(statement, {"customer_id": row.id}) for statement in (_PHONES, _EMAILS, _PRODUCTS)
    )
    return card_of(row, phones, emails, products)


def kept(session: Session, customer_id: UUID) -> UUID:
    """Who stands for a customer now: themselves, or whom they have been merged into."""
    for _ in range(5):  # a chain of merges
        target = session.execute(select(_c.merged_into).where(_c.id == customer_id)).scalar_one_or_none()
        if target is None:
            break
        customer_id = target
    return customer_id


def card_of(row: Any, phones: Iterable[Any], emails: Iterable[Any], products: Iterable[Any]) -> CustomerCard:
    """The rows of ``card_statements`` as what leaves this layer."""
    return CustomerCard(
        id=row.id,
        version=row.version,
        name=row.name,
        account_number=row.account_number,
        organisation_id=row.organisation_id,
        organisation=row.organisation or "",
        language=row.language,
        time_zone=row.time_zone,
        address=row.address,
        alert=row.alert,
        since=row.since,
        tags=tuple(row.tags or ()),
        phones=tuple(PhoneRow(*phone) for phone in phones),
        emails=tuple(EmailRow(*email) for email in emails),
        products=tuple(ProductRow(*product) for product in products),
        consents=consent.of_column(row.consents),
    )


def lines_of(session: Session, customer_ids: Sequence[UUID]) -> tuple[CustomerLine, ...]:
    """List lines of these customers, in this order; ids that do not exist are left out."""
    if not customer_ids:
        return ()
    found = {row.id: row for row in session.execute(_LINES, {"ids": list(customer_ids)})}
    return tuple(line_of(found[key]) for key in customer_ids if key in found)


def line_of(row: Any) -> CustomerLine:
    """A row of FOUND_LINES as what leaves this layer."""
    return CustomerLine(
        id=row.id,
        name=row.name,
        organisation=row.organisation or "",
        account_number=row.account_number,
        phone=row.phone or "",
        email=row.email or "",
        last_contact=row.last_contact,
        open_tickets=row.open_tickets,
    )


def _in_file(session: Session, values: dict[str, Any], limit: int) -> list[UUID]:
    """As access.find_customers does it on a server."""
    said, asked = values["said"], values["words"]
    most = {"most": max(_CANDIDATES, 2 * limit)}
    begun = _named(session, _BEGINNING, {"first": said, "last": said + LAST, "most": limit})
    numbered: dict[UUID, str] = {}
    worded: dict[UUID, str] = {}
    if values["number"]:
        numbered = _named(session, _NUMBERED, {"first": values["number"], "last": values["number"] + "!"} | most)
    elif values["ending"]:
        worded = _named(session, _NUMBERED, {"first": values["ending"], "last": values["ending"] + ":"} | most)
    for beginning in () if numbered else values["beginnings"]:
        worded |= _named(session, _ONE_WORD, {"first": beginning, "last": beginning + LAST} | most)
    if len(begun) + len(numbered) + len(worded) < limit:
        worded |= _by_words(session, asked, most["most"])
    inside: dict[UUID, str] = {}
    if len(begun) + len(numbered) + len(worded) < limit:
        keys = containing(session, asked, limit)
        inside = _named(session, _OF_IDS, {"ids": keys}) if keys else {}

    def rank(key: UUID, name: str) -> int:
        if key in numbered or key in begun or name.startswith(said):
            return 1
        return 2 if set(asked) <= set(name.split()) else 3 if key in worded else 4

    found = inside | worded | begun | numbered
    return sorted(found, key=lambda key: (rank(key, found[key]), found[key], key))[:limit]


def _by_words(session: Session, asked: list[str], most: int) -> dict[UUID, str]:
    """Every word must begin some word of the customer; the one that the fewest have leads."""
    if len(asked) == 1:
        return _named(session, _ONE_WORD, {"first": asked[0], "last": asked[0] + LAST, "most": most})
    bounds = {word: {"first": word, "last": word + LAST, "most": _LOOKED_AT} for word in asked}
    having = {word: session.execute(_HAVING, bounds[word]).scalar_one() for word in asked}
    lead = min(asked, key=lambda word: (having[word], -len(word)))
    first = _words_so(_LOOKED_AT)
    chosen = select(first.c.customer_id).distinct()
    for word in asked:
        if word != lead:
            other = aliased(CustomerWord)
            begins = (other.word >= word, other.word < word + LAST)
            chosen = chosen.where(exists().where(other.customer_id == first.c.customer_id, *begins))
    few = chosen.limit(most).subquery()
    query = select(_c.id, _c.name_key).join(few, few.c.customer_id == _c.id).where(_c.merged_into.is_(None))
    return _named(session, query, {"first": lead, "last": lead + LAST})


def _named(session: Session, query: Any, values: dict[str, Any]) -> dict[UUID, str]:
    return {row.id: row.name_key for row in session.execute(query, values)}


# Core columns, not the mapped attributes: the pop runs these, and the ORM would double their time.
_c, _o, _p, _e, _r = (table_of(model).c for model in (Customer, Organisation, Phone, Email, Product))


CARD_COLUMNS = (
    _c.id, _c.version, _c.name, _c.account_number, _c.organisation_id, _o.name.label("organisation"), _c.language,
    _c.time_zone, _c.address, _c.alert, _c.since, _c.tags, _c.merged_into, _c.consents,
)  # fmt: skip
CARD_ROWS = table_of(Customer).outerjoin(table_of(Organisation), _o.id == _c.organisation_id)


def card_statements(whose: Any) -> tuple[Any, Any, Any, Any]:
    """What a card is made of: the customer, their numbers, addresses and products. ``whose`` gives the id."""
    card = select(*CARD_COLUMNS).select_from(CARD_ROWS).where(_c.id == whose)
    phones = (
        select(_p.id, _p.typed, _p.e164, _p.label, _p.is_primary)
        .where(_p.customer_id == whose)
        .order_by(_p.is_primary.desc(), _p.id)
    )
    emails = (
        select(_e.id, _e.address, _e.is_primary).where(_e.customer_id == whose).order_by(_e.is_primary.desc(), _e.id)
    )
    products = (
        select(_r.id, _r.name, _r.since, _r.status, _r.details)
        .where(_r.customer_id == whose)
        .order_by(_r.since.desc(), _r.id)
    )
    return card, phones, emails, products


_CARD, _PHONES, _EMAILS, _PRODUCTS = card_statements(bindparam("customer_id"))
_w, _i, _t = (table_of(model).c for model in (CustomerWord, Interaction, Ticket))


def _first_of(table: Any, value: Any) -> Any:
    """One value of each customer: the primary one, else the first made."""
    mine = select(value).where(table.customer_id == _c.id)
    return mine.order_by(table.is_primary.desc(), table.id).limit(1).scalar_subquery()


def _words_so(most: Any) -> Any:
    """Whose words begin so, the shortest first; some twice. Many bear the same: said once each only afterwards."""
    rows = select(_w.customer_id).where(_w.word >= bindparam("first"), _w.word < bindparam("last"))
    return rows.order_by(_w.word).limit(most).subquery()


_REGION = select(table_of(Site).c.region)
_LIVING = select(_c.id, _c.name_key).where(_c.merged_into.is_(None))
_BEGINNING = (
    _LIVING.where(_c.name_key >= bindparam("first"), _c.name_key < bindparam("last"))
    .order_by(_c.name_key, _c.id)
    .limit(bindparam("most"))
)
_OF_IDS = _LIVING.where(_c.id.in_(bindparam("ids", expanding=True)))
_NUMBERED = (
    _LIVING.join_from(table_of(Customer), table_of(Phone), _p.customer_id == _c.id)
    .where(_p.key >= bindparam("first"), _p.key < bindparam("last"))
    .order_by(_p.key)
    .limit(bindparam("most"))
)
_worded = _words_so(bindparam("most"))
_ONE_WORD = _LIVING.join_from(table_of(Customer), _worded, _worded.c.customer_id == _c.id)
_HAVING = select(func.count()).select_from(_worded)


# Spelled out: the values of IN are put in at each execution, and a server's statements are prepared once.
_still_open = or_(*(_t.status == status for status in OPEN_STATUSES))


def _lines() -> Any:
    return select(
        _c.id,
        _c.name,
        _c.account_number,
        _o.name.label("organisation"),
        _first_of(_p, func.coalesce(_p.e164, _p.typed)).label("phone"),
        _first_of(_e, _e.address).label("email"),
        select(func.max(_i.started_at)).where(_i.customer_id == _c.id).scalar_subquery().label("last_contact"),
        select(func.count())
        .select_from(table_of(Ticket))
        .where(_t.customer_id == _c.id, _still_open)
        .scalar_subquery()
        .label("open_tickets"),
    ).outerjoin_from(table_of(Customer), table_of(Organisation), _o.id == _c.organisation_id)


_LINES = _lines().where(_c.id.in_(bindparam("ids", expanding=True)))
_FOUND_IDS = select(CUSTOMERS_FOUND.c.id).order_by(CUSTOMERS_FOUND.c.place)
FOUND_LINES = _lines().join(CUSTOMERS_FOUND, CUSTOMERS_FOUND.c.id == _c.id).order_by(CUSTOMERS_FOUND.c.place)
