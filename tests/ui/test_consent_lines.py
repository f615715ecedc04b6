"""What a customer agrees to, from the editor to the gate: asked about at once, and with a reason the call goes out."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from agent_desktop.core.dialling import Ask, Request
from agent_desktop.ui import ask
from agent_desktop.ui.consent_lines import ConsentHistory
from agent_desktop.ui.overlay import Overlay
from tests.support.window import WindowBench
from tests.support.workstation import MARTA


class Desk(WindowBench):
    """A window that calls nobody."""

    def asks(self, number: str = MARTA) -> bool:
        gate = self.session.outgoing.gate
        line = gate.line
        gate.line = lambda: line().__class__(region="PL", account="201@pbx.example")  # as if the phone were ready
        try:
            return isinstance(gate.check(Request(number)), Ask)
        finally:
            gate.line = line

    def top(self) -> object:
        return Overlay.of(self.window).top_card()


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    made = Desk(tmp_path / "desk")
    made.begin()
    yield made
    made.end()


def test_from_the_editor_to_the_gate_and_into_history(desk: Desk) -> None:
    [(key,)] = desk.rows("SELECT id FROM customer WHERE name = 'Marta Kowalczyk'")
    marta = UUID(bytes=key)
    desk.window.customers_wiring.edit(marta)
    page = desk.window.customers_wiring.page
    assert page is not None
    desk.until(lambda: page.editor.customer_id() == marta, "she is edited")
    line = page.editor.consents.lines["call"]
    line.answer.setFocus()
    QTest.keyClicks(line.answer, "2")
    QTest.keyClicks(line.source, "on the phone")
    assert not desk.asks()
    page.editor.try_save()
    assert desk.asks(), "before the database has heard of it"
    said = desk.arrives(
        "SELECT channel, given, source, customer_id, agent_id IS NOT NULL FROM consent WHERE source <> ''"
    )
    assert said == ("call", 0, "on the phone", key, 1)
    desk.until(lambda: page.editor.customer_id() is None, "it is stored")
    assert page.card.found.consents.isVisible()
    page.editor.edit(page.card.found.card)
    page.editor.consents.history.click()
    desk.until(lambda: isinstance(desk.top(), ConsentHistory), "the history")
    card = desk.top()
    assert isinstance(card, ConsentHistory)
    words = " ".join(label.text() for label in card.findChildren(QLabel))
    assert "Calls: no" in words
    assert "on the phone" in words
    assert "Dana" in words
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert desk.top() is None


def test_there_is_no_yes_without_a_reason(desk: Desk) -> None:
    said: list[str] = []
    question = Ask(
        "consent", "Marta does not want to be called", "A service call can go on.", "Call all the same", "Why"
    )
    desk.session.outgoing.question.emit(question, said.append)
    card = desk.top()
    assert isinstance(card, ask.Question)
    field = card.findChild(QLineEdit)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not said
    assert desk.top() is card
    QTest.keyClicks(field, "her own callback")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert said == ["her own callback"]
