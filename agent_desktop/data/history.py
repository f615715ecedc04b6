"""What a PBX's files say of the past, stored: runs of such imports, queues that are gone, what is known already."""

import getpass
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, insert, or_, select, text, update
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data.ids import derived_id
from agent_desktop.data.models import ImportRun, Queue, QueueEvent, QueueVisit, Site
from agent_desktop.data.sql import insert_new, on_server, table_of

FILLING = "filling"  # while a run has this state, who made it may store history
KEPT = "kept"  # history stays: figures were made of it
_CHUNK = 500


def begin(session: Session, run_id: UUID, file: str) -> None:
    """Note that this login imports a file's history."""
    who = session.execute(select(text("session_user"))).scalar_one() if on_server(session) else getpass.getuser()
    values = {"id": run_id, "at": clock.now(), "who": who, "file": file}
    session.execute(insert(table_of(ImportRun)).values(values | {"state": FILLING, "counts": {}}))


def note(session: Session, run_id: UUID, counts: dict[str, int], *, ended: bool) -> None:
    """How far it is."""
    values: dict[str, Any] = {"counts": counts} | ({"state": KEPT} if ended else {})
    session.execute(update(table_of(ImportRun)).where(ImportRun.id == run_id).values(values))


def site_id(session: Session) -> UUID:
    """The site all derived ids hang from."""
    return UUID(str(session.execute(select(Site.site_id)).scalar_one()))


def keep_queue(session: Session, name: str) -> UUID:
    """A queue that only the history knows: switched off, so that nobody is offered it. Its id."""
    key = derived_id(site_id(session), f"queue:{name}")
    insert_new(session, Queue, {"id": key, "name": name, "label": name, "active": False})
    return UUID(str(session.execute(select(Queue.id).where(Queue.name == name)).scalar_one()))


def entries(session: Session, visit_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When the visits began that are stored of these."""
    table = table_of(QueueVisit)
    found: dict[UUID, datetime] = {}
    for chunk in _chunks(list(visit_ids)):
        query = select(table.c.id, table.c.entered_at).where(table.c.id.in_(chunk))
        found |= {row.id: row.entered_at for row in session.execute(query)}
    return found


def told_whole(session: Session, source: str, visit_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these visits that another source, as the live feed, has told to their end: nothing is missing there."""
    visit, event = table_of(QueueVisit).c, table_of(QueueEvent).c
    ended = or_(visit.left_at.is_not(None), visit.ended_at.is_not(None))
    other = exists().where(event.visit_id == visit.id, event.source != source)
    found: set[UUID] = set()
    for chunk in _chunks(list(visit_ids)):
        found.update(session.execute(select(visit.id).where(visit.id.in_(chunk), ended, other)).scalars())
    return found


def known_numbers(session: Session, source: str, numbers: Sequence[int]) -> set[int]:
    """Which of these events of a source are stored."""
    table = table_of(QueueEvent)
    found: set[int] = set()
    for chunk in _chunks(list(numbers)):
        query = select(table.c.source_seq).where(table.c.source == source, table.c.source_seq.in_(chunk))
        found.update(session.execute(query).scalars())
    return found


def _chunks(values: list[Any]) -> Iterable[list[Any]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
