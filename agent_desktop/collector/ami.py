"""Asterisk's manager interface: a connection, events in batches, actions answered within a deadline.

The protocol: docs.asterisk.org, Configuration/Interfaces/Asterisk-Manager-Interface-AMI. Lines ``Key: Value``, a blank
line ends a message; an answer and the events that belong to it carry the ActionID of their action.
"""

import asyncio
import hashlib
import itertools
import ssl
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import TypeAlias

import msgspec

from agent_desktop import log

Fields: TypeAlias = dict[str, str]
Events: TypeAlias = list[tuple[str, Fields]]

ANSWER_S = 5.0
LONGEST = 1 << 20  # bytes without a blank line: this is no manager
_log = log.get("ami")
_END = b"\r\n\r\n"


class ManagerTrouble(Exception):
    """The PBX cannot be asked: away, silent, or not letting us in. The text says which, without any password."""


class Refusal(Exception):
    """The PBX said no, in its own words."""


class Reply(msgspec.Struct, frozen=True):
    """What an action brought: the answer's fields, and the events of its list, if it has one."""

    fields: Fields
    events: tuple[tuple[str, Fields], ...] = ()


class _Asked:
    __slots__ = ("answer", "events", "first", "future")

    def __init__(self, future: "asyncio.Future[Reply]") -> None:
        self.future = future
        self.first: Fields | None = None
        self.events: Events = []

    def finish(self) -> None:
        if not self.future.done():
            self.future.set_result(Reply(self.first or {}, tuple(self.events)))


class Manager(asyncio.Protocol):
    """One connection. ``heard`` gets the events of ``wanted`` names, some at a time, in order; others are counted only.

    ``counts`` has how often each event came, by name; ``closed`` is done when the connection has gone.
    """

    def __init__(self, wanted: Collection[str], heard: Callable[[Events], None]) -> None:
        self._wanted = {name.encode(): name for name in wanted}
        self._heard = heard
        self._numbers = itertools.count(1)
        self._asked: dict[str, _Asked] = {}
        self._rest = b""
        self._greeted = False
        self._transport: asyncio.Transport | None = None
        self._counts: Counter[bytes] = Counter()
        self.received = 0  # messages
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def counts(self) -> dict[str, int]:
        """How often each event came."""
        return {name.decode("ascii", "replace"): count for name, count in self._counts.items()}

    # ------------------------------------------------------------------ the connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Of asyncio."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Of asyncio."""
        if not self.closed.done():
            self.closed.set_result(None)
        for asked in self._asked.values():
            if not asked.future.done():
                asked.future.set_exception(ManagerTrouble("the PBX closed the connection"))
        self._asked.clear()

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        """Of asyncio."""
        if self._rest:
            data = self._rest + data
        if not self._greeted:
            # "Asterisk Call Manager/x.y": a line of its own, without a blank one after it
            line, found, data = data.partition(b"\r\n")
            if not found:
                self._rest = line
                return
            self._greeted = True
        *frames, self._rest = data.split(_END)
        if len(self._rest) > LONGEST:
            _log.error("what answers there is no manager: a message without an end")
            self.close()
            return
        events: Events = []
        for frame in frames:
            self._take(frame, events)
        if events:
            self._heard(events)

    def _take(self, frame: bytes, events: Events) -> None:
        self.received += 1
        if frame.startswith(b"Event: "):
            end = frame.find(b"\r\n")
            name = frame[7:] if end < 0 else frame[7:end]
            self._counts[name] += 1
            if self._asked and b"\r\nActionID: " in frame:
                fields = parsed(frame)
                asked = self._asked.get(fields.get("ActionID", ""))
                if asked is not None:
                    self._take_listed(asked, fields)
                    return
            wanted = self._wanted.get(name)
            if wanted is not None:
                events.append((wanted, parsed(frame)))
            return
        fields = parsed(frame)
        asked = self._asked.get(fields.get("ActionID", ""))
        if asked is not None and "Response" in fields:
            asked.first = fields
            if fields.get("EventList", "").lower() != "start":
                asked.finish()

    def _take_listed(self, asked: _Asked, fields: Fields) -> None:
        if fields.get("EventList", "").lower() == "complete":
            asked.finish()
        else:
            asked.events.append((fields["Event"], fields))

    # ------------------------------------------------------------------ asking

    async def ask(self, action: str, fields: Mapping[str, str] | None = None, *, within_s: float = ANSWER_S) -> Reply:
        """Do one action and give its answer with its list.

        Raises Refusal with the PBX's words, ManagerTrouble when none came in time, ValueError for a value with a line's
        end in it.
        """
        transport = self._transport
        if transport is None or transport.is_closing():
            raise ManagerTrouble("there is no connection to the PBX")
        number = f"ad-{next(self._numbers)}"
        asked = _Asked(asyncio.get_running_loop().create_future())
        self._asked[number] = asked
        try:
            transport.write(_message({"Action": action, "ActionID": number, **(fields or {})}))
            async with asyncio.timeout(within_s):
                reply = await asked.future
        except TimeoutError:
            raise ManagerTrouble(f"the PBX did not answer {action} within {within_s:g} s") from None
        finally:
            self._asked.pop(number, None)
        if reply.fields.get("Response", "").lower() == "error":
            raise Refusal(reply.fields.get("Message", "no reason given"))
        return reply

    async def sign_in(self, user: str, secret: str) -> None:
        """By MD5 challenge: the password itself is never sent. Raises ManagerTrouble, Refusal."""
        reply = await self.ask("Challenge", {"AuthType": "MD5"})
        key = hashlib.md5((reply.fields.get("Challenge", "") + secret).encode(), usedforsecurity=False).hexdigest()
        await self.ask("Login", {"AuthType": "MD5", "Username": user, "Key": key, "Events": "on"})


async def connect(
    host: str, port: int, *, tls: ssl.SSLContext | None, wanted: Collection[str], heard: Callable[[Events], None]
) -> Manager:
    """A connection that is not signed in yet. Raises ManagerTrouble."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(ANSWER_S):
            _, manager = await loop.create_connection(
                lambda: Manager(wanted, heard), host, port, ssl=tls, server_hostname=host if tls else None
            )
    except ssl.SSLCertVerificationError as error:
        raise ManagerTrouble(f"{host} could not prove that it is the right PBX: {error.verify_message}") from error
    except TimeoutError:
        raise ManagerTrouble(f"{host}:{port} does not answer") from None
    except OSError as error:
        raise ManagerTrouble(f"{host}:{port} cannot be reached: {error.strerror or error}") from error
    return manager


def parsed(frame: bytes) -> Fields:
    """The fields of one message; of a key that comes several times the last."""
    fields: Fields = {}
    for line in frame.decode("utf-8", "replace").split("\r\n"):
        key, found, value = line.partition(": ")
        if found:
            fields[key] = value
        elif line.endswith(":"):
            fields[line[:-1]] = ""
    return fields


def _message(fields: Mapping[str, str]) -> bytes:
    for key, value in fields.items():
        if "\r" in value or "\n" in value or "\0" in value:
            raise ValueError(f"{key} would say more to the PBX than one line")
    return ("".join(f"{key}: {value}\r\n" for key, value in fields.items()) + "\r\n").encode()
