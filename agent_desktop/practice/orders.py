"""Reads the orders that come as JSON: what is missing gets a sensible value, what is wrong is said in words."""

import math
from collections.abc import Sequence
from typing import Any

from agent_desktop.data.centre_rows import QueueRow
from agent_desktop.practice.callers import Caller, CallerBook
from agent_desktop.practice.line import HOLD_PATIENCE_S, TYPES_S, Terms

FASTEST = 600.0
LONGEST_S = 86_400.0
RICHEST = 6  # of the ways to present a caller the one with name, account number and PIN


def seconds(order: dict[str, Any], name: str, otherwise: float) -> float:
    """A number of seconds. Raises ValueError for what is none, or over a day."""
    value = order.get(name, otherwise)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= LONGEST_S:
        raise ValueError(f"{name} is a number of seconds, at most a day")
    return float(value)


def speed_of(order: dict[str, Any]) -> float:
    """Raises ValueError."""
    value = order.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("value is a number")
    if not 0 <= value <= FASTEST:
        raise ValueError(f"value is between 0 and {FASTEST:g}")
    return float(value)


def queue_of(order: dict[str, Any], queues: Sequence[QueueRow]) -> QueueRow:
    """By its name or label, in any case; the first one when none is named. Raises ValueError."""
    wanted = str(order.get("queue") or queues[0].name).casefold()
    for queue in queues:
        if wanted in (queue.name.casefold(), queue.label.casefold()):
            return queue
    raise ValueError("no such queue; there are " + ", ".join(queue.name for queue in queues))


def caller_of(order: dict[str, Any], book: CallerBook) -> Caller:
    """The caller with this number as the book knows them, with what the order says otherwise."""
    number = order.get("number")
    if number is None:
        found = book.draw(int(order.get("person", 14)))
    elif number == "":
        found = Caller("", "Anonymous")
    else:
        found = book.known(str(number), RICHEST)
    return Caller(
        number=found.number,
        name=str(order.get("name", found.name)),
        language=str(order.get("language", found.language)),
        account=str(order.get("account", found.account)),
        verified=str(order.get("verified", found.verified)),
    )


def terms_of(order: dict[str, Any]) -> Terms:
    """How the caller behaves. Raises ValueError."""
    extra = order.get("headers") or {}
    if not isinstance(extra, dict):
        raise ValueError("headers is an object of names and values")
    return Terms(
        patience_s=seconds(order, "patience_s", 30.0),
        talk_s=seconds(order, "talk_s", 300.0),
        hold_patience_s=seconds(order, "hold_patience_s", HOLD_PATIENCE_S),
        ring_timeout_s=None,
        types_s=seconds(order, "types_s", TYPES_S),
        headers=tuple((str(name), str(value)) for name, value in extra.items()),
    )
