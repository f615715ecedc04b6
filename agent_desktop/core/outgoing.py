"""Every call that this desktop places, consults or transfers: the gate is asked first, here and nowhere else."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from agent_desktop.core import dialling
from agent_desktop.core.call import Call
from agent_desktop.core.calls import Calls
from agent_desktop.core.transfers import Transfers
from agent_desktop.core.views import Notice


class Outgoing(QObject):
    """``line`` tells how calls leave now, given where plain numbers go in direct mode. Signals: notice(Notice),
    question(dialling.Ask, Callable) before a call that needs the agent's word: calling it means yes."""

    notice = Signal(object)
    question = Signal(object, object)

    def __init__(self, calls: Calls, transfers: Transfers, line: Callable[[str], dialling.Line]):
        super().__init__()
        self._calls, self._transfers = calls, transfers
        self.direct_peer = ""  # host:port that plain numbers go to in direct mode (the practice switch)
        checks = [dialling.only_once(lambda: calls.book), dialling.premium_rate]
        self.gate = dialling.Gate(lambda: line(self.direct_peer), checks)

    def dial(
        self, text: str, name: str = "", customer_id: UUID | None = None, agreed: frozenset[str] = frozenset()
    ) -> Call | None:
        """Call a number or SIP address; None after a notice or question. Every way to dial comes through here."""
        allowed = self.allowed(text, lambda more: self.dial(text, name, customer_id, more), agreed)
        return self._calls.dial(allowed.target, allowed.number, name, customer_id) if allowed is not None else None

    def transfer(self, text: str, agreed: frozenset[str] = frozenset()) -> None:
        """Blind transfer of the emphasised call to a number or SIP address."""
        allowed = self.allowed(text, lambda more: self.transfer(text, more), agreed)
        if allowed is not None:
            self._transfers.blind(allowed.target)

    def consult(self, text: str, name: str = "", agreed: frozenset[str] = frozenset()) -> Call | None:
        """Hold the emphasised call and ask somebody about it; None after a notice or question."""
        allowed = self.allowed(text, lambda more: self.consult(text, name, more), agreed)
        return self._transfers.consult(allowed.target, allowed.number, name) if allowed is not None else None

    def allowed(
        self, text: str, again: Callable[[frozenset[str]], object], agreed: frozenset[str] = frozenset()
    ) -> dialling.Allowed | None:
        """What the gate lets out for ``text``; else None, after a notice why not, or a ``question`` that may lead to
        ``again`` with what has been agreed to then."""
        verdict = self.gate.check(dialling.Request(text, agreed))
        if isinstance(verdict, dialling.Ask):
            self.question.emit(verdict, lambda: again(agreed | {verdict.check}))
        elif isinstance(verdict, dialling.Refused):
            self.notice.emit(Notice(". ".join(part for part in (verdict.reason, verdict.advice) if part), "warn"))
        return verdict if isinstance(verdict, dialling.Allowed) else None

    def way_to(self, number: str) -> str:
        """What the engine is told for a number out of the settings; empty after a notice."""
        verdict = self.gate.check(dialling.Request(number))
        if isinstance(verdict, dialling.Refused):
            self.notice.emit(Notice(verdict.reason, "warn"))
        return verdict.target if isinstance(verdict, dialling.Allowed) else ""
