"""People whom the agent calls: what each number does is decided by its last digit, so that anybody can choose.

| last digit | what happens |
|---|---|
| 7 | busy: 486 |
| 8 | no answer: rings until the agent gives up |
| 9 | no such number: 404 |
| anything else | rings, answers after 1.0 to 2.0 seconds (1 s + 0.2 s times the digit modulo 6) and speaks |
"""

from urllib.parse import unquote

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop.practice import callers
from agent_desktop.practice.talk import Talk
from agent_desktop.telephony import messages
from agent_desktop.telephony.phone import Phone

TALK_S = 240.0
HOLD_PATIENCE_S = 90.0


class Fate(msgspec.Struct, frozen=True):
    """What a dialled number does: ``kind`` is answered, busy, no_answer or unknown."""

    kind: str
    code: int = 0
    after_s: float = 0.0


def fate(number: str) -> Fate:
    """See the table above; what ends in no digit is answered after a second."""
    last = number[-1:] if number[-1:].isdecimal() else "0"
    match last:
        case "7":
            return Fate("busy", code=486)
        case "8":
            return Fate("no_answer")
        case "9":
            return Fate("unknown", code=404)
        case _:
            return Fate("answered", after_s=1.0 + 0.2 * (int(last) % 6))


def dialled_number(request_uri: str) -> str:
    """The user part of a SIP URI, without parameters."""
    _, _, rest = request_uri.partition(":")
    return unquote(rest.partition("@")[0].partition(";")[0])


class Callees(QObject):
    """Answers, or does not answer, the calls that the agent makes. Signals: ``reported`` (a report, see switch.py)."""

    reported = Signal(dict)

    def __init__(self, phone: Phone):
        super().__init__()
        self._phone = phone
        self._numbers: dict[str, str] = {}
        self._talks: dict[str, Talk] = {}

    @property
    def busy(self) -> bool:
        """Whether anybody is on the line."""
        return bool(self._numbers)

    def hang_up_all(self) -> None:
        """Everybody puts the receiver down."""
        for call_id in self._numbers:
            self._phone.hang_up(call_id)

    def engine_lost(self) -> None:
        """The engine died with all its calls."""
        for talk in self._talks.values():
            talk.stop()
        self._talks.clear()
        self._numbers.clear()

    def take(self, event: messages.Message) -> bool:
        """One message of the engine; whether it concerned a callee."""
        if isinstance(event, messages.IncomingCall):
            self._incoming(event)
            return True
        call_id = getattr(event, "call_id", "")
        if call_id not in self._numbers:
            return False
        match event:
            case messages.CallAnswered():
                self._phone.play(call_id, str(callers.callee_voice()), loop=True)
                self._talks[call_id] = Talk(TALK_S, HOLD_PATIENCE_S, lambda why: self._enough(call_id, why), self)
                self._report("answered", event)
            case messages.CallHeld(by_remote=True):
                self._talks[call_id].hold()
                self._report("held", event)
            case messages.CallResumed(by_remote=True):
                self._talks[call_id].resume()
                self._report("resumed", event)
            case messages.DigitReceived():
                self._report("digit", event)
            case messages.CallEnded():
                self._ended(event)
            case _:
                pass
        return True

    def _incoming(self, event: messages.IncomingCall) -> None:
        number = dialled_number(event.request_uri)
        destiny = fate(number)
        self._numbers[event.call_id] = number
        self._report("incoming", event, fate=destiny.kind, sip_call_id=event.sip_call_id)
        if event.refused:
            return
        if destiny.code:
            self._phone.reject(event.call_id, destiny.code)
        elif destiny.kind == "answered":
            QTimer.singleShot(round(destiny.after_s * 1000), self, lambda: self._answer(event.call_id))

    def _answer(self, call_id: str) -> None:
        if call_id in self._numbers:
            self._phone.answer(call_id)

    def _enough(self, call_id: str, why: str) -> None:
        self._phone.hang_up(call_id)
        self.reported.emit({"report": "hanging_up", "side": "callee", "call_id": call_id, "why": why})

    def _ended(self, event: messages.CallEnded) -> None:
        talk = self._talks.pop(event.call_id, None)
        if talk is not None:
            talk.stop()
            talk.deleteLater()
        if event.answered:
            name = "bye_received" if event.by == "remote" else "bye_sent"
        else:
            name = "cancelled" if event.by == "remote" else "rejected"
        self._report(name, event, code=event.code)
        del self._numbers[event.call_id]

    def _report(self, name: str, event: messages.Event, **more: object) -> None:
        call_id = event.call_id  # type: ignore[attr-defined]
        number = self._numbers[call_id]
        report = {"report": name, "side": "callee", "call_id": call_id, "number": number, "at_us": event.at_us}
        self.reported.emit(report | more)
