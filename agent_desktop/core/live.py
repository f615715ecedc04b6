"""Keeps the live board fed from the queue events in the database, as they come."""

from collections import deque
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from agent_desktop import clock, data
from agent_desktop.core.board import Board
from agent_desktop.core.centre import Centre
from agent_desktop.core.site_zone import local_zone, zone_of
from agent_desktop.core.store import Store
from agent_desktop.core.views import DatabaseView
from agent_desktop.data.centre_rows import PresenceRow, QueueEventRow
from agent_desktop.data.desk_rows import PbxSaid

BATCH = 5_000
SLICE = 300  # about 6 ms
PRESENCE_EVERY_S = 1.0
PBX_EVERY_S = 4.0  # what it does otherwise than a desktop counts after as long


class _News(NamedTuple):
    """``whole``: the day from its beginning, not what came after the last cursor."""

    whole: bool
    cursor: int
    events: tuple[QueueEventRow, ...]
    presences: tuple[PresenceRow, ...] | None
    pbx: dict[UUID, PbxSaid] | None = None  # None without a collector, too
    pbx_asked: bool = False


class Live(QObject):
    """Signals: fed() when the board has taken something in, counted() when it has the whole day for the first time, or
    anew, stale(seconds | None) when the database is away."""

    fed = Signal()
    counted = Signal()
    stale = Signal(object)

    def __init__(self, store: Store):
        super().__init__()
        self.board = Board(local_zone(), store.time.now)
        self._store = store
        self._cursor: int | None = None
        self._asking = False
        self._again = False
        self._counting = True  # a day from its beginning: halves of it are not shown
        self._anew = False  # what is on its way belongs to another zone's day
        self._again_soon = False  # something was left out, or went wrong: the next second looks again
        self._presence_at = -PRESENCE_EVERY_S
        self._pbx_at = -PBX_EVERY_S
        self._pbx_left = False  # something may have changed there since
        self._heard_at = clock.monotonic()
        self._away = False
        self._backlog: deque[QueueEventRow | PresenceRow] = deque()
        self._slices = QTimer(self)
        self._slices.setSingleShot(True)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._feed)
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._second)
        self._clock.start()
        store.opened.connect(self.look)
        store.stirred.connect(self.look)
        store.state_changed.connect(self._state)

    @Slot(object)
    def set_centre(self, centre: Centre) -> None:
        """Which queues this login sees, which people there are, and how long their pauses may last."""
        zone = zone_of(centre.time_zone)
        if zone.key != self.board.zone.key:
            self.board.set_zone(zone)
            self._backlog.clear()
            self._cursor, self._anew = None, self._asking
            if self._store.ready:
                self.look()
        pauses = {reason.label: float(reason.limit_s) for reason in centre.pause_reasons if reason.limit_s}
        self.board.limits = replace(self.board.limits, pauses=pauses)
        self.board.set_queues(centre.watched_queues())
        self.board.set_agents(centre.agents)
        self.fed.emit()

    @property
    def knows_the_day(self) -> bool:
        """Whether all of the day has been counted that was stored when somebody looked."""
        return not self._counting

    def begin(self, cursor: int, events: tuple[QueueEventRow, ...], presences: tuple[PresenceRow, ...]) -> bool:
        """Take the day as another process has read it; False when this one has asked itself."""
        if self._asking or self._cursor is not None:
            return False
        self._take(_News(True, cursor, events, presences))
        return True

    @Slot()
    def look(self) -> None:
        """Fetch what came since the last time; the whole day the first time."""
        if self._asking:
            self._again = True
            return
        self._asking = True
        cursor, start = self._cursor, self.board.load_from
        present, now = clock.monotonic(), self._store.time.now()
        with_presence = cursor is None or present - self._presence_at >= PRESENCE_EVERY_S
        with_pbx = with_presence and present - self._pbx_at >= PBX_EVERY_S
        self._pbx_left = not with_pbx
        if with_pbx:
            self._pbx_at = present
        if with_presence:
            self._presence_at = present
        else:
            self._again_soon = True

        def question(session: Any) -> _News:
            presences = data.agents.presence_now(session) if with_presence else None
            pbx = data.pbx_members.said(session) if with_pbx else None
            if cursor is not None and not with_presence:
                return _News(False, *data.queues.events_since(session, cursor, BATCH), None)
            newest = data.queues.last_event_id(session)  # less than the cursor: an older state was put back
            if cursor is not None and newest >= cursor:
                return _News(False, *data.queues.events_since(session, cursor, BATCH), presences, pbx, with_pbx)
            events = data.queues.events_between(session, start, now + timedelta(days=1))
            return _News(True, newest, events, presences, pbx, with_pbx)

        self._store.browse(question, self._take, self._missed)

    def _take(self, news: _News) -> None:
        self._asking = False
        if self._anew:
            self._anew = self._again = False
            self.look()
            return
        self._cursor, events, presences = news.cursor, news.events, news.presences
        self._heard_at = clock.monotonic()
        if news.whole:
            self.board.load(())
            self._backlog.clear()
            self._counting = True
        self._backlog.extend(events)
        self._backlog.extend(presences or ())
        if news.pbx_asked:
            self.board.pbx.said = news.pbx
        if news.whole or self._backlog:
            self._feed()
        if self._again or len(events) == BATCH:
            self._again = False
            self.look()

    @Slot()
    def _feed(self) -> None:
        """Hand the board a slice: a whole day at once would hold up the screen. The order does not matter to it."""
        for _ in range(min(SLICE, len(self._backlog))):
            row = self._backlog.popleft()
            if isinstance(row, PresenceRow):
                self.board.add_presence(row)
            else:
                self.board.add(row)
        whole, self._counting = self._counting and not self._backlog, self._counting and bool(self._backlog)
        if not self._counting:
            self.fed.emit()
        if whole:
            self.counted.emit()
        if self._backlog and not self._slices.isActive():
            self._slices.start()

    def _missed(self, error: Exception) -> None:
        self._asking = False
        self._again = self._anew = False
        self._again_soon = True

    @Slot()
    def _second(self) -> None:
        self.board.tick()
        if self.board.pbx.compare(self.board.now()):
            self.fed.emit()
        self._again_soon |= self._pbx_left and clock.monotonic() - self._pbx_at >= PBX_EVERY_S
        if self._again_soon and not self._away and self._store.ready:
            self._again_soon = False
            self.look()
        if self._away:
            self.stale.emit(clock.monotonic() - self._heard_at)

    @Slot(object)
    def _state(self, view: DatabaseView) -> None:
        away = bool(view.trouble)
        if away != self._away:
            self._away = away
            if not away:
                self.stale.emit(None)
                self.look()
