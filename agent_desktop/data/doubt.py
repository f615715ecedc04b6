"""Whether somebody waits for a server that is not the right one any more: of several hosts the others are asked.

A frozen server and a slow one look the same from here. What tells them apart is a standby that has taken its place: as
long as no other host takes writes, a slow one has the time that its question has.
"""

import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from agent_desktop import clock
from agent_desktop.data.statement import Line

AFTER_S = 1.0  # of waiting the first question is put; after half as long the next one, then ever more rarely
_MOST_S = 2.0


class _Waiting:
    def __init__(self, line: Line):
        self.line = line
        self.due = clock.monotonic() + AFTER_S
        self.every_s = AFTER_S / 2


class Doubts:
    """One thread, begun with the first one who waits, that cuts lines to a server whose place another has taken."""

    def __init__(self, moved_from: Callable[[Line], bool]):
        """``moved_from``, which may take seconds: whether another host than the line's takes writes."""
        self._moved_from = moved_from
        self._changed = threading.Condition()
        self._waiting: set[_Waiting] = set()
        self._looks_at = math.inf
        self._thread: threading.Thread | None = None

    @contextmanager
    def over(self, line: Line) -> Iterator[None]:
        """While this block waits on its line; after it the line is not touched any more."""
        waiting = _Waiting(line)
        with self._changed:
            self._waiting.add(waiting)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="doubts", daemon=True)
                self._thread.start()
            elif waiting.due < self._looks_at:
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._waiting.discard(waiting)

    def stop(self) -> None:
        """End the thread, once it has got its answer."""
        with self._changed:
            self._thread = None
            self._changed.notify_all()

    def _run(self) -> None:
        while threading.current_thread() is self._thread:
            waiting = self._next()
            if waiting is None:
                continue
            moved = self._moved_from(waiting.line)
            with self._changed:
                waiting.due = clock.monotonic() + waiting.every_s
                waiting.every_s = min(_MOST_S, 2 * waiting.every_s)
                if moved and waiting in self._waiting:
                    self._waiting.discard(waiting)
                    waiting.line.shut()

    def _next(self) -> _Waiting | None:
        """Who has waited for long enough, after waiting for that or for a change; None for another look."""
        with self._changed:
            first = min(self._waiting, key=lambda each: each.due, default=None)
            self._looks_at = first.due if first is not None else math.inf
            left = self._looks_at - clock.monotonic()
            if first is not None and left <= 0:
                self._looks_at = math.inf
                return first
            if self._thread is threading.current_thread():
                self._changed.wait(None if first is None else left)
            return None
