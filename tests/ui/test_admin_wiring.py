"""Administration at a real workstation on a file: stored at once, told, taken back, and a given phone taken over."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from agent_desktop.data import admin_people
from agent_desktop.data.admin_rows import PhoneRecord
from agent_desktop.data.db import Database
from agent_desktop.ui.admin_page import AdminPage
from agent_desktop.ui.main_window import MainWindow
from tests.support.workstation import Bench


@pytest.fixture
def bench(tmp_path: Path, qapp: QApplication) -> Iterator[Bench]:
    made = Bench(tmp_path / "desk").start()
    yield made
    made.stop()


@pytest.fixture
def window(bench: Bench, shown) -> Iterator[MainWindow]:
    assert bench.core is not None
    made = shown(MainWindow(bench.core), 1280, 720)
    bench.until(lambda: made.admin_wiring.allowed, "whoever has the file may")
    yield made
    bench.stop()  # before the window is gone that it tells


def opened(bench: Bench, window: MainWindow) -> AdminPage:
    window.action("admin").trigger()
    page = window.admin_wiring.page
    assert page is not None
    bench.until(lambda: page.pages["people"].table.rows_model.rows, "the people are there")
    return page


def test_an_edit_is_stored_told_and_taken_back(bench: Bench, window: MainWindow) -> None:
    page = opened(bench, window)
    section = page.open("queues")
    section.table.choose_first()
    queue = section.editor.shown()
    assert queue is not None
    section.editor.boxes["wrap_up_s"].control.set_value(77)
    window.action("save_draft").trigger()
    query = "SELECT wrap_up_s, version FROM queue WHERE id = ?"
    bench.until(lambda: bench.rows(query, queue.id.bytes) == [(77, 2)], "it is stored")
    bench.until(lambda: not section.editor.dirty(), "and shown")
    bench.until(lambda: bench.session.centre.queue(queue.name).wrap_up_s == 77, "the desk works by it")
    notice = window.shell.toasts._shown[-1].notice
    assert notice.undo
    window.shell.undo.emit(notice)
    bench.until(lambda: bench.rows(query, queue.id.bytes) == [(45, 3)], "it is taken back")
    bench.until(lambda: section.editor.boxes["wrap_up_s"].control.value() == 45, "and shown")
    section.editor.tabs.setCurrentIndex(1)
    history = section.editor.history
    bench.until(lambda: len(history.table.rows_model.rows) == 2, "both stand in the history")
    assert history.table.rows_model.rows[0].what == "Wrap-up: 77 s → 45 s"


def test_what_somebody_else_stored_first_is_told(bench: Bench, window: MainWindow) -> None:
    page = opened(bench, window)
    section = page.open("teams")
    section.table.choose_first()
    team = section.editor.shown()
    assert team is not None
    section.editor.boxes["name"].control.set_value("Mine")
    other = Database.open(bench.profile.database_file)
    with other.write() as session:
        admin_people.save(session, replace(team, name="Theirs"))
    other.close()
    section.editor.try_save()
    box = section.editor.boxes["name"]
    bench.until(lambda: "Theirs" in box._theirs.text(), "theirs stands beside mine")
    assert box.control.value() == "Mine"
    bench.until(section.editor._trouble.isVisible, "and it is said")
    section.editor.try_save()
    bench.until(lambda: bench.rows("SELECT name FROM team WHERE version = 3") == [("Mine",)], "now it is stored")


def test_a_phone_that_was_given_is_taken_over(bench: Bench, window: MainWindow) -> None:
    page = opened(bench, window)
    dana = bench.session.agent
    page.save.emit(PhoneRecord(dana.id, server="127.0.0.1:9", account="101", transport="tcp", srtp="preferred"))
    bench.until(lambda: bench.session.settings.phone.domain == "127.0.0.1:9", "the desk has taken it over")
    phone = bench.session.settings.phone
    assert (phone.mode, phone.user, phone.transport, phone.srtp) == ("account", "101", "tcp", "preferred")
    assert 'user = "101"' in bench.profile.settings_file.read_text()
    assert not any("password" in name for name, *_ in bench.rows("SELECT name FROM pragma_table_info('agent_phone')"))
