"""What a queue brings in the next minutes, from the state it is in now. No Qt.

The same callers as in ``erlang``: arrivals by chance, exponential handling and patience. A steady state is what comes
in the long run; the rest of a quarter hour is shorter than that, and a queue that stands there now weighs on it. The
distribution of calls in the system, averaged over the span, is summed by uniformization (Jensen 1953): no step is too
long for it and nothing is simulated.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from agent_desktop.core.erlang import Numbers, Outlook, Traffic, answered_waits

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


class Ahead(NamedTuple):
    """``early``: the share of all callers that hangs up within each of the limits asked for."""

    outlook: Outlook
    early: tuple[float, ...]


def ahead(
    traffic: Traffic, agents: Sequence[int], limits_s: Sequence[float], state: State, span_s: float
) -> list[Ahead]:
    """What the callers of the next ``span_s`` seconds meet with each number of ``agents``, ``state`` before them.

    ``limits_s``: the threshold of the service level first. For a long span the same as ``erlang.outlook``. Raises
    ValueError for fewer than no agents, no span or no threshold.
    """
    if min(agents, default=0) < 0 or span_s <= 0 or not limits_s:
        raise ValueError("There are no fewer than no agents, a span is above zero, and a threshold is needed.")
    lasting = _lasting(traffic, agents, state, span_s) if agents else ()
    found = []
    for number, row in zip(agents, lasting, strict=True):
        early = [float(abandoned_within(traffic, number, one, len(row) - number) @ row[number:]) for one in limits_s]
        found.append(Ahead(_seen(traffic, number, limits_s[0], row), tuple(early)))
    return found


def _seen(traffic: Traffic, agents: int, threshold_s: float, lasting: Numbers) -> Outlook:
    """``lasting``: the share of the span with 0, 1, 2… calls in the system."""
    queues = lasting[agents:]
    free = float(lasting[:agents].sum())
    queue = float(np.arange(len(queues)) @ queues)
    leaving = 0.0 if traffic.patience_s is None else 1 / traffic.patience_s
    if not agents:
        wait_s, lost = (1 / leaving, 1.0) if leaving else (math.inf, 0.0)
        return Outlook(0, 1.0, 0.0, wait_s, queue, lost, 0.0, math.inf)
    shares, waits = answered_waits(agents / traffic.handle_s, leaving, len(queues))
    answered = float(shares @ queues) + free
    answer_s = float((shares * waits) @ queues) / answered
    # Who has patience X and would wait V waits min(X, V): on average the share that leaves times the mean patience.
    wait_s = (1 - answered) / leaving if leaving else float(waits @ queues)
    in_time = free + float(answered_within(traffic, agents, threshold_s, len(queues)) @ queues)
    busy = float(np.minimum(np.arange(len(lasting)), agents) @ lasting)
    lost = 1 - answered if leaving else 0.0
    return Outlook(agents, float(queues.sum()), in_time, wait_s, queue, lost, busy / agents, answer_s)


# Who has 0, 1, … ``length`` - 1 waiting before them would wait V: k + 1 departures at the rates service + j·leaving,
# j = k…0. exp(−leaving·V) is Beta(service ÷ leaving, k + 1) distributed (see ``erlang.reached_in_time``).


def answered(traffic: Traffic, agents: int, length: int) -> Numbers:
    """The share of them that is answered at all."""
    if traffic.patience_s is None:
        return np.full(length, 1.0 if agents else 0.0)
    return answered_waits(agents / traffic.handle_s, 1 / traffic.patience_s, length)[0]


def answered_within(traffic: Traffic, agents: int, limit_s: float, length: int) -> Numbers:
    """The share of them that is answered within ``limit_s``."""
    if not agents or limit_s <= 0:
        return np.zeros(length)
    if traffic.patience_s is None:
        # fewer departures by then than are before one, and one more
        expected, places = agents / traffic.handle_s * limit_s, np.arange(1, length)
        logs = np.concatenate(([0.0], np.cumsum(math.log(expected) - np.log(places)))) - expected
        result: Numbers = np.maximum(0.0, 1 - np.cumsum(np.exp(logs)))
        return result
    ratio = agents / traffic.handle_s * traffic.patience_s
    late = _late(ratio + 1, limit_s / traffic.patience_s, length)
    shares: Numbers = ratio / (ratio + np.arange(1, length + 1)) * (1 - late)
    return shares


def abandoned_within(traffic: Traffic, agents: int, limit_s: float, length: int) -> Numbers:
    """The share of them that hangs up within ``limit_s``: neither answered by then nor waiting still."""
    if traffic.patience_s is None:
        return np.zeros(length)
    ratio, patience = agents / traffic.handle_s * traffic.patience_s, limit_s / traffic.patience_s
    waits_on = _late(ratio, patience, length) if agents else np.ones(length)
    result: Numbers = 1 - math.exp(-patience) * waits_on - answered_within(traffic, agents, limit_s, length)
    return np.maximum(0.0, result)


def _late(shape: float, patience: float, length: int) -> Numbers:
    """I(exp(−``patience``); ``shape``, k + 1), the incomplete beta function, for k = 0 … ``length`` - 1."""
    if patience == 0:
        return np.ones(length)
    steps = np.log1p((shape - 1) / np.arange(1, length)) + math.log(-math.expm1(-patience))
    logs = np.concatenate(([0.0], np.cumsum(steps))) - shape * patience
    result: Numbers = np.minimum(1.0, np.cumsum(np.exp(logs)))
    return result


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
