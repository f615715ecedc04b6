"""Whether whoever is signed in may do something: only the database can say."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from agent_desktop.core.store import Store
from agent_desktop.data.rows import Changed


class Permission(QObject):
    """Asked whenever the database answers anew, and when somebody's role may be another. Signal: changed(bool)."""

    changed = Signal(bool)

    def __init__(self, store: Store, question: Callable[[Any], bool]):
        """``question`` gets a database session."""
        super().__init__()
        self.given = False
        self._store, self._question = store, question
        store.opened.connect(self.look)
        store.changed.connect(self._stored)
        if store.ready:
            self.look()

    @Slot()
    def look(self) -> None:
        """Ask again; until the answer, and without one, it is as before."""
        self._store.browse(self._question, self._told, lambda _error: None)

    def _told(self, given: bool) -> None:
        if given != self.given:
            self.given = given
            self.changed.emit(given)

    @Slot(object)
    def _stored(self, changed: Changed) -> None:
        if changed.catalogue:
            self.look()
