"""The scripts that calls may get, kept here for outages; and versions that runs of earlier days began with."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from agent_desktop import data, log
from agent_desktop.core.scripts.model import Program, Script, said
from agent_desktop.core.store import Store
from agent_desktop.data.rows import Changed
from agent_desktop.data.script_rows import RuleRow, Shelf, VersionRow

CACHE_KEY = "scripts"
logger = log.get("call")


class Book(msgspec.Struct, frozen=True):
    """One version made ready to run."""

    script_id: UUID
    program: Program

    @property
    def key(self) -> str:
        """Its name for the child."""
        return f"{self.script_id} {self.program.version}"

    def title(self, language: str) -> str:
        script = self.program.script
        return said(script.title, language, script.languages[0])[:160]


def opened(row: VersionRow) -> Book | None:
    """A version as it runs; None, and told in the log, for one that this program cannot read."""
    try:
        script = msgspec.convert(row.body, Script)
        parts = msgspec.convert(row.parts, dict[str, Script])
    except msgspec.ValidationError as error:
        logger.info("script %s, version %d, cannot be read: %s", row.key, row.number, error)
        return None
    return Book(row.script_id, Program(script=script, version=row.number, version_id=row.script_id, parts=parts))


def _published(session: Any) -> Shelf:
    """A function of its own, so that the query's module is loaded on the database's thread."""
    return data.scripts.shelf(session)


class Library(QObject):
    """Signals: changed() other scripts or rules."""

    changed = Signal()

    def __init__(self, store: Store):
        super().__init__()
        self._store = store
        self.company = ""
        self.rules: tuple[RuleRow, ...] = ()
        self.books: dict[UUID, Book] = {}  # by script: what is published
        self._older: dict[tuple[UUID, int], Book] = {}
        self.loaded = False
        store.opened.connect(self.load)
        store.changed.connect(self._stored)

    @Slot()
    def load(self) -> None:
        """Read what is published; what this computer had last serves until the answer is there."""
        if not self.loaded:
            kept = self._store.recall(CACHE_KEY, Shelf)
            if kept is not None:
                self._take(kept[0])
        self._store.browse(_published, self._read, lambda _error: None)

    def _read(self, shelf: Shelf) -> None:
        self._store.remember(CACHE_KEY, shelf)
        self._take(shelf)

    def _take(self, shelf: Shelf) -> None:
        self.rules, self.company = shelf.rules, shelf.company
        self.books = {}
        for row in shelf.versions:
            book = opened(row)
            if book is not None:
                self.books[row.script_id] = book
        self.loaded = True
        self.changed.emit()

    def find(self, script_id: UUID, number: int, then: Callable[[Book | None], None]) -> None:
        """A version, also one that is not published any more; None where it cannot be had now."""
        now = self.books.get(script_id)
        if now is not None and now.program.version == number:
            then(now)
            return
        older = self._older.get((script_id, number))
        if older is not None:
            then(older)
            return

        def read(row: VersionRow | None) -> None:
            book = opened(row) if row is not None else None
            if book is not None:
                self._older[script_id, number] = book
            then(book)

        self._store.browse(
            lambda session: data.scripts.version(session, script_id, number), read, lambda _error: then(None)
        )

    @Slot(object)
    def _stored(self, changed: Changed) -> None:
        if changed.scripts or changed.everything:
            self.load()
