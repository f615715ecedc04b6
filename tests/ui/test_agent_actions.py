"""The cards and strips of supervising fit: small window, large text, a longer language, right to left."""

from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop import clock
from agent_desktop.core.monitoring import MonitorView
from agent_desktop.data.supervision_rows import Audience, SentRow
from agent_desktop.ui import theme
from agent_desktop.ui.agent_actions import AgentActions, Possible
from agent_desktop.ui.layouts import column
from agent_desktop.ui.overlay import Overlay
from agent_desktop.ui.supervise_bar import MonitorBar
from agent_desktop.ui.supervise_message import MessageCard
from tests.support import ui_audit

NAME = "Aleksandra Krzyżanowska-Wiśniewska von und zu Hohenstein-Waldburg"


def actions_card() -> AgentActions:
    card = AgentActions(UUID(int=1))
    card.set_agent(NAME, "Paused · Training of the second line · 1:02:03")
    card.set_choices([NAME], [(UUID(int=2), NAME)])
    card.set_possible(Possible("No collector is connected to the PBX: only messages and signing out work now."))
    card.outcome.set("Sign out of all queues: refused. Interface not found", "bad")
    return card


def message_card() -> MessageCard:
    card = MessageCard()
    card.set_people([("Everybody", Audience.ALL, None), (NAME, Audience.AGENT, UUID(int=1))], UUID(int=1))
    card.set_sent([SentRow(UUID(int=3), clock.now(), NAME * 3, Audience.AGENT, NAME, ((NAME, clock.now()),))])
    card.failed("You may not do this.")
    return card


@pytest.mark.parametrize(("size", "pseudo"), [(100, False), (150, True)])
@pytest.mark.parametrize("make", [actions_card, message_card])
def test_cards_fit(shown, qapp, make, size: int, pseudo: bool) -> None:
    theme.apply(qapp, "dark", size)
    if pseudo:
        ui_audit.pseudo_translate(qapp)
        ui_audit.right_to_left(qapp)
    window = shown(QWidget(), 1280, 720)
    Overlay.of(window).present(make())
    QApplication.processEvents()
    assert not ui_audit.everything(window)


@pytest.mark.parametrize(("size", "pseudo"), [(100, False), (150, True)])
def test_the_bar_fits(shown, qapp, size: int, pseudo: bool) -> None:
    theme.apply(qapp, "light", size)
    if pseudo:
        ui_audit.pseudo_translate(qapp)
        ui_audit.right_to_left(qapp)
    window, bar = QWidget(), MonitorBar()
    window.setLayout(column(bar, None))
    bar.set(MonitorView(UUID(int=1), NAME, "whisper", "listening", clock.monotonic()))
    shown(window, 1200, 720)
    assert not ui_audit.everything(window)
