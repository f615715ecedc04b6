"""Home, while no call is on: the day in figures, what waits for this agent, recent calls, the queues and the team."""

from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from agent_desktop import clock
from agent_desktop.core.figures import percent_text
from agent_desktop.core.views import HomeView, QueueView
from agent_desktop.data.rows import CallLine, WorkItem
from agent_desktop.data.words import Outcome
from agent_desktop.ui import dates, theme, wording
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.day_tiles import DayTiles
from agent_desktop.ui.indicators import StateBar, TargetBar
from agent_desktop.ui.labels import Icon, elided, label, plain_tooltip
from agent_desktop.ui.layouts import column, frame, row
from agent_desktop.ui.rows_model import Column, RowsModel, table
from agent_desktop.ui.work_list import WorkList

_RIGHT = 372
_NONE = "–"


class QueueStatus(QWidget):
    """One queue: who waits and how long, and today's service level against its target."""

    def __init__(self) -> None:
        super().__init__()
        self._longest_since: datetime | None = None
        self._as_of: datetime | None = None
        self._waiting = 0
        self._name = elided("", "body-b")
        self._warning = Icon("triangle-alert", "bad", 14)
        self._words = label("", "small", "2", tabular=True)
        self._longest = label("", "small-b", tabular=True)
        self._bar = TargetBar(6)
        self._level = label("", "small-b", tabular=True)
        self._level.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = row((self._name, 1), self._warning, self._words, self._longest, spacing=8)
        self.setLayout(column(head, row((self._bar, 1), self._level, spacing=10), spacing=4))

    def set(self, view: QueueView) -> None:
        bad = view.verdict in ("warn", "bad")
        tone = view.verdict if bad else ""
        self._longest_since, self._waiting, self._as_of = view.longest_since, view.waiting, view.as_of
        self._name.setText(view.queue.label)
        self._warning.setVisible(bad)
        self._warning.set("triangle-alert", tone or "bad")
        self._words.setText(self.tr("{0} waiting").format(view.waiting))
        old = "3" if view.as_of is not None else ""
        self._words.set_tone((tone if view.waiting else "") or old or "2")
        self._longest.set_tone(old or (tone if view.waiting else ""))
        level = view.service_level
        shown = percent_text(level) if level is not None else _NONE
        self._bar.set(level, view.queue.sl_target, "line2" if old else view.verdict if bad else "ok")
        self._level.setText(shown)
        self._level.setMinimumWidth(self._level.fontMetrics().horizontalAdvance("100%"))
        self._level.set_tone(old or tone)
        self.setToolTip(plain_tooltip(view.explain) if view.explain else "")
        self.tick()
        words = [view.queue.label, self._words.text(), self._longest.text(), self.tr("service level {0}").format(shown)]
        if view.as_of is not None:
            words.append(self.tr("as of {0}").format(dates.clock_time(view.as_of)))
        self.setAccessibleName(", ".join(words))

    def tick(self) -> None:
        """The longest wait runs with the clock."""
        since = self._longest_since
        now = self._as_of or clock.now()
        self._longest.setText(dates.duration((now - since).total_seconds()) if since is not None else _NONE)


class Home(QWidget):
    """Signals: call_work(WorkItem), finish_work(WorkItem), open_customer(UUID), open_interaction(UUID),
    all_calls_wanted()."""

    call_work = Signal(object)
    finish_work = Signal(object)
    open_customer = Signal(object)
    open_interaction = Signal(object)
    all_calls_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tiles = DayTiles()
        self.work = WorkList()
        self.queues: list[QueueStatus] = []
        self._build_recent()
        self._build_right()
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.tiles)
        left.addWidget(self.work, 3)
        left.addWidget(self._recent_card, 2)
        self.setLayout(row((left, 1), self._right, spacing=12, margins=12))
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        self.work.call_work.connect(self.call_work)
        self.work.finish_work.connect(self.finish_work)
        self.work.open_customer.connect(self.open_customer)
        self._size()

    def _build_recent(self) -> None:
        self._model = RowsModel(_recent_columns(self))
        self.recent = table(self._model, self.tr("Recent calls"))
        self.recent.row_activated.connect(lambda line: self.open_interaction.emit(line.id))
        self._no_call = label(self.tr("No call yet today. The next one rings here."), "small", "3", wrap=True)
        self._no_call.setContentsMargins(10, 4, 10, 10)
        all_calls = Button(self.tr("All calls"), kind="link", height=24)
        all_calls.clicked.connect(self.all_calls_wanted)
        head = row(label(self.tr("Recent calls"), "body-b"), None, all_calls, margins=(16, 12, 16, 2))
        self.recent.setMinimumHeight(theme.px(96))
        self._recent_card = frame(
            column(
                head,
                column((self.recent, 100), self._no_call, None, spacing=0, margins=(6, 0, 6, 0)),
                spacing=0,
                margins=(0, 0, 0, 6),
            ),
            card=True,
        )

    def _build_right(self) -> None:
        self._queue_list = QVBoxLayout()
        self._queue_list.setSpacing(11)
        self._no_queue = label(self.tr("You are in no queue."), "small", "3", wrap=True)
        self._level_of = label(self.tr("service level today"), "small", "3")
        self._tick_words = label(self.tr("The tick marks the target"), "caption", "3")
        head = row(elided(self.tr("Your queues"), "body-b"), self._level_of)
        head.setStretch(0, 1)
        queues = frame(
            column(head, self._no_queue, self._queue_list, self._tick_words, spacing=11, margins=(16, 12, 16, 14)),
            card=True,
        )
        self._team_name = elided("", "body-b")
        self._signed_in = label("", "small", "3", tabular=True)
        self._states = StateBar()
        self._team_card = frame(
            column(row((self._team_name, 1), self._signed_in), self._states, spacing=12, margins=(16, 12, 16, 14)),
            card=True,
        )
        inner = QWidget()
        inner.setLayout(column(queues, self._team_card, None, spacing=12))
        self._right = QScrollArea()
        self._right.setWidget(inner)
        self._right.setWidgetResizable(True)
        self._right.setFrameShape(QFrame.Shape.NoFrame)
        self._right.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    # ------------------------------------------------------------------ shown

    def set_home(self, view: HomeView) -> None:
        self.tiles.set(view.figures)
        self.recent.set_rows(view.recent)
        self.recent.setVisible(bool(view.recent))
        self._no_call.setVisible(not view.recent)
        while len(self.queues) < len(view.queues):
            self.queues.append(QueueStatus())
            self._queue_list.addWidget(self.queues[-1])
        for number, widget in enumerate(self.queues):
            if number < len(view.queues):
                widget.set(view.queues[number])
            widget.setVisible(number < len(view.queues))
        as_of = next((queue.as_of for queue in view.queues if queue.as_of is not None), None)
        words = (
            self.tr("service level today") if as_of is None else self.tr("as of {0}").format(dates.clock_time(as_of))
        )
        self._level_of.setText(words)
        self._no_queue.setVisible(not view.queues)
        self._tick_words.setVisible(bool(view.queues))
        states = dict(view.team_states)
        self._team_card.setVisible(bool(states))
        self._team_name.setText(view.team or self.tr("Your team"))
        present = sum(count for state, count in states.items() if state != "offline")
        self._signed_in.setText(self.tr("{0} signed in").format(present))
        self._states.set(states)

    def set_work(self, items: tuple[WorkItem, ...], my_agent_id: UUID | None, as_of: datetime | None = None) -> None:
        self.work.set_work(items, my_agent_id, as_of)

    def focus_work(self) -> None:
        """Focus the first thing to do, else the recent calls."""
        (self.work.view if self.work.count() else self.recent).setFocus()

    def _tick(self) -> None:
        for widget in self.queues:
            widget.tick()

    def _size(self) -> None:
        self._right.setFixedWidth(max(_RIGHT, min(theme.px(_RIGHT), round(self.width() * 0.34))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick()
        self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._second.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_second"):
            self._size()


def _when(line: CallLine) -> str:
    """The time of day; the day instead where it is not today."""
    today = dates.local(line.started_at).date() == dates.today()
    return dates.clock_time(line.started_at) if today else dates.day(line.started_at)


def _recent_columns(home: Home) -> tuple[Column[CallLine], ...]:
    def result(line: CallLine) -> str:
        return line.disposition or wording.outcome(line.outcome)

    return (
        Column(home.tr("Time"), _when, 84),
        Column(
            home.tr("Caller"),
            lambda line: line.customer or wording.phone(line.number) or home.tr("Withheld number"),
            220,
            stretch=True,
            icon=lambda line: wording.call_icon(line.direction, line.outcome),
        ),
        Column(home.tr("Queue"), lambda line: line.queue or home.tr("Direct"), 120, rank=1),
        Column(home.tr("Length"), lambda line: dates.duration(line.talk_s), 76, number=True),
        Column(
            home.tr("Result"),
            result,
            180,
            tone=lambda line: "bad" if line.outcome is Outcome.MISSED and not line.disposition else "text",
            tooltip=lambda line: "\n".join(part for part in (result(line), line.note) if part),
        ),
    )
