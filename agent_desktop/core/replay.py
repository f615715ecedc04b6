"""The board of a past moment: counted from the stored events up to it, as the live board counted them then.

Forwards only what came since is added; backwards the day is counted from its beginning. Queues, thresholds and people
are those of today, and so are their names.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from agent_desktop import clock, data
from agent_desktop.core.board import LOOK_BACK, Board
from agent_desktop.core.intervals import SiteDay
from agent_desktop.core.live import SLICE
from agent_desktop.core.store import Store
from agent_desktop.data.centre_rows import PresenceRow, QueueEventRow
from agent_desktop.data.errors import DatabaseTrouble

_BEGINNING = datetime.min.replace(tzinfo=UTC)
_SECOND = timedelta(seconds=1)


class _Happened(NamedTuple):
    at: datetime
    order: int
    what: QueueEventRow | PresenceRow


class Replay(QObject):
    """``board`` stands at ``moment``. Signals:

    shown(moment): it has come there; progressed(0..1) on the way to a moment far ahead; failed(text, advice).
    """

    shown = Signal(object)
    progressed = Signal(float)
    failed = Signal(str, str)

    def __init__(self, store: Store, live: Board):
        super().__init__()
        self._store, self._live = store, live
        self.moment = live.now()
        self.board = Board(live.zone, lambda: self.moment, live.limits)
        self._day: SiteDay | None = None
        self._asked: date | None = None
        self._known_until = _BEGINNING
        self._happened: list[_Happened] = []
        self._next = 0  # of them, the first that has not been added
        self._target = _BEGINNING
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._count)
        self.speed = 0.0  # seconds a second; 0 stands still
        self._play = QTimer(self)
        self._play.setInterval(1000)
        self._play.timeout.connect(lambda: self.seek(self._target + self.speed * _SECOND))

    def play(self, speed: float) -> None:
        """Let time pass again, ``speed`` times as fast; 0 stops it."""
        self.speed = speed
        if speed:
            self._play.start()
        else:
            self._play.stop()

    def close(self) -> None:
        """Nothing more is counted."""
        self.play(0)
        self._slices.stop()
        self._asked = None

    def seek(self, moment: datetime) -> None:
        """Go to a moment, not after now; ``shown`` or ``failed`` follows."""
        now = self._live.now()
        if moment >= now:
            self.play(0)
            moment = now
        day = SiteDay.of(moment, self._live.zone)
        self._target = moment
        if self._day is None or day.date != self._day.date or moment > self._known_until:
            self._fetch(day)
        elif self._asked is None:
            self._go()

    def _fetch(self, day: SiteDay) -> None:
        if self._asked == day.date:
            return
        self._slices.stop()
        self._asked = day.date
        start, end = day.start - LOOK_BACK, min(day.end, clock.now())

        def question(session: Any) -> list[_Happened]:
            events = data.queues.events_between(session, start, end)
            found = [_Happened(event.at, event.source_seq, event) for event in events]
            for span in data.agents.presence_history(session, start, end):
                row = PresenceRow(span.agent_id, span.presence, span.since, span.reason, span.on_hold)
                found.append(_Happened(span.since, 0, row))
            found.sort(key=lambda entry: entry[:2])
            return found

        def answer(found: list[_Happened]) -> None:
            if self._asked == day.date:
                self._day, self._asked, self._happened, self._known_until = day, None, found, end
                self._begin()
                self._go()

        def missed(error: Exception) -> None:
            if self._asked == day.date:
                self._asked = None
                self.play(0)
                trouble = error if isinstance(error, DatabaseTrouble) else None
                self.failed.emit(trouble.text if trouble else str(error), trouble.advice if trouble else "")

        self._store.browse(question, answer, missed)

    def _begin(self) -> None:
        """An empty board at the day's beginning."""
        queues, agents = self._live.rows()
        self.moment, self._next = self._target, 0
        self.board = Board(self._live.zone, lambda: self.moment, self._live.limits)
        self.board.set_queues(queues)
        self.board.set_agents(agents)

    def _go(self) -> None:
        if self._target < self.moment:
            self._begin()
        self._slices.start()

    @Slot()
    def _count(self) -> None:
        """One slice: a whole day at once would hold up calls."""
        happened, board = self._happened, self.board
        self.moment = self._target
        last = min(self._next + SLICE, len(happened))
        while self._next < last and happened[self._next].at <= self._target:
            what = happened[self._next].what
            if isinstance(what, PresenceRow):
                board.add_presence(what)
            else:
                board.add(what)
            self._next += 1
        if self._next == last < len(happened):
            self.progressed.emit(self._next / len(happened))
            return
        self._slices.stop()
        board.tick()
        self.shown.emit(self.moment)
