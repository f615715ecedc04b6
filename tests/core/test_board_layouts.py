"""Board layouts: which there are, which one a desk begins with, and what saving and removing one changes."""

import contextlib
from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace

from agent_desktop import data, settings
from agent_desktop.core import board_layouts
from agent_desktop.core.board_layouts import ALL
from agent_desktop.data.centre_rows import AgentRow, QueueRow
from agent_desktop.data.db import Database
from agent_desktop.settings import BadSettings, BoardLayout, BoardLayouts, Settings
from tests.support.made_once import empty_database

ANN, BEN = AgentRow(UUID(int=1), "Ann", "ann", team="Lyon"), AgentRow(UUID(int=2), "Ben", "ben", team="Gdynia")
SALES = QueueRow(UUID(int=11), "sales", "Sales", members=(ANN.id,))
HELP = QueueRow(UUID(int=12), "help", "Help", members=(ANN.id, BEN.id))
NIGHT = QueueRow(UUID(int=13), "night", "Night")
QUEUES, PEOPLE = (SALES, HELP, NIGHT), (ANN, BEN)
MORNING = BoardLayout(name="Morning", queues=("night", "gone", "sales"), charts=("waiting",))
LYON = BoardLayout(name="Ours", team="Lyon")


def test_what_can_be_chosen_and_its_queues() -> None:
    offered = board_layouts.options(BoardLayouts(saved=(MORNING,)), "Gdynia", QUEUES, PEOPLE)
    assert [layout.name for layout in offered] == [ALL.name, "team:Gdynia", "Morning"]
    assert [board_layouts.queues_of(layout, QUEUES) for layout in offered] == [None, (HELP.id,), (NIGHT.id, SALES.id)]
    gone = BoardLayout(name="Old", queues=("gone",))
    assert board_layouts.queues_of(gone, QUEUES) is None, "an empty board helps nobody"
    assert board_layouts.of_team("", QUEUES, PEOPLE) is None
    assert board_layouts.of_team("Lyon", (SALES, HELP), PEOPLE) is None, "they serve all there are"


@pytest.mark.parametrize(
    ("chosen", "team", "found"),
    [("", "", ALL), ("", "Lyon", LYON), ("Morning", "Lyon", MORNING), ("*", "Lyon", ALL), ("Removed", "Lyon", LYON),
     ("", "Gdynia", ALL)],
)  # fmt: skip
def test_which_one_a_desk_begins_with(chosen: str, team: str, found: BoardLayout) -> None:
    offered = board_layouts.options(BoardLayouts(saved=(MORNING, LYON)), team, QUEUES, PEOPLE)
    assert board_layouts.begin_with(chosen, team, offered) == found


def test_saving_keeps_places_names_and_one_default_a_team() -> None:
    first = board_layouts.saved(board_layouts.saved(BoardLayouts(wall="Morning"), MORNING), LYON)
    assert ([one.name for one in first.saved], first.chosen) == (["Morning", "Ours"], first.saved[1].key)
    first = replace(first, wall=first.saved[0].key)
    renamed = board_layouts.saved(first, BoardLayout(name="Early", team="Lyon"), first.saved[0].key)
    assert [(one.name, one.team) for one in renamed.saved] == [("Early", "Lyon"), ("Ours", "")]
    assert renamed.chosen == renamed.wall == renamed.saved[0].key, "the wallboard goes on with it"
    rest = board_layouts.removed(renamed, renamed.saved[0].key)
    assert ([one.name for one in rest.saved], rest.chosen, rest.wall) == (["Ours"], "", "")


def test_they_are_kept_with_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    whole = Settings(layouts=BoardLayouts(saved=(MORNING, LYON), chosen="Morning", wall="*", wall_page_s=20))
    settings.save(file, whole)
    assert settings.load(file) == whole
    file.write_text('[[layouts.saved]]\nname = "team:x"\n')
    with pytest.raises(BadSettings, match="layouts"):
        settings.load(file)


TEAMS = {UUID(int=21): "Lyon"}


def _at_desk(database: Database, layouts: BoardLayouts, who: UUID = ANN.id) -> BoardLayouts:
    """What the desk of somebody has after it has heard from the database."""
    named = board_layouts.with_ids(layouts)
    rows = board_layouts.waiting(named, TEAMS)
    with database.write() as session:
        found = board_layouts.send(session, rows, who)
    return board_layouts.fetched(board_layouts.sent(named, rows, TEAMS), found, TEAMS)


def test_layouts_go_from_desk_to_desk_through_the_database(tmp_path: Path) -> None:
    with contextlib.closing(Database.open(empty_database(tmp_path / "d.db"))) as database:
        here = _at_desk(database, BoardLayouts(saved=(MORNING, LYON), chosen="Ours", wall="Morning"))
        assert [(one.name, one.version, one.changed) for one in here.saved] == [
            ("Morning", 1, False),
            ("Ours", 1, False),
        ]
        assert (here.chosen, here.wall) == (here.saved[1].key, here.saved[0].key), "those that were never there keep it"
        assert here.saved[0].queues == MORNING.queues
        published = board_layouts.saved(here, replace(here.saved[1], shared=True), here.saved[1].key)
        here = _at_desk(database, published)
        bens = _at_desk(database, BoardLayouts(), BEN.id)
        assert [(one.name, one.shared, one.team) for one in bens.saved] == [("Ours", True, "Lyon")]
        assert board_layouts.begin_with("", "Lyon", bens.saved).name == "Ours"

        away = board_layouts.saved(here, replace(here.saved[0], queues=("sales",)), here.saved[0].key)  # not sent yet
        _at_desk(database, board_layouts.saved(here, replace(here.saved[0], queues=("help",)), here.saved[0].key))
        back = _at_desk(database, away)
        assert {(one.name, one.queues) for one in back.saved if not one.shared} == {
            ("Morning", ("help",)), ("Morning (2)", ("sales",)),
        }, "what somebody changed meanwhile is theirs, and ours is not lost"  # fmt: skip
        assert not board_layouts.waiting(back, TEAMS)
        with database.write() as session:
            data.kept_layouts.save(session, board_layouts.gone(back.saved[0], TEAMS), ANN.id)
        assert len(_at_desk(database, back).saved) == len(back.saved) - 1
