"""Two customers with one number: the agent picks, the call is logged once, and another choice moves it."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_desktop.core.states import CallState
from agent_desktop.core.views import WrapUpResult
from agent_desktop.data import operations as op
from agent_desktop.data.ids import new_id
from agent_desktop.data.words import Presence
from agent_desktop.ui.main_window import MainWindow
from tests.support import sip
from tests.support.workstation import MARTA, Bench, spin_until

pytestmark = pytest.mark.usefixtures("qapp")
LINKED = "shared.1"
WHOSE = "SELECT c.name FROM interaction i LEFT JOIN customer c ON c.id = i.customer_id WHERE i.id = ?"


class Pair:
    """Dana's desk with its window, another desk on the same file, and one call that rings at both."""

    def __init__(self, folder: Path):
        self.first = Bench(folder / "one", port=sip.free_port(21_000, 21_240))
        self.callers = [self.first.other(), self.first.other()]
        self.first.start()
        file = str(self.first.profile.database_file)
        self.second = Bench(folder / "two", seeded=False, database=file, port=sip.free_port(21_250, 21_490)).start()
        assert self.first.core is not None
        self.window = MainWindow(self.first.core)
        self.window.show()
        self.window.activateWindow()
        self.until(self.window.isActiveWindow, "it has the keyboard")
        self.until(lambda: self.first.core and self.first.core.store.ready, "the database answers")
        self.marta = UUID(bytes=self.first.rows("SELECT customer_id FROM phone WHERE e164 = ?", MARTA)[0][0])
        self.piotr = new_id()
        line = ((new_id(), MARTA, "home"),)
        self.first.core.store.put(
            op.SaveCustomer(customer_id=self.piotr, version=0, fields={"name": "Piotr Kowalczyk"}, phones_added=line)
        )
        self.first.arrives("SELECT 1 FROM customer WHERE name = 'Piotr Kowalczyk'")
        self.before = self.interactions()

    def until(self, condition: object, what: str) -> None:
        spin_until(condition, what)  # type: ignore[arg-type]

    def interactions(self) -> int:
        return int(self.first.rows("SELECT count(*) FROM interaction")[0][0])

    def state(self, bench: Bench) -> str:
        view = bench.session.pop_view()
        return view.state if view is not None else ""

    def shown(self, bench: Bench) -> str:
        view = bench.session.pop_view()
        return view.pop.card.name if view is not None and view.state == "found" and view.pop.card is not None else ""

    def rings(self) -> UUID:
        """At both desks, as a queue does; both are asked who it is. Dana answers."""
        for caller, bench in zip(self.callers, (self.first, self.second), strict=True):
            bench.ring(caller, X_Call_Linkedid=LINKED)
            self.until(lambda bench=bench: self.state(bench) == "choose", "both customers are offered")  # type: ignore[misc]
        interaction: UUID = self.first.session.focus()
        assert interaction == self.second.session.focus()
        self.first.session.calls.answer()
        self.until(lambda: self.first.session.book.views()[0].state is CallState.TALKING, "talking")
        return interaction

    def pick(self, name: str) -> None:
        """By keys, in the list on Dana's screen."""
        card = self.window.workspace.card
        self.until(lambda: card.state() == "choose", "the list is shown")
        names = [line.name for line in card.pick.list._model.lines]
        assert set(names) == {"Marta Kowalczyk", "Piotr Kowalczyk"}
        card.focus_first()
        QTest.keyClick(QApplication.focusWidget(), Qt.Key(Qt.Key.Key_1 + names.index(name)))

    def sent(self) -> None:
        self.until(lambda: self.first.core and not self.first.core.journal.waiting_count(), "it is sent")

    def whose(self, interaction: UUID) -> list[str]:
        return [row[0] for row in self.first.rows(WHOSE, interaction.bytes)]

    def close(self) -> None:
        self.window._closing = True
        self.window.close()
        self.second.stop()
        self.first.stop()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = Pair(tmp_path)
    yield made
    made.close()


def test_one_row_whoever_is_chosen_and_chosen_again(pair: Pair) -> None:
    interaction = pair.rings()
    pair.sent()
    assert pair.whose(interaction) == [None], "nothing is linked before somebody chose"
    pair.pick("Marta Kowalczyk")
    pair.until(lambda: pair.whose(interaction) == ["Marta Kowalczyk"], "it is hers")
    pair.until(lambda: pair.shown(pair.first) == "Marta Kowalczyk", "she is shown")

    pair.window.workspace.card.found.again.click()  # it was her husband after all
    pair.pick("Piotr Kowalczyk")
    pair.until(lambda: pair.whose(interaction) == ["Piotr Kowalczyk"], "it moves")
    pair.until(lambda: pair.shown(pair.first) == "Piotr Kowalczyk", "he is shown")
    assert pair.interactions() == pair.before + 1

    file = pair.first.profile.database_file
    aside = file.with_name("aside.db")
    assert pair.first.core is not None
    file.rename(aside)  # the database is away
    pair.first.core.store.call(lambda session: session.connection(), lambda _: None)
    pair.until(lambda: pair.first.core and not pair.first.core.store.ready, "it is away")
    pair.window.workspace.card.found.again.click()
    pair.pick("Marta Kowalczyk")
    pair.first.session.calls.end()
    pair.until(lambda: pair.first.session.presence_view().presence is Presence.WRAP_UP, "wrap-up")
    pair.first.session.complete_wrap_up(WrapUpResult(interaction, None, "", "her after all"))
    assert pair.first.core.journal.waiting_count()
    aside.rename(file)
    pair.sent()
    assert pair.whose(interaction) == ["Marta Kowalczyk"]
    assert pair.interactions() == pair.before + 1, "two desks, three choices, an outage: one row"
    legs = "SELECT count(*) FROM leg WHERE interaction_id = ?"
    pair.until(lambda: pair.first.rows(legs, interaction.bytes) == [(2,)], "what the other desk heard of it too")
    assert pair.first.rows("SELECT text FROM note WHERE interaction_id = ?", interaction.bytes) == [("her after all",)]
