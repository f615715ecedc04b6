"""Real phones for tests: an engine driven without Qt, SIPp as a caller nobody here wrote, and raw SIP over UDP."""

import array
import contextlib
import math
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import time
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from agent_desktop.telephony import messages
from agent_desktop.telephony.engine_process import EngineProcess, running
from tests.support.ports import HOST, WAIT_S, free_port, udp_bound, until

SCENARIOS = Path(__file__).parents[1] / "telephony" / "sipp"
E = TypeVar("E", bound=messages.Message)


class EngineDriver:
    """An engine process and a desktop's end of its socket, without Qt. Everything said is kept in ``heard``."""

    def __init__(self, folder: Path, **configure: object):
        self.folder = folder
        self.settings = messages.Configure(
            **{"listen_host": HOST, "listen_port": free_port(), "audio": "null", "rtp_port": 21_700, **configure}  # type: ignore[arg-type]
        )
        self.heard: list[messages.EngineMessage] = []
        self.expected_errors: list[str] = []  # what may stand in its log as an error
        self.process: EngineProcess | None = None
        self._socket: socket.socket | None = None
        self._inbox = bytearray()
        self._read_from = 0

    # ------------------------------------------------------------ the process

    def start(self) -> "EngineDriver":
        """Run the engine, attach, configure, and wait until it is ready."""
        self.spawn()
        self.attach()
        self.send(self.settings)
        self.wait(messages.EngineReady)
        return self

    def spawn(self) -> None:
        self.process = EngineProcess(self.folder)
        until(lambda: running(self.folder) is not None, "engine.json")

    def attach(self, seen: int = 0, token: str | None = None) -> messages.Welcome:
        """Connect as a desktop does."""
        self.connect()
        address = running(self.folder)
        assert address is not None
        self.send(messages.Hello(token=address.token if token is None else token, seen=seen))
        return self.wait(messages.Welcome)

    def connect(self) -> None:
        self.leave()
        address = running(self.folder)
        assert address is not None
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.connect(address.socket)
        self._inbox.clear()

    def leave(self) -> None:
        """Close the connection as a dying desktop does."""
        if self._socket is not None:
            self._socket.close()
        self._socket = None

    def kill(self) -> None:
        """kill -9 of the engine."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.wait_for_end()

    def wait_for_end(self, within_s: float = WAIT_S) -> str:
        assert self.process is not None
        until(self.process.ended, "the engine ends", within_s)
        return self.process.ended()

    def stop(self) -> None:
        """End it, whatever state it is in."""
        self.leave()
        if self.process is not None and not self.process.ended():
            os.kill(self.process.pid, signal.SIGTERM)
            self.process.end(time.monotonic() + 5)

    @property
    def alive(self) -> bool:
        return self.process is not None and not self.process.ended()

    @property
    def port(self) -> int:
        """Where it takes calls."""
        return next(one.listen_port for one in reversed(self.heard) if isinstance(one, messages.EngineReady))

    @property
    def uri(self) -> str:
        return f"sip:{self.settings.user}@{HOST}:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "engine.log").read_text("utf-8", "replace")

    # ------------------------------------------------------------ the talk

    def send(self, command: messages.Message) -> None:
        assert self._socket is not None
        self._socket.sendall(messages.frame(command))

    def send_raw(self, data: bytes) -> None:
        assert self._socket is not None
        self._socket.sendall(data)

    def closed(self, within_s: float = WAIT_S) -> bool:
        """Whether the engine closes the connection."""
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline:
            if not self._receive(deadline):
                return True
        return False

    def wait(self, kind: type[E], where: Callable[[E], object] = lambda _: True, *, within_s: float = WAIT_S) -> E:
        """The next message of this kind after the last one waited for, that fits."""
        deadline = time.monotonic() + within_s
        while True:
            for position in range(self._read_from, len(self.heard)):
                message = self.heard[position]
                if isinstance(message, kind) and where(message):
                    self._read_from = position + 1
                    return message
            assert self._receive(deadline), f"the engine closed the connection; heard {self._short()}\n{self.log}"
            assert time.monotonic() < deadline, f"no {kind.__name__}; heard {self._short()}\n{self.log}"

    def of(self, kind: type[E]) -> list[E]:
        """Every message of this kind heard so far."""
        return [message for message in self.heard if isinstance(message, kind)]

    def rewind(self) -> None:
        """Let ``wait`` look at everything heard again."""
        self._read_from = 0

    def hear(self) -> None:
        """Take in what has been said by now."""
        self._receive(0.0)

    def pause(self, seconds: float) -> None:
        """Listen for a while: to see that something does not happen."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self._receive(deadline):
            pass

    def _receive(self, deadline: float) -> bool:
        assert self._socket is not None
        ready, _, _ = select.select([self._socket], [], [], max(0.0, min(0.2, deadline - time.monotonic())))
        if not ready:
            return True
        try:
            data = self._socket.recv(262_144)
        except ConnectionResetError:
            return False
        if not data:
            return False
        self._inbox += data
        self.heard += [messages.engine_message(body) for body in messages.split(self._inbox)]
        return True

    def _short(self) -> list[str]:
        return [type(one).__name__ for one in self.heard if not isinstance(one, messages.Levels)][-30:]


@dataclass
class Sipp:
    """A SIPp process; ``messages`` is its trace of what it sent and received."""

    process: subprocess.Popen[bytes]
    port: int
    folder: Path
    name: str
    _trace: str = field(default="", repr=False)

    def wait(self, within_s: float = 90.0) -> int:
        """0 when every call went as the scenario says."""
        return self.process.wait(within_s)

    def check(self, within_s: float = 90.0) -> None:
        code = self.wait(within_s)
        assert code == 0, f"sipp {self.name} ended with {code}:\n{self.errors}\n{self.trace[-4000:]}"

    @property
    def trace(self) -> str:
        path = self.folder / f"{self.name}.messages"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    @property
    def errors(self) -> str:
        paths = [self.folder / f"{self.name}.errors", self.folder / f"{self.name}.output"]
        return "\n".join(path.read_text("utf-8", "replace")[-1500:] for path in paths if path.exists())

    def received(self, what: str) -> list[str]:
        """Messages that SIPp received and that begin so: ``BYE``, ``SIP/2.0 486``."""
        parts = re.split(r"-{20,}[^\n]*\n", self.trace)
        texts = [part.partition("\n\n")[2] for part in parts if "message received" in part.partition("\n")[0]]
        return [text for text in texts if text.startswith(what)]

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


class SippRunner:
    """Starts SIPp with a scenario of ``tests/telephony/sipp`` (or another folder) and ends all of them at the end."""

    def __init__(self, folder: Path, scenarios: Path = SCENARIOS):
        self.folder = folder
        self.scenarios = scenarios
        self.started: list[Sipp] = []

    def call(
        self,
        scenario: str,
        target: int,
        *,
        calls: int = 1,
        rate: float = 10.0,
        headers: str = "",
        pause_ms: int = 200,
        user: str = "agent",
        at_once: int = 0,
        **keys: str,
    ) -> Sipp:
        """Call ``user`` on ``target`` (a port). ``headers``: more lines of the INVITE; ``keys``: its words.

        ``at_once``: so many at most, however slow this machine is.
        """
        words = [part for key, value in keys.items() for part in ("-key", key, value)]
        limit = ["-l", str(at_once)] if at_once else []
        arguments = [f"{HOST}:{target}", "-r", str(rate), "-s", user, *limit, *words]
        return self._run(scenario, headers, arguments, (calls, pause_ms, 60 + int(calls / rate)))

    def answer(self, scenario: str, *, calls: int = 1, pause_ms: int = 200) -> Sipp:
        """Wait for calls on a port of its own (``.port``)."""
        sipp = self._run(scenario, "", [], (calls, pause_ms, 60))
        until(lambda: udp_bound(sipp.port) or sipp.process.poll() is not None, "sipp listens")
        return sipp

    def stop(self) -> None:
        for sipp in self.started:
            sipp.stop()

    def _run(self, scenario: str, headers: str, arguments: list[str], size: tuple[int, int, int]) -> Sipp:
        name = f"{scenario}-{len(self.started)}"
        lines = "".join(line + "\n" for line in headers.splitlines() if line)
        text = _with_parts((self.scenarios / f"{scenario}.xml").read_text("utf-8")).replace("@HEADERS@\n", lines)
        (self.folder / f"{name}.xml").write_text(text, "utf-8")
        port = free_port()
        program = shutil.which("sipp")
        assert program is not None
        command = [
            *(
                program,
                "-sf",
                f"{name}.xml",
                "-i",
                HOST,
                "-p",
                str(port),
                "-mp",
                str(free_port(voice=True)),
            ),
            *("-m", str(size[0]), "-d", str(size[1]), "-nostdin", "-timeout", f"{size[2]}s"),
            *("-timeout_error", "-trace_err", "-error_file", f"{name}.errors"),
            *("-trace_msg", "-message_file", f"{name}.messages", *arguments),
        ]
        with (self.folder / f"{name}.output").open("wb") as output:
            process = subprocess.Popen(command, cwd=self.folder, stdout=output, stderr=subprocess.STDOUT)
        self.started.append(Sipp(process, port, self.folder, name))
        return self.started[-1]


def _with_parts(text: str) -> str:
    """``@ACK 2@`` on a line of its own stands for parts/ack.xml with 2 for its $1; _ in a word is a space."""

    def part(match: re.Match[str]) -> str:
        name, *words = match[1].split()
        found = (SCENARIOS / "parts" / f"{name.lower()}.xml").read_text("utf-8")
        for number, word in enumerate(words, 1):
            found = found.replace(f"${number}", word if word.startswith("[") else word.replace("_", " "))
        return _with_parts(found)

    return re.sub(r"(?m)^@((?!HEADERS@)[A-Z_]+(?: [^@\n]+)?)@\n", part, text)


class RawCaller:
    """SIP by hand over UDP: any bytes at all may be sent."""

    def __init__(self, target: int):
        self.target = target
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((HOST, 0))
        self.port = int(self._socket.getsockname()[1])
        self._dialogs: dict[str, tuple[bytes, bytes]] = {}  # From and To of each answered call
        self.finals: dict[str, str] = {}  # the final answer to each INVITE, whole

    def invite(
        self, call_id: str, headers: bytes = b"", *, sender: bytes | None = None, body: bytes | None = None
    ) -> bytes:
        """The bytes of an INVITE; ``sender`` is the whole From value, ``headers`` are lines ending in CRLF."""
        if body is None:
            body = SDP
        who = sender if sender is not None else b"<sip:+48601442190@127.0.0.1>;tag=" + call_id.encode()
        return self.request("INVITE", call_id, headers, who, body)

    def request(self, method: str, call_id: str, headers: bytes, sender: bytes, body: bytes = b"") -> bytes:
        kind = b"Content-Type: application/sdp\r\n" if body else b""
        return (
            f"{method} sip:agent@{HOST}:{self.target} SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP {HOST}:{self.port};branch=z9hG4bK{call_id};rport\r\n"
            "Max-Forwards: 70\r\n"
        ).encode() + (
            b"From: " + sender + b"\r\n"
            + f"To: <sip:agent@{HOST}>\r\nCall-ID: {call_id}\r\nCSeq: 1 {method}\r\n".encode()
            + f"Contact: <sip:caller@{HOST}:{self.port}>\r\n".encode()
            + headers + kind + f"Content-Length: {len(body)}\r\n\r\n".encode() + body
        )  # fmt: skip

    def send(self, data: bytes) -> None:
        self._socket.sendto(data, (HOST, self.target))

    def answers(self, within_s: float = WAIT_S) -> Iterator[str]:
        """What comes back, until nothing came for so long."""
        self._socket.settimeout(within_s)
        while True:
            try:
                yield self._socket.recv(65_535).decode("utf-8", "replace")
            except TimeoutError:
                return

    def final(self, call_id: str, within_s: float = WAIT_S) -> int:
        """The final status of the INVITE of this call; acknowledged. 0 if none came."""
        for text in self.answers(within_s):
            status = re.match(r"SIP/2\.0 (\d+)", text)
            if status and int(status[1]) >= 200 and call_id in text and re.search(r"(?m)^CSeq: \d+ INVITE", text):
                self.finals[call_id] = text
                to = re.search(r"(?m)^To: (.*)$", text)
                sender = re.search(r"(?m)^From: (.*)$", text)
                assert to is not None
                assert sender is not None
                ack = self.request("ACK", call_id, b"", sender[1].strip().encode())
                self._dialogs[call_id] = (sender[1].strip().encode(), to[1].strip().encode())
                self.send(self._within(call_id, ack))
                return int(status[1])
        return 0

    def later(self, call_id: str, method: str, cseq: int, body: bytes = b"") -> bytes:
        """Another request within an answered call."""
        request = self.request(method, call_id, b"", self._dialogs[call_id][0], body)
        request = request.replace(b"CSeq: 1 ", f"CSeq: {cseq} ".encode())
        return self._within(call_id, request.replace(b"branch=z9hG4bK", f"branch=z9hG4bK{method}{cseq}".encode()))

    def hang_up(self, call_id: str, cseq: int = 2) -> None:
        """BYE of an answered call."""
        self.send(self.later(call_id, "BYE", cseq))

    def close(self) -> None:
        self._socket.close()

    def _within(self, call_id: str, request: bytes) -> bytes:
        """The request with the tag that the other side has given the call."""
        return request.replace(f"To: <sip:agent@{HOST}>".encode(), b"To: " + self._dialogs[call_id][1])


SDP = (
    b"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    b"m=audio 21990 RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n"
)


def tone(path: Path, seconds: float = 1.0, hertz: float = 440.0, rate: int = 16_000) -> Path:
    """Write a WAV with a sine tone."""
    samples = array.array(
        "h", (int(12_000 * math.sin(2 * math.pi * hertz * n / rate)) for n in range(int(seconds * rate)))
    )
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return path


class PhoneLog:
    """A Phone and everything its signals said; needs a Qt application."""

    def __init__(self, folder: Path, **configure: object):
        from agent_desktop.telephony.phone import Phone  # engines are driven without Qt

        self.folder = folder
        self.settings = messages.Configure(
            **{"listen_host": HOST, "listen_port": free_port(), "audio": "null", "rtp_port": 21_700, **configure}  # type: ignore[arg-type]
        )
        self.said: list[tuple[str, object]] = []
        self.phone = Phone(folder)
        for name in ("event", "snapshot", "state_changed", "engine_lost", "command_failed", "levels", "devices",
                     "sound_level"):  # fmt: skip
            getattr(self.phone, name).connect(lambda value, name=name: self.said.append((name, value)))
        self.phone.engine_back.connect(lambda: self.said.append(("engine_back", None)))

    def start(self) -> "PhoneLog":
        self.phone.start(self.settings)
        self.until(lambda: self.phone.state.engine == "ready", "the phone is ready")
        return self

    def until(self, condition: Callable[[], object], what: str, within_s: float = WAIT_S) -> None:
        """Run the event loop until it is so."""
        from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

        deadline = time.monotonic() + within_s
        waker = QTimer()  # a condition may come true without an event
        waker.start(10)
        while not condition():
            assert time.monotonic() < deadline, f"never happened: {what}; said {self.said}"
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def of(self, name: str) -> list[object]:
        """What one signal has said."""
        return [value for signal_name, value in self.said if signal_name == name]

    def events(self, kind: type[E]) -> list[E]:
        return [value for value in self.of("event") if isinstance(value, kind)]

    def wait(self, kind: type[E], where: Callable[[E], object] = lambda _: True) -> E:
        """The first event of this kind that fits, now or later."""
        self.until(lambda: any(where(one) for one in self.events(kind)), kind.__name__)
        return next(one for one in self.events(kind) if where(one))

    @property
    def engine_pid(self) -> int:
        address = running(self.folder)
        assert address is not None
        return address.pid

    def end_engine(self) -> None:
        """End an engine that was left alone."""
        address = running(self.folder)
        if address is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(address.pid, signal.SIGTERM)
        until(lambda: running(self.folder) is None or not _alive(address.pid), "the engine ends")


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
