"""What lists are narrowed to."""

from datetime import datetime
from uuid import UUID

import msgspec

from agent_desktop.data.words import Direction, Outcome, Priority, TicketStatus


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
