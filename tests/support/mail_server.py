"""A mail server on this computer: TLS from the first byte or after STARTTLS, passwords, refusals, and a sudden end."""

import base64
import contextlib
import socketserver
import ssl
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

SECRET = "post-me"


class MailServer:
    """``mails`` are those it took. ``refuses``: addresses; ``answer_to_data``: "" hangs up when it has the mail."""

    def __init__(self, certificate: Path, *, tls: str = "starttls") -> None:
        self.mails: list[EmailMessage] = []
        self.refuses: dict[str, str] = {}
        self.answer_to_data = "250 taken"
        self.tls = tls
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.context.load_cert_chain(certificate)
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk)
        self._server.daemon_threads = True
        self._server.mail = self  # type: ignore[attr-defined]
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Talk(socketserver.StreamRequestHandler):
    signed_in = secure = False

    def handle(self) -> None:
        self.mail = cast(MailServer, cast(Any, self.server).mail)
        self.to: list[str] = []
        try:
            if self.mail.tls == "tls":
                self._secure()
            self._say("220 here")
            while line := self.rfile.readline():
                verb, _, rest = line.decode().strip().partition(" ")
                if not self._answer(verb.upper(), rest):
                    return
        except (ConnectionError, ssl.SSLError):
            return

    def finish(self) -> None:
        for end in (self.rfile, self.wfile, self.connection):
            with contextlib.suppress(OSError):
                end.close()

    def _answer(self, verb: str, rest: str) -> bool:
        """False ends the connection."""
        if verb == "EHLO":
            offers = ["250-here", "250-AUTH PLAIN"] + (["250-STARTTLS"] if not self.secure else [])
            self._say("\r\n".join([*offers, "250 8BITMIME"]))
        elif verb == "STARTTLS":
            self._say("220 go")
            self._secure()
        elif verb == "AUTH":
            said = base64.b64decode(rest.split()[-1]).split(b"\0")[-1].decode()
            self.signed_in = self.secure and said == SECRET
            self._say("235 welcome" if self.signed_in else "535 5.7.8 wrong password")
        elif verb == "MAIL":
            self.to = []
            self._say("250 ok" if self.signed_in else "530 5.7.0 sign in first")
        elif verb == "RCPT":
            address = rest.partition("<")[2].rstrip(">")
            refusal = self.mail.refuses.get(address)
            self.to += [] if refusal else [address]
            self._say(refusal or "250 ok")
        elif verb == "DATA":
            return self._data()
        else:
            self._say("221 bye" if verb == "QUIT" else "250 ok")
        return verb != "QUIT"

    def _data(self) -> bool:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        if not self.mail.answer_to_data:
            return False
        if self.mail.answer_to_data.startswith("250"):
            mail = message_from_bytes(b"".join(lines), policy=policy.default)
            self.mail.mails.append(cast(EmailMessage, mail))
        self._say(self.mail.answer_to_data)
        return True

    def _secure(self) -> None:
        self.rfile.close()
        self.wfile.close()
        self.connection = self.mail.context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb", -1), self.connection.makefile("wb", 0)
        self.secure = True

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")
        self.wfile.flush()
