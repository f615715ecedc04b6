"""Numbers and addresses of customers as they are edited: lines that two people did not both touch come together.

A line that says something else by now than its editor saw is refused, so that a person decides it.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from agent_desktop import numbers
from agent_desktop.data.errors import Refused
from agent_desktop.data.folding import fold
from agent_desktop.data.models import Email, Phone, Site
from agent_desktop.data.operations import SaveCustomer, line_said
from agent_desktop.data.sql import insert_new, on_server, table_of, update_row
from agent_desktop.told import mark, told

_CLASH = mark("Somebody else changed this customer meanwhile ({0}). Look at the new values and save again.")


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of one kind: what makes two of them the same, and what is done with them."""

    model: type[Phone] | type[Email]
    once: str  # the column that a customer may have only once
    name: str
    added: dict[UUID, dict[str, Any]]
    removed: tuple[UUID, ...]
    changed: dict[UUID, dict[str, Any]]


def save(session: Session, op: SaveCustomer) -> None:
    """What an edit says about them; the customer's row is held. Raises Refused for a clash, and for what is no number
    and no address."""
    if op.phones_removed or op.phones_added or op.phones_changed:
        region = session.execute(select(Site.region)).scalar_one()
        phones = {key: _phone(typed, label, region) for key, typed, label in op.phones_added}
        changed = {key: _phone(typed, label, region) for key, typed, label in op.phones_changed}
        _save(session, op, _Lines(Phone, "key", "phone numbers", phones, op.phones_removed, changed))
    if op.emails_removed or op.emails_added or op.emails_changed:
        emails = {key: _email(address) for key, address in op.emails_added}
        corrected = {key: _email(address) for key, address in op.emails_changed}
        _save(session, op, _Lines(Email, "address_key", "e-mail addresses", emails, op.emails_removed, corrected))


def _save(session: Session, op: SaveCustomer, said: _Lines) -> None:
    table = table_of(said.model)
    rows = session.execute(select(table).where(table.c.customer_id == op.customer_id)).mappings()
    stored: dict[UUID, dict[str, Any]] = {row["id"]: dict(row) for row in rows}
    if _clash(op.lines_before, stored, said):
        raise Refused(told(_CLASH).format(said.name))
    for key in said.removed:
        _remove(session, said.model, op.customer_id, key)
        stored.pop(key, None)
    fresh = dict(said.added)
    changed = {key: values for key, values in said.changed.items() if _differs(stored[key], values)}
    taken = {row[said.once]: key for key, row in stored.items()}
    # Two that change places, and one that becomes what another is already, cannot simply be changed.
    tangled = [key for key, values in changed.items() if taken.get(values[said.once], key) != key]
    for key in tangled:
        primary = {"is_primary": stored.pop(key)["is_primary"]}
        _remove(session, said.model, op.customer_id, key)
        fresh[key] = changed.pop(key) | primary
    for key, values in changed.items():
        update_row(session, said.model, key, values)
    first = not stored
    for key, values in fresh.items():
        row = {"id": key, "customer_id": op.customer_id, "is_primary": first} | values
        if insert_new(session, said.model, row):
            first = False


def _clash(before: dict[str, str], stored: dict[UUID, dict[str, Any]], said: _Lines) -> bool:
    """Whether a line that is changed or removed here was changed, or removed, by somebody else first."""
    for key, values in said.changed.items():
        row = stored.get(key)
        if row is None or (_said(row) != before.get(str(key)) and _differs(row, values)):
            return True
    gone = (key for key in said.removed if key in stored and str(key) in before)
    return any(_said(stored[key]) != before[str(key)] for key in gone)


def _said(row: dict[str, Any]) -> str:
    return line_said(row["typed"], row["label"]) if "typed" in row else line_said(row["address"])


def _differs(row: dict[str, Any], values: dict[str, Any]) -> bool:
    return any(row[name] != value for name, value in values.items())


def _phone(typed: str, label: str, region: str) -> dict[str, Any]:
    number = numbers.parse(typed, region)
    if not number:
        raise Refused(told("“{0}” is not a phone number.").format(typed))
    return {"typed": typed.strip(), "e164": number.e164, "key": number.key, "label": label}


def _email(address: str) -> dict[str, Any]:
    if "@" not in address:
        raise Refused(told("“{0}” is not an e-mail address.").format(address))
    return {"address": address.strip(), "address_key": fold(address)}


def _remove(session: Session, model: type[Phone] | type[Email], customer_id: UUID, key: UUID) -> None:
    """Take a number or an address from a customer; on a server a function does it, as no login may delete rows."""
    if not on_server(session):
        session.execute(delete(model).where(model.id == key, model.customer_id == customer_id))
    elif model is Phone:
        session.execute(select(func.access.remove_phone(customer_id, key)))
    else:
        session.execute(select(func.access.remove_email(customer_id, key)))
