"""A sound server for one test, without a sound card: null sinks as speakers, cables as microphones; and ears."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.support import sip

RATE = 16_000
SPEAKER, MICROPHONE = "Desk-Speaker", "Desk-Microphone"  # what people see of ``spk`` and ``mic``
PROGRAMS = {
    "pulseaudio": ("pulseaudio", "pactl", "parec", "paplay"),
    "pipewire": ("pipewire", "wireplumber", "pipewire-pulse", "dbus-daemon", "pactl", "parec", "paplay"),
}


class SoundServer:
    """PulseAudio or PipeWire, with what the agent hears (``spk``) and what the microphone picks up (``micfeed``)."""

    def __init__(self, folder: Path, kind: str = "pulseaudio"):
        self.folder = folder
        self.socket = folder / ("native" if kind == "pulseaudio" else "pulse/native")
        self.environment = {
            "PULSE_SERVER": f"unix:{self.socket}",
            "PULSE_RUNTIME_PATH": str(self.socket.parent),
            "XDG_RUNTIME_DIR": str(folder),
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/bus",
        }
        self.processes: list[subprocess.Popen[bytes]] = []
        self._kind = kind
        self.start()

    def start(self) -> None:
        """Also again, after it died."""
        self.socket.unlink(missing_ok=True)
        if self._kind == "pulseaudio":
            native = f"module-native-protocol-unix socket={self.socket} auth-anonymous=1"
            options = ["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--log-level=1"]
            self.processes.append(self._start(["pulseaudio", *options, "-L", native]))
        else:
            self._start_pipewire()
        sip.until(self.socket.exists, "the sound server")
        self.numbers = [self.plug("spk", SPEAKER), self.plug("micfeed", "Cable")]
        self.numbers.append(self.plug_microphone("mic", MICROPHONE))
        self.choose_default("sink", "spk")
        self.choose_default("source", "mic")

    def _start_pipewire(self) -> None:
        bus = ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address=unix:path={self.folder}/bus"]
        makes = {"dbus-daemon": "bus", "pipewire": "pipewire-0"}
        for command in (bus, ["pipewire"], ["wireplumber"], ["pipewire-pulse"]):
            self.processes.append(self._start(command))
            sip.until((self.folder / makes.get(command[0], "")).exists, command[0])

    def plug(self, name: str, shown: str) -> int:
        """Another speaker; the number is for ``unplug``."""
        return int(self._run("pactl", "load-module", "module-null-sink", f"sink_name={name}", "rate=48000",
                             "channels=2", f"sink_properties=device.description={shown}"))  # fmt: skip

    def plug_microphone(self, name: str, shown: str, hears: str = "micfeed") -> int:
        """Another microphone, into which all goes that is played to the sink ``hears``."""
        return int(self._run("pactl", "load-module", "module-remap-source", f"source_name={name}",
                             f"master={hears}.monitor", f"source_properties=device.description={shown}"))  # fmt: skip

    def unplug(self, number: int) -> None:
        self._run("pactl", "unload-module", str(number))

    def choose_default(self, kind: str, name: str) -> None:
        """The system's choice of a ``sink`` or ``source``; PipeWire takes a moment to agree."""

        def agreed() -> bool:
            self._run("pactl", f"set-default-{kind}", name)
            return self._run("pactl", f"get-default-{kind}").strip() == name

        sip.until(agreed, f"{name} is the default")

    @contextmanager
    def playing(self, tone: Path, sink: str = "micfeed") -> Iterator[None]:
        """The microphone hears this WAV."""
        player = self._start(["paplay", "-d", sink, str(tone)])
        try:
            yield
        finally:
            _end(player)

    def heard(self, seconds: float, sink: str = "spk") -> np.ndarray:
        """What comes out of a loudspeaker from now on, 16 kHz."""
        with self.listening(sink) as ear:
            return ear(seconds)

    @contextmanager
    def listening(self, sink: str = "spk") -> Iterator["Ear"]:
        """An ear that has begun to listen."""
        ear = Ear(self._start(["parec", "-d", f"{sink}.monitor", "--raw", "--format=s16le", f"--rate={RATE}",
                               "--channels=1", "--latency-msec=20"]))  # fmt: skip
        try:
            yield ear
        finally:
            _end(ear.process)

    def freeze(self) -> None:
        """It answers nobody any more."""
        for process in self.processes:
            process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        for process in self.processes:
            process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """It dies."""
        while self.processes:
            _end(self.processes.pop())

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command, env={**os.environ, **self.environment}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def _run(self, *command: str) -> str:
        deadline = time.monotonic() + 30
        environment = {**os.environ, **self.environment}
        while (done := subprocess.run(command, env=environment, capture_output=True, check=False)).returncode:
            assert time.monotonic() < deadline, (command, done.stderr)
        return done.stdout.decode()


@contextmanager
def serving(
    kind: str, program: Callable[[str], str], folders: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SoundServer]:
    """A server of this kind that every process started meanwhile uses."""
    for name in PROGRAMS[kind]:
        program(name)
    server = SoundServer(folders.mktemp("s"), kind)
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    try:
        yield server
    finally:
        server.stop()


class Ear:
    """Called with seconds, it gives what was heard since the last time, 16 kHz, and waits for what is missing."""

    def __init__(self, process: subprocess.Popen[bytes]):
        self.process = process
        self(0.02)  # so that it listens already

    def __call__(self, seconds: float) -> np.ndarray:
        assert self.process.stdout is not None
        return np.frombuffer(self.process.stdout.read(int(seconds * RATE) * 2), "<i2").astype(float)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def loudness(samples: np.ndarray, hertz: float) -> float:
    """Share of the energy that lies within 20 Hz of a tone, 0..1; 0 for silence."""
    if not len(samples) or np.abs(samples).max() < 200:
        return 0.0
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2
    frequencies = np.fft.rfftfreq(len(samples), 1 / RATE)
    return float(power[np.abs(frequencies - hertz) < 20].sum() / power.sum())


def gaps_ms(samples: np.ndarray, loudest: float | None = None) -> list[float]:
    """Lengths of the silences over 5 ms within a steady tone, in ms; 16 kHz."""
    size = RATE // 200
    frames = np.abs(samples[: len(samples) // size * size]).reshape(-1, size).max(1)
    quiet = frames < 0.2 * (loudest or np.percentile(frames, 90))
    edges = np.flatnonzero(np.diff(np.concatenate(([0], quiet.astype(int), [0]))))
    return [float(end - start) * 5 for start, end in zip(edges[::2], edges[1::2], strict=True)]


def from_alaw(data: bytes) -> np.ndarray:
    """G.711 A-law to 16 bit samples."""
    code = np.frombuffer(data, np.uint8).astype(int) ^ 0x55
    exponent, mantissa = (code >> 4) & 7, code & 15
    size = np.where(exponent == 0, (mantissa << 4) + 8, ((mantissa << 4) + 264) << np.maximum(exponent - 1, 0))
    return np.where(code & 0x80, size, -size).astype(float)
