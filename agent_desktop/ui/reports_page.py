"""Reports: which one, of when, by which step and of whom; its lines, files of it, and reports that make themselves."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QDate, QLocale, Signal, SignalInstance
from PySide6.QtWidgets import QDateEdit, QFrame, QWidget

from agent_desktop.core.periods import Grain
from agent_desktop.core.report_files import version_words
from agent_desktop.core.report_wish import INTRADAY_GRAINS, Kind, Span, Wish, fitting
from agent_desktop.core.reports import Report
from agent_desktop.data.callback_rows import CallBack
from agent_desktop.ui import dates
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.chip_row import ChipRow, Filter
from agent_desktop.ui.choice_chip import ChoiceChip
from agent_desktop.ui.flow import flow
from agent_desktop.ui.labels import elided, label
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.list_states import ListBanner, ListStates, list_card
from agent_desktop.ui.reports_table import ReportTable
from agent_desktop.ui.segments import Segments

_EMPTY_ICON = "chart-column"


class ReportsPage(QWidget):
    """Give it reports by ``set_report``. Signals:

    wanted(Wish): count this; opened(Line, parts): show the visits behind; export_wanted(Report);
    schedules_wanted(Wish); of callers who gave up call_wanted, finish_wanted, call_shown(CallBack).
    """

    wanted = Signal(object)
    opened = Signal(object, object)
    export_wanted = Signal(object)
    schedules_wanted = Signal(object)
    call_wanted = Signal(object)
    finish_wanted = Signal(object)
    call_shown = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.asked: Wish | None = None
        self._build_choices()
        self.table, self.banner = ReportTable(), ListBanner()
        self.states = ListStates(self.table)
        self.count = label("", "small", "3", tabular=True)
        self.note = elided("", "small", "3")
        self.again = Button(self.tr("Count again"), "refresh-cw", height=30)
        self.export = Button(self.tr("Export…"), "download", height=30)
        self.schedules = Button(self.tr("Schedules…"), "calendar-clock", height=30)
        self.schedules.hide()
        self.export.setEnabled(False)
        self.call = Button(self.tr("Call"), "phone", kind="primary", keys=self.tr("Enter"), height=30)
        self.open_call = Button(self.tr("Show the call"), height=30)
        self.finish = Button(self.tr("Done"), "check", height=30)
        self.callers = QWidget()
        self.callers.setLayout(row(self.call, self.finish, self.open_call, spacing=8))
        chips = flow(self.span, *self._dates, self.step, self.step_days, self.queue, self.team)
        head = column(
            row((self.kinds, 1), self.again, self.export, self.schedules, spacing=8),
            row((chips, 1), self.callers, self.count),
            spacing=8,
            margins=(14, 12, 14, 6),
        )
        self.setLayout(column(self.banner, (list_card(head, self._body()), 1), spacing=12, margins=12))
        self._wire()
        self._fit()

    def _body(self) -> QFrame:
        body = QFrame()
        body.setLayout(column((self.states, 1), row((self.note, 1), margins=(9, 4, 9, 2)), spacing=0))
        return body

    def _build_choices(self) -> None:
        kinds = (
            Filter(Kind.INTRADAY.value, self.tr("Through the day"), "clock"),
            Filter(Kind.DAYS.value, self.tr("By day"), "calendar-days"),
            Filter(Kind.QUEUES.value, self.tr("Queues"), "list-ordered"),
            Filter(Kind.TEAMS.value, self.tr("Teams"), "users"),
            Filter(Kind.AGENTS.value, self.tr("Agents"), "headset"),
            Filter(Kind.CALLS.value, self.tr("Calls"), "phone"),
            Filter(Kind.ABANDONED.value, self.tr("Call back"), "phone-missed"),
        )
        self.kinds = ChipRow(kinds, self.tr("Report"))
        self.kinds.set_counts({entry.key: "" for entry in kinds})
        self.span = ChoiceChip(
            self.tr("Period"),
            [
                (Span.TODAY.value, self.tr("Today")),
                (Span.YESTERDAY.value, self.tr("Yesterday")),
                (Span.THIS_WEEK.value, self.tr("This week")),
                (Span.LAST_WEEK.value, self.tr("Last week")),
                (Span.THIS_MONTH.value, self.tr("This month")),
                (Span.LAST_MONTH.value, self.tr("Last month")),
                (Span.DATES.value, self.tr("From … to …")),
            ],
            always=True,
        )
        self.first, self.last = QDateEdit(), QDateEdit()
        for field, name in ((self.first, self.tr("First day")), (self.last, self.tr("Last day"))):
            field.setAccessibleName(name)
            field.setToolTip(name)
            field.setCalendarPopup(True)
            field.setDisplayFormat(QLocale().dateFormat(QLocale.FormatType.ShortFormat))
            field.setDate(QDate.currentDate())
        self._dates = (self.first, self.last)
        self.step = Segments([self.tr("15 min"), self.tr("30 min"), self.tr("1 h")], 0, self.tr("Step"))
        self.step_days = Segments([self.tr("Day"), self.tr("Week"), self.tr("Month")], 0, self.tr("Step"))
        every = self.tr("All")
        self.queue = ChoiceChip(self.tr("Queue"), [("", every)])
        self.team = ChoiceChip(self.tr("Team"), [("", every)])

    def _wire(self) -> None:
        self.kinds.chosen.connect(lambda _key: self._changed())
        for chip in (self.span, self.queue, self.team):
            chip.changed.connect(lambda _value: self._changed())
        for segments in (self.step, self.step_days):
            segments.changed.connect(lambda _index: self._changed())
        for field in self._dates:
            field.editingFinished.connect(self._dates_entered)
        self.again.clicked.connect(lambda _checked=False: self.reload())
        self.states.retried.connect(self.reload)
        self.table.opened.connect(self.opened)
        self.table.call_wanted.connect(self.call_wanted)
        for button, signal in (
            (self.call, self.call_wanted),
            (self.finish, self.finish_wanted),
            (self.open_call, self.call_shown),
        ):
            button.clicked.connect(lambda _checked=False, signal=signal: self._with_caller(signal))
        self.export.clicked.connect(lambda _checked=False: self.export_wanted.emit(self.table.report))
        self.schedules.clicked.connect(lambda _checked=False: self.schedules_wanted.emit(self.wish()))

    # ---------------------------------------------------------------- choices

    def wish(self) -> Wish:
        """What the choices say now."""
        kind, span = Kind(self.kinds.key()), Span(self.span.value())
        days = kind is Kind.DAYS
        grains = (Grain.DAY, Grain.WEEK, Grain.MONTH) if days else INTRADAY_GRAINS
        step = (self.step_days if days else self.step).chosen() or 0
        own = span is Span.DATES
        return fitting(
            Wish(
                kind,
                span,
                grains[step],
                (UUID(self.queue.value()),) if self.queue.value() else (),
                (UUID(self.team.value()),) if self.team.value() and kind in (Kind.AGENTS, Kind.TEAMS) else (),
                _day(self.first) if own else None,
                _day(self.last) if own else None,
            )
        )

    def set_catalogue(self, queues: Sequence[tuple[UUID, str]], teams: Sequence[tuple[UUID, str]]) -> None:
        """Id and name of the queues whose figures are seen here, and of the teams."""
        every = ("", self.tr("All"))
        self.queue.set_options([every, *((str(key), name) for key, name in queues)])
        self.team.set_options([every, *((str(key), name) for key, name in teams)])

    def choose(self, kind: Kind, span: Span | None = None) -> None:
        """Turn a report on, as if it had been clicked."""
        self.kinds.choose(kind.value)
        if span is not None:
            self.span.set_value(span.value)
        self._changed()

    def _changed(self) -> None:
        self._fit()
        self.reload()

    def _with_caller(self, signal: SignalInstance) -> None:
        table = self.table.table()
        line = table.chosen() if table is not None else None
        if isinstance(line, CallBack):
            signal.emit(line)

    def _fit(self) -> None:
        """Only the choices that this report has."""
        kind = Kind(self.kinds.key())
        own = self.span.value() == Span.DATES.value
        self.callers.setVisible(kind is Kind.ABANDONED)
        self.step.setVisible(kind is Kind.INTRADAY)
        self.step_days.setVisible(kind is Kind.DAYS)
        self.team.setVisible(kind in (Kind.AGENTS, Kind.TEAMS))
        for field in self._dates:
            field.setVisible(own)

    def _dates_entered(self) -> None:
        if self.wish() != self.asked:
            self.reload()

    def focus_filter(self) -> None:
        self.span.setFocus()

    # ------------------------------------------------------------------- rows

    def reload(self) -> None:
        """Ask for the report anew; what is shown stays until the answer."""
        self.asked = self.wish()
        self.states.show_loading()
        self.wanted.emit(self.asked)

    def set_report(self, report: Report) -> None:
        """The answer; one that is no longer asked for is dropped."""
        if report.wish != self.asked:
            return
        self.banner.set("")
        self.table.set_report(report)
        self.export.setEnabled(report.filled)
        words = self.tr("Counted {0}").format(dates.clock_time(report.made_at))
        self.count.setText(words)
        how = self.tr("Enter opens the visits behind a line.")
        if report.wish.kind is Kind.ABANDONED:
            waits = sum(line.waits for line in report.callbacks)
            how = self.tr("{0} callers gave up, {1} wait for a call.").format(len(report.callbacks), waits)
        elif report.wish.kind is Kind.CALLS:
            how = self.tr("Calls, not queue visits: one call in two queues is one.")
        parts = [version_words(report.settings), how]
        if report.changes:
            changed = self.tr("The limits were changed within this time: all is counted by those of now.")
            parts.insert(0, changed)
        self.note.setText(" · ".join(part for part in parts if part))
        if report.filled:
            self.states.show_content()
        else:
            nobody = report.wish.kind is Kind.ABANDONED
            words = self.tr("Nobody gave up in this time") if nobody else self.tr("No queue visit in this time")
            self.states.show_empty(words, self.tr("A longer period may have some"), _EMPTY_ICON)

    def set_refused(self, words: str) -> None:
        """There is no such report."""
        self.export.setEnabled(False)
        self.states.show_empty(words, self.tr("Choose another period."), "calendar-x-2")

    def set_error(self, title: str, advice: str) -> None:
        """It could not be counted: said above what is shown, or in its place."""
        if self.table.report is not None and self.table.report.filled:
            self.states.show_content()
            self.banner.set(title, advice)
        else:
            self.states.show_trouble(title, advice)


def _day(field: QDateEdit) -> date:
    day = field.date()
    return date(day.year(), day.month(), day.day())
