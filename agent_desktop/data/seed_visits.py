"""The queue visits behind the demo company's past calls, with the events that tell them, for reports and forecasts."""

import json
from typing import NamedTuple

from agent_desktop.data import models
from agent_desktop.data.seed_world import US, World
from agent_desktop.data.words import QueueEventKind as Kind
from agent_desktop.data.words import VisitResult

SOURCE = "seed-past"
_RING_US = 5 * US


class PastCall(NamedTuple):
    """One call that came in through a queue; times are microseconds. ``agent`` None: nobody took it."""

    queue: bytes
    linked: str
    at: int
    wait: int
    agent: bytes | None = None
    talk: int = 0
    wrap_up: int = 0
    passed_on: bool = False


def add_visit(world: World, call: PastCall) -> None:
    """The visit's row as its events would make it, and the events; drawn apart, so that all else stays as it was."""
    visit, left = world.new_id(call.at, world.aside), call.at + call.wait
    _say(world, call.at, Kind.ENTERED, call, visit)
    if call.agent is None:
        _say(world, left, Kind.ABANDONED, call, visit)
        gone = (VisitResult.ABANDONED.value, "abandoned", "", call.wait, None, 0, 0)
        world.add(models.QueueVisit, visit, call.queue, call.linked, None, call.at, None, left, None, 0, *gone)
        return
    ended = left + call.talk
    kind, by = (Kind.TRANSFERRED, "transfer") if call.passed_on else (Kind.COMPLETED, "caller")
    _say(world, max(call.at, left - _RING_US), Kind.OFFERED, call, visit, call.agent)
    _say(world, left, Kind.CONNECTED, call, visit, call.agent)
    _say(world, ended, kind, call, visit, call.agent, **({} if call.passed_on else {"by": by}))
    _say(world, ended, Kind.WRAP_UP_STARTED, call, visit, call.agent)
    _say(world, ended + call.wrap_up, Kind.WRAP_UP_ENDED, call, visit, call.agent)
    done = (VisitResult.ANSWERED.value, "", by, call.wait, call.talk, 0, call.wrap_up)
    world.add(models.QueueVisit, visit, call.queue, call.linked, call.agent, call.at, left, None, ended, 1, *done)


def _say(
    world: World, at: int, kind: Kind, call: PastCall, visit: bytes, agent: bytes | None = None, **data: str
) -> None:
    world.told += 1
    row = (SOURCE, world.told, at, kind.value, call.queue, visit, call.linked, agent, json.dumps(data))
    world.add(models.QueueEvent, *row)
