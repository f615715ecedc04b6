"""What is counted of queue visits: the fields that every sum has, on the board, in the database and in reports."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec


class Group(StrEnum):
    """What figures are given for, each by itself."""

    QUEUE = "queue"
    AGENT = "agent"  # who answered; what nobody answered stands under None
    TEAM = "team"  # of who answered, as the teams are today
    SITE = "site"  # everything together, under None


class Tally(msgspec.Struct, frozen=True):
    """Counts and sums of queue visits; add tallies, never figures. Always ``entered`` = the four results together."""

    entered: int = 0  # E
    answered: int = 0  # A
    answered_in_time: int = 0  # A with a wait ≤ T
    abandoned: int = 0  # B
    abandoned_in_time: int = 0  # B with a wait ≤ T
    abandoned_short: int = 0  # B with a wait ≤ the short-abandon limit
    exited: int = 0  # X
    unresolved: int = 0  # U: still waiting, or the end was never heard of
    refused: int = 0  # R: turned away before joining; never inside E
    timed_answers: int = 0  # answered, the wait known
    timed_abandons: int = 0
    wait_answered_us: int = 0
    wait_abandoned_us: int = 0
    wait_exited_us: int = 0
    handled: int = 0  # talks that are over, their length known
    talk_us: int = 0
    hold_us: int = 0
    wrap_us: int = 0
    transferred: int = 0  # answered, and the agent passed the call on
    timed_out: int = 0  # these four are the exits by reason; one whose reason is unknown is in none
    left_by_key: int = 0
    found_empty: int = 0
    withdrawn: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(mine + theirs for mine, theirs in zip(self.cells(), other.cells(), strict=True)))

    def cells(self) -> tuple[int, ...]:
        """The numbers in the order of the fields, for adding up in place."""
        return msgspec.structs.astuple(self)


class Cell(msgspec.Struct, frozen=True):
    """What entered in one period, of one queue, team or agent. Where nothing entered there is no cell.

    ``key`` None: of no known queue; answered by nobody, or somebody without a team; the whole site.
    """

    starts_at: datetime  # UTC: the period's first moment
    key: UUID | None
    tally: Tally
    max_wait_us: int | None = None  # the longest wait of those answered, abandoned or exited; None: of none it is known

    def __add__(self, other: "Cell") -> "Cell":
        """Both together, under this one's period and key."""
        waits = [wait for wait in (self.max_wait_us, other.max_wait_us) if wait is not None]
        return Cell(self.starts_at, self.key, self.tally + other.tally, max(waits, default=None))
