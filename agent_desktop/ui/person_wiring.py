"""Who is signed in: the menu under one's initials, signing in again, another password, leaving for somebody else."""

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtWidgets import QMenu
from shiboken6 import isValid

from agent_desktop import secrets
from agent_desktop.core.centre import Centre
from agent_desktop.core.sign_in import SignIn, others_waiting
from agent_desktop.core.views import DatabaseView, Notice
from agent_desktop.data.errors import DatabaseTrouble, Trouble
from agent_desktop.ui import ask, icons
from agent_desktop.ui.overlay import Overlay

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow
    from agent_desktop.ui.password_card import PasswordCard
    from agent_desktop.ui.sign_in_card import SignInCard


class PersonWiring(QObject):
    """On a file of this computer nobody signs in: the menu leads to the settings only."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_ = window
        self.address = window.core.address
        self._shut_out = self._asked = False
        self._known = _rights(window.session.centre)  # as the server said last
        window.shell.top_bar.person.clicked.connect(lambda _checked=False: self.open_menu())
        window.action("sign_out").triggered.connect(lambda _checked=False: self.sign_out())
        window.core.store.state_changed.connect(self._database_changed)
        window.session.centre_changed.connect(self._centre_changed)
        window.shell.banners.acted.connect(self._acted)

    # -------------------------------------------------------------------- menu

    def open_menu(self) -> QMenu:
        """Who is signed in where, and what can be done about it."""
        person = self.window_.shell.top_bar.person
        menu = QMenu(person)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        agent = self.window_.session.agent
        name = agent.name if agent is not None else self.tr("Nobody is signed in")
        who = menu.addAction(icons.icon("user", "text2"), name.replace("&", "&&"))
        who.setEnabled(False)
        if self.address is not None:
            words = self.tr("{0} on {1}").format(self.address.login, self.address.shown_host)
            menu.addAction(icons.icon("database", "text2"), words.replace("&", "&&")).setEnabled(False)
            menu.addSeparator()
            change = menu.addAction(icons.icon("key-round", "text2"), self.tr("Change your password"))
            change.triggered.connect(lambda _checked=False: self.change_password())
            menu.addAction(self.window_.action("sign_out"))
        else:
            menu.addSeparator()
        menu.addAction(self.window_.action("settings"))
        menu.popup(person.mapToGlobal(QPoint(0, person.height() + 4)))
        return menu

    # ---------------------------------------------------------------- sign out

    def sign_out(self) -> None:
        """Close for somebody else; what was not sent stays here and goes out when its writer signs in again."""
        window = self.window_
        if self.address is None:
            return
        if window.session.book.running():
            window.shell.notify(Notice(self.tr("A call is still running: end it first."), "warn"))
            return
        waiting = window.core.journal.waiting_count()
        words = self.tr("This computer forgets your password and asks who works here next.")
        if waiting and window.core.store.view.trouble:
            kept = self.tr("Not sent yet: {0}. It stays here and is sent when you sign in again.")
            words = f"{words} {kept.format(waiting)}"
        ask.confirm(window, self.tr("Sign out?"), words, self.tr("Sign out"), self._leave)

    def _leave(self) -> None:
        self.window_.core.signed_out = True
        self.window_.close()

    # ----------------------------------------------------------- in once more

    @Slot(object)
    def _database_changed(self, view: DatabaseView) -> None:
        shut_out = view.kind is Trouble.WRONG_PASSWORD and self.address is not None
        if shut_out and not self._shut_out:
            self.sign_in_again()
        self._shut_out = shut_out

    def sign_in_again(self) -> "SignInCard | None":
        """The server does not take the password any more: ask for it, over the window; work goes on meanwhile."""
        address, window = self.address, self.window_
        if address is None:
            return None
        from agent_desktop.ui import entrance
        from agent_desktop.ui.sign_in_card import SignInCard

        overlay = Overlay.of(window)
        card = SignInCard(address, somebody_else=False, other_server=False)
        card.set_remark(entrance.remark(others_waiting(window.core.profile, address)))
        door = SignIn(window.core.tasks, card)

        def signed_in(answer: entrance.SignedIn) -> None:
            with contextlib.suppress(secrets.NoKeyring):  # the card says so
                secrets.write(address.secret_name, answer.password)
            overlay.dismiss(card, answered=True)
            card.deleteLater()
            window.core.store.sign_in_again()

        def gone() -> None:
            door.cancel()
            card.deleteLater()

        entrance.attend(card, door, signed_in, lambda _address: False)
        card.dismissed.connect(lambda: overlay.dismiss(card))
        overlay.present(card, dismissed=gone)
        card.focus_first()
        return card

    # ---------------------------------------------------------------- password

    @Slot(object)
    def _centre_changed(self, centre: Centre) -> None:
        """A password that somebody else has seen is to be changed: asked once, for a call may be waiting, and standing
        above everything until it is done. Other rights than before are told."""
        if self.address is None or not self.window_.core.store.ready:
            return
        self._tell_rights(centre)
        words = self.tr("Your administrator made this password: choose one of your own.")
        said = words if centre.one_time else ""
        self.window_.shell.banners.set("password", said, kind="info", action=self.tr("Choose one"))
        if centre.one_time and not self._asked:
            self._asked = True
            self.change_password()

    def _tell_rights(self, centre: Centre) -> None:
        before, now = self._known, _rights(centre)
        self._known = now
        if before is None or now is None or before == now:
            return
        role, team = now
        words = []
        if role != before[0]:
            from agent_desktop.ui.admin_forms import role_name

            words.append(self.tr("Your role was changed: {0}.").format(role_name(role)))
        if team != before[1]:
            words.append(self.tr("Your team is now {0}.").format(team) if team else self.tr("You are in no team now."))
        self.window_.shell.notify(Notice(" ".join(words), "warn" if role != before[0] else "info"))

    @Slot(str)
    def _acted(self, key: str) -> None:
        if key == "password":
            self.change_password()

    def change_password(self) -> "PasswordCard | None":
        """Another password for this login."""
        address, window = self.address, self.window_
        if address is None:
            return None
        from agent_desktop.ui.password_card import PasswordCard
        from agent_desktop.ui.sign_in_words import why_not

        overlay = Overlay.of(window)
        card = PasswordCard(address.login, address.shown_host)
        door = SignIn(window.core.tasks, self)  # outlives the card: what the server is asked it may do all the same
        fresh: list[str] = []

        def wanted(old: str, new: str) -> None:
            fresh[:] = [new]
            door.change_password(address, old, new)

        def changed() -> None:
            overlay.dismiss(card)
            words = self.tr("Your password was changed.")
            try:
                secrets.write(address.secret_name, fresh.pop())
            except secrets.NoKeyring:
                words += " " + self.tr("There is no keyring here: it is kept until the program ends.")
            window.core.store.sign_in_again()  # with the new one from the next connection on
            window.shell.notify(Notice(words, "ok"))

        def refused(trouble: DatabaseTrouble) -> None:
            wrong = trouble.kind is Trouble.WRONG_PASSWORD
            text, advice = (self.tr("The present password is not right"), "") if wrong else why_not(trouble, address)
            if isValid(card):
                card.set_trouble(text, advice, old_is_wrong=wrong)
            else:
                words = self.tr("Your password was not changed: {0}").format(text)
                window.shell.notify(Notice(f"{words} {advice}".strip(), "warn"))

        card.wanted.connect(wanted)
        card.closed.connect(lambda: overlay.dismiss(card))
        door.changed_password.connect(changed)
        door.refused.connect(refused)
        overlay.present(card, dismissed=card.deleteLater)
        return card


def _rights(centre: Centre) -> tuple[str, str] | None:
    """Role and team of whoever is signed in; None while nobody is known."""
    person = centre.signed_in
    return (centre.role, person.team) if person is not None and centre.role else None
