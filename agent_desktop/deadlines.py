"""How long work may take: until when the job on this thread has to be done, and a watchdog that ends what hangs."""

import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from agent_desktop import clock


class Late(Exception):
    """The work did not end within its deadline; whatever it still does, its result is dropped."""


class _Job(threading.local):
    until = math.inf


_job = _Job()


@contextmanager
def job_until(moment: float) -> Iterator[None]:
    """What this thread does in the block has to be done at ``moment``, by ``clock.monotonic``."""
    before, _job.until = _job.until, moment
    try:
        yield
    finally:
        _job.until = before


def latest(within_s: float) -> float:
    """When something must be over that begins now: after ``within_s``, but not after the job of this thread."""
    return min(clock.monotonic() + within_s, _job.until)


class Watch:
    """One thing that has to be over at ``until``; ``bitten`` once it was not."""

    def __init__(self, until: float, bite: Callable[[], None]):
        self.until = until
        self.bite = bite
        self.bitten = False

    def renew(self, within_s: float) -> None:
        """It lives, and may take this long again."""
        self.until = latest(within_s)


class Watchdog:
    """One thread, begun with the first thing to watch, that ends whatever is not over by its deadline."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._watched: set[Watch] = set()
        self._looks_at = math.inf  # when the thread looks again by itself
        self._thread: threading.Thread | None = None

    @contextmanager
    def over(self, until: float, bite: Callable[[], None]) -> Iterator[Watch]:
        """Call ``bite`` if this block is not over by then, once. It must return at once, from any thread.

        After the block it is not called any more: what it ends may belong to somebody else by then.
        """
        watch = Watch(until, bite)
        with self._changed:
            self._watched.add(watch)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="watchdog", daemon=True)
                self._thread.start()
            elif until < self._looks_at:
                self._changed.notify()
        try:
            yield watch
        finally:
            with self._changed:
                self._watched.discard(watch)

    def stop(self) -> None:
        """End what is not over now, and the thread; the next thing to watch begins another one."""
        with self._changed:
            for watch in self._watched:
                watch.bitten = True
                watch.bite()
            self._watched.clear()
            self._thread = None
            self._changed.notify_all()

    def _run(self) -> None:
        with self._changed:
            while self._thread is threading.current_thread():
                now = clock.monotonic()
                for watch in [one for one in self._watched if one.until <= now]:
                    self._watched.discard(watch)
                    watch.bitten = True
                    watch.bite()
                # A watch that was renewed meanwhile is only looked at too early.
                self._looks_at = min((watch.until for watch in self._watched), default=math.inf)
                self._changed.wait(None if self._looks_at == math.inf else max(0.0, self._looks_at - now))
