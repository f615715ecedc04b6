"""This desktop's lease: renewed while somebody works here, so that everybody else knows that they still do.

One short transaction every ten seconds on the lane of the pop, however long a report takes on the other one. It also
writes down whose desktops were not heard of, and measures how far this computer's clock is off.
"""

import platform
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from agent_desktop import clock, data
from agent_desktop.core.server_clock import TOLD
from agent_desktop.core.store import Store
from agent_desktop.data.desk_rows import LASTS_S, Hold, Said
from agent_desktop.data.ids import new_id

RENEW_MS = 10_000
SOON_MS = 300  # what follows a call is told in one go with what else changes in that moment
AGAIN_MS = 1_000
_LASTS_US = round(LASTS_S * 1e6)


class Doing(msgspec.Struct, frozen=True):
    """What is said with the lease: what follows (a presence), its reason, when a wrap-up ends by this clock."""

    then: str = ""
    reason: str = ""
    due_us: int | None = None


class _Turn(msgspec.Struct, frozen=True):
    """What one transaction brought."""

    hold: Hold | None  # None: nobody works here
    claimed: bool
    server_us: int
    ahead_us: int
    said: Doing


class DeskLease(QObject):
    """Signals: ended(Hold) when somebody else ended it or it is another desktop's now, came_back() when it had run out,
    skewed(float) with the seconds that this computer's clock is behind, when that has become too much."""

    ended = Signal(object)
    came_back = Signal()
    skewed = Signal(float)

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.desk_id = new_id()
        self.elsewhere = False  # the agent works at another desktop: what is done here says nothing of them
        self._store = store
        self._agent_id: UUID | None = None
        self._present = False
        self._held_us: int | None = None  # when it was renewed last, by the database's clock
        self._doing = self._told = Doing()
        self._asking = self._again = False
        self._told_skew = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._turn)
        store.opened.connect(self._soon)

    # ------------------------------------------------------------------ told

    def work_for(self, agent_id: UUID | None) -> None:
        """Who works here."""
        if agent_id != self._agent_id:
            self._agent_id, self._held_us, self._told = agent_id, None, Doing()
            self._soon()

    def say(self, present: bool, doing: Doing) -> None:
        """Whether anybody is here, and what follows what they do."""
        came = present and not self._present
        if came:
            self._held_us, self._told, self.elsewhere = None, Doing(), False
        if came or doing != self._doing:
            self._present, self._doing = present, doing
            self._soon()
        self._present = present

    def start(self) -> None:
        """From now on."""
        self._timer.start(0)

    def stop(self) -> None:
        """No more; what was said ends by itself, or with the last presence."""
        self._timer.stop()
        self._present = False

    # ------------------------------------------------------------------ renewing

    @Slot()
    def _soon(self) -> None:
        if self._asking:
            self._again = True
        elif not self._timer.isActive() or self._timer.remainingTime() > SOON_MS:
            self._timer.start(SOON_MS if self._held_us is not None else 0)

    @Slot()
    def _turn(self) -> None:
        if self._asking:
            return
        if not self._store.ready:
            self._timer.start(AGAIN_MS)
            return
        self._asking, self._again = True, False
        here = self._agent_id if self._present and not self.elsewhere else None
        held, doing, told, desk = self._held_us is not None, self._doing, self._told, self.desk_id

        def turn(session: Any) -> _Turn:
            now, ahead = data.server_time.measure(session)
            answer = _Turn(None, False, clock.to_us(now), ahead // timedelta(microseconds=1), told)
            if here is None:
                data.desks.settle_lost(session)
                return answer
            hold = data.desks.renew(session, here, desk) if held else Hold(False)
            ours = not (hold.held or hold.place or hold.dismissed)
            if ours:
                data.desks.claim(session, here, desk, platform.node())
                hold = Hold(True)
            else:
                data.desks.settle_lost(session)
            said = Doing() if ours else told
            if hold.held and doing != said:
                due = clock.from_us(doing.due_us) + ahead if doing.due_us is not None else None
                data.desks.say(session, here, desk, Said(doing.then, doing.reason, due))
                said = doing
            return msgspec.structs.replace(answer, hold=hold, claimed=ours, said=said)

        self._store.write_now(turn, self._took, self._missed)

    def _took(self, turn: _Turn) -> None:
        self._asking = False
        self._store.time.ahead = timedelta(microseconds=turn.ahead_us)
        self._tell_skew()
        before, self._told = self._held_us, turn.said
        hold = turn.hold
        if hold is not None and self._present:
            if hold.held:
                ran_out = before is not None and turn.server_us - before > _LASTS_US
                self._held_us = turn.server_us
                if ran_out or (turn.claimed and before is not None):
                    self.came_back.emit()
            else:
                self._held_us = None
                self.elsewhere = not hold.dismissed
                self.ended.emit(hold)
        self._timer.start(SOON_MS if self._again else RENEW_MS)

    def _missed(self, _error: Exception) -> None:
        self._asking = False
        self._timer.start(AGAIN_MS)

    def _tell_skew(self) -> None:
        ahead = self._store.time.ahead
        off = abs(ahead) > TOLD
        if off and not self._told_skew:
            self.skewed.emit(ahead.total_seconds())
        self._told_skew = off
