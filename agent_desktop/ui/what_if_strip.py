"""On the live board: what more agents, calls or handle time would make of a queue's running quarter hour."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from agent_desktop.core.staffing_desk import Now, StaffingDesk
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.in_sight import InSight
from agent_desktop.ui.labels import snug
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.staffing_now import StaffingNow

if TYPE_CHECKING:
    from agent_desktop.core.staffing import Change
    from agent_desktop.ui.live_board import LiveBoard
    from agent_desktop.ui.main_window import MainWindow

TICK_MS = 1000
_QUARTER_MIN = 15


class WhatIfStrip(QFrame):
    """A queue, sliders, and what they come to. Signals: queue_chosen(); shown(bool); more_wanted(queue_id)."""

    queue_chosen = Signal()
    shown = Signal(bool)
    more_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        InSight(self).changed.connect(self.shown)
        self.setProperty("card", True)
        self.queue = Choice(self.tr("What if: queue"))
        theme.size(self.queue, minimum_width=180)
        self.now = StaffingNow(strip=True)
        self.more = Button(self.tr("All of it"), "table-2", kind="link", height=28)
        self.more.setToolTip(self.tr("The same queue in Staffing, with every number of agents"))
        self.leave = ToolButton("x", self.tr("Close"), keys="Esc")
        now = self.now
        name = snug(self.tr("What if"), "body-b")
        head = row(
            name, self.queue, now.title, now.left_of_it, None, now.as_measured, self.more, self.leave, spacing=10
        )
        self.setLayout(column(head, self.now, spacing=10, margins=(16, 10, 16, 12)))
        self.setFocusProxy(self.now)
        self.hide()
        self.queue.currentIndexChanged.connect(lambda _at: self.queue_chosen.emit())
        self.queue.currentIndexChanged.connect(lambda _at: self.now.reset())
        self.more.clicked.connect(lambda _checked=False: self.more_wanted.emit(self.chosen()))
        self.leave.clicked.connect(lambda _checked=False: self.hide())

    def chosen(self) -> UUID | None:
        """The queue that is looked at."""
        found: UUID | None = self.queue.currentData()
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)


class WhatIfWiring(QObject):
    """Fed by the live board once a second while it is in sight."""

    def __init__(self, window: "MainWindow", page: "LiveBoard"):
        super().__init__(page)
        core = window.core
        self.page = page
        self.desk = StaffingDesk(core.store, core.tasks, core.live)
        self.strip = WhatIfStrip()
        page.place_strip(self.strip)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.strip.shown.connect(self._shown)
        self.strip.queue_chosen.connect(self._chosen)
        self.strip.more_wanted.connect(window.staffing_wiring.open_queue)
        self.strip.now.change_wanted.connect(self._look)
        self.desk.projected.connect(self._projected)

    def open(self, queue_id: UUID | None) -> None:
        """Show it, at this queue if there is one; the sliders have the keys."""
        self._list()
        at = self.strip.queue.findData(queue_id)
        if at >= 0:
            self.strip.queue.setCurrentIndex(at)
        self.strip.show()
        self._chosen()
        self.strip.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _list(self) -> None:
        choice, rows = self.strip.queue, self.desk.queues()
        if [(choice.itemData(at), choice.itemText(at)) for at in range(choice.count())] != [
            (one.id, one.label) for one in rows
        ]:
            kept = self.strip.chosen()
            choice.blockSignals(True)
            choice.clear()
            for one in rows:
                choice.addItem(one.label, one.id)
            choice.setCurrentIndex(max(0, choice.findData(kept)) if rows else -1)
            choice.blockSignals(False)

    @Slot(bool)
    def _shown(self, shown: bool) -> None:
        if shown:
            self._timer.start()
        else:
            self._timer.stop()

    @Slot()
    def _tick(self) -> None:
        self._list()
        if self.strip.chosen() != self.desk.queue_id:
            self._chosen()
        elif self.desk.is_rested():
            self.desk.look(self.strip.now.change())

    @Slot()
    def _chosen(self) -> None:
        queue_id = self.strip.chosen()
        if queue_id is None:
            self.strip.now.set(None)
            return
        self.desk.choose(queue_id, self.desk.today, _QUARTER_MIN)
        self.desk.look(self.strip.now.change())

    @Slot(object)
    def _look(self, change: "Change") -> None:
        self.desk.look(change)

    @Slot(object)
    def _projected(self, now: Now) -> None:
        self.strip.now.set(now)
