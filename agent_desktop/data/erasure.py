"""Erasing a customer: every row stays where figures are counted from it, and nothing in it tells who it was."""

import contextlib
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import JSON, Table, Text, bindparam, cast, delete, func, insert, literal, or_, select, text, update
from sqlalchemy.orm import DeclarativeBase, Session

from agent_desktop import clock
from agent_desktop.data import audit, privacy
from agent_desktop.data.db import Database
from agent_desktop.data.errors import Refused
from agent_desktop.data.folding import fold
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import (
    AuditEntry,
    Change,
    ConsentEntry,
    Customer,
    CustomerApart,
    CustomerMerge,
    CustomerWord,
    Email,
    HandoffField,
    HandoffSecret,
    IdentityAnswer,
    IdentityLift,
    ImportChange,
    Interaction,
    IvrHandover,
    Leg,
    Note,
    Organisation,
    Phone,
    Product,
    Recording,
    Removal,
    ScriptRun,
    Ticket,
    TicketEvent,
    WorkEntry,
)
from agent_desktop.data.privacy import Person
from agent_desktop.data.sql import on_server, table_of
from agent_desktop.data.words import RecordingState, WorkStatus

NAME, TEXT = "Erased customer", "(erased)"
ERASE, RETAIN = "erase", "retain"
_AT_ONCE = 500  # ids in one statement
_SPOKEN = ("opened", "comment")  # what people typed; the other kinds hold states and colleagues' names
_SERVER_ONLY = "On a server this is the work of a login with the role retention."


class Erased(msgspec.Struct, frozen=True):
    """What was taken away, rows by table; files that could not be, and recordings that are still at a desk."""

    counts: dict[str, int]
    files: tuple[str, ...]  # places below the store, to be removed when this is committed
    underway: int


def erase(session: Session, who: Person, reason: str) -> Erased:
    """Take away what identifies a person, in the caller's transaction. Once more does the same to what came later.

    Raises Refused for a legal hold, without a reason, and for a login that may not.
    """
    if not reason.strip():
        raise Refused("To erase somebody needs a reason.")
    _only_for_retention(session)
    if why := privacy.held(session, who.customers):
        raise Refused(f"A legal hold keeps {who.name}: {why}")
    removal = begin(session, ERASE, reason.strip(), who.customers)
    gone = recordings_of(session, who.interactions)
    files = tuple(place for _, place in gone.stored if place)
    unassigned, organisations = _unassigned(session, who), _only_theirs(session, who)
    audited = _blank_audit(session, who, unassigned, organisations)
    counts = _rows(session, who) | {"recording": _delete(session, Recording, "id", [key for key, _ in gone.stored])}
    _person(session, who)
    counts |= {
        "organisation": _delete(session, Organisation, "id", organisations),
        "audit": audited,
    }
    _delete(session, ImportChange, "row_id", organisations)
    # For other desktops, which clear what they keep themselves: ids and places tell nobody who it was.
    end(session, removal, counts | {"files": files, "unassigned": [str(key) for key in unassigned]})
    return Erased(counts, files, gone.underway)


# ------------------------------------------------------------------ removals


def begin(session: Session, kind: str, reason: str, customers: Sequence[UUID] = ()) -> UUID:
    """Say, in this transaction, who takes what away and why; on a server the policies let nothing be done before."""
    _only_for_retention(session)
    if on_server(session):
        call = text("SELECT access.begin_removal(:kind, CAST(:customers AS uuid[]), :reason)")
        values = {"kind": kind, "customers": list(customers), "reason": reason}
        made: UUID = session.execute(call, values).scalar_one()
        return made
    rows = [
        {"id": new_id(), "at": clock.now(), "who": audit.user(), "kind": kind, "customer_id": key, "reason": reason}
        for key in customers or (None,)
    ]
    session.execute(insert(table_of(Removal)), rows)
    return rows[0]["id"]  # type: ignore[return-value]  # a row is of many types


def _only_for_retention(session: Session) -> None:
    if on_server(session) and not session.execute(select(func.access.is_member("retention"))).scalar_one():
        raise Refused(_SERVER_ONLY)


def end(session: Session, removal: UUID, counts: Mapping[str, Any]) -> None:
    """What was taken away; every desktop hears of somebody who was erased."""
    if on_server(session):
        call = text("SELECT access.end_removal(:removal, :counts)").bindparams(bindparam("counts", type_=JSON()))
        session.execute(call, {"removal": removal, "counts": dict(counts)})
        return
    table = table_of(Removal)
    session.execute(update(table).where(table.c.id == removal).values(counts=dict(counts)))
    row = session.execute(select(table).where(table.c.id == removal)).one()
    key = str(row.customer_id) if row.customer_id else ""
    audit.record(session, row.kind, "customer" if key else "", key, row.reason)
    if row.kind == ERASE:
        session.execute(insert(table_of(Change)).values(at=clock.now(), kind="erased", xid=0))


class Recordings(msgspec.Struct, frozen=True):
    """Those that can be taken away, with their places, and how many are still on their way to the store."""

    stored: tuple[tuple[UUID, str], ...]
    underway: int


def recordings_of(session: Session, interactions: Sequence[UUID]) -> Recordings:
    """The recordings of these interactions."""
    c = table_of(Recording).c
    rows = [
        row
        for some in _parts(interactions)
        for row in session.execute(select(c.id, c.place, c.state).where(c.interaction_id.in_(some)))
    ]
    done = (RecordingState.STORED, RecordingState.LOST)
    stored = tuple((row.id, row.place) for row in rows if row.state in done)
    return Recordings(stored, len(rows) - len(stored))


def write_anew(database: Database) -> str:
    """Nothing of what was erased lingers in freed pages of a file, nor in the index of notes; why not, if it could not.

    Others go on reading meanwhile, and what they write waits in their journals. A server's vacuum does it by itself.
    """
    if not database.is_sqlite:
        return ""
    try:
        with contextlib.closing(sqlite3.connect(str(database.path), isolation_level=None)) as connection:
            connection.execute("INSERT INTO note_found(note_found) VALUES ('optimize')")
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError as error:
        return str(error)
    return ""


def remove_files(store: Path | None, places: Sequence[str]) -> tuple[str, ...]:
    """Remove recordings from the store; the places that could not be, with the reason. One that is gone is gone."""
    failed = []
    for place in places:
        try:
            if store is None or not store.is_dir():
                raise FileNotFoundError("the store is not there")
            if not (store / place).resolve().is_relative_to(store.resolve()):
                raise PermissionError("it lies outside the store")
            (store / place).unlink(missing_ok=True)
        except OSError as error:
            failed.append(f"{place}: {error.strerror or error}")
    return tuple(failed)


# ------------------------------------------------------------------ rows


def _rows(session: Session, who: Person) -> dict[str, int]:
    """Everything but the customer's own row."""
    said = {"text": TEXT, "version": Note.version + 1}
    gone = {"number": "", "e164": None, "display_name": "", "subject": "", "summary": "", "handoff": None}
    nobody = {"number": "", "note": "", "status": WorkStatus.DONE, "version": WorkEntry.version + 1}
    of_call = _of(Interaction)
    named = (of_call[name] != "" for name in ("number", "display_name", "subject", "summary"))
    dirty = or_(of_call.e164.is_not(None), of_call.handoff.is_not(None), *named)
    events = _of(TicketEvent)
    return {
        "note": _change(session, Note, "interaction_id", who.interactions, said, _of(Note).text != TEXT),
        "leg": _change(session, Leg, "interaction_id", who.interactions, _LEG, _of(Leg).remote != ""),
        "ivr_handover": _change(
            session, IvrHandover, "interaction_id", who.interactions, {"reference": "", "answers": {}},
            _of(IvrHandover).state != "",
        ),
        "ticket": _change(
            session, Ticket, "id", who.tickets, {"subject": TEXT, "version": Ticket.version + 1},
            _of(Ticket).subject != TEXT,
        ),
        "ticket_event": _change(
            session, TicketEvent, "ticket_id", who.tickets, {"text": TEXT},
            events.kind.in_(_SPOKEN) & (events.text != "") & (events.text != TEXT),
        ),
        "work_item": _change(session, WorkEntry, "id", who.work, nobody, _of(WorkEntry).number != ""),
        "script_run": _change(
            session, ScriptRun, "interaction_id", who.interactions, {"body": {}},
            func.length(cast(_of(ScriptRun).body, Text)) > 2,
        ),
        "product": _change(session, Product, "customer_id", who.customers, {"details": ""}, _of(Product).details != ""),
        "consent": _change(
            session, ConsentEntry, "customer_id", who.customers, {"source": ""}, _of(ConsentEntry).source != ""
        ),
        "handoff_field": _delete(session, HandoffField, "interaction_id", who.interactions),
        "handoff_secret": _delete(session, HandoffSecret, "interaction_id", who.interactions),
        "identity_answer": _delete(session, IdentityAnswer, "customer_id", who.customers),
        "identity_lift": _delete(session, IdentityLift, "customer_id", who.customers),
        "phone": _delete(session, Phone, "customer_id", who.customers),
        "email": _delete(session, Email, "customer_id", who.customers),
        "customer_word": _delete(session, CustomerWord, "customer_id", who.customers),
        # neither a merge nor an import can be undone for somebody who is gone
        "customer_merge": _delete(session, CustomerMerge, "kept_id", who.customers)
        + _delete(session, CustomerMerge, "gone_id", who.customers),
        "customer_apart": _delete(session, CustomerApart, "first_id", who.customers)
        + _delete(session, CustomerApart, "second_id", who.customers),
        "import_change": _delete(session, ImportChange, "row_id", who.customers),
        # last: what is unassigned is theirs by its number only
        "interaction": _change(
            session, Interaction, "id", who.interactions, gone | {"version": Interaction.version + 1}, dirty
        ),
    }  # fmt: skip


_LEG = {"remote": "", "referred_by": "", "sip_call_id": ""}


def _unassigned(session: Session, who: Person) -> list[UUID]:
    """Their interactions that nobody has assigned: theirs by the number, which is about to go."""
    c = table_of(Interaction).c
    found = [
        session.execute(select(c.id).where(c.id.in_(some), c.customer_id.is_(None))).scalars()
        for some in _parts(who.interactions)
    ]
    return [key for keys in found for key in keys]


def _only_theirs(session: Session, who: Person) -> list[UUID]:
    """The organisations that nobody else belongs to."""
    customer = table_of(Customer)
    other = customer.alias()
    others = select(other.c.id).where(
        other.c.organisation_id == customer.c.organisation_id, other.c.id.not_in(who.customers)
    )
    query = select(customer.c.organisation_id).distinct()
    found = session.execute(
        query.where(customer.c.id.in_(who.customers), customer.c.organisation_id.is_not(None), ~others.exists())
    )
    return list(found.scalars())


def _blank_audit(session: Session, who: Person, unassigned: list[UUID], organisations: list[UUID]) -> int:
    """What the audit holds of them goes, who did what when stays; how many entries that were.

    In a file it holds no values of customers' rows, only why they were called all the same.
    """
    if on_server(session):
        call = text("SELECT access.blank_audit(CAST(:calls AS uuid[]), CAST(:organisations AS uuid[]))")
        return int(session.execute(call, {"calls": unassigned, "organisations": organisations}).scalar_one())
    table = table_of(AuditEntry)
    keys = [str(key) for key in who.customers]
    told = (table.c.action == audit.CALL) & (table.c.detail != "") & table.c.row_id.in_(keys)
    count = int(session.execute(select(func.count()).select_from(table).where(told)).scalar_one())
    if count:
        rule = session.execute(text("SELECT sql FROM sqlite_master WHERE name = 'audit_no_update'")).scalar_one()
        session.execute(text("DROP TRIGGER audit_no_update"))
        session.execute(update(table).where(told).values(detail=""))
        session.connection().exec_driver_sql(rule)
    return count


def _person(session: Session, who: Person) -> None:
    table = table_of(Customer)
    now = clock.now()
    session.execute(
        update(table)
        .where(table.c.id.in_(who.customers))
        .values(
            name=NAME, name_key=fold(NAME), account_number="", organisation_id=None, language="", time_zone="",
            address="", alert="", tags=[], consents=None, no_calls=False, changed_in={}, version=table.c.version + 1,
            updated_at=now, erased_at=func.coalesce(table.c.erased_at, literal(now, table.c.erased_at.type)),
        )
    )  # fmt: skip


def _of(model: type[DeclarativeBase]) -> Any:
    return table_of(model).c


def _change(
    session: Session,
    model: type[DeclarativeBase],
    column: str,
    keys: Sequence[UUID],
    values: dict[str, Any],
    where: Any,
) -> int:
    table: Table = table_of(model)
    changed = 0
    for some in _parts(keys):
        done: Any = session.execute(update(table).where(table.c[column].in_(some), where).values(values))
        changed += done.rowcount
    return changed


def _delete(session: Session, model: type[DeclarativeBase], column: str, keys: Sequence[UUID]) -> int:
    table = table_of(model)
    gone = 0
    for some in _parts(keys):
        done: Any = session.execute(delete(table).where(table.c[column].in_(some)))
        gone += done.rowcount
    return gone


def _parts(keys: Sequence[UUID]) -> list[Sequence[UUID]]:
    return [keys[first : first + _AT_ONCE] for first in range(0, len(keys), _AT_ONCE)]
