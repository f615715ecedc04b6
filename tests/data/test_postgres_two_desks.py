"""Two desktops on a real server: what one saves the other's window shows; a clash is decided in it, by keys."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from agent_desktop.core.workstation import Core, build_core
from agent_desktop.data import access
from agent_desktop.data import operations as op
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.paths import Profile
from agent_desktop.ui.clash import ClashCard
from agent_desktop.ui.main_window import MainWindow
from agent_desktop.ui.overlay import Overlay
from tests.conftest import ExpectedLog
from tests.support.postgres import Server
from tests.support.workstation import settings, spin_until


class Two:
    """Dana's desktop, and Jonas's with its window; their telephones are not begun."""

    def __init__(self, server: Server, company: str, folder: Path):
        with closing(Database.open(server.url(company))) as database:
            access.grant(database, access.Grant("jonas", "agent", "jonas"))
        self.dana = build_core(Profile(folder / "dana"), settings(0), server.url(company, "dana", "dana"))
        self.jonas = build_core(Profile(folder / "jonas"), settings(0), server.url(company, "jonas", "jonas"))
        self.window = MainWindow(self.jonas)
        self.window.show()
        for core in (self.dana, self.jonas):
            core.store.start()
            spin_until(lambda core=core: core.store.ready, "signed in")  # type: ignore[misc]

    def put(self, core: Core, operation: op.AnyOperation) -> None:
        core.store.put(operation)
        spin_until(lambda: not core.journal.waiting_count(), "it is sent")

    def shown(self) -> list[str]:
        """What can be read on Jonas's page of customers."""
        page = self.window.customers_wiring.page
        assert page is not None
        texts = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
        return [text.replace("\u200b", "") for text in texts]

    def asked(self) -> ClashCard:
        spin_until(lambda: isinstance(Overlay.of(self.window).top_card(), ClashCard), "Jonas is asked")
        card = Overlay.of(self.window).top_card()
        assert isinstance(card, ClashCard)
        return card

    def close(self) -> None:
        self.window._closing = True
        self.window.close()
        self.dana.stop()
        self.jonas.stop()  # before the window is gone that it tells
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def two(server: Server, company: str, tmp_path: Path, qapp: QApplication) -> Iterator[Two]:
    made = Two(server, company, tmp_path)
    yield made
    made.close()


def test_a_save_is_shown_and_a_clash_is_decided_by_keys(two: Two, server: Server, company: str) -> None:
    marta = "FROM customer WHERE name = 'Marta Kowalczyk'"
    [(key, version, alert, address)] = server.execute(f"SELECT id, version, alert, address {marta}", company)
    assert isinstance(key, UUID)
    assert isinstance(version, int)
    before = {"alert": str(alert), "address": str(address)}
    two.window.customers_wiring.open(key)
    spin_until(lambda: "Marta Kowalczyk" in two.shown(), "she is shown")
    spin_until(lambda: two.jonas.store.others.listening, "Jonas's desktop listens")
    hers = {"alert": "Dana: speak slowly", "address": "Dana Street 1"}
    two.put(two.dana, op.SaveCustomer(customer_id=key, version=version, fields=hers, before=before))
    spin_until(lambda: any("Dana: speak slowly" in text for text in two.shown()), "Jonas reads what Dana saved")
    # Said against what stood there before hers, as by somebody who had not seen it yet.
    his = {"alert": "Jonas: speak loudly", "address": "Jonas Street 2"}
    two.put(two.jonas, op.SaveCustomer(customer_id=key, version=version, fields=his, before=before))
    card = two.asked()
    assert server.execute(f"SELECT alert, address {marta}", company) == [tuple(hers.values())]
    read = {label.text().replace("\u200b", "") for label in card.findChildren(QLabel)}
    assert {*hers.values(), *his.values()} <= read
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)  # the alert shall stand as it is stored
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)  # the address shall be his
    spin_until(lambda: not two.jonas.journal.refused() and not two.jonas.journal.waiting_count(), "it is decided")
    stands = [(hers["alert"], his["address"])]
    assert server.execute(f"SELECT alert, address {marta}", company) == stands
    spin_until(lambda: any("Jonas Street 2" in text for text in two.shown()), "and shown")


def test_a_merge_is_followed_on_the_other_desk_and_a_refusal_is_said(
    two: Two, server: Server, company: str, expected_log: ExpectedLog
) -> None:
    [(marta,)] = server.execute("SELECT id FROM customer WHERE name = 'Marta Kowalczyk'", company)
    assert isinstance(marta, UUID)
    twin = new_id()
    phones = ((new_id(), "+48601442190", "work"),)
    two.put(two.dana, op.SaveCustomer(customer_id=twin, version=0, fields={"name": "M. Twin"}, phones_added=phones))
    two.window.customers_wiring.open(twin)
    spin_until(lambda: "M. Twin" in two.shown(), "she is shown")
    spin_until(lambda: any("Possible duplicate: Marta" in text for text in two.shown()), "and who looks like her")
    spin_until(lambda: two.jonas.store.others.listening, "Jonas's desktop listens")
    merge = new_id()
    two.put(two.dana, op.MergeCustomers(merge_id=merge, kept_id=marta, gone_id=twin))
    spin_until(lambda: "Marta Kowalczyk" in two.shown() and "M. Twin" not in two.shown(), "Jonas's page follows")
    # Whoever may not is told in words, and what was wanted is kept.
    [(agents,)] = server.execute("SELECT prefix || '_agent' FROM access_setting", company)
    server.execute(f"REVOKE UPDATE ON customer_merge FROM {agents}", company)
    expected_log("UndoMerge refused by the database")
    two.window.merge_wiring.core.undo(merge)
    texts = two.window.shell.toasts.texts
    spin_until(lambda: any(text.startswith("Not undone: You may not") for text in texts()), "said")
    assert [type(row.operation) for row in two.jonas.journal.refused()] == [op.UndoMerge]
    assert server.execute(f"SELECT merged_into FROM customer WHERE id = '{twin}'", company) == [(marta,)]
