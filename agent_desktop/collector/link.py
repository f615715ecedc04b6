"""One PBX: connected whenever it can be, its events translated, its own state compared with what they told."""

import asyncio
import contextlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from agent_desktop import clock, log
from agent_desktop.collector import ami, gave_up, handoffs, menus, monitors, reconcile
from agent_desktop.collector.ami import Events, Manager, ManagerTrouble, Refusal
from agent_desktop.collector.collector_settings import PbxConfig
from agent_desktop.collector.database_clock import WRONG_US, DatabaseClock
from agent_desktop.collector.gave_up import GaveUp
from agent_desktop.collector.handoffs import Handoffs
from agent_desktop.collector.reconcile import Stored
from agent_desktop.collector.translate import WANTED, Translator, us_of
from agent_desktop.data.centre_rows import CollectorRow, QueueEventRow
from agent_desktop.data.collecting import OpenStay

PING_S = 10.0
AGAIN_S = (0.2, 0.5, 1.0, 2.0, 5.0)  # how long to wait before the next attempt to connect
LOOK_AGAIN_S = 1.0
_WANTED = WANTED | monitors.WANTED | handoffs.WANTED
_log = log.get("ami")

# Known, and nothing to us. What is in neither list is counted as unknown.
PASSED_OVER = frozenset(
    (
        *("BridgeCreate", "BridgeDestroy", "BridgeEnter", "BridgeLeave", "CEL", "Cdr", "ChallengeSent"),
        *("ContactStatus", "CoreShowChannel", "CoreShowChannelsComplete", "DTMFBegin", "DTMFEnd", "DeviceStateChange"),
        *("DialBegin", "DialEnd", "DialState", "ExtensionStatus", "FullyBooted", "LocalBridge", "MusicOnHoldStart"),
        *("MusicOnHoldStop", "NewAccountCode", "NewCallerid", "NewConnectedLine", "Newchannel", "Newexten", "Newstate"),
        *("PeerStatus", "QueueEntry", "QueueMember", "QueueMemberPenalty", "QueueMemberRinginuse"),
        *("QueueMemberStatus", "QueueParams", "QueueStatusComplete", "QueueSummary", "QueueSummaryComplete"),
        *("RTCPReceived", "RTCPSent", "Registry", "Reload", "Rename", "Shutdown", "SuccessfulAuth", "TestEvent"),
        *("LocalOptimizationBegin", "LocalOptimizationEnd", "BridgeMerge"),
        *("BridgeInfoChannel", "BridgeInfoComplete", "BridgeVideoSourceUpdate", "Pickup", "PresenceStateChange"),
    )
)


class Link:
    """Runs until cancelled. ``take_rows`` gives what has come together; ``compare`` asks for a look out of turn."""

    def __init__(
        self, pbx: PbxConfig, translator: Translator, secret: str, reconcile_s: float, database: DatabaseClock
    ) -> None:
        self.pbx, self.translator = pbx, translator
        self.manager: Manager | None = None
        self.monitors = monitors.Monitors()
        self.menus = menus.Menus()
        self.gave_up: GaveUp | None = None
        self.handoffs: Handoffs | None = None
        self.database = database
        self.started = ""  # when the PBX was started, in its words
        self.trouble = "not connected yet"
        self.members_known = False  # by a look since the connection was made
        translator.now_us = self.pbx_now_us
        self._secret = secret
        self._reconcile_s = reconcile_s
        self._rows: list[QueueEventRow] = []
        self._stored: Stored | None = None
        self._restarted = False  # the PBX was, and what that ended has not been put right
        self._ahead_us = 0  # this computer's clock, of the PBX's
        self._connected_us: int | None = None
        self._put_right = 0
        self._compare = asyncio.Event()

    # ------------------------------------------------------------------ asked by the service

    def begin_with(self, stays: tuple[OpenStay, ...], stored: Stored, started: str) -> None:
        """What the database knows of this PBX when the collector starts."""
        self._stored, self.started = stored, started
        names = {key: name for name, key in self.translator.queues.names()}
        for one in stays:
            queue, call, ordinal = names.get(one.queue_id, ""), str(one.data.get("call", "")), int(one.data.get("n", 1))
            if queue and call:
                self.translator.restore(one, queue, call, ordinal)

    @property
    def connected(self) -> bool:
        """Whether the PBX tells us what happens."""
        return self._connected_us is not None

    @property
    def connected_at(self) -> datetime | None:
        """Since when, by the database's clock."""
        return clock.from_us(self._connected_us) if self._connected_us is not None else None

    def take_rows(self) -> list[QueueEventRow]:
        """The queue events since the last call of this."""
        self._rows += self.translator.settle(self.pbx_now_us())
        rows, self._rows = self._rows, []
        return rows

    def compare(self) -> None:
        """Compare soon."""
        self._compare.set()

    def pbx_now_us(self) -> int:
        """The present moment by the PBX's clock."""
        return clock.now_us() - self._ahead_us

    def health(self, collector: str, *, active: bool, spooled: int, lag_ms: int) -> CollectorRow:
        """How it goes."""
        counts = self.manager.counts if self.manager is not None else {}
        strange = {name: count for name, count in counts.items() if name not in _WANTED and name not in PASSED_OVER}
        by = self.translator
        unknown = {"event": strange, "queue": dict(by.unknown_queues), "person": by.people.unknown}
        unknown["said"] = dict(self.handoffs.unknown.most_common(50)) if self.handoffs is not None else {}
        last = clock.from_us(by.last_us + by.offset_us) if by.last_us else None
        return CollectorRow(
            name=collector,
            pbx=self.pbx.name,
            active=active,
            connected_at=self.connected_at,
            last_event_at=last,
            events=self.manager.received if self.manager is not None else 0,
            unknown={kind: dict(list(found.items())[:50]) for kind, found in unknown.items() if found},
            lag_ms=lag_ms,
            clock_ms=(self._ahead_us + self.database.ahead_us) // 1000,
            spooled=spooled,
            put_right=self._put_right,
            trouble=self.trouble or (_WITHOUT_TIME if by.without_time else ""),
            pbx_started=self.started,
        )

    # ------------------------------------------------------------------ running

    async def run(self) -> None:
        """Stay connected, for ever."""
        attempt = 0
        while True:
            before = clock.monotonic()
            try:
                await self._talk()
                trouble = "the PBX closed the connection"
            except (ManagerTrouble, Refusal) as error:
                trouble = str(error)
            finally:
                self._hang_up()
            if clock.monotonic() - before > AGAIN_S[-1]:
                attempt = 0
            if trouble != self.trouble:
                _log.error("%s: %s", self.pbx.name, trouble)
            self.trouble = trouble
            await asyncio.sleep(AGAIN_S[min(attempt, len(AGAIN_S) - 1)])
            attempt += 1

    async def _talk(self) -> None:
        pbx = self.pbx
        tls = pbx.tls_context()
        manager = await ami.connect(pbx.host, pbx.port, tls=tls, wanted=_WANTED, heard=self._hear)
        self.manager = manager
        await manager.sign_in(pbx.user, self._secret)
        await self._set_clock(manager)
        self.trouble, self._connected_us = "", self.database.now_us()
        _log.info("%s: connected", pbx.name)
        compared = 0.0
        while not manager.closed.done():
            if self._compare.is_set() or clock.monotonic() - compared >= self._reconcile_s or not compared:
                self._compare.clear()
                await self._look(manager)
                compared = clock.monotonic()
            asked: asyncio.Future[Any] = asyncio.ensure_future(self._compare.wait())
            waits: set[asyncio.Future[Any]] = {asked, manager.closed}
            await asyncio.wait(waits, timeout=min(PING_S, self._reconcile_s), return_when=asyncio.FIRST_COMPLETED)
            asked.cancel()
            if not manager.closed.done() and not self._compare.is_set():
                await self._set_clock(manager)

    def _hang_up(self) -> None:
        if self.manager is not None:
            self.manager.close()
        self.manager, self._connected_us, self.members_known = None, None, False
        self.monitors.lost()

    def _hear(self, events: Events) -> None:
        take = self.translator.take
        for name, fields in events:
            self._rows += take(name, fields)
            if name == gave_up.EVENT and self.gave_up is not None:
                told = us_of(fields.get("Timestamp", "")) or self.pbx_now_us()
                self.gave_up.hear(fields, told + self.translator.offset_us)
            if name == "UserEvent" and fields.get("UserEvent") == menus.EVENT:
                told = us_of(fields.get("Timestamp", "")) or self.pbx_now_us()
                self.menus.hear(fields, clock.from_us(told + self.translator.offset_us))
            if name in handoffs.WANTED and self.handoffs is not None:
                told = us_of(fields.get("Timestamp", "")) or self.pbx_now_us()
                self.handoffs.hear(name, fields, told + self.translator.offset_us)
            if name in monitors.WANTED:
                self.monitors.take(name, fields)

    async def _set_clock(self, manager: Manager) -> None:
        """How far the PBX's clock is off; it also proves that the PBX is there. Raises ManagerTrouble.

        What a slow answer of the PBX or the database leaves open is no wrong clock.
        """
        before_us = clock.now_us()
        reply = await manager.ask("Ping")
        took_us = clock.now_us() - before_us
        told = us_of(reply.fields.get("Timestamp", ""))
        if told is not None and (took_us < WRONG_US or not self.connected):
            self._ahead_us = before_us + took_us // 2 - told
        off_us, by = self._ahead_us + self.database.ahead_us, self.translator
        if abs(off_us) < WRONG_US:
            off_us = 0
        if abs(off_us - by.offset_us) < WRONG_US + took_us // 2 + self.database.doubt_us:
            return
        by.offset_us = off_us
        if not off_us:
            _log.info("%s: its clock is right again", self.pbx.name)
            return
        where = "behind" if off_us > 0 else "ahead of"
        words = "%s: its clock is %.1f s %s the database's; its events are set right"
        _log.error(words, self.pbx.name, abs(off_us) / 1e6, where)

    async def _look(self, manager: Manager) -> None:
        """Compare, and put right what is still so a moment later. Raises ManagerTrouble, Refusal."""
        by = self.translator
        first = await reconcile.look(manager, self.pbx_now_us())
        self._restarted |= bool(self.started) and first.started != self.started
        self.started = first.started
        by.unreachable = first.unreachable
        found = reconcile.differences(by, first, self._stored)
        if not found:
            by.members = dict(first.members)
        else:
            await asyncio.sleep(LOOK_AGAIN_S)
            second = await reconcile.look(manager, self.pbx_now_us())
            still = reconcile.differences(by, second, self._stored)
            agreed = found & still
            self._rows += reconcile.put_right(by, second, agreed, self._restarted)
            self._put_right += len(agreed)
            if agreed:
                _log.info("%s: %d differences put right", self.pbx.name, len(agreed))
            if still - agreed:
                asyncio.get_running_loop().call_later(LOOK_AGAIN_S, self._compare.set)
        self._restarted, self._stored, self.members_known = False, None, True


_WITHOUT_TIME = "its events carry no time: set timestampevents = yes in manager.conf"


async def stopped(task: "asyncio.Task[None]") -> None:
    """Cancel a task and wait for its end."""
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def listens_since(links: Iterable[Link]) -> datetime | None:
    """Since when all of these PBXs tell us what happens, by the database's clock; None while one does not."""
    began = [link.connected_at for link in links]
    return max(at for at in began if at) if all(began) else None
