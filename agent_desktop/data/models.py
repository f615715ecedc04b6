"""The tables of the shared database.

Ids are UUIDv7 made by the client. What an operation only mentions (a customer, an agent, an interaction) has no
foreign key: two desktops' operations may arrive in any order, and a call is kept even when its customer is refused.
"""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from agent_desktop.data.base import Base, KeyText, Serial


class Site(Base):
    """One row: which site this database belongs to. ``region`` is where numbers without a country code are dialled.

    ``practice`` marks a made-up company: only there may the practice switch play.
    """

    __tablename__ = "site"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    site_id: Mapped[uuid.UUID]
    name: Mapped[str]
    region: Mapped[str]
    practice: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime]


class AppliedOp(Base):
    """Operations already applied, written in the same transaction: replaying one does nothing."""

    __tablename__ = "applied_op"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    op_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]


# ------------------------------------------------------------------ customers


class Organisation(Base):
    __tablename__ = "organisation"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(KeyText, unique=True)  # folded: two desktops create it once


_MERGED = text("merged_into IS NOT NULL")


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


class CustomerWord(Base):
    """Folded words of name, organisation, account number and address of e-mail: search as you type by prefix."""

    __tablename__ = "customer_word"
    __table_args__ = (Index(None, "customer_id"), {"sqlite_with_rowid": False})
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


# -------------------------------------------------------------------- privacy


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


# --------------------------------------------------------------- interactions


class Interaction(Base):
    """One contact on any channel. ``stamps`` says, per field, which operation's word stands (see merge.py)."""

    __tablename__ = "interaction"
    __table_args__ = (
        Index(None, "customer_id", "started_at"),
        Index(None, "started_at"),
        Index(None, "agent_id", "started_at"),
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


# -------------------------------------------------------------------- tickets


class Ticket(Base):
    __tablename__ = "ticket"
    __table_args__ = (
        Index(None, "customer_id", "updated_at"),
        Index(None, "status", "updated_at"),
        Index(None, "assignee_id", "status"),
        Index(None, "updated_at"),
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
    __table_args__ = (Index(None, "ticket_id", "at"),)
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


# ----------------------------------------------------------- people and queues


class Team(Base):
    __tablename__ = "team"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(unique=True)
    active: Mapped[bool] = mapped_column(default=True)


class Agent(Base):
    __tablename__ = "agent"
    __table_args__ = (Index(None, "extension"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str]
    login: Mapped[str] = mapped_column(unique=True)
    extension: Mapped[str] = mapped_column(default="")
    team_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("team.id"))
    active: Mapped[bool] = mapped_column(default=True)
    access_until: Mapped[dt.datetime | None]  # from then on the database answers this login nothing
    one_time: Mapped[bool] = mapped_column(default=False)  # the password was made by an admin, to be changed


class AgentPhone(Base):
    """The phone account an admin gave somebody, without its password: that is only in the keyring of the desk."""

    __tablename__ = "agent_phone"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    agent_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agent.id"), primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    active: Mapped[bool] = mapped_column(default=True)  # off: the desk's own settings count
    server: Mapped[str]
    account: Mapped[str]
    auth_user: Mapped[str] = mapped_column(default="")
    transport: Mapped[str] = mapped_column(default="udp")
    proxy: Mapped[str] = mapped_column(default="")
    srtp: Mapped[str] = mapped_column(default="off")


class TeamLead(Base):
    """Whose teams somebody leads besides the own one; what that allows is a matter of the login's role."""

    __tablename__ = "team_lead"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    team_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("team.id"), primary_key=True)
    agent_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agent.id"), primary_key=True)


class PresenceSpan(Base):
    """From ``since`` until the agent's next row begins. ``source`` is "desktop" or that of a queue event."""

    __tablename__ = "presence"
    __table_args__ = (Index(None, "agent_id", "since"), Index(None, "since"))
    id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    agent_id: Mapped[uuid.UUID]
    since: Mapped[dt.datetime]
    presence: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    on_hold: Mapped[bool] = mapped_column(default=False)
    interaction_id: Mapped[uuid.UUID | None]
    source: Mapped[str] = mapped_column(default="desktop")


class Queue(Base):
    __tablename__ = "queue"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    sl_threshold_s: Mapped[int] = mapped_column(default=20)
    sl_target: Mapped[float] = mapped_column(default=0.80)
    short_abandon_s: Mapped[int] = mapped_column(default=5)
    wrap_up_s: Mapped[int] = mapped_column(default=45)
    requires_disposition: Mapped[bool] = mapped_column(default=True)
    active: Mapped[bool] = mapped_column(default=True)


class QueueMember(Base):
    __tablename__ = "queue_member"
    __table_args__ = (Index(None, "agent_id"), {"sqlite_with_rowid": False})
    queue_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("queue.id"), primary_key=True)
    agent_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agent.id"), primary_key=True)
    signed_in: Mapped[bool] = mapped_column(default=False)  # kept by member_added and member_removed


class QueueVisit(Base):
    """One stay in one queue, kept up from its events; every field can be recomputed from them."""

    __tablename__ = "queue_visit"
    __table_args__ = (Index(None, "entered_at"), Index(None, "queue_id", "entered_at"))
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    queue_id: Mapped[uuid.UUID | None]
    linked_id: Mapped[str] = mapped_column(default="")
    agent_id: Mapped[uuid.UUID | None]  # who was connected
    entered_at: Mapped[dt.datetime]
    connected_at: Mapped[dt.datetime | None]
    left_at: Mapped[dt.datetime | None]  # end of the wait without an agent: abandoned, exited
    ended_at: Mapped[dt.datetime | None]  # end of the talk: completed, transferred
    offers: Mapped[int] = mapped_column(default=0)
    result: Mapped[str] = mapped_column(default="unresolved")
    exit_reason: Mapped[str] = mapped_column(default="")
    ended_by: Mapped[str] = mapped_column(default="")


class QueueEvent(Base):
    """``id`` counts in the order of insertion: the cursor of every reader."""

    __tablename__ = "queue_event"
    __table_args__ = (
        UniqueConstraint("source", "source_seq"),
        Index(None, "at"),
        Index(None, "visit_id"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    source: Mapped[str]
    source_seq: Mapped[int] = mapped_column(Serial)
    at: Mapped[dt.datetime]
    kind: Mapped[str]
    queue_id: Mapped[uuid.UUID | None]
    visit_id: Mapped[uuid.UUID | None]
    linked_id: Mapped[str] = mapped_column(default="")
    agent_id: Mapped[uuid.UUID | None]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)


# ------------------------------------------------------------- catalogue, work


class Disposition(Base):
    __tablename__ = "disposition"
    __table_args__ = (Index(None, "queue_id"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    label: Mapped[str]
    queue_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("queue.id"))
    position: Mapped[int] = mapped_column(default=0)
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    asks_callback: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)


class PauseReason(Base):
    __tablename__ = "pause_reason"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    label: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    limit_s: Mapped[int] = mapped_column(default=0)  # longer is marked on the board; 0: as every pause
    active: Mapped[bool] = mapped_column(default=True)


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


class AccessSetting(Base):
    """One row: what the names of this centre's roles begin with, and how long one's own interactions can be edited."""

    __tablename__ = "access_setting"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(default=1)
    prefix: Mapped[str] = mapped_column(default="")
    edit_hours: Mapped[int] = mapped_column(default=72)


class AuditEntry(Base):
    """Who did what when, before and after; rows are only ever added (triggers refuse everything else)."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "at"), Index(None, "table_name", "row_id"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    at: Mapped[dt.datetime]
    who: Mapped[str]  # the login
    action: Mapped[str]  # insert, update, delete, view, export, grant
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
    kind: Mapped[str] = mapped_column(KeyText)  # customer, interaction, ticket, work, queue, agent, catalogue
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
