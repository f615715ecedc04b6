"""Finding customers while typing, and that an edit outlives every look at something else."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from agent_desktop.ui.customers_page import CustomersPage
from tests.support import page_rows as rows
from tests.support import screen

LINES = rows.customer_lines()
CARD = rows.card(2)


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[CustomersPage]:
    with screen.afternoon():
        widget = CustomersPage()
        widget.set_region("PL")
        widget.list.reload()
        widget.set_customers("", LINES, 100_213, complete=False)
        screen.show(qtbot, widget)
        yield widget


def open_card(page: CustomersPage) -> None:
    page.open(CARD.id)
    page.set_card(CARD, rows.history(), 38, rows.tickets(3))
    screen.settle(page)


def test_typing_searches_once_it_pauses(qtbot: QtBot, page: CustomersPage) -> None:
    asked: list[str] = []
    page.search.connect(asked.append)
    with qtbot.waitSignal(page.search):
        qtbot.keyClicks(page.query, "kow")
    assert asked == ["kow"]
    page.set_customers("ko", LINES[:1], 1)
    assert page.table.rows_model.rows == LINES, "an answer to older words is dropped"
    page.set_customers("kow", LINES[:2], 2)
    assert page.table.rows_model.rows == LINES[:2]


def test_nobody_found_says_what_helps(page: CustomersPage) -> None:
    page.query.setText("zzz")
    page.list.reload()
    page.set_customers("zzz", (), 0)
    assert page.list.states.shown() == "message"
    assert page.list.states._message._title.text() == "Nobody found"


def test_enter_searches_at_once_and_goes_into_the_list(qtbot: QtBot, page: CustomersPage) -> None:
    qtbot.keyClicks(page.query, "kow")
    with qtbot.waitSignals([page.search, page.selected]):
        qtbot.keyClick(page.query, Qt.Key.Key_Return)
    assert page.table.hasFocus()


def test_further_customers_come_as_one_scrolls(page: CustomersPage) -> None:
    asked = []
    page.more_wanted.connect(lambda words, count: asked.append((words, count)))
    page.table.scrollToBottom()
    page.table.near_end.emit()
    assert asked == [("", 30)]
    more = tuple(replace(line, id=rows.uid(3000 + n)) for n, line in enumerate(LINES[:4]))
    page.add_customers("", (LINES[-1], *more), complete=True)
    assert page.table.rows_model.rows == LINES + more


def test_the_chosen_customer_is_shown_whole(qtbot: QtBot, page: CustomersPage) -> None:
    with qtbot.waitSignal(page.selected) as asked:
        page.table.choose(CARD.id)
    assert asked.args == [CARD.id]
    page.set_card(rows.card(3), (), 0, ())
    assert page.card.found.card is None, "another one's card comes too late and is dropped"
    page.set_card(CARD, rows.history(), 38, rows.tickets(3))
    assert page.card.found.name.text() == CARD.name
    assert page.card.isVisible()
    assert page.history.isVisible()


def test_narrow_windows_show_card_or_history_by_tab(page: CustomersPage) -> None:
    open_card(page)
    assert not page.tabs.isVisible()
    page.resize(900, 592)
    assert page.tabs.isVisible()
    assert (page.card.isVisible(), page.history.isVisible()) == (True, False)
    page.tabs.setCurrentIndex(1)
    assert (page.card.isVisible(), page.history.isVisible()) == (False, True)
    page.edit()
    assert (page.tabs.isVisible(), page.editor.isVisible(), page.card.isVisible()) == (False, True, False)


def test_an_edit_survives_other_customers_and_searches(qtbot: QtBot, page: CustomersPage) -> None:
    open_card(page)
    page.card.found.edit.click()
    alert = page.editor._inputs["alert"]
    alert.setPlainText("Speak slowly.")  # type: ignore[union-attr]
    page.table.choose(LINES[5].id)
    page.set_card(rows.card(5), (), 0, ())
    assert not page.editor.isVisible()
    assert page.has_unsaved()
    page.query.setText("nobody")
    page.list.reload()
    page.set_customers("nobody", (), 0)
    open_card(page)
    assert page.editor.isVisible()
    assert alert.toPlainText() == "Speak slowly."  # type: ignore[union-attr]
    with qtbot.waitSignal(page.save) as saved:
        assert page.save_now()
    assert saved.args[0].fields == {"alert": "Speak slowly."}


def test_what_is_stored_ends_the_edit(page: CustomersPage) -> None:
    open_card(page)
    page.edit()
    page.editor._inputs["alert"].setPlainText("New")  # type: ignore[union-attr]
    page.save_now()
    page.set_card(replace(CARD, version=4, alert="New"), rows.history(), 38, ())
    assert not page.editor.isVisible()
    assert page.history.isVisible()
    assert not page.has_unsaved()
    assert not page.save_now()


def test_a_new_customer_starts_from_what_was_sought(qtbot: QtBot, page: CustomersPage) -> None:
    page.query.setText("Ingrid Berg")
    page.list.reload()
    page.set_customers("Ingrid Berg", (), 0)
    page.new_button.click()
    assert page.editor._inputs["name"].text() == "Ingrid Berg"  # type: ignore[union-attr]
    with qtbot.waitSignal(page.save) as saved:
        page.save_now()
    edit = saved.args[0]
    assert edit.version == 0
    assert edit.fields == {"name": "Ingrid Berg"}
    stored = rows.card(0, id=edit.customer_id, version=1, name="Ingrid Berg", phones=(), emails=(), alert="", tags=())
    blank = replace(stored, account_number="", organisation="", language="", time_zone="", address="")
    page.set_card(blank, (), 0, ())
    assert page.shown() == edit.customer_id
    assert page.card.found.name.text() == "Ingrid Berg"
    assert not page.editor.isVisible()


def test_what_the_card_offers_is_told(qtbot: QtBot, page: CustomersPage) -> None:
    open_card(page)
    with qtbot.waitSignal(page.new_ticket) as ticket:
        page.card.found.new.click()
    assert ticket.args == [CARD.id]
    with qtbot.waitSignal(page.dial) as dialled:
        page.card.found.phones[0].button.click()
    assert dialled.args == ["+48601442190"]


def test_a_customer_who_is_gone_is_not_shown(page: CustomersPage) -> None:
    open_card(page)
    page.set_gone(CARD.id)
    assert not page.card.isVisible()
    assert page.shown() is None
