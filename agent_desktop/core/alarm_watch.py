"""Watches the live board for alarms, whether anybody looks at it or not."""

from datetime import time
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from agent_desktop.core.alarms import USUAL, Alarm, Alarms, Kind, Rule, Rules
from agent_desktop.core.feed_health import FeedHealth
from agent_desktop.core.live import Live
from agent_desktop.settings import Board

LOOK_MS = 1000


class AlarmWatch(QObject):
    """Signals: changed(), after each look that found something else; rose(Alarm), for each that came or got worse."""

    changed = Signal()
    rose = Signal(object)

    def __init__(self, live: Live, settings: Board, feed: FeedHealth):
        super().__init__()
        self._live, self._feed = live, feed
        self.alarms = Alarms(rules(settings))
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @property
    def open(self) -> tuple[Alarm, ...]:
        """What nobody here has acknowledged, the worst first."""
        return tuple(alarm for alarm in self.alarms.now if not alarm.acknowledged)

    def apply(self, settings: Board) -> None:
        """Other thresholds from now on."""
        self.alarms.rules = rules(settings)

    def acknowledge(self, key: tuple[UUID, Kind]) -> None:
        """This desk has seen it."""
        self.alarms.acknowledge(key)
        self.changed.emit()

    @Slot()
    def look(self) -> None:
        """What is old is no news: waits that nobody has heard the end of would go on and alarm."""
        if self._feed.is_known_old:
            return
        before = self.alarms.now
        rose = self.alarms.look(self._live.board)
        if self.alarms.now != before:
            self.changed.emit()
        if not self.alarms.rules.is_quiet(self._live.board.now().astimezone(self._live.board.zone)):
            for alarm in rose:
                self.rose.emit(alarm)


def rules(settings: Board) -> Rules:
    """What the settings say, as rules."""
    level = USUAL[Kind.SERVICE_LEVEL]
    kinds = {
        Kind.SERVICE_LEVEL: Rule(level.warning, settings.level_breach, level.margin),
        Kind.LONGEST_WAIT: Rule(settings.wait_warning_s, settings.wait_breach_s, USUAL[Kind.LONGEST_WAIT].margin),
        Kind.WAITING: Rule(settings.waiting_warning, settings.waiting_breach, USUAL[Kind.WAITING].margin),
        Kind.ABANDONED: Rule(settings.abandoned_warning, settings.abandoned_breach, USUAL[Kind.ABANDONED].margin),
    }
    return Rules(kinds, settings.alarm_after_s, _time(settings.quiet_from), _time(settings.quiet_until))


def _time(text: str) -> time | None:
    return time.fromisoformat(text) if text else None
