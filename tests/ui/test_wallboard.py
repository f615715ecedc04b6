"""The wallboard: large type at every size, all queues in turn, on the monitor it was put on, without the keyboard."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from agent_desktop.core.alarms import Alarms
from agent_desktop.paths import Profile
from agent_desktop.ui import theme, wall_view
from agent_desktop.ui.wallboard import WINDOWED, Wallboard
from tests.support.board_day import BoardDay, Kind
from tests.ui.test_live_board import AWAY

Shown = Callable[..., QWidget]


class Monitor:
    def __init__(self, name: str, left: int):
        self._name, self._spot = name, QRect(left, 0, 1600, 900)

    def name(self) -> str:
        return self._name

    def geometry(self) -> QRect:
        return self._spot

    availableGeometry = geometry


class Wall(Wallboard):
    """With monitors that can be pulled out."""

    def __init__(self, profile: Path, *names: str):
        self.monitors = [Monitor(name, 1600 * number) for number, name in enumerate(names)]
        super().__init__(Profile(profile), lambda: self.monitors)
        self.awake: list[bool] = []
        self.awake_wanted.connect(self.awake.append)

    def plug(self, *names: str) -> None:
        self.monitors = [Monitor(name, 1600 * number) for number, name in enumerate(names)]
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.screenRemoved.emit(application.primaryScreen())
        QApplication.processEvents()


@pytest.fixture
def day() -> BoardDay:
    return BoardDay(7).fill(120)


def hung(wall: Wall, day: BoardDay, width: int = 1920, height: int = 1080) -> Wall:
    alarms = Alarms()
    alarms.look(day.board)
    wall.set_board(day.board, alarms)
    wall.set_layout("All queues", None, 12)
    wall.resize(width, height)
    wall.show()
    wall.refresh()
    return wall


def test_its_type_is_read_across_a_room() -> None:
    """On 43 inches (535 mm high) 16 minutes of arc at 5 m are 23 mm, the least for text that is meant to be read."""
    for count in (1, 5, 9, 50, 400):
        columns, rows = wall_view.fitting(min(count, 9), 1920 - 32, 1080 - 96 - 64 - 16)
        assert columns * rows >= min(count, 9)
        wide, high = (1888 + 16) / columns - 16, (904 + 16) / rows - 16
        grown = min(wide / wall_view._WIDE, high / wall_view._HIGH)
        assert grown >= 1
    cap = QFontMetrics(theme.sized_font(wall_view._FIGURE)).capHeight()
    assert cap / wall_view.UNITS * 535 >= 23


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (3840, 2160), (1280, 1024), (640, 480)])
def test_every_queue_has_its_turn(tmp_path: Path, qtbot: object, day: BoardDay, width: int, height: int) -> None:
    wall = hung(Wall(tmp_path), day, width, height)
    seen = []
    for _ in range(wall.view.pages):
        seen += [tile.queue.id for tile in wall.view.shown()]
        assert not wall.grab().toImage().isNull()
        wall.view.turn()
    assert seen == day.queues
    assert wall.view.page == 0
    wall.close()


def test_old_figures_are_grey_and_stand_still(tmp_path: Path, day: BoardDay) -> None:
    day.say(Kind.ENTERED, 2, 100_001, ago_s=65)
    wall = hung(Wall(tmp_path), day)
    fresh = wall._wall(day.board)
    assert (fresh.age, fresh.trouble) == ("", "")
    for view in AWAY.values():
        wall.set_feed(view)
        old = wall._wall(day.board)
        assert old.age == "1 min old"
        assert "1:23 old" in old.trouble
        assert old.now == fresh.now - timedelta(seconds=83)
    wall.close()


def test_a_layouts_queues_and_nothing_of_others(tmp_path: Path) -> None:
    day = BoardDay().fill()
    wall = hung(Wall(tmp_path), day)
    chosen = (day.queues[3], day.queues[1])
    wall.set_layout("Two", chosen, 12)
    shown = wall._wall(day.board)
    assert [tile.queue.id for tile in shown.tiles] == list(chosen)
    assert shown.totals is not None
    members = day.board.members(chosen)
    assert shown.totals.signed_in <= len(members)
    assert shown.totals.waiting == sum(tile.waiting for tile in shown.tiles)
    assert "Outages" in shown.alarm
    wall.close()


def test_it_comes_back_when_its_monitor_goes_and_over_again(tmp_path: Path, shown: Shown, day: BoardDay) -> None:
    desk = QLineEdit()
    shown(desk)
    wall = hung(Wall(tmp_path, "desk", "wall"), day)
    wall.open(desk)  # its own screen has none of these names
    wall.cover("wall")
    assert (wall._on, wall.isFullScreen()) == ("wall", True)
    assert wall.geometry() == wall.monitors[1].geometry()
    wall.plug("desk")
    assert (wall._on, wall.isFullScreen(), wall.isVisible()) == ("", False, True)
    assert wall.monitors[0].geometry().contains(wall.geometry())
    wall.plug("desk", "wall")
    assert wall._on == "wall"
    assert wall.awake == [True, True, False, True], "the first: where it was opened"
    assert wall.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert wall.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    wall.close()
    again = hung(Wall(tmp_path, "desk", "wall"), day)
    again.open(desk)
    assert again._on == "wall", "remembered"
    again.cover(WINDOWED)
    again.close()
    assert again.awake[-1] is False
