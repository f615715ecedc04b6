"""CDR rows put together: one call however many of them it has, with whom it went and how it ended."""

from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from agent_desktop.collector.cdr import CdrRow
from agent_desktop.collector.names import People, endpoint
from agent_desktop.data.words import Direction, Outcome
from agent_desktop.numbers import MAX_EXTENSION_DIGITS

_OPEN_FOR = 500  # rows: the records of one call are written within seconds of each other
_TO_AGENT = {"ANSWERED": Outcome.ANSWERED, "NO ANSWER": Outcome.MISSED, "BUSY": Outcome.REJECTED}
_TO_OUTSIDE = {"ANSWERED": Outcome.ANSWERED, "NO ANSWER": Outcome.NO_ANSWER, "BUSY": Outcome.BUSY}


class CdrLeg(msgspec.Struct, frozen=True):
    """Somebody who was called, by the channel; ``agent`` is the channel of the centre's side."""

    row: CdrRow
    agent: str
    outcome: Outcome


class CdrCall(msgspec.Struct, frozen=True):
    """One call. ``linked_id`` is the PBX's, or the id of its first channel where that was not written.

    ``queue`` and ``queued_as`` say where it waited and under which id; ``agent`` is the channel of whom it went to.
    """

    linked_id: str
    direction: Direction
    number: str
    name: str
    queue: str
    queued_as: str
    outcome: Outcome
    agent: str
    start_us: int
    answer_us: int | None
    end_us: int
    legs: tuple[CdrLeg, ...]


def grouped(rows: Iterable[CdrRow]) -> Iterator[list[CdrRow]]:
    """The rows of each call, once no more of them are to be expected."""
    waiting: dict[str, tuple[int, list[CdrRow]]] = {}
    for count, row in enumerate(rows):
        key = row.linked_id or row.unique_id or f"{row.channel} {row.start_us}"
        _last, known = waiting.pop(key, (0, []))
        waiting[key] = count, [*known, row]  # at the end: the first one waits longest
        oldest = next(iter(waiting))
        if count - waiting[oldest][0] > _OPEN_FOR:
            yield waiting.pop(oldest)[1]
    yield from (found for _last, found in waiting.values())


def call_of(rows: list[CdrRow], people: People) -> CdrCall:
    """What the rows of one call say together."""
    rows = sorted(rows, key=lambda row: (row.start_us, int(row.sequence) if row.sequence.isdigit() else 0))
    first = rows[0]
    inside = _is_inside(first, people)
    if not inside:
        direction = Direction.INBOUND
    else:
        direction = Direction.INTERNAL if _is_extension(first.target) else Direction.OUTBOUND
    legs = tuple(_legs(rows, direction))
    taken = next((leg for leg in legs if leg.outcome is Outcome.ANSWERED), None)
    queued = next((row for row in rows if row.queue), None)
    return CdrCall(
        linked_id=first.linked_id or first.unique_id or f"{first.channel} {first.start_us}",
        direction=direction,
        number=first.source if direction is Direction.INBOUND else first.target,
        name=first.name if direction is Direction.INBOUND else "",
        queue=queued.queue if queued is not None else "",
        queued_as=queued.unique_id if queued is not None else "",
        outcome=Outcome.ANSWERED if taken is not None else _not_answered(rows, direction),
        agent=taken.agent if taken is not None else first.channel if inside else "",
        start_us=first.start_us,
        answer_us=taken.row.answer_us if taken is not None else None,
        end_us=max(row.end_us for row in rows),
        legs=legs,
    )


def channels(call: CdrCall) -> Iterator[str]:
    """Every channel of the centre's side."""
    return chain((call.agent,), (leg.agent for leg in call.legs))


def _legs(rows: list[CdrRow], direction: Direction) -> Iterator[CdrLeg]:
    """Whoever was called. A local channel is the PBX calling itself: only where nothing else says who it was."""
    reached = [row for row in rows if row.target_channel]
    plain = [row for row in reached if not row.target_channel.startswith("Local/")]
    for row in plain or reached:
        if direction is Direction.INBOUND:
            yield CdrLeg(row, row.target_channel, _TO_AGENT.get(row.disposition, Outcome.FAILED))
        else:
            yield CdrLeg(row, row.channel, _TO_OUTSIDE.get(row.disposition, Outcome.FAILED))


def _not_answered(rows: list[CdrRow], direction: Direction) -> Outcome:
    """An inbound call that only the PBX answered is missed; of others the best thing that happened to them."""
    if direction is Direction.INBOUND:
        return Outcome.MISSED
    found = Outcome.IN_PROGRESS
    for row in rows:
        said = Outcome.NO_ANSWER if row.disposition == "ANSWERED" else _TO_OUTSIDE.get(row.disposition, Outcome.FAILED)
        found = found.merged(said)
    return found


def _is_inside(row: CdrRow, people: People) -> bool:
    """Whether somebody of the centre began the call, also one who is not there any more."""
    return people.is_one(row.channel) or (_is_extension(row.source) and endpoint(row.channel) == row.source)


def _is_extension(number: str) -> bool:
    return number.isascii() and number.isdigit() and len(number) <= MAX_EXTENSION_DIGITS
