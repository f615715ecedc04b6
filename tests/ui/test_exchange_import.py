"""The cards of import and export: each page fits, keys alone are enough, and a real import goes through and back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from agent_desktop import tasks
from agent_desktop.core.exchange import Exchange
from agent_desktop.core.store import Store
from agent_desktop.data import customers
from agent_desktop.data.db import Database
from agent_desktop.data.exchange.compare import Verdict
from agent_desktop.data.exchange.importing import Problem, Progress
from agent_desktop.data.exchange.source import look_at
from agent_desktop.data.exchange.undo import Run, Stays
from agent_desktop.data.ids import new_id
from agent_desktop.data.journal import Journal
from agent_desktop.ui.exchange_export import ExportCard
from agent_desktop.ui.exchange_import import ImportCard
from tests.support import screen, ui_audit
from tests.support.made_once import empty_database

LONG = "Großkowalczyk-von der Hohenwarte und Söhne, Internationale Verwaltungsgesellschaft"
FILE = f"Wer;Firma;Telefon geschäftlich\nŁucja {LONG};{LONG};0048 601 442 190\nJan;<b>x</b>;call me\n"
PROBLEMS = tuple(Problem(at, Verdict.REJECTED, LONG) for at in range(1, 200))
RESULT = Progress(1_234_567, 1.0, 1_200_000, 30_000, 4_000, 567, PROBLEMS, True)


@pytest.fixture
def card(qtbot: QtBot) -> ImportCard:
    made = ImportCard()
    screen.show(qtbot, made, 0, 0)
    return made


def texts(card: ImportCard | ExportCard) -> str:
    return "\n".join(one.text() for one in card.findChildren(QLabel) if one.isVisible())


def test_every_page_fits(qtbot: QtBot, card: ImportCard, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(FILE, encoding="cp1252", errors="replace")
    source = look_at(tmp_path / "list.csv")
    pages = (
        lambda: None,
        lambda: card.set_source(source, source.first_rows(), source.preview()),
        lambda: card.set_progress("import", 0.4),
        lambda: card.set_checked(RESULT),
        lambda: card.set_imported(RESULT),
        lambda: card.set_trouble("The database is not there.", "Check the path."),
    )
    for page in pages:
        page()
        card.adjustSize()
        screen.settle(card)
        assert not ui_audit.everything(card)
        assert card.height() <= 672, "fits over a window of 720 lines"
    made = ExportCard()
    made.start("nowak", Path("/a/folder"))
    screen.show(qtbot, made, 0, 0)
    made.set_exported(Path("/a/folder/customers.xlsx"), 12_000)
    made.adjustSize()
    screen.settle(made)
    assert not ui_audit.everything(made)
    made.kind.choose("csv")
    assert made.path.text() == "/a/folder/customers.csv"
    with qtbot.waitSignal(made.export_wanted) as told:
        made.run.click()
    assert told.args == [Path("/a/folder/customers.csv"), "csv", "nowak"]


def a_run(stays: Stays | None, at: int = 0, **counts: int) -> Run:
    return Run(new_id(), datetime(2026, 11, 21, 9, at, tzinfo=UTC), "ines", f"{LONG}.csv", "done", counts, stays)


def test_earlier_imports_are_taken_back_or_say_why_not(qtbot: QtBot, card: ImportCard) -> None:
    runs = [a_run(None, 9, new=1_234_567, rejected=3), *(a_run(why, new=2) for why in Stays), a_run(None), a_run(None)]
    card.past.set_runs(runs)
    card.adjustSize()
    screen.settle(card)
    assert not ui_audit.everything(card)
    assert card.height() <= 672
    said = texts(card)
    for words in (
        f"{QLocale().toString(1_234_567)} new, 3 rejected",
        "Taken back",
        "figures were made",
        "Stored nothing",
        "Too old",
    ):
        assert words in said
    first = card.past.buttons[0]
    first.setFocus()
    with qtbot.waitSignal(card.undo_run_wanted) as told:
        QTest.keyClick(first, Qt.Key.Key_Return)
    assert told.args == [runs[0]]
    assert len(card.past.buttons) == 3
    card.past.set_runs(())
    assert not card.past.isVisible()


def test_a_column_without_meaning_is_asked_for(qtbot: QtBot, card: ImportCard, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(FILE.replace("Firma", "?"), encoding="utf-8")
    card.path.setFocus()
    QTest.keyClicks(card.path, str(tmp_path / "list.csv"))
    with qtbot.waitSignal(card.look_wanted) as told:
        QTest.keyClick(card.path, Qt.Key.Key_Return)
    source = look_at(told.args[0])
    card.set_source(source, source.first_rows(), source.preview())
    assert "(no name)" in texts(card)
    asked: list[object] = []
    card.check_wanted.connect(lambda *said: asked.append(said))
    card.check.click()
    assert "No column is a name" in texts(card)
    assert card.mapping.choices[0].hasFocus()
    assert not asked
    card.mapping.choices[0].choose("name")
    assert f"Łucja {LONG}" in texts(card)
    card.check.setFocus()
    QTest.keyClick(card.check, Qt.Key.Key_Return)
    ((wanted, overwrite),) = asked  # type: ignore[misc]
    assert [column.target for column in wanted.layout.columns] == ["name", "", "phone"]
    assert not overwrite


@pytest.fixture
def exchange(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Exchange, Database]]:
    """The workstation's own way to a real file."""
    database = Database.open(empty_database(tmp_path / "shared.db"))
    lanes = tasks.Tasks()
    store = Store(tmp_path / "shared.db", Journal(tmp_path / "journal.db"), lanes)
    with qtbot.waitSignal(store.opened):
        store.start()
    yield Exchange(store, lanes), database
    store.stop()
    lanes.stop()
    store.close()
    database.close()


def test_import_undo_cancel_and_export(qtbot: QtBot, exchange: tuple[Exchange, Database], tmp_path: Path) -> None:
    core, database = exchange
    (tmp_path / "list.csv").write_text("Name;Telefon\n" + "".join(f"N{at};60{at:07}\n" for at in range(600)))
    with qtbot.waitSignal(core.looked) as told:
        core.look(tmp_path / "list.csv")
    source = told.args[0]

    def count() -> int:
        with database.read() as session:
            return customers.count(session)

    with qtbot.waitSignal(core.checked) as told:
        core.check(source, overwrite=False)
    assert (told.args[0].new, count()) == (600, 0)
    with qtbot.waitSignal(core.imported):
        core.run(source, overwrite=False)
    assert count() == 600
    with qtbot.waitSignal(core.whole_known) as told:
        core.ask_whole()
    assert told.args == [True], "a file has no roles"
    with qtbot.waitSignal(core.exported) as told:
        core.export(tmp_path / "out.vcf", "vcf", "N59")
    assert told.args == [tmp_path / "out.vcf", 11]
    assert core.run_id is not None
    with qtbot.waitSignal(core.undone):
        core.undo(core.run_id)
    assert count() == 0
    with qtbot.waitSignal(core.listed) as told:
        core.list_runs()
    assert [(run.file, run.stays, run.counts["new"]) for run in told.args[0]] == [("list.csv", Stays.UNDONE, 600)]
    assert core.permission.given, "whoever has the file"
    stored: list[int] = []

    def stop(doing: str, _share: float) -> None:
        if doing == "import":
            stored.append(count())
            core.cancel()

    core.progressed.connect(stop)
    with qtbot.waitSignal(core.cancelled):
        core.run(source, overwrite=False)
    assert stored[0] == 250
    assert (count(), core.doing) == (0, "")
    with qtbot.waitSignal(core.failed) as told:
        core.look(tmp_path / "nowhere.csv")
    assert "nowhere.csv" in told.args[0]
