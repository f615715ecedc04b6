"""The practice switch's two ends to its owner: JSON lines in, JSON lines out."""

import json
import os
import sys
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal

LONGEST_LINE = 100_000


class Console(QObject):
    """Reads standard input as it comes, writes reports to standard output.

    Signals
    -------
    told(dict)      one JSON object per line of input
    garbled(str)    a line that is none; why, in words
    ended()         end of input: whoever gave orders is gone
    """

    told = Signal(dict)
    garbled = Signal(str)
    ended = Signal()

    def __init__(self, *, reports: bool):
        super().__init__()
        self._reports = reports
        self._inbox = b""
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def say(self, report: dict[str, Any]) -> None:
        """One report; a reader that went away is the end of input too."""
        if not self._reports:
            return
        try:
            sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
            sys.stdout.flush()
        except OSError:
            self._reports = False
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the last flush must not fail
            self._end()

    def _read(self) -> None:
        data = os.read(sys.stdin.fileno(), 65_536)
        if not data:
            self._end()
            return
        self._inbox += data
        *lines, self._inbox = self._inbox.split(b"\n")
        for line in lines:
            if line.strip():
                self._take(line)
        if len(self._inbox) > LONGEST_LINE:
            self._inbox = b""
            self.garbled.emit("a line without end")

    def _take(self, line: bytes) -> None:
        try:
            order = json.loads(line)
        except ValueError as error:
            self.garbled.emit(f"no JSON: {error}")
            return
        if isinstance(order, dict):
            self.told.emit(order)
        else:
            self.garbled.emit("an order is a JSON object")

    def _end(self) -> None:
        if self._notifier.isEnabled():
            self._notifier.setEnabled(False)
            self.ended.emit()
