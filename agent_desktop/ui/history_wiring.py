"""The import of a PBX's file wired to the database, step by step, so that everything else goes on."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Slot

from agent_desktop.core.exchange import words_of
from agent_desktop.core.views import Notice

if TYPE_CHECKING:
    from agent_desktop.collector.history import HistoryImport, Progress
    from agent_desktop.data.db import Database
    from agent_desktop.ui.exchange_import import ImportCard
    from agent_desktop.ui.main_window import MainWindow


class HistoryWiring(QObject):
    """One file at a time; ``card`` gives the card that shows it."""

    def __init__(self, window: "MainWindow", card: "Callable[[], ImportCard]", place: Callable[[], None]):
        super().__init__(window)
        self.window_ = window
        self.doing = False
        self._card, self._place = card, place
        self._stop = False
        self._path = Path()
        self._kind = ""
        self._import: HistoryImport | None = None

    def look(self, path: Path, otherwise: Callable[[Path], None]) -> None:
        """Show a PBX's file as one; any other goes ``otherwise``."""

        def job() -> str:
            from agent_desktop.collector.kinds import kind_of

            return kind_of(path)

        def found(kind: str) -> None:
            if not kind:
                otherwise(path)
            elif not self.window_.admin_wiring.allowed:
                words = self.tr("This is a file of a PBX. Only administrators import those.")
                self._card().set_trouble(words, "")
                self._place()
            else:
                self._path, self._kind = path, kind
                self._card().history.set_file(path, records=kind == "cdr")
                self._shown()

        self.window_.core.tasks.work(job, found, lambda _error: otherwise(path))

    @Slot(str)
    def check(self, zone: str) -> None:
        """A dry run."""
        self._begin(zone, dry=True)

    @Slot(str)
    def run(self, zone: str) -> None:
        """The import itself."""
        self._begin(zone, dry=False)

    @Slot()
    def cancel(self) -> None:
        """Stop after the present step."""
        self._stop = True

    def _begin(self, zone: str, *, dry: bool) -> None:
        if self.doing:
            return
        self.doing, self._stop, self._import = True, False, None

        def job(database: "Database") -> "Progress":
            from agent_desktop.collector.cdr_import import CdrImport
            from agent_desktop.collector.history import Wanted
            from agent_desktop.collector.queue_log_import import QueueLogImport

            kind = CdrImport if self._kind == "cdr" else QueueLogImport
            self._import = kind(database, [self._path], Wanted(dry=dry, zone=ZoneInfo(zone) if zone else None))
            return self._import.step()

        self._shown()
        self.window_.core.store.work_on(job, self._more, self._broke_off)

    def _more(self, progress: "Progress") -> None:
        run, page = self._import, self._card().history
        assert run is not None
        if progress.finished:
            self.doing = False
            (page.set_checked if run.wanted.dry else page.set_imported)(progress)
            self._shown()
            if not run.wanted.dry and not self._card().isVisible():
                words = self.tr("Imported from {0}: {1} new.").format(self._path.name, progress.new)
                self.window_.shell.notify(Notice(words, "warn" if progress.rejected else "ok"))
        elif self._stop:
            self._ended("")
        else:
            page.set_progress(progress.share)
            self.window_.core.store.work_on(lambda _database: run.step(), self._more, self._broke_off)

    def _broke_off(self, error: Exception) -> None:
        text, advice = words_of(error)
        words = f"{text} {advice}".strip()
        self._ended(words)
        if not self._card().isVisible():
            self.window_.shell.notify(Notice(words, "bad"))

    def _ended(self, words: str) -> None:
        """Cancelled or broken off."""
        self.doing = False
        page = self._card().history
        if self._import is not None and self._import.has_stored:
            page.set_stopped(words)
        else:
            page.set_file(self._path, records=self._kind == "cdr")
            self._shown(words)
            return
        self._shown()

    def _shown(self, trouble: str = "") -> None:
        self._card().show_history(trouble)
        self._place()
