"""A computer whose address changes: an engine in a network namespace of its own, its registrar and a caller outside.

Run inside ``unshare -Urn`` with a folder and a scene; prints what happened and how long it took, exits with 1 if not.
"""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from agent_desktop.telephony import messages as m
from agent_desktop.telephony.engine_process import running
from tests.support import sip
from tests.telephony import registrar

SERVER = "10.77.0.1"
FIRST, SECOND = "10.77.0.2", "10.77.0.3"
REGISTRAR_PORT, CALLER_PORT, VOICE_PORT, ENGINE_PORT = 5070, 5080, 6000, 5060


def ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True)


class Computer:
    """The namespace that the engine is in, joined with ours by a cable."""

    def __init__(self) -> None:
        ip("link", "set", "lo", "up")
        self._holder = subprocess.Popen(["unshare", "-n", "sleep", "600"])
        own = os.readlink("/proc/self/ns/net")
        sip.until(lambda: os.readlink(f"/proc/{self._holder.pid}/ns/net") != own, "the namespace")
        ip("link", "add", "wire", "type", "veth", "peer", "name", "eth0", "netns", str(self._holder.pid))
        ip("addr", "add", f"{SERVER}/24", "dev", "wire")
        ip("link", "set", "wire", "up")
        self.run("ip", "link", "set", "lo", "up")
        self.run("ip", "link", "set", "eth0", "up")
        self.run("ip", "addr", "add", f"{FIRST}/24", "dev", "eth0")

    def run(self, *command: str) -> None:
        subprocess.run(["nsenter", "-t", str(self._holder.pid), "-n", *command], check=True)

    def move(self) -> None:
        """Another address, as from the cable to a wireless network."""
        self.run("ip", "addr", "del", f"{FIRST}/24", "dev", "eth0")
        self.run("ip", "addr", "add", f"{SECOND}/24", "dev", "eth0")

    def end(self) -> None:
        self._holder.kill()
        self._holder.wait()


class MovingEngine(sip.EngineDriver):
    """Its process lives in the computer's namespace; its socket is a file, which both sides see."""

    def __init__(self, folder: Path, computer: Computer, **configure: object):
        super().__init__(folder, **configure)
        self.computer = computer

    def spawn(self) -> None:
        program = (
            "import sys; from pathlib import Path; from agent_desktop.telephony.engine_process import EngineProcess; "
            "EngineProcess(Path(sys.argv[1]))"
        )
        self.computer.run(sys.executable, "-c", program, str(self.folder))
        sip.until(lambda: running(self.folder) is not None, "engine.json")


class Caller:
    """Calls the engine, and hears what it says and sends later."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((SERVER, CALLER_PORT))
        self._socket.settimeout(15)
        self.voice = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.voice.bind((SERVER, VOICE_PORT))
        self.voice.settimeout(15)
        self._sdp = (
            f"v=0\r\no=- 1 1 IN IP4 {SERVER}\r\ns=-\r\nc=IN IP4 {SERVER}\r\nt=0 0\r\n"
            f"m=audio {VOICE_PORT} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n"
        )

    def call(self) -> None:
        self._send(self._request("INVITE", self._sdp), FIRST)

    def acknowledge(self) -> None:
        """Wait for the 200 of our INVITE."""
        while True:
            text = self._receive()[0]
            if text.startswith("SIP/2.0 200"):
                break
        self._tag = re.search(r"(?m)^To: .*(;tag=\S+)", text)[1]  # type: ignore[index]
        self._send(self._request("ACK", ""), FIRST)

    def moved(self) -> tuple[str, str]:
        """Answer the next INVITE of the engine; returns it and the address that it came from."""
        while True:
            text, host = self._receive()
            if text.startswith("INVITE "):
                break

        def header(name: str) -> str:
            return "".join(f"{name}: {one}\r\n" for one in re.findall(rf"(?m)^{name}: (.*?)\r?$", text))

        copied = "".join(header(name) for name in ("Via", "From", "To", "Call-ID", "CSeq"))
        self._send(
            f"SIP/2.0 200 OK\r\n{copied}Contact: <sip:caller@{SERVER}:{CALLER_PORT}>\r\n"
            f"Content-Type: application/sdp\r\nContent-Length: {len(self._sdp)}\r\n\r\n{self._sdp}",
            host,
        )
        return text, host

    def hears_from(self, address: str) -> None:
        """Wait for voice that comes from there."""
        while self.voice.recvfrom(2048)[1][0] != address:
            pass

    def _request(self, method: str, body: str) -> str:
        kind = "Content-Type: application/sdp\r\n" if body else ""
        tag = getattr(self, "_tag", "")
        return (
            f"{method} sip:1001@{FIRST}:{ENGINE_PORT} SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP {SERVER}:{CALLER_PORT};branch=z9hG4bK{method}\r\nMax-Forwards: 70\r\n"
            f"From: <sip:caller@{SERVER}>;tag=c\r\nTo: <sip:1001@{FIRST}>{tag}\r\nCall-ID: moving\r\n"
            f"CSeq: 1 {method}\r\nContact: <sip:caller@{SERVER}:{CALLER_PORT}>\r\n{kind}"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        )

    def _send(self, text: str, host: str) -> None:
        self._socket.sendto(text.encode(), (host, ENGINE_PORT))

    def _receive(self) -> tuple[str, str]:
        data, sender = self._socket.recvfrom(65_535)
        return data.decode(), sender[0]


@contextmanager
def scene(folder: Path, *, tcp: bool = False, expires_s: int = 300) -> Iterator[tuple]:  # type: ignore[type-arg]
    sip.HOST = registrar.HOST = SERVER
    computer = Computer()
    exchange = registrar.Registrar(REGISTRAR_PORT, tcp=tcp)
    account = m.SipAccount(
        user="1001",
        domain=f"{SERVER}:{REGISTRAR_PORT}",
        password=exchange.password,
        transport="tcp" if tcp else "udp",
        expires_s=expires_s,
    )
    engine = MovingEngine(folder, computer, listen_host="", listen_port=ENGINE_PORT, account=account, rtp_port=0)
    try:
        engine.start()
        engine.rewind()
        engine.wait(m.RegistrationChanged, lambda one: one.state == "registered")
        yield computer, exchange, engine
    finally:
        if engine._socket is not None and not engine.closed(0):
            engine.send(m.Shutdown())
            engine.closed()
        exchange.close()
        computer.end()


def move(folder: Path) -> None:
    """With a call: registered again at the new address, the call re-INVITEd, voice from there."""
    with scene(folder) as (computer, exchange, engine):
        assert FIRST in exchange.accepted[-1].contact, exchange.accepted
        caller = Caller()
        caller.call()
        incoming = engine.wait(m.IncomingCall)
        engine.send(m.Answer(call_id=incoming.call_id))
        caller.acknowledge()
        engine.wait(m.CallAnswered)
        caller.hears_from(FIRST)
        before, at = len(exchange.accepted), time.monotonic()
        computer.move()
        engine.wait(m.RegistrationChanged, lambda one: one.state == "registering")
        engine.wait(m.RegistrationChanged, lambda one: one.state == "registered")
        print(f"registered again after {time.monotonic() - at:.2f} s")
        assert SECOND in exchange.accepted[before].contact, exchange.accepted
        text, host = caller.moved()
        print(f"re-INVITE after {time.monotonic() - at:.2f} s")
        assert host == SECOND
        assert f"c=IN IP4 {SECOND}" in text, text
        assert re.search(rf"(?m)^Contact: .*{SECOND}", text), text
        caller.hears_from(SECOND)
        print(f"voice after {time.monotonic() - at:.2f} s")
        engine.pause(0.3)
        assert not engine.of(m.CallEnded)


def move_stream(folder: Path) -> None:
    """Registered by TCP: the connection of the old address leads nowhere any more, without having been closed."""
    with scene(folder, tcp=True) as (computer, exchange, engine):
        before, at = len(exchange.accepted), time.monotonic()
        computer.move()
        engine.wait(m.RegistrationChanged, lambda one: one.state == "registering")
        engine.wait(m.RegistrationChanged, lambda one: one.state != "registering")
        print(f"registered again after {time.monotonic() - at:.2f} s")
        assert engine.of(m.RegistrationChanged)[-1].state == "registered", "at the first try"
        assert SECOND in exchange.accepted[before].contact, exchange.accepted


def unplugged(folder: Path) -> None:
    """No network: said at once; registered again when it is back, over the stream too."""
    with scene(folder, tcp=True) as (computer, exchange, engine):
        at = time.monotonic()
        computer.run("ip", "link", "set", "eth0", "down")
        gone = engine.wait(m.RegistrationChanged, lambda one: one.state == "failed")
        print(f"said after {time.monotonic() - at:.2f} s: {gone.reason}")
        assert gone.reason == "No network"
        before, at = len(exchange.accepted), time.monotonic()
        computer.run("ip", "link", "set", "eth0", "up")
        engine.wait(m.RegistrationChanged, lambda one: one.state == "registered")
        print(f"registered again after {time.monotonic() - at:.2f} s")
        assert len(exchange.accepted) > before


SCENES: dict[str, Callable[[Path], None]] = {"move": move, "move_stream": move_stream, "unplugged": unplugged}

if __name__ == "__main__":
    SCENES[sys.argv[2]](Path(sys.argv[1]))
