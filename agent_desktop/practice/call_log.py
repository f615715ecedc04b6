"""The records of colleagues' calls, as their desktops would write them: who called, who answered, how it ended."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from agent_desktop import numbers
from agent_desktop.core.interaction_ids import id_of_call, leg_id
from agent_desktop.data.centre_rows import QueueEventRow, QueueRow
from agent_desktop.data.past_calls import PastCall, PastLeg
from agent_desktop.data.words import Direction, Outcome
from agent_desktop.data.words import QueueEventKind as Kind
from agent_desktop.practice.callers import CallerBook

_LOST = (Kind.ABANDONED, Kind.EXITED)
_OVER = (Kind.COMPLETED, Kind.TRANSFERRED)


class Told(msgspec.Struct, frozen=True):
    """A call as it stands; ``over``: it has ended."""

    call: PastCall
    over: bool


class CallLog:
    """Follows the day's events. A call that rang at the human is told by their own desktop, and left alone here."""

    def __init__(self, site: tuple[UUID, str], human: UUID, queues: Sequence[QueueRow], book: CallerBook):
        """``site``: its id and the region of its numbers."""
        self._site, self._region = site
        self._human = human
        self._queues = {queue.id: queue.name for queue in queues}
        self._book = book
        self._entered: dict[str, datetime] = {}
        self._talks: dict[str, PastCall] = {}
        self._answered: dict[UUID, datetime] = {}  # by visit: a call that is passed on has several
        self._human_s: set[str] = set()

    def hear(self, rows: Sequence[QueueEventRow], persons: dict[str, int]) -> list[Told]:
        """What these events tell of calls; ``persons``: who is behind a linked id, forgotten once a call is over."""
        told = []
        for row in rows:
            linked = row.linked_id
            if row.visit_id is None:
                continue
            if row.kind is Kind.ENTERED:
                self._entered.setdefault(linked, row.at)
            elif row.agent_id == self._human:
                self._human_s.add(linked)
            elif row.kind is Kind.CONNECTED and self._is_ours(linked):
                self._answered[row.visit_id] = row.at
                if linked not in self._talks:
                    call = self._talks[linked] = self._call(row, persons, Outcome.ANSWERED)
                    told.append(Told(call, over=False))
            elif row.kind in _OVER and linked in self._talks:
                told.append(Told(self._ended(self._talks[linked], row), over=True))
            elif row.kind in _LOST and linked not in self._talks and self._is_ours(linked):
                told.append(Told(self._call(row, persons, Outcome.MISSED), over=True))
            if row.kind in _LOST or row.kind is Kind.COMPLETED:
                self._forget(linked, persons)
        return told

    def _is_ours(self, linked: str) -> bool:
        return linked in self._entered and linked not in self._human_s

    def _forget(self, linked: str, persons: dict[str, int]) -> None:
        self._entered.pop(linked, None)
        self._talks.pop(linked, None)
        self._human_s.discard(linked)
        persons.pop(linked, None)

    def _call(self, row: QueueEventRow, persons: dict[str, int], outcome: Outcome) -> PastCall:
        caller = self._book.draw(persons.get(row.linked_id, 0))
        number, began = numbers.parse(caller.number, self._region), self._entered[row.linked_id]
        taken = outcome is Outcome.ANSWERED
        return PastCall(
            id=id_of_call(self._site, "", row.linked_id, "", 0),
            direction=Direction.INBOUND,
            started_at=began,
            answered_at=row.at if taken else None,
            ended_at=row.at,
            outcome=outcome,
            agent_id=row.agent_id if taken else None,
            number=number.e164 or caller.number,
            e164=number.e164,
            key=number.key,
            name=caller.name,
            queue=self._queues.get(row.queue_id, "") if row.queue_id is not None else "",
            wait_s=(row.at - began).total_seconds(),
            linked_id=row.linked_id,
        )

    def _ended(self, call: PastCall, row: QueueEventRow) -> PastCall:
        outcome = Outcome.TRANSFERRED if row.kind is Kind.TRANSFERRED else call.outcome
        assert row.visit_id is not None
        answered = self._answered.pop(row.visit_id, row.at)
        leg = PastLeg(leg_id(call.id, str(row.visit_id)), row.agent_id, answered, answered, row.at, outcome)
        return msgspec.structs.replace(call, ended_at=row.at, outcome=outcome, legs=(leg,))
