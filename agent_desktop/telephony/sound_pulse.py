"""Sound through a PulseAudio server, or PipeWire in that role: devices by the names people know, a stream for each.

PortAudio sees such a server only through ALSA, as one device without a name, and never returns from starting a stream
whose server dies meanwhile. libpulse says so at once. It also moves a stream whose device has gone to another one.
"""

import contextlib
import ctypes
import logging
import threading
from collections.abc import Callable
from typing import Any

from agent_desktop import clock
from agent_desktop.telephony.sound_frames import FRAME_BYTES, FRAME_US, Layout
from agent_desktop.telephony.sound_system import (
    STUCK_AFTER_S,
    Devices,
    Sink,
    SoundError,
    Source,
    told_apart,
)
from agent_desktop.telephony.trouble import Trouble

log = logging.getLogger("engine")
_CLIENT = b"Agent Desktop"
_PLAYBACK, _RECORD = 1, 2
_S16LE = 3
_SERVER_DECIDES = 0xFFFF_FFFF
_LATENCY_MS = 40
_DUMMY = "auto_null"  # what servers offer when there is no device at all


class _SampleSpec(ctypes.Structure):
    _fields_ = (("format", ctypes.c_int), ("rate", ctypes.c_uint32), ("channels", ctypes.c_uint8))


class _BufferAttr(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint32) for name in ("maxlength", "tlength", "prebuf", "minreq", "fragsize"))


class PulseSound:
    """Raises SoundError when there is no server, or no library to speak to it."""

    list_needs_rest = False

    def __init__(self) -> None:
        try:
            import pulsectl

            self._simple = ctypes.CDLL("libpulse-simple.so.0")
        except (ImportError, OSError) as error:
            raise SoundError(str(error)) from error
        self._simple.pa_simple_new.restype = ctypes.c_void_p
        self._pulsectl = pulsectl
        self._server: Any = None
        self._names: dict[tuple[str, str], str] = {}  # (direction, shown) -> the server's
        self._connect()

    def look(self, *, again: bool) -> Devices:
        try:
            if self._server is None:
                self._connect()
            sinks, sources = self._server.sink_list(), self._server.source_list()
        except Exception as error:  # noqa: BLE001 - of a dying server pulsectl tells by errors that it does not export
            log.info("sound server: %s", error)
            self._disconnect()
            return Devices(trouble=Trouble.SOUND_NO_DEVICE)
        outputs = self._named("output", [one for one in sinks if one.name != _DUMMY])
        monitors = {one.name for one in sources if one.monitor_of_sink_name is not None}
        inputs = self._named("input", [one for one in sources if one.name not in {*monitors, f"{_DUMMY}.monitor"}])
        return Devices(outputs, inputs, "" if outputs and inputs else Trouble.SOUND_NO_DEVICE)

    def play(self, device: str, source: Source, layout: Layout) -> "PulseStream":
        handle = self._opened(_PLAYBACK, self._names.get(("output", device), ""), layout)
        size = layout.rate * FRAME_US // 1_000_000 * layout.channels * 2
        write = self._simple.pa_simple_write

        def move(error: Any) -> int:
            return int(write(handle, source(size), ctypes.c_size_t(size), error))

        return PulseStream(self._simple, handle, move)

    def record(self, device: str, sink: Sink) -> "PulseStream":
        handle = self._opened(_RECORD, self._names.get(("input", device), ""), Layout())
        buffer = ctypes.create_string_buffer(FRAME_BYTES)
        read = self._simple.pa_simple_read

        def move(error: Any) -> int:
            code = int(read(handle, buffer, ctypes.c_size_t(FRAME_BYTES), error))
            if code >= 0:
                sink(buffer.raw)
            return code

        return PulseStream(self._simple, handle, move)

    def given_up(self) -> None:
        """Nothing is shared: each connection stands alone."""

    def _named(self, direction: str, devices: list[Any]) -> tuple[str, ...]:
        shown = told_apart([one.description or one.name for one in devices])
        self._names = {key: name for key, name in self._names.items() if key[0] != direction}
        self._names.update(((direction, show), one.name) for show, one in zip(shown, devices, strict=True))
        return tuple(shown)

    def _connect(self) -> None:
        server = self._pulsectl.Pulse(_CLIENT.decode(), connect=False)
        try:
            server.connect(autospawn=False)
        except self._pulsectl.PulseError as error:
            server.close()
            raise SoundError(str(error)) from error
        self._server = server

    def _disconnect(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            with contextlib.suppress(Exception):
                server.close()

    def _opened(self, direction: int, device: str, layout: Layout) -> ctypes.c_void_p:
        """A stream of the simple interface; it connects for itself."""
        error = ctypes.c_int()
        spec = _SampleSpec(_S16LE, layout.rate, layout.channels)
        size = _LATENCY_MS * layout.rate // 1000 * layout.channels * 2
        attr = _BufferAttr(_SERVER_DECIDES, size, _SERVER_DECIDES, _SERVER_DECIDES, FRAME_BYTES)
        handle = self._simple.pa_simple_new(
            None, _CLIENT, direction, device.encode() or None, _CLIENT, ctypes.byref(spec), None, ctypes.byref(attr),
            ctypes.byref(error),
        )  # fmt: skip
        if not handle:
            self._simple.pa_strerror.restype = ctypes.c_char_p
            raise SoundError((self._simple.pa_strerror(error) or b"no stream").decode("utf-8", "replace"))
        return ctypes.c_void_p(handle)


class PulseStream:
    """Moves a frame at a time on its own thread, until closed or the server ends it."""

    def __init__(self, library: Any, handle: ctypes.c_void_p, move: Callable[[Any], int]):
        self._library = library
        self._handle = handle
        self._move = move
        self._moved = clock.monotonic()
        self._ends = False
        self._thread = threading.Thread(target=self._run, name="sound stream", daemon=True)
        self._thread.start()

    @property
    def works(self) -> bool:
        return self._thread.is_alive() and clock.monotonic() - self._moved < STUCK_AFTER_S

    def close(self) -> None:
        """It ends after the frame under way; one that the server never takes is left to itself."""
        self._ends = True

    def _run(self) -> None:
        error = ctypes.c_int()
        while not self._ends and self._move(ctypes.byref(error)) >= 0:
            self._moved = clock.monotonic()
        self._library.pa_simple_free(self._handle)
