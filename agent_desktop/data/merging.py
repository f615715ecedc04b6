"""Two customers who turn out to be one: merged field by field, and taken apart again.

The one that goes stays as a signpost (``merged_into``); numbers, addresses, products, contacts, tickets and work move
to the one that is kept, and which rows did stands in ``customer_merge``. What both have stays where it is: a number's
signpost leads to the one kept. Nothing is deleted, so that undoing puts every row back that nobody has moved since.
"""

import uuid
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data.apply_customers import refresh_words
from agent_desktop.data.errors import Refused
from agent_desktop.data.folding import fold
from agent_desktop.data.models import (
    Customer,
    CustomerMerge,
    Email,
    Interaction,
    Phone,
    Product,
    Ticket,
    WorkEntry,
)
from agent_desktop.data.operations import MergeCustomers, UndoMerge
from agent_desktop.data.rows import Changed
from agent_desktop.data.sql import locked_row, on_server, table_of, update_row
from agent_desktop.data.words import ConsentChannel
from agent_desktop.told import told

FIELDS = ("name", "account_number", "organisation_id", "language", "time_zone", "address", "alert", "since", "tags")
_MOVED: dict[str, tuple[Any, str]] = {  # what moves, and the column that a customer may have only once
    "phone": (Phone, "key"),
    "email": (Email, "address_key"),
    "product": (Product, ""),
    "interaction": (Interaction, ""),
    "ticket": (Ticket, ""),
    "work_item": (WorkEntry, ""),
}
_CHOICES = ("this", "that", "both")


def merge(session: Session, op: MergeCustomers) -> Changed:
    """Merge ``gone_id`` into ``kept_id``. Raises Refused when one of them is not there, or a signpost already."""
    kept, gone = _both(session, op.kept_id, op.gone_id)
    for row in (kept, gone):
        if row["merged_into"] is not None:
            raise Refused(told("{0} has been merged with another customer meanwhile.").format(row["name"]))
    if (
        unknown := (set(op.taken) - set(FIELDS))
        | (set(op.joined) - {"tags"})
        | ({op.phones, op.emails} - set(_CHOICES))
    ):
        raise Refused(told("Not known to this version of the program: {0}.").format(", ".join(sorted(unknown))))
    after = {field: gone[field] for field in op.taken}
    after |= {field: list(dict.fromkeys([*kept[field], *gone[field]])) for field in op.joined}
    after |= _agreed(kept, gone)
    after = {field: value for field, value in after.items() if value != kept[field]}
    update_row(session, Customer, op.gone_id, _edit(gone, {"merged_into": op.kept_id}, op.at_us))
    moved: dict[str, list[str]] = {}
    for kind in _MOVED:
        choice = {"phone": op.phones, "email": op.emails}.get(kind, "both")
        own = _ids(session, kind, op.kept_id) if choice == "that" else []
        if choice != "this":
            moved[kind] = _move(session, kind, op.gone_id, op.kept_id, None)
        if own:  # what the kept one had waits behind the signpost, and still leads here
            moved[f"{kind} back"] = _move(session, kind, op.kept_id, op.gone_id, own)
    moved["signpost"] = _turn(session, op.gone_id, op.kept_id, None)
    update_row(session, Customer, op.kept_id, _edit(kept, after, op.at_us))
    values = {"id": op.merge_id, "kept_id": op.kept_id, "gone_id": op.gone_id, "at": clock.from_us(op.at_us)}
    values |= {"agent_id": op.agent_id, "moved": moved, "left_alone": []}
    values |= {"before": {field: _plain(kept[field]) for field in after}, "after": _plain_all(after)}
    session.execute(insert(table_of(CustomerMerge)).values(values))
    refresh_words(session, op.kept_id)
    return _changed(op.kept_id, op.gone_id, moved)


def undo(session: Session, op: UndoMerge) -> Changed:
    """Take a merge apart: what it moved goes back, except what somebody has changed or moved since.

    What stays as it is now is written into the row's ``left_alone``: names of fields, and kinds of rows. Raises Refused
    when it was undone already, or when the one that was kept has itself been merged since.
    """
    row = locked_row(session, CustomerMerge, op.merge_id)
    if row is None or row["undone_at"] is not None:
        raise Refused("This merge has been undone already.")
    kept, gone = _both(session, row["kept_id"], row["gone_id"])
    if kept["merged_into"] is not None:
        raise Refused(told("{0} has been merged with another customer since: undo that first.").format(kept["name"]))
    if gone["merged_into"] != kept["id"]:
        raise Refused(told("{0} is not merged with {1} any more.").format(gone["name"], kept["name"]))
    alone: list[str] = []
    fields = {}
    for field, value in row["after"].items():
        if _plain(kept[field]) == value:
            fields[field] = _typed(field, row["before"][field])
        else:
            alone.append(field)
    for kind, moved in row["moved"].items():
        keys = [UUID(key) for key in moved]
        if kind == "signpost":
            done = _turn(session, kept["id"], gone["id"], keys)
        elif kind.endswith(" back"):
            done = _move(session, kind.removesuffix(" back"), gone["id"], kept["id"], keys)
        else:
            done = _move(session, kind, kept["id"], gone["id"], keys)
        if len(done) < len(moved):
            alone.append(kind.removesuffix(" back"))
    update_row(session, Customer, gone["id"], _edit(gone, {"merged_into": None}, op.at_us))
    update_row(session, Customer, kept["id"], _edit(kept, fields, op.at_us))
    undone = {"undone_at": clock.from_us(op.at_us), "left_alone": sorted(set(alone))}
    update_row(session, CustomerMerge, op.merge_id, undone)
    for customer_id in (kept["id"], gone["id"]):
        refresh_words(session, customer_id)
    return _changed(kept["id"], gone["id"], row["moved"])


def living(session: Session, customer_id: UUID) -> UUID:
    """Who stands for a customer now, held until the transaction ends, so that no merge passes what is written."""
    table = table_of(Customer)
    for _ in range(5):
        query = select(table.c.merged_into).where(table.c.id == customer_id).with_for_update(read=True, key_share=True)
        target = session.execute(query).scalar_one_or_none()
        if target is None:
            break
        customer_id = target
    return customer_id


# ------------------------------------------------------------------ helpers


def _both(session: Session, kept_id: UUID, gone_id: UUID) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both rows, held; always in the same order, so that two who merge crosswise do not wait for each other."""
    if kept_id == gone_id:
        raise Refused("A customer cannot be merged with itself.")
    rows = {key: locked_row(session, Customer, key) for key in sorted((kept_id, gone_id))}
    kept, gone = rows[kept_id], rows[gone_id]
    if kept is None or gone is None:
        raise Refused("One of these customers does not exist.")
    return kept, gone


def _edit(row: dict[str, Any], values: dict[str, Any], at_us: int) -> dict[str, Any]:
    """Changes of a customer with the version they make."""
    version = row["version"] + 1
    changed = dict(row["changed_in"] or {}) | dict.fromkeys(values, version)
    named = {"name_key": fold(values["name"])} if "name" in values else {}
    at = max(clock.from_us(at_us), row["updated_at"])
    return values | named | {"version": version, "changed_in": changed, "updated_at": at}


def _agreed(kept: dict[str, Any], gone: dict[str, Any]) -> dict[str, Any]:
    """What was said last, by either of them, about being contacted on each channel."""
    if not gone["consents"]:
        return {}
    said = dict(kept["consents"] or {})
    for channel, (given, source, at_us) in gone["consents"].items():
        if at_us > said.get(channel, (False, "", -1))[2]:
            said[channel] = [given, source, at_us]
    calls = said.get(ConsentChannel.CALL.value)
    return {"consents": said, "no_calls": calls is not None and not calls[0]}


def _ids(session: Session, kind: str, customer_id: UUID) -> list[UUID]:
    table = table_of(_MOVED[kind][0])
    return list(session.execute(select(table.c.id).where(table.c.customer_id == customer_id)).scalars())


def _move(session: Session, kind: str, source: UUID, target: UUID, keys: list[UUID] | None) -> list[str]:
    """Give those of these rows (None: all) that are ``source``'s to ``target``, who has none like them; which were.

    On a server a function does it: to move is nobody's right, and not all of them may be seen by whoever merges.
    """
    if keys is not None and not keys:
        return []
    if on_server(session):
        from sqlalchemy.dialects import postgresql  # takes 0.1 s to import: not where SQLite is used

        array = bindparam("keys", keys, postgresql.ARRAY(Uuid()))
        call: Select[Any] = select(func.access.move_of_customer(kind, source, target, array))
        return sorted(str(key) for key in session.execute(call).scalar_one())
    model, once = _MOVED[kind]
    table = table_of(model)
    change = update(table).where(table.c.customer_id == source)
    if keys is not None:
        change = change.where(table.c.id.in_(keys))
    if once:
        change = change.where(table.c[once].not_in(select(table.c[once]).where(table.c.customer_id == target)))
    return sorted(
        str(key) for key in session.execute(change.values(customer_id=target).returning(table.c.id)).scalars()
    )


def _turn(session: Session, source: UUID, target: UUID, keys: list[UUID] | None) -> list[str]:
    """Let signposts to ``source`` (only these, if said) lead to ``target``; which did."""
    table = table_of(Customer)
    change = update(table).where(table.c.merged_into == source, table.c.id != target)
    if keys is not None:
        change = change.where(table.c.id.in_(keys))
    return sorted(
        str(key) for key in session.execute(change.values(merged_into=target).returning(table.c.id)).scalars()
    )


def _plain(value: Any) -> Any:
    """As it stands in JSON."""
    if isinstance(value, uuid.UUID):
        return str(value)
    return clock.to_us(value) if hasattr(value, "astimezone") else value


def _plain_all(values: dict[str, Any]) -> dict[str, Any]:
    return {field: _plain(value) for field, value in values.items()}


def _typed(field: str, value: Any) -> Any:
    if value is None:
        return None
    if field == "organisation_id":
        return UUID(value)
    return clock.from_us(value) if field == "since" else value


def _changed(kept_id: UUID, gone_id: UUID, moved: dict[str, list[str]]) -> Changed:
    return Changed(
        customers=frozenset({kept_id, gone_id}),
        interactions=frozenset(UUID(key) for key in moved.get("interaction", ())),
        tickets=frozenset(UUID(key) for key in moved.get("ticket", ())),
        work=bool(moved.get("work_item")),
    )
