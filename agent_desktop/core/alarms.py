"""When a queue needs somebody: warnings and breaches that neither flicker nor shout twice. No Qt.

A level is reached when its value has stayed beyond the threshold for a while, and left when it has stayed back behind
it by a margin for as long (hysteresis). Who acknowledges an alarm hears of it again only when it gets worse.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import IntEnum, StrEnum
from uuid import UUID

import msgspec

from agent_desktop.core.board import Board
from agent_desktop.core.board_views import Alert, QueueTile
from agent_desktop.core.figures import Figure
from agent_desktop.data.centre_rows import QueueRow


class Level(IntEnum):
    NONE = 0
    WARNING = 1
    BREACH = 2


class Kind(StrEnum):
    """What is watched, the gravest first."""

    SERVICE_LEVEL = "service_level"  # points below target, of the time in which it has been below without a break
    LONGEST_WAIT = "longest_wait"  # seconds, of who waits now
    WAITING = "waiting"  # callers now
    ABANDONED = "abandoned"  # per cent of the day's visits


class Rule(msgspec.Struct, frozen=True):
    """Thresholds in the kind's unit, inclusive; ``breach`` 0 has none. ``margin``: how far back ends it."""

    warning: float
    breach: float
    margin: float


USUAL: Mapping[Kind, Rule] = {
    Kind.SERVICE_LEVEL: Rule(0.0001, 10, 2),  # any point below target warns
    Kind.LONGEST_WAIT: Rule(60, 180, 5),
    Kind.WAITING: Rule(5, 10, 1),
    Kind.ABANDONED: Rule(0, 0, 0.5),
}


class Rules(msgspec.Struct, frozen=True):
    """``after_s``: how long a value must stay beyond (or back behind) a threshold. Times of quiet are local."""

    kinds: Mapping[Kind, Rule] = msgspec.field(default_factory=lambda: USUAL)
    after_s: float = 10.0
    quiet_from: time | None = None
    quiet_until: time | None = None

    def is_quiet(self, local: datetime) -> bool:
        """Whether nothing may sound or pop up now; from later than until: over midnight."""
        begin, end, now = self.quiet_from, self.quiet_until, local.time().replace(tzinfo=None)
        if begin is None or end is None or begin == end:
            return False
        return begin <= now < end if begin < end else now >= begin or now < end


class Alarm(msgspec.Struct, frozen=True):
    """One queue's trouble as it stands. ``since``: when this level was reached, of a service level since when below."""

    queue: QueueRow
    kind: Kind
    level: Level
    since: datetime
    value: float
    tile: QueueTile
    figure: Figure | None = None  # of a service level
    acknowledged: bool = False

    @property
    def key(self) -> tuple[UUID, Kind]:
        return self.queue.id, self.kind


class _State:
    __slots__ = ("acknowledged", "level", "other", "other_since", "since")

    def __init__(self, now: datetime) -> None:
        self.level, self.since = Level.NONE, now
        self.acknowledged = Level.NONE
        self.other: Level | None = None  # the level that the value asks for, and since when
        self.other_since = now

    def step(self, value: float, rule: Rule, after: timedelta, now: datetime) -> bool:
        """Take in a value; whether the level rose."""
        up, down = _level(value, rule, 0.0), _level(value, rule, rule.margin)
        wanted = up if up > self.level else down if down < self.level else self.level
        if wanted is self.level:
            self.other = None
            return False
        if self.other is None or (wanted > self.level) != (self.other > self.level):
            self.other_since = now
        self.other = wanted
        if now - self.other_since < after:
            return False
        rose = wanted > self.level
        self.level, self.since, self.other = wanted, now, None
        self.acknowledged = min(self.acknowledged, wanted)
        return rose


def _level(value: float, rule: Rule, margin: float) -> Level:
    if rule.breach and value >= rule.breach - margin:
        return Level.BREACH
    # A margin as large as the threshold would never let it go.
    return Level.WARNING if rule.warning and value >= max(rule.warning - margin, rule.warning / 2) else Level.NONE


class Alarms:
    """What is wrong on a board, looked at about once a second."""

    def __init__(self, rules: Rules | None = None) -> None:
        self.rules = rules or Rules()
        self.now: tuple[Alarm, ...] = ()  # the worst first, acknowledged ones too
        self._states: dict[tuple[UUID, Kind], _State] = {}
        self._first = True

    def look(self, board: Board) -> tuple[Alarm, ...]:
        """Bring ``now`` up to date; returns those that came or got worse. What is so at the first look does not wait
        and is not new: the desk has only just been opened."""
        now, found, rose = board.now(), [], []
        after = timedelta() if self._first else timedelta(seconds=self.rules.after_s)
        below = {alert.queue.id: alert for alert in board.alerts()}
        shown = board.tiles()
        for tile in shown:
            alert = below.get(tile.queue.id)
            for kind, rule in self.rules.kinds.items():
                value = _value(kind, tile, alert, now)
                state = self._states.setdefault((tile.queue.id, kind), _State(now))
                came = state.step(value, rule, after, now)
                if state.level is Level.NONE:
                    continue
                alarm = Alarm(
                    queue=tile.queue,
                    kind=kind,
                    level=state.level,
                    since=alert.since if alert is not None and kind is Kind.SERVICE_LEVEL else state.since,
                    value=value,
                    tile=tile,
                    figure=alert.service_level if alert is not None and kind is Kind.SERVICE_LEVEL else None,
                    acknowledged=state.acknowledged >= state.level,
                )
                found.append(alarm)
                if came and not self._first:
                    rose.append(alarm)
        there = {tile.queue.id for tile in shown}
        self._states = {key: state for key, state in self._states.items() if key[0] in there}
        kinds = list(Kind)
        found.sort(key=lambda alarm: (-alarm.level, kinds.index(alarm.kind), -alarm.value))
        self.now, self._first = tuple(found), not shown and self._first
        return tuple(rose)

    def passed(self) -> dict[UUID, dict[Kind, Level]]:
        """Which thresholds of which queue are passed now, acknowledged or not."""
        found: dict[UUID, dict[Kind, Level]] = {}
        for alarm in self.now:
            found.setdefault(alarm.queue.id, {})[alarm.kind] = alarm.level
        return found

    def acknowledge(self, key: tuple[UUID, Kind]) -> None:
        """Somebody has seen it; it stays in ``now`` and is heard of again when it gets worse."""
        state = self._states.get(key)
        if state is not None:
            state.acknowledged = state.level
            self.now = tuple(
                msgspec.structs.replace(alarm, acknowledged=True) if alarm.key == key else alarm for alarm in self.now
            )


def _value(kind: Kind, tile: QueueTile, alert: Alert | None, now: datetime) -> float:
    if kind is Kind.SERVICE_LEVEL:
        level = alert.service_level.value if alert is not None else None
        return 0.0 if level is None else (tile.queue.sl_target - level) * 100
    if kind is Kind.LONGEST_WAIT:
        return 0.0 if tile.longest_since is None else (now - tile.longest_since).total_seconds()
    if kind is Kind.WAITING:
        return float(tile.waiting)
    return 100 * tile.tally.abandoned / tile.tally.entered if tile.tally.entered else 0.0
