"""Scripts in a test's database, published without anybody looking them through."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert

from agent_desktop import clock
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import CallScript, ScriptRule, ScriptVersion


def without_scripts(database: Database) -> None:
    """Take the company's scripts away."""
    with database.write() as session:
        for model in (ScriptRule, ScriptVersion, CallScript):
            session.execute(delete(model))


def publish(database: Database, body: dict[str, Any], *rules: dict[str, Any], number: int = 1) -> UUID:
    """A script with its rules; the same ``id`` with another number is another version of it."""
    with database.write() as session:
        known = session.query(CallScript).filter_by(key=body["id"]).one_or_none()
        key = known.id if known is not None else new_id()
        if known is None:
            row = {"id": key, "version": 1, "key": body["id"], "title": str(body["title"]), "active": True}
            session.execute(insert(CallScript).values(row | {"published": number}))
        else:
            known.published = number
        said = {"state": "published", "at": clock.now(), "body": body, "parts": {}}
        session.execute(insert(ScriptVersion).values({"script_id": key, "number": number, **said}))
        for at, rule in enumerate(rules):
            session.execute(insert(ScriptRule).values({"id": new_id(), "script_id": key, "position": at, **rule}))
    return key
