"""What others write into the shared database, as it happens: told by the server, or seen on the file."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from agent_desktop import data, tasks
from agent_desktop.data.rows import Changed

if TYPE_CHECKING:
    from agent_desktop.data import changes
    from agent_desktop.data.db import Database

LOOK_MS = 200

Browse = Callable[..., Any]  # as Store.browse: question, then, failed


class OthersWrites(QObject):
    """Signals: stirred() when anybody committed, changed(Changed) with what it was, failed(Exception)."""

    stirred = Signal()
    changed = Signal(object)
    failed = Signal(object)
    _heard = Signal(object)  # from the listener's thread

    def __init__(self, lanes: tasks.Tasks, database: "Callable[[], Database | None]", browse: Browse):
        """``database`` gives the one that answers at present, or None."""
        super().__init__()
        self._tasks = lanes
        self._database = database
        self._browse = browse
        self._looking = False
        self._version = -1  # of a file
        self._cursor: int | None = None  # of the changes in a file
        self._feed: changes.Feed | None = None
        self._listener: tasks.Listener | None = None
        self._heard.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._gate = tasks.Gate(self._heard.emit)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def listening(self) -> bool:
        """It is known from where on every change is told."""
        return self._cursor is not None or (self._feed is not None and self._feed.listening)

    def start(self) -> None:
        """Look from now on."""
        self._timer.start()

    def stop(self) -> None:
        """Look no more, and let the server's connection go."""
        self._timer.stop()
        if self._listener is not None:
            self._listener.stop()
            self._gate.close()

    @Slot()
    def _look(self) -> None:
        database = self._database()
        if database is None:
            return
        if not database.is_sqlite:
            self._listen(database)
        elif not self._looking:
            self._looking = True
            self._tasks.browse(database.data_version, self._looked, self._look_failed, deadline_s=10)

    def _looked(self, version: int) -> None:
        self._looking = False
        if version != self._version:
            self._version = version
            self.stirred.emit()
            cursor = self._cursor
            self._browse(lambda session: data.changes.since(session, cursor), self._read, lambda _error: None)

    def _look_failed(self, error: Exception) -> None:
        self._looking = False
        self.failed.emit(error)

    def _read(self, answer: tuple[Changed, int]) -> None:
        changed, self._cursor = answer
        if changed:
            self.changed.emit(changed)

    def _listen(self, database: "Database") -> None:
        """On a server the changes come by themselves, to a thread of their own."""
        if self._feed is None or self._listener is None:
            self._feed = data.changes.Feed(database, self._gate)
            self._listener = tasks.Listener(self._feed.run)
            self._listener.start()

    @Slot(object)
    def _take(self, changed: Changed) -> None:
        self.stirred.emit()
        self.changed.emit(changed)
