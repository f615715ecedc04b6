"""Two customers side by side: what is chosen before anybody chooses, by keys alone, with names of any length."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from agent_desktop import clock
from agent_desktop.data.rows import CustomerCard, MergeSide
from agent_desktop.ui import ask, theme
from agent_desktop.ui.merge_card import MergeCard, Merging
from tests.support import page_rows, ui_audit

LONG = "Wolfeschlegelsteinhausenbergerdorff <b>née</b> Chrząszczyżewoszycka " * 3
OLD, NEW = clock.now() - timedelta(days=400), clock.now()
KEPT = MergeSide(replace(page_rows.card(2), address="", since=NEW, tags=("a", "b")), OLD, 12, 3, 1)
GONE = MergeSide(
    CustomerCard(page_rows.uid(9), 1, LONG, address="Gdynia", alert=LONG, since=OLD, tags=("b", "c")), NEW, 4, 1, 0
)


def present(shown, kept: MergeSide, gone: MergeSide) -> tuple[MergeCard, list[object]]:
    window = shown(QWidget(), 1024, 640)
    answers: list[object] = []
    card = MergeCard(kept, gone)
    ask.present(window, card, answers.append, card.first())
    QApplication.processEvents()
    return card, answers


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


def test_the_filled_the_newer_and_the_earlier_are_chosen_and_keys_change_that(shown) -> None:
    card, answers = present(shown, KEPT, GONE)
    chosen = {name: field.chosen() for name, field in card.fields.items()}
    assert chosen["name"] == 1, "the newer one"
    assert (chosen["account_number"], chosen["address"]) == (0, 1), "the filled one"
    assert chosen["since"] == 1, "the earlier beginning"
    press(Qt.Key.Key_Left)
    assert card.result_name.text() == KEPT.card.name
    assert "a, b, c" in card.result_facts.text()
    assert "Contacts: 16, 4 of them from" in card.result_moved.text()
    press(Qt.Key.Key_Return)
    [decided] = answers
    assert isinstance(decided, Merging)
    assert "name" not in decided.taken
    assert {"address", "since"} <= set(decided.taken)


@pytest.mark.parametrize("way", ["escape", "apart"])
def test_nothing_is_merged_by_the_other_ways_out(shown, way: str) -> None:
    card, answers = present(shown, KEPT, GONE)
    if way == "escape":
        press(Qt.Key.Key_Escape)
    else:
        card.apart_button.click()
    assert answers == ([] if way == "escape" else [None])


@pytest.mark.parametrize(("mode", "size"), [("light", 100), ("dark", 150)])
def test_it_fits_and_shows_plain_text(shown, qapp: QApplication, mode: str, size: int) -> None:
    theme.apply(qapp, mode, size)
    card, _ = present(shown, KEPT, GONE)
    assert not ui_audit.everything(card)
    named = [label for label in card.findChildren(QLabel) if "<b>" in label.text()]
    assert named
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in named)
    assert card.window().rect().contains(card.geometry())
