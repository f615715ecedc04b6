"""The board as part of queues: from the PBX's event to the painted board with twenty boards, and what a large centre's
board costs.

A manager that is another process tells the real collector a hundred events a second; it stores them on a PostgreSQL of
its own that is safe against a power cut; nineteen boards listen without a window, one is a whole desktop that paints.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from agent_desktop.data import access
from benchmarks import board, figure
from benchmarks.queues_collector import _collector, _ended
from tests.support import postgres
from tests.support.collecting import make_centre
from tests.support.ports import free_port

PART = "queues"
A_SECOND = 100.0
QUEUES, AGENTS, BOARDS = 5, 40, 20
PROCESSES = 3  # of the boards without a window
SECONDS = float(os.environ.get("BENCH_SECONDS", "20"))
LARGE = board.Size(agents=500, queues=50)


def figures() -> list[dict[str, Any]]:
    """p99 in seconds from the PBX's stamp to the end of the painting; CPU and stalls of a large board."""
    return [*_painted(), *_large()]


def _large() -> list[dict[str, Any]]:
    words = f"board of {LARGE.queues} queues and {LARGE.agents} agents, 12 charts, 1,000 events/s"
    loaded, floor = board.measured(LARGE)
    n = len(loaded.late_ms)
    return [
        figure(f"{words}: CPU of one core", loaded.cpu, "%", limit=15.0, floor=floor.cpu, n=n, part=PART),
        figure(f"{words}: UI stall p99", loaded.p99(), "ms", limit=20.0, floor=floor.p99(), n=n, part=PART),
    ]


@contextlib.contextmanager
def _server() -> Iterator[tuple[str, str]]:
    """Addresses for the collector and for who looks at boards, with room for a number."""
    with postgres.running() as server, server.database() as name:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            server.execute(f"ALTER SYSTEM SET {setting} = on")
        server.execute("ALTER SYSTEM SET max_connections = 150")
        server.execute("CHECKPOINT")
        server.kill()  # the number of connections is read at the start
        server.start()
        people = [(f"Ann{number} Lee", str(1000 + number)) for number in range(AGENTS)]
        owner = make_centre(server.url(name), people, [f"queue-{number}" for number in range(QUEUES)])
        access.grant(owner, access.Grant("collector", "collector", "collector-1"))
        for number in range(BOARDS):  # a login has few connections
            access.grant(owner, access.Grant(f"boss{number}", "supervisor", "boss-1", name=f"Boss {number}"))
        owner.close()
        at = f"127.0.0.1:{server.port}/{name}"
        yield f"postgresql://collector@{at}", f"postgresql://boss{{}}:boss-1@{at}"


def _painted() -> list[dict[str, Any]]:
    port = free_port(24_000, 24_499)
    manager = [sys.executable, "-m", "benchmarks._busy_manager", str(port), str(A_SECOND), str(QUEUES), str(AGENTS)]
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        collector, boss = stack.enter_context(_server())
        told = stack.enter_context(_ended(subprocess.Popen(manager, stdout=subprocess.PIPE, text=True)))
        assert told.stdout is not None
        told.stdout.readline()
        stack.enter_context(_ended(_collector(folder, collector, port)))
        told.stdout.readline()
        others = [_listeners(stack, folder / f"boards-{number}", boss, number) for number in range(PROCESSES)]
        desk = [sys.executable, "-m", "benchmarks._board_desk", str(folder / "desk"), boss.format(0), str(SECONDS)]
        done = subprocess.run(desk, stdout=subprocess.PIPE, check=True, text=True, timeout=SECONDS + 120)
        counted = [_counted(other) for other in others]
    found = json.loads(done.stdout.splitlines()[-1])
    print(f"painting board {found['cpu']:.1f} % of a core; the others counted {counted} visits", flush=True)
    assert min(counted) > SECONDS, "the other boards do not listen"
    late = found["late"]
    for part, seconds in late.items():
        ordered = sorted(seconds)
        print(part, [round(ordered[int(len(ordered) * share)], 2) for share in (0.5, 0.9, 0.99)], flush=True)
    words = f"PBX event to painted, {BOARDS} boards, {A_SECOND:.0f} events/s"
    return [
        _p99(f"{words}: tiles and table p99", [*late["tiles"], *late["table"]], 0.8),
        _p99(f"{words}: charts p99", late["charts"], 1.8),
    ]


def _p99(name: str, late: list[float], limit: float) -> dict[str, Any]:
    ordered = sorted(late)
    return figure(name, ordered[int(len(ordered) * 0.99)], "s", limit=limit, n=len(ordered), part=PART)


def _listeners(stack: contextlib.ExitStack, folder: Path, address: str, number: int) -> "subprocess.Popen[str]":
    own = [address.format(board) for board in range(1, BOARDS) if board % PROCESSES == number]
    folder.mkdir()
    command = [sys.executable, "-m", "benchmarks._board_listeners", str(folder), *own]
    found = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    stack.enter_context(_ended(found))
    assert found.stdout is not None
    found.stdout.readline()
    return found


def _counted(process: "subprocess.Popen[str]") -> int:
    """End it; how many visits the board that knows fewest has counted."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    return int(process.stdout.readline())


if __name__ == "__main__":
    print(json.dumps(figures(), indent=2))
