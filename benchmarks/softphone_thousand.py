"""A thousand calls into one phone engine: does its memory grow, do its descriptors?

Every second call is answered and hung up, the others are given up by the caller. SIP keeps each transaction for 32 s
(RFC 3261, 17.2: 64 times T1), about 30 kB a call: memory settles once that many calls are in the air, and stays.
"""

import os
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from agent_desktop.telephony import messages
from benchmarks import figure
from tests.support import sip

PART = "softphone"
CALLS = int(os.environ.get("BENCH_CALLS", "1000"))
SETTLED = 100
A_SECOND = 10.0


def figures() -> list[dict[str, Any]]:
    """Growth in MB and in open files after the first hundred calls."""
    with tempfile.TemporaryDirectory() as folder:
        engine = sip.EngineDriver(Path(folder) / "engine").start()
        try:
            assert engine.process is not None
            port = engine.port
            process = psutil.Process(engine.process.pid)
            _calls(engine, port, SETTLED)
            memory, files = process.memory_info().rss, process.num_fds()
            _calls(engine, port, CALLS - SETTLED)
            grown = (process.memory_info().rss - memory) / 1e6
            opened = process.num_fds() - files
        finally:
            engine.stop()
    return [
        figure("memory after the first hundred of a thousand calls", grown, "MB", limit=10, n=CALLS, part=PART),
        figure("open files after the first hundred of a thousand calls", opened, "", limit=2, n=CALLS, part=PART),
    ]


def _calls(engine: sip.EngineDriver, port: int, number: int) -> None:
    for turn in range(number):
        began = time.monotonic()
        caller = sip.RawCaller(port)
        call_id = f"t{os.getpid()}x{time.monotonic_ns()}"
        caller.send(caller.invite(call_id))
        incoming = engine.wait(messages.IncomingCall)
        if turn % 2:
            engine.send(messages.Answer(call_id=incoming.call_id))
            caller.final(call_id)
            caller.hang_up(call_id)
        else:
            sender = b"<sip:+48601442190@127.0.0.1>;tag=" + call_id.encode()
            caller.send(caller.request("CANCEL", call_id, b"", sender))
            caller.final(call_id)
        ended = engine.wait(messages.CallEnded)
        engine.send(messages.Acknowledge(seq=ended.seq))
        del engine.heard[:-1]  # what was heard is no part of the engine's memory, but of this one's
        engine.rewind()
        caller.close()
        time.sleep(max(0.0, 1 / A_SECOND - (time.monotonic() - began)))
