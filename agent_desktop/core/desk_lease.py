"""This desktop's lease: renewed while somebody works here, so that everybody else knows that they still do.

One short transaction every ten seconds on the lane of the pop, however long a report takes on the other one. It also
writes down whose desktops were not heard of, measures how far this computer's clock is off, and compares with the PBX.
"""

from datetime import timedelta
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from agent_desktop.core import desk_turn
from agent_desktop.core.desk_turn import Doing, ForPbx, Order, Told
from agent_desktop.core.pbx_state import SETTLES
from agent_desktop.core.server_clock import TOLD
from agent_desktop.core.store import Store
from agent_desktop.data.desk_rows import LASTS_S
from agent_desktop.data.ids import new_id
from agent_desktop.data.rows import Changed

SOON_MS = 100  # what follows a call is told in one go with what else changes in that moment
AGAIN_MS = 1_000
_SETTLED_MS = SETTLES // timedelta(milliseconds=1) + 100


class DeskLease(QObject):
    """Signals: ended(Hold) when somebody else ended it or it is another desktop's now, came_back() when it had run out,
    differs(Difference | None) how the PBX sees the agent, skewed(float) with the seconds that this computer's clock is
    behind, when that has become too much."""

    ended = Signal(object)
    came_back = Signal()
    differs = Signal(object)
    skewed = Signal(float)

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.desk_id = new_id()
        self.lasts_s = LASTS_S
        self.elsewhere = False  # the agent works at another desktop: what is done here says nothing of them
        self._store = store
        self._agent_id: UUID | None = None
        self._present = False
        self._held_us: int | None = None  # when it was renewed last, by the database's clock
        self._doing = self._told = Doing()
        self._right: tuple[ForPbx, ...] = ()
        self._asking = self._again = self._stopped = False
        self._told_skew = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._turn)
        store.opened.connect(self._soon)
        store.changed.connect(self._changed)

    # ------------------------------------------------------------------ told

    def work_for(self, agent_id: UUID | None) -> None:
        """Who works here."""
        if agent_id != self._agent_id:
            self._agent_id, self._held_us, self._told = agent_id, None, Doing()
            self._soon()

    def say(self, present: bool, doing: Doing) -> None:
        """Whether anybody is here, and what they do."""
        came = present and not self._present
        if came:
            self._held_us, self._told, self.elsewhere = None, Doing(), False
        self._present = present
        if came or doing != self._doing:
            self._doing = doing
            self._soon()

    def put_right(self, *asks: ForPbx) -> None:
        """Ask this of the PBX, whatever it was asked before."""
        self._right = asks
        self._soon()

    def start(self) -> None:
        """From now on."""
        self._timer.start(0)

    def stop(self) -> None:
        """No more; what was said ends by itself, or with the last presence."""
        self._timer.stop()
        self._stopped, self._present = True, False

    # ------------------------------------------------------------------ renewing

    @Slot(object)
    def _changed(self, changed: Changed) -> None:
        if self._agent_id in changed.people:
            self._soon()  # the PBX says something else of us

    @Slot()
    def _soon(self) -> None:
        if self._stopped:
            return
        if self._asking:
            self._again = True
        elif not self._timer.isActive() or self._timer.remainingTime() > SOON_MS:
            self._timer.start(SOON_MS if self._held_us is not None else 0)

    @Slot()
    def _turn(self) -> None:
        if self._asking or self._stopped:
            return
        if not self._store.ready:
            self._timer.start(AGAIN_MS)
            return
        self._asking, self._again = True, False
        here = self._agent_id if self._present and not self.elsewhere else None
        order = Order(here, self.desk_id, self._held_us is not None, self._doing, self._told, self._right)
        order = msgspec.structs.replace(order, lasts_s=self.lasts_s)
        self._right = ()
        self._store.write_now(lambda session: desk_turn.turn(session, order), self._took, self._missed)

    def _took(self, told: Told) -> None:
        self._asking = False
        self._store.time.ahead = timedelta(microseconds=told.ahead_us)
        self._tell_skew()
        before, self._told = self._held_us, told.told
        if told.hold is not None and self._present:
            self._held_us = told.server_us if told.hold.held else None
            if not told.hold.held:
                self.elsewhere = not told.hold.dismissed
                self.ended.emit(told.hold)
            elif before is not None and (told.claimed or told.server_us - before > self.lasts_s * 1e6):
                if not told.claimed:  # or it was, and the answer was lost: nobody knows what the PBX does with us since
                    self._told, self._again = Doing(), True
                self.came_back.emit()
        self.differs.emit(told.difference)
        if not self._stopped:
            self._timer.start(
                SOON_MS if self._again else _SETTLED_MS if told.unsure else round(self.lasts_s * 1000 / 3)
            )

    def _missed(self, _error: Exception) -> None:
        self._asking = False
        if not self._stopped:
            self._timer.start(AGAIN_MS)

    def _tell_skew(self) -> None:
        ahead = self._store.time.ahead
        off = abs(ahead) > TOLD
        if off and not self._told_skew:
            self.skewed.emit(ahead.total_seconds())
        self._told_skew = off
