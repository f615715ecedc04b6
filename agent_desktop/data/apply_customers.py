"""Operations on customers: edits of different fields come together, of one field the later is refused."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from agent_desktop import clock, numbers
from agent_desktop.data import customer_lines
from agent_desktop.data.errors import Refused
from agent_desktop.data.folding import fold, index_words
from agent_desktop.data.ids import derived_id
from agent_desktop.data.models import Customer, CustomerWord, Email, Organisation, Phone, Site
from agent_desktop.data.operations import SaveCustomer
from agent_desktop.data.rows import Changed
from agent_desktop.data.sql import held_row, insert_new, locked_row, on_server, table_of, update_row
from agent_desktop.told import mark, told

TEXT_FIELDS = ("name", "account_number", "language", "time_zone", "address", "alert")
ERASED = mark("This customer has been erased: nothing about them is kept any more.")
MERGED = mark("This customer has been merged with another one meanwhile. Look at the new card and save again.")
FIELDS = (*TEXT_FIELDS, "organisation", "tags")


def save_customer(session: Session, op: SaveCustomer) -> Changed:
    """Create (version 0) or edit a customer. Raises Refused for a clash, an empty name, or a number that is none."""
    if unknown := set(op.fields) - set(FIELDS):
        raise Refused(told("Not known to this version of the program: {0}.").format(", ".join(sorted(unknown))))
    if "name" in op.fields and not op.fields["name"].strip():
        raise Refused("A customer needs a name.")
    at = clock.from_us(op.at_us)
    row = locked_row(session, Customer, op.customer_id)
    if row is None:
        if "name" not in op.fields:
            raise Refused("This customer does not exist, and a new one needs a name.")
        fresh = {"id": op.customer_id, "version": 0, "name": "", "name_key": "", "created_at": at, "updated_at": at}
        insert_new(session, Customer, fresh)
        row = held_row(session, Customer, op.customer_id)
    if row["merged_into"] is not None:
        raise Refused(MERGED)
    if row["erased_at"] is not None:
        raise Refused(ERASED)
    values = _wanted(session, op)
    _refuse_clashes(op, row, values)
    version = row["version"] + 1
    changed_in = dict(row["changed_in"] or {})
    changes = {field: value for field, value in values.items() if row[field] != value}
    changed_in |= dict.fromkeys(changes, version)
    if "name" in changes:
        changes["name_key"] = fold(changes["name"])
    changes |= {"version": version, "changed_in": changed_in, "updated_at": max(at, row["updated_at"])}
    update_row(session, Customer, op.customer_id, changes)
    customer_lines.save(session, op)
    refresh_words(session, op.customer_id)
    return Changed(customers=frozenset({op.customer_id}))


def refresh_words(session: Session, customer_id: UUID) -> None:
    """Write anew the words under which a customer is found."""
    customer, organisation = table_of(Customer), table_of(Organisation)
    row = session.execute(
        select(customer.c.name, customer.c.account_number, organisation.c.name.label("organisation"))
        .outerjoin_from(customer, organisation, organisation.c.id == customer.c.organisation_id)
        .where(customer.c.id == customer_id)
    ).one()
    phones = session.execute(select(Phone.key).where(Phone.customer_id == customer_id)).scalars()
    addresses = session.execute(select(Email.address_key).where(Email.customer_id == customer_id)).scalars()
    found = search_words(row.name, row.organisation or "", row.account_number, list(phones), list(addresses))
    if on_server(session):
        session.execute(select(func.access.set_words(customer_id, sorted(found))))
        return
    session.execute(delete(CustomerWord).where(CustomerWord.customer_id == customer_id))
    session.execute(insert(table_of(CustomerWord)), [{"word": w, "customer_id": customer_id} for w in sorted(found)])


def search_words(
    name: str, organisation: str, account_number: str, phone_keys: list[str], addresses: list[str]
) -> set[str]:
    """The folded words a customer is found by; numbers with and without their country code."""
    found = index_words((name, organisation, account_number, *addresses))
    found.update(address for address in addresses)
    if account_number:
        found.add(fold(account_number).replace(" ", ""))
    for key in phone_keys:
        digits = key[::-1]
        found.add(digits)
        if (national := national_part(digits)) is not None:
            found.add(national)
    return found


def national_part(digits: str) -> str | None:
    """The digits of an E.164 number without its country code; None when they have none."""
    code = numbers.country_code_length(digits)
    return digits[code:] if code else None


def _wanted(session: Session, op: SaveCustomer) -> dict[str, Any]:
    values: dict[str, Any] = {name: op.fields[name].strip() for name in TEXT_FIELDS if name in op.fields}
    if "account_number" in values:
        values["account_number"] = "".join(values["account_number"].split())  # as the IVR hands it over
    if "tags" in op.fields:
        values["tags"] = [tag.strip() for tag in op.fields["tags"].split(",") if tag.strip()]
    if "organisation" in op.fields:
        values["organisation_id"] = _organisation(session, op.fields["organisation"].strip())
    return values


def _organisation(session: Session, name: str) -> UUID | None:
    """The organisation of this name; made if there is none. Two desktops that make it mean the same row."""
    if not name:
        return None
    key = fold(name)
    site_id = session.execute(select(Site.site_id)).scalar_one()
    insert_new(session, Organisation, {"id": derived_id(site_id, f"organisation {key}"), "name": name, "name_key": key})
    found: UUID = session.execute(select(Organisation.id).where(Organisation.name_key == key)).scalar_one()
    return found


def _refuse_clashes(op: SaveCustomer, row: dict[str, Any], values: dict[str, Any]) -> None:
    changed_in = row["changed_in"] or {}
    clashes = [f for f, value in values.items() if changed_in.get(f, 0) > op.version and row[f] != value]
    if clashes:
        words = ", ".join(field.removesuffix("_id").replace("_", " ") for field in clashes)
        raise Refused(
            told("Somebody else changed this customer meanwhile ({0}). Look at the new values and save again.").format(
                words
            )
        )
