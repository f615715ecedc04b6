"""The calls of this workstation: engine events in; records to journal and views for the screen out. No Qt, no I/O."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

import msgspec

from agent_desktop import clock, numbers
from agent_desktop.core import call_quality, interaction_ids
from agent_desktop.core.call import CONSULT, outcome_of, take_over
from agent_desktop.core.call import Call as Call
from agent_desktop.core.handoff import caller_id_step, handoff_steps, said
from agent_desktop.core.states import CallState, may_follow
from agent_desktop.core.views import CallView
from agent_desktop.data import operations as op
from agent_desktop.data.ids import missed_call_id
from agent_desktop.data.words import Direction, Outcome
from agent_desktop.telephony import headers, messages
from agent_desktop.telephony.header_map import DEFAULT, HeaderMap

MAX_NAME = 120
_JOINABLE = (CallState.TALKING, CallState.HELD)


@dataclass
class CallBook:
    """``site`` and ``agent_id`` may become known later; ``queue_label`` turns a PBX queue name into its label."""

    site: UUID
    agent_id: UUID | None
    region: str
    trusted: Callable[[str], bool]
    queue_label: Callable[[str], str] = str
    colleague: Callable[[str], str] = str  # an extension, readable
    refer_words: Callable[[int, str], str] = "{} {}".format  # why a transfer failed, readable
    header_map: HeaderMap = DEFAULT
    secrets_dropped: Callable[[tuple[str, ...]], None] = lambda names: None  # headers that brought any
    calls: dict[str, Call] = field(default_factory=dict)
    emphasised: str | None = None

    # ------------------------------------------------------------ what runs

    def consult_of(self, call: Call) -> Call | None:
        """The running consult about a customer's call."""
        return next((one for one in self.running() if one.consult_for == call.call_id), None)

    def customers_call(self, call: Call) -> Call:
        """The call that a consult is about, while it runs; else the call itself."""
        about = self.calls.get(call.consult_for)
        return about if about is not None and about.state is not CallState.ENDED else call

    def joinable(self) -> tuple[Call, ...]:
        """The calls that a conference can be made of."""
        return tuple(call for call in self.running() if call.state in _JOINABLE)

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

    def want_mute(self, call: Call, on: bool) -> None:
        """The agent wants to be heard or not; in a conference by all."""
        for one in self.calls.values():
            if one is call or (call.joined and one.joined):
                one.mute_wanted = on

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

    def consulted(self, caller: Call, call_id: str, number: numbers.Number, name: str) -> Call:
        """We are about to ask somebody about a customer's call: one more leg of its interaction."""
        call = self.dialled(call_id, caller.interaction_id, number, name)
        call.purpose, call.consult_for = CONSULT, caller.call_id
        caller.transfer_trouble = ""
        return call

    def handle(self, event: messages.Event) -> Call | None:
        """Take one engine event in; the call it concerned, or None if it concerns none we know."""
        if isinstance(event, messages.IncomingCall):
            return self._incoming(event)
        if isinstance(event, messages.ConferenceChanged):
            return self._conference(event)
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
                call.mute_wanted = event.on if call.mute_wanted is None else call.mute_wanted
            case messages.TransferProgress():
                self._transfer_progress(call, event)
            case messages.VoiceTrouble():
                call.voice_trouble = event.kind
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
        call.mute_wanted, call.joined, call.referring = snapshot.muted, snapshot.joined, False
        call.voice_trouble, call.answers_us = snapshot.voice_trouble, None
        call.hold_known_us, call.hold_refused = clock.now_us(), snapshot.hold_refused
        call.held_us = call.hold_known_us if snapshot.held else None
        if call.answered_us is not None:
            call.outcome = call.outcome.merged(Outcome.ANSWERED)
        self.emphasise()
        return call

    def _incoming(self, event: messages.IncomingCall) -> Call:
        known = self.calls.get(event.call_id)
        if known is not None:  # told again after a restart
            return known
        trusted = self.trusted(event.source)
        handoff = headers.handoff(event.headers, self.header_map)
        before = self._replaced(event, handoff)
        call = Call(
            call_id=event.call_id,
            interaction_id=before.interaction_id if before is not None else self._identity(event, handoff, trusted),
            direction=Direction.INBOUND,
            state=CallState.RINGING,
            started_us=event.at_us,
            sip_call_id=event.sip_call_id,
            source=event.source,
            cut=event.cut,
            refused=event.refused,
            auto_after_s=headers.auto_answer_after(event.headers),
        )
        identity = headers.identity(event.headers, trusted)
        self._name(call, identity)
        if trusted:
            self._believe(call, event, identity, handoff)
        if before is not None:
            take_over(call, before)
            for consult in self.calls.values():
                if consult.consult_for == before.call_id:
                    consult.consult_for = call.call_id
        self.calls[event.call_id] = call
        self.emphasise(call.call_id if before is not None and before.call_id == self.emphasised else None)
        return call

    def _identity(self, event: messages.IncomingCall, handoff: headers.Handoff, trusted: bool) -> UUID:
        carried, linked = (handoff.interaction_id or "", handoff.linked_id or "") if trusted else ("", "")
        return interaction_ids.id_of_call(self.site, carried, linked, event.sip_call_id, event.at_us)

    def _replaced(self, event: messages.IncomingCall, handoff: headers.Handoff) -> Call | None:
        """The call whose place this one takes: only the other ends of it know what Replaces says."""
        if event.replaces in self.calls:
            return self.calls[event.replaces]
        names = [call for call in self.running() if call.sip_call_id and call.sip_call_id == handoff.replaces]
        return names[0] if names and event.replaces else None

    def _name(self, call: Call, identity: headers.CallerIdentity) -> None:
        """Who calls, from the identity headers."""
        call.withheld = identity.anonymous
        if identity.anonymous:
            return
        number = numbers.parse(identity.number, self.region)
        call.number, call.e164 = headers.clean(identity.number, 64), number.e164
        call.shown_number = numbers.display(number.e164 or identity.number, self.region)[:64]
        call.caller_name = headers.clean(identity.display_name, MAX_NAME)

    def _believe(
        self, call: Call, event: messages.IncomingCall, identity: headers.CallerIdentity, handoff: headers.Handoff
    ) -> None:
        """What only a trusted peer may say."""
        call.queue = headers.clean(handoff.queue or "", 80)
        call.wait_s = handoff.wait_s
        call.linked_id = headers.clean(handoff.linked_id or "", 128)
        call.account_number = headers.clean(handoff.account_number or "", 64)
        call.handoff = (*caller_id_step(identity), *handoff_steps(handoff, self.queue_label))
        call.said = said(handoff)
        if handoff.dropped:
            self.secrets_dropped(handoff.dropped)
        call.handed_on = headers.handed_on(event.headers, self.header_map)
        if handoff.referred_by:
            known = self.colleague(handoff.referred_by_user or "")
            call.referred_by = known if known != handoff.referred_by_user else handoff.referred_by
        if handoff.interaction_id and handoff.first_direction in (Direction.INBOUND, Direction.OUTBOUND):
            self._hand_over(call, handoff)

    def _hand_over(self, call: Call, handoff: headers.Handoff) -> None:
        """Another desktop's interaction goes on here: its number and direction stay what they were."""
        call.handed_over, call.first_direction = True, handoff.first_direction or ""
        call.wait_s = None  # it waited for the colleague, not for us
        if handoff.purpose == CONSULT:
            known = self.colleague(call.number)
            call.referred_by = known if known != call.number else call.caller_name or call.number
            call.purpose, call.remote, call.caller_name = CONSULT, call.number, ""
            call.number, call.e164, call.shown_number, call.withheld = "", None, "", True
        if handoff.first_number:
            number = numbers.parse(handoff.first_number, self.region)
            call.number, call.e164, call.withheld = handoff.first_number[:64], number.e164, False
            call.shown_number = numbers.display(number.e164 or handoff.first_number, self.region)[:64]

    def _conference(self, event: messages.ConferenceChanged) -> Call | None:
        members = [call for call in self.calls.values() if call.call_id in event.call_ids]
        before = [call for call in self.calls.values() if call.joined]
        for call in self.calls.values():
            call.joined = call.call_id in event.call_ids
            if call.joined and call not in before:
                call.mute_wanted = None  # who was not to hear us must not through the others: the engine sees to it
        return next(iter(members or before), None)

    def _transfer_progress(self, call: Call, event: messages.TransferProgress) -> None:
        done = event.final and 200 <= event.code < 300
        call.transferred = call.transferred or done
        if event.final:
            call.referring = False
            call.transfer_trouble = "" if done else self.refer_words(event.code, headers.clean(event.reason, 80))

    def _held(self, call: Call, event: messages.CallHeld) -> None:
        if event.by_remote:
            call.held_by_remote = True
        else:
            self._move(call, CallState.HELD)
            call.hold_refused = event.refused
            call.held_us = max(event.at_us, call.hold_known_us)

    def _resumed(self, call: Call, event: messages.CallResumed) -> None:
        if event.by_remote:
            call.held_by_remote = False
        else:
            if call.held_us is not None:
                call.hold_s += max(0, event.at_us - call.held_us) / 1e6
            call.held_us, call.hold_refused = None, False
            self._move(call, CallState.TALKING)

    def _ended(self, call: Call, event: messages.CallEnded) -> None:
        self._end(call, event.at_us)
        call.sip_code, call.sip_reason, call.ended_by = event.code, headers.clean(event.reason, 120), event.by
        call.hold_s = max(call.hold_s, event.hold_s)
        call.voice = event.voice or call.voice
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
        """The writes that bring the shared record of a call up to now; the same call again writes the same rows.

        A consult is a leg and no more: how it went says nothing about the customer's call.
        """
        found: list[op.AnyOperation] = [self._leg(call, now_us)]
        if call.is_consult:
            return found
        queue = call.queue or None
        found.insert(
            0,
            op.SaveInteraction(
                agent_id=self.agent_id,
                at_us=now_us,
                interaction_id=call.interaction_id,
                direction=call.first_direction or call.direction.value,
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
                # Whoever hands over has written what the exchange said; a transfer brings less of it.
                handoff=None if call.handed_over else tuple((s.label, s.value) for s in call.handoff) or None,
            ),
        )
        missed = call.outcome is Outcome.MISSED and not call.redirected
        if call.state is CallState.ENDED and missed and call.number:
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

    def _leg(self, call: Call, now_us: int) -> op.SaveLeg:
        leg = self._bare_leg(call, now_us)
        if call.voice is None:
            return leg
        quality = call_quality.of(call.voice)
        return msgspec.structs.replace(
            leg,
            codec=quality.codec,
            encrypted=quality.encrypted,
            mos=round(quality.mos, 3) if quality.mos is not None else None,
            loss=round(quality.loss, 5),
            jitter_ms=round(quality.jitter_ms, 2),
            round_trip_ms=quality.round_trip_ms,
        )

    def _bare_leg(self, call: Call, now_us: int) -> op.SaveLeg:
        return op.SaveLeg(
            agent_id=self.agent_id,
            at_us=now_us,
            leg_id=call.leg_id,
            interaction_id=call.interaction_id,
            direction=call.direction.value,
            started_us=call.started_us,
            answered_us=call.answered_us,
            ended_us=call.ended_us,
            outcome=call.outcome.value,
            remote=call.remote or call.number,
            sip_call_id=call.sip_call_id,
            sip_code=call.sip_code,
            sip_reason=call.sip_reason,
            ended_by=call.ended_by,
            hold_s=round(call.hold_s, 3),
            cut=call.cut,
            referred_by=call.referred_by,
            purpose=call.purpose,
        )

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
            hold_refused=call.hold_refused,
            muted=call.muted,
            queue=self.queue_label(call.queue) if call.queue else "",
            wait_s=call.wait_s,
            customer_id=call.customer_id,
            cut=call.cut,
            status=call.status,
            can_answer=call.state is CallState.RINGING,
            consult=call.is_consult,
            consult_for=call.consult_for,
            joined=call.joined,
            referring=call.referring,
            transfer_trouble=call.transfer_trouble,
            via=call.referred_by,
            answers_at=clock.from_us(call.answers_us) if call.answers_us else None,
            answered_itself=call.answered_itself,
            mute_alarm=call.mute_alarm,
            voice_trouble=call.voice_trouble,
        )
