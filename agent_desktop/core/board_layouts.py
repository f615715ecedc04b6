"""What the board shows under which name: all queues, the queues of one's own team, and the layouts that were saved."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from msgspec.structs import replace

from agent_desktop.data.centre_rows import AgentRow, QueueRow
from agent_desktop.settings import BoardLayout, BoardLayouts

ALL = BoardLayout(name="*")  # every queue, everything of it; the screens have its words
_TEAM = "team:"


def is_built_in(layout: BoardLayout) -> bool:
    """Whether it follows from the centre itself and cannot be changed or removed."""
    return layout.name == ALL.name or layout.name.startswith(_TEAM)


def of_team(team: str, queues: Iterable[QueueRow], agents: Iterable[AgentRow]) -> BoardLayout | None:
    """The queues that somebody of the team serves; None where that is nobody, or every queue anyway."""
    people = {agent.id for agent in agents if agent.team == team and agent.active}
    every = tuple(queues)
    served = tuple(queue.name for queue in every if people & set(queue.members))
    if not team or not served or len(served) == len(every):
        return None
    return BoardLayout(name=f"{_TEAM}{team}", queues=served, team=team)


def options(
    layouts: BoardLayouts, team: str, queues: Sequence[QueueRow], agents: Sequence[AgentRow]
) -> tuple[BoardLayout, ...]:
    """All that can be chosen, in the order of their keys: all queues, one's own team's, and the saved ones."""
    own = of_team(team, queues, agents)
    return (ALL, *((own,) if own is not None else ()), *layouts.saved)


def begin_with(chosen: str, team: str, offered: Sequence[BoardLayout]) -> BoardLayout:
    """The one that was chosen here; else the one saved as the team's default; else all queues."""
    by_name = {layout.name: layout for layout in offered}
    if chosen in by_name:
        return by_name[chosen]
    for layout in offered:
        if team and layout.team == team and not is_built_in(layout):
            return layout
    return ALL


def queues_of(layout: BoardLayout, rows: Sequence[QueueRow]) -> tuple[UUID, ...] | None:
    """The layout's queues in its order; None for all. Names that no queue has any more are left out; without any
    left it is all."""
    if not layout.queues:
        return None
    by_name = {row.name: row.id for row in rows}
    found = tuple(by_name[name] for name in layout.queues if name in by_name)
    return found or None


def saved(layouts: BoardLayouts, layout: BoardLayout, instead_of: str = "") -> BoardLayouts:
    """With ``layout`` in the place of the one of that name, else at the end; one team has one default."""
    others = [one for one in layouts.saved if one.name not in (layout.name, instead_of)]
    if layout.team:
        others = [replace(one, team="") if one.team == layout.team else one for one in others]
    names = [one.name for one in layouts.saved]
    place = next((names.index(name) for name in (instead_of, layout.name) if name in names), len(others))
    others.insert(min(place, len(others)), layout)
    wall = layout.name if layouts.wall == instead_of and instead_of else layouts.wall
    return replace(layouts, saved=tuple(others), chosen=layout.name, wall=wall)


def removed(layouts: BoardLayouts, name: str) -> BoardLayouts:
    """Without the layout of that name; who had it chosen begins anew."""
    rest = tuple(one for one in layouts.saved if one.name != name)
    chosen = "" if layouts.chosen == name else layouts.chosen
    return replace(layouts, saved=rest, chosen=chosen, wall="" if layouts.wall == name else layouts.wall)
