"""Whether callers are who they say: what is to be asked, what was asked and how it went, and what only they know."""

import datetime as dt
import uuid

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from agent_desktop.data.base import Base


class IdentityPolicy(Base):
    """What one queue's callers are asked; the id is the queue's, zero for calls without a queue."""

    __tablename__ = "identity_policy"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    active: Mapped[bool] = mapped_column(default=True)
    needed: Mapped[int]  # right answers
    may_fail: Mapped[int]  # wrong ones before it has failed
    ivr_counts: Mapped[int]  # for so many right answers a PIN passed in the IVR
    shows_answer: Mapped[bool]  # the agent sees what is on record, else types what the caller says
    after: Mapped[str]  # a failure: refuse, call_back
    reveals: Mapped[str] = mapped_column(default="supervisor")  # who sees secrets that callers typed in the menu
    asks_birth: Mapped[bool]
    asks_address: Mapped[bool]
    asks_account: Mapped[bool]
    asks_phone: Mapped[bool]
    asks_email: Mapped[bool]
    asks_word: Mapped[bool]


class IdentityAttempt(Base):
    """One question that was put and whether the answer was right; the answer itself is nowhere."""

    __tablename__ = "identity_attempt"
    __table_args__ = (Index(None, "interaction_id", "at"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    interaction_id: Mapped[uuid.UUID]
    customer_id: Mapped[uuid.UUID | None]
    agent_id: Mapped[uuid.UUID | None]
    at: Mapped[dt.datetime]
    question: Mapped[str]
    right: Mapped[bool]
    compared: Mapped[bool] = mapped_column(default=False)  # by the database, not judged by who asked


class IdentityLift(Base):
    """A supervisor let answers of a customer be compared again after a day's limit of wrong ones, and why."""

    __tablename__ = "identity_lift"
    __table_args__ = (Index(None, "customer_id", "at"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    customer_id: Mapped[uuid.UUID]
    agent_id: Mapped[uuid.UUID]  # who did
    at: Mapped[dt.datetime]
    reason: Mapped[str]


class IdentityAnswer(Base):
    """What a customer has left to be known by: a date of birth (ISO), a security word.

    On a server nobody has rights here: functions say what there is, compare, and show after writing down who looks.
    """

    __tablename__ = "identity_answer"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    customer_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[str]
    folded: Mapped[str]  # what is compared: ``identity_rows.compared``
    at: Mapped[dt.datetime]
    agent_id: Mapped[uuid.UUID | None]
