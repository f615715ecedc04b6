"""The frame: pages built when wanted, offered without taking anybody out of a text, and Tab in the right order."""

from uuid import uuid4

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from agent_desktop.core.states import CallState
from agent_desktop.core.views import Notice
from agent_desktop.data.words import Presence
from agent_desktop.ui import actions, ask, theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.overlay import Overlay, Toast
from agent_desktop.ui.shell import Shell, is_typing
from tests.support import ui_audit
from tests.support.calls import READY_PHONE, call, presence, queue


class Page(QWidget):
    built = 0

    def __init__(self, name: str) -> None:
        super().__init__()
        Page.built += 1
        self.notes, self.button = QPlainTextEdit(), QPushButton(name)
        self.notes.setAccessibleName("Notes")
        self.button.setFixedHeight(60)
        layout = QVBoxLayout(self)
        layout.addWidget(self.notes)
        layout.addWidget(self.button)


class Window(QMainWindow):
    def __init__(self) -> None:
        super().__init__()
        self.shell = Shell()
        self.setCentralWidget(self.shell)
        for name in ("workspace", "tickets"):
            self.shell.add_page(name, lambda name=name: Page(name))
        self.shell.show_page("workspace")
        self.shell.call_bar.set_phone(READY_PHONE)


@pytest.fixture
def window(shown) -> Window:
    return shown(Window(), 1280, 720)


def test_a_page_is_built_when_it_is_first_shown(window: Window) -> None:
    before = Page.built
    assert window.shell.built("tickets") is None
    window.shell.show_page("tickets")
    window.shell.show_page("workspace")
    window.shell.show_page("tickets")
    assert Page.built == before + 1
    assert window.shell.current() == "tickets"


def test_the_rail_offers_only_pages_that_exist(window: Window) -> None:
    entries = window.shell.rail._entries
    assert [name for name, entry in entries.items() if not entry.isHidden()] == [
        "workspace", "tickets", "sheet", "settings",
    ]  # fmt: skip


def test_a_ring_does_not_take_the_agent_out_of_a_text(window: Window) -> None:
    shell = window.shell
    page = shell.show_page("tickets")
    page.notes.setFocus()
    QTest.keyClicks(page.notes, "as agreed")
    shell.call_bar.set_calls([call(CallState.RINGING)])
    assert not shell.offer_page("workspace")
    assert QApplication.focusWidget() is page.notes
    assert "attention" in shell.rail._entries["workspace"].accessibleName()
    shell.show_page("workspace")
    assert "attention" not in shell.rail._entries["workspace"].accessibleName()


def test_otherwise_the_page_is_shown(window: Window) -> None:
    window.shell.show_page("tickets").button.setFocus()
    assert window.shell.offer_page("workspace")
    assert window.shell.current() == "workspace"


def test_a_card_that_is_open_keeps_its_page(window: Window) -> None:
    window.shell.show_page("tickets")
    ask.text(window, "Name?", "Name", lambda _name: None)
    assert not window.shell.offer_page("workspace")


def test_typing_means_a_text_in_the_making(window: Window, qtbot) -> None:
    field = QLineEdit()
    window.shell.show_page("workspace").layout().addWidget(field)
    QApplication.processEvents()
    field.setFocus()
    assert not is_typing()
    field.setText("x")
    assert is_typing()
    field.setReadOnly(True)
    assert not is_typing()


def test_the_dial_field_has_the_focus_at_the_start(window: Window) -> None:
    assert QApplication.focusWidget() is window.shell.call_bar.field


def test_tab_goes_call_bar_page_top_line_rail(window: Window) -> None:
    shell, order = window.shell, []
    groups = {"call bar": shell.call_bar, "page": shell._pages, "top": shell.top_bar, "rail": shell.rail}
    page = shell.built("workspace")
    page.notes.setTabChangesFocus(True)
    for _ in range(40):
        focused = QApplication.focusWidget()
        name = next(name for name, group in groups.items() if group.isAncestorOf(focused))
        if not order or order[-1] != name:
            order.append(name)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is shell.call_bar.field:
            break
    assert order == ["call bar", "page", "top", "rail"]
    QTest.keyClick(shell.call_bar.field, Qt.Key.Key_Backtab)
    assert shell.rail.isAncestorOf(QApplication.focusWidget())


def test_the_rail_is_one_tab_stop_and_arrows_move(window: Window, qtbot) -> None:
    entry = window.shell.rail._entries["workspace"]
    entry.setFocus()
    with qtbot.waitSignal(window.shell.rail.chosen, check_params_cb=lambda name: name == "tickets"):
        QTest.keyClick(entry, Qt.Key.Key_Down)


def test_tab_stays_inside_a_card(window: Window) -> None:
    card = ask.text(window, "Name?", "Name", lambda _name: None)
    for _ in range(6):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert card.isAncestorOf(QApplication.focusWidget())


def test_a_call_that_rings_can_be_answered_over_a_card(window: Window, qtbot) -> None:
    ask.text(window, "Name?", "Name", lambda _name: None)
    shell = window.shell
    shell.call_bar.set_calls([call(CallState.RINGING)])
    QApplication.processEvents()
    answer = next(b for b in shell.call_bar.findChildren(Button) if b.isVisible() and b.text() == "Answer")
    at = answer.mapTo(window, answer.rect().center())
    assert window.childAt(at) is answer  # not the dimmed layer
    shell.call_bar.set_calls([])
    assert isinstance(window.childAt(at), Overlay)


def test_a_notice_is_shown_takes_no_focus_and_can_be_undone(window: Window, qtbot) -> None:
    page = window.shell.show_page("tickets")
    page.notes.setFocus()
    notice = Notice("Callback done", "ok", undo="Undo", token=uuid4())
    window.shell.notify(notice)
    QApplication.processEvents()
    assert window.shell.toasts.texts() == ["Callback done"]
    assert QApplication.focusWidget() is page.notes
    toast = window.findChild(Toast)
    undo = next(b for b in toast.findChildren(Button) if b.text() == "Undo")
    with qtbot.waitSignal(window.shell.undo, check_params_cb=lambda said: said is notice):
        QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert window.shell.toasts.texts() == []
    assert "1" in window.shell.top_bar._bell.accessibleName()


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_notice_covers_no_button_no_field_and_nothing_that_is_spared(
    window: Window, direction: Qt.LayoutDirection
) -> None:
    window.setLayoutDirection(direction)
    window.resize(1280, 720)
    page = window.shell.show_page("tickets")
    page.notes.setMaximumHeight(240)
    QApplication.processEvents()
    for text in ("The other side did not take the call, and you still have both calls. " * 3, "Saved", "Copied"):
        window.shell.notify(Notice(text, "bad"))
    QApplication.processEvents()
    toasts = window.findChildren(Toast)
    spots = [toast.geometry() for toast in toasts]
    shell = window.shell
    parts = [shell.rail, shell.top_bar, shell.call_bar, *page.findChildren(QLineEdit), *page.findChildren(Button)]
    parts += page.findChildren(QPlainTextEdit)
    for spot in spots:
        assert shell.rect().contains(spot)
        assert not [part for part in parts if part.isVisible() and spot.intersects(within(part, shell))]
        assert not [other for other in spots if other is not spot and other.intersects(spot)]
    # it stays while it may, and makes way for what comes up under it
    shell.toasts._place()
    assert [toast.geometry() for toast in toasts] == spots
    field = QLineEdit(page)
    field.setGeometry(spots[0].translated(-page.mapTo(shell, QPoint(0, 0))))
    field.show()
    shell.toasts._place()
    assert [toast.geometry() != spot for toast, spot in zip(toasts, spots, strict=True)] == [True, False, False]


def within(part: QWidget, window: QWidget) -> QRect:
    return QRect(part.mapTo(window, QPoint(0, 0)), part.size())


def test_at_most_three_notices_and_no_doubles(window: Window) -> None:
    for text in ("a", "b", "b", "c", "d"):
        window.shell.notify(Notice(text))
    assert window.shell.toasts.texts() == ["b", "c", "d"]


def test_banners_by_key(window: Window, qtbot) -> None:
    banners = window.shell.banners
    banners.set("db", "The database is away", advice="Your notes are kept here.", action="Try again")
    banners.set("phone", "No registration", kind="bad")
    assert banners.keys() == ["db", "phone"]
    with qtbot.waitSignal(banners.acted, check_params_cb=lambda key: key == "db"):
        next(b for b in banners.findChildren(Button) if b.text() == "Try again").click()
    banners.set("db", "")
    banners.clear("phone")
    assert banners.keys() == []
    assert not banners.isVisible()


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900)])
@pytest.mark.parametrize("text_size", [100, 150])
@pytest.mark.parametrize("pseudo", [False, True])
def test_the_frame_fits(shown, qapp, size: tuple[int, int], text_size: int, pseudo: bool) -> None:
    theme.apply(qapp, "light", text_size)
    if pseudo:
        ui_audit.pseudo_translate(qapp)
        ui_audit.right_to_left(qapp)
    window = Window()
    shell = window.shell
    shell.top_bar.set_agent("Dana Okafor")
    shell.top_bar.set_phone(READY_PHONE)
    shell.top_bar.set_presence(presence(Presence.PAUSED, reason="Team meeting", pending="Ready"))
    shell.top_bar.set_queues([queue("Billing", 3, 72), queue("Outages", 7, 278, "bad"), queue("Sales", 1, 2, "warn")])
    shell.top_bar.set_practice(True, 4.0)
    shell.banners.set("db", "The database is not reachable.", advice="Notes are kept here. " * 6, action="Try again")
    shown(window, *size)
    shell.notify(Notice("The ticket was changed by somebody else meanwhile; your comment was added. " * 2, undo="Undo"))
    QApplication.processEvents()
    assert not ui_audit.everything(window)


def test_every_action_has_a_screen_or_a_key(window: Window) -> None:
    assert set(actions.SCREENS) <= set(window.shell.rail._entries)
