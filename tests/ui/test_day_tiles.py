"""The three figures of an agent's day."""

from pytestqt.qtbot import QtBot

from agent_desktop.core.views import OwnDay
from agent_desktop.ui.day_tiles import DayTiles
from tests.support import callers, screen


def test_figures_with_their_course_and_explanation(qtbot: QtBot) -> None:
    tiles = DayTiles()
    screen.show(qtbot, tiles, 900, 100)
    tiles.set(callers.home().figures)
    assert [tile.value() for tile in (tiles.handled, tiles.aht, tiles.wrap_up)] == ["23", "4:32", "0:38"]
    assert tiles.aht.accessibleName() == "Average handle time: 4:32"
    assert tiles.aht.accessibleDescription() == "(talk + hold + wrap-up) / handled"
    assert "(talk + hold + wrap-up) / handled" in tiles.aht.toolTip()
    assert tiles.aht._course.isVisible()


def test_a_day_without_calls_shows_no_made_up_number(qtbot: QtBot) -> None:
    tiles = DayTiles()
    screen.show(qtbot, tiles, 900, 100)
    tiles.set(callers.home().figures)
    tiles.set(OwnDay())
    assert [tile.value() for tile in (tiles.handled, tiles.aht, tiles.wrap_up)] == ["0", "–", "–"]
    assert not tiles.aht._course.isVisible()
