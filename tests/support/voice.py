"""Callers with a voice and ears of their own: raw SIP and RTP (A-law); a test hears what a call really sends."""

import re
import select
import socket
import time
from collections.abc import Sequence

import numpy as np

from tests.support import sip, sound, talk

FRAME = 160  # samples: 20 ms at 8 kHz
_DECODED = sound.from_alaw(bytes(range(256)))
_ORDER = np.argsort(_DECODED)


class Voice(sip.RawCaller):
    """One caller of ``target`` who says a tone of ``hertz`` (0: nothing) once ``converse`` runs."""

    def __init__(self, target: int, hertz: float = 0.0):
        super().__init__(target)
        self.hertz = hertz
        self._rtp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._rtp.bind((sip.HOST, 0))
        self._peer = 0
        self._said = 0  # frames
        self.heard = b""  # the A-law bytes of the last ``converse``

    def ring(self, call_id: str, user: str = "agent") -> None:
        """Call somebody at the target."""
        invite = self.invite(call_id, body=self.sdp())
        self.send(invite.replace(b"INVITE sip:agent@", b"INVITE sip:" + user.encode() + b"@"))

    def sdp(self, direction: str = "sendrecv") -> bytes:
        port = str(self._rtp.getsockname()[1]).encode()
        return sip.SDP.replace(b"21990", port) + b"a=" + direction.encode() + b"\r\n"

    def talks_to(self, engine: sip.EngineDriver, call_id: str) -> str:
        """Call it and be answered; returns the engine's call_id."""
        self.ring(call_id)
        theirs = talk.answered(engine)
        self.picked_up(call_id)
        return theirs

    def refuse_reinvite(self) -> None:
        """Answer 488 to the next INVITE that comes; waits for it."""
        asked = next(text for text in self.answers() if text.startswith("INVITE"))
        self._answer(asked, "488 Not Acceptable Here", "", b"")

    def accept(self, asked: str) -> None:
        """Answer 200 to an INVITE within the call, taking what it offers."""
        other = {"recvonly": "sendonly", "sendonly": "recvonly"}
        offered = re.search(r"(?m)^a=(sendrecv|recvonly|sendonly|inactive)", asked)
        way = offered[1] if offered else "sendrecv"
        more = f"Contact: <sip:voice@{sip.HOST}:{self.port}>\r\nContent-Type: application/sdp\r\n"
        self._answer(asked, "200 OK", more, self.sdp(other.get(way, way)))

    def _answer(self, asked: str, status: str, more: str, body: bytes) -> None:
        kept = [line.strip() for line in re.findall(r"(?m)^(?:Via|From|To|Call-ID|CSeq): .*$", asked)]
        head = "\r\n".join([f"SIP/2.0 {status}", *kept]) + "\r\n" + more + f"Content-Length: {len(body)}\r\n\r\n"
        self.send(head.encode() + body)

    def picked_up(self, call_id: str) -> None:
        """Wait for the 200, and note where the voice goes."""
        assert self.final(call_id) == 200
        port = re.search(r"(?m)^m=audio (\d+)", self.finals[call_id])
        assert port is not None
        self._peer = int(port[1])

    def close(self) -> None:
        super().close()
        self._rtp.close()

    def say(self) -> None:
        """20 ms of the tone."""
        at = (self._said * FRAME + np.arange(FRAME)) / 8000
        voice = _alaw(9000 * np.sin(2 * np.pi * self.hertz * at) if self.hertz else np.zeros(FRAME))
        head = b"\x80\x08" + (self._said & 0xFFFF).to_bytes(2, "big") + (self._said * FRAME).to_bytes(4, "big")
        self._rtp.sendto(head + b"\0\0\x47\x11" + voice, (sip.HOST, self._peer))
        self._said += 1

    def listen(self, *, keep: bool) -> None:
        """Take what has come."""
        while select.select([self._rtp], [], [], 0)[0]:
            packet = self._rtp.recv(2048)
            if keep and packet[1] & 0x7F == 8:
                self.heard += packet[12:]

    def hears(self, hertz: float) -> bool:
        """Whether this tone was in what it heard last."""
        narrow = sound.from_alaw(self.heard)
        return sound.loudness(np.repeat(narrow, 2), hertz) > 0.05  # repeated: ``loudness`` wants 16 kHz


def converse(phones: Sequence[Voice], seconds: float = 0.6, settle_s: float = 0.4) -> None:
    """Let everybody speak at once; what each heard after ``settle_s`` stands in ``heard``."""
    for phone in phones:
        phone.heard = b""
    start = time.monotonic()
    for number in range(int((settle_s + seconds) * 50)):
        wait = start + number / 50 - time.monotonic()
        if wait > 0:
            time.sleep(wait)  # a packet every 20 ms, as a phone sends them
        for phone in phones:
            phone.say()
            phone.listen(keep=number >= settle_s * 50)


def _alaw(samples: np.ndarray) -> bytes:
    """16 bit samples to G.711 A-law: the nearest of its 256 values."""
    nearest = np.clip(np.searchsorted(_DECODED[_ORDER], samples), 0, 255)
    return _ORDER[nearest].astype(np.uint8).tobytes()
