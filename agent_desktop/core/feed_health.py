"""How old what the board shows is, and what is away when it is old: the phone system, the collector or the database."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from agent_desktop import clock, data
from agent_desktop.core.live import Live
from agent_desktop.core.store import Store
from agent_desktop.data.centre_rows import CollectorRow

ASK_MS = 2_000
SILENT_S = 8.0  # a collector tells every second; one that has not for so long is taken for gone
LATE_S = 3.0
OLD_S = 15.0  # what comes that much behind is shown as old
_TOGETHER = timedelta(seconds=60)  # rows told of within it belong to collectors that run now


class Flow(StrEnum):
    """Where the events stand, the last one that holds; LOCAL: nobody collects here, desktops write them."""

    LOCAL = "local"
    LIVE = "live"
    LATE = "late"
    PBX_AWAY = "pbx_away"
    COLLECTOR_AWAY = "collector_away"
    DATABASE_AWAY = "database_away"


class FeedView(msgspec.Struct, frozen=True):
    """``age_s``: how old the newest thing that could be shown is; for LOCAL it is 0 while the database answers."""

    flow: Flow = Flow.LOCAL
    age_s: float = 0.0
    away: tuple[str, ...] = ()  # phone systems that the collector cannot reach
    reached: tuple[str, ...] = ()
    connected_at: datetime | None = None  # the latest of those that are reached
    lag_s: float = 0.0  # from the phone system's stamp to the database
    spooled: int = 0  # events that wait at the collector
    unknown: int = 0  # events, queues and people that it could make nothing of
    clock_s: float = 0.0  # how far a phone system's clock is ahead of the database's
    trouble: str = ""  # as the collector says it
    collector: str = ""
    stands_by: tuple[str, ...] = ()

    @property
    def is_old(self) -> bool:
        """Whether nothing on the board may be taken for what is now."""
        if self.flow is Flow.PBX_AWAY:
            return not self.reached
        return self.flow in (Flow.COLLECTOR_AWAY, Flow.DATABASE_AWAY) or self.lag_s > OLD_S


def judge(now: datetime, rows: tuple[CollectorRow, ...]) -> FeedView:
    """What the collectors' rows say at the database's moment ``now``."""
    told = [row for row in rows if row.told_at is not None]
    if not told:
        return FeedView()
    newest = max(row.told_at for row in told if row.told_at is not None)
    running = [row for row in told if row.told_at is not None and newest - row.told_at < _TOGETHER]
    age = max(0.0, (now - newest).total_seconds())
    fresh = [row for row in running if row.told_at is not None and (now - row.told_at).total_seconds() <= SILENT_S]
    active = {row.pbx: row for row in fresh if row.active}
    stands_by = tuple(sorted({row.name for row in fresh if not row.active}))
    if not active:
        names = sorted({row.name for row in running if row.active} or {row.name for row in running})
        return FeedView(Flow.COLLECTOR_AWAY, age, collector=", ".join(names), stands_by=stands_by)
    lag = max(row.lag_ms for row in active.values()) / 1000
    found = FeedView(
        Flow.LIVE,
        age + lag,
        away=tuple(sorted(row.pbx for row in active.values() if row.connected_at is None)),
        reached=tuple(sorted(row.pbx for row in active.values() if row.connected_at is not None)),
        connected_at=max((row.connected_at for row in active.values() if row.connected_at), default=None),
        lag_s=lag,
        spooled=sum(row.spooled for row in active.values()),
        unknown=sum(
            sum(found.values())
            for row in active.values()
            for kind, found in row.unknown.items()
            if kind != "said"  # what callers say in menus and no map names: nothing is missing for that
        ),
        clock_s=max((-row.clock_ms / 1000 for row in active.values()), key=abs),
        trouble="; ".join(sorted({row.trouble for row in active.values() if row.trouble})),
        collector=", ".join(sorted({row.name for row in active.values()})),
        stands_by=stands_by,
    )
    if found.away:
        heard = [row.last_event_at for row in active.values() if row.connected_at is None and row.last_event_at]
        silent = (now - max(heard)).total_seconds() if heard and not found.reached else found.age_s
        return replace(found, flow=Flow.PBX_AWAY, age_s=max(0.0, silent))
    return replace(found, flow=Flow.LATE) if lag > LATE_S or found.spooled else found


class FeedHealth(QObject):
    """Asks while somebody looks. Signal: changed(FeedView), every second of looking."""

    changed = Signal(object)

    def __init__(self, store: Store, live: Live):
        super().__init__()
        self._store = store
        self._watchers: set[int] = set()
        self._asking = False
        self._answer = FeedView()
        self._answered_at = clock.monotonic()
        self._away_s: float | None = None
        self._ask_timer = QTimer(self, interval=ASK_MS)
        self._ask_timer.timeout.connect(self.ask)
        self._tell_timer = QTimer(self, interval=1_000)
        self._tell_timer.timeout.connect(self._tell)
        live.stale.connect(self._stale)

    @property
    def view(self) -> FeedView:
        """As it stands this moment."""
        if self._away_s is not None:
            return replace(self._answer, flow=Flow.DATABASE_AWAY, age_s=self._away_s)
        if self._answer.flow is Flow.LOCAL:
            return self._answer
        return replace(self._answer, age_s=self._answer.age_s + clock.monotonic() - self._answered_at)

    @property
    def is_known_old(self) -> bool:
        """Whether nothing newer is known: of the database always, of collectors and PBXs while somebody looks."""
        return self._away_s is not None or (bool(self._watchers) and self.view.is_old)

    @Slot(object, bool)
    def watch(self, who: object, on: bool) -> None:
        """``who`` looks at it, or no longer does."""
        (self._watchers.add if on else self._watchers.discard)(id(who))
        if self._watchers and not self._ask_timer.isActive():
            self._ask_timer.start()
            self._tell_timer.start()
            self.ask()
        elif not self._watchers:
            self._ask_timer.stop()
            self._tell_timer.stop()

    @Slot()
    def ask(self) -> None:
        if self._asking or not self._store.ready:
            return
        self._asking = True
        self._store.browse(_question, self._take, self._missed)

    def _take(self, found: FeedView) -> None:
        self._asking = False
        self._answer, self._answered_at = found, clock.monotonic()
        self._tell()

    def _missed(self, error: Exception) -> None:
        self._asking = False

    @Slot(object)
    def _stale(self, seconds: float | None) -> None:
        self._away_s = seconds
        if seconds is None:
            self.ask()
        self._tell()

    @Slot()
    def _tell(self) -> None:
        if self._watchers:
            self.changed.emit(self.view)


def _question(session: Any) -> FeedView:
    return judge(*data.collecting.health_now(session))
