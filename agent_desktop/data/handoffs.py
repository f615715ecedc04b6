"""What the PBX and its IVR said of calls: stored by the collector, read with the pop, secrets shown one by one."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data import audit
from agent_desktop.data.errors import Refused
from agent_desktop.data.handoff_rows import HandoffFieldRow, HandoffRuleRow, HandoffWord, SecretValue
from agent_desktop.data.identity_rows import NO_QUEUE, Reveals
from agent_desktop.data.models import (
    HandoffField,
    HandoffRule,
    HandoffSecret,
    HandoffWarning,
    IdentityPolicy,
    Interaction,
    Queue,
)
from agent_desktop.data.sql import in_their_words, insert_or_update, insert_returning_new, on_server, table_of
from agent_desktop.told import mark

MAX_ROWS = 200  # of one interaction: whoever says more says nothing that can be read while it rings
_FIELD, _RULE, _SECRET = table_of(HandoffField).c, table_of(HandoffRule).c, table_of(HandoffSecret).c
_COLUMNS = tuple(_FIELD[name] for name in HandoffFieldRow.__struct_fields__)

# With the values {"interaction_id"}: what was said of an interaction, oldest first.
OF_INTERACTION = (
    select(*_COLUMNS)
    .where(_FIELD.interaction_id == bindparam("interaction_id"))
    .order_by(_FIELD.at, _FIELD.id)
    .limit(MAX_ROWS)
)


def rules(session: Session) -> tuple[HandoffRuleRow, ...]:
    """The centre's own rules that are in force, those for whole names first."""
    query = select(_RULE.name, _RULE.field, _RULE.label, _RULE.form, _RULE.secret).where(_RULE.active)
    return tuple(HandoffRuleRow(*row) for row in session.execute(query.order_by(_RULE.name, _RULE.id)))


def record(session: Session, words: Sequence[HandoffWord]) -> int:
    """Store what was said; what stands there already counts for nothing. How many were new."""
    if not words:
        return 0
    by_key = {word.field.id: word for word in words}
    rows = [msgspec.structs.asdict(word.field) for word in by_key.values()]
    new = {key for (key,) in insert_returning_new(session, HandoffField, rows, ("id",))}
    secrets = [
        {"id": key, "interaction_id": word.field.interaction_id, "at": word.field.at, "value": word.secret,
         "sealed": word.sealed}
        for key, word in by_key.items()
        if key in new and word.secret
    ]  # fmt: skip
    if secrets:
        session.execute(insert(table_of(HandoffSecret)), secrets)
    return len(new)


def fields(session: Session, interaction_id: UUID) -> tuple[HandoffFieldRow, ...]:
    """What was said of an interaction, oldest first."""
    return rows_of(session.execute(OF_INTERACTION, {"interaction_id": interaction_id}))


def rows_of(found: Iterable[Any]) -> tuple[HandoffFieldRow, ...]:
    """Rows of ``OF_INTERACTION``; the same said again of the same field (to another leg) stands once."""
    kept: list[HandoffFieldRow] = []
    last: dict[str, str] = {}
    for each in found:
        row = HandoffFieldRow(*each)
        if row.secret or last.get(row.name) != row.value:
            kept.append(row)
            last[row.name] = row.value
    return tuple(kept)


def ask(session: Session, field_id: UUID) -> None:
    """Write down that a secret is looked at; commit, then ``reveal``.

    Raises Refused, with who may, where the policy of the queue says that this login may not (``Reveals``). A file knows
    no logins: there only "nobody" keeps anybody from it.
    """
    if on_server(session):
        with in_their_words():
            session.execute(select(func.access.ask_handoff(field_id)))
        return
    name, shown = _policy_in_file(session, field_id)
    if not shown:
        raise Refused(NOBODY)
    if name:
        audit.record_view(session, "handoff_secret", field_id, detail=name)


def reveal(session: Session, field_id: UUID) -> SecretValue:
    """The value of a secret field that was asked for in an earlier transaction, a minute ago at most.

    Raises Refused when it is gone, or not for this login.
    """
    if on_server(session):
        with in_their_words():
            row = session.execute(select(func.access.reveal_handoff(field_id).label("found"))).scalar_one()
        if row is None:
            raise Refused(_GONE)
        return SecretValue(str(row["value"]), bool(row["sealed"]))
    if not _policy_in_file(session, field_id)[1]:
        raise Refused(NOBODY)
    found = session.execute(select(_SECRET.value, _SECRET.sealed).where(_SECRET.id == field_id)).one_or_none()
    if found is None:
        raise Refused(_GONE)
    return SecretValue(found.value, bool(found.sealed))


def _policy_in_file(session: Session, field_id: UUID) -> tuple[str, bool]:
    """The name of a secret that is kept (else nothing), and whether the policy of its queue lets it be shown."""
    calls, queue, policy = table_of(Interaction).c, table_of(Queue).c, table_of(IdentityPolicy).c
    held = select(_FIELD.name, _FIELD.interaction_id).join(table_of(HandoffSecret), _SECRET.id == _FIELD.id)
    field = session.execute(held.where(_FIELD.id == field_id)).one_or_none()
    if field is None:
        return "", True
    named = select(queue.id).join(table_of(Interaction), func.lower(queue.name) == func.lower(calls.queue))
    of_call = named.where(calls.id == field.interaction_id, calls.queue != "").order_by(queue.active.desc())
    whose = session.execute(of_call.limit(1)).scalar_one_or_none() or NO_QUEUE
    reveals = session.execute(select(policy.reveals).where(policy.id == whose)).scalar_one_or_none()
    return field.name, reveals != Reveals.NOBODY


_GONE = mark("It is not kept any more.")
NOBODY = mark("In this queue nobody sees what callers typed.")


def any_sealed(session: Session) -> bool:
    """Whether secrets are kept that only the centre's private key opens."""
    if on_server(session):
        return bool(session.execute(select(func.access.handoff_sealed())).scalar_one())
    return session.execute(select(_SECRET.id).where(_SECRET.sealed).limit(1)).first() is not None


def warn(session: Session, names: Iterable[str]) -> None:
    """Headers by these names brought secrets to a desktop, which left them out."""
    for name in sorted(set(names)):
        insert_or_update(session, HandoffWarning, {"name": name[:60], "at": clock.now()}, ("name",))


def warnings(session: Session) -> tuple[str, ...]:
    """The names of those headers, the newest first."""
    table = table_of(HandoffWarning).c
    return tuple(session.execute(select(table.name).order_by(table.at.desc()).limit(20)).scalars())
