"""Reports: figures of a period, line by line, each with what it was counted from, and a sum that is no mean. No Qt.

Every line is made of counts; figures are made of the line's counts, and those of the sum of the summed counts. Visits
count in the interval they entered in, so that E = A + B + X + U holds in each line.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from agent_desktop.core import figures, metrics
from agent_desktop.core.figures import QT_TRANSLATE_NOOP, Figure, Scope, translated
from agent_desktop.core.metrics import SlPart, Tally
from agent_desktop.core.periods import Period
from agent_desktop.core.report_wish import Kind, Wish
from agent_desktop.data.agent_time_rows import AgentTime
from agent_desktop.data.callback_rows import CallBack
from agent_desktop.data.centre_rows import AgentRow, QueueRow, SlRule, TeamRow
from agent_desktop.data.report_rows import SettingsVersion

NOTHING = Tally()
NO_TEAM = UUID(int=0)  # the team of who has none


class Line(msgspec.Struct, frozen=True):
    """One line. ``key`` tells it from the others; ``whole``: the sum of all. ``parts``: its counts by how the queues
    count their service level; none where a line is no queue's. ``target`` is the level asked for.
    """

    key: str
    label: str
    tally: Tally
    scope: Scope
    parts: tuple[SlPart, ...] = ()
    target: float | None = None
    max_wait_us: int | None = None
    queue_id: UUID | None = None
    agent_id: UUID | None = None
    team_id: UUID | None = None
    time: AgentTime | None = None  # of agents and teams: how long they did what
    nobody: bool = False  # of agents and teams: what nobody answered
    whole: bool = False

    @property
    def id(self) -> str:
        return self.key

    @property
    def level(self) -> Figure:
        return metrics.service_level_of(self.parts or (SlPart(SlRule(), self.tally),), self.scope)


class CallLine(msgspec.Struct, frozen=True):
    """One figure of calls or customers, which no sum of queue visits gives."""

    key: str
    label: str
    figure: Figure

    @property
    def id(self) -> str:
        return self.key


class Site(msgspec.Struct, frozen=True):
    """What names and limits a report needs: everybody who was ever here, and every queue."""

    name: str
    zone: ZoneInfo
    queues: Mapping[UUID, QueueRow]
    agents: Mapping[UUID, AgentRow]
    teams: Mapping[UUID, TeamRow]


class Counted(msgspec.Struct, frozen=True):
    """The counts of one queue (and agent or team) in one period; ``start`` None where the period is all of it."""

    start: datetime | None
    queue_id: UUID | None
    tally: Tally
    who: UUID | None = None  # agent or team; None: nobody, or nobody that is known here
    max_wait_us: int | None = None
    time: AgentTime | None = None


class Report(msgspec.Struct, frozen=True):
    """A report as it was counted at ``made_at``. ``settings``: by which limits; None where none are kept."""

    wish: Wish
    title: str
    lines: tuple[Line, ...]
    whole: Line
    start: datetime
    end: datetime
    made_at: datetime
    site: Site
    queues: tuple[QueueRow, ...]  # those that it is about
    settings: SettingsVersion | None = None
    changes: tuple[SettingsVersion, ...] = ()  # of the settings, within the window
    callbacks: tuple[CallBack, ...] = ()  # of abandoned calls instead of lines
    calls: tuple[CallLine, ...] = ()  # of calls and customers instead of lines

    @property
    def filled(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.lines or self.callbacks or self.calls)

    @property
    def zone(self) -> ZoneInfo:
        return self.site.zone


class Window(msgspec.Struct, frozen=True):
    """Aware UTC moments; ``now`` cuts what is not over yet."""

    start: datetime
    end: datetime
    now: datetime


_TITLES = {
    Kind.INTRADAY: QT_TRANSLATE_NOOP("figures", "Queues through the day"),
    Kind.DAYS: QT_TRANSLATE_NOOP("figures", "Queues by day"),
    Kind.QUEUES: QT_TRANSLATE_NOOP("figures", "Queues compared"),
    Kind.TEAMS: QT_TRANSLATE_NOOP("figures", "Teams compared"),
    Kind.AGENTS: QT_TRANSLATE_NOOP("figures", "Agents"),
    Kind.CALLS: QT_TRANSLATE_NOOP("figures", "Calls and customers"),
    Kind.ABANDONED: QT_TRANSLATE_NOOP("figures", "Abandoned calls"),
}
_SUM = QT_TRANSLATE_NOOP("figures", "Total")
_NOBODY = QT_TRANSLATE_NOOP("figures", "Answered by nobody")
_GONE = QT_TRANSLATE_NOOP("figures", "unknown")
_NO_TEAM = QT_TRANSLATE_NOOP("figures", "No team")


def title(kind: Kind) -> str:
    """What such a report is called."""
    return translated(_TITLES[kind])


class Maker:
    """Makes the lines of one report."""

    def __init__(self, wish: Wish, site: Site, window: Window) -> None:
        self.wish, self.site, self.window = wish, site, window
        asked = set(wish.queues)
        found = sorted(site.queues.values(), key=lambda queue: (not queue.active, queue.label))
        self.queues = tuple(queue for queue in found if (queue.id in asked if asked else True))

    def of_teams(self, counted: Iterable[Counted]) -> tuple[Counted, ...]:
        """Those that the wanted teams' people answered; all where none is named."""
        teams = set(self.wish.teams)
        if not teams:
            return tuple(counted)
        if self.wish.kind is Kind.TEAMS:
            return tuple(cell for cell in counted if cell.who in teams)
        mine = {key for key, row in self.site.agents.items() if row.team_id in teams}
        return tuple(cell for cell in counted if cell.who in mine)

    def by_period(self, counted: Iterable[Counted], periods: Sequence[Period]) -> tuple[Line, ...]:
        """A line for each period that has begun; intervals before the first visit and after the last are left out."""
        cells: dict[datetime | None, list[Counted]] = {}
        for cell in counted:
            cells.setdefault(cell.start, []).append(cell)
        begun = [period for period in periods if period.start < self.window.now]
        busy = [at for at, period in enumerate(begun) if period.start in cells]
        if self.wish.kind is Kind.INTRADAY:
            begun = begun[busy[0] : busy[-1] + 1] if busy else []
        several = len({period.day for period in begun}) > 1
        return tuple(
            self._line(
                period.start.isoformat(),
                _label(period, several),
                cells.get(period.start, ()),
                (period.start, period.end),
            )
            for period in begun
        )

    def by_queue(self, counted: Iterable[Counted]) -> tuple[Line, ...]:
        """A line for each queue in use, and for each other that had visits."""
        cells: dict[UUID | None, list[Counted]] = {}
        for cell in counted:
            cells.setdefault(cell.queue_id, []).append(cell)
        lines = []
        for queue in self.queues:
            found = cells.pop(queue.id, [])
            if found or queue.active:
                lines.append(self._line(str(queue.id), queue.label, found, queue_id=queue.id))
        lines += [self._line(str(key), translated(_GONE), found, queue_id=key) for key, found in cells.items()]
        return tuple(lines)

    def by_agent(self, counted: Iterable[Counted]) -> tuple[Line, ...]:
        """A line for each person who answered, by name, and one for what nobody answered."""
        return self._by_person(counted, {key: row.name for key, row in self.site.agents.items()}, is_team=False)

    def by_team(self, counted: Iterable[Counted]) -> tuple[Line, ...]:
        """A line for each team whose people answered, and one for what nobody answered."""
        return self._by_person(counted, {key: row.name for key, row in self.site.teams.items()}, is_team=True)

    def whole(self, counted: Iterable[Counted]) -> Line:
        """The sum over all of it, from the same counts."""
        line = self._line("whole", translated(_SUM), tuple(counted))
        return msgspec.structs.replace(line, whole=True)

    # ------------------------------------------------------------------ parts

    def _by_person(self, counted: Iterable[Counted], known: Mapping[UUID, str], *, is_team: bool) -> tuple[Line, ...]:
        cells: dict[UUID | None, list[Counted]] = {}
        for cell in counted:
            cells.setdefault(cell.who, []).append(cell)
        nobody = cells.pop(None, [])
        lines = []
        for key, found in cells.items():
            name = translated(_NO_TEAM) if key == NO_TEAM else known.get(key, translated(_GONE)) if key else ""
            line = self._line(str(key), name, found)
            lines.append(msgspec.structs.replace(line, **{"team_id" if is_team else "agent_id": key}, parts=()))
        lines.sort(key=lambda line: line.label.casefold())
        if nobody:
            line = self._line("nobody", translated(_NOBODY), nobody)
            lines.append(msgspec.structs.replace(line, nobody=True, parts=()))
        return tuple(lines)

    def _line(
        self,
        key: str,
        label: str,
        cells: Sequence[Counted],
        bounds: tuple[datetime, datetime] | None = None,
        queue_id: UUID | None = None,
    ) -> Line:
        tally = sum((cell.tally for cell in cells), NOTHING)
        start, end = bounds or (self.window.start, self.window.end)
        own = self.site.queues.get(queue_id) if queue_id else None
        queues = [own] if own else list(self.queues)
        scope = self._scope(queues, label if queue_id is not None else "", start, end)
        waits = [cell.max_wait_us for cell in cells if cell.max_wait_us is not None]
        parts, target = self._parts(cells), self._target(cells, queues)
        times = [cell.time for cell in cells if cell.time is not None]
        time = sum(times, AgentTime()) if times else None
        return Line(key, label, tally, scope, parts, target, max(waits, default=None), queue_id, time=time)

    def _scope(self, queues: Sequence[QueueRow], subject: str, start: datetime, end: datetime) -> Scope:
        thresholds, shorts = {row.sl_threshold_s for row in queues}, {row.short_abandon_s for row in queues}
        if not subject and self.wish.queues:
            subject = ", ".join(row.label for row in queues)
        return Scope(
            subject,
            start,
            min(end, max(start, self.window.now)),
            self.site.zone,
            thresholds.pop() if len(thresholds) == 1 else None,
            shorts.pop() if len(shorts) == 1 else None,
        )

    def _parts(self, cells: Sequence[Counted]) -> tuple[SlPart, ...]:
        """The counts by the rule of their queue, with the queues' names where there are several rules."""
        sums: dict[SlRule, tuple[Tally, dict[str, None]]] = {}
        for cell in cells:
            queue = self.site.queues.get(cell.queue_id) if cell.queue_id else None
            rule, label = (queue.sl_rule, queue.label) if queue else (SlRule(), translated(_GONE))
            so_far, labels = sums.get(rule, (NOTHING, {}))
            sums[rule] = (so_far + cell.tally, labels | {label: None})
        return tuple(SlPart(rule, tally, ", ".join(labels)) for rule, (tally, labels) in sums.items())

    def _target(self, cells: Sequence[Counted], queues: Sequence[QueueRow]) -> float | None:
        """What is asked for; of several queues weighted by visits offered."""
        offered = total = 0.0
        for cell in cells:
            queue = self.site.queues.get(cell.queue_id) if cell.queue_id else None
            if queue is not None:
                offered += cell.tally.entered
                total += queue.sl_target * cell.tally.entered
        if offered:
            return total / offered
        return sum(row.sl_target for row in queues) / len(queues) if queues else None


def _label(period: Period, several: bool) -> str:
    """With its day where there are several."""
    within = period.end - period.start < timedelta(hours=20)
    day = figures.day_text(period.day)
    if within:
        return f"{day} {period.label}" if several else period.label
    return day if period.label == period.day.isoformat() else period.label
