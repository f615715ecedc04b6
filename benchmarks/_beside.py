"""Steady work beside a measurement: what else the machine does delays it as much, and a figure can be held against it.

``python -m benchmarks._beside`` waits for a line with seconds, works for so long and prints its own CPU and stalls.
"""

import json
import subprocess
import sys
from types import TracebackType
from typing import Self

from PySide6.QtCore import QCoreApplication, Qt, QTimer

from benchmarks.board import Measure

# On the machine that the limits are for: 11 ms of work every 92 ms, 12 % of a core, a beat 10 ms late at p99.
STEPS = 255_000
EVERY_MS = 92


class Beside:
    """``cpu`` and ``p99`` of such work while the block ran, in percent of a core and in milliseconds."""

    def __init__(self, seconds: float) -> None:
        self.cpu, self.p99 = 0.0, 0.0
        self._seconds = seconds
        command = [sys.executable, "-m", "benchmarks._beside"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def __enter__(self) -> Self:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{self._seconds}\n")
        self._process.stdin.flush()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        said, _ = self._process.communicate()
        if kind is None:
            found = json.loads(said)
            self.cpu, self.p99 = found["cpu"], found["p99"]


def _work() -> int:
    return sum(step * step for step in range(STEPS))


def main() -> None:
    application = QCoreApplication(sys.argv[:1])
    timer = QTimer(application)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(_work)
    print("ready", flush=True)
    seconds = float(sys.stdin.readline())
    timer.start(EVERY_MS)
    measure = Measure().run(seconds)
    print(json.dumps({"cpu": measure.cpu, "p99": measure.p99()}))


if __name__ == "__main__":
    main()
