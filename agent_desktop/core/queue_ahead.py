"""What a queue brings in the next minutes, from the state it is in now. No Qt.

The same callers as in ``erlang``: arrivals by chance, exponential handling and patience. A steady state is what comes
in the long run; the rest of a quarter hour is shorter than that, and a queue that stands there now weighs on it. The
distribution of calls in the system, averaged over the span, is summed by uniformization (Jensen 1953): no step is too
long for it and nothing is simulated.
"""

import math
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from agent_desktop.core.erlang import Numbers, Outlook, Traffic, answered_waits, reached_in_time

_SPREAD = 8.0  # standard deviations beyond which nothing is to be seen in a double's first ten digits


class State(NamedTuple):
    """Who is in a queue now: agents on a call or in wrap-up, and callers waiting."""

    busy: int
    waiting: int

    def with_agents(self, agents: int) -> "State":
        """The same with so many agents: free ones take who waits; whoever is taken away ends the own call first."""
        busy = min(self.busy, agents)
        taken = min(self.waiting, agents - busy)
        return State(busy + taken, self.waiting - taken)


def ahead(traffic: Traffic, agents: Sequence[int], threshold_s: float, state: State, span_s: float) -> list[Outlook]:
    """What the callers of the next ``span_s`` seconds meet with each number of ``agents``, ``state`` before them.

    For a long span the same as ``erlang.outlook``. Raises ValueError for fewer than no agents or no span.
    """
    if min(agents, default=0) < 0 or span_s <= 0:
        raise ValueError("There are no fewer than no agents, and a span is above zero.")
    lasting = _lasting(traffic, agents, state, span_s) if agents else ()
    return [_seen(traffic, number, threshold_s, row) for number, row in zip(agents, lasting, strict=True)]


def _seen(traffic: Traffic, agents: int, threshold_s: float, lasting: Numbers) -> Outlook:
    """``lasting``: the share of the span with 0, 1, 2… calls in the system."""
    queues = lasting[agents:]
    free = float(lasting[:agents].sum())
    queue = float(np.arange(len(queues)) @ queues)
    leaving = 0.0 if traffic.patience_s is None else 1 / traffic.patience_s
    if not agents:
        wait_s, lost = (1 / leaving, 1.0) if leaving else (math.inf, 0.0)
        return Outlook(0, 1.0, 0.0, wait_s, queue, lost, 0.0, math.inf)
    service = agents / traffic.handle_s
    shares, waits = answered_waits(service, leaving, len(queues))
    answered = float(shares @ queues) + free
    answer_s = float((shares * waits) @ queues) / answered
    # Who has patience X and would wait V waits min(X, V): on average the share that leaves times the mean patience.
    wait_s = (1 - answered) / leaving if leaving else float(waits @ queues)
    in_time = free + float(answered_within(traffic, agents, threshold_s, len(queues)) @ queues)
    busy = float(np.minimum(np.arange(len(lasting)), agents) @ lasting)
    lost = 1 - answered if leaving else 0.0
    return Outlook(agents, float(queues.sum()), in_time, wait_s, queue, lost, busy / agents, answer_s)


def answered_within(traffic: Traffic, agents: int, threshold_s: float, length: int) -> Numbers:
    """The share of those with 0, 1, … ``length`` - 1 waiting before them that is answered within ``threshold_s``."""
    found = np.zeros(length)
    service = agents / traffic.handle_s
    if traffic.patience_s is not None:
        if agents and threshold_s > 0:
            shares = islice(reached_in_time(service * traffic.patience_s, threshold_s / traffic.patience_s), length)
            for place, share in enumerate(shares):
                found[place] = share
        return found
    expected = service * threshold_s  # departures by then: as many as are before one, and one more
    term, below = math.exp(-expected), 0.0
    for place in range(length):
        below += term
        found[place] = max(0.0, 1 - below)
        term *= expected / (place + 1)
    return found


def _lasting(traffic: Traffic, agents: Sequence[int], state: State, span_s: float) -> Numbers:
    """How much of the span each number of calls in the system lasts; a row for each of ``agents``, together 1."""
    arrivals, handling = traffic.calls_per_s, 1 / traffic.handle_s
    leaving = 0.0 if traffic.patience_s is None else 1 / traffic.patience_s
    starts = [state.with_agents(number) for number in agents]
    firsts = [start.busy + start.waiting for start in starts]
    size = max(_size(traffic, number, first, span_s) for number, first in zip(agents, firsts, strict=True))
    calls, there = np.arange(size), np.array(agents)[:, None]
    ends = np.minimum(calls, there) * handling + np.maximum(calls - there, 0) * leaving
    rate = arrivals + float(ends.max())
    up, down = arrivals / rate, ends[:, 1:] / rate
    stay = 1 - up - ends / rate
    stay[:, -1] += up  # the edge is out of reach
    now = np.zeros((len(agents), size))
    now[np.arange(len(agents)), firsts] = 1.0
    total = np.zeros_like(now)
    expected = rate * span_s
    last = math.ceil(expected + _SPREAD * math.sqrt(expected) + 20)
    # Each step weighs as much as it is likely that there are more jumps than so many in the span.
    for weight in _tails(expected, last):
        total += weight * now
        following = stay * now
        following[:, 1:] += up * now[:, :-1]
        following[:, :-1] += down * now[:, 1:]
        now = following
    result: Numbers = total / total.sum(axis=1, keepdims=True)
    return result


def _tails(expected: float, last: int) -> Numbers:
    """P(a Poisson number of this mean > k) for k = 0 … ``last``."""
    numbers = np.arange(last + 2)
    logs = numbers * math.log(expected) - expected - np.concatenate(([0.0], np.cumsum(np.log(numbers[1:]))))
    chances = np.exp(logs)
    above: Numbers = np.cumsum(chances[::-1])[::-1]
    return above[1:]


def _size(traffic: Traffic, agents: int, first: int, span_s: float) -> int:
    """More calls than there can be in the span."""
    coming = traffic.calls_per_s * span_s
    most = first + coming + _SPREAD * math.sqrt(coming) + 20
    if traffic.patience_s is not None:
        # What waits is at most what would wait if nobody were answered: a Poisson number around calls × patience.
        crowd = traffic.calls_per_s * traffic.patience_s
        most = min(most, max(first, agents) + crowd + _SPREAD * math.sqrt(crowd) + 20)
    return max(math.ceil(most), agents + 1) + 1
