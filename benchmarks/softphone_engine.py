"""What the phone engine does while its desktop is busy, and what a call costs it.

A raw caller in this process; the desktop, in another one, computes 300 ms out of every 320 and one call of it is being
talked on. The floor is the same desktop at rest.
"""

import select
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from agent_desktop.telephony.engine_process import running
from benchmarks import figure
from tests.support import sip

PART = "softphone"
CALLS = 150
WARM_UP = 10
PAUSE_S = 0.1
TALK_S = 15.0
RTP_PORT = 21_990  # the one in sip.SDP
SILENCE = bytes([0x80, 8]) + bytes(10) + b"\xd5" * 160


@contextmanager
def _desktop(folder: Path, how: str) -> Iterator[int]:
    """A desktop process; its port. ``how``: stalls, rests."""
    port = sip.free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks._stalled_desktop", str(folder), str(port), how],
        cwd=Path(__file__).parents[1], stdin=subprocess.PIPE,
    )  # fmt: skip
    try:
        sip.until(lambda: running(folder / "engine") is not None, "the engine runs", 30)
        time.sleep(2)
        yield port
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(20)


def figures() -> list[dict[str, Any]]:
    """Milliseconds to the first 180, the longest gap in the voice, processor share and memory."""
    busy, rest = _measure("stalls"), _measure("rests")
    return [
        figure("INVITE to 180 while the interface stalls, p50", _share(busy["rang"], 0.5), "ms", limit=10,
               floor=_share(rest["rang"], 0.5), n=CALLS, part=PART),
        figure("INVITE to 180 while the interface stalls, p99", _share(busy["rang"], 0.99), "ms", limit=10,
               floor=_share(rest["rang"], 0.99), n=CALLS, part=PART),
        figure("longest gap in the voice while the interface stalls", max(busy["gaps"]), "ms", limit=40,
               floor=max(rest["gaps"]), n=len(busy["gaps"]), part=PART),
        figure("phone engine in a call, no sound device", rest["cpu"][0], "% of a core", limit=10, n=1, part=PART),
        figure("phone engine after the calls, memory", rest["rss"][0], "MB", limit=60, n=1, part=PART),
    ]  # fmt: skip


def _measure(how: str) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory() as name, _desktop(Path(name), how) as port:
        address = running(Path(name) / "engine")
        assert address is not None
        engine = psutil.Process(address.pid)
        voice = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        voice.bind((sip.HOST, RTP_PORT))
        talk = sip.RawCaller(port)
        talk.send(talk.invite("talk"))
        if talk.final("talk") != 200:
            raise RuntimeError("the call was not answered")
        time.sleep(1)
        found = {"gaps": _gaps(voice, TALK_S)}
        before, since = _seconds(engine), time.monotonic()
        _gaps(voice, TALK_S)
        found["cpu"] = [100 * (_seconds(engine) - before) / (time.monotonic() - since)]
        found["rang"] = _ring(port)
        found["rss"] = [engine.memory_info().rss / 1e6]
        talk.hang_up("talk")
        talk.close()
        voice.close()
    return found


def _gaps(voice: socket.socket, seconds: float) -> list[float]:
    """Milliseconds between voice packets that come in; ours go out every 20 ms meanwhile."""
    gaps, last, until = [], 0.0, time.perf_counter() + seconds
    peer, due = None, time.perf_counter()
    while (now := time.perf_counter()) < until:
        if peer is not None and now >= due:
            voice.sendto(SILENCE, peer)
            due += 0.02
        if select.select([voice], [], [], max(0.0, min(0.02, due - now)))[0]:
            _, peer = voice.recvfrom(2048)
            now = time.perf_counter()
            if last:
                gaps.append((now - last) * 1e3)
            last = now
    return gaps


def _ring(port: int) -> list[float]:
    times = []
    for number in range(WARM_UP + CALLS):
        caller, call_id = sip.RawCaller(port), f"ring{number}"
        sent = time.perf_counter()
        caller.send(caller.invite(call_id))
        next(text for text in caller.answers() if text.startswith("SIP/2.0 18"))
        times.append((time.perf_counter() - sent) * 1e3)
        caller.send(caller.request("CANCEL", call_id, b"", b"<sip:+48601442190@127.0.0.1>;tag=" + call_id.encode()))
        caller.final(call_id, 1.0)
        caller.close()
        time.sleep(PAUSE_S)
    return times[WARM_UP:]


def _seconds(process: psutil.Process) -> float:
    spent = process.cpu_times()
    return float(spent.user + spent.system)


def _share(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
