"""The database's clock, which is everybody's: how far this computer's is off, and moments set right by it."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data.sql import on_server

# A clock that is off by less is taken as it is: the answer's own way takes as long on a bad line.
CLOCK_OFF = timedelta(milliseconds=500)
_NONE = timedelta()


def now(session: Session) -> datetime:
    """The present moment by the database's clock; a file has none of its own."""
    if not on_server(session):
        return clock.now()
    moment: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
    return moment


def ahead(before: datetime, told: datetime, after: datetime) -> timedelta:
    """How far the database's clock is ahead of this computer's: it told its time between the two moments of ours.

    The least that explains the answer; zero where it is less than CLOCK_OFF, so that a slow answer is no wrong clock.
    """
    least, most = told - after, told - before
    off = _NONE if least <= _NONE <= most else min(least, most, key=abs)
    return off if abs(off) >= CLOCK_OFF else _NONE


def measure(session: Session) -> tuple[datetime, timedelta]:
    """The database's present moment, and how far it is ahead of this computer's clock."""
    before = clock.now()
    told = now(session)
    return told, ahead(before, told, clock.now()) if on_server(session) else _NONE
