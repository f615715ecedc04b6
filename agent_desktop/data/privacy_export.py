"""Everything the database holds of one person, for that person: as JSON, as a page to read, and with recordings."""

import html
import json
import os
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import DeclarativeBase, Session

from agent_desktop import clock, numbers
from agent_desktop.data import audit, identity_answers
from agent_desktop.data.errors import Refused
from agent_desktop.data.models import (
    Agent,
    AuditEntry,
    ConsentEntry,
    Customer,
    Disposition,
    Email,
    HandoffField,
    IdentityAttempt,
    IdentityLift,
    Interaction,
    IvrHandover,
    Leg,
    LegalHold,
    Note,
    Organisation,
    Phone,
    Product,
    Recording,
    ScriptRun,
    Ticket,
    TicketEvent,
    WorkEntry,
    WrapUp,
)
from agent_desktop.data.privacy import Person
from agent_desktop.data.sql import on_server, table_of

JSON_NAME, PAGE_NAME, RECORDINGS = "data.json", "read-me.html", "recordings/"
Row: TypeAlias = dict[str, Any]
# What the program keeps for itself, or says nothing about the person.
_INNER = frozenset({
    "version", "changed_in", "stamps", "name_key", "address_key", "key", "customer_id", "interaction_id", "ticket_id",
    "organisation_id", "merged_into", "consents", "sip_call_id", "linked_id", "recipient", "folded",
})  # fmt: skip
_NAMES = {"agent_id", "assignee_id", "consent_by", "promised_by", "assigned_to", "claimed_by"}
_AT_ONCE = 500


def gather(session: Session, who: Person) -> dict[str, Any]:
    """Everything held of this person, as JSON can say it. Raises Refused for a login that does not see all of it."""
    if on_server(session) and not session.execute(select(func.access.is_member("supervisor"))).scalar_one():
        raise Refused("A customer's data is handed out by a supervisor or an administrator.")
    names = _names(session)
    family, calls = who.customers, who.interactions
    found: dict[str, Any] = {
        "exported_at": clock.now().isoformat(timespec="seconds"),
        "customer": _all(session, Customer, "id", family, names),
        "organisation": _organisations(session, family),
        "phone_numbers": _all(session, Phone, "customer_id", family, names),
        "email_addresses": _all(session, Email, "customer_id", family, names),
        "known_by": [_said(row, names) for row in identity_answers.handed_out(session, family)],
        "identity_limits_lifted": _all(session, IdentityLift, "customer_id", family, names),
        "products": _all(session, Product, "customer_id", family, names),
        "consents": _all(session, ConsentEntry, "customer_id", family, names),
        "interactions": _with(session, Interaction, calls, names, {
            "legs": Leg, "notes": Note, "wrap_ups": WrapUp, "recordings": Recording, "said_in_the_menu": HandoffField,
            "menus": IvrHandover, "script_runs": ScriptRun,
            "identity_checks": IdentityAttempt,
        }),
        "tickets": _with(session, Ticket, who.tickets, names, {"events": TicketEvent}),
        "callbacks_and_missed_calls": _all(session, WorkEntry, "id", who.work, names),
        "legal_holds": _all(session, LegalHold, "customer_id", family, names),
    }  # fmt: skip
    for call in found["interactions"]:  # other people's numbers are not this person's data
        for leg in call["legs"]:
            leg["referred_by"] = numbers.masked(leg["referred_by"])
    may_see = not on_server(session) or session.execute(select(func.access.is_member("admin"))).scalar_one()
    found["looked_at_by"] = _viewers(session, who) if may_see else "only an administrator's export says that"
    return found


def record(session: Session, who: Person, found: dict[str, Any]) -> None:
    """Say to the audit that this was handed out."""
    audit.record_export(session, "customer", rows_in(found), target="everything, as zip", row_id=who.id)


def rows_in(found: Any) -> int:
    """How many rows an export holds, those inside others included."""
    if isinstance(found, dict):
        return sum(rows_in(value) for value in found.values() if isinstance(value, list | dict))
    return sum(1 + rows_in(row) for row in found if isinstance(row, dict))


def write(found: dict[str, Any], target: Path, store: Path | None, opened: "Opened | None" = None) -> tuple[str, ...]:
    """The ZIP, for its owner only, whole or not at all; the recordings that could not be put into it, and why.

    ``opened`` decrypts a recording: given its file it gives what is to be taken instead. Raises OSError, Refused.
    """
    if target.exists():
        raise Refused(f"{target} is there already.")
    part = target.with_name(target.name + ".part")
    missing = []
    try:
        with (
            open(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed,
        ):
            for place in recording_places(found):
                try:
                    _pack(packed, place, store, opened)
                except (OSError, Refused) as error:
                    missing.append(f"{place}: {getattr(error, 'strerror', None) or error}")
            found = found | {"recordings_missing_here": missing}
            packed.writestr(JSON_NAME, json.dumps(found, ensure_ascii=False, indent=2))
            packed.writestr(PAGE_NAME, page(found))
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    return tuple(missing)


Opened: TypeAlias = Callable[[Path], Path]


def recording_places(found: dict[str, Any]) -> tuple[str, ...]:
    """Where below the store the recordings of an export are."""
    calls = found["interactions"]
    return tuple(row["place"] for call in calls for row in call["recordings"] if row["place"])


def page(found: dict[str, Any]) -> str:
    """The same as a page for people: plain HTML, every text escaped, nothing that runs or is fetched."""
    name = html.escape(str(found["customer"][0]["name"]) if found["customer"] else "")
    parts = [
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>",
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{name}</title><style>{_STYLE}</style></head><body><h1>{name}</h1>",
        f"<p>Everything held about this person on {html.escape(found['exported_at'])}.</p>",
    ]
    for section, value in found.items():
        if section != "exported_at":
            parts += [f"<h2>{_title(section)}</h2>", _shown(value)]
    return "".join((*parts, "</body></html>"))


_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "dl{display:grid;grid-template-columns:12rem 1fr;gap:0 1rem;margin:0 0 1rem;padding:.6rem .8rem;"
    "border:1px solid #ccc;border-radius:8px}dt{color:#555}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}"
)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "".join(_shown(one) for one in value) or "<p>Nothing.</p>"
    if isinstance(value, dict):
        filled = ((key, one) for key, one in value.items() if one not in (None, "", [], {}))
        return f"<dl>{''.join(f'<dt>{_title(key)}</dt><dd>{_shown(one)}</dd>' for key, one in filled)}</dl>"
    return html.escape(str(value))


def _title(key: str) -> str:
    return html.escape(key.replace("_", " ").capitalize())


def _pack(packed: zipfile.ZipFile, place: str, store: Path | None, opened: Opened | None) -> None:
    if store is None:
        raise Refused("no store is set up on this computer")
    file = store / place
    if not file.resolve().is_relative_to(store.resolve()):
        raise Refused("it lies outside the store")
    name = RECORDINGS + place.replace("\\", "/").lstrip("/")
    if opened is None:
        packed.write(file, name)
        return
    plain = opened(file)
    packed.write(plain, name.removesuffix(".age"))
    plain.unlink()


# ------------------------------------------------------------------ rows


def _all(
    session: Session, model: type[DeclarativeBase], column: str, keys: Sequence[UUID], names: dict[UUID, str]
) -> list[Row]:
    return [_said(row, names) for row in _rows(session, model, column, keys)]


def _rows(session: Session, model: type[DeclarativeBase], column: str, keys: Sequence[UUID]) -> list[Row]:
    table = table_of(model)
    order = next(table.c[name] for name in ("started_at", "at", "opened_at", "created_at", column) if name in table.c)
    found: list[Row] = []
    for first in range(0, len(keys), _AT_ONCE):
        query: Select[Any] = select(table).where(table.c[column].in_(keys[first : first + _AT_ONCE])).order_by(order)
        found += [dict(row) for row in session.execute(query).mappings()]
    return found


def _with(
    session: Session,
    model: type[DeclarativeBase],
    keys: Sequence[UUID],
    names: dict[UUID, str],
    inner: dict[str, type[DeclarativeBase]],
) -> list[Row]:
    """Rows, each with the rows that hang on it."""
    column = f"{table_of(model).name}_id"
    found = {row["id"]: _said(row, names) | {name: [] for name in inner} for row in _rows(session, model, "id", keys)}
    for name, hanging in inner.items():
        for row in _rows(session, hanging, column, keys):
            found[row[column]][name].append(_said(row, names))
    return list(found.values())


def _said(row: Row, names: dict[UUID, str]) -> Row:
    """A row as it is handed out: people and dispositions by name, times as text."""
    said: Row = {}
    for column, value in row.items():
        if column in _INNER:
            continue
        if column in _NAMES:
            said[column.removesuffix("_id")] = names.get(value, "")
        elif column == "disposition_id":
            said["disposition"] = names.get(value, "")
        else:
            said[column] = _plain(value)
    return said


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return str(value) if isinstance(value, UUID) else value


def _names(session: Session) -> dict[UUID, str]:
    queries = (select(Agent.id, Agent.name), select(Disposition.id, Disposition.label))
    return {row[0]: row[1] for query in queries for row in session.execute(query)}


def _organisations(session: Session, family: Sequence[UUID]) -> list[Row]:
    theirs = select(Customer.organisation_id).where(Customer.id.in_(family))
    found = session.execute(select(Organisation.name).where(Organisation.id.in_(theirs))).scalars()
    return [{"name": name} for name in found]


def _viewers(session: Session, who: Person) -> list[Row]:
    """Who looked at the pages of this person, and who was handed their data before."""
    c = table_of(AuditEntry).c
    keys = [str(key) for key in who.customers]
    query = select(c.at, c.who, c.action, c.detail).where(
        c.action.in_((audit.VIEW, audit.EXPORT)), c.table_name == "customer", c.row_id.in_(keys)
    )
    return [
        {"at": _plain(row.at), "who": row.who, "what": row.action, "detail": row.detail}
        for row in session.execute(query.order_by(c.at))
    ]
