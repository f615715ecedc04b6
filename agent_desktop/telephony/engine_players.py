"""WAVs that are played into calls, by ports of our own.

The library's player tells of each end of its file through another thread, later; when the player has gone meanwhile,
the process dies. So there are none of it here, and a port that was made stays until the bridge has stopped for good.
"""

import wave
from collections import deque
from typing import Any

import pjsua2 as pj

from agent_desktop.telephony.engine_call import CannotDo, guarded
from agent_desktop.telephony.engine_frames import fill, layout_of
from agent_desktop.telephony.sound_frames import Layout, Wav
from agent_desktop.telephony.trouble import Trouble


class WavPort(pj.AudioMediaPort):  # type: ignore[misc]
    """Says one WAV, then another; silence between them. Its callback comes from the library's media thread."""

    def __init__(self, layout: Layout):
        pj.AudioMediaPort.__init__(self)
        self.wav: Wav | None = None
        self.createPort("wav", layout_of(layout))

    @guarded
    def onFrameRequested(self, frame: Any) -> None:
        wav = self.wav
        fill(frame, bytes(frame.size) if wav is None else wav.get(frame.size))

    def onFrameReceived(self, frame: Any) -> None:
        """Nobody speaks to it; sooner than the library's own."""


class Players:
    """Which call hears which WAV. Used by the owner thread; cleared only while the bridge stands still."""

    def __init__(self) -> None:
        self._playing: dict[str, WavPort] = {}  # by call_id
        self._free: dict[Layout, deque[WavPort]] = {}

    def __contains__(self, call_id: str) -> bool:
        return call_id in self._playing

    def get(self, call_id: str) -> WavPort | None:
        return self._playing.get(call_id)

    def begin(self, call_id: str, path: str, *, loop: bool) -> WavPort | None:
        """Play a WAV for this call from now on; returns what did so before, to be parted and given to ``rest``.

        Raises CannotDo for a file that cannot be played, and leaves everything as it was.
        """
        try:
            wav = Wav(path, loop=loop)
        except (OSError, EOFError, wave.Error) as error:
            raise CannotDo(Trouble.LIBRARY, str(error)) from error
        free = self._free.setdefault(wav.layout, deque())
        port = free.popleft() if free else WavPort(wav.layout)
        port.wav = wav
        before = self.end(call_id)
        self._playing[call_id] = port
        return before

    def end(self, call_id: str) -> WavPort | None:
        """No WAV for this call any more; returns what played one, to be parted and given to ``rest``."""
        return self._playing.pop(call_id, None)

    def rest(self, port: WavPort) -> None:
        """It is connected to nobody any more, and may play for others."""
        if port.wav is not None:
            self._free[port.wav.layout].append(port)
            port.wav = None

    def move(self, call_id: str, to: str) -> None:
        """Another dialog takes the call's place."""
        if call_id in self._playing:
            self._playing[to] = self._playing.pop(call_id)

    def ended(self) -> list[str]:
        """The calls whose WAV has come to its end for good."""
        return [call_id for call_id, port in self._playing.items() if port.wav is not None and port.wav.ended]

    def clear(self) -> None:
        self._playing.clear()
        self._free.clear()
