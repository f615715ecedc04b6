"""What a desktop's lease is told and answers; apart from the queries, as the interface needs it at the start."""

from datetime import datetime
from uuid import UUID

import msgspec

LASTS_S = 30.0
OFFLINE_REASON = "Offline"  # of the PBX's pause of who has left their desk
DESK_LOST = "desk lost"  # the reason of who is Offline because their desktop was not heard of


class Said(msgspec.Struct, frozen=True):
    """What a desktop says of its agent besides the presence: what follows, and when the wrap-up is due."""

    then: str = ""  # a presence
    reason: str = ""
    due_at: datetime | None = None  # by the database's clock


class Hold(msgspec.Struct, frozen=True):
    """How a lease stands: ``held``, or who has ended it, or at which other ``place`` the agent works now."""

    held: bool
    place: str = ""
    dismissed: bool = False
    dismissed_by: UUID | None = None
    why: str = ""


class PbxSaid(msgspec.Struct, frozen=True):
    """What the PBX says of one agent over all its queues; ``at`` is when that last changed."""

    queues: int  # that they are a member of
    paused: int  # of those
    reason: str
    reachable: bool
    at: datetime


class TalkRow(msgspec.Struct, frozen=True):
    """Whom somebody talks with. ``customer`` is empty where nobody knows who it is, ``number`` where it is withheld."""

    agent_id: UUID
    customer: str
    number: str
    over: bool  # it has ended: what a wrap-up is about
