"""Board layouts and the wallboard in their window: by key, kept in the settings, and what they leave of the board."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop import settings as settings_file
from agent_desktop.core import board_lists
from agent_desktop.core.views import DatabaseView
from agent_desktop.ui import ask
from agent_desktop.ui.layout_card import REMOVE, LayoutCard
from agent_desktop.ui.overlay import Overlay
from tests.support import ui_audit
from tests.ui.test_board_wiring import Desk

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "desk").begin()
    yield made
    made.end()


def test_a_layout_is_made_shown_kept_and_removed(desk: Desk) -> None:
    wiring, page, board = desk.window.layout_wiring, desk.page, desk.board
    first, second = board.tile(board.queues[0]).queue, board.tile(board.queues[1]).queue
    card = wiring.edit(is_new=True)
    assert not card.save.isEnabled(), "it has no name yet"
    card.name.setText("Two of them")
    card.queues.setFocus()
    QTest.keyClick(card.queues, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)  # the first below the second
    for number in range(2, card.queues.count()):
        card.queues.item(number).setCheckState(Qt.CheckState.Unchecked)
    card.charts["offered"].setChecked(False)
    card.columns["team"].setChecked(False)
    assert ui_audit.everything(card) == []
    card.save.click()
    assert [view.queue_id for view in page.tiles.views()] == [second.id, first.id]
    assert [chart.isHidden() for chart in page.charts] == [False, True, False]
    assert page.head.layouts.text() == "Two of them"
    assert {line.agent_id for line in page.agents.model.rows} == board.members((second.id, first.id))
    team = [column.key for column in page.agents.model.columns].index("team")
    assert page.agents.table.isColumnHidden(team)

    page._chart_figure(2, 0)  # who waits now, in these two
    card_list = Overlay.of(desk.window).top_card()
    assert card_list is not None
    assert card_list.title.text().startswith("Two of them: waiting at ")  # type: ignore[attr-defined]
    Overlay.of(desk.window).dismiss()
    behind = board_lists.Behind((second.id, first.id))
    assert len(board_lists.lines(board, behind)) == board.tally((second.id, first.id)).entered

    desk.until(lambda: wiring.kept.saved[0].version == 1, "it is in the database")
    saved = settings_file.load(desk.profile.settings_file).layouts
    assert (saved.chosen, saved.saved[0].queues) == (saved.saved[0].key, (second.name, first.name))
    assert not saved.saved[0].changed, "the settings have what the database has"
    desk.window.action("layouts").trigger()
    question = Overlay.of(desk.window).top_card()
    assert isinstance(question, ask.Question)
    QTest.keyClick(question, Qt.Key.Key_1)
    assert len(page.tiles.views()) == len(board.queues)
    wiring.choose(saved.chosen)
    changed = wiring.edit(is_new=False)
    assert isinstance(changed, LayoutCard)
    assert changed.layout_shown() == saved.saved[0], "it opens as it was saved"
    changed.team.choose("*all")
    assert changed.layout_shown().shared, "whoever has the file publishes"
    store = desk.window.core.store
    for away in (True, False):  # and says why not
        store.state_changed.emit(DatabaseView("It does not answer" if away else ""))
        assert (changed.remove.isEnabled(), "is away" in changed.remove.toolTip()) == (not away, away)
    changed.answered.emit(REMOVE)
    desk.until(lambda: len(page.tiles.views()) == len(board.queues), "it is gone there and here")
    assert not wiring.kept.saved


def test_the_wallboard_is_opened_and_closed_by_key(desk: Desk) -> None:
    wiring, action = desk.window.layout_wiring, desk.window.action("wallboard")
    action.trigger()
    wall = wiring.wallboard
    assert wall is not None
    assert wall.isVisible()
    desk.until(lambda: len(wall.view.shown()) > 0, "it shows queues")
    feed = desk.window.core.feed
    assert feed._watchers == {id(desk.page), id(wall)}
    action.trigger()
    assert wiring.wallboard is None
    assert not wall.isVisible()
    assert feed._watchers == {id(desk.page)}


def test_board_and_wallboard_close_after_the_core(desk: Desk) -> None:
    """Their hiding must not be told to what is no longer there."""
    desk.window.action("wallboard").trigger()
    feed = desk.window.core.feed
    desk.until(lambda: not feed._asking, "nothing is asked that would be answered to what is gone")
    shiboken6.delete(feed)
    desk.window.action("wallboard").trigger()
    assert desk.window.layout_wiring.wallboard is None
    desk.window.shell.show_page("workspace")
    assert not desk.page.isVisible()
