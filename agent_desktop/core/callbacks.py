"""The call-back list: every caller who gave up waiting, once, and what has come of them since. No Qt."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from agent_desktop import data
from agent_desktop.core.metrics import US
from agent_desktop.data.callback_rows import AbandonedVisit, CallBack, CallBackState, ClaimedWork, LaterCall
from agent_desktop.data.centre_rows import QueueRow
from agent_desktop.data.words import WorkStatus

State = tuple[CallBackState, str, datetime | None]


def fetch(
    session: Any, start: datetime, end: datetime, queues: Mapping[UUID, QueueRow], queue_ids: list[UUID] | None
) -> tuple[CallBack, ...]:
    """Those who entered in the window, who still waits for a call first, then by when they gave up."""
    visits = data.callbacks.abandoned(session, start, end, queue_ids)
    reaches = [visit.reach for visit in visits if visit.reach]
    later = data.callbacks.later_calls(session, reaches, start) if reaches else ()
    ids = [visit.interaction_id for visit in visits if visit.interaction_id]
    return together(visits, later, data.callbacks.claimed(session, ids), queues)


def together(
    visits: Sequence[AbandonedVisit],
    later: Sequence[LaterCall],
    work: Sequence[ClaimedWork],
    queues: Mapping[UUID, QueueRow],
) -> tuple[CallBack, ...]:
    """One line for each number; a call without one is a line of its own."""
    callers: dict[str, list[AbandonedVisit]] = {}
    for number, visit in enumerate(visits):
        callers.setdefault(visit.reach or f"#{visit.linked_id or number}", []).append(visit)
    said: dict[str, list[LaterCall]] = {}
    for call in later:
        said.setdefault(call.reach, []).append(call)
    entries = {entry.interaction_id: entry for entry in work}
    lines = []
    for key, waits in callers.items():
        waits.sort(key=lambda visit: visit.left_at)
        last = waits[-1]
        known = [visit for visit in waits if visit.interaction_id]
        entry = [entries[visit.interaction_id] for visit in known if visit.interaction_id in entries]
        state, who, when = _state(last, said.get(key, []), entry)
        queue = queues.get(last.queue_id) if last.queue_id else None
        named = next((visit for visit in reversed(waits) if visit.customer), last)
        lines.append(
            CallBack(
                key=key,
                number=last.reach,
                customer_id=named.customer_id,
                customer=named.customer,
                queue=last.queue,
                queue_label=queue.label if queue else last.queue,
                first_at=waits[0].left_at,
                last_at=last.left_at,
                times=len(waits),
                longest_wait_us=max(max(0, (visit.left_at - visit.entered_at) // US) for visit in waits),
                state=state,
                who=who,
                when=when,
                interaction_id=known[-1].interaction_id if known else None,
            )
        )
    lines.sort(key=lambda line: line.last_at, reverse=True)
    lines.sort(key=lambda line: not line.waits)
    return tuple(lines)


def _state(last: AbandonedVisit, later: Sequence[LaterCall], work: Sequence[ClaimedWork]) -> State:
    """The best that happened after the last time they gave up; else who is at it."""
    if not last.reach:
        return CallBackState.NO_NUMBER, "", None
    since = [call for call in later if call.at > last.left_at]
    for outbound, state in ((True, CallBackState.REACHED), (False, CallBackState.CAME_BACK)):
        spoken = [call for call in since if call.answered and call.outbound is outbound]
        if spoken:
            return state, spoken[-1].agent, spoken[-1].at
    at_it = next((entry for entry in work if entry.status == WorkStatus.CLAIMED), None)
    if at_it is not None:
        return CallBackState.CLAIMED, at_it.by, None
    if work and all(entry.status == WorkStatus.DONE for entry in work):
        return CallBackState.DONE, "", None
    tried = [call for call in since if call.outbound]
    if tried:
        return CallBackState.TRIED, tried[-1].agent, tried[-1].at
    return CallBackState.OPEN, "", None
