"""What the PBX says of the calls on this desk, while they ring and go on; secrets of callers are shown one by one."""

from collections.abc import Callable
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from agent_desktop import data
from agent_desktop.core import handoff_key
from agent_desktop.core.call import Call
from agent_desktop.core.centre import Centre
from agent_desktop.core.handoff import facts, rows_as_steps, together
from agent_desktop.core.store import Store
from agent_desktop.core.views import PopView
from agent_desktop.data.admin_rows import ROLES
from agent_desktop.data.errors import DatabaseTrouble, Refused
from agent_desktop.data.handoff_rows import HandoffFieldRow, SecretValue
from agent_desktop.data.identity_rows import Reveals
from agent_desktop.data.rows import Changed


class CallerSaid(QObject):
    """Signals: changed(interaction id), account_told(interaction id, number) when one is typed after the call came."""

    changed = Signal(object)
    account_told = Signal(object, str)

    def __init__(self, store: Store):
        super().__init__()
        self._store = store
        self._rows: dict[UUID, tuple[HandoffFieldRow, ...]] = {}
        self._by_headers: dict[UUID, tuple[tuple[str, str], ...]] = {}
        self._warned: set[str] = set()
        self._begun = False
        store.changed.connect(self._look)
        store.stirred.connect(self._look_once)

    def begin(self, call: Call) -> None:
        """A call came: from now on what is said of it is followed."""
        self._rows.setdefault(call.interaction_id, ())
        if call.said:
            self._by_headers[call.interaction_id] = call.said

    def forget(self, interaction_id: UUID) -> None:
        self._rows.pop(interaction_id, None)
        self._by_headers.pop(interaction_id, None)

    def shown_with(self, pop: PopView) -> PopView:
        """The caller's screen with what was said: as stations in order, and as facts for whoever decides by them."""
        key = pop.interaction_id
        if key is None:
            return pop
        rows = self._rows.get(key) or pop.pop.said
        told = (*self._by_headers.get(key, ()), *((row.name, row.value) for row in rows if not row.secret))
        return replace(pop, handoff=together(pop.handoff, rows_as_steps(rows)), facts=facts(told))

    def warn(self, names: tuple[str, ...]) -> None:
        """These headers brought secrets, which were left out: administrators should know. Each is told once a day."""
        new = set(names) - self._warned
        if not new:
            return
        self._warned |= new
        self._store.write_now(
            lambda session: data.handoffs.warn(session, new),
            lambda done: None,
            lambda error: self._warned.difference_update(new),
        )

    def why_hidden(self, centre: Centre, queue: str) -> str:
        """Why this login does not see what callers of a queue type, in words; the database says it too, and has the
        last word."""
        policy = centre.identity_of(queue)
        seen_by = policy.reveals if policy is not None else Reveals.SUPERVISOR.value
        if seen_by == Reveals.NOBODY:
            return self.tr("In this queue nobody sees what callers typed.")
        if not centre.server or seen_by not in ROLES or ROLES.index(centre.role or ROLES[0]) >= ROLES.index(seen_by):
            return ""
        if seen_by == Reveals.TEAM_LEAD:
            return self.tr("In this queue only team leads see what callers typed.")
        return self.tr("In this queue only supervisors see what callers typed.")

    def reveal(self, field_id: UUID, then: Callable[[str], None], failed: Callable[[str], None]) -> None:
        """Give ``then`` what a caller typed; that it was shown is in the audit. ``failed`` gets words."""

        def told(found: SecretValue) -> None:
            if not found.sealed:
                then(found.value)
                return
            opened = handoff_key.opened(found.value)
            if opened is None:
                failed(self.tr("It is encrypted, and this computer’s keyring has not got the key (see doctor)."))
            else:
                then(opened)

        def refused(error: Exception) -> None:
            known = isinstance(error, DatabaseTrouble | Refused)
            failed(str(error) if known else self.tr("The database does not answer."))

        def asked(_done: None) -> None:
            self._store.write_now(lambda session: data.handoffs.reveal(session, field_id), told, refused)

        # That somebody looks is committed before the value leaves the database.
        self._store.write_now(lambda session: data.handoffs.ask(session, field_id), asked, refused)

    @Slot(object)
    def _look(self, changed: Changed) -> None:
        for key in self._rows:
            if key in changed.interactions or changed.everything:
                self._ask(key)

    @Slot()
    def _look_once(self) -> None:
        """What others wrote before the first look at a file is told by nobody: a call may have come in that moment."""
        if not self._begun:
            self._begun = True
            for key in self._rows:
                self._ask(key)

    def _ask(self, key: UUID) -> None:
        self._store.browse(
            lambda session: data.handoffs.fields(session, key),
            lambda rows: self._read(key, rows),
            lambda error: None,  # the store says that the database is away, and opens again
        )

    def _read(self, key: UUID, rows: tuple[HandoffFieldRow, ...]) -> None:
        before = self._rows.get(key)
        if before is None or rows == before:
            return
        self._rows[key] = rows
        account = _account(rows)
        if account and account != _account(before):
            self.account_told.emit(key, account)
        self.changed.emit(key)


def _account(rows: tuple[HandoffFieldRow, ...]) -> str:
    return next((row.value for row in reversed(rows) if row.name == "account" and not row.secret), "")
