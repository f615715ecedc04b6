"""Who is planned: so many agents from one time to another, on a day or on the same weekday of several weeks."""

from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTime, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QSpinBox

from agent_desktop.core.staff_plan import DayPlan
from agent_desktop.data.staffing_rows import PlannedRange
from agent_desktop.ui import dates, theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.fields import field
from agent_desktop.ui.labels import elided, flowing, key_hint
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.setting_controls import inset_text, let_wheel_scroll

_QUARTERS = 96
_MOST_WEEKS = 12


class RosterCard(QFrame):
    """Signals: save_wanted(tuple of PlannedRange); closed()."""

    save_wanted = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._queue_id: UUID | None = None
        self._plan: DayPlan | None = None
        self.title = elided("", "h1")
        self.explanation = flowing(
            self.tr("By the clock on the wall. What is planned there already is replaced."),
            "small",
            "2",
        )
        self.first, self.last = self._times(0, _QUARTERS), self._times(1, _QUARTERS + 1)
        self.agents = self._number(-1, 9_999)
        self.agents.setSpecialValueText(self.tr("No plan"))
        self.weeks = self._number(1, _MOST_WEEKS)
        self.weeks.setSpecialValueText(self.tr("Only this day"))
        self.weeks.setPrefix(self.tr("Weeks: "))
        self.trouble = flowing("", "small", "bad")
        self.save = Button(self.tr("Save"), kind="primary", keys=self.tr("Enter"))
        self.as_needed = Button(self.tr("Plan as needed"), "copy")
        close = Button(self.tr("Close"))
        self.save.clicked.connect(lambda _checked=False: self._save())
        self.as_needed.clicked.connect(lambda _checked=False: self._save_as_needed())
        close.clicked.connect(lambda _checked=False: self.closed.emit())
        times = row(
            field(self.tr("From"), self.first),
            field(self.tr("Until"), self.last),
            field(self.tr("Agents"), self.agents),
            field(self.tr("The same weekday"), self.weeks),
            spacing=12,
        )
        self.setLayout(
            column(
                row((self.title, 1), key_hint(self.tr("Esc"))),
                self.explanation,
                times,
                self.trouble,
                row(self.as_needed, None, close, self.save, spacing=8),
                spacing=12,
                margins=(24, 20, 24, 16),
            )
        )
        theme.size(self, fixed_width=640)
        self.setFocusProxy(self.first)

    def _times(self, first: int, end: int) -> QComboBox:
        box = QComboBox()
        for quarter in range(first, end):
            text = QLocale().toString(QTime(quarter // 4 % 24, quarter % 4 * 15), "HH:mm") if quarter < 96 else "24:00"
            box.addItem(text, quarter)
        let_wheel_scroll(box)
        theme.size(box, minimum_width=96, fixed_height=32)
        return box

    def _number(self, low: int, high: int) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(low, high)
        inset_text(spin)
        let_wheel_scroll(spin)
        theme.size(spin, minimum_width=96)
        return spin

    def set(self, queue_id: UUID, queue: str, day: date, plan: DayPlan | None) -> None:
        """For one queue and day; ``plan`` is what is known to be needed."""
        self._queue_id, self._day, self._plan = queue_id, day, plan
        title = self.tr("Plan agents: {0}, {1}").format(queue, dates.weekday_date(day))
        self.title.setText(title)
        self.setAccessibleName(title)
        needed = [line for line in plan.lines if line.rostered] if plan is not None else []
        self.as_needed.setEnabled(bool(needed))
        if needed and plan is not None:
            self.first.setCurrentIndex(needed[0].index)
            self.last.setCurrentIndex(needed[-1].index + plan.grain - 1)
            busiest = plan.busiest
            self.agents.setValue(busiest.rostered or 0 if busiest is not None else 0)
        else:
            self.first.setCurrentIndex(32)
            self.last.setCurrentIndex(63)
            self.agents.setValue(0)
        self.set_trouble("")

    def set_trouble(self, text: str) -> None:
        """Why it was not saved."""
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    def _days(self) -> tuple[date, ...]:
        return tuple(self._day + timedelta(days=7 * week) for week in range(self.weeks.value()))

    def _save(self) -> None:
        first, last = self.first.currentData(), self.last.currentData()
        if first >= last:
            self.set_trouble(QCoreApplication.translate("staffing", "It ends before it begins."))
            return
        agents = None if self.agents.value() < 0 else self.agents.value()
        assert self._queue_id is not None
        self.save_wanted.emit((PlannedRange(self._queue_id, self._days(), first, last, agents),))

    def _save_as_needed(self) -> None:
        """The whole day exactly as many as the forecast says."""
        plan = self._plan
        assert plan is not None
        assert self._queue_id is not None
        lines = [line for line in plan.lines if line.rostered is not None]
        self.save_wanted.emit(
            tuple(
                PlannedRange(self._queue_id, self._days(), line.index, line.index + plan.grain, line.rostered)
                for line in lines
            )
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
