"""A try before the shift: what the microphone hears for three seconds, then the same through the speaker."""

from agent_desktop import clock
from agent_desktop.telephony.sound_frames import BYTES_PER_MS, loudest
from agent_desktop.telephony.trouble import Trouble

RECORD_S = 3.0
RING_S = 2.5
_GRACE_S = 2.0  # a device that has not moved enough by then does not work
_DRAIN_S = 0.3  # what has been handed over is heard by then
_SILENCE = 0.005  # the noise of a live microphone is louder


class SoundTrial:
    """``phase`` is recording, playing or ringing, then idle for good; ``level`` 0..1 of the last frame."""

    def __init__(self, phase: str):
        self.phase = phase  # changed by the owner only
        self.level = 0.0
        self.trouble = ""  # what was found wrong, once it is idle
        self._since = clock.monotonic()
        self._data = bytearray()
        self._position = 0
        self._loudest = 0.0

    def take(self, data: bytes) -> None:
        """A frame of the microphone."""
        self._data += data
        self.level = loudest(data)
        self._loudest = max(self._loudest, self.level)

    def give(self, size: int) -> bytes:
        """The next bytes of the recording, then silence."""
        data = bytes(self._data[self._position : self._position + size])
        self._position += size
        self.level = loudest(data)
        return data + bytes(size - len(data))

    def step(self) -> None:
        """Go on to the next phase when it is time."""
        passed_s = clock.monotonic() - self._since
        if self.phase == "recording":
            if len(self._data) >= RECORD_S * 1000 * BYTES_PER_MS:
                self._go("playing") if self._loudest >= _SILENCE else self._end(Trouble.SOUND_NOTHING_HEARD)
            elif passed_s > RECORD_S + _GRACE_S:
                self._end(Trouble.SOUND_NOTHING_HEARD)
        elif self.phase == "playing":
            if self._position >= len(self._data) + _DRAIN_S * 1000 * BYTES_PER_MS:
                self._end("")
            elif passed_s > RECORD_S + _DRAIN_S + _GRACE_S:
                self._end(Trouble.SOUND_NOTHING_PLAYED)
        elif self.phase == "ringing" and passed_s > RING_S:
            self._end("")

    def stop(self) -> None:
        self._end("")

    def _go(self, phase: str) -> None:
        self.phase, self.level, self._since = phase, 0.0, clock.monotonic()

    def _end(self, trouble: str) -> None:
        self._go("idle")
        self.trouble = trouble
