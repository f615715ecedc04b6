"""When something of ours breaks: it is written down, the interface is told, and the program goes on if it can.

An error nobody caught ends no process here, so a call in progress and the journal stay as they are; the journal itself
is durable at every write. What ends a process at once (a fault in a library) leaves its stack in ``abort.txt``.
"""

import faulthandler
import logging
import os
import re
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TextIO

import msgspec

from agent_desktop import clock

log = logging.getLogger("crash")
_KEPT = 5  # stacks of earlier aborts
_NUMBER = re.compile(r"\d[\d ()/.-]{5,}\d")


class Crash(msgspec.Struct, frozen=True):
    """An error nobody caught: one sentence, the stack without customer data, and how often it came so far."""

    summary: str
    details: str
    times: int


on_crash: Callable[[Crash], None] | None = None
"""Set by the interface; called for the first of each kind of crash, on whatever thread it happened."""

crashes: list[Crash] = []
"""The first of each kind, oldest first: what happened before ``on_crash`` was set."""

previous_abort: Path | None = None
"""The stack that the last session of this profile left when it was ended by a fault."""

_seen: dict[tuple[str, str], int] = {}
_abort_file: TextIO | None = None
_lock = threading.Lock()


def start(log_file: Path) -> None:
    """Catch what nobody catches, from now on; stacks of aborts go beside ``log_file``. Again changes nothing."""
    global previous_abort, _abort_file
    if _abort_file is not None:
        return
    log_file.parent.mkdir(parents=True, exist_ok=True)
    previous_abort = _keep_last_abort(log_file.with_name("abort.txt"))
    _abort_file = log_file.with_name("abort.txt").open("w", encoding="utf-8")  # open for good: a fault has no time
    faulthandler.enable(_abort_file)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    sys.unraisablehook = _unraisable


def stop() -> None:
    """Give everything back as Python had it."""
    global _abort_file, on_crash
    sys.excepthook = sys.__excepthook__
    threading.excepthook = threading.__excepthook__
    sys.unraisablehook = sys.__unraisablehook__
    on_crash = None
    crashes.clear()
    _seen.clear()
    if _abort_file is not None:
        faulthandler.disable()
        _abort_file.close()
        _abort_file = None


def report(error: BaseException, where: str) -> Crash:
    """Write down an error of ours and tell the interface. ``where`` says what was going on: "a thread", ..."""
    place = _place(error.__traceback__)
    message = _without_customers("".join(traceback.format_exception_only(error)))
    with _lock:
        times = _seen[type(error).__name__, place] = _seen.get((type(error).__name__, place), 0) + 1
    details = _without_customers("".join(traceback.format_exception(error)))
    crash = Crash(f"{message.splitlines()[0]} ({place}, in {where})", details, times)
    if times == 1:
        log.error("fault in %s: %s", where, details)
        crashes.append(crash)
        _tell(crash)
    elif times in {10, 100, 1_000, 10_000, 100_000}:  # a fault while painting comes at every repaint
        log.error("fault in %s for the %d. time: %s (%s)", where, times, message, place)
    return crash


def _tell(crash: Crash) -> None:
    listener = on_crash
    if listener is None:
        return
    try:
        listener(crash)
    except Exception:  # telling about a fault must not make another one
        log.exception("the fault could not be shown")


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if isinstance(error, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    report(error.with_traceback(trace), "the program")


def _uncaught_in_thread(caught: threading.ExceptHookArgs) -> None:
    if caught.exc_value is not None and not isinstance(caught.exc_value, SystemExit):
        report(caught.exc_value, f"thread {caught.thread.name if caught.thread else '?'}")


def _unraisable(caught: "sys.UnraisableHookArgs") -> None:
    if caught.exc_value is not None:
        report(caught.exc_value, caught.err_msg or "cleaning up")


def _place(trace: TracebackType | None) -> str:
    """file:line where it happened."""
    frames = traceback.extract_tb(trace)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"


def _without_customers(text: str) -> str:
    """A message may quote a phone number or the row it was about to write; a log may not."""
    lines = [line for line in text.strip().splitlines() if not line.lstrip().startswith("[parameters:")]
    return _NUMBER.sub(lambda found: "…" + found.group()[-3:], "\n".join(lines))


def _keep_last_abort(file: Path) -> Path | None:
    """Set aside what the last session left, so that it is not written over; only the newest few stay."""
    try:
        if not file.exists() or not file.stat().st_size:
            return None
        kept = file.with_name(f"abort-{clock.now():%Y%m%dT%H%M%S}-{os.getpid()}.txt")
        file.replace(kept)
        for old in sorted(file.parent.glob("abort-*.txt"))[:-_KEPT]:
            old.unlink()
    except OSError as error:
        log.warning("what the last session left could not be set aside: %s", error)
        return None
    return kept
