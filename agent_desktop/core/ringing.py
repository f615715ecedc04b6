"""What a ringing call does by itself: it may be answered for the agent, or go on to somebody else after a while."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from agent_desktop import clock
from agent_desktop.core.call import Call
from agent_desktop.core.calls import DECLINE_AFTER_US, Calls
from agent_desktop.core.states import CallState
from agent_desktop.settings import Phone as PhoneSettings

log = logging.getLogger("call")


class Ringing(QObject):
    """``settings`` gives the phone's, ``may_answer`` says whether the sender may ask for an answer and the agent is
    Ready without anything else to do, ``target`` what the engine is told to call for a number (empty: it cannot be).

    Auto-answer is asked for by whoever calls. It opens the microphone, so only peers that were opted in may.
    Signal: answered(Call) for the agent.
    """

    answered = Signal(object)

    def __init__(
        self,
        calls: Calls,
        settings: Callable[[], PhoneSettings],
        may_answer: Callable[[Call], bool],
        target: Callable[[str], str],
    ):
        super().__init__()
        self._calls, self._settings, self._may_answer, self._target = calls, settings, may_answer, target
        calls.began.connect(self._began)

    def to_voicemail(self, call_id: str = "") -> None:
        """Decline the given or the longest-ringing call and send the caller to the voicemail."""
        call = self._calls.ringing(call_id)
        voicemail = self._settings().voicemail
        if call is None or not voicemail:
            return
        if clock.now_us() - call.started_us >= DECLINE_AFTER_US:
            call.rejected = self._redirect(call, voicemail)

    @Slot(object)
    def _began(self, call: Call) -> None:
        if call.state is not CallState.RINGING or call.refused:
            return
        phone = self._settings()
        if call.auto_after_s is not None and self._may_answer(call):
            call.answers_us = call.started_us + round(call.auto_after_s * 1e6)
            self._at(call.answers_us, lambda: self._answer(call))
            self._calls.changed.emit()
        if phone.ring_timeout_s and (phone.ring_timeout_target or phone.voicemail):
            self._at(call.started_us + phone.ring_timeout_s * 1_000_000, lambda: self._time_out(call))

    def _at(self, moment_us: int, then: Callable[[], object]) -> None:
        QTimer.singleShot(max(0, (moment_us - clock.now_us()) // 1000), self, then)

    def _answer(self, call: Call) -> None:
        if call.state is not CallState.RINGING:
            return
        if not self._may_answer(call):  # the agent began something else meanwhile
            call.answers_us = None
            self._calls.changed.emit()
            return
        log.info("call %s is answered by itself", call.call_id)
        call.answered_itself, call.answers_us = True, None
        self._calls.phone.answer(call.call_id, beep=True)
        self._calls.book.emphasise(call.call_id)
        self._calls.changed.emit()
        self.answered.emit(call)

    def _time_out(self, call: Call) -> None:
        phone = self._settings()
        if call.state is CallState.RINGING:
            self._redirect(call, phone.ring_timeout_target or phone.voicemail)

    def _redirect(self, call: Call, number: str) -> bool:
        target = self._target(number)
        if target:
            call.redirected = number
            self._calls.keep(call)
            self._calls.phone.redirect(call.call_id, target)
        return bool(target)
