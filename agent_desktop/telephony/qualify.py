"""Whether a SIP server that speaks UDP is still there: an OPTIONS by hand, from a socket of its own.

The library could send one too, but its process ends when an account is given up before the answer came. A socket that
is connected also hears from the server's computer that nothing listens there any more.
"""

import secrets
import socket

GIVE_UP_S = 3.0
_AGAIN_S = (0.5, 1.0, 2.0)  # after the first: a lost datagram is no lost server


class Ping:
    """Asks ``peer`` (ip:port) every ``every_s``; silence means something only once it has answered before."""

    def __init__(self, peer: str, identity: str, every_s: float):
        host, _, port = peer.rpartition(":")
        self._host = host.strip("[]")
        self._identity = identity
        self._every_s = every_s
        self._knows_options = False
        self._sent: list[float] = []  # when the question now open was sent; empty: none is
        self._ask_at = 0.0
        self._branch = ""
        self._sequence = 0
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._address = (self._host, int(port))
        self._connected = False

    def gone(self, now: float) -> bool:
        """Ask and listen, without waiting; True when it answered once and now does not."""
        try:
            return self._turn(now)
        except OSError as error:  # its computer says that nothing listens there, or there is no way to it
            self._sent.clear()
            self._ask_at = now + self._every_s
            return self._knows_options or isinstance(error, ConnectionRefusedError)

    def close(self) -> None:
        self._socket.close()

    def _turn(self, now: float) -> bool:
        if not self._connected:
            self._socket.connect(self._address)
            self._connected = True
        if self._sent:
            if self._answered():
                self._knows_options = True
                self._sent.clear()
            elif now - self._sent[0] > GIVE_UP_S:
                self._sent.clear()
                return self._knows_options
            elif len(self._sent) <= len(_AGAIN_S) and now - self._sent[0] > _AGAIN_S[len(self._sent) - 1]:
                self._send(now)
        elif now >= self._ask_at:
            self._ask_at = now + self._every_s
            self._branch = "z9hG4bK" + secrets.token_hex(8)
            self._sequence += 1
            self._send(now)
        return False

    def _answered(self) -> bool:
        try:
            while data := self._socket.recv(65_535):
                if data.startswith(b"SIP/2.0 ") and self._branch.encode() in data:
                    return True
        except BlockingIOError:
            pass
        return False

    def _send(self, now: float) -> None:
        own, port = self._socket.getsockname()[:2]
        own = f"[{own}]" if ":" in own else own
        server = self._identity.partition("@")[2]
        self._socket.send(
            (
                f"OPTIONS sip:{server} SIP/2.0\r\n"
                f"Via: SIP/2.0/UDP {own}:{port};branch={self._branch};rport\r\n"
                "Max-Forwards: 70\r\n"
                f"From: <{self._identity}>;tag={self._branch[-8:]}\r\n"
                f"To: <sip:{server}>\r\n"
                f"Call-ID: {self._branch[7:]}@{own}\r\n"
                f"CSeq: {self._sequence} OPTIONS\r\n"
                f"Contact: <sip:{own}:{port}>\r\n"
                "Accept: application/sdp\r\n"
                "Content-Length: 0\r\n\r\n"
            ).encode()
        )
        self._sent.append(now)
