"""One call as this desktop knows it, and how it ended. No Qt, no I/O."""

from dataclasses import dataclass
from uuid import UUID

from agent_desktop.core import interaction_ids
from agent_desktop.core.states import CallState
from agent_desktop.core.views import HandoffStep
from agent_desktop.data.words import Direction, Outcome
from agent_desktop.telephony import messages
from agent_desktop.told import told

CONSULT = "consult"  # the purpose of a call between colleagues about a customer's
_BUSY = {486, 600}
_NO_ANSWER = {408, 480, 487}


@dataclass
class Call:
    """Lives until its wrap-up is done or it needs none."""

    call_id: str
    interaction_id: UUID
    direction: Direction
    state: CallState
    started_us: int
    number: str = ""  # as received or dialled
    e164: str | None = None
    shown_number: str = ""
    caller_name: str = ""  # what the other phone says
    withheld: bool = False
    customer_name: str = ""
    customer_id: UUID | None = None
    queue: str = ""
    wait_s: float | None = None
    remote: str = ""  # who is at the other end, where that is not the customer
    purpose: str = ""  # CONSULT: between colleagues; the interaction is the customer's call
    consult_for: str = ""  # the customer's call that we consult somebody about
    referred_by: str = ""  # who sent the call on to us, readable
    handed_over: bool = False  # by another desktop, which has the interaction's beginning
    first_direction: str = ""  # of the interaction, where it is not this leg's
    handed_on: tuple[tuple[str, str], ...] = ()  # what goes along when it is transferred
    linked_id: str = ""
    account_number: str = ""
    handoff: tuple[HandoffStep, ...] = ()
    said: tuple[tuple[str, str], ...] = ()  # by the exchange, as fields and their values
    source: str = ""
    sip_call_id: str = ""
    answered_us: int | None = None
    ended_us: int | None = None
    held_us: int | None = None
    held_by_remote: bool = False
    hold_refused: bool = False  # held here only: the other side did not agree
    muted: bool = False
    mute_wanted: bool | None = None  # None: whatever is
    mute_alarm: bool = False  # what is sent has not been what is wanted for too long
    joined: bool = False  # in the conference
    referring: bool = False  # a transfer is under way
    transfer_trouble: str = ""  # why the last one failed
    auto_after_s: float | None = None  # the other side asks that it be answered by itself after so long
    answers_us: int | None = None  # it will be, then
    answered_itself: bool = False
    redirected: str = ""  # sent there unanswered
    voice: messages.Voice | None = None  # how it travels, or travelled
    voice_trouble: str = ""  # which direction is silent: a kind of messages.VoiceTrouble
    hold_s: float = 0.0
    hold_known_us: int = 0  # what was held until then stands in hold_s, though it may be told again
    cut: bool = False
    refused: bool = False
    rejected: bool = False
    cancelled: bool = False
    transferred: bool = False
    status: str = ""
    outcome: Outcome = Outcome.IN_PROGRESS
    sip_code: int | None = None
    sip_reason: str = ""
    ended_by: str = ""

    @property
    def is_consult(self) -> bool:
        return self.purpose == CONSULT

    @property
    def needs_wrap_up(self) -> bool:
        """Every customer's call that was spoken on, and every attempt of ours."""
        return not self.is_consult and (self.direction is Direction.OUTBOUND or self.answered_us is not None)

    @property
    def name(self) -> str:
        return self.customer_name or self.caller_name or self.shown_number or told("Withheld number")

    @property
    def leg_id(self) -> UUID:
        """Known from the first moment: our own dialling has no SIP Call-ID until the engine has said it."""
        inbound = self.direction is Direction.INBOUND
        return interaction_ids.leg_id(self.interaction_id, self.sip_call_id if inbound else self.call_id)


def take_over(call: Call, before: Call) -> None:
    """A new dialog in the place of one that is known: the same interaction, already answered."""
    call.state, call.answered_us, call.outcome = CallState.TALKING, call.started_us, Outcome.ANSWERED
    call.refused, call.auto_after_s, call.handed_over = False, None, before.handed_over
    call.first_direction = before.first_direction or before.direction.value
    kept: tuple[str, ...] = ("queue", "linked_id", "account_number", "handoff", "said", "handed_on")
    if before.consult_for:  # whom we ask has put us on to somebody else
        call.purpose, call.consult_for = before.purpose, before.consult_for
    else:
        kept = ("customer_id", "customer_name", *kept)
        call.purpose = "" if before.is_consult else before.purpose
    for name in kept:
        setattr(call, name, getattr(before, name) or getattr(call, name))
    for name in ("referred_by", "e164", "number", "shown_number", "caller_name"):
        setattr(call, name, getattr(call, name) or getattr(before, name))
    call.withheld = call.withheld and not call.number


def outcome_of(call: Call, event: messages.CallEnded) -> Outcome:
    """How a call ended, from its last SIP status and who ended it."""
    if call.transferred:
        return Outcome.TRANSFERRED
    if event.answered or call.answered_us is not None:
        return Outcome.ANSWERED
    if call.direction is Direction.INBOUND:
        if call.refused:
            return Outcome.REFUSED
        if event.elsewhere:
            return Outcome.ELSEWHERE
        if call.rejected:
            return Outcome.REJECTED
        if call.redirected:
            return Outcome.MISSED
        return Outcome.MISSED if event.by == "remote" or event.code in _NO_ANSWER else Outcome.FAILED
    if call.cancelled:
        return Outcome.CANCELLED
    if event.code in _BUSY:
        return Outcome.BUSY
    if event.code in _NO_ANSWER:
        return Outcome.NO_ANSWER
    return Outcome.REJECTED if event.code == 603 else Outcome.FAILED
