"""Transfers: sends a caller on, by REFER, and lets the other side put a new dialog in the place of an old one."""

import logging
from typing import TYPE_CHECKING
from urllib.parse import quote

import pjsua2 as pj

from agent_desktop import clock
from agent_desktop.telephony import messages
from agent_desktop.telephony.engine_call import CannotDo, Leg, PhoneCall, call_options, sent_headers
from agent_desktop.telephony.trouble import Trouble

if TYPE_CHECKING:
    from agent_desktop.telephony.engine_calls import Calls

WITHIN_S = 60.0
log = logging.getLogger("engine")
Headers = tuple[tuple[str, str], ...]


class Transfers:
    """Of all calls of one engine; ``follow`` obeys a REFER of the other side (practice callers)."""

    def __init__(self, calls: "Calls"):
        self.follow = False
        self.within_s = WITHIN_S  # how long the other side may say nothing about a REFER
        self._silent: dict[str, float] = {}  # calls whose REFER is under way: when that was last heard of
        self._calls = calls
        self._replacing: dict[str, tuple[str, str]] = {}  # call_id -> the INVITE that is to take its place, its source

    # ------------------------------------------------------------ what the desktop asks for

    def transfer(self, command: messages.Transfer) -> None:
        """Blind: REFER to an address."""
        stack, _ = self._calls.running()
        call = self._calls.talking(command.call_id)
        target = stack.uri(command.target, self._calls.leg(call).account.name)
        self._refer(call, target, (), command.headers)

    def transfer_to_call(self, command: messages.TransferToCall) -> None:
        """Attended: REFER to the other side of a second call, which the new one replaces (RFC 3891, RFC 5589)."""
        stack, _ = self._calls.running()
        call, other = self._calls.talking(command.call_id), self._calls.talking(command.to_call_id)
        ours, theirs = other.tags
        if call is other:
            raise CannotDo(Trouble.TRANSFER_TO_ITSELF)
        if not ours or not theirs:
            raise CannotDo(Trouble.TRANSFER_TOO_EARLY)
        info = self._calls.leg(other).getInfo()
        # Behind a registrar everybody is reached through it; without one only the Contact is sure to lead there.
        target = stack.uri(_bare(info.remoteContact if not stack.configure.accounts else info.remoteUri))
        place = (("Replaces", f"{other.sip_call_id};to-tag={theirs};from-tag={ours}"), ("Require", "replaces"))
        self._refer(call, target, place, command.headers)
        call.transfer_to = other.key

    def _refer(self, call: PhoneCall, target: str, place: Headers, headers: Headers) -> None:
        """``headers`` go on the REFER, for an exchange, and into Refer-To, for the phone that calls the target."""
        headers = sent_headers(headers)
        carried = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in (*place, *headers))
        refer_to = f"<{target.partition('?')[0]}{'?' if carried else ''}{carried}>"
        self._calls.leg(call).xfer(refer_to, call_options(headers, with_media=True))
        self._silent[call.key] = clock.monotonic()

    def settle(self) -> None:
        """The owner's turn: a REFER of which nothing is heard any more has failed; the call can be used again."""
        for key, heard in list(self._silent.items()):
            if clock.monotonic() - heard > self.within_s:
                log.info("call %s: nobody says what became of its transfer", key)
                self.leg_status(key, messages.TRANSFER_UNHEARD, "", True)

    # ------------------------------------------------------------ what the legs hear

    def leg_status(self, key: str, code: int, reason: str, final: bool) -> None:
        call = self._calls.calls.get(key)
        if final or call is None:
            self._silent.pop(key, None)
        elif key in self._silent:
            self._silent[key] = clock.monotonic()
        if call is None:
            return
        self._calls.emit(messages.TransferProgress, call_id=key, code=code, reason=reason, final=final)
        if not final:
            return
        partner = self._calls.calls.get(call.transfer_to)
        call.transfer_to = ""
        if 200 <= code < 300:
            for one in (call, partner):
                if one is not None:
                    one.ended_by = one.ended_by or "engine"
                    self._calls.leg(one).hangup(pj.CallOpParam())

    def leg_request(self, key: str, target: str) -> Leg | None:
        """The other side wants us to call someone else. Only practice callers do as they are told."""
        calls = self._calls
        call = calls.calls.get(key)
        if call is None or not self.follow or not calls.room:
            return None
        new = PhoneCall(calls.new_key(), "outbound", "dialling", target=target)
        new.leg = Leg(calls.leg(call).account, calls, new.key)
        calls.calls[new.key] = new
        calls.emit(messages.TransferRequested, call_id=key, target=target, new_call_id=new.key)
        return new.leg

    def leg_to_be_replaced(self, key: str, message: str, source: str) -> None:
        self._replacing[key] = (message, source)

    def leg_replaced(self, key: str, pj_id: int) -> Leg | None:
        """The library has accepted an INVITE with Replaces: it answers the new dialog and ends the old one itself."""
        calls = self._calls
        message, source = self._replacing.pop(key)
        old = calls.calls.get(key)
        if old is None:  # it has just ended
            return None
        new = PhoneCall(calls.new_key(), "inbound", "ringing")
        account = calls.leg(old).account
        new.leg = Leg(account, calls, new.key, pj_id)
        calls.calls[new.key] = new
        calls.tell_arrived()
        new.incoming = calls.say_incoming(new.key, message, source, account=account.name, replaces=key)
        new.sip_call_id = new.incoming.sip_call_id
        new.state = "talking"
        new.answered_us = clock.now_us()
        calls.emit(messages.CallAnswered, call_id=new.key)
        old.replaced, old.ended_by = True, "remote"
        if old.held or old.parted:  # who was not to hear the agent must not because they have become another
            calls.holds.order(new, True)
        if calls.media is not None:
            calls.media.take_over(old, new)
        calls.conference.replaced(old, new)
        if old.muted:
            calls.set_muted(new, True)
        calls.emit(messages.CallReplaced, call_id=key, by_call_id=new.key)
        calls.changed()
        return new.leg


def _bare(address: str) -> str:
    """The URI alone, of a From, To or Contact value."""
    start, end = address.find("<"), address.rfind(">")
    return address[start + 1 : end] if 0 <= start < end else address.partition(";")[0]
