"""The identity check on the card: asked and judged by keys, what is on record only where the policy shows it."""

from uuid import UUID

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from agent_desktop.core.identity_check import IdentityView
from agent_desktop.data.identity_rows import Question
from agent_desktop.ui.identity_box import IdentityBox
from tests.support import callers, screen

CALL: UUID = callers.uid(1)
OPEN = IdentityView(
    CALL, "open", right=("voice_pin",), pin_passed=True, question=Question.BIRTH, expected="1984-03-12", left=1, to_go=1
)


@pytest.fixture
def box(qtbot: QtBot) -> IdentityBox:
    widget = IdentityBox()
    widget.set(OPEN)
    screen.show(qtbot, widget, 300, 220)
    return widget


def test_a_question_is_judged_by_a_key(box: IdentityBox) -> None:
    assert box.detail.text() == "Voice PIN passed in IVR. Ask for the date of birth."
    assert not box.expected.isVisible(), "only once it is asked"
    said: list[bool] = []
    box.answered.connect(said.append)
    asked: list[None] = []
    box.asked.connect(lambda: asked.append(None))
    box.set(replace(OPEN, expected=""))
    assert asked == [], "only once it is put"
    box.begin()
    assert len(asked) == 1
    QTest.keyClick(box.window().focusWidget(), Qt.Key.Key_1)
    QTest.keyClick(box.window().focusWidget(), Qt.Key.Key_Return)
    assert said == [], "nothing to judge by"
    box.set(replace(OPEN, expected="", why_not="The database does not answer."))
    assert box.expected.text() == "The database does not answer."
    box.set(OPEN)
    assert len(asked) == 1
    assert "12" in box.expected.text()
    assert "1984" in box.expected.text()
    QTest.keyClick(box.window().focusWidget(), Qt.Key.Key_2)
    box.set(replace(OPEN, question=Question.WORD, expected="Oko", wrong=("birth",), left=0))
    assert box.question.text() == "Security word"
    assert "none may be wrong" in box._left.text()
    QTest.keyClick(box.window().focusWidget(), Qt.Key.Key_1)
    assert said == [False, True]
    box.set(replace(OPEN, state="verified", question=None, right=("voice_pin", "word"), can_keep=(Question.BIRTH,)))
    assert box.title.text() == "Identity verified"
    assert box.detail.text() == "Right: Voice PIN in IVR, Security word"
    assert not box.question.isVisible()
    assert box.window().focusWidget() is None, "no key goes to whatever is next"


def test_where_the_policy_hides_it_the_agent_types_what_is_said(box: IdentityBox) -> None:
    box.set(replace(OPEN, shown=False, expected=""))
    said: list[str] = []
    box.said.connect(said.append)
    box.begin()
    assert not box.expected.isVisible()
    assert not box.right.isVisible()
    assert box.typed.hasFocus()
    QTest.keyClicks(box.typed, "12.3.1984")
    QTest.keyClick(box.typed, Qt.Key.Key_Return)
    assert said == ["12.3.1984"]
    assert box.typed.text() == "", "it stays nowhere"
    QTest.keyClick(box.typed, Qt.Key.Key_Escape)
    assert not box.typed.isVisible()


def test_a_failure_says_what_to_do(box: IdentityBox) -> None:
    dialled: list[str] = []
    box.dial.connect(dialled.append)
    box.set(replace(OPEN, state="failed", question=None, after="call_back", call_back="+48 601 442 190"))
    assert box.title.text() == "Identity check failed"
    assert "Offer to call back" in box.detail.text()
    box.call_back.click()
    assert dialled == ["+48 601 442 190"]
    box.begin()
    assert not box.question.isVisible()
    box.set(replace(OPEN, state="failed", question=None, after="refuse"))
    assert "refuse" in box.detail.text()
    assert not box.call_back.isVisible()
    box.set(None)
    assert not box.isVisible()


def test_what_a_verified_caller_wants_to_be_known_by_is_kept(box: IdentityBox) -> None:
    kept: list[tuple[Question, str]] = []
    box.keep.connect(lambda question, answer: kept.append((question, answer)))
    box.set(replace(OPEN, state="verified", question=None, can_keep=(Question.BIRTH, Question.WORD)))
    box.keep_buttons[Question.BIRTH].click()
    QTest.keyClicks(box.kept, "tomorrow")
    QTest.keyClick(box.kept, Qt.Key.Key_Return)
    assert kept == [(Question.BIRTH, "tomorrow")]
    box.kept_answer("A date is written like 12.3.1984 or 1984-03-12.")
    assert box._refused.isVisible()
    box.kept_answer("")
    assert not box.kept.isVisible()
