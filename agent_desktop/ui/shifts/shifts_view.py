"""Shifts on the screen: a team, a week, the grid, and what of it is not stored yet."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QWidget

from agent_desktop.core.shifts.shift_draft import WEEK, ShiftDraft
from agent_desktop.data.agent_time_rows import AgentTime
from agent_desktop.data.centre_rows import AgentRow
from agent_desktop.ui import dates, theme
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.labels import elided, label
from agent_desktop.ui.layouts import column, frame, row
from agent_desktop.ui.list_states import ListStates
from agent_desktop.ui.shifts.shift_grid import ShiftGrid


class ShiftsView(QWidget):
    """Signals: wanted(): another team or week; save_wanted(); discard_wanted(); import_wanted(); export_wanted()."""

    wanted = Signal()
    save_wanted = Signal()
    discard_wanted = Signal()
    import_wanted = Signal()
    export_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.draft = ShiftDraft()
        self.monday: date | None = None
        self.grid = ShiftGrid(self.draft)
        self.team = Choice(self.tr("Team"))
        theme.size(self.team, minimum_width=180)
        self.week = label("", "body-b", tabular=True)
        self.before = ToolButton("chevron-left", self.tr("Week before"), keys="Alt+Left")
        self.after = ToolButton("chevron-right", self.tr("Week after"), keys="Alt+Right")
        self.copy_week = Button(self.tr("Copy to next week"), "copy", height=32)
        self.undo = ToolButton("undo-2", self.tr("Undo"), keys="Ctrl+Z")
        self.redo = ToolButton("redo-2", self.tr("Redo"), keys="Ctrl+Y")
        self.bring = Button(self.tr("Import…"), "download", height=32)
        self.export = Button(self.tr("Export…"), "upload", height=32)
        self.said = elided("", "small", "2")
        self.count = label("", "small", "2", tabular=True)
        self.discard = Button(self.tr("Discard"), kind="ghost", height=32)
        self.save = Button(self.tr("Save"), kind="primary", keys="Ctrl S", height=32)
        self._planning = (self.copy_week, self.undo, self.redo, self.bring, self.discard, self.save)
        head = row(self.team, 4, self.before, self.week, self.after, None, self.copy_week, self.undo, self.redo,
                   self.bring, self.export, spacing=8)  # fmt: skip
        foot = row((self.said, 1), self.count, self.discard, self.save, spacing=10)
        self.states = ListStates(frame(column((self.grid, 1), margins=1), card=True))
        self.setLayout(column(head, (self.states, 1), foot, spacing=10))
        self._connect()
        self.set_may_plan(may=False)
        self.setFocusProxy(self.grid)

    def _connect(self) -> None:
        self.team.currentIndexChanged.connect(lambda _at: self.wanted.emit())
        self.before.clicked.connect(lambda _checked=False: self.go(-1))
        self.after.clicked.connect(lambda _checked=False: self.go(1))
        self.copy_week.clicked.connect(lambda _checked=False: self._copy_week())
        self.undo.clicked.connect(lambda _checked=False: self.grid.undo())
        self.redo.clicked.connect(lambda _checked=False: self.grid.redo())
        self.bring.clicked.connect(lambda _checked=False: self.import_wanted.emit())
        self.export.clicked.connect(lambda _checked=False: self.export_wanted.emit())
        self.discard.clicked.connect(lambda _checked=False: self.discard_wanted.emit())
        self.save.clicked.connect(lambda _checked=False: self.save_wanted.emit())
        self.grid.save_wanted.connect(self.save_wanted)
        self.grid.week_wanted.connect(self.go)
        self.grid.changed.connect(self._changed)
        self.grid.refused.connect(lambda words: self.tell(words, "bad"))

    def set_teams(self, teams: Sequence[tuple[str, str]]) -> None:
        """Name and words of each; the one that is chosen stays."""
        kept = self.team.currentData()
        if [self.team.itemData(at) for at in range(self.team.count())] == [name for name, _words in teams]:
            return
        self.team.blockSignals(True)
        self.team.clear()
        for name, words in teams:
            self.team.addItem(words, name)
        self.team.choose(kept)
        self.team.blockSignals(False)

    def go(self, weeks: int) -> None:
        """Another week."""
        if self.monday is not None:
            self.show_week(self.monday + weeks * WEEK)

    def show_week(self, day: date) -> None:
        """The week of a day."""
        self.monday = day - timedelta(days=day.weekday())
        ends = self.monday, self.monday + timedelta(days=6)
        first, last = (dates.date_text(one, with_year=False) for one in ends)
        number = self.monday.isocalendar().week
        self.week.setText(self.tr("Week {0}: {1} – {2}").format(QLocale().toString(number), first, last))
        self.wanted.emit()

    def set(self, people: Sequence[AgentRow], times: Mapping[UUID, AgentTime], today: date) -> None:
        """The people of the team, and how they kept to this week."""
        assert self.monday is not None
        self.grid.shifts.today = today
        self.grid.set(people, self.monday, times)
        if people:
            self.states.show_content()
        else:
            words = self.tr("Nobody is in this team")
            self.states.show_empty(words, self.tr("People and teams are made in Administration."), "users")
        self._changed()

    def set_may_plan(self, *, may: bool) -> None:
        """Whether who is signed in may change it."""
        self.grid.shifts.editable = may
        for button in self._planning:
            button.setVisible(may)
        self.tell(self.tr("Type 9-17 12-12:30 into a day: what lies within is a break. Del frees it, Ctrl C and Ctrl V"
                          " copy days.") if may else "")  # fmt: skip
        self._changed()

    def tell(self, words: str, tone: str = "2") -> None:
        """A line about the last thing that was done."""
        self.said.setText(words)
        self.said.set_tone(tone)

    def _copy_week(self) -> None:
        assert self.monday is not None
        if self.draft.copy_week([agent.id for agent in self.grid.shifts.people], self.monday):
            self.grid.tell()
            self.tell(self.tr("The next week is planned as this one."))
        self.go(1)

    def _changed(self) -> None:
        number = len(self.draft.changes())
        self.count.setText(self.tr("Days not saved: {0}").format(QLocale().toString(number)) if number else "")
        self.save.setEnabled(bool(number))
        self.discard.setEnabled(bool(number))
        self.undo.setEnabled(self.draft.can_undo)
        self.redo.setEnabled(self.draft.can_redo)
