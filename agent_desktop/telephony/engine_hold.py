"""Hold and resume: what was ordered is tried again until the other side, who may be changing the call too, agrees.

Nobody hears anybody from the moment of the order on, and it stays so if the other side refuses: a hold is a promise to
the agent, who talks to somebody else meanwhile.
"""

import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pjsua2 as pj

from agent_desktop import clock
from agent_desktop.telephony import messages
from agent_desktop.telephony.engine_call import PhoneCall
from agent_desktop.telephony.trouble import Trouble

if TYPE_CHECKING:
    from agent_desktop.telephony.engine_calls import Calls

AGAIN_AFTER_S = 0.05  # an ACK has not come yet, or a re-INVITE of theirs is under way
GIVE_UP_AFTER_S = 12.0
_CHALLENGES = (401, 407)  # the library answers these by itself
_GLARE = 491


@dataclass
class _Order:
    held: bool
    until: float
    at: float = 0.0  # not before then
    sent: bool = False  # as a re-INVITE that has not been answered


class Holds:
    """The orders of all calls of one engine that were not carried out yet."""

    def __init__(self, calls: "Calls"):
        self._calls = calls
        self._orders: dict[str, _Order] = {}
        self._busy: set[str] = set()  # a re-INVITE of ours waits for its answer

    def hold(self, command: messages.Hold) -> None:
        self.order(self._calls.talking(command.call_id), True)

    def resume(self, command: messages.Resume) -> None:
        self.order(self._calls.talking(command.call_id), False)

    def order(self, call: PhoneCall, held: bool) -> None:
        """Put it on hold or take it back, as soon as that is possible."""
        media = self._calls.media
        if media is not None and held:
            media.part(call)
        elif media is not None and call.parted:
            call.parted = False
            media.join(call)
        if call.hold_refused and not held:  # the other side knows of no hold
            call.hold_refused = False
            self._orders.pop(call.key, None)
            call.hold_changed(False)
            self._calls.emit(messages.CallResumed, call_id=call.key, by_remote=False)
            return
        self._orders[call.key] = _Order(held, clock.monotonic() + GIVE_UP_AFTER_S)
        self.settle()

    def changing(self, key: str) -> bool:
        """Whether a re-INVITE of ours is waiting for its answer."""
        return key in self._busy

    def settle(self) -> None:
        """The owner's turn: try what could not be done before."""
        now = clock.monotonic()
        for key, order in list(self._orders.items()):
            call = self._calls.calls.get(key)
            if call is None:
                self._busy.discard(key)
            elif order.sent or key in self._busy or (now < order.at and call.held != order.held):
                continue
            elif call.held != order.held:
                if self._try(call, order, now):
                    continue
                self._refused(call, held=order.held)
            del self._orders[key]

    def leg_answered(self, key: str, code: int) -> None:
        """The final answer to a re-INVITE of ours."""
        if code in _CHALLENGES:
            return
        self._busy.discard(key)
        order, call = self._orders.get(key), self._calls.calls.get(key)
        if order is None or call is None or not order.sent:
            return
        if code == _GLARE:  # they were changing the call at the same moment: who waits how long, RFC 3261 §14.1
            order.sent = False
            wait_s = random.uniform(2.1, 4.0) if call.direction == "outbound" else random.uniform(0.0, 2.0)
            order.at = clock.monotonic() + wait_s
            return
        del self._orders[key]
        if code >= 300:
            self._refused(call, held=order.held)

    def _try(self, call: PhoneCall, order: _Order, now: float) -> bool:
        """Send the re-INVITE, now or later; False if it has taken too long already."""
        leg = self._calls.leg(call)
        options = pj.CallOpParam(True)
        try:
            if order.held:
                leg.setHold(options)
            else:
                options.opt.flag |= pj.PJSUA_CALL_UNHOLD  # without it the media stays dropped
                leg.reinvite(options)
        except pj.Error:
            order.at = now + AGAIN_AFTER_S
            return now < order.until
        order.sent, order.at = True, math.inf
        self._busy.add(call.key)
        return True

    def _refused(self, call: PhoneCall, *, held: bool) -> None:
        trouble = Trouble.HOLD_REFUSED if held else Trouble.RESUME_REFUSED
        self._calls.emit(messages.EngineTrouble, kind="call", trouble=trouble)
        if held:
            call.hold_refused = True
            call.hold_changed(True)
            self._calls.emit(messages.CallHeld, call_id=call.key, by_remote=False, refused=True)
