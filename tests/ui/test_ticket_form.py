"""Opening a ticket or adding to one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent_desktop.core.views import NewTicket
from agent_desktop.ui import theme
from agent_desktop.ui.ticket_form import TicketForm
from tests.support import callers, screen, ui_audit

PREFILL = NewTicket("Bill doubled", "Asked why", "high", callers.uid(100), callers.uid(500), "billing")


@pytest.fixture
def form(qtbot: QtBot) -> TicketForm:
    widget = TicketForm()
    screen.show(qtbot, widget, 560, 520)
    widget.start(PREFILL, "Marta Kowalczyk", "Incoming call, Billing", callers.tickets())
    return widget


def test_the_prefilled_ticket_is_opened_with_its_call(qtbot: QtBot, form: TicketForm) -> None:
    form.setFocus()
    QTest.keyClicks(form.subject, " twice")
    with qtbot.waitSignal(form.create_ticket) as created:
        QTest.keyClick(form.body, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    ticket = NewTicket("Bill doubled twice", "Asked why", "high", callers.uid(100), callers.uid(500), "billing")
    assert created.args == [ticket]


def test_a_priority_is_chosen_by_key(qtbot: QtBot, form: TicketForm) -> None:
    QTest.keyClick(form.priority, Qt.Key.Key_4)
    with qtbot.waitSignal(form.create_ticket) as created:
        form.save.click()
    assert created.args is not None
    assert created.args[0].priority == "urgent"


def test_a_ticket_needs_a_subject(form: TicketForm) -> None:
    created: list[object] = []
    form.create_ticket.connect(created.append)
    form.subject.setText("  ")
    form.submit()
    assert created == []
    assert form._error.text() == "A ticket needs a subject."
    assert QApplication.focusWidget() is form.subject
    QTest.keyClicks(form.subject, "x")
    assert not form._error.isVisible()


def test_adding_to_an_open_ticket(qtbot: QtBot, form: TicketForm) -> None:
    form.target.setCurrentIndex(2)
    assert not form.subject.isVisible()
    form.body.setPlainText("")
    form.submit()
    assert form._error.isVisible()
    form.body.setPlainText("Called again\n")
    with qtbot.waitSignal(form.add) as added:
        form.submit()
    assert added.args == [callers.uid(20377), "Called again"]


def test_escape_gives_up_and_a_new_start_forgets(qtbot: QtBot, form: TicketForm) -> None:
    form.target.setCurrentIndex(1)
    with qtbot.waitSignal(form.closed):
        QTest.keyClick(form.body, Qt.Key.Key_Escape)
    form.start(NewTicket(""), callers.NASTY, "")
    assert (form.subject.text(), form.body.toPlainText(), form.ticket()) == ("", "", None)
    assert not form.target.isVisible()
    assert form._customer.textFormat() is Qt.TextFormat.PlainText
    assert form._customer.text() == callers.NASTY


@pytest.mark.parametrize("size", [100, 150])
def test_everything_fits_in_a_long_language(qtbot: QtBot, qapp: QApplication, size: int) -> None:
    theme.apply(qapp, "light", size)
    ui_audit.pseudo_translate(qapp)
    form = TicketForm()
    form.start(PREFILL, "Marta Kowalczyk", "Incoming call, Billing", callers.tickets())
    screen.show(qtbot, form, theme.px(600), theme.px(560))
    form.subject.clear()
    form.submit()
    screen.settle(form)
    assert ui_audit.everything(form) == []


def test_one_ticket_however_often_the_key_arrives(shown) -> None:
    form, made = TicketForm(), []
    form.create_ticket.connect(made.append)
    form.start(NewTicket("Meter re-read"), "Marta Kowalczyk", "")
    form.submit()
    form.submit()
    assert len(made) == 1
    form.start(NewTicket("Another"), "", "")
    form.submit()
    assert [new.subject for new in made] == ["Meter re-read", "Another"]
