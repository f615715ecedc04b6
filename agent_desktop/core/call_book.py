"""The calls of this workstation: engine events in; records to journal and views for the screen out. No Qt, no I/O."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from agent_desktop import clock, numbers
from agent_desktop.core import interaction_ids
from agent_desktop.core.states import CallState, may_follow
from agent_desktop.core.views import CallView, HandoffStep
from agent_desktop.data import operations as op
from agent_desktop.data.ids import missed_call_id
from agent_desktop.data.words import Direction, Outcome
from agent_desktop.telephony import headers, messages

MAX_NAME = 120
_BUSY = {486, 600}
_NO_ANSWER = {408, 480, 487}


@dataclass
class Call:
    """One call as this desktop knows it; lives until its wrap-up is done or it needs none."""

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
    linked_id: str = ""
    account_number: str = ""
    handoff: tuple[HandoffStep, ...] = ()
    source: str = ""
    sip_call_id: str = ""
    answered_us: int | None = None
    ended_us: int | None = None
    held_us: int | None = None
    held_by_remote: bool = False
    muted: bool = False
    hold_s: float = 0.0
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
    def name(self) -> str:
        return self.customer_name or self.caller_name or self.shown_number or "Withheld number"

    @property
    def leg_id(self) -> UUID:
        """Known from the first moment: our own dialling has no SIP Call-ID until the engine has said it."""
        inbound = self.direction is Direction.INBOUND
        return interaction_ids.leg_id(self.interaction_id, self.sip_call_id if inbound else self.call_id)


@dataclass
class CallBook:
    """``site`` and ``agent_id`` may become known later; ``queue_label`` turns a PBX queue name into its label."""

    site: UUID
    agent_id: UUID | None
    region: str
    trusted: Callable[[str], bool]
    queue_label: Callable[[str], str] = str
    calls: dict[str, Call] = field(default_factory=dict)
    emphasised: str | None = None

    # ------------------------------------------------------------ what runs

    def running(self) -> list[Call]:
        """Calls not ended, oldest first."""
        return [call for call in self.calls.values() if call.state is not CallState.ENDED]

    def current(self) -> Call | None:
        """The call the keys act on."""
        if self.emphasised is not None:
            call = self.calls.get(self.emphasised)
            if call is not None and call.state is not CallState.ENDED:
                return call
        return None

    def ringing(self) -> Call | None:
        """The incoming call that has rung longest."""
        return next((call for call in self.running() if call.state is CallState.RINGING), None)

    def emphasise(self, call_id: str | None = None) -> None:
        """Choose the call the keys act on: the given one, else talking before dialling, ringing, held."""
        if call_id is not None and call_id in self.calls:
            self.emphasised = call_id
            return
        if self.current() is not None:
            return
        order = [CallState.TALKING, CallState.DIALLING, CallState.RINGING, CallState.HELD]
        running = sorted(self.running(), key=lambda call: order.index(call.state))
        self.emphasised = running[0].call_id if running else None

    def forget(self, call_id: str) -> None:
        self.calls.pop(call_id, None)

    # -------------------------------------------------------- what happened

    def dialled(self, call_id: str, interaction_id: UUID, number: numbers.Number, name: str) -> Call:
        """We are about to call; the record begins now, before the engine has said a word."""
        call = Call(
            call_id=call_id,
            interaction_id=interaction_id,
            direction=Direction.OUTBOUND,
            state=CallState.DIALLING,
            started_us=clock.now_us(),
            number=number.raw,
            e164=number.e164,
            shown_number=numbers.display(number.e164 or number.raw, self.region),
            customer_name=name,
        )
        self.calls[call_id] = call
        self.emphasise(call_id)
        return call

    def handle(self, event: messages.Event) -> Call | None:
        """Take one engine event in; the call it concerned, or None if it concerns none we know."""
        if isinstance(event, messages.IncomingCall):
            return self._incoming(event)
        call = self.calls.get(getattr(event, "call_id", ""))
        if call is None:
            return None
        match event:
            case messages.Dialling():
                call.sip_call_id = event.sip_call_id
            case messages.CallProgress():
                call.status = "ringing" if event.code in (180, 183) else "calling"
            case messages.CallAnswered():
                self._move(call, CallState.TALKING)
                call.answered_us = call.answered_us or event.at_us
                call.outcome = call.outcome.merged(Outcome.ANSWERED)
            case messages.CallHeld():
                self._held(call, event)
            case messages.CallResumed():
                self._resumed(call, event)
            case messages.CallMuted():
                call.muted = event.on
            case messages.TransferProgress():
                call.transferred = call.transferred or (event.final and 200 <= event.code < 300)
            case messages.CallEnded():
                self._ended(call, event)
            case _:
                return None
        self.emphasise()
        return call

    def lose(self, call: Call, at_us: int) -> None:
        """The engine is gone, and the call with it: it ended without our hearing how."""
        self._end(call, at_us)
        call.sip_reason = call.sip_reason or "the phone engine stopped"
        call.ended_by = "engine"
        call.outcome = call.outcome.merged(Outcome.FAILED)
        self.emphasise()

    def restore(self, snapshot: messages.CallSnapshot) -> Call:
        """A call that ran on while this desktop was away."""
        if snapshot.call_id not in self.calls:
            if snapshot.incoming is not None:
                self._incoming(snapshot.incoming)
            else:
                carried = next((value for name, value in snapshot.headers if name.lower() == "x-interaction-id"), "")
                identity = interaction_ids.id_of_call(self.site, carried, "", snapshot.call_id, snapshot.started_us)
                self.dialled(snapshot.call_id, identity, numbers.parse(snapshot.target, self.region), "")
        call = self.calls[snapshot.call_id]
        states = {"ringing": CallState.RINGING, "dialling": CallState.DIALLING, "talking": CallState.TALKING}
        call.state = CallState.HELD if snapshot.held else states.get(snapshot.state, CallState.TALKING)
        call.started_us, call.answered_us = snapshot.started_us, snapshot.answered_us
        call.muted, call.hold_s, call.held_by_remote = snapshot.muted, snapshot.hold_s, snapshot.held_by_remote
        call.held_us = clock.now_us() if snapshot.held else None
        if call.answered_us is not None:
            call.outcome = call.outcome.merged(Outcome.ANSWERED)
        self.emphasise()
        return call

    def _incoming(self, event: messages.IncomingCall) -> Call:
        known = self.calls.get(event.call_id)
        if known is not None:  # told again after a restart
            return known
        trusted = self.trusted(event.source)
        identity = headers.identity(event.headers, trusted)
        handoff = headers.handoff(event.headers)
        number = numbers.parse("" if identity.anonymous else identity.number, self.region)
        call = Call(
            call_id=event.call_id,
            interaction_id=interaction_ids.id_of_call(
                self.site,
                (handoff.interaction_id or "") if trusted else "",
                (handoff.linked_id or "") if trusted else "",
                event.sip_call_id,
                event.at_us,
            ),
            direction=Direction.INBOUND,
            state=CallState.RINGING,
            started_us=event.at_us,
            number="" if identity.anonymous else headers.clean(identity.number, 64),
            e164=number.e164,
            shown_number=""
            if identity.anonymous
            else numbers.display(number.e164 or identity.number, self.region)[:64],
            caller_name="" if identity.anonymous else headers.clean(identity.display_name, MAX_NAME),
            withheld=identity.anonymous,
            sip_call_id=event.sip_call_id,
            source=event.source,
            cut=event.cut,
            refused=event.refused,
        )
        if trusted:
            call.queue = headers.clean(handoff.queue or "", 80)
            call.wait_s = handoff.wait_s
            call.linked_id = headers.clean(handoff.linked_id or "", 128)
            call.account_number = headers.clean(handoff.account_number or "", 64)
            call.handoff = handoff_steps(handoff, self.queue_label)
        self.calls[event.call_id] = call
        self.emphasise()
        return call

    def _held(self, call: Call, event: messages.CallHeld) -> None:
        if event.by_remote:
            call.held_by_remote = True
        else:
            self._move(call, CallState.HELD)
            call.held_us = event.at_us

    def _resumed(self, call: Call, event: messages.CallResumed) -> None:
        if event.by_remote:
            call.held_by_remote = False
        else:
            if call.held_us is not None:
                call.hold_s += max(0, event.at_us - call.held_us) / 1e6
            call.held_us = None
            self._move(call, CallState.TALKING)

    def _ended(self, call: Call, event: messages.CallEnded) -> None:
        self._end(call, event.at_us)
        call.sip_code, call.sip_reason, call.ended_by = event.code, headers.clean(event.reason, 120), event.by
        call.hold_s = max(call.hold_s, event.hold_s)
        call.outcome = call.outcome.merged(outcome_of(call, event))

    def _end(self, call: Call, at_us: int) -> None:
        if call.held_us is not None:
            call.hold_s += max(0, at_us - call.held_us) / 1e6
            call.held_us = None
        call.ended_us = at_us
        self._move(call, CallState.ENDED)

    @staticmethod
    def _move(call: Call, state: CallState) -> None:
        if may_follow(call.state, state):
            call.state = state

    # ------------------------------------------------------------- records

    def records(self, call: Call, now_us: int) -> list[op.AnyOperation]:
        """The writes that bring the shared record of a call up to now; the same call again writes the same rows."""
        queue = call.queue or None
        found: list[op.AnyOperation] = [
            op.SaveInteraction(
                agent_id=self.agent_id,
                at_us=now_us,
                interaction_id=call.interaction_id,
                direction=call.direction.value,
                started_us=call.started_us,
                answered_us=call.answered_us,
                ended_us=call.ended_us,
                outcome=call.outcome.value,
                number=call.number or None,
                e164=call.e164,
                display_name=call.caller_name or None,
                queue=queue,
                wait_s=call.wait_s,
                linked_id=call.linked_id or None,
                customer_id=call.customer_id,
                handoff=tuple((step.label, step.value) for step in call.handoff) or None,
            ),
            op.SaveLeg(
                agent_id=self.agent_id,
                at_us=now_us,
                leg_id=call.leg_id,
                interaction_id=call.interaction_id,
                direction=call.direction.value,
                started_us=call.started_us,
                answered_us=call.answered_us,
                ended_us=call.ended_us,
                outcome=call.outcome.value,
                remote=call.number,
                sip_call_id=call.sip_call_id,
                sip_code=call.sip_code,
                sip_reason=call.sip_reason,
                ended_by=call.ended_by,
                hold_s=round(call.hold_s, 3),
                cut=call.cut,
            ),
        ]
        if call.state is CallState.ENDED and call.outcome is Outcome.MISSED and call.number:
            found.append(
                op.AddMissedCall(
                    agent_id=self.agent_id,
                    at_us=now_us,
                    work_id=missed_call_id(call.interaction_id),
                    interaction_id=call.interaction_id,
                    number=call.e164 or call.number,
                    customer_id=call.customer_id,
                    queue=queue,
                )
            )
        return found

    # --------------------------------------------------------------- views

    def views(self) -> tuple[CallView, ...]:
        """The running calls, oldest first."""
        return tuple(self.view(call) for call in self.running())

    def view(self, call: Call) -> CallView:
        return CallView(
            call_id=call.call_id,
            interaction_id=call.interaction_id,
            direction=call.direction,
            state=call.state,
            number=call.shown_number,
            name=call.name,
            started_at=clock.from_us(call.started_us),
            emphasised=call.call_id == self.emphasised,
            answered_at=clock.from_us(call.answered_us) if call.answered_us else None,
            held_since=clock.from_us(call.held_us) if call.held_us else None,
            held_by_remote=call.held_by_remote,
            muted=call.muted,
            queue=self.queue_label(call.queue) if call.queue else "",
            wait_s=call.wait_s,
            customer_id=call.customer_id,
            cut=call.cut,
            status=call.status,
            can_answer=call.state is CallState.RINGING,
        )


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
        return Outcome.MISSED if event.by == "remote" or event.code in _NO_ANSWER else Outcome.FAILED
    if call.cancelled:
        return Outcome.CANCELLED
    if event.code in _BUSY:
        return Outcome.BUSY
    if event.code in _NO_ANSWER:
        return Outcome.NO_ANSWER
    return Outcome.REJECTED if event.code == 603 else Outcome.FAILED


_STATION = re.compile(
    r"^(?P<at>\d{4}-\d\d-\d\dT[0-9:.]+(?:Z|[+-]\d\d:?\d\d))?\s*(?P<label>[^:]{1,60}):\s*(?P<value>.*)$"
)
_ASIDE = re.compile(r"^(?P<value>.*?)\s*\((?P<detail>[^()]*)\)$")
_ICONS = {"language": "globe", "dialled": "phone-incoming", "account": "contact", "pin": "shield-check", "menu": "list"}


def handoff_steps(handoff: headers.Handoff, queue_label: Callable[[str], str] = str) -> tuple[HandoffStep, ...]:
    """The caller's way to us, in the order it was taken.

    Stations that the IVR numbered ("X-IVR-1: 2026-11-21T21:40:30Z Language: Polish (pressed 2)") tell the whole way;
    without them it is put together from what the other headers say.
    """
    stations = [station(value) for label, value in handoff.ivr if label.isdecimal()]
    steps = list(stations)

    def add(label: str, value: str | None, detail: str = "") -> None:
        if value:
            steps.append(HandoffStep(label, headers.clean(value, 200), detail, icon=_icon(label)))

    if not stations:
        add("Dialled", handoff.called_number)
        for label, value in handoff.ivr:
            add(headers.clean(label, 60), value)
        add("Account", handoff.account_number)
    add("Diverted from", handoff.diverted_from)
    add("Transferred by", handoff.referred_by)
    if handoff.queue:
        waited = f"waited {int(handoff.wait_s) // 60}:{int(handoff.wait_s) % 60:02d}" if handoff.wait_s else ""
        steps.append(HandoffStep("Queue", queue_label(headers.clean(handoff.queue, 80)), waited, icon="users"))
    return tuple(steps)


def station(text: str) -> HandoffStep:
    """One numbered station of the IVR: an optional ISO time, what it was, what came of it, an aside in brackets."""
    text = headers.clean(text, 200)
    found = _STATION.match(text)
    if found is None:
        return HandoffStep(text, "", icon="route")
    aside = _ASIDE.match(found["value"])
    value, detail = (aside["value"], aside["detail"]) if aside else (found["value"], "")
    return HandoffStep(found["label"].strip(), value, detail, _local_clock(found["at"] or ""), _icon(found["label"]))


def _icon(label: str) -> str:
    return next((icon for word, icon in _ICONS.items() if word in label.casefold()), "route")


def _local_clock(iso: str) -> str:
    try:
        return datetime.fromisoformat(iso).astimezone().strftime("%H:%M:%S")
    except (ValueError, OverflowError):
        return ""
