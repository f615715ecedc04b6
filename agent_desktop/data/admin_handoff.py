"""The centre's own map of what the PBX says: read and stored for administrators."""

import re

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agent_desktop.data.admin_rows import HandoffRecord
from agent_desktop.data.admin_save import put, required
from agent_desktop.data.errors import Refused
from agent_desktop.data.models import HandoffRule
from agent_desktop.data.sql import table_of
from agent_desktop.told import told

FORMS = ("text", "uui", "uui-pd", "uui-bare")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,58}\*?")
_FIELD = re.compile(r"[a-z0-9_]{1,40}|-|\*")


def rules(session: Session) -> tuple[HandoffRecord, ...]:
    """All of them by name, those switched off too."""
    rows = session.execute(select(table_of(HandoffRule)).order_by(HandoffRule.name, HandoffRule.id))
    return tuple(
        HandoffRecord(row.id, row.version, row.name, row.field, row.label, row.form, bool(row.secret), bool(row.active))
        for row in rows
    )


def save(session: Session, record: HandoffRecord) -> None:
    """Store a rule. Raises Stale, Refused."""
    name = required(record.name, "A rule needs the name of a header, a variable or an event’s key.")
    field = required(record.field, "A rule needs a field; - ignores what is said there.")
    if not _NAME.fullmatch(name):
        raise Refused("A name is letters, digits, - _ and dots, 60 at most; * at its end stands for all that begin so.")
    if not _FIELD.fullmatch(field) or (field == "*" and not name.endswith("*")):
        raise Refused("A field is small letters, digits and _; * names it after what follows the name’s own *.")
    if record.form not in FORMS:
        raise Refused("Nobody knows how to read that.")
    table = table_of(HandoffRule).c
    same = select(table.id).where(func.lower(table.name) == name.lower(), table.id != record.id).limit(1)
    if session.execute(same).first() is not None:
        raise Refused(told("There is a rule for “{0}” already.").format(name))
    values = {"name": name, "field": field, "label": record.label.strip()[:60], "form": record.form,
              "secret": record.secret, "active": record.active}  # fmt: skip
    put(session, HandoffRule, record.id, record.version, values)
