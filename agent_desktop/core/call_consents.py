"""Who is not to be called: known here before anybody dials, also while the database is away."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Slot

from agent_desktop import clock, data
from agent_desktop.core import dialling
from agent_desktop.core.store import Store
from agent_desktop.core.views import DatabaseView
from agent_desktop.data import operations as op
from agent_desktop.data.consent_rows import NotToCall
from agent_desktop.data.rows import Changed
from agent_desktop.data.words import ConsentChannel

CHECK = "consent"
CACHE_KEY = "not_to_call"
QUIET_MS = 5_000  # between two questions about customers that changed; the first goes out at once
KEEP_EVERY_MS = 600_000  # the cache forgets what is oldest


class CallConsents(QObject):
    """A check of the gate. In memory, kept up by what the store hears. No signals."""

    def __init__(self, store: Store):
        super().__init__()
        self.as_of: datetime | None = None  # the database is away: this is what was known then
        self._store = store
        self._rows: dict[tuple[UUID, str], NotToCall] = {}
        self._known = False  # the database has said it, or the cache
        self._missed = Changed()
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self._catch_up)
        self._keeping = QTimer(self)
        self._keeping.setInterval(KEEP_EVERY_MS)
        self._keeping.timeout.connect(self._keep)
        self._keeping.start()
        store.opened.connect(self.load)
        store.changed.connect(self._changed)
        store.state_changed.connect(self._state)

    # ---------------------------------------------------------------- the gate

    def check(self, request: dialling.Request, call: dialling.Allowed) -> dialling.Ask | None:
        """Ask before somebody who does not want it is called; a reason lets the call go on."""
        self._recall()
        found = [row for row in self._rows.values() if call.number.key and row.key == call.number.key]
        if not found:
            return None
        first = min(found, key=lambda row: row.shared)
        return dialling.Ask(
            check=CHECK,
            title=self.tr("{0} does not want to be called").format(first.name),
            text=" ".join(self._words(first)),
            yes=self.tr("Call all the same"),
            wants_reason=self.tr("Why this call is needed"),
            reason=request.purpose,
            about=first.customer_id,
            as_of=self.as_of,
        )

    def _words(self, row: NotToCall) -> list[str]:
        words = [self.tr("Where they said so: {0}.").format(row.source)] if row.source else []
        if row.shared:
            words.append(self.tr("Others have this number too, who did not say so."))
        words.append(self.tr("A service call, such as returning their own request, can go on; the reason is kept."))
        return words

    def said(self, said: op.SetConsent, name: str, phones: Iterable[str]) -> None:
        """Somebody says so at this desk: it counts before the database knows, which may be away. ``phones``: keys."""
        if said.channel != ConsentChannel.CALL:
            return
        kept = {key: row for key, row in self._rows.items() if key[0] != said.customer_id}
        if not said.given:
            at = clock.from_us(said.at_us)
            rows = [NotToCall(said.customer_id, key, name, False, said.source, at) for key in phones if key]
            kept |= {(row.customer_id, row.key): row for row in rows}
        self._rows = kept

    # ---------------------------------------------------------- kept up to now

    @Slot()
    def load(self) -> None:
        """Fetch all of them."""
        self._missed = Changed()
        self._store.browse(data.consent.not_to_call, self._loaded, lambda _error: None)

    def _loaded(self, rows: tuple[NotToCall, ...]) -> None:
        self._rows = {(row.customer_id, row.key): row for row in rows}
        self._known, self.as_of = True, None
        self._keep()

    @Slot(object)
    def _changed(self, changed: Changed) -> None:
        if changed.customers or changed.everything:
            self._missed = self._missed | Changed(changed.customers, everything=changed.everything)
            if not self._quiet.isActive():
                self._catch_up()

    @Slot()
    def _catch_up(self) -> None:
        missed, self._missed = self._missed, Changed()
        if not missed:
            return
        self._quiet.start()
        if missed.everything:
            self.load()
            return

        def answer(rows: tuple[NotToCall, ...]) -> None:
            kept = {key: row for key, row in self._rows.items() if key[0] not in missed.customers}
            now = kept | {(row.customer_id, row.key): row for row in rows}
            if now != self._rows:
                self._rows = now
                self._keep()

        self._store.browse(
            lambda session: data.consent.not_to_call(session, missed.customers), answer, lambda _error: None
        )

    @Slot(object)
    def _state(self, view: DatabaseView) -> None:
        if view.kind is None:
            if self.as_of is not None:
                self.load()  # what changed meanwhile
        elif self._known and self.as_of is None:
            self._keep()
            self.as_of = clock.now()

    @Slot()
    def _keep(self) -> None:
        if self._known and self.as_of is None:
            self._store.remember(CACHE_KEY, tuple(self._rows.values()))

    def _recall(self) -> None:
        """Begun while the database is away: what this computer knew last counts."""
        if self._known or self._store.ready:
            return
        seen = self._store.recall(CACHE_KEY, tuple[NotToCall, ...])
        if seen is not None:
            self._rows = {(row.customer_id, row.key): row for row in seen[0]}
            self._known, self.as_of = True, seen[1]
