"""A practice day: the simulated centre with one member who is real.

Planned calls that fall to the human come out of ``take_offers``; whoever rings the human for real reports what became
of each (``answered``, ``not_answered``, ``abandoned``, ``held``, ``resumed``, ``completed``). While a call is with the
human the simulation leaves it alone: patience and talk are then a matter of real seconds.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec

from agent_desktop.data.words import QueueEventKind
from agent_desktop.practice.centre import Centre
from agent_desktop.practice.people import SECOND, Agent, Nature, Stage, State, Visit
from agent_desktop.practice.plan import DayPlan


class Offer(msgspec.Struct, frozen=True):
    """A call that falls to the human: ring them for real."""

    visit_id: UUID
    linked_id: str
    queue_id: UUID
    queue: str
    waited_s: float
    patience_s: float  # what is left of it
    talk_s: float
    person: int  # picks who calls


class Day(Centre):
    """The simulation with its human. ``stamp`` turns a virtual moment into the one written on events (both in µs)."""

    def __init__(self, plan: DayPlan, stamp: Callable[[int], int] | None = None):
        super().__init__(plan, stamp)
        self._offers: list[Offer] = []
        if plan.human in self._agents:
            self._agents[plan.human].first = plan.human_first

    def take_offers(self) -> list[Offer]:
        """The planned calls that fell to the human since the last call."""
        offers, self._offers = self._offers, []
        return offers

    def set_human_ready(self, ready: bool) -> None:
        """Whether planned calls may fall to the human from now on. After an offer they may not, until told again.

        Unless the plan says otherwise the human is first in line: practice is for them, not for the colleagues.
        """
        human = self._agents.get(self.plan.human) if self.plan.human else None
        if human is None:
            return
        if not ready:
            human.state = State.AWAY
        elif human.state is State.AWAY:
            self._set_free(human)

    def ring_human(self, queue_id: UUID, waited_s: float, patience_s: float, talk_s: float) -> Offer:
        """A call that enters this queue, or rather entered it ``waited_s`` ago, and rings the human at once.

        Raises KeyError for a queue that is not in the plan, ValueError when no human is in it.
        """
        queue = self._queues[queue_id]
        human = self._human()
        nature = Nature(round(patience_s * SECOND), round(talk_s * SECOND), 0, False, False, None, 0)
        visit = self._new_visit(queue, nature, self._linked_id())
        entered_us = self._stamp(self.now) - round(waited_s * SECOND)
        fields: dict[str, Any] = {"queue_id": queue_id, "visit_id": visit.id, "linked_id": visit.linked_id}
        self._append(QueueEventKind.ENTERED, entered_us, **fields)
        return self._offer_human(visit, human, waited_s)

    def answered(self, visit_id: UUID) -> None:
        """The human took the call."""
        visit = self._visits[visit_id]
        ring_ms = (self.now - visit.offered) // 1000
        visit.stage = Stage.TALKING
        self._emit(QueueEventKind.CONNECTED, visit, visit.agent, ring_ms=ring_ms)

    def not_answered(self, visit_id: UUID, reason: str) -> None:
        """The human let it ring out, declined it, or could not be reached: back to its place in the queue."""
        visit = self._visits[visit_id]
        rang = self.now - visit.offered
        self._stop_ringing(visit, reason)
        visit.leave_at = max(visit.leave_at + rang, self.now + SECOND)
        self._wait(visit)

    def abandoned(self, visit_id: UUID) -> None:
        """The caller hung up while it rang at the human."""
        visit = self._visits[visit_id]
        self._emit(QueueEventKind.ABANDONED, visit, visit.agent)
        self._end(visit)

    def held(self, visit_id: UUID) -> None:
        self._emit(QueueEventKind.HELD, self._visits[visit_id], self._human())

    def resumed(self, visit_id: UUID) -> None:
        self._emit(QueueEventKind.RESUMED, self._visits[visit_id], self._human())

    def completed(self, visit_id: UUID, by: str) -> None:
        """The talk with the human ended; ``by`` is "caller" or "agent"."""
        visit = self._visits[visit_id]
        self._emit(QueueEventKind.COMPLETED, visit, visit.agent, by=by)
        self._end(visit)

    def transferred(self, visit_id: UUID, kind: str, to: str) -> None:
        """The human sent the caller on."""
        visit = self._visits[visit_id]
        self._emit(QueueEventKind.TRANSFERRED, visit, visit.agent, kind=kind, to=to)
        self._end(visit)

    def human_event(self, kind: QueueEventKind, at_us: int, after: Offer | None = None, reason: str = "") -> None:
        """Something of the human's presence: wrap-up ``after`` a call, or a pause with its reason.

        ``at_us`` is the moment as it shall be written.
        """
        fields: dict[str, Any] = {"agent_id": self._human().id, "data": {"reason": reason} if reason else {}}
        if after is not None:
            fields |= {"queue_id": after.queue_id, "visit_id": after.visit_id, "linked_id": after.linked_id}
        self._append(kind, at_us, **fields)

    def human_membership(self, present: bool) -> None:
        """The human joins or leaves all queues of theirs."""
        human = self._human()
        kind = QueueEventKind.MEMBER_ADDED if present else QueueEventKind.MEMBER_REMOVED
        for queue in human.queues:
            self._emit(kind, None, human, queue)

    def _human(self) -> Agent:
        if self.plan.human is None or self.plan.human not in self._agents:
            raise ValueError("no human in this day")
        return self._agents[self.plan.human]

    def _offer_human(self, visit: Visit, human: Agent, waited_s: float) -> Offer:
        visit.turn += 1
        visit.stage = Stage.RINGING
        visit.agent = human
        visit.offered = self.now
        human.state = State.AWAY
        self._emit(QueueEventKind.OFFERED, visit, human)
        left_s = max(visit.leave_at - self.now, SECOND) / SECOND
        plan = visit.queue.plan
        talk_s = visit.nature.talk / SECOND
        return Offer(visit.id, visit.linked_id, plan.id, plan.name, waited_s, left_s, talk_s, visit.nature.person)

    def _offer(self, visit: Visit, agent: Agent) -> None:
        if agent.id == self.plan.human:
            waited_us = self._stamp(self.now) - self._stamp(visit.entered)
            self._offers.append(self._offer_human(visit, agent, waited_us / SECOND))
        else:
            super()._offer(visit, agent)
