"""Staffing: one queue's running quarter hour with sliders over it, any day of the next four weeks, and shifts."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from agent_desktop.data.centre_rows import QueueRow
from agent_desktop.ui import theme
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.in_sight import InSight
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.list_states import ListStates
from agent_desktop.ui.segments import Segments
from agent_desktop.ui.shifts.shifts_view import ShiftsView
from agent_desktop.ui.staffing_day import StaffingDay
from agent_desktop.ui.staffing_now import StaffingNow

NOW, DAY, SHIFTS = 0, 1, 2


class StaffingPage(QWidget):
    """Signals: queue_chosen(queue_id); view_chosen(NOW, DAY or SHIFTS); shown(bool): it comes into sight or goes."""

    queue_chosen = Signal(object)
    view_chosen = Signal(int)
    shown = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        InSight(self).changed.connect(self.shown)
        self._queues: tuple[QueueRow, ...] = ()
        self.queue = Choice(self.tr("Queue"))
        theme.size(self.queue, minimum_width=220)
        self.view = Segments(
            [self.tr("Running quarter hour"), self.tr("A day ahead"), self.tr("Shifts")], NOW, self.tr("Show")
        )
        self.now, self.day, self.shifts = StaffingNow(), StaffingDay(), ShiftsView()
        self._views = QStackedWidget()
        for view in (self.now, self.day):
            area = QScrollArea()  # for a low window with large text
            area.setWidget(view)
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._views.addWidget(area)
        self._views.addWidget(self.shifts)
        head = row((self.queue, 1), self.view, (QWidget(), 2), spacing=10)
        body = QWidget()
        body.setLayout(column(head, (self._views, 1), spacing=10, margins=(12, 10, 12, 12)))
        self._states = ListStates(body)
        self.setLayout(column((self._states, 1), spacing=0))
        self.queue.currentIndexChanged.connect(self._queue_changed)
        self.view.changed.connect(self._view_changed)
        self.setFocusProxy(self.queue)
        self.set_queues(())

    def set_queues(self, rows: Sequence[QueueRow]) -> None:
        """The queues to choose from; the one that is chosen stays."""
        if not rows:
            self._states.show_empty(
                self.tr("No queues yet"), self.tr("Staffing is worked out for a queue."), "calendar-clock"
            )
        else:
            self._states.show_content()
        names = [(row.id, row.label) for row in rows]
        if names == [(row.id, row.label) for row in self._queues]:
            self._queues = tuple(rows)
            return
        kept, self._queues = self.chosen(), tuple(rows)
        self.queue.blockSignals(True)
        self.queue.clear()
        self.queue.addItems([row.label for row in rows])
        at = next((place for place, row in enumerate(rows) if kept is not None and row.id == kept.id), 0)
        self.queue.setCurrentIndex(at if rows else -1)
        self.queue.blockSignals(False)
        now = self.chosen()
        if now is not None and (kept is None or kept.id != now.id):
            self.queue_chosen.emit(now.id)

    def chosen(self) -> QueueRow | None:
        """The queue that is looked at."""
        at = self.queue.currentIndex()
        return self._queues[at] if 0 <= at < len(self._queues) else None

    def choose(self, queue_id: UUID) -> None:
        """Look at this queue."""
        at = next((place for place, row in enumerate(self._queues) if row.id == queue_id), None)
        if at is not None:
            self.queue.setCurrentIndex(at)

    def shows(self) -> int:
        """NOW, DAY or SHIFTS."""
        return self.view.chosen() or NOW

    def focus_filter(self) -> None:
        """To the choice of a queue, or of a team."""
        (self.shifts.team if self.shows() == SHIFTS else self.queue).setFocus()

    def _queue_changed(self, _at: int) -> None:
        now = self.chosen()
        if now is not None:
            self.now.reset()
            self.queue_chosen.emit(now.id)

    def _view_changed(self, view: int) -> None:
        self._views.setCurrentIndex(view)
        self.queue.setEnabled(view != SHIFTS)  # people are of teams, not of one queue
        self.view_chosen.emit(view)
