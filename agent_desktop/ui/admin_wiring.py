"""The administration wired to the database: every edit gets its answer, in words, and its undo."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from agent_desktop import tasks
from agent_desktop.core.administration import Administration
from agent_desktop.core.views import DatabaseView, Notice
from agent_desktop.data.admin_rows import Administration as Snapshot
from agent_desktop.data.admin_rows import PersonRecord, Record, Saved
from agent_desktop.data.errors import DatabaseTrouble, Refused
from agent_desktop.data.ids import new_id
from agent_desktop.data.rows import Changed
from agent_desktop.ui import ask
from agent_desktop.ui.overlay import Overlay

if TYPE_CHECKING:
    from agent_desktop.ui.admin_page import AdminPage
    from agent_desktop.ui.main_window import MainWindow


class AdminWiring(QObject):
    """Offered on the rail to those who may, and to the one person who owns a file."""

    def __init__(self, window: "MainWindow", possible_changed: Callable[[], None]):
        super().__init__(window)
        self.window_ = window
        self.page: AdminPage | None = None
        self._possible_changed = possible_changed
        self._back: dict[UUID, Record] = {}  # what an undo stores
        self.core = Administration(window.core.store)
        self.core.permission.changed.connect(self._allowed)
        self.core.loaded.connect(self._loaded)
        window.core.store.changed.connect(self._changed)
        window.core.store.state_changed.connect(self._state)
        window.shell.undo.connect(self._undo)
        window.shell.page_shown.connect(self._shown)

    @property
    def allowed(self) -> bool:
        """Whether who is signed in may open these screens."""
        return self.core.permission.given

    def build(self) -> QWidget:
        from agent_desktop.ui.admin_page import AdminPage

        page = self.page = AdminPage()
        page.save.connect(self._save)
        page.switched.connect(self._save)
        page.password_wanted.connect(self._new_password)
        page.history_wanted.connect(self._history)
        page.reload_wanted.connect(self.load)
        return page

    def load(self) -> None:
        """Read everything anew."""
        if self.page is not None:
            self.page.show_loading()
            self.core.load(self._not_loaded)

    def save_now(self) -> bool:
        """The save key; False if these screens are not in sight or nothing was typed."""
        return self.page is not None and self.page.save_now()

    # ------------------------------------------------------------------ what happened

    @Slot(bool)
    def _allowed(self, allowed: bool) -> None:
        self.window_.shell.set_page("admin", self.build, allowed)
        self._possible_changed()

    @Slot(object)
    def _loaded(self, snapshot: Snapshot) -> None:
        if self.page is not None:
            self.page.banner.set("")
            self.page.set_now(snapshot)

    def _not_loaded(self, error: Exception) -> None:
        assert self.page is not None
        words, advice = self._words(error)
        self.page.set_error(words, advice)

    @Slot(object)
    def _changed(self, changed: Changed) -> None:
        if changed.catalogue:  # not for each state of an agent: every desktop hears of those all the time
            self.load()

    @Slot(object)
    def _state(self, view: DatabaseView) -> None:
        if self.page is not None:
            self.page.set_trouble(view.trouble, view.advice)

    @Slot(str)
    def _shown(self, name: str) -> None:
        if name == "admin":
            self.load()

    # ------------------------------------------------------------------ storing

    @Slot(object)
    def _save(self, record: Record) -> None:
        if not self.core.own_admin_ends(record):
            self._store(record)
            return
        words = self.tr("These screens close for you, and only another administrator can bring them back.")
        self._refused(record, self.tr("Nothing was changed: you would not be an administrator any more."))
        title = self.tr("Give up your own administration?")
        ask.confirm(self.window_, title, words, self.tr("Give up"), lambda: self._store(record), danger=True)

    def _store(self, record: Record) -> None:
        before = self._stored(record)
        self.core.save(
            record, lambda saved: self._taken(record, before, saved), lambda error: self._failed(record, error)
        )

    def _stored(self, record: Record) -> Record | None:
        assert self.page is not None
        snapshot = self.core.snapshot
        rows = self.page.section_of(record).section.rows(snapshot) if snapshot is not None else ()
        return next((one for one in rows if one.id == record.id and one.version), None)

    def _taken(self, record: Record, before: Record | None, saved: Saved) -> None:
        from agent_desktop.ui import admin_forms

        assert self.page is not None
        snapshot = self.core.snapshot
        assert snapshot is not None
        self.page.section_of(record).editor.stored(record.id)
        name = admin_forms.name_of(record, snapshot)
        if saved.password:
            self._hand_over(record, saved)
            return
        was_on, is_on = before is None or admin_forms.is_on(before), admin_forms.is_on(record)
        words = self.tr("{0} is stored.")
        if was_on != is_on:
            words = self.tr("{0} is switched on.") if is_on else self.tr("{0} is switched off.")
        token = new_id()
        off: dict[str, Any] = {"version": record.version + 1}
        if before is None:
            off["active"] = False
        self._back = {token: replace(before or record, **off)}
        self.window_.shell.notify(Notice(words.format(name), "ok", self.tr("Undo"), token))

    @Slot(object)
    def _undo(self, notice: Notice) -> None:
        record = self._back.pop(notice.token, None) if notice.token is not None else None
        if record is None or self.page is None:
            return

        def done(_saved: Saved) -> None:
            self.window_.shell.notify(Notice(self.tr("Taken back."), "ok"))

        def failed(error: Exception) -> None:
            words, advice = self._words(error)
            self.window_.shell.notify(Notice(f"{words} {advice}".strip(), "bad"))

        self.core.save(record, done, failed)

    def _failed(self, record: Record, error: Exception) -> None:
        words, advice = self._words(error)
        self._refused(record, f"{words} {advice}".strip())
        if isinstance(error, Refused | tasks.Late):
            self.load()  # what is stored now: beside what was typed

    def _refused(self, record: Record, words: str) -> None:
        assert self.page is not None
        self.page.section_of(record).editor.refused(record.id, words)

    def _words(self, error: Exception) -> tuple[str, str]:
        if isinstance(error, Refused):
            return error.text, ""
        if isinstance(error, tasks.Late):
            return self.tr("The database gave no answer in time."), self.tr("Look whether it was stored all the same.")
        if isinstance(error, DatabaseTrouble):
            return error.text, self.tr("Nothing was changed.")
        return self.tr("Something went wrong in this program."), self.tr("It is in the log; nothing was changed.")

    # ------------------------------------------------------------------ passwords, history

    @Slot(object)
    def _new_password(self, record: PersonRecord) -> None:
        def go() -> None:
            self.core.new_password(
                record.id, lambda saved: self._hand_over(record, saved), lambda error: self._failed(record, error)
            )

        title = self.tr("A new password for {0}?").format(record.name)
        words = self.tr("The present one stops working at once; who is signed in stays so.")
        ask.confirm(self.window_, title, words, self.tr("Make one"), go)

    def _hand_over(self, record: Record, saved: Saved) -> None:
        from agent_desktop.ui.admin_password import HandOver

        assert isinstance(record, PersonRecord)
        overlay = Overlay.of(self.window_)
        card = HandOver(record.name, record.login, saved.password)
        card.closed.connect(lambda: overlay.dismiss(card))
        overlay.present(card, dismissed=card.deleteLater)

    @Slot(object)
    def _history(self, record: Record) -> None:
        page = self.page
        assert page is not None
        editor = page.section_of(record).editor

        def failed(error: Exception) -> None:
            words, _ = self._words(error)
            editor.history.set_trouble(words, self.tr("Try again in a moment."))

        self.core.history(record, lambda entries: editor.set_history(record, entries), failed)
