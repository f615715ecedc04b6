"""A PBX's manager on loopback, as far as the collector asks it: a hand-written Asterisk without calls."""

import asyncio
import hashlib
import ssl
from collections import Counter
from collections.abc import Callable, Sequence

from agent_desktop import clock
from agent_desktop.collector.ami import Fields, parsed

SECRET = "not told"
_STORED_AS = {"QueueCallerJoin": "entered", "QueueCallerAbandon": "abandoned"}
STORED = (
    "SELECT linked_id, kind, CAST(extract(epoch FROM at) * 1000000 AS bigint) FROM queue_event "
    "WHERE visit_id IS NOT NULL AND kind <> 'lost'"
)  # on a server, without the product; an end that a collector had to guess counts only where nobody knows the real one


class PbxManager:
    """``answers`` has for each action the fields of its answer and its list; ``asked`` keeps what was asked."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, Callable[[Fields], tuple[Fields, Sequence[Fields]]]] = {}
        self.asked: list[Fields] = []
        self.silent = False
        self.port = 0
        self._tls = tls
        self._server: asyncio.Server | None = None
        self._writers: list[asyncio.StreamWriter] = []  # of those who signed in
        self._talks: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    @property
    def signed_in(self) -> int:
        """How many follow it."""
        return len(self._writers)

    async def start(self, port: int = 0) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """End, and cut everybody off."""
        assert self._server is not None
        self._server.close()
        self.cut()
        await asyncio.gather(*self._talks)
        await self._server.wait_closed()

    def cut(self) -> None:
        """Close all connections as a crash does."""
        for writer in self._talks.values():
            writer.transport.abort()
        self._writers.clear()

    def tell(self, event: str, fields: Fields) -> None:
        """Send an event to everybody who signed in."""
        self.send("".join(f"{key}: {value}\r\n" for key, value in ({"Event": event} | fields).items()) + "\r\n")

    def send(self, text: str) -> None:
        for writer in self._writers:
            writer.write(text.encode())

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks[task] = writer
        writer.write(b"Asterisk Call Manager/9.0.0\r\n")
        try:
            while not reader.at_eof():
                asked = parsed(await reader.readuntil(b"\r\n\r\n"))
                self.asked.append(asked)
                if not self.silent:
                    self._answer(asked, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            del self._talks[task]
            if writer in self._writers:
                self._writers.remove(writer)
            writer.close()

    def _answer(self, asked: Fields, writer: asyncio.StreamWriter) -> None:
        action, listed = asked["Action"], []
        if action == "Challenge":
            answer = {"Response": "Success", "Challenge": "4711"}
        elif action == "Login":
            right = hashlib.md5(f"4711{SECRET}".encode()).hexdigest() == asked["Key"]
            answer = {"Response": "Success"} if right else {"Response": "Error", "Message": "Authentication failed"}
            if right:
                self._writers.append(writer)
        elif action in self.answers:
            answer, listed = self.answers[action](asked)
        else:
            answer = {"Response": "Success"}
        frames = [answer | {"EventList": "start"} if listed else answer, *listed]
        if listed:
            frames.append({"Event": f"{action}Complete", "EventList": "Complete", "ListItems": str(len(listed))})
        for frame in frames:
            lines = (frame | {"ActionID": asked["ActionID"]}).items()
            writer.write(("".join(f"{key}: {value}\r\n" for key, value in lines) + "\r\n").encode())


class QueuePbx(PbxManager):
    """Tells of callers: ``call`` enters one into a queue, ``leave`` lets it hang up.

    ``told``: of each the call, what became of it, and when, in microseconds; the rows of ``STORED``.
    """

    def __init__(self) -> None:
        super().__init__()
        self.calls = 0
        self.waiting: list[str] = []
        self.told: Counter[tuple[object, ...]] = Counter()
        self.behind_us = 0  # its clock, of this computer's
        self.answers["Ping"] = lambda _: ({"Response": "Success", "Timestamp": self.stamp()}, [])
        # what it is asked for when somebody looks: who waits there
        self.answers["QueueStatus"] = lambda _: (
            {"Response": "Success"},
            [{"Event": "QueueEntry", "Queue": "support", "Uniqueid": call, "Wait": "1"} for call in self.waiting],
        )
        self.answers["CoreShowChannels"] = lambda _: (
            {"Response": "Success"},
            [{"Event": "CoreShowChannel", "Uniqueid": call} for call in self.waiting],
        )

    def call(self) -> str:
        self.calls += 1
        call = f"{self.calls}.1"
        self.waiting.append(call)
        self._say("QueueCallerJoin", call)
        return call

    def leave(self, call: str) -> None:
        self.waiting.remove(call)
        for event in ("HangupRequest", "QueueCallerAbandon", "QueueCallerLeave", "Hangup"):
            self._say(event, call)

    def come_and_go(self, count: int) -> None:
        for _ in range(count):
            self.leave(self.call())

    def stamp(self) -> str:
        us = clock.now_us() - self.behind_us
        return f"{us // 1_000_000}.{us % 1_000_000:06}"

    def _say(self, event: str, call: str) -> None:
        stamp = self.stamp()
        if event in _STORED_AS:
            self.told[call, _STORED_AS[event], int(stamp.replace(".", ""))] += 1
        self.tell(event, {"Timestamp": stamp, "Queue": "support", "Uniqueid": call, "Linkedid": call,
                          "CallerIDNum": "601442190", "HoldTime": "7"})  # fmt: skip


async def until(condition: Callable[[], object], what: str, within_s: float = 60.0) -> None:
    deadline = clock.monotonic() + within_s
    while not condition():
        assert clock.monotonic() < deadline, f"never happened: {what}"
        await asyncio.sleep(0.01)
