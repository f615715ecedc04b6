"""One queue now, and what more or fewer agents would make of the running quarter hour. No Qt.

Everything rests on the board's own counts; what there is too little of is None and no result is made of it. The rest
of the quarter hour is worked out from who talks and who waits at this moment (``queue_ahead``), the long run beside it
from a steady state (``erlang``); both with patience where enough callers have hung up to tell it, else without.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from agent_desktop.core.agent_activity import AgentState
from agent_desktop.core.board import Board
from agent_desktop.core.erlang import Outlook, Traffic, outlook
from agent_desktop.core.intervals import INTERVAL
from agent_desktop.core.metrics import Tally
from agent_desktop.core.queue_ahead import State, ahead, answered_within
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
    """What ``agents`` would make of it. ``above`` ÷ ``below``: visits of the running quarter hour at its end."""

    more: int
    agents: int
    rest: Outlook  # for the callers of the rest of the quarter hour
    steady: Outlook  # if it stayed so
    above: float  # answered within the threshold
    below: float  # answered or abandoned

    @property
    def level(self) -> float | None:
        """The service level of the running quarter hour at its end; None: nobody will have called."""
        return self.above / self.below if self.below else None


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
    threshold_s = float(measured.queue.sl_threshold_s)
    state = State(min(measured.busy, measured.agents), len(measured.waiting))
    counted, coming = measured.counted, traffic.calls_per_s * measured.left_s
    below = counted.answered + counted.abandoned + sum(caller.counts for caller in measured.waiting) + coming
    return tuple(
        Projection(
            more=rest.agents - measured.agents,
            agents=rest.agents,
            rest=rest,
            steady=outlook(traffic, rest.agents, threshold_s),
            above=counted.answered_in_time
            + _reached(measured, traffic, rest.agents, state)
            + coming * rest.service_level,
            below=below,
        )
        for rest in ahead(traffic, numbers, threshold_s, state, measured.left_s)
    )


def project(measured: Measured, change: Change = AS_IT_IS) -> Projection | None:
    """The same with ``change.agents`` more; None with too little data, or fewer agents than none."""
    return next(iter(projections(measured, change, (change.agents,))), None)


def _reached(measured: Measured, traffic: Traffic, agents: int, state: State) -> float:
    """How many of those who wait and count are expected to be answered within the threshold."""
    threshold_s = float(measured.queue.sl_threshold_s)
    taken = state.waiting - state.with_agents(agents).waiting
    total = 0.0
    for place, caller in enumerate(measured.waiting):
        left_s = threshold_s - caller.wait_s
        if not caller.counts or left_s < 0:
            continue
        if place < taken:
            total += 1.0
        else:
            before = place - taken
            total += float(answered_within(traffic, agents, left_s, before + 1)[before])
    return total
