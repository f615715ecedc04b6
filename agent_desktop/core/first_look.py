"""The start: what another process has read for Home, while this one made its window, goes onto the screen.

The database is opened behind that, or at once where nobody has read anything: in the same interpreter its libraries
would share the time with the counting and the painting.
"""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from agent_desktop import clock, tasks
from agent_desktop.core.home import RECENT, Home, figures_of
from agent_desktop.core.intervals import SiteDay
from agent_desktop.core.live import Live
from agent_desktop.core.session import Session
from agent_desktop.core.work_list import WorkList
from agent_desktop.data.first_look import FirstAnswer, FirstQuestion, Looking

WITHIN_MS = 500  # after the window was painted: then the database is opened without it


class FirstLook(QObject):
    """Signals: settled(bool) once: Home was given what could be known before the database is open, or not."""

    settled = Signal(bool)

    def __init__(self, session: Session, live: Live, home: Home, work: WorkList, lanes: tasks.Tasks):
        super().__init__()
        self._session, self._live, self._home, self._work = session, live, home, work
        self._tasks = lanes
        self._looking: Looking | None = None
        self._answer: FirstAnswer | None = None
        self._midnight = clock.now()
        self._waits = False
        self._patience = QTimer(self, singleShot=True, interval=WITHIN_MS)
        self._patience.timeout.connect(self._give_up)
        live.counted.connect(self._counted)

    def ask(self, looking: Looking | None, where: str, password: Callable[[], str]) -> None:
        """Have Home's day read. Who works here is known from last time; at the first start there is nothing to ask."""
        agent, board = self._session.agent, self._live.board
        if looking is None or agent is None:
            return
        now = clock.now()
        self._midnight = SiteDay.of(now, board.zone).start
        self._looking = looking
        looking.ask(
            FirstQuestion(
                where=where,
                password=password(),
                agent_id=agent.id,
                board_from=board.load_from,
                board_until=now + timedelta(days=1),
                midnight=self._midnight,
                until=now + timedelta(minutes=1),
                recent=RECENT,
            )
        )

    @property
    def asked(self) -> bool:
        """Whether somebody reads."""
        return self._looking is not None

    def take(self) -> None:
        """Show what was read as soon as it is there; ``settled`` follows. Callers do not wait for that."""
        assert self._looking is not None
        self._waits = True
        self._tasks.work(self._looking.answer, self._take, self._missed)
        self._session.calls_changed.connect(self._called)
        self._patience.start(0 if self._session.book.calls else WITHIN_MS)

    def _take(self, answer: FirstAnswer | None) -> None:
        if not self._waits:
            return  # too late
        if answer is None:
            self._settle(shown=False)
            return
        self._answer = answer
        if not self._live.begin(answer.cursor, answer.events, answer.presences):
            self._settle(shown=False)

    @Slot()
    def _counted(self) -> None:
        answer, self._answer = self._answer, None
        if answer is not None and self._waits:
            midnight = self._midnight.astimezone(self._live.board.zone)
            self._work.begin(answer.work)
            self._home.begin(figures_of(answer.day, answer.hours, midnight), answer.recent)
            self._settle(shown=True)

    def _missed(self, _error: Exception) -> None:
        self._give_up()

    @Slot(object)
    def _called(self, calls: object) -> None:
        if calls:
            self._give_up()

    @Slot()
    def _give_up(self) -> None:
        self._settle(shown=False)

    def _settle(self, *, shown: bool) -> None:
        if self._waits:
            self._waits = False
            self._patience.stop()
            self._session.calls_changed.disconnect(self._called)
            self.settled.emit(shown)
