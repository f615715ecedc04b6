"""An export, step by step: into a file beside the wanted one, which takes its name once the audit knows of it."""

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import msgspec

from agent_desktop.data import access, audit
from agent_desktop.data.db import Database
from agent_desktop.data.exchange import export_rows, masking, writers

STEP = 500


class Written(msgspec.Struct, frozen=True):
    """How far an export is."""

    customers: int
    total: int
    finished: bool
    masked: bool = False  # without whole numbers and addresses


class Export:
    """``step`` until ``finished``; ``cancel`` leaves nothing behind. ``only``: these customers, else all.

    ``whole``: in a file, where there are no roles, numbers are not masked.
    """

    def __init__(
        self, database: Database, path: Path, kind: str = "", *, only: Sequence[UUID] | None = None, whole: bool = True
    ):
        self.kind = writers.format_of(path, kind)
        self.path = path
        self._database = database
        self._only = list(only) if only is not None else None
        self._part = path.with_name(f".{path.name}.part")
        self._writer: writers.Writer | None = None
        self._behind: export_rows.Place | None = None
        self._done = self._total = self._at = 0
        self._whole = whole
        self._masked = True

    def step(self) -> Written:
        """Write some more. Raises DatabaseTrouble, FileTrouble, OSError: then cancel it."""
        with self._database.read() as session:
            if self._writer is None:
                self._masked = not access.takes_whole_numbers(session, in_file=self._whole)
                count, phones, emails = export_rows.most(session)
                self._total = count if self._only is None else len(self._only)
                self._writer = writers.writer(self.kind, self._part, phones, emails)
            if self._only is None:
                entries, self._behind = export_rows.page(session, self._behind, STEP)
                finished = self._behind is None
            else:
                entries = export_rows.of_customers(session, self._only[self._at : self._at + STEP])
                self._at += STEP
                finished = self._at >= len(self._only)
        for entry in entries:
            self._writer.put(masking.masked(entry) if self._masked else entry)
        self._done += len(entries)
        if finished:
            self._writer.close()
            self._writer = None
            target = f"{self.kind}, masked" if self._masked else self.kind
            with self._database.write() as session:  # first the audit: nobody has a file it does not know of
                audit.record_export(session, "customer", self._done, target=target)
            os.replace(self._part, self.path)
        return Written(self._done, max(self._total, self._done), finished, self._masked)

    def cancel(self) -> None:
        """Leave nothing behind."""
        if self._writer is not None:
            with contextlib.suppress(OSError):
                self._writer.close()
            self._writer = None
        self._part.unlink(missing_ok=True)
