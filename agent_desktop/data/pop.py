"""The screen pop: who is calling, why we think so, and what we know about them, in a handful of indexed statements.

On a server they go out together: the match brings the card along and says whose it is in a setting of the transaction,
from which all that follows takes it. So a caller who is known by number costs one round trip; an account number that
nobody has, or a caller who is only guessed by the last digits, costs one more. A number that only a merged customer has
still costs two more.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from msgspec.structs import replace
from sqlalchemy import Text, bindparam, case, cast, func, literal_column, select, true
from sqlalchemy.orm import Session

from agent_desktop import clock, numbers
from agent_desktop.data import customers, handoffs, interactions, tickets
from agent_desktop.data.base import UuidType
from agent_desktop.data.handoff_rows import HandoffFieldRow
from agent_desktop.data.models import Customer, Phone
from agent_desktop.data.pipeline import read_all
from agent_desktop.data.rows import CustomerCard, CustomerLine, CustomerMatch, Pop
from agent_desktop.data.sql import on_server, table_of
from agent_desktop.data.words import MatchKind
from agent_desktop.told import mark, told

_MAX_MATCHES = 20
_SUFFIX_DIGITS = 9  # with fewer, a caller from anywhere looks like somebody's customer
_FAR = clock.from_us(253_402_300_799_000_000)


def look_up(
    session: Session,
    number: numbers.Number,
    *,
    account_number: str | None = None,
    interaction_id: UUID | None = None,
    history_limit: int = 50,
) -> Pop:
    """Everything about a caller: matches best first, and the best one's card, history and open tickets.

    The account number given in the IVR beats the exact number, that an extension, that the last digits (seven to nine).
    When several match equally well there is no card: the agent picks, and ``card_for`` brings the rest. What the PBX
    said of the interaction comes with it; an account number there counts where the call itself brought none.
    """
    said = _Said(interaction_id)
    found = _found(session, number, account_number, said, history_limit)
    told = said.account
    if told and not account_number and told != account_number:
        again = _found(session, number, told, said, history_limit)
        found = again if again.matches and again.matches[0].kind is MatchKind.ACCOUNT else found
    return replace(found, said=said.rows) if said.rows else found


def _found(
    session: Session, number: numbers.Number, account_number: str | None, said: "_Said", history_limit: int
) -> Pop:
    shown = numbers.display(number.e164 or number.raw, "")
    for kind, question, values in _questions(number, account_number):
        rows, about = _asked(session, question, values | {"before": _FAR, "limit": history_limit}, said)
        if not rows:
            continue
        if len(rows) > 1:
            lines = customers.lines_of(session, [row.id for row in rows])
            reasons = {row.id: _reason(kind, row, shown) for row in rows}
            return Pop(shown, tuple(CustomerMatch(line, kind, reasons[line.id]) for line in lines))
        if about is None:
            about = _about(session, rows[0].id, history_limit)
        if about is None:
            return Pop(shown)
        pop = _full(session, about, shown, history_limit)
        assert pop.card is not None
        last = pop.last_contact.started_at if pop.last_contact else None
        match = CustomerMatch(_line(pop.card, last, len(pop.tickets)), kind, _reason(kind, rows[0], shown))
        return Pop(shown, (match,), pop.card, pop.history, pop.history_total, pop.tickets, pop.last_contact, pop.totals)
    said.read(session)  # where nothing could be asked: a withheld number
    return Pop(shown)


def card_for(session: Session, customer_id: UUID, *, number: str = "", history_limit: int = 50) -> Pop:
    """The same for a customer the agent picked; without card when that customer does not exist."""
    about = _about(session, customer_id, history_limit)
    return _full(session, about, number, history_limit) if about is not None else Pop(number)


@dataclass(frozen=True, slots=True)
class _About:
    """The rows about one customer; ``totals`` is None where they are only counted when they are needed."""

    id: UUID
    card: CustomerCard
    tickets: Sequence[Any]
    history: Sequence[Any]
    totals: Sequence[Any] | None


@dataclass(frozen=True, slots=True)
class _Question:
    """Whose is it; and the same where everything is asked at once: with the card, merged customers as they are."""

    match: Any
    at_once: Any


def _questions(
    number: numbers.Number, account_number: str | None
) -> Iterator[tuple[MatchKind, _Question, dict[str, str]]]:
    """What to ask, the surest first, until somebody is found."""
    if account_number and account_number.strip():
        yield MatchKind.ACCOUNT, _BY_ACCOUNT, {"account": "".join(account_number.split())}
    if not number.key:
        return
    yield (MatchKind.EXTENSION if number.extension else MatchKind.EXACT), _BY_NUMBER, {"key": number.key}
    for digits in _suffixes(number):
        low = number.key[:digits]
        yield MatchKind.SUFFIX, _BY_SUFFIX, {"low": low, "high": low + ":"}  # ":" comes after "9"


class _Said:
    """What the PBX said of an interaction, read once: on a server together with the first question."""

    def __init__(self, interaction_id: UUID | None) -> None:
        self.values = {"interaction_id": interaction_id} if interaction_id is not None else {}
        self.rows: tuple[HandoffFieldRow, ...] = ()
        self.known = interaction_id is None

    @property
    def account(self) -> str:
        """The newest account number in it."""
        return next((row.value for row in reversed(self.rows) if row.name == "account" and not row.secret), "")

    def take(self, found: Iterable[Any]) -> None:
        self.rows, self.known = handoffs.rows_of(found), True

    def read(self, session: Session) -> None:
        if not self.known:
            self.take(session.execute(handoffs.OF_INTERACTION, self.values))


def _asked(
    session: Session, question: _Question, values: dict[str, Any], said: _Said
) -> tuple[list[Any], _About | None]:
    """Who was found, each once, and on a server what there is about somebody found alone."""
    if not on_server(session):
        said.read(session)
        return _each_once(session.execute(question.match, values)), None
    also = () if said.known else (handoffs.OF_INTERACTION,)
    found, *about = read_all(session, (question.at_once, *_OF_MATCH, *also), values | said.values)
    if also:
        said.take(about.pop())
    rows = _each_once(row for row in found if row.merged_into is None)
    if {row.merged_into or row.id for row in found} != {row.id for row in rows}:  # somebody by their signpost only
        return _each_once(session.execute(question.match, values)), None
    return rows, _gathered([rows, *about]) if len(rows) == 1 else None


def _about(session: Session, customer_id: UUID, limit: int) -> _About | None:
    """What there is about one customer; a merged one gives the customer it was merged into."""
    values = {"customer_id": customer_id, "before": _FAR, "limit": limit}
    statements = _OF_CUSTOMER if on_server(session) else _OF_CUSTOMER[:-1]
    for _ in range(5):  # a chain of merges
        found = read_all(session, statements, values)
        if (gathered := _gathered(found)) is not None or not found[0]:
            return gathered
        values["customer_id"] = found[0][0].merged_into
    return None


def _gathered(found: Sequence[Sequence[Any]]) -> _About | None:
    """None where there is no such customer, or only a signpost to another."""
    (card, phones, emails, products, lines, history), totals = found[:6], found[6:]
    if not card or card[0].merged_into is not None:
        return None
    made = customers.card_of(card[0], phones, emails, products)
    return _About(made.id, made, lines, history, totals[0] if totals else None)


def _suffixes(number: numbers.Number) -> Iterable[int]:
    """How many last digits to compare: nine of a whole number, all there are of a local one."""
    if number.extension or len(number.key) < numbers.MIN_SUFFIX_DIGITS:
        return ()
    if number.e164 or len(number.key) > _SUFFIX_DIGITS:
        return (_SUFFIX_DIGITS,)
    return (len(number.key),)


def _each_once(rows: Iterable[Any]) -> list[Any]:
    """One row per customer, who may have the same number in two forms."""
    seen: dict[UUID, Any] = {}
    for row in rows:
        seen.setdefault(row.id, row)
    return list(seen.values())


_LABELS = {
    "": mark("number"),
    "mobile": mark("mobile number"),
    "home": mark("home number"),
    "work": mark("work number"),
}


def _reason(kind: MatchKind, row: Any, shown: str) -> str:
    if kind is MatchKind.ACCOUNT:
        words = told("Matched by account number {0}, typed in the menu; it is {1}'s")
        return words.format(row.account_number, row.name)
    label = told(_LABELS.get(row.label, "")) or told("{0} number").format(row.label)
    if kind is MatchKind.SUFFIX:
        theirs = numbers.display(row.e164 or row.typed, "")
        return told("The last digits of {0} agree with {1}'s {2} {3}").format(shown, row.name, label, theirs)
    if kind is MatchKind.EXTENSION:
        return told("Extension {0} is {1}'s").format(shown, row.name)
    return told("{0} is {1}'s {2}").format(shown, row.name, label)


def _full(session: Session, about: _About, shown: str, history_limit: int) -> Pop:
    all_tickets = [tickets.line_of(row, about.card.name) for row in about.tickets]
    rows = [interactions.history_row(row) for row in about.history]
    if len(rows) < history_limit:
        counted: dict[str, int] = {}
        for row in rows:
            counted[row.channel] = counted.get(row.channel, 0) + 1
        totals = sorted(counted.items())
    elif about.totals is not None:
        totals = [(str(channel), int(contacts)) for channel, contacts in about.totals]
    else:
        totals = interactions.channel_totals(session, about.id)
    if all_tickets:
        totals.append((interactions.TICKET, len(all_tickets)))
    lines = [interactions.ticket_row(line) for line in all_tickets]
    history = tuple(sorted([*rows, *lines], key=lambda row: row.started_at, reverse=True)[:history_limit])
    return Pop(
        number=shown,
        card=about.card,
        history=history,
        history_total=sum(count for _, count in totals),
        tickets=tuple(line for line in all_tickets if line.status.is_open),
        last_contact=rows[0] if rows else None,
        totals=tuple(totals),
    )


def _line(card: CustomerCard, last_contact: Any, open_tickets: int) -> CustomerLine:
    return CustomerLine(
        id=card.id,
        name=card.name,
        organisation=card.organisation,
        account_number=card.account_number,
        phone=(card.phones[0].e164 or card.phones[0].typed) if card.phones else "",
        email=card.emails[0].address if card.emails else "",
        last_contact=last_contact,
        open_tickets=open_tickets,
    )


_phone = table_of(Phone).c
_owner, _living = table_of(Customer).alias("owner"), table_of(Customer)


# Not coalesce(): PostgreSQL takes that for leaky, and under row-level security walks through all customers instead.
_kept = case((_owner.c.merged_into.is_(None), _owner.c.id), else_=_owner.c.merged_into)


def _by_phone(*which: Any) -> Any:
    """Customers through their numbers; a merged one gives the customer it was merged into."""
    return (
        select(_living.c.id, _living.c.name, _living.c.account_number, _phone.typed, _phone.e164, _phone.label)
        .select_from(table_of(Phone))
        .join(_owner, _owner.c.id == _phone.customer_id)
        .join(_living, _living.c.id == _kept)
        .where(*which)
        .limit(_MAX_MATCHES)
    )


# Not the match once more in each statement: row-level security asks its questions for every table of every one. As a
# subquery: else plans would be made for the caller of the moment.
_SETTING: Any = literal_column("'agent_desktop.caller'")
_told = func.nullif(func.current_setting(_SETTING, true()), literal_column("''"))
_MATCHED = select(cast(_told, UuidType())).scalar_subquery()
_tell = func.set_config(_SETTING, cast(func.coalesce(_living.c.merged_into, _living.c.id), Text), true())


def _with_card(rows: Any, *columns: Any) -> Any:
    """Those found with what a card needs, merged ones as they are; the last of them is the caller."""
    return select(*customers.CARD_COLUMNS, *columns, _tell.label("told")).select_from(rows).limit(_MAX_MATCHES)


def _question(*which: Any) -> _Question:
    """Whose number it is."""
    rows = customers.CARD_ROWS.join(table_of(Phone), _phone.customer_id == _living.c.id)
    return _Question(_by_phone(*which), _with_card(rows, _phone.typed, _phone.e164, _phone.label).where(*which))


def _statements(whose: Any) -> tuple[Any, ...]:
    history, totals = interactions.history_statement(whose), interactions.totals_statement(whose)
    return (*customers.card_statements(whose), tickets.customer_statement(whose), history, totals)


_BY_NUMBER = _question(_phone.key == bindparam("key"))
_BY_SUFFIX = _question(_phone.key >= bindparam("low"), _phone.key < bindparam("high"))
_ACCOUNT = (_living.c.account_number == bindparam("account"), _living.c.merged_into.is_(None))
_BY_ACCOUNT = _Question(
    select(_living.c.id, _living.c.name, _living.c.account_number).where(*_ACCOUNT).limit(_MAX_MATCHES),
    _with_card(customers.CARD_ROWS).where(*_ACCOUNT),
)
_OF_CUSTOMER = _statements(bindparam("customer_id"))
_OF_MATCH = _statements(_MATCHED)[1:]
