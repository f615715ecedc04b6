"""A real Asterisk on loopback for a test: its own folder, ports and process; no root, nothing installed."""

import array
import fcntl
import math
import os
import shutil
import socket
import subprocess
import tempfile
import time
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

HERE = Path(__file__).parent
REPOSITORY = HERE.parent.parent
EXAMPLES = REPOSITORY / "resources" / "asterisk"
FETCHED = Path(os.environ.get("AGENT_DESKTOP_ASTERISK", REPOSITORY / ".asterisk"))


class NoAsterisk(Exception):
    """It was never fetched: tools/get_asterisk.sh says why."""


@dataclass(frozen=True)
class QueueLogLine:
    """One line of Asterisk's queue_log."""

    call: str
    queue: str
    agent: str
    event: str
    details: tuple[str, ...]


class Asterisk:
    """``start`` to ``stop`` is one boot, about a second. Ports are free ones from 22000 on."""

    def __init__(self) -> None:
        check = subprocess.run([REPOSITORY / "tools" / "get_asterisk.sh", "--check"], check=False)
        if check.returncode:
            raise NoAsterisk("run tools/get_asterisk.sh: it fetches a real Asterisk from Debian's mirror")
        # its control socket lives here, and a socket's path may have 107 bytes
        self.folder = Path(tempfile.mkdtemp(prefix="ad-pbx-"))
        self.sip_port, self._claim = _own_ports(22000, 22900)
        self.trunk_port = self.sip_port + 1
        self.manager_port = self.sip_port + 2
        self.tls_port = self.sip_port + 3
        self._rtp_first = self.sip_port + 10
        self._process: subprocess.Popen[bytes] | None = None
        root = FETCHED / "root"
        self._program = [root / "lib" / "ld.so", "--library-path", root / "lib", root / "sbin" / "asterisk"]
        self._configure(root)

    @property
    def address(self) -> str:
        """host:port of its SIP side, UDP and TCP."""
        return f"127.0.0.1:{self.sip_port}"

    def start(self) -> None:
        """Boot. Raises TimeoutError with the end of its log."""
        command = [*self._program, "-f", "-q", "-C", self.folder / "etc" / "asterisk.conf"]
        with (self.folder / "output").open("wb") as output:
            self._process = subprocess.Popen(command, stdout=output, stderr=output, env={"LC_ALL": "C"})
        deadline = time.monotonic() + 60
        while "fully booted" not in self.command("core waitfullybooted"):
            if time.monotonic() > deadline or self._process.poll() is not None:
                output = (self.folder / "output").read_bytes()[-2000:].decode(errors="replace")
                self.stop()
                raise TimeoutError(f"Asterisk did not boot: {output}")
            time.sleep(0.05)  # until its socket is there, there is nothing to wait on

    def kill(self) -> None:
        """kill -9; ``start`` boots it again."""
        if self._process is not None:
            self._process.kill()  # nothing of it is kept, and asked nicely it takes half a second
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """End it and remove its folder."""
        self.kill()
        self._claim.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, text: str) -> str:
        """What its command line answers; '' while it cannot."""
        command = [*self._program, "-C", self.folder / "etc" / "asterisk.conf", "-rx", text]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False, env={"LC_ALL": "C"})
        return done.stdout if done.returncode == 0 else ""

    def queue_log_text(self) -> str:
        """Its queue_log as it stands there; of a line that is being written, nothing."""
        file = self.folder / "var" / "log" / "queue_log"
        whole, end, _ = (file.read_text() if file.exists() else "").rpartition("\n")
        return whole + end

    def queue_log(self) -> list[QueueLogLine]:
        """What happened in its queues, oldest first."""
        parts = [line.split("|") for line in self.queue_log_text().splitlines()]
        return [QueueLogLine(part[1], part[2], part[3], part[4], tuple(part[5:])) for part in parts]

    def log(self) -> str:
        """Its log, for the message of a failing test."""
        return (self.folder / "var" / "log" / "full").read_text(errors="replace")

    def _configure(self, root: Path) -> None:
        for name in ("lib/keys", "spool", "run", "log/cdr-csv", "music", "prompts", "agi-bin", "sbin", "data"):
            (self.folder / "var" / name).mkdir(parents=True)
        (self.folder / "var" / "data" / "documentation").symlink_to(root / "data" / "documentation")
        words = {
            "FOLDER": self.folder,
            "ROOT": root,
            "EXAMPLES": EXAMPLES,
            "SIP_PORT": self.sip_port,
            "TRUNK_PORT": self.trunk_port,
            "AMI_PORT": self.manager_port,
            "RTP_FIRST": self._rtp_first,
            "RTP_LAST": self._rtp_first + 79,
        }
        (self.folder / "etc").mkdir()
        for source in (HERE / "asterisk_etc").iterdir():
            text = source.read_text()
            for word, value in words.items():
                text = text.replace(f"@{word}@", str(value))
            (self.folder / "etc" / source.name).write_text(text)
        # A prompt that is missing acts like a hang-up, so none is left to chance.
        _tones(self.folder / "var" / "music" / "tone.wav", (330, 1.0), (440, 1.0))
        for name, hertz in (("menu", 500), ("account", 550), ("goodbye", 400)):
            _tones(self.folder / "var" / "prompts" / f"{name}.wav", (hertz, 0.2), (0, 0.3))
        for name in ("card", "expiry", "cvc", "paid", "refused", "survey1", "survey2", "thanks"):
            _tones(self.folder / "var" / "prompts" / f"{name}.wav", (450, 0.2), (0, 0.1))
        sounds = self.folder / "var" / "data" / "sounds" / "en"
        sounds.mkdir(parents=True)
        _tones(sounds / "pbx-transfer.wav", (600, 0.1))


def _tones(file: Path, *tones: tuple[int, float]) -> None:
    """A WAV of sine tones: hertz and seconds each."""
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        for hertz, seconds in tones:
            step = 2 * math.pi * hertz / 8000
            out.writeframes(
                array.array("h", (int(6000 * math.sin(step * n)) for n in range(int(8000 * seconds)))).tobytes()
            )


def _own_ports(first: int, last: int) -> tuple[int, TextIO]:
    """The start of a block of 100 ports that is ours until the file is closed.

    A probe alone would not do: Asterisk binds with SO_REUSEADDR, so two that start at once would share a port.
    """
    for base in range(first, last, 100):
        claim = (Path(tempfile.gettempdir()) / f"agent-desktop-test-ports-{base}").open("a")
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
                for port in range(base, base + 4):
                    with socket.socket(socket.AF_INET, kind) as probe:
                        probe.bind(("127.0.0.1", port))
        except OSError:
            claim.close()
            continue
        return base, claim
    raise OSError(f"no free ports between {first} and {last}")
