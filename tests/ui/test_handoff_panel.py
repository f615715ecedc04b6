"""How the caller got here, with and without what the IVR knew."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent_desktop.core.views import HandoffStep
from agent_desktop.data.ids import new_id
from agent_desktop.ui.handoff_panel import HandoffPanel
from tests.support import callers, screen, ui_audit


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication) -> Iterator[HandoffPanel]:
    widget = HandoffPanel()
    screen.show(qtbot, widget, 370, 600)
    return widget  # type: ignore[return-value]


def _shown(panel: HandoffPanel) -> list[str]:
    return [step.accessibleName() for step in panel._steps if step.isVisible()]


def test_stations_in_order_with_the_wait(panel: HandoffPanel) -> None:
    panel.set(callers.handoff(), callers.call())
    assert _shown(panel)[0] == "14:31:04, Dialled: 0800 100 300"
    assert _shown(panel)[1] == "14:31:12, Language: Polish, pressed 2"
    assert len(_shown(panel)) == 5
    assert panel._wait.text() == "0:48 in queue"
    assert not panel._nothing.isVisible()


def test_a_shorter_way_leaves_no_station_of_the_last_caller(panel: HandoffPanel) -> None:
    panel.set(callers.handoff(), callers.call())
    panel.set(callers.handoff()[:1], replace(callers.call(), wait_s=None))
    assert len(_shown(panel)) == 1
    assert not panel._wait.isVisible()


def test_a_plain_call_says_what_it_knows(panel: HandoffPanel) -> None:
    panel.set((), callers.call())
    assert panel._nothing.isVisible()
    assert [words.partition(":")[0] for words in _shown(panel)] == ["Dialled in from", "Queue"]
    panel.set((), None)
    assert _shown(panel) == []


def test_a_cut_message_is_said(panel: HandoffPanel) -> None:
    panel.set(callers.handoff(), callers.call(cut=True))
    assert panel._cut.isVisible()


def test_what_the_ivr_sent_is_plain_text_and_fits(panel: HandoffPanel) -> None:
    panel.set((HandoffStep("Said", callers.NASTY + "W" * 300, "", "14:31:20"),) * 12, callers.call())
    screen.settle(panel)
    assert panel._steps[0]._words.textFormat() is Qt.TextFormat.PlainText
    assert callers.NASTY in _shown(panel)[0]
    assert ui_audit.everything(panel) == []


def test_a_secret_is_masked_until_somebody_asks_and_again_after(panel: HandoffPanel, qtbot: QtBot) -> None:
    card, other = new_id(), new_id()
    steps = (HandoffStep("Card", "•••• 1111", at="14:31:20", name="card", secret=card),
             HandoffStep("PIN", "••••", at="14:31:21", name="pin", secret=other))  # fmt: skip
    panel.set((*callers.handoff()[:1], *steps), callers.call())
    dialled, masked, pin = panel._steps[:3]
    assert [step._show.isVisible() for step in (dialled, masked, pin)] == [False, True, True]
    with qtbot.waitSignal(panel.secret_wanted, check_params_cb=lambda key: key == card):
        masked._show.click()
    panel.reveal(card, "4111<b>1111")
    assert _shown(panel)[1:] == ["14:31:20, Card: 4111<b>1111", "14:31:21, PIN: ••••"]
    panel.set((*callers.handoff()[:1], *steps), callers.call(cut=True))  # the call goes on
    assert "4111" in _shown(panel)[1]
    assert masked._show.text() == "Hide"
    masked._hide.timeout.emit()
    assert _shown(panel)[1] == "14:31:20, Card: •••• 1111"
    panel.reveal(card, "4111")
    panel.set(steps[1:], callers.call())  # the next caller
    panel.set((*callers.handoff()[:1], *steps), callers.call())
    assert "4111" not in " ".join(_shown(panel))
    with qtbot.waitSignal(panel.secret_wanted):
        masked._show.click()
    panel.reveal(card, "")
    assert masked._show.isEnabled()
    assert _shown(panel)[1] == "14:31:20, Card: •••• 1111"
    panel.set_hidden("In this queue only supervisors see what callers typed.")
    assert not masked._show.isVisible()
    assert _shown(panel)[1].endswith("•••• 1111, In this queue only supervisors see what callers typed.")
    assert _shown(panel)[0] == _shown(panel)[0].replace("supervisors", ""), "only where there is a secret"
    panel.set_hidden("")
    assert masked._show.isVisible()
