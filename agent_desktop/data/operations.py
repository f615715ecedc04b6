"""The writes of a workstation, as values: put into the journal first, then applied to the shared database.

Each is idempotent: applying it twice leaves what applying it once leaves. ``op_id`` is a UUIDv7 made by the client.
Times are microseconds since 1970, UTC. None means "not said here": it never erases what another desktop wrote.
"""

from typing import Any
from uuid import UUID

import msgspec

from agent_desktop import clock
from agent_desktop.data.ids import new_id


class Operation(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Base of all writes: a key of its own, whose word it is, and when it was said (now)."""

    op_id: UUID = msgspec.field(default_factory=new_id)
    agent_id: UUID | None = None
    at_us: int = msgspec.field(default_factory=clock.now_us)


class SaveInteraction(Operation, frozen=True):
    """Insert or complete one interaction. Outcomes merge by rank; the first direction, number and start stay."""

    interaction_id: UUID
    channel: str = "call"
    direction: str = "inbound"
    started_us: int | None = None
    answered_us: int | None = None
    ended_us: int | None = None
    outcome: str | None = None
    number: str | None = None  # as received or dialled
    e164: str | None = None
    display_name: str | None = None
    queue: str | None = None  # by its PBX name; unknown ones are kept as text
    wait_s: float | None = None
    linked_id: str | None = None
    customer_id: UUID | None = None
    subject: str | None = None
    handoff: tuple[tuple[str, str], ...] | None = None


class LinkCustomer(Operation, frozen=True):
    """Say whose interaction it is (picked, created or moved); the last word wins, also over none.

    Not ``by_hand`` it is what a look-up found: that never beats a word of somebody's, nor an earlier look-up. With
    ``seen`` it corrects what stood there (``before``), and never a word of somebody's that its writer has not seen.
    """

    interaction_id: UUID
    customer_id: UUID | None
    by_hand: bool = True
    seen: bool = False
    before: UUID | None = None


class SaveLeg(Operation, frozen=True):
    """This desktop's own SIP dialog of an interaction."""

    leg_id: UUID
    interaction_id: UUID
    direction: str
    started_us: int
    answered_us: int | None = None
    ended_us: int | None = None
    outcome: str = "in_progress"
    remote: str = ""
    sip_call_id: str = ""
    sip_code: int | None = None
    sip_reason: str = ""
    ended_by: str = ""  # local, remote, engine
    hold_s: float = 0.0
    cut: bool = False  # the message was longer than the engine can read
    referred_by: str = ""  # who sent the call on to this agent
    purpose: str = ""  # consult: a call to a colleague about the customer's
    codec: str = ""  # how the voice travelled
    encrypted: bool | None = None
    mos: float | None = None  # estimated by the E-model
    loss: float | None = None  # share of the worse direction's packets, 0..1
    jitter_ms: float | None = None
    round_trip_ms: float | None = None


class SaveRecording(Operation, frozen=True):
    """A recording of a call, said whole each time something became of it; its start and consent do not change."""

    recording_id: UUID
    interaction_id: UUID
    started_us: int
    state: str  # recording, spooled, stored, lost
    consent: str  # announced, said_yes, one_party
    consent_us: int
    consent_by: UUID | None  # the agent who says so
    recipient: str
    leg_id: UUID | None = None
    ended_us: int | None = None
    gaps: tuple[dict[str, int | str | None], ...] = ()  # start_us, end_us, reason, ended_by
    place: str = ""  # below the store
    sha256: str = ""
    bytes: int | None = None
    trouble: str = ""


class SaveNote(Operation, frozen=True):
    """A note of an interaction; written whole each time, the newest ``at_us`` wins.

    With ``before``, the text the edit began with, it never wins over a text its writer has not seen.
    """

    note_id: UUID
    interaction_id: UUID
    text: str
    before: str | None = None


class CompleteWrapUp(Operation, frozen=True):
    """The result of the work after a call."""

    interaction_id: UUID
    disposition_id: UUID | None
    reason: str
    wrap_up_s: float


class SaveCustomer(Operation, frozen=True):
    """Create or edit a customer. ``version`` is the one the edit began with; 0 creates.

    ``before`` holds what the changed fields said then, for whoever has to decide a clash, and ``lines_before`` what the
    changed and removed lines said (by id, see ``line_said``): one that says something else by now is a clash.

    ``fields`` holds only what changed: name, account_number, organisation, language, time_zone, address, alert, tags.
    """

    customer_id: UUID
    version: int
    fields: dict[str, str]
    before: dict[str, str] = {}
    phones_added: tuple[tuple[UUID, str, str], ...] = ()  # id, as typed, label
    phones_removed: tuple[UUID, ...] = ()
    phones_changed: tuple[tuple[UUID, str, str], ...] = ()  # id, as typed, label
    emails_added: tuple[tuple[UUID, str], ...] = ()
    emails_removed: tuple[UUID, ...] = ()
    emails_changed: tuple[tuple[UUID, str], ...] = ()
    lines_before: dict[str, str] = {}


def line_said(text: str, label: str = "") -> str:
    """What a number (with its label) or an address said, for ``SaveCustomer.lines_before``."""
    return f"{text}\t{label}" if label else text


class MergeCustomers(Operation, frozen=True):
    """Two customers are one: ``gone_id`` becomes a signpost to ``kept_id``.

    ``taken`` names the fields that are better at the one that goes, ``joined`` those that are put together (tags);
    ``phones`` and ``emails`` are those of "this" (the kept one), "that", or "both". A number that is not chosen still
    leads to the customer.
    """

    merge_id: UUID
    kept_id: UUID
    gone_id: UUID
    taken: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    phones: str = "both"
    emails: str = "both"


class UndoMerge(Operation, frozen=True):
    """Take a merge apart; what was edited since stays as it is, and is named in the merge's row."""

    merge_id: UUID


class SetApart(Operation, frozen=True):
    """Two customers who look like one person are two (``apart``), or may be one after all; the last word stands."""

    one_id: UUID
    other_id: UUID
    apart: bool = True


class SetConsent(Operation, frozen=True):
    """What a customer said to being contacted on a channel, and where they said it."""

    customer_id: UUID
    channel: str
    given: bool
    source: str = ""


class OpenTicket(Operation, frozen=True):
    ticket_id: UUID
    subject: str
    body: str = ""
    priority: str = "normal"
    customer_id: UUID | None = None
    interaction_id: UUID | None = None
    queue: str | None = None


class UpdateTicket(Operation, frozen=True):
    """Add to a ticket, or change its state.

    ``before`` holds what the changed fields (status, priority, assignee_id) said when the change was made: each is
    refused where somebody else has changed that very field since. Without it a stale ``version`` is refused.
    """

    event_id: UUID
    ticket_id: UUID
    version: int | None = None
    comment: str = ""
    status: str | None = None
    priority: str | None = None
    assignee_id: UUID | None = None
    interaction_id: UUID | None = None  # link this call to the ticket
    before: dict[str, str] = {}


class ScheduleCallback(Operation, frozen=True):
    work_id: UUID
    number: str
    due_us: int
    note: str = ""
    assigned_to: UUID | None = None  # None: anyone
    customer_id: UUID | None = None
    interaction_id: UUID | None = None
    queue: str | None = None


class AddMissedCall(Operation, frozen=True):
    """A missed call becomes work. ``work_id`` is derived from the interaction, so that two desktops add one entry."""

    work_id: UUID
    interaction_id: UUID
    number: str
    customer_id: UUID | None = None
    queue: str | None = None


class FinishWork(Operation, frozen=True):
    """Done, or back to the list (``done`` false), after an attempt."""

    work_id: UUID
    done: bool
    attempt_interaction_id: UUID | None = None


class SetPresence(Operation, frozen=True):
    """This agent's presence from ``at_us`` on; closes the one before. Offline also ends the lease of ``desk``.

    ``due_us`` is when a wrap-up ends by itself. ``again``: it went on all the time, and is only written where somebody
    wrote something else meanwhile.
    """

    presence: str
    reason: str = ""
    on_hold: bool = False
    interaction_id: UUID | None = None
    due_us: int | None = None
    desk: UUID | None = None
    again: bool = False


class RecordView(Operation, frozen=True):
    """This agent had a row on the screen: for the audit."""

    table: str
    row_id: UUID


class RecordException(Operation, frozen=True):
    """This agent calls somebody who does not want to be called, and says why: for the audit."""

    customer_id: UUID
    reason: str


class RecordExport(Operation, frozen=True):
    """This agent took ``rows`` rows away; ``what`` is a table or a report, ``target`` the kind of file."""

    what: str
    rows: int
    target: str = ""


class UseArticle(Operation, frozen=True):
    """This agent used an article in an interaction; ``helped`` None: nothing said about that."""

    interaction_id: UUID
    article_id: UUID
    helped: bool | None = None


class SaveScriptRun(Operation, frozen=True):
    """How far an agent got in a script, said whole each time: the newest ``at_us`` stays.

    ``left`` is the step that this move left, ``answer`` what was chosen there (never what was typed).
    """

    run_id: UUID
    interaction_id: UUID
    script_id: UUID
    number: int  # of the version
    begun_us: int
    place: str
    step: int
    body: str  # JSON; core/scripts/runner.py, Run
    finished: bool = False
    left: str = ""
    spent_ms: int = 0
    answered: bool = False
    answer: str = ""

    def said(self) -> dict[str, Any]:
        """The run as JSON values; empty for one that was erased."""
        found = msgspec.json.decode(self.body or "{}")
        return found if isinstance(found, dict) else {}


class RecordIdentityAttempt(Operation, frozen=True):
    """A caller was asked something that only they should know: what, and whether it was right; never the answer."""

    interaction_id: UUID
    customer_id: UUID | None
    question: str
    right: bool


class SetIdentityAnswer(Operation, frozen=True):
    """What a customer wants to be known by from now on: a date of birth (ISO), a security word."""

    customer_id: UUID
    question: str
    answer: str


AnyOperation = (
    SaveInteraction
    | LinkCustomer
    | SaveLeg
    | SaveRecording
    | SaveNote
    | CompleteWrapUp
    | SaveCustomer
    | MergeCustomers
    | UndoMerge
    | SetApart
    | SetConsent
    | OpenTicket
    | UpdateTicket
    | ScheduleCallback
    | AddMissedCall
    | FinishWork
    | SetPresence
    | RecordView
    | RecordException
    | RecordExport
    | UseArticle
    | RecordIdentityAttempt
    | SetIdentityAnswer
    | SaveScriptRun
)


def encode(operation: AnyOperation) -> bytes:
    """JSON, as it stands in the journal."""
    return msgspec.json.encode(operation)


_decoder = msgspec.json.Decoder(AnyOperation)


def decode(text: bytes) -> AnyOperation:
    """Raises msgspec.ValidationError for an operation a newer program wrote."""
    operation: AnyOperation = _decoder.decode(text)
    return operation
