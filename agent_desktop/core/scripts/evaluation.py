"""The desk's side of the child that works out scripts: orders go, answers come as calls, one that hangs is killed."""

import logging
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Slot

from agent_desktop.core.scripts import orders
from agent_desktop.core.scripts.model import Program
from agent_desktop.core.scripts.orders import Answer, Check, Load, Order, Unable

log = logging.getLogger("call")

DEADLINE_MS = 2_000  # of the clock, on a busy computer; of the processor the child may take less
CHECK_MS = 8_000
START_MS = 15_000  # on a busy computer, from the disk
TRIES = 3  # starts in a row that came to nothing, before it is left for a while
REST_MS = 10_000
STOP_MS = 1_000

Then = Callable[[Answer], None]
Failed = Callable[[str], None]


@dataclass
class _Asked:
    order: Order
    number: int
    then: Then
    failed: Failed
    program: Program | None = None
    key: str = ""


class Evaluation(QObject):
    """Carries orders to the child one after the other. ``ask`` never blocks; each answer comes once, or ``failed``."""

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self.deadline_ms = DEADLINE_MS
        self._process: QProcess | None = None
        self._ready = False
        self._waiting: deque[_Asked] = deque()
        self._current: _Asked | None = None
        self._loaded: set[str] = set()
        self._inbox = b""
        self._number = 0
        self._starts = 0
        self._deadline = QTimer(self)
        self._deadline.setSingleShot(True)
        self._deadline.timeout.connect(self._too_late)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)

    def start(self) -> None:
        """Have the child ready before it is needed."""
        if self._process is None and not self._rest.isActive():
            self._begin()

    def stop(self) -> None:
        """End the child; what is asked from now on starts another one."""
        self._waiting.clear()
        self._current = None
        self._end()

    @property
    def ready(self) -> bool:
        """Whether the child has said that it is."""
        return self._ready

    @property
    def child(self) -> int:
        """Its process's number; 0 where none runs."""
        return int(self._process.processId()) if self._process is not None else 0

    def ask(
        self, make: Callable[[int], Order], then: Then, failed: Failed, program: tuple[str, Program] | None = None
    ) -> None:
        """Send an order, made with its number; ``program`` with its key is loaded before where the child lacks it."""
        self._number += 1
        asked = _Asked(make(self._number), self._number, then, failed)
        if program is not None:
            asked.key, asked.program = program
        if self._rest.isActive():
            QTimer.singleShot(0, self, lambda: failed("the helper process cannot be started"))
            return
        self._waiting.append(asked)
        self.start()
        self._next()

    # ------------------------------------------------------------ orders

    def _next(self) -> None:
        if self._current is not None or not self._waiting or not self._ready or self._process is None:
            return
        asked = self._waiting.popleft()
        try:
            sent = orders.packed(asked.order)
            if asked.program is not None and asked.key not in self._loaded:
                sent = orders.packed(Load(asked.key, asked.program)) + sent
        except (ValueError, OverflowError, msgspec.MsgspecError) as error:  # half a sign, a number without end
            asked.failed(f"it cannot be handed over: {error}"[:200])
            self._next()
            return
        self._current = asked
        self._loaded.add(asked.key)
        self._process.write(sent)
        self._deadline.start(CHECK_MS if isinstance(asked.order, Check) else self.deadline_ms)

    @Slot()
    def _read(self) -> None:
        if self._process is None:
            return
        self._inbox += self._process.readAllStandardOutput().data()
        while len(self._inbox) >= orders.LENGTH.size:
            (length,) = orders.LENGTH.unpack_from(self._inbox)
            body = self._inbox[orders.LENGTH.size : orders.LENGTH.size + length]
            if len(body) < length:
                return
            self._inbox = self._inbox[orders.LENGTH.size + length :]
            try:
                answer = orders.answer(body)
            except msgspec.MsgspecError:
                self._failed("the helper process said something unreadable")
                return
            self._take(answer)

    def _take(self, answer: Answer) -> None:
        if answer.number == 0:
            self._ready = True
            self._starts = 0
            self._deadline.stop()
        elif self._current is not None and answer.number == self._current.number:
            asked, self._current = self._current, None
            self._deadline.stop()
            if isinstance(answer, Unable):
                self._loaded.discard(asked.key)
                asked.failed(answer.why)
            else:
                asked.then(answer)
        self._next()

    # ------------------------------------------------------------- child

    def _begin(self) -> None:
        process = QProcess(self)
        process.setProgram(sys.executable)
        process.setArguments(["-m", "agent_desktop.core.scripts.worker"])
        environment = QProcessEnvironment.systemEnvironment()
        # The child must find this very package, also from a checkout that is not installed.
        environment.insert("PYTHONPATH", str(Path(__file__).parents[3]))
        process.setProcessEnvironment(environment)
        process.setStandardErrorFile(QProcess.nullDevice())  # what a template says there may name a customer
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._error)
        self._inbox, self._ready = b"", False
        self._loaded.clear()
        self._process = process
        self._starts += 1
        self._deadline.start(START_MS)
        process.start()

    def _end(self) -> None:
        process, self._process = self._process, None
        self._ready = False
        self._deadline.stop()
        if process is None:
            return
        process.blockSignals(True)
        process.kill()
        process.waitForFinished(STOP_MS)
        process.deleteLater()

    def _failed(self, why: str) -> None:
        """The child is of no use any more: what it was about has failed, the rest goes to another one."""
        log.info("the child that works out scripts is replaced: %s", why)
        asked, self._current = self._current, None
        self._end()
        if asked is None and self._starts >= TRIES:
            self._starts = 0
            self._rest.start()
            for each in self._take_all():
                each.failed(why)
            return
        if asked is not None:
            asked.failed(why)
        self.start()

    def _take_all(self) -> list[_Asked]:
        waiting = list(self._waiting)
        self._waiting.clear()
        return waiting

    @Slot()
    def _too_late(self) -> None:
        self._failed("it took too long to work out" if self._ready else "it did not start in time")

    @Slot(int, QProcess.ExitStatus)
    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        crashed = status is QProcess.ExitStatus.CrashExit
        self._failed("it took too long to work out" if crashed else f"it ended with code {code}")

    @Slot(QProcess.ProcessError)
    def _error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._failed("it could not be started")
