"""The live board: what needs attention, every queue, the day in three charts, every agent; fed by one timer."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from agent_desktop import clock
from agent_desktop.core import metrics
from agent_desktop.core.alarms import Alarm, Alarms, Kind
from agent_desktop.core.beside.day_forecast import Expected
from agent_desktop.core.board import Board, Which
from agent_desktop.core.board_lists import IN_LEVEL, Behind, Part
from agent_desktop.core.board_views import QueueTile
from agent_desktop.core.feed_health import FeedView, Flow
from agent_desktop.core.figures import Figure, Scope, clock_text
from agent_desktop.core.intervals import INTERVAL
from agent_desktop.settings import BoardLayout, ChartName
from agent_desktop.ui import feed_words, theme
from agent_desktop.ui.agent_table import AgentTable
from agent_desktop.ui.alert_strip import AlertStrip
from agent_desktop.ui.board_head import BoardHead, FeedBanner
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.list_states import ListStates
from agent_desktop.ui.queue_charts import OfferedChart, ServiceLevelChart, WaitingChart
from agent_desktop.ui.queue_tiles import TAKE
from agent_desktop.ui.tile_grid import TileGrid
from agent_desktop.ui.time_bar import TimeBar

CHARTS: tuple[ChartName, ...] = ("service_level", "offered", "waiting")
TICK_MS = 200
_CALM = 2  # so many changed tiles are all shown at once
_CALM_EVENTS = 80  # since the last tick: with no more everything follows at once; above it is a storm
_TICKS_A_SECOND = 1000 // TICK_MS
_FED_S = 0.1  # what comes sooner after the last that was shown waits for the tick
_QUIET_AFTER_S = 60.0  # without an event for so long the age of the data is shown
_REFRESH_TICKS = 15 * _TICKS_A_SECOND  # occupancy drifts without events


class LiveBoard(QWidget):
    """The board of one site. Signals: agent_chosen(AgentLine), agent_activated(AgentLine) by Enter,
    take_wanted(queue_id): the longest waiting call, visits_wanted(Behind): what a figure counts;

    looked_at(self, bool): it came into sight or went;
    table_wanted(part, queue_id or None): a chart's figures as a table, 0 service level, 1 offered, 2 waiting.
    """

    looked_at = Signal(object, bool)
    agent_chosen = Signal(object)
    agent_activated = Signal(object)
    take_wanted = Signal(object)
    visits_wanted = Signal(object)
    table_wanted = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self._board: Board | None = None
        self._queue: UUID | None = None  # the one chosen
        self._only: tuple[UUID, ...] | None = None  # the layout's queues, in its order; None: all
        self._title = ""  # of the layout
        self._ticks = 0
        self._listed: frozenset[UUID] = frozenset()  # the agents shown
        self._stirred: set[UUID] = set()  # queues whose tiles are behind
        self._undrawn: set[int] = set()  # charts that have not been looked at since something changed
        self._lately = 0  # events since the last tick
        self._fed_at = -_FED_S
        self._alarms: Alarms | None = None
        self._alarm_key: tuple[UUID, Kind] | None = None
        self._feed = FeedView()
        self._as_of: datetime | None = None  # nothing newer is known; None: it is up to date
        self._age = ""
        self.expected: Callable[[Board, Which], Expected | None] = lambda _board, _which: None  # of the board's day
        self.charts = ServiceLevelChart(), OfferedChart(), WaitingChart()
        self.head = BoardHead()
        self.banner = FeedBanner()
        self.time = TimeBar()
        self.alert = AlertStrip()
        self.tiles = TileGrid()
        self.agents = AgentTable(self._now)
        self._chart_box = QWidget()
        self._chart_box.setLayout(row(*((chart, 1) for chart in self.charts), spacing=10))
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._lay_out()
        self.tiles.pressed.connect(self.choose_queue)
        self.alert.shown_queue.connect(self._open_queue)
        self.alert.acknowledged.connect(self._acknowledge)
        self.alert.all_acknowledged.connect(self._acknowledge_all)
        self.alert.next_wanted.connect(self.next_alert)
        self.agents.chosen.connect(self.agent_chosen)
        self.agents.all_wanted.connect(lambda: self.choose_queue(None))
        self.agents.table.row_activated.connect(self.agent_activated)
        self.tiles.figure_pressed.connect(self._tile_figure)
        for part, chart in enumerate(self.charts):
            chart.table_wanted.connect(lambda part=part: self.table_wanted.emit(part, self._which()))
            chart.point_pressed.connect(lambda x, part=part: self._chart_point(part, x))
            chart.figure_pressed.connect(lambda place, part=part: self._chart_figure(part, place))

    def _lay_out(self) -> None:
        page = QWidget()
        above = (self.head, self.banner, self.time, self.alert, self.tiles, self._chart_box)
        self._inside = column(*above, (self.agents, 1), spacing=10, margins=(12, 10, 12, 12))
        page.setLayout(self._inside)
        self._scroll = QScrollArea()
        self._scroll.setWidget(page)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for part in (self.agents.table, self.agents.finder):
            part.installEventFilter(self)
        self._states = ListStates(self._scroll)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._states)
        self.setFocusProxy(self.agents.table)
        self._size_charts()

    # ---------------------------------------------------------------- told

    def set_board(self, board: Board) -> None:
        """Show this board from now on; the queue that is chosen stays."""
        self._board = board
        self._show_everything()

    def set_feed(self, view: FeedView) -> None:
        """How the events come, and what is away."""
        self._feed = view
        self._say_age()

    def set_layout(self, layout: BoardLayout, title: str, only: tuple[UUID, ...] | None) -> None:
        """Show these queues (None: all) and these parts from now on, under this name."""
        self._only, self._title = only, title
        self.head.layouts.setText(title)
        self.tiles.setVisible(layout.tiles)
        for name, chart in zip(CHARTS, self.charts, strict=True):
            chart.setVisible(name in layout.charts)
        self._chart_box.setVisible(bool(layout.charts))
        self.agents.setVisible(layout.agents)
        self.agents.table.leave_out(layout.without_columns)
        self.setFocusProxy(self.agents.table if layout.agents else self.head.layouts)
        self._show_everything()

    @property
    def title(self) -> str:
        """What the layout is called."""
        return self._title

    def _queues(self) -> tuple[UUID, ...]:
        """The queues shown, in order."""
        assert self._board is not None
        there = self._board.queues
        return there if self._only is None else tuple(key for key in self._only if key in there)

    def _which(self) -> Which:
        """What charts and totals are about."""
        if self._queue is not None:
            return self._queue
        return None if self._only is None else self._queues()

    def choose_queue(self, queue_id: UUID | None) -> None:
        """Charts and agents of one queue; the same again: of all."""
        self._queue = None if queue_id == self._queue else queue_id
        self._show_choice()

    def place_strip(self, strip: QWidget) -> None:
        """Below the tiles."""
        self._inside.insertWidget(self._inside.indexOf(self.tiles) + 1, strip)

    def wanted_queue(self) -> UUID | None:
        """The one that is chosen, else the one that an alarm is about."""
        return self._queue or (self._alarm_key[0] if self._alarm_key is not None else None)

    def next_alert(self) -> None:
        """To the next alarm, if there are several."""
        alarms = self._open_alarms()
        if alarms:
            keys = [alarm.key for alarm in alarms]
            at = keys.index(self._alarm_key) + 1 if self._alarm_key in keys else 0
            self._alarm_key = keys[at % len(keys)]
            self.show_alarms()

    def focus_filter(self) -> None:
        """To the field that finds an agent."""
        self.agents.focus_filter()

    # ------------------------------------------------------------------ time

    def _now(self) -> datetime:
        """The moment that is shown: waits do not go on while nobody knows whether they do."""
        assert self._board is not None
        return self._as_of or self._board.now()

    @Slot()
    def fed(self) -> None:
        """Something came: shown now, not with the next tick, unless there is too much of it."""
        present = clock.monotonic()
        if self._board is not None and self.isVisible() and present - self._fed_at >= _FED_S:
            self._fed_at = present
            self._show_changes()

    def _tick(self) -> None:
        """Five times a second: changed agents and tiles (in a storm each once a second, in turn).

        One part each: the charts (oftener while they change and it is calm), order, alerts and age.
        """
        board = self._board
        if board is None:
            return
        self._ticks += 1
        part = self._ticks % _TICKS_A_SECOND
        if part == 0:
            board.tick()
        if self._ticks % _REFRESH_TICKS == 0:
            self._show_everything()
            return
        calm = self._show_changes(part)
        self._lately = 0
        chart = self._ticks % len(self.charts) if calm and self._undrawn else part
        if chart < len(self.charts):
            self._undrawn.discard(chart)
            self._show_chart(chart)
        if part == 3:
            self.agents.sort()
            self.agents.tick()
            self.show_alarms()
            self._say_age()
            self._show_state()

    def _show_changes(self, part: int | None = None) -> bool:
        """Changed agents and tiles, with those whose turn it is; whether this is no storm."""
        board = self._board
        assert board is not None
        changes = board.take_changes()
        if changes.everything:
            self._show_everything()
            return True
        self._lately += changes.events
        calm = self._lately <= _CALM_EVENTS
        self.agents.stir(changes.agents & self._listed, calm=calm)
        shown = self._queues()
        if changes.queues:
            self._undrawn.update(range(len(self.charts)))
        self._stirred |= changes.queues if part != 4 else set(shown)  # once a second all: their waits run
        at_once = calm or len(self._stirred) <= _CALM
        for place, queue_id in enumerate(shown):
            if queue_id in self._stirred and (at_once or place % _TICKS_A_SECOND == part):
                self._stirred.discard(queue_id)
                tile = board.tile(queue_id)
                self.tiles.set_one(tile, self._now(), self._longest(tile))
        return calm

    def _show_everything(self) -> None:
        board = self._board
        if board is None or not self.isVisible():
            return
        board.take_changes()
        shown = self._queues()
        tiles = [board.tile(queue_id) for queue_id in shown]
        if self._queue is not None and self._queue not in shown:
            self._queue = None
        self.tiles.set(tiles, self._now(), [self._longest(tile) for tile in tiles])
        self._listed = frozenset(board.agents)
        self.agents.set_everybody(None if self._only is None else board.members(shown))
        self.agents.set_lines(board.agent_lines(), board.agent_line)
        self._show_choice()
        self.show_alarms()
        self._say_age()
        self._show_state()

    def _show_choice(self) -> None:
        board = self._board
        if board is None:
            return
        self.tiles.choose(self._queue)
        if self._queue is None:
            self.agents.show_queue(None)
        else:
            label = board.tile(self._queue).queue.label
            self.agents.show_queue(self._queue, label, board.members(self._queue))
        for part in range(3):
            self._show_chart(part)

    def _longest(self, tile: QueueTile) -> Figure:
        assert self._board is not None
        entries = () if tile.longest_since is None else (tile.longest_since,)
        scope = Scope(subject=tile.queue.label)
        return metrics.longest_wait_now(entries, self._now(), scope)

    # ---------------------------------------------------------------- charts

    def _show_chart(self, part: int) -> None:
        board, which = self._board, self._which()
        if board is None or not self._queues() or self.charts[part].isHidden():
            return
        level, offered, waiting = self.charts
        if part == 0:
            level.set(board.intervals(which), board.day, board.target(which))
        elif part == 1:
            tally, scope = board.tally(which), board.scope(which)
            total, lost = metrics.visits_offered(tally, scope), metrics.abandon_rate(tally, scope)
            offered.set(board.intervals(which), board.day, total, lost, self.expected(board, which))
        elif self._queue is not None:
            waiting.set(board.day, board.tile(self._queue).queue.label, board.waiting_series(which))
        else:
            each = [(board.waiting_series(key), key) for key in self._queues()]
            busiest, key = max(each, key=lambda entry: sum(entry[0].values))
            name = board.tile(key).queue.label if busiest.peak and len(each) > 1 else ""
            words = self.tr("All queues") if self._only is None else self._title
            waiting.set(board.day, words, board.waiting_series(which), name, busiest if name else None)

    # ---------------------------------------------------- what figures count

    def _tile_figure(self, queue_id: UUID, place: int) -> None:
        if place == TAKE:
            self.take_wanted.emit(queue_id)
        elif place == 2:
            self.visits_wanted.emit(Behind(queue_id, parts=IN_LEVEL))
        else:
            self.visits_wanted.emit(Behind(queue_id, waiting_at=self._now()))

    def _chart_point(self, part: int, x: float) -> None:
        """``x``: seconds of the day."""
        board = self._board
        if board is None:
            return
        if part == 2:
            series = board.waiting_series(self._which())
            step = series.step_at(board.day.start + timedelta(seconds=x))
            self.visits_wanted.emit(Behind(self._which(), waiting_at=series.end_of(step)))
            return
        index = int(x // INTERVAL.total_seconds())
        if 0 <= index < len(board.intervals(self._which())):
            self.visits_wanted.emit(Behind(self._which(), interval=index, parts=frozenset() if part else IN_LEVEL))

    def _chart_figure(self, part: int, place: int) -> None:
        board = self._board
        if board is None:
            return
        if part == 1:
            self.visits_wanted.emit(Behind(self._which(), parts=frozenset({Part.ABANDONED}) if place else frozenset()))
        elif part == 2:
            series = board.waiting_series(self._which())
            at = series.end_of(series.values.index(series.peak)) if place and series.values else board.now()
            self.visits_wanted.emit(Behind(self._which(), waiting_at=at))
        else:
            last = next((bar for bar in reversed(board.intervals(self._which())) if bar.level is not None), None)
            if last is not None:
                self.visits_wanted.emit(Behind(self._which(), interval=last.index, parts=IN_LEVEL))

    def _size_charts(self) -> None:
        """A little lower on a low window, so that the table keeps its place."""
        low = self.height() < theme.px(760)
        self._chart_box.setFixedHeight(150 + theme.px(46 if low else 76))

    # ------------------------------------------------------------ alerts, age

    def set_alarms(self, alarms: Alarms) -> None:
        """What watches the live board; they are not shown over a past one."""
        self._alarms = alarms
        self.show_alarms()

    def _open_alarms(self) -> Sequence[Alarm]:
        if self._alarms is None or self.time.isVisible():
            return ()
        return [
            alarm
            for alarm in self._alarms.now
            if not alarm.acknowledged and (self._only is None or alarm.queue.id in self._only)
        ]

    def show_alarms(self) -> None:
        """They have changed."""
        alarms, board = self._open_alarms(), self._board
        self.tiles.set_alarms({} if self._alarms is None or self.time.isVisible() else self._alarms.passed())
        if not alarms or board is None:
            self._alarm_key = None
            self.alert.set(None)
            return
        at = next((place for place, alarm in enumerate(alarms) if alarm.key == self._alarm_key), 0)
        self._alarm_key = alarms[at].key
        self.alert.set(alarms[at], board.day.clock(alarms[at].since), at, len(alarms))

    def _acknowledge(self) -> None:
        if self._alarm_key is not None and self._alarms is not None:
            self._alarms.acknowledge(self._alarm_key)
            self.show_alarms()

    def _acknowledge_all(self) -> None:
        """Those that are in turn here: a queue that the layout leaves out was not looked at."""
        for alarm in self._open_alarms():
            assert self._alarms is not None
            self._alarms.acknowledge(alarm.key)
        self.show_alarms()
        self.agents.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_queue(self, queue_id: UUID) -> None:
        if queue_id != self._queue:
            self.choose_queue(queue_id)
        self.agents.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _say_age(self) -> None:
        """How old what is shown is: in the first line, and on everything once it is old."""
        board, view = self._board, self._feed
        if board is None:
            return
        past = self.time.isVisible()  # that time has passed is said by its bar
        self.head.setVisible(not past)
        old = view.is_old and not past
        if not old:
            self._as_of = None
        elif self._as_of is None:
            self._as_of = board.now() - timedelta(seconds=view.age_s)
        self._show_age(feed_words.age(view.age_s) if old else "")
        if past:
            self.banner.set("")
            return
        last = (board.now() - board.last_event_at).total_seconds() if board.last_event_at is not None else None
        wrong, explained = feed_words.headline(view), feed_words.explanation(view, board.day.clock)
        self.head.set_feed(view, "" if wrong else feed_words.calm(view, last, board.day.clock), explained)
        if wrong:
            icon, tone = feed_words.ICONS[view.flow], feed_words.tone(view)
            self.banner.set(wrong, feed_words.advice(view), icon, tone, explained)
        elif view.flow is Flow.LOCAL and last is not None and last > _QUIET_AFTER_S:
            self.banner.set(
                self.tr("No news from the queues for {0}.").format(clock_text(last)),
                self.tr("Either nothing happens, or the feed from the phone system has stopped."),
            )
        else:
            self.banner.set("")

    def _show_age(self, age: str) -> None:
        if age != self._age:
            self._age = age
            self.tiles.set_age(age)
            self.agents.set_age(age)
            for chart in self.charts:
                chart.set_age(age)

    def _show_state(self) -> None:
        board = self._board
        if board is None or not board.queues:
            words = self.tr("No queues yet"), self.tr("The board shows a queue as soon as one is set up.")
        elif not board.tally().entered and all(tile.signed_in == 0 and not tile.waiting for tile in board.tiles()):
            words = self.tr("No calls yet today"), self.tr("Figures appear with the first caller.")
        else:
            self._states.show_content()
            return
        if self._feed.is_old:  # nothing is known, which is not that there is nothing
            words = self.tr("Nothing is known yet"), feed_words.advice(self._feed)
        self._states.show_empty(*words, "layout-dashboard")

    # ----------------------------------------------------------------- Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self.looked_at.emit(self, True)
        self._show_everything()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self.looked_at.emit(self, False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On a low window the agents are brought up by whatever key leads to them."""
        if event.type() == QEvent.Type.FocusIn:
            self._scroll.ensureWidgetVisible(self.agents, 0, 0)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size_charts()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._size_charts()

    def minimumSizeHint(self) -> QSize:
        return QSize(600, 400)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "/":
            self.focus_filter()
        elif event.key() == Qt.Key.Key_Escape and self._queue is not None:
            self.choose_queue(None)
        else:
            super().keyPressEvent(event)
