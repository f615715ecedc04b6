"""What only shows after many calls; run by ``make soak``."""

from collections.abc import Callable

import psutil
import pytest

from agent_desktop.telephony import messages as m
from tests.support import sip

CALLS = 1_500
SETTLED = 800  # the library keeps memory for reuse until about here
GROWTH_MB = 4


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_a_thousand_calls_leave_the_engine_as_it_was(engines: Callable[..., sip.EngineDriver]) -> None:
    desk, caller = engines(), engines()
    assert desk.process is not None
    process = psutil.Process(desk.process.pid)
    settled = 0
    for number in range(CALLS):
        call_id = f"c{number}"
        caller.send(m.Dial(call_id=call_id, target=desk.uri))
        ringing = desk.wait(m.IncomingCall)
        desk.send(m.Answer(call_id=ringing.call_id))
        caller.wait(m.CallAnswered, lambda event, call_id=call_id: event.call_id == call_id)
        (caller if number % 2 else desk).send(m.HangUp(call_id=call_id if number % 2 else ringing.call_id))
        ended = desk.wait(m.CallEnded)
        assert ended.answered
        caller.wait(m.CallEnded)
        desk.send(m.Acknowledge(seq=ended.seq))
        if number == SETTLED:
            settled = process.memory_info().rss
    grown = (process.memory_info().rss - settled) / 1e6
    assert grown < GROWTH_MB, f"{grown:.1f} MB more after {CALLS - SETTLED} calls"
