"""The demo company's call scripts, as they are shipped, and the rules by which its calls get them."""

import random
from typing import Any
from uuid import UUID

import yaml
from sqlalchemy import insert
from sqlalchemy.orm import Session

from agent_desktop import clock, paths
from agent_desktop.data.models import CallScript, ScriptRule, ScriptVersion
from agent_desktop.data.script_edit import title_of
from agent_desktop.data.seed_world import DAY_US, World
from agent_desktop.data.sql import table_of

# script, what a call must be like
RULES: tuple[tuple[str, dict[str, str]], ...] = (
    ("survey", {"campaign": "survey"}),
    ("collections", {"campaign": "reminders"}),
    ("complaint", {"intent": "complaint"}),
    ("retention", {"intent": "cancel"}),
    ("billing", {"intent": "high_bill"}),
    ("support", {"intent": "portal"}),
    ("appointment", {"intent": "appointment"}),
    ("billing", {"queue": "billing"}),
    ("outage", {"queue": "outages"}),
    ("appointment", {"queue": "moves"}),
    ("sales_qualification", {"queue": "business"}),
    ("billing", {"queue": "espanol"}),
)
_AGE_DAYS = 90
_EMPTY = dict.fromkeys(("campaign", "intent", "dialled", "queue", "segment", "language"), "")


def shipped() -> dict[str, dict[str, Any]]:
    """The scripts of resources/scripts by id, as JSON values."""
    files = sorted(paths.resource("scripts").glob("*.yaml"))
    bodies = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files]
    return {body["id"]: body for body in bodies}


def make_scripts(session: Session, world: World) -> None:
    """Every script published once, by one agent and looked through by another."""
    bodies = shipped()
    rng = random.Random(3)  # of its own: all other rows stay what they were
    begun = world.today_us - _AGE_DAYS * DAY_US
    ids = {key: UUID(bytes=world.new_id(begun + at, rng)) for at, key in enumerate(bodies)}
    author, reviewer = (UUID(bytes=world.agents[login]) for login in ("dana", "jonas"))
    scripts, versions = [], []
    for at, (key, body) in enumerate(bodies.items()):
        written = begun + at * DAY_US
        scripts.append({"id": ids[key], "version": 1, "key": key, "title": title_of(body), "published": 1})
        version = {"script_id": ids[key], "number": 1, "state": "published", "agent_id": author, "body": body}
        version |= {"at": clock.from_us(written), "reviewed_at": clock.from_us(written + DAY_US)}
        versions.append(version | {"reviewer_id": reviewer, "parts": _parts(body, bodies)})
    session.execute(insert(table_of(CallScript)), [row | {"active": True} for row in scripts])
    session.execute(insert(table_of(ScriptVersion)), [row | {"note": "", "review_note": ""} for row in versions])
    rules = [
        _EMPTY | rule | {"id": UUID(bytes=world.new_id(begun + at, rng)), "script_id": ids[key], "position": at}
        for at, (key, rule) in enumerate(RULES)
    ]
    session.execute(insert(table_of(ScriptRule)), rules)


def _parts(body: dict[str, Any], bodies: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The scripts that a script runs, those within them too."""
    found: dict[str, Any] = {}
    waiting = [body]
    while waiting:
        for step in waiting.pop()["steps"]:
            key = step.get("script")
            if key in bodies and key not in found:
                found[key] = bodies[key]
                waiting.append(bodies[key])
    return found
