"""What the program's exit status tells a script; --help and the README say the same."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit status of the command ``agent-desktop``."""

    OK = 0
    FAILED = 1  # a step of the tour, or a check of doctor or db status, failed
    USAGE = 2
    DATABASE = 3
    RUNNING = 4  # another window has this profile open
    NO_DISPLAY = 5
    NO_WINDOW = 6  # dial and control need one that is open
    INTERNAL = 70  # our fault; the log has the details
    INTERRUPTED = 130  # Ctrl C


MEANING = {
    Exit.OK: "done",
    Exit.FAILED: "a check or a step of the tour failed, or the window could not do it",
    Exit.USAGE: "the command line could not be understood",
    Exit.DATABASE: "the database cannot be used; the message says why",
    Exit.RUNNING: "this profile is already open in another window",
    Exit.NO_DISPLAY: "there is no display to open a window on",
    Exit.NO_WINDOW: "no window is open that could do it",
    Exit.INTERNAL: "a fault of the program; the log has the details",
    Exit.INTERRUPTED: "stopped by Ctrl C",
}
