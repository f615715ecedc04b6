"""What became of a script's steps in calls: how many reached them and answered, how long it took, who stopped there."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from agent_desktop.core.figures import number_text, percent_text
from agent_desktop.data.script_rows import Statistics, StepCount
from agent_desktop.ui import dates
from agent_desktop.ui.labels import flowing
from agent_desktop.ui.layouts import column
from agent_desktop.ui.list_states import ListStates
from agent_desktop.ui.rows_model import Column, RowsModel, Table


class FiguresPane(QWidget):
    """A table of all versions' runs; the tooltip tells the answers that were chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._titles: Mapping[str, str] = {}
        self._words: Mapping[str, str] = {}
        self.head = flowing("", "small", "2")
        columns = [
            Column[StepCount](self.tr("Step"), self._title, 110, stretch=True, tooltip=self._told),
            Column[StepCount](self.tr("Reached"), lambda step: number_text(step.reached), 68, number=True),
            Column[StepCount](self.tr("Answers"), lambda step: number_text(step.answered), 66, number=True, rank=1),
            Column[StepCount](self.tr("Time"), lambda step: dates.duration(step.mean_s), 52, number=True),
            Column[StepCount](self.tr("Stopped"), _stopped, 70, number=True,
                              tone=lambda step: "warn" if step.stopped else "text3"),
        ]  # fmt: skip
        self.table = Table(RowsModel(columns, row_id=lambda step: step.place), self.tr("Figures of the steps"))
        self.states = ListStates(self.table)
        self.setLayout(column(column(self.head, margins=(14, 12, 14, 8)), (self.states, 1), spacing=0))
        self.set(Statistics(), {})

    def set(self, figures: Statistics, titles: Mapping[str, str]) -> None:
        """``titles`` of the steps by their names."""
        self._titles = titles
        words = self.tr("{0} calls began it, {1} finished it").format(figures.runs, figures.finished)
        self.head.setText(words if figures.runs else "")
        self.table.set_rows(figures.steps)
        if figures.steps:
            self.states.show_content()
        else:
            advice = self.tr("Figures stand here once agents have used it")
            self.states.show_empty(self.tr("No call has used it yet"), advice, "chart-column")

    def _title(self, step: StepCount) -> str:
        return self._titles.get(step.place, step.place)

    def _told(self, step: StepCount) -> str:
        lines = [f"{answer}: {count}" for answer, count in step.answers]
        return "\n".join([self._title(step), *lines])


def _stopped(step: StepCount) -> str:
    """How many stopped there, and what share that is of those who got there."""
    if not step.stopped or not step.reached:
        return number_text(step.stopped)
    return f"{number_text(step.stopped)} ({percent_text(step.stopped / step.reached)})"
