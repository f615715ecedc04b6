"""The phone an administrator gave to somebody, taken over at the desk where they sign in."""

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Slot

from agent_desktop.core import provisioning
from agent_desktop.core.views import Notice

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow


class ProvisioningWiring(QObject):
    """Never during a call; the password is asked for once and kept in the keyring."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_ = window
        window.session.centre_changed.connect(self._look)
        window.session.calls_changed.connect(self._look)

    @Slot(object)
    def _look(self, _what: object) -> None:
        session = self.window_.session
        given = provisioning.given(session.centre, session.agent)
        if given is None or session.book.running():
            return
        phone = provisioning.applied(session.settings.phone, given)
        if phone == session.settings.phone:
            return
        wiring = self.window_.settings_wiring
        wiring.save(msgspec.structs.replace(session.settings, phone=phone))
        if session.settings.phone != phone:
            return  # it could not be kept, which was told
        words = self.tr("Your phone is set up by your administrator: {0}").format(f"{phone.user}@{phone.domain}")
        self.window_.shell.notify(Notice(words, "info"))
        wiring.ask_passwords()
