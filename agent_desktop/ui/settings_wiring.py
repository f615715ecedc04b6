"""The settings page wired to the file, the keyring, the phone and the look."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop import numbers, secrets, settings
from agent_desktop.core import workstation
from agent_desktop.core.views import Notice
from agent_desktop.telephony import messages
from agent_desktop.ui import theme

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow
    from agent_desktop.ui.settings_page import SettingsPage


class SettingsWiring(QObject):
    """Changes take effect when saved: the look at once, the phone by a new configuration, the database at a restart."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_ = window
        self.page: SettingsPage | None = None

    def build(self) -> QWidget:
        from agent_desktop.ui.settings_page import SettingsPage

        core = self.window_.core
        page = self.page = SettingsPage(core.session.settings)
        page.set_password_known(secrets.read(workstation.password_name(core.session.settings.phone)) is not None)
        page.saved.connect(self._saved)
        page.password_changed.connect(self._password)
        page.try_number.connect(self._try)
        core.phone.devices.connect(self._devices)
        core.phone.list_audio()
        return page

    def save_now(self) -> bool:
        """The save key; False if the settings are not on screen."""
        if self.page is None or not self.page.isVisible():
            return False
        self.page.save()
        return True

    @Slot(object)
    def _devices(self, found: messages.AudioDevices) -> None:
        if self.page is not None:
            self.page.set_devices(found.outputs, found.inputs)

    @Slot(object)
    def _saved(self, new: settings.Settings) -> None:
        core, window = self.window_.core, self.window_
        old = core.session.settings
        try:
            settings.save(core.profile.settings_file, new)
        except OSError as error:
            window.shell.notify(Notice(self.tr("The settings could not be saved: {0}").format(error.strerror), "bad"))
            return
        core.session.apply(new)
        if new.look != old.look:
            app = QApplication.instance()
            assert isinstance(app, QApplication)
            theme.apply(app, new.look.mode, new.look.text_size)
        if new.phone != old.phone:
            core.phone.start(workstation.configuration(new))
        if new.database != old.database:
            window.shell.notify(Notice(self.tr("The database changes at the next start."), "info"))
        if self.page is not None:
            self.page.set_settings(new)

    @Slot(str)
    def _password(self, password: str) -> None:
        core = self.window_.core
        assert self.page is not None
        phone = self.page.pending().phone
        try:
            secrets.write(workstation.password_name(phone), password)
        except secrets.NoKeyring:
            words = self.tr("There is no keyring here: the password is kept until the program ends.")
            self.window_.shell.notify(Notice(words, "warn"))
        self.page.set_password_known(True)
        if phone == core.session.settings.phone:
            core.phone.start(workstation.configuration(core.session.settings))

    @Slot(str)
    def _try(self, text: str) -> None:
        assert self.page is not None
        pending = self.page.pending()
        number = numbers.parse(text, pending.numbers.region)
        if not number:
            self.page.set_tried(self.tr("Not a number"))
            return
        shown = numbers.display(number.e164 or number.raw, pending.numbers.region)
        dialled = numbers.dialled(number, pending.numbers.outside_prefix)
        kind = self.tr("extension") if number.extension else (numbers.country(number.e164) or "") if number.e164 else ""
        self.page.set_tried(self.tr("Read as {0} ({1}), dialled as {2}").format(shown, kind or "?", dialled))
