"""Two channels of a call, from the media thread into an encrypted file: nothing else is ever written.

The media thread puts frames into a bounded ring and never waits; a thread of the recording takes them out, encrypts and
writes them. Each second of the file is a second of the clock: a pause, or what was lost, is silence in it.
"""

import array
import collections
import io
import os
import threading
from collections.abc import Callable
from pathlib import Path

from agent_desktop import clock
from agent_desktop.telephony.messages import RecordingGap
from agent_desktop.telephony.recording_format import STEREO_FRAME_BYTES, header
from agent_desktop.telephony.sound_frames import FRAME_BYTES, FRAME_US

RING_FRAMES = 1_500  # 30 s of a disk that does not answer, 2 MB
LOOK_EVERY_S = 0.1
LATE_FRAMES = 30  # the library makes up for half a second; what came later than that is lost: silence takes its place
FRAME_S = FRAME_US / 1_000_000
_SILENCE = bytes(FRAME_BYTES)
_STEREO_SILENCE = bytes(STEREO_FRAME_BYTES)


class FrameRing:
    """Pairs the frames of both channels. ``sent`` and ``received`` are called by the media thread and never wait."""

    def __init__(self, most: int = RING_FRAMES):
        self.paused = False
        self.closed = False
        self._most = most
        self._sent: bytes | None = None
        self._received: bytes | None = None
        self._missing = 0
        self._pairs: collections.deque[tuple[int, bytes, bytes]] = collections.deque()

    def sent(self, frame: bytes) -> None:
        if self._sent is not None:  # the other channel gave nothing in this round
            self._pair()
        self._sent = frame if len(frame) == FRAME_BYTES else _SILENCE
        if self._received is not None:
            self._pair()

    def received(self, frame: bytes) -> None:
        if self._received is not None:
            self._pair()
        self._received = frame if len(frame) == FRAME_BYTES else _SILENCE
        if self._sent is not None:
            self._pair()

    def take(self) -> tuple[int, bytes, bytes] | None:
        """The oldest pair, and how many before it had no room; None when there is none."""
        return self._pairs.popleft() if self._pairs else None

    def _pair(self) -> None:
        sent, received = self._sent or _SILENCE, self._received or _SILENCE
        self._sent = self._received = None
        if self.closed:
            return
        if self.paused:  # what was said is dropped here, before any buffer or file
            sent = received = _SILENCE
        if len(self._pairs) >= self._most:
            self._missing += 1
            return
        self._pairs.append((self._missing, sent, received))
        self._missing = 0


class RecordingWriter(threading.Thread):
    """Writes one recording until ``finish``; then ``error`` says whether that went well. ``opened``: it has begun."""

    def __init__(self, path: Path, recipient: str, ring: FrameRing):
        """``recipient`` is an age public key. Raises ValueError for one that is none."""
        import pyrage  # only those who record pay for it

        super().__init__(name="recording", daemon=True)
        try:
            self._recipient = pyrage.x25519.Recipient.from_str(recipient)
        except pyrage.RecipientError as error:
            raise ValueError(str(error)) from error
        self.path = path
        self.opened = False
        self.error: OSError | None = None
        self.lost: list[RecordingGap] = []
        self._ring = ring
        self._begun = clock.monotonic()
        self._begun_us = clock.now_us()
        self._frames = 0
        self._plain = bytearray(header())
        self._finish = threading.Event()

    def finish(self) -> None:
        """Write what is in the ring, complete the file and end."""
        self._finish.set()

    def run(self) -> None:
        import pyrage

        try:
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with io.FileIO(descriptor, "w") as file:
                self.opened = True
                sink = _Sink(file)
                try:
                    pyrage.encrypt_io(_Source(self._read), sink, [self._recipient])
                except pyrage.EncryptError as error:  # the library makes a text of what the sink raised
                    raise sink.error or OSError(0, str(error)) from error
                os.fsync(file.fileno())
        except OSError as error:
            self.error = error
        finally:
            self._ring.closed = True

    def _read(self, size: int) -> bytes:
        """Up to ``size`` bytes of the WAV; waits for them, and is empty at the end."""
        while not self._plain:
            ending = self._finish.is_set()
            self._fill()
            if not self._plain and ending:
                return b""
            if not self._plain and not self._catch_up():
                self._finish.wait(LOOK_EVERY_S)
        part = bytes(self._plain[:size])
        del self._plain[:size]
        return part

    def _fill(self) -> None:
        while (pair := self._ring.take()) is not None:
            missing, sent, received = pair
            if missing:
                self._lose(missing)
            both = array.array("h", _STEREO_SILENCE)
            both[0::2] = array.array("h", sent)
            both[1::2] = array.array("h", received)
            self._plain += both.tobytes()
            self._frames += 1

    def _catch_up(self) -> bool:
        """Put silence where a sound should have come long ago; whether that was so."""
        late = int((clock.monotonic() - self._begun) / FRAME_S) - self._frames
        if late <= LATE_FRAMES:
            return False
        self._lose(late)
        return True

    def _lose(self, frames: int) -> None:
        start_us = self._begun_us + self._frames * FRAME_US
        end_us = start_us + frames * FRAME_US
        self.lost.append(RecordingGap(start_us=start_us, end_us=end_us, reason="lost", ended_by="end"))
        self._plain += _STEREO_SILENCE * frames
        self._frames += frames


class _Source:
    """What the encryption reads from."""

    def __init__(self, read: Callable[[int], bytes]):
        self.read = read


class _Sink:
    """What the encryption writes to; keeps what the system said when it could not."""

    def __init__(self, file: io.FileIO):
        self._file = file
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data) or 0
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        """Every write has reached the system already."""
