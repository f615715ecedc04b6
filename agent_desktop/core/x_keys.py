"""Keys that work while another program has the keyboard, on X11: grabbed at the root window, if nobody has them."""

import contextlib
import logging
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

log = logging.getLogger("desktop")

_REPEAT_MS = 5  # a held key comes as release and press again at one time
_KEYSYMS = {
    "Enter": "KP_Enter",
    "Space": "space",
    "Esc": "Escape",
    "Del": "Delete",
    "Ins": "Insert",
    "PgUp": "Prior",
    "PgDown": "Next",
}


class XKeys(QObject):
    """Signal: pressed(str) with the name a key was given."""

    pressed = Signal(str)

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._display: Any = None
        self._notifier: QSocketNotifier | None = None
        self._names: dict[tuple[int, int], str] = {}
        self._released: dict[int, int] = {}

    def grab(self, keys: Mapping[str, str]) -> list[str]:
        """Take ``keys`` (name: "Ctrl+Shift+F2"); the names of those that cannot be had. Raises OSError without X."""
        from Xlib import X
        from Xlib.display import Display
        from Xlib.error import BadAccess, CatchError, DisplayError

        self.release()
        try:
            self._display = Display()
        except DisplayError as error:
            raise OSError(str(error)) from error
        root, missing = self._display.screen().root, []
        for name, text in keys.items():
            found = _parsed(self._display, text)
            if found is None:
                missing.append(name)
                continue
            code, modifiers = found
            catch = CatchError(BadAccess)
            for lock in (0, X.LockMask, X.Mod2Mask, X.LockMask | X.Mod2Mask):  # Caps Lock and Num Lock do not matter
                root.grab_key(code, modifiers | lock, False, X.GrabModeAsync, X.GrabModeAsync, onerror=catch)
            self._display.sync()
            if catch.get_error() is not None:
                missing.append(name)
            self._names[code, modifiers] = name
        self._notifier = QSocketNotifier(self._display.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        return missing

    def release(self) -> None:
        """Give the keys back."""
        if self._display is None:
            return
        from Xlib.error import ConnectionClosedError

        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        display, self._display = self._display, None
        with contextlib.suppress(ConnectionClosedError, OSError):
            display.close()  # the server takes a closed connection's grabs back
        self._names.clear()
        self._released.clear()

    @Slot()
    def _read(self) -> None:
        from Xlib import X
        from Xlib.error import ConnectionClosedError

        own = X.ShiftMask | X.ControlMask | X.Mod1Mask | X.Mod4Mask
        try:
            while self._display is not None and self._display.pending_events():
                event = self._display.next_event()
                if event.type == X.KeyRelease:
                    self._released[event.detail] = event.time
                elif event.type == X.KeyPress:
                    repeated = event.time - self._released.get(event.detail, -_REPEAT_MS) < _REPEAT_MS
                    name = self._names.get((event.detail, event.state & own))
                    if name is not None and not repeated:
                        self.pressed.emit(name)
        except (ConnectionClosedError, OSError) as error:
            log.info("the keys everywhere are gone: %s", error)
            self.release()


def _parsed(display: Any, text: str) -> tuple[int, int] | None:
    """("Ctrl+Shift+F2") as key code and modifiers; None for what is no key, or a key without a modifier."""
    from Xlib import XK, X

    masks = {"Ctrl": X.ControlMask, "Shift": X.ShiftMask, "Alt": X.Mod1Mask, "Meta": X.Mod4Mask}
    *modifiers, key = [part.strip() for part in text.split("+")]
    if any(word not in masks for word in modifiers):
        return None
    symbol = XK.string_to_keysym(_KEYSYMS.get(key, key if len(key) > 1 else key.lower()))
    code = display.keysym_to_keycode(symbol) if symbol else 0
    state = sum({masks[word] for word in modifiers})
    plain = not state & ~X.ShiftMask and not (key.startswith("F") and key[1:].isdigit())
    return None if not code or plain else (code, state)
