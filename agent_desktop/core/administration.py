"""What administrators ask and change: straight to the database, with its answer: only that can say yes or no."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from agent_desktop import data, tasks
from agent_desktop.core.permission import Permission
from agent_desktop.core.store import Store
from agent_desktop.data.admin_rows import Administration as Snapshot
from agent_desktop.data.admin_rows import HistoryEntry, PersonRecord, Record, Saved
from agent_desktop.data.rows import Changed

T = TypeVar("T")
Then = Callable[[T], None]
Failed = Callable[[Exception], None]
_CHANGED = Changed(catalogue=True)


class Administration(QObject):
    """Signal: loaded(Snapshot). ``permission``: whether who is signed in may administer.

    Nothing here goes through the journal: an edit that the database did not take was not made.
    """

    loaded = Signal(object)

    def __init__(self, store: Store):
        super().__init__()
        self._store = store
        self._asking: tasks.Handle | None = None
        self._telling: tasks.Handle | None = None
        self.snapshot: Snapshot | None = None
        self.permission = Permission(store, _allowed)

    def load(self, failed: Failed) -> None:
        """Read everything; ``loaded`` follows."""
        if self._asking is not None:
            self._asking.cancel()
        self._asking = self._store.browse(_everything, self._loaded, failed)

    def _loaded(self, snapshot: Snapshot) -> None:
        self._asking = None
        self.snapshot = snapshot
        self.loaded.emit(snapshot)

    def save(self, record: Record, then: Then[Saved], failed: Failed) -> None:
        """Store one record. ``failed`` gets Stale, Refused, DatabaseTrouble or tasks.Late: nobody knows, then."""
        self._write(lambda session: data.admin_people.save(session, record), then, failed)

    def new_password(self, person_id: UUID, then: Then[Saved], failed: Failed) -> None:
        """Make another password for somebody's login."""
        self._write(lambda session: data.admin_people.new_password(session, person_id), then, failed)

    def _write(self, change: Callable[[Any], T], then: Then[T], failed: Failed) -> None:
        def done(result: T) -> None:
            then(result)
            self._store.changed.emit(_CHANGED)

        self._store.write_now(change, done, failed)

    def history(self, record: Record, then: Then[tuple[HistoryEntry, ...]], failed: Failed) -> None:
        """What was done to a record, newest first; a newer question drops the older one's answer."""
        if self._telling is not None:
            self._telling.cancel()
        self._telling = self._store.browse(lambda session: data.admin_people.history(session, record), then, failed)

    def own_admin_ends(self, record: Record) -> bool:
        """Whether storing this takes the administration away from whoever is signed in."""
        snapshot = self.snapshot
        if snapshot is None or not isinstance(record, PersonRecord) or record.id != snapshot.me:
            return False
        before = next((person for person in snapshot.people if person.id == record.id), None)
        if before is None or before.role != "admin":
            return False
        ends = record.access_until is not None and before.access_until is None
        return record.role != "admin" or not record.active or ends


# The queries are imported with the database's own library, on its own thread: not before they are asked.


def _allowed(session: Any) -> bool:
    return data.admin_people.allowed(session)


def _everything(session: Any) -> Snapshot:
    return data.admin_people.load(session)
