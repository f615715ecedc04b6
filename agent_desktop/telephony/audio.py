"""The sound devices of the engine: microphone, loudspeaker and ring, through PortAudio, on a thread of their own.

Opening a device may take seconds when a sound server hangs; calls must not wait for it. So one thread does it, and the
owner of the calls asks without waiting and collects ``reports()``.
"""

import array
import ctypes.util
import logging
import queue
import threading
import wave
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

RATE = 16_000
FRAME_US = 20_000
FRAME_BYTES = RATE * FRAME_US // 1_000_000 * 2
_BYTES_PER_MS = RATE * 2 // 1000
_LATENCY_S = 0.04
_LAYOUTS = ((RATE, 1), (48_000, 1), (48_000, 2))  # tried in this order; some hardware knows only the last
NO_DEVICE = "No sound device was found: calls work, but without sound."
NO_LIBRARY = "The sound library (PortAudio) is missing: calls work, but without sound."

log = logging.getLogger("engine")


@dataclass(frozen=True)
class SoundReport:
    """What the sound thread found out."""

    kind: str  # devices, trouble
    outputs: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    text: str = ""  # why there is no sound


@dataclass(frozen=True)
class Choice:
    """Device names as ``devices`` lists them; empty: the system's choice."""

    speaker: str = ""
    microphone: str = ""
    ring: str = ""


class FrameBuffer:
    """Bytes between two clocks: waits for ``target`` bytes after running dry, and drops the oldest over ``most``."""

    def __init__(self, target: int = 40 * _BYTES_PER_MS, most: int = 160 * _BYTES_PER_MS):
        self._bytes = bytearray()
        self._lock = threading.Lock()
        self._target = target
        self._most = most
        self._filling = True
        self.dry = 0
        self.dropped = 0

    def put(self, data: bytes) -> None:
        with self._lock:
            self._bytes += data
            if len(self._bytes) > self._most:
                del self._bytes[: len(self._bytes) - self._target]
                self.dropped += 1

    def get(self, size: int) -> bytes:
        """Exactly ``size`` bytes; silence where nothing is there."""
        with self._lock:
            if self._filling and len(self._bytes) < self._target:
                return bytes(size)
            self._filling = False
            data = bytes(self._bytes[:size])
            del self._bytes[:size]
            if len(data) < size:
                self._filling = True
                self.dry += 1
                data += bytes(size - len(data))
            return data

    def clear(self) -> None:
        with self._lock:
            self._bytes.clear()
            self._filling = True


@dataclass
class _Streams:
    """What is open at the moment; touched by the sound thread only."""

    library: Any = None
    talk: list[Any] = field(default_factory=list)
    ring: Any = None


class Sound:
    """Microphone and loudspeaker for calls, and the ring. Every method returns at once."""

    def __init__(self) -> None:
        self.choice = Choice()
        self._speaker = FrameBuffer()
        self._microphone = FrameBuffer()
        self._streams = _Streams()
        self._reports: queue.SimpleQueue[SoundReport] = queue.SimpleQueue()
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="sound", daemon=True)
        self._thread.start()

    # ------------------------------------------------------------ asked by the owner of the calls

    def look(self) -> None:
        """Find the devices; a ``devices`` report follows."""
        self._jobs.put(self._look)

    def choose(self, choice: Choice) -> None:
        """Use these devices from now on, also in a running call."""
        self.choice = choice
        self._jobs.put(self._reopen)

    def open(self) -> None:
        """Start microphone and loudspeaker; a ``trouble`` report follows if that fails."""
        self._jobs.put(self._open)

    def close(self) -> None:
        """Stop them: between calls the microphone is not in use."""
        self._jobs.put(self._close)

    def ring(self, path: str, loudness: float) -> None:
        """Play a WAV (16 bit) on the ring device again and again, at ``loudness`` 0..1, until ``stop_ring``."""
        self._jobs.put(lambda: self._ring(path, loudness))

    def stop_ring(self) -> None:
        self._jobs.put(self._stop_ring)

    def check(self) -> None:
        """Notice a device that has gone and open what there is instead."""
        self._jobs.put(self._check)

    def reports(self) -> list[SoundReport]:
        """What happened since the last time."""
        found = []
        while not self._reports.empty():
            found.append(self._reports.get())
        return found

    def stop(self) -> None:
        """Close everything and end the thread."""
        self._jobs.put(self._close)
        self._jobs.put(self._stop_ring)
        self._jobs.put(None)
        self._thread.join(2.0)

    # ------------------------------------------------------------ called by the media thread

    def from_microphone(self, size: int) -> bytes:
        return self._microphone.get(size)

    def to_speaker(self, data: bytes) -> None:
        self._speaker.put(data)

    # ------------------------------------------------------------ on the sound thread

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Exception as error:  # noqa: BLE001 - PortAudio's errors are plain exceptions
                log.warning("sound: %s", error)
                self._reports.put(SoundReport("trouble", text=f"The sound device does not work: {error}"))

    def _library(self) -> Any:
        if self._streams.library is None:
            if ctypes.util.find_library("portaudio") is None:
                return None
            import sounddevice

            self._streams.library = sounddevice
        return self._streams.library

    def _look(self) -> None:
        library = self._library()
        if library is None:
            self._reports.put(SoundReport("devices", text=NO_LIBRARY))
            return
        if not self._streams.talk and self._streams.ring is None:  # the list is made once, unless it starts again
            library._terminate()
            library._initialize()
        outputs, inputs = _names(library, "max_output_channels"), _names(library, "max_input_channels")
        self._reports.put(SoundReport("devices", outputs, inputs, text="" if outputs and inputs else NO_DEVICE))

    def _open(self) -> None:
        library = self._library()
        if library is None or self._streams.talk:
            return
        self._speaker.clear()
        self._microphone.clear()
        choice = self.choice
        self._streams.talk.append(_opened(library, "output", choice.speaker, self._speaker))
        self._streams.talk.append(_opened(library, "input", choice.microphone, self._microphone))

    def _close(self) -> None:
        streams, self._streams.talk = self._streams.talk, []
        for stream in streams:
            stream.close(ignore_errors=True)

    def _reopen(self) -> None:
        if self._streams.talk:
            self._close()
            self._open()

    def _check(self) -> None:
        if self._streams.talk and not all(stream.active for stream in self._streams.talk):
            self._close()
            self.choice = Choice()
            self._reports.put(SoundReport("trouble", text="A sound device has gone; the system's choice is used now."))
            self._look()
            self._open()

    def _ring(self, path: str, loudness: float) -> None:
        self._stop_ring()
        library = self._library()
        if library is None:
            return
        with wave.open(path) as file:
            rate, channels = file.getframerate(), file.getnchannels()
            samples = array.array("h", file.readframes(file.getnframes()))
        data = array.array("h", (int(sample * loudness) for sample in samples)).tobytes()
        position = 0

        def fill(out: Any, frames: int, _time: Any, _status: Any) -> None:
            nonlocal position
            size = frames * channels * 2
            piece = data[position : position + size]
            while len(piece) < size:
                piece += data[: size - len(piece)]
            position = (position + size) % len(data)
            out[:] = piece

        self._streams.ring = library.RawOutputStream(
            samplerate=rate, channels=channels, dtype="int16", device=_index(library, "output", self.choice.ring),
            callback=fill,
        )  # fmt: skip
        self._streams.ring.start()

    def _stop_ring(self) -> None:
        stream, self._streams.ring = self._streams.ring, None
        if stream is not None:
            stream.close(ignore_errors=True)


def widen(data: bytes, before: int, channels: int) -> tuple[bytes, int]:
    """16 kHz mono to 48 kHz by straight lines; ``before`` is the sample before ``data``. Returns (bytes, last)."""
    import numpy as np

    samples = np.frombuffer(data, "<i2")
    known = np.concatenate(([before], samples))
    wide = np.interp(np.arange(1, 3 * len(samples) + 1) / 3, np.arange(len(known)), known).astype("<i2")
    return np.repeat(wide, channels).tobytes(), int(samples[-1])


def narrow(data: bytes, channels: int) -> bytes:
    """48 kHz to 16 kHz mono: the mean of three frames."""
    import numpy as np

    return bytes(np.frombuffer(data, "<i2").reshape(-1, 3 * channels).mean(1).astype("<i2").tobytes())


def _names(library: Any, channels: str) -> tuple[str, ...]:
    """Devices of the default host API (one name would appear once per API) that have such channels."""
    if not library.query_hostapis():
        return ()
    default = library.query_hostapis(library.default.hostapi)
    devices = (library.query_devices(index) for index in default["devices"])
    return tuple(dict.fromkeys(device["name"] for device in devices if device[channels] > 0))


def _index(library: Any, direction: str, name: str) -> int | None:
    """Number of a device, or None for the system's choice, also when the wanted one is not there."""
    for index in library.query_hostapis(library.default.hostapi)["devices"] if name else ():
        device = library.query_devices(index)
        if device["name"] == name and device[f"max_{direction}_channels"] > 0:
            return int(index)
    return None


def _opened(library: Any, direction: str, name: str, buffer: FrameBuffer) -> Any:
    """A started stream between a device and ``buffer``. Raises PortAudioError."""
    kind = library.RawOutputStream if direction == "output" else library.RawInputStream
    callback = _to_device if direction == "output" else _from_device
    for number, (rate, channels) in enumerate(_LAYOUTS, 1):
        try:
            stream = kind(
                samplerate=rate, channels=channels, dtype="int16", blocksize=rate // 50, latency=_LATENCY_S,
                device=_index(library, direction, name), callback=callback(buffer, rate, channels),
            )  # fmt: skip
            stream.start()
        except library.PortAudioError:
            if number == len(_LAYOUTS):
                raise
        else:
            return stream
    raise AssertionError("unreachable")


def _to_device(buffer: FrameBuffer, rate: int, channels: int) -> Callable[..., None]:
    before = 0

    def fill(out: Any, frames: int, _time: Any, _status: Any) -> None:
        nonlocal before
        if rate == RATE:
            out[:] = buffer.get(frames * 2)
        else:
            out[:], before = widen(buffer.get(frames * 2 // 3), before, channels)

    return fill


def _from_device(buffer: FrameBuffer, rate: int, channels: int) -> Callable[..., None]:
    def take(data: Any, _frames: int, _time: Any, _status: Any) -> None:
        buffer.put(bytes(data) if rate == RATE else narrow(bytes(data), channels))

    return take
