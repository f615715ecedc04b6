"""The presence of whoever works here: written down when it changes, told to the lease, ended by who may end it."""

from collections.abc import Callable
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from agent_desktop import clock
from agent_desktop.core.centre import Centre
from agent_desktop.core.desk_lease import DeskLease
from agent_desktop.core.desk_turn import Doing
from agent_desktop.core.pause_watch import PauseWatch
from agent_desktop.core.pbx_state import Difference
from agent_desktop.core.presence import PresenceKeeper
from agent_desktop.core.store import Store
from agent_desktop.core.views import CallView, Notice
from agent_desktop.core.wrap_ups import WrapUps
from agent_desktop.data.desk_rows import Hold
from agent_desktop.data.presence_moves import By
from agent_desktop.data.words import Presence, RequestKind


class OwnPresence(QObject):
    """Signals: changed(PresenceView), notice(Notice)."""

    changed = Signal(object)
    notice = Signal(object)

    def __init__(self, store: Store, wrap_ups: WrapUps, calls: Callable[[], tuple[CallView, ...]]) -> None:
        super().__init__()
        self.leads_pbx = True  # the PBX's queues are told what the agent does here
        self.keeper = PresenceKeeper()
        self.lease = DeskLease(store)
        self._store, self._wrap_ups, self._calls = store, wrap_ups, calls
        self._agent_id: UUID | None = None
        self._centre = Centre()
        self.lease.ended.connect(self._ended)
        self.lease.came_back.connect(self._write_again)
        self.lease.differs.connect(self._differs)
        self.lease.skewed.connect(self._skewed)
        wrap_ups.changed.connect(self._wrap_up_changed)
        self._untold = False
        self._pauses = PauseWatch()
        self._pauses.notice.connect(self.notice)
        self.changed.connect(self._pauses.follow)

    def set_centre(self, centre: Centre, agent_id: UUID | None) -> None:
        """Who works here, and who else there is."""
        self._centre, self._agent_id = centre, agent_id
        self._pauses.set_reasons(centre.pause_reasons)
        self.lease.work_for(agent_id)
        self._say()

    def ask(self, presence: Presence, reason: str = "", by: By = By.AGENT) -> None:
        """Ready, Paused or Offline; after the present call and its wrap-up."""
        self.keeper.ask(presence, reason, by)
        if not self.settle():
            self._say()
            self.changed.emit(self.keeper.view())

    def settle(self, *, later: bool = False) -> bool:
        """Write down the presence if it has changed, and tell it; ``later``: with ``tell``, behind the caller."""
        if not self.keeper.settle(self._calls(), self._wrap_ups.waiting()):
            return False
        self._say()
        self._write()
        self._untold = True
        if not later:
            self.tell()
        return True

    @Slot()
    def tell(self) -> None:
        """Tell what ``settle`` has not told."""
        if self._untold:
            self._untold = False
            self.changed.emit(self.keeper.view())

    def put_pbx_right(self) -> None:
        """Have the PBX do what is shown here."""
        log_in = [(RequestKind.LOG_IN, "")] if self.keeper.pbx is Difference.NO_QUEUE else []
        self.lease.put_right(*log_in, self.keeper.for_pbx)

    # ------------------------------------------------------------------ inner

    @Slot(object)
    def _differs(self, difference: Difference | None) -> None:
        if difference is not self.keeper.pbx:
            self.keeper.pbx = difference
            self.changed.emit(self.keeper.view())

    def _due_us(self) -> int | None:
        return self._wrap_ups.due_us(self.keeper.interaction_id) if self.keeper.shown is Presence.WRAP_UP else None

    def _say(self) -> None:
        """With the lease: whether the agent is here, what follows, when the wrap-up ends, what the PBX is to do."""
        keeper = self.keeper
        then, reason = keeper.then
        doing = Doing(
            presence=keeper.shown,
            since_us=clock.to_us(keeper.since) if keeper.since is not None else 0,
            then=then,
            reason=reason,
            due_us=self._due_us(),
            pbx=keeper.for_pbx if self.leads_pbx else None,
            serves=any(self._agent_id in queue.members for queue in self._centre.queues),
        )
        self.lease.say(keeper.shown is not Presence.OFFLINE, doing)

    @Slot()
    def _write(self) -> None:
        if self._agent_id is not None and not self.lease.elsewhere:
            self._store.put(self.keeper.operation(self._agent_id, self.lease.desk_id, self._due_us()))

    @Slot()
    def _write_again(self) -> None:
        """Nobody could hear of it for a while, but it went on: its time begins anew only if others wrote otherwise."""
        if self._agent_id is not None and not self.lease.elsewhere:
            said = self.keeper.operation(self._agent_id, self.lease.desk_id, self._due_us())
            self._store.put(msgspec.structs.replace(said, again=True))

    @Slot(object)
    def _wrap_up_changed(self, interaction_id: UUID) -> None:
        if interaction_id == self.keeper.interaction_id and self.keeper.shown is Presence.WRAP_UP:
            self._say()  # it may end later now

    @Slot(object)
    def _ended(self, hold: Hold) -> None:
        """A supervisor signed the agent out, or they work elsewhere now."""
        if hold.dismissed:
            who = next((row.name for row in self._centre.agents if row.id == hold.dismissed_by), "–")
            words = self.tr("{0} has signed you out: {1}").format(who, hold.why or "–")
        else:
            words = self.tr("You work at another desktop now ({0}). Here you are Offline.").format(hold.place or "–")
        self.notice.emit(Notice(words, "warn"))
        self.ask(Presence.OFFLINE, by=By.SUPERVISOR if hold.dismissed else By.LEASE)

    @Slot(float)
    def _skewed(self, ahead_s: float) -> None:
        seconds = round(abs(ahead_s))
        if ahead_s > 0:
            words = self.tr("This computer’s clock is {0} s behind the database’s.")
        else:
            words = self.tr("This computer’s clock is {0} s ahead of the database’s.")
        advice = self.tr("Times are set right here; have the clock set.")
        self.notice.emit(Notice(f"{words.format(seconds)} {advice}", "warn"))
