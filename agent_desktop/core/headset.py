"""A USB headset's hook, mute and hold buttons and its lights: they press the same actions as the keys do."""

import importlib
import logging
import sys
from collections.abc import Callable
from typing import Any, Protocol

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from agent_desktop.core import hid_report
from agent_desktop.core.hid_report import Layout
from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallView

log = logging.getLogger("desktop")

POLL_MS = 40  # hidapi gives nothing to wait on
SEARCH_MS = 5_000
_REPORT_BYTES = 64
_BUTTONS = {hid_report.FLASH: "hold", hid_report.HOLD: "hold", hid_report.DROP: "hangup"}


class HeadsetView(msgspec.Struct, frozen=True):
    """``state``: off, none, ready, refused (no permission), missing (no library), silent (no buttons we know)."""

    state: str
    name: str = ""


class Device(Protocol):
    """An opened device, as hidapi has it."""

    def read(self, length: int) -> "list[int] | bytes": ...
    def write(self, data: bytes) -> int: ...
    def get_report_descriptor(self) -> "list[int] | bytes": ...
    def close(self) -> None: ...


class Hid(Protocol):
    """Where devices are found: hidapi, or a test's."""

    def enumerate(self) -> list[dict[str, Any]]: ...
    def open_path(self, path: bytes) -> Device: ...


class HidApi:
    """The library; on Linux its part that goes through the kernel's hidraw, which leaves the sound driver alone."""

    def __init__(self) -> None:
        """Raises ImportError, OSError."""
        self._hid = importlib.import_module("hidraw" if sys.platform == "linux" else "hid")

    def enumerate(self) -> list[dict[str, Any]]:
        return list(self._hid.enumerate())

    def open_path(self, path: bytes) -> Device:
        """Raises OSError."""
        device = self._hid.device()
        device.open_path(path)
        device.set_nonblocking(True)
        return device  # type: ignore[no-any-return]


class Headset(QObject):
    """Signals: pressed(str): answer, hangup, mute or hold; state_changed(HeadsetView)."""

    pressed = Signal(str)
    state_changed = Signal(object)

    def __init__(self, library: Callable[[], Hid] | None = None, parent: QObject | None = None):
        super().__init__(parent)
        self.view = HeadsetView("off")
        self._library = library or HidApi
        self._hid: Hid | None = None
        self._device: Device | None = None
        self._layout: Layout | None = None
        self._before: dict[int, bool] = {}  # buttons as the device told them last
        self._lights: frozenset[int] = frozenset()
        self._calls: tuple[CallView, ...] = ()
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._read)
        self._search = QTimer(self, interval=SEARCH_MS)
        self._search.timeout.connect(self.look)

    def set_wanted(self, on: bool) -> None:
        """Look for a headset and listen to it, or leave them all alone."""
        if not on:
            self._search.stop()
            self._drop()
            self._tell(HeadsetView("off"))
            return
        if self._search.isActive() or self.view.state == "missing":
            return
        try:
            self._hid = self._hid or self._library()
        except (ImportError, OSError) as error:
            log.info("headset buttons are off: %s", error)
            self._tell(HeadsetView("missing"))
            return
        self._search.start()
        self.look()

    def set_calls(self, calls: tuple[CallView, ...]) -> None:
        """What the lights show and the hook means."""
        self._calls = tuple(call for call in calls if call.state is not CallState.ENDED)
        self._light()

    # -------------------------------------------------------------- the device

    @Slot()
    def look(self) -> None:
        """Open the first headset there is, if none is open."""
        if self._device is not None or self._hid is None:
            return
        try:
            found = [entry for entry in self._hid.enumerate() if entry.get("usage_page") == hid_report.TELEPHONY]
        except OSError as error:
            log.info("headsets cannot be looked for: %s", error)
            found = []
        view = HeadsetView("none")
        for entry in found:
            view = self._open(entry)
            if view.state == "ready":
                break
        self._tell(view)

    def _open(self, entry: dict[str, Any]) -> HeadsetView:
        assert self._hid is not None
        name = str(entry.get("product_string") or "")
        try:
            device = self._hid.open_path(entry["path"])
        except OSError:
            return HeadsetView("refused", name)
        try:
            layout = hid_report.read_descriptor(bytes(device.get_report_descriptor()))
        except (OSError, ValueError) as error:
            log.info("the headset does not say how it speaks: %s", error)
            device.close()
            return HeadsetView("silent", name)
        if not layout.has(hid_report.HOOK) and not layout.has(hid_report.MUTE):
            device.close()
            return HeadsetView("silent", name)
        self._device, self._layout, self._before = device, layout, {}
        self._lights = frozenset({-1})  # whatever they are: not what they should be
        self._poll.start()
        self._light()
        return HeadsetView("ready", name)

    def _drop(self) -> None:
        """It was unplugged, or is to be left alone: its lights go out if they still can."""
        self._poll.stop()
        if self._device is not None:
            self._calls, calls = (), self._calls
            self._light()
            self._calls = calls
        if self._device is not None:
            self._device.close()
        self._device, self._layout = None, None

    def _lost(self, error: OSError) -> None:
        log.info("the headset is gone: %s", error)
        device, self._device, self._layout = self._device, None, None
        self._poll.stop()
        if device is not None:
            device.close()
        self._tell(HeadsetView("none"))

    def _tell(self, view: HeadsetView) -> None:
        if view != self.view:
            self.view = view
            self.state_changed.emit(view)

    # ----------------------------------------------------------------- buttons

    @Slot()
    def _read(self) -> None:
        while self._device is not None and self._layout is not None:
            try:
                report = bytes(self._device.read(_REPORT_BYTES))
            except (OSError, ValueError) as error:  # hidapi raises ValueError for a device that was closed under it
                self._lost(OSError(str(error)))
                return
            if not report:
                return
            for usage, on in self._layout.read(report).items():
                was, self._before[usage] = self._before.get(usage, False), on
                self._button(usage, was, on)

    def _button(self, usage: int, was: bool, on: bool) -> None:
        assert self._layout is not None
        if usage == hid_report.HOOK:
            self._hook(was, on)
        elif usage == hid_report.MUTE:
            current = self._current()
            if current is None:
                return
            if self._layout.is_relative(usage):
                if on and not was:
                    self.pressed.emit("mute")
            elif on != was and on != current.muted:
                self.pressed.emit("mute")
        elif usage in _BUTTONS and on and not was:
            self.pressed.emit(_BUTTONS[usage])

    def _hook(self, was: bool, on: bool) -> None:
        """A state, or a button that changes it. What only repeats what our light told the device means nothing."""
        assert self._layout is not None
        if on == was:
            return
        off_hook = self._current() is not None
        if self._layout.is_relative(hid_report.HOOK):
            if not on:
                return
            on = not off_hook
        if on and not off_hook:
            if any(call.can_answer for call in self._calls if call.state is CallState.RINGING):
                self.pressed.emit("answer")
            else:
                self._light(again=True)  # lifted for nothing: its light must say so
        elif not on and off_hook:
            self.pressed.emit("hangup")

    def _current(self) -> CallView | None:
        """The call that is talked on; a ringing one is not off the hook yet."""
        going = [call for call in self._calls if call.state is not CallState.RINGING]
        return next((call for call in going if call.emphasised), going[0] if going else None)

    # ------------------------------------------------------------------ lights

    def _light(self, *, again: bool = False) -> None:
        if self._device is None or self._layout is None:
            return
        current = self._current()
        on = set()
        if current is not None:
            on.add(hid_report.LED_OFF_HOOK)
            if current.muted:
                on.add(hid_report.LED_MUTE)
            if current.state is CallState.HELD:
                on.add(hid_report.LED_HOLD)
        if any(call.state is CallState.RINGING for call in self._calls):
            on.add(hid_report.LED_RING)
        if frozenset(on) == self._lights and not again:
            return
        self._lights = frozenset(on)
        try:
            for report in self._layout.lights(on):
                self._device.write(report)
        except (OSError, ValueError) as error:
            self._lost(OSError(str(error)))


def words(view: HeadsetView) -> str:
    """The state as the settings show it."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("headset", text)

    return {
        "off": "",
        "none": tr("No headset with telephone buttons is plugged in."),
        "ready": tr("{0} is ready.").format(view.name or tr("The headset")),
        "refused": tr(
            "{0} is there, but this user may not open it: resources/desktop has a udev rule for that."
        ).format(view.name or tr("A headset")),
        "missing": tr("Not possible here: the library hidapi does not load."),
        "silent": tr("{0} has no telephone buttons that are understood.").format(view.name or tr("The headset")),
    }[view.state]
