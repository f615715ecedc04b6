"""Reports that make themselves, as a card: when each is due, where it goes, and how it went the last time."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTime, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from agent_desktop.core.report_due import next_due
from agent_desktop.core.report_wish import Kind, Span, Wish
from agent_desktop.data.report_rows import RunState, ScheduleRow
from agent_desktop.ui import dates, theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.labels import flowing, key_hint, label
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.list_states import ListStates
from agent_desktop.ui.rows_model import Column, RowsModel, Table

_TONES = {RunState.FAILED: "bad", RunState.UNCLEAR: "warn", RunState.AGAIN: "warn", RunState.DONE: "text"}


class ScheduleList(QFrame):
    """Signals: edit_wanted(ScheduleRow or None for a new one), switched(ScheduleRow), closed()."""

    edit_wanted = Signal(object)
    switched = Signal(object)
    closed = Signal()

    def __init__(self, zone: ZoneInfo, now: datetime) -> None:
        super().__init__()
        self._zone, self._now = zone, now
        title = label(self.tr("Reports that make themselves"), "h1")
        self.setAccessibleName(title.text())
        self.note = flowing("", "small", "2")
        self.table = Table(RowsModel(self._columns()), title.text(), row_height=32)
        self.states = ListStates(self.table)
        self.last = flowing("", "small", "2")
        self.new = Button(self.tr("The report shown, by itself…"), "plus", kind="primary", height=30)
        self.edit = Button(self.tr("Edit…"), "pencil", height=30)
        self.switch = Button(self.tr("Switch off"), "power", height=30)
        close = Button(self.tr("Close"), height=30)
        self.new.clicked.connect(lambda _checked=False: self.edit_wanted.emit(None))
        self.edit.clicked.connect(lambda _checked=False: self.edit_wanted.emit(self.table.chosen()))
        self.switch.clicked.connect(lambda _checked=False: self.switched.emit(self.table.chosen()))
        close.clicked.connect(self.closed)
        self.table.row_activated.connect(self.edit_wanted)
        self.table.row_chosen.connect(self._chosen)
        self.setLayout(
            column(
                row((title, 1), key_hint(self.tr("Esc"))),
                self.note,
                (self.states, 1),
                self.last,
                row(self.new, self.edit, self.switch, None, close, spacing=8),
                spacing=10,
                margins=(24, 20, 24, 16),
            )
        )
        theme.size(self, fixed_width=940)
        self.states.setMinimumHeight(theme.px(32 + 32 * 8))
        self._chosen(None)
        self.setFocusProxy(self.table)

    def _columns(self) -> tuple[Column[ScheduleRow], ...]:
        def off(line: ScheduleRow) -> str:
            return "text" if line.active else "text3"

        def run_tone(line: ScheduleRow) -> str:
            return _TONES.get(line.last_run.state, "text2") if line.last_run else "text3"

        return (
            Column(self.tr("Name"), lambda line: line.name, 150, stretch=True, tone=off),
            Column(self.tr("Report"), lambda line: wish_words(line.wish), 150, tone=off, rank=2),
            Column(self.tr("When"), when_words, 130, tone=off),
            Column(self.tr("To"), self._to, 130, tone=off, rank=1),
            Column(self.tr("Next"), self._next, 136, tone=off),
            Column(self.tr("Last time"), run_words, 180, tone=run_tone, tooltip=_run_tip),
        )

    def set_schedules(self, rows: Sequence[ScheduleRow], now: datetime) -> None:
        self._now = now
        self.table.set_rows(rows)
        if rows:
            self.states.show_content()
        else:
            self.states.show_empty(
                self.tr("No report makes itself yet"),
                self.tr("Choose a report on the page, then press the first button here"),
                "calendar-clock",
            )
        if self.table.chosen() is None:
            self.table.choose_first()
        self._chosen(self.table.chosen())

    def set_collector(self, trouble: str) -> None:
        """What keeps schedules from being carried out; empty: nothing."""
        words = self.tr("The collector makes them, by the site’s clock; what was missed meanwhile is made up once.")
        self.note.setText(trouble or words)
        self.note.set_tone("warn" if trouble else "2")

    def set_error(self, words: str, advice: str) -> None:
        self.states.show_trouble(words, advice)

    def _chosen(self, line: ScheduleRow | None) -> None:
        self.edit.setEnabled(line is not None)
        self.switch.setEnabled(line is not None)
        if line is not None:
            self.switch.setText(self.tr("Switch off") if line.active else self.tr("Switch on"))
        self.last.setText(_run_tip(line) if line is not None else "")

    def _next(self, line: ScheduleRow) -> str:
        due = next_due(line, self._zone, self._now)
        return dates.moment(due) if due is not None else self.tr("off")

    def _to(self, line: ScheduleRow) -> str:
        places = [line.folder or self.tr("folder")] if line.to_folder else []
        if line.addresses:
            places.append(
                line.addresses[0] if len(line.addresses) == 1 else self.tr("{0} addresses").format(len(line.addresses))
            )
        return ", ".join(places)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() == Qt.Key.Key_Insert:
            self.edit_wanted.emit(None)
        else:
            super().keyPressEvent(event)


def when_words(line: ScheduleRow) -> str:
    """ "Mon, Tue 06:00", "day 1, 06:00"."""
    locale = QLocale()
    at = locale.toString(QTime(*divmod(line.minute, 60)), QLocale.FormatType.ShortFormat)
    if not line.weekdays:
        return _tr("day {0}, {1}").format(line.month_day, at)
    if len(line.weekdays) == 7:
        return _tr("daily {0}").format(at)
    names = [locale.standaloneDayName(day, QLocale.FormatType.ShortFormat) for day in line.weekdays]
    run = list(range(line.weekdays[0], line.weekdays[-1] + 1)) == list(line.weekdays) and len(names) > 2
    return f"{names[0]}–{names[-1]} {at}" if run else f"{', '.join(names)} {at}"


def run_words(line: ScheduleRow) -> str:
    """How it went the last time, and when."""
    run = line.last_run
    if run is None:
        return _tr("not yet")
    words = {
        RunState.MAKING: _tr("being made"),
        RunState.SENDING: _tr("being sent"),
        RunState.DONE: _tr("done"),
        RunState.AGAIN: _tr("tried again"),
        RunState.FAILED: _tr("failed"),
        RunState.UNCLEAR: _tr("unclear"),
    }
    return f"{words[run.state]}, {dates.moment(run.due_at)}"


def _run_tip(line: ScheduleRow) -> str:
    run = line.last_run
    if run is None:
        return ""
    parts = [run_words(line), run.answer]
    if run.state is RunState.AGAIN and run.again_at is not None:
        parts.append(_tr("next try {0}").format(dates.clock_time(run.again_at)))
    return " · ".join(part for part in parts if part)


def wish_words(said: dict[str, object]) -> str:
    """Which report, in a few words."""
    try:
        wish = msgspec.convert(said, Wish, strict=False)
    except msgspec.ValidationError:
        return _tr("a report of a newer program")
    kinds = {
        Kind.INTRADAY: _tr("Through the day"),
        Kind.DAYS: _tr("By day"),
        Kind.QUEUES: _tr("Queues"),
        Kind.TEAMS: _tr("Teams"),
        Kind.AGENTS: _tr("Agents"),
        Kind.CALLS: _tr("Calls and customers"),
        Kind.ABANDONED: _tr("Abandoned"),
    }
    spans = {
        Span.TODAY: _tr("today"),
        Span.YESTERDAY: _tr("yesterday"),
        Span.THIS_WEEK: _tr("this week"),
        Span.LAST_WEEK: _tr("last week"),
        Span.THIS_MONTH: _tr("this month"),
        Span.LAST_MONTH: _tr("last month"),
        Span.DATES: _tr("fixed days"),
    }
    return f"{kinds[wish.kind]}, {spans[wish.span]}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("schedules", text)
