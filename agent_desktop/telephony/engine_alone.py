"""An engine that no desktop drives must not live on for nobody: which of its calls are still talked on, and for how
long it stays."""

import contextlib
import logging
from collections.abc import Callable

import pjsua2 as pj

from agent_desktop import clock
from agent_desktop.telephony import messages
from agent_desktop.telephony.engine_call import PhoneCall
from agent_desktop.telephony.engine_calls import Calls

LOOK_EVERY_S = 0.25
_NO_SUCH_CALL = (408, 481)
log = logging.getLogger("engine")


class Solitude:
    """Asked again and again while no desktop is there. ``folder_is_ours``: whether one could find this engine."""

    def __init__(self, calls: Calls, folder_is_ours: Callable[[], bool]):
        self._calls = calls
        self._folder_is_ours = folder_is_ours
        self._found_at = clock.monotonic()  # when a desktop could last have found us
        self._last_call = self._found_at
        self._alive: dict[str, tuple[float, int]] = {}  # when a call last showed life, and the packets heard until then
        self._asked: dict[str, float] = {}

    def reset(self) -> None:
        """A desktop is there."""
        self._found_at = clock.monotonic()
        self._alive.clear()
        self._asked.clear()

    def call_changed(self) -> None:
        """A call has begun, was answered or has ended."""
        self._last_call = clock.monotonic()

    def answered(self, key: str, code: int) -> None:
        """The other side has answered whether it is still there."""
        if key in self._alive and code not in _NO_SUCH_CALL:
            self._alive[key] = clock.monotonic(), self._alive[key][1]

    def over(self, configure: messages.Configure, alone_since: float) -> bool:
        """Whether the engine should end now; hangs up calls that nobody is in any more."""
        now = clock.monotonic()
        if self._folder_is_ours():
            self._found_at = now
        elif now - self._found_at >= configure.alone_exit_s:
            log.info("no desktop, and its folder is gone: ending")
            return True
        if self._calls.calls and now - alone_since >= configure.alone_at_most_s:
            log.info("no desktop for %.0f s: ending, calls or not", now - alone_since)
            return True
        for call in tuple(self._calls.calls.values()):
            if call.state != "ringing":  # that ends by itself
                self._look_at(call, now, configure.alone_call_s)
        if self._calls.calls or now - max(alone_since, self._last_call) < configure.alone_exit_s:
            return False
        log.info("no desktop and no call: ending")
        return True

    def _look_at(self, call: PhoneCall, now: float, patience_s: float) -> None:
        heard = call.voice.received if call.voice is not None else 0
        at, before = self._alive.setdefault(call.key, (now, heard))
        if heard != before:
            self._alive[call.key] = now, heard
        elif now - at >= patience_s:
            log.info("call %s: nobody is there any more, hanging up", call.key)
            call.ended_by = call.ended_by or "engine"
            self._calls.give_up(call)
        elif call.talking and now - self._asked.get(call.key, at) >= patience_s / 4:
            self._asked[call.key] = now
            self._ask(call)

    @staticmethod
    def _ask(call: PhoneCall) -> None:
        """On hold no voice comes: OPTIONS within the call is answered by whoever still has it."""
        question = pj.CallSendRequestParam()
        question.method = "OPTIONS"
        if call.leg is not None:
            with contextlib.suppress(pj.Error):
                call.leg.sendRequest(question)
