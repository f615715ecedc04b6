"""One queue now, and what more or fewer agents would make of the running quarter hour. No Qt.

Everything rests on the board's own counts; what there is too little of is None and no result is made of it. The rest
of the quarter hour is worked out from who talks and who waits at this moment (``queue_ahead``), the long run beside it
from a steady state (``erlang``); both with patience where enough callers have hung up to tell it, else without.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from agent_desktop.core.agent_activity import AgentState
from agent_desktop.core.board import Board
from agent_desktop.core.erlang import Outlook, Traffic, outlook
from agent_desktop.core.figures import Figure, Scope
from agent_desktop.core.intervals import INTERVAL
from agent_desktop.core.metrics import Tally, service_level
from agent_desktop.core.queue_ahead import Ahead, State, abandoned_within, ahead, answered, answered_within
from agent_desktop.data.centre_rows import QueueRow

LEAST = 5  # calls, handled calls, abandons: with fewer a rate or a mean is chance
MOST_MORE = 10  # agents more or fewer that are worked out
_LATELY = 2  # whole quarter hours before the running one whose arrivals count as those of now
_BUSY = frozenset({AgentState.TALKING, AgentState.HOLD, AgentState.WRAP_UP})
_AWAY = frozenset({AgentState.PAUSED, AgentState.OFFLINE})
_QUARTER_S = INTERVAL.total_seconds()


class Waiting(msgspec.Struct, frozen=True):
    """One caller who waits; ``counts``: entered in the running quarter hour, whose service level is asked for."""

    wait_s: float
    counts: bool


class Measured(msgspec.Struct, frozen=True):
    """What the board says about one queue at a moment, with the counts that each number rests on."""

    queue: QueueRow
    at: datetime
    interval: str  # "14:45–15:00"
    left_s: float  # of it
    calls: int  # entered in the last ``span_s`` seconds
    span_s: float
    handled: int  # today
    handle_s: float  # of all of them together
    abandoned: int  # today
    waits_s: float  # of all callers together today, whatever became of them
    agents: int  # signed in and not paused
    busy: int  # of them on a call or in wrap-up
    paused: int
    waiting: tuple[Waiting, ...] = ()  # first come first
    counted: Tally = Tally()  # of the running quarter hour

    @property
    def calls_per_hour(self) -> float | None:
        return self.calls / self.span_s * 3600 if self.calls >= LEAST else None

    @property
    def handle_time_s(self) -> float | None:
        return self.handle_s / self.handled if self.handled >= LEAST and self.handle_s > 0 else None

    @property
    def patience_s(self) -> float | None:
        """Waiting ÷ abandons: the most likely mean of an exponential patience, whose end most callers never see."""
        return self.waits_s / self.abandoned if self.abandoned >= LEAST and self.waits_s > 0 else None


class Change(msgspec.Struct, frozen=True):
    """What if: so many agents more, and so many times the calls, the handle time and the patience of now."""

    agents: int = 0
    calls: float = 1.0
    handle: float = 1.0
    patience: float = 1.0


AS_IT_IS = Change()


class Projection(msgspec.Struct, frozen=True):
    """What ``agents`` would make of the running quarter hour."""

    more: int
    agents: int
    rest: Outlook  # for the callers of the rest of it
    steady: Outlook  # if it stayed so
    tally: Tally  # at its end: what is counted and what is expected, so no whole numbers
    coming: float  # calls expected until then
    figure: Figure  # the service level at its end, by the queue's own rule

    @property
    def level(self) -> float | None:
        """The service level at its end; None: there will be nobody to divide by."""
        return self.figure.value


def measure(board: Board, queue_id: UUID) -> Measured:
    """One queue of the board, now."""
    tile, now, day = board.tile(queue_id), board.now(), board.day
    bars = board.intervals(queue_id)
    present = bars[-1]
    opened = next((place for place, bar in enumerate(bars) if bar.tally.entered), len(bars) - 1)
    recent = bars[max(opened, len(bars) - 1 - _LATELY) :]
    elapsed = min(_QUARTER_S, max(1.0, (now - present.starts_at).total_seconds()))
    tally = tile.tally
    entries = board.waiting_since(queue_id)
    waits = [max(0.0, (now - entry).total_seconds()) for entry in entries]
    states = dict(tile.agents)
    ends = present.starts_at + INTERVAL
    waits_us = tally.wait_answered_us + tally.wait_abandoned_us + tally.wait_exited_us
    return Measured(
        queue=tile.queue,
        at=now,
        interval=f"{present.label}–{day.clock(ends)}",
        left_s=max(0.0, (ends - now).total_seconds()),
        calls=sum(bar.tally.entered for bar in recent),
        span_s=(len(recent) - 1) * _QUARTER_S + elapsed,
        handled=tally.handled,
        handle_s=(tally.talk_us + tally.hold_us + tally.wrap_us) / 1e6,
        abandoned=tally.abandoned,
        waits_s=waits_us / 1e6 + sum(waits),
        agents=sum(number for state, number in states.items() if state not in _AWAY),
        busy=sum(number for state, number in states.items() if state in _BUSY),
        paused=states.get(AgentState.PAUSED, 0),
        waiting=tuple(Waiting(wait, entry >= present.starts_at) for wait, entry in zip(waits, entries, strict=True)),
        counted=present.tally,
    )


def traffic_of(measured: Measured, change: Change = AS_IT_IS) -> Traffic | None:
    """The traffic of now, changed; None where the calls or the handle time are not known well enough."""
    calls, handle_s, patience_s = measured.calls_per_hour, measured.handle_time_s, measured.patience_s
    if calls is None or handle_s is None:
        return None
    return Traffic(
        calls / 3600 * change.calls,
        handle_s * change.handle,
        None if patience_s is None else patience_s * change.patience,
    )


def projections(
    measured: Measured, change: Change = AS_IT_IS, more: Sequence[int] = range(-MOST_MORE, MOST_MORE + 1)
) -> tuple[Projection, ...]:
    """The end of the running quarter hour with ``change`` made now and each of ``more`` agents, never fewer than none.

    ``change.agents`` is left aside. None at all with too little data, or when the quarter hour is over.
    """
    traffic = traffic_of(measured, change)
    numbers = [measured.agents + one for one in more if measured.agents + one >= 0]
    if traffic is None or measured.left_s <= 0 or not numbers:
        return ()
    queue = measured.queue
    state = State(min(measured.busy, measured.agents), len(measured.waiting))
    limits = float(queue.sl_threshold_s), float(queue.short_abandon_s)
    found = []
    for rest in ahead(traffic, numbers, limits, state, measured.left_s):
        agents, coming = rest.outlook.agents, traffic.calls_per_s * measured.left_s
        tally = _at_its_end(measured, traffic, rest, state)
        scope = Scope(queue.label, measured.at, None, None, limits[0], limits[1])
        figure = service_level(tally, queue.sl_variant, scope, exits=queue.sl_exits)
        steady = outlook(traffic, agents, limits[0])
        found.append(Projection(agents - measured.agents, agents, rest.outlook, steady, tally, coming, figure))
    return tuple(found)


def project(measured: Measured, change: Change = AS_IT_IS) -> Projection | None:
    """The same with ``change.agents`` more; None with too little data, or fewer agents than none."""
    return next(iter(projections(measured, change, (change.agents,))), None)


def _at_its_end(measured: Measured, traffic: Traffic, rest: Ahead, state: State) -> Tally:
    """What is counted, who waits and counts as likely as each result is, and the calls to come."""
    counted, seen = measured.counted, rest.outlook
    coming = traffic.calls_per_s * measured.left_s
    parts = [
        coming * (1 - seen.abandoned),
        coming * seen.service_level,
        coming * seen.abandoned,
        *(coming * share for share in rest.early),
    ]
    taken = state.waiting - state.with_agents(seen.agents).waiting
    for place, caller in enumerate(measured.waiting):
        if caller.counts:
            found = _likely(measured.queue, traffic, seen.agents, place - taken, caller.wait_s)
            parts = [part + one for part, one in zip(parts, found, strict=True)]
    names = ("answered", "answered_in_time", "abandoned", "abandoned_in_time", "abandoned_short")
    expected: dict[str, Any] = {
        name: getattr(counted, name) + part for name, part in zip(names, parts, strict=True)
    } | {"entered": counted.entered + coming, "unresolved": 0}
    return msgspec.structs.replace(counted, **expected)


def _likely(queue: QueueRow, traffic: Traffic, agents: int, before: int, wait_s: float) -> tuple[float, ...]:
    """How likely one who waits is answered, answered in time, lost, lost in time, lost early.

    ``before``: how many wait ahead; below 0: a free agent takes the call now.
    """
    limits = queue.sl_threshold_s - wait_s, queue.short_abandon_s - wait_s
    if before < 0:
        return 1.0, float(limits[0] >= 0), 0.0, 0.0, 0.0
    reached = float(answered(traffic, agents, before + 1)[before])
    in_time = float(answered_within(traffic, agents, limits[0], before + 1)[before])
    early = (float(abandoned_within(traffic, agents, max(0.0, one), before + 1)[before]) for one in limits)
    return reached, in_time, 1 - reached, *early
