"""Leading others from this desk: what is asked of the PBX and what came of it, messages, and what others ask of us."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from agent_desktop import clock, data
from agent_desktop.core.store import Store
from agent_desktop.data.centre_rows import PbxRequestRow
from agent_desktop.data.errors import DatabaseTrouble, Trouble
from agent_desktop.data.ids import new_id
from agent_desktop.data.rows import Changed
from agent_desktop.data.supervision_rows import Audience, Leading, ListenerRow, MessageRow, OrderRow, SentRow
from agent_desktop.data.words import RequestKind, RequestState

LOOK_MS = 500  # how often an open request is looked at, however little is told
SETTLED_MS = 3_000
TRIES, AGAIN_MS = 4, 300
T = TypeVar("T")
LATE_S = 40.0  # the collector itself gives up after 30
LEADING_MS = 5_000  # how often it is asked whether a collector is there, while somebody wants to know
UNSETTLED = (RequestState.ASKED, RequestState.TAKEN)


class Asked(msgspec.Struct, frozen=True):
    """One wish of ours and how far it is. ``answer``: the PBX's words, or the database's."""

    id: UUID
    kind: RequestKind
    agent_id: UUID | None
    state: RequestState
    answer: str = ""

    @property
    def open(self) -> bool:
        return self.state in UNSETTLED


class _News(NamedTuple):
    unread: tuple[MessageRow, ...]
    listeners: tuple[ListenerRow, ...]
    orders: tuple[OrderRow, ...]


class Supervision(QObject):
    """Signals: leading_changed(Leading), progressed(Asked) whenever a wish of ours gets further,
    unread_changed(messages), sent_changed() when somebody may have read ours, listeners_changed(who listens to us),
    ordered(OrderRow) once for each order of others."""

    leading_changed = Signal(object)
    progressed = Signal(object)
    unread_changed = Signal(object)
    sent_changed = Signal()
    listeners_changed = Signal(object)
    ordered = Signal(object)

    def __init__(self, store: Store):
        super().__init__()
        self.leading = Leading()
        self.agent_id: UUID | None = None
        self.unread: tuple[MessageRow, ...] = ()
        self.listeners: tuple[ListenerRow, ...] = ()
        self._store = store
        self._open: dict[UUID, tuple[Asked, float]] = {}  # and since when
        self._known: set[UUID] | None = None  # orders that were told; None: not looked yet
        self._looking = self._again = False
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._look_at_open)
        self._watch = QTimer(self)
        self._watch.setInterval(LEADING_MS)
        self._watch.timeout.connect(self.look)
        self._settled = QTimer(self)  # what was said between the first look and the beginning of live changes
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(self._read)
        store.opened.connect(self._opened)
        store.changed.connect(self._changed)

    def set_agent(self, agent_id: UUID | None) -> None:
        """Who works here."""
        if agent_id != self.agent_id:
            self.agent_id, self._known = agent_id, None
            self._opened()

    @Slot()
    def _opened(self) -> None:
        self.look()
        self._read()
        self._settled.start()

    @Slot(object)
    def _changed(self, changed: Changed) -> None:
        if changed.catalogue or changed.everything:
            self.look()  # one's own role may be another now
        if self.agent_id in changed.people or changed.everything:
            self._read()
            self._look_at_open()
            self.sent_changed.emit()

    # ------------------------------------------------------------------ who may

    @Slot()
    def look(self) -> None:
        """Ask the database whom we lead, and whether somebody carries out what is asked of the PBX."""
        if self._store.ready:
            self._store.browse(_leading, self._led, lambda _error: None)

    def keep_looking(self, on: bool) -> None:
        """While somebody chooses what to do: the collector may come and go."""
        if on:
            self.look()
            self._watch.start()
        else:
            self._watch.stop()

    def _led(self, leading: Leading) -> None:
        if leading != self.leading:
            self.leading = leading
            self.leading_changed.emit(leading)

    # ------------------------------------------------------------------ what we ask of the PBX

    def ask(
        self,
        kind: RequestKind,
        agent_id: UUID | None = None,
        *,
        queue_id: UUID | None = None,
        reason: str = "",
        detail: dict[str, str] | None = None,
    ) -> UUID:
        """Ask; ``progressed`` follows until it is settled. Not through the journal: no old wish is sent later."""
        key = new_id()
        asked = Asked(key, kind, agent_id, RequestState.ASKED)
        me = self.agent_id
        self._open[key] = asked, clock.monotonic()

        def write(session: Any) -> None:
            wanted = data.collecting.Wanted(key, kind, me or UUID(int=0), agent_id, queue_id, reason, detail or {})
            data.collecting.ask(session, wanted)

        self._write(write, lambda _none: self._look.start(), lambda error: self._refused(key, error))
        self._told(asked)
        return key

    def dismiss(
        self, agent_id: UUID, reason: str, then: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        """Sign somebody out whose desktop says nothing right any more; ``failed`` gets Refused or DatabaseTrouble."""
        me = self.agent_id
        self._write(lambda session: data.desks.dismiss(session, agent_id, me, reason), lambda _none: then(), failed)

    def _refused(self, key: UUID, error: Exception) -> None:
        asked, _ = self._open.pop(key, (None, 0.0))
        if asked is not None:
            words = " ".join(filter(None, (getattr(error, "text", "") or str(error), getattr(error, "advice", ""))))
            self._told(msgspec.structs.replace(asked, state=RequestState.REFUSED, answer=words))

    @Slot()
    def _look_at_open(self) -> None:
        if not self._open:
            self._look.stop()
            return
        keys = list(self._open)
        self._store.call(
            lambda session: [data.collecting.request(session, key) for key in keys], self._seen, lambda _error: None
        )
        for key, (asked, since) in list(self._open.items()):
            if clock.monotonic() - since > LATE_S:
                del self._open[key]
                self._told(msgspec.structs.replace(asked, state=RequestState.LATE))

    def _seen(self, rows: list[PbxRequestRow | None]) -> None:
        for row in rows:
            if row is None or row.id not in self._open:
                continue
            before, since = self._open[row.id]
            asked = Asked(row.id, row.kind, row.agent_id, row.state, row.answer)
            if asked.open:
                self._open[row.id] = asked, since
            else:
                del self._open[row.id]
            if asked != before:
                self._told(asked)

    def _told(self, asked: Asked) -> None:
        self.progressed.emit(asked)

    def _write(
        self,
        change: Callable[[Any], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None],
        tries: int = TRIES,
    ) -> None:
        """Write now; while somebody else holds the database for a moment, again soon."""

        def troubled(error: Exception) -> None:
            if isinstance(error, DatabaseTrouble) and error.kind is Trouble.LOCKED and tries > 1:
                QTimer.singleShot(AGAIN_MS, self, lambda: self._write(change, then, failed, tries - 1))
            else:
                failed(error)

        self._store.write_now(change, then, troubled)

    # ------------------------------------------------------------------ messages

    def send(
        self,
        audience: Audience,
        whom: UUID | None,
        text: str,
        then: Callable[[int], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Tell somebody, a team or all; ``then`` gets how many it is for, ``failed`` Refused or DatabaseTrouble."""
        key, me = new_id(), self.agent_id
        self._write(lambda s: data.supervision.send(s, key, me, audience, whom, text), then, failed)

    def load_sent(self, then: Callable[[tuple[SentRow, ...]], None]) -> None:
        """What we have sent, and who has read it."""
        me = self.agent_id
        if me is not None:
            self._store.browse(lambda session: data.supervision.sent(session, me), then, lambda _error: None)

    def mark_read(self, key: UUID) -> None:
        """We have read this one. It stays if the database cannot be told."""
        me = self.agent_id
        if me is not None:
            self._write(
                lambda session: data.supervision.mark_read(session, me, [key]),
                lambda _none: self._read(),
                lambda _error: self._read(),
            )

    # ------------------------------------------------------------------ what others want of us

    @Slot()
    def _read(self) -> None:
        me = self.agent_id
        if me is None or not self._store.ready:
            return
        if self._looking:
            self._again = True
            return
        self._looking = True

        def question(session: Any) -> _News:
            found = data.supervision
            return _News(found.unread(session, me), found.listeners(session, me), found.orders(session, me))

        # On the lane of the pop: a report must not hold up a message.
        self._store.call(question, self._take, self._missed)

    def _missed(self, _error: Exception) -> None:
        self._looking = self._again = False

    def _take(self, news: _News) -> None:
        self._looking = False
        if news.unread != self.unread:
            self.unread = news.unread
            self.unread_changed.emit(news.unread)
        if news.listeners != self.listeners:
            self.listeners = news.listeners
            self.listeners_changed.emit(news.listeners)
        first, known = self._known is None, self._known or set()
        fresh = [order for order in news.orders if order.id not in known]
        self._known = {order.id for order in news.orders}
        for order in () if first else fresh:  # what was ordered before this desk was there was meant for another
            self.ordered.emit(order)
        if self._again:
            self._again = False
            self._read()


def _leading(session: Any) -> Leading:
    return data.supervision.leading(session)
