"""Calls of the past, many at once: what desktops have told of a call stays as it is, what is known already counts once.

A call that an import made says so by having no stamps (see merge.py): what a desktop tells later counts for more.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import insert, select

from agent_desktop.data.models import Customer, Interaction, Leg, Phone, QueueVisit
from agent_desktop.data.sql import insert_new, insert_returning_new, locked_row, table_of, update_row
from agent_desktop.data.words import Channel, Direction, Outcome

_CHUNK = 500
_PUT_TOGETHER = ("started_at", "ended_at", "outcome", "answered_at", "wait_s")


class PastLeg(msgspec.Struct, frozen=True):
    id: UUID
    agent_id: UUID | None
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime
    outcome: Outcome


class PastCall(msgspec.Struct, frozen=True):
    """``key`` is the number's under which customers are matched (numbers.py), empty for none."""

    id: UUID
    direction: Direction
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime
    outcome: Outcome
    agent_id: UUID | None
    number: str
    e164: str | None
    key: str
    name: str
    queue: str
    wait_s: float | None
    linked_id: str
    legs: tuple[PastLeg, ...] = ()


class Stay(msgspec.Struct, frozen=True):
    """A queue visit as far as calls are told by it."""

    entered_at: datetime
    connected_at: datetime | None
    left_at: datetime | None
    agent_id: UUID | None


class Stored(msgspec.Struct, frozen=True):
    """What came of some calls."""

    new: int
    completed: int
    known: int


def stays(session: Any, visit_ids: Iterable[UUID]) -> dict[UUID, Stay]:
    """The visits that are stored of these."""
    table = table_of(QueueVisit)
    found: dict[UUID, Stay] = {}
    for chunk in _chunks(list(visit_ids)):
        columns = (table.c.id, table.c.entered_at, table.c.connected_at, table.c.left_at, table.c.agent_id)
        for row in session.execute(select(*columns).where(table.c.id.in_(chunk))):
            found[row.id] = Stay(row.entered_at, row.connected_at, row.left_at, row.agent_id)
    return found


def put(session: Any, calls: Sequence[PastCall], *, dry: bool = False) -> Stored:
    """Store what is not known. ``dry``: only say it."""
    known = _known(session, [call.id for call in calls])
    fresh = [call for call in calls if call.id not in known]
    again = [call for call in calls if call.id in known and not known[call.id]["stamps"]]
    if dry:
        return Stored(len(fresh), 0, len(calls) - len(fresh))
    customers = _customers(session, {call.key for call in fresh if call.key})
    if fresh:
        session.execute(insert(table_of(Interaction)), [_row(call, customers) for call in fresh])
        if legs := [_leg(call, leg) for call in fresh for leg in call.legs]:
            session.execute(insert(table_of(Leg)), legs)
    legs_known = _legs_known(session, [leg.id for call in again for leg in call.legs])
    more = [call for call in again if _changes(known[call.id], call) or {leg.id for leg in call.legs} - legs_known]
    completed = sum(_completed(session, call) for call in more)
    return Stored(len(fresh), completed, len(calls) - len(fresh) - completed)


def begin(session: Any, call: PastCall) -> bool:
    """Store a call that goes on, of which ``put`` will say how it ended; whether nobody had told of it."""
    row = _row(call, _customers(session, {call.key} - {""}))
    return insert_new(session, Interaction, row | {"ended_at": None, "outcome": Outcome.IN_PROGRESS.value})


def add(session: Any, calls: Iterable[PastCall]) -> int:
    """Store calls that nobody has told of; nothing is read, for a service that may not. How many were new."""
    return sum(insert_new(session, Interaction, _row(call, {})) for call in calls)


def _known(session: Any, ids: list[UUID]) -> dict[UUID, Any]:
    """Those of the calls that are stored."""
    table = table_of(Interaction)
    columns = [table.c[name] for name in ("id", "stamps", "agent_id", *_PUT_TOGETHER)]
    found: dict[UUID, Any] = {}
    for chunk in _chunks(ids):
        found |= {row["id"]: row for row in session.execute(select(*columns).where(table.c.id.in_(chunk))).mappings()}
    return found


def _legs_known(session: Any, ids: list[UUID]) -> set[UUID]:
    table = table_of(Leg)
    found: set[UUID] = set()
    for chunk in _chunks(ids):
        found.update(session.execute(select(table.c.id).where(table.c.id.in_(chunk))).scalars())
    return found


def _customers(session: Any, keys: set[str]) -> dict[str, UUID]:
    """The customer of each number; a number that several share tells nothing."""
    phones, customer = table_of(Phone), table_of(Customer)
    found: dict[str, set[UUID]] = {}
    for chunk in _chunks(sorted(keys)):
        query = (
            select(phones.c.key, phones.c.customer_id)
            .join(customer, customer.c.id == phones.c.customer_id)
            .where(phones.c.key.in_(chunk), customer.c.merged_into.is_(None))
        )
        for key, whose in session.execute(query):
            found.setdefault(key, set()).add(whose)
    return {key: next(iter(whose)) for key, whose in found.items() if len(whose) == 1}


def _row(call: PastCall, customers: dict[str, UUID]) -> dict[str, Any]:
    values = msgspec.structs.asdict(call) | {"channel": Channel.CALL.value, "direction": call.direction.value}
    values |= {"outcome": call.outcome.value, "customer_id": customers.get(call.key), "display_name": call.name}
    for name in ("key", "name", "legs"):
        del values[name]
    return values | {"version": 1, "subject": "", "summary": "", "reason": ""}


def _leg(call: PastCall, leg: PastLeg) -> dict[str, Any]:
    values = msgspec.structs.asdict(leg) | {"interaction_id": call.id, "direction": call.direction.value}
    rest = {
        "remote": call.number,
        "sip_call_id": "",
        "sip_reason": "",
        "ended_by": "",
        "referred_by": "",
        "purpose": "",
    }
    return values | rest | {"outcome": leg.outcome.value, "hold_s": 0.0, "cut": False, "codec": ""}


def _completed(session: Any, call: PastCall) -> bool:
    """Put together what two files, or two parts of one, say of a call; whether that said anything new."""
    row = locked_row(session, Interaction, call.id)
    assert row is not None
    changes = _changes(row, call)
    legs = insert_returning_new(session, Leg, [_leg(call, leg) for leg in call.legs], ("id",)) if call.legs else set()
    if changes:
        update_row(session, Interaction, call.id, changes | {"version": row["version"] + 1})
    return bool(changes or legs)


def _changes(row: Any, call: PastCall) -> dict[str, Any]:
    """The columns that a call, told again, makes say something else."""
    was, now = Outcome(row["outcome"] or Outcome.IN_PROGRESS), call.outcome
    values: dict[str, Any] = {
        "started_at": min(row["started_at"], call.started_at),
        "ended_at": max(row["ended_at"] or call.ended_at, call.ended_at),
        "outcome": was.merged(now).value,
        "answered_at": min((at for at in (row["answered_at"], call.answered_at) if at is not None), default=None),
        "wait_s": row["wait_s"] if row["wait_s"] is not None else call.wait_s,
    }
    if row["agent_id"] is None or now.rank > was.rank:
        values["agent_id"] = call.agent_id or row["agent_id"]
    return {name: value for name, value in values.items() if value != row[name]}


def _chunks(values: list[Any]) -> Iterable[list[Any]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
