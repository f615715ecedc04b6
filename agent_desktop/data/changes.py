"""What others write, as it is written: rows of ``change`` since a cursor, and a server's notifications.

On a server triggers leave a row for every change (roles/3_changes.sql). One program, whichever holds an advisory lock,
gathers them and notifies all at most five times a second, with ids and kinds only: the cost does not grow with the
square of the desktops. The collector tells that program when it commits, so that it gathers then and not some time
later. Whoever was away asks for what came since.
"""

import json
import logging
import random
import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agent_desktop import clock, deadlines
from agent_desktop.data.db import Database
from agent_desktop.data.errors import Trouble, trouble_of
from agent_desktop.data.models import Change
from agent_desktop.data.rows import Changed
from agent_desktop.data.sql import on_server, table_of
from agent_desktop.data.sqlite_triggers import KEPT

log = logging.getLogger("db")

CHANNEL = "agent_desktop_changes"
SOON_CHANNEL = "agent_desktop_soon"  # heard only by the program that gathers
GATHER_S = 0.2  # five notifications a second
_IN_STEP = 1.5  # times as long a commit waits for the next one, so that gathering falls in with who commits
_EARLY_S = 0.02  # by which a wait may end before its time
CATCH_UP_S = 5.0  # however quiet it is: the one that notifies may be stuck
SILENT_S = 10.0  # after which a connection is given up
_LOCK_KEY = 0x41444348
_HOLD_S = 1.0
_AGAIN_S = 1.0
_PRUNE_S = 60.0
_SHUT_OUT = (Trouble.FORBIDDEN, Trouble.EXPIRED, Trouble.STRANGER)
_MOST_BYTES = 7_500  # of the 8,000 that a notification may carry
_BEGINNING = "1:1:"
_WITH_ID = ("customer", "interaction", "ticket", "person")
_EVERYTHING = Changed(
    work=True,
    queues=True,
    agents=True,
    catalogue=True,
    everything=True,
    staffing=True,
    knowledge=True,
    scripts=True,
    layouts=True,
)


def collected(rows: Iterable[tuple[str, UUID | None]]) -> Changed:
    """Rows of kind and id as what a write tells; kinds of a newer program say nothing."""
    ids: dict[str, set[UUID]] = {kind: set() for kind in _WITH_ID}
    flags: set[str] = set()
    for kind, key in rows:
        if kind in _WITH_ID and key is not None:
            ids[kind].add(key)
        else:
            flags.add(kind)
    return Changed(
        customers=frozenset(ids["customer"]),
        interactions=frozenset(ids["interaction"]),
        tickets=frozenset(ids["ticket"]),
        people=frozenset(ids["person"]),
        work="work" in flags,
        queues="queue" in flags,
        agents="agent" in flags,
        catalogue="catalogue" in flags,
        erased="erased" in flags,
        staffing="staffing" in flags,
        knowledge="knowledge" in flags,
        scripts="script" in flags,
        layouts="layout" in flags,
    )


def since(session: Session, cursor: int | None) -> tuple[Changed, int]:
    """What was changed in a file after ``cursor`` (None: nothing yet, only where to begin), and the next cursor."""
    change = table_of(Change).c
    newest = session.execute(select(change.id).order_by(change.id.desc()).limit(1)).scalar_one_or_none() or 0
    if cursor is None:
        return Changed(), newest
    if newest < cursor or newest - cursor > KEPT - 1_000:  # a copy was put back, or rows have been pruned
        return _EVERYTHING, newest
    rows = session.execute(select(change.kind, change.row_id).where(change.id > cursor, change.id <= newest).distinct())
    return collected((row.kind, row.row_id) for row in rows), newest


def tell_soon(session: Session) -> None:
    """Have what this transaction writes gathered when it commits; for one writer, as commits that notify queue up."""
    if on_server(session):
        session.execute(select(func.pg_notify(SOON_CHANNEL, "")))


class Feed:
    """Hears from a server, on a connection of its own; ``run`` belongs on a thread of its own.

    ``heard`` is called there with each Changed; what a reconnect finds is told too.
    """

    def __init__(self, database: Database, heard: Callable[[Changed], None]):
        self._database = database
        self._heard = heard
        self._cursor: str | None = None  # which transactions were over then, as the server writes it
        self._at: str | None = None
        self._holding = False
        self._gathered = 0.0  # when it did so last
        self._waits = False  # something was committed that is wanted soon

    @property
    def listening(self) -> bool:
        """It knows from where on it is told everything."""
        return self._cursor is not None

    def run(self, stopping: threading.Event) -> None:
        """Listen until told to stop; a lost connection is made again."""
        told = False
        while not stopping.is_set():
            try:
                with self._database.apart(SILENT_S) as (driver, watch):
                    told = False
                    self._listen(driver, watch, stopping)
            except Exception as error:  # noqa: BLE001 - whatever it was, it tries again
                trouble = trouble_of(error)
                if not told and not stopping.is_set():
                    log.info("live changes: %s", trouble)
                    if trouble.kind in _SHUT_OUT:  # whoever asks about the centre now is told why
                        self._heard(Changed(catalogue=True))
                told = True
            self._holding = False
            stopping.wait(_AGAIN_S * random.uniform(0.5, 1.5))  # so that not all come back at once

    # ---------------------------------------------------------------- innards

    def _listen(self, driver: Any, watch: deadlines.Watch, stopping: threading.Event) -> None:
        driver.autocommit = True
        driver.execute(f"LISTEN {CHANNEL}")
        self._catch_up(driver)
        caught_up = held = pruned = self._gathered = clock.monotonic()
        while not stopping.is_set():
            # All that came, and only then what is asked about it: meanwhile the connection belongs to the waiting.
            soon = False
            for said in list(driver.notifies(timeout=self._wait_s(), stop_after=1)):
                if said.channel == SOON_CHANNEL:
                    soon = self._waits = True
                else:
                    self._take(driver, said.payload)
            now = clock.monotonic()
            watch.renew(SILENT_S)
            if self._holding:
                if not self._is_due(now, soon=soon):
                    continue
                self._gathered, self._waits = now, False
                self._gather(driver)
                if now - pruned > _PRUNE_S:
                    pruned = now
                    driver.execute("SELECT access.prune_changes()")
            elif now - held > _HOLD_S:
                held = now
                self._try_to_hold(driver)
            if not self._holding and now - caught_up > CATCH_UP_S:
                caught_up = now
                self._catch_up(driver)

    def _wait_s(self) -> float:
        """How long to listen: until it is time to gather."""
        if not self._holding:
            return 2 * GATHER_S
        most = _IN_STEP if self._waits else 1.0
        return max(0.0, self._gathered + GATHER_S * most - clock.monotonic())

    def _is_due(self, now: float, *, soon: bool) -> bool:
        """Gather? With a commit that was just told, else in time; a commit that came too early has another wait."""
        least = 0.8 if soon else _IN_STEP if self._waits else 1.0
        return now - self._gathered >= GATHER_S * least - _EARLY_S

    def _try_to_hold(self, driver: Any) -> None:
        self._holding = driver.execute("SELECT pg_try_advisory_lock(%s)", (_LOCK_KEY,)).fetchone()[0]
        if self._holding:
            driver.execute(f"LISTEN {SOON_CHANNEL}")
            # A program that is stopped loses its connection, and with it the lock, to one that runs.
            driver.execute(f"SET idle_session_timeout = {int(CATCH_UP_S * 1000)}")

    def _ask(self, driver: Any) -> dict[str, Any]:
        row = driver.execute("SELECT access.changes_since(%s::pg_snapshot, %s)", (self._cursor, self._at)).fetchone()
        answer: dict[str, Any] = row[0]
        return answer

    def _catch_up(self, driver: Any) -> None:
        answer = self._ask(driver)
        self._cursor, self._at = answer["cursor"], answer["at"]
        changed = _EVERYTHING if answer["all"] else _of(answer["changes"])
        if changed:
            self._heard(changed)

    def _gather(self, driver: Any) -> None:
        """Tell everybody, this program too, what came since the last time."""
        answer = self._ask(driver)
        if answer["changes"] or answer["all"]:
            found = sorted([kind, key or ""] for kind, key in answer["changes"])
            words = {"n": answer["cursor"], "at": answer["at"], "c": found, "all": answer["all"]}
            said = json.dumps(words, separators=(",", ":"))
            if len(said) > _MOST_BYTES:  # too many to name: everybody asks
                said = json.dumps({"n": None})
                self._heard(_of(answer["changes"]))
            driver.execute("SELECT pg_notify(%s, %s)", (CHANNEL, said))
        # Not before it is said: who loses the connection here has to ask for the same again.
        self._cursor, self._at = answer["cursor"], answer["at"]

    def _take(self, driver: Any, payload: str) -> None:
        said = _understood(payload)
        if said is None:
            if not self._holding:  # else it has told itself
                self._catch_up(driver)
            return
        cursor, at, changed = said
        if not self._holding and _end(cursor) >= _end(self._cursor or _BEGINNING):
            self._cursor, self._at = cursor, at
        if changed:
            self._heard(changed)


def _understood(payload: str) -> tuple[str, str, Changed] | None:
    """Cursor, time and changes of a notification; None where it names none, or was not said by a program of ours:
    whoever may connect may notify.
    """
    try:
        said = json.loads(payload)
        cursor, at = str(said["n"]), str(said["at"])
        first, end, running = cursor.split(":")
        inside = [int(number) for number in running.split(",") if number]
        if (
            not 0 < int(first) <= int(end)
            or inside != sorted(inside)
            or not all(int(first) <= one < int(end) for one in inside)
        ):
            return None
        datetime.fromisoformat(at)
        changed = collected((kind, UUID(key) if key else None) for kind, key in said["c"])
        return cursor, at, _EVERYTHING if said["all"] else changed
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _end(cursor: str) -> int:
    """The first transaction that had not begun."""
    return int(cursor.split(":")[1])


def _of(changes: Iterable[tuple[str, str | None]]) -> Changed:
    return collected((kind, UUID(key) if key else None) for kind, key in changes)
