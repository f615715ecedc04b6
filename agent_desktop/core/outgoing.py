"""Every call that this desktop places, consults or transfers: the gate is asked first, here and nowhere else."""

from collections.abc import Callable
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from agent_desktop.core import dialling
from agent_desktop.core.call import Call
from agent_desktop.core.calls import Calls
from agent_desktop.core.transfers import Transfers
from agent_desktop.core.views import Notice

Placed = Callable[[Call], None]


class Outgoing(QObject):
    """``line`` tells how calls leave now, given where plain numbers go in direct mode. Signals: notice(Notice),
    question(dialling.Ask, Callable) before a call that needs the agent's word: calling it, with the reason where one
    is wanted, means yes; excepted(UUID of the customer, reason): yes was said to somebody who is not to be called."""

    notice = Signal(object)
    question = Signal(object, object)
    excepted = Signal(object, str)

    def __init__(self, calls: Calls, transfers: Transfers, line: Callable[[str], dialling.Line]):
        super().__init__()
        self._calls, self._transfers = calls, transfers
        self.direct_peer = ""  # host:port that plain numbers go to in direct mode (the practice switch)
        checks = [dialling.only_once(lambda: calls.book), dialling.premium_rate]
        self.gate = dialling.Gate(lambda: line(self.direct_peer), checks)

    def dial(
        self,
        text: str,
        name: str = "",
        customer_id: UUID | None = None,
        placed: Placed | None = None,
        purpose: str = "",
    ) -> Call | None:
        """Call a number or SIP address; None after a notice or question. Every way to dial comes through here.

        ``placed`` gets the call, also one that goes out after a question; ``purpose`` is why, where that is known.
        """
        return self._dial(dialling.Request(text, purpose=purpose), name, customer_id, placed)

    def _dial(self, wish: dialling.Request, name: str, customer_id: UUID | None, placed: Placed | None) -> Call | None:
        allowed = self.allowed(wish, lambda agreed: self._dial(agreed, name, customer_id, placed))
        if allowed is None:
            return None
        call = self._calls.dial(allowed.target, allowed.number, name, customer_id)
        if placed is not None:
            placed(call)
        return call

    def transfer(self, text: str) -> None:
        """Blind transfer of the emphasised call to a number or SIP address."""
        self._transfer(dialling.Request(text))

    def _transfer(self, wish: dialling.Request) -> None:
        allowed = self.allowed(wish, self._transfer)
        if allowed is not None:
            self._transfers.blind(allowed.target)

    def consult(self, text: str, name: str = "") -> Call | None:
        """Hold the emphasised call and ask somebody about it; None after a notice or question."""
        return self._consult(dialling.Request(text), name)

    def _consult(self, wish: dialling.Request, name: str) -> Call | None:
        allowed = self.allowed(wish, lambda agreed: self._consult(agreed, name))
        return self._transfers.consult(allowed.target, allowed.number, name) if allowed is not None else None

    def allowed(self, wish: dialling.Request, again: Callable[[dialling.Request], object]) -> dialling.Allowed | None:
        """What the gate lets out; else None, after a notice why not, or a ``question`` that may lead to ``again`` with
        what has been agreed to then."""
        verdict = self.gate.check(wish)
        if isinstance(verdict, dialling.Ask):
            self.question.emit(verdict, lambda reason="": self._said_yes(wish, verdict, reason, again))
        elif isinstance(verdict, dialling.Refused):
            self.notice.emit(Notice(". ".join(part for part in (verdict.reason, verdict.advice) if part), "warn"))
        return verdict if isinstance(verdict, dialling.Allowed) else None

    def _said_yes(
        self, wish: dialling.Request, asked: dialling.Ask, reason: str, again: Callable[[dialling.Request], object]
    ) -> None:
        if asked.wants_reason:
            if not reason.strip():
                return
            self.excepted.emit(asked.about, reason.strip())
        again(replace(wish, agreed=wish.agreed | {asked.check}))

    def way_to(self, number: str) -> str:
        """What the engine is told for a number out of the settings; empty after a notice."""
        verdict = self.gate.check(dialling.Request(number))
        if isinstance(verdict, dialling.Refused):
            self.notice.emit(Notice(verdict.reason, "warn"))
        return verdict.target if isinstance(verdict, dialling.Allowed) else ""
