"""The rail shows the screens that exist and marks the one on view."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.ui import actions
from agent_desktop.ui.rail import Rail
from tests.support import ui_audit


@pytest.fixture
def rail(shown) -> Rail:
    result = shown(Rail(), 60, 720)
    result.set_current("workspace")
    return result


def test_every_entry_says_its_name_and_emits_it(rail: Rail, qtbot) -> None:
    for name in (*actions.SCREENS, "sheet", "settings"):
        entry = rail._entries[name]
        assert entry.accessibleName() == actions.label(name)
        assert actions.keys(name) in entry.toolTip()
        with qtbot.waitSignal(rail.chosen, check_params_cb=lambda said, wanted=name: said == wanted):
            QTest.mouseClick(entry, Qt.MouseButton.LeftButton)


def test_one_entry_is_marked(rail: Rail) -> None:
    rail.set_current("board")
    assert [name for name, entry in rail._entries.items() if entry.isChecked()] == ["board"]
    rail.set_current("settings")
    assert [name for name, entry in rail._entries.items() if entry.isChecked()] == ["settings"]


def test_a_dot_only_where_the_agent_is_not(rail: Rail) -> None:
    rail.set_attention("workspace")
    assert "attention" not in rail._entries["workspace"].accessibleName()
    before = rail._entries["tickets"].grab().toImage()
    rail.set_attention("tickets")
    assert rail._entries["tickets"].grab().toImage() != before


def test_it_passes_the_audit(rail: Rail) -> None:
    assert not ui_audit.everything(rail)
