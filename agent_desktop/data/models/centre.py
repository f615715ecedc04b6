"""Who answers, and where callers wait: people, teams, queues, and what one chooses from."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column

from agent_desktop.data.base import Base, Serial


class Site(Base):
    """One row: which site this database belongs to. ``region`` is where numbers without a country code are dialled.

    ``time_zone`` (IANA) is that of days and intervals; empty: as each computer has it.

    ``practice`` marks a made-up company: only there may the practice switch play.
    """

    __tablename__ = "site"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    site_id: Mapped[uuid.UUID]
    name: Mapped[str]
    region: Mapped[str]
    time_zone: Mapped[str] = mapped_column(default="")
    practice: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime]


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


_LOST = text("source = 'lease'")


class PresenceSpan(Base):
    """From ``since`` until the agent's next row begins. ``source`` is "desktop", "lease" (a desktop was not heard
    of), "supervisor", or that of a queue event; ``due_at`` is when a wrap-up ends by itself.
    """

    __tablename__ = "presence"
    __table_args__ = (
        Index(None, "agent_id", "since"),
        Index(None, "since"),
        # However many notice that a desktop is lost, it is written once.
        Index("uq_presence_lost", "agent_id", "since", unique=True, sqlite_where=_LOST, postgresql_where=_LOST),
    )
    id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    agent_id: Mapped[uuid.UUID]
    since: Mapped[dt.datetime]
    presence: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    on_hold: Mapped[bool] = mapped_column(default=False)
    interaction_id: Mapped[uuid.UUID | None]
    source: Mapped[str] = mapped_column(default="desktop")
    due_at: Mapped[dt.datetime | None]


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
    sl_variant: Mapped[str] = mapped_column(default="offered")
    sl_exits: Mapped[bool] = mapped_column(default=False)
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
    wait_us: Mapped[int | None] = mapped_column(BigInteger)  # None: it goes on, or one of its ends was not heard of
    talk_us: Mapped[int | None] = mapped_column(BigInteger)  # without holds; None: it goes on, or is unknown
    hold_us: Mapped[int] = mapped_column(BigInteger, default=0)
    wrap_us: Mapped[int] = mapped_column(BigInteger, default=0)


class QueueEvent(Base):
    """``id`` counts in the order of insertion: the cursor of every reader."""

    __tablename__ = "queue_event"
    __table_args__ = (
        UniqueConstraint("source", "source_seq"),
        Index(None, "at"),
        Index(None, "visit_id"),
        Index(
            "ix_queue_event_refused",
            "at",
            sqlite_where=text("kind = 'refused'"),
            postgresql_where=text("kind = 'refused'"),
        ),
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


class AccessSetting(Base):
    """One row: what the names of this centre's roles begin with, and how long one's own interactions can be edited."""

    __tablename__ = "access_setting"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(default=1)
    prefix: Mapped[str] = mapped_column(default="")
    edit_hours: Mapped[int] = mapped_column(default=72)
    tells_monitored: Mapped[bool] = mapped_column(server_default=true())  # agents see who listens to them
