"""The shared database, the journal, and the rows that leave them.

The query modules are imported when first asked for (``data.pop``, ``data.agents``): with SQLAlchemy they take a third
of a second, which belongs to the database's own threads and not before the first picture.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agent_desktop.data import access as access
    from agent_desktop.data import admin_centre as admin_centre
    from agent_desktop.data import admin_people as admin_people
    from agent_desktop.data import agent_times as agent_times
    from agent_desktop.data import agents as agents
    from agent_desktop.data import apply as apply
    from agent_desktop.data import callbacks as callbacks
    from agent_desktop.data import catalogue as catalogue
    from agent_desktop.data import changes as changes
    from agent_desktop.data import collecting as collecting
    from agent_desktop.data import connect as connect
    from agent_desktop.data import consent as consent
    from agent_desktop.data import customers as customers
    from agent_desktop.data import db as db
    from agent_desktop.data import desks as desks
    from agent_desktop.data import duplicates as duplicates
    from agent_desktop.data import feed as feed
    from agent_desktop.data import figure_counts as figure_counts
    from agent_desktop.data import handoffs as handoffs
    from agent_desktop.data import history as history
    from agent_desktop.data import identity_answers as identity_answers
    from agent_desktop.data import identity_checks as identity_checks
    from agent_desktop.data import interactions as interactions
    from agent_desktop.data import ivr_handovers as ivr_handovers
    from agent_desktop.data import kept_layouts as kept_layouts
    from agent_desktop.data import knowledge as knowledge
    from agent_desktop.data import knowledge_edit as knowledge_edit
    from agent_desktop.data import knowledge_shelf as knowledge_shelf
    from agent_desktop.data import merges_made as merges_made
    from agent_desktop.data import pbx_members as pbx_members
    from agent_desktop.data import pop as pop
    from agent_desktop.data import queue_settings as queue_settings
    from agent_desktop.data import queues as queues
    from agent_desktop.data import recordings as recordings
    from agent_desktop.data import recount as recount
    from agent_desktop.data import report_schedules as report_schedules
    from agent_desktop.data import rollups as rollups
    from agent_desktop.data import script_edit as script_edit
    from agent_desktop.data import scripts as scripts
    from agent_desktop.data import search as search
    from agent_desktop.data import server_time as server_time
    from agent_desktop.data import shifts as shifts
    from agent_desktop.data import sign_in as sign_in
    from agent_desktop.data import site as site
    from agent_desktop.data import sql as sql
    from agent_desktop.data import staffing as staffing
    from agent_desktop.data import standby as standby
    from agent_desktop.data import supervision as supervision
    from agent_desktop.data import talks as talks
    from agent_desktop.data import tickets as tickets
    from agent_desktop.data import work as work

_READING = (
    "agent_times",
    "agents",
    "callbacks",
    "catalogue",
    "changes",
    "customers",
    "duplicates",
    "handoffs",
    "identity_answers",
    "identity_checks",
    "interactions",
    "ivr_handovers",
    "kept_layouts",
    "knowledge",
    "merges_made",
    "pop",
    "queue_settings",
    "queues",
    "recordings",
    "report_schedules",
    "rollups",
    "search",
    "site",
    "shifts",
    "staffing",
)
_QUERIES = frozenset(_READING) | {
    "access",
    "admin_centre",
    "admin_people",
    "apply",
    "collecting",
    "connect",
    "consent",
    "db",
    "desks",
    "feed",
    "figure_counts",
    "history",
    "knowledge_edit",
    "knowledge_shelf",
    "script_edit",
    "scripts",
    "pbx_members",
    "recount",
    "server_time",
    "sign_in",
    "sql",
    "standby",
    "supervision",
    "talks",
    "tickets",
    "work",
}


def __getattr__(name: str) -> Any:
    if name in _QUERIES:
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
