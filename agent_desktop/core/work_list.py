"""Callbacks and missed calls: claimed by one, dialled, finished or given back; reminded of when due."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from agent_desktop import clock, data
from agent_desktop.core.call_book import Call
from agent_desktop.core.store import Store
from agent_desktop.core.views import DatabaseView, Notice
from agent_desktop.data import operations as op
from agent_desktop.data.rows import WorkItem
from agent_desktop.data.words import Outcome, WorkKind

REFRESH_MS = 1_000
REMIND_EVERY_MS = 15_000
KEEP_EVERY = timedelta(minutes=1)  # however little changes: its age is told
_REACHED = (Outcome.ANSWERED, Outcome.TRANSFERRED)


class WorkList(QObject):
    """Signals: changed(tuple[WorkItem]), notice(Notice)."""

    changed = Signal(object)
    notice = Signal(object)

    def __init__(self, store: Store, dial: Callable[..., Call | None]):
        """``dial``: as Outgoing.dial."""
        super().__init__()
        self.agent_id: UUID | None = None
        self.items: tuple[WorkItem, ...] = ()
        self.as_of: datetime | None = None  # the database is away: what this computer saw then
        self._loaded_at: datetime | None = None
        self._kept_at = clock.now() - KEEP_EVERY
        self._store = store
        self._dial = dial
        self._calls: dict[str, WorkItem] = {}  # by the call that works it off
        self._reminded: set[UUID] = set()
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self.load)
        self._remind = QTimer(self)
        self._remind.setInterval(REMIND_EVERY_MS)
        self._remind.timeout.connect(self._look_for_due)
        self._remind.start()
        store.stirred.connect(self._soon)
        store.state_changed.connect(self._state)

    @Slot()
    def _soon(self) -> None:
        if not self._refresh.isActive():
            self._refresh.start()

    @Slot()
    def load(self) -> None:
        """Fetch the list."""
        agent_id = self.agent_id
        if agent_id is not None:
            self._store.browse(lambda session: data.work.open_work(session, agent_id), self._loaded, self._away)

    def begin(self, items: tuple[WorkItem, ...]) -> None:
        """What another process has read."""
        self._loaded(items)

    @Slot(object)
    def _state(self, view: DatabaseView) -> None:
        if view.kind is not None and self.items and self.as_of is None:
            self._away(None)
        elif view.kind is None and self.as_of is not None:
            self.load()

    def _away(self, _error: object) -> None:
        """Show what was seen last, and say so."""
        seen = (self.items, self._loaded_at) if self._loaded_at else self._store.recall("work", tuple[WorkItem, ...])
        if seen is not None and (self.items, self.as_of) != seen:
            self.items, self.as_of = seen
            self.changed.emit(self.items)

    def _loaded(self, items: tuple[WorkItem, ...]) -> None:
        was, self.as_of, self._loaded_at = self.as_of, None, clock.now()
        if items != self.items or self._loaded_at - self._kept_at > KEEP_EVERY:
            self._kept_at = self._loaded_at
            self._store.remember("work", items)
        if items != self.items or was is not None:
            self.items = items
            self.changed.emit(items)
            self._look_for_due()

    @Slot(object)
    def call(self, item: WorkItem) -> None:
        """Claim the entry, then dial it; nothing happens if a colleague was faster."""
        agent_id = self.agent_id
        if agent_id is None:
            return
        if item.claimed_by == agent_id:
            self._claimed(item, True)
            return
        self._store.write_now(
            lambda session: data.work.claim(session, item.id, item.version, agent_id),
            lambda won: self._claimed(item, won),
            lambda error: self._claimed(item, True),  # without the database the call still goes out
        )

    def _claimed(self, item: WorkItem, won: bool) -> None:
        if not won:
            self.notice.emit(
                Notice(self.tr("A colleague was faster: {0}").format(item.customer or item.number), "info")
            )
            self.load()
            return
        asked_for = item.kind is WorkKind.CALLBACK and item.customer_id is not None
        purpose = self.tr("Callback they asked for") if asked_for else ""

        def placed(call: Call) -> None:  # also later, after a question
            self._calls[call.call_id] = item

        if self._dial(item.number, item.customer, item.customer_id, placed, purpose) is None:
            self._put(item.id, done=False, attempt=None)  # nobody was called: it is everybody's again
        self.load()

    def worked_off(self, call_id: str) -> WorkItem | None:
        """The entry that a running call was placed for."""
        return self._calls.get(call_id)

    @Slot(object)
    def call_over(self, call: Call) -> None:
        """A call that worked off an entry has ended: done if somebody answered, else back on the list."""
        item = self._calls.pop(call.call_id, None)
        if item is not None:
            self._put(item.id, done=call.outcome in _REACHED, attempt=call.interaction_id)

    @Slot(object)
    def finish(self, item: WorkItem) -> None:
        """Done without a call; the screen has waited for second thoughts."""
        self._put(item.id, done=True, attempt=None)

    def _put(self, work_id: UUID, *, done: bool, attempt: UUID | None) -> None:
        self._store.put(
            op.FinishWork(
                agent_id=self.agent_id,
                work_id=work_id,
                done=done,
                attempt_interaction_id=attempt,
            )
        )
        self._soon()

    @Slot()
    def _look_for_due(self) -> None:
        soon = clock.now() + timedelta(minutes=1)
        for item in self.items:
            if item.kind is WorkKind.CALLBACK and item.due_at <= soon and item.id not in self._reminded:
                self._reminded.add(item.id)
                if item.claimed_by in (None, self.agent_id):
                    words = self.tr("Callback due: {0}").format(item.customer or item.number)
                    self.notice.emit(Notice(words, "warn"))
