"""Callers on the real line to the human: INVITE, ringing, talk, hold, and each one's end told to the practice day."""

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop import clock
from agent_desktop.core import trouble_words
from agent_desktop.practice import callers
from agent_desktop.practice.callers import Caller
from agent_desktop.practice.day import Day, Offer
from agent_desktop.practice.talk import Talk
from agent_desktop.telephony import messages
from agent_desktop.telephony.phone import Phone

RING_TIMEOUT_S = 20.0  # a planned call then goes to a colleague
HOLD_PATIENCE_S = 90.0
TYPES_S = 0.25
FIRST_ANSWER_S = 4.0  # the INVITE has then been repeated twice
RTP_EVERY_US = 1_000_000
DECLINED = (486, 600, 603)
# After a call the workstation needs a moment to write its presence; one that cannot be reached needs longer.
REST_S = 1.5
REST_AFTER_FAILURE_S = 10.0


class Terms(msgspec.Struct, frozen=True):
    """How a caller behaves on the line; seconds on the wall clock whatever the speed of the day."""

    patience_s: float
    talk_s: float
    hold_patience_s: float = HOLD_PATIENCE_S
    ring_timeout_s: float | None = RING_TIMEOUT_S  # None: nobody else is there to take the call
    headers: tuple[tuple[str, str], ...] = ()  # sent besides the usual ones
    types_s: float = TYPES_S  # for each digit in a menu


class OnLine:
    """One caller on the line; for menus a guest."""

    def __init__(self, phone: Phone, call_id: str, offer: Offer, caller: Caller, terms: Terms):
        self._phone = phone
        self.call_id = call_id
        self.offer = offer
        self.caller = caller
        self.terms = terms
        self.sent_us: int | None = None
        self.rang = False
        self.leaving = ""  # why we hang up: abandoned, ring_timeout, unreachable, done, hold, quit
        self.talk: Talk | None = None
        self.transferred = False
        self.loudest = (0.0, 0.0)  # from and to the agent, since the last report
        self.rtp_us = 0

    @property
    def linked_id(self) -> str:
        return self.offer.linked_id

    @property
    def person(self) -> int:
        return self.offer.person

    @property
    def types_s(self) -> float:
        return self.terms.types_s

    def leave_agent(self, music: str) -> None:
        """To a menu: the agent hears music instead."""
        if self.talk is not None:
            self.talk.leave()
        self._phone.play(self.call_id, music, loop=True)

    def come_back(self) -> None:
        """The agent hears them again."""
        if self.talk is not None:
            self.talk.come_back()
        self._phone.play(self.call_id, str(callers.voice(self.caller, self.offer.person)), loop=True)

    def hang_up(self) -> None:
        """Out of a menu."""
        self.leaving = self.leaving or "menu"
        self._phone.hang_up(self.call_id)


class Line(QObject):
    """All callers that ring or talk to the human. Signals: ``reported`` (a report, see switch.py); ``left`` (linked id,
    "agent" or "caller": who ended a talk)."""

    reported = Signal(dict)
    left = Signal(str, str)

    def __init__(self, phone: Phone, target: str, day: Day, catch_up: Callable[[], None]):
        super().__init__()
        self._phone = phone
        self._target = target
        self._day = day
        self._catch_up = catch_up  # brings the day to the present moment
        self._calls: dict[str, OnLine] = {}
        self._followed: set[str] = set()  # calls that began because the agent transferred a caller
        self.last_talk: Offer | None = None
        self.rest_until = 0.0  # on the monotonic clock: no planned call before

    @property
    def busy(self) -> bool:
        """Whether anybody rings or talks."""
        return bool(self._calls)

    @property
    def talking(self) -> bool:
        """Whether anybody talks."""
        return any(call.talk is not None for call in self._calls.values())

    def guest(self, linked_id: str) -> OnLine | None:
        """Who talks in the call of this linked id."""
        return next((call for call in self._calls.values() if call.linked_id == linked_id and call.talk), None)

    def ring(self, offer: Offer, caller: Caller, terms: Terms) -> str:
        """Send the INVITE; the call id by which reports name it."""
        withheld = (("Privacy", "id"),) if not caller.number else ()
        call_id = self._phone.dial(
            self._target,
            callers.handoff_headers(offer, caller, clock.now()) + terms.headers + withheld,
            play=str(callers.voice(caller, offer.person)),
            from_user=caller.number or "anonymous",
            from_name=caller.name,
        )
        call = self._calls[call_id] = OnLine(self._phone, call_id, offer, caller, terms)
        timeout_s = terms.patience_s
        why = "abandoned"
        if terms.ring_timeout_s is not None and terms.ring_timeout_s < terms.patience_s:
            timeout_s, why = terms.ring_timeout_s, "ring_timeout"
        QTimer.singleShot(round(timeout_s * 1000), self, lambda: self._stop_ringing(call, why))
        QTimer.singleShot(round(FIRST_ANSWER_S * 1000), self, lambda: self._give_up_silence(call))
        return call_id

    def hang_up_all(self, *, ringing_only: bool = False) -> None:
        """Every caller leaves, or those who still ring."""
        for call in self._calls.values():
            if call.talk is None or not ringing_only:
                call.leaving = call.leaving or ("quit" if call.talk else "abandoned")
                self._phone.hang_up(call.call_id)

    def take(self, event: messages.Message) -> bool:
        """One message of the engine; whether it concerned a caller."""
        call_id = getattr(event, "call_id", "")
        if call_id in self._followed:
            self._take_followed(event)
            return True
        call = self._calls.get(call_id)
        if call is None:
            return False
        match event:
            case messages.Dialling():
                call.sent_us = event.at_us
                self._report("invite_sent", call, event, sip_call_id=event.sip_call_id)
            case messages.CallProgress():
                call.rang = True
                self._report("ringing", call, event)
            case messages.CallAnswered():
                self._answered(call, event)
            case messages.CallHeld(by_remote=True) | messages.CallResumed(by_remote=True):
                self._held(call, event)
            case messages.TransferRequested():
                self._transferred(call, event)
            case messages.DigitReceived():
                self._report("digit", call, event)
            case messages.Levels():
                self._levels(call, event)
            case messages.CallEnded():
                self._ended(call, event)
            case messages.CommandFailed(command="Dial"):
                self._lost(call, trouble_words.say(event.trouble, event.detail))
            case _:
                pass
        return True

    def engine_lost(self) -> None:
        """The engine died with all its calls."""
        self._catch_up()
        self._followed.clear()
        for call in list(self._calls.values()):
            if call.talk is None:
                self._lost(call, "the engine died")
                continue
            if not call.transferred:
                self._day.completed(call.offer.visit_id, "caller")
            self.left.emit(call.linked_id, "caller")
            self._forget(call, REST_AFTER_FAILURE_S)

    # ------------------------------------------------------------ what happens to a call

    def _stop_ringing(self, call: OnLine, why: str) -> None:
        if call.call_id in self._calls and call.talk is None and not call.leaving:
            call.leaving = why
            self._phone.hang_up(call.call_id)

    def _give_up_silence(self, call: OnLine) -> None:
        """Nobody is there: over UDP nothing else tells, and the library would go on asking for half a minute."""
        if not call.rang:
            self._stop_ringing(call, "unreachable")

    def _answered(self, call: OnLine, event: messages.CallAnswered) -> None:
        self._catch_up()
        call.rtp_us = event.at_us
        self._day.answered(call.offer.visit_id)
        self.last_talk = call.offer
        call.talk = Talk(call.terms.talk_s, call.terms.hold_patience_s, lambda why: self._enough(call, why), self)
        self._report("answered", call, event)

    def _enough(self, call: OnLine, why: str) -> None:
        call.leaving = why
        self._phone.hang_up(call.call_id)

    def _held(self, call: OnLine, event: messages.CallHeld | messages.CallResumed) -> None:
        if call.talk is None:
            return
        self._catch_up()
        if isinstance(event, messages.CallHeld):
            call.talk.hold()
            self._day.held(call.offer.visit_id)
            self._report("held", call, event)
        else:
            call.talk.resume()
            self._day.resumed(call.offer.visit_id)
            self._report("resumed", call, event)

    def _transferred(self, call: OnLine, event: messages.TransferRequested) -> None:
        self._catch_up()
        call.transferred = True
        if call.talk is not None:
            call.talk.stop()
        self._followed.add(event.new_call_id)
        self._day.transferred(call.offer.visit_id, "blind", event.target)
        self._report("transferred", call, event, to=event.target)

    def _take_followed(self, event: messages.Message) -> None:
        if isinstance(event, messages.CallEnded):
            self._followed.discard(event.call_id)

    def _levels(self, call: OnLine, event: messages.Levels) -> None:
        call.loudest = max(call.loudest[0], event.speaker), max(call.loudest[1], event.microphone)
        now_us = clock.now_us()
        if now_us - call.rtp_us >= RTP_EVERY_US:
            call.rtp_us = now_us
            heard = {"from_agent": round(call.loudest[0], 3), "to_agent": round(call.loudest[1], 3)}
            self.reported.emit({"report": "rtp", "at_us": now_us, **self._name(call), **heard})
            call.loudest = 0.0, 0.0

    def _ended(self, call: OnLine, event: messages.CallEnded) -> None:
        self._catch_up()
        visit = call.offer.visit_id
        rest_s = REST_S
        if event.answered or call.talk is not None:
            self._report("bye_received" if event.by == "remote" else "bye_sent", call, event, why=call.leaving)
            if not call.transferred:
                self._day.completed(visit, "agent" if event.by == "remote" else "caller")
            self.left.emit(call.linked_id, "agent" if event.by == "remote" and not call.transferred else "caller")
        elif call.leaving == "ring_timeout":
            self._report("cancelled", call, event, why="ring_timeout")
            self._day.not_answered(visit, "timeout")
        elif call.leaving and call.leaving != "unreachable":
            self._report("cancelled", call, event, why="abandoned")
            self._day.abandoned(visit)
        elif event.code in DECLINED:
            self._report("rejected", call, event, code=event.code)
            self._day.not_answered(visit, "declined")
        else:
            self._report("failed", call, event, code=event.code, text=event.reason)
            self._day.not_answered(visit, "unreachable")
            rest_s = REST_AFTER_FAILURE_S
        self._forget(call, rest_s)

    def _lost(self, call: OnLine, text: str) -> None:
        self._catch_up()
        self.reported.emit({"report": "failed", "at_us": clock.now_us(), "text": text, **self._name(call)})
        self._day.not_answered(call.offer.visit_id, "unreachable")
        self._forget(call, REST_AFTER_FAILURE_S)

    def _forget(self, call: OnLine, rest_s: float) -> None:
        del self._calls[call.call_id]
        self.rest_until = clock.monotonic() + rest_s
        if call.talk is not None:
            call.talk.stop()
            call.talk.deleteLater()

    # ------------------------------------------------------------ reports

    def _name(self, call: OnLine) -> dict[str, Any]:
        return {
            "side": "caller",
            "call_id": call.call_id,
            "linked_id": call.offer.linked_id,
            "queue": call.offer.queue,
            "number": call.caller.number,
        }

    def _report(self, name: str, call: OnLine, event: messages.Event, **more: Any) -> None:
        report = {"report": name, "at_us": event.at_us, **self._name(call), **more}
        if call.sent_us is not None:
            report["ms"] = round((event.at_us - call.sent_us) / 1000, 1)  # since the INVITE
        self.reported.emit(report)
