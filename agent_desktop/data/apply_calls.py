"""Operations on interactions: one call told by several desktops in any order becomes one row.

The rule of each field: the first word stays (channel, direction, number, name, queue), the latest word stays (subject,
handoff), earliest start and answer, latest end, highest outcome; the agent is the one whose report that outcome is.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data import access, customers
from agent_desktop.data.errors import Refused
from agent_desktop.data.folding import first_line
from agent_desktop.data.merge import Merge, Stamp
from agent_desktop.data.models import Interaction, Leg, Note, WorkEntry, WrapUp
from agent_desktop.data.operations import (
    CompleteWrapUp,
    LinkCustomer,
    Operation,
    SaveInteraction,
    SaveLeg,
    SaveNote,
)
from agent_desktop.data.rows import Changed
from agent_desktop.data.sql import held_row, insert_new, insert_or_update, locked_row, table_of, update_row
from agent_desktop.data.words import Channel, Direction, Outcome, WorkKind, WorkStatus
from agent_desktop.told import told

NOBODY = UUID(int=0)
_AFTER_ALL: Stamp = [1 << 62, ""]


def save_interaction(session: Session, op: SaveInteraction) -> Changed:
    """Insert or complete one interaction."""
    _check(Channel, op.channel)
    _check(Direction, op.direction)
    merge = _open(session, op.interaction_id, op, op.started_us)
    for field in ("channel", "direction", "number", "e164", "display_name", "queue", "wait_s", "linked_id"):
        merge.first(field, getattr(op, field))
    merge.last("subject", op.subject)
    merge.last("handoff", [list(pair) for pair in op.handoff] if op.handoff is not None else None)
    merge.least("answered_at", _time(op.answered_us))
    merge.most("ended_at", _time(op.ended_us))
    if "link" not in merge.stamps:
        merge.first("customer_id", op.customer_id)
    _merge_outcome(merge, op)
    changed = _close(session, op.interaction_id, merge)
    _settle_missed(session, op.interaction_id, merge.value("outcome"))
    return changed | Changed(work=op.outcome is not None)


def link_customer(session: Session, op: LinkCustomer) -> Changed:
    """Whose interaction it is: the last word of a person's, else what was found first."""
    merge = _open(session, op.interaction_id, op)
    before = merge.row.get("customer_id")
    if not op.by_hand:
        if "link" not in merge.stamps:
            merge.first("customer_id", op.customer_id)
    elif op.seen and "link" in merge.stamps and before not in (op.customer_id, _living(session, op.before)):
        raise Refused("Somebody else has said meanwhile whose this is. Look at it and choose again.")
    elif op.seen or merge.stamp > merge.stamps.get("link", [-1, ""]):
        merge.put("customer_id", op.customer_id)
        merge.stamps["link"] = max(merge.stamp, merge.stamps.get("link", merge.stamp))
    changed = _close(session, op.interaction_id, merge)
    return changed | Changed(customers=frozenset({before} if before else ()), work=True)


def save_leg(session: Session, op: SaveLeg) -> Changed:
    """One desktop's own SIP dialog; saved again as it goes on."""
    _check(Direction, op.direction)
    interaction = _open(session, op.interaction_id, op)
    changed = _close(session, op.interaction_id, interaction)
    started = clock.from_us(op.started_us)
    outcome = _check(Outcome, op.outcome)
    fresh = {"id": op.leg_id, "interaction_id": op.interaction_id, "direction": op.direction, "started_at": started}
    insert_new(session, Leg, fresh | {"outcome": outcome, "agent_id": op.agent_id})
    row = held_row(session, Leg, op.leg_id)
    merge = Merge(row, _stamp(op))
    merge.least("started_at", started)
    merge.least("answered_at", _time(op.answered_us))
    merge.most("ended_at", _time(op.ended_us))
    merge.most("hold_s", op.hold_s)
    merge.most("cut", op.cut)
    merge.put("outcome", Outcome(row["outcome"]).merged(outcome).value)
    for field in ("remote", "sip_call_id", "sip_code", "sip_reason", "ended_by", "referred_by", "purpose", "codec"):
        merge.last(field, getattr(op, field) or None)
    for field in ("encrypted", "mos", "loss", "jitter_ms", "round_trip_ms"):
        merge.last(field, getattr(op, field))
    update_row(session, Leg, op.leg_id, merge.changes)
    return changed


def save_note(session: Session, op: SaveNote) -> Changed:
    """A note written whole; the newest text stays, and its first line becomes the interaction's summary."""
    interaction = _open(session, op.interaction_id, op)
    at = clock.from_us(op.at_us)
    row = locked_row(session, Note, op.note_id)
    if row is None:
        values = {"id": op.note_id, "interaction_id": op.interaction_id, "agent_id": op.agent_id, "at": at}
        insert_new(session, Note, values | {"text": op.text})
    elif op.before is not None and row["text"] not in (op.before, op.text):
        raise Refused("Somebody else changed this note meanwhile. Look at the new text and save again.")
    elif (at, op.text) > (row["at"], row["text"]) or (op.before is not None and op.text != row["text"]):
        update_row(session, Note, op.note_id, {"at": at, "text": op.text, "version": row["version"] + 1})
    notes = table_of(Note)
    newest = (
        select(notes.c.text)
        .where(notes.c.interaction_id == op.interaction_id, notes.c.text != "")
        .order_by(notes.c.at.desc(), notes.c.id.desc())
        .limit(1)
    )
    text = session.execute(newest).scalar_one_or_none()
    if text is not None or row is not None:
        interaction.put("summary", first_line(text or ""))
    return _close(session, op.interaction_id, interaction)


def complete_wrap_up(session: Session, op: CompleteWrapUp) -> Changed:
    """Each agent's own wrap-up; the newest one with a disposition gives it to the interaction."""
    interaction = _open(session, op.interaction_id, op)
    agent_id = op.agent_id or NOBODY
    at = clock.from_us(op.at_us)
    table = table_of(WrapUp)
    mine = (table.c.interaction_id == op.interaction_id, table.c.agent_id == agent_id)
    known = session.execute(select(table.c.at).where(*mine).with_for_update()).scalar_one_or_none()
    if known is None or at > known:
        values = {"interaction_id": op.interaction_id, "agent_id": agent_id, "at": at, "reason": op.reason}
        values |= {"disposition_id": op.disposition_id, "wrap_up_s": op.wrap_up_s}
        insert_or_update(session, WrapUp, values, ("interaction_id", "agent_id"))
    newest = (
        select(table.c.disposition_id, table.c.reason)
        .where(table.c.interaction_id == op.interaction_id, table.c.disposition_id.is_not(None))
        .order_by(table.c.at.desc(), table.c.agent_id.desc())
        .limit(1)
    )
    if (row := session.execute(newest).one_or_none()) is not None:
        interaction.put("disposition_id", row.disposition_id)
        interaction.put("reason", row.reason)
    return _close(session, op.interaction_id, interaction) | Changed(agents=True)


def _living(session: Session, customer_id: UUID | None) -> UUID | None:
    return customers.kept(session, customer_id) if customer_id is not None else None


def outcome_is_settled(outcome: str | None) -> bool:
    """Whether somebody took the call, so that nobody has to return it."""
    return outcome is not None and Outcome(outcome).rank >= Outcome.ELSEWHERE.rank


def _check(kind: Callable[[str], Any], value: str) -> Any:
    try:
        return kind(value)
    except ValueError:
        raise Refused(told("“{0}” is not known to this version of the program.").format(value)) from None


def _time(us: int | None) -> Any:
    return None if us is None else clock.from_us(us)


def _stamp(op: Operation) -> Stamp:
    return [op.at_us, op.op_id.hex]


def _open(session: Session, interaction_id: UUID, op: Operation, started_us: int | None = None) -> Merge:
    """The interaction's row to merge into, held until the transaction ends; one with a guessed start if it is new."""
    access.join(session, interaction_id, op.agent_id)
    row = locked_row(session, Interaction, interaction_id)
    if row is None:
        stamps = {"started_at": "guess", "channel": _AFTER_ALL, "direction": _AFTER_ALL}
        guessed = clock.from_us(op.at_us)
        insert_new(session, Interaction, {"id": interaction_id, "started_at": guessed, "stamps": stamps})
        row = held_row(session, Interaction, interaction_id)
    merge = Merge(row, _stamp(op))
    guessed_only = merge.stamps.get("started_at") == "guess"
    if started_us is None:
        if guessed_only:
            merge.least("started_at", clock.from_us(op.at_us))
    elif guessed_only:
        merge.put("started_at", clock.from_us(started_us))
        del merge.stamps["started_at"]
    else:
        merge.least("started_at", clock.from_us(started_us))
    return merge


def _close(session: Session, interaction_id: UUID, merge: Merge) -> Changed:
    changes = merge.changes
    if changes:
        update_row(session, Interaction, interaction_id, changes | {"version": merge.row["version"] + 1})
    customer_id = merge.value("customer_id")
    return Changed(interactions=frozenset({interaction_id}), customers=frozenset({customer_id} if customer_id else ()))


def _merge_outcome(merge: Merge, op: SaveInteraction) -> None:
    rank = -1
    if op.outcome is not None:
        said = _check(Outcome, op.outcome)
        rank = said.rank
        known = merge.row.get("outcome")
        merge.put("outcome", (said if known is None else Outcome(known).merged(said)).value)
    if op.agent_id is None:
        return
    standing = [-rank, *merge.stamp]
    unclaimed = merge.row.get("agent_id") is None and "agent_id" not in merge.stamps
    if unclaimed or standing < merge.stamps.get("agent_id", [-99]):
        merge.put("agent_id", op.agent_id)
        merge.stamps["agent_id"] = standing


def _settle_missed(session: Session, interaction_id: UUID, outcome: str | None) -> None:
    """A missed call that turns out to have been taken elsewhere is not work any more."""
    if outcome_is_settled(outcome):
        work = table_of(WorkEntry)
        session.execute(
            update(work)
            .where(work.c.interaction_id == interaction_id, work.c.kind == WorkKind.MISSED)
            .where(work.c.status != WorkStatus.DONE)
            .values(status=WorkStatus.DONE, version=work.c.version + 1)
        )
