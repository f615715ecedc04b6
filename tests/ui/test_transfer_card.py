"""The transfer card: find somebody, ask them, hand over; with the keyboard alone, and nobody who cannot be reached."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop import clock
from agent_desktop.core.agent_activity import AgentState
from agent_desktop.core.states import CallState
from agent_desktop.core.targets import Kind, Presence, Target, Why
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.call_bar import CallBar
from agent_desktop.ui.labels import Label
from agent_desktop.ui.transfer_card import Steps, TransferCard
from tests.support import ui_audit
from tests.support.calls import READY_PHONE, call

TALKING, HELD, DIALLING = CallState.TALKING, CallState.HELD, CallState.DIALLING
LONG = "Maximiliana von und zu Hohenstein-Wittelsbach-Langenburg " * 3


def present(state: AgentState, ago_s: float = 65.2, reason: str = "") -> Presence:
    return Presence(state, clock.now() - timedelta(seconds=ago_s), reason)


EWA = Target(Kind.COLLEAGUE, "Ewa Baran", "1002", "1002", "Team North", present(AgentState.READY))
JONAS = Target(Kind.COLLEAGUE, "Jonas Lind", "1003", "1003", "", present(AgentState.PAUSED, reason="Lunch"),
               why=Why.PAUSED)  # fmt: skip
PRIYA = Target(Kind.COLLEAGUE, "Priya Nair", "1004", "1004", "", present(AgentState.OFFLINE), why=Why.OFFLINE)
QUEUE = Target(Kind.QUEUE, "Outages", "sip:outages@pbx", waiting=7)
EVERYBODY = (EWA, QUEUE, JONAS, PRIYA)


@pytest.fixture
def bar(shown) -> CallBar:
    result = CallBar()
    result.set_phone(READY_PHONE)
    result.targets_wanted.connect(
        lambda text: result.set_targets([one for one in EVERYBODY if text.lower() in one.label.lower()], text)
    )
    window = QWidget()
    from agent_desktop.ui.layouts import column

    window.setLayout(column(result, None))
    shown(window, 1220, 620)
    result.set_calls([call(TALKING)])
    QApplication.processEvents()
    result.open_transfer()
    return result


def card(bar: CallBar) -> TransferCard:
    return bar.window().findChild(TransferCard)


def texts(bar: CallBar) -> str:
    found = [one.text() for kind in (Label, Button) for one in card(bar).findChildren(kind) if one.isVisible()]
    return " | ".join(found).replace("\u2066", "").replace("\u2069", "")


def button(bar: CallBar, name: str) -> Button:
    return next(b for b in card(bar).findChildren(Button) if b.isVisible() and b.text() == name)


def focus() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def step(bar: CallBar) -> int:
    return card(bar).findChild(Steps).at()


def consulting(bar: CallBar, **changes: object) -> None:
    """Jonas is asked about Marta."""
    values = {"state": TALKING, "emphasised": True} | changes
    state = values.pop("state")
    consult = call(state, name="Jonas Lind", consult=True, consult_for="c", ago_s=5, **values)  # type: ignore[arg-type]
    bar.set_calls([call(HELD, call_id="c", ago_s=60), consult])
    QApplication.processEvents()


# --------------------------------------------------------------------- choosing


def test_a_colleague_is_consulted_with_three_letters_and_enter(bar: CallBar, qtbot) -> None:
    QTest.keyClicks(focus(), "ewa")
    with qtbot.waitSignal(bar.consult, check_params_cb=lambda number, name: (number, name) == ("1002", "Ewa Baran")):
        QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert card(bar).isVisible(), "it follows the consult"


def test_shift_enter_sends_the_caller_there_at_once(bar: CallBar, qtbot) -> None:
    QTest.keyClicks(focus(), "ewa")
    with qtbot.waitSignal(bar.transfer, check_params_cb=lambda number: number == "1002"):
        QTest.keyClick(focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert not card(bar).isVisible()


def test_tab_leads_to_the_buttons_and_enter_presses_them(bar: CallBar, qtbot) -> None:
    QTest.keyClicks(focus(), "ewa")
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    assert focus() is button(bar, "Send now")
    with qtbot.assertNotEmitted(bar.consult), qtbot.waitSignal(bar.transfer):
        QTest.keyClick(focus(), Qt.Key.Key_Return)


@pytest.mark.parametrize(("typed", "why"), [("jonas", "is paused"), ("priya", "is offline")])
def test_who_cannot_be_reached_is_not_called_and_it_says_why(bar: CallBar, qtbot, typed: str, why: str) -> None:
    QTest.keyClicks(focus(), typed)
    for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        with qtbot.assertNotEmitted(bar.consult), qtbot.assertNotEmitted(bar.transfer):
            QTest.keyClick(focus(), Qt.Key.Key_Return, modifier)
    assert why in texts(bar)
    assert not button(bar, "Consult").isEnabled()


def test_the_arrows_leave_out_who_cannot_be_reached(bar: CallBar, qtbot) -> None:
    for _ in range(5):
        QTest.keyClick(focus(), Qt.Key.Key_Down)
    with qtbot.waitSignal(bar.consult, check_params_cb=lambda number, name: number == "sip:outages@pbx"):
        QTest.keyClick(focus(), Qt.Key.Key_Return)


def test_the_mouse_does_not_mark_who_cannot_be_reached(bar: CallBar) -> None:
    view = card(bar)._list
    for row, marked in ((0, 0), (2, 0), (1, 1)):
        spot = view.visualRect(card(bar)._model.index(row, 0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        assert view.currentIndex().row() == marked


def test_an_empty_field_calls_nobody(bar: CallBar, qtbot) -> None:
    with qtbot.assertNotEmitted(bar.consult), qtbot.assertNotEmitted(bar.transfer):
        QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert card(bar).isVisible()


def test_who_goes_offline_meanwhile_is_called_no_more(bar: CallBar, qtbot) -> None:
    QTest.keyClicks(focus(), "ewa")
    bar.set_targets([Target(Kind.COLLEAGUE, "Ewa Baran", "1002", "1002", why=Why.OFFLINE)], "ewa")
    with qtbot.assertNotEmitted(bar.consult):
        QTest.keyClick(focus(), Qt.Key.Key_Return)


def test_presence_is_asked_for_again_only_while_somebody_chooses(bar: CallBar, qtbot) -> None:
    with qtbot.waitSignal(bar.targets_wanted):
        bar.refresh_targets()
    consulting(bar)
    with qtbot.assertNotEmitted(bar.targets_wanted):
        bar.refresh_targets()


def test_an_answer_to_what_was_typed_before_is_dropped(bar: CallBar) -> None:
    QTest.keyClicks(focus(), "ewa")
    bar.set_targets([QUEUE], "e")
    assert [one.label for one in card(bar)._model.shown] == ["Ewa Baran"]


# ---------------------------------------------------------------------- talking


def test_the_card_follows_the_consult_and_enter_hands_over(bar: CallBar, qtbot) -> None:
    assert step(bar) == 0
    consulting(bar, state=DIALLING, status="ringing")
    assert step(bar) == 1
    assert "Ringing…  0:05" in texts(bar)
    with qtbot.assertNotEmitted(bar.complete):
        QTest.keyClick(focus(), Qt.Key.Key_Return)
    consulting(bar)
    assert focus() is card(bar)
    assert "On hold  1:00" in texts(bar)
    with qtbot.waitSignal(bar.complete):
        QTest.keyClick(focus(), Qt.Key.Key_Return)


def test_swap_join_and_take_back(bar: CallBar, qtbot) -> None:
    consulting(bar)
    for name, signal in (("Swap", bar.swap), ("Join", bar.join), ("Take back", bar.take_back)):
        with qtbot.waitSignal(signal):
            button(bar, name).click()


def test_backspace_takes_back_but_only_edits_while_somebody_is_chosen(bar: CallBar, qtbot) -> None:
    with qtbot.assertNotEmitted(bar.take_back):
        QTest.keyClicks(focus(), "jo")
        QTest.keyClick(focus(), Qt.Key.Key_Backspace)
    consulting(bar)
    with qtbot.waitSignal(bar.take_back):
        QTest.keyClick(focus(), Qt.Key.Key_Backspace)
    assert not card(bar).isVisible()


def test_while_it_is_under_way_nothing_can_be_done_twice(bar: CallBar, qtbot) -> None:
    bar.set_calls(
        [
            call(HELD, call_id="c", referring=True),
            call(TALKING, name="Jonas Lind", consult=True, consult_for="c", emphasised=True),
        ]
    )
    assert step(bar) == 2
    assert "Handing over…" in texts(bar)
    with qtbot.assertNotEmitted(bar.complete):
        QTest.keyClick(focus(), Qt.Key.Key_Return)


def test_a_failure_is_told_and_everything_can_be_tried_again(bar: CallBar, qtbot) -> None:
    bar.set_calls(
        [
            call(HELD, call_id="c", transfer_trouble="603 Decline"),
            call(TALKING, name="Jonas Lind", consult=True, consult_for="c", emphasised=True),
        ]
    )
    assert "Not handed over: 603 Decline. You still have both calls." in texts(bar)
    assert step(bar) == 1
    with qtbot.waitSignal(bar.complete):
        button(bar, "Hand over").click()


def test_a_conference_is_left_or_somebody_dropped(bar: CallBar, qtbot) -> None:
    bar.set_calls(
        [
            call(TALKING, call_id="c", joined=True, emphasised=True),
            call(TALKING, call_id="d", name="Jonas Lind", consult=True, consult_for="c", joined=True),
        ]
    )
    assert "Conference" in texts(bar)
    with qtbot.waitSignal(bar.complete):
        button(bar, "Leave them together").click()
    with qtbot.assertNotEmitted(bar.take_back):
        QTest.keyClick(focus(), Qt.Key.Key_Backspace)
    drops = [b for b in card(bar).findChildren(Button) if b.isVisible() and b.text() == "Drop"]
    with qtbot.waitSignal(bar.end_call, check_params_cb=lambda said: said == "d"):
        drops[1].click()
    bar.set_calls([call(TALKING, call_id="c", emphasised=True)])
    assert not card(bar).isVisible(), "over: nobody is looked for"


def test_after_the_consult_somebody_else_can_be_chosen(bar: CallBar) -> None:
    consulting(bar)
    bar.set_calls([call(HELD, call_id="c", emphasised=True)])
    QApplication.processEvents()
    assert step(bar) == 0
    assert card(bar).isVisible()
    assert "Transfer Marta Kowalczyk" in texts(bar)  # no longer the colleague's name
    QTest.keyClicks(focus(), "ewa")
    assert [one.label for one in card(bar)._model.shown] == ["Ewa Baran"]


def test_the_card_goes_with_the_call(bar: CallBar) -> None:
    bar.set_calls([])
    assert not card(bar).isVisible()


def test_escape_closes_and_ends_nothing(bar: CallBar, qtbot) -> None:
    consulting(bar)
    with qtbot.assertNotEmitted(bar.take_back), qtbot.assertNotEmitted(bar.end_call):
        QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert not card(bar).isVisible()
    bar.open_transfer()
    assert step(bar) == 1


# ------------------------------------------------------------------------ looks


STEPS = {
    "choose": (),
    "dialling": {"state": DIALLING, "name": LONG},
    "talk": {"state": TALKING, "name": LONG},
    "conference": {"state": TALKING, "joined": True},
}


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("name", STEPS)
def test_nothing_is_clipped(name: str, mirrored: bool, shown, qapp) -> None:
    if mirrored:
        ui_audit.pseudo_translate(qapp)
        ui_audit.right_to_left(qapp)
    else:
        theme.apply(qapp, "light", 150)
    made = TransferCard()
    made.open_for(LONG)
    made.set_targets([*EVERYBODY, Target(Kind.COLLEAGUE, LONG, "1009", "1009", "", present(AgentState.TALKING))])
    if changes := dict(STEPS[name]):
        joined = bool(changes.get("joined"))
        caller = call(TALKING if joined else HELD, call_id="c", name=LONG, joined=joined, transfer_trouble="503 " * 9)
        made.set_calls(caller, call(changes.pop("state"), consult=True, consult_for="c", **changes))
    shown(made)
    assert not ui_audit.everything(made)
