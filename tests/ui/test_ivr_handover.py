"""Handing the caller to a menu: the amount by keys, how far they are without a digit of it, and what came of it."""

from datetime import datetime
from uuid import UUID

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from agent_desktop import clock
from agent_desktop.core.ivr_handover import HandoverView
from agent_desktop.data.ivr_rows import HandoverRow, HandoverState, Menu
from agent_desktop.ui.ivr_handover import HandoverBox
from tests.support import callers, screen

CALL: UUID = callers.uid(1)
AT = datetime.fromisoformat("2026-11-21T14:32:00+01:00")
PAYMENT = HandoverRow(callers.uid(2), AT, CALL, None, Menu.PAYMENT, "412.60", "PLN", HandoverState.MENU, "card", 12)
SURVEY = replace(PAYMENT, id=callers.uid(3), menu=Menu.SURVEY, state=HandoverState.PLANNED)


@pytest.fixture
def box(qtbot: QtBot) -> HandoverBox:
    widget = HandoverBox()
    widget.set(HandoverView(CALL))
    screen.show(qtbot, widget, 326, 200)
    return widget


def test_the_amount_is_given_by_keys(box: HandoverBox, qtbot: QtBot) -> None:
    wanted: list[tuple[str, str]] = []
    box.pay.connect(lambda amount, currency: wanted.append((amount, currency)))
    box.after.setFocus()
    box.begin()
    assert box.amount.hasFocus()
    QTest.keyClicks(box.amount, "412,60")
    QTest.keyClick(box.amount, Qt.Key.Key_Return)
    assert wanted == [("412,60", "EUR")]
    box.refuse("An amount is a number like 412.60.")
    assert box._refused.isVisible()
    QTest.keyClick(box.amount, Qt.Key.Key_Escape)
    assert not box.amount.isVisible()
    assert box.after.hasFocus(), "back where the keyboard was"


def test_how_far_they_are_is_seen_and_they_can_be_taken_back(box: HandoverBox) -> None:
    box.begin()
    box.set(HandoverView(CALL, payment=PAYMENT))
    assert not box.amount.isVisible()
    assert not box.payment.isVisible()
    assert box._step.text() == "Typing the card number…"
    assert "•••• •••• ••••" in box._digits.text()
    assert "12 digits" in box._digits.text()
    taken: list[bool] = []
    box.take_back.connect(lambda: taken.append(True))
    box.begin()
    assert box.back.hasFocus()
    QTest.keyClick(box.back, Qt.Key.Key_Space)
    assert taken == [True]
    box.set(HandoverView(CALL, payment=PAYMENT, asking=True))
    assert not box.back.isEnabled()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (HandoverState.PAID, "Paid"),
        (HandoverState.REFUSED, "Refused"),
        (HandoverState.GIVEN_UP, "given up"),
        (HandoverState.TAKEN_BACK, "taken back"),
        (HandoverState.FAILED, "Not handed over"),
    ],
)
def test_what_came_of_it(box: HandoverBox, state: HandoverState, words: str) -> None:
    box.set(HandoverView(CALL, payment=replace(PAYMENT, state=state, reference="R-77", ended_at=clock.now())))
    assert box._result.isVisible()
    assert words in box._result.text()
    assert box.payment.isVisible(), "once more is possible"
    box.set(HandoverView(callers.uid(9)))
    assert not box._result.isVisible(), "nothing of it stays for the next caller"


def test_a_survey_is_on_once_the_pbx_has_said_so(box: HandoverBox) -> None:
    wanted: list[bool] = []
    box.survey.connect(wanted.append)
    box.after.click()
    assert (wanted, box.after.isChecked()) == ([True], False)
    box.set(HandoverView(CALL, survey=SURVEY))
    assert box.after.isChecked()
    box.after.click()
    assert wanted == [True, False]


def test_why_it_cannot_be_done_is_said(box: HandoverBox) -> None:
    box.set(HandoverView(CALL, why_not="Needs the centre’s collector: nobody else can ask the PBX."))
    assert not box.payment.isVisible()
    assert not box.after.isVisible()
    assert box._why_not.isVisible()
    box.begin()
    assert not box.amount.isVisible()
    box.set(None)
    assert not box.isVisible()
