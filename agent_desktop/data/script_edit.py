"""Writing scripts: drafts, handing them in, looking them through, publishing and going back, and the rules."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, func, insert, select, update
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data.admin_save import Stale, put, record_edit, required
from agent_desktop.data.errors import Refused
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import CallScript, ScriptReview, ScriptRule, ScriptVersion
from agent_desktop.data.script_rows import MAX_NOTE, Eyes, Review, RuleRow, VersionRow, VersionState
from agent_desktop.data.sql import on_server, table_of

_SCRIPT, _VERSION = table_of(CallScript), table_of(ScriptVersion)
_SAYS = ("campaign", "intent", "dialled", "queue", "segment", "language")


def may_edit(session: Session) -> bool:
    """Whether who is signed in writes scripts: a team lead on a server, whoever has the file elsewhere."""
    if not on_server(session):
        return True
    return bool(session.execute(select(func.access.is_member("team_lead"))).scalar_one())


def save(session: Session, draft: VersionRow, title: str, agent_id: UUID | None) -> VersionRow:
    """Store a draft by the edition it was read at; what is published already gets a new version.

    ``number`` 0 makes the first of a new script. Raises Stale, Refused.
    """
    title = required(title, "A script needs a title.")
    newest = session.execute(
        select(_VERSION).where(_VERSION.c.script_id == draft.script_id).order_by(_VERSION.c.number.desc()).limit(1)
    ).one_or_none()
    if (newest.number if newest is not None else 0) != draft.number:
        raise Stale
    if newest is None:
        _new(session, draft, title)
    elif newest.edition != draft.edition:
        raise Stale
    values: dict[str, Any] = {"at": clock.now(), "agent_id": agent_id, "note": draft.note.strip()[:MAX_NOTE]}
    values |= {"state": VersionState.DRAFT.value, "body": draft.body, "parts": {}}
    if not on_server(session) and (newest is None or newest.body != draft.body):  # a server sees to it by itself
        values["writer_id"] = agent_id
    if newest is None or newest.state == VersionState.PUBLISHED:
        number, edition = draft.number + 1, 1
        row = {"script_id": draft.script_id, "number": number, "edition": edition, "review_note": ""}
        session.execute(insert(_VERSION).values(row | values))
    else:
        number, edition = draft.number, draft.edition + 1
        _change(session, draft, values | {"edition": edition})
    title_now = update(_SCRIPT).where(_SCRIPT.c.id == draft.script_id, _SCRIPT.c.published == 0)
    session.execute(title_now.values(title=title))
    return VersionRow(
        draft.script_id, draft.key, number, edition, VersionState.DRAFT, agent_id, draft.note, draft.body, {}
    )


def _new(session: Session, draft: VersionRow, title: str) -> None:
    if session.execute(select(_SCRIPT.c.id).where(_SCRIPT.c.key == draft.key)).first() is not None:
        raise Refused("There is a script with this id already.")
    values = {"id": draft.script_id, "version": 1, "key": draft.key, "title": title, "published": 0, "active": True}
    session.execute(insert(_SCRIPT).values(values))


def hand_in(session: Session, draft: VersionRow, agent_id: UUID | None, note: str = "") -> None:
    """Have somebody look a draft through; ``parts`` are kept with it from now on. Raises Stale, Refused."""
    if draft.state is not VersionState.DRAFT:
        raise Refused("Only a draft can be handed in.")
    values = {"state": VersionState.REVIEW.value, "at": clock.now(), "agent_id": agent_id, "parts": draft.parts}
    _change(session, draft, values | {"edition": draft.edition + 1})
    _tell(session, draft.script_id, draft.number, agent_id, Review.HANDED_IN, note)


def eyes(session: Session, script_id: UUID, number: int) -> Eyes:
    """Whether who is signed in may publish a version."""
    if not on_server(session):
        return Eyes.FILE
    return Eyes(session.execute(select(func.access.script_eyes(script_id, number))).scalar_one())


def review(session: Session, row: VersionRow, agent_id: UUID | None, note: str, *, publish: bool) -> None:
    """Publish what was handed in, or give it back as a draft. On a server never by who wrote it. Raises Refused."""
    if on_server(session):
        call = func.access.review_script(row.script_id, row.number, row.edition, publish, note.strip()[:MAX_NOTE])
        _said(session.execute(select(call)).scalar_one())
        return
    values: dict[str, Any] = {
        "reviewer_id": agent_id,
        "reviewed_at": clock.now(),
        "review_note": note.strip()[:MAX_NOTE],
    }
    values |= {"state": (VersionState.PUBLISHED if publish else VersionState.DRAFT).value, "edition": row.edition + 1}
    if row.state is not VersionState.REVIEW:
        raise Refused("This version is not waiting to be looked through.")
    _change(session, row, values)
    what = Review.PUBLISHED if publish else Review.GIVEN_BACK
    _tell(session, row.script_id, row.number, agent_id, what, note)
    if publish:
        _use(session, row.script_id, row.number)


def use(session: Session, script_id: UUID, number: int, agent_id: UUID | None = None) -> None:
    """Have calls get a version that was published before, or none (0). Raises Refused."""
    if on_server(session):
        _said(session.execute(select(func.access.use_script(script_id, number))).scalar_one())
        return
    was = select(_VERSION.c.number).where(_VERSION.c.script_id == script_id, _VERSION.c.number == number)
    published = _VERSION.c.state == VersionState.PUBLISHED.value
    if number and session.execute(was.where(published)).first() is None:
        raise Refused("Only a version that was published can be used again.")
    _tell(session, script_id, number, agent_id, Review.USED, "")
    _use(session, script_id, number)


def save_rule(session: Session, row: RuleRow) -> None:
    """Store a rule by the version it was read at. Raises Stale, Refused."""
    if session.execute(select(_SCRIPT.c.id).where(_SCRIPT.c.id == row.script_id)).first() is None:
        raise Refused("A rule names a script.")
    values: dict[str, Any] = {name: getattr(row, name).strip()[:200] for name in _SAYS}
    put(
        session, ScriptRule, row.id, row.version,
        values | {"script_id": row.script_id, "position": row.position, "active": row.active},
    )  # fmt: skip


def _tell(session: Session, script_id: UUID, number: int, agent_id: UUID | None, what: Review, note: str) -> None:
    """Into the history; what a server's functions do they write there themselves."""
    row = {"id": new_id(), "script_id": script_id, "number": number, "at": clock.now(), "agent_id": agent_id}
    session.execute(insert(table_of(ScriptReview)).values(row | {"what": what.value, "note": note.strip()[:MAX_NOTE]}))


def _change(session: Session, row: VersionRow, values: dict[str, Any]) -> None:
    changed = update(_VERSION).where(
        _VERSION.c.script_id == row.script_id,
        _VERSION.c.number == row.number,
        _VERSION.c.edition == row.edition,
        _VERSION.c.state != VersionState.PUBLISHED.value,
    )
    if cast("CursorResult[Any]", session.execute(changed.values(values))).rowcount != 1:
        raise Stale


def _use(session: Session, script_id: UUID, number: int) -> None:
    found = session.execute(select(_SCRIPT).where(_SCRIPT.c.id == script_id)).mappings().one()
    body: Any = session.execute(
        select(_VERSION.c.body).where(_VERSION.c.script_id == script_id, _VERSION.c.number == number)
    ).scalar_one_or_none()
    values = {"published": number, "version": found["version"] + 1}
    if body:
        values["title"] = title_of(body)
    session.execute(update(_SCRIPT).where(_SCRIPT.c.id == script_id).values(values))
    record_edit(session, "script", str(script_id), dict(found), dict(found) | values)


def title_of(body: dict[str, Any]) -> str:
    """What a script is called in lists: its title in its first language."""
    title = body.get("title", "")
    if isinstance(title, dict):
        languages = body.get("languages") or ["en"]
        return str(title.get(languages[0]) or next(iter(title.values()), ""))
    return str(title)


def _said(refusal: str) -> None:
    if refusal == "stale":
        raise Stale
    if refusal:
        raise Refused(refusal)
