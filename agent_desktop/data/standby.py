"""Reading from a standby: one that has all that the primary had committed when the question was asked, or none.

So what this workstation wrote, and what it was told that others wrote, is in every answer: time never runs backwards on
a screen, whichever server answered. A commit is on the disk before anybody sees it, unless the server's
synchronous_commit is off; then an answer may be as old as its WAL writer's delay. What is not on the disk yet is not
waited for: records of a vacuum or of a read reach it only with the next commit, seconds later where little is written.
"""

import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import text
from sqlalchemy.orm import Session

from agent_desktop import clock, log
from agent_desktop.data import db
from agent_desktop.data.connect import takes_writes_somewhere
from agent_desktop.data.db import LONGEST_S, Database
from agent_desktop.data.errors import DatabaseTrouble
from agent_desktop.data.statement import Running

T = TypeVar("T")
logger = log.get("db")

CATCH_UP_S = 0.1  # a standby may take to come to where the primary was; the primary answers otherwise
ANSWER_S = 1.0  # for saying how far it is
REST_S = 30.0  # nobody asks one that gave trouble, or that is none
_LOOK_S = 0.005
_WRITTEN = text("SELECT CAST(pg_current_wal_flush_lsn() AS text)")
_REPLAYED = text("SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() >= CAST(:written AS pg_lsn) END")


def possible(primary: Database) -> bool:
    """Whether its address names more than one server."""
    return takes_writes_somewhere(primary.url)


class Standby:
    """A standby among the hosts of a primary's address. Threads may share it; each gets its own connection."""

    def __init__(self, primary: Database):
        self._primary = primary
        self.database = Database(primary.url.update_query_dict({"target_session_attrs": "prefer-standby"}))
        self._not_before = 0.0

    def ask(self, question: Callable[[Session], T], running: Running) -> T:
        """The answer of a standby, or where none is fit the primary's; not again when ``running`` was stopped.

        Raises DatabaseTrouble, of the primary.
        """
        if clock.monotonic() >= self._not_before:
            with self._primary.read(db.ANSWER_S) as session:
                written = session.execute(_WRITTEN).scalar_one()
            try:
                if self._has_replayed(written):
                    with self.database.read(LONGEST_S) as session, running.on(session):
                        return question(session)
            except DatabaseTrouble as trouble:
                if running.stopped:
                    raise
                logger.info("the primary answers, the standby gave trouble: %s", trouble)
                self._not_before = clock.monotonic() + REST_S
        with self._primary.read(LONGEST_S) as session, running.on(session):
            return question(session)

    def close(self) -> None:
        """Close the connections of all threads."""
        self.database.close()

    def _has_replayed(self, written: str) -> bool:
        self.database.use_password(str(self._primary.url.password or ""))
        until = clock.monotonic() + CATCH_UP_S
        while True:
            with self.database.read(ANSWER_S) as session:
                replayed = session.execute(_REPLAYED, {"written": written}).scalar_one()
            if replayed is None:
                self._not_before = clock.monotonic() + REST_S
            if replayed is None or replayed or clock.monotonic() > until:
                return bool(replayed)
            time.sleep(_LOOK_S)  # a standby tells nobody how far it is
