"""The database's clock, which everything stored goes by, as seen from a computer whose own may be wrong."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from agent_desktop import clock, log
from agent_desktop.data import collecting

WRONG_US = 1_000_000  # a clock that is off by less is taken as it is
_log = log.get("collector")


class DatabaseClock:
    """``ahead_us``: how far it was ahead of this computer's at the last look; ``doubt_us``: how wrong that may be."""

    def __init__(self) -> None:
        self.ahead_us = self.doubt_us = 0
        self._off_us = 0  # what this computer's clock is set right by

    def lease(self, session: Any, holder: UUID) -> collecting.Lease:
        """How the lease stands; and look at the clock."""
        asked_at = clock.now()
        lease = collecting.lease(session, holder)
        self._look(asked_at, lease.server_now)
        return lease

    def hold_lease(self, session: Any, holder: UUID, name: str, lasts_s: float) -> collecting.Lease:
        """Take or keep the lease; and look at the clock."""
        asked_at = clock.now()
        lease = collecting.hold_lease(session, holder, name, lasts_s)
        self._look(asked_at, lease.server_now)
        return lease

    def now_us(self) -> int:
        """The present moment by the database's clock, to a second, in microseconds since 1970."""
        return clock.now_us() + self._off_us

    def now(self) -> datetime:
        """The same, aware, in UTC."""
        return clock.from_us(self.now_us())

    def _look(self, asked_at: datetime, told: datetime) -> None:
        took = clock.now() - asked_at
        self.ahead_us = (told - asked_at - took / 2) // timedelta(microseconds=1)
        self.doubt_us = took // timedelta(microseconds=2)
        off_us = self.ahead_us if abs(self.ahead_us) >= WRONG_US else 0
        if abs(off_us - self._off_us) < WRONG_US + self.doubt_us:
            return
        self._off_us = off_us
        if not off_us:
            _log.info("this computer's clock is right again")
            return
        where = "behind" if off_us > 0 else "ahead of"
        _log.error("this computer's clock is %.1f s %s the database's, which counts", abs(off_us) / 1e6, where)
