"""A whole workstation without its window, on a small company of its own, and another phone to call it from."""

import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEventLoop
from sqlalchemy import update

from agent_desktop import clock
from agent_desktop.core.views import Notice
from agent_desktop.core.workstation import Core, build_core
from agent_desktop.data.db import Database
from agent_desktop.data.models import Site
from agent_desktop.data.seed import seed
from agent_desktop.paths import Profile
from agent_desktop.settings import Phone, Settings, Work
from agent_desktop.telephony import messages as m
from tests.support import sip
from tests.support.made_once import empty_database, made_once
from tests.support.ports import WAIT_S

MARTA = "+48601442190"
CUSTOMERS = 40
SHORT_DAY, WHOLE_DAY = 1.5, 6.5  # hours; every workstation counts its company's day for its board


def _seeded(file: Path, hours: float) -> None:
    with closing(Database.open(empty_database(file))) as database:
        fill(database, hours)


def fill(database: Database, hours: float = SHORT_DAY) -> None:
    """The made-up company, so many hours into its day, whatever the time is here."""
    with database.write() as session:
        session.execute(update(Site).values(time_zone=afternoon_zone()))
    seed(database, customers_wanted=CUSTOMERS, hours=hours)


def afternoon_zone() -> str:
    """Where it is about two in the afternoon: the day has begun long ago, and does not end while a test runs."""
    east = 14 - clock.now().hour
    return f"Etc/GMT{-east:+d}"  # by POSIX, which counts westwards


def company(profile: Profile, hours: float = SHORT_DAY) -> None:
    """The profile's embedded database, filled; the company's day so far is so many hours long."""
    profile.make()
    shutil.copyfile(made_once(f"company-{hours}.db", lambda file: _seeded(file, hours)), profile.database_file)


def settings(port: int, *, ready: bool = True) -> Settings:
    """Dana at a workstation in direct mode, without sound."""
    return Settings(
        phone=Phone(listen_host=sip.HOST, listen_port=port, sound=False),
        work=Work(agent_login="dana", ready_at_start=ready),
    )


def spin_until(condition: Callable[[], object], what: str, within_s: float = WAIT_S) -> None:
    """Let the event loop run until something is so."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"never happened: {what}"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.002)  # the conditions are of any kind, also files and rows of other processes


class Bench:
    """One workstation under test; ``stop`` ends everything it started."""

    def __init__(
        self,
        folder: Path,
        *,
        seeded: bool = True,
        database: str | None = None,
        port: int | None = None,
        scripts: bool = False,
    ):
        """``scripts``: calls get their script, worked out by a child of its own."""
        self.scripts = scripts
        self.profile = Profile(folder)
        self.port = port or sip.free_port()
        if seeded:
            company(self.profile)
        self.notices: list[str] = []
        self.core: Core | None = None
        self._database = database
        self._others: list[sip.EngineDriver] = []

    def start(self, *, ready: bool = True) -> "Bench":
        """Build it and wait until the phone can be used."""
        self.core = build_core(self.profile, settings(self.port, ready=ready), self._database)
        self.core.session.notice.connect(self._noticed)
        if not self.scripts:
            self.core.session.pop_painted.disconnect(self.core.scripts.show)
        self.core.start()
        self.core.scripts._warm.stop()  # the child that works out scripts begins when one is shown, not in every test
        self.until(lambda: self.session.phone_view.usable, "the phone is usable")
        return self

    def _noticed(self, notice: Notice) -> None:
        """The company's callbacks fall due at any time: no test waits for those."""
        if not notice.text.startswith("Callback due"):
            self.notices.append(notice.text)

    @property
    def session(self) -> Any:
        assert self.core is not None
        return self.core.session

    def other(self, **configure: object) -> sip.EngineDriver:
        """Another phone."""
        engine = sip.EngineDriver(self.profile.root / f"other{len(self._others)}", **configure)
        self._others.append(engine)
        return engine.start()

    def ring(self, caller: sip.EngineDriver, number: str = MARTA, **headers: str) -> str:
        """Call the workstation and wait until it rings; the caller's call id."""
        before = len(self.session.book.calls)
        call_id = f"c{time.monotonic_ns()}"
        named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        caller.send(
            m.Dial(call_id=call_id, target=f"sip:agent@{sip.HOST}:{self.port}", headers=named, from_user=number)
        )
        self.until(lambda: len(self.session.book.calls) > before, "the call arrives")
        return call_id

    def until(self, condition: Callable[[], object], what: str, within_s: float = WAIT_S) -> None:
        spin_until(condition, what, within_s)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the database file as any other program could."""
        with closing(sqlite3.connect(f"file:{self.profile.database_file}?mode=ro", uri=True, timeout=5)) as connection:
            return connection.execute(query, values).fetchall()

    def arrives(self, query: str, *values: object) -> tuple[Any, ...]:
        """Wait until a query brings a row."""
        self.until(lambda: self.rows(query, *values), query)
        return self.rows(query, *values)[0]

    def stop(self, *, keep_calls: bool = False) -> None:
        if self.core is not None:
            self.core.stop(keep_calls=keep_calls)
            self.core = None
        for engine in self._others:
            engine.stop()
