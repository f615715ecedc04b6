"""Three keys that work while another program has the keyboard: by X11 or the desktop's portal, else words why not."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from agent_desktop.core.portal_keys import PortalKeys
from agent_desktop.core.session_bus import SessionBus
from agent_desktop.core.x_keys import XKeys
from agent_desktop.settings import Desktop
from agent_desktop.ui import actions

_ACTIONS = {"answer": "answer", "hangup": "end", "mute": "mute"}


class KeysEverywhere(QObject):
    """Signals: pressed(str): answer, hangup or mute; state_changed(str): words for the settings."""

    pressed = Signal(str)
    state_changed = Signal(str)

    def __init__(self, bus: SessionBus, parent: QObject | None = None):
        super().__init__(parent)
        self.state = ""
        self.working: dict[str, str] = {}  # which keys do what now
        self._bus = bus
        self._chosen: dict[str, str] = {}
        self._x, self._portal = XKeys(self), PortalKeys(bus, self)
        self._x.pressed.connect(self.pressed)
        self._portal.pressed.connect(self.pressed)
        self._portal.bound.connect(self._bound)

    def set_wanted(self, desktop: Desktop) -> None:
        """Take the keys of the settings, or give them back."""
        wanted = {"answer": desktop.answer_key, "hangup": desktop.end_key, "mute": desktop.mute_key}
        chosen = {name: key.strip() for name, key in wanted.items() if key.strip()} if desktop.keys_everywhere else {}
        if chosen == self._chosen and (self.working or not chosen):
            return
        self._chosen = chosen
        self.release()
        platform = QGuiApplication.platformName()
        if not chosen:
            self._tell("")
        elif platform == "xcb":
            self._grab()
        elif platform.startswith("wayland") and self._bus.is_open():
            words = {name: actions.label(_ACTIONS[name]) for name in chosen}
            self._portal.grab({name: (words[name], key) for name, key in chosen.items()})
        else:
            self._tell(self.tr("Not possible here: this display lets no program have keys everywhere."))

    def release(self) -> None:
        self.working = {}
        self._x.release()
        self._portal.release()

    def _grab(self) -> None:
        try:
            missing = self._x.grab(self._chosen)
        except OSError:
            self._tell(self.tr("Not possible here: this display lets no program have keys everywhere."))
            return
        self.working = {name: key for name, key in self._chosen.items() if name not in missing}
        taken = ", ".join(self._chosen[name] for name in missing)
        self._tell(self.tr("Not to be had, because taken or no keys: {0}").format(taken) if taken else "")

    def _bound(self, done: bool) -> None:
        self.working = dict(self._chosen) if done else {}
        said_no = self.tr("Not possible here: the desktop has no such keys to give, or was told not to.")
        self._tell("" if done else said_no)

    def _tell(self, words: str) -> None:
        self.state = words
        self.state_changed.emit(words)
