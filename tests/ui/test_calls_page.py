"""The list of calls: what it asks for, what it does with answers, and what the keyboard can do."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from agent_desktop.data.rows import CallLine
from agent_desktop.data.words import Direction, Outcome
from agent_desktop.ui import list_states
from agent_desktop.ui.calls_page import CallsFilter, CallsPage
from tests.support import page_rows as rows
from tests.support import screen

CALLS = rows.calls()


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[CallsPage]:
    with screen.afternoon():
        widget = CallsPage()
        widget.set_queues(rows.QUEUES)
        widget.list.reload()
        widget.set_calls(widget.call_filter(), CALLS, total=214, complete=False)
        screen.show(qtbot, widget)
        yield widget


def shown(page: CallsPage) -> tuple[CallLine, ...]:
    return page.table.rows_model.rows


def test_the_filters_say_what_is_wanted(qtbot: QtBot, page: CallsPage) -> None:
    today = rows.NOW.replace(hour=23, minute=0) - timedelta(days=1)  # midnight in Warsaw, in UTC
    assert page.call_filter() == CallsFilter(since=today - timedelta(days=6), mine=True)
    with qtbot.waitSignal(page.filter_changed) as asked:
        page.outcome._choose(Outcome.MISSED.value)
    assert asked.args[0].outcome is Outcome.MISSED
    page.direction._choose(Direction.INBOUND.value)
    page.queue._choose("outages")
    page.period._choose("yesterday")
    page.whose.setFocus()
    qtbot.keyClick(page.whose, Qt.Key.Key_Right)
    with qtbot.waitSignal(page.filter_changed) as asked:
        qtbot.keyClicks(page.text, " marta ")
    assert asked.args[0] == CallsFilter(
        today - timedelta(days=1), today, Direction.INBOUND, Outcome.MISSED, "outages", False, "marta"
    )


def test_delete_takes_a_filter_away(qtbot: QtBot, page: CallsPage) -> None:
    page.period.setFocus()
    with qtbot.waitSignal(page.filter_changed) as asked:
        qtbot.keyClick(page.period, Qt.Key.Key_Delete)
    assert asked.args[0].since is None


def test_a_filter_is_chosen_from_its_menu_by_keys(qtbot: QtBot, page: CallsPage) -> None:
    page.outcome.setFocus()
    menu = page.outcome.menu()
    words = [action.text() for action in menu.actions()]
    assert words[0] == "Any"
    assert "Missed" in words
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["Any"]
    with qtbot.waitSignal(page.filter_changed) as asked:
        menu.actions()[words.index("Missed")].trigger()
    assert asked.args[0].outcome is Outcome.MISSED


def test_late_answers_to_another_question_are_dropped(page: CallsPage) -> None:
    old = page.call_filter()
    page.outcome._choose(Outcome.MISSED.value)
    page.set_calls(old, CALLS[:2], total=2, complete=True)
    page.add_calls(old, CALLS[:2], complete=True)
    assert shown(page) == CALLS


def test_a_chosen_call_is_shown_at_once_and_then_whole(qtbot: QtBot, page: CallsPage) -> None:
    with qtbot.waitSignal(page.selected) as selected:
        page.table.setFocus(Qt.FocusReason.TabFocusReason)
    assert selected.args == [CALLS[0].id]
    assert page.panel.interaction_id() == CALLS[0].id
    page.set_page(rows.interaction(CALLS[3]))
    assert page.panel.interaction_id() == CALLS[0].id, "a page that comes too late is dropped"
    page.set_page(rows.interaction(CALLS[0]))
    assert len(page.panel.boxes) == 3


def test_enter_goes_from_the_field_into_the_list_and_on_to_the_panel(qtbot: QtBot, page: CallsPage) -> None:
    page.focus_filter()
    qtbot.keyClick(page.text, Qt.Key.Key_Return)
    assert page.table.hasFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.panel.main_button.hasFocus()


def test_older_calls_are_asked_for_once_near_the_end(qtbot: QtBot, page: CallsPage) -> None:
    asked = []
    page.more_wanted.connect(lambda which, last: asked.append((which, last)))
    page.table.scrollToBottom()
    page.table.near_end.emit()
    assert asked == [(page.call_filter(), CALLS[-1])]
    older = tuple(replace(line, id=rows.uid(500 + n)) for n, line in enumerate(CALLS[:5]))
    page.add_calls(page.call_filter(), (*CALLS[-2:], *older), complete=True)
    assert shown(page) == CALLS + older
    page.table.near_end.emit()
    assert len(asked) == 1


def test_empty_says_why_and_what_to_do(page: CallsPage) -> None:
    page.set_calls(page.call_filter(), (), total=0, complete=True)
    assert page.list.states.shown() == "message"
    assert page.list.states._message._title.text() == "No calls in this period"
    page.outcome._choose(Outcome.MISSED.value)
    page.set_calls(page.call_filter(), (), total=0, complete=True)
    assert page.list.states._message._title.text() == "No call fits"


def test_what_nobody_counts_to_the_end_is_said_to_be_more(page: CallsPage) -> None:
    for total, words in ((214, "214 found"), (1_000, "1000 found"), (1_001, "More than 1000 found"), (None, "")):
        page.set_calls(page.call_filter(), CALLS, total=total, complete=False)
        assert page.list.count.text() == words


def test_a_slow_answer_shows_a_skeleton_and_a_quick_one_does_not(qtbot: QtBot, page: CallsPage) -> None:
    page.list.reload()
    assert page.list.states.shown() == "content"
    assert page.list.states._wait.interval() == list_states.SKELETON_AFTER_MS
    qtbot.waitUntil(lambda: page.list.states.shown() == "loading")
    page.set_calls(page.call_filter(), CALLS, total=214, complete=False)
    assert page.list.states.shown() == "content"


def test_trouble_keeps_the_rows_and_offers_another_try(qtbot: QtBot, page: CallsPage) -> None:
    page.list.set_error("The database does not answer", "Wait or ask your administrator")
    assert page.list.states.shown() == "content"
    assert page.list.banner.isVisible()
    page.list.set_trouble("")
    assert not page.list.banner.isVisible()
    page.set_calls(page.call_filter(), (), total=0, complete=True)
    page.list.set_error("The database does not answer", "Wait or ask your administrator")
    assert page.list.states.shown() == "message"
    with qtbot.waitSignal(page.filter_changed):
        page.list.states._message._button.click()
    with qtbot.assertNotEmitted(page.filter_changed):
        page.list.ask_again()


def test_what_was_asked_in_vain_is_asked_again_once_the_database_answers(qtbot: QtBot, page: CallsPage) -> None:
    page.list.set_error("The database does not answer", "Wait or ask your administrator")
    with qtbot.waitSignal(page.filter_changed):
        page.list.ask_again()
    page.set_calls(page.call_filter(), CALLS, total=214, complete=False)
    assert not page.list.banner.isVisible(), "nor is it said any longer"
    page.list.set_trouble("The database is away")
    page.set_calls(page.call_filter(), CALLS, total=214, complete=False)
    assert page.list.banner.isVisible(), "that is somebody else's to take back"


def test_a_refresh_keeps_what_is_read_and_another_filter_does_not(page: CallsPage) -> None:
    page.open_page(rows.interaction(replace(CALLS[0], id=rows.uid(999))))
    page.set_calls(page.call_filter(), CALLS, total=214, complete=False)
    assert page.shown() == rows.uid(999)
    page.outcome._choose(Outcome.MISSED.value)
    page.set_calls(page.call_filter(), CALLS[:3], total=3, complete=True)
    assert page.shown() is None


def test_a_call_opened_while_its_list_is_still_on_the_way_stays(qtbot: QtBot) -> None:
    fresh = CallsPage()
    screen.show(qtbot, fresh)
    asked: list[CallsFilter] = []
    fresh.filter_changed.connect(asked.append)
    fresh.list.reload()
    fresh.open_page(rows.interaction(replace(CALLS[0], id=rows.uid(999))))
    fresh.set_calls(asked[-1], CALLS, total=40, complete=True)
    assert fresh.shown() == rows.uid(999)


def test_missed_calls_stand_out_by_word_icon_and_tone(page: CallsPage) -> None:
    column = next(c for c in page.table.rows_model.columns if c.title == "Outcome")
    caller = next(c for c in page.table.rows_model.columns if c.title == "Caller")
    missed = next(line for line in CALLS if line.outcome is Outcome.MISSED)
    assert column.text(missed) == "Missed"
    assert column.tone is not None
    assert column.tone(missed) == "bad"
    assert caller.icon is not None
    assert caller.icon(missed) == ("phone-missed", "bad")


def test_a_figure_elsewhere_opens_its_calls(qtbot: QtBot, page: CallsPage) -> None:
    with qtbot.waitSignal(page.filter_changed) as asked:
        page.set_filter(CallsFilter(outcome=Outcome.MISSED, queue="billing", mine=False), "today")
    wanted = asked.args[0]
    assert (wanted.outcome, wanted.queue, wanted.mine) == (Outcome.MISSED, "billing", False)
    assert wanted.since is not None
