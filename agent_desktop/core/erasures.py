"""Somebody was erased, here or at another desk: what this computer itself keeps of them goes too.

Looked for before anything waiting is sent, at the start and after every outage, and when the database says that
somebody was erased: neither a journal nor a cache brings back who is gone.
"""

import contextlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, Qt, Signal, Slot

from agent_desktop import tasks
from agent_desktop.core.recordings import PREFIX, Kept, Recordings
from agent_desktop.core.store import Store
from agent_desktop.data.cache import Cache
from agent_desktop.data.errors import DatabaseTrouble, Trouble
from agent_desktop.data.journal import Journal
from agent_desktop.data.rows import Changed
from agent_desktop.data.words import RecordingState
from agent_desktop.paths import Profile
from agent_desktop.telephony.recording_format import SUFFIX

if TYPE_CHECKING:
    from agent_desktop.data.db import Database
    from agent_desktop.data.erasure_desk import Gone

log = logging.getLogger("db")
Others = Callable[[set[str]], set[str]]


class Erasures(QObject):
    """No signals for others."""

    _found = Signal(object)  # from the database's thread

    def __init__(self, profile: Profile, store: Store, recordings: Recordings, lanes: tasks.Tasks):
        super().__init__()
        self._profile, self._store, self._recordings, self._tasks = profile, store, recordings, lanes
        self._found.connect(self._clear_recordings, Qt.ConnectionType.QueuedConnection)
        store.before_sending = self.look
        store.changed.connect(self._changed)

    @Slot(object)
    def _changed(self, changed: Changed) -> None:
        if changed.erased or changed.everything:
            self._store.send_carefully()

    def look(self, database: "Database") -> None:
        """Ask who was erased of late and clear journal and cache of them; on the thread that sends."""
        from agent_desktop.data import erasure_desk

        try:
            with database.read() as session:
                gone = erasure_desk.gone(session)
        except DatabaseTrouble as trouble:
            if trouble.kind not in (Trouble.UNEXPECTED, Trouble.FORBIDDEN):
                raise
            log.info("nobody says who was erased: %s", trouble.detail)  # what waits is sent all the same
            return
        if not gone.customers:
            return

        def others(numbers: set[str]) -> set[str]:
            with database.read() as session:
                return erasure_desk.of_others(session, numbers)

        own = self._store.journal
        erasure_desk.clear(own, gone, others, keep=(PREFIX, "cache:"))
        self._store.forget(gone.is_about)
        rest = [path for path in erasure_desk.journals(self._profile.root) if path != own.path]
        clear_files(self._profile, gone, others, rest)
        self._found.emit(gone)

    @Slot(object)
    def _clear_recordings(self, gone: "Gone") -> None:
        self._recordings.erase(gone.interactions)
        store = self._recordings.policy.store
        if gone.files and store:
            from agent_desktop.data import erasure

            folder = Path(store).expanduser()
            self._tasks.work(lambda: erasure.remove_files(folder, gone.files), _nothing, lambda _error: None)


def clear_files(profile: Profile, gone: "Gone", others: Others, journals: list[Path]) -> int:
    """Clear journals that no window has open, the recordings that wait beside them, and caches; how much it was."""
    from agent_desktop.data import erasure_desk

    cleared = 0
    for path in journals:
        try:
            journal = Journal(path)
        except DatabaseTrouble as trouble:
            log.info("a journal could not be looked through: %s", trouble)
            continue
        with contextlib.closing(journal):
            cleared += _lose_recordings(journal, gone.interactions, profile.spool_dir)
            cleared += erasure_desk.clear(journal, gone, others, keep=(PREFIX, "cache:"))
    for path in erasure_desk.caches(profile.root):
        with contextlib.closing(Cache(path)) as cache:
            cache.forget(gone.is_about)
    return cleared


def _lose_recordings(journal: Journal, interactions: frozenset[UUID], spool: Path) -> int:
    """Those that wait beside a journal: the file goes, and the database hears that there is none."""
    lost = 0
    for key, body in journal.drafts().items():
        if not key.startswith(PREFIX):
            continue
        with contextlib.suppress(msgspec.DecodeError):
            kept = msgspec.json.decode(body, type=Kept)
            if kept.interaction_id in interactions and not kept.running:
                (spool / f"{kept.recording_id}{SUFFIX}").unlink(missing_ok=True)
                journal.put_many([kept.said(RecordingState.LOST)], finished_drafts=[key])
                lost += 1
    return lost


def _nothing(_result: object) -> None:
    return
