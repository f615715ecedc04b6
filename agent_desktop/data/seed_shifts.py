"""Who of the demo company works when: everybody's shifts, and from them how many each queue has planned."""

import json
from collections import Counter
from datetime import date, timedelta

from agent_desktop.data import models
from agent_desktop.data.seed_pattern import Shift, shift_of
from agent_desktop.data.seed_world import World

AHEAD_DAYS = 14
_ROSTER_DAYS = 7  # back
_DAY = 1_440
_SHRINKAGE = 0.12  # what the company's people rest in a shift


def make_shifts(world: World, weeks: int) -> None:
    """So many weeks back, and the next two; ``world.shifts`` is what people then keep to."""
    today = world.company_clock.today
    for days in range(-7 * weeks, AHEAD_DAYS + 1):
        for number, agent in enumerate(world.agents.values()):
            shift = shift_of(world.company, number, days)
            if shift is None:
                continue
            day = today + timedelta(days=days)
            world.shifts[agent, day] = shift
            begins = world.company_clock.wall(day, shift.first)
            row = (agent, begins.date().isoformat(), 1, json.dumps(_parts(shift, begins.hour * 60 + begins.minute)))
            world.add(models.PlannedShift, *row)
    for queue in world.queues:
        world.add(models.StaffingAim, queue.id, 1, _SHRINKAGE, 0.85, True)
        for (on, quarter), agents in sorted(_roster(world, queue.name, today).items()):
            world.add(models.PlannedAgents, queue.id, on.isoformat(), quarter, agents)


def _parts(shift: Shift, first: int) -> list[tuple[int, int, str]]:
    """Work with its breaks cut out of it, from the minute of the wall's day at which it begins."""
    ahead = first - shift.first
    parts, at = [], shift.first
    for rest in shift.rests:
        parts += [(at + ahead, rest.first + ahead, "work"), (rest.first + ahead, rest.last + ahead, "break")]
        at = rest.last
    return [*parts, (at + ahead, shift.last + ahead, "work")]


def _roster(world: World, queue: str, today: date) -> Counter[tuple[date, int]]:
    """How many are down for a queue by quarter hour of the wall's day: those whose first queue it is."""
    first = {login: serves[0] for _name, login, _team, serves, _shift in world.company["agents"]}
    mostly = {agent for login, agent in world.agents.items() if first[login] == queue}
    found: Counter[tuple[date, int]] = Counter()
    for (agent, day), shift in world.shifts.items():
        if agent not in mostly or day < today - timedelta(days=_ROSTER_DAYS):
            continue
        for minute in range(shift.first, shift.last, 15):
            wall = world.company_clock.wall(day, minute)
            found[wall.date(), wall.hour * 4 + wall.minute // 15] += 1
    return found
