"""The primary goes away, killed or frozen, and its synchronous standby is promoted: until a desktop's work goes on.

From the moment it goes until a write of the desktop, which waits in its journal meanwhile, stands in the standby. Two
servers with nothing in them; the promotion itself, which is PostgreSQL's, is in the figure.
"""

import contextlib
import tempfile
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from agent_desktop import clock, tasks
from agent_desktop.core.store import Store
from agent_desktop.data import access
from agent_desktop.data import operations as ops
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.journal import Journal
from benchmarks import figure
from tests.support import postgres
from tests.support.workstation import spin_until

PART = "database"
CENTRE = "centre"
TIMES = 3
LIMIT_S = 3.0


def figures() -> list[dict[str, Any]]:
    """The longest of three in seconds, each with servers of its own."""
    application = QCoreApplication.instance() or QCoreApplication([])
    assert application is not None
    made = []
    for how in ("killed", "frozen"):
        longest = max(_work_goes_on_after(how) for _ in range(TIMES))
        name = f"work goes on with the standby after the primary was {how}, longest"
        made.append(figure(name, longest, "s", limit=LIMIT_S, n=TIMES, part=PART))
    return made


def _work_goes_on_after(how: str) -> float:
    with contextlib.ExitStack() as stack:
        primary = stack.enter_context(postgres.running())
        standby = stack.enter_context(postgres.followed(primary))
        primary.execute(f"CREATE DATABASE {CENTRE}")
        with contextlib.closing(Database.open(primary.url(CENTRE), create=True)) as database:
            access.grant(database, access.Grant("dana", "agent", "dana", name="Dana Okafor"))
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        lanes, journal = tasks.Tasks(), Journal(Path(folder) / "journal.db")
        hosts = f"{postgres.HOST}:{primary.port},{postgres.HOST}:{standby.port}"
        store = Store(f"postgresql://dana:dana@{hosts}/{CENTRE}", journal, lanes)
        for end in (journal.close, store.close, lanes.stop, store.stop):
            stack.callback(end)
        store.start()
        _put(store)
        spin_until(lambda: store.ready and not journal.waiting_count(), "the primary takes it")
        began = time.perf_counter()
        stack.enter_context(primary.frozen()) if how == "frozen" else primary.kill()
        _put(store)
        standby.execute("SELECT pg_promote()")
        spin_until(lambda: not journal.waiting_count(), "the standby takes it")
        return time.perf_counter() - began


def _put(store: Store) -> None:
    store.put(ops.SetPresence(op_id=new_id(), at_us=clock.now_us(), presence="ready"))
