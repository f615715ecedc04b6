"""Free ports of this machine, and waiting for what cannot be waited on."""

import atexit
import contextlib
import fcntl
import os
import random
import socket
import tempfile
import time
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path

HOST = "127.0.0.1"
WAIT_S = 60.0
_given: dict[int, TextIOWrapper] = {}  # given away, but perhaps not yet bound; each with its lock
_KEPT = 40  # so many of them: a dozen test processes of several checkouts at once find ports, too
_WORKERS = 4  # test processes that may run at the same time
_LOCKS = Path(tempfile.gettempdir()) / "agent-desktop-test-ports"  # for the tests of all checkouts on this machine


def free_port(low: int = 21_000, high: int = 21_700, *, voice: bool = False, next_too: bool = False) -> int:
    """A port on 127.0.0.1 that is free for UDP and TCP now, and not one that another test process picks from.

    With ``voice`` the one after the next is free too: SIPp binds both. With ``next_too`` the next one: baresip binds
    that for TLS. 21700-21999 is left for the engines' voice.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % _WORKERS
    share = (high - low) // _WORKERS
    shares = [range(low + one * share, low + (one + 1) * share - 2) for one in range(_WORKERS)]
    # Its own share first; tests of other checkouts may have taken all of that.
    for ports in (shares[worker], *shares[:worker], *shares[worker + 1 :]):
        for port in random.sample(ports, len(ports)):
            wanted = (port, port + 2) if voice else (port, port + 1) if next_too else (port,)
            while len(_given) > min(_KEPT, share // 2):  # the oldest: what was given just now may not be bound yet
                _given.pop(next(iter(_given))).close()
            if all(_claim(wish) for wish in wanted):
                return port
    raise AssertionError(f"no free port between {low} and {high}")


def _claim(port: int) -> bool:
    """Whether it is free and this test process alone may give it away, until it ends.

    Only a claimed port is tried: to try one is to have it for a moment, in which its owner could not bind it.
    """
    if port in _given:
        return False
    _LOCKS.mkdir(mode=0o777, exist_ok=True)
    with contextlib.suppress(PermissionError):  # the folder is another user's
        _LOCKS.chmod(0o777)
    try:
        lock = (_LOCKS / str(port)).open("a")
    except PermissionError:  # another user's
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # another process has it
        lock.close()
        return False
    if not free(port):
        lock.close()
        return False
    _given[port] = lock
    return True


@atexit.register
def _give_back() -> None:
    for lock in _given.values():
        lock.close()
    _given.clear()


def free(port: int) -> bool:
    """Whether UDP and TCP may have this port now."""
    with contextlib.ExitStack() as probes, contextlib.suppress(OSError):
        for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
            probes.enter_context(socket.socket(socket.AF_INET, kind)).bind((HOST, port))
        return True
    return False


def udp_bound(port: int) -> bool:
    """Whether somebody has this UDP port: read, not tried, for a try would be in the way of who is about to bind it."""
    return any(line.split()[1].endswith(f":{port:04X}") for line in Path("/proc/net/udp").read_text().splitlines()[1:])


def until(condition: Callable[[], object], what: str, within_s: float = WAIT_S) -> None:
    """Wait for something that cannot be waited on: a file, a process."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"never happened: {what}"
        time.sleep(0.005)  # nothing tells us
