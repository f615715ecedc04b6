"""Every page at the sizes, text sizes, directions and in the pseudo-language it must work in."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from agent_desktop.core.report_wish import Kind
from agent_desktop.data.rows import Duplicate
from agent_desktop.data.words import Likeness
from agent_desktop.server_address import ServerAddress
from agent_desktop.settings import Phone, Settings
from agent_desktop.ui import theme
from agent_desktop.ui.admin_page import AdminPage
from agent_desktop.ui.calls_page import CallsPage
from agent_desktop.ui.customers_page import CustomersPage
from agent_desktop.ui.first_run import ACCOUNT, CENTRE, FirstRunPage
from agent_desktop.ui.manual_entry import ManualEntry
from agent_desktop.ui.reports_page import ReportsPage
from agent_desktop.ui.settings_page import SettingsPage
from agent_desktop.ui.sign_in_card import SignInCard
from agent_desktop.ui.tickets_page import TicketsPage
from tests.support import admin_rows, report_rows, screen, ui_audit
from tests.support import page_rows as rows


def calls_page() -> QWidget:
    page = CallsPage()
    page.set_queues(rows.QUEUES)
    page.list.reload()
    lines = rows.calls()
    page.set_calls(page.call_filter(), lines, total=214, complete=True)
    page.choose(lines[0].id)
    page.set_page(rows.interaction(lines[0]))
    page.list.set_trouble("The database does not answer", "New calls are kept and appear when it does")
    return page


def customers_page() -> CustomersPage:
    page = CustomersPage()
    page.set_region("PL")
    page.list.reload()
    page.set_customers("", rows.customer_lines(), 100_213)
    page.open(rows.uid(1002))
    page.set_card(rows.card(2), rows.history(), 38, rows.tickets(3))
    page.card.set_duplicates(rows.uid(1002), (Duplicate(rows.customer_lines()[0], tuple(Likeness)),))
    assert page.card.found.duplicate.other() is not None
    return page


def editor() -> QWidget:
    page = customers_page()
    page.edit()
    page.editor._inputs["alert"].setPlainText("Mine")
    page.editor.refused(rows.uid(1002), "Somebody changed it.", rows.card(2, version=4, alert="Theirs, and long " * 9))
    return page


def tickets_page() -> QWidget:
    page = TicketsPage()
    page.set_agents(rows.AGENTS)
    page.list.reload()
    lines = rows.tickets()
    page.set_tickets(page.tickets_filter(), lines, total=20)
    page.show_customer(rows.uid(1002), rows.NAMES[2])
    page.set_tickets(page.tickets_filter(), lines, total=20)
    page.open(lines[2].id)
    page.set_page(rows.ticket(lines[2]))
    return page


def settings(group: str) -> Callable[[], QWidget]:
    def make() -> QWidget:
        page = SettingsPage(Settings(phone=Phone(mode="account", user="201", domain="pbx.example.com")))
        page.set_devices(("A headset with quite a long name, USB Audio (hw:2,0)",), ())
        page.open_group(group)
        page.set_tried("+48 601 442 190, Poland")
        return page

    return make


def first_run() -> QWidget:
    page = FirstRunPage()
    page.use.choose(CENTRE)
    page.phone.choose(ACCOUNT)
    page.finish()
    return page


def sign_in() -> QWidget:
    card = SignInCard(ServerAddress("db.a-long-name-of-a-centre.example:5433", "centre", "dana.okafor-with-more"))
    card.change_server.click()
    card.set_remark("There is no keyring here: the password is kept until the program ends.")
    card.set_trouble("db.a-long-name-of-a-centre.example does not answer.", "Check the network.", offline=True)
    return card


def manual_entry() -> QWidget:
    form = ManualEntry("PL")
    form.start(rows.DISPOSITIONS)
    form.number.setText("601 442 190")
    form.save()
    return form


def admin(key: str) -> Callable[[], QWidget]:
    def make() -> QWidget:
        page = AdminPage()
        page.set_now(admin_rows.NOW)
        section = page.open(key)
        section._choose(section.table.rows_model.rows[0])
        field = next(box for box in section.editor.boxes.values() if box.field.kind == "text")
        field.control.set_value("Mine, and this is quite long")
        stored = section.editor.shown()
        assert stored is not None
        section.editor.refused(stored.id, "Somebody else has changed this meanwhile. Nothing of yours was stored.")
        field.set_theirs("Theirs, and long " * 4)
        return page

    return make


def reports(kind: Kind) -> Callable[[], QWidget]:
    def make() -> QWidget:
        page = ReportsPage()
        page.set_catalogue([(row.id, row.label) for row in report_rows.QUEUES], [])
        page.schedules.show()
        page.choose(kind)
        page.set_report(report_rows.report(page.wish()))
        page.banner.set("The database does not answer", "What is shown was counted before")
        return page

    return make


PAGES: dict[str, Callable[[], QWidget]] = {
    "calls": calls_page,
    "customers": customers_page,
    "editor": editor,
    "tickets": tickets_page,
    "first_run": first_run,
    "sign_in": sign_in,
    "manual_entry": manual_entry,
    **{f"admin_{key}": admin(key) for key in ("people", "queues", "handoff", "centre")},
    **{f"settings_{group}": settings(group) for group in ("phone", "look")},
    **{f"reports_{kind.value}": reports(kind) for kind in (Kind.QUEUES, Kind.CALLS, Kind.ABANDONED)},
}
_ALONE = ("first_run", "sign_in")  # windows of their own, without the frame
# What the frame around a page (rail 60, top bar 52, call bar 76) leaves of the window, all three scaled with the text.
LOOKS: dict[str, tuple[int, int, int, bool, bool]] = {  # width, height, text size, right to left, pseudo-language
    "1440x900": (1380, 772, 100, False, False),
    "1280x720": (1220, 592, 100, False, False),
    "150%": (1190, 528, 150, False, False),
    "rtl": (1220, 592, 100, True, False),
    "pseudo": (1220, 592, 100, False, True),
}


@pytest.fixture(autouse=True)
def _afternoon() -> Iterator[None]:
    with screen.afternoon():
        yield


def build(qtbot: QtBot, qapp: QApplication, name: str, look: str) -> QWidget:
    width, height, size, mirrored, pseudo = LOOKS[look]
    theme.apply(qapp, "light", size)
    if mirrored:
        ui_audit.right_to_left(qapp)
    if pseudo:
        ui_audit.pseudo_translate(qapp)
    with ui_audit.Flashes() as flashes:
        page = PAGES[name]()
    assert not flashes.seen
    if name in _ALONE:
        height += 128
    screen.show(qtbot, page, width if name not in ("manual_entry", "sign_in") else 0, height)
    return page


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_clipped_hidden_unnamed_rich_or_out_of_reach(
    qtbot: QtBot, qapp: QApplication, name: str, look: str
) -> None:
    page = build(qtbot, qapp, name, look)
    assert not ui_audit.everything(page)
    assert page.width() <= LOOKS[look][0], "the page needs more room than there is"
    assert page.height() <= LOOKS[look][1] + (128 if name in _ALONE else 0)
    too_wide = [area for area in page.findChildren(QScrollArea) if _wider_than_its_area(area)]
    assert not too_wide
    assert not _rich_texts(page), "data must be shown, never interpreted"
    assert not _missed_by_tab(page)


def _wider_than_its_area(area: QScrollArea) -> bool:
    return area.isVisible() and area.widget().minimumSizeHint().width() > area.viewport().width()


def _rich_texts(page: QWidget) -> list[str]:
    texts = [
        label.text()
        for label in page.findChildren(QLabel)
        if label.text() and label.textFormat() != Qt.TextFormat.PlainText
    ]
    return texts + [label.toolTip() for label in page.findChildren(QLabel) if "<b>" in label.toolTip()]


def _missed_by_tab(page: QWidget) -> list[str]:
    page.activateWindow()
    reached: set[QWidget] = set()
    for _ in range(200):
        page.focusNextChild()
        focused = page.focusWidget()
        if focused is None or focused in reached:
            break
        reached.add(focused)
    wanted = {
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    missed = {w for w in wanted - reached if not any(w.isAncestorOf(r) or r.isAncestorOf(w) for r in reached)}
    return [f"{type(widget).__name__} {widget.accessibleName()}" for widget in missed]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_live_switch_of_look_keeps_everything_in_place(qtbot: QtBot, qapp: QApplication, mode: str) -> None:
    page = build(qtbot, qapp, "calls", "1440x900")
    theme.apply(qapp, mode, 130)
    screen.settle(page)
    assert not ui_audit.clipped_labels(page)
    assert not ui_audit.overlapping(page)
