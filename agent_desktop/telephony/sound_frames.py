"""Sound as bytes: 16 bit samples between two clocks, between two rates, or from a WAV; and how loud they are."""

import array
import threading
import wave

import msgspec

RATE = 16_000
FRAME_US = 20_000
FRAME_BYTES = RATE * FRAME_US // 1_000_000 * 2
BYTES_PER_MS = RATE * 2 // 1000


class FrameBuffer:
    """Bytes between two clocks: delays them no more than the unevenness of both makes necessary.

    After running dry it waits until ``target`` bytes are there; more each time, less again after calm minutes. What
    was never needed for ``WINDOW`` calls of ``get`` is dropped, and the oldest whenever there are more than ``most``.
    """

    WINDOW = 50
    CALM = 30  # windows

    def __init__(self, target: int = 40 * BYTES_PER_MS, most: int = 160 * BYTES_PER_MS):
        self._bytes = bytearray()
        self._lock = threading.Lock()
        self._least_target = self._target = target
        self._step = target // 2
        self._most = most
        self._filling = True
        self._gets = 0
        self._unneeded = most  # the smallest rest that a get has left in this window
        self._calm = 0  # windows since it ran dry
        self.dry = 0
        self.dropped = 0

    @property
    def flows(self) -> bool:
        """Whether somebody takes what is put, and enough is there."""
        return not self._filling

    def put(self, data: bytes) -> None:
        with self._lock:
            self._bytes += data
            if len(self._bytes) > self._most:
                self._drop(len(self._bytes) - self._target)

    def get(self, size: int) -> bytes:
        """Exactly ``size`` bytes; silence where nothing is there."""
        with self._lock:
            if self._filling and len(self._bytes) < self._target:
                return bytes(size)
            self._filling = False
            data = bytes(self._bytes[:size])
            del self._bytes[:size]
            if len(data) < size:
                self._run_dry()
                data += bytes(size - len(data))
            else:
                self._measure()
            return data

    def clear(self) -> None:
        with self._lock:
            self._bytes.clear()
            self._filling = True
            self._target = self._least_target
            self._gets, self._unneeded, self._calm = 0, self._most, 0

    def _run_dry(self) -> None:
        self._filling = True
        self.dry += 1
        self._target = min(self._target + self._step, self._most // 2)
        self._gets, self._unneeded, self._calm = 0, self._most, 0

    def _measure(self) -> None:
        self._unneeded = min(self._unneeded, len(self._bytes))
        self._gets += 1
        if self._gets < self.WINDOW:
            return
        reserve = self._target - self._step
        if self._unneeded >= reserve + self._step:
            self._drop(self._unneeded - reserve)
        self._calm += 1
        if self._calm >= self.CALM:
            self._calm = 0
            self._target = max(self._target - self._step, self._least_target)
        self._gets, self._unneeded = 0, self._most

    def _drop(self, size: int) -> None:
        del self._bytes[:size]
        self.dropped += 1


class Layout(msgspec.Struct, frozen=True):
    """Samples per second, and channels in a frame; always 16 bit."""

    rate: int = RATE
    channels: int = 1


class Wav:
    """A WAV (16 bit) being read, at ``loudness`` 0..1: again and again, or once, then silence.

    Raises OSError, EOFError or wave.Error for a file that cannot be.
    """

    def __init__(self, path: str, loudness: float = 1.0, *, loop: bool = True):
        with wave.open(path) as file:
            if file.getsampwidth() != 2 or not file.getnframes():
                raise wave.Error(f"{path} does not hold 16 bit samples")
            self.layout = Layout(file.getframerate(), file.getnchannels())
            self._data = file.readframes(file.getnframes())
        self._loop = loop
        self._loudness = loudness
        self._position = 0

    @property
    def ended(self) -> bool:
        """Whether all of it has been read, and nothing more will come."""
        return not self._loop and self._position >= len(self._data)

    def get(self, size: int) -> bytes:
        """The next ``size`` bytes; scaled piece by piece, as doing it at once would hold up the first ring."""
        data = b""
        while len(data) < size and not self.ended:
            piece = self._data[self._position : self._position + size - len(data)]
            self._position += len(piece)
            if self._loop:
                self._position %= len(self._data)
            data += piece
        data += bytes(size - len(data))
        if self._loudness == 1.0:
            return data
        return array.array("h", (int(sample * self._loudness) for sample in array.array("h", data))).tobytes()


def loudest(data: bytes) -> float:
    """The largest sample, 0..1."""
    samples = array.array("h", data)
    return max(abs(min(samples)), abs(max(samples))) / 32_768 if samples else 0.0


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
