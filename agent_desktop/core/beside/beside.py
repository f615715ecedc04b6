"""The three things that stand beside a board's counts, looked at together."""

from agent_desktop import tasks
from agent_desktop.core.beside.day_forecast import DayForecast
from agent_desktop.core.beside.shift_watch import ShiftWatch
from agent_desktop.core.beside.talk_watch import TalkWatch
from agent_desktop.core.board import Board
from agent_desktop.core.store import Store


class Beside:
    """``talks`` and ``shifts`` follow the board that is shown, also a past one; ``forecast`` the live one's day."""

    def __init__(self, store: Store, pool: tasks.Tasks):
        self.talks = TalkWatch(store)
        self.shifts = ShiftWatch(store)
        self.forecast = DayForecast(store, pool)

    def look(self, shown: Board, live: Board) -> None:
        """Once a second, while somebody looks at it."""
        self.talks.look(shown)
        self.shifts.look(shown)
        self.forecast.look(live)
