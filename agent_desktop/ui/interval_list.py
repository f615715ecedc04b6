"""A chart of the board as a table: the day's quarter hours with every count and figure, and the whole day below."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from PySide6.QtCore import QCoreApplication

from agent_desktop.core import metrics
from agent_desktop.core.board_views import IntervalBar, WaitingSeries
from agent_desktop.core.figures import NO_DATA, Figure, Scope, number_text
from agent_desktop.core.intervals import SiteDay
from agent_desktop.core.metrics import Tally
from agent_desktop.core.table_file import Cell, TableFile
from agent_desktop.ui.figure_list import FigureList
from agent_desktop.ui.rows_model import Column, RowsModel
from agent_desktop.ui.wording import ltr


def _tr(text: str) -> str:
    return QCoreApplication.translate("intervals", text)


class IntervalLine(msgspec.Struct, frozen=True):
    """``index`` None: the whole day so far."""

    index: int | None
    label: str
    tally: Tally
    scope: Scope
    target: float
    level: Figure
    expected: float | None = None  # visits forecast
    to_come: bool = False

    @property
    def id(self) -> object:
        return self.index

    @property
    def answer_speed(self) -> Figure:
        return metrics.average_speed_of_answer(self.tally, self.scope)

    @property
    def handle_time(self) -> Figure:
        return metrics.average_handle_time(self.tally, self.scope)

    @property
    def abandon_rate(self) -> Figure:
        return metrics.abandon_rate(self.tally, self.scope)


class IntervalList(FigureList):
    """``queue_id`` is the queue it is about, None all of them; ``opened`` brings an IntervalLine."""

    def __init__(self) -> None:
        self.queue_id: UUID | None = None
        self._day: SiteDay | None = None
        super().__init__(RowsModel(self._columns()), _tr("Quarter hours"), self._file)

    def _columns(self) -> tuple[Column[IntervalLine], ...]:
        def number(title: str, field: str, width: int, rank: int = 0) -> Column[IntervalLine]:
            return Column(title, lambda line: _count(line, field), width, number=True, rank=rank,
                          strong=_whole)  # fmt: skip

        def below(line: IntervalLine) -> str:
            value = line.level.value
            return "bad" if value is not None and value < line.target else "text"

        def expected(line: IntervalLine) -> str:
            return NO_DATA if line.expected is None else number_text(line.expected)

        return (
            Column(_tr("From"), lambda line: line.label, 92, stretch=True, strong=_whole),
            Column(_tr("Forecast"), expected, 80, number=True, strong=_whole),
            number(_tr("Offered"), "entered", 78),
            number(_tr("Answered"), "answered", 86),
            number(_tr("In time"), "answered_in_time", 78),
            number(_tr("Abandoned"), "abandoned", 94),
            number(_tr("Left"), "exited", 60, rank=3),
            number(_tr("Open"), "unresolved", 62, rank=4),
            Column(_tr("Service level"), lambda line: line.level.text(line.target), 106, number=True, tone=below,
                   strong=_whole, tooltip=lambda line: line.level.explain()),
            Column(_tr("ASA"), lambda line: ltr(line.answer_speed.text()), 66, number=True, rank=1, strong=_whole,
                   tooltip=lambda line: line.answer_speed.explain()),
            Column(_tr("AHT"), lambda line: ltr(line.handle_time.text()), 66, number=True, rank=2, strong=_whole,
                   tooltip=lambda line: line.handle_time.explain()),
        )  # fmt: skip

    def set(
        self,
        title: str,
        bars: Sequence[IntervalBar],
        whole: IntervalLine,
        day: SiteDay,
        expected: Sequence[float] = (),
    ) -> None:
        """The bars from the newest on, and the whole day first. ``expected``: visits forecast, by interval of the day;
        those to come stand above the present one.
        """
        self._day = day
        figures = (whole.level, whole.answer_speed, whole.handle_time, whole.abandon_rate)
        self._about = tuple(figure.explain() for figure in figures)
        self._name(title, _tr("Enter opens the visits behind a line. Visits count where they entered."))
        to_come = [
            IntervalLine(at, day.label(at), Tally(), whole.scope, whole.target, nothing, expected[at], to_come=True)
            for at in reversed(range(len(bars), len(expected)))
            for nothing in (metrics.service_level_of((), whole.scope),)
            if expected[at] >= 0.5
        ]
        rows = to_come + [
            IntervalLine(
                *(bar.index, bar.label, bar.tally, level.scope, whole.target, level),
                expected[bar.index] if expected else None,
            )
            for bar in reversed(bars)
            if bar.tally.entered or bar.tally.refused
            for level in (bar.service_level,)
        ]
        self._put([whole, *rows])

    def _file(self) -> TableFile:
        assert self._day is not None
        fields = metrics.TALLY_FIELDS
        names = (_tr("From"), *fields, _tr("Service level"), _tr("ASA"), _tr("AHT"), _tr("Forecast"))
        rows = [self._row(line) for line in reversed(self.table.rows_model.rows) if line.index is not None]
        about = [part for text in self._about for part in (*text.splitlines(), "")]
        return TableFile(self.title.text(), names, rows, about, self._day.zone)

    def _row(self, line: IntervalLine) -> Sequence[Cell]:
        assert self._day is not None
        assert line.index is not None
        cells: Sequence[Cell] = [None] * len(metrics.TALLY_FIELDS) if line.to_come else line.tally.cells()
        spans = (None if f.value is None else timedelta(seconds=f.value) for f in (line.answer_speed, line.handle_time))
        return (self._day.starts_at(line.index), *cells, line.level.value, *spans, line.expected)


class WaitingLine(msgspec.Struct, frozen=True):
    """How many waited at a moment."""

    at: datetime
    label: str
    waiting: int

    @property
    def id(self) -> object:
        return self.at


class WaitingList(FigureList):
    """The last hour's waiting callers, newest first; ``opened`` brings a WaitingLine."""

    def __init__(self) -> None:
        self.queue_id: UUID | None = None
        self._day: SiteDay | None = None
        columns = (
            Column[WaitingLine](_tr("At"), lambda line: line.label, 120, stretch=True),
            Column[WaitingLine](_tr("Waiting"), lambda line: number_text(line.waiting), 120, number=True),
        )
        super().__init__(RowsModel(columns), _tr("Waiting callers"), self._file)

    def set(self, title: str, series: WaitingSeries, day: SiteDay) -> None:
        self._day = day
        words = _tr("Entered and not yet left, every {0} s. Enter opens who waited then.")
        self._name(title, words.format(series.step_s))
        lines = []
        for step, waiting in enumerate(series.values):
            begins = series.starts_at + timedelta(seconds=step * series.step_s)
            lines.append(WaitingLine(series.end_of(step), f"{begins.astimezone(day.zone):%H:%M:%S}", waiting))
        self._put(lines[::-1])

    def _file(self) -> TableFile:
        assert self._day is not None
        rows = [(line.at, line.waiting) for line in reversed(self.table.rows_model.rows)]
        about = (self.explanation.text(),)
        return TableFile(self.title.text(), (_tr("At"), _tr("Waiting")), rows, about, self._day.zone)


def _count(line: IntervalLine, field: str) -> str:
    return "" if line.to_come else number_text(getattr(line.tally, field))


def _whole(line: IntervalLine) -> bool:
    return line.index is None
