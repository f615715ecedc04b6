"""Events that the database could not take: one file, safe on the disk before it is relied on, given back in order.

A line is a batch. What stands there twice, or is given back twice, is stored once by its key.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from agent_desktop import log
from agent_desktop.data.centre_rows import QueueEventRow

_log = log.get("collector")
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(list[QueueEventRow])


class Spool:
    """``count`` is how many events wait. Only one process may have it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.count = sum(len(rows) for rows in self.batches())

    def put(self, rows: Sequence[QueueEventRow]) -> None:
        """Keep events; they are on the disk when this returns. Raises OSError."""
        if not rows:
            return
        line = _encoder.encode(rows) + b"\n"
        with self.file.open("ab") as out:
            if out.tell() and not self._ends_whole():
                out.write(b"\n")  # after a line that a crash has cut
            out.write(line)
            out.flush()
            os.fsync(out.fileno())
        self.count += len(rows)

    def batches(self) -> Iterator[list[QueueEventRow]]:
        """What waits, oldest first. A line that was being written when the power went is passed over."""
        try:
            with self.file.open("rb") as lines:
                for line in lines:
                    try:
                        if line.strip():
                            yield _decoder.decode(line)
                    except msgspec.DecodeError:
                        _log.warning("a batch in %s was cut off while it was written", self.file.name)
        except FileNotFoundError:
            return

    def clear(self) -> None:
        """Everything is stored."""
        self.file.unlink(missing_ok=True)
        self.count = 0

    def _ends_whole(self) -> bool:
        with self.file.open("rb") as whole:
            whole.seek(-1, os.SEEK_END)
            return whole.read(1) == b"\n"
