"""What a board's day was expected to bring, by quarter hour: the staffing screen's forecast, read once a day and queue.

A queue's past is read in pieces with pauses between them, so that neither the database nor the screen feels it; what is
kept of it is the day's forecast and how the last four weeks' forecasts stood to what came.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import numpy as np
from PySide6.QtCore import QObject, QTimer

from agent_desktop import clock, data, tasks
from agent_desktop.core import queue_past
from agent_desktop.core.board import Board, Which
from agent_desktop.core.forecast import QUARTERS, Counts, forecast, trials
from agent_desktop.core.intervals import INTERVAL, SiteDay
from agent_desktop.core.staff_plan import History, quarter_lengths
from agent_desktop.core.store import Store

PAUSE_MS = 100  # between pieces, for each queue looked at: a board of fifty has the most to paint, and to wait for
_AGAIN_AFTER_S = 60.0  # something went wrong

Day = tuple[date, ZoneInfo]


class Expected(msgspec.Struct, frozen=True):
    """``calls`` by interval of the site's day. ``error``: Σ|forecast − calls| ÷ Σ calls over the quarter hours of the
    last ``tested`` days; None without calls."""

    calls: tuple[float, ...]
    rests_on: int  # days of the same weekday
    error: float | None
    tested: int

    @property
    def total(self) -> float:
        return sum(self.calls)

    def so_far(self, elapsed: float) -> float:
        """What was expected in the first ``elapsed`` intervals, of the last of which only a part may be over."""
        whole = int(elapsed)
        return sum(self.calls[:whole]) + sum(self.calls[whole : whole + 1]) * (elapsed - whole)

    def band(self, index: int) -> tuple[float, float]:
        """As many less and more as forecasts were wrong by."""
        calls, off = self.calls[index], self.error or 0.0
        return calls * max(0.0, 1 - off), calls * (1 + off)


class OfQueue(msgspec.Struct, frozen=True):
    """One queue's: by quarter hour of the local clock. ``trials``: what was expected of a day, and what came."""

    calls: tuple[float, ...]
    rests_on: int
    trials: Mapping[date, tuple[Counts, Counts]]


class DayForecast(QObject):
    """Of the queues that are looked at, of the live board's day: a past one of another day has none."""

    def __init__(self, store: Store, pool: tasks.Tasks):
        super().__init__()
        self._store, self._pool = store, pool
        self._day: Day | None = None
        self._known: dict[UUID, OfQueue] = {}
        self._wanted: tuple[UUID, ...] = ()
        self._reading: UUID | None = None
        self._rests_until = float("-inf")
        self._sums: dict[tuple[UUID, ...], Expected | None] = {}

    def look(self, board: Board) -> None:
        """Read what is missing for the queues that were asked about last; once a second is enough."""
        day = board.day.date, board.zone
        if day != self._day:
            self._day, self._reading = day, None
            self._known.clear()
            self._sums.clear()
        missing = [key for key in self._wanted if key not in self._known]
        if missing and self._reading is None and clock.monotonic() >= self._rests_until:
            self._read(missing[0])

    def expected(self, board: Board, which: Which) -> Expected | None:
        """What these queues together were expected to get on the board's day; None until it is known of all."""
        if which is None:
            which = board.queues
        keys = self._wanted = which if isinstance(which, tuple) else (which,)
        if self._day != (board.day.date, board.zone) or not keys or any(key not in self._known for key in keys):
            return None
        if keys not in self._sums:
            self._sums[keys] = together([self._known[key] for key in keys], board.day)
        return self._sums[keys]

    # ------------------------------------------------------------------ reading

    def _read(self, queue_id: UUID) -> None:
        assert self._day is not None
        day, zone = self._day
        self._reading = queue_id
        self._after_a_pause(History(zone), (day, zone), queue_id, queue_past.pieces(day))

    def _after_a_pause(self, history: History, day: Day, queue_id: UUID, pieces: list[queue_past.Piece]) -> None:
        pause_ms = PAUSE_MS * len(self._wanted)
        QTimer.singleShot(pause_ms, self, lambda: self._piece(history, day, queue_id, pieces))

    def _piece(self, history: History, day: Day, queue_id: UUID, pieces: list[queue_past.Piece]) -> None:
        """One piece of the past after the other, the newest first."""
        if (self._day, self._reading) != (day, queue_id):
            return

        def question(session: Any) -> frozenset[date]:
            queue_past.add(session, history, queue_id, pieces[0])
            return frozenset(row.day for row in data.staffing.holidays(session) if row.active)

        def answer(holidays: frozenset[date]) -> None:
            if pieces[1:]:
                self._after_a_pause(history, day, queue_id, pieces[1:])
            else:
                self._work_out(history, day, queue_id, holidays)

        self._store.browse(question, answer, lambda _error: self._failed(day))

    def _work_out(self, history: History, day: Day, queue_id: UUID, holidays: frozenset[date]) -> None:
        def done(found: OfQueue) -> None:
            if (self._day, self._reading) == (day, queue_id):
                self._reading = None
                self._known[queue_id] = found
                self._sums.clear()

        self._pool.work(lambda: of_queue(history, day[0], holidays), done, lambda _error: self._failed(day))

    def _failed(self, day: Day) -> None:
        if self._day == day:
            self._reading, self._rests_until = None, clock.monotonic() + _AGAIN_AFTER_S


def of_queue(history: History, day: date, holidays: Collection[date]) -> OfQueue:
    """One queue's forecast of a day as the staffing screen makes it the day before, and its last four weeks' trials."""
    known = history.days(day, holidays)
    expected = forecast(known, day, holidays)
    tried = {guess.day: (np.array(guess.calls), came) for guess, came in trials(known, holidays, ahead_days=1)}
    return OfQueue(expected.calls, len(expected.seen), tried)


def together(each: Collection[OfQueue], day: SiteDay) -> Expected | None:
    """Several queues' forecasts added up, with how wrong their sums were; None where nothing is known of any."""
    rests_on = max((one.rests_on for one in each), default=0)
    if not rests_on:
        return None
    calls = sum((np.array(one.calls) for one in each), np.zeros(QUARTERS))
    wrong = came = 0.0
    tested = sorted({tried for one in each for tried in one.trials})
    for tried in tested:
        pairs = [one.trials[tried] for one in each if tried in one.trials]
        total = sum((pair[1] for pair in pairs), np.zeros(QUARTERS))
        wrong += float(np.abs(sum((pair[0] for pair in pairs), np.zeros(QUARTERS)) - total).sum())
        came += float(total.sum())
    lengths = quarter_lengths(day.date, day.zone)
    by_index = []
    for index in range(day.count):
        local = day.starts_at(index).astimezone(day.zone)
        at = local.hour * 4 + local.minute // 15
        # Where the clock shows an hour twice, its quarters share what was expected of them.
        by_index.append(float(calls[at]) * INTERVAL.total_seconds() / lengths[at])
    return Expected(tuple(by_index), rests_on, wrong / came if came else None, len(tested))
