"""What is kept about the data itself: what was applied, changed, looked at and imported, and how long it may stay."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from agent_desktop.data.base import Base, KeyText, Serial


class AppliedOp(Base):
    """Operations already applied, written in the same transaction: replaying one does nothing."""

    __tablename__ = "applied_op"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    op_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]


class ConsentEntry(Base):
    """What a customer said to being contacted on a channel, each word a row; the newest of a channel counts."""

    __tablename__ = "consent"
    __table_args__ = (Index(None, "customer_id", "at"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    customer_id: Mapped[uuid.UUID]
    channel: Mapped[str]
    given: Mapped[bool]
    source: Mapped[str] = mapped_column(default="")  # where they said it: on the phone, by letter, a form
    at: Mapped[dt.datetime]
    agent_id: Mapped[uuid.UUID | None]


class LegalHold(Base):
    """Until it is released nothing of the customer is erased, nor removed by age."""

    __tablename__ = "legal_hold"
    __table_args__ = (Index(None, "customer_id"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    customer_id: Mapped[uuid.UUID]
    at: Mapped[dt.datetime]
    who: Mapped[str]  # the login
    reason: Mapped[str]
    released_at: Mapped[dt.datetime | None]
    released_by: Mapped[str] = mapped_column(default="")
    release_reason: Mapped[str] = mapped_column(default="")


class Removal(Base):
    """Why data was taken away: a customer was erased, or the rules of retention were run.

    ``xid`` is PostgreSQL's number of the transaction: only inside it the policies let the retention role change rows.
    """

    __tablename__ = "removal"
    __table_args__ = (Index(None, "xid"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    who: Mapped[str]  # the login
    kind: Mapped[str]  # erase, retain
    customer_id: Mapped[uuid.UUID | None]
    reason: Mapped[str]
    counts: Mapped[dict[str, Any] | None]
    xid: Mapped[int] = mapped_column(BigInteger, default=0)


class RetentionRule(Base):
    """How many days a kind of data is kept; 0: for ever. What the audit holds is kept a year at least."""

    __tablename__ = "retention_rule"
    __table_args__ = (
        CheckConstraint("days >= 0 AND (substr(kind, 1, 5) <> 'audit' OR days = 0 OR days >= 365)", name="days"),
        {"sqlite_with_rowid": False},
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    days: Mapped[int]


class AuditEntry(Base):
    """Who did what when, before and after; rows are only ever added (triggers refuse everything else)."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "at"), Index(None, "table_name", "row_id"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    at: Mapped[dt.datetime]
    who: Mapped[str]  # the login
    action: Mapped[str]  # insert, update, delete, view, export, call, grant
    table_name: Mapped[str] = mapped_column(default="")
    row_id: Mapped[str] = mapped_column(default="")
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    detail: Mapped[str] = mapped_column(default="")


class Change(Base):
    """Which rows were written, for the other desktops: ids and kinds only, by triggers, pruned after minutes.

    ``xid`` is PostgreSQL's number of the transaction: ids are given out before they can be seen.
    """

    __tablename__ = "change"
    __table_args__ = (Index(None, "xid"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    at: Mapped[dt.datetime]
    kind: Mapped[str] = mapped_column(KeyText)  # customer, interaction, ticket, work, queue, agent, catalogue, erased
    row_id: Mapped[uuid.UUID | None]
    xid: Mapped[int] = mapped_column(BigInteger, default=0)


class ImportRun(Base):
    """One import of a file: whose it was, how far it came, and what came of its entries."""

    __tablename__ = "import_run"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    who: Mapped[str]  # the login
    file: Mapped[str]  # its name, without the folder
    state: Mapped[str] = mapped_column(default="running")  # running, done, undoing, undone
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ImportChange(Base):
    """What an import made or changed, in order, so that all of it can be taken back."""

    __tablename__ = "import_change"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    run_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("import_run.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]  # customer, organisation
    row_id: Mapped[uuid.UUID]
    made: Mapped[bool]
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)  # columns, as they were
    after: Mapped[dict[str, Any]] = mapped_column(
        default=dict
    )  # as they became, and ids of added numbers and addresses
