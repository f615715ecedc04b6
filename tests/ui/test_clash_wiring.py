"""A refused change that nobody must decide is over only where a page in sight still has all of it."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from agent_desktop.data import operations as op
from agent_desktop.data.ids import new_id
from agent_desktop.ui.clash import ClashCard
from agent_desktop.ui.overlay import Overlay
from agent_desktop.ui.ticket_panel import TicketPanel
from tests.support.window import WindowBench
from tests.support.workstation import MARTA


class Desk(WindowBench):
    """With an open ticket of the company."""

    def begin(self) -> None:
        super().begin()
        number, version = self.rows("SELECT id, version FROM ticket WHERE status = 'open' ORDER BY number")[0]
        self.ticket, self.version = UUID(bytes=number), int(version)

    def panel(self) -> TicketPanel:
        """The ticket, in sight."""
        self.window.tickets_wiring.open(self.ticket)
        page = self.window.tickets_wiring.page
        assert page is not None
        self.until(lambda: page.panel.ticket_id() == self.ticket, "the ticket is shown")
        return page.panel

    def say(self, status: str, version: int | None = None, comment: str = "") -> None:
        assert self.core is not None
        self.core.store.put(
            op.UpdateTicket(
                event_id=new_id(), ticket_id=self.ticket, version=version, status=status, comment=comment
            )
        )  # fmt: skip

    def looked_at(self) -> None:
        """Wait until a refused write has been looked at: what is asked after that is answered after that."""
        assert self.core is not None
        self.until(lambda: self.core and self.core.store.view.refused, "it is refused")
        answers: list[object] = []
        self.window.lists.stored_ticket(self.ticket, answers.append)
        self.until(lambda: answers, "it has been looked at")

    def kept(self) -> list[str]:
        """The comments of what was refused."""
        assert self.core is not None
        found = [row.operation for row in self.core.journal.refused()]
        return [one.comment for one in found if isinstance(one, op.UpdateTicket)]


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    made = Desk(tmp_path / "desk")
    made.begin()
    yield made
    made.end()


def test_a_comment_of_a_refused_change_stays_until_it_is_read(desk: Desk) -> None:
    """The page has said why; what was written is told by the banner, to be copied or tried again."""
    assert desk.core is not None
    desk.say("waiting")
    desk.until(lambda: not desk.core or not desk.core.journal.waiting_count(), "the ticket is changed")
    desk.say("solved", desk.version)  # another page is in sight: nobody has read why
    desk.looked_at()
    assert desk.kept() == [""]
    desk.core.store.discard(*desk.core.journal.refused())
    panel = desk.panel()
    desk.say("solved", desk.version)
    desk.until(lambda: panel._trouble.isVisible() and not desk.kept(), "the page says why, and with that it is over")
    desk.say("solved", desk.version, "She calls back on Tuesday.")
    desk.looked_at()
    assert desk.kept() == ["She calls back on Tuesday."]
    desk.window.action("outbox").trigger()
    card = desk.window.outbox_wiring.card
    assert card is not None
    assert any("She calls back on Tuesday." in text.text() for text in card.findChildren(QLabel) if text.isVisible())


def test_a_number_that_two_changed_is_asked_about_and_the_rest_is_kept(desk: Desk) -> None:
    """Stored: hers. Said against what stood before it: his number, and another address, which is nobody else's."""
    assert desk.core is not None
    [(phone, customer, typed, name)] = desk.rows(
        "SELECT id, customer_id, typed, label FROM phone WHERE e164 = ?", MARTA
    )
    line, key = UUID(bytes=phone), UUID(bytes=customer)
    before = {str(line): op.line_said(typed, name)}
    common = {"customer_id": key, "version": 1, "lines_before": before}
    hers = op.SaveCustomer(fields={}, phones_changed=((line, "601 442 191", name),), **common)  # type: ignore[arg-type]
    his = op.SaveCustomer(fields={"tags": "VIP"}, phones_changed=((line, "601 442 192", name),), **common)  # type: ignore[arg-type]
    desk.core.store.put(hers)
    desk.core.store.put(his)
    overlay = Overlay.of(desk.window)
    desk.until(lambda: isinstance(overlay.top_card(), ClashCard), "asked")
    assert desk.rows("SELECT typed FROM phone WHERE id = ?", phone) == [("601 442 191",)]
    card = overlay.top_card()
    assert isinstance(card, ClashCard)
    read = " ".join(text.text() for text in card.findChildren(QLabel))
    assert all(number in read for number in ("601 442 191", "601 442 192", typed))
    card.save.click()
    desk.until(
        lambda: desk.rows("SELECT typed FROM phone WHERE id = ?", phone) == [("601 442 192",)], "his number stands"
    )
    desk.until(lambda: not desk.core or not desk.core.journal.refused(), "nothing stays refused")
    assert desk.rows("SELECT tags FROM customer WHERE id = ?", customer) == [('["VIP"]',)]


def test_two_who_say_whose_call_it_was(desk: Desk) -> None:
    assert desk.core is not None
    [(call, was)] = desk.rows("SELECT id, customer_id FROM interaction WHERE customer_id IS NOT NULL LIMIT 1")
    others = desk.rows("SELECT id, name FROM customer WHERE id <> ? LIMIT 2", was)
    (hers, her_name), (his, his_name) = ((UUID(bytes=key), name) for key, name in others)
    common = {"interaction_id": UUID(bytes=call), "seen": True, "before": UUID(bytes=was)}
    desk.core.store.put(op.LinkCustomer(customer_id=hers, **common))  # type: ignore[arg-type]
    desk.core.store.put(op.LinkCustomer(customer_id=his, **common))  # type: ignore[arg-type]
    overlay = Overlay.of(desk.window)
    desk.until(lambda: isinstance(overlay.top_card(), ClashCard), "asked")
    assert desk.rows("SELECT customer_id FROM interaction WHERE id = ?", call) == [(hers.bytes,)]
    card = overlay.top_card()
    assert isinstance(card, ClashCard)
    assert {her_name, his_name} <= {text.text() for text in card.findChildren(QLabel)}
    card.save.click()
    desk.until(
        lambda: desk.rows("SELECT customer_id FROM interaction WHERE id = ?", call) == [(his.bytes,)], "his stands"
    )
    desk.until(lambda: not desk.core or not desk.core.journal.refused(), "nothing stays refused")
