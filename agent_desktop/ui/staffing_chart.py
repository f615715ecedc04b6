"""A day's roster as stairs: how many are needed in each part of the day, and how many are planned."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPen

from agent_desktop.core.staff_plan import DayPlan, PlanLine
from agent_desktop.ui import staffing_words as words
from agent_desktop.ui import theme
from agent_desktop.ui.chart_items import Bars, Curve
from agent_desktop.ui.chart_parts import ChartCard, Key, Plot, Tick
from agent_desktop.ui.queue_charts import quarter_levels, round_top

_HOUR = 4.0  # quarter hours, the unit of the time axis


class _RosterPlot(Plot):
    """What is needed filled, what is planned as a line over it."""

    def __init__(self) -> None:
        super().__init__()
        self._needed = Bars(x0=[], x1=[], height=[], pen=None)
        self._planned = Curve([0, 0], [0, 0], connect="finite", skipFiniteCheck=False)
        self.put(self._needed, lambda: self._needed.setOpts(brush=theme.color("c2"), pen=pg.mkPen(None)))
        self.put(self._planned, lambda: self._planned.setPen(self._pen()))

    def _pen(self) -> QPen:
        result = self.pen("c3", 2)
        result.setCapStyle(Qt.PenCapStyle.SquareCap)
        return result

    def show_roster(self, lines: Sequence[PlanLine], grain: int) -> None:
        needing = [line for line in lines if line.rostered]
        starts = np.array([float(line.index) for line in needing])
        self._needed.setOpts(
            x0=starts, x1=starts + grain, height=np.array([float(line.rostered or 0) for line in needing])
        )
        x: list[float] = []
        y: list[float] = []
        for line in lines:
            height = float("nan") if line.planned is None else float(line.planned)
            x += [float(line.index), float(line.index + grain)]
            y += [height, height]
        self._planned.setData(np.array(x or [0.0, 0.0]), np.array(y or [float("nan")] * 2))


class RosterChart(ChartCard):
    """The time axis counts quarter hours of the local clock."""

    def __init__(self) -> None:
        self.roster = _RosterPlot()
        super().__init__(QCoreApplication.translate("staffing", "Agents on the roster"), self.roster)
        self.as_table.hide()  # it stands below
        self._plan: DayPlan | None = None
        tr = QCoreApplication.translate
        self.legend.set((Key("c2", tr("staffing", "Needed")), Key("c3", tr("staffing", "Planned"), "line")))

    def set(self, plan: DayPlan) -> None:
        self._plan = plan
        first = plan.lines[0].index // 4 * 4
        last = -(-(plan.lines[-1].index + plan.grain) // 4) * 4
        highest = max((max(line.rostered or 0, line.planned or 0) for line in plan.lines), default=0)
        top = round_top(max(highest, 1))
        self.roster.set_axes((first, last), _hours(first, last), (0, top), quarter_levels(top))
        self.roster.show_roster(plan.lines, plan.grain)
        busiest = plan.busiest
        if busiest is None:
            self.say(words.number(0), QCoreApplication.translate("staffing", "nobody is needed"))
        else:
            at = QCoreApplication.translate("staffing", "at most, at {0}").format(busiest.label)
            self.say(words.number(busiest.rostered or 0), at)

    def in_words(self) -> str:
        if self._plan is None:
            return ""
        said = QCoreApplication.translate("staffing", "{0}: {1} needed, {2} planned")
        return "; ".join(
            said.format(line.label, _count(line.rostered), _count(line.planned)) for line in self._plan.lines
        )

    def explain_at(self, x: float) -> str:
        plan = self._plan
        line = next((one for one in plan.lines if one.index <= x < one.index + plan.grain), None) if plan else None
        return words.line_words(line) if line is not None else ""


def _count(value: int | None) -> str:
    return words.number(value) if value is not None else QCoreApplication.translate("staffing", "none")


def _hours(first: int, last: int) -> list[Tick]:
    hours = (last - first) / _HOUR
    step = next(step for step in (1, 2, 3, 4, 6) if hours / step <= 14 or step == 6)
    return [(float(at), f"{at // 4:02d}:00") for at in range(first, last + 1, 4) if at // 4 % step == 0 and at > first]
