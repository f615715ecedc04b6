"""Two and three calls in the call bar: a line each, the chosen one told from the others, all of it by key, too."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from agent_desktop import clock
from agent_desktop.core.states import CallState
from agent_desktop.ui import theme
from agent_desktop.ui.call_bar import CallBar
from agent_desktop.ui.call_list import CallRow, state_of
from agent_desktop.ui.call_parts import Mark
from agent_desktop.ui.labels import Label
from tests.support.calls import READY_PHONE, call

RINGING, TALKING, HELD, DIALLING = CallState.RINGING, CallState.TALKING, CallState.HELD, CallState.DIALLING


@pytest.fixture
def bar(shown) -> CallBar:
    result = CallBar()
    result.set_phone(READY_PHONE)
    return shown(result, 1220)


def lines(bar: CallBar) -> list[CallRow]:
    return [line for line in bar.findChildren(CallRow) if line.isVisible()]


def words(line: CallRow) -> str:
    found = " | ".join(one.text() for one in line.findChildren(Label) if one.isVisible() and one.text())
    return found.replace("\u2066", "").replace("\u2069", "")


def button(line: CallRow, name: str) -> QAbstractButton:
    return next(b for b in line.findChildren(QAbstractButton) if b.isVisible() and b.accessibleName() == name)


def test_one_call_needs_no_list(bar: CallBar) -> None:
    bar.set_calls([call(TALKING)])
    assert lines(bar) == []


def test_each_call_has_its_state_in_words_and_its_own_time(bar: CallBar) -> None:
    held = clock.now() - timedelta(seconds=32.2)
    bar.set_calls(
        [
            call(TALKING, ago_s=384.2, emphasised=True),
            call(HELD, name="Ada Lovelace", held_since=held, ago_s=900),
            call(RINGING, name="Luc Tran", ago_s=4.2),
        ]
    )
    assert [words(line) for line in lines(bar)] == [
        "Ada Lovelace | +48 601 442 190  ·  Billing | On hold  0:32",
        "Marta Kowalczyk | +48 601 442 190  ·  Billing | Talking  6:24",
        "Luc Tran | +48 601 442 190  ·  Billing | Ringing  0:04",
    ]


def test_a_hold_that_the_other_side_refused_is_said_on_line_and_bar(bar: CallBar) -> None:
    held = call(HELD, hold_refused=True, held_since=clock.now() - timedelta(seconds=32.2))
    bar.set_calls([call(TALKING, emphasised=True, name="Ada Lovelace"), held])
    assert words(lines(bar)[0]).endswith("On hold, in silence  0:32")
    bar.set_calls([held])
    (mark,) = [one for one in bar.findChildren(Mark) if one.isVisible() and "On hold" in one.word()]
    assert mark.word().startswith("On hold, in silence")
    assert "did not agree" in mark.toolTip()


def test_a_second_call_is_answered_or_declined_by_its_own_id(bar: CallBar, qtbot) -> None:
    second = call(RINGING, name="Luc Tran", ago_s=1)
    bar.set_calls([call(TALKING, emphasised=True), second])
    line = lines(bar)[1]
    with qtbot.waitSignal(bar.answer, check_params_cb=lambda said: said == second.call_id):
        button(line, "Answer").click()
    with qtbot.waitSignal(bar.decline, check_params_cb=lambda said: said == second.call_id):
        button(line, "Decline").click()


def test_the_one_on_hold_is_talked_to_chosen_or_ended(bar: CallBar, qtbot) -> None:
    held = call(HELD, name="Ada Lovelace", ago_s=50)
    bar.set_calls([held, call(TALKING, emphasised=True, ago_s=9)])
    line = lines(bar)[0]
    with qtbot.waitSignal(bar.talk_to, check_params_cb=lambda said: said == held.call_id):
        button(line, "Talk to this caller, hold the other").click()
    with qtbot.waitSignal(bar.end_call, check_params_cb=lambda said: said == held.call_id):
        button(line, "End this call").click()
    with qtbot.waitSignal(bar.emphasise, check_params_cb=lambda said: said == held.call_id):
        QTest.mouseClick(line, Qt.MouseButton.LeftButton)


def test_one_stop_for_tab_then_the_arrows(bar: CallBar, qtbot) -> None:
    calls = [call(HELD, ago_s=50), call(TALKING, emphasised=True, ago_s=9), call(HELD, ago_s=5)]
    bar.set_calls(calls)
    stops = [line for line in lines(bar) if line.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [line.call_id() for line in stops] == [calls[1].call_id]
    stops[0].setFocus()
    QTest.keyClick(stops[0], Qt.Key.Key_Down)
    focused = QApplication.focusWidget()
    assert isinstance(focused, CallRow)
    assert focused.call_id() == calls[2].call_id
    with qtbot.waitSignal(bar.emphasise, check_params_cb=lambda said: said == calls[2].call_id):
        QTest.keyClick(focused, Qt.Key.Key_Return)


def test_the_members_of_a_conference_stand_together(bar: CallBar) -> None:
    bar.set_calls(
        [
            call(TALKING, ago_s=90, joined=True, name="A"),
            call(HELD, ago_s=60, name="B"),
            call(TALKING, ago_s=30, joined=True, emphasised=True, name="C"),
        ]
    )
    assert [words(line).split(" | ")[0] for line in lines(bar)] == ["A", "C", "B"]
    assert ["Conference" in words(line) for line in lines(bar)] == [True, True, False]


def test_a_consult_says_that_it_is_one(bar: CallBar) -> None:
    bar.set_calls(
        [call(HELD, call_id="c", ago_s=60), call(TALKING, name="Jonas Lind", consult=True, consult_for="c", ago_s=5)]
    )
    assert "consult" in words(lines(bar)[1])


@pytest.mark.parametrize("state", list(CallState))
def test_no_state_is_told_by_colour_alone(state: CallState) -> None:
    icon, tone, word = state_of(call(state))
    assert icon
    assert word
    assert theme.color(tone).isValid()


def test_a_microphone_that_does_not_obey_is_told(bar: CallBar) -> None:
    bar.set_calls([call(TALKING, mute_alarm=True)])
    assert "Not muted: you are heard" in [mark.word() for mark in bar.findChildren(Mark) if mark.isVisible()]
    bar.set_calls([call(TALKING, muted=True, mute_alarm=True)])
    shown = [mark.word() for mark in bar.findChildren(Mark) if mark.isVisible()]
    assert "Nobody hears you" in shown
    assert "Muted" not in shown
