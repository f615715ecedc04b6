"""All threads of the desktop: two database lanes, a pool for the rest, and the deadlines over them.

``call`` and ``browse`` are one thread each, with its own state (a database connection) made on that thread: the pop and
the writes never wait behind a report. Results come back on the thread that owns the ``Tasks`` object (the interface).
"""

import contextlib
import itertools
import logging
import queue
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from agent_desktop import clock, deadlines
from agent_desktop.deadlines import Late as Late

T = TypeVar("T")
log = logging.getLogger("tasks")
_TO_SAY_SO_S = 0.2  # of a job's time is left for its own words about why it did not get done

_TO_GET_DONE = 1 / 6  # of a job's time must be left when it begins: behind a backlog all would end as late as the first


class Handle:
    """A piece of work under way; ``cancel`` drops its answer, and the work itself if it has not begun.

    ``interrupt``, where there is one, ends what has begun; it must return at once.
    """

    def __init__(self, then: Callable[[Any], None], failed: Callable[[Exception], None] | None, deadline_s: float):
        self.then = then
        self.failed = failed
        self.deadline = clock.monotonic() + deadline_s
        self.begin_until = self.deadline - deadline_s * _TO_GET_DONE  # later it would only be cut off half done
        self.work_until = self.deadline - min(_TO_SAY_SO_S, deadline_s / 4)
        self.cancelled = False
        self.settled = False
        self.interrupt: Callable[[], None] | None = None

    def cancel(self) -> None:
        """Drop the answer."""
        asked_before, self.cancelled = self.cancelled, True
        if self.interrupt is not None and not asked_before and not self.settled:
            self.interrupt()


class Gate:
    """A signal's ``emit`` for other threads: once ``close`` returns, none of them is in it or gets there any more."""

    def __init__(self, emit: Callable[..., None]):
        self._emit: Callable[..., None] | None = emit
        self._lock = threading.Lock()

    def __call__(self, *said: Any) -> None:
        with self._lock:
            if self._emit is not None:
                self._emit(*said)

    def close(self) -> None:
        """To be called before the signal's object goes."""
        with self._lock:
            self._emit = None


_NOT_BEGUN = object()
_outlived: list[tuple[Handle, Callable[[], Any]]] = []  # jobs that did not end when their Tasks did


class _Jobs:
    """What was given to be done. A thread knows a job by its number, and never holds the last reference to it.

    A job's functions may be all that is left of a screen. Taken apart on another thread than the interface's its
    timers stay behind, and the process dies when they are due.
    """

    def __init__(self, arrived: Callable[[int, Any, Exception | None], None]):
        self._arrived = Gate(arrived)
        self._given: dict[int, tuple[Handle, Callable[[], Any]]] = {}
        self._running: set[int] = set()
        self._closed = False
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)

    def add(self, handle: Handle, job: Callable[[], Any]) -> int:
        """Its number."""
        number = next(self._numbers)
        self._given[number] = (handle, job)
        return number

    def run(self, number: int) -> None:
        """Do it, on the thread that calls, unless nobody wants it any more."""
        with self._lock:
            if self._closed:
                return
            self._running.add(number)
        answer = self._do(number)
        self._running.discard(number)
        self._arrived(number, *answer)

    def _do(self, number: int) -> tuple[Any, Exception | None]:
        """Its result (_NOT_BEGUN if it was left out) or error; what it asks of a database ends with its deadline."""
        handle, job = self._given[number]
        if handle.cancelled or handle.settled or clock.monotonic() > handle.begin_until:
            return _NOT_BEGUN, None
        try:
            with deadlines.job_until(handle.work_until):
                return job(), None
        except Exception as caught:  # noqa: BLE001 - it is handed to whoever asked
            return None, _without_frames(caught)

    def let_go(self, number: int) -> None:
        """On the interface's thread, when the answer has come."""
        self._given.pop(number, None)

    def close(self) -> None:
        """On the interface's thread: begin and deliver nothing more."""
        with self._lock:
            self._closed = True
        self._arrived.close()
        _outlived.extend(self._given[number] for number in list(self._running))
        self._given.clear()


def _without_frames(error: Exception) -> Exception:
    """The error with its stack as a note for the log: the stack itself refers to the job."""
    if not getattr(error, "__notes__", None):  # not told before
        error.add_note("".join(traceback.format_tb(error.__traceback__)))
    each: BaseException | None = error
    while each is not None:
        each.__traceback__ = None
        each = each.__context__
    return error


class _Lane(threading.Thread):
    """One worker thread that owns one state object, such as a database connection."""

    def __init__(self, name: str, run_job: Callable[[int], None]):
        super().__init__(name=name, daemon=True)
        self._run_job = run_job
        self._numbers: queue.SimpleQueue[int | None] = queue.SimpleQueue()

    def put(self, number: int) -> None:
        self._numbers.put(number)

    def stop(self) -> None:
        self._numbers.put(None)

    def run(self) -> None:
        while (number := self._numbers.get()) is not None:
            self._run_job(number)


class Listener(threading.Thread):
    """The thread that waits for the database to say something: ``run_until`` gets the event that ends it.

    It may outlive whoever it tells something: that goes through a ``Gate``.
    """

    def __init__(self, run_until: Callable[[threading.Event], None]):
        super().__init__(name="database-listener", daemon=True)
        self._run_until = run_until
        self._stopping = threading.Event()

    def run(self) -> None:
        self._run_until(self._stopping)

    def stop(self) -> None:
        """Tell it to end; it may be waiting for an answer meanwhile."""
        self._stopping.set()


class Tasks(QObject):
    """Signals: none for others; answers arrive as calls of the functions given."""

    _arrived = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._open: dict[int, Handle] = {}
        self._arrived.connect(self._settle, Qt.ConnectionType.QueuedConnection)
        self._jobs = _Jobs(self._arrived.emit)
        self._call = _Lane("database-call", self._jobs.run)
        self._browse = _Lane("database-browse", self._jobs.run)
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="work")
        self._call.start()
        self._browse.start()
        self._watch = QTimer(self)
        self._watch.setInterval(100)
        self._watch.timeout.connect(self._expire)

    def call(
        self,
        job: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        deadline_s: float = 5.0,
    ) -> Handle:
        """Run ``job`` on the lane of pops and writes."""
        return self._start(self._call.put, job, then, failed, deadline_s)

    def browse(
        self,
        job: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        deadline_s: float = 30.0,
    ) -> Handle:
        """Run ``job`` on the lane of searches, lists and reports."""
        return self._start(self._browse.put, job, then, failed, deadline_s)

    def work(
        self,
        job: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        deadline_s: float = 60.0,
    ) -> Handle:
        """Run ``job``, which has no database connection of its own kept for it, on the pool."""
        return self._start(self._to_the_pool, job, then, failed, deadline_s)

    def later(self, job: Callable[[], None]) -> None:
        """Run ``job`` on the pool; nobody waits for it, and at the end of the program it may be left out."""
        with contextlib.suppress(RuntimeError):  # the pool has ended
            self._pool.submit(job)

    def stop(self, wait_s: float = 2.0) -> None:
        """Drop what is open and end the threads."""
        for handle in self._open.values():
            handle.cancel()
        self._open.clear()
        self._watch.stop()
        for lane in (self._call, self._browse):
            lane.stop()
        for lane in (self._call, self._browse):
            lane.join(wait_s)
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._jobs.close()

    def _to_the_pool(self, number: int) -> None:
        self._pool.submit(self._jobs.run, number)

    def _start(
        self,
        put: Callable[[int], None],
        job: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None,
        deadline_s: float,
    ) -> Handle:
        handle = Handle(then, failed, deadline_s)
        number = self._jobs.add(handle, job)
        self._open[number] = handle
        if not self._watch.isActive():
            self._watch.start()
        put(number)
        return handle

    @Slot(int, object, object)
    def _settle(self, number: int, result: Any, error: Exception | None) -> None:
        self._jobs.let_go(number)
        if result is _NOT_BEGUN:  # too late, unless nobody waits for it: it ends as such in its own time
            return
        handle = self._open.pop(number, None)
        if handle is None or handle.cancelled or handle.settled:
            return
        self._finish(handle, result, error)

    def _finish(self, handle: Handle, result: Any, error: Exception | None) -> None:
        handle.settled = True
        if error is None:
            handle.then(result)
        elif handle.failed is not None:
            handle.failed(error)
        else:
            log.error("background work failed", exc_info=error)

    @Slot()
    def _expire(self) -> None:
        now = clock.monotonic()
        for number, handle in list(self._open.items()):
            if handle.cancelled:
                del self._open[number]
            elif now > handle.deadline:
                del self._open[number]
                self._finish(handle, None, Late("the answer did not come in time"))
        if not self._open:
            self._watch.stop()
