"""A call that goes on with somebody else: consult and hand over, blind transfer, conference, swapping between calls."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from agent_desktop import numbers
from agent_desktop.core import trouble_words
from agent_desktop.core.call import CONSULT, Call
from agent_desktop.core.call_words import how_it_went
from agent_desktop.core.calls import Calls
from agent_desktop.core.states import CallState
from agent_desktop.core.views import Notice
from agent_desktop.telephony import messages

log = logging.getLogger("call")
Headers = tuple[tuple[str, str], ...]

MAX_REFERRED = 600  # bytes of the handoff in a REFER, which says all of it twice and must stay below 4,000
_GOING = (CallState.TALKING, CallState.HELD)
_REFERS = ("Transfer", "TransferToCall")


def context(call: Call, *, purpose: str = "", room: int = 1_500) -> Headers:
    """What goes along with a call that is handed on: which interaction it is, how that began, and the handoff.

    ``room`` is how many bytes the handoff may take.
    """
    found = [("X-Interaction-Id", str(call.interaction_id))]
    if call.linked_id:
        found.append(("X-Call-Linkedid", call.linked_id))
    found.append(("X-Interaction-Direction", call.first_direction or call.direction.value))
    if call.e164 or call.number:
        found.append(("X-Interaction-Number", call.e164 or call.number))
    if purpose:
        found.append(("X-Interaction-Leg", purpose))
    for name, value in call.handed_on:
        room -= len(name) + len(value.encode()) + 4
        if room < 0:
            break
        found.append((name, value))
    return tuple(found)


class Transfers(QObject):
    """What is done with two and three calls at once. ``send_notes`` brings what was typed to the shared database, for
    whoever takes the call.

    The customer's call is the emphasised one, or the one that the emphasised consult is about. Signal: notice(Notice).
    """

    notice = Signal(object)

    def __init__(self, calls: Calls, send_notes: Callable[[], object]):
        super().__init__()
        self._calls, self._book, self._phone = calls, calls.book, calls.phone
        self._send_notes = send_notes
        self._book.refer_words = self._words
        self._taking_back: set[str] = set()  # consults that are being ended to talk with the customer again
        self._phone.event.connect(self._heard)  # after Calls, which connected first: the book knows it already
        self._phone.command_failed.connect(self._failed)
        calls.over.connect(self._over)

    # ------------------------------------------------------------------ asked for

    def consult(self, target: str, number: numbers.Number, name: str) -> Call | None:
        """Hold the customer and call somebody about them; None where there is nobody to hold, or a consult already."""
        caller = self._customers()
        if caller is None or self._book.consult_of(caller) is not None:
            return None
        self._send_notes()
        self._hold_all_but(None)
        call_id = self._phone.dial(target, context(caller, purpose=CONSULT))
        call = self._book.consulted(caller, call_id, number, name)
        self._tell(call)
        self._calls.record(call)
        return call

    def blind(self, target: str) -> bool:
        """Send the customer on without asking; False where nobody can be."""
        caller = self._customers()
        if caller is None or caller.referring:
            return False
        self._send_notes()
        self._refer(caller)
        self._phone.transfer(caller.call_id, target, context(caller, room=MAX_REFERRED))
        return True

    def complete(self) -> bool:
        """Hand the customer over to whom we consult: both calls end here once it worked, else both stay.

        In a conference of two it is how to leave: the two stay together.
        """
        pair = self._pair()
        if pair is None or pair[0].referring:
            return False
        caller, other = pair
        self._send_notes()
        self._refer(caller)
        self._phone.transfer_to_call(caller.call_id, other.call_id, context(caller, room=0))
        return True

    def take_back(self) -> bool:
        """End the consult and talk with the customer again."""
        caller = self._customers()
        consult = self._book.consult_of(caller) if caller is not None else None
        if caller is None or consult is None:
            return False
        consult.cancelled = consult.state is CallState.DIALLING
        self._calls.keep(consult)
        self._taking_back.add(consult.call_id)
        self._phone.hang_up(consult.call_id)
        self._talk_to(caller, ending=consult)
        return True

    def join(self) -> bool:
        """Everybody who is on the line hears everybody."""
        members = self._book.joinable()
        if len(members) < 2:
            return False
        for call in members:
            if call.state is CallState.HELD:
                self._phone.resume(call.call_id)
        self._phone.confer(tuple(call.call_id for call in members))
        return True

    def talk_to(self, call_id: str) -> None:
        """Make this call the one talked on: the others are held, but for those joined with it."""
        call = self._book.calls.get(call_id)
        if call is not None and call.state in _GOING:
            self._talk_to(call)

    def _talk_to(self, call: Call, ending: Call | None = None) -> None:
        """``ending`` is being hung up: there is nothing left to hold."""
        self._hold_all_but(call, ending)
        if call.state is CallState.HELD:
            self._phone.resume(call.call_id)
        self._book.emphasise(call.call_id)
        self._tell(call)

    def swap(self) -> None:
        """Talk to the other: the consult's or the customer's end, else the next call on hold."""
        current, running = self._book.current(), self._book.running()
        others = [call for call in running if call is not current and call.state in _GOING]
        if current is None or not others:
            return
        pair = [call for call in others if current.call_id == call.consult_for or call.call_id == current.consult_for]
        later = [call for call in others if running.index(call) > running.index(current)]
        self.talk_to((pair or later or others)[0].call_id)

    def choose_next(self) -> None:
        """Emphasise the next call, whatever its state."""
        running = self._book.running()
        current = self._book.current()
        if running:
            at = running.index(current) if current is not None else -1
            self._calls.emphasise(running[(at + 1) % len(running)].call_id)

    # ------------------------------------------------------------------ what happened

    @Slot(object)
    def _heard(self, event: messages.Event) -> None:
        call = self._book.calls.get(getattr(event, "call_id", ""))
        if call is None or not isinstance(event, messages.TransferProgress) or not call.transfer_trouble:
            return
        log.info("call %s was not transferred: %s", call.call_id, call.transfer_trouble)
        words = self.tr("{0} was not transferred: {1}. You still have the call.")
        self.notice.emit(Notice(words.format(call.name, call.transfer_trouble), "bad"))

    @Slot(object)
    def _failed(self, failed: messages.CommandFailed) -> None:
        call = self._book.calls.get(failed.call_id)
        if call is not None and failed.command in _REFERS:
            call.referring = False
            call.transfer_trouble = trouble_words.say(failed.trouble, failed.detail)
            self._tell(call)

    @Slot(object)
    def _over(self, call: Call) -> None:
        """A consult ended, whoever ended it, and the customer is still on hold: the keys act on that call now, and the
        microphone opens only when the agent takes it back."""
        caller = self._book.calls.get(call.consult_for)
        if call.call_id in self._taking_back:
            self._taking_back.remove(call.call_id)
            return
        if caller is None or caller.state not in _GOING:
            return
        if caller.referring or caller.transferred or self._book.consult_of(caller) is not None:
            return  # the consult has done its work, or goes on in another dialog
        self._book.emphasise(caller.call_id)
        self._calls.changed.emit()
        how = how_it_went(call) if call.ended_by != "local" else ""  # else they know
        waits = self.tr("{0} is still on hold.").format(caller.name) if caller.state is CallState.HELD else ""
        if text := " ".join(part for part in (how, waits) if part):
            self.notice.emit(Notice(text, "warn"))

    # ------------------------------------------------------------------ inside

    def _words(self, code: int, reason: str) -> str:
        if code == messages.TRANSFER_UNHEARD:
            return self.tr("the other side no longer says what became of it")
        return f"{code} {reason}".strip()

    def _customers(self) -> Call | None:
        current = self._book.current()
        call = self._book.customers_call(current) if current is not None else None
        return call if call is not None and call.state in _GOING else None

    def _pair(self) -> tuple[Call, Call] | None:
        """The customer and whom we consult, both on the line; without a consult the two of a conference."""
        caller = self._customers()
        if caller is None:
            return None
        other = self._book.consult_of(caller)
        if other is None and caller.joined:
            rest = [call for call in self._book.joinable() if call.joined and call is not caller]
            other = rest[0] if len(rest) == 1 else None
        return (caller, other) if other is not None and other.state in _GOING else None

    def _refer(self, call: Call) -> None:
        call.referring, call.transfer_trouble = True, ""
        self._tell(call)

    def _hold_all_but(self, chosen: Call | None, ending: Call | None = None) -> None:
        for other in self._book.running():
            together = chosen is not None and chosen.joined and other.joined
            if other is not chosen and other is not ending and not together and other.state is CallState.TALKING:
                self._phone.hold(other.call_id)

    def _tell(self, call: Call) -> None:
        self._calls.keep(call)
        self._calls.changed.emit()
