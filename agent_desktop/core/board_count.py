"""What the live board knows: queue events and presence in, the sums of queues, the visits and what agents do. No Qt.

Events may come twice, late or out of order; what they add up to does not depend on that. They are taken note of at
once and counted by the hundred, at the latest when somebody asks: one by one each costs twice as much.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from agent_desktop import clock
from agent_desktop.core.agent_activity import AgentRecord
from agent_desktop.core.board_views import BoardChanges
from agent_desktop.core.intervals import SiteDay
from agent_desktop.core.pbx_comparison import Comparison
from agent_desktop.core.queue_day import QueueDay
from agent_desktop.core.queue_places import QueuePlaces
from agent_desktop.core.visits import VISIT_KINDS, SeenNumbers, VisitRecord, mark_of, visit_key
from agent_desktop.data.centre_rows import AgentRow, PresenceRow, QueueEventRow, QueueRow
from agent_desktop.data.words import QueueEventKind

Kind = QueueEventKind
_Entry = tuple[datetime, int, QueueEventRow | PresenceRow]
LOST_AFTER = timedelta(hours=2)  # a caller without an end for so long has not waited: the end was missed
LOOK_BACK = LOST_AFTER  # how much before midnight to load, for visits that went over it
_AT_ONCE = 100  # events counted together; some 2 ms
_AFTER_VISIT = frozenset({Kind.HELD, Kind.RESUMED, Kind.WRAP_UP_STARTED, Kind.WRAP_UP_ENDED, Kind.COMPLETED})
_OFFERED, _LOST, _REFUSED = Kind.OFFERED, Kind.LOST, Kind.REFUSED


class BoardCount:
    """One site's day as far as it has come. ``now`` tells the server's time, aware UTC."""

    def __init__(self, zone: ZoneInfo, now: Callable[[], datetime] = clock.now) -> None:
        self.zone = zone
        self.now = now
        self.day = SiteDay.of(now(), zone)
        self.last_event_at: datetime | None = None
        self._queues: dict[UUID, QueueDay] = {}
        self._shown: tuple[UUID, ...] = ()
        self._agents: dict[int, AgentRecord] = {}  # by the number of the id, as visits
        self._presences: dict[UUID, PresenceRow] = {}
        self.pbx = Comparison(self._queues, self._agents, self._presences)
        self._places = QueuePlaces(self._queues, self._agents)
        self._listed: tuple[UUID, ...] = ()
        self._records: dict[Hashable, VisitRecord] = {}
        self._by_call: dict[str, VisitRecord] = {}
        self._seen: dict[str, SeenNumbers] = {}
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
                    if record.queue is queue:
                        self._recount(record)
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
        return queues, tuple(self._agents[key.int].row for key in self._listed)

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
        self._agents.update((row.id.int, AgentRecord(row, self.day.start)) for row in agents)
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
        """Count what was taken note of, and show what agents do after it."""
        ahead = self._ahead
        if ahead:
            self._ahead = []
            self._counted += len(ahead)
            stirred: dict[AgentRecord, None] = {}
            for event in ahead:
                self._count(event, stirred)
            for agent in stirred:
                agent.derive()
                self._places.show(agent)

    def _count(self, event: QueueEventRow, stirred: dict[AgentRecord, None]) -> None:
        """Count one event; agents whose state it may have changed are added to ``stirred``."""
        kind, agent_id = event.kind, event.agent_id
        if kind not in VISIT_KINDS:
            if kind is _REFUSED and event.queue_id is not None:
                self._queue(event.queue_id).refuse(event.at)
            if agent_id is not None:
                self._tell_agent(agent_id, event, mark_of(visit_key(event)), stirred)
            return
        record = self._record_of(event)
        if record is None:
            if agent_id is not None:
                self._tell_agent(agent_id, event, None, stirred)
            return
        rang = record.offered_to is not None and record.left_at is None
        record.apply(event)
        if kind is _OFFERED and agent_id is not None:
            rang = True
            record.offer(agent_id, event.at)
        if record.counted is None or record.changes_sums(kind):
            self._recount(record)
        if agent_id is None and kind in _AFTER_VISIT:
            agent_id = record.agent_id
        if agent_id is not None:
            self._tell_agent(agent_id, event, record.mark, stirred)
        if rang and record.left_at is not None:
            self._stop_ringing(record, record.left_at, event, stirred)

    def add_presence(self, row: PresenceRow) -> None:
        """Take in what an agent's desktop says about its agent; the same row again changes nothing."""
        if self._presences.get(row.agent_id) == row:
            return
        self._settle()
        self._presences[row.agent_id] = row
        agent = self._agent(row.agent_id)
        agent.take_presence(row)
        agent.derive()
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
        stirred = [agent for agent in self._agents.values() if agent.changed]
        agents = frozenset([agent.row.id for agent in stirred])
        changes = BoardChanges(queues, agents, self._everything, self._counted)
        self._counted = 0
        for queue_id in queues:
            self._queues[queue_id].changed = False
        for agent in stirred:
            agent.changed = False
        self._everything = False
        return changes

    # ------------------------------------------------------------------ inner

    def _queue(self, queue_id: UUID) -> QueueDay:
        queue = self._queues.get(queue_id)
        if queue is None:
            queue = self._queues[queue_id] = QueueDay(QueueRow(queue_id, "", ""), self.day)
            self._places.forget()
        return queue

    def _agent(self, agent_id: UUID) -> AgentRecord:
        agent = self._agents.get(agent_id.int)
        if agent is None:
            agent = self._agents[agent_id.int] = AgentRecord(AgentRow(agent_id, "", ""), self.day.start)
        return agent

    def _record_of(self, event: QueueEventRow) -> VisitRecord | None:
        visit_id = event.visit_id
        mark = visit_id.int if visit_id is not None else visit_key(event)
        if mark is None:
            # A desktop does not know the visit, but it knows its call.
            return self._by_call.get(event.linked_id) if event.linked_id else None
        record = self._records.get(mark)
        if record is None:
            record = self._records[mark] = VisitRecord(mark if visit_id is None else visit_id)
        if event.linked_id:
            self._by_call[event.linked_id] = record
        return record

    def _recount(self, record: VisitRecord) -> None:
        """Bring what is counted of a visit up to date: in its queue and of who answered."""
        queue = record.queue
        if queue is None:
            if record.queue_id is None:
                return
            queue = record.queue = self._queue(record.queue_id)
        queue.put(record, None if record.agent_id is None else self._agent(record.agent_id))

    def _stop_ringing(
        self, record: VisitRecord, left: datetime, event: QueueEventRow, stirred: dict[AgentRecord, None]
    ) -> None:
        """The wait is over: it rings with nobody any more."""
        for agent_id, offered_at in (record.offered_to or {}).items():
            if agent_id != record.agent_id and offered_at <= left:
                agent = self._agent(agent_id)
                agent.rang_out((left, event.source_seq), record.mark)
                stirred[agent] = None

    def _tell_agent(
        self, agent_id: UUID, event: QueueEventRow, visit: Hashable | None, stirred: dict[AgentRecord, None]
    ) -> None:
        agent = self._agents.get(agent_id.int) or self._agent(agent_id)
        agent.take(event, visit)
        if event.kind is Kind.MEMBER_ADDED or event.kind is Kind.MEMBER_REMOVED:
            self._places.forget_one(agent)
        stirred[agent] = None

    def _start_day(self, day: SiteDay) -> None:
        """Yesterday's finished visits go; callers, talks and agents stay, and count from the day they entered."""
        self.day = day
        kept = {
            key: record
            for key, record in self._records.items()
            if record.waits or (record.began_at is not None and record.began_at >= day.start - LOOK_BACK)
        }
        self._records = kept
        self._by_call = {call: record for call, record in self._by_call.items() if record.mark in kept}
        for queue in self._queues.values():
            queue.start_day(day)
        for agent in self._agents.values():
            agent.start_day(day.start)
        for record in kept.values():
            record.forget_sums()
            self._recount(record)
        self._everything = True
