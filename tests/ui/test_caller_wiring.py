"""Whose call it is, said by two people in one call: the second is asked before the first one's word is replaced."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_desktop import clock
from agent_desktop.core.call_book import Call
from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallView, NewCustomer
from agent_desktop.data.ids import new_id
from agent_desktop.data.words import Direction
from agent_desktop.ui.ask import Question
from agent_desktop.ui.overlay import Overlay
from tests.support.window import WindowBench


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[WindowBench]:
    bench = WindowBench(tmp_path)
    bench.begin()
    yield bench
    bench.end()


def test_a_colleagues_choice_is_replaced_only_on_purpose(desk: WindowBench, monkeypatch: pytest.MonkeyPatch) -> None:
    (theirs, name), (mine, _) = desk.rows("SELECT id, name FROM customer WHERE merged_into IS NULL LIMIT 2")
    session, wiring = desk.session, desk.window.caller_wiring
    call = Call("c", new_id(), Direction.INBOUND, CallState.TALKING, clock.now_us())
    session.pops.begin(call, CallView("c", call.interaction_id, call.direction, call.state, "", "", clock.now()))
    monkeypatch.setattr(session, "pop_view", lambda: session.pops.view(call.interaction_id))  # no phone: in no call
    session.pops.told(call.interaction_id, UUID(bytes=theirs))

    def shown() -> UUID | None:
        card = session.pops.view(call.interaction_id).pop.card
        return card.id if card is not None else None

    def asked() -> Question | None:
        card = Overlay.of(desk.window).top_card()
        return card if isinstance(card, Question) else None

    desk.until(lambda: shown() == UUID(bytes=theirs), "what the colleague chose")
    wiring._customer_chosen(UUID(bytes=theirs))
    assert asked() is None, "they agree"
    for say in (lambda: wiring._customer_created(NewCustomer(name="Her Neighbour")),
                lambda: wiring._customer_chosen(UUID(bytes=mine))):  # fmt: skip
        say()
        question = asked()
        assert question is not None
        assert name in question.accessibleName()
        QTest.keyClick(question, Qt.Key.Key_Escape)
        assert shown() == UUID(bytes=theirs)
    wiring._customer_chosen(UUID(bytes=mine))
    question = asked()
    assert question is not None
    question.answered.emit(None)
    desk.until(lambda: shown() == UUID(bytes=mine), "mine")
    assert session.pops.against_a_colleague(call.interaction_id, UUID(bytes=theirs)) == ""
