"""A small SIP registrar for tests: digest authentication, expiry, TLS, and ways to be gone."""

import contextlib
import hashlib
import re
import secrets
import socket
import ssl
import threading
from dataclasses import dataclass, field
from pathlib import Path

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Registration:
    """A REGISTER that was accepted."""

    user: str
    contact: str
    expires_s: int


@dataclass
class Registrar:
    """Answers REGISTER and OPTIONS on ``port`` over UDP (over TCP with ``tcp=True``, TLS with ``tls``: certificate and
    key in one PEM file); knows one user with one password. ``deaf`` makes it hear nothing any more.
    """

    port: int
    user: str = "1001"
    password: str = "correct horse"
    tcp: bool = False
    algorithm: str = "MD5"
    shortest_s: int = 1
    accepted: list[Registration] = field(default_factory=list)
    refused: int = 0
    tls: Path | None = None
    options: bool = True  # answers them
    deaf: bool = False
    requests: list[str] = field(default_factory=list)
    asked: int = 0  # OPTIONS
    _nonces: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._changed = threading.Condition()
        self.tcp = self.tcp or self.tls is not None
        self._connections: list[socket.socket] = []
        self._serving: list[threading.Thread] = []
        kind = socket.SOCK_STREAM if self.tcp else socket.SOCK_DGRAM
        self._socket = socket.socket(socket.AF_INET, kind)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((HOST, self.port))
        if self.tcp:
            self._socket.listen(4)
        self._thread = threading.Thread(target=self._serve_tcp if self.tcp else self._serve_udp, daemon=True)
        self._thread.start()

    def wait(self, accepted: int, within_s: float = 30.0) -> Registration:
        """The n-th accepted registration, counted from one."""
        with self._changed:
            came = self._changed.wait_for(lambda: len(self.accepted) >= accepted, within_s)
            assert came, f"only {self.accepted}"
            return self.accepted[accepted - 1]

    def close(self) -> None:
        """Be gone: nobody answers any more, and connections end."""
        if self.tcp:
            self._socket.shutdown(socket.SHUT_RDWR)
            for connection in tuple(self._connections):
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            for thread in self._serving:
                thread.join(5)
        else:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
                last.sendto(b"end", (HOST, self.port))
        self._thread.join(5)
        self._socket.close()

    def _serve_udp(self) -> None:
        while True:
            data, sender = self._socket.recvfrom(65_535)
            if data == b"end":
                return
            answer = self._answer(_received(data.decode(), sender))
            if answer:
                self._socket.sendto(answer.encode(), sender)

    def _serve_tcp(self) -> None:
        while True:
            try:
                connection, sender = self._socket.accept()
            except OSError:
                return
            self._connections.append(connection)
            self._serving.append(threading.Thread(target=self._serve, args=(connection, sender), daemon=True))
            self._serving[-1].start()

    def _serve(self, connection: socket.socket, sender: tuple[str, int]) -> None:
        try:
            self._talk(connection, sender)
        except OSError:  # it was closed, or the other side does not trust us
            connection.close()

    def _talk(self, connection: socket.socket, sender: tuple[str, int]) -> None:
        if self.tls is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.tls)
            connection = context.wrap_socket(connection, server_side=True)
            self._connections.append(connection)
        with connection:
            while data := connection.recv(65_535):  # a REGISTER of ours fits into one segment
                if answer := self._answer(_received(data.decode(), sender)):
                    connection.sendall(answer.encode())

    def _answer(self, request: str) -> str:
        if self.deaf:
            return ""
        if request.startswith("OPTIONS ") and self.options:
            self.asked += 1
            return self._reply(request, "200 OK")
        if not request.startswith("REGISTER "):
            return ""
        self.requests.append(request)
        given = _header(request, "Authorization")
        if not given:
            nonce = secrets.token_hex(8)
            self._nonces.add(nonce)
            challenge = f'Digest realm="test", nonce="{nonce}", algorithm={self.algorithm}, qop="auth"'
            return self._reply(request, "401 Unauthorized", f"WWW-Authenticate: {challenge}\r\n")
        if not self._right(given):
            self.refused += 1
            return self._reply(request, "403 Forbidden")
        contact = _header(request, "Contact")
        wanted = re.search(r"expires=(\d+)", contact)
        expires_s = int(wanted[1] if wanted else _header(request, "Expires") or 3600)
        with self._changed:
            self.accepted.append(Registration(self.user, contact, expires_s))
            self._changed.notify_all()
        bare = re.sub(r";expires=\d+", "", contact)
        return self._reply(request, "200 OK", f"Contact: {bare};expires={expires_s}\r\n" if expires_s else "")

    def _right(self, given: str) -> bool:
        """RFC 7616 with qop=auth."""
        part = {name: quoted or plain for name, quoted, plain in re.findall(r'(\w+)=(?:"([^"]*)"|([^,\s]*))', given)}
        if part["nonce"] not in self._nonces:
            return False
        hashed = hashlib.sha256 if self.algorithm == "SHA-256" else hashlib.md5

        def h(text: str) -> str:
            return hashed(text.encode()).hexdigest()

        secret = h(f"{self.user}:test:{self.password}")
        what = h(f"REGISTER:{part['uri']}")
        return h(f"{secret}:{part['nonce']}:{part['nc']}:{part['cnonce']}:auth:{what}") == part["response"]

    @staticmethod
    def _reply(request: str, status: str, extra: str = "") -> str:
        vias = "".join(f"Via: {via}\r\n" for via in re.findall(r"(?m)^Via: (.*?)\r?$", request))
        copied = "".join(f"{name}: {_header(request, name)}\r\n" for name in ("From", "Call-ID", "CSeq"))
        to = _header(request, "To")
        return f"SIP/2.0 {status}\r\n{vias}{copied}To: {to};tag=reg\r\n{extra}Content-Length: 0\r\n\r\n"


def _received(request: str, sender: tuple[str, int]) -> str:
    """With the address that it came from in its Via, as RFC 3581 has it: a phone behind NAT learns its own so."""
    return re.sub(r"(?m)^(Via: .*?);rport(?==|;|\r?$)", rf"\1;received={sender[0]};rport={sender[1]}", request, count=1)


def _header(message: str, name: str) -> str:
    found = re.search(rf"(?im)^{name}: *(.*?)\r?$", message)
    return found[1] if found else ""
