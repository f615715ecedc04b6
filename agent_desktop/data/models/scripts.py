"""Call scripts: their versions, which call gets which, and how far agents got with them."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from agent_desktop.data.base import Base, KeyText


class CallScript(Base):
    """One script, by the ``key`` that its file has as id; what it says stands in its versions."""

    __tablename__ = "script"
    __table_args__ = (UniqueConstraint("key"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)  # of this row
    key: Mapped[str] = mapped_column(KeyText)
    title: Mapped[str]
    published: Mapped[int] = mapped_column(default=0)  # the number of the version that calls get; 0: none
    active: Mapped[bool] = mapped_column(default=True)


class ScriptVersion(Base):
    """What a script says. A draft is written over until it is handed in; once published it never changes again.

    ``parts`` are the scripts that it runs, as they were when it was handed in.
    """

    __tablename__ = "script_version"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    script_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition: Mapped[int] = mapped_column(default=1)  # counts saves
    state: Mapped[str]  # draft, review, published
    at: Mapped[dt.datetime]
    agent_id: Mapped[uuid.UUID | None]  # who saved it last
    note: Mapped[str] = mapped_column(default="")
    reviewed_at: Mapped[dt.datetime | None]
    reviewer_id: Mapped[uuid.UUID | None]
    review_note: Mapped[str] = mapped_column(default="")
    body: Mapped[dict[str, Any]]
    parts: Mapped[dict[str, Any]]
    writer_id: Mapped[uuid.UUID | None]  # whose words these are: who changed them last


class ScriptReview(Base):
    """A version was handed in, given back, published, or used again; rows only come."""

    __tablename__ = "script_review"
    __table_args__ = (Index(None, "script_id"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    script_id: Mapped[uuid.UUID]
    number: Mapped[int]
    at: Mapped[dt.datetime]
    agent_id: Mapped[uuid.UUID | None]
    what: Mapped[str]  # script_rows.Review
    note: Mapped[str] = mapped_column(default="")


class ScriptRule(Base):
    """A call that fits all that is said here may get this script; empty says nothing."""

    __tablename__ = "script_rule"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    script_id: Mapped[uuid.UUID]
    position: Mapped[int] = mapped_column(default=0)
    campaign: Mapped[str] = mapped_column(default="")
    intent: Mapped[str] = mapped_column(default="")
    dialled: Mapped[str] = mapped_column(default="")
    queue: Mapped[str] = mapped_column(default="")  # by its PBX name
    segment: Mapped[str] = mapped_column(default="")  # a tag of the customer's
    language: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)


class ScriptRun(Base):
    """The answers of one interaction to one script, as the last desk had them."""

    __tablename__ = "script_run"
    __table_args__ = (Index(None, "interaction_id"), Index(None, "script_id", "number"))
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    interaction_id: Mapped[uuid.UUID]
    script_id: Mapped[uuid.UUID]
    number: Mapped[int]
    begun_at: Mapped[dt.datetime]
    at: Mapped[dt.datetime]
    agent_id: Mapped[uuid.UUID | None]  # who spoke last
    finished: Mapped[bool]
    place: Mapped[str]
    step: Mapped[int]  # how many steps were shown
    body: Mapped[dict[str, Any]]  # core/scripts/runner.py, Run


class ScriptStep(Base):
    """A step that was left, for statistics: no answer that somebody typed, only chosen ones."""

    __tablename__ = "script_step"
    __table_args__ = (Index(None, "run_id"), Index(None, "script_id", "number"))
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    run_id: Mapped[uuid.UUID]
    script_id: Mapped[uuid.UUID]
    number: Mapped[int]
    place: Mapped[str]
    at: Mapped[dt.datetime]
    spent_ms: Mapped[int]
    answered: Mapped[bool]
    answer: Mapped[str] = mapped_column(default="")  # the value of a choice, "yes", "no"
