"""The agent's own day in three figures, each with its course and, as a tooltip, how it is computed."""

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFrame, QWidget

from agent_desktop.core.views import OwnDay
from agent_desktop.ui import dates
from agent_desktop.ui.indicators import Sparkline
from agent_desktop.ui.labels import elided, label, plain_tooltip
from agent_desktop.ui.layouts import column, row, rule

_NONE = "–"


class Tile(QWidget):
    """One figure: name, value, a line below, and its course over the hours."""

    def __init__(self, name: str):
        super().__init__()
        self._name = name
        self._value = label(_NONE, "metric", tabular=True)
        self._below = elided("", "small", "3", tabular=True)
        self._course = Sparkline(84, 26)
        self.setLayout(
            column(elided(name, "small", "2"), row(self._value, None, self._course, spacing=6), self._below, spacing=3)
        )

    def set(self, value: str, below: str, course: tuple[float, ...], explain: str) -> None:
        self._value.setText(value)
        self._below.setText(below)
        self._course.set(course)
        self._course.setVisible(len(course) > 1)
        self.setToolTip(plain_tooltip(explain))
        self.setAccessibleName(f"{self._name}: {value}")
        self.setAccessibleDescription(explain)

    def value(self) -> str:
        return self._value.text()


class DayTiles(QFrame):
    """Calls handled, average handle time, average wrap-up."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Your day"))
        self.handled = Tile(self.tr("Calls handled"))
        self.aht = Tile(self.tr("Average handle time"))
        self.wrap_up = Tile(self.tr("Average wrap-up"))
        tiles = row(
            (self.handled, 1),
            rule(vertical=True),
            (self.aht, 1),
            rule(vertical=True),
            (self.wrap_up, 1),
            spacing=18,
            margins=(18, 14, 18, 14),
        )
        self.setLayout(tiles)
        self.set(OwnDay())

    def set(self, figures: OwnDay) -> None:
        self.handled.set(
            QLocale().toString(figures.handled),
            self.tr("today") if figures.handled else self.tr("none yet today"),
            figures.handled_by_hour,
            figures.explain_handled,
        )
        talk = self.tr("{0} of it talking").format(dates.duration(figures.talk_s)) if figures.talk_s is not None else ""
        nothing = self.tr("after your first call")
        self.aht.set(
            dates.duration(figures.aht_s) if figures.aht_s is not None else _NONE,
            talk if figures.aht_s is not None else nothing,
            figures.aht_by_hour,
            figures.explain_aht,
        )
        self.wrap_up.set(
            dates.duration(figures.wrap_up_s) if figures.wrap_up_s is not None else _NONE,
            self.tr("after a call") if figures.wrap_up_s is not None else nothing,
            figures.wrap_up_by_hour,
            figures.explain_wrap_up,
        )
