"""The caller's card in each of its states, and that no state takes the words out of somebody's hands."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent_desktop import clock
from agent_desktop.core.states import CallState
from agent_desktop.core.views import NewCustomer
from agent_desktop.data.consent_rows import ConsentRow
from agent_desktop.data.rows import PhoneRow
from agent_desktop.data.words import MatchKind
from agent_desktop.ui import theme
from agent_desktop.ui.customer_card import CustomerCard
from tests.support import callers, screen, ui_audit


@pytest.fixture
def card(qtbot: QtBot, qapp: QApplication) -> Iterator[CustomerCard]:
    with screen.afternoon():
        widget = CustomerCard()
        screen.show(qtbot, widget, 326, 748)
        yield widget


def test_a_caller_from_this_computers_memory_is_marked_with_its_age(card: CustomerCard) -> None:
    seen = replace(callers.found(), as_of=clock.now() - timedelta(minutes=14, seconds=5))
    card.set_pop(seen)
    assert card.found.name.text() == "Marta Kowalczyk"
    assert card.found._match.text() == "From this computer, 14 min old"
    assert card.found._match_row.isVisible()
    card.set_pop(callers.found())
    assert card.found._match.text() == callers.REASON


def test_a_known_caller_is_shown_whole(card: CustomerCard) -> None:
    card.set_pop(callers.found())
    found = card.found
    assert card.state() == "found"
    assert found.name.text() == "Marta Kowalczyk"
    assert found.since.text() == "Customer since 2020"
    assert found.alert.text() == "Hard of hearing on the left side. Speak slowly, confirm numbers."
    assert "4471 0932" in found.account.value()
    assert [fact.value() for fact in found.products[:2]] == ["Flex 12 · since 2023", "Boiler care · paused"]
    assert found.language.value() == "Polish"
    assert found.local_time.value() == "14:32, Warsaw"
    assert found._match.text() == callers.REASON
    assert [button.isVisible() for button in found.tickets[:3]] == [True, True, False]
    assert found.tickets[0].accessibleName() == "T-20481, Meter re-read after high bill, Open, 2 h"


def test_a_night_at_the_customers_place_is_said(card: CustomerCard) -> None:
    card.set_pop(callers.found(time_zone="Asia/Tokyo"))
    assert card.found.local_time.value() == "22:32, Tokyo (night)"
    card.set_pop(callers.found(time_zone="Nowhere/At_all", name="Somebody else"))
    assert not card.found.local_time.isVisible()


def test_what_the_next_caller_lacks_disappears(card: CustomerCard) -> None:
    card.set_pop(callers.found())
    empty = {"alert": "", "tags": (), "phones": (), "emails": (), "products": (), "address": "", "time_zone": ""}
    bare = callers.found(name="Ann", account_number="", organisation="", language="", since=None, **empty)
    card.set_pop(replace(bare, pop=replace(bare.pop, tickets=(), history=()), interaction_id=callers.uid(77)))
    found = card.found
    gone = (found._alert_box, found.tags, found.account, found.products[0], found.phones[0], found.tickets[0])
    assert [widget.isVisible() for widget in gone] == [False] * 6
    assert found._no_ticket.isVisible()


def test_a_number_is_called_by_a_click(qtbot: QtBot, card: CustomerCard) -> None:
    card.set_pop(callers.found())
    with qtbot.waitSignal(card.dial) as dialled:
        card.found.phones[1].button.click()
    assert dialled.args == ["+48586201140"]
    assert card.found.phones[1].button.accessibleName() == "Call Marta Kowalczyk, +48 58 620 11 40 (home)"


def test_tickets_and_editing_are_asked_for(qtbot: QtBot, card: CustomerCard) -> None:
    card.set_pop(callers.found())
    with qtbot.waitSignal(card.open_ticket) as opened:
        card.found.tickets[1].click()
    assert opened.args == [callers.uid(20377)]
    with qtbot.waitSignal(card.edit) as edited:
        card.found.edit.click()
    assert edited.args == [callers.uid(100)]
    with qtbot.waitSignal(card.new_ticket):
        card.found.new.click()


def test_a_guess_looks_like_one(card: CustomerCard) -> None:
    view = callers.found()
    pop = replace(view.pop, matches=(callers.match(MatchKind.SUFFIX),))
    card.set_pop(replace(view, pop=pop))
    assert card.found._match.property("tone") == "warn"
    card.set_pop(callers.found())
    assert card.found._match.property("tone") == "3"


def test_the_skeleton_waits_and_an_answer_stops_it(qtbot: QtBot, card: CustomerCard) -> None:
    card.set_pop(callers.unknown("looking"))
    assert card.state() == "looking"
    assert not card._skeleton.isVisible()
    qtbot.waitUntil(card._skeleton.isVisible)
    card.set_pop(callers.found())
    card.set_pop(callers.unknown("looking", call_id="call-2", interaction_id=callers.uid(501)))
    assert not card._skeleton.isVisible()


def test_several_matches_are_picked_by_a_digit(qtbot: QtBot, card: CustomerCard) -> None:
    card.set_pop(callers.several())
    assert card.state() == "choose"
    card.focus_first()
    with qtbot.waitSignal(card.chosen) as chosen:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_2)
    assert chosen.args == [callers.uid(101)]


def test_none_of_these_opens_the_form_and_an_update_does_not_close_it(card: CustomerCard) -> None:
    card.set_pop(callers.several())
    card.pick.none.click()
    assert card.state() == "form"
    again = callers.several()
    assert again.call is not None
    card.set_pop(replace(again, call=replace(again.call, state=CallState.TALKING)))
    assert card.state() == "form"


def test_a_new_caller_is_created_from_the_prefilled_form(qtbot: QtBot, card: CustomerCard) -> None:
    card.set_pop(callers.unknown())
    form = card.form
    assert (form.name.text(), form.number.text()) == ("A. Brown", "+48 601 442 190")
    form.email.setText("a.brown@example.org")
    with qtbot.waitSignal(card.create_customer) as created:
        QTest.keyClick(form.email, Qt.Key.Key_Return)
    assert created.args == [NewCustomer("A. Brown", "", "+48 601 442 190", "a.brown@example.org", "")]


def test_a_withheld_number_is_asked_for_and_offline_says_why(card: CustomerCard) -> None:
    card.set_pop(callers.unknown("withheld"))
    assert (card.form.name.text(), card.form.number.text()) == ("", "")
    assert not card.form._trouble.isVisible()
    card.set_pop(callers.unknown("offline", call_id="call-2", interaction_id=callers.uid(501)))
    assert card.form._trouble_text.text() == callers.unknown("offline").trouble
    assert card.form._trouble.isVisible()
    assert card.form.number.text() == "+48 601 442 190"


def test_what_is_found_while_somebody_types_is_offered_not_forced(card: CustomerCard) -> None:
    card.set_pop(callers.unknown())
    card.form.organisation.setFocus()
    QTest.keyClicks(card.form.organisation, "Brown & Sons")
    card.set_pop(callers.found())
    assert card.state() == "form"
    assert QApplication.focusWidget() is card.form.organisation
    assert card.form.organisation.text() == "Brown & Sons"
    assert card.waiting.isVisible()
    card.waiting.click()
    assert card.state() == "found"


def test_the_same_callers_update_leaves_the_form_as_typed(card: CustomerCard) -> None:
    card.set_pop(callers.unknown())
    card.form.name.setText("Anna Brown")
    view = callers.unknown()
    assert view.call is not None
    card.set_pop(replace(view, call=replace(view.call, state=CallState.TALKING)))
    assert card.form.name.text() == "Anna Brown"
    card.set_pop(callers.unknown(call_id="call-2", interaction_id=callers.uid(9)))
    card.set_pop(replace(callers.unknown(name="Eve", call_id="call-2"), interaction_id=callers.uid(9)))
    assert card.form.name.text() == "Eve"


def test_customer_data_is_plain_text(card: CustomerCard) -> None:
    nasty = callers.NASTY
    phones = (PhoneRow(UUID(int=5), "1", "+48601442190", nasty),)
    view = callers.found(name=nasty, alert=nasty, tags=(nasty,), address=nasty, organisation=nasty, phones=phones)
    ticket = callers.ticket(subject=nasty)
    card.set_pop(replace(view, pop=replace(view.pop, tickets=(ticket,)), reason=nasty))
    found = card.found
    for label in (found.name, found.alert, found._match):
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert label.text().replace("\u200b", "").startswith("<b>Ann</b>")
    for widget in (found.tags, found.tickets[0], found._match_row):
        assert "&lt;b&gt;" in widget.toolTip()
        assert "<b>" not in widget.toolTip()
    assert "<b>Ann</b>" in found.tickets[0].accessibleName()
    assert "<b>Ann</b>" in found.avatar.accessibleName()


@pytest.mark.parametrize("size", [100, 150])
@pytest.mark.parametrize("state", ["found", "choose", "unknown", "offline"])
def test_nothing_is_clipped_in_a_long_language(qtbot: QtBot, qapp: QApplication, state: str, size: int) -> None:
    theme.apply(qapp, "light", size)
    ui_audit.pseudo_translate(qapp)
    with screen.afternoon():
        card = CustomerCard()
        screen.show(qtbot, card, theme.px(326), 700)
        long = {"name": "Wolfeschlegelsteinhausenbergerdorff " * 8, "alert": "W" * 300}
        views = {"found": callers.found(**long), "choose": callers.several()}
        card.set_pop(views.get(state) or callers.unknown(state))
        screen.settle(card)
        assert ui_audit.everything(card) == []


def test_what_a_customer_agreed_to_is_a_line_for_each_channel(card: CustomerCard) -> None:
    seen = callers.found()
    assert seen.pop.card is not None
    card.set_pop(seen)
    assert not card.found.consents.isVisible()
    at = clock.now() - timedelta(days=1)
    said = (ConsentRow("call", False, "a letter", at), ConsentRow("email", True, "", at))
    both = replace(seen.pop, card=replace(seen.pop.card, consents=said))
    card.set_pop(replace(seen, pop=both))
    lines = [line.value() for line in card.found.consents.lines if line.isVisible()]
    assert lines == ["Calls: no · Yesterday · a letter", "E-mail: yes · Yesterday"]
    assert card.found.tags.accessibleName().startswith("Do not call")
