"""The settings page wired to the file, the keyring, the phone and the look."""

import contextlib
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop import numbers, secrets, server_address, settings
from agent_desktop.core import dialling, workstation
from agent_desktop.core.views import Notice, PhoneView
from agent_desktop.telephony import messages
from agent_desktop.telephony.phone import PhoneState
from agent_desktop.ui import ask, theme
from agent_desktop.ui.account_list import name_of
from agent_desktop.ui.sound_check_wiring import SoundCheckWiring

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow
    from agent_desktop.ui.settings_page import SettingsPage


_UNREGISTERED = "unregistered"  # a banner's key


class SettingsWiring(QObject):
    """Changes take effect when saved: the look at once, the phone by a new configuration, the database at a restart."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_ = window
        self.page: SettingsPage | None = None
        self._typed: set[str] = set()  # accounts whose password was asked for, until the server has judged it
        window.core.phone.state_changed.connect(self._registration)
        window.shell.banners.acted.connect(self._acted)

    def build(self) -> QWidget:
        from agent_desktop.ui.settings_page import SettingsPage

        core = self.window_.core
        page = self.page = SettingsPage(core.session.settings)
        page.set_password_known(secrets.read(workstation.password_name(core.session.settings.phone)) is not None)
        page.saved.connect(self.save)
        page.password_changed.connect(self._password)
        page.account_password_changed.connect(self._account_password)
        self._tell_known()
        page.try_number.connect(self._try)
        page.database_password_wanted.connect(self.window_.person_wiring.change_password)
        core.phone.devices.connect(self._devices)
        core.phone.list_audio()
        SoundCheckWiring(self.window_, page)
        self.window_.desktop.tell_settings()
        return page

    def open(self) -> None:
        """The page, with the keyboard in it."""
        self.window_.shell.show_page("settings")
        assert self.page is not None
        self.page.focus_first()

    def open_sound_check(self) -> None:
        """The sound test, from anywhere."""
        self.window_.shell.show_page("settings")
        assert self.page is not None
        self.page.open_sound_check()

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
    def save(self, new: settings.Settings) -> None:
        """Keep ``new`` and have everything take effect that can at once."""
        core, window = self.window_.core, self.window_
        old = core.session.settings
        new = self._without_password(new)
        try:
            settings.save(core.profile.settings_file, new)
        except OSError as error:
            window.shell.notify(Notice(self.tr("The settings could not be saved: {0}").format(error.strerror), "bad"))
            return
        core.session.apply(new)
        core.recordings.apply(new.recording)
        if new.look != old.look:
            app = QApplication.instance()
            assert isinstance(app, QApplication)
            theme.apply(app, new.look.mode, new.look.text_size)
        if new.phone != old.phone:
            self._forget_removed(old.phone, new.phone)
            core.phone.start(workstation.configuration(new))
        if new.desktop != old.desktop:
            window.desktop.apply()
        core.alarms.apply(new.board)
        if new.database != old.database:
            window.shell.notify(Notice(self.tr("The database changes at the next start."), "info"))
        if self.page is not None:
            self.page.set_settings(new)
        self._tell_known()

    def _without_password(self, new: settings.Settings) -> settings.Settings:
        """A password in the database's address goes into the keyring, never into the file."""
        address = server_address.parse(new.database.url)
        if address is None or not address.password:
            return new
        self._keep(address.secret_name, address.password)
        return msgspec.structs.replace(new, database=msgspec.structs.replace(new.database, url=address.url))

    @staticmethod
    def _forget_removed(old: settings.Phone, new: settings.Phone) -> None:
        """The password of an account that is no more stays in no keyring."""
        kept = {f"{new.user}@{new.domain}", *map(name_of, new.more_accounts)}
        for one in old.more_accounts:
            if name_of(one) not in kept:
                secrets.forget(workstation.password_name(one))

    @Slot()
    def ask_passwords(self) -> None:
        """At sign-in: what no keyring knows is asked for, one account after the other, and kept as well as can be."""
        unknown = workstation.unknown_passwords(self.window_.core.session.settings.phone)
        if unknown:
            text = self.tr("It is needed to register with your PBX.")
            if not secrets.available()[0]:
                text += " " + self.tr("There is no keyring here: it is kept until the program ends.")
            self._ask_password(f"{unknown[0].user}@{unknown[0].domain}", text)

    def _ask_password(self, account: str, text: str) -> None:
        core = self.window_.core

        def typed(password: str) -> None:
            self._typed.add(account)
            with contextlib.suppress(secrets.NoKeyring):  # the question said so
                secrets.write(f"sip:{account}", password)
            core.phone.start(workstation.configuration(core.session.settings))
            self._tell_known()
            self.ask_passwords()

        ask.password(self.window_, self.tr("Password of {0}").format(account), text, typed)

    @Slot(object)
    def _registration(self, state: PhoneState) -> None:
        accounts = state.registration.accounts if state.registration is not None else ()
        self._offer_to_ask(any(one.code == messages.NO_PASSWORD for one in accounts))
        for one in accounts:
            judged = one.state in ("registered", "failed") and one.code != messages.NO_PASSWORD
            if one.account in self._typed and judged:
                self._typed.discard(one.account)
                if one.code in (401, 403):
                    self._ask_password(one.account, self.tr("The server refused the password. Type it again."))

    def _offer_to_ask(self, missing: bool) -> None:
        """Whoever put the question off, or closed it by accident, finds it again."""
        words = self.tr("The phone cannot register without its password.") if missing else ""
        self.window_.shell.banners.set(_UNREGISTERED, words, action=self.tr("Enter it"))

    @Slot(str)
    def _acted(self, key: str) -> None:
        if key == _UNREGISTERED:
            self.ask_passwords()

    def _tell_known(self) -> None:
        """Which passwords need not be typed again."""
        if self.page is not None:
            more = self.window_.core.session.settings.phone.more_accounts
            self.page.set_passwords_known(name_of(one) for one in more if secrets.read(workstation.password_name(one)))

    @Slot(str, str)
    def _account_password(self, name: str, password: str) -> None:
        """Of a further account; the phone is configured when the settings are saved, just after."""
        core = self.window_.core
        self._keep(f"sip:{name}", password)
        assert self.page is not None
        if self.page.pending().phone == core.session.settings.phone:
            core.phone.start(workstation.configuration(core.session.settings))

    def _keep(self, name: str, password: str) -> None:
        try:
            secrets.write(name, password)
        except secrets.NoKeyring:
            words = self.tr("There is no keyring here: the password is kept until the program ends.")
            self.window_.shell.notify(Notice(words, "warn"))

    @Slot(str)
    def _password(self, password: str) -> None:
        core = self.window_.core
        assert self.page is not None
        phone = self.page.pending().phone
        self._keep(workstation.password_name(phone), password)
        self.page.set_password_known(True)
        if phone == core.session.settings.phone:
            core.phone.start(workstation.configuration(core.session.settings))

    @Slot(str)
    def _try(self, text: str) -> None:
        assert self.page is not None
        pending = self.page.pending()
        line = dialling.line(pending, "", PhoneView("ready", "", usable=True))
        if not line.account:
            line = replace(
                line, peer=self.window_.session.outgoing.direct_peer or "pbx"
            )  # which one does not matter here
        found = dialling.read(text, line)
        self.page.set_tried(_tried(found, line) if text else "")


def _tried(found: dialling.Allowed | dialling.Refused, line: dialling.Line) -> str:
    """What was understood, what goes out for it, and by which rule."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("SettingsWiring", words)

    if isinstance(found, dialling.Refused):
        return found.reason
    if found.emergency:
        return tr("Emergency number: dialled as {0}, whatever the rules say").format(found.digits)
    number = found.number
    if number.e164 is not None:
        place = numbers.country(number.e164)
        read = numbers.display(number.e164, line.region) + (f" ({place})" if place else "")
    else:
        read = tr("extension {0}").format(number.key[::-1]) if number.extension else found.digits
    at = line.rules.index(found.rule) + 1 if found.rule is not None else 0
    by = tr("rule {0}: {1}").format(at, dialling.words(found.rule)) if found.rule is not None else tr("no rule")
    return tr("Read as {0}, dialled as {1} ({2})").format(read, found.digits, by)
