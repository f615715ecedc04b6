"""Rows about who leads whom: what they may, what they said and who read it, who is listened to, what was ordered."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from agent_desktop.data.words import RequestKind


class Reach(StrEnum):
    """Whom somebody leads, by the database's word."""

    NOBODY = ""
    TEAM = "team"  # their people
    SITE = "site"


class Leading(msgspec.Struct, frozen=True):
    """``people`` counts for Reach.TEAM. ``collects``: a collector is there, connected to a PBX."""

    reach: Reach = Reach.NOBODY
    people: frozenset[UUID] = frozenset()
    collects: bool = False

    def leads(self, agent_id: UUID) -> bool:
        """Whether this is one of those they lead."""
        return self.reach is Reach.SITE or (self.reach is Reach.TEAM and agent_id in self.people)


class Audience(StrEnum):
    AGENT = "agent"
    TEAM = "team"
    ALL = "all"


class MessageRow(msgspec.Struct, frozen=True):
    """One message to whoever asked, not read yet."""

    id: UUID
    at: datetime
    sender: str
    text: str
    audience: Audience


class SentRow(msgspec.Struct, frozen=True):
    """One message that somebody sent: to how many, who has read it and when."""

    id: UUID
    at: datetime
    text: str
    audience: Audience
    to: str  # the agent or the team; empty: all
    readers: tuple[tuple[str, datetime | None], ...]  # by name

    @property
    def read(self) -> int:
        return sum(at is not None for _, at in self.readers)


class ListenerRow(msgspec.Struct, frozen=True):
    """Somebody listens to whoever asked, since then."""

    id: UUID
    since: datetime
    by: str


class OrderRow(msgspec.Struct, frozen=True):
    """What somebody else asked about whoever asks: to be paused, ready, signed out."""

    id: UUID
    at: datetime
    kind: RequestKind
    reason: str
    by: str
