"""What leaves the data layer: frozen rows. Times are aware UTC datetimes, ids are UUIDs, texts are plain text."""

from datetime import datetime
from uuid import UUID

import msgspec

from agent_desktop.data.centre_rows import AgentRow
from agent_desktop.data.consent_rows import ConsentRow
from agent_desktop.data.handoff_rows import HandoffFieldRow
from agent_desktop.data.identity_rows import CheckLine
from agent_desktop.data.knowledge_rows import ArticleLine
from agent_desktop.data.words import (
    Consent,
    Direction,
    Likeness,
    MatchKind,
    Outcome,
    Priority,
    RecordingState,
    TicketStatus,
    WorkKind,
    WorkStatus,
)

# ----------------------------------------------------------------------- site


class SiteRow(msgspec.Struct, frozen=True):
    """The site a database belongs to; ``region`` (ISO 3166) reads numbers without a country code."""

    id: UUID
    name: str
    region: str
    practice: bool = False  # a made-up company
    time_zone: str = ""  # IANA, of days and intervals; empty: as each computer has it


# ------------------------------------------------------------------ customers


class PhoneRow(msgspec.Struct, frozen=True):
    id: UUID
    typed: str  # as somebody typed it
    e164: str | None  # None for short and internal numbers
    label: str  # "mobile", "home", "work", ...
    is_primary: bool = False


class EmailRow(msgspec.Struct, frozen=True):
    id: UUID
    address: str
    is_primary: bool = False


class ProductRow(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    since: datetime | None = None
    status: str = ""
    details: str = ""


class CustomerCard(msgspec.Struct, frozen=True):
    """One customer as the screen pop and the customer page show it."""

    id: UUID
    version: int
    name: str
    account_number: str = ""
    organisation_id: UUID | None = None
    organisation: str = ""
    language: str = ""  # BCP 47
    time_zone: str = ""  # IANA
    address: str = ""
    alert: str = ""  # what the agent must know before saying hello
    since: datetime | None = None
    tags: tuple[str, ...] = ()
    phones: tuple[PhoneRow, ...] = ()
    emails: tuple[EmailRow, ...] = ()
    products: tuple[ProductRow, ...] = ()
    consents: tuple[ConsentRow, ...] = ()


class CustomerLine(msgspec.Struct, frozen=True):
    """One customer in a list, a pick list or a search result."""

    id: UUID
    name: str
    organisation: str = ""
    account_number: str = ""
    phone: str = ""  # E.164 or as typed
    email: str = ""
    last_contact: datetime | None = None
    open_tickets: int = 0


class CustomerMatch(msgspec.Struct, frozen=True):
    """A customer found for a caller, and why; lists of them are best first."""

    line: CustomerLine
    kind: MatchKind
    reason: str  # readable: "+48 601 442 190 is Marta Kowalczyk's mobile number"


class Duplicate(msgspec.Struct, frozen=True):
    """Another customer who looks like the same person, and why."""

    line: CustomerLine
    why: tuple[Likeness, ...]


class MergeSide(msgspec.Struct, frozen=True):
    """One of two customers who are to be merged, and how much there is of them."""

    card: CustomerCard
    updated_at: datetime
    contacts: int = 0
    tickets: int = 0
    work: int = 0  # entries of the work list that are not done


class MergeLine(msgspec.Struct, frozen=True):
    """A merge that was made. ``moved`` counts rows by kind; ``left_alone`` is what undoing found edited since."""

    id: UUID
    at: datetime
    agent: str
    kept_id: UUID
    kept: str
    gone_id: UUID
    gone: str
    moved: dict[str, int]
    undone_at: datetime | None = None
    left_alone: tuple[str, ...] = ()
    merged_since: str = ""  # with whom the kept one has been merged: that must be undone first


class ApartLine(msgspec.Struct, frozen=True):
    """Two customers of whom somebody said that they are not one person."""

    at: datetime
    agent: str
    one_id: UUID
    one: str
    other_id: UUID
    other: str


# --------------------------------------------------------------- interactions


class HistoryRow(msgspec.Struct, frozen=True):
    """One line of the contact history, over all channels; tickets appear as their own lines."""

    id: UUID
    channel: str  # a Channel value, or "ticket"
    direction: Direction
    started_at: datetime
    title: str  # queue or subject
    detail: str  # first line of the notes, of the mail, ...
    agent: str = ""
    outcome: Outcome | None = None
    disposition: str = ""
    duration_s: float | None = None
    status: str = ""  # of a ticket
    queue: str = ""


class CallLine(msgspec.Struct, frozen=True):
    """One call in the list of calls."""

    id: UUID
    started_at: datetime
    direction: Direction
    outcome: Outcome
    number: str
    customer_id: UUID | None = None
    customer: str = ""
    queue: str = ""
    agent: str = ""
    disposition: str = ""
    talk_s: float | None = None
    wait_s: float | None = None
    note: str = ""


class RecordingRow(msgspec.Struct, frozen=True):
    """``place`` is below the store; ``gaps`` are {start_us, end_us, reason, ended_by}, silent in the file."""

    id: UUID
    interaction_id: UUID
    agent_id: UUID | None
    started_at: datetime
    ended_at: datetime | None
    state: RecordingState
    consent: Consent
    gaps: tuple[dict[str, int | str | None], ...] = ()
    place: str = ""
    sha256: str = ""
    bytes: int | None = None
    trouble: str = ""  # what cut it short


class LegRow(msgspec.Struct, frozen=True):
    id: UUID
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    agent: str
    direction: Direction
    outcome: Outcome
    remote: str
    sip_code: int | None
    sip_reason: str
    hold_s: float
    referred_by: str = ""
    purpose: str = ""  # consult, or empty
    codec: str = ""
    encrypted: bool | None = None
    mos: float | None = None  # estimated; None: it could not be said
    loss: float | None = None
    jitter_ms: float | None = None
    round_trip_ms: float | None = None


class NoteRow(msgspec.Struct, frozen=True):
    id: UUID
    at: datetime
    agent: str
    text: str
    version: int


class InteractionPage(msgspec.Struct, frozen=True):
    """One interaction whole: what the list of calls shows beside it."""

    line: CallLine
    legs: tuple[LegRow, ...] = ()
    notes: tuple[NoteRow, ...] = ()
    reason: str = ""
    handoff: tuple[tuple[str, str], ...] = ()  # what came with the call, in order
    said: tuple[HandoffFieldRow, ...] = ()  # by the PBX while it went on, oldest first
    version: int = 1
    recordings: tuple[RecordingRow, ...] = ()
    checks: tuple[CheckLine, ...] = ()  # whether they are who they say, as it was asked


# -------------------------------------------------------------------- tickets


class TicketLine(msgspec.Struct, frozen=True):
    id: UUID
    number: str  # "T-20481": short, unique, speakable
    subject: str
    status: TicketStatus
    priority: Priority
    opened_at: datetime
    updated_at: datetime
    customer_id: UUID | None = None
    customer: str = ""
    assignee: str = ""
    queue: str = ""
    due_at: datetime | None = None
    version: int = 1


class TicketEventRow(msgspec.Struct, frozen=True):
    id: UUID
    at: datetime
    agent: str
    kind: str  # opened, comment, status, priority, assigned, linked
    text: str


class TicketPage(msgspec.Struct, frozen=True):
    line: TicketLine
    events: tuple[TicketEventRow, ...] = ()
    interactions: tuple[HistoryRow, ...] = ()


# ------------------------------------------------------------------ screen pop


class Pop(msgspec.Struct, frozen=True):
    """Everything one look-up brings for one caller: matches, and the best one's card, history, tickets.

    ``card`` is None when nobody matched, or when several match equally well (the agent picks).
    """

    number: str
    matches: tuple[CustomerMatch, ...] = ()
    card: CustomerCard | None = None
    history: tuple[HistoryRow, ...] = ()
    history_total: int = 0
    tickets: tuple[TicketLine, ...] = ()  # open ones
    last_contact: HistoryRow | None = None
    totals: tuple[tuple[str, int], ...] = ()  # (channel or "ticket", how many); history_total is their sum
    said: tuple[HandoffFieldRow, ...] = ()  # by the PBX of this call, oldest first


# --------------------------------------------------------------------- work list


class WorkItem(msgspec.Struct, frozen=True):
    """A callback or a missed call: a row with states that never vanishes by age."""

    id: UUID
    version: int
    kind: WorkKind
    status: WorkStatus
    number: str
    due_at: datetime
    created_at: datetime
    customer_id: UUID | None = None
    customer: str = ""
    note: str = ""
    queue: str = ""
    promised_by: str = ""
    assigned_to: UUID | None = None  # None: anyone
    claimed_by: UUID | None = None
    claimed_by_name: str = ""
    interaction_id: UUID | None = None
    attempts: int = 0


# ------------------------------------------------------------------------ search


class NoteLine(msgspec.Struct, frozen=True):
    """A note that was searched for, with whom it is about."""

    id: UUID
    interaction_id: UUID
    at: datetime
    text: str
    agent: str = ""
    customer_id: UUID | None = None
    customer: str = ""


class Found(msgspec.Struct, frozen=True):
    """What the command palette shows for a text; ``more`` names the fields of which there is more than this."""

    customers: tuple[CustomerLine, ...] = ()
    tickets: tuple[TicketLine, ...] = ()
    people: tuple[AgentRow, ...] = ()
    notes: tuple[NoteLine, ...] = ()
    more: frozenset[str] = frozenset()
    articles: tuple[ArticleLine, ...] = ()


# ------------------------------------------------------------------------ writes


class Changed(msgspec.Struct, frozen=True):
    """What a write touched; each screen asks whether that concerns it."""

    customers: frozenset[UUID] = frozenset()
    interactions: frozenset[UUID] = frozenset()
    tickets: frozenset[UUID] = frozenset()
    people: frozenset[UUID] = frozenset()  # of whom something was asked, or who were told something
    work: bool = False
    queues: bool = False
    agents: bool = False
    catalogue: bool = False  # dispositions, pause reasons, queues, teams
    erased: bool = False  # somebody was erased: what this computer keeps of them goes too
    everything: bool = False  # nobody knows what: changes of a long absence
    staffing: bool = False  # holidays, aims, who is planned when
    knowledge: bool = False  # articles, snippets
    scripts: bool = False  # what calls may get, not runs
    layouts: bool = False  # of the board

    def __or__(self, other: "Changed") -> "Changed":
        return Changed(
            self.customers | other.customers,
            self.interactions | other.interactions,
            self.tickets | other.tickets,
            self.people | other.people,
            self.work or other.work,
            self.queues or other.queues,
            self.agents or other.agents,
            self.catalogue or other.catalogue,
            self.erased or other.erased,
            self.everything or other.everything,
            self.staffing or other.staffing,
            self.knowledge or other.knowledge,
            self.scripts or other.scripts,
            self.layouts or other.layouts,
        )

    def __bool__(self) -> bool:
        return self != Changed()


__all__ = [name for name in globals() if name[0].isupper() and name not in ("UUID", "Channel")]
