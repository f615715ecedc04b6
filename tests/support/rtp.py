"""The other side's voice by hand: RTP and RTCP packets as they are wanted, from two sockets."""

import select
import socket
import struct
import threading
import time
from collections.abc import Callable

from tests.support import ports, sip

QUIET_ALAW = b"\xd5" * 160


class Voice:
    """Sends a frame of PCMA every 20 ms while ``sends``, of those that ``drops`` lets through; counts what comes in.

    While ``reports``, it answers every sender report (SR) ``answers_in_s`` later, with ``lost_share`` lost.
    """

    def __init__(self) -> None:
        self.port = _even_port()
        self._rtp, self._rtcp = self._socket(self.port), self._socket(self.port + 1)
        self.sends = True
        self.drops: Callable[[int], bool] = lambda _number: False
        self.reports = True
        self.lost_share = 0.0
        self.answers_in_s = 0.0
        self.received = 0
        self._peer: tuple[str, int] | None = None
        self._number = 0
        self._running = True
        self._reported = 0
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def sdp(self) -> bytes:
        return sip.SDP.replace(b"21990", str(self.port).encode())

    def talk_to(self, port: int) -> None:
        """Where the engine's voice port is: taken from its SDP."""
        self._peer = (sip.HOST, port)

    def stop(self) -> None:
        self._running = False
        self._thread.join(2)
        self._rtp.close()
        self._rtcp.close()

    @staticmethod
    def _socket(port: int) -> socket.socket:
        made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        made.bind((sip.HOST, port))
        return made

    def _run(self) -> None:
        due = time.monotonic()
        while self._running:
            now = time.monotonic()
            if now >= due:
                due += 0.02
                self._speak()
            ready, _, _ = select.select([self._rtp, self._rtcp], [], [], max(0.0, min(0.02, due - now)))
            if self._rtp in ready:
                self._rtp.recv(2048)
                self.received += 1
            if self._rtcp in ready:
                self._answer(self._rtcp.recv(2048))

    def _speak(self) -> None:
        if self._peer is None or not self.sends:
            return
        self._number += 1
        head = struct.pack("!BBHII", 0x80, 8, self._number & 0xFFFF, self._number * 160, 0x1234)
        if not self.drops(self._number):
            self._rtp.sendto(head + QUIET_ALAW, self._peer)

    def _answer(self, data: bytes) -> None:
        """A receiver report to a sender report (RFC 3550, 6.4)."""
        if len(data) < 20 or data[1] != 200 or self._peer is None or not self.reports:
            return
        ssrc, upper, lower = struct.unpack("!I", data[4:8])[0], *struct.unpack("!II", data[8:16])
        time.sleep(self.answers_in_s)  # the far side takes its time: the round trip that is to be measured
        lost = int(self.received * self.lost_share)
        fraction = min(255, int(self.lost_share * 256))
        last = ((upper & 0xFFFF) << 16) | (lower >> 16)
        block = struct.pack("!II", ssrc, (fraction << 24) | lost)
        block += struct.pack("!IIII", self.received, 0, last, 1)  # 0 would mean: heard no report yet
        report = struct.pack("!BBHI", 0x81, 201, 7, 0x1234) + block
        self._rtcp.sendto(report, (self._peer[0], self._peer[1] + 1))


def _even_port() -> int:
    """For RTP; the next one, for RTCP, is free too."""
    return next(port for port in iter(lambda: ports.free_port(next_too=True), 0) if port % 2 == 0)
