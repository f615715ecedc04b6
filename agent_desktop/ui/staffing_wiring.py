"""Staffing wired: fed by the live board once a second at most, and by the past when a day is asked for."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from agent_desktop.core import holiday_file
from agent_desktop.core.table_file import TableFile
from agent_desktop.core.views import Notice
from agent_desktop.data.exchange.entry import FileTrouble
from agent_desktop.data.staffing_rows import StaffingKnown
from agent_desktop.ui.file_dialogs import choose_to_read, choose_to_write, table_kinds
from agent_desktop.ui.overlay import Overlay

if TYPE_CHECKING:
    from agent_desktop.core.staff_plan import DayPlan
    from agent_desktop.core.staffing import Change
    from agent_desktop.core.staffing_desk import Now, StaffingDesk
    from agent_desktop.ui.main_window import MainWindow
    from agent_desktop.ui.shifts.shifts_wiring import ShiftsWiring
    from agent_desktop.ui.staffing_holidays import HolidaysCard
    from agent_desktop.ui.staffing_page import StaffingPage
    from agent_desktop.ui.staffing_roster import RosterCard

TICK_MS = 1000
SHIFTS = 2  # the page's third view


class StaffingWiring(QObject):
    """The page is made when it is first looked at; numpy and pyqtgraph come with it."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_ = window
        self.page: StaffingPage | None = None
        self.desk: StaffingDesk | None = None
        self.shifts: ShiftsWiring | None = None
        self._plan: DayPlan | None = None
        self._holidays: HolidaysCard | None = None
        self._roster: RosterCard | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def build(self) -> QWidget:
        from agent_desktop.core.staffing_desk import StaffingDesk
        from agent_desktop.ui.shifts.shifts_wiring import ShiftsWiring
        from agent_desktop.ui.staffing_page import StaffingPage

        core = self.window_.core
        desk = self.desk = StaffingDesk(core.store, core.tasks, core.live)
        page = self.page = StaffingPage()
        page.queue_chosen.connect(lambda _queue_id: self._chosen())
        page.view_chosen.connect(lambda _view: self._chosen())
        page.shown.connect(self._shown)
        page.now.change_wanted.connect(self._look)
        page.day.day_wanted.connect(lambda _day, _grain: self._chosen())
        page.day.aim_changed.connect(desk.save_aim)
        page.day.cancelled.connect(desk.cancel)
        page.day.retried.connect(desk.plan)
        page.day.holidays_wanted.connect(self.open_holidays)
        page.day.roster_wanted.connect(self.open_roster)
        page.day.export_wanted.connect(self._choose_file)
        desk.projected.connect(self._projected)
        desk.known_changed.connect(self._known)
        desk.planned.connect(self._planned)
        desk.progressed.connect(page.day.set_progress)
        desk.failed.connect(page.day.show_trouble)
        desk.stopped.connect(page.day.show_stopped)
        desk.saved.connect(self._saved)
        desk.not_saved.connect(self._not_saved)
        self.shifts = ShiftsWiring(self.window_, page.shifts)
        self._tick()
        return page

    # ------------------------------------------------------------------- shown

    @Slot()
    def _tick(self) -> None:
        """Once a second while it is in sight: the queues there are, the day it is, the running quarter hour."""
        page, desk = self.page, self.desk
        if page is None or desk is None:
            return
        page.set_queues(desk.queues())
        page.day.set_today(desk.today)
        if page.chosen() is None:
            page.now.set(None)
        elif desk.queue_id is None:
            self._chosen()
        elif page.isVisible() and page.shows() == 0 and desk.is_rested():
            desk.look(page.now.change())

    @Slot(bool)
    def _shown(self, shown: bool) -> None:
        if shown:
            self._timer.start()
            self._tick()
        else:
            self._timer.stop()

    def _chosen(self) -> None:
        """Another queue, view, day or grain."""
        page, desk = self.page, self.desk
        if page is None or desk is None:
            return
        if page.shows() == SHIFTS and self.shifts is not None:
            self.shifts.begin()
            return
        queue = page.chosen()
        if queue is None:
            return
        day, grain = page.day.wanted()
        page.day.set_queue(queue.label, float(queue.sl_threshold_s), queue.sl_target)
        desk.choose(queue.id, day, grain)
        if page.shows() == 0:
            desk.look(page.now.change())
        else:
            page.day.states.show_loading()
            desk.plan()

    @Slot(object)
    def _look(self, change: "Change") -> None:
        if self.desk is not None:
            self.desk.look(change)

    @Slot(object)
    def _projected(self, now: "Now") -> None:
        if self.page is not None:
            self.page.now.set(now)

    @Slot(object)
    def _known(self, known: StaffingKnown) -> None:
        if self.page is not None:
            self.page.day.set_known(known)
        if self._holidays is not None:
            self._holidays.set(known.holidays, may_change=known.may_change)

    @Slot(object)
    def _planned(self, plan: "DayPlan") -> None:
        self._plan = plan
        if self.page is not None:
            self.page.day.set_plan(plan)

    # -------------------------------------------------------------------- cards

    @Slot()
    def open_holidays(self) -> "HolidaysCard":
        """The list of holidays."""
        from agent_desktop.ui.staffing_holidays import HolidaysCard

        card = self._holidays = HolidaysCard()
        assert self.desk is not None
        known = self.desk.known
        card.set(known.holidays if known is not None else (), may_change=known is not None and known.may_change)
        card.save_wanted.connect(self.desk.save_holidays)
        card.file_wanted.connect(self._choose_calendar)
        self._present(card)
        return card

    @Slot()
    def open_roster(self) -> "RosterCard":
        """Who is planned on the day that is looked at."""
        from agent_desktop.ui.staffing_roster import RosterCard

        page, desk = self.page, self.desk
        assert page is not None
        assert desk is not None
        queue = page.chosen()
        assert queue is not None
        card = self._roster = RosterCard()
        day, _grain = page.day.wanted()
        card.set(queue.id, queue.label, day, self._plan if self._plan is not None and self._plan.day == day else None)
        card.save_wanted.connect(desk.save_plan)
        self._present(card)
        return card

    def _present(self, card: "HolidaysCard | RosterCard") -> None:
        overlay = Overlay.of(self.window_)

        def gone() -> None:
            self._holidays = None if card is self._holidays else self._holidays
            self._roster = None if card is self._roster else self._roster
            card.deleteLater()

        card.closed.connect(lambda: overlay.dismiss(card))
        overlay.present(card, top=60, dismissed=gone)

    @Slot()
    def _saved(self) -> None:
        if self._roster is not None:
            Overlay.of(self.window_).dismiss(self._roster)
        if self._holidays is not None:
            self._holidays.set_trouble("")

    @Slot(str)
    def _not_saved(self, words: str) -> None:
        card = self._roster or self._holidays
        if card is not None:
            card.set_trouble(words)
        else:
            self.window_.shell.notify(Notice(words, "bad"))

    # -------------------------------------------------------------------- files

    @Slot()
    def _choose_calendar(self) -> None:
        filters = (self.tr("Calendars and lists") + " (*.ics *.csv *.txt)", self.tr("All files") + " (*)")
        choose_to_read(self.window_, self.tr("Holidays"), filters, self.read_holidays)

    def read_holidays(self, path: Path) -> None:
        """Add the days of a file to those there are."""
        card, desk = self._holidays, self.desk
        assert desk is not None
        year = desk.today.year

        def done(found: list[tuple[date, str]]) -> None:
            if card is not None and card is self._holidays:
                card.put(found)

        def failed(error: Exception) -> None:
            if not isinstance(error, FileTrouble | OSError):
                raise error
            self._not_saved(error.strerror or str(error) if isinstance(error, OSError) else str(error))

        self.window_.core.tasks.work(lambda: holiday_file.read(path, year), done, failed)

    @Slot(object)
    def _choose_file(self, table: TableFile) -> None:
        choose_to_write(
            self.window_, self.tr("Export"), table.title, lambda path: self.export(table, path), table_kinds()
        )

    def export(self, table: TableFile, path: Path) -> None:
        """Write a day's plan away from the window's thread; nobody's data is in it."""

        def done(_nothing: None) -> None:
            words = self.tr("{0} rows were written to {1}.").format(len(table.rows), path.name)
            self.window_.shell.notify(Notice(words, "ok"))

        def failed(error: Exception) -> None:
            reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
            words = self.tr("“{0}” could not be written: {1}.").format(path.name, reason.rstrip("."))
            self.window_.shell.notify(Notice(words, "bad"))

        self.window_.core.tasks.work(lambda: table.write(path), done, failed)

    def open_queue(self, queue_id: UUID) -> None:
        """The page, at one queue."""
        self.window_.shell.show_page("staffing")
        if self.page is not None:
            self.page.choose(queue_id)
