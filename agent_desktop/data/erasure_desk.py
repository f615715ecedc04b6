"""What a computer itself keeps of somebody who was erased: writes that wait or were refused, drafts, the cache."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data import operations as ops
from agent_desktop.data.journal import Journal
from agent_desktop.data.models import Interaction, Phone, Removal, Ticket, WorkEntry
from agent_desktop.data.privacy import Person
from agent_desktop.data.sql import on_server, table_of

LATE = timedelta(days=90)  # as long may a journal have kept something about somebody who has been erased
TEXT = "(erased)"
_ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_AT_ONCE = 500  # ids in one statement
_SAYS_WHO = (ops.SaveCustomer, ops.SetConsent, ops.ScheduleCallback, ops.AddMissedCall)  # of no use without


class Gone(msgspec.Struct, frozen=True):
    """Those who were erased of late, and what was theirs; ``files`` are recordings' places below the store."""

    customers: frozenset[UUID] = frozenset()
    interactions: frozenset[UUID] = frozenset()
    tickets: frozenset[UUID] = frozenset()
    work: frozenset[UUID] = frozenset()
    numbers: frozenset[str] = frozenset()  # that nobody else has; only who erases knows them
    files: tuple[str, ...] = ()

    def is_about(self, body: bytes) -> bool:
        """Whether a text as it is kept speaks of them: by an id of theirs, or by such a number."""
        if any(UUID(found.decode()) in self._ids for found in set(_ID.findall(body))):
            return True
        return any(number.encode() in body for number in self.numbers)

    @property
    def _ids(self) -> frozenset[UUID]:
        return self.customers | self.interactions | self.tickets | self.work


def gone(session: Session) -> Gone:
    """Everybody erased in the last 90 days, as far as this login sees what was theirs."""
    since = clock.now() - LATE
    found: Iterable[tuple[UUID | None, Any]]
    if on_server(session):
        told = session.execute(select(func.access.erased_since(since))).scalar_one()
        found = [(UUID(key), counts) for key, counts in told]
    else:
        c = table_of(Removal).c
        rows = session.execute(select(c.customer_id, c.counts).where(c.kind == "erase", c.at > since))
        found = [(key, counts) for key, counts in rows]
    said = list(found)
    customers = frozenset(key for key, _counts in said if key is not None)
    files = tuple(dict.fromkeys(place for _key, counts in said for place in (counts or {}).get("files", ())))
    unassigned = {UUID(key) for _key, counts in said for key in (counts or {}).get("unassigned", ())}
    theirs = [_of(session, model, customers) for model in (Interaction, Ticket, WorkEntry)]
    return Gone(customers, theirs[0] | unassigned, theirs[1], theirs[2], frozenset(), files)


def of_person(who: Person) -> Gone:
    """What is known of somebody before they are erased."""
    return Gone(
        frozenset(who.customers),
        frozenset(who.interactions),
        frozenset(who.tickets),
        frozenset(who.work),
        frozenset(who.numbers),
    )


def _of(session: Session, model: type[Any], customers: frozenset[UUID]) -> frozenset[UUID]:
    table, keys = table_of(model), list(customers)
    parts = [keys[first : first + _AT_ONCE] for first in range(0, len(keys), _AT_ONCE)]
    return frozenset(
        key
        for some in parts
        for key in session.execute(select(table.c.id).where(table.c.customer_id.in_(some))).scalars()
    )


def of_others(session: Session, numbers: set[str]) -> set[str]:
    """Which of these numbers customers have: those who were erased have none any more."""
    if not numbers:
        return set()
    return {found for found in session.execute(select(Phone.e164).where(Phone.e164.in_(numbers))).scalars() if found}


def clear(journal: Journal, erased: Gone, others: Callable[[set[str]], set[str]], *, keep: Sequence[str] = ()) -> int:
    """Take what tells who it was out of a journal; how many entries that were.

    Writes that wait stay where figures are counted from them, without names, numbers and texts. ``others`` says which
    numbers somebody else has; drafts whose keys begin with one of ``keep`` stay.
    """
    waiting = journal.pending()
    calls, tickets, numbers = _theirs(waiting, erased, others)

    def change(operation: ops.AnyOperation) -> ops.AnyOperation | None:
        def says(name: str) -> Any:
            return getattr(operation, name, None)

        about = (
            says("customer_id") in erased.customers
            or says("interaction_id") in calls
            or says("ticket_id") in tickets
            or says("work_id") in erased.work
            or says("number") in numbers
        )
        return without(operation) if about else operation

    whole = msgspec.structs.replace(
        erased,
        interactions=erased.interactions | calls,
        tickets=erased.tickets | tickets,
        numbers=erased.numbers | numbers,
    )
    changed = journal.revise(change) if waiting else 0
    refused = [row for row in journal.refused() if whole.is_about(row.body)]
    for row in refused:
        journal.dismiss_refused(row.seq)
    drafts = {key: key.encode() + b" " + body for key, body in journal.drafts().items()}
    typed = [key for key, body in drafts.items() if not key.startswith(tuple(keep)) and whole.is_about(body)]
    if typed:
        journal.put_many([], finished_drafts=typed)
    if changed or refused or typed:
        journal.wipe()
    return changed + len(refused) + len(typed)


def _theirs(
    waiting: Sequence[ops.AnyOperation], erased: Gone, others: Callable[[set[str]], set[str]]
) -> tuple[frozenset[UUID], frozenset[UUID], frozenset[str]]:
    """The calls, tickets and numbers that are theirs by what the database knows, and by what waits."""
    said: dict[UUID, UUID | None] = {}  # whose a call is, by the last word that waits
    for one in waiting:
        if isinstance(one, ops.LinkCustomer) or (isinstance(one, ops.SaveInteraction) and one.customer_id is not None):
            said[one.interaction_id] = one.customer_id
    calls = {key for key in erased.interactions if said.get(key) is None or said[key] in erased.customers}
    calls |= {key for key, customer in said.items() if customer in erased.customers}
    heard = {
        one.e164 for one in waiting if isinstance(one, ops.SaveInteraction) and one.interaction_id in calls and one.e164
    }
    numbers = erased.numbers | (heard - others(heard))
    for one in waiting:
        if isinstance(one, ops.SaveInteraction) and one.e164 in numbers and said.get(one.interaction_id) is None:
            calls.add(one.interaction_id)
    tickets = set(erased.tickets)
    for one in waiting:
        if isinstance(one, ops.OpenTicket) and (one.customer_id in erased.customers or one.interaction_id in calls):
            tickets.add(one.ticket_id)
    return frozenset(calls), frozenset(tickets), numbers


def without(operation: ops.AnyOperation) -> ops.AnyOperation | None:
    """The same without anything that tells who it is about; None if nothing is left then."""
    replace: Callable[..., Any] = msgspec.structs.replace
    changed: ops.AnyOperation | None = operation
    match operation:
        case ops.SaveInteraction():
            nothing = dict.fromkeys(("number", "e164", "display_name", "subject", "handoff"))
            changed = replace(operation, **nothing)
        case ops.SaveLeg():
            changed = replace(operation, remote="", referred_by="", sip_call_id="")
        case ops.SaveNote():
            changed = replace(operation, text=TEXT, before=None)
        case ops.OpenTicket():
            changed = replace(operation, subject=TEXT, body="")
        case ops.UpdateTicket():
            changed = replace(operation, comment=TEXT if operation.comment else "")
        case ops.SaveScriptRun():
            changed = replace(operation, body="{}")
        case ops.RecordException():
            changed = replace(operation, reason=TEXT)
        case _ if isinstance(operation, _SAYS_WHO):
            changed = None
    return changed


def journals(folder: Path) -> list[Path]:
    """The journals of everybody who works at a desk."""
    return sorted([*folder.glob("journal*.db"), *folder.glob("journal*.db.meanwhile")])


def caches(folder: Path) -> list[Path]:
    """What each of them saw last of a server."""
    return sorted(folder.glob("cache-*.db"))
