"""Import and export of customers wired to the database; what goes on goes on while the card is closed."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Slot

from agent_desktop.core.exchange import Exchange
from agent_desktop.core.views import Notice
from agent_desktop.data.exchange.source import Source
from agent_desktop.ui import ask, dates
from agent_desktop.ui.file_dialogs import choose_to_read, choose_to_write
from agent_desktop.ui.history_wiring import HistoryWiring
from agent_desktop.ui.overlay import Overlay

if TYPE_CHECKING:
    from agent_desktop.data.exchange.importing import Progress
    from agent_desktop.data.exchange.undo import Run, Undone
    from agent_desktop.ui.exchange_export import ExportCard
    from agent_desktop.ui.exchange_import import ImportCard
    from agent_desktop.ui.main_window import MainWindow


class ExchangeWiring(QObject):
    """The cards are made when they are first wanted."""

    def __init__(self, window: "MainWindow", possible_changed: Callable[[], None]):
        super().__init__(window)
        self.window_ = window
        self.import_card: ImportCard | None = None
        self.export_card: ExportCard | None = None
        self.core = core = Exchange(
            window.core.store, window.core.tasks, lambda: window.session.settings.database.whole_exports
        )
        core.permission.changed.connect(lambda _allowed: possible_changed())
        core.listed.connect(self._listed)
        core.looked.connect(self._looked)
        core.progressed.connect(self._progressed)
        core.checked.connect(self._checked)
        core.imported.connect(self._imported)
        core.undone.connect(self._undone)
        core.exported.connect(self._exported)
        core.whole_known.connect(self._whole_known)
        core.cancelled.connect(self._cancelled)
        core.failed.connect(self._failed)
        self._exporting = False
        self.history = HistoryWiring(window, self._import_card, self._place)
        window.action("import").triggered.connect(lambda _checked=False: self.open_import())
        window.action("export").triggered.connect(lambda _checked=False: self.open_export())

    # ------------------------------------------------------------------ in

    def open_import(self) -> "ImportCard":
        """Customers from a file; an import that goes on is shown again."""
        from agent_desktop.ui.exchange_import import ImportCard

        card = self.import_card
        if card is None:
            card = self.import_card = ImportCard()
            card.browse_wanted.connect(self._choose)
            card.look_wanted.connect(self._look)
            card.check_wanted.connect(lambda source, overwrite: self._begin(source, overwrite, dry=True))
            card.import_wanted.connect(lambda source, overwrite: self._begin(source, overwrite, dry=False))
            card.cancel_wanted.connect(self.core.cancel)
            card.undo_wanted.connect(self._undo)
            card.undo_run_wanted.connect(self._ask_undo)
            card.history.check_wanted.connect(self.history.check)
            card.history.import_wanted.connect(self.history.run)
            card.history.cancel_wanted.connect(self.history.cancel)
            card.closed.connect(lambda: self._dismiss(self.import_card))
        if not self.core.doing and not self.history.doing:
            card.start()
            self.core.list_runs()
        Overlay.of(self.window_).present(card, top=60)
        return card

    @Slot(object)
    def _look(self, path: Path) -> None:
        self._exporting = False
        self.history.look(path, self.core.look)

    def _begin(self, source: Source, overwrite: bool, *, dry: bool) -> None:
        self._exporting = False
        (self.core.check if dry else self.core.run)(source, overwrite=overwrite)

    def _undo(self) -> None:
        if self.core.run_id is not None:
            self._exporting = False
            self.core.undo(self.core.run_id)

    @Slot(object)
    def _ask_undo(self, run: "Run") -> None:
        """An import of another day is taken back only when that was meant."""
        text = self.tr("What it made goes, what it changed is as before. Customers that somebody has used since stay.")
        title = self.tr("Take back the import of {0} of {1}?").format(run.file, dates.moment(run.at, inside=True))
        ask.confirm(self.window_, title, text, self.tr("Take it back"), lambda: self._undo_run(run), danger=True)

    def _undo_run(self, run: "Run") -> None:
        if self.import_card is not None and not self.core.doing:
            self._exporting = False
            self.import_card.set_progress("undo", 0.0)
            self.core.undo(run.id)

    @Slot(object)
    def _listed(self, runs: "tuple[Run, ...]") -> None:
        if self.import_card is not None:
            self.import_card.past.set_runs(runs)
            self._place()

    @Slot()
    def _choose(self) -> None:
        card = self.import_card
        assert card is not None
        lists = self.tr("Lists and vCards") + " (*.csv *.tsv *.txt *.xlsx *.xlsm *.vcf *.vcard *.json)"
        filters = (lists, self.tr("All files") + " (*)")
        choose_to_read(self.window_, self.tr("Import customers"), filters, card.set_path)

    @Slot(object, object, object)
    def _looked(self, source: Source, rows: list[list[str]], entries: list[object]) -> None:
        if self.import_card is not None:
            self.import_card.set_source(source, rows, entries)  # type: ignore[arg-type]
            self._place()

    @Slot(object)
    def _checked(self, progress: "Progress") -> None:
        if self.import_card is not None:
            self.import_card.set_checked(progress)
            self._place()

    @Slot(object)
    def _undone(self, undone: "Undone") -> None:
        if self.import_card is not None:
            self.import_card.set_undone(undone)
            self._place()

    @Slot(object)
    def _imported(self, progress: "Progress") -> None:
        card = self.import_card
        if card is not None:
            card.set_imported(progress)
            self._place()
        if card is None or not card.isVisible():
            words = self.tr("Imported: {0} new customers, {1} completed, {2} rejected.")
            text = words.format(progress.new, progress.updated, progress.rejected)
            self.window_.shell.notify(Notice(text, "warn" if progress.rejected else "ok"))

    # ------------------------------------------------------------------ out

    def open_export(self) -> "ExportCard":
        """Customers into a file; those that the list of customers is searched for are offered."""
        from agent_desktop.ui.exchange_export import ExportCard

        card = self.export_card
        if card is None:
            card = self.export_card = ExportCard()
            card.browse_wanted.connect(self._choose_target)
            card.export_wanted.connect(self._export)
            card.cancel_wanted.connect(self.core.cancel)
            card.closed.connect(lambda: self._dismiss(self.export_card))
        if not self.core.doing:
            page = self.window_.customers_wiring.page
            folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
            self.core.ask_whole()
            card.start(page.query.text().strip() if page is not None else "", Path(folder or str(Path.home())))
        Overlay.of(self.window_).present(card)
        return card

    @Slot(str)
    def _choose_target(self, name: str) -> None:
        card = self.export_card
        assert card is not None
        choose_to_write(self.window_, self.tr("Export customers"), name, card.set_path)

    @Slot(object, str, str)
    def _export(self, path: Path, kind: str, text: str) -> None:
        self._exporting = True
        self.core.export(path, kind, text)

    @Slot(bool)
    def _whole_known(self, whole: bool) -> None:
        if self.export_card is not None:
            self.export_card.set_whole(whole)
            self._place()

    @Slot(object, int)
    def _exported(self, path: Path, customers: int) -> None:
        card = self.export_card
        if card is not None:
            card.set_exported(path, customers)
            self._place()
        if card is None or not card.isVisible():
            text = self.tr("{0} customers were written to {1}.").format(customers, path.name)
            self.window_.shell.notify(Notice(text, "ok"))

    # ------------------------------------------------------------------ both

    @Slot(str, float)
    def _progressed(self, doing: str, share: float) -> None:
        if doing == "export":
            if self.export_card is not None:
                self.export_card.set_progress(share)
        elif self.import_card is not None:
            self.import_card.set_progress(doing, share)

    @Slot()
    def _cancelled(self) -> None:
        card = self.export_card if self._exporting else self.import_card
        if card is not None:
            card.set_cancelled()
            self._place()

    @Slot(str, str)
    def _failed(self, text: str, advice: str) -> None:
        card = self.export_card if self._exporting else self.import_card
        if card is not None:
            card.set_trouble(text, advice)
            self._place()
        if card is None or not card.isVisible():
            self.window_.shell.notify(Notice(f"{text} {advice}".strip(), "bad"))

    def _import_card(self) -> "ImportCard":
        assert self.import_card is not None
        return self.import_card

    def _dismiss(self, card: "ImportCard | ExportCard | None") -> None:
        Overlay.of(self.window_).dismiss(card, answered=True)

    def _place(self) -> None:
        Overlay.of(self.window_).place()
