"""What the board shows under which name: all queues, the queues of one's own team, and the layouts that were saved."""

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

import msgspec
from msgspec.structs import replace

from agent_desktop import data
from agent_desktop.data.centre_rows import AgentRow, QueueRow
from agent_desktop.data.errors import Refused
from agent_desktop.data.ids import new_id
from agent_desktop.data.layout_rows import KeptLayoutRow
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
    """The one that was chosen here; else the one of the team's desks; else all queues."""
    named = [one for one in offered if one.name == chosen]
    found = [one for one in offered if one.key == chosen] or named
    if found:
        return found[0]
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
    """With ``layout`` in the place of the one of that key, else at the end; one team has one default of each kind."""
    layout = replace(layout, id=layout.id or str(new_id()), changed=True)
    gone = (layout.key, instead_of)
    keys = [one.key for one in layouts.saved]
    others = [one for one in layouts.saved if one.key not in gone]
    if layout.team:
        others = [
            replace(one, team="", changed=True) if (one.team, one.shared) == (layout.team, layout.shared) else one
            for one in others
        ]
    place = next((keys.index(key) for key in (instead_of, layout.key) if key in keys), len(others))
    others.insert(min(place, len(others)), layout)
    wall = layout.key if layouts.wall == instead_of and instead_of else layouts.wall
    return replace(layouts, saved=tuple(others), chosen=layout.key, wall=wall)


def removed(layouts: BoardLayouts, key: str) -> BoardLayouts:
    """Without the layout of that key; who had it chosen begins anew."""
    rest = tuple(one for one in layouts.saved if one.key != key)
    chosen = "" if layouts.chosen == key else layouts.chosen
    return replace(layouts, saved=rest, chosen=chosen, wall="" if layouts.wall == key else layouts.wall)


# ------------------------------------------------------------------ in the database

_OF_THE_ROW = ("name", "id", "version", "shared", "changed")


def fetched(layouts: BoardLayouts, rows: Sequence[KeptLayoutRow], teams: Mapping[UUID, str]) -> BoardLayouts:
    """The database's layouts, and what was changed here since; a layout of a newer program is left out."""
    mine = {one.id: one for one in layouts.saved if one.changed}
    found = [mine.pop(str(row.id), None) or _layout(row, teams) for row in rows]
    never = [one for one in layouts.saved if not one.id]
    return replace(layouts, saved=(*(one for one in found if one is not None), *mine.values(), *never))


def waiting(layouts: BoardLayouts, teams: Mapping[UUID, str]) -> tuple[KeptLayoutRow, ...]:
    """What the database has not got yet."""
    return tuple(_row(one, teams) for one in layouts.saved if one.changed)


def gone(layout: BoardLayout, teams: Mapping[UUID, str]) -> KeptLayoutRow:
    """The row that takes a layout away."""
    return replace(_row(layout, teams), active=False)


def with_ids(layouts: BoardLayouts) -> BoardLayouts:
    """Those that were never in a database get the id that they will have there: sent twice they are one row."""
    named = {one.name: str(new_id()) for one in layouts.saved if not one.id}
    kept = tuple(replace(one, id=named[one.name], changed=True) if not one.id else one for one in layouts.saved)
    chosen, wall = (named.get(key, key) for key in (layouts.chosen, layouts.wall))
    return replace(layouts, saved=kept, chosen=chosen, wall=wall)


def send(session: Any, rows: Sequence[KeptLayoutRow], owner_id: UUID) -> tuple[KeptLayoutRow, ...]:
    """Store what waits, and read all anew. What somebody changed meanwhile stays theirs: ours becomes another of one's
    own, as does what one may no longer publish.
    """
    publishes = data.kept_layouts.may_publish(session)
    for row in rows:
        try:
            if row.shared and not publishes:
                raise Refused("Supervisors publish layouts.")
            data.kept_layouts.save(session, row, owner_id)
        except Refused:
            name = row.name[: data.kept_layouts.MOST_NAME - 4]
            own = replace(row, id=uuid5(row.id, str(row.version)), version=0, name=f"{name} (2)", shared=False,
                          team_id=None)  # fmt: skip
            with contextlib.suppress(Refused):  # it is there already
                data.kept_layouts.save(session, own, owner_id)
    return data.kept_layouts.layouts(session, owner_id)


def sent(layouts: BoardLayouts, rows: Sequence[KeptLayoutRow], teams: Mapping[UUID, str]) -> BoardLayouts:
    """The rows wait no longer; what was changed once more goes out at the version that it has there by now."""
    told = {str(row.id): row for row in rows}

    def after(one: BoardLayout) -> BoardLayout:
        row = told.get(one.id)
        if row is None or not one.changed:
            return one
        if _row(one, teams) == row:
            return replace(one, changed=False)
        return replace(one, version=row.version + 1)

    return replace(layouts, saved=tuple(after(one) for one in layouts.saved))


def _body(layout: BoardLayout) -> dict[str, Any]:
    left_out = (*_OF_THE_ROW, "team") if layout.shared else _OF_THE_ROW
    return {name: value for name, value in msgspec.to_builtins(layout).items() if name not in left_out}


def _row(layout: BoardLayout, teams: Mapping[UUID, str]) -> KeptLayoutRow:
    team = next((key for key, name in teams.items() if name == layout.team), None) if layout.shared else None
    key = UUID(layout.id)
    return KeptLayoutRow(key, layout.version, layout.name, _body(layout), layout.shared, team)


def _layout(row: KeptLayoutRow, teams: Mapping[UUID, str]) -> BoardLayout | None:
    told = {"name": row.name, "id": str(row.id), "version": row.version, "shared": row.shared}
    team = {"team": teams.get(row.team_id, "") if row.team_id else ""} if row.shared else {}
    try:
        return msgspec.convert(row.body | team | told, BoardLayout, strict=False)
    except msgspec.ValidationError:
        return None
