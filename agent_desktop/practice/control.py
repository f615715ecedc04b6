"""The workstation's handle on the practice switch: starts it as a child process, gives orders, hears reports."""

import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot

QUIT_WITHIN_MS = 4_000

log = logging.getLogger("practice")


class PracticeOptions(msgspec.Struct, frozen=True):
    """How to play."""

    seed: int = 1
    speed: float = 1.0
    hour: float = 9  # of the company's clock, at which the day begins
    quiet: bool = False  # no planned calls for the agent until told otherwise
    listen: str = "127.0.0.1:0"
    rtp_port: int = 0
    folder: Path | None = None  # of its phone engine; None: beside the database


class PracticeSwitch(QObject):
    """One practice switch at a time.

    Signals
    -------
    reported(dict)      every report; practice/switch.py says which there are
    stopped(str)        it ended; why, in words, empty when it was told to
    """

    reported = Signal(dict)
    stopped = Signal(str)

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._process: QProcess | None = None
        self._inbox = b""
        self._errors = b""
        self._told_to_stop = False

    @property
    def running(self) -> bool:
        """Whether it runs, or is starting."""
        return self._process is not None

    def start(self, database: Path, target: str, agent_login: str, options: PracticeOptions | None = None) -> None:
        """Start it; ``ready`` is reported when calls can come and go. While one runs nothing happens."""
        if self._process is not None:
            return
        chosen = options or PracticeOptions()
        process = QProcess(self)
        process.setProgram(sys.executable)
        process.setArguments(["-m", "agent_desktop.practice", *_arguments(database, target, agent_login, chosen)])
        environment = QProcessEnvironment.systemEnvironment()
        # The child must find this very package, also from a checkout that is not installed.
        environment.insert("PYTHONPATH", str(Path(__file__).parents[2]))
        environment.insert("PYTHONIOENCODING", "utf-8")
        process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_errors)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._fail)
        self._inbox = self._errors = b""
        self._told_to_stop = False
        self._process = process
        process.start()

    def call(self, queue: str, number: str | None = None, **details: Any) -> None:
        """Ring the agent now; see ``call`` in practice/switch.py for the details. ``calling`` is reported."""
        order = {"do": "call", "queue": queue, **details}
        if number is not None:
            order["number"] = number
        self.order(order)

    def set_speed(self, speed: float) -> None:
        """How fast the colleagues' day runs; 0 stands still."""
        self.order({"do": "speed", "value": speed})

    def quiet(self, on: bool) -> None:
        """Whether planned calls stay away from the agent."""
        self.order({"do": "quiet", "value": on})

    def hang_up(self) -> None:
        """Every caller hangs up now."""
        self.order({"do": "hang_up"})

    def order(self, order: dict[str, Any]) -> None:
        """Any order as practice/switch.py lists them; without a running switch nothing happens."""
        if self._process is not None:
            self._process.write(json.dumps(order).encode() + b"\n")

    def stop(self) -> None:
        """Tell it to hang up and end; ``stopped`` follows."""
        if self._process is not None:
            self._told_to_stop = True
            self.order({"do": "quit"})
            self._process.closeWriteChannel()

    def stop_and_wait(self) -> None:
        """As ``stop``, and wait until it is gone: for the end of the program."""
        process = self._process
        self.stop()
        if process is not None and not process.waitForFinished(QUIT_WITHIN_MS):
            log.warning("the practice switch did not end in time")
            process.kill()
            process.waitForFinished(QUIT_WITHIN_MS)

    # ------------------------------------------------------------ inside

    @Slot()
    def _read(self) -> None:
        if self._process is None:
            return
        self._inbox += self._process.readAllStandardOutput().data()
        *lines, self._inbox = self._inbox.split(b"\n")
        for line in lines:
            try:
                report = json.loads(line)
            except ValueError:
                log.warning("the practice switch said something unreadable")
                continue
            self.reported.emit(report)

    @Slot()
    def _read_errors(self) -> None:
        if self._process is not None:
            self._errors = (self._errors + self._process.readAllStandardError().data())[-4_000:]

    @Slot(int, QProcess.ExitStatus)
    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        self._read_errors()
        process, self._process = self._process, None
        if process is None:
            return
        process.deleteLater()
        if code == 0 and status is QProcess.ExitStatus.NormalExit:
            self.stopped.emit("" if self._told_to_stop else "it ended")
            return
        lines = self._errors.decode(errors="replace").strip().splitlines()
        self.stopped.emit(lines[-1] if lines else f"it ended with code {code}")

    @Slot(QProcess.ProcessError)
    def _fail(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            process, self._process = self._process, None
            process.deleteLater()
            self.stopped.emit("it could not be started: " + process.errorString())


def _arguments(database: Path, target: str, agent_login: str, options: PracticeOptions) -> Sequence[str]:
    folder = options.folder or database.parent / "practice"
    arguments = ["--database", str(database), "--target", target, "--agent", agent_login, "--dir", str(folder)]
    arguments += ["--seed", str(options.seed), "--speed", str(options.speed), "--hour", str(options.hour)]
    arguments += ["--listen", options.listen, "--rtp-port", str(options.rtp_port), "--report"]
    return [*arguments, "--quiet"] if options.quiet else arguments
