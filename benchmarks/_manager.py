"""A PBX's manager that tells of many calls as fast as it is heard: ``python -m benchmarks._manager PORT CALLS MIX``.

Each call is a real one, captured whole from an Asterisk 22, with names and times of its own. It prints "begun" and
"sent" with the time when the first event left and the last was taken over by the system.
"""

import asyncio
import gzip
import re
import sys
import time
from pathlib import Path

CAPTURE = Path(__file__).with_name("manager_call.txt.gz")
# What the supplied manager.conf lets through.
_QUEUES = (
    "Queue",
    "Agent",
    "HangupRequest",
    "SoftHangup",
    "Hangup",
    "Hold",
    "Unhold",
    "Blind",
    "Attended",
    "UserEvent",
)
_STAMP = re.compile(r"Timestamp: [0-9.]+")
_SECOND = "1795289614."  # of the capture; its names have the same


def frames(mix: str) -> list[str]:
    """The events of one call, with the words %CALL% and %TIME% where those of the call go."""
    found = []
    for frame in gzip.decompress(CAPTURE.read_bytes()).decode().strip().split("\n\n"):
        if mix == "all" or frame.removeprefix("Event: ").startswith(_QUEUES):
            found.append(frame.replace("\n", "\r\n") + "\r\n\r\n")
    return found


def calls(mix: str, count: int) -> list[bytes]:
    """Calls one after the other; of each the events are stamped a millisecond apart."""
    template, made, now_us = frames(mix), [], time.time_ns() // 1000
    for number in range(count):
        own = f"{number}.1"
        parts = []
        for place, frame in enumerate(template):
            us = now_us + number * 1_000 + place
            lines = []
            for line in frame.split("\r\n"):
                if line.startswith("Timestamp: "):
                    line = f"Timestamp: {us // 1_000_000}.{us % 1_000_000:06}"
                lines.append(line.replace(f"pbx-{_SECOND}", f"pbx-{own}."))
            parts.append("\r\n".join(lines))
        made.append("".join(parts).encode())
    return made


class Manager(asyncio.Protocol):
    def __init__(self, told: list[bytes] | None):
        self._told = told
        self._rest = b""
        self._tasks: set[asyncio.Task[None]] = set()
        self._writable = asyncio.Event()
        self._writable.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"Asterisk Call Manager/9.0.0\r\n")

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    def data_received(self, data: bytes) -> None:
        *asked, self._rest = (self._rest + data).split(b"\r\n\r\n")
        for frame in asked:
            fields = dict(line.split(": ", 1) for line in frame.decode().split("\r\n") if ": " in line)
            more = "Challenge: 1\r\n" if fields["Action"] == "Challenge" else ""
            self._transport.write(f"Response: Success\r\nActionID: {fields['ActionID']}\r\n{more}\r\n".encode())
            if fields["Action"] == "CoreShowChannels" and not self._tasks:
                self._tasks.add(asyncio.ensure_future(self._tell()))

    async def _tell(self) -> None:
        await asyncio.sleep(0.5)  # the collector settles down
        if self._told is None:
            await self._tell_paced()
            return
        print("begun", time.time(), flush=True)
        for call in self._told:
            await self._writable.wait()
            self._transport.write(call)
        while self._transport.get_write_buffer_size():
            await asyncio.sleep(0.001)
        print("sent", time.time(), flush=True)

    async def _tell_paced(self) -> None:
        """A hundred events a second, each stamped with the moment when it leaves."""
        template, number = frames("queues"), 0
        print("begun", time.time(), flush=True)
        while not self._transport.is_closing():
            number += 1
            for frame in template:
                if self._transport.is_closing():
                    return
                us = time.time_ns() // 1000
                text = _STAMP.sub(f"Timestamp: {us // 1_000_000}.{us % 1_000_000:06}", frame)
                self._transport.write(text.replace(f"pbx-{_SECOND}", f"pbx-{number}.1.").encode())
                await asyncio.sleep(0.01)


async def _serve(port: int, told: list[bytes] | None) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Manager(told), "127.0.0.1", port)
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    told = None if sys.argv[3] == "paced" else calls(sys.argv[3], int(sys.argv[2]))
    asyncio.run(_serve(int(sys.argv[1]), told))
