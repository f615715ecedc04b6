"""The sound test wired to the phone: what is chosen on the page is tried, then the phone has its own devices again."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from agent_desktop import settings
from agent_desktop.core import trouble_words
from agent_desktop.telephony import messages

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow
    from agent_desktop.ui.settings_page import SettingsPage

Devices = tuple[str, str, str, bool]


class SoundCheckWiring(QObject):
    """Lives as long as the settings page."""

    def __init__(self, window: "MainWindow", page: "SettingsPage"):
        super().__init__(page)
        self._window, self._page, self._check = window, page, page.sound_check
        self._phone, self._session = window.core.phone, window.session
        self._running = 0  # tries whose end has not been told
        self._lent: Devices | None = None  # chosen on the page and not saved, in use for a try
        self._check.try_wanted.connect(self._try)
        self._check.echo_wanted.connect(lambda number: window.dial(number, self.tr("Echo test")))
        self._phone.sound_level.connect(self._level)
        self._phone.command_failed.connect(self._failed)
        self._phone.engine_lost.connect(self._lost)
        self._phone.engine_back.connect(self._give_back)
        self._session.calls_changed.connect(self._tell)
        self._session.phone_changed.connect(self._tell)
        self._tell()

    @Slot(str)
    def _try(self, what: str) -> None:
        if what:
            wanted = _devices(self._page.pending().phone)
            if wanted != (self._lent or _devices(self._session.settings.phone)):
                self._lent = wanted
                self._phone.choose_audio(*wanted)
            self._running += 1
        self._phone.try_sound(what)

    @Slot(object)
    def _level(self, told: messages.SoundLevel) -> None:
        self._check.set_level(told.phase, told.level, trouble_words.say(told.trouble))
        if told.phase == "idle":
            self._ended()

    @Slot(object)
    def _failed(self, failed: messages.CommandFailed) -> None:
        if failed.command == "TrySound":
            self._check.set_level("idle", 0.0, trouble_words.say(failed.trouble, failed.detail))
            self._ended()

    def _ended(self) -> None:
        self._running = max(0, self._running - 1)
        if not self._running:
            self._give_back()

    @Slot()
    def _give_back(self) -> None:
        if self._lent is not None:
            self._lent = None
            self._phone.choose_audio(*_devices(self._session.settings.phone))

    @Slot(str)
    def _lost(self, _why: str) -> None:
        self._running = 0  # nobody tells the end any more; the new engine gets the devices back

    @Slot()
    def _tell(self) -> None:
        """Why nothing can be tried now, if so."""
        view = self._session.phone_view
        why_not = ""
        if self._session.book.running():
            why_not = self.tr("Not during a call: the test would be heard in it")
        elif view.state in ("starting", "lost"):
            why_not = view.text
        elif not self._session.settings.phone.sound:
            why_not = self.tr("Sound is off: switch it on above and save")
        else:
            why_not = view.audio_trouble
        self._check.set_why_not(why_not, why_not if view.usable else view.text)


def _devices(phone: settings.Phone) -> Devices:
    return phone.speaker, phone.microphone, phone.ring_device, phone.ring_on_speaker
