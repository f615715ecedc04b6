"""What every sound system offers the engine: a list of devices, and streams to and from them."""

from collections.abc import Callable
from typing import Protocol

import msgspec

from agent_desktop.telephony.sound_frames import Layout

STUCK_AFTER_S = 1.2  # a stream that has moved nothing for so long will not do it by itself

Source = Callable[[int], bytes]  # exactly so many bytes to play, at once
Sink = Callable[[bytes], None]


class SoundError(Exception):
    """The sound system cannot do this; why, in its own words."""


class Devices(msgspec.Struct, frozen=True):
    """Names for people, each once; ``trouble`` says why there are none."""

    outputs: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    trouble: str = ""

    def __bool__(self) -> bool:
        return bool(self.outputs or self.inputs)


class Stream(Protocol):
    """A running stream, on a thread of its own."""

    @property
    def works(self) -> bool:
        """False once it has failed or stands still."""

    def close(self) -> None:
        """Stop it; returns at once where the sound system allows."""


class SoundSystem(Protocol):
    """One way to the devices of this computer; used by one thread. Every call may block for ever."""

    list_needs_rest: bool  # True: devices that come or go are seen only by looking ``again`` while nothing is open

    def look(self, *, again: bool) -> Devices:
        """What is there now."""

    def play(self, device: str, source: Source, layout: Layout) -> Stream:
        """Start playing; an empty name is the system's choice. Raises SoundError."""

    def record(self, device: str, sink: Sink) -> Stream:
        """Start hearing, 16 kHz mono. Raises SoundError."""

    def given_up(self) -> None:
        """Said by another thread when a call never returned: what all users of the library share is left alone."""


def told_apart(names: list[str]) -> list[str]:
    """The same list with every name once: two equal headsets become ``Headset`` and ``Headset (2)``."""
    given: list[str] = []
    for name in names:
        alike = sum(one == name for one in names[: len(given)])
        given.append(f"{name} ({alike + 1})" if alike else name)
    return given
