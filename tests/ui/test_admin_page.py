"""Administration by hand and by keys: found, typed, stored, refused, taken back; nothing typed is lost."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_desktop.data.admin_rows import HistoryEntry, QueueRecord, Record, TeamRecord
from agent_desktop.ui.admin_fields import People
from agent_desktop.ui.admin_page import AdminPage, SectionPage
from agent_desktop.ui.admin_password import HandOver
from tests.support import admin_rows as rows
from tests.support import ui_audit


@pytest.fixture
def page(shown) -> AdminPage:
    made = AdminPage()
    made.set_now(rows.NOW)
    return shown(made, 1220, 592)


def chosen(page: AdminPage, key: str, number: int = 0) -> SectionPage:
    section = page.open(key)
    section.table.selectRow(number)
    return section


def type_into(section: SectionPage, name: str, text: str) -> None:
    widget = section.editor.boxes[name].control.widget
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(widget, text)


def test_what_is_typed_is_found_in_names_logins_and_teams(page: AdminPage) -> None:
    section = page.open("people")
    page.focus_filter()
    assert QApplication.focusWidget() is section.query
    for words, names in (("nowak", ["Anna Nowak"]), ("billing lind", ["Jonas Lind"]), ("admin", ["Anna Nowak"])):
        section.query.setText(words)
        assert [person.name for person in section.table.rows_model.rows] == names
    section.query.setText("ed ended")
    assert section.states.shown() == "message"  # is switched off
    section.off.click()
    assert [person.name for person in section.table.rows_model.rows] == ["Ed Ended"]
    QTest.keyClick(section.query, Qt.Key.Key_Return)
    assert section.table.hasFocus()
    QTest.keyClick(section.table, Qt.Key.Key_Return)
    assert section.editor.boxes["name"].control.widget.hasFocus()


def test_an_edit_goes_out_whole_and_ends_when_it_is_stored(page: AdminPage, qtbot) -> None:
    section = chosen(page, "people", 1)
    before = section.editor.shown()
    type_into(section, "extension", "190")
    section.editor.boxes["team_id"].control.set_value(rows.MOVES)
    with qtbot.waitSignal(page.save) as sent:
        assert page.save_now()
    record = sent.args[0]
    assert record == replace(before, extension="190", team_id=rows.MOVES)
    assert not page.save_now()  # it is on its way
    people = tuple(replace(record, version=2) if p.id == record.id else p for p in rows.NOW.people)
    page.set_now(replace(rows.NOW, people=people))
    assert not section.editor.dirty()
    assert section.editor.shown() == replace(record, version=2)


def test_what_is_needed_has_the_focus(page: AdminPage, qtbot) -> None:
    section = page.open("queues")
    section.table.setFocus()
    QTest.keyClick(section.table, Qt.Key.Key_Insert)
    assert section.editor.is_new()
    QTest.keyClicks(QApplication.focusWidget(), "Gas")
    with qtbot.assertNotEmitted(page.save):
        page.save_now()
    assert section.editor.boxes["name"].control.widget.hasFocus()
    QTest.keyClicks(QApplication.focusWidget(), "gas")
    people = section.editor.boxes["members"].control
    assert isinstance(people, People)
    people.query.setText("dana")
    people.list.item(0).setCheckState(Qt.CheckState.Checked)
    section.editor.boxes["sl_target"].control.set_value(0.9)
    with qtbot.waitSignal(page.save) as sent:
        page.save_now()
    made: QueueRecord = sent.args[0]
    assert (made.version, made.label, made.name, made.sl_target, made.members) == (0, "Gas", "gas", 0.9, (rows.DANA,))


def test_two_who_edit_one_record_lose_nothing(page: AdminPage) -> None:
    section = chosen(page, "queues")
    type_into(section, "label", "Mine")
    section.editor.boxes["wrap_up_s"].control.set_value(90)
    page.save_now()
    billing = rows.NOW.queues[0]
    section.editor.refused(billing.id, "Somebody else has changed this meanwhile.")
    theirs = replace(billing, version=2, label="Theirs", sl_target=0.7)
    page.set_now(replace(rows.NOW, queues=(theirs, *rows.NOW.queues[1:])))
    editor = section.editor
    assert editor.boxes["label"].control.value() == "Mine"
    assert "Theirs" in editor.boxes["label"]._theirs.text()
    assert editor.boxes["label"]._clash.isVisible()
    assert editor.boxes["sl_target"].control.value() == 0.7  # not touched here: follows
    assert editor._trouble.isVisible()
    editor.boxes["label"]._take.click()
    assert editor.boxes["label"].control.value() == "Theirs"
    assert not editor.boxes["label"]._clash.isVisible()
    assert editor.dirty() == {billing.id}  # the wrap-up time is still to be stored
    chosen(page, "queues", 1)
    chosen(page, "queues", 0)
    assert editor.boxes["wrap_up_s"].control.value() == 90
    editor.drop_button.click()
    assert not editor.dirty()


def test_off_by_a_key_and_what_belongs_to_a_server_only(page: AdminPage, qtbot) -> None:
    section = chosen(page, "teams")
    section.table.setFocus()
    with qtbot.waitSignal(page.switched) as sent:
        QTest.keyClick(section.table, Qt.Key.Key_Delete)
    assert sent.args[0] == replace(rows.NOW.teams[0], active=False)
    people = chosen(page, "people")
    assert people.editor.boxes["role"].isVisible()
    assert people.editor.password.isVisible()
    assert not people.editor.boxes["login"].control.widget.isEnabled()
    on_file = tuple(replace(person, role="") for person in rows.NOW.people)
    page.set_now(replace(rows.NOW, server=False, me=None, people=on_file))
    assert not people.editor.boxes["role"].isVisible()
    assert not people.editor.password.isVisible()
    assert people.editor.boxes["login"].control.widget.isEnabled()


def test_a_phone_begins_with_what_the_others_have(page: AdminPage) -> None:
    section = page.open("phones")
    fresh = next(p for p in section.table.rows_model.rows if not p.version)
    assert (fresh.server, fresh.transport, fresh.active) == ("pbx.centre.example", "tls", False)
    assert fresh.account == next(p.extension for p in rows.NOW.people if p.id == fresh.id)
    assert not any("password" in name for name in section.editor.boxes)


def test_the_history_speaks_in_names(page: AdminPage, qtbot) -> None:
    section = chosen(page, "people", 1)
    with qtbot.waitSignal(page.history_wanted) as asked:
        section.editor.tabs.setCurrentIndex(1)
    record: Record = asked.args[0]
    at = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    changes = (
        ("agent", "extension", "101", "190"),
        ("agent", "team_id", str(rows.BILLING), str(rows.MOVES)),
        ("agent", "active", False, True),
        ("agent", "one_time", False, True),
    )
    entries = (
        HistoryEntry(4, at, "anna", "update", changes),
        HistoryEntry(3, at, "gone", "grant", (), "team_lead"),
        HistoryEntry(2, at, "anna", "insert", (("team_lead", "agent_id", None, str(rows.DANA)),)),
        HistoryEntry(1, at, "anna", "insert", (("agent", "name", None, "Dana"),)),
    )
    section.editor.set_history(rows.NOW.people[2], entries)
    assert not section.editor.history.table.rows_model.rows  # about another one: too late
    section.editor.set_history(record, entries)
    lines = section.editor.history.table.rows_model.rows
    assert [line.what for line in lines] == [
        "Extension: 101 → 190", "Team: Billing → Moves", "Switched on", "A password was handed over",
        "Login: Team lead", "Added Dana Okafor", "Added",
    ]  # fmt: skip
    assert {line.who for line in lines} == {"Anna Nowak", "gone"}
    section.editor.set_history(record, ())
    assert section.editor.history.states.shown() == "message"


def test_a_password_is_shown_to_be_handed_over(shown, qtbot) -> None:
    card = shown(HandOver("Kim <b>Lee</b>", "kim", "abcd-efgh-jkmn-pqrs"), 440)
    assert not ui_audit.everything(card)
    card.copy.click()
    assert QGuiApplication.clipboard().text() == "abcd-efgh-jkmn-pqrs"
    with qtbot.waitSignal(card.closed):
        QTest.keyClick(card.done, Qt.Key.Key_Escape)


def test_a_new_team_that_is_dropped_leaves_nothing(page: AdminPage) -> None:
    section = page.open("teams")
    section.new.click()
    QTest.keyClicks(QApplication.focusWidget(), "Night")
    fresh = section.editor.shown()
    assert isinstance(fresh, TeamRecord)
    chosen(page, "teams", 0)
    section.new.click()  # taken up again
    assert section.editor.shown() == fresh
    section.editor.drop_button.click()
    assert section.editor.shown() != fresh
    assert not section.editor.dirty()
    section.new.click()
    assert section.editor.shown() != fresh


def test_the_map_of_headers_begins_with_the_centres_own_rules(page: AdminPage, qtbot) -> None:
    section = page.open("handoff")
    names = [record.name for record in section.table.rows_model.rows]
    assert names[:3] == ["X-Northgate-Loyalty-Card-And-Tier", "NATIONAL_ID", "X-IVR-Card-Number"]
    assert {"X-Queue", "User-to-User", "AD_ACCOUNT", "AgentDesktopSecret.*"} < set(names)
    section.query.setText("dnis")
    section.table.selectRow(0)
    before = section.editor.shown()
    assert (before.name, before.version) == ("X-DNIS", 0)
    assert not section.editor.boxes["name"].control.widget.isEnabled()
    type_into(section, "field", "dialled_again")
    with qtbot.waitSignal(page.save) as sent:
        assert page.save_now()
    assert sent.args[0] == replace(before, field="dialled_again")
    own = (*rows.NOW.handoff_rules, replace(sent.args[0], version=1))
    page.set_now(replace(rows.NOW, handoff_rules=own))
    assert [(r.version, r.field) for r in section.table.rows_model.rows] == [(1, "dialled_again")]
