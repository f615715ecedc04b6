"""Listening in on a colleague: the PBX calls this desk because it was asked to, and that call is no interaction.

It never reaches the book of calls: no record, no pop, no wrap-up, no missed call, no figure. It is answered by itself
only if this desk asked for exactly that request a moment ago and the peer is trusted.
"""

import logging
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from agent_desktop import clock
from agent_desktop.core.calls import Calls
from agent_desktop.core.states import CallState
from agent_desktop.core.supervision import Asked, Supervision
from agent_desktop.data.words import RequestKind, RequestState
from agent_desktop.telephony import headers, messages

log = logging.getLogger("call")

VALID_S = 30.0
MODES = ("listen", "whisper", "barge")
_KEYS = {"listen": "4", "whisper": "5", "barge": "6"}  # of ChanSpy
_BUSY = (CallState.TALKING, CallState.DIALLING, CallState.HELD, CallState.RINGING)


class MonitorView(msgspec.Struct, frozen=True):
    """Whom we listen to. ``state``: asked, listening. ``wanted``: the mode on its way, if another one."""

    agent_id: UUID
    name: str
    mode: str
    state: str = "asked"
    since: float = 0.0  # monotonic seconds
    wanted: str = ""


class Monitoring(QObject):
    """Signals: changed(MonitorView | None), failed(words)."""

    changed = Signal(object)
    failed = Signal(str)

    def __init__(self, calls: Calls, supervision: Supervision):
        super().__init__()
        self.view: MonitorView | None = None
        self._calls, self._phone, self._supervision = calls, calls.phone, supervision
        self._request: UUID | None = None  # that we asked for, and that has not ended
        self._asked_at = 0.0
        self._switch: UUID | None = None
        self._call_id = ""
        self._answered = self._done = False
        self._ours: set[str] = set()  # calls that carry a request, whether answered or not
        calls.aside, calls.aside_left = self.take, self.take_left
        calls.changed.connect(self._calls_changed)
        calls.phone.engine_lost.connect(lambda _why: self._over())
        supervision.progressed.connect(self._progressed)

    # ------------------------------------------------------------------ intents

    @property
    def why_not(self) -> str:
        """Why nobody can be listened to now; empty if that is possible."""
        if any(call.state in _BUSY for call in self._calls.book.running()):
            return self.tr("You have a call yourself.")
        return ""

    def start(self, agent_id: UUID, name: str, mode: str = "listen") -> None:
        """Ask the PBX to let us hear somebody's call; another mode for the same one, or another one instead."""
        if self.view is not None and self.view.agent_id == agent_id:
            self.change(mode)
            return
        if self.why_not:
            self.failed.emit(self.why_not)
            return
        self.end()
        self._asked_at = clock.monotonic()
        self._request = self._supervision.ask(RequestKind.MONITOR, agent_id, detail={"mode": mode})
        self._show(MonitorView(agent_id, name, mode, since=clock.monotonic()))

    def change(self, mode: str) -> None:
        """Go on in another mode, in the same call. To listen only, our own way to speak is closed at once."""
        view = self.view
        if view is None or view.state != "listening" or mode == view.mode or mode == view.wanted:
            return
        if mode == "listen":
            self._phone.speak(self._call_id, False)
        detail = {"mode": mode, "of": str(self._request)}
        self._show(msgspec.structs.replace(view, wanted=mode))
        self._switch = self._supervision.ask(RequestKind.MONITOR, view.agent_id, detail=detail)

    def end(self) -> None:
        """Listen no more."""
        call_id = self._call_id
        self._over()
        if call_id:
            self._phone.hang_up(call_id)

    # ------------------------------------------------------------------ what happens

    def take(self, event: messages.Event) -> bool:
        """Whether an event of the engine belongs to such a call; then nobody else hears of it."""
        if isinstance(event, messages.IncomingCall):
            return self._comes(event)
        call_id = getattr(event, "call_id", "")
        if call_id not in self._ours:
            return False
        if isinstance(event, messages.CallEnded):
            self._ours.discard(call_id)
            if call_id == self._call_id:
                self._call_id = ""
                self._over()
        elif isinstance(event, messages.CallAnswered) and call_id == self._call_id:
            self._answered = True
            self._hears()
        return True

    def take_left(self, snapshot: messages.CallSnapshot) -> bool:
        """A call that an engine kept from before: one of these is not gone on with."""
        if snapshot.incoming is None or not self._carried(snapshot.incoming):
            return False
        self._ours.add(snapshot.call_id)
        if snapshot.call_id != self._call_id:
            self._phone.hang_up(snapshot.call_id)
        return True

    def _carried(self, event: messages.IncomingCall) -> str:
        """The request that a call says it is for; from whom we do not trust it says nothing."""
        said = headers.monitor_request(event.headers)
        return said if said and self._calls.book.trusted(event.source) else ""

    def _comes(self, event: messages.IncomingCall) -> bool:
        said = self._carried(event)
        if not said:
            return False
        if event.call_id in self._ours:
            return True  # told again
        self._ours.add(event.call_id)
        if event.refused:
            return True
        fresh = clock.monotonic() - self._asked_at <= VALID_S
        if said == str(self._request) and fresh and not self._call_id and not self.why_not and self.view is not None:
            self._call_id = event.call_id
            self._phone.answer(event.call_id, listen=self.view.mode == "listen")
        else:
            log.info("a call for listening in that nobody here asked for was rejected")
            self._phone.reject(event.call_id, 603)
        return True

    @Slot(object)
    def _progressed(self, asked: Asked) -> None:
        if asked.open:
            return
        if asked.id == self._switch:
            self._switched(asked)
        elif asked.id == self._request and asked.state is RequestState.DONE:
            self._done = True
            self._hears()
        elif asked.id == self._request and self.view is not None:
            self.end()
            self.failed.emit(asked.answer or self.tr("Nobody carried it out: is the collector running?"))

    def _hears(self) -> None:
        """Once our phone has answered and the PBX says that we hear somebody."""
        if self._answered and self._done and self.view is not None:
            self._show(msgspec.structs.replace(self.view, state="listening", since=clock.monotonic()))

    def _switched(self, asked: Asked) -> None:
        view, self._switch = self.view, None
        if view is None:
            return
        if asked.state is not RequestState.DONE:
            if view.mode != "listen":
                self._phone.speak(self._call_id, True)
            self._show(msgspec.structs.replace(view, wanted=""))
            self.failed.emit(asked.answer or self.tr("Nobody carried it out: is the collector running?"))
            return
        self._phone.send_digits(self._call_id, _KEYS[view.wanted], "info")  # as a message: in voice nothing is sent
        if view.wanted != "listen":
            self._phone.speak(self._call_id, True)
        self._show(msgspec.structs.replace(view, mode=view.wanted, wanted=""))

    @Slot()
    def _calls_changed(self) -> None:
        """A call of one's own comes first: nobody listens with half an ear."""
        running = self._calls.book.running()
        if self.view is not None and any(call.state in (CallState.TALKING, CallState.DIALLING) for call in running):
            QTimer.singleShot(0, self, self.end)

    def _over(self) -> None:
        self._request = self._switch = None
        self._call_id = ""
        self._answered = self._done = False
        self._show(None)

    def _show(self, view: MonitorView | None) -> None:
        if view != self.view:
            self.view = view
            self.changed.emit(view)
