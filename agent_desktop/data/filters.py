"""What lists are narrowed to."""

from datetime import datetime
from uuid import UUID

import msgspec

from agent_desktop.data.words import Channel, Direction, Outcome, Priority, TicketStatus

COUNTED = 1_000  # of more rows than these a list says only that they are more: nobody waits for millions to be counted


class CallFilter(msgspec.Struct, frozen=True):
    """What the list of calls is narrowed to. ``start`` is inside, ``end`` outside the window."""

    start: datetime | None = None
    end: datetime | None = None
    queue: str = ""  # by its PBX name
    outcomes: tuple[Outcome, ...] = ()
    direction: Direction | None = None
    agent_id: UUID | None = None
    customer_id: UUID | None = None
    text: str = ""  # in the number, the caller's name, the customer's name, the note


class TicketFilter(msgspec.Struct, frozen=True):
    """What a list of tickets is narrowed to; the default is everything that is open."""

    statuses: tuple[TicketStatus, ...] = tuple(status for status in TicketStatus if status.is_open)
    priorities: tuple[Priority, ...] = ()
    assignee_id: UUID | None = None
    assignee_ids: tuple[UUID, ...] = ()  # one of these, such as a team
    customer_id: UUID | None = None
    queue: str = ""
    text: str = ""


# The history's filters by key, and the channels behind each; tickets stand among them like a channel.
HISTORY_GROUPS: dict[str, tuple[str, ...]] = {
    "call": (Channel.CALL,),
    "email": (Channel.EMAIL,),
    "message": (Channel.CHAT, Channel.SMS),
    "ticket": ("ticket",),
    "note": (Channel.NOTE,),
}


def channels_of(key: str) -> tuple[str, ...]:
    """The channels behind a filter's key; none for all."""
    return tuple(str(channel) for channel in HISTORY_GROUPS.get(key, ()))
