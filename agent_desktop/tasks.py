"""All threads of the desktop: two database lanes, a pool for the rest, and the deadlines over them.

``call`` and ``browse`` are one thread each, with its own state (a database connection) made on that thread: the pop and
the writes never wait behind a report. Results come back on the thread that owns the ``Tasks`` object (the interface).
"""

import contextlib
import itertools
import logging
import queue
import threading
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


class _Lane(threading.Thread):
    """One worker thread that owns one state object, such as a database connection."""

    def __init__(self, name: str, deliver: Callable[[int, Any, Exception | None], None]):
        super().__init__(name=name, daemon=True)
        self._deliver = deliver
        self._jobs: queue.SimpleQueue[tuple[int, Handle, Callable[[], Any]] | None] = queue.SimpleQueue()

    def put(self, number: int, handle: Handle, job: Callable[[], Any]) -> None:
        self._jobs.put((number, handle, job))

    def stop(self) -> None:
        self._jobs.put(None)

    def run(self) -> None:
        while (item := self._jobs.get()) is not None:
            number, handle, job = item
            if handle.cancelled or handle.settled or clock.monotonic() > handle.begin_until:
                continue
            self._deliver(number, *_done(handle, job))


def _done(handle: Handle, job: Callable[[], Any]) -> tuple[Any, Exception | None]:
    """The job's result, or its error; what it asks of a database ends with its deadline."""
    try:
        with deadlines.job_until(handle.work_until):
            return job(), None
    except Exception as caught:  # noqa: BLE001 - it is handed to whoever asked
        return None, caught


class Listener(threading.Thread):
    """The thread that waits for the database to say something: ``run_until`` gets the event that ends it."""

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
        self._numbers = itertools.count(1)
        self._open: dict[int, Handle] = {}
        self._arrived.connect(self._settle, Qt.ConnectionType.QueuedConnection)
        self._call = _Lane("database-call", self._arrived.emit)
        self._browse = _Lane("database-browse", self._arrived.emit)
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

        def put(number: int, handle: Handle, job: Callable[[], Any]) -> None:
            def run() -> None:
                if not handle.cancelled:
                    self._arrived.emit(number, *_done(handle, job))

            self._pool.submit(run)

        return self._start(put, job, then, failed, deadline_s)

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

    def _start(
        self,
        put: Callable[[int, Handle, Callable[[], Any]], None],
        job: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None,
        deadline_s: float,
    ) -> Handle:
        handle = Handle(then, failed, deadline_s)
        number = next(self._numbers)
        self._open[number] = handle
        if not self._watch.isActive():
            self._watch.start()
        put(number, handle, job)
        return handle

    @Slot(int, object, object)
    def _settle(self, number: int, result: Any, error: Exception | None) -> None:
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
