"""Articles and snippets kept at this desk: fetched while the database answers, asked while it is away."""

import random
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Slot

from agent_desktop import data, tasks
from agent_desktop.core.store import Store
from agent_desktop.data.knowledge_rows import KnowledgeShelf, SnippetRow

T = TypeVar("T")
SHELF, SNIPPETS = "knowledge", "snippets"
FETCH_MS = 15_000  # after the start, and after a change: a caller comes first, and several edits are one
SPREAD_MS = 120_000  # not all desks of a centre at once


class KeptArticles(QObject):
    """In a file, which cannot be away, nothing is kept."""

    def __init__(self, store: Store):
        super().__init__()
        self._store = store
        self._shelf: tuple[KnowledgeShelf, datetime] | None = None  # at hand for as long as the database is away
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.fetch)
        store.opened.connect(self._let_go)

    def fetch_soon(self) -> None:
        if self._store.caches:
            self._later.start(FETCH_MS + random.randrange(SPREAD_MS))

    @Slot()
    def fetch(self) -> None:
        """Keep what is published now; only what is new of it is read."""
        store = self._store
        self._later.stop()

        def question(session: Any) -> KnowledgeShelf:
            kept = store.recall(SHELF, KnowledgeShelf)
            return data.knowledge_shelf.fetch(session, kept[0].articles if kept is not None else ())

        store.browse(question, lambda shelf: store.remember(SHELF, shelf), lambda _error: None)

    def ask(
        self,
        question: Callable[[KnowledgeShelf], T],
        then: Callable[[T, datetime], None],
        otherwise: Callable[[], None],
    ) -> tasks.Handle | None:
        """Ask what is kept, with its age; ``otherwise`` nothing is."""
        if not self._store.caches:
            otherwise()
            return None

        def job() -> tuple[T, tuple[KnowledgeShelf, datetime]] | None:
            kept = self._shelf or self._store.recall(SHELF, KnowledgeShelf)
            return (question(kept[0]), kept) if kept is not None else None

        def answered(found: tuple[T, tuple[KnowledgeShelf, datetime]] | None) -> None:
            if found is None:
                otherwise()
                return
            if not self._store.ready:
                self._shelf = found[1]
            then(found[0], found[1][1])

        return self._store.aside(job, answered, lambda _error: otherwise())

    def keep_snippets(self, rows: tuple[SnippetRow, ...]) -> None:
        self._store.remember(SNIPPETS, rows)

    def snippets(self) -> tuple[SnippetRow, ...]:
        """Those that were here last."""
        kept = self._store.recall(SNIPPETS, tuple[SnippetRow, ...])
        return kept[0] if kept is not None else ()

    @Slot()
    def _let_go(self) -> None:
        self._shelf = None
