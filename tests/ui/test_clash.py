"""A clash is decided field by field, by keys alone, and every text is there to decide by."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from agent_desktop.ui.clash import Clash, ClashCard, ask_whose
from tests.support import ui_audit

LONG = "Hard of hearing. <b>Speak</b> slowly & clearly. " * 6
CLASHES = (
    Clash("alert", "Alert", "Old alert", "Their alert", LONG),
    Clash("address", "Address", "", "Street 1", "Street 2"),
)


@pytest.fixture
def asked(shown) -> tuple[ClashCard, list[frozenset[str]]]:
    window = shown(QWidget(), 1280, 720)
    answers: list[frozenset[str]] = []
    card = ask_whose(window, "Marta Kowalczyk: whose words?", CLASHES, answers.append)
    QApplication.processEvents()
    return card, answers


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


def test_each_field_is_decided_by_keys(asked: tuple[ClashCard, list[frozenset[str]]]) -> None:
    card, answers = asked
    assert card.choices[0].hasFocus()
    press(Qt.Key.Key_Left)  # what is stored shall stand
    press(Qt.Key.Key_Tab)
    assert card.choices[1].hasFocus()
    press(Qt.Key.Key_Return)
    assert answers == [frozenset({"address"})]


def test_escape_decides_nothing(asked: tuple[ClashCard, list[frozenset[str]]]) -> None:
    press(Qt.Key.Key_Escape)
    assert asked[1] == []


def test_all_three_texts_are_shown_as_plain_text(asked: tuple[ClashCard, list[frozenset[str]]]) -> None:
    card, _ = asked
    labels = card.findChildren(QLabel)
    said = " | ".join(label.text().replace("\u200b", "") for label in labels)
    assert all(text.strip() in said for text in ("Old alert", "Their alert", LONG, "Street 1", "Street 2", "(empty)"))
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels if "<b>" in label.text())
    assert not ui_audit.everything(card)
