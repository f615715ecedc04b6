"""Whose pages were looked at here, and what was taken away: said to the audit through the journal, like every write.

What is looked at again and again is one viewing, and nothing of it is written before the screen has been painted.
"""

from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Slot

from agent_desktop import clock
from agent_desktop.core.store import Store
from agent_desktop.core.views import PopView
from agent_desktop.data import operations as op

CUSTOMER = "customer"
TOGETHER_MS = 400  # pages seen in one go are one commit, after the pop's own writes
AGAIN_S = 15 * 60.0  # from then on it is another viewing


class Viewings(QObject):
    """Told by whoever shows a page; no signals."""

    def __init__(self, store: Store):
        super().__init__()
        self.agent_id: UUID | None = None
        self._store = store
        self._seen: dict[tuple[str, UUID], float] = {}
        self._unsaid: list[op.AnyOperation] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TOGETHER_MS)
        self._soon.timeout.connect(self.say)

    def customer(self, customer_id: UUID) -> None:
        """A customer's page is on the screen."""
        now = clock.monotonic()
        key = (CUSTOMER, customer_id)
        if now - self._seen.get(key, -AGAIN_S) < AGAIN_S:
            return
        self._seen[key] = now
        self._later(op.RecordView(agent_id=self.agent_id, table=CUSTOMER, row_id=customer_id))

    def exported(self, what: str, rows: int, target: str = "") -> None:
        """``rows`` rows of a table or report (``what``) went into a file; ``target`` is its kind."""
        self._later(op.RecordExport(agent_id=self.agent_id, what=what, rows=rows, target=target))

    @Slot(object)
    def popped(self, view: PopView | None) -> None:
        """The caller panel shows this."""
        if view is not None and view.pop.card is not None:
            self.customer(view.pop.card.id)

    @Slot()
    def say(self) -> None:
        """Into the journal, from where it goes out when it can; also before the end."""
        self._soon.stop()
        unsaid, self._unsaid = self._unsaid, []
        if unsaid:
            self._store.put(*unsaid)

    def _later(self, operation: op.AnyOperation) -> None:
        self._unsaid.append(operation)
        if not self._soon.isActive():
            self._soon.start()
