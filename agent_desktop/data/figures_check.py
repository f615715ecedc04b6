"""Whether visits are what their events say and sums what the visits say, day by day; and making them so again."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import msgspec

from agent_desktop.data import feed, recount, visit_events
from agent_desktop.data.db import Database


class DayChecked(msgspec.Struct, frozen=True):
    """One UTC day: how many visits are not what their events say, and how many sums are not what the visits say."""

    day: date
    visits: int = 0
    sums: int = 0

    @property
    def right(self) -> bool:
        return not (self.visits or self.sums)


def check(database: Database, first: date | None = None, last: date | None = None) -> Iterator[DayChecked]:
    """The UTC days from ``first`` to ``last``, both included; None: from the oldest visit, to the newest."""
    for start, end in _days(database, first, last):
        with database.read() as session:
            wrong = len(visit_events.wrong(session, start, end))
            yield DayChecked(start.date(), wrong, recount.wrong_sums(session, start, end))


def rebuild(database: Database, first: date | None = None, last: date | None = None) -> Iterator[DayChecked]:
    """The same days made right, each in a transaction of its own: visits from their events, sums from the visits.

    Gives what was found; visits without any event stay as they are, and are found again.
    """
    with database.read() as session:
        limits = recount.limits_now(session)
    for start, end in _days(database, first, last):
        with database.write() as session:
            wrong = visit_events.wrong(session, start, end)
            sums = recount.wrong_sums(session, start, end)
            feed.work_out_again(session, wrong)
            recount.rebuild(session, start, end)
        yield DayChecked(start.date(), len(wrong), sums)
    with database.write() as session:
        recount.refresh(session)  # a visit that was put right may have moved to another day
        if first is None and last is None:
            recount.settle(session, limits)


def _days(database: Database, first: date | None, last: date | None) -> list[tuple[datetime, datetime]]:
    with database.read() as session:
        found = recount.days(session)
    after = timedelta(days=1)
    return [
        (start, end)
        for start, end in found
        if (first is None or start.date() >= first) and (last is None or end.date() - after <= last)
    ]
