"""The engine's end of the local socket: one desktop at a time, known by a token, and the events it has yet to keep."""

import contextlib
import fcntl
import hmac
import json
import logging
import os
import secrets
import selectors
import shutil
import socket
import tempfile
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import msgspec

from agent_desktop import clock
from agent_desktop.telephony import messages

LONGEST_SOCKET_PATH = 100  # the kernel allows 107 bytes
HELLO_WITHIN_S = 5.0
MOST_EVENTS_KEPT = 20_000
MOST_BYTES_WAITING = 8_000_000

log = logging.getLogger("engine")
E = TypeVar("E", bound=messages.Event)


class AlreadyRunning(Exception):
    """Another engine owns this folder."""


@dataclass(eq=False)
class _Peer:
    """One connection; ``known`` once it has said the token."""

    socket: socket.socket
    since: float
    known: bool = False
    waits_to_write: bool = False
    inbox: bytearray = field(default_factory=bytearray)
    outbox: bytearray = field(default_factory=bytearray)


class DesktopLink:
    """Listens in ``folder``, writes ``engine.json`` (0600) and keeps every event until a desktop acknowledges it."""

    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder = folder
        self.seen = 0
        self._adopted = 0  # the last event that an engine before this one left in left.json
        self._lock = _locked(folder / "engine.lock")
        self._seq = 0
        self._events: deque[messages.Event] = deque()
        self._token = secrets.token_urlsafe(32)
        self._peers: list[_Peer] = []
        self._desktop: _Peer | None = None
        self._socket_folder: Path | None = None
        for old in (folder / "engine.json", *folder.glob("engine-*.sock")):  # of an engine that was killed
            old.unlink(missing_ok=True)
        name = f"engine-{secrets.token_hex(4)}.sock"  # new each time: an old address leads nowhere
        self._path = folder / name
        if len(os.fsencode(self._path)) > LONGEST_SOCKET_PATH:
            self._socket_folder = Path(tempfile.mkdtemp(prefix="agent-desktop-"))
            self._path = self._socket_folder / name
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(self._path))
        self._path.chmod(0o600)
        self._listener.listen(4)
        self._listener.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._adopt_left_events()
        self._announce()

    # ------------------------------------------------------------ events

    @property
    def attached(self) -> bool:
        """Whether a desktop that knows the token is connected."""
        return self._desktop is not None

    def emit(self, what: type[E], /, **values: object) -> E:
        """Number, date and keep an event, and send it to the desktop if there is one."""
        self._seq += 1
        event = what(seq=self._seq, at_us=clock.now_us(), **values)
        self._keep(event)
        self.send(event)
        return event

    def send(self, message: messages.Message) -> None:
        """Send to the desktop; without one it is lost (an event is kept all the same)."""
        if self._desktop is None:
            return
        self._desktop.outbox += messages.frame(message)
        self._flush(self._desktop)

    def send_if_idle(self, message: messages.Message) -> None:
        """Send something that is worthless when late: not when the desktop is slow to read."""
        if self._desktop is not None and not self._desktop.outbox:
            self.send(message)

    def acknowledge(self, seq: int) -> None:
        """Forget the events up to ``seq``: the desktop has made them durable."""
        while self._events and self._events[0].seq <= seq:
            self._events.popleft()
        if self._adopted and seq >= self._adopted:
            self._adopted = 0
            self._left.unlink(missing_ok=True)

    def welcome(self, message: messages.Welcome) -> None:
        """Answer a Hello, then send again what was not acknowledged."""
        self.send(message)
        for event in tuple(self._events):
            self.send(event)

    # ------------------------------------------------------------ connections

    def wait(self, seconds: float) -> None:
        """Sleep until a desktop says something, at most so long; for an engine without a SIP library to wait in."""
        self._selector.select(seconds)

    def poll(self) -> list[messages.Command]:
        """What the desktop asked for since the last time. A Hello with the right token comes first on a connection."""
        commands: list[messages.Command] = []
        for key, events in self._selector.select(0):
            peer = key.data
            if peer is None:
                self._accept()
                continue
            if events & selectors.EVENT_WRITE and peer in self._peers:
                self._flush(peer)
            if events & selectors.EVENT_READ and peer in self._peers:
                commands += self._read(peer)
        for peer in tuple(self._peers):
            if not peer.known and clock.monotonic() - peer.since > HELLO_WITHIN_S:
                self._drop(peer)
        return commands

    def can_be_found(self) -> bool:
        """Whether a desktop that looks into the folder finds this engine."""
        try:
            return bool(json.loads((self.folder / "engine.json").read_text("utf-8"))["token"] == self._token)
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def close(self) -> None:
        """Leave nothing behind but the events that nobody took."""
        try:
            self._leave_events()
        except OSError as error:
            log.warning("what nobody took could not be left to the next engine: %s", error.strerror)
        for peer in tuple(self._peers):
            self._drop(peer)
        self._selector.close()
        self._listener.close()
        if self.can_be_found():  # else the folder was made anew, for another engine
            (self.folder / "engine.json").unlink(missing_ok=True)
        self._path.unlink(missing_ok=True)
        if self._socket_folder is not None:
            shutil.rmtree(self._socket_folder, ignore_errors=True)
        os.close(self._lock)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            connection, _ = self._listener.accept()
            connection.setblocking(False)
            peer = _Peer(connection, clock.monotonic())
            self._peers.append(peer)
            self._selector.register(connection, selectors.EVENT_READ, peer)

    def _read(self, peer: _Peer) -> list[messages.Command]:
        try:
            data = peer.socket.recv(262_144)
        except BlockingIOError:
            return []
        except OSError:
            data = b""
        if not data:
            self._drop(peer)
            return []
        peer.inbox += data
        commands: list[messages.Command] = []
        try:
            for body in messages.split(peer.inbox):
                command = messages.command(body)
                if not peer.known:
                    self._greet(peer, command)
                commands.append(command)
        except (ValueError, msgspec.ValidationError) as error:  # never the body: it may hold a password
            log.warning("connection closed: %s", type(error).__name__)
            self._drop(peer)
        return commands

    def _greet(self, peer: _Peer, command: messages.Command) -> None:
        if not isinstance(command, messages.Hello) or not hmac.compare_digest(
            command.token.encode(), self._token.encode()
        ):
            raise ValueError("no token")
        if command.protocol != messages.PROTOCOL:
            raise ValueError("another protocol")
        if self._desktop is not None:  # the newest wins: an older connection may hang on a dead process
            self._drop(self._desktop)
        peer.known = True
        self._desktop = peer

    def _flush(self, peer: _Peer) -> None:
        try:
            while peer.outbox:
                sent = peer.socket.send(peer.outbox[:262_144])
                del peer.outbox[:sent]
            self._watch(peer, writing=False)
        except BlockingIOError:
            if len(peer.outbox) > MOST_BYTES_WAITING:
                log.warning("the desktop does not read: connection closed")
                self._drop(peer)
            else:
                self._watch(peer, writing=True)
        except OSError:
            self._drop(peer)

    def _watch(self, peer: _Peer, *, writing: bool) -> None:
        if writing != peer.waits_to_write:
            peer.waits_to_write = writing
            events = selectors.EVENT_READ | (selectors.EVENT_WRITE if writing else 0)
            self._selector.modify(peer.socket, events, peer)

    def _drop(self, peer: _Peer) -> None:
        if peer in self._peers:
            self._peers.remove(peer)
            self._selector.unregister(peer.socket)
        if self._desktop is peer:
            self._desktop = None
        peer.socket.close()

    # ------------------------------------------------------------ files

    def _announce(self) -> None:
        self._write(
            "engine.json",
            {"pid": os.getpid(), "socket": str(self._path), "token": self._token, "protocol": messages.PROTOCOL},
        )

    def _write(self, name: str, content: object, *, durable: bool = False) -> None:
        temporary = self.folder / (name + ".new")
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(content, file)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.replace(temporary, self.folder / name)

    def _keep(self, event: messages.Event) -> None:
        self._events.append(event)
        if len(self._events) > MOST_EVENTS_KEPT:
            self._events.popleft()
            if self._seq % 1000 == 0:
                log.warning("nobody takes the events: the oldest are being dropped")

    @property
    def _left(self) -> Path:
        return self.folder / "left.json"

    def _leave_events(self) -> None:
        """An engine that ends alone leaves what no desktop has taken to the next engine of this folder."""
        passing = (messages.EngineReady, messages.DigitReceived)  # digits may be a card number: never on a disk
        ended = [event for event in self._events if not isinstance(event, passing)]
        if ended:
            self._write(self._left.name, [messages.frame(event)[4:].decode() for event in ended], durable=True)
        elif self._adopted:
            self._left.unlink(missing_ok=True)

    def _adopt_left_events(self) -> None:
        """They stay in the file until a desktop has them: this engine may be killed before."""
        with contextlib.suppress(OSError, ValueError, msgspec.ValidationError, TypeError):
            for text in json.loads(self._left.read_text("utf-8")):
                event = messages.engine_message(text.encode())
                if isinstance(event, messages.Event):
                    self._seq += 1
                    self._events.append(msgspec.structs.replace(event, seq=self._seq))
        self._adopted = self._seq
        if not self._adopted:
            self._left.unlink(missing_ok=True)


def _locked(path: Path) -> int:
    """The descriptor of the lock file, held until the process ends. Raises AlreadyRunning."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise AlreadyRunning(str(path)) from error
    return descriptor
