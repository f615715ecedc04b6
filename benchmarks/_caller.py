"""The caller of the main job, a process of its own: rings, and says when the INVITE went out and the 200 came in.

Orders on standard input: ``ring PORT CALL_ID NUMBER QUEUE`` sends an INVITE and waits for the final answer;
``done CALL_ID`` hangs up where it was answered, and gets ``SENT ANSWERED STATUS`` back, in monotonic seconds.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.support import sip


class Caller:
    """The window's end of it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks._caller"],
            cwd=Path(__file__).parents[1],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ring(self, port: int, call_id: str, number: str, queue: str) -> None:
        self._order(f"ring {port} {call_id} {number} {queue}")

    def done(self, call_id: str) -> tuple[float, float, int]:
        """Moments of INVITE and final answer, and its status."""
        self._order(f"done {call_id}")
        assert self._process.stdout is not None
        sent, answered, status = self._process.stdout.readline().split()
        return float(sent), float(answered), int(status)

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)

    def _order(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()


class _Line(sip.RawCaller):
    """Knows when the last thing came in."""

    heard_at = 0.0

    def answers(self, within_s: float = sip.WAIT_S) -> Iterator[str]:
        self._socket.settimeout(within_s)
        while True:
            try:
                data = self._socket.recv(65_535)
            except TimeoutError:
                return
            self.heard_at = time.monotonic()
            yield data.decode("utf-8", "replace")


def _serve() -> None:
    line = _Line(0)
    sent, status = 0.0, 0
    for order in sys.stdin:
        what, *words = order.split()
        if what == "ring":
            line.target, call_id, number = int(words[0]), words[1], words[2]
            sender = f"<sip:{number}@{sip.HOST}>;tag={call_id}".encode()
            headers = f"X-Queue: {words[3]}\r\nX-Call-Linkedid: {call_id}\r\n".encode()
            invite = line.invite(call_id, headers, sender=sender)
            sent = time.monotonic()
            line.send(invite)
            status = line.final(call_id)
        else:
            answered = line.heard_at
            if status == 200:
                line.hang_up(words[0])
            print(sent, answered, status, flush=True)


if __name__ == "__main__":
    _serve()
