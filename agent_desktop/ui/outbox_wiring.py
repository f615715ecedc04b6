"""What has not reached the database, wired to the journal: told in banners, looked at and dealt with in the outbox."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from agent_desktop.core.views import DatabaseView, Notice
from agent_desktop.data.errors import Trouble
from agent_desktop.data.journal import RefusedRow
from agent_desktop.ui.overlay import Overlay

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow
    from agent_desktop.ui.outbox import Outbox


class OutboxWiring(QObject):
    """The card is made when it is first wanted."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_ = window
        self.card: Outbox | None = None
        store = window.core.store
        store.state_changed.connect(self.database_changed)
        store.changed.connect(lambda _changed: self._fill())
        window.shell.banners.set("journal", window.core.journal.notice, kind="warn")
        window.shell.banners.acted.connect(self._acted)
        window.action("outbox").triggered.connect(lambda _checked=False: self.open())

    @Slot(object)
    def database_changed(self, view: DatabaseView) -> None:
        """Standing trouble as banners; the card, where it is open, shows what is so now."""
        banners = self.window_.shell.banners
        banners.set("journal", self.window_.core.journal.notice, kind="warn")
        advice = view.advice
        if view.waiting:
            advice += " " + self.tr("Kept here until it is back: {0}.").format(view.waiting)
        shut_out = view.kind is Trouble.WRONG_PASSWORD and self.window_.core.address is not None
        action = self.tr("Sign in") if shut_out else self.tr("Show") if view.waiting else ""
        banners.set("database", view.trouble, kind="warn", advice=advice.strip(), action=action)
        words = self.tr("Refused by the database: {0}").format(view.refused) if view.refused else ""
        banners.set("refused", words, kind="bad", action=self.tr("Show"))
        self._fill()

    @Slot(str)
    def _acted(self, key: str) -> None:
        if key == "database" and self.window_.core.store.view.kind is Trouble.WRONG_PASSWORD:
            self.window_.person_wiring.sign_in_again()
        elif key in ("database", "refused"):
            self.open()

    def open(self) -> "Outbox":
        """Everything that was refused or waits."""
        from agent_desktop.ui.outbox import Outbox

        card = self.card
        if card is None:
            store = self.window_.core.store
            card = self.card = Outbox()
            card.copy.connect(self._copy)
            card.again.connect(self._again)
            card.discard.connect(store.discard)
            card.undiscard.connect(store.undiscard)
            card.closed.connect(lambda: Overlay.of(self.window_).dismiss(card, answered=True))
        card.start()
        Overlay.of(self.window_).present(card)
        self._fill()
        return card

    def _fill(self) -> None:
        if self.card is not None and self.card.isVisible():
            store = self.window_.core.store
            self.card.set_rows(store.journal.refused(), store.journal.pending(), store.view.trouble)
            Overlay.of(self.window_).place()

    def _again(self, rows: tuple[RefusedRow, ...]) -> None:
        self.window_.core.store.try_again(*rows)
        self._fill()

    @Slot(str)
    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.window_.shell.notify(Notice(self.tr("Copied"), "ok"))
