"""The list of tickets and one ticket: filters, changes, comments that survive, refusals."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from agent_desktop.data.words import Priority, TicketStatus
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.tickets_page import TicketsFilter, TicketsPage
from tests.support import page_rows as rows
from tests.support import screen

LINES = rows.tickets()
WAITING = LINES[2]


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[TicketsPage]:
    with screen.afternoon():
        widget = TicketsPage()
        widget.set_agents(rows.AGENTS)
        widget.list.reload()
        widget.set_tickets(widget.tickets_filter(), LINES, total=20)
        widget.open(WAITING.id)
        widget.set_page(rows.ticket(WAITING))
        screen.show(qtbot, widget)
        yield widget


def test_the_filters_say_what_is_wanted(qtbot: QtBot, page: TicketsPage) -> None:
    assert page.tickets_filter() == TicketsFilter("mine")
    page.status._choose("waiting")
    page.priority._choose("urgent")
    page.scope.setFocus()
    qtbot.keyClick(page.scope, Qt.Key.Key_3)
    with qtbot.waitSignal(page.filter_changed) as asked:
        qtbot.keyClicks(page.text, "T-204")
    assert asked.args == [TicketsFilter("all", (TicketStatus.WAITING,), Priority.URGENT, None, "T-204")]
    page.status._choose("")
    assert page.tickets_filter().statuses == ()


def test_one_customers_tickets_and_back(qtbot: QtBot, page: TicketsPage) -> None:
    with qtbot.waitSignal(page.filter_changed) as asked:
        page.show_customer(rows.uid(1002), "Northgate Foods")
    assert asked.args == [TicketsFilter("all", (), None, rows.uid(1002), "")]
    assert page.customer.isVisible()
    with qtbot.waitSignal(page.filter_changed) as asked:
        page.customer.clear()
    assert asked.args[0].customer_id is None
    assert not page.customer.isVisible()


def test_a_change_carries_the_version_and_only_what_changed(qtbot: QtBot, page: TicketsPage) -> None:
    page.panel.status.setFocus()
    with qtbot.waitSignal(page.change) as changed:
        qtbot.keyClick(page.panel.status, Qt.Key.Key_Down)
        page.panel.status.activated.emit(page.panel.status.currentIndex())
    assert changed.args == [WAITING.id, 2, TicketStatus.SOLVED, None, None]
    page.set_page(replace(rows.ticket(WAITING), line=replace(WAITING, status=TicketStatus.SOLVED, version=3)))
    with qtbot.waitSignal(page.change) as changed:
        page.panel.assignee.setCurrentIndex(page.panel.assignee.findData(rows.AGENTS[0][0]))
        page.panel.assignee.activated.emit(0)
    assert changed.args == [WAITING.id, 3, None, None, rows.AGENTS[0][0]]
    with qtbot.assertNotEmitted(page.change):
        page.panel._fill_choices(page.panel._page.line)  # type: ignore[union-attr]
        page.panel.assignee.activated.emit(0)


def test_a_refused_change_goes_back_and_says_why(page: TicketsPage) -> None:
    page.panel.status.setCurrentIndex(0)
    page.refused(WAITING.id, "Somebody else changed T-20482 meanwhile.")
    assert page.panel.status.currentData() == WAITING.status
    assert page.panel._trouble.isVisible()
    page.refused(rows.uid(1), "Another ticket")
    assert page.panel._trouble_text.text() == "Somebody else changed T-20482 meanwhile."


def test_a_comment_is_added_and_a_half_written_one_kept(qtbot: QtBot, page: TicketsPage) -> None:
    qtbot.keyClicks(page.panel.editor, "Half")
    page.open(LINES[0].id)
    page.set_page(rows.ticket(LINES[0]))
    assert page.panel.editor.toPlainText() == ""
    page.open(WAITING.id)
    page.set_page(rows.ticket(WAITING))
    assert page.panel.editor.toPlainText() == "Half"
    page.set_page(rows.ticket(WAITING, events=6))
    assert page.panel.editor.toPlainText() == "Half"
    with qtbot.waitSignal(page.comment) as said:
        page.panel.send.click()
    assert said.args == [WAITING.id, "Half"]
    assert page.panel.editor.toPlainText() == ""
    assert not page.panel.send.isEnabled()
    assert not page.panel.has_unsaved()


def events(page: TicketsPage) -> list[str]:
    screen.settle(page)
    labels = page.panel.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisible() and label.text().startswith("Dana Okafor · ")]


def test_events_are_told_newest_first_and_old_ones_on_demand(page: TicketsPage) -> None:
    page.set_page(rows.ticket(WAITING, events=200))
    older = next(b for b in page.panel.findChildren(Button) if b.text() == "Show 140 older")
    said = events(page)
    assert said.index("Dana Okafor · gave it to Jonas Lind") < said.index("Dana Okafor · opened it")
    assert "Dana Okafor · status: Waiting" in said
    assert len(said) == 60
    older.click()
    assert len(events(page)) == 200


def test_late_is_said_in_words_with_an_icon(page: TicketsPage) -> None:
    due = next(column for column in page.table.rows_model.columns if column.title == "Due")
    late = next(line for line in LINES if line.status.is_open and line.due_at is not None and line.due_at < rows.NOW)
    assert due.text(late).endswith("late")
    assert due.icon is not None
    assert due.icon(late) == ("triangle-alert", "bad")
    solved = replace(late, status=TicketStatus.SOLVED)
    assert due.text(solved) == ""
    assert due.icon(solved) is None


def test_late_answers_are_dropped(page: TicketsPage) -> None:
    old = page.tickets_filter()
    page.status._choose("waiting")
    page.set_tickets(old, LINES[:1], total=1)
    assert page.table.rows_model.rows == LINES
    page.set_page(rows.ticket(LINES[5]))
    assert page.panel.ticket_id() == WAITING.id


def test_opening_from_elsewhere_asks_for_the_ticket(qtbot: QtBot, page: TicketsPage) -> None:
    with qtbot.waitSignal(page.selected) as asked:
        page.open(rows.uid(99))
    assert asked.args == [rows.uid(99)]
    assert page.table.chosen() is None or page.shown() == rows.uid(99)


def test_keys_lead_from_the_list_to_the_ticket(qtbot: QtBot, page: TicketsPage) -> None:
    page.focus_filter()
    qtbot.keyClick(page.text, Qt.Key.Key_Return)
    assert page.table.hasFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.panel.status.hasFocus()


def test_new_customer_and_calls_are_asked_for(qtbot: QtBot, page: TicketsPage) -> None:
    with qtbot.waitSignal(page.new_ticket_wanted):
        page.new_button.click()
    with qtbot.waitSignal(page.open_customer) as opened:
        page.panel.customer.click()
    assert opened.args == [WAITING.customer_id]
    links = [b for b in page.panel.findChildren(type(page.panel.customer)) if b.accessibleName().startswith("Open ")]
    with qtbot.waitSignal(page.open_interaction) as call:
        links[0].click()
    assert call.args == [rows.uid(5000), "call"]
