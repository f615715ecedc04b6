"""Rows of callers who gave up waiting, to be called back."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec


class CallBackState(StrEnum):
    """What has come of a caller since they gave up."""

    OPEN = "open"  # nobody has tried
    CLAIMED = "claimed"  # a colleague is at it
    TRIED = "tried"  # called, and nobody answered
    REACHED = "reached"  # called, and spoken to
    CAME_BACK = "came_back"  # called again, and was answered
    DONE = "done"  # ticked off
    NO_NUMBER = "no_number"  # withheld, or not known here


class AbandonedVisit(msgspec.Struct, frozen=True):
    """A wait that its caller gave up, and who that was; ``interaction_id`` None: nothing is known of the call."""

    entered_at: datetime
    left_at: datetime
    queue_id: UUID | None
    queue: str = ""  # by its PBX name
    linked_id: str = ""
    interaction_id: UUID | None = None
    number: str = ""
    e164: str | None = None
    customer_id: UUID | None = None
    customer: str = ""

    @property
    def reach(self) -> str:
        """Under which number they are called, and told from others; empty for none."""
        return self.e164 or self.number


class LaterCall(msgspec.Struct, frozen=True):
    """A call with such a number that began later."""

    reach: str
    at: datetime
    outbound: bool
    answered: bool
    agent: str


class ClaimedWork(msgspec.Struct, frozen=True):
    """What the work list says of a missed call."""

    interaction_id: UUID
    status: str
    by: str


class CallBack(msgspec.Struct, frozen=True):
    """One caller, however often they gave up; ``who`` and ``when`` are of the state."""

    key: str
    number: str
    customer_id: UUID | None
    customer: str
    queue: str  # by its PBX name
    queue_label: str
    first_at: datetime
    last_at: datetime
    times: int
    longest_wait_us: int
    state: CallBackState
    who: str = ""
    when: datetime | None = None
    interaction_id: UUID | None = None

    @property
    def id(self) -> str:
        return self.key

    @property
    def waits(self) -> bool:
        """Whether somebody should call."""
        return self.state in (CallBackState.OPEN, CallBackState.TRIED, CallBackState.CLAIMED)
