"""The thread that speaks to the sound system: it makes what is open match what is wished for."""

import logging
import queue
import sys
import threading
import wave
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from agent_desktop import clock
from agent_desktop.telephony.sound_frames import FrameBuffer, Layout, Wav
from agent_desktop.telephony.sound_portaudio import PortAudioSound
from agent_desktop.telephony.sound_pulse import PulseSound
from agent_desktop.telephony.sound_system import Devices, SoundError, SoundSystem, Stream
from agent_desktop.telephony.sound_trial import SoundTrial
from agent_desktop.telephony.trouble import Trouble

log = logging.getLogger("engine")


class SoundReport(msgspec.Struct, frozen=True):
    """What the sound thread found out."""

    kind: str  # devices, trouble, back, trial
    outputs: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    trouble: str = ""  # of Trouble; of devices: why there is no sound
    detail: str = ""
    phase: str = ""  # of a trial: recording, playing, ringing, idle
    level: float = 0.0  # of a trial, 0..1


class Choice(msgspec.Struct, frozen=True):
    """Device names as ``devices`` lists them. Empty is the system's choice; for the ring, the speaker.

    A device that is not there is replaced by the system's choice until it is back.
    """

    speaker: str = ""
    microphone: str = ""
    ring: str = ""
    ring_on_speaker: bool = False  # as well as on the ring device


class Wish(msgspec.Struct, frozen=True):
    """What should be open."""

    choice: Choice = Choice()
    talk: bool = False
    ring: tuple[str, float] | None = None  # WAV, loudness
    trial: SoundTrial | None = None
    phase: str = ""  # of the trial

    @property
    def sounds(self) -> bool:
        return self.talk or self.ring is not None or self.trial is not None


@dataclass
class Told:
    """What the user knows, so that it is said once; outlives the worker."""

    devices: Devices | None = None
    silent: bool = False
    missing: frozenset[str] = frozenset()
    failing: dict[str, str] = field(default_factory=dict)  # what does not open, and why


class _Need(msgspec.Struct, frozen=True):
    direction: str  # output, input
    device: str  # as it is listed; empty: the system's choice
    content: object  # what is heard there: when it changes, the stream does


def find_system(known: SoundSystem | None) -> SoundSystem:
    """The sound server where there is one, else PortAudio."""
    if sys.platform == "linux" and not isinstance(known, PulseSound):
        try:
            return PulseSound()
        except SoundError as error:
            log.debug("no sound server: %s", error)
    return known or PortAudioSound()


FindSystem = Callable[[SoundSystem | None], SoundSystem]


class SoundWorker:
    """Does the latest wish. A call of the sound system may never return: then ``abandon`` it and start another one."""

    def __init__(
        self,
        find: FindSystem,
        talk: tuple[FrameBuffer, FrameBuffer],
        told: Told,
        reports: "queue.SimpleQueue[SoundReport]",
    ):
        self.busy_since = 0.0  # monotonic; 0 while it waits for something to do
        self._find = find
        self._speaker, self._microphone = talk
        self._told = told
        self._reports = reports
        self._system: SoundSystem | None = None
        self._open: dict[str, tuple[_Need, Stream]] = {}
        self._abandoned = False
        self._jobs: queue.SimpleQueue[tuple[Wish, bool] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="sound", daemon=True)
        self._thread.start()

    # ------------------------------------------------------------ called by the owner

    def post(self, wish: Wish, *, asked: bool = False) -> None:
        """Make it so; with ``asked`` a ``devices`` report follows in any case."""
        self._jobs.put((wish, asked))

    def abandon(self) -> None:
        """Leave it to itself: should its call return, it closes what it holds and ends."""
        self._abandoned = True
        self._jobs.put(None)
        if self._system is not None:
            self._system.given_up()

    def stop(self, within_s: float) -> None:
        self._jobs.put(None)
        self._thread.join(within_s)

    # ------------------------------------------------------------ on the thread

    def _run(self) -> None:
        ends = False
        while not ends:
            job, asked = self._jobs.get(), False
            self.busy_since = clock.monotonic()
            wish = None
            while True:  # only the latest wish counts
                if job is None:
                    ends = True
                else:
                    wish, asked = job[0], asked or job[1]
                if self._jobs.empty():
                    break
                job = self._jobs.get()
            if wish is not None and not ends:
                try:
                    self._carry_out(wish, asked)
                except Exception as error:  # noqa: BLE001 - PortAudio's errors are plain exceptions
                    log.warning("sound: %s", error)
                    self._fail("system", error)
            self.busy_since = 0.0
        self._close(list(self._open))

    def _carry_out(self, wish: Wish, asked: bool) -> None:
        lost = [role for role, (_, stream) in self._open.items() if not stream.works]
        if lost and self._system is not None:
            self._close(list(self._open) if self._system.list_needs_rest else lost)
        devices = self._look(asked or bool(lost))
        missed = self._tell(devices, wish.choice, asked, bool(lost))
        needs = _needs(wish, devices)
        self._close([role for role, (need, _) in self._open.items() if needs.get(role) != need])
        for role, need in needs.items():
            if role not in self._open and not self._abandoned:
                self._start(role, need, wish, missed=missed)
        for role in self._told.failing.keys() - needs.keys():
            del self._told.failing[role]

    def _look(self, wanted: bool) -> Devices:
        known = self._told.devices
        again = not self._open and (wanted or not known or bool(self._told.missing))
        if self._system is None or (again and self._system.list_needs_rest):
            self._system = self._find(self._system)
        return self._system.look(again=again)

    def _start(self, role: str, need: _Need, wish: Wish, *, missed: bool) -> None:
        assert self._system is not None
        try:
            if role == "microphone":
                stream = self._system.record(need.device, self._microphone.put)
            elif role == "speaker":
                stream = self._system.play(need.device, self._speaker.get, Layout())
            elif role == "recording":
                assert wish.trial is not None
                stream = self._system.record(need.device, wish.trial.take)
            elif role == "playing":
                assert wish.trial is not None
                stream = self._system.play(need.device, wish.trial.give, Layout())
            else:
                assert wish.ring is not None
                loop = Wav(*wish.ring)
                stream = self._system.play(need.device, loop.get, loop.layout)
        except (SoundError, OSError, EOFError, wave.Error) as error:
            self._fail(role, error)
            return
        self._open[role] = need, stream
        failed_before = self._told.failing.pop(role, None) is not None
        if failed_before and not missed:  # it failed because it was about to go, and that has just been said
            self._report(SoundReport("back", trouble=Trouble.SOUND_WORKS))

    def _close(self, roles: list[str]) -> None:
        for role in roles:
            _, stream = self._open.pop(role)
            stream.close()

    def _fail(self, role: str, error: Exception) -> None:
        why = str(error)
        if role not in self._told.failing and why not in self._told.failing.values():
            self._report(SoundReport("trouble", trouble=Trouble.SOUND_FAILS, detail=why))
        self._told.failing[role] = why

    def _tell(self, devices: Devices, choice: Choice, asked: bool, lost: bool) -> bool:
        """Say what has changed; whether a device is missed from now on."""
        told = self._told
        first = told.devices is None
        if asked or devices != told.devices:
            self._report(SoundReport("devices", devices.outputs, devices.inputs, devices.trouble))
        told.devices = devices
        if not devices:
            if not first and not told.silent:
                self._report(SoundReport("trouble", trouble=Trouble.SOUND_GONE))
            told.silent = True
            return False
        outputs = {choice.speaker, choice.ring} - {""} - {*devices.outputs}
        missing = frozenset(outputs | ({choice.microphone} - {""} - {*devices.inputs}))
        if told.silent:
            told.silent = False
            self._report(SoundReport("back", trouble=Trouble.SOUND_WORKS))
        elif lost and not missing - told.missing:
            self._report(SoundReport("trouble", trouble=Trouble.SOUND_INTERRUPTED))
        newly = missing - told.missing
        for name in sorted(newly):
            self._report(SoundReport("trouble", trouble=Trouble.SOUND_MISSING, detail=name))
        for name in sorted((told.missing - missing) & {choice.speaker, choice.ring, choice.microphone}):
            self._report(SoundReport("back", trouble=Trouble.SOUND_DEVICE_BACK, detail=name))
        told.missing = missing
        return bool(newly)

    def _report(self, report: SoundReport) -> None:
        if not self._abandoned:
            self._reports.put(report)


def _needs(wish: Wish, devices: Devices) -> dict[str, _Need]:
    """What must be open, by role, with the devices that are there."""
    if not devices:
        return {}
    choice = wish.choice
    speaker = choice.speaker if choice.speaker in devices.outputs else ""
    microphone = choice.microphone if choice.microphone in devices.inputs else ""
    ring = choice.ring if choice.ring in devices.outputs else speaker
    needs = {}
    if wish.talk:
        needs["speaker"] = _Need("output", speaker, "talk")
        needs["microphone"] = _Need("input", microphone, "talk")
    if wish.ring is not None:
        needs["ring"] = _Need("output", ring, wish.ring)
        if choice.ring_on_speaker and ring != speaker:
            needs["second ring"] = _Need("output", speaker, wish.ring)
    if wish.phase == "recording":
        needs["recording"] = _Need("input", microphone, wish.trial)
    elif wish.phase == "playing":
        needs["playing"] = _Need("output", speaker, wish.trial)
    return needs
