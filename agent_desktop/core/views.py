"""What the session shows and is told: frozen values between core and the screens. Times are aware UTC datetimes."""

from datetime import datetime
from uuid import UUID

import msgspec

from agent_desktop.core.pbx_state import Difference
from agent_desktop.core.states import CallState
from agent_desktop.data.centre_rows import DispositionRow, QueueRow
from agent_desktop.data.errors import Trouble
from agent_desktop.data.rows import CallLine, NoteRow, Pop, TicketLine
from agent_desktop.data.words import Direction, Presence

# ----------------------------------------------------------------- shown


class CallView(msgspec.Struct, frozen=True):
    """One call in progress, as the call bar and the list of calls show it."""

    call_id: str
    interaction_id: UUID
    direction: Direction
    state: CallState
    number: str  # for display; empty when withheld
    name: str  # customer, else what the caller's phone says, else the number, else "Withheld number"
    started_at: datetime
    emphasised: bool = False  # the one the keys act on
    answered_at: datetime | None = None
    held_since: datetime | None = None
    held_by_remote: bool = False
    hold_refused: bool = False  # the other side did not agree: nobody hears anybody, but it plays no music
    muted: bool = False
    queue: str = ""  # its label
    wait_s: float | None = None  # in the queue, before it rang here
    customer_id: UUID | None = None
    cut: bool = False  # the SIP message was too long; part of it is lost
    status: str = ""  # while dialling: "Ringing…", "Calling…"
    can_answer: bool = False
    consult: bool = False  # with a colleague, about a customer's call
    consult_for: str = ""  # that call's call_id, where it is here
    joined: bool = False  # in the conference
    referring: bool = False  # a transfer is under way
    transfer_trouble: str = ""  # why the last one failed, as the other side says
    via: str = ""  # who sent it on to us, or consults us
    answers_at: datetime | None = None  # when it will be answered by itself
    answered_itself: bool = False
    mute_alarm: bool = False  # what is sent is not what the agent wants
    voice_trouble: str = ""  # nothing_arrives, nothing_arrives_there, microphone_silent; empty: none


class HandoffStep(msgspec.Struct, frozen=True):
    """One station on the caller's way to us: what the IVR knew."""

    label: str  # "Language", "Queue", "Dialled", "Account"
    value: str
    detail: str = ""
    at: str = ""  # local clock time if the PBX said one
    icon: str = "route"
    name: str = ""  # of the field that was said; empty: put together here
    secret: UUID | None = None  # masked: by this id it can be asked for


class HandoffFacts(msgspec.Struct, frozen=True):
    """What the IVR found out, as far as the program understands it; empty or None where nothing was said."""

    account: str = ""
    pin_passed: bool | None = None
    language: str = ""
    intent: str = ""
    confidence: float | None = None  # 0 to 1
    called: str = ""  # the number that the customer dialled
    campaign: str = ""
    free: tuple[tuple[str, str], ...] = ()  # everything said, by the name of its field; the newest value of each


class HandledBy(msgspec.Struct, frozen=True):
    """One agent's part in an interaction, in order."""

    agent: str
    talked_s: float | None  # None: not answered
    referred_by: str = ""  # who sent it on to them


class ArrivalView(msgspec.Struct, frozen=True):
    """What came with a call that somebody sent on to us: who, and what was said and written before."""

    by: str  # "Anna Nowak (201)", or what the message says
    talked_s: float | None = None  # how long they had talked with the customer
    consult: bool = False  # they ask us about it; the customer is not on the line yet
    before: tuple[HandledBy, ...] = ()  # everybody who had it, oldest first
    notes: tuple[NoteRow, ...] = ()
    handoff: tuple[tuple[str, str], ...] = ()  # as the first desktop was told


class RecordingView(msgspec.Struct, frozen=True):
    """The recording of the call that the keys act on. ``state``: off, starting, recording, paused."""

    call_id: str
    state: str = "off"
    started_at: datetime | None = None
    paused_at: datetime | None = None
    resumes_at: datetime | None = None  # paused: it goes on by itself then
    why_not: str = ""  # off: why it cannot be started, in words


class PopView(msgspec.Struct, frozen=True):
    """The caller panel for the emphasised call, or for a customer opened by hand (``call`` None).

    ``state``: looking, found, choose (several match: pick 1-9), unknown (new-caller form), withheld, offline.
    """

    state: str
    pop: Pop
    call: CallView | None = None
    interaction_id: UUID | None = None
    handoff: tuple[HandoffStep, ...] = ()
    reason: str = ""  # why it matched, readable
    trouble: str = ""  # offline: in words
    arrival: ArrivalView | None = None  # it was sent on to us
    as_of: datetime | None = None  # the database is away: what this computer saw then
    facts: HandoffFacts = HandoffFacts()  # what the IVR found out


class WrapUpView(msgspec.Struct, frozen=True):
    """The wrap-up form's state for one interaction; it is open from the first ring until completed."""

    interaction_id: UUID
    title: str  # who
    dispositions: tuple[DispositionRow, ...]
    required: bool
    in_wrap_up: bool  # the call is over, the clock runs
    ends_at: datetime | None = None  # None: no limit, or the call still runs
    overdue: bool = False  # time is up, but a required disposition is missing
    note: str = ""  # restored draft
    disposition_id: UUID | None = None
    reason: str = ""
    tickets: tuple[TicketLine, ...] = ()  # the customer's open ones
    number: str = ""
    allowed_s: int = 45
    waiting: int = 0  # calls besides this one that are over and still to be wrapped up


class PresenceView(msgspec.Struct, frozen=True):
    """The one state pill. ``pending`` is what follows after the call or wrap-up, if asked for."""

    presence: Presence
    since: datetime
    reason: str = ""
    on_hold: bool = False
    pending: str = ""
    can_be_ready: bool = True
    why_not: str = ""
    pbx: Difference | None = None  # where the PBX does not agree about this agent


class PhoneView(msgspec.Struct, frozen=True):
    """``state``: starting, ready, registering, failed, lost (the engine died and is being started again)."""

    state: str
    text: str  # "SIP ready", "Direct mode, port 5060", "Not registered: wrong password"
    detail: str = ""
    audio: str = ""  # device name or "No sound device"
    audio_trouble: str = ""
    usable: bool = False
    listen_port: int = 0


class DatabaseView(msgspec.Struct, frozen=True):
    """``trouble`` empty: all well. ``waiting`` writes are safe in the journal and not yet in the database."""

    trouble: str = ""
    advice: str = ""
    waiting: int = 0
    refused: int = 0
    kind: Trouble | None = None


class Notice(msgspec.Struct, frozen=True):
    """A line for the user; ``undo`` names the action that takes it back, if there is one."""

    text: str
    kind: str = "info"  # info, ok, warn, bad
    undo: str = ""
    token: UUID | None = None


class OwnDay(msgspec.Struct, frozen=True):
    """This agent's day so far; seconds; None where there is nothing yet. Each with a series for its sparkline."""

    handled: int = 0
    aht_s: float | None = None
    talk_s: float | None = None
    wrap_up_s: float | None = None
    handled_by_hour: tuple[float, ...] = ()
    aht_by_hour: tuple[float, ...] = ()
    wrap_up_by_hour: tuple[float, ...] = ()
    explain_handled: str = ""
    explain_aht: str = ""
    explain_wrap_up: str = ""


class QueueView(msgspec.Struct, frozen=True):
    """A queue in the top strip and on Home. ``verdict``: ok, warn, bad, none.

    ``as_of``: nothing newer is known, so that its waits stand still and nothing is said of how it stands now.
    """

    queue: QueueRow
    waiting: int
    longest_since: datetime | None
    service_level: float | None
    verdict: str
    explain: str = ""
    as_of: datetime | None = None


class HomeView(msgspec.Struct, frozen=True):
    figures: OwnDay
    queues: tuple[QueueView, ...]
    team: str
    team_states: tuple[tuple[str, int], ...]  # state token, count
    recent: tuple[CallLine, ...]


# ------------------------------------------------------------------- told


class CallbackRequest(msgspec.Struct, frozen=True):
    due_at: datetime
    note: str
    assigned_to: UUID | None  # None: anyone
    number: str


class WrapUpResult(msgspec.Struct, frozen=True):
    """What the agent entered in the wrap-up form."""

    interaction_id: UUID
    disposition_id: UUID | None
    reason: str
    note: str
    callback: CallbackRequest | None = None
    ticket: TicketLine | None = None  # link the call to this one; it is given as it was when it was chosen
    ticket_status: str = ""  # and set its status


class NewCustomer(msgspec.Struct, frozen=True):
    """From the new-caller form; ``number`` is the caller's."""

    name: str
    organisation: str = ""
    number: str = ""
    email: str = ""
    language: str = ""


class NewTicket(msgspec.Struct, frozen=True):
    subject: str
    body: str = ""
    priority: str = "normal"
    customer_id: UUID | None = None
    interaction_id: UUID | None = None
    queue: str = ""


class ManualInteraction(msgspec.Struct, frozen=True):
    """A call taken elsewhere, entered by hand."""

    direction: str
    number: str
    started_at: datetime
    duration_s: int
    customer_id: UUID | None
    note: str
    disposition_id: UUID | None = None
    channel: str = "call"
