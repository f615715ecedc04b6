"""What is open when, and what is told: against a sound system that does what the test says."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from agent_desktop import paths
from agent_desktop.telephony import audio, sound_portaudio, sound_trial
from agent_desktop.telephony.audio import Choice, SoundReport
from agent_desktop.telephony.sound_frames import FRAME_BYTES, Layout
from agent_desktop.telephony.sound_system import Devices, Sink, SoundError, SoundSystem, Source, told_apart
from agent_desktop.telephony.trouble import Trouble
from tests.support import sip

BOTH = Devices(("Desk", "Headset"), ("Desk", "Headset"))
DESK = Devices(("Desk",), ("Desk",))
RING = str(paths.resource("sounds", "ring.wav"))


@dataclass(eq=False)
class ScriptedStream:
    """Open until closed; ``feed`` takes the place of the device."""

    direction: str
    device: str
    moves: Callable[..., object]
    works: bool = True
    closed: bool = False

    def close(self) -> None:
        self.closed = True
        self.works = False


@dataclass
class ScriptedSystem:
    """``devices`` may change; while ``free`` is not set, every call hangs, or those to open a device."""

    devices: Devices = BOTH
    list_needs_rest: bool = False
    free: threading.Event = field(default_factory=threading.Event)
    streams: list[ScriptedStream] = field(default_factory=list)
    refuses: str = ""
    looks: bool = False  # also while it is not free
    abandoned: bool = False

    def __post_init__(self) -> None:
        self.free.set()

    def look(self, *, again: bool) -> Devices:
        if not self.looks:
            self.free.wait()
        return self.devices

    def play(self, device: str, source: Source, layout: Layout) -> ScriptedStream:
        return self._opened("output", device, source)

    def record(self, device: str, sink: Sink) -> ScriptedStream:
        return self._opened("input", device, sink)

    def given_up(self) -> None:
        self.abandoned = True

    def _opened(self, direction: str, device: str, moves: Callable[..., object]) -> ScriptedStream:
        self.free.wait()
        if self.refuses:
            raise SoundError(self.refuses)
        self.streams.append(ScriptedStream(direction, device, moves))
        return self.streams[-1]

    @property
    def open(self) -> list[tuple[str, str]]:
        return sorted((one.direction, one.device) for one in self.streams if not one.closed)


class Owner:
    """Sound, and what it has told so far."""

    def __init__(self, *systems: SoundSystem, choice: Choice | None = None):
        self.systems = list(systems)
        self.told: list[SoundReport] = []
        self.sound = audio.Sound(self._next)
        self.sound.choose(choice or Choice())

    def _next(self, _known: SoundSystem | None) -> SoundSystem:
        return self.systems.pop(0)

    def until(self, condition: Callable[[], object], what: str = "") -> None:
        def heard() -> object:
            self.told += self.sound.reports()
            return condition()

        sip.until(heard, f"{what}; told {self.told}")

    def settled(self) -> None:
        """Wait until everything asked for so far is done.

        A question is answered first, and then what is open is changed: only the answer to the next one ends that.
        """
        for _ in range(2):
            asked = len(self.of("devices"))
            self.sound.look()
            self.until(lambda before=asked: len(self.of("devices")) > before)

    def of(self, kind: str) -> list[SoundReport]:
        return [report for report in self.told if report.kind == kind]

    def texts(self, kind: str) -> list[str]:
        return [report.trouble for report in self.of(kind)]

    def said(self, kind: str) -> list[tuple[str, str]]:
        return [(report.trouble, report.detail) for report in self.of(kind)]


@pytest.fixture
def owner() -> Iterator[Callable[..., Owner]]:
    made: list[Owner] = []

    def make(*systems: ScriptedSystem, choice: Choice | None = None) -> Owner:
        made.append(Owner(*systems, choice=choice))
        return made[-1]

    yield make
    for one in made:
        one.sound.stop()


Make = Callable[..., Owner]


def test_without_the_library_it_says_so(owner: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_portaudio.ctypes.util, "find_library", lambda _: None)
    silent = sound_portaudio.PortAudioSound()
    one = owner(silent, silent, silent)
    one.sound.open()
    one.sound.ring("nothing.wav", 1.0)
    one.settled()
    assert {*one.told} == {SoundReport("devices", trouble=Trouble.SOUND_NO_LIBRARY)}


def test_equal_names_are_told_apart() -> None:
    assert told_apart(["A", "B", "A", "A"]) == ["A", "B", "A (2)", "A (3)"]


def test_each_device_is_chosen_for_itself_and_only_what_changes_is_opened_anew(owner: Make) -> None:
    system = ScriptedSystem()
    one = owner(system, choice=Choice("Desk", "Headset"))
    one.sound.open()
    one.settled()
    assert system.open == [("input", "Headset"), ("output", "Desk")]
    one.sound.choose(Choice("Headset", "Headset"))
    one.settled()
    assert system.open == [("input", "Headset"), ("output", "Headset")]
    assert len(system.streams) == 3, "the microphone went on"
    one.sound.close()
    one.settled()
    assert system.open == []
    assert not one.of("trouble")


@pytest.mark.parametrize(
    ("choice", "rings"),
    [
        (Choice(), [""]),
        (Choice(speaker="Headset"), ["Headset"]),
        (Choice(speaker="Headset", ring="Desk"), ["Desk"]),
        (Choice(speaker="Headset", ring="Desk", ring_on_speaker=True), ["Desk", "Headset"]),
        (Choice(speaker="Desk", ring="Desk", ring_on_speaker=True), ["Desk"]),
    ],
)
def test_where_it_rings(owner: Make, choice: Choice, rings: list[str]) -> None:
    system = ScriptedSystem()
    one = owner(system, choice=choice)
    one.sound.ring(RING, 1.0)
    one.settled()
    assert [device for _, device in system.open] == rings
    one.sound.stop_ring()
    one.settled()
    assert not system.open


def test_a_device_that_goes_is_replaced_and_used_again_once_it_is_back(owner: Make) -> None:
    system = ScriptedSystem()
    one = owner(system, choice=Choice("Headset", "Headset"))
    one.sound.open()
    one.settled()
    system.devices = DESK
    for _ in range(2):  # told once
        one.sound.check()
        one.settled()
    assert system.open == [("input", ""), ("output", "")]
    assert one.said("trouble") == [(Trouble.SOUND_MISSING, "Headset")]
    system.devices = BOTH
    one.settled()
    assert system.open == [("input", "Headset"), ("output", "Headset")]
    assert one.said("back") == [(Trouble.SOUND_DEVICE_BACK, "Headset")]


def test_a_device_that_was_never_there_is_told_before_the_first_call(owner: Make) -> None:
    one = owner(ScriptedSystem(DESK), choice=Choice(speaker="Headset"))
    one.settled()
    assert len(one.texts("trouble")) == 1
    one.sound.choose(Choice(speaker="Desk"))
    one.settled()
    assert not one.of("back"), "another choice is no return"


def test_without_any_device_left_it_is_told_once_until_there_is_one(owner: Make) -> None:
    system = ScriptedSystem()
    one = owner(system, choice=Choice("Headset"))
    one.sound.open()
    one.settled()
    system.devices = Devices(trouble="none")
    one.settled()
    one.settled()
    assert one.texts("trouble") == [Trouble.SOUND_GONE]
    assert system.open == []
    assert not one.of("devices")[-1].outputs
    system.devices = BOTH
    one.settled()
    assert one.texts("back") == [Trouble.SOUND_WORKS]
    assert system.open == [("input", ""), ("output", "Headset")]


@pytest.mark.parametrize("needs_rest", [False, True])
def test_a_stream_that_stops_is_opened_anew(owner: Make, needs_rest: bool) -> None:
    system = ScriptedSystem(list_needs_rest=needs_rest)
    one = owner(system, system)
    one.sound.open()
    one.settled()
    system.streams[0].works = False
    one.settled()
    assert one.texts("trouble") == [Trouble.SOUND_INTERRUPTED]
    assert len(system.open) == 2
    assert len(system.streams) == (4 if needs_rest else 3), "where the list needs rest, everything is closed for it"


def test_a_device_that_refuses_is_told_once_and_tried_again(owner: Make) -> None:
    system = ScriptedSystem(refuses="busy")
    one = owner(system)
    one.sound.ring(RING, 1.0)
    one.settled()
    one.settled()
    assert one.said("trouble") == [(Trouble.SOUND_FAILS, "busy")]
    system.refuses = ""
    one.settled()
    assert one.texts("back") == [Trouble.SOUND_WORKS]
    assert len(system.open) == 1
    one.sound.stop_ring()
    one.sound.ring("nothing.wav", 1.0)
    one.settled()
    assert "nothing.wav" in one.said("trouble")[-1][1]


def test_a_device_that_fails_before_it_is_seen_to_have_gone_stays_missed(owner: Make) -> None:
    """Told that sound works again in the same breath, nobody would know that the headset is not used."""
    system = ScriptedSystem(refuses="no such entity")
    one = owner(system, choice=Choice(speaker="Headset"))
    one.sound.open()
    one.until(lambda: one.texts("trouble") == [Trouble.SOUND_FAILS], "its stream failed")
    system.refuses, system.devices = "", DESK
    one.sound.check()
    one.until(lambda: ("output", "") in system.open, "the system's choice is used")
    one.settled()
    assert one.said("trouble")[-1] == (Trouble.SOUND_MISSING, "Headset")
    assert not one.of("back")


def test_a_sound_system_that_takes_its_time_is_told_and_that_it_came(
    owner: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = ScriptedSystem()
    one = owner(system)
    one.settled()
    system.free.clear()
    with monkeypatch.context() as impatient:  # only while it hangs: a busy machine takes its time, too
        impatient.setattr(audio, "TELL_AFTER_S", 0.02)
        one.sound.open()
        one.until(lambda: one.texts("trouble") == [Trouble.SOUND_SILENT])
    system.free.set()
    one.until(lambda: one.texts("back") == [Trouble.SOUND_ANSWERS])
    assert len(system.open) == 2


@pytest.mark.parametrize("looks", [True, False])
def test_a_call_that_never_returns_is_left_behind(
    looks: bool, owner: Make, monkeypatch: pytest.MonkeyPatch, expected_log: Callable[[str], None]
) -> None:
    expected_log("its thread is left")
    stuck, fresh = ScriptedSystem(looks=looks), ScriptedSystem(DESK)
    one = owner(stuck, fresh)
    one.settled()
    stuck.free.clear()
    with monkeypatch.context() as impatient:  # only while it hangs: a busy machine takes its time, too
        impatient.setattr(audio, "TELL_AFTER_S", 0.02)
        one.sound._patience_s = 0.1
        one.sound.open()
        one.until(lambda: stuck.abandoned, "it is left")
    one.until(lambda: fresh.open, "the next one works")
    one.settled()
    assert stuck.abandoned
    assert one.texts("trouble") == [Trouble.SOUND_SILENT]
    assert one.texts("back") == [Trouble.SOUND_WORKS]
    told = [report.outputs for report in one.of("devices")]
    assert told[told.index(()) :][:2] == [(), ("Desk",)]
    stuck.devices = Devices(("Ghost",), ("Ghost",))
    stuck.free.set()
    sip.until(lambda: [thread.name for thread in threading.enumerate()].count("sound") == 1, "the old thread ends")
    assert stuck.open == [], "it holds no microphone"
    assert len(stuck.streams) == looks, "and opened no more"
    one.settled()
    assert ("Ghost",) not in [report.outputs for report in one.told]


# ------------------------------------------------------------ a try before the shift


def tone(seconds: float) -> bytes:
    return (8_000 * np.sin(np.arange(int(16_000 * seconds)))).astype("<i2").tobytes()


def test_a_trial_records_and_plays_the_same(owner: Make) -> None:
    system = ScriptedSystem()
    one = owner(system)
    one.settled()
    one.sound.test("microphone")
    one.settled()
    assert system.open == [("input", "")]
    spoken = tone(sound_trial.RECORD_S)
    for start in range(0, len(spoken), FRAME_BYTES):
        system.streams[0].moves(spoken[start : start + FRAME_BYTES])
    one.until(lambda: system.open == [("output", "")], "it plays")
    played = b"".join(bytes(system.streams[1].moves(FRAME_BYTES)) for _ in range(200))  # type: ignore[call-overload]
    assert played.startswith(spoken)
    assert set(played[len(spoken) :]) == {0}
    one.until(lambda: one.of("trial")[-1].phase == "idle")
    assert one.of("trial")[-1].trouble == ""
    assert one.of("trial")[0].phase == "recording"
    one.settled()
    assert not system.open


def test_a_dead_microphone_is_told(owner: Make) -> None:
    system = ScriptedSystem()
    one = owner(system)
    one.sound.test("microphone")
    one.settled()
    system.streams[0].moves(bytes(len(tone(sound_trial.RECORD_S))))
    one.until(lambda: one.of("trial")[-1].phase == "idle")
    assert one.of("trial")[-1].trouble == Trouble.SOUND_NOTHING_HEARD


@pytest.mark.parametrize("phase", ["recording", "playing"])
def test_a_device_that_moves_nothing_ends_the_trial(phase: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(sound_trial.clock, "monotonic", lambda: now)
    trial = sound_trial.SoundTrial("recording")
    if phase == "playing":
        trial.take(tone(sound_trial.RECORD_S))
        trial.step()
    assert trial.phase == phase
    now = 6.0
    trial.step()
    wrong = Trouble.SOUND_NOTHING_HEARD if phase == "recording" else Trouble.SOUND_NOTHING_PLAYED
    assert (trial.phase, trial.trouble) == ("idle", wrong)


def test_a_trial_of_the_ring_ends_by_itself_and_when_told(owner: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    system = ScriptedSystem()
    one = owner(system, choice=Choice(speaker="Desk", ring="Headset"))
    one.sound.test("ring", RING)
    one.settled()
    assert system.open == [("output", "Headset")]
    one.sound.test("")
    one.settled()
    assert not system.open
    assert one.of("trial")[-1] == SoundReport("trial", phase="idle")
    monkeypatch.setattr(sound_trial, "RING_S", 0.02)
    told = len(one.of("trial"))
    one.sound.test("ring", RING)
    one.until(lambda: [report.phase for report in one.of("trial")[told:]][-1:] == ["idle"])
    one.settled()
    assert not system.open
