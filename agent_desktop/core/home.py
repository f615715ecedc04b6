"""What Home shows: the agent's own day, their queues, their team, their last calls."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from agent_desktop import clock, data
from agent_desktop.core import figures
from agent_desktop.core.board import Board
from agent_desktop.core.board_views import Verdict
from agent_desktop.core.intervals import SiteDay
from agent_desktop.core.store import Store
from agent_desktop.core.views import HomeView, OwnDay, QueueView
from agent_desktop.data.centre_rows import AgentRow, DayFigures
from agent_desktop.data.rows import CallLine

OWN_DAY_EVERY_MS = 3_000
BOARD_EVERY_MS = 1_000
RECENT = 30


class Home(QObject):
    """Signals: changed(HomeView), queues_changed(tuple[QueueView])."""

    changed = Signal(object)
    queues_changed = Signal(object)

    def __init__(self, store: Store, board: Board):
        super().__init__()
        self._store = store
        self._board = board
        self._agent: AgentRow | None = None
        self._figures = OwnDay()
        self._recent: tuple[CallLine, ...] = ()
        self._view: HomeView | None = None
        self._as_of: datetime | None = None
        self._own = QTimer(self)
        self._own.setSingleShot(True)
        self._own.setInterval(OWN_DAY_EVERY_MS)
        self._own.timeout.connect(self.load)
        self._paint = QTimer(self)
        self._paint.setSingleShot(True)
        self._paint.setInterval(BOARD_EVERY_MS)
        self._paint.timeout.connect(self._show)
        store.stirred.connect(self._own_soon)

    def set_agent(self, agent: AgentRow | None) -> None:
        if agent != self._agent:
            self._agent = agent
            self.load()

    @Slot(object)
    def set_stale(self, seconds: float | None) -> None:
        """Nothing has come for so long, because the database is away; None: it is back."""
        if (seconds is None) != (self._as_of is None):
            self._as_of = None if seconds is None else clock.now() - timedelta(seconds=seconds)
            self._show()

    def begin(self, figures: OwnDay, recent: tuple[CallLine, ...]) -> None:
        """What another process has read, with what the board has counted."""
        self._loaded((figures, recent))

    @Slot()
    def board_fed(self) -> None:
        """The board has news: shown within a second."""
        if self._view is None:
            self._show()
        elif not self._paint.isActive():
            self._paint.start()

    @Slot()
    def day_counted(self) -> None:
        """The board has the whole day: shown at once."""
        self._paint.stop()
        self._show()

    @Slot()
    def _own_soon(self) -> None:
        if not self._own.isActive():
            self._own.start()

    @Slot()
    def load(self) -> None:
        """Fetch the agent's own day."""
        agent = self._agent
        if agent is not None:
            zone = self._board.zone
            self._store.browse(lambda session: _own_day(session, agent.id, zone), self._loaded, lambda error: None)

    def _loaded(self, answer: tuple[OwnDay, tuple[CallLine, ...]]) -> None:
        self._figures, self._recent = answer
        self._show()

    @Slot()
    def _show(self) -> None:
        own = self._agent
        tiles = [self._board.tile(queue_id) for queue_id in self._board.queues]
        mine = [tile for tile in tiles if own is not None and own.id in tile.queue.members] or tiles
        queue_views = tuple(
            QueueView(
                queue=tile.queue,
                waiting=tile.waiting,
                longest_since=tile.longest_since,
                service_level=tile.service_level.value,
                verdict=tile.verdict.value if self._as_of is None else Verdict.NONE.value,
                explain=tile.service_level.explain(),
                as_of=self._as_of,
            )
            for tile in mine
        )
        states: dict[str, int] = {}
        for line in self._board.agent_lines():
            if own is not None and line.team == own.team and line.state.value != "offline":
                states[line.state.value] = states.get(line.state.value, 0) + 1
        order = ("ready", "talking", "ringing", "hold", "wrap_up", "paused")
        view = HomeView(
            figures=self._figures,
            queues=queue_views,
            team=own.team if own is not None else "",
            team_states=tuple((state, states[state]) for state in order if state in states),
            recent=self._recent,
        )
        if view != self._view:
            queues_changed = self._view is None or view.queues != self._view.queues
            self._view = view
            self.changed.emit(view)
            if queues_changed:
                self.queues_changed.emit(view.queues)


def _own_day(session: Any, agent_id: UUID, zone: ZoneInfo) -> tuple[OwnDay, tuple[CallLine, ...]]:
    now = clock.now()
    midnight = SiteDay.of(now, zone).start
    whole, hours = data.agents.day_by_hour(session, agent_id, midnight, now + timedelta(minutes=1))
    recent = data.interactions.recent_calls(session, agent_id, limit=RECENT)
    return figures_of(whole, hours, midnight.astimezone(zone)), recent


def figures_of(whole: DayFigures, all_hours: tuple[DayFigures, ...], midnight: datetime) -> OwnDay:
    """The agent's day in words and numbers; ``midnight`` of the site's time, in its zone."""
    hours = [hour for hour in all_hours if hour.handled or hour.wrap_ups]
    since = figures.day_text(midnight.date())
    tr = QCoreApplication.translate
    return OwnDay(
        handled=whole.handled,
        aht_s=whole.handle_time_s,
        talk_s=whole.talk_s / whole.handled if whole.handled else None,
        wrap_up_s=whole.wrap_up_s / whole.wrap_ups if whole.wrap_ups else None,
        handled_by_hour=tuple(float(hour.handled) for hour in hours),
        aht_by_hour=tuple(value for hour in hours if (value := hour.handle_time_s) is not None),
        wrap_up_by_hour=tuple(hour.wrap_up_s / hour.wrap_ups for hour in hours if hour.wrap_ups),
        explain_handled=tr("home", "Calls you answered that have ended, since midnight of {0}, the site’s time").format(
            since
        ),
        explain_aht=tr(
            "home",
            "(talk with holds {0} s + wrap-up {1} s) / {2} calls handled, since midnight of {3}, the site’s time",
        ).format(round(whole.talk_s), round(whole.wrap_up_s), whole.handled, since),
        explain_wrap_up=tr(
            "home", "{0} s of wrap-up / {1} wrap-ups completed, since midnight of {2}, the site’s time"
        ).format(round(whole.wrap_up_s), whole.wrap_ups, since),
    )
