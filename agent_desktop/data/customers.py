"""Customers: cards, lists, and search as you type by name, number, organisation, e-mail or account number."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists, func, select
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
from agent_desktop.data.rows import CustomerCard, CustomerLine, EmailRow, PhoneRow, ProductRow
from agent_desktop.data.sql import table_of
from agent_desktop.data.text_search import customers_containing
from agent_desktop.data.tickets import OPEN_STATUSES

_CANDIDATES = 400  # a short prefix fits thousands: this many are ranked
_MIN_LAST_DIGITS = 4
_MIN_DIGITS = 2


def search(session: Session, text: str, *, limit: int = 20) -> tuple[CustomerLine, ...]:
    """Customers for what is being typed: every word a prefix; digits also as a number's beginning or end."""
    return lines_of(session, ids_by_text(session, text, limit=limit))


def ids_by_text(session: Session, text: str, *, limit: int) -> list[UUID]:
    """The ids behind ``search``, best first: names that begin with the text, then by name."""
    sought = words(text)
    if not sought:
        return []
    start = fold(text)
    found: dict[UUID, str] = _by_beginning(session, start, limit)
    if any(c.isdecimal() for c in text):
        found |= _by_digits(session, text)
    if len(found) < limit:
        found |= _by_words(session, sought)
    if len(found) < limit:
        found |= _containing(session, sought, found, limit)
    ranked = sorted(found, key=lambda key: (not found[key].startswith(start), found[key], key))
    return ranked[:limit]


def listed(session: Session, *, offset: int = 0, limit: int = 50) -> tuple[CustomerLine, ...]:
    """A page of all customers, by name."""
    keys = select(Customer.id).where(Customer.merged_into.is_(None)).order_by(Customer.name_key, Customer.id)
    return lines_of(session, list(session.execute(keys.offset(offset).limit(limit)).scalars()))


def count(session: Session) -> int:
    """How many customers there are."""
    living = select(func.count()).select_from(Customer).where(Customer.merged_into.is_(None))
    return int(session.execute(living).scalar_one())


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
    return tuple(
        CustomerLine(
            id=key,
            name=found[key].name,
            organisation=found[key].organisation or "",
            account_number=found[key].account_number,
            phone=found[key].phone or "",
            email=found[key].email or "",
            last_contact=found[key].last_contact,
            open_tickets=found[key].open_tickets,
        )
        for key in customer_ids
        if key in found
    )


def _by_words(session: Session, sought: list[str]) -> dict[UUID, str]:
    """Every word must begin some word of the customer; the longest, likely the rarest, leads."""
    longest = max(sought, key=len)
    if len(sought) == 1:
        return _named(session, _ONE_WORD, {"first": longest, "last": longest + LAST})
    lead = select(CustomerWord.customer_id).where(*_begins(CustomerWord, longest))
    for word in sought:
        if word != longest:
            other = aliased(CustomerWord)
            lead = lead.where(exists().where(other.customer_id == CustomerWord.customer_id, *_begins(other, word)))
    chosen = _few(lead)
    query = select(_c.id, _c.name_key).join(chosen, chosen.c.customer_id == _c.id).where(_c.merged_into.is_(None))
    return _named(session, query, {})


def _few(ids: Any) -> Any:
    """The first customers of a list that names some twice: PostgreSQL reads a whole list before it says each once."""
    listed = ids.limit(2 * _CANDIDATES).subquery()
    return select(listed.c.customer_id).distinct().limit(_CANDIDATES).subquery()


def _named(session: Session, query: Any, values: dict[str, Any]) -> dict[UUID, str]:
    return {row.id: row.name_key for row in session.execute(query, values)}


def _begins(table: Any, prefix: str) -> tuple[Any, Any]:
    return table.word >= prefix, table.word < prefix + LAST


def _by_beginning(session: Session, start: str, limit: int) -> dict[UUID, str]:
    """Names that begin with the whole text, in their order."""
    return _named(session, _BEGINNING, {"first": start, "last": start + LAST, "most": limit})


def _containing(session: Session, sought: list[str], known: dict[UUID, str], limit: int) -> dict[UUID, str]:
    """Names, and names of organisations, that have the words inside theirs."""
    keys = [key for key in customers_containing(session, sought, limit) if key not in known]
    return _named(session, _OF_IDS, {"ids": keys}) if keys else {}


def _by_digits(session: Session, text: str) -> dict[UUID, str]:
    """By the number as typed in any notation, by its beginning, or by its last digits."""
    region = session.execute(select(Site.region)).scalar_one()
    beginnings = [digits for digits in numbers.beginnings(text, region) if len(digits) >= _MIN_DIGITS]
    if not beginnings:
        return {}
    number = numbers.parse(text, region)
    found: dict[UUID, str] = {}
    if number.e164:
        found = _named(session, _NUMBERED, {"first": number.key, "last": number.key + "!"})  # after it comes a digit
    elif len(beginnings[-1]) >= _MIN_LAST_DIGITS:
        ending = beginnings[-1][::-1]
        found = _named(session, _NUMBERED, {"first": ending, "last": ending + ":"})  # ":" comes after "9"
    for beginning in () if found and number.e164 else beginnings:
        found |= _named(session, _ONE_WORD, {"first": beginning, "last": beginning + LAST})
    return found


# Core columns, not the mapped attributes: the pop runs these, and the ORM would double their time.
_c, _o, _p, _e, _r = (table_of(model).c for model in (Customer, Organisation, Phone, Email, Product))


def card_statements(whose: Any) -> tuple[Any, Any, Any, Any]:
    """What a card is made of: the customer, their numbers, addresses and products. ``whose`` gives the id."""
    card = (
        select(
            _c.id,
            _c.version,
            _c.name,
            _c.account_number,
            _c.organisation_id,
            _o.name.label("organisation"),
            _c.language,
            _c.time_zone,
            _c.address,
            _c.alert,
            _c.since,
            _c.tags,
            _c.merged_into,
            _c.consents,
        )
        .outerjoin_from(table_of(Customer), table_of(Organisation), _o.id == _c.organisation_id)
        .where(_c.id == whose)
    )
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
    .limit(_CANDIDATES)
)
_words_so = _few(select(_w.customer_id).where(_w.word >= bindparam("first"), _w.word < bindparam("last")))
_ONE_WORD = _LIVING.join_from(table_of(Customer), _words_so, _words_so.c.customer_id == _c.id)
_LINES = (
    select(
        _c.id,
        _c.name,
        _c.account_number,
        _o.name.label("organisation"),
        _first_of(_p, func.coalesce(_p.e164, _p.typed)).label("phone"),
        _first_of(_e, _e.address).label("email"),
        select(func.max(_i.started_at)).where(_i.customer_id == _c.id).scalar_subquery().label("last_contact"),
        select(func.count())
        .select_from(table_of(Ticket))
        .where(_t.customer_id == _c.id, _t.status.in_(OPEN_STATUSES))
        .scalar_subquery()
        .label("open_tickets"),
    )
    .outerjoin_from(table_of(Customer), table_of(Organisation), _o.id == _c.organisation_id)
    .where(_c.id.in_(bindparam("ids", expanding=True)))
)
