"""Ending a statement that runs on another thread's connection, and a connection nobody answers on."""

import contextlib
import os
import socket
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from agent_desktop.deadlines import Watch

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_CANCEL_S = 1.0  # a server that does not take the request by then is away
_TRIES, _AGAIN_S = 10, 0.05
_EVERY = 5_000  # steps of SQLite's machine between two looks at whether to go on: well under a millisecond


class Running:
    """What one question has its connection do; ``stop`` ends it, from any thread.

    A question never goes on to its end while it is being stopped: else the next one on this connection would be hit.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._driver: Any = None
        self.stopped = False

    @contextlib.contextmanager
    def on(self, session: "Session") -> Iterator[None]:
        """While this block runs, ``stop`` ends the statement of its session."""
        driver: Any = session.connection().connection.driver_connection
        file = hasattr(driver, "set_progress_handler")
        if file:
            driver.set_progress_handler(lambda: self.stopped, _EVERY)
        with self._lock:
            self._driver = None if file else driver
        try:
            yield
        finally:
            with self._lock:
                self._driver = None
            if file:
                driver.set_progress_handler(None, 0)

    def stop(self) -> None:
        """End the statement, if one runs. On a server this asks over the network: not from the interface's thread."""
        self.stopped = True
        for _ in range(_TRIES):  # between two statements a request hits none
            with self._lock:
                if self._driver is None:
                    return
                _cancel(self._driver)
            time.sleep(_AGAIN_S)


class Line:
    """What a thread waits on: a server's connection, which once there is one has to answer ``within_s``."""

    def __init__(self, within_s: float):
        self.within_s = within_s
        self.driver: Any = None
        self.watch: Watch | None = None
        self.cut = False

    def reached(self, driver: Any) -> None:
        """The driver has connected: from now on it has its time."""
        self.driver = driver
        if self.watch is not None:
            self.watch.renew(self.within_s)
        if self.cut:
            shut(driver)  # there was nothing to shut when its time was over

    def shut(self) -> None:
        """Have whoever waits on it get an error now; from any thread."""
        self.cut = True
        if self.driver is not None:
            shut(self.driver)


def shut(driver: Any) -> None:
    """Shut the socket of a server's connection, whatever it waits for; it can only be closed then."""
    with contextlib.suppress(Exception):  # it is closed already
        number = driver.pgconn.socket
        # Windows knows its sockets by handles that cannot be duplicated like files.
        line = socket.socket(fileno=number if os.name == "nt" else os.dup(number))
        try:
            line.shutdown(socket.SHUT_RDWR)
        finally:
            line.detach() if os.name == "nt" else line.close()


def _cancel(driver: Any) -> None:
    import psycopg

    try:
        driver.cancel_safe(timeout=_CANCEL_S)
    except psycopg.Error:
        shut(driver)  # whoever waits for that statement would wait for ever
