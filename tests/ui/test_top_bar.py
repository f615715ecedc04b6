"""The top line: state with its timer and menu, queues with those in trouble always in view, notices, practice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from agent_desktop import clock
from agent_desktop.core.pbx_state import Difference
from agent_desktop.core.views import Notice, PhoneView
from agent_desktop.data.centre_rows import PauseReasonRow
from agent_desktop.data.words import Presence
from agent_desktop.ui import presence_words
from agent_desktop.ui.presence_badge import badge
from agent_desktop.ui.top_bar import TopBar
from tests.support.calls import READY_PHONE, presence, queue

LUNCH, BREAK = PauseReasonRow(uuid4(), "R&D lunch", 1), PauseReasonRow(uuid4(), "Break", 0)


@pytest.fixture
def top(shown) -> TopBar:
    result = TopBar()
    result.set_pause_reasons([LUNCH, BREAK])
    result.set_phone(READY_PHONE)
    result.set_presence(presence())
    return shown(result, 1220)


def entry(menu: QMenu, text: str):
    return next(action for action in menu.actions() if action.text() == text)


def test_the_state_is_in_words_with_its_time(top: TopBar) -> None:
    assert top._state.accessibleName() == "Your state: Ready  2:14"
    top.set_presence(presence(Presence.PAUSED, reason="Lunch", ago_s=61))
    assert top._state.accessibleName() == "Your state: Paused · Lunch  1:01"
    top.set_presence(presence(Presence.TALKING, on_hold=True, pending="Paused · Lunch"))
    assert "On hold" in top._state.accessibleName()
    assert top._pending.text() == "then Paused · Lunch"


def test_what_the_pbx_does_otherwise_is_one_click_from_right(top: TopBar, qtbot) -> None:
    assert not top._pbx.isVisible()
    top.set_presence(presence(pbx=Difference.PAUSED))
    assert (top._pbx.isVisible(), top._pbx.text()) == (True, "PBX: paused")
    assert "no calls come" in top._pbx.toolTip()
    with qtbot.waitSignal(top.pbx_right_wanted):
        qtbot.mouseClick(top._pbx, Qt.MouseButton.LeftButton)
    top.set_presence(presence(Presence.TALKING, pending="Lunch"))
    assert (top._pbx.isVisible(), top._pending.text()) == (False, "then Lunch")


@pytest.mark.parametrize("difference", Difference)
def test_each_difference_has_its_words(difference: Difference) -> None:
    assert presence_words.pbx_short(difference)
    assert presence_words.pbx_long(difference)
    shown = badge(presence(pbx=difference, pending="offline"), READY_PHONE).words
    assert shown == f"Ready · then Offline · {presence_words.pbx_short(difference)}"


def test_a_pause_without_a_reason_is_not_called_so_twice() -> None:
    assert badge(presence(Presence.PAUSED, reason="Paused"), READY_PHONE).words == "Paused"


def test_the_time_goes_on_only_while_it_can_be_seen(top: TopBar, qtbot) -> None:
    top.set_presence(presence(ago_s=133.2))
    qtbot.waitUntil(lambda: top._state.accessibleName().endswith("2:14"))
    top.hide()
    assert not top._clock.isActive()


def test_the_menu_offers_the_states(top: TopBar, qtbot) -> None:
    menu = top.open_state_menu()
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert words == ["Ready", "Paused · Break", "Paused · R&&D lunch", "Offline"]
    with qtbot.waitSignal(top.paused_wanted, check_params_cb=lambda key, said: (key, said) == (LUNCH.id, "R&D lunch")):
        entry(menu, "Paused · R&&D lunch").trigger()
    with qtbot.waitSignal(top.ready_wanted):
        entry(menu, "Ready").trigger()
    with qtbot.waitSignal(top.offline_wanted):
        entry(menu, "Offline").trigger()
    menu.close()


def test_ready_says_why_it_is_not_possible(top: TopBar) -> None:
    top.set_presence(presence(Presence.PAUSED, can_be_ready=False, why_not="no phone"))
    menu = top.open_state_menu()
    ready = menu.actions()[0]
    assert (ready.text(), ready.isEnabled()) == ("Ready (no phone)", False)
    menu.close()


def test_the_reasons_alone_by_keys(top: TopBar, qtbot) -> None:
    menu = top.open_state_menu(reasons_only=True)
    assert [action.text() for action in menu.actions()] == ["Paused · Break", "Paused · R&&D lunch"]
    with qtbot.waitSignal(top.paused_wanted, check_params_cb=lambda key, _said: key == BREAK.id):
        QTest.keyClick(menu, Qt.Key.Key_Return)


def test_queues_show_waiting_and_the_longest_wait(top: TopBar, qtbot) -> None:
    outages = queue("Outages", 7, 278, "bad")
    top.set_queues([queue("Billing", 3, 72), outages])
    QApplication.processEvents()
    names = [e.accessibleName() for e in top._strip._entries]
    assert names == ["Billing: 3 waiting, longest 1:12", "Outages: 7 waiting, longest 4:38, target broken"]
    with qtbot.waitSignal(top.queue_chosen, check_params_cb=lambda key: key == outages.queue.id):
        QTest.mouseClick(top._strip._entries[1], Qt.MouseButton.LeftButton)


def test_a_queue_that_nothing_newer_is_known_of_stands_still(top: TopBar) -> None:
    now = queue("Billing", 3, 72)
    top.set_queues([replace(now, verdict="none", as_of=now.longest_since + timedelta(seconds=30))])
    (entry,) = top._strip._entries
    assert entry.accessibleName().startswith("Billing: 3 waiting, longest 0:30, as of ")
    assert [tone for _role, tone, _text in entry._parts()] == ["text2", "text3", "text3"]


def test_without_room_the_calmest_queues_go_into_the_menu(top: TopBar, shown) -> None:
    views = [queue(f"Queue number {n}", n, 10) for n in range(8)]
    views[7] = queue("Outages", 9, 500, "bad")
    top.set_queues(views)
    top.resize(900, top.height())
    QApplication.processEvents()
    shown_now = top._strip.shown()
    assert views[7] in shown_now
    assert len(shown_now) < 8
    assert top._strip._more.isVisible()
    assert str(8 - len(shown_now)) in top._strip._more.text()


def test_a_broken_target_without_callers_is_a_sign_not_an_alarm(top: TopBar) -> None:
    def tones(waiting: int) -> list[str]:
        top.set_queues([queue("Outages", waiting, 60 if waiting else 0, "bad")])
        return [tone for _role, tone, _text in top._strip._entries[0]._parts()]

    assert tones(7) == ["text2", "bad", "bad", "bad"]
    assert tones(0) == ["text2", "text", "bad", "text3"]


def test_a_phone_that_is_well_gives_its_words_up_for_the_queues(top: TopBar) -> None:
    views = [queue("Outages", 9, 500, "bad"), queue("Billing", 3, 72), queue("Moves", 2, 30)]
    top.set_queues(views)
    top.set_practice(True)
    widths = [width for width in range(1220, 700, -20) if _all_queues(top, width)]
    top.resize(widths[-1], top.height())
    QApplication.processEvents()
    assert not top._phone_text.isVisible()
    top.set_phone(PhoneView("failed", "Not registered: wrong password", ""))
    QApplication.processEvents()
    assert top._phone_text.isVisible(), "trouble keeps its words"
    top.set_phone(READY_PHONE)
    top.resize(1220, top.height())
    QApplication.processEvents()
    assert top._phone_text.isVisible()


def _all_queues(top: TopBar, width: int) -> bool:
    top.resize(width, top.height())
    QApplication.processEvents()
    return len(top._strip.shown()) == 3


def test_arrows_move_between_queues(top: TopBar) -> None:
    top.set_queues([queue("Billing"), queue("Outages")])
    QApplication.processEvents()
    first, second = top._strip._entries
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert QApplication.focusWidget() is second
    assert not second.focusPolicy() & Qt.FocusPolicy.TabFocus & ~Qt.FocusPolicy.ClickFocus


def test_the_phones_trouble_is_a_word_and_an_icon(top: TopBar) -> None:
    top.set_phone(PhoneView("failed", "Not registered: wrong password", "Check <Settings>"))
    assert top._phone.accessibleName() == "Phone: Not registered: wrong password"
    assert top._phone_icon._name == "triangle-alert"
    assert "&lt;Settings&gt;" in top._phone.toolTip()


def test_notices_are_counted_until_seen(top: TopBar, shown) -> None:
    for text in ("one", "two"):
        top.add_notice(Notice(text))
    assert "2" in top._bell.accessibleName()
    top._bell.click()
    assert top._notices.isVisible()
    assert top._bell.accessibleName() == "Notices"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not top._notices.isVisible()


def test_practice_is_marked_and_its_pace_can_be_changed(top: TopBar, qtbot) -> None:
    assert not top._practice.isVisible()
    top.set_practice(True, 4.0)
    assert top._practice.isVisible()
    assert "4×" in top._practice.accessibleName()
    menu = top._practice.open_menu()
    with qtbot.waitSignal(top.practice_speed, check_params_cb=lambda speed: speed == 2.0):
        entry(menu, "2 times faster").trigger()
    with qtbot.waitSignal(top.practice_call_wanted):
        entry(menu, "Ring me a practice call now").trigger()
    menu.close()


def test_search_asks_for_the_palette(top: TopBar, qtbot) -> None:
    with qtbot.waitSignal(top.search_wanted):
        QTest.mouseClick(top._search, Qt.MouseButton.LeftButton)


def test_a_queue_nobody_waits_in_shows_a_dash(top: TopBar) -> None:
    top.set_queues([queue("Moves")])
    assert top._strip._entries[0].accessibleName() == "Moves: 0 waiting, longest –"


def test_since_may_lie_in_the_future(top: TopBar) -> None:
    """A server's clock a second ahead of ours must not show a negative time."""
    view = presence()
    top.set_presence(type(view)(Presence.READY, clock.now() + timedelta(seconds=2)))
    assert top._state.accessibleName().endswith("0:00")
