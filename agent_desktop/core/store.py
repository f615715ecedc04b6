"""The one door to what is kept: writes go through the journal, reads through the two database lanes.

A write is safe (in the journal) when ``put`` returns; it reaches the shared database in the background, and again
after an outage. Screens hear what changed, from this workstation or another one.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer, Signal, Slot

from agent_desktop import clock, data, tasks
from agent_desktop.core.asked_again import AskedAgain
from agent_desktop.core.others_writes import OthersWrites
from agent_desktop.core.server_clock import ServerClock
from agent_desktop.core.views import DatabaseView
from agent_desktop.data.cache import Cache
from agent_desktop.data.errors import DatabaseTrouble, Trouble
from agent_desktop.data.journal import Journal, RefusedRow
from agent_desktop.data.operations import AnyOperation
from agent_desktop.data.rows import Changed
from agent_desktop.data.statement import Running

if TYPE_CHECKING:
    from agent_desktop.data.db import Database
    from agent_desktop.data.standby import Standby

T = TypeVar("T")
log = logging.getLogger("db")

DRAIN = 50  # operations at a time: a pop waits for no more than these
LATER_MS = 100  # what a new call writes goes out after its pop, which the same lane and the same core bring
WRITE_S = (3.0, 10.0, 20.0)  # for one of them, by how often it went wrong: slow is not away
RETRY_MS = (300, 400, 500, 700, 1000, 2000, 5000)  # a standby that takes over is found within a second
SHUT_OUT_MS = 60_000
# The lane that brings the pop also writes: a locked file must not hold it longer than this.
BUSY_TIMEOUT_MS = 400
_NOTHING_THERE_YET = (Trouble.DISK_FULL, Trouble.READ_ONLY)


class Store(QObject):
    """Signals: changed(Changed) after writes of this workstation and of others, stirred() when anybody committed,
    state_changed(DatabaseView), kept() once the journal has what it could not take, or was not given, at once,
    opened() once the database answers, and again when questions went unanswered before."""

    changed = Signal(object)
    stirred = Signal()
    state_changed = Signal(object)
    opened = Signal()
    kept = Signal()

    def __init__(
        self,
        where: str | Path,
        journal: Journal,
        lanes: tasks.Tasks,
        *,
        create: bool = False,
        password: Callable[[], str] = str,
        cache: Cache | None = None,
    ):
        """``password`` is asked on the database's own thread before each try to connect; empty where there is none.

        ``cache`` holds what was seen of a server, for the time it is away.
        """
        super().__init__()
        self.where = where
        self._password = password
        self.journal = journal
        self._tasks = lanes
        self._create = create
        self._cache = cache
        self.time = ServerClock()
        self.read_from_standbys = False  # what the browse lane asks, where the address names several servers
        self._database: Database | None = None
        self._standby: Standby | None = None
        self._trouble: DatabaseTrouble | None = None
        self._journal_trouble: DatabaseTrouble | None = None
        self._opening: tasks.Handle | None = None
        self._asked_again = AskedAgain(self)
        self._asked_again.now.connect(self.opened)
        self._draining = False
        self._failures = 0
        self.before_sending: Callable[[Database], None] | None = None  # asked once before the first write after a gap
        self._careful = True
        self._view = DatabaseView()
        self._unsaved: list[AnyOperation] = []
        self._unsaved_drafts: dict[str, bytes] = {}
        self._finished_drafts: list[str] = []
        self._together = 0
        self._later = QTimer(self, singleShot=True, interval=LATER_MS)
        self._later.timeout.connect(self._drain)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._write_soon)
        self._promised, self._retry = False, QTimer(self, singleShot=True)  # promised: somebody waits for ``kept``
        self._retry.timeout.connect(self._open)
        self.others = OthersWrites(lanes, lambda: self._database if self._trouble is None else None, self.browse)
        self.others.stirred.connect(self.stirred)
        self.others.changed.connect(self.changed)
        self.others.failed.connect(self._browse_failed)

    @property
    def ready(self) -> bool:
        """The database has answered since the start and has not failed since."""
        return self._database is not None and self._trouble is None

    @property
    def view(self) -> DatabaseView:
        return self._view

    def start(self) -> None:
        """Open the database in the background; ``opened`` or ``state_changed`` follow."""
        self._open()
        self.others.start()

    def stop(self) -> None:
        """No more timers; the journal keeps what has not been sent."""
        self._soon.stop()
        self._later.stop()
        self._retry.stop()
        self._asked_again.stop()
        self.others.stop()

    def flush(self, within_s: float = 1.5) -> None:
        """Wait a moment for the writes that are on their way; what does not get there stays in the journal."""
        self.put()  # the last chance of what the journal could not take
        how = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
        wake = QTimer()
        wake.start(50)
        deadline = clock.monotonic() + within_s
        while self.ready and self.journal.waiting_count() and clock.monotonic() < deadline:
            self._drain()
            QCoreApplication.processEvents(how)

    def close(self) -> None:
        """After the lanes have ended."""
        for opened in (self._standby, self._database):
            if opened is not None:
                opened.close()
        if self._cache is not None:
            self._cache.close()

    # ---------------------------------------------------------------- writes

    def put(self, *operations: AnyOperation, finished_draft: str = "") -> bool:
        """Make writes durable here and now, and with them the end of a draft; they go out in the background.

        False when this computer cannot keep them (disk full): they stay in memory, in order, and are tried again, and
        the state says so. Without operations: whether everything given so far is durable.
        """
        self._unsaved.extend(operations)
        if finished_draft:
            self._finished_drafts.append(finished_draft)
            self._unsaved_drafts.pop(finished_draft, None)
        return bool(self._together) or self._write(self._drain)

    @contextmanager
    def together(self, *, at_once: bool = True) -> Iterator[None]:
        """All that is given to ``put`` and ``keep_draft`` inside becomes durable in one step at the end, and goes out a
        little later. Inside both answer True; whether it could be kept, ``put()`` tells afterwards.

        Not ``at_once``: when nothing is left to be painted, or before the next write; ``kept`` follows.
        """
        self._together += 1
        try:
            yield
        finally:
            self._together -= 1
            if not self._together and at_once:
                self._write(self._later.start)
            elif not self._together:
                self._promised = True
                self._soon.start()

    @Slot()
    def _write_soon(self) -> None:
        self._write(self._later.start)

    def _write(self, send: Callable[[], None]) -> bool:
        waiting = self._unsaved or self._unsaved_drafts or self._finished_drafts
        if waiting and not self._give_to_journal(send):
            return False
        if self._promised:
            self._promised = False
            self.kept.emit()
        return True

    def _give_to_journal(self, send: Callable[[], None]) -> bool:
        operations, drafts, finished = self._unsaved, self._unsaved_drafts, self._finished_drafts
        try:
            self.journal.put_many(operations, drafts=drafts, finished_drafts=finished)
        except DatabaseTrouble as trouble:
            self._journal_failed(trouble)
            return False
        self._unsaved, self._unsaved_drafts, self._finished_drafts = [], {}, []
        if operations:
            send()
        if self._journal_trouble is not None:
            self._journal_trouble = None
            self._promised = True
            self._tell()
        return True

    def keep_draft(self, key: str, text: bytes) -> bool:
        """Keep something half done in the journal, over what was kept under this key; False if it cannot yet."""
        if self._together:
            self._unsaved_drafts[key] = text
            return True
        try:
            self.journal.save_draft(key, text)
        except DatabaseTrouble as trouble:
            self._unsaved_drafts[key] = text
            self._journal_failed(trouble)
            return False
        self._unsaved_drafts.pop(key, None)
        return True

    @Slot()
    def _drain(self) -> None:
        self._later.stop()
        if self._draining or self._database is None:
            self._tell()
            return
        self._draining = True
        database, journal = self._database, self.journal
        within_s = WRITE_S[min(self._failures, len(WRITE_S) - 1)]
        look_first = self.before_sending if self._careful else None
        self._careful = False

        def job() -> Changed:
            database.check_schema(within_s)  # somebody may have brought it to a newer one since
            if look_first is not None:
                look_first(database)
            return journal.drain(database, limit=DRAIN, within_s=within_s)

        self._tasks.call(job, self._drained, self._drain_failed, deadline_s=60)

    def _drained(self, changed: Changed) -> None:
        self._draining = False
        self._failures = 0
        self._trouble = None
        self._asked_again.answered()
        if changed:
            self.changed.emit(changed)
        if self.journal.waiting_count() or (self._careful and self.before_sending is not None):
            self._drain()
        self._tell()

    def _drain_failed(self, error: Exception) -> None:
        self._draining = False
        self._fail(error)

    def send_carefully(self) -> None:
        """Have ``before_sending`` asked again, then send what waits."""
        self._careful = True
        self._drain()

    # -------------------------------------------------------- refused writes

    def try_again(self, *rows: RefusedRow) -> None:
        """Send refused writes once more."""
        for row in rows:
            self.journal.try_refused_again(row.seq)
        self._drain()
        self._tell()

    def discard(self, *rows: RefusedRow) -> None:
        """Forget refused writes that somebody has seen; ``undiscard`` takes it back."""
        for row in rows:
            self.journal.dismiss_refused(row.seq)
        self._tell()

    def undiscard(self, row: RefusedRow) -> None:
        """Have a refused write back in the list."""
        self.journal.keep_refused(row)
        self._tell()

    # ----------------------------------------------------------------- reads

    def call(
        self,
        question: Callable[[Any], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        deadline_s: float = 3.0,
    ) -> tasks.Handle | None:
        """Ask on the lane of the pop. ``question`` gets a database session."""
        return self._ask(self._tasks.call, question, then, failed, deadline_s)

    def browse(
        self,
        question: Callable[[Any], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        deadline_s: float = 30.0,
    ) -> tasks.Handle | None:
        """Ask on the lane of lists and reports."""
        return self._ask(self._tasks.browse, question, then, failed, deadline_s)

    def _ask(
        self,
        lane: Callable[..., tasks.Handle],
        question: Callable[[Any], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None,
        deadline_s: float,
    ) -> tasks.Handle | None:
        database = self._database
        if database is None:
            self._asked_again.failed()
            if failed is not None:
                failed(self._trouble or DatabaseTrouble(Trouble.UNREACHABLE, "not open yet"))
            return None
        browsing = lane == self._tasks.browse
        fail = self._browse_failed if browsing else self._fail
        running = Running()

        standby = self._standby if browsing else None

        def job() -> T:
            with _standing_told(database):
                if standby is not None:
                    return standby.ask(question, running)
                with database.read() as session, running.on(session):
                    return question(session)

        def troubled(error: Exception) -> None:
            self._asked_again.failed()
            fail(error)
            if failed is not None:
                failed(error)

        handle = lane(job, then, troubled, deadline_s=deadline_s)
        if browsing and database.is_sqlite:
            handle.interrupt = running.stop
        elif browsing:
            handle.interrupt = lambda: self._tasks.later(running.stop)
        return handle

    @property
    def caches(self) -> bool:
        """Whether anything is kept here for when the server is away."""
        return self._cache is not None

    def aside(
        self, job: Callable[[], T], then: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> tasks.Handle:
        """Do what needs no database, on a thread of its own."""
        return self._tasks.work(job, then, failed)

    def remember(self, key: str, value: Any) -> None:
        """Have a row at hand for when the server is away; nothing where there is none."""
        cache = self._cache
        if cache is not None:
            self._tasks.later(lambda: cache.keep(key, value))

    def recall(self, key: str, kind: type[T]) -> tuple[T, datetime] | None:
        """What this workstation saw last under this key, and when."""
        return self._cache.find(key, kind) if self._cache is not None else None

    def forget(self, is_about: Callable[[bytes], bool]) -> None:
        """Drop what the cache has about something, on the caller's thread."""
        if self._cache is not None:
            self._cache.forget(is_about)

    def write_now(
        self, change: Callable[[Any], T], then: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """For the few writes that must know at once who was first (claims): not through the journal."""
        database = self._database
        if database is None:
            failed(self._trouble or DatabaseTrouble(Trouble.UNREACHABLE, "not open yet"))
            return

        def job() -> T:
            with _standing_told(database), database.write() as session:
                return change(session)

        self._tasks.call(job, then, failed)

    def work_on(
        self, job: "Callable[[Database], T]", then: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Do a step of something long, in transactions of its own, on the lane of lists and reports."""
        database = self._database
        if database is None:
            failed(self._trouble or DatabaseTrouble(Trouble.UNREACHABLE, "not open yet"))
            return
        self._tasks.browse(lambda: job(database), then, failed, deadline_s=60)

    # --------------------------------------------------------------- outages

    @Slot()
    def _open(self) -> None:
        if self._opening is not None and not self._opening.settled:  # many that are late need not ask many times
            return
        self.put()  # what the journal could not take before
        where, known, password = self.where, self._database, self._password
        # A file that was damaged or taken away is put back by somebody: no empty one may be in its place then.
        create = self._create and (self._trouble is None or self._trouble.kind in _NOTHING_THERE_YET)
        read_only = self._trouble is not None and self._trouble.kind is Trouble.READ_ONLY
        if known is not None and read_only:
            self._tasks.browse(known.let_go, lambda _: None, lambda _: None)

        def job() -> "Database":
            if known is not None:
                if read_only:
                    known.let_go()
                known.use_password(password())
                known.check_schema()
                return known
            return data.db.Database.open(where, create=create, busy_timeout_ms=BUSY_TIMEOUT_MS, password=password())

        self._opening = self._tasks.call(job, self._opened, self._fail, deadline_s=30)

    def _opened(self, database: "Database") -> None:
        self._database = database
        if self._standby is None and self.read_from_standbys and data.standby.possible(database):
            self._standby = data.standby.Standby(database)
        self._asked_again.answered()
        if self.journal.waiting_count():
            self._drain()  # whether it can be written shows now
        else:
            self._trouble = None
            if self._careful and self.before_sending is not None:
                self._later.start()
        self._tell()

    def _journal_failed(self, trouble: DatabaseTrouble) -> None:
        if self._journal_trouble is None:
            log.info("journal trouble: %s", trouble)
        self._journal_trouble = trouble
        self._retry_soon()
        self._tell()

    def _browse_failed(self, error: Exception) -> None:
        """A long report makes everything behind it late: whether the database is away, the other lane can tell."""
        if not isinstance(error, tasks.Late):
            self._fail(error)
        elif self._trouble is None:
            self._open()

    def _fail(self, error: Exception) -> None:
        self._careful = True
        if isinstance(error, DatabaseTrouble):
            if self._trouble is None or self._trouble.kind != error.kind:
                log.info("database trouble: %s", error)
            self._trouble = error
        elif isinstance(error, tasks.Late):
            self._trouble = DatabaseTrouble(Trouble.UNREACHABLE, "no answer in time")
        else:
            log.error("a database request failed", exc_info=error)
            return
        self._retry_soon()
        self._tell()

    def sign_in_again(self) -> None:
        """Another password is known, or somebody else should try: at once, not when the next try is due."""
        self._retry.stop()
        self._failures = 0
        self._opening = None
        self._open()

    def _retry_soon(self) -> None:
        if not self._retry.isActive():
            shut_out = self._trouble is not None and self._trouble.kind is Trouble.WRONG_PASSWORD
            # The same wrong password again and again looks like an attack, and is one to whoever counts them.
            wait = SHUT_OUT_MS if shut_out else RETRY_MS[min(self._failures, len(RETRY_MS) - 1)]
            self._retry.start(wait)
            self._failures += 1

    def _tell(self) -> None:
        """Say how the database is, where that is another than before."""
        waiting = self.journal.waiting_count() + len(self._unsaved)
        refused = len(self.journal.refused())
        trouble = self._journal_trouble or self._trouble
        kind = trouble.kind if trouble else None
        view = DatabaseView(trouble.text if trouble else "", trouble.advice if trouble else "", waiting, refused, kind)
        if not trouble and (self._draining or self._later.isActive()):
            view = DatabaseView("", "", 0, refused)  # on its way: nothing to worry about
        if view != self._view:
            self._view = view
            self.state_changed.emit(view)


@contextmanager
def _standing_told(database: "Database") -> Iterator[None]:
    """Who may not work here any more hears that, and not that something could not be found or done."""
    try:
        yield
    except DatabaseTrouble as trouble:
        if trouble.kind in (Trouble.UNEXPECTED, Trouble.FORBIDDEN) and not database.is_sqlite:
            database.check_schema()
        raise
