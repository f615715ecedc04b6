"""What a file keeps up by itself: the rows of ``change``, and the words of tickets, notes and names for search.

A server has its own in roles/3_changes.sql and roles/3_search.sql. Put in order after every migration, because SQLite
changes a table by copying it, and its triggers go with the old one.
"""

# ruff: noqa: S608 - every name in these statements is ours

from dataclasses import dataclass

from sqlalchemy import Connection

KEPT = 10_000  # rows of change
_NOW = "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)"
_AFTER = ("INSERT", "UPDATE", "DELETE")

# Where not every change is told: signing in to a queue changes nothing that desktops keep, nor does a lease renewed.
_TOLD_AFTER = {
    "queue_member": ("INSERT", "DELETE"),
    "desk": ("UPDATE OF then_presence, then_reason, dismissed_at",),
}

# table: (kind, column of the id) of each row of change; a column "" says that something of the kind changed.
_TOLD = {
    "customer": (("customer", "id"),),
    "phone": (("customer", "customer_id"),),
    "email": (("customer", "customer_id"),),
    "product": (("customer", "customer_id"),),
    "customer_apart": (("customer", "first_id"), ("customer", "second_id")),
    "interaction": (("interaction", "id"), ("customer", "customer_id")),
    "leg": (("interaction", "interaction_id"),),
    "note": (("interaction", "interaction_id"),),
    "wrap_up": (("interaction", "interaction_id"),),
    "recording": (("interaction", "interaction_id"),),
    "ivr_handover": (("interaction", "interaction_id"), ("person", "agent_id")),
    "handoff_field": (("interaction", "interaction_id"),),
    "identity_attempt": (("interaction", "interaction_id"),),
    "identity_lift": (("customer", "customer_id"),),
    "identity_policy": (("catalogue", ""),),
    "ticket": (("ticket", "id"), ("customer", "customer_id")),
    "ticket_event": (("ticket", "ticket_id"),),
    "ticket_interaction": (("ticket", "ticket_id"),),
    "work_item": (("work", "id"),),
    "pbx_request": (("person", "agent_id"), ("person", "asked_by")),
    "team_message_reader": (("person", "agent_id"), ("person", "sender_id")),
    "presence": (("agent", ""),),
    "desk": (("agent", ""),),
    "pbx_member": (("agent", ""), ("person", "agent_id")),
    "queue_event": (("queue", ""),),
    "queue_member": (("catalogue", ""),),
    "queue": (("catalogue", ""),),
    "agent": (("catalogue", ""),),
    "team": (("catalogue", ""),),
    "disposition": (("catalogue", ""),),
    "pause_reason": (("catalogue", ""),),
    "agent_phone": (("catalogue", ""),),
    "team_lead": (("catalogue", ""),),
    "site": (("catalogue", ""),),
    "access_setting": (("catalogue", ""),),
    "handoff_rule": (("catalogue", ""),),
    "holiday": (("staffing", ""),),
    "staffing_aim": (("staffing", ""),),
    "planned_agents": (("staffing", ""),),
    "planned_shift": (("staffing", ""),),
    "board_layout": (("layout", ""),),
    "article": (("knowledge", ""),),
    "snippet": (("knowledge", ""),),
    "script": (("script", ""),),
    "script_version": (("script", ""),),
    "script_rule": (("script", ""),),
    "script_run": (("interaction", "interaction_id"),),
}


# What a queue's figures are counted by; a server has the same list in roles/3_settings.sql.
FIGURE_COLUMNS = (
    *("name", "label", "sl_threshold_s", "sl_target", "short_abandon_s", "sl_variant", "sl_exits", "active"),
)


@dataclass(frozen=True, slots=True)
class Sought:
    """A column that is searched: its index ``{table}_found`` (FTS5), numbered by ``{table}_place``."""

    table: str
    column: str
    folded: bool  # already, as it is stored
    tokens: str

    def said(self, row: str) -> str:
        """The text of a row as the index has it."""
        return f"{row}.{self.column}" if self.folded else f"folded({row}.{self.column})"


SOUGHT = (
    Sought("customer", "name_key", True, "tokenize = 'trigram'"),
    Sought("ticket", "subject", False, "tokenize = 'unicode61', prefix = '3'"),
    Sought("note", "text", False, "tokenize = 'unicode61', prefix = '3'"),
    Sought("article", "said", True, "tokenize = 'unicode61', prefix = '3'"),
)


def install(connection: Connection) -> None:
    """Make what is missing; an index that was not there is filled."""
    for sought in SOUGHT:
        known = connection.exec_driver_sql(
            "SELECT count(*) FROM sqlite_master WHERE name = ?", (f"{sought.table}_found",)
        ).scalar_one()
        if not known:
            _make(connection, sought)
            _fill(connection, sought)
    # What suggestions go by, without the texts beside it.
    connection.exec_driver_sql(
        "CREATE INDEX IF NOT EXISTS found_article_about"
        " ON article (published, valid_from, valid_until, edited_at, id, about)"
    )
    pause(connection)  # those of an older program may say something else
    resume(connection)
    _keep_settings(connection)


def _keep_settings(connection: Connection) -> None:
    """A row of queue_setting for each change of what a queue's figures are counted by."""
    said = ", ".join(
        f"'{name}', " + (f"json(iif(new.{name}, 'true', 'false'))" if name in ("active", "sl_exits") else f"new.{name}")
        for name in FIGURE_COLUMNS
    )
    differs = " OR ".join(f"new.{name} IS NOT old.{name}" for name in FIGURE_COLUMNS)
    for action, when in (("INSERT", ""), ("UPDATE", f" WHEN {differs}")):
        name = f"set_queue_{action.lower()}"
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(
            f"CREATE TRIGGER {name} AFTER {action} ON queue{when} BEGIN "
            f"INSERT INTO queue_setting (at, queue_id, said) VALUES ({_NOW}, new.id, json_object({said})); END"
        )


def pause(connection: Connection) -> None:
    """Take the triggers away, before many rows are loaded."""
    rows = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND (name LIKE 'told\\_%' ESCAPE '\\'"
        " OR name LIKE 'found\\_%' ESCAPE '\\')"
    )
    for (name,) in rows.fetchall():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def refill(connection: Connection) -> None:
    """After ``pause`` and the load: the indexes anew and the triggers back."""
    for sought in SOUGHT:
        connection.exec_driver_sql(f"INSERT INTO {sought.table}_found({sought.table}_found) VALUES ('delete-all')")
        connection.exec_driver_sql(f"DELETE FROM {sought.table}_place")
        _fill(connection, sought)
    resume(connection)


def resume(connection: Connection) -> None:
    """The triggers, where they are missing."""
    for table, said in _TOLD.items():
        for action in _TOLD_AFTER.get(table, _AFTER):
            _tell(connection, table, action, said)
    connection.exec_driver_sql(
        "CREATE TRIGGER IF NOT EXISTS told_enough AFTER INSERT ON change WHEN new.id % 1000 = 0 "
        f"BEGIN DELETE FROM change WHERE id < new.id - {KEPT}; END"
    )
    for sought in SOUGHT:
        for name, statement in _keeping(sought).items():
            connection.exec_driver_sql(f"CREATE TRIGGER IF NOT EXISTS found_{sought.table}_{name} {statement}")


def _tell(connection: Connection, table: str, action: str, said: tuple[tuple[str, str], ...]) -> None:
    row = "old" if action == "DELETE" else "new"
    lines = []
    for kind, column in said:
        key = f"{row}.{column}" if column else "NULL"
        where = f" WHERE {key} IS NOT NULL" if column == "customer_id" or kind == "person" else ""
        lines.append(f"INSERT INTO change (at, kind, row_id, xid) SELECT {_NOW}, '{kind}', {key}, 0{where};")
    if action == "UPDATE" and said[-1][1] == "customer_id" and len(said) > 1:  # it may have been another customer's
        lines.append(
            f"INSERT INTO change (at, kind, row_id, xid) SELECT {_NOW}, 'customer', old.customer_id, 0 "
            "WHERE old.customer_id IS NOT new.customer_id AND old.customer_id IS NOT NULL;"
        )
    connection.exec_driver_sql(
        f'CREATE TRIGGER IF NOT EXISTS told_{table}_{action.split()[0].lower()} AFTER {action} ON "{table}" '
        f"BEGIN {' '.join(lines)} END"
    )


def _make(connection: Connection, sought: Sought) -> None:
    """The index without a copy of the text; places count up, so the newest rows come first from the end."""
    connection.exec_driver_sql(
        f"CREATE TABLE {sought.table}_place (seq INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE)"
    )
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE {sought.table}_found USING fts5(said, content = '', {sought.tokens})"
    )


def _fill(connection: Connection, sought: Sought) -> None:
    table = sought.table
    order = {"note": "at", "ticket": "updated_at", "article": "edited_at"}.get(table, "id")
    connection.exec_driver_sql(f"INSERT INTO {table}_place (id) SELECT id FROM {table} ORDER BY {order}")
    connection.exec_driver_sql(
        f"INSERT INTO {table}_found (rowid, said) SELECT p.seq, {sought.said('t')} "
        f"FROM {table}_place p JOIN {table} t ON t.id = p.id ORDER BY p.seq"
    )


def _keeping(sought: Sought) -> dict[str, str]:
    table, index, places = sought.table, f"{sought.table}_found", f"{sought.table}_place"
    add = f"INSERT INTO {index} (rowid, said) SELECT seq, {sought.said('new')} FROM {places} WHERE id = new.id;"
    drop = (
        f"INSERT INTO {index} ({index}, rowid, said) "
        f"SELECT 'delete', seq, {sought.said('old')} FROM {places} WHERE id = old.id;"
    )
    return {
        "added": f"AFTER INSERT ON {table} BEGIN INSERT INTO {places} (id) VALUES (new.id); {add} END",
        "changed": f"AFTER UPDATE OF {sought.column} ON {table} BEGIN {drop} {add} END",
        "gone": f"AFTER DELETE ON {table} BEGIN {drop} DELETE FROM {places} WHERE id = old.id; END",
    }
