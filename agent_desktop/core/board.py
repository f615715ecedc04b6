"""The live board: what is counted, as tiles, intervals, who waits and agents. A plain model without Qt."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from agent_desktop import clock
from agent_desktop.core import metrics
from agent_desktop.core.agent_activity import AgentRecord, AgentState
from agent_desktop.core.board_count import LOOK_BACK as LOOK_BACK
from agent_desktop.core.board_count import LOST_AFTER as LOST_AFTER
from agent_desktop.core.board_count import BoardCount
from agent_desktop.core.board_views import (
    AgentLine,
    Alert,
    IntervalBar,
    Limits,
    QueueTile,
    Verdict,
    WaitingSeries,
)
from agent_desktop.core.figures import Figure, Scope
from agent_desktop.core.metrics import SlPart, Tally, Visit
from agent_desktop.core.queue_day import STEP_S, IntervalBars, QueueDay

Which = UUID | tuple[UUID, ...] | None  # one queue, several, or all that are shown
_ALERT_AT_LEAST = 5  # answered and abandoned: with fewer a single caller would raise it


class Board(BoardCount):
    """Figures of one site's day. ``now`` tells the server's time, aware UTC."""

    def __init__(self, zone: ZoneInfo, now: Callable[[], datetime] = clock.now, limits: Limits | None = None) -> None:
        super().__init__(zone, now)
        self.limits = limits or Limits()
        self._bars: dict[Which, IntervalBars] = {}

    # ------------------------------------------------------------------ shown

    @property
    def queues(self) -> tuple[UUID, ...]:
        """The queues shown, in order."""
        return self._shown

    @property
    def agents(self) -> tuple[UUID, ...]:
        """The agents listed."""
        return self._listed

    def tally(self, which: Which = None) -> Tally:
        """The day so far of one queue, or of all shown."""
        self._settle()
        queues = [self._queues[key] for key in self._wanted(which)]
        return Tally(*(sum(cells) for cells in zip(*(queue.total for queue in queues), strict=True)))

    def service_level(self, which: Which = None) -> Figure:
        """The day so far of one queue, or of all shown: each by its own formula, sum ÷ sum."""
        self._settle()
        queues = [self._queues[key] for key in self._wanted(which)]
        parts = [SlPart(queue.row.sl_rule, Tally(*queue.total), queue.row.label) for queue in queues]
        return metrics.service_level_of(parts, self.scope(which))

    def scope(self, which: Which = None) -> Scope:
        """What figures of a queue (None: all shown) over the day so far cover."""
        rows = [self._queues[key].row for key in self._wanted(which)]
        thresholds, shorts = {row.sl_threshold_s for row in rows}, {row.short_abandon_s for row in rows}
        return Scope(
            subject=rows[0].label if isinstance(which, UUID) else "",
            start=self.day.start,
            end=min(self.now(), self.day.end),
            zone=self.zone,
            threshold_s=thresholds.pop() if len(thresholds) == 1 else None,
            short_s=shorts.pop() if len(shorts) == 1 else None,
        )

    def target(self, which: Which = None) -> float:
        """The service level asked for; of several queues the mean of their targets, weighted by visits offered."""
        self._settle()
        queues = [self._queues[key] for key in self._wanted(which)]
        offered = sum(queue.total[0] for queue in queues)
        if offered:
            return sum(queue.row.sl_target * queue.total[0] for queue in queues) / offered
        return sum(queue.row.sl_target for queue in queues) / len(queues) if queues else 0.0

    def tile(self, queue_id: UUID) -> QueueTile:
        """One queue now and today."""
        self._settle()
        queue = self._queues[queue_id]
        tally = Tally(*queue.total)
        level = self.service_level(queue_id)
        since = queue.longest_since()
        if not queue.longest_is_known:
            queue.find_longest(record for record in self._records.values() if record.queue_id == queue_id)
        return QueueTile(
            queue=queue.row,
            waiting=len(queue.waiting),
            longest_since=since,
            tally=tally,
            service_level=level,
            verdict=self._verdict(queue, level.value, since),
            agents=tuple(queue.states.items()),
            free=queue.states[AgentState.READY],
            max_wait_us=queue.longest_us if tally.timed_answers or tally.timed_abandons or tally.exited else None,
        )

    def tiles(self) -> tuple[QueueTile, ...]:
        """All queues shown."""
        return tuple(self.tile(queue_id) for queue_id in self._shown)

    def intervals(self, which: Which = None) -> tuple[IntervalBar, ...]:
        """The quarter hours of today up to the present one, of one queue or of all shown."""
        self._settle()
        queues = [self._queues[key] for key in self._wanted(which)]
        kept = self._bars.setdefault(which, IntervalBars())
        return kept.of(queues, self.day, self._present_index(), self.scope(which))

    def waiting_series(self, which: Which = None) -> WaitingSeries:
        """How many waited in the last hour, every ten seconds, in one queue or in all shown."""
        self._settle()
        now = self.now()
        starts_at = now
        totals: list[int] = []
        for key in self._wanted(which):
            starts_at, values = self._queues[key].steps(now)
            totals = [a + b for a, b in zip(totals, values, strict=True)] if totals else values
        return WaitingSeries(starts_at, STEP_S, tuple(totals))

    def waiting_since(self, queue_id: UUID) -> tuple[datetime, ...]:
        """When those who wait in one queue entered it, the longest wait first."""
        self._settle()
        return self._queues[queue_id].entries()

    def agent_line(self, agent_id: UUID) -> AgentLine:
        """One agent now and today."""
        self._settle()
        agent = self._agents[agent_id.int]
        now = self.now()
        handling_us, available_us, paused_us = agent.times_us(now)
        queue = self._queues.get(agent.queue_id) if agent.queue_id is not None else None
        return AgentLine(
            agent_id=agent_id,
            name=agent.row.name,
            team=agent.row.team,
            state=agent.state,
            since=agent.since,
            reason=agent.reason,
            queue_id=agent.queue_id,
            queue=queue.row.label if queue is not None else "",
            limit_s=self._limit(agent.state, queue, agent.reason),
            not_answered=agent.not_answered,
            cells=tuple(agent.sums),
            handling_s=handling_us / 1e6,
            available_s=available_us / 1e6,
            paused_s=paused_us / 1e6,
            scope=Scope(agent.row.name, self.day.start, now, self.zone),
            then=agent.then,
            pbx=agent.pbx,
        )

    def agent_lines(self) -> tuple[AgentLine, ...]:
        """All agents listed."""
        return tuple(self.agent_line(agent_id) for agent_id in self._listed)

    def busy(self) -> Mapping[UUID, datetime | None]:
        """Those of the agents listed who are in a call or wrap one up, with since when they do what they do."""
        self._settle()
        in_a_call = (AgentState.TALKING, AgentState.HOLD, AgentState.WRAP_UP)
        agents = (self._agents[agent_id.int] for agent_id in self._listed)
        return {agent.row.id: agent.since for agent in agents if agent.state in in_a_call}

    def members(self, which: Which) -> frozenset[UUID]:
        """The agents of one queue, or of several."""
        self._settle()
        return frozenset(agent.row.id for key in self._wanted(which) for agent in self._queues[key].agents)

    def states(self, which: Which = None) -> Mapping[AgentState, int]:
        """How many agents of these queues are in each state; whoever serves several counts once."""
        self._settle()
        each: dict[AgentRecord, AgentState] = {}
        for key in self._wanted(which):
            each |= self._queues[key].agents
        return Counter(each.values())

    def visits(self, which: Which = None) -> tuple[Visit, ...]:
        """Today's visits behind the figures, by entry: every number can be opened down to its calls."""
        self._settle()
        wanted = set(self._wanted(which))
        found = (r.visit() for r in self._records.values() if r.queue_id in wanted and r.counted is not None)
        return tuple(sorted((visit for visit in found if visit is not None), key=lambda visit: visit.entered_at))

    def alerts(self) -> tuple[Alert, ...]:
        """Queues below target now and since when, the worst first: without a free agent, then by service level."""
        self._settle()
        found = [alert for alert in (self._alert(self._queues[key]) for key in self._shown) if alert is not None]
        return tuple(sorted(found, key=lambda alert: (alert.free > 0, alert.service_level.value or 0.0)))

    # ------------------------------------------------------------------ inner

    def _wanted(self, which: Which) -> tuple[UUID, ...]:
        if which is None:
            return self._shown
        return which if isinstance(which, tuple) else (which,)

    def _limit(self, state: AgentState, queue: QueueDay | None, reason: str) -> float | None:
        if state is AgentState.WRAP_UP and queue is not None:
            return queue.row.wrap_up_s
        return self.limits.of(state, reason)

    def _present_index(self) -> int:
        index = self.day.index(self.now())
        return self.day.count - 1 if index is None else index

    def _verdict(self, queue: QueueDay, level: float | None, longest_since: datetime | None) -> Verdict:
        target = queue.row.sl_target
        if level is not None and level < target:
            return Verdict.BAD
        present = queue.level(self._present_index())
        late = longest_since is not None and (self.now() - longest_since).total_seconds() > queue.row.sl_threshold_s
        if late or (present is not None and present < target):
            return Verdict.WARN
        return Verdict.NONE if level is None else Verdict.OK

    def _alert(self, queue: QueueDay) -> Alert | None:
        below = queue.below_target(self._present_index())
        if below is None or below[1].answered + below[1].abandoned < _ALERT_AT_LEAST:
            return None
        first, total = below
        scope = replace(self.scope(queue.row.id), start=self.day.starts_at(first))
        return Alert(
            queue=queue.row,
            since=self.day.starts_at(first),
            since_label=self.day.label(first),
            service_level=metrics.service_level_of((SlPart(queue.row.sl_rule, total),), scope),
            waiting=len(queue.waiting),
            free=queue.states[AgentState.READY],
        )
