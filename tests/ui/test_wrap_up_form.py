"""The wrap-up form by its keys, and what must never be lost while calls come and go."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent_desktop.core.views import WrapUpResult
from agent_desktop.data.centre_rows import DispositionRow
from agent_desktop.data.words import TicketStatus
from agent_desktop.ui import theme
from agent_desktop.ui.wrap_up_form import WrapUpForm
from tests.support import callers, screen, ui_audit


@pytest.fixture
def form(qtbot: QtBot, qapp: QApplication) -> Iterator[WrapUpForm]:
    with screen.afternoon():
        widget = WrapUpForm()
        widget.set_agent(callers.ME, "Dana Okafor")
        screen.show(qtbot, widget, 372, 700)
        yield widget


def _done(form: WrapUpForm) -> list[WrapUpResult]:
    results: list[WrapUpResult] = []
    form.completed.connect(results.append)
    return results


def test_a_digit_picks_and_complete_hands_over_everything(form: WrapUpForm) -> None:
    results = _done(form)
    form.set_wrap_up(callers.wrap_up(in_wrap_up=True))
    form.focus_first()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_3)
    form.reason.setCurrentIndex(1)
    QTest.keyClicks(form.note, "Meter read at 48 655")
    form.complete()
    assert results == [
        WrapUpResult(callers.uid(500), callers.uid(702), "High bill: estimated reading", "Meter read at 48 655")
    ]


def test_a_missing_disposition_is_said_and_the_notes_stay(form: WrapUpForm) -> None:
    results = _done(form)
    form.set_wrap_up(callers.wrap_up(in_wrap_up=True))
    form.note.setFocus()
    QTest.keyClicks(form.note, "half a sentence")
    form.complete()
    assert not results
    assert form._error.isVisible()
    assert form.note.toPlainText() == "half a sentence"
    focused = QApplication.focusWidget()
    assert focused is not None
    assert form.dispositions.isAncestorOf(focused)
    QTest.keyClick(focused, Qt.Key.Key_1)
    assert not form._error.isVisible()
    form.complete()
    assert results[0].note == "half a sentence"


def test_complete_during_the_call_keeps_and_says_when_it_can_be(form: WrapUpForm) -> None:
    results, drafts = _done(form), []
    form.draft.connect(drafts.append)
    form.set_wrap_up(callers.wrap_up())
    assert not form.done.isEnabled()
    form.dispositions.pick(1)
    form.complete()
    assert not results
    assert [draft.disposition_id for draft in drafts] == [callers.uid(701)]
    assert form._clock.text() == "Kept; it can be completed once the call has ended"
    form.set_wrap_up(callers.wrap_up(in_wrap_up=True))
    assert form.done.isEnabled()
    form.complete()
    assert [result.disposition_id for result in results] == [callers.uid(701)]


def test_a_digit_in_the_notes_is_a_digit(form: WrapUpForm) -> None:
    form.set_wrap_up(callers.wrap_up())
    form.note.setFocus()
    QTest.keyClicks(form.note, "123")
    assert form.dispositions.chosen() is None
    assert form.note.toPlainText() == "123"


def test_letters_on_a_disposition_begin_the_note(form: WrapUpForm) -> None:
    form.set_wrap_up(callers.wrap_up(in_wrap_up=True, required=False, note="He "))
    form.focus_first()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert form.dispositions.isAncestorOf(focused)
    QTest.keyClicks(focused, "p")
    assert QApplication.focusWidget() is form.note
    QTest.keyClicks(form.note, "aid 2")
    assert form.note.toPlainText() == "He paid 2"
    assert form.dispositions.chosen() is None


def test_arrows_move_between_dispositions_and_space_picks(form: WrapUpForm) -> None:
    form.set_wrap_up(callers.wrap_up())
    form.focus_first()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(QApplication.focusWidget(), key)
    assert form.dispositions.chosen() is None
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    chosen = form.dispositions.chosen()
    assert chosen is not None
    assert chosen.label == ("Refund requested" if form.dispositions._columns == 2 else "Meter re-read")


def test_the_same_interactions_update_never_wipes_what_is_typed(form: WrapUpForm) -> None:
    form.set_wrap_up(callers.wrap_up(note="restored"))
    QTest.keyClicks(form.note, " and more")
    form.dispositions.pick(4)
    form.set_wrap_up(callers.wrap_up(note="", in_wrap_up=True, ends_at=callers.NOW + timedelta(seconds=45)))
    assert form.note.toPlainText() == "restored and more"
    assert form.result().disposition_id == callers.uid(704)


def test_another_call_gets_its_own_form_and_the_first_one_comes_back(form: WrapUpForm) -> None:
    drafts: list[WrapUpResult] = []
    form.draft.connect(drafts.append)
    form.set_wrap_up(callers.wrap_up())
    QTest.keyClicks(form.note, "first call")
    form.dispositions.pick(1)
    form.callback.setChecked(True)
    form.due.setText("tomorrow 17:30")
    other = callers.uid(501)
    form.set_wrap_up(callers.wrap_up(interaction_id=other, title="Ibrahim Haddad", note="second's own"))
    assert [(draft.interaction_id, draft.note) for draft in drafts] == [(callers.uid(500), "first call")]
    assert form.note.toPlainText() == "second's own"
    assert form.dispositions.chosen() is None
    assert not form.callback.isChecked()
    form.set_wrap_up(callers.wrap_up())
    result = form.result()
    assert (result.note, result.disposition_id) == ("first call", callers.uid(701))
    assert result.callback is not None
    assert result.callback.due_at.strftime("%d %H:%M") == "22 17:30"


def test_how_many_more_wait_is_said(form: WrapUpForm) -> None:
    form.set_wrap_up(callers.wrap_up())
    assert not form._waiting.isVisible()
    form.set_wrap_up(callers.wrap_up(waiting=1))
    assert form._waiting.isVisible()
    assert form._waiting.text() == "1 more to wrap up"
    form.set_wrap_up(None)
    assert not form._waiting.isVisible()


def test_typing_is_told_at_once_when_focus_leaves_and_soon_otherwise(qtbot: QtBot, form: WrapUpForm) -> None:
    told: list[str] = []
    form.note_changed.connect(told.append)
    form.set_wrap_up(callers.wrap_up())
    form.note.setFocus()
    with qtbot.waitSignal(form.note_changed):
        QTest.keyClicks(form.note, "abc")
    QTest.keyClicks(form.note, "def")
    form.due.setFocus()
    form.callback.setFocus()
    assert told[-1] == "abcdef"


def test_a_draft_and_more_time_are_asked_for(qtbot: QtBot, form: WrapUpForm) -> None:
    form.set_wrap_up(callers.wrap_up(in_wrap_up=True, ends_at=callers.NOW + timedelta(seconds=31)))
    form.note.setPlainText("kept")
    with qtbot.waitSignal(form.draft) as draft:
        form.save.click()
    assert draft.args is not None
    assert draft.args[0].note == "kept"
    with qtbot.waitSignal(form.extend):
        form.more_time.click()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Wrap-up starts when the call ends, 0:45 allowed"),
        ({"in_wrap_up": True, "ends_at": callers.NOW + timedelta(seconds=31)}, "0:31 left"),
        ({"in_wrap_up": True, "ends_at": callers.NOW, "overdue": True}, "Time is up: choose a disposition"),
        ({"in_wrap_up": True}, "The call is over"),
    ],
)
def test_the_clock_says_where_we_are(form: WrapUpForm, changes: dict[str, object], words: str) -> None:
    form.set_wrap_up(callers.wrap_up(**changes))
    assert form._clock.text() == words


def test_the_clock_runs(qtbot: QtBot, form: WrapUpForm) -> None:
    form.set_wrap_up(callers.wrap_up(in_wrap_up=True, ends_at=callers.NOW + timedelta(seconds=31)))
    first = form._clock.text()
    qtbot.waitUntil(lambda: form._clock.text() != first)


def test_a_callback_needs_a_time_that_is_understood(form: WrapUpForm) -> None:
    results = _done(form)
    form.set_wrap_up(callers.wrap_up(in_wrap_up=True))
    form.dispositions.pick(0)
    form.callback.setChecked(True)
    form.due.setText("sometime")
    form.complete()
    assert not results
    assert QApplication.focusWidget() is form.due
    assert "Not understood" in form._due_words.text()
    form.due.setText("tue 17:30")
    form.who.setCurrentIndex(1)
    form.complete()
    callback = results[0].callback
    assert callback is not None
    assert callback.assigned_to is None
    assert callback.number == "+48601442190"
    assert callback.due_at.strftime("%a %d %H:%M") == "Tue 24 17:30"


def test_a_disposition_that_asks_for_a_callback_opens_its_fields(form: WrapUpForm) -> None:
    form.set_wrap_up(callers.wrap_up())
    form.dispositions.pick(5)
    assert form.callback.isChecked()
    assert form.result().callback is not None
    assert form.result().callback.assigned_to == callers.ME  # type: ignore[union-attr]


def test_a_ticket_and_its_new_status_go_with_the_result(form: WrapUpForm) -> None:
    form.set_wrap_up(callers.wrap_up())
    assert form.result().ticket is None
    first, second = callers.tickets()
    form.ticket.setChecked(True)
    form.ticket_choice.setCurrentIndex(1)
    form.ticket_status.choose("solved")
    assert (form.result().ticket, form.result().ticket_status) == (second, "solved")
    later = replace(second, status=TicketStatus.OPEN, version=2)
    form.set_wrap_up(callers.wrap_up(tickets=(later, first)))
    assert form.ticket_choice.currentText().startswith(second.number)
    assert form.result().ticket == second, "as it was when it was chosen"
    kept = form.result()
    form.set_wrap_up(callers.wrap_up(interaction_id=callers.uid(501)))
    assert form.result().ticket is None
    form.set_wrap_up(callers.wrap_up(tickets=(later, first)))
    assert form.result() == kept
    form.set_wrap_up(callers.wrap_up(tickets=(first,)))
    assert form.result().ticket is None, "no other ticket gets what was meant for this one"
    assert not form.ticket.isChecked()
    form.set_wrap_up(callers.wrap_up(tickets=()))
    assert not form.ticket.isVisible()


def test_notes_end_at_the_limit_without_halving_a_character(qtbot: QtBot, form: WrapUpForm) -> None:
    form.set_wrap_up(callers.wrap_up())
    form.note.insertPlainText("x" * 1999)
    form.note.insertPlainText("😀😀 pasted")
    qtbot.waitUntil(lambda: form.note.length() <= 2000)
    assert form.note.toPlainText() == "x" * 1999
    assert form._counter.text().startswith("1,999 of") or form._counter.text().startswith("1999 of")


def test_a_stored_note_over_the_limit_is_not_cut(qtbot: QtBot, form: WrapUpForm) -> None:
    form.set_wrap_up(callers.wrap_up(note="y" * 3000))
    QApplication.processEvents()
    assert len(form.result().note) == 3000


def test_nothing_to_wrap_up_leaves_the_form_off(form: WrapUpForm) -> None:
    form.set_wrap_up(callers.wrap_up())
    form.set_wrap_up(None)
    assert not form.isEnabled()
    with pytest.raises(RuntimeError):
        form.result()


def test_labels_are_plain_text(form: WrapUpForm) -> None:
    rows = (DispositionRow(callers.uid(1), callers.NASTY, None, 0, (callers.NASTY,)),)
    form.set_wrap_up(callers.wrap_up(dispositions=rows, title=callers.NASTY))
    form.dispositions.pick(0)
    assert form._title.textFormat() is Qt.TextFormat.PlainText
    button = form.dispositions._buttons[0]
    assert "<b>" in button.accessibleName()
    assert "<script>" not in button.toolTip()
    assert "&lt;script&gt;" in button.toolTip()


@pytest.mark.parametrize("size", [100, 150])
def test_nothing_is_clipped_in_a_long_language(qtbot: QtBot, qapp: QApplication, size: int) -> None:
    theme.apply(qapp, "light", size)
    ui_audit.pseudo_translate(qapp)
    with screen.afternoon():
        form = WrapUpForm()
        screen.show(qtbot, form, theme.px(372), 700)
        form.set_wrap_up(callers.wrap_up(in_wrap_up=True, ends_at=callers.NOW, overdue=True))
        form.callback.setChecked(True)
        form.ticket.setChecked(True)
        form.complete()
        screen.settle(form)
        assert ui_audit.everything(form) == []
