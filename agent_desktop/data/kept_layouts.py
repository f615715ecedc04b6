"""Layouts of the board: a person's own and the published ones, each kept by the version it was read at."""

from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from agent_desktop.data.admin_save import put, required
from agent_desktop.data.errors import Refused
from agent_desktop.data.layout_rows import KeptLayoutRow
from agent_desktop.data.models import KeptLayout
from agent_desktop.data.models.layouts import CENTRE
from agent_desktop.data.sql import on_server, table_of
from agent_desktop.told import told

MOST_NAME = 60  # characters


def may_publish(session: Session) -> bool:
    """Whether who is signed in publishes layouts: a supervisor on a server, whoever has the file elsewhere."""
    if not on_server(session):
        return True
    return bool(session.execute(select(func.access.is_member("supervisor"))).scalar_one())


def layouts(session: Session, owner_id: UUID | None) -> tuple[KeptLayoutRow, ...]:
    """Those of a person in the order they were made, then the published ones."""
    table = table_of(KeptLayout)
    whose = or_(table.c.owner_id == CENTRE, table.c.owner_id == owner_id) if owner_id else table.c.owner_id == CENTRE
    rows = session.execute(select(table).where(whose, table.c.active).order_by(table.c.id)).all()
    found = [
        KeptLayoutRow(row.id, row.version, row.name, row.body or {}, row.owner_id == CENTRE, row.team_id)
        for row in rows
    ]
    return tuple(sorted(found, key=lambda row: row.shared))


def save(session: Session, row: KeptLayoutRow, owner_id: UUID | None) -> None:
    """Store one at the version it was read, as ``owner_id``'s or, ``shared``, as everybody's. Raises Stale, Refused."""
    name = required(row.name, "A layout has a name.")
    if len(name) > MOST_NAME:
        raise Refused(told("A layout's name has {0} characters at most.").format(MOST_NAME))
    if not row.shared and (owner_id is None or row.team_id is not None):
        raise Refused("A layout is somebody's, or it is published.")
    owner = CENTRE if row.shared else owner_id
    values = {"owner_id": owner, "team_id": row.team_id, "name": name, "body": row.body, "active": row.active}
    put(session, KeptLayout, row.id, row.version, values)
