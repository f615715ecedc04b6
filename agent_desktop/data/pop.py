"""The screen pop: who is calling, why we think so, and what we know about them, in a handful of indexed statements."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from agent_desktop import clock, numbers
from agent_desktop.data import customers, interactions, tickets
from agent_desktop.data.models import Customer, Phone
from agent_desktop.data.rows import CustomerCard, CustomerLine, CustomerMatch, Pop
from agent_desktop.data.sql import table_of
from agent_desktop.data.words import MatchKind

_MAX_MATCHES = 20
_SUFFIX_DIGITS = 9  # with fewer, a caller from anywhere looks like somebody's customer
_FAR = clock.from_us(253_402_300_799_000_000)


def look_up(
    session: Session, number: numbers.Number, *, account_number: str | None = None, history_limit: int = 50
) -> Pop:
    """Everything about a caller: matches best first, and the best one's card, history and open tickets.

    The account number given in the IVR beats the exact number, that an extension, that the last digits (seven to nine).
    When several match equally well there is no card: the agent picks, and ``card_for`` brings the rest.
    """
    shown = numbers.display(number.e164 or number.raw, "")
    found = _matches(session, number, account_number)
    if not found:
        return Pop(shown)
    kind, rows = found
    if len(rows) > 1:
        lines = customers.lines_of(session, [row.id for row in rows])
        reasons = {row.id: _reason(kind, row, shown) for row in rows}
        return Pop(shown, tuple(CustomerMatch(line, kind, reasons[line.id]) for line in lines))
    card = customers.card(session, rows[0].id)
    if card is None:
        return Pop(shown)
    pop = _full(session, card, shown, history_limit)
    last = pop.last_contact.started_at if pop.last_contact else None
    match = CustomerMatch(_line(card, last, len(pop.tickets)), kind, _reason(kind, rows[0], shown))
    return Pop(shown, (match,), card, pop.history, pop.history_total, pop.tickets, pop.last_contact, pop.totals)


def card_for(session: Session, customer_id: UUID, *, number: str = "", history_limit: int = 50) -> Pop:
    """The same for a customer the agent picked; without card when that customer does not exist."""
    card = customers.card(session, customer_id)
    return _full(session, card, number, history_limit) if card is not None else Pop(number)


def _matches(
    session: Session, number: numbers.Number, account_number: str | None
) -> tuple[MatchKind, list[Any]] | None:
    if account_number and account_number.strip():
        rows = _each_once(session.execute(_BY_ACCOUNT, {"account": "".join(account_number.split())}))
        if rows:
            return MatchKind.ACCOUNT, rows
    if not number.key:
        return None
    rows = _each_once(session.execute(_BY_NUMBER, {"key": number.key}))
    if rows:
        return (MatchKind.EXTENSION if number.extension else MatchKind.EXACT), rows
    for digits in _suffixes(number):
        low = number.key[:digits]
        rows = _each_once(session.execute(_BY_SUFFIX, {"low": low, "high": low + ":"}))  # ":" comes after "9"
        if rows:
            return MatchKind.SUFFIX, rows
    return None


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


def _reason(kind: MatchKind, row: Any, shown: str) -> str:
    if kind is MatchKind.ACCOUNT:
        return f"Account number {row.account_number} was given before the call; it is {row.name}'s"
    label = f"{row.label} number" if row.label else "number"
    if kind is MatchKind.SUFFIX:
        theirs = numbers.display(row.e164 or row.typed, "")
        return f"The last digits of {shown} agree with {row.name}'s {label} {theirs}"
    if kind is MatchKind.EXTENSION:
        return f"Extension {shown} is {row.name}'s"
    return f"{shown} is {row.name}'s {label}"


def _full(session: Session, card: CustomerCard, shown: str, history_limit: int) -> Pop:
    all_tickets = tickets.all_of_customer(session, card.id)
    rows = interactions.plain_history(session, card.id, _FAR, history_limit)
    if len(rows) < history_limit:
        counted: dict[str, int] = {}
        for row in rows:
            counted[row.channel] = counted.get(row.channel, 0) + 1
        totals = sorted(counted.items())
    else:
        totals = interactions.channel_totals(session, card.id)
    if all_tickets:
        totals.append((interactions.TICKET, len(all_tickets)))
    lines = [interactions.ticket_row(line) for line in all_tickets]
    history = tuple(sorted([*rows, *lines], key=lambda row: row.started_at, reverse=True)[:history_limit])
    return Pop(
        number=shown,
        card=card,
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


def _by_phone() -> Any:
    """Customers through their numbers; a merged one gives the customer it was merged into."""
    return (
        select(_living.c.id, _living.c.name, _living.c.account_number, _phone.typed, _phone.e164, _phone.label)
        .select_from(table_of(Phone))
        .join(_owner, _owner.c.id == _phone.customer_id)
        .join(_living, _living.c.id == func.coalesce(_owner.c.merged_into, _owner.c.id))
        .limit(_MAX_MATCHES)
    )


_BY_NUMBER = _by_phone().where(_phone.key == bindparam("key"))
_BY_SUFFIX = _by_phone().where(_phone.key >= bindparam("low"), _phone.key < bindparam("high"))
_BY_ACCOUNT = (
    select(_living.c.id, _living.c.name, _living.c.account_number)
    .where(_living.c.account_number == bindparam("account"), _living.c.merged_into.is_(None))
    .limit(_MAX_MATCHES)
)
