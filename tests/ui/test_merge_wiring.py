"""Two customers who are one person, in the whole window: offered, merged by keys, undone, followed, told apart."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from agent_desktop.core.workstation import build_core
from agent_desktop.data import operations as op
from agent_desktop.data.ids import new_id
from agent_desktop.ui.clash import ClashCard
from agent_desktop.ui.main_window import MainWindow
from agent_desktop.ui.merge_card import MergeCard
from agent_desktop.ui.merge_list import MergeList
from agent_desktop.ui.overlay import Overlay, Toast
from tests.support.workstation import MARTA, Bench, settings

MERGED = "SELECT hex(merged_into) FROM customer WHERE id = ?"


class Desk(Bench):
    """A window on the company's database, in which Marta stands twice; its telephone is not begun."""

    def begin(self) -> "Desk":
        self.core = build_core(self.profile, settings(self.port), None)
        self.window = MainWindow(self.core)
        self.window.show()
        self.window.activateWindow()
        self.until(self.window.isActiveWindow, "it has the keyboard")
        self.core.store.start()
        self.until(lambda: self.core and self.core.store.ready, "the database answers")
        self.marta = UUID(bytes=self.rows("SELECT customer_id FROM phone WHERE e164 = ?", MARTA)[0][0])
        self.twin = new_id()
        self.say(
            op.SaveCustomer, customer_id=self.twin, version=0, fields={"name": "M. Kowalczyk", "address": "Gdynia"},
            phones_added=((new_id(), MARTA, "work"), (new_id(), "602 000 001", "home")),
        )  # fmt: skip
        return self

    def end(self) -> None:
        self.window._closing = True
        self.window.close()
        self.stop()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def say(self, kind: type[Any], /, **fields: Any) -> None:
        assert self.core is not None
        self.core.store.put(kind(**fields))
        self.until(lambda: self.core and not self.core.journal.waiting_count(), "it is sent")

    @property
    def page(self) -> Any:
        return self.window.customers_wiring.page

    def show(self, customer_id: UUID) -> Any:
        """The customer's card, on their page."""
        self.window.customers_wiring.open(customer_id)
        self.until(lambda: self.page.card.found.card is not None, "somebody is shown")
        return self.page.card.found

    def top(self, kind: type[Any]) -> Any:
        overlay = Overlay.of(self.window)
        self.until(lambda: isinstance(overlay.top_card(), kind) and overlay.top_card().isVisible(), kind.__name__)  # type: ignore[union-attr]
        return overlay.top_card()

    def toast(self, words: str) -> Toast:
        def found() -> list[Toast]:
            return [t for t in self.window.findChildren(Toast) if words in t.notice.text and t.isVisible()]

        self.until(found, f"a notice says {words}")
        return found()[-1]

    def merged(self) -> str:
        return str(self.rows(MERGED, self.twin.bytes)[0][0] or "")


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    made = Desk(tmp_path / "desk").begin()
    yield made
    made.end()


def test_merged_by_keys_followed_everywhere_and_undone(desk: Desk) -> None:
    found = desk.show(desk.marta)
    desk.until(lambda: found.duplicate.isVisible(), "the duplicate is offered")
    assert found.duplicate.words.text() == "Possible duplicate: M. Kowalczyk (same number)"
    desk.window.action("merge").trigger()
    card = desk.top(MergeCard)
    assert (card._kept.card.id, card._gone.card.id) == (desk.marta, desk.twin), "the one with more contacts is kept"
    assert card.fields["name"].options[1].hasFocus(), "the newer name"
    press(Qt.Key.Key_Left)
    assert card.result_name.text() == "Marta Kowalczyk"
    assert "602 000 001" in card.result_reach.text()
    assert card.fields["account_number"].chosen() == 0, "the filled one"
    press(Qt.Key.Key_Return)
    desk.until(lambda: desk.merged() == desk.marta.hex.upper(), "they are one")
    desk.until(lambda: not found.duplicate.isVisible(), "nobody looks like her any more")
    desk.until(lambda: any(p.e164 == "+48602000001" for p in found.card.phones), "her new number is shown")

    desk.window.customers_wiring.open(desk.twin)
    desk.until(lambda: desk.page.shown() == desk.marta, "whoever wants the one that went sees the one kept")
    assert desk.page.card.found.card.id == desk.marta

    toast = desk.toast("are one customer now")
    QTest.mouseClick(toast.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    desk.until(lambda: not desk.merged(), "two again")
    desk.toast("are two customers again")
    desk.until(lambda: found.duplicate.isVisible(), "offered again")


def test_an_edit_of_the_one_that_goes_comes_to_the_one_kept(desk: Desk) -> None:
    """Typed before the merge, saved after it: the page follows with what was typed, and nothing is lost."""
    desk.show(desk.twin)
    desk.page.edit()
    desk.page.editor._inputs["alert"].setPlainText("Call after six")
    desk.say(op.MergeCustomers, merge_id=new_id(), kept_id=desk.marta, gone_id=desk.twin)
    desk.until(lambda: desk.page.shown() == desk.marta, "the page follows")
    assert desk.page.editor._inputs["alert"].toPlainText() == "Call after six"
    desk.page.editor.try_save()
    alert = "SELECT alert FROM customer WHERE id = ?"
    desk.until(lambda: desk.rows(alert, desk.marta.bytes)[0][0] == "Call after six", "it is hers")
    # One that was on its way when they were merged, and says something else than her card: asked about her.
    said = {"time_zone": "Europe/Paris"}
    desk.say(op.SaveCustomer, customer_id=desk.twin, version=1, fields=said, before={"time_zone": ""})
    desk.top(ClashCard)
    press(Qt.Key.Key_Return)
    zone = "SELECT time_zone FROM customer WHERE id = ?"
    desk.until(lambda: desk.rows(zone, desk.marta.bytes)[0][0] == "Europe/Paris", "his words stand, at hers")
    assert desk.core is not None
    desk.until(lambda: desk.core and not desk.core.journal.refused(), "nothing stays refused")


def test_told_apart_once_and_taken_back(desk: Desk) -> None:
    found = desk.show(desk.marta)
    desk.until(lambda: found.duplicate.isVisible(), "the duplicate is offered")
    found.duplicate.apart_button.click()
    desk.until(lambda: not found.duplicate.isVisible(), "no longer")
    desk.window.action("merges").trigger()
    shown: MergeList = desk.top(MergeList)
    desk.until(lambda: shown.again_buttons, "the answer is listed")
    next(iter(shown.again_buttons.values())).click()
    desk.until(lambda: not shown.again_buttons, "taken back")
    press(Qt.Key.Key_Escape)
    desk.until(lambda: found.duplicate.isVisible(), "offered again")


def test_what_cannot_be_undone_any_more_says_why(desk: Desk) -> None:
    other = UUID(
        bytes=desk.rows("SELECT id FROM customer WHERE id NOT IN (?, ?)", desk.marta.bytes, desk.twin.bytes)[0][0]
    )
    first, second = new_id(), new_id()
    desk.say(op.MergeCustomers, merge_id=first, kept_id=desk.marta, gone_id=desk.twin)
    desk.say(op.MergeCustomers, merge_id=second, kept_id=other, gone_id=desk.marta)
    desk.window.action("merges").trigger()
    shown: MergeList = desk.top(MergeList)
    desk.until(lambda: shown.undo_buttons, "they are listed")
    assert list(shown.undo_buttons) == [second]
    shown.undo.emit(first)
    desk.toast("Not undone: Marta Kowalczyk has been merged with another customer since")
    shown.undo_buttons[second].click()
    desk.until(lambda: list(shown.undo_buttons) == [first], "now the first one can be undone")


def test_with_whom_may_be_typed(desk: Desk) -> None:
    found = desk.show(desk.marta)
    desk.say(op.SetApart, one_id=desk.marta, other_id=desk.twin)
    desk.until(lambda: found.duplicate.other() is None, "nobody is offered")
    desk.window.action("merge").trigger()
    QTest.keyClicks(QApplication.focusWidget(), "m. kowal")
    palette = desk.window.palette_wiring._palette
    assert palette is not None
    desk.until(lambda: palette._list.model().rowCount() > 0, "found")
    press(Qt.Key.Key_Return)
    card = desk.top(MergeCard)
    assert {card._kept.card.id, card._gone.card.id} == {desk.marta, desk.twin}
    press(Qt.Key.Key_Escape)
    assert not desk.merged()
