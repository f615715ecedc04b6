"""Whose call it is, said by two people in one call: the second is asked before the first one's word is replaced."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from agent_desktop import clock, data
from agent_desktop.core.call_book import Call
from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallView, HandoffStep, NewCustomer
from agent_desktop.data.handoff_rows import HandoffFieldRow, HandoffWord
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


def test_what_a_caller_typed_in_secret_is_shown_when_asked_for_or_why_not(desk: WindowBench) -> None:
    kept, gone, call = new_id(), new_id(), new_id()
    row = HandoffFieldRow(kept, call, "1.1", "one", clock.now(), "card", "Card", "•••• 1111", secret=True)
    done: list[object] = []
    words = [HandoffWord(row, "4111222233331111")]
    desk.session.store.write_now(lambda session: data.handoffs.record(session, words), done.append, done.append)
    desk.until(lambda: done == [1], "it is stored")
    desk.window.workspace.prepare()
    panel = desk.window.workspace.handoff
    panel.set(tuple(HandoffStep("Card", "•••• 1111", secret=key) for key in (kept, gone)), None)
    for step in panel._steps[:2]:
        step._show.click()
    desk.until(lambda: "4111222233331111" in panel._steps[0].accessibleName(), "it is shown")
    desk.until(lambda: panel._steps[1]._show.isEnabled(), "the other is answered too")
    assert panel._steps[1].accessibleName() == "Card: •••• 1111"
    toasts = [label.text() for label in desk.window.findChildren(QLabel)]
    assert "It is not kept any more." in toasts
