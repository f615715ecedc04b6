"""How long the workstation takes to show itself, and what it and its phone engine weigh.

``agent-desktop run`` on a profile with 100,000 customers, from before the process exists until Home is painted, and
until it is painted with the day's figures of the database. The floor is a window of PySide6 with nothing in it, started
in turns with ours. Memory is the resident set of both processes, three seconds after the start and after 50 calls.
"""

import contextlib
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from agent_desktop.telephony.engine_process import running
from benchmarks import _company, figure
from tests.support import sip

STARTS = 9
CALLS = 50
SETTLE_S = 3.0
PAUSE_S = 0.15
LIMIT_S, LIMIT_MB = 1.2, 250.0
_ROOT = Path(__file__).parents[1]
_PORTS = (25_000, 25_400)


def figures() -> list[dict[str, Any]]:
    """Medians of nine starts in seconds, and megabytes."""
    _, made = _company.database()
    with tempfile.TemporaryDirectory(dir=_ROOT / "build") as folder:
        port = sip.free_port(*_PORTS)
        profile = _company.profile(Path(folder), port)
        ours: dict[str, list[float]] = {"painted": [], "filled": []}
        floors: list[float] = []
        command = ["run", "--profile", str(profile.root)]
        for turn in range(STARTS + 1):
            with _started(command, profile.engine_dir) as (_, at):
                if turn:  # the first one compiles and warms the caches
                    for name, seconds in at.items():
                        ours[name].append(seconds)
            with _started(["--floor"]) as (_, at):
                if turn:
                    floors.append(at["painted"])
        with _started(command, profile.engine_dir) as (process, _):
            weights = _weights(process, profile.engine_dir, port)
    floor = statistics.median(floors)
    for name, words in (("painted", "Home painted"), ("filled", "Home painted with the day's figures")):
        value = statistics.median(ours[name])
        made.append(figure(f"process start to {words}", value, "s", limit=LIMIT_S, floor=round(floor, 4), n=STARTS))
    for when, weight in weights.items():
        made.append(figure(f"memory of desktop and engine, {when}", weight, "MB", limit=LIMIT_MB, n=1))
    return made


@contextlib.contextmanager
def _started(arguments: list[str], engine: Path | None = None) -> Iterator[tuple[psutil.Process, dict[str, float]]]:
    """The running program, and the seconds until each thing it said; ended afterwards."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks._start", *arguments], cwd=_ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        at: dict[str, float] = {}
        assert process.stdout is not None
        while "painted" not in at or "filled" not in at:
            what, _, moment = process.stdout.readline().partition(" ")
            if not moment:
                raise RuntimeError(f"{arguments} ended before its window was painted")
            at.setdefault(what, float(moment) - began)
        yield psutil.Process(process.pid), at
    finally:
        process.kill()
        process.wait()
        if engine is not None:
            _end_engine(engine)


def _end_engine(folder: Path) -> None:
    address = running(folder)
    if address is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(address.pid, signal.SIGTERM)
        sip.until(lambda: not psutil.pid_exists(address.pid), "the engine has ended")


def _weights(desktop: psutil.Process, engine_dir: Path, port: int) -> dict[str, float]:
    """Megabytes at both moments."""
    sip.until(lambda: running(engine_dir) is not None, "the engine runs")
    time.sleep(SETTLE_S)
    address = running(engine_dir)
    assert address is not None
    both = (desktop, psutil.Process(address.pid))
    weights = {"after the start": _weight(both)}
    caller = sip.RawCaller(port)
    for number in range(CALLS):
        _call_and_give_up(caller, f"weight{number}", number)
    caller.close()
    weights[f"after {CALLS} calls"] = _weight(both)
    return weights


def _weight(processes: tuple[psutil.Process, ...]) -> float:
    return sum(process.memory_info().rss for process in processes) / 1e6


def _call_and_give_up(caller: sip.RawCaller, call_id: str, number: int) -> None:
    """Ring until the pop has had time to be painted, then cancel."""
    sender = f"<sip:+4860144{number:04d}@{_company.HOST}>;tag={call_id}".encode()
    caller.send(caller.invite(call_id, sender=sender))
    next(text for text in caller.answers() if text.startswith("SIP/2.0 180") and call_id in text)
    time.sleep(PAUSE_S)
    caller.send(caller.request("CANCEL", call_id, b"", sender))
    if caller.final(call_id) != 487:
        raise RuntimeError("a call could not be cancelled")
