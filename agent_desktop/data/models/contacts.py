"""What was dealt with: interactions with their legs, notes and wrap-ups, tickets, and what is still to be done."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from agent_desktop.data.base import Base, KeyText

_UNANSWERED = text("outcome <> 'answered'")
_OPEN = text("status IN ('new', 'open', 'waiting')")


class Interaction(Base):
    """One contact on any channel. ``stamps`` says, per field, which operation's word stands (see merge.py)."""

    __tablename__ = "interaction"
    __table_args__ = (
        Index(None, "customer_id", "started_at"),
        Index(None, "started_at"),
        Index(None, "agent_id", "started_at"),
        Index("ix_interaction_unanswered", "started_at", sqlite_where=_UNANSWERED, postgresql_where=_UNANSWERED),
        Index(None, "e164"),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    channel: Mapped[str] = mapped_column(default="call")
    direction: Mapped[str] = mapped_column(default="inbound")
    started_at: Mapped[dt.datetime]
    answered_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    outcome: Mapped[str | None]
    customer_id: Mapped[uuid.UUID | None]
    agent_id: Mapped[uuid.UUID | None]  # whose report the outcome is
    number: Mapped[str] = mapped_column(default="")
    e164: Mapped[str | None]
    display_name: Mapped[str] = mapped_column(default="")
    queue: Mapped[str] = mapped_column(default="")  # by its PBX name
    wait_s: Mapped[float | None]
    linked_id: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")  # first line of the newest note or of the mail
    disposition_id: Mapped[uuid.UUID | None]
    reason: Mapped[str] = mapped_column(default="")
    handoff: Mapped[list[Any] | None]
    stamps: Mapped[dict[str, Any] | None]


class Participant(Base):
    """Who said anything about an interaction, from when the database first heard it: so long it is theirs to edit."""

    __tablename__ = "participant"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    interaction_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    agent_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    joined_at: Mapped[dt.datetime]


class Leg(Base):
    __tablename__ = "leg"
    __table_args__ = (Index(None, "interaction_id"), Index(None, "agent_id", "started_at"))
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    interaction_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("interaction.id"))
    agent_id: Mapped[uuid.UUID | None]
    direction: Mapped[str]
    started_at: Mapped[dt.datetime]
    answered_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    outcome: Mapped[str]
    remote: Mapped[str] = mapped_column(default="")
    sip_call_id: Mapped[str] = mapped_column(default="")
    sip_code: Mapped[int | None]
    sip_reason: Mapped[str] = mapped_column(default="")
    ended_by: Mapped[str] = mapped_column(default="")
    hold_s: Mapped[float] = mapped_column(default=0.0)
    cut: Mapped[bool] = mapped_column(default=False)
    referred_by: Mapped[str] = mapped_column(default="")  # who sent the call on to this agent
    purpose: Mapped[str] = mapped_column(default="")  # consult: a call to a colleague about the customer's
    codec: Mapped[str] = mapped_column(default="")  # how the voice travelled; empty and null: it did not
    encrypted: Mapped[bool | None]
    mos: Mapped[float | None]  # estimated by the E-model
    loss: Mapped[float | None]  # share of the worse direction's packets
    jitter_ms: Mapped[float | None]
    round_trip_ms: Mapped[float | None]
    stamps: Mapped[dict[str, Any] | None]


class Recording(Base):
    """``place`` is below the store; ``gaps`` are {start_us, end_us, reason, ended_by}, silent in the file."""

    __tablename__ = "recording"
    __table_args__ = (Index(None, "interaction_id"), Index(None, "started_at"))
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    interaction_id: Mapped[uuid.UUID]
    leg_id: Mapped[uuid.UUID | None]
    agent_id: Mapped[uuid.UUID | None]
    started_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    state: Mapped[str]
    gaps: Mapped[list[Any] | None]
    consent: Mapped[str]
    consent_at: Mapped[dt.datetime]
    consent_by: Mapped[uuid.UUID | None]
    recipient: Mapped[str]  # the public key it is encrypted to
    place: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(default="")
    bytes: Mapped[int | None] = mapped_column(BigInteger)
    trouble: Mapped[str] = mapped_column(default="")  # what cut it short
    stamps: Mapped[dict[str, Any] | None]


class Note(Base):
    __tablename__ = "note"
    __table_args__ = (Index(None, "interaction_id"), Index(None, "at"))
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    interaction_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("interaction.id"))
    agent_id: Mapped[uuid.UUID | None]
    at: Mapped[dt.datetime]
    text: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)


class WrapUp(Base):
    """Each agent's own wrap-up of an interaction; the newest gives the interaction its disposition."""

    __tablename__ = "wrap_up"
    __table_args__ = (Index(None, "agent_id", "at"), {"sqlite_with_rowid": False})
    interaction_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("interaction.id"), primary_key=True)
    agent_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)  # the nil UUID when nobody is named
    at: Mapped[dt.datetime]
    disposition_id: Mapped[uuid.UUID | None]
    reason: Mapped[str] = mapped_column(default="")
    wrap_up_s: Mapped[float]


class Ticket(Base):
    __tablename__ = "ticket"
    __table_args__ = (
        Index(None, "customer_id", "updated_at"),
        Index(None, "status", "updated_at"),
        Index(None, "assignee_id", "status"),
        Index(None, "updated_at"),
        # What is open is a small part of what there is, and what lists begin with.
        Index("ix_ticket_open", "updated_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    number: Mapped[str] = mapped_column(KeyText, unique=True)
    subject: Mapped[str]
    status: Mapped[str]
    priority: Mapped[str]
    customer_id: Mapped[uuid.UUID | None]
    assignee_id: Mapped[uuid.UUID | None]
    queue: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime | None]


class TicketEvent(Base):
    __tablename__ = "ticket_event"
    __table_args__ = (Index(None, "ticket_id", "at"), Index(None, "agent_id", "ticket_id"))
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    ticket_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ticket.id"))
    at: Mapped[dt.datetime]
    agent_id: Mapped[uuid.UUID | None]
    kind: Mapped[str]
    text: Mapped[str] = mapped_column(default="")


class TicketInteraction(Base):
    __tablename__ = "ticket_interaction"
    __table_args__ = (Index(None, "interaction_id"), {"sqlite_with_rowid": False})
    ticket_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    interaction_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)


class WorkEntry(Base):
    """A callback or a missed call. It leaves the list when it is done, never by age."""

    __tablename__ = "work_item"
    __table_args__ = (Index(None, "status", "due_at"), Index(None, "interaction_id"), Index(None, "customer_id"))
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str]
    status: Mapped[str]
    number: Mapped[str]
    due_at: Mapped[dt.datetime]
    created_at: Mapped[dt.datetime]
    customer_id: Mapped[uuid.UUID | None]
    note: Mapped[str] = mapped_column(default="")
    queue: Mapped[str] = mapped_column(default="")
    promised_by: Mapped[uuid.UUID | None]
    assigned_to: Mapped[uuid.UUID | None]
    claimed_by: Mapped[uuid.UUID | None]
    interaction_id: Mapped[uuid.UUID | None]
    attempts: Mapped[int] = mapped_column(default=0)
