"""Reports wired: counted on the browse lane, opened down to the calls, and written into files."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from agent_desktop import clock, data, tasks
from agent_desktop.core.board_lists import Part, VisitLine
from agent_desktop.core.views import DatabaseView, Notice
from agent_desktop.data.errors import DatabaseTrouble, Refused
from agent_desktop.data.ids import new_id
from agent_desktop.data.report_rows import ScheduleRow
from agent_desktop.data.rows import Changed, WorkItem
from agent_desktop.data.words import WorkStatus
from agent_desktop.ui.file_dialogs import choose_to_write, table_kinds
from agent_desktop.ui.overlay import Overlay

if TYPE_CHECKING:
    from agent_desktop.core.report_lists import Behind
    from agent_desktop.core.report_wish import Wish
    from agent_desktop.core.reports import Line, Report
    from agent_desktop.data.callback_rows import CallBack
    from agent_desktop.ui.main_window import MainWindow
    from agent_desktop.ui.reports_page import ReportsPage
    from agent_desktop.ui.reports_schedules import ScheduleList
    from agent_desktop.ui.visit_list import VisitList

_MOST_CALLERS = 500
_AGAIN_MS = 700
_COLLECTOR_SILENT = timedelta(seconds=30)


class ReportsWiring(QObject):
    """The page is made when it is first looked at."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_ = window
        self.page: ReportsPage | None = None
        self._asking: tasks.Handle | None = None
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self._count_again)
        window.core.store.changed.connect(self._heard)
        window.core.store.state_changed.connect(self._state)
        window.session.centre_changed.connect(lambda _centre: self._name())
        window.core.store.opened.connect(self._look_whether_allowed)

    def build(self) -> QWidget:
        from agent_desktop.ui.reports_page import ReportsPage

        page = self.page = ReportsPage()
        page.wanted.connect(self._count)
        page.opened.connect(self.open_visits)
        page.export_wanted.connect(self._choose_file)
        page.call_wanted.connect(self.call)
        page.finish_wanted.connect(self.finish)
        page.call_shown.connect(self._show_call)
        page.schedules_wanted.connect(self.open_schedules)
        self._name()
        self._look_whether_allowed()
        page.reload()
        return page

    @property
    def _zone(self) -> ZoneInfo:
        """The site's."""
        return self.window_.core.live.board.zone

    def _name(self) -> None:
        """Queues and teams as they are called now."""
        if self.page is not None:
            centre = self.window_.session.centre
            queues = [(queue.id, queue.label) for queue in centre.watched_queues()]
            self.page.set_catalogue(queues, [(team.id, team.name) for team in centre.teams])

    @Slot(object)
    def _state(self, view: DatabaseView) -> None:
        if self.page is not None:
            self.page.banner.set(view.trouble, view.advice)

    # ------------------------------------------------------------------ counting

    @Slot(object)
    def _count(self, wish: "Wish") -> None:
        from agent_desktop.core import report_data
        from agent_desktop.core.report_wish import BadWish

        assert self.page is not None
        page, zone = self.page, self._zone
        if self._asking is not None:
            self._asking.cancel()

        try:
            wish.days(clock.now().astimezone(zone).date())
        except BadWish as error:
            page.set_refused(str(error))
            return

        def failed(error: Exception) -> None:
            if isinstance(error, DatabaseTrouble):
                page.set_error(error.text, error.advice)
            else:
                page.set_error(self.tr("The report could not be counted."), self.tr("Try again in a moment."))

        store = self.window_.core.store
        self._asking = store.browse(
            lambda session: report_data.fetch(session, wish, zone, clock.now()), page.set_report, failed
        )

    # ------------------------------------------------------------------ schedules

    @Slot()
    def _look_whether_allowed(self) -> None:
        """Schedules are for supervisors, and for whoever owns a file."""
        if self.page is not None:
            page = self.page

            def allowed(session: Any) -> bool:  # the queries are imported on the database's thread
                return data.report_schedules.allowed(session)

            self.window_.core.store.browse(allowed, page.schedules.setVisible, lambda _error: None)

    @Slot(object)
    def open_schedules(self, wish: "Wish") -> "ScheduleList":
        """What makes itself; ``wish`` is what a new one would be."""
        from agent_desktop.ui.reports_schedules import ScheduleList

        card, overlay = ScheduleList(self._zone, clock.now()), Overlay.of(self.window_)
        card.closed.connect(lambda: overlay.dismiss(card))
        card.edit_wanted.connect(lambda row: self._edit(card, row, wish))
        card.switched.connect(lambda row: self._store(card, replace(row, active=not row.active, since=clock.now())))
        overlay.present(card, top=60, dismissed=card.deleteLater)
        card.states.show_loading()
        self._fill(card)
        return card

    def _fill(self, card: "ScheduleList") -> None:
        def question(session: Any) -> tuple[Any, Any]:
            return data.report_schedules.schedules(session), data.collecting.health(session)

        def show(found: tuple[Any, Any]) -> None:
            if isValid(card):
                rows, health = found
                told = max((row.told_at for row in health if row.active and row.told_at), default=None)
                away = told is None or clock.now() - told > _COLLECTOR_SILENT
                words = self.tr("No collector is running: nothing is made until one does.")
                card.set_schedules(rows, clock.now())
                card.set_collector(words if away else "")

        def failed(error: Exception) -> None:
            if isValid(card):
                words, advice = self.tr("The schedules could not be fetched."), self.tr("Try again in a moment.")
                if isinstance(error, DatabaseTrouble):
                    words, advice = error.text, error.advice
                card.set_error(words, advice)

        card.states.retried.connect(lambda: self._fill(card), Qt.ConnectionType.SingleShotConnection)
        self.window_.core.store.browse(question, show, failed)

    def _edit(self, card: "ScheduleList", row: "ScheduleRow | None", wish: "Wish") -> None:
        from agent_desktop.ui.reports_schedule_form import ScheduleForm
        from agent_desktop.ui.reports_schedules import wish_words

        schedule = row or ScheduleRow(new_id(), clock.now(), wish=msgspec.to_builtins(wish))
        form, overlay = ScheduleForm(schedule, wish_words(schedule.wish), self._zone.key), Overlay.of(self.window_)
        form.closed.connect(lambda: overlay.dismiss(form))

        def stored() -> None:
            overlay.dismiss(form)

        form.save.connect(lambda new: self._store(card, new, stored, form.refuse))
        overlay.present(form, top=60, dismissed=form.deleteLater)

    def _store(
        self,
        card: "ScheduleList",
        row: "ScheduleRow",
        stored: Callable[[], None] = lambda: None,
        refused: Callable[[str], None] | None = None,
    ) -> None:
        def done(_nothing: None) -> None:
            stored()
            if isValid(card):
                self._fill(card)

        def failed(error: Exception) -> None:
            words = str(error) if isinstance(error, Refused) else self.tr("Nobody knows whether it was stored.")
            if isinstance(error, DatabaseTrouble):
                words = f"{error.text} {error.advice}".strip()
            (refused or (lambda text: self._tell(text, "bad")))(words)

        self.window_.core.store.write_now(lambda session: data.report_schedules.save(session, row), done, failed)

    # ------------------------------------------------------------------ lists

    @Slot(object, object)
    def open_visits(self, line: "Line", parts: frozenset[Part]) -> None:
        """The visits behind a line."""
        from agent_desktop.core import report_lists

        assert self.page is not None
        report = self.page.table.report
        assert report is not None

        def failed(_error: Exception) -> None:
            self._tell(self.tr("The visits could not be fetched."), "bad")

        self.window_.core.store.browse(
            lambda session: report_lists.visits(session, report, line),
            lambda behind: self._show(report, line, parts, behind),
            failed,
        )

    def _show(self, report: "Report", line: "Line", parts: frozenset[Part], behind: "Behind") -> None:
        from agent_desktop.ui.visit_list import VisitList

        card, overlay = VisitList(with_day=True), Overlay.of(self.window_)
        words = self.tr("Queue visits, not callers: one call in two queues is two. They count where they entered.")
        if not behind.whole:
            words = self.tr("Only the first {0}: a shorter period shows all.").format(len(behind.lines))
        card.set(f"{report.title}: {line.label}", words, behind.lines, parts, report.zone)
        card.opened.connect(lambda visit: self._open_call(card, visit))
        card.closed.connect(lambda: overlay.dismiss(card))
        card.export_wanted.connect(self.window_.board_wiring._choose_file)
        overlay.present(card, top=60, dismissed=card.deleteLater)
        card.table.choose_first()
        self.window_.lists.calls_of([found.visit for found in behind.lines[:_MOST_CALLERS]], card.set_callers)

    def _open_call(self, card: "VisitList", line: VisitLine) -> None:
        self.window_.board_wiring._open_call(card, line)

    # ------------------------------------------------------------------ callers who gave up

    @Slot(object)
    def call(self, line: "CallBack") -> None:
        """Claim and dial a caller, as from the work list: a colleague who was faster has them."""
        self._with_entry(line, self.window_.core.work.call)

    @Slot(object)
    def finish(self, line: "CallBack") -> None:
        """Done without a call."""
        self._with_entry(line, self.window_.core.work.finish)

    def _with_entry(self, line: "CallBack", then: Callable[[WorkItem], None]) -> None:
        if not line.number:
            self._tell(self.tr("The number of this caller is withheld, or not known here."), "info")
            return

        def found(item: WorkItem | None) -> None:
            if item is None or item.status is WorkStatus.DONE:
                self._tell(self.tr("This caller is done with."), "info")
            else:
                then(item)
            self._again.start()

        def failed(_error: Exception) -> None:
            self._tell(self.tr("The database does not answer: nobody can know whether a colleague is at it."), "bad")

        self.window_.core.store.write_now(lambda session: data.callbacks.entry(session, line), found, failed)

    @Slot(object)
    def _show_call(self, line: "CallBack") -> None:
        if line.interaction_id is None:
            self._tell(self.tr("No record of this call is known here."), "info")
        else:
            self.window_.calls_wiring.open(line.interaction_id)

    @Slot(object)
    def _heard(self, changed: Changed) -> None:
        """Somebody called or claimed: what is struck off changes."""
        page = self.page
        on_view = page is not None and page.isVisible() and page.asked is not None
        if on_view and page.asked.kind.value == "abandoned" and (changed.work or changed.interactions):  # type: ignore[union-attr]
            self._again.start()

    @Slot()
    def _count_again(self) -> None:
        if self.page is not None and self.page.asked is not None and self.page.asked.kind.value == "abandoned":
            self.page.reload()

    # ------------------------------------------------------------------ files

    @Slot(object)
    def _choose_file(self, report: "Report") -> None:
        kinds = {self.tr("PDF for reading") + " (*.pdf)": "pdf", **table_kinds()}
        choose_to_write(
            self.window_, self.tr("Export"), file_name(report), lambda path: self.export(report, path), kinds
        )

    def export(self, report: "Report", path: Path) -> None:
        """Write it in the format that its name ends in, with whole numbers for those who may take them away."""
        if not report.callbacks:
            self._write(report, path, True)
            return
        whole = self.window_.session.settings.database.whole_exports
        self.window_.lists.takes_whole_numbers(whole, lambda may: self._write(report, path, may))

    def _write(self, report: "Report", path: Path, whole: bool) -> None:
        """Away from the window's thread; what came of it is told."""
        from agent_desktop.core import report_files, report_pdf
        from agent_desktop.ui.reports_table import figure_text

        job: Callable[[], None]
        if path.suffix.lower() == ".pdf":
            language = self.window_.session.settings.look.language
            paper = replace(report_files.paper(report, figure_text, whole_numbers=whole), language=language)
            job = lambda: report_pdf.write(paper, path)  # noqa: E731
        else:
            table = report_files.table(report) if whole else report_files.table(report).masked()
            job = lambda: table.write(path)  # noqa: E731

        def done(_nothing: None) -> None:
            how = f"{path.suffix.lstrip('.').lower()}, {report.wish.kind.value}{'' if whole else ', masked'}"
            self.window_.core.viewings.exported("report", len(report.lines or report.callbacks or report.calls), how)
            self._tell(self.tr("The report was written to {0}.").format(path.name), "ok")

        def failed(error: Exception) -> None:
            reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
            self._tell(self.tr("“{0}” could not be written: {1}.").format(path.name, reason.rstrip(".")), "bad")

        self.window_.core.tasks.work(job, done, failed, deadline_s=90)

    def _tell(self, words: str, tone: str) -> None:
        self.window_.shell.notify(Notice(words, tone))


def file_name(report: "Report") -> str:
    """What a file of it is called, without an ending."""
    first = report.start.astimezone(report.zone).date().isoformat()
    return "".join(c if c.isalnum() or c in " -." else "_" for c in f"{report.title} {first}")
