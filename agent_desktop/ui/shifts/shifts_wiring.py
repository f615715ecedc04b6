"""Shifts wired: read by the week, stored all at once by version, taken from files and written into them."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from agent_desktop import clock, data, tasks
from agent_desktop.core.shift_plan import BadPlan
from agent_desktop.core.shifts import shift_files, shift_kept
from agent_desktop.core.shifts.shift_draft import WEEK, Key, Parts
from agent_desktop.core.views import Notice
from agent_desktop.data.agent_time_rows import AgentTime
from agent_desktop.data.centre_rows import AgentRow
from agent_desktop.data.errors import DatabaseTrouble, Refused
from agent_desktop.data.exchange.entry import FileTrouble
from agent_desktop.data.rows import Changed
from agent_desktop.data.staffing_rows import ShiftRow
from agent_desktop.ui.file_dialogs import choose_to_read, choose_to_write, table_kinds
from agent_desktop.ui.shifts.shifts_view import ShiftsView

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow

_EVERYBODY = ""
_Week = tuple[bool, tuple[ShiftRow, ...], Mapping[UUID, AgentTime]]


class ShiftsWiring(QObject):
    """Three weeks are read at once: the one before and the one after are there to copy from and to."""

    def __init__(self, window: "MainWindow", view: ShiftsView):
        super().__init__(window)
        self.window_, self.view = window, view
        self._reading: tasks.Handle | None = None
        view.wanted.connect(self.read)
        view.save_wanted.connect(self.save)
        view.discard_wanted.connect(self._discard)
        view.import_wanted.connect(self._choose_list)
        view.export_wanted.connect(self._choose_file)
        view.states.retried.connect(self.read)
        window.core.store.changed.connect(self._heard)
        window.session.centre_changed.connect(self._name_teams)

    def begin(self) -> None:
        """The week that it is, once the view is first looked at."""
        if self.view.monday is None:
            self._name_teams()
            agent = self.window_.session.agent
            if agent is not None and agent.team:
                self.view.team.choose(agent.team)
            self.view.show_week(self._today)

    @property
    def _zone(self) -> Any:
        return self.window_.core.live.board.zone

    @property
    def _today(self) -> date:
        return clock.now().astimezone(self._zone).date()

    def people(self) -> tuple[AgentRow, ...]:
        """Those of the team, by name."""
        team = str(self.view.team.currentData() or _EVERYBODY)
        found = [agent for agent in self.window_.session.centre.agents if agent.active]
        return tuple(
            sorted((one for one in found if team in (_EVERYBODY, one.team)), key=lambda one: one.name.casefold())
        )

    @Slot()
    def _name_teams(self) -> None:
        teams = sorted((team.name for team in self.window_.session.centre.teams), key=str.casefold)
        self.view.set_teams([(_EVERYBODY, self.tr("All teams")), *((team, team) for team in teams)])

    # ---------------------------------------------------------------- reading

    @Slot()
    def read(self) -> None:
        """The week that is wanted and those beside it."""
        monday, people, zone = self.view.monday, self.people(), self._zone
        if monday is None:
            return
        ids, days = [agent.id for agent in people], [monday - WEEK + timedelta(days=day) for day in range(21)]
        start = shift_kept.moment(monday, 0, zone)
        end = min(shift_kept.moment(monday + WEEK, 0, zone), clock.now())

        def question(session: Any) -> _Week:
            rows = data.shifts.shifts(session, days[0], days[-1], ids)
            return data.shifts.may_plan(session), rows, shift_kept.times(session, start, end, zone)

        def answer(found: _Week) -> None:
            self._reading = None
            may, rows, times = found
            self.view.draft.load(rows, days, ids)
            if may != self.view.grid.shifts.editable:
                self.view.set_may_plan(may=may)
            self.view.set(people, times, self._today)

        def failed(error: Exception) -> None:
            self._reading = None
            trouble = error if isinstance(error, DatabaseTrouble) else None
            advice = trouble.advice if trouble else self.tr("Try again in a moment.")
            self.view.states.show_trouble(
                trouble.text if trouble else self.tr("The shifts could not be fetched."), advice
            )

        if self._reading is not None:
            self._reading.cancel()
        self._reading = self.window_.core.store.browse(question, answer, failed)

    @Slot(object)
    def _heard(self, changed: Changed) -> None:
        if changed.staffing and self.view.isVisible():
            self.read()

    # ---------------------------------------------------------------- storing

    @Slot()
    def save(self) -> None:
        """All that was changed, or nothing of it."""
        rows = self.view.draft.changes()
        if not rows:
            return

        def stored(_number: int) -> None:
            self.view.draft.saved(rows)
            self.view.grid.tell()
            self.view.tell(self.tr("Saved."), "ok")
            self.read()

        def failed(error: Exception) -> None:
            if not isinstance(error, (Refused, DatabaseTrouble, tasks.Late)):
                raise error
            words = error.text if isinstance(error, DatabaseTrouble) else str(error)
            if isinstance(error, Refused):
                self.read()  # what somebody else has stored is what ours is held against next
            self.view.tell(words, "bad")

        self.window_.core.store.write_now(lambda session: data.shifts.save(session, rows), stored, failed)

    @Slot()
    def _discard(self) -> None:
        self.view.draft.forget()
        self.view.grid.tell()
        self.view.tell(self.tr("Nothing was saved."))

    # ------------------------------------------------------------------ files

    @Slot()
    def _choose_list(self) -> None:
        filters = (self.tr("Lists of shifts") + " (*.csv)", self.tr("All files") + " (*)")
        choose_to_read(self.window_, self.tr("Import shifts"), filters, self.bring)

    def bring(self, path: Path) -> None:
        """The days of a list, as one step that is not stored yet."""
        people, zone = tuple(self.window_.session.centre.agents), self._zone

        def done(found: tuple[dict[Key, Parts], tuple[str, ...]]) -> None:
            days, strangers = found
            self._load_for(days)
            words = self.tr("{0} days were read from {1}.").format(len(days), path.name)
            if strangers:
                words += " " + self.tr("Nobody here has these logins: {0}.").format(", ".join(strangers[:5]))
            self.view.tell(words, "warn" if strangers else "2")

        def failed(error: Exception) -> None:
            if not isinstance(error, (BadPlan, FileTrouble, OSError)):
                raise error
            self.view.tell(error.strerror or str(error) if isinstance(error, OSError) else str(error), "bad")

        self.window_.core.tasks.work(lambda: shift_files.read(path, people, zone), done, failed)

    def _load_for(self, cells: dict[Key, Parts]) -> None:
        """What is stored for these days is read before they are changed: days of weeks that nobody has looked at."""
        if not cells:
            return
        days = sorted({day for _who, day in cells})
        every = [days[0] + timedelta(days=number) for number in range((days[-1] - days[0]).days + 1)]
        ids = sorted({who for who, _day in cells})

        def answer(rows: tuple[ShiftRow, ...]) -> None:
            self.view.draft.load(rows, every, ids)
            self.view.grid.put(cells)
            if self.view.monday is not None and not self.view.monday <= days[0] < self.view.monday + WEEK:
                self.view.show_week(days[0])

        self.window_.core.store.browse(
            lambda session: data.shifts.shifts(session, days[0], days[-1], ids), answer,
            lambda _error: self.view.tell(self.tr("The shifts could not be fetched."), "bad"),
        )  # fmt: skip

    @Slot()
    def _choose_file(self) -> None:
        kinds = {**table_kinds(), self.tr("Calendar") + " (*.ics)": "ics"}
        name = f"{self.tr('Shifts')} {self.view.monday}"
        choose_to_write(self.window_, self.tr("Export shifts"), name, self.export, kinds)

    def export(self, path: Path) -> None:
        """The week that is shown, as it is here."""
        people, zone, monday = self.people(), self._zone, self.view.monday
        assert monday is not None
        keys = [(agent.id, monday + timedelta(days=day)) for agent in people for day in range(7)]
        cells = {key: self.view.draft.parts(key) for key in keys}

        def job() -> None:
            if path.suffix.lower() == ".ics":
                shift_files.write_calendar(path, cells, people, zone)
            else:
                shift_files.table(path.stem, cells, people, zone).write(path)

        def done(_nothing: None) -> None:
            self.window_.shell.notify(Notice(self.tr("The shifts were written to {0}.").format(path.name), "ok"))

        def failed(error: Exception) -> None:
            reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
            words = self.tr("“{0}” could not be written: {1}.").format(path.name, reason.rstrip("."))
            self.window_.shell.notify(Notice(words, "bad"))

        self.window_.core.tasks.work(job, done, failed)
