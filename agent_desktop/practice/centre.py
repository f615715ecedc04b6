"""A simulated call centre in virtual time: callers, queues and colleagues. No clock, no files, no threads.

``advance`` plays up to a moment, ``take`` hands over the queue events. Every queue draws its callers from a random
stream of its own and every colleague has one too, so that the same people call at the same moments with the same
patience whatever anybody does.
"""

import bisect
import heapq
import itertools
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from agent_desktop import clock
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.words import ExitReason, QueueEventKind
from agent_desktop.practice.people import (
    HOUR,
    SECOND,
    Agent,
    Nature,
    Queue,
    Stage,
    State,
    Visit,
    draw_nature,
    exponential,
)
from agent_desktop.practice.plan import DayPlan, Stint

# After letting a call ring out, a colleague is left alone this long; else the same call rings there again at once.
REST_AFTER_IGNORING = 10 * SECOND
_LATE_S = 90.0  # as often as not by more than two thirds of it
_SHORT_REST = 20 * 60 * SECOND  # a break; what is longer is lunch
_MEMBERS = (QueueEventKind.MEMBER_ADDED, QueueEventKind.MEMBER_REMOVED)
_PLACES = (QueueEventKind.PAUSED, QueueEventKind.WRAP_UP_STARTED)


class Centre:
    """The simulation. ``stamp`` turns a virtual moment into the one written on the event (both µs since 1970)."""

    def __init__(self, plan: DayPlan, stamp: Callable[[int], int] | None = None):
        self.plan = plan
        self.now = plan.start_us
        self.source = f"practice:{plan.run}"
        self._stamp = stamp or (lambda us: us)
        self._rows: list[QueueEventRow] = []
        self._heap: list[tuple[int, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._sequence = itertools.count(1)
        self._calls = itertools.count(1)
        self._ids = random.Random(f"{plan.seed}:ids:{plan.run}")
        self._visits: dict[UUID, Visit] = {}
        self.persons: dict[str, int] = {}  # who is behind a linked id, for whoever tells of calls
        self._queues = {queue.id: Queue(queue, plan.seed) for queue in plan.queues}
        self._agents: dict[UUID, Agent] = {}
        for queue in self._queues.values():
            self._staff(queue)
        for agent in self._agents.values():
            if agent.id == plan.human:
                continue
            if plan.shifts is not None:
                self._plan_shift(agent, plan.shifts.get(agent.id, ()))
            elif plan.habits.work_s:
                self._plan_pause(agent)
        for queue in self._queues.values():
            self._plan_arrival(queue)

    # ------------------------------------------------------------------ driving

    def advance(self, until_us: int) -> None:
        """Play everything up to ``until_us``; an earlier moment changes nothing."""
        heap = self._heap
        while heap and heap[0][0] <= until_us:
            self.now, _, happen = heapq.heappop(heap)
            happen()
        self.now = max(self.now, until_us)

    def settle_in(self, until_us: int, busy_until: Mapping[UUID, datetime]) -> None:
        """Begin in the middle of the day: play up to ``until_us`` and keep of it only how everybody is placed then.

        ``busy_until`` says when an agent was last heard of: nothing of theirs is written as before that.
        """
        self.advance(until_us)
        rows, self._rows = self._rows, []
        placed = {row.agent_id: row for row in rows if row.kind in _PLACES}  # by the last word of each
        present = set(self._visits)
        pauses = []
        for agent in self._agents.values():
            row = placed.get(agent.id)
            if row is not None and agent.state is State.WRAP_UP and row.visit_id:
                present.add(row.visit_id)
            elif row is not None and agent.state is State.PAUSED:
                pauses.append(row)
        begun, now = clock.from_us(0), clock.from_us(self._stamp(self.now))
        late: dict[UUID | None, timedelta] = {}  # a whole visit moves, so that nobody waits the longer for it
        for row in rows:
            heard = busy_until.get(row.agent_id, begun) if row.agent_id else begun
            late[row.visit_id] = max(late.get(row.visit_id, timedelta()), heard - row.at)
        for row in rows:
            if row.visit_id in present:
                self._rows.append(replace(row, at=min(row.at + late[row.visit_id], now)))
            elif row.kind in _MEMBERS or row in pauses:
                self._rows.append(replace(row, at=now))
        self._rows.sort(key=lambda row: row.at)  # written in the order of the wall clock, as from then on

    def take(self) -> list[QueueEventRow]:
        """The events since the last call, in the order in which they happened."""
        rows, self._rows = self._rows, []
        return rows

    def finish(self) -> None:
        """The end of the day: nobody may be left waiting or talking for ever. Nothing happens after it."""
        for visit in list(self._visits.values()):
            if visit.stage is Stage.TALKING:
                self._emit(QueueEventKind.COMPLETED, visit, visit.agent, by="caller")
            else:
                self._emit(QueueEventKind.EXITED, visit, visit.agent, reason=ExitReason.WITHDRAWN.value)
            self._end(visit)
        for queue in self._queues.values():
            for agent in queue.members:
                if agent.id != self.plan.human and agent.there:
                    self._emit(QueueEventKind.MEMBER_REMOVED, None, agent, queue)
        self._heap.clear()

    # ------------------------------------------------------------------ callers

    def _plan_arrival(self, queue: Queue) -> None:
        """The next arrival of a Poisson process whose rate follows the profile, by thinning (Lewis & Shedler 1979)."""
        plan = queue.plan
        highest = max(plan.profile)
        if plan.calls_per_hour <= 0 or highest <= 0:
            return
        at = self.now
        while True:
            at += exponential(queue.random, 3600 / (plan.calls_per_hour * highest))
            if queue.random.random() * highest < plan.profile[at // HOUR % 24]:
                break
        self._schedule(at, lambda: self._arrive(queue))

    def _arrive(self, queue: Queue) -> None:
        nature = draw_nature(queue.plan, queue.random)
        self._plan_arrival(queue)
        self._enter(queue, nature, self._linked_id())

    def _enter(self, queue: Queue, nature: Nature, linked_id: str) -> None:
        limit = queue.plan.max_waiting
        if limit is not None and len(queue.waiting) >= limit:
            at_us = self._stamp(self.now)
            data = {"reason": "full"}
            self._append(QueueEventKind.REFUSED, at_us, queue_id=queue.plan.id, linked_id=linked_id, data=data)
            return
        visit = self._new_visit(queue, nature, linked_id)
        self._emit(QueueEventKind.ENTERED, visit)
        self._wait(visit)

    def _new_visit(self, queue: Queue, nature: Nature, linked_id: str) -> Visit:
        milliseconds = self._stamp(self.now) // 1000
        bits = self._ids.getrandbits(74)
        value = milliseconds << 80 | 0x7 << 76 | (bits >> 62) << 64 | 0b10 << 62 | bits & ((1 << 62) - 1)
        visit = Visit(UUID(int=value), linked_id, queue, nature, self.now)
        visit.order = next(self._order)
        self._visits[visit.id] = visit
        self.persons.setdefault(linked_id, nature.person)
        return visit

    def _wait(self, visit: Visit) -> None:
        """In the queue, or back in it: to the longest-idle free member, or wait."""
        visit.turn += 1
        visit.stage = Stage.WAITING
        visit.agent = None
        ends = [(visit.leave_at, self._abandon)]
        if visit.nature.key_after is not None:
            ends.append((max(visit.entered + visit.nature.key_after, self.now), self._leave_by_key))
        if visit.queue.plan.max_wait_s is not None:
            limit = visit.entered + round(visit.queue.plan.max_wait_s * SECOND)
            ends.append((max(limit, self.now), self._time_out))
        at, end = min(ends, key=lambda pair: pair[0])
        self._schedule_visit(at, visit, end)
        free = [agent for agent in visit.queue.members if agent.state is State.FREE]
        if free:
            self._offer(visit, min(free, key=lambda agent: (not agent.first, agent.free_since)))
        else:
            bisect.insort(visit.queue.waiting, (visit.entered, visit.order, visit))

    def _abandon(self, visit: Visit) -> None:
        self._leave(visit, QueueEventKind.ABANDONED)

    def _leave_by_key(self, visit: Visit) -> None:
        self._leave(visit, QueueEventKind.EXITED, reason=ExitReason.KEY.value, key="1")

    def _time_out(self, visit: Visit) -> None:
        self._leave(visit, QueueEventKind.EXITED, reason=ExitReason.TIMEOUT.value)

    def _leave(self, visit: Visit, kind: QueueEventKind, **data: str) -> None:
        agent = visit.agent
        if visit.stage is Stage.WAITING:
            visit.queue.waiting.remove((visit.entered, visit.order, visit))
        # With the agent it rang at, if any: not_answered is said of agents who let it ring, not of callers who left.
        self._emit(kind, visit, agent, **data)
        self._end(visit)
        if agent is not None and agent.state is State.RINGING:
            self._set_free(agent)

    # --------------------------------------------------------------- colleagues

    def _offer(self, visit: Visit, agent: Agent) -> None:
        """Ring one agent; the caller's patience runs on."""
        visit.stage = Stage.RINGING
        visit.agent = agent
        visit.offered = self.now
        agent.state = State.RINGING
        self._emit(QueueEventKind.OFFERED, visit, agent)
        habits = self.plan.habits
        timeout = round(habits.ring_timeout_s * SECOND)
        ring = round(agent.random.gammavariate(4.0, habits.ring_s / 4.0) * SECOND) if habits.ring_s else 0
        if agent.random.random() < habits.ignore_share or ring >= timeout:
            self._schedule_visit(self.now + timeout, visit, self._ignore)
        elif ring:
            self._schedule_visit(self.now + ring, visit, self._pick_up)
        else:
            self._pick_up(visit)

    def _pick_up(self, visit: Visit) -> None:
        agent = visit.agent
        assert agent is not None
        visit.turn += 1
        visit.stage = Stage.TALKING
        agent.state = State.TALKING
        self._emit(QueueEventKind.CONNECTED, visit, agent, ring_ms=(self.now - visit.offered) // 1000)
        end = self.now + visit.nature.talk
        if visit.nature.hold and visit.nature.talk > 40 * SECOND:
            begin = self.now + round(visit.nature.talk * agent.random.uniform(0.2, 0.5))
            until = min(begin + exponential(agent.random, 35.0), end - SECOND)
            self._schedule_visit(begin, visit, lambda v: self._emit(QueueEventKind.HELD, v, v.agent))
            self._schedule_visit(until, visit, lambda v: self._emit(QueueEventKind.RESUMED, v, v.agent))
        self._schedule_visit(end, visit, self._hang_up)

    def _hang_up(self, visit: Visit) -> None:
        agent = visit.agent
        assert agent is not None
        target = self._transfer_target(visit, agent)
        if target is None:
            by = "caller" if agent.random.random() < 0.7 else "agent"
            self._emit(QueueEventKind.COMPLETED, visit, agent, by=by)
        else:
            self._emit(QueueEventKind.TRANSFERRED, visit, agent, kind="blind", to=target.plan.name)
        self._end(visit)
        if visit.nature.wrap_up:
            self._wrap_up(visit, agent)
        else:
            self._set_free(agent)
        if target is not None:
            self._enter(target, draw_nature(target.plan, target.random), visit.linked_id)

    def _transfer_target(self, visit: Visit, agent: Agent) -> Queue | None:
        others = [queue for queue in self._queues.values() if queue is not visit.queue]
        return agent.random.choice(others) if visit.nature.transfer and others else None

    def _wrap_up(self, visit: Visit, agent: Agent) -> None:
        agent.state = State.WRAP_UP
        self._emit(QueueEventKind.WRAP_UP_STARTED, visit, agent)

        def end() -> None:
            self._emit(QueueEventKind.WRAP_UP_ENDED, visit, agent)
            self._set_free(agent)

        self._schedule(self.now + visit.nature.wrap_up, end)

    def _ignore(self, visit: Visit) -> None:
        agent = visit.agent
        assert agent is not None
        self._stop_ringing(visit, "timeout")
        agent.state = State.AWAY
        self._schedule(self.now + REST_AFTER_IGNORING, lambda: self._set_free(agent))
        self._wait(visit)

    def _stop_ringing(self, visit: Visit, reason: str) -> None:
        ring_ms = (self.now - visit.offered) // 1000
        self._emit(QueueEventKind.NOT_ANSWERED, visit, visit.agent, ring_ms=ring_ms, reason=reason)

    def _plan_pause(self, agent: Agent) -> None:
        agent.next_pause = self.now + exponential(agent.random, self.plan.habits.work_s)
        self._schedule(agent.next_pause, lambda: self._pause_if_free(agent))

    def _pause_if_free(self, agent: Agent) -> None:
        if agent.state is State.FREE:
            self._pause(agent)

    def _pause(self, agent: Agent) -> None:
        habits = self.plan.habits
        agent.state = State.PAUSED
        agent.next_pause = None
        reason = agent.random.choice(habits.pause_reasons)
        planned, agent.rest = agent.rest, None
        if planned is not None:
            reason = planned[1]
        self._emit(QueueEventKind.PAUSED, None, agent, reason=reason)

        def end() -> None:
            self._emit(QueueEventKind.UNPAUSED, None, agent)
            if self.plan.shifts is None:
                self._plan_pause(agent)
            self._set_free(agent)

        length = exponential(agent.random, habits.pause_s) if planned is None else planned[0]
        self._schedule(self.now + length, end)

    def _plan_shift(self, agent: Agent, shift: Sequence[Stint]) -> None:
        """What is to come of it: coming, rests and going, each a little late, or at once what goes on now."""
        short, long = (*self.plan.habits.pause_reasons[:2], *self.plan.habits.pause_reasons[:1])[:2]
        for stint, before, after in zip(shift, (None, *shift), (*shift[1:], None), strict=False):
            late = abs(round(agent.random.gauss(0, _LATE_S) * SECOND))
            if stint.first > self.now and (before is None or before.last != stint.first):
                self._schedule(stint.first + late, lambda: self._come(agent))
            if stint.rest and stint.last > self.now:
                length = stint.last - max(stint.first, self.now)
                planned = (length, long if stint.last - stint.first > _SHORT_REST else short)
                self._schedule(max(stint.first + late, self.now), partial(self._rest, agent, planned))
            if stint.last > self.now and (after is None or after.first != stint.last):
                self._schedule(stint.last + late, lambda: self._go(agent))

    def _come(self, agent: Agent) -> None:
        agent.there, agent.goes = True, False
        for queue in agent.queues:
            self._emit(QueueEventKind.MEMBER_ADDED, None, agent, queue)
        self._set_free(agent)

    def _rest(self, agent: Agent, planned: tuple[int, str]) -> None:
        if agent.there:
            agent.next_pause, agent.rest = self.now, planned
            self._pause_if_free(agent)

    def _go(self, agent: Agent) -> None:
        """After the call, or the pause, that goes on."""
        agent.goes = True
        if agent.state is State.FREE:
            self._set_free(agent)

    def _set_free(self, agent: Agent) -> None:
        """A pause that fell due during a call begins now; else the longest-waiting caller of all queues comes."""
        if agent.goes:
            agent.state, agent.there, agent.goes = State.AWAY, False, False
            for queue in agent.queues:
                self._emit(QueueEventKind.MEMBER_REMOVED, None, agent, queue)
            return
        if agent.next_pause is not None and agent.next_pause <= self.now:
            self._pause(agent)
            return
        agent.state = State.FREE
        agent.free_since = self.now
        first = min((queue.waiting[0] for queue in agent.queues if queue.waiting), default=None)
        if first is not None:
            visit = first[2]
            visit.queue.waiting.pop(0)
            self._offer(visit, agent)

    # ------------------------------------------------------------------ records

    def _staff(self, queue: Queue) -> None:
        for member in queue.plan.members:
            agent = self._agents.get(member)
            if agent is None:
                agent = self._agents[member] = Agent(member, self.plan.seed)
                agent.there = self._works(member)
            agent.queues.append(queue)
            queue.members.append(agent)
            if member == self.plan.human or not agent.there:
                agent.state = State.AWAY
            else:
                self._emit(QueueEventKind.MEMBER_ADDED, None, agent, queue)

    def _works(self, member: UUID) -> bool:
        """Whether somebody is in their shift, or the human."""
        if self.plan.shifts is None or member == self.plan.human:
            return True
        return any(stint.first <= self.now < stint.last for stint in self.plan.shifts.get(member, ()))

    def _linked_id(self) -> str:
        return f"{self.plan.run}.{next(self._calls)}"

    def _end(self, visit: Visit) -> None:
        visit.turn += 1
        visit.stage = Stage.ENDED
        del self._visits[visit.id]

    def _schedule(self, at: int, happen: Callable[[], None]) -> None:
        heapq.heappush(self._heap, (at, next(self._order), happen))

    def _schedule_visit(self, at: int, visit: Visit, happen: Callable[[Visit], None]) -> None:
        """Void once the visit takes its next turn. Ringing a colleague is no new turn: patience runs on meanwhile."""
        turn = visit.turn

        def check() -> None:
            if visit.turn == turn:
                happen(visit)

        self._schedule(at, check)

    def _emit(
        self,
        kind: QueueEventKind,
        visit: Visit | None,
        agent: Agent | None = None,
        queue: Queue | None = None,
        /,
        **data: str | int | float,
    ) -> None:
        """Something that happens now."""
        queue = visit.queue if visit else queue
        self._append(
            kind,
            self._stamp(self.now),
            queue_id=queue.plan.id if queue else None,
            visit_id=visit.id if visit else None,
            linked_id=visit.linked_id if visit else "",
            agent_id=agent.id if agent else None,
            data=data,
        )

    def _append(self, kind: QueueEventKind, at_us: int, **fields: Any) -> None:
        at = clock.from_us(at_us)
        sequence = next(self._sequence)
        self._rows.append(QueueEventRow(at=at, kind=kind, source=self.source, source_seq=sequence, **fields))
