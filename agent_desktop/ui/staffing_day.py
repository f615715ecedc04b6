"""A day ahead: the calls expected, how many agents they need and who is planned, as a chart and a table."""

from collections.abc import Callable
from datetime import date, timedelta

from msgspec.structs import replace
from PySide6.QtCore import QDate, QLocale, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QSpinBox, QWidget

from agent_desktop.core.figures import NO_DATA, plain_text
from agent_desktop.core.staff_plan import GRAINS, DayPlan, PlanLine
from agent_desktop.core.table_file import Cell, TableFile
from agent_desktop.data.staffing_rows import AimRow, StaffingKnown
from agent_desktop.ui import staffing_words as words
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.labels import flowing, label, plain_tooltip
from agent_desktop.ui.layouts import column, frame, row
from agent_desktop.ui.list_states import ListStates
from agent_desktop.ui.rows_model import Column, RowsModel, Table
from agent_desktop.ui.segments import Segments
from agent_desktop.ui.setting_controls import inset_text, let_wheel_scroll
from agent_desktop.ui.staffing_chart import RosterChart

AHEAD_DAYS = 28
_SOON_MS = 500  # after which an aim that is being typed is stored


class StaffingDay(QWidget):
    """Signals: day_wanted(date, grain); aim_changed(AimRow); holidays_wanted(); roster_wanted(); export_wanted(
    TableFile); cancelled(); retried()."""

    day_wanted = Signal(object, int)
    aim_changed = Signal(object)
    holidays_wanted = Signal()
    roster_wanted = Signal()
    export_wanted = Signal(object)
    cancelled = Signal()
    retried = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._today: date | None = None
        self._plan: DayPlan | None = None
        self._aim: AimRow | None = None
        self._silent = False
        self._queue = ""
        self._make_head()
        self._make_aims()
        self.summary, self.error = flowing("", "body"), flowing("", "small", "2")
        self.progress = label("", "small", "2", tabular=True)
        self.cancel = Button(self.tr("Cancel"), kind="ghost", height=28)
        self.cancel.clicked.connect(lambda _checked=False: self.cancelled.emit())
        self.chart = RosterChart()
        theme.size(self.chart, fixed_height=166)
        self.table = Table(RowsModel(self._columns(), row_id=lambda line: line.index), self.tr("Parts of the day"), 28)
        theme.size(self.table, minimum_height=150)
        body = QWidget()
        body.setLayout(column(self.chart, (frame(column((self.table, 1), margins=1), card=True), 1), spacing=10))
        self.states = ListStates(body)
        self.states.retried.connect(self.retried)
        waits = row(self.progress, self.cancel, None, spacing=8)
        said = frame(column(self.summary, self.error, waits, spacing=4, margins=(14, 8, 14, 8)), card=True)
        self.setLayout(column(self._head, self._aims, said, (self.states, 1), spacing=10))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._tell_aim)
        self.setFocusProxy(self.day)
        self._wait(None)

    def _make_head(self) -> None:
        self.before = ToolButton("chevron-left", self.tr("Day before"))
        self.after = ToolButton("chevron-right", self.tr("Day after"))
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.day.setAccessibleName(self.tr("Day"))
        self.day.setDisplayFormat("ddd " + QLocale().dateFormat(QLocale.FormatType.ShortFormat))
        inset_text(self.day)
        let_wheel_scroll(self.day)
        theme.size(self.day, fixed_width=152)
        self.grain = Segments([self.tr("15 min"), self.tr("30 min"), self.tr("60 min")], 1, self.tr("Parts of"))
        self.roster = Button(self.tr("Plan agents…"), "users", height=32)
        self.holidays = Button(self.tr("Holidays…"), "calendar", height=32)
        self.export = Button(self.tr("Export…"), "download", height=32)
        self._head = row(self.before, self.day, self.after, self.grain, None, self.roster, self.holidays, self.export,
                         spacing=8)  # fmt: skip
        self.before.clicked.connect(lambda _checked=False: self.day.setDate(self.day.date().addDays(-1)))
        self.after.clicked.connect(lambda _checked=False: self.day.setDate(self.day.date().addDays(1)))
        self.day.dateChanged.connect(lambda _day: self._ask())
        self.grain.changed.connect(lambda _index: self._ask())
        self.roster.clicked.connect(lambda _checked=False: self.roster_wanted.emit())
        self.holidays.clicked.connect(lambda _checked=False: self.holidays_wanted.emit())
        self.export.clicked.connect(lambda _checked=False: self.export_wanted.emit(self.file()))

    def _make_aims(self) -> None:
        self.shrinkage = self._share(self.tr("Away from the roster"), 0, 90)
        self.occupied = self._share(self.tr("Busy at most"), 10, 100)
        self.hang_up = QCheckBox(self.tr("Callers hang up"))
        theme.size(self.hang_up, minimum_height=30)
        self.hang_up.setToolTip(
            plain_tooltip(self.tr("On: Erlang A with the patience of the last four weeks. Off: Erlang C, all wait."))
        )
        self.hang_up.toggled.connect(lambda _on: self._aim_typed())
        self.target = label("", "small", "2", tabular=True)
        parts = [item for name, spin in ((self.tr("Away"), self.shrinkage), (self.tr("Busy at most"), self.occupied))
                 for item in (label(name, "small", "2"), spin)]  # fmt: skip
        self._aims = row(self.target, 8, *parts, 4, self.hang_up, None, spacing=8)

    def _share(self, name: str, low: int, high: int) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(low, high)
        spin.setSuffix(" %")
        spin.setAccessibleName(name)
        inset_text(spin)
        let_wheel_scroll(spin)
        theme.size(spin, minimum_width=84)
        spin.valueChanged.connect(lambda _value: self._aim_typed())
        return spin

    def _columns(self) -> tuple[Column[PlanLine], ...]:
        def cell(title: str, text: Callable[[PlanLine], str], width: int, rank: int = 0) -> Column[PlanLine]:
            return Column(title, text, width, number=True, rank=rank, tooltip=words.line_words)

        def count(value: int | None) -> str:
            return NO_DATA if value is None else words.number(value)

        return (
            Column(self.tr("From"), lambda line: line.label, 90, stretch=True, tooltip=words.line_words),
            cell(self.tr("Calls"), lambda line: words.number(line.calls, 1), 80),
            cell(self.tr("AHT"), lambda line: words.seconds(line.handle_s), 70, rank=2),
            cell(self.tr("Erlangs"), lambda line: NO_DATA if line.load is None else words.number(line.load, 1), 80,
                 rank=3),
            cell(self.tr("Taking calls"), lambda line: count(line.required), 104, rank=1),
            cell(self.tr("On the roster"), lambda line: count(line.rostered), 112),
            cell(self.tr("Planned"), lambda line: count(line.planned), 84),
            Column(self.tr("Difference"), _difference, 80,
                   number=True, tone=_spare, tooltip=words.line_words),
            cell(self.tr("Service level"), lambda line: words.share(_level(line)), 120, rank=1),
        )  # fmt: skip

    # ------------------------------------------------------------------ told

    def set_today(self, today: date) -> None:
        """Days from today on can be chosen; first of all tomorrow."""
        if today == self._today:
            return
        first, self._today, self._silent = self._today is None, today, True
        self.day.setDateRange(_qdate(today), _qdate(today + timedelta(days=AHEAD_DAYS)))
        if first:
            self.day.setDate(_qdate(today + timedelta(days=1)))
        self._silent = False

    def set_queue(self, label_text: str, threshold_s: float, target: float) -> None:
        self._queue = label_text
        self.target.setText(self.tr("{0} within {1} s").format(words.share(target), plain_text(threshold_s)))

    def wanted(self) -> tuple[date, int]:
        """The day and how many quarter hours a line has."""
        chosen = self.day.date()
        return date(chosen.year(), chosen.month(), chosen.day()), GRAINS[self.grain.chosen() or 0]

    def set_known(self, known: StaffingKnown) -> None:
        """What is entered; who may not change it sees it."""
        self._aim, self._silent = known.aim, True
        if not self._soon.isActive():
            self.shrinkage.setValue(round(known.aim.shrinkage * 100))
            self.occupied.setValue(round(known.aim.most_occupied * 100))
            self.hang_up.setChecked(not known.aim.patient)
        self._silent = False
        for box in (self.shrinkage, self.occupied, self.hang_up, self.roster):
            box.setEnabled(known.may_change)

    def set_progress(self, part: float) -> None:
        """The past is being read."""
        self._wait(part if part < 1 else None)

    def set_plan(self, plan: DayPlan) -> None:
        self._wait(None)
        self._plan = plan
        known = bool(plan.forecast.seen)
        self.summary.setText(words.day_words(plan))
        self.error.setText(words.past_error(plan.accuracy))
        for part in (self.summary, self.error):
            part.setToolTip(plain_tooltip(words.rests_on(plan)))
        self.export.setEnabled(known)
        if known or any(line.planned is not None for line in plan.lines):
            self.chart.set(plan)
            self.table.set_rows(plan.lines)
            self.states.show_content()
        else:
            self.states.show_empty(
                self.tr("No forecast yet"),
                self.tr("It needs one earlier day of the same weekday with calls. Four weeks make it useful."),
                "calendar-clock",
            )

    def show_trouble(self, text: str, advice: str) -> None:
        self._wait(None)
        self.states.show_trouble(text, advice)

    def show_stopped(self) -> None:
        """Reading was cancelled."""
        self._wait(None)
        self.states.show_trouble(self.tr("Stopped"), self.tr("No forecast was made."))

    def file(self) -> TableFile:
        """What is shown, for a file, with what it is made of."""
        plan = self._plan
        assert plan is not None
        names = tuple(column.title for column in self.table.rows_model.columns)
        rows = [_row(line) for line in plan.lines]
        about = [words.day_words(plan), *words.rests_on(plan).splitlines()]
        return TableFile(f"{self._queue} {plan.day.isoformat()}", names, rows, about)

    def _wait(self, part: float | None) -> None:
        self.progress.setVisible(part is not None)
        self.cancel.setVisible(part is not None)
        if part is not None:
            self.progress.setText(self.tr("Reading the past, {0}%").format(round(part * 100)))

    # --------------------------------------------------------------- changed

    def _ask(self) -> None:
        if not self._silent:
            self.day_wanted.emit(*self.wanted())

    def _aim_typed(self) -> None:
        if not self._silent:
            self._soon.start()

    def _tell_aim(self) -> None:
        if self._aim is not None:
            shares = {"shrinkage": self.shrinkage.value() / 100, "most_occupied": self.occupied.value() / 100}
            self.aim_changed.emit(replace(self._aim, **shares, patient=not self.hang_up.isChecked()))


def _difference(line: PlanLine) -> str:
    return NO_DATA if line.spare is None else f"{line.spare:+d}" if line.spare else "0"


def _level(line: PlanLine) -> float | None:
    return line.expected.service_level if line.expected is not None else None


def _spare(line: PlanLine) -> str:
    spare = line.spare
    return "text3" if spare is None else "bad" if spare < 0 else "ok" if spare == 0 else "text2"


def _row(line: PlanLine) -> tuple[Cell, ...]:
    handle = None if line.handle_s is None else timedelta(seconds=round(line.handle_s))
    return (line.label, round(line.calls, 2), handle, None if line.load is None else round(line.load, 3),
            line.required, line.rostered, line.planned, line.spare, _level(line))  # fmt: skip


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
