"""A PBX's own files on the card of imports: every page fits, admins bring them in, and nobody else is led there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from agent_desktop import tasks
from agent_desktop.collector.history import Progress
from agent_desktop.collector.log_file import Problem
from agent_desktop.core.store import Store
from agent_desktop.data import queues
from agent_desktop.data.db import Database
from agent_desktop.data.journal import Journal
from agent_desktop.ui.exchange_import import ImportCard
from agent_desktop.ui.history_wiring import HistoryWiring
from tests.collector.test_cdr import CAPTURED as RECORDS
from tests.collector.test_queue_log_import import CAPTURED as LOG
from tests.collector.test_queue_log_import import DAY
from tests.support import screen, ui_audit
from tests.support.made_once import empty_database

LONG = "Local/1001-Großkowalczyk-von-der-Hohenwarte@from-queue-00000007;1"
FOUND = Progress(
    lines=1_234_567, new=900_000, known=300_000, passed_over=30_000, rejected=567, finished=True,
    people=((LONG, 12_345),), queues=(LONG,), unknown=((LONG, 3, 99),),
    problems=tuple(Problem(f"{LONG}.log", line, LONG) for line in range(1, 200)),
    first_us=1_790_000_000_000_000, last_us=1_795_000_000_000_000,
)  # fmt: skip


def texts(card: ImportCard) -> str:
    return "\n".join(one.text() for one in card.findChildren(QLabel) if one.isVisible())


@pytest.fixture
def card(qtbot: QtBot) -> ImportCard:
    made = ImportCard()
    screen.show(qtbot, made, 0, 0)
    return made


def test_every_page_fits(card: ImportCard) -> None:
    page = card.history
    pages = (
        lambda: page.set_file(Path(f"/a/{LONG.replace('/', '-')}.log"), records=False),
        lambda: page.set_progress(0.4),
        lambda: page.set_checked(FOUND),
        lambda: page.set_imported(FOUND),
        lambda: page.set_stopped(LONG),
    )
    for show in pages:
        show()
        card.show_history()
        card.adjustSize()
        screen.settle(card)
        assert not ui_audit.everything(card)
        assert card.height() <= 672
        assert page.first().isVisible()


class Admins(QObject):
    """Whether who is signed in is an administrator."""

    allowed = False


class Window(QObject):
    """As much of a window as the wiring speaks to, on a real store."""

    def __init__(self, store: Store, lanes: tasks.Tasks):
        super().__init__()
        self.store, self.tasks = store, lanes
        self.core = self
        self.admin_wiring = Admins()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    empty_database(tmp_path / "shared.db")
    lanes = tasks.Tasks()
    store = Store(tmp_path / "shared.db", Journal(tmp_path / "journal.db"), lanes)
    with qtbot.waitSignal(store.opened):
        store.start()
    yield Window(store, lanes)
    store.stop()
    lanes.stop()
    store.close()


def test_a_file_of_a_pbx_is_recognised_checked_and_imported(
    qtbot: QtBot, card: ImportCard, window: Window, tmp_path: Path
) -> None:
    wiring = HistoryWiring(window, lambda: card, lambda: None)  # type: ignore[arg-type]
    card.history.check_wanted.connect(wiring.check)
    card.history.import_wanted.connect(wiring.run)
    others: list[Path] = []
    for name, text in (("queue_log", LOG), ("Master.csv", RECORDS), ("list.csv", "Name,Phone\nAnna,601442190\n")):
        (tmp_path / name).write_text(text)
        wiring.look(tmp_path / name, others.append)
    qtbot.waitUntil(lambda: bool(others))
    assert others == [tmp_path / "list.csv"]
    assert "Only administrators import those" in texts(card)
    window.admin_wiring.allowed = True
    for name, words, new in (("queue_log", "log of a PBX", "15 events"), ("Master.csv", "call records", "3 calls")):
        wiring.look(tmp_path / name, others.append)
        qtbot.waitUntil(lambda words=words: words in texts(card))
        assert "Only administrators" not in texts(card)
        card.history.zone.choose("UTC")
        card.history.check.click()
        qtbot.waitUntil(card.history.run.isVisible)
        assert f"{new} would be new." in texts(card)
        card.history.run.click()
        qtbot.waitUntil(card.history.done.isVisible)
        assert f"{new.split()[0]} new" in texts(card)
        assert not wiring.doing
    assert "Nobody here is called PJSIP/1001-00000001" in texts(card)
    database = Database.open(tmp_path / "shared.db")
    with database.read() as session:
        assert len(queues.visits(session, *DAY)) == 3
    database.close()


def test_a_wrong_clock_is_told_and_can_be_chosen_again(
    qtbot: QtBot, card: ImportCard, window: Window, tmp_path: Path
) -> None:
    wiring = HistoryWiring(window, lambda: card, lambda: None)  # type: ignore[arg-type]
    card.history.check_wanted.connect(wiring.check)
    window.admin_wiring.allowed = True
    (tmp_path / "Master.csv").write_text(RECORDS)
    wiring.look(tmp_path / "Master.csv", lambda _path: None)
    qtbot.waitUntil(card.history.check.isVisible)
    card.history.zone.choose("Asia/Kolkata")
    card.history.check.click()
    qtbot.waitUntil(lambda: "5.5 h behind" in texts(card))
    assert card.history.check.isVisible()
