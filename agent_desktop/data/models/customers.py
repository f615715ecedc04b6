"""Who calls: customers with their numbers, addresses and products, and how two of them became one."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from agent_desktop.data.base import Base, KeyText

_MERGED = text("merged_into IS NOT NULL")


class Organisation(Base):
    __tablename__ = "organisation"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(KeyText, unique=True)  # folded: two desktops create it once


class Customer(Base):
    __tablename__ = "customer"
    __table_args__ = (
        Index(None, "name_key", "id"),
        Index(None, "account_number"),
        Index(None, "organisation_id"),
        # Only signposts: SQLite would look for all others in it, which are nearly all customers.
        Index(None, "merged_into", sqlite_where=_MERGED, postgresql_where=_MERGED),
        Index("ix_customer_no_calls", "id", sqlite_where=text("no_calls = 1"), postgresql_where=text("no_calls")),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(KeyText)  # folded, for lists in order
    account_number: Mapped[str] = mapped_column(KeyText, default="")
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))
    language: Mapped[str] = mapped_column(default="")
    time_zone: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    alert: Mapped[str] = mapped_column(default="")
    since: Mapped[dt.datetime | None]
    tags: Mapped[list[Any]] = mapped_column(default=list)
    consents: Mapped[dict[str, Any] | None]  # channel -> [given, source, at]: the newest rows of ``consent``
    no_calls: Mapped[bool] = mapped_column(default=False)  # the consent to calls was withdrawn
    erased_at: Mapped[dt.datetime | None]  # nothing here tells any more who it was
    changed_in: Mapped[dict[str, Any]] = mapped_column(default=dict)  # field -> the version that last changed it
    merged_into: Mapped[uuid.UUID | None]  # soft merge: this row is only a signpost
    created_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]


class CustomerMerge(Base):
    """What one merge moved and changed, and when it was undone. ``left_alone``: what undoing found edited since."""

    __tablename__ = "customer_merge"
    __table_args__ = (Index(None, "kept_id"), Index(None, "gone_id"))
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kept_id: Mapped[uuid.UUID]
    gone_id: Mapped[uuid.UUID]
    at: Mapped[dt.datetime]
    agent_id: Mapped[uuid.UUID | None]
    moved: Mapped[dict[str, Any]]  # kind of row -> ids
    before: Mapped[dict[str, Any]]  # the kept one's fields that the merge changed
    after: Mapped[dict[str, Any]]
    undone_at: Mapped[dt.datetime | None]
    left_alone: Mapped[list[Any]] = mapped_column(default=list)


class CustomerApart(Base):
    """Somebody said that these two look like one person and are not; ``apart`` false: they took that back.

    The id is made from both (see duplicates.py), so that every desktop means the same row.
    """

    __tablename__ = "customer_apart"
    __table_args__ = (Index(None, "first_id"), Index(None, "second_id"))
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    first_id: Mapped[uuid.UUID]
    second_id: Mapped[uuid.UUID]
    apart: Mapped[bool]
    at: Mapped[dt.datetime]
    agent_id: Mapped[uuid.UUID | None]


class CustomerWord(Base):
    """Folded words of name, organisation, account number and address of e-mail: search as you type by prefix."""

    __tablename__ = "customer_word"
    __table_args__ = (Index(None, "customer_id", "word"), {"sqlite_with_rowid": False})
    word: Mapped[str] = mapped_column(KeyText, primary_key=True)
    customer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("customer.id"), primary_key=True)


class Phone(Base):
    """One index over (key, customer_id) serves the exact match and the match of the last digits."""

    __tablename__ = "phone"
    __table_args__ = (UniqueConstraint("customer_id", "key"), Index(None, "key", "customer_id"))
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    customer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("customer.id"))
    typed: Mapped[str]
    e164: Mapped[str | None]
    key: Mapped[str] = mapped_column(KeyText)  # digits reversed
    label: Mapped[str] = mapped_column(default="")
    is_primary: Mapped[bool] = mapped_column(default=False)


class Email(Base):
    __tablename__ = "email"
    __table_args__ = (UniqueConstraint("customer_id", "address_key"), Index(None, "address_key"))
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    customer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("customer.id"))
    address: Mapped[str]
    address_key: Mapped[str] = mapped_column(KeyText)
    is_primary: Mapped[bool] = mapped_column(default=False)


class Product(Base):
    __tablename__ = "product"
    __table_args__ = (Index(None, "customer_id"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    customer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("customer.id"))
    name: Mapped[str]
    since: Mapped[dt.datetime | None]
    status: Mapped[str] = mapped_column(default="")
    details: Mapped[str] = mapped_column(default="")
