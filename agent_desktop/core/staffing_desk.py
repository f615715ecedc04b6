"""What the staffing screen asks: the running quarter hour worked out beside the interface, a day's plan from the past.

The past is read in pieces on the lane of lists, so that it can be watched and stopped; it is kept while its queue and
day stay, and another day, grain or aim is worked out from it at once.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from agent_desktop import clock, data, tasks
from agent_desktop.core import queue_past
from agent_desktop.core.intervals import SiteDay
from agent_desktop.core.live import Live
from agent_desktop.core.staff_plan import Aims, History, Wanted, plan
from agent_desktop.core.staffing import Change, Measured, Projection, measure, projections
from agent_desktop.core.store import Store
from agent_desktop.data.centre_rows import QueueRow
from agent_desktop.data.errors import DatabaseTrouble, Refused
from agent_desktop.data.rows import Changed
from agent_desktop.data.staffing_rows import AimRow, HolidayRow, PlannedRange, StaffingKnown


class Now(msgspec.Struct, frozen=True):
    """``each``: the running quarter hour with fewer and more agents; empty with too little data."""

    measured: Measured
    change: Change
    each: tuple[Projection, ...]

    def with_agents(self, more: int) -> Projection | None:
        return next((one for one in self.each if one.more == more), None)


class StaffingDesk(QObject):
    """One queue at a time. Signals:

    projected(Now); planned(DayPlan); known_changed(StaffingKnown); progressed(0..1) while the past is read;
    failed(text, advice): no plan; stopped() when the reading was cancelled; saved(); not_saved(words).
    """

    projected = Signal(object)
    planned = Signal(object)
    known_changed = Signal(object)
    progressed = Signal(float)
    failed = Signal(str, str)
    stopped = Signal()
    saved = Signal()
    not_saved = Signal(str)

    def __init__(self, store: Store, pool: tasks.Tasks, live: Live):
        super().__init__()
        self._store, self._pool, self._live = store, pool, live
        self.queue_id: UUID | None = None
        self.day: date | None = None
        self.grain = 1
        self.known: StaffingKnown | None = None
        self._change: Change | None = None  # asked for while another is worked out
        self._working = False
        self._rests_until = 0.0
        self._history: History | None = None
        self._history_of: tuple[UUID, date, ZoneInfo] | None = None
        self._reading: tasks.Handle | None = None
        self._planning: tasks.Handle | None = None
        store.changed.connect(self._changed)

    @property
    def today(self) -> date:
        board = self._live.board
        return SiteDay.of(board.now(), board.zone).date

    def queues(self) -> tuple[QueueRow, ...]:
        """Those that may be looked at, in the board's order."""
        return self._live.board.rows()[0]

    def choose(self, queue_id: UUID, day: date, grain: int) -> None:
        """What plans are about from now on."""
        same = (queue_id, day) == (self.queue_id, self.day)
        self.queue_id, self.day, self.grain = queue_id, day, grain
        if not same or self.known is None:
            self.known = None

    # ------------------------------------------------------- the running quarter

    def look(self, change: Change) -> None:
        """Work out the running quarter hour; ``projected`` follows. A newer wish takes the place of one that waits."""
        if self.queue_id is None or self.queue_id not in self._live.board.queues:
            return
        if self._working:
            self._change = change
            return
        self._working, self._change = True, None
        measured, began = measure(self._live.board, self.queue_id), clock.monotonic()

        def done(each: tuple[Projection, ...]) -> None:
            self._working = False
            self._rests_until = clock.monotonic() + 10 * (clock.monotonic() - began)
            if measured.queue.id == self.queue_id:
                self.projected.emit(Now(measured, change, each))
            if self._change is not None:
                self.look(self._change)

        self._pool.work(lambda: projections(measured, change), done, self._not_worked_out)

    def is_rested(self) -> bool:
        """Whether a look that nobody asked for is no burden: none takes more than a tenth of the time."""
        return not self._working and clock.monotonic() >= self._rests_until

    def _not_worked_out(self, error: Exception) -> None:
        self._working = False
        raise error

    # ------------------------------------------------------------------ a day

    def plan(self) -> None:
        """Read what is missing and work out the day; ``planned`` or ``failed`` follows."""
        if self.queue_id is None or self.day is None:
            return
        self._stop()
        queue_id, day, today = self.queue_id, self.day, self.today

        def answer(known: StaffingKnown) -> None:
            self._reading = None
            if (queue_id, day) == (self.queue_id, self.day):
                self.known = known
                self.known_changed.emit(known)
                self._read_past(queue_id, today)

        self._reading = self._store.browse(_question(queue_id, day), answer, self._failed)

    def cancel(self) -> None:
        """Stop reading or working; ``stopped`` follows when there was anything to stop."""
        if self._stop():
            self.stopped.emit()

    def _stop(self) -> bool:
        busy = [handle for handle in (self._reading, self._planning) if handle is not None]
        for handle in busy:
            handle.cancel()
        self._reading = self._planning = None
        return bool(busy)

    def _read_past(self, queue_id: UUID, today: date) -> None:
        zone = self._live.board.zone
        if self._history_of == (queue_id, today, zone) and self._history is not None:
            self._work_out()
            return
        pieces = queue_past.pieces(today)
        self._read_piece(History(zone), queue_id, today, pieces, len(pieces))

    def _read_piece(
        self, history: History, queue_id: UUID, today: date, pieces: Sequence[tuple[date, date]], number: int
    ) -> None:
        """One piece of the past after the other, the newest first."""
        if not pieces:
            self._history, self._history_of = history, (queue_id, today, history.zone)
            self._work_out()
            return

        def question(session: Any) -> None:
            queue_past.add(session, history, queue_id, pieces[0])

        def answer(_nothing: None) -> None:
            self._reading = None
            if queue_id == self.queue_id:
                self._read_piece(history, queue_id, today, pieces[1:], number)

        self._reading = self._store.browse(question, answer, self._failed)
        self.progressed.emit(1 - len(pieces) / number)

    def _work_out(self) -> None:
        history, known, day = self._history, self.known, self.day
        if history is None or known is None or day is None:
            return
        queue = next((row for row in self.queues() if row.id == self.queue_id), None)
        if queue is None:
            return
        aims = aims_of(queue, known.aim)
        holidays = {row.day: row.label for row in known.holidays if row.active}
        wanted = Wanted(day, self.today, self.grain, aims, holidays, known.planned)

        def done(found: Any) -> None:
            self._planning = None
            self.progressed.emit(1.0)
            self.planned.emit(found)

        self._planning = self._pool.work(lambda: plan(history, wanted), done, self._failed)

    def _failed(self, error: Exception) -> None:
        self._reading = self._planning = None
        trouble = error if isinstance(error, DatabaseTrouble) else None
        self.failed.emit(trouble.text if trouble else str(error), trouble.advice if trouble else "")

    # ----------------------------------------------------------------- entered

    def save_aim(self, row: AimRow) -> None:
        """Store what the queue is staffed for; ``saved`` or ``not_saved`` follows, and the day anew."""
        self._write(lambda session: data.staffing.save_aim(session, row))

    def save_holidays(self, rows: Sequence[HolidayRow]) -> None:
        self._write(lambda session: data.staffing.save_holidays(session, rows))

    def save_plan(self, wanted: Sequence[PlannedRange]) -> None:
        self._write(lambda session: data.staffing.plan(session, wanted))

    def _write(self, change: Callable[[Any], object]) -> None:
        def done(_result: object) -> None:
            self.saved.emit()
            self._store.changed.emit(Changed(staffing=True))

        def failed(error: Exception) -> None:
            if not isinstance(error, (Refused, DatabaseTrouble, tasks.Late)):
                raise error
            self.not_saved.emit(error.text if isinstance(error, DatabaseTrouble) else str(error))

        self._store.write_now(change, done, failed)

    @Slot(object)
    def _changed(self, changed: Changed) -> None:
        if (changed.staffing or changed.catalogue) and self.known is not None:
            self.plan()


def aims_of(queue: QueueRow, aim: AimRow) -> Aims:
    """A queue's service level and what else it is staffed for."""
    # A target of 100 % no number of agents reaches: what cannot be told from it is meant.
    target = min(queue.sl_target, 0.9999)
    return Aims(float(queue.sl_threshold_s), target, aim.shrinkage, aim.most_occupied, aim.patient)


def _question(queue_id: UUID, day: date) -> Callable[[Any], StaffingKnown]:
    return lambda session: data.staffing.known(session, queue_id, day)
