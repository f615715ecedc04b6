"""Taking an import back: what it made goes, what it changed is as before, what somebody did since stays."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, exists, func, select, text, update
from sqlalchemy.orm import Session

from agent_desktop.data import history
from agent_desktop.data.apply_customers import refresh_words
from agent_desktop.data.db import Database
from agent_desktop.data.errors import Refused
from agent_desktop.data.folding import fold
from agent_desktop.data.models import (
    Customer,
    CustomerWord,
    Email,
    ImportChange,
    ImportRun,
    Interaction,
    Organisation,
    Phone,
    Product,
    Ticket,
    WorkEntry,
)
from agent_desktop.data.sql import locked_row, on_server, table_of, update_row

_STEP = 200


class Stays(StrEnum):
    """Why an import cannot be taken back."""

    UNDONE = "undone"  # it was already
    HISTORY = "history"  # figures were made of it
    NOTHING = "nothing"  # it stored nothing
    FORGOTTEN = "forgotten"  # what was there before is not kept so long


class Run(msgspec.Struct, frozen=True):
    """An import as it is listed. ``state``: running (or ended by force), done, undoing, undone; of a PBX's history
    filling and kept. ``stays`` is None while it can be taken back.
    """

    id: UUID
    at: datetime
    who: str
    file: str
    state: str
    counts: dict[str, int]
    stays: Stays | None = None


class Undone(msgspec.Struct, frozen=True):
    """How far an undo is. ``kept``: customers that have been used or edited since, and stay."""

    done: int
    total: int
    kept: int
    finished: bool


def runs(session: Session, limit: int = 20) -> tuple[Run, ...]:
    """The newest imports."""
    table = table_of(ImportRun)
    changes = table_of(ImportChange)
    known = exists().where(changes.c.run_id == table.c.id).label("known")
    rows = session.execute(select(table, known).order_by(table.c.at.desc()).limit(limit))
    return tuple(Run(row.id, row.at, row.who, row.file, row.state, dict(row.counts or {}), _stays(row)) for row in rows)


def may_import(session: Session) -> bool:
    """Whether who is signed in may import customers: team leads and above on a server, whoever has the file else."""
    return not on_server(session) or bool(session.execute(select(func.access.is_member("team_lead"))).scalar_one())


def _stays(row: Any) -> Stays | None:
    if row.state == "undone":
        return Stays.UNDONE
    if row.state in (history.FILLING, history.KEPT):
        return Stays.HISTORY
    if row.known:
        return None
    counts = row.counts or {}
    return Stays.FORGOTTEN if counts.get("new", 0) + counts.get("updated", 0) else Stays.NOTHING


class Undo:
    """Takes one import back, the last change first; ``step`` until ``finished``. Raises Refused for no such import."""

    def __init__(self, database: Database, run_id: UUID):
        self._database = database
        self._run_id = run_id
        self._kept = self._done = self._total = 0
        self._below: int | None = None

    def step(self) -> Undone:
        """Take back some more, in one transaction. Raises DatabaseTrouble, Refused."""
        with self._database.write() as session:
            if self._below is None:
                self._begin(session)
            table = table_of(ImportChange)
            query = select(table).where(table.c.run_id == self._run_id, table.c.seq < self._below)
            changes = session.execute(query.order_by(table.c.seq.desc()).limit(_STEP)).mappings().all()
            made = self._made(session, [change["row_id"] for change in changes])
            for change in changes:
                if change["row_id"] not in made:
                    self._restore(session, dict(change))
            kept = self._remove(session, [dict(change) for change in changes if change["made"]])
            finished = len(changes) < _STEP
            if finished:
                session.execute(update(table_of(ImportRun)).where(ImportRun.id == self._run_id).values(state="undone"))
        self._kept += kept
        self._done += len(changes)
        if changes:
            self._below = changes[-1]["seq"]
        return Undone(self._done, max(self._total, self._done), self._kept, finished)

    def _begin(self, session: Session) -> None:
        run = session.execute(select(ImportRun.state).where(ImportRun.id == self._run_id)).scalar_one_or_none()
        if run is None:
            raise Refused("There is no such import.")
        if run == "undone":
            raise Refused("This import has been taken back already.")
        if run in (history.FILLING, history.KEPT):
            raise Refused("A PBX's history stays: figures were made of it.")
        counted = select(func.count(), func.max(ImportChange.seq)).where(ImportChange.run_id == self._run_id)
        self._total, last = session.execute(counted).one()
        self._below = (last or 0) + 1
        session.execute(update(table_of(ImportRun)).where(ImportRun.id == self._run_id).values(state="undoing"))

    def _made(self, session: Session, keys: list[UUID]) -> set[UUID]:
        """Which of these rows the same import made: they go whole."""
        query = select(ImportChange.row_id).where(
            ImportChange.run_id == self._run_id, ImportChange.made, ImportChange.row_id.in_(keys)
        )
        return set(session.execute(query).scalars())

    def _remove(self, session: Session, changes: list[dict[str, Any]]) -> int:
        """What the import made goes; how many customers stay, because somebody has used or edited them since."""
        customers = [change for change in changes if change["kind"] == "customer"]
        others = [change for change in changes if change["kind"] != "customer"]  # while in use they stay, unsaid
        if on_server(session):
            statement = text(
                "SELECT count(*) FILTER (WHERE NOT access.remove_imported(:run, place))"
                " FROM unnest(CAST(:places AS integer[])) place"
            )
            kept = [
                session.execute(statement, {"run": self._run_id, "places": [change["seq"] for change in some]})
                for some in (customers, others)
            ]
            return int(kept[0].scalar_one())
        keys = self._untouched(session, [change["row_id"] for change in customers])
        for column in (CustomerWord.customer_id, Phone.customer_id, Email.customer_id, Customer.id):
            session.execute(delete(column.class_).where(column.in_(keys)))
        used = exists().where(Customer.organisation_id == Organisation.id)
        session.execute(delete(Organisation).where(Organisation.id.in_([o["row_id"] for o in others]), ~used))
        return len(customers) - len(keys)

    def _untouched(self, session: Session, keys: list[UUID]) -> list[UUID]:
        """Those of the customers that nobody has edited or used since this import made them."""
        own = select(ImportChange.row_id, func.count()).where(
            ImportChange.run_id == self._run_id, ImportChange.row_id.in_(keys)
        )
        versions = {row[0]: row[1] for row in session.execute(own.group_by(ImportChange.row_id))}
        now = session.execute(select(Customer.id, Customer.version).where(Customer.id.in_(keys)))
        left = {key for key, version in now if versions[key] == version}
        for column in (Customer.merged_into, *(m.customer_id for m in (Interaction, Ticket, WorkEntry, Product))):
            left -= set(session.execute(select(column).where(column.in_(keys)).distinct()).scalars())
        return sorted(left)

    def _restore(self, session: Session, change: dict[str, Any]) -> None:
        """Columns that still say what the import wrote say again what they said; added numbers and addresses go."""
        key = change["row_id"]
        row = locked_row(session, Customer, key)
        if row is None:
            return
        after = dict(change["after"])
        for model, ids in ((Phone, after.pop("phones", [])), (Email, after.pop("emails", []))):
            for each in ids:
                self._take(session, model, key, UUID(each))
        values: dict[str, Any] = {}
        for name, before in change["before"].items():
            now = row[name]
            if (str(now) if isinstance(now, UUID) else now) == after[name]:
                values[name] = UUID(before) if before and name == "organisation_id" else before
        version = row["version"] + 1
        changed_in = dict(row["changed_in"] or {}) | dict.fromkeys(values, version)
        if "name" in values:
            values["name_key"] = fold(values["name"])
        update_row(session, Customer, key, values | {"version": version, "changed_in": changed_in})
        refresh_words(session, key)

    @staticmethod
    def _take(session: Session, model: type[Phone] | type[Email], customer_id: UUID, key: UUID) -> None:
        if not on_server(session):
            session.execute(delete(model).where(model.id == key, model.customer_id == customer_id))
        elif model is Phone:
            session.execute(select(func.access.remove_phone(customer_id, key)))
        else:
            session.execute(select(func.access.remove_email(customer_id, key)))
