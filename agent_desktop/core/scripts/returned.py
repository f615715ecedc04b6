"""Scripts that were given back to who wrote them: told when it happens, and at every start until they are handed in."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from agent_desktop import data
from agent_desktop.core.permission import Permission
from agent_desktop.core.store import Store
from agent_desktop.data.rows import Changed
from agent_desktop.data.script_rows import ReturnedLine


class Returned(QObject):
    """Signal: changed(tuple[ReturnedLine]), the last one given back first. Only who writes scripts asks."""

    changed = Signal(object)

    def __init__(self, store: Store, agent_id: Callable[[], UUID | None], permission: Permission):
        super().__init__()
        self.lines: tuple[ReturnedLine, ...] = ()
        self._store, self._agent_id, self._permission = store, agent_id, permission
        permission.changed.connect(self.look)
        store.opened.connect(self.look)
        store.changed.connect(self._stored)

    @Slot()
    def look(self) -> None:
        """Ask which there are; without an answer it is as before."""
        agent = self._agent_id()
        if agent is None or not self._permission.given:
            self._take(())
            return

        def question(session: Any) -> tuple[ReturnedLine, ...]:
            return data.scripts.returned(session, agent)

        self._store.browse(question, self._take, lambda _error: None)

    def _take(self, lines: tuple[ReturnedLine, ...]) -> None:
        if lines != self.lines:
            self.lines = lines
            self.changed.emit(lines)

    @Slot(object)
    def _stored(self, changed: Changed) -> None:
        if changed.scripts or changed.catalogue or changed.everything:
            self.look()
