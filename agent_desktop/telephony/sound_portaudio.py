"""Sound through PortAudio: Windows, macOS, and Linux without a sound server."""

import ctypes.util
from collections.abc import Callable
from typing import Any, ClassVar

from agent_desktop import clock
from agent_desktop.telephony.sound_frames import RATE, Layout, narrow, widen
from agent_desktop.telephony.sound_system import (
    STUCK_AFTER_S,
    Devices,
    Sink,
    SoundError,
    Source,
)
from agent_desktop.telephony.trouble import Trouble

_LATENCY_S = 0.04
_HARDWARE = (Layout(48_000, 1), Layout(48_000, 2))  # what hardware knows when 16 kHz is refused


class PortAudioSound:
    """PortAudio makes its list of devices when it starts; ``look(again=True)`` starts it anew."""

    list_needs_rest = True
    _hangs: ClassVar[bool] = False  # a call never returned: ending the library now would wait for it

    def __init__(self) -> None:
        self._library: Any = None
        if ctypes.util.find_library("portaudio") is not None:
            import sounddevice

            self._library = sounddevice

    def look(self, *, again: bool) -> Devices:
        if self._library is None:
            return Devices(trouble=Trouble.SOUND_NO_LIBRARY)
        if again and not PortAudioSound._hangs:
            self._library._terminate()
            self._library._initialize()
        outputs, inputs = self._names("output"), self._names("input")
        return Devices(outputs, inputs, "" if outputs and inputs else Trouble.SOUND_NO_DEVICE)

    def play(self, device: str, source: Source, layout: Layout) -> "PortAudioStream":
        fills: list[tuple[Layout, Callable[[Any, int], None]]] = [(layout, _fill_as_it_is(source, layout))]
        if layout == Layout():
            fills += [(hardware, _fill_wider(source, hardware.channels)) for hardware in _HARDWARE]
        return self._opened(self._library.RawOutputStream, "output", device, fills)

    def record(self, device: str, sink: Sink) -> "PortAudioStream":
        takes: list[tuple[Layout, Callable[[Any, int], None]]] = [(Layout(), lambda data, _frames: sink(bytes(data)))]
        takes += [(hardware, _take_narrower(sink, hardware.channels)) for hardware in _HARDWARE]
        return self._opened(self._library.RawInputStream, "input", device, takes)

    def given_up(self) -> None:
        PortAudioSound._hangs = True

    def _names(self, direction: str) -> tuple[str, ...]:
        """Devices of the default host API: one name would appear once per API."""
        return tuple(dict.fromkeys(name for name, _ in self._devices(direction)))

    def _devices(self, direction: str) -> list[tuple[str, int]]:
        if not self._library.query_hostapis() or self._library.default.hostapi < 0:
            return []
        numbers = self._library.query_hostapis(self._library.default.hostapi)["devices"]
        devices = [(self._library.query_devices(number), number) for number in numbers]
        return [(device["name"], number) for device, number in devices if device[f"max_{direction}_channels"] > 0]

    def _opened(
        self, kind: Any, direction: str, device: str, ways: list[tuple[Layout, Callable[[Any, int], None]]]
    ) -> "PortAudioStream":
        """The first way that the device takes."""
        number = dict(reversed(self._devices(direction))).get(device)
        for layout, move in ways:
            try:
                return PortAudioStream(kind, layout, number, move)
            except self._library.PortAudioError as error:
                reason = str(error)
        raise SoundError(reason)


class PortAudioStream:
    """A started stream. Raises PortAudioError."""

    def __init__(self, kind: Any, layout: Layout, device: int | None, move: Callable[[Any, int], None]):
        self._moved = clock.monotonic()

        def called(data: Any, frames: int, _time: Any, _status: Any) -> None:
            move(data, frames)
            self._moved = clock.monotonic()

        self._stream = kind(
            samplerate=layout.rate, channels=layout.channels, dtype="int16", blocksize=layout.rate // 50,
            latency=_LATENCY_S, device=device, callback=called,
        )  # fmt: skip
        try:
            self._stream.start()
        except Exception:
            self._stream.close(ignore_errors=True)
            raise

    @property
    def works(self) -> bool:
        return bool(self._stream.active) and clock.monotonic() - self._moved < STUCK_AFTER_S

    def close(self) -> None:
        self._stream.close(ignore_errors=True)


def _fill_as_it_is(source: Source, layout: Layout) -> Callable[[Any, int], None]:
    def fill(out: Any, frames: int) -> None:
        out[:] = source(frames * layout.channels * 2)

    return fill


def _fill_wider(source: Source, channels: int) -> Callable[[Any, int], None]:
    before = 0

    def fill(out: Any, frames: int) -> None:
        nonlocal before
        out[:], before = widen(source(frames * RATE // 48_000 * 2), before, channels)

    return fill


def _take_narrower(sink: Sink, channels: int) -> Callable[[Any, int], None]:
    def take(data: Any, _frames: int) -> None:
        sink(narrow(bytes(data), channels))

    return take
