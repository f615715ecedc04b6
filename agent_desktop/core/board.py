"""The live board: queue events and presence in, tiles, intervals, waiting and agents out. A plain model without Qt.

Events may come twice, late or out of order; what they add up to does not depend on that. They are taken note of at
once and counted by the hundred, at the latest when somebody asks: one by one each costs twice as much.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from agent_desktop import clock
from agent_desktop.core import metrics
from agent_desktop.core.agent_activity import AgentRecord, AgentState
from agent_desktop.core.board_views import (
    AgentLine,
    Alert,
    BoardChanges,
    IntervalBar,
    Limits,
    QueueTile,
    Verdict,
    WaitingSeries,
)
from agent_desktop.core.figures import Figure, Scope
from agent_desktop.core.intervals import SiteDay
from agent_desktop.core.metrics import TALLY_FIELDS, SlPart, Tally, Visit
from agent_desktop.core.pbx_comparison import Comparison
from agent_desktop.core.queue_day import STEP_S, Change, IntervalBars, QueueDay, add_cells, difference
from agent_desktop.core.queue_places import QueuePlaces
from agent_desktop.core.visits import VISIT_KINDS, SeenNumbers, VisitRecord, visit_key
from agent_desktop.data.centre_rows import AgentRow, PresenceRow, QueueEventRow, QueueRow
from agent_desktop.data.words import QueueEventKind

Kind = QueueEventKind
Which = UUID | tuple[UUID, ...] | None  # one queue, several, or all that are shown
_Entry = tuple[datetime, int, QueueEventRow | PresenceRow]
LOST_AFTER = timedelta(hours=2)  # a caller without an end for so long has not waited: the end was missed
LOOK_BACK = LOST_AFTER  # how much before midnight to load, for visits that went over it
_AT_ONCE = 100  # events counted together; some 2 ms
_AFTER_VISIT = frozenset({Kind.HELD, Kind.RESUMED, Kind.WRAP_UP_STARTED, Kind.WRAP_UP_ENDED, Kind.COMPLETED})


class Board:
    """Figures of one site's day. ``now`` tells the server's time, aware UTC."""

    def __init__(self, zone: ZoneInfo, now: Callable[[], datetime] = clock.now, limits: Limits | None = None) -> None:
        self.zone = zone
        self.limits = limits or Limits()
        self.now = now
        self.day = SiteDay.of(now(), zone)
        self.last_event_at: datetime | None = None
        self._queues: dict[UUID, QueueDay] = {}
        self._shown: tuple[UUID, ...] = ()
        self._agents: dict[UUID, AgentRecord] = {}
        self._presences: dict[UUID, PresenceRow] = {}
        self.pbx = Comparison(self._queues, self._agents, self._presences)
        self._places = QueuePlaces(self._queues, self._agents)
        self._listed: tuple[UUID, ...] = ()
        self._records: dict[Hashable, VisitRecord] = {}
        self._by_call: dict[str, VisitRecord] = {}
        self._seen: dict[str, SeenNumbers] = {}
        self._bars: dict[Which, IntervalBars] = {}
        self._ahead: list[QueueEventRow] = []  # taken note of, not counted yet
        self._counted = 0  # since the board was last asked what changed
        self._everything = True

    # -------------------------------------------------------------- who there is

    def set_queues(self, rows: Sequence[QueueRow]) -> None:
        """The queues to show, in this order; a changed threshold counts for the whole day so far."""
        self._settle()
        for row in rows:
            queue = self._queue(row.id)
            changed = (queue.row.sl_threshold_s, queue.row.short_abandon_s) != (row.sl_threshold_s, row.short_abandon_s)
            queue.row, queue.configured = row, frozenset(row.members)
            for agent_id in row.members:
                self._agent(agent_id)
            if changed:
                for record in self._records.values():
                    if record.queue_id == row.id:
                        self._recount(record, queue)
        self._shown = tuple(row.id for row in rows)
        self._places.forget()
        for agent in self._agents.values():
            self._places.show(agent)
        self._everything = True

    def set_agents(self, rows: Sequence[AgentRow]) -> None:
        """The agents to list."""
        for row in rows:
            self._agent(row.id).row = row
        self._listed = tuple(row.id for row in rows if row.active)
        self._everything = True

    def rows(self) -> tuple[tuple[QueueRow, ...], tuple[AgentRow, ...]]:
        """The queues shown and the agents listed, for another board beside this one."""
        queues = tuple(self._queues[key].row for key in self._shown)
        return queues, tuple(self._agents[key].row for key in self._listed)

    # -------------------------------------------------------------- what happens

    def load(self, events: Iterable[QueueEventRow], presences: Iterable[PresenceRow] = ()) -> None:
        """Begin the day anew with what is stored, from ``load_from`` on; queues and agents stay."""
        rows, agents = [queue.row for queue in self._queues.values()], [agent.row for agent in self._agents.values()]
        shown, listed = self._shown, self._listed
        self.day = SiteDay.of(self.now(), self.zone)
        self.last_event_at = None
        self._ahead.clear()
        for known in (self._queues, self._agents, self._records, self._by_call, self._seen, self._presences):
            known.clear()
        self._places.forget()
        self._agents.update((row.id, AgentRecord(row, self.day.start)) for row in agents)
        self.set_queues(rows)
        self._shown, self._listed = shown, listed
        happened: list[_Entry] = [(event.at, event.source_seq, event) for event in events]
        happened += [(row.since, 0, row) for row in presences]
        for _, _, what in sorted(happened, key=lambda entry: entry[:2]):
            if isinstance(what, PresenceRow):
                self.add_presence(what)
            else:
                self.add(what)
        self.tick()
        self._everything = True

    def set_zone(self, zone: ZoneInfo) -> None:
        """Count the days of another zone from now on; the board is empty until it is loaded."""
        self.zone = zone
        self.load(())

    @property
    def load_from(self) -> datetime:
        """From when on events are needed to show today."""
        return SiteDay.of(self.now(), self.zone).start - LOOK_BACK

    def add_all(self, events: Iterable[QueueEventRow]) -> None:
        """Take in several events."""
        for event in events:
            self.add(event)

    def add(self, event: QueueEventRow) -> bool:
        """Take in one event; False if it was known already."""
        seen = self._seen.get(event.source)
        if seen is None:
            seen = self._seen[event.source] = SeenNumbers()
        if not seen.add(event.source_seq):
            return False
        if self.last_event_at is None or event.at > self.last_event_at:
            self.last_event_at = event.at
        self._ahead.append(event)
        if len(self._ahead) >= _AT_ONCE:
            self._settle()
        return True

    def _settle(self) -> None:
        """Count what was taken note of."""
        if self._ahead:
            ahead, self._ahead = self._ahead, []
            self._counted += len(ahead)
            for event in ahead:
                self._count(event)

    def _count(self, event: QueueEventRow) -> None:
        record = self._record_of(event) if event.kind in VISIT_KINDS else None
        if record is not None:
            self._apply(record, event)
        elif event.kind is Kind.REFUSED and event.queue_id is not None:
            self._queue(event.queue_id).refuse(event.at)
        agent_id = event.agent_id
        if agent_id is None and record is not None and event.kind in _AFTER_VISIT:
            agent_id = record.agent_id
        if agent_id is not None:
            self._tell_agent(agent_id, event, record)

    def add_presence(self, row: PresenceRow) -> None:
        """Take in what an agent's desktop says about its agent; the same row again changes nothing."""
        if self._presences.get(row.agent_id) == row:
            return
        self._settle()
        self._presences[row.agent_id] = row
        agent = self._agent(row.agent_id)
        agent.take_presence(row)
        self._places.show(agent)

    def tick(self) -> None:
        """Let time pass: a new day begins at midnight, and callers whose end was missed stop waiting."""
        self._settle()
        now = self.now()
        if now >= self.day.end:
            self._start_day(SiteDay.of(now, self.zone))
        for queue in self._queues.values():
            longest = queue.longest_since()
            if longest is not None and now - longest > LOST_AFTER:
                queue.lose_before(now - LOST_AFTER, now)

    def take_changes(self) -> BoardChanges:
        """What changed since the last call of this."""
        self._settle()
        queues = frozenset(queue_id for queue_id, queue in self._queues.items() if queue.changed)
        agents = frozenset(agent_id for agent_id, agent in self._agents.items() if agent.changed)
        changes = BoardChanges(queues, agents, self._everything, self._counted)
        self._counted = 0
        for queue_id in queues:
            self._queues[queue_id].changed = False
        for agent_id in agents:
            self._agents[agent_id].changed = False
        self._everything = False
        return changes

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
        agent = self._agents[agent_id]
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
            cells=tuple(agent.sums or ()),
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

    def members(self, which: Which) -> frozenset[UUID]:
        """The agents of one queue, or of several."""
        self._settle()
        return frozenset().union(*(self._queues[key].agents for key in self._wanted(which)))

    def states(self, which: Which = None) -> Mapping[AgentState, int]:
        """How many agents of these queues are in each state; whoever serves several counts once."""
        self._settle()
        each: dict[UUID, AgentState] = {}
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

    def _queue(self, queue_id: UUID) -> QueueDay:
        queue = self._queues.get(queue_id)
        if queue is None:
            queue = self._queues[queue_id] = QueueDay(QueueRow(queue_id, "", ""), self.day)
            self._places.forget()
        return queue

    def _agent(self, agent_id: UUID) -> AgentRecord:
        agent = self._agents.get(agent_id)
        if agent is None:
            agent = self._agents[agent_id] = AgentRecord(AgentRow(agent_id, "", ""), self.day.start)
        return agent

    def _record_of(self, event: QueueEventRow) -> VisitRecord | None:
        key = event.visit_id if event.visit_id is not None else visit_key(event)
        if key is None:
            # A desktop does not know the visit, but it knows its call.
            return self._by_call.get(event.linked_id) if event.linked_id else None
        record = self._records.get(key)
        if record is None:
            record = self._records[key] = VisitRecord(key)
        if event.linked_id:
            self._by_call[event.linked_id] = record
        return record

    def _apply(self, record: VisitRecord, event: QueueEventRow) -> None:
        left_before, began_before = record.left_at, record.began_at
        record.apply(event)
        queue_id = record.queue_id
        if queue_id is None or (record.counted is not None and not record.changes_sums(event.kind)):
            return
        queue = record.queue
        if queue is None:
            queue = record.queue = self._queue(queue_id)
        self._recount(record, queue)
        left = record.left_at
        moved = left is not left_before or record.began_at is not began_before or record.series_in is None
        if moved or event.kind is Kind.LOST:
            queue.follow(record)
        if left is not None and (left_before is None or event.kind is Kind.OFFERED):
            self._stop_ringing(record, (left, event.source_seq))

    def _recount(self, record: VisitRecord, queue: QueueDay) -> None:
        """Bring the sums of its queue and of who answered up to date."""
        before = record.counted
        change = queue.put(record)
        if record.agent_id is record.counted_agent or record.agent_id == record.counted_agent:
            if change is not None and record.agent_id is not None:
                self._add_to_agent(record.agent_id, change)
            return
        if before is not None and record.counted_agent is not None:
            self._add_to_agent(record.counted_agent, difference(before, None))
        if record.counted is not None and record.agent_id is not None:
            self._add_to_agent(record.agent_id, difference(None, record.counted))
        record.counted_agent = record.agent_id

    def _add_to_agent(self, agent_id: UUID, change: Change) -> None:
        agent = self._agent(agent_id)
        if agent.sums is None:
            agent.sums = [0] * len(TALLY_FIELDS)
        add_cells(agent.sums, change)
        agent.changed = True

    def _stop_ringing(self, record: VisitRecord, stamp: tuple[datetime, int]) -> None:
        for agent_id, offered_at in (record.offered_to or {}).items():
            agent = self._agent(agent_id)
            if agent_id != record.agent_id and offered_at <= stamp[0]:
                agent.rang_out(stamp, record.key)
                self._places.show(agent)

    def _tell_agent(self, agent_id: UUID, event: QueueEventRow, record: VisitRecord | None) -> None:
        agent = self._agent(agent_id)
        agent.take(event, record.key if record is not None else visit_key(event))
        if event.kind is Kind.MEMBER_ADDED or event.kind is Kind.MEMBER_REMOVED:
            self._places.forget_one(agent)
        if event.kind is Kind.OFFERED and record is not None and record.left_at is not None:
            self._stop_ringing(record, (record.left_at, event.source_seq))
        self._places.show(agent)

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

    def _start_day(self, day: SiteDay) -> None:
        """Yesterday's finished visits go; callers, talks and agents stay, and count from the day they entered."""
        self.day = day
        kept = {
            key: record
            for key, record in self._records.items()
            if record.waits or (record.began_at is not None and record.began_at >= day.start - LOOK_BACK)
        }
        self._records = kept
        self._by_call = {call: record for call, record in self._by_call.items() if record.key in kept}
        for queue in self._queues.values():
            queue.start_day(day)
        for agent in self._agents.values():
            agent.start_day(day.start)
        for record in kept.values():
            record.counted = record.counted_at = record.counted_agent = record.series_in = record.series_out = None
            if record.queue_id is not None:
                queue = self._queue(record.queue_id)
                self._recount(record, queue)
                queue.follow(record)
        self._everything = True


_ALERT_AT_LEAST = 5  # answered and abandoned: with fewer a single caller would raise it
