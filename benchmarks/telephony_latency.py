"""How fast the desktop hears of a call, and how fast its answer is on the wire.

A caller over raw UDP sends an INVITE. Ours: until the Phone's signal has run. The floor, every other call: until the
caller has the first 18x back, from the same engine. Then ``answer``, until the caller has the 200.
"""

import tempfile
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEventLoop

from agent_desktop.telephony import messages
from agent_desktop.telephony.phone import Phone
from benchmarks import figure
from tests.support import sip

CALLS = 200
WARM_UP = 10
PAUSE_S = 0.06  # stays under the number of calls a second that the engine takes


class _Desk:
    """A phone whose last call and end are noted as they are heard."""

    def __init__(self, folder: Path):
        self.app = QCoreApplication.instance() or QCoreApplication([])
        self.phone = Phone(folder)
        self.phone.event.connect(self._hear)
        self.rang_at = 0.0
        self.call_id = ""
        self.ended = 0
        port = sip.free_port()
        self.phone.start(messages.Configure(listen_host=sip.HOST, listen_port=port, audio="null", rtp_port=21_700))
        self.run_until(lambda: self.phone.state.engine == "ready")
        self.port = port

    def run_until(self, condition: Any) -> None:
        while not condition():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def _hear(self, event: messages.Event) -> None:
        if isinstance(event, messages.IncomingCall):
            self.rang_at, self.call_id = time.perf_counter(), event.call_id
        elif isinstance(event, messages.CallEnded):
            self.ended += 1
            self.phone.acknowledge(event.seq)


def figures() -> list[dict[str, Any]]:
    """Milliseconds, p50 and p99 of 200 calls."""
    with tempfile.TemporaryDirectory() as folder:
        desk = _Desk(Path(folder) / "engine")
        caller = sip.RawCaller(desk.port)
        try:
            rang, first, answered = _measure(desk, caller)
        finally:
            desk.phone.shutdown()
            caller.close()
    made = []
    for name, share, ring_ms, answer_ms in (("p50", 0.50, 5.0, 10.0), ("p99", 0.99, 30.0, 50.0)):
        floor = _quantile(first, share)
        made.append(
            figure(f"INVITE to the desktop, {name}", _quantile(rang, share), "ms", limit=ring_ms, floor=floor, n=CALLS)
        )
        made.append(
            figure(f"answer to 200 on the wire, {name}", _quantile(answered, share), "ms", limit=answer_ms, n=CALLS)
        )
    return made


def _measure(desk: _Desk, caller: sip.RawCaller) -> tuple[list[float], list[float], list[float]]:
    rang, first, answered = [], [], []
    for number in range(WARM_UP + 2 * CALLS):
        call_id = f"bench{number}"
        invite = caller.invite(call_id, b"X-Queue: support\r\nX-Call-Linkedid: 1.1\r\n")
        for_the_floor = number % 2 == 1
        desk.rang_at = 0.0
        sent = time.perf_counter()
        caller.send(invite)
        if for_the_floor:
            next(text for text in caller.answers() if text.startswith("SIP/2.0 18") and call_id in text)
            first.append((time.perf_counter() - sent) * 1000)
        desk.run_until(lambda: desk.rang_at)
        if not for_the_floor:
            rang.append((desk.rang_at - sent) * 1000)
        pressed = time.perf_counter()
        desk.phone.answer(desk.call_id)
        if caller.final(call_id) != 200:
            raise RuntimeError(f"call {number} was not answered")
        answered.append((time.perf_counter() - pressed) * 1000)
        ended = desk.ended
        caller.hang_up(call_id)
        desk.run_until(lambda ended=ended: desk.ended > ended)
        time.sleep(PAUSE_S)
    return rang[-CALLS:], first[-CALLS:], answered[-CALLS:]


def _quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
