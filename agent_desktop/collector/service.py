"""The collector: several PBXs in, the database out, ten times a second; one of two collectors writes.

A turn takes the events that have come, and in one transaction holds the lease, stores them and takes requests. What the
database cannot take goes into the spool. A collector that is only ready keeps what came in the last half minute, and
longer while it does not know that the other has stored it.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from agent_desktop import clock, data, log
from agent_desktop.collector import supervised
from agent_desktop.collector.ami import ManagerTrouble, Refusal
from agent_desktop.collector.carry_out import Directory, carry_out
from agent_desktop.collector.collector_settings import CollectorConfig, password
from agent_desktop.collector.database_clock import DatabaseClock
from agent_desktop.collector.gave_up import GaveUp
from agent_desktop.collector.handoffs import Handoffs, map_of
from agent_desktop.collector.link import Link, listens_since, stopped
from agent_desktop.collector.members import Members
from agent_desktop.collector.monitors import Nonsense
from agent_desktop.collector.names import People, Queues
from agent_desktop.collector.reconcile import Stored
from agent_desktop.collector.report_schedule import ReportSchedules
from agent_desktop.collector.spool import Spool
from agent_desktop.collector.translate import Translator
from agent_desktop.data import past_calls
from agent_desktop.data.centre_rows import PbxRequestRow, QueueEventRow
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble
from agent_desktop.data.ids import new_id
from agent_desktop.data.pbx_members import Key, MemberSaid
from agent_desktop.data.words import RequestState

TURN_S = 0.1
REQUESTS_S = 0.2
HEALTH_S = 1.0
DESKS_S = 2.0
MEMBERS_S = 0.5
TRY_S = 1.0  # how often a database that is away is asked, and the lease of another looked at
WITHIN_S = 4.0
KEPT_S = 30.0
CATALOGUE_S = 15.0
MONITORS_S = 5.0
REPORTS_S = 5.0
FIGURES_S = 60.0
LEAVE_S = 5.0
BATCH = 2_000
LOOK_BACK = timedelta(hours=24)
T = TypeVar("T")
_log = log.get("collector")


class Service:
    """Runs until ``stop`` is set. ``active`` is whether it holds the lease."""

    def __init__(self, config: CollectorConfig, stop: asyncio.Event) -> None:
        self.active = False
        self.stored = 0  # events, since the start
        self.links: list[Link] = []
        self._config, self._stop = config, stop
        self._holder: UUID = new_id()
        self._thread = ThreadPoolExecutor(1, "database")  # one thread: one connection
        self._reports_thread = ThreadPoolExecutor(1, "reports")
        self._reports = ReportSchedules(config, self._holder)
        self._reporting: asyncio.Future[None] | None = None
        self._figures = ThreadPoolExecutor(1, "figures")  # sums take seconds, which no event may wait
        self._summing: asyncio.Future[None] | None = None
        self._spool = Spool(config.state / "spool.jsonl")
        self._recent: deque[tuple[float, QueueEventRow]] = deque()
        self._directory = Directory({}, {})
        self._answers: list[tuple[UUID, RequestState, str]] = []
        self._ended: list[UUID] = []  # monitors
        self._at_work: set[asyncio.Task[None]] = set()
        self._members = Members()
        self._away = False
        self._clock = DatabaseClock()
        self._lag_ms = 0
        dues = ("try", "requests", "health", "catalogue", "alive", "monitors", "desks", "reports", "figures")
        self._due = dict.fromkeys((*dues, "members", "look"), 0.0)
        self._database: Database

    async def run(self) -> None:
        """Until it is told to stop. Raises DatabaseTrouble only for what no waiting cures."""
        opened = await self._open()
        if opened is None:
            return
        self._database = opened
        tasks = [asyncio.ensure_future(link.run()) for link in self.links]
        supervised.tell("READY=1")
        _log.info("collecting from %s as %s", ", ".join(link.pbx.name for link in self.links), self._config.called)
        try:
            while not self._stop.is_set():
                begun = clock.monotonic()
                await self._turn()
                if self._is_due("alive", HEALTH_S):
                    supervised.tell("WATCHDOG=1")
                if self.active and not self._away and self._is_due("reports", REPORTS_S):
                    self._make_reports()
                with contextlib.suppress(TimeoutError):
                    left = TURN_S - (clock.monotonic() - begun)
                    await asyncio.wait_for(self._stop.wait(), max(0.01, left))
        finally:
            for task in [*tasks, *self._at_work]:
                await stopped(task)
            if self._summing is not None:
                await asyncio.wait([self._summing], timeout=LEAVE_S)
            self._figures.shutdown(wait=False)
            await self._leave()

    # ------------------------------------------------------------------ beginning and end

    async def _open(self) -> Database | None:
        """The database, when it is there, and the links with what it knows."""
        secret = password("database")
        told = ""
        while not self._stop.is_set():
            try:
                return await self._in_thread(lambda: self._opened(secret))
            except DatabaseTrouble as trouble:
                if str(trouble) != told:
                    told = str(trouble)
                    _log.error("waiting for the database: %s", trouble)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), TRY_S)
        return None

    def _opened(self, secret: str) -> Database:
        database = Database.open(self._config.database, password=secret)
        try:
            self._begin(database)
        except BaseException:
            database.close()
            raise
        return database

    def _begin(self, database: Database) -> None:
        with database.read() as session:
            self._clock.lease(session, self._holder)  # links must not begin with a wrong idea of the time
            site, region = data.history.site_id(session), data.site.site(session).region
            self._directory = _directory(session)
            people, queues = _names(self._directory)
            stored = Stored(
                data.collecting.signed_in(session), data.collecting.paused(session, self._directory.agents.keys())
            )
            started = {row.pbx: row.pbx_started for row in data.collecting.health(session)[::-1]}
            self.links = []
            for pbx in self._config.pbx:
                by = Translator(site, pbx.name, people, queues)
                link = Link(pbx, by, password(pbx.secret_name), self._config.reconcile_s, self._clock)
                link.gave_up = GaveUp(site, region)
                link.handoffs = Handoffs(site, pbx.name, map_of(data.handoffs.rules(session)), self._config.secrets_to)
                stays = data.collecting.entries_since(session, by.source, self._clock.now() - LOOK_BACK)
                link.begin_with(stays, stored, started.get(pbx.name, ""))
                self.links.append(link)

    async def _leave(self) -> None:
        rows = [row for link in self.links for row in link.take_rows()]

        def leave() -> None:
            with contextlib.suppress(DatabaseTrouble):
                try:
                    self._store(rows, [], [], within_s=2.0)
                    with self._database.write(2.0) as session:
                        data.collecting.release_lease(session, self._holder)
                except DatabaseTrouble:
                    self._spool.put(rows if self.active else [])
                    raise
            self._database.close()

        await self._in_thread(leave)
        self._thread.shutdown()
        if self._reporting is None or self._reporting.done():  # else the next one takes over what is left
            await asyncio.get_running_loop().run_in_executor(self._reports_thread, self._reports.close)
        self._reports_thread.shutdown(wait=False, cancel_futures=True)

    async def _in_thread(self, job: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, job)

    # ------------------------------------------------------------------ a turn

    async def _turn(self) -> None:
        rows = [row for link in self.links for row in link.take_rows()]
        if self._is_due("look", MEMBERS_S):
            self._members.look(self.links)
        if not self.active or self._away:
            due = self._is_due("try", TRY_S)
            if not due:
                self._keep(rows)
                return
        answers, self._answers = self._answers, []
        self._ended += [key for link in self.links for key in link.monitors.take_ended()]
        ended, self._ended = self._ended, []
        waiting = [*(row for _, row in self._recent), *rows] if not self.active else rows
        was_active = self.active
        try:
            taken = await self._in_thread(lambda: self._work(waiting, answers, ended))
        except DatabaseTrouble as trouble:
            self._answers = answers + self._answers
            self._ended = ended + self._ended
            self._keep(rows)
            if not self._away:
                _log.error("the database is away, events are kept here: %s", trouble)
            self._away = True
            return
        if self._away:
            _log.info("the database is back")
        self._away = False
        if self.active:
            self._recent.clear()
            if not was_active:
                _log.info("active from now on")
                for link in self.links:
                    link.compare()
        else:
            self._keep(rows)
            self._forget_old()
        for request in taken:
            self._begin_task(self._carry_out(request))
        if self.active and self._is_due("monitors", MONITORS_S):
            self._begin_task(self._check_monitors())
        if self.active and (self._summing is None or self._summing.done()) and self._is_due("figures", FIGURES_S):
            self._summing = asyncio.get_running_loop().run_in_executor(self._figures, self._sum_up)

    def _begin_task(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)

    def _keep(self, rows: list[QueueEventRow]) -> None:
        """What cannot be stored now: in the spool if it is ours to store, else for the moment when it may be."""
        if self.active:
            self._spool.put(rows)
        else:
            now = clock.monotonic()
            self._recent.extend((now, row) for row in rows)

    def _forget_old(self) -> None:
        """What the active one must have stored by now."""
        since = self._clock.now() - timedelta(seconds=KEPT_S)
        for link in self.links:
            if link.gave_up is not None:
                link.gave_up.forget(since)
            link.menus.forget(since)
            if link.handoffs is not None:
                link.handoffs.forget(since)
        limit = clock.monotonic() - KEPT_S
        while self._recent and self._recent[0][0] < limit:
            self._recent.popleft()

    def _is_due(self, what: str, every_s: float) -> bool:
        now = clock.monotonic()
        if now < self._due[what]:
            return False
        self._due[what] = now + every_s
        return True

    # ------------------------------------------------------------------ on the database's thread

    def _work(
        self, rows: list[QueueEventRow], answers: list[tuple[UUID, RequestState, str]], ended: list[UUID]
    ) -> tuple[PbxRequestRow, ...]:
        if not self.active:
            with self._database.read(WITHIN_S) as session:
                lease = self._clock.lease(session, self._holder)
                waits = bool(lease.name) and not lease.held
                # Who has been listening for longer knows what happened while nobody held the lease.
                waits = waits or data.collecting.heard_longer(session, self._config.called, listens_since(self.links))
            if waits:
                if self._spool.count:
                    self._replay()
                self._tell_health()
                return ()
        if self._spool.count:
            self._replay()
        taken = self._store(rows, answers, ended)
        if self.active:
            self._tell_who_gave_up()
            self._tell_menus()
            self._tell_handoffs()
        if self._is_due("health", HEALTH_S):
            self._tell_health()
        if self._is_due("catalogue", CATALOGUE_S):
            self._refresh()
        return taken

    def _tell_who_gave_up(self) -> None:
        """Callers to be called back; stored again by whoever takes over, they are the same rows."""
        for link in self.links:
            calls = link.gave_up.take() if link.gave_up is not None else []
            if not calls:
                continue
            try:
                with self._database.write(WITHIN_S) as session:
                    past_calls.add(session, calls)
            except DatabaseTrouble:
                assert link.gave_up is not None
                link.gave_up.give_back(calls)
                raise

    def _tell_menus(self) -> None:
        """How far customers in menus are."""
        for link in self.links:
            told = link.menus.take_told()
            if not told:
                continue
            try:
                with self._database.write(WITHIN_S) as session:
                    data.ivr_handovers.tell(session, told)
            except DatabaseTrouble:
                link.menus.give_back(told)
                raise

    def _tell_handoffs(self) -> None:
        """What callers said in menus; stored again by whoever takes over, it is the same rows."""
        for link in self.links:
            words = link.handoffs.take() if link.handoffs is not None else []
            if not words:
                continue
            try:
                with self._database.write(WITHIN_S) as session:
                    data.handoffs.record(session, words)
            except DatabaseTrouble:
                assert link.handoffs is not None
                link.handoffs.give_back(words)
                raise

    def _store(
        self,
        rows: list[QueueEventRow],
        answers: list[tuple[UUID, RequestState, str]],
        ended: list[UUID],
        within_s: float = WITHIN_S,
    ) -> tuple[PbxRequestRow, ...]:
        """One transaction under the lease; without it nothing is written."""
        taken: tuple[PbxRequestRow, ...] = ()
        told: dict[Key, MemberSaid] = {}
        wants = self._is_due("requests", REQUESTS_S)
        if not (rows or answers or ended or wants):
            return ()
        was_active = self.active
        with self._database.write(within_s) as session:
            lease = self._clock.hold_lease(session, self._holder, self._config.called, self._config.lease_s)
            if lease.held:
                for start in range(0, len(rows), BATCH):
                    self.stored += data.queues.record_events(session, rows[start : start + BATCH])
                if rows:
                    data.changes.tell_soon(session)
                for key, state, answer in answers:
                    data.collecting.finish_request(session, key, state, answer)
                if ended:
                    data.collecting.end_monitors(session, ended)
                if wants:
                    told, left = self._keep_desks(session, lease.server_now)
                    taken = data.collecting.take_requests(session) + left
                    late = lease.server_now - timedelta(seconds=2 * self._config.request_s)
                    for begun in data.collecting.left_begun(session, late):
                        data.collecting.finish_request(session, begun.id, RequestState.UNCLEAR, "")
        if self.active and not lease.held:
            _log.error("the lease is lost to %s", lease.name)
        self.active = lease.held
        if lease.held:
            self._members.stored(told)
        else:
            self._members.forget()
        if rows and lease.held and was_active:  # whoever takes over brings what the other has stored long ago
            behind = self._clock.now() - min(row.at for row in rows)
            self._lag_ms = max(self._lag_ms, int(behind.total_seconds() * 1000))
        return self._fresh(taken, lease)

    def _keep_desks(self, session: Any, now: datetime) -> tuple[dict[Key, MemberSaid], tuple[PbxRequestRow, ...]]:
        """Which desktops are lost, what the PBXs say of their members, and who of those is to be paused."""
        told = self._members.store(session, now) if self._is_due("members", MEMBERS_S) else {}
        if not self._is_due("desks", DESKS_S):
            return told, ()
        data.desks.settle_lost(session)
        return told, self._members.left(session, now)

    def _fresh(self, taken: tuple[PbxRequestRow, ...], lease: data.collecting.Lease) -> tuple[PbxRequestRow, ...]:
        """Those that are still meant."""
        oldest = lease.server_now - timedelta(seconds=self._config.request_s)
        self._answers += [(row.id, RequestState.LATE, "") for row in taken if row.at < oldest]
        return tuple(row for row in taken if row.at >= oldest)

    def _replay(self) -> None:
        """Give the spool to the database. It holds what the PBX told, so who writes it does not matter."""
        for batch in self._spool.batches():
            with self._database.write(WITHIN_S) as session:
                if self.active:
                    data.collecting.hold_lease(session, self._holder, self._config.called, self._config.lease_s)
                else:
                    data.collecting.lock_writers(session)
                self.stored += data.queues.record_events(session, batch)
        _log.info("%d events of the spool are stored now", self._spool.count)
        self._spool.clear()

    def _tell_health(self) -> None:
        rows = [
            link.health(self._config.called, active=self.active, spooled=self._spool.count, lag_ms=self._lag_ms)
            for link in self.links
        ]
        self._lag_ms = 0
        with self._database.write(WITHIN_S) as session:
            for row in rows:
                data.collecting.tell_health(session, row)

    def _sum_up(self) -> None:
        try:
            data.recount.catch_up(self._database, self._stop.is_set)
        except DatabaseTrouble as trouble:
            _log.info("figures are summed up later: %s", trouble)

    def _refresh(self) -> None:
        """People and queues may have changed."""
        with self._database.read(WITHIN_S) as session:
            found = _directory(session)
            rules = data.handoffs.rules(session)
        for link in self.links:
            if link.handoffs is not None:
                link.handoffs.by = map_of(rules)
        if found != self._directory:
            people, queues = _names(found)
            for link in self.links:
                link.translator.people, link.translator.queues = people, queues
            self._directory = found

    # ------------------------------------------------------------------ reports

    def _make_reports(self) -> None:
        """On a thread of their own; one look at a time."""

        def look() -> None:
            try:
                self._reports.look()
            except DatabaseTrouble as trouble:
                _log.error("reports wait for the database: %s", trouble)
            except Exception:  # noqa: BLE001 - a report must not end the collecting
                _log.exception("a report could not be made")

        if self._reporting is None or self._reporting.done():
            self._reporting = asyncio.get_running_loop().run_in_executor(self._reports_thread, look)

    # ------------------------------------------------------------------ requests

    async def _carry_out(self, request: PbxRequestRow) -> None:
        try:
            state, answer = RequestState.DONE, await carry_out(self._link_of(request), self._directory, request)
        except (Refusal, Nonsense, ValueError) as error:
            state, answer = RequestState.REFUSED, str(error)
        except ManagerTrouble as trouble:
            state, answer = RequestState.UNCLEAR, str(trouble)
        _log.info("request %s: %s", request.kind.value, state.value)
        self._answers.append((request.id, state, answer))

    async def _check_monitors(self) -> None:
        """Of what listens by the database, but not to our knowledge: whether the PBX still knows it."""

        def find() -> tuple[PbxRequestRow, ...]:
            with self._database.read(WITHIN_S) as session:
                return data.collecting.open_monitors(session)

        managers = [link.manager for link in self.links if link.connected and link.manager is not None]
        if len(managers) < len(self.links):
            return
        with contextlib.suppress(DatabaseTrouble, ManagerTrouble):
            known = {key for link in self.links for key in link.monitors.going}
            unknown = tuple(row for row in await self._in_thread(find) if row.id not in known)
            gone = {row.id for row in unknown}
            for link, manager in zip(self.links, managers, strict=True):
                gone &= set(await link.monitors.check(manager, unknown))
            self._ended += gone

    def _link_of(self, request: PbxRequestRow) -> Link:
        """The PBX that it is about: that of the call, or where the agent is a member, else the first."""
        for link in self.links:
            if any(str(stay.id) == request.detail.get("visit") for stay in link.translator.stays):
                return link
        for link in self.links:
            if any(link.translator.people.find(phone) == request.agent_id for _, phone in link.translator.members):
                return link
        return self.links[0]


def _directory(session: object) -> Directory:
    found = data.agents.agents(session, active_only=False)  # type: ignore[arg-type]
    queues = data.queues.queues(session, active_only=False)  # type: ignore[arg-type]
    return Directory({row.id: row for row in found}, {row.id: row for row in queues})


def _names(directory: Directory) -> tuple[People, Queues]:
    return People(directory.agents.values()), Queues(directory.queues.values())
