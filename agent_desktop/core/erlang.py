"""How many agents a stream of calls needs: Erlang B, C and A, for one interval in a steady state. No Qt.

The offered load is arrivals per second × mean handle time, in erlangs. Erlang C assumes that nobody hangs up while
waiting; Erlang A (Palm's M/M/N+M) that patience is exponential. Formulas: Cooper, Introduction to Queueing Theory, and
Garnett, Mandelbaum, Reiman, "Designing a Call Center with Impatient Customers" (2002).
"""

import math
import sys
from collections.abc import Iterator
from itertools import islice

import msgspec
import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
_MOST_AGENTS = 100_000
_SMALL = 1e-18  # of the sum so far: what is left out then cannot be seen in a double


class Traffic(msgspec.Struct, frozen=True):
    """``calls_per_s`` > 0 and ``handle_s`` > 0 on average; ``patience_s`` None: nobody hangs up (Erlang C).

    Raises ValueError for what is not so.
    """

    calls_per_s: float
    handle_s: float
    patience_s: float | None = None

    def __post_init__(self) -> None:
        numbers = [self.calls_per_s, self.handle_s] + ([] if self.patience_s is None else [self.patience_s])
        if not all(math.isfinite(number) and number > 0 for number in numbers):
            raise ValueError("Calls, handle time and patience are above zero.")

    @property
    def load(self) -> float:
        """Erlangs."""
        return self.calls_per_s * self.handle_s


class Outlook(msgspec.Struct, frozen=True):
    """What ``agents`` make of a traffic. Shares are of all callers, 0 to 1; times in seconds."""

    agents: int
    waits: float  # have to wait at all
    service_level: float  # answered within the threshold
    wait_s: float  # mean over all callers; infinite when the queue grows without end
    queue: float  # mean length; infinite likewise
    abandoned: float
    occupancy: float
    answer_s: float  # mean over those who are answered: the average speed of answer; infinite when nobody is


def erlang_b(agents: int, load: float) -> float:
    """The share of calls that find all ``agents`` busy when none can wait; by recursion, so that nothing overflows."""
    lost = 1.0
    for one in range(1, agents + 1):
        lost = load * lost / (one + load * lost)
    return lost


def outlook(traffic: Traffic, agents: int, threshold_s: float) -> Outlook:
    """Erlang A where patience is known, else Erlang C. Raises ValueError for less than no agents."""
    if agents < 0:
        raise ValueError("There are no fewer than no agents.")
    return (
        _erlang_c(traffic, agents, threshold_s)
        if traffic.patience_s is None
        else _erlang_a(traffic, agents, threshold_s, 1 / traffic.patience_s)
    )


def agents_for(traffic: Traffic, threshold_s: float, target: float, most_occupied: float = 1.0) -> int:
    """The fewest agents with a service level of at least ``target`` who are busy for ``most_occupied`` at most.

    Raises ValueError when no number of agents will do: a target above what is possible, an occupancy of nothing.
    """
    if not 0 <= target < 1 or not 0 < most_occupied <= 1:
        raise ValueError("The target is below 100 %, the occupancy above nothing.")

    def enough(agents: int) -> bool:
        seen = outlook(traffic, agents, threshold_s)
        return seen.service_level >= target and seen.occupancy <= most_occupied

    high = max(1, math.ceil(traffic.load))
    while not enough(high):
        high *= 2
        if high > _MOST_AGENTS:
            raise ValueError("No number of agents reaches this.")
    low = 0  # both get better with every agent: never enough at low, always at high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def rostered(agents: int, shrinkage: float) -> int:
    """How many to put on the roster so that ``agents`` are there, with the share ``shrinkage`` (0 ≤ s < 1) away.

    Raises ValueError.
    """
    if not 0 <= shrinkage < 1:
        raise ValueError("Shrinkage is from 0 to below 100 %.")
    return math.ceil(round(agents / (1 - shrinkage), 9))


def _erlang_c(traffic: Traffic, agents: int, threshold_s: float) -> Outlook:
    load, spare = traffic.load, agents - traffic.load
    if spare <= 0:
        return Outlook(agents, 1.0, 0.0, math.inf, math.inf, 0.0, 1.0, math.inf)
    lost = erlang_b(agents, load)
    waits = agents * lost / (agents - load * (1 - lost))
    in_time = 1 - waits * math.exp(-spare * threshold_s / traffic.handle_s)
    wait = waits * traffic.handle_s / spare
    return Outlook(agents, waits, in_time, wait, waits * load / spare, 0.0, load / agents, wait)


def _erlang_a(traffic: Traffic, agents: int, threshold_s: float, leaving: float) -> Outlook:
    """``leaving``: the rate at which one who waits gives up, per second."""
    arrivals, service = traffic.calls_per_s, agents / traffic.handle_s
    lost = erlang_b(agents, traffic.load)
    if lost < sys.float_info.min:
        return Outlook(agents, 0.0, 1.0, 0.0, 0.0, 0.0, traffic.load / agents, 0.0)
    first, queues = _queues(arrivals, service, leaving)
    somebody_free = (1 / lost - 1) * queues[0] if first == 0 else 0.0
    total = somebody_free + sum(queues)
    queue = sum(length * weight for length, weight in enumerate(queues, first)) / total
    reached = islice(reached_in_time(service / leaving, leaving * threshold_s), first, None)
    in_time = somebody_free + sum(weight * share for weight, share in zip(queues, reached, strict=False))
    abandoned = leaving * queue / arrivals
    occupancy = arrivals * (1 - abandoned) / service if agents else 0.0
    answer_s = math.inf
    if agents:
        shares, waits = answered_waits(service, leaving, first + len(queues))
        answer_s = float((shares[first:] * waits[first:]) @ np.array(queues)) / total / (1 - abandoned)
    return Outlook(
        agents, sum(queues) / total, in_time / total, queue / arrivals, queue, abandoned, occupancy, answer_s
    )


def _queues(arrivals: float, service: float, leaving: float) -> tuple[int, list[float]]:
    """How probable each length of the queue is while all agents are busy, relative to the most probable one.

    From that one outwards, as far as a double can tell: returns the first length and the weights from it on.
    """
    peak = max(0, math.floor((arrivals - service) / leaving))
    shorter, longer = [1.0], [1.0]
    length, seen = peak, 1.0
    while length > 0 and shorter[-1] > _SMALL * seen:
        shorter.append(shorter[-1] * (service + length * leaving) / arrivals)
        seen += shorter[-1]
        length -= 1
    first = length
    length = peak
    while longer[-1] > _SMALL * seen:
        length += 1
        longer.append(longer[-1] * arrivals / (service + length * leaving))
        seen += longer[-1]
    return first, shorter[:0:-1] + longer


def answered_waits(service: float, leaving: float, length: int) -> tuple[Numbers, Numbers]:
    """For those who find 0, 1, … ``length`` - 1 waiting: the share that is answered, and its mean wait in seconds.

    Reached after departures at the rates a(j) = service + j·leaving, j = 0…k, if patience lasts: the share is
    E exp(−leaving·V) = a(0)/a(k + 1), the mean −d/ds log of that transform, Σ 1/a(j), j = 1…k + 1. ``service`` above 0.
    """
    rates: Numbers = service + leaving * np.arange(1, length + 1, dtype=np.float64)
    shares: Numbers = service / rates
    return shares, np.cumsum(1 / rates)


def reached_in_time(ratio: float, patience: float) -> Iterator[float]:
    """The share of those who find 0, 1, 2… waiting that is answered in time; ends when nobody is any more.

    ``ratio``: service/leaving, ``patience``: threshold/mean patience. Whoever finds k waiting is reached after k + 1
    departures at the rates service + j·leaving, j = k…0. exp(−leaving·that time) is Beta(ratio, k + 1) distributed, so
    that the share reached in time and before the own patience ends is
    ratio/(ratio + k + 1) · (1 − I(exp(−patience); ratio + 1, k + 1)).
    """
    if ratio == 0 or patience == 0:
        return
    log_below = math.log(-math.expm1(-patience))
    log_term, late, ahead = -(ratio + 1) * patience, 0.0, 0
    while True:
        late += math.exp(log_term)
        if late >= 1 - 1e-15 or (late > 0.5 and log_term < -45):
            return
        yield ratio / (ratio + ahead + 1) * (1 - late)
        ahead += 1
        log_term += math.log1p(ratio / ahead) + log_below
