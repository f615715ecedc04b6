"""Logging: named loggers (sip, engine, db, journal, ui, call, practice), and no customer data in any of them.

Of whatever looks like a phone number only the last three digits are written, whoever logged it.
"""

import logging
import logging.handlers
import sys
from pathlib import Path

from agent_desktop import numbers

FORMAT = "%(asctime)s %(levelname)-7s %(name)-8s %(message)s"


class Formatter(logging.Formatter):
    """Writes numbers masked, also those in the text of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        return numbers.mask_text(super().format(record))  # the whole: what an exception says may be cached unmasked


def get(name: str) -> logging.Logger:
    """One of the named loggers."""
    return logging.getLogger(name)


def start(file: Path | None, *, verbose: bool = False) -> None:
    """Send records to ``file`` (rotated at 2 MB, five kept) and warnings to the terminal.

    Once per process, before anything is logged.
    """
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    formatter = Formatter(FORMAT)
    terminal = logging.StreamHandler(sys.stderr)
    terminal.setLevel(logging.DEBUG if verbose else logging.WARNING)
    terminal.setFormatter(formatter)
    root.addHandler(terminal)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        to_file = logging.handlers.RotatingFileHandler(file, maxBytes=2_000_000, backupCount=5, encoding="utf-8")
        to_file.setFormatter(formatter)
        root.addHandler(to_file)
