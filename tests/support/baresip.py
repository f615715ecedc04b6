"""Debian's baresip as the other phone: a user agent of its own make, driven over its control socket, with a tone to say
and a file to hear into."""

import json
import shutil
import socket
import subprocess
import time
import wave
from pathlib import Path
from typing import Any

import numpy as np

from tests.support import ports, sip

_MODULES = ("g711", "aufile", "aubridge", "sndfile", "ctrl_tcp")
_APPLICATIONS = ("account", "menu")
_CONFIG = """\
sip_listen {host}:{port}
audio_player aubridge,none
audio_alert aubridge,alert
audio_source aufile,{folder}/said.wav
audio_channels 1-1
snd_path {folder}
rtp_ports {rtp}-{rtp_end}
module_path {modules}
ctrl_tcp_listen {host}:{control}
{loaded}
"""


class Baresip:
    """Listens on ``port`` as ``agent``; says 440 Hz for a minute and writes what it hears."""

    def __init__(self, folder: Path, *, answers: bool = True, user: str = "agent"):
        folder.mkdir(parents=True)
        self.folder = folder
        self.port, self._control_port = ports.free_port(next_too=True), ports.free_port()
        sip.tone(folder / "said.wav", 60, 440, rate=8000)
        (folder / "contacts").touch()
        mode = "auto" if answers else "manual"
        (folder / "accounts").write_text(f"<sip:{user}@{sip.HOST}>;regint=0;answermode={mode};audio_codecs=PCMA\n")
        (folder / "config").write_text(self._config())
        self._output = (folder / "output").open("wb")
        program = shutil.which("baresip")
        assert program is not None
        # It watches its standard input: the read end of a pipe that nobody writes to.
        self.process = subprocess.Popen(
            [program, "-4", "-f", str(folder)],
            stdin=subprocess.PIPE,
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )
        self._control: socket.socket | None = None
        self._inbox = b""
        self.events: list[dict[str, Any]] = []
        try:
            sip.until(self._connected, "baresip listens")
        except AssertionError:
            self.stop()
            raise

    @property
    def output(self) -> str:
        path = self.folder / "output"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def dial(self, uri: str) -> None:
        self._order("dial", uri)

    def answer(self) -> None:
        self._order("accept")

    def hang_up(self) -> None:
        self._order("hangup")

    def hold(self) -> None:
        self._order("hold")

    def resume(self) -> None:
        self._order("resume")

    def wait(self, kind: str, within_s: float = sip.WAIT_S) -> dict[str, Any]:
        """The next event of this kind: CALL_RINGING, CALL_INCOMING, CALL_ESTABLISHED, CALL_CLOSED, ..."""
        deadline = time.monotonic() + within_s
        while True:
            for place, event in enumerate(self.events):
                if event.get("type") == kind:
                    del self.events[: place + 1]
                    return event
            assert time.monotonic() < deadline, f"no {kind}; {self.events}\n{self.output}"
            self._read(deadline)

    def heard(self) -> np.ndarray:
        """What came out of its loudspeaker, 16 bit samples at 8 kHz; whole once the call is over."""
        dumps = sorted(self.folder.glob("dump-*-dec.wav"))
        assert dumps, sorted(path.name for path in self.folder.iterdir())
        with wave.open(str(dumps[-1])) as file:
            return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float)

    def stop(self) -> None:
        if self._control is not None:
            self._control.close()
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
        assert self.process.stdin is not None
        self.process.stdin.close()
        self._output.close()

    def _config(self) -> str:
        folders = [path.parent for path in Path("/usr/lib").glob("**/baresip/modules/g711.so")]
        loaded = [f"module {name}.so" for name in _MODULES] + [f"module_app {name}.so" for name in _APPLICATIONS]
        rtp = sip.free_port(21_720, 21_990, voice=True) // 2 * 2
        return _CONFIG.format(
            host=sip.HOST, port=self.port, folder=self.folder, control=self._control_port, modules=folders[0],
            rtp=rtp, rtp_end=rtp + 20, loaded="\n".join(loaded),
        )  # fmt: skip

    def _connected(self) -> bool:
        assert self.process.poll() is None, self.output
        try:
            self._control = socket.create_connection((sip.HOST, self._control_port), timeout=1)
        except OSError:
            return False
        return True

    def _order(self, command: str, parameters: str = "") -> None:
        assert self._control is not None
        text = json.dumps({"command": command, "params": parameters, "token": "t"})
        self._control.sendall(f"{len(text)}:{text},".encode())

    def _read(self, deadline: float) -> None:
        """Take in what it said: netstrings of JSON, events among the answers to orders."""
        assert self._control is not None
        self._control.settimeout(max(0.01, min(0.5, deadline - time.monotonic())))
        try:
            data = self._control.recv(65_536)
        except TimeoutError:
            return
        assert data, f"baresip is gone:\n{self.output}"
        self._inbox += data
        while b":" in self._inbox:
            length, _, rest = self._inbox.partition(b":")
            if len(rest) <= int(length):
                return
            said = json.loads(rest[: int(length)])
            self._inbox = rest[int(length) + 1 :]
            if said.get("event"):
                self.events.append(said)
