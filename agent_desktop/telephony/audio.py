"""The sound devices of the engine: microphone, loudspeaker and ring, chosen one by one.

Opening a device may take seconds when a sound system hangs, or never end; calls must not wait for it. So a thread of
its own does it, and the owner of the calls asks without waiting and collects ``reports()``. A thread that does not
come back is left behind, with its streams, and a new one begins.
"""

import logging
import queue

from msgspec.structs import replace

from agent_desktop import clock
from agent_desktop.telephony.sound_frames import FrameBuffer
from agent_desktop.telephony.sound_trial import SoundTrial
from agent_desktop.telephony.sound_worker import Choice, FindSystem, SoundReport, SoundWorker, Told, Wish, find_system
from agent_desktop.telephony.trouble import Trouble

__all__ = ["Choice", "Sound", "SoundReport"]

TELL_AFTER_S = 1.5
GIVE_UP_AFTER_S = 6.0  # a Bluetooth headset may take three seconds to open
_LONGEST_PATIENCE_S = 60.0  # every thread left behind costs memory
_LEVEL_EVERY_S = 0.1

log = logging.getLogger("engine")


class Sound:
    """Microphone and loudspeaker for calls, and the ring. Every method returns at once; one thread calls them."""

    def __init__(self, find: FindSystem = find_system):
        self._find = find
        self._wish = Wish()
        self._speaker = FrameBuffer()
        self._microphone = FrameBuffer()
        self._told = Told()
        self._reports: queue.SimpleQueue[SoundReport] = queue.SimpleQueue()
        self._worker = self._new_worker()
        self._slow = False  # the user knows that the worker is stuck
        self._patience_s = GIVE_UP_AFTER_S
        self._next_level = 0.0

    # ------------------------------------------------------------ asked by the owner of the calls

    def look(self) -> None:
        """Find the devices; a ``devices`` report follows."""
        self._worker.post(self._wish, asked=True)

    def choose(self, choice: Choice) -> None:
        """Use these devices from now on, also in a running call."""
        self._want(replace(self._wish, choice=choice))

    def open(self) -> None:
        """Start microphone and loudspeaker; a ``trouble`` report follows if that fails."""
        if not self._wish.talk:
            self._speaker.clear()
            self._microphone.clear()
        self._want(replace(self._wish, talk=True))

    def close(self) -> None:
        """Stop them: between calls the microphone is not in use."""
        self._want(replace(self._wish, talk=False))

    def ring(self, path: str, loudness: float) -> None:
        """Play a WAV (16 bit) on the ring device again and again, at ``loudness`` 0..1, until ``stop_ring``."""
        self._want(replace(self._wish, ring=(path, loudness)))

    def stop_ring(self) -> None:
        self._want(replace(self._wish, ring=None))

    def test(self, what: str, ring_file: str = "") -> None:
        """Between calls: try the ``microphone`` and the speaker, or the ``ring``; ``trial`` reports follow.

        An empty ``what`` ends it.
        """
        if self._wish.trial is not None:
            self._wish.trial.stop()
            self._mind_trial()
        if what:
            trial = SoundTrial("recording" if what == "microphone" else "ringing")
            ring = (ring_file, 1.0) if what == "ring" else None
            self._next_level = 0.0
            self._want(replace(self._wish, trial=trial, phase=trial.phase, ring=ring))

    def check(self) -> None:
        """Notice devices that went or came back, and use what there is."""
        if not self._worker.busy_since:
            self._worker.post(self._wish)

    def reports(self) -> list[SoundReport]:
        """What happened since the last time."""
        self._mind_worker()
        self._mind_trial()
        found = []
        while not self._reports.empty():
            found.append(self._reports.get())
        return found

    def stop(self) -> None:
        """Close everything and end the thread."""
        self._worker.stop(within_s=2.0)

    @property
    def heard(self) -> bool:
        """Whether the loudspeaker is open and plays what calls give it."""
        return self._speaker.flows

    # ------------------------------------------------------------ called by the media thread

    def from_microphone(self, size: int) -> bytes:
        return self._microphone.get(size)

    def to_speaker(self, data: bytes) -> None:
        self._speaker.put(data)

    # ------------------------------------------------------------ watching

    def _want(self, wish: Wish) -> None:
        if wish != self._wish:
            self._wish = wish
            self._worker.post(wish)

    def _new_worker(self) -> SoundWorker:
        return SoundWorker(self._find, (self._speaker, self._microphone), self._told, self._reports)

    def _mind_worker(self) -> None:
        """Tell that the sound system does not answer, and at last do without that thread."""
        since = self._worker.busy_since
        busy_s = clock.monotonic() - since if since else 0.0
        if self._slow and not since:
            self._slow = False
            self._patience_s = GIVE_UP_AFTER_S
            if not self._told.silent:
                self._reports.put(SoundReport("back", trouble=Trouble.SOUND_ANSWERS))
        if busy_s > TELL_AFTER_S and self._wish.sounds:
            self._tell_no_answer()
        if busy_s > self._patience_s:
            self._tell_no_answer()
            log.error("sound: a call of the sound system has not returned for %.0f s; its thread is left", busy_s)
            self._patience_s = min(2 * self._patience_s, _LONGEST_PATIENCE_S)
            self._slow = False
            self._worker.abandon()
            self._told = Told(devices=None, silent=True)
            self._worker = self._new_worker()
            self._reports.put(SoundReport("devices", trouble=Trouble.SOUND_SILENT))
            self._worker.post(self._wish)

    def _tell_no_answer(self) -> None:
        if not self._slow and not self._told.silent:
            self._slow = True
            self._reports.put(SoundReport("trouble", trouble=Trouble.SOUND_SILENT))

    def _mind_trial(self) -> None:
        trial = self._wish.trial
        if trial is None:
            return
        trial.step()
        if trial.phase != self._wish.phase:
            if trial.phase == "idle":
                ring = None if self._wish.phase == "ringing" else self._wish.ring
                self._want(replace(self._wish, trial=None, phase="", ring=ring))
            else:
                self._want(replace(self._wish, phase=trial.phase))
        elif clock.monotonic() < self._next_level:
            return
        self._next_level = clock.monotonic() + _LEVEL_EVERY_S
        self._reports.put(SoundReport("trial", trouble=trial.trouble, phase=trial.phase, level=trial.level))
