"""A report on the screen: a line each, the sum first; every figure explains itself and opens what it counts."""

from PySide6.QtCore import QLocale, QModelIndex, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from agent_desktop.core.board_lists import Part
from agent_desktop.core.figures import Figure, Unit
from agent_desktop.core.report_columns import ReportColumn, columns
from agent_desktop.core.report_files import call_columns, first_column, formula
from agent_desktop.core.report_wish import Kind
from agent_desktop.core.reports import CallLine, Line, Report
from agent_desktop.ui.reports_callers import callers_table
from agent_desktop.ui.rows_model import Column, RowsModel, Table
from agent_desktop.ui.wording import ltr


def figure_text(figure: Figure, target: float | None = None) -> str:
    """A figure as this desktop's language writes numbers; „–“ without data."""
    if figure.value is None:
        return figure.text()
    if figure.unit is Unit.COUNT:
        return QLocale().toString(round(figure.value))
    if figure.unit is Unit.SECONDS:
        return ltr(figure.text())
    return figure.text(target)


class ReportTable(QStackedWidget):
    """A table for each kind of report. Signals: opened(Line, frozenset[Part]): the visits behind a figure are wanted;
    call_wanted(CallBack): a caller who gave up is to be called."""

    opened = Signal(object, object)
    call_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._tables: dict[Kind, Table] = {}
        self.report: Report | None = None

    def table(self) -> Table | None:
        """The one on view."""
        return self._tables.get(self.report.wish.kind) if self.report is not None else None

    def set_report(self, report: Report) -> None:
        self.report = report
        kind = report.wish.kind
        special = {Kind.ABANDONED: self._callers, Kind.CALLS: self._calls}.get(kind)
        table = self._tables.get(kind) or (special() if special is not None else self._make(kind))
        rows = report.callbacks or report.calls or ([report.whole, *report.lines] if report.lines else ())
        table.set_rows(rows)
        self.setCurrentWidget(table)
        self.setFocusProxy(table)

    def _make(self, kind: Kind) -> Table:
        shown = columns(kind)
        wide = kind in (Kind.INTRADAY, Kind.DAYS)
        name = Column[Line](
            first_column(kind), lambda line: line.label, 120 if wide else 200, stretch=True, strong=_whole
        )
        made = Table(RowsModel((name, *(_column(column) for column in shown))), first_column(kind), row_height=30)
        made.activated.connect(lambda index: self._activated(made, index))
        self._tables[kind] = made
        self.addWidget(made)
        return made

    def _callers(self) -> Table:
        made = self._tables[Kind.ABANDONED] = callers_table(lambda: self.report.zone if self.report else None)
        made.row_activated.connect(self.call_wanted)
        self.addWidget(made)
        return made

    def _calls(self) -> Table:
        """A line for each figure; what it says when the mouse rests on it stands beside it, too."""

        def explained(line: CallLine) -> str:
            return line.figure.explain()

        first, value, counted, of, how = call_columns()
        shown = (
            Column[CallLine](first, lambda line: line.label, 280, tooltip=explained),
            Column[CallLine](value, lambda line: figure_text(line.figure), 84, number=True, tooltip=explained),
            Column[CallLine](counted, lambda line: QLocale().toString(round(line.figure.numerator)), 84, number=True,
                             rank=2, tooltip=explained),
            Column[CallLine](of, _out_of, 84, number=True, rank=1, tooltip=explained),
            Column[CallLine](how, lambda line: formula(line.figure), 240, stretch=True, tone=lambda _line: "text2",
                             tooltip=explained),
        )  # fmt: skip
        made = self._tables[Kind.CALLS] = Table(RowsModel(shown), first, row_height=30)
        self.addWidget(made)
        return made

    def _activated(self, table: Table, index: QModelIndex) -> None:
        assert self.report is not None
        shown: list[ReportColumn] = list(columns(self.report.wish.kind))
        parts = shown[index.column() - 1].parts if index.column() else frozenset[Part]()
        self.opened.emit(table.rows_model.rows[index.row()], parts)

    def focus(self) -> QWidget:
        return self.table() or self


def _column(column: ReportColumn) -> Column[Line]:
    def target(line: Line) -> float | None:
        return line.target if column.against_target else None

    def tone(line: Line) -> str:
        aim, value = target(line), column.figure(line).value
        return "bad" if aim is not None and value is not None and value < aim else "text"

    return Column(
        column.title,
        lambda line: figure_text(column.figure(line), target(line)),
        column.width,
        number=True,
        rank=column.rank,
        strong=_whole,
        tone=tone,
        tooltip=lambda line: column.figure(line).explain(),
    )


def _out_of(line: CallLine) -> str:
    return "" if line.figure.unit is Unit.COUNT else QLocale().toString(round(line.figure.denominator))


def _whole(line: Line) -> bool:
    return line.whole
