"""Counts a PBX's queue_log by itself: it knows nothing of the product, so that the product's figures can be held to it.

    python count_queue_log.py FILE [--threshold S] [--short S] [--from LINE]

What a line means: docs.asterisk.org, Operation/Logging/Queue-Logs. One stay is what begins with ENTERQUEUE; a call may
have several. Times are the log's own whole seconds.
"""

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from pathlib import Path

EXITS = {
    "EXITWITHTIMEOUT": ("timeout", 2),
    "EXITWITHKEY": ("key", 3),
    "EXITEMPTY": ("empty", 2),
    "WITHDRAW": ("withdrawn", 2),
}
REFUSALS = ("JOINEMPTY", "FULL", "CLOSED")


@dataclass
class Stay:
    call: str
    entered: int
    end: str = ""  # answered, abandoned, or how it was left; empty: open
    agent: str = ""
    wait: int = 0
    talk: int | None = None
    transferred: bool = False


@dataclass
class Count:
    """One queue: E = A + B + X + U."""

    entered: int = 0
    answered: int = 0
    answered_in_time: int = 0
    abandoned: int = 0
    abandoned_short: int = 0
    exited: int = 0
    exits: dict[str, int] = field(default_factory=dict)
    unresolved: int = 0
    refused: int = 0
    transferred: int = 0
    calls: int = 0
    came_again: int = 0
    not_answered: dict[str, int] = field(default_factory=dict)
    wait_answered: int = 0
    wait_abandoned: int = 0
    wait_exited: int = 0
    longest_wait: int = 0
    handled: int = 0
    talk: int = 0
    near_the_limits: int = 0  # waits within a second of a limit: by whole seconds nobody knows on which side


def stays_of(lines: list[str]) -> tuple[dict[str, list[Stay]], Counter[str], dict[str, Counter[str]]]:
    """The stays of each queue in the order of their beginning, refusals by queue, and unanswered rings by agent."""
    stays: dict[str, list[Stay]] = defaultdict(list)
    refused: Counter[str] = Counter()
    rings: dict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        at, call, queue, agent, event, *data = line.rstrip("\n").split("|")
        if event == "ENTERQUEUE":
            stays[queue].append(Stay(call, int(float(at))))
        elif event in REFUSALS:
            refused[queue] += 1
        elif event == "RINGNOANSWER":
            rings[queue][agent] += 1
        else:
            own = [stay for stay in stays.get(queue, ()) if stay.call == call]
            if own:
                tell(own[-1], agent, event, data)
    return stays, refused, rings


def tell(stay: Stay, agent: str, event: str, data: list[str]) -> None:
    """One line about a stay."""
    if event == "CONNECT":
        stay.end, stay.agent, stay.wait = "answered", agent, int(data[0])
    elif event in ("COMPLETECALLER", "COMPLETEAGENT"):
        stay.talk = int(data[1])
    elif event in ("BLINDTRANSFER", "TRANSFER", "ATTENDEDTRANSFER"):
        stay.talk, stay.transferred = int(data[-2]), True
    elif event == "ABANDON":
        stay.end, stay.wait = "abandoned", int(data[2])
    elif event in EXITS:
        stay.end, place = EXITS[event]
        stay.wait = int(data[place])


def count(lines: list[str], threshold: float = 20, short: float = 5) -> dict[str, Count]:
    """Every queue's figures."""
    stays, refused, rings = stays_of(lines)
    counts = {queue: count_of(stays.get(queue, []), threshold, short) for queue in {*stays, *refused}}
    for queue, found in counts.items():
        found.refused = refused[queue]
        found.not_answered = dict(rings.get(queue, {}))
    return counts


def count_of(stays: list[Stay], threshold: float, short: float) -> Count:
    found, exits = Count(), Counter[str]()
    for stay in stays:
        found.entered += 1
        limit = threshold if stay.end == "answered" else short
        if stay.end in ("answered", "abandoned") and abs(stay.wait - limit) <= 1:
            found.near_the_limits += 1
        if stay.end == "answered":
            found.answered += 1
            found.answered_in_time += stay.wait <= threshold
            found.wait_answered += stay.wait
            found.transferred += stay.transferred
            if stay.talk is not None:
                found.handled += 1
                found.talk += stay.talk
        elif stay.end == "abandoned":
            found.abandoned += 1
            found.abandoned_short += stay.wait <= short
            found.wait_abandoned += stay.wait
        elif stay.end:
            found.exited += 1
            exits[stay.end] += 1
            found.wait_exited += stay.wait
        else:
            found.unresolved += 1
        found.longest_wait = max(found.longest_wait, stay.wait)
    found.exits = dict(exits)
    found.calls = len({stay.call for stay in stays})
    found.came_again = found.entered - found.calls
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--threshold", type=float, default=20)
    parser.add_argument("--short", type=float, default=5)
    parser.add_argument("--from", dest="first", type=int, default=0, metavar="LINE", help="lines to pass over")
    chosen = parser.parse_args()
    lines = chosen.file.read_text().splitlines()[chosen.first :]
    counts = count(lines, chosen.threshold, chosen.short)
    print(json.dumps({queue: asdict(found) for queue, found in sorted(counts.items())}, indent=1))


if __name__ == "__main__":
    main()
