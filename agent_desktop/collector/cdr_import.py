"""CDR files as history: their calls in the list of calls and in customers' histories, each once."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from msgspec.structs import astuple

from agent_desktop import clock, data, numbers
from agent_desktop.collector.cdr import CdrRow, read
from agent_desktop.collector.cdr_calls import CdrCall, call_of, grouped
from agent_desktop.collector.history import HistoryImport, Numbers, Progress, Wanted
from agent_desktop.collector.log_file import Problem
from agent_desktop.collector.visit_ids import visit_id
from agent_desktop.core.interaction_ids import id_of_call
from agent_desktop.data import past_calls
from agent_desktop.data.ids import derived_id
from agent_desktop.data.past_calls import PastCall, PastLeg, Stay
from agent_desktop.data.words import Outcome

if TYPE_CHECKING:
    from agent_desktop.data.db import Database

STEP = 500  # calls of one transaction: a quarter of a second, so that no save of anybody waits long


class CdrImport(HistoryImport):
    """Calls of CDR files; ``new``, ``completed`` and ``known`` count calls, ``lines`` records.

    A call that went through a queue was answered when the queue says so, where its queue_log has been imported before:
    for the PBX's own records it was answered when the PBX picked up.
    """

    def __init__(self, database: "Database", paths: Sequence[Path], wanted: Wanted | None = None):
        super().__init__(database, paths, wanted or Wanted())
        self._site = UUID(int=0)
        self._region = ""
        self._read = self._rejected = 0
        self._calls: Iterator[list[CdrRow]] | None = None
        self._seen = Numbers() if self.wanted.dry else None

    def _checked(self, paths: list[Path]) -> list[Path]:
        for path in paths:
            read(path, self.wanted.zone, self.wanted.columns)
        return paths

    def _prepare(self, session: Any) -> None:
        site = data.site.site(session)
        self._site, self._region = site.id, site.region

    def _take(self, session: Any) -> Progress:
        if self._calls is None:
            files = (read(path, self.wanted.zone, self.wanted.columns) for path in self._paths)
            self._calls = grouped(self._readable(chain.from_iterable(files)))
        before = self._read, self._rejected
        found = [call_of(rows, self.people) for rows in islice(self._calls, STEP)]
        finished = len(found) < STEP
        stays = past_calls.stays(session, filter(None, map(self._visit, found)))
        calls = [self._past(session, call, stays) for call in found]
        stored = self._stored(session, calls)
        if self._seen is not None and finished:
            self._seen.close()
        return self.told(
            lines=self._read - before[0],
            finished=finished,
            new=stored.new,
            completed=stored.completed,
            known=stored.known,
            rejected=self._rejected - before[1],
        )

    def _stored(self, session: Any, calls: list[PastCall]) -> past_calls.Stored:
        if self._seen is not None:
            fresh = set(self._seen.added([call.id.int >> 65 for call in calls]))
            first = {call.id: call for call in calls if call.id.int >> 65 in fresh}
            stored = past_calls.put(session, list(first.values()), dry=True)
            return past_calls.Stored(stored.new, 0, len(calls) - stored.new)
        total = past_calls.Stored(0, 0, 0)
        while calls:  # of a call that is there twice, as in two copies of a file, the second may say more
            first = {call.id: call for call in reversed(calls)}
            stored = past_calls.put(session, list(first.values()))
            total = past_calls.Stored(*(sum(pair) for pair in zip(astuple(total), astuple(stored), strict=True)))
            calls = [call for call in calls if first[call.id] is not call]
        return total

    def _readable(self, rows: Iterator[CdrRow | Problem]) -> Iterator[CdrRow]:
        for each in rows:
            self._read += 1
            if isinstance(each, Problem):
                self._rejected += 1
                self.reject(each)
            else:
                self.saw((each.start_us, each.end_us))
                yield each

    def _visit(self, call: CdrCall) -> UUID | None:
        """The first stay of a call in its queue."""
        return visit_id(self._site, call.queue, call.queued_as, 1) if call.queue and call.queued_as else None

    def _past(self, session: Any, call: CdrCall, stays: dict[UUID, Stay]) -> PastCall:
        visit = self._visit(call)
        stay = stays.get(visit) if visit is not None else None
        number = numbers.parse(call.number, self._region)
        answered_us, agent = call.answer_us, self.people.find(call.agent)
        wait_s = None
        if stay is not None:
            agent = stay.agent_id or agent
            left = stay.connected_at or stay.left_at
            wait_s = (left - stay.entered_at).total_seconds() if left is not None else None
            if stay.connected_at is not None and call.outcome is Outcome.ANSWERED:
                answered_us = min(clock.to_us(stay.connected_at), call.end_us)
        if call.queue:
            self.queue_id(session, call.queue)
        key = id_of_call(self._site, "", call.linked_id, "", call.start_us)
        return PastCall(
            key,
            call.direction,
            clock.from_us(call.start_us),
            clock.from_us(answered_us) if answered_us is not None else None,
            clock.from_us(call.end_us),
            *(call.outcome, agent, call.number, number.e164, number.key if number.e164 else "", call.name, call.queue),
            *(wait_s, call.linked_id, tuple({leg.id: leg for leg in self._legs(key, call, answered_us)}.values())),
        )

    def _legs(self, key: UUID, call: CdrCall, answered_us: int | None) -> Iterator[PastLeg]:
        for leg in call.legs:
            row = leg.row
            answered = row.answer_us if leg.outcome is Outcome.ANSWERED else None
            if answered is not None and answered_us is not None and row.start_us <= answered_us <= row.end_us:
                answered = max(answered, answered_us)
            yield PastLeg(
                derived_id(key, f"cdr:{row.unique_id}:{row.sequence or row.start_us}:{row.target_channel}"),
                self.people.find(leg.agent),
                clock.from_us(row.start_us),
                clock.from_us(answered) if answered is not None else None,
                clock.from_us(row.end_us),
                leg.outcome,
            )
