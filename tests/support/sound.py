"""A sound server for one test: two null sinks, one of them fed into the microphone; and ears to hear with."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from tests.support import sip

RATE = 16_000


class SoundServer:
    """PulseAudio with the sinks ``spk`` (what the agent hears) and ``micfeed`` (what the microphone picks up)."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.socket = folder / "native"
        self.environment = {
            "PULSE_SERVER": f"unix:{self.socket}",
            "PULSE_RUNTIME_PATH": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
        }
        modules = (
            f"module-native-protocol-unix socket={self.socket} auth-anonymous=1",
            "module-null-sink sink_name=spk rate=48000 channels=2",
            "module-null-sink sink_name=micfeed rate=48000 channels=2",
            "module-remap-source source_name=mic master=micfeed.monitor",
        )
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--log-level=1"]
        for module in modules:
            command += ["-L", module]
        self.process = self._start(command)
        sip.until(lambda: self.socket.exists(), "the sound server")
        self._run("pactl", "set-default-sink", "spk")
        self._run("pactl", "set-default-source", "mic")

    @contextmanager
    def playing(self, tone: Path) -> Iterator[None]:
        """The microphone hears this WAV."""
        player = self._start(["paplay", "-d", "micfeed", str(tone)])
        try:
            yield
        finally:
            _end(player)

    def heard(self, seconds: float) -> np.ndarray:
        """What comes out of the loudspeaker from now on, 16 kHz."""
        recorder = self._start(
            [
                "parec",
                "-d",
                "spk.monitor",
                "--raw",
                "--format=s16le",
                f"--rate={RATE}",
                "--channels=1",
                "--latency-msec=20",
            ]
        )
        assert recorder.stdout is not None
        data = recorder.stdout.read(int(seconds * RATE) * 2)
        _end(recorder)
        return np.frombuffer(data, "<i2").astype(float)

    def stop(self) -> None:
        _end(self.process)

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command, env={**os.environ, **self.environment}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def _run(self, *command: str) -> None:
        deadline = time.monotonic() + 10
        environment = {**os.environ, **self.environment}
        while subprocess.run(command, env=environment, capture_output=True, check=False).returncode:
            assert time.monotonic() < deadline, command


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


def from_alaw(data: bytes) -> np.ndarray:
    """G.711 A-law to 16 bit samples."""
    code = np.frombuffer(data, np.uint8).astype(int) ^ 0x55
    exponent, mantissa = (code >> 4) & 7, code & 15
    size = np.where(exponent == 0, (mantissa << 4) + 8, ((mantissa << 4) + 264) << np.maximum(exponent - 1, 0))
    return np.where(code & 0x80, size, -size).astype(float)
