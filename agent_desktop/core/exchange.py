"""Customers in and out of files at a workstation: one file at a time, step by step, so that everything else goes on."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from agent_desktop import data, tasks
from agent_desktop.core.permission import Permission
from agent_desktop.core.store import Store
from agent_desktop.data.errors import DatabaseTrouble, Refused
from agent_desktop.data.exchange.entry import Entry, FileTrouble
from agent_desktop.data.exchange.source import Source, look_at

if TYPE_CHECKING:
    from agent_desktop.data.db import Database
    from agent_desktop.data.exchange.exporting import Export, Written
    from agent_desktop.data.exchange.importing import Import, Progress
    from agent_desktop.data.exchange.undo import Run, Undo, Undone


class Exchange(QObject):
    """What goes on now is in ``doing``: nothing (""), check, import, undo, export. ``permission``: whether who
    is signed in may import. Signals:

    listed(runs): the newest imports.
    looked(Source, rows of cells, entries): what a file is; progressed(doing, 0..1); checked(Progress) after a dry run;
    imported(Progress); undone(Undone); exported(Path, customers); cancelled() when nothing of it is left;
    whole_known(bool): whether an export would have whole numbers;
    failed(text, advice): what was stored until then is being taken back.
    """

    listed = Signal(object)
    looked = Signal(object, object, object)
    progressed = Signal(str, float)
    checked = Signal(object)
    imported = Signal(object)
    undone = Signal(object)
    exported = Signal(object, int)
    whole_known = Signal(bool)
    cancelled = Signal()
    failed = Signal(str, str)

    def __init__(self, store: Store, pool: tasks.Tasks, whole: Callable[[], bool] = lambda: True):
        """``whole``: whether exports out of a file, where there are no roles, have whole numbers."""
        super().__init__()
        self._whole = whole
        self.doing = ""
        self.run_id: UUID | None = None  # of the newest import that can be taken back
        self._store = store
        self._pool = pool
        self._stop = False
        self._import: Import | None = None
        self._export: Export | None = None
        self._undo: Undo | None = None
        self._silent = False  # the undo is of what was cancelled or broke off
        self.permission = Permission(store, _may_import)

    def list_runs(self) -> None:
        """Read the newest imports; ``listed`` follows."""
        self._store.browse(_runs, self.listed.emit, self._told)

    # ------------------------------------------------------------------ in

    def look(self, path: Path) -> None:
        """Find out what a file is; ``looked`` or ``failed`` follows."""

        def job() -> tuple[Source, list[list[str]], list[Entry]]:
            source = look_at(path)
            return source, source.first_rows(), source.preview()

        self._pool.work(job, lambda found: self.looked.emit(*found), self._told)

    def check(self, source: Source, *, overwrite: bool) -> None:
        """A dry run."""
        self._begin("check", source, overwrite)

    def run(self, source: Source, *, overwrite: bool) -> None:
        """The import itself."""
        self._begin("import", source, overwrite)

    def undo(self, run_id: UUID) -> None:
        """Take an import back."""
        if not self.doing:
            self._take_back(run_id, silent=False)

    def cancel(self) -> None:
        """Stop what goes on after its present step; what it stored is taken back."""
        self._stop = self.doing in ("check", "import", "export")

    def _begin(self, doing: str, source: Source, overwrite: bool) -> None:
        if self.doing:
            return
        self.doing, self._stop, self._import = doing, False, None

        def job(database: "Database") -> "Progress":
            from agent_desktop.data.exchange.importing import Import

            self._import = Import(database, source, dry=doing == "check", overwrite=overwrite)
            return self._import.step()

        self._store.work_on(job, self._imported_more, self._broke_off)

    def _imported_more(self, progress: "Progress") -> None:
        run = self._import
        assert run is not None
        if self._stop and not progress.finished:
            self._give_up()
        elif progress.finished:
            doing, self.doing = self.doing, ""
            self.run_id = self.run_id if run.dry else run.run_id
            (self.checked if doing == "check" else self.imported).emit(progress)
        else:
            self.progressed.emit(self.doing, progress.share)
            self._store.work_on(lambda _database: run.step(), self._imported_more, self._broke_off)

    def _give_up(self) -> None:
        """Nothing of it stays."""
        run, self._import = self._import, None
        self.doing = ""
        if run is not None and run.has_stored:
            self._take_back(run.run_id, silent=True)
        else:
            self.cancelled.emit()

    def _broke_off(self, error: Exception) -> None:
        self._told(error)
        self._give_up()

    def _take_back(self, run_id: UUID, *, silent: bool) -> None:
        self.doing, self._silent = "undo", silent

        def job(database: "Database") -> "Undone":
            from agent_desktop.data.exchange.undo import Undo

            self._undo = Undo(database, run_id)
            return self._undo.step()

        self._store.work_on(job, self._undone_more, self._undo_failed)

    def _undone_more(self, done: "Undone") -> None:
        undo = self._undo
        assert undo is not None
        if done.finished:
            self.doing = ""
            self.run_id = None
            if self._silent:
                self.cancelled.emit()
            else:
                self.undone.emit(done)
            return
        self.progressed.emit("undo", done.done / max(1, done.total))
        self._store.work_on(lambda _database: undo.step(), self._undone_more, self._undo_failed)

    def _undo_failed(self, error: Exception) -> None:
        self.doing = ""
        self._told(error)

    # ------------------------------------------------------------------ out

    def ask_whole(self) -> None:
        """Find out whether an export would have whole numbers; ``whole_known`` follows if somebody can tell."""
        whole = self._whole()

        self._store.browse(
            lambda session: data.access.takes_whole_numbers(session, in_file=whole),
            self.whole_known.emit,
            lambda _error: None,
        )

    def export(self, path: Path, kind: str, text: str) -> None:
        """Write all customers, or with a ``text`` those it finds."""
        if self.doing:
            return
        self.doing, self._stop, self._export = "export", False, None
        whole = self._whole()

        def job(database: "Database") -> "Written":
            from agent_desktop.data.exchange import export_rows
            from agent_desktop.data.exchange.exporting import Export

            only = None
            if text:
                with database.read() as session:
                    only = export_rows.found(session, text)
            self._export = Export(database, path, kind, only=only, whole=whole)
            return self._export.step()

        self._store.work_on(job, self._written_more, self._export_failed)

    def _written_more(self, done: "Written") -> None:
        export = self._export
        assert export is not None
        if done.finished:
            self.doing = ""
            self.exported.emit(export.path, done.customers)
        elif self._stop:
            self._drop_export(self.cancelled.emit)
        else:
            self.progressed.emit("export", done.customers / max(1, done.total))
            self._store.work_on(lambda _database: export.step(), self._written_more, self._export_failed)

    def _export_failed(self, error: Exception) -> None:
        self._drop_export(lambda: self._told(error))

    def _drop_export(self, then: Callable[[], None]) -> None:
        export = self._export
        self.doing = ""
        if export is None:
            then()
            return

        def ended(_nothing: Any) -> None:
            then()

        self._store.work_on(lambda _database: export.cancel(), ended, ended)

    # ------------------------------------------------------------------ trouble

    def _told(self, error: Exception) -> None:
        text, advice = words_of(error)
        self.failed.emit(text, advice)


# The queries are imported with the database's own library, on its own thread: not before they are asked.


def _may_import(session: Any) -> bool:
    from agent_desktop.data.exchange.undo import may_import

    return may_import(session)


def _runs(session: Any) -> "tuple[Run, ...]":
    from agent_desktop.data.exchange.undo import runs

    return runs(session)


def words_of(error: Exception) -> tuple[str, str]:
    """What happened and what to do, in words; our own faults are raised again."""
    if isinstance(error, DatabaseTrouble):
        return error.text, error.advice
    if isinstance(error, (Refused, FileTrouble)):
        return error.text, ""
    if isinstance(error, OSError):
        return f"{error.filename or ''}: {error.strerror or error}".lstrip(": "), ""
    if isinstance(error, tasks.Late):
        return str(error), ""
    raise error
