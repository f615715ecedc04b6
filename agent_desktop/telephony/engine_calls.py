"""All calls of the engine: takes commands, listens to the legs, and says what happened."""

import contextlib
import logging
import re
import secrets
import time
from collections.abc import Callable
from typing import TypeVar

import pjsua2 as pj

from agent_desktop import clock
from agent_desktop.telephony import messages, sip_message
from agent_desktop.telephony.engine_call import (
    CannotDo,
    Leg,
    LegState,
    PhoneCall,
    call_options,
    dialog_tags,
    direction,
    one_line,
    reason_headers,
    sent_headers,
)
from agent_desktop.telephony.engine_conference import Conference
from agent_desktop.telephony.engine_hold import Holds
from agent_desktop.telephony.engine_media import MediaBridge
from agent_desktop.telephony.engine_stack import SipStack
from agent_desktop.telephony.engine_transfers import Transfers
from agent_desktop.telephony.trouble import Trouble

MOST_WANTED_CALLS = 3  # one of the library's four is for the call that we refuse
BURST = 15
CALLS_PER_S = 20.0
MOST_MEDIA = 3
GIVE_UP_DIALLING_S = 0.5
RING_AT_MOST_S = 180.0
BRIDGE_TAKES_S = 0.06  # three of its rounds, after which its connections are as ordered
MUTED_WITHIN_S = 0.5

_HOLDS = (pj.PJSUA_CALL_MEDIA_LOCAL_HOLD, pj.PJSUA_CALL_MEDIA_REMOTE_HOLD)
log = logging.getLogger("engine")
E = TypeVar("E", bound=messages.Event)


class Throttle:
    """Lets ``BURST`` through at once, then ``CALLS_PER_S``: the library's socket table overflows at about 50 a second.

    Waiting leaves further INVITEs in the socket's queue; the callers repeat what gets lost there.
    """

    def __init__(self) -> None:
        self._tokens = float(BURST)
        self._at = clock.monotonic()

    def take(self) -> None:
        now = clock.monotonic()
        self._tokens = min(float(BURST), self._tokens + (now - self._at) * CALLS_PER_S)
        self._at = now
        if self._tokens < 1:
            time.sleep((1 - self._tokens) / CALLS_PER_S)
        self._tokens -= 1


class Calls:
    """Owns every PhoneCall. ``emit`` sends an event; ``changed`` is called when one begins, is answered or ends."""

    def __init__(self, emit: Callable[..., messages.Event], changed: Callable[[], None]):
        self.calls: dict[str, PhoneCall] = {}
        self.stack: SipStack | None = None
        self.media: MediaBridge | None = None
        self.alone = False  # nobody could answer: new calls get 480
        self.most = MOST_WANTED_CALLS
        self.ring_at_most_s = RING_AT_MOST_S
        self._emit = emit
        self._arrived: list[tuple[PhoneCall, tuple[str, str, str]]] = []  # rung, but not yet told
        self.changed = changed
        self.told_alive: Callable[[str, int], None] = lambda _key, _code: None  # the other side of this call answers
        self.before_answer: Callable[[], None] = lambda: None  # a caller is about to be told that their call ended
        self._throttle = Throttle()
        self._rings = pj.CallOpParam()  # made once: a call waits for it
        self._rings.statusCode = pj.PJSIP_SC_RINGING
        self._fading: dict[str, PhoneCall] = {}  # given up by us, but the library still waits for the other side
        self._dead: list[PhoneCall] = []
        self._give_up: list[tuple[float, str]] = []
        self.transfers = Transfers(self)
        self.conference = Conference(self)
        self.holds = Holds(self)
        self._muting: dict[str, float] = {}  # ordered then; CallMuted waits for the bridge

    def emit(self, what: type[E], /, **values: object) -> messages.Event:
        """Say what happened, after the calls that arrived before it."""
        self.tell_arrived()
        return self._emit(what, **values)

    @property
    def room(self) -> bool:
        """Whether one more call may begin."""
        return len(self.calls) + len(self._fading) < self.most

    # ------------------------------------------------------------ what the desktop asks for

    def dial(self, command: messages.Dial) -> None:
        stack, media = self.running()
        if command.call_id in self.calls:
            raise CannotDo(Trouble.CALL_HAS_BEGUN)
        if not self.room:
            raise CannotDo(Trouble.TOO_MANY_CALLS, str(self.most))
        options = call_options(sent_headers(command.headers), with_media=True)
        if command.from_user or command.from_name:
            options.txOption.localUri = stack.local_uri(command.from_user, command.from_name)
        call = PhoneCall(command.call_id, "outbound", "dialling", target=command.target, headers=tuple(command.headers))
        uri = stack.uri(command.target, command.account)
        if command.play:
            media.play(call, command.play, loop=True)
        call.leg = Leg(stack.account_named(command.account), self, call.key)
        self.calls[call.key] = call
        try:
            call.leg.makeCall(uri, options)
        except pj.Error:
            self._forget(call)
            raise
        self.changed()

    def answer(self, command: messages.Answer) -> None:
        call = self.call(command.call_id)
        if call.state != "ringing" or call.voiceless:
            raise CannotDo(Trouble.NOT_RINGING)
        call.beep = command.beep
        options = pj.CallOpParam(True)
        options.statusCode = pj.PJSIP_SC_OK
        call.listening = command.listen
        if command.listen:
            direction(options, listening=True)
        self.leg(call).answer(options)

    def speak(self, command: messages.Speak) -> None:
        """Open the way for our voice, or close it again, and tell the other side by a re-INVITE."""
        _, media = self.running()
        call = self.talking(command.call_id)
        call.listening = not command.on
        media.mute(call)  # silent before the other side knows
        self.leg(call).reinvite(direction(pj.CallOpParam(True), listening=call.listening))

    def reject(self, command: messages.Reject) -> None:
        call = self.call(command.call_id)
        if call.state != "ringing" or not 300 <= command.code <= 699:
            raise CannotDo(Trouble.CANNOT_REJECT)
        call.ended_by = "local"
        self._refuse(self.leg(call), command.code, one_line(command.reason))

    def redirect(self, command: messages.Redirect) -> None:
        stack, _ = self.running()
        call = self.call(command.call_id)
        if call.state != "ringing":
            raise CannotDo(Trouble.CANNOT_REDIRECT)
        options = call_options((("Contact", f"<{stack.uri(command.target)}>"),))
        options.statusCode = pj.PJSIP_SC_MOVED_TEMPORARILY
        call.ended_by = "local"
        self.leg(call).answer(options)

    def hang_up(self, command: messages.HangUp) -> None:
        call = self.call(command.call_id)
        call.ended_by = call.ended_by or "local"
        if call.state == "dialling" and not call.progress:
            self._give_up.append((clock.monotonic() + GIVE_UP_DIALLING_S, call.key))
        self.leg(call).hangup(pj.CallOpParam())

    def mute(self, command: messages.Mute) -> None:
        call = self.call(command.call_id)
        for one in self.conference.members if call.joined else (call,):  # in a conference we are muted for all
            self.set_muted(one, command.on)

    def set_muted(self, call: PhoneCall, on: bool) -> None:
        """CallMuted follows when it is so."""
        _, media = self.running()
        call.muted = on
        media.mute(call)
        self._muting[call.key] = clock.monotonic()

    def send_digits(self, command: messages.SendDigits) -> None:
        leg = self.leg(self.talking(command.call_id))
        if not re.fullmatch(r"[0-9*#A-Da-d]{1,64}", command.digits):
            raise CannotDo(Trouble.NO_TONES)
        order = pj.CallSendDtmfParam()
        order.digits = command.digits
        order.method = pj.PJSUA_DTMF_METHOD_SIP_INFO if command.method == "info" else pj.PJSUA_DTMF_METHOD_RFC2833
        try:
            leg.sendDtmf(order)
        except pj.Error:  # the other side takes no telephone events
            if command.method == "info":
                raise
            order.method = pj.PJSUA_DTMF_METHOD_SIP_INFO
            leg.sendDtmf(order)

    def play(self, command: messages.Play) -> None:
        _, media = self.running()
        media.play(self.call(command.call_id), command.path, command.loop)

    def move(self) -> None:
        """Another network: tell the other sides, with a re-INVITE, where we and our voice are now."""
        for call in tuple(self.calls.values()):
            if call.talking:
                options = direction(pj.CallOpParam(True), listening=call.listening)
                options.opt.flag |= pj.PJSUA_CALL_REINIT_MEDIA | pj.PJSUA_CALL_UPDATE_CONTACT | pj.PJSUA_CALL_UPDATE_VIA
                with contextlib.suppress(pj.Error):  # one that is just being negotiated tells its address anyway
                    self.leg(call).reinvite(options)

    # ------------------------------------------------------------ the owner's turns

    def sweep(self) -> None:
        """Right after the library worked: tell who arrived, drop dead legs, and do what is overdue."""
        self.tell_arrived()
        for lost in [one for one in self.calls.values() if not self.leg(one).isActive()]:  # the library never said so
            lost.ended_by = lost.ended_by or "engine"
            self._end(lost, pj.PJSIP_SC_INTERNAL_SERVER_ERROR, "Lost")
        self._bury()
        now = clock.monotonic()
        self.holds.settle()
        self.transfers.settle()
        if self.media is not None:
            self.media.return_to_microphone(self.calls)
            self.media.mind_beeps(self.calls)
            self._confirm_mutes(self.media, now)
        while self._give_up and self._give_up[0][0] <= now:
            call = self.calls.get(self._give_up.pop(0)[1])
            if call is not None and not call.progress:
                self._fading[call.key] = call
                self._end(call, 487, "Request Terminated")
        for call in [one for one in self.calls.values() if one.state == "ringing"]:
            if not call.ended_by and (call.voiceless or now - call.began > self.ring_at_most_s):
                call.ended_by = "engine"
                with contextlib.suppress(pj.Error):
                    self._refuse(self.leg(call), pj.PJSIP_SC_TEMPORARILY_UNAVAILABLE, "")

    def give_up(
        self, call: PhoneCall, code: int = pj.PJSIP_SC_REQUEST_TIMEOUT, reason: str = "Nobody is there"
    ) -> None:
        """Hang up without waiting for the other side, which is not there."""
        self._fading[call.key] = call
        self._end(call, code, reason)
        with contextlib.suppress(pj.Error):
            self.leg(call).hangup(pj.CallOpParam())

    def _bury(self) -> None:
        """Drop dead legs, but none whose place another call has taken: dropping it would hang up that one."""
        if self._dead:
            taken = {self.leg(call).getId() for call in (*self.calls.values(), *self._fading.values())}
            self._dead = [call for call in self._dead if call.leg is not None and call.leg.getId() in taken]

    def _confirm_mutes(self, media: MediaBridge, now: float) -> None:
        for key, ordered in list(self._muting.items()):
            call = self.calls.get(key)
            if call is None:
                del self._muting[key]
            elif now - ordered > BRIDGE_TAKES_S:
                on = media.is_muted(call)
                if on == call.muted or now - ordered > MUTED_WITHIN_S:
                    del self._muting[key]
                    self.emit(messages.CallMuted, call_id=key, on=on)

    def send_levels(self, send: Callable[[messages.Message], None]) -> None:
        for call in self.calls.values():
            if call.talking and self.media is not None:
                microphone, speaker = self.media.levels(call)
                send(messages.Levels(call_id=call.key, microphone=microphone, speaker=speaker))

    def snapshots(self) -> tuple[messages.CallSnapshot, ...]:
        self.tell_arrived()
        return tuple(call.snapshot() for call in self.calls.values())

    def hang_up_all(self) -> None:
        for call in tuple(self.calls.values()):
            with contextlib.suppress(pj.Error, CannotDo):
                self.hang_up(messages.HangUp(call_id=call.key))

    def drop_all(self) -> None:
        """Before the library is destroyed: no leg may outlive it."""
        for call in tuple(self.calls.values()):
            call.ended_by = call.ended_by or "engine"
            self._end(call, 487, "Engine ended")
        self._fading.clear()
        self._dead.clear()
        self._give_up.clear()

    # ------------------------------------------------------------ what the account hears

    def account_incoming(self, pj_id: int, message: str, source: str, account: str) -> None:
        """An INVITE. 180 (or a refusal) goes out before anything is read.

        The library sends it once this has returned: what was received is read and told in ``tell_arrived``.
        """
        assert self.stack is not None
        self._throttle.take()
        call = PhoneCall(self.new_key(), "inbound", "ringing")
        call.leg = Leg(self.stack.account_named(account), self, call.key, pj_id)
        refusal = 480 if self.alone else 0 if self.room else 486
        if not refusal:
            call.leg.arriving = True
            call.leg.answer(self._rings)
        self.calls[call.key] = call
        call.refused = bool(refusal)
        self._arrived.append((call, (message, source, account)))
        if refusal:
            call.ended_by = "engine"
            self._refuse(call.leg, refusal, "")

    def tell_arrived(self) -> None:
        """Read and tell the calls that have rung (or were refused) since the last time."""
        while self._arrived:
            call, (message, source, account) = self._arrived.pop(0)
            self.leg(call).arriving = False
            call.incoming = self.say_incoming(call.key, message, source, account=account, refused=call.refused)
            call.sip_call_id = call.incoming.sip_call_id
            if not call.refused:
                self.changed()

    def account_rejected(self, code: int, message: str, source: str) -> None:
        """An INVITE that the library itself turned away, for instance as a fifth call: it leaves a record too."""
        if not message:
            return
        key = self.new_key()
        self.tell_arrived()
        self.say_incoming(key, message, source, refused=True)
        self.emit(messages.CallEnded, call_id=key, code=code, reason="", by="engine")

    # ------------------------------------------------------------ what the legs hear

    def leg_state(self, key: str, state: LegState) -> None:
        call = self.calls.get(key)
        if call is None:
            if state.state == pj.PJSIP_INV_STATE_DISCONNECTED and key in self._fading:
                self._dead.append(self._fading.pop(key))
            return
        call.sip_call_id = state.sip_call_id
        if state.message and state.state != pj.PJSIP_INV_STATE_DISCONNECTED:
            call.tags = dialog_tags(state.message, call.direction)
        if state.state == pj.PJSIP_INV_STATE_CALLING:
            self.emit(messages.Dialling, call_id=key, sip_call_id=state.sip_call_id)
        elif state.state == pj.PJSIP_INV_STATE_EARLY and call.direction == "outbound":
            self._progress(call, state)
        elif state.state in (pj.PJSIP_INV_STATE_CONNECTING, pj.PJSIP_INV_STATE_CONFIRMED) and not call.talking:
            call.state = "talking"
            call.answered_us = clock.now_us()
            self.emit(messages.CallAnswered, call_id=key)
            self.changed()
        elif state.state == pj.PJSIP_INV_STATE_DISCONNECTED:
            if state.message:
                call.reasons += reason_headers(state.message)
            if not call.ended_by:
                call.ended_by = "remote" if state.from_remote else "engine"
            code, reason = (pj.PJSIP_SC_OK, "Replaced") if call.replaced else (state.code, state.reason)
            if call.ended_by == "local" and call.answered_us is not None:
                code = pj.PJSIP_SC_OK  # before the caller's ACK the library names the code it would have refused with
            self._end(call, code, reason)

    def leg_cancelled(self, key: str, message: str) -> None:
        call = self.calls.get(key)
        if call is not None and call.direction == "inbound":
            call.reasons += reason_headers(message)
            call.ended_by = call.ended_by or "remote"
            if call.state == "ringing":  # the desktop first: the library sends its 487 once this has returned
                self._fading[call.key] = call
                self._end(call, pj.PJSIP_SC_REQUEST_TERMINATED, "Request Terminated")
                self.before_answer()

    def leg_lost_voice(self, key: str) -> None:
        """The library has taken its media away. Nobody could talk in it: it must not be answered, nor be when dialled.

        A caller is refused in ``sweep``, to be offered again; a call of ours ends at once, before its 200 is read.
        """
        call = self.calls.get(key)
        if call is None or call.talking or call.media != pj.PJSUA_CALL_MEDIA_NONE:
            return
        log.info("call %s: a late answer to another call has taken its voice", key)
        call.voiceless = True
        if call.direction == "outbound":
            call.ended_by = call.ended_by or "engine"
            self.give_up(call, pj.PJSIP_SC_SERVICE_UNAVAILABLE, "Voice lost")

    def leg_offer(self, media: int) -> bool:
        """Whether a re-INVITE with so many media is dealt with: the library opens sockets for each, as for a call."""
        self._throttle.take()
        return media <= MOST_MEDIA

    def leg_media(self, key: str, status: int, still: bool) -> None:
        """``still``: neither side sends anything."""
        call = self.calls.get(key)
        if call is None or self.media is None:
            return
        if call.listening and status in _HOLDS:  # so the library calls it that one side only hears
            status = pj.PJSUA_CALL_MEDIA_ACTIVE
        call.media = status
        self.media.join(call)
        local = status == pj.PJSUA_CALL_MEDIA_LOCAL_HOLD
        held = local or call.hold_refused
        if call.hold_changed(held):
            self.emit(messages.CallHeld if held else messages.CallResumed, call_id=key, by_remote=False)
        remote = status == pj.PJSUA_CALL_MEDIA_REMOTE_HOLD
        if local:  # while we hold, only a change of theirs says whether they do too
            remote = call.held_by_remote if self.holds.changing(key) else still
        if remote != call.held_by_remote:
            call.held_by_remote = remote
            self.emit(messages.CallHeld if remote else messages.CallResumed, call_id=key, by_remote=True)

    def leg_digit(self, key: str, digit: str) -> None:
        self.emit(messages.DigitReceived, call_id=key, digit=digit)

    def leg_is_there(self, key: str, code: int) -> None:
        """The answer to our question whether the call still exists."""
        self.told_alive(key, code)

    # ------------------------------------------------------------ inside

    def say_incoming(
        self, key: str, message: str, source: str, *, account: str = "", refused: bool = False, replaces: str = ""
    ) -> messages.IncomingCall:
        """IncomingCall; whoever arrived before has been told."""
        read = sip_message.read(sip_message.raw_bytes(message))
        event = self._emit(
            messages.IncomingCall,
            call_id=key,
            sip_call_id=read.first("Call-ID"),
            request_uri=read.request_uri,
            headers=read.headers,
            source=source,
            size=read.size,
            cut=read.cut,
            refused=refused,
            account=account,
            replaces=replaces,
        )
        assert isinstance(event, messages.IncomingCall)
        return event

    def _progress(self, call: PhoneCall, state: LegState) -> None:
        call.progress = True
        early = call.media == pj.PJSUA_CALL_MEDIA_ACTIVE
        self.emit(messages.CallProgress, call_id=call.key, code=state.code, reason=state.reason, early_media=early)

    def _end(self, call: PhoneCall, code: int, reason: str) -> None:
        self.emit(
            messages.CallEnded,
            call_id=call.key,
            code=code,
            reason=reason,
            by=call.ended_by or "engine",
            elsewhere=sip_message.completed_elsewhere(call.reasons),
            answered=call.answered_us is not None,
            hold_s=call.whole_hold_s(),
            voice=call.voice,
        )
        self._forget(call)
        self.conference.left(call)
        self.changed()

    def _forget(self, call: PhoneCall) -> None:
        self.calls.pop(call.key, None)
        if self.media is not None:
            self.media.forget(call)
        self._dead.append(call)

    @staticmethod
    def _refuse(leg: Leg, code: int, reason: str) -> None:
        options = pj.CallOpParam()
        options.statusCode = code
        options.reason = reason
        leg.answer(options)

    def running(self) -> tuple[SipStack, MediaBridge]:
        if self.stack is None or self.media is None:
            raise CannotDo(Trouble.NOT_READY)
        return self.stack, self.media

    def call(self, key: str) -> PhoneCall:
        call = self.calls.get(key)
        if call is None:
            raise CannotDo(Trouble.CALL_ENDED)
        return call

    def talking(self, key: str) -> PhoneCall:
        call = self.call(key)
        if not call.talking:
            raise CannotDo(Trouble.CALL_NOT_ANSWERED)
        return call

    @staticmethod
    def new_key() -> str:
        return secrets.token_hex(8)

    @staticmethod
    def leg(call: PhoneCall) -> Leg:
        assert call.leg is not None
        return call.leg
