"""Several names, typed or picked."""

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from agent_desktop.ui.pick_field import PickField
from tests.support import screen

QUEUES = (("q-bill", "Billing"), ("q-out", "Outages"), ("q-b2b", "Gas, water"))


@pytest.fixture
def field(qtbot: QtBot) -> PickField:
    made = PickField("Any")
    screen.show(qtbot, made, 300, 40)
    return made


def test_names_are_kept_and_words_shown_whatever_comes_first(field: PickField) -> None:
    field.set_values(("q-bill", "q-gone", "q-b2b"))
    assert field.text() == "q-bill, q-gone, q-b2b"
    field.set_options(QUEUES)
    assert field.text() == "Billing, q-gone, q-b2b", "words with a comma would be two"
    assert field.values() == ("q-bill", "q-gone", "q-b2b")
    field.clear()
    QTest.keyClicks(field, "outages, BILLING,, Outages ,q-out, other")
    assert field.values() == ("q-out", "q-bill", "other")


def test_the_list_takes_in_and_out(field: PickField, qtbot: QtBot) -> None:
    assert [action.isEnabled() for action in field.menu().actions()] == [False], "nothing is known"
    field.set_options(QUEUES)
    field.set_values(("q-out", "other"))
    assert [action.isChecked() for action in field.menu().actions()] == [False, True, False]
    with qtbot.waitSignal(field.textEdited):
        field.menu().actions()[0].trigger()
    assert field.values() == ("q-out", "other", "q-bill")
    field.menu().actions()[1].trigger()
    assert field.values() == ("other", "q-bill")
