"""Writes refused because somebody else had changed the same: asked whose words shall stand, then said again."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, Slot

from agent_desktop.core import interaction_ids
from agent_desktop.core.views import DatabaseView
from agent_desktop.data import operations as op
from agent_desktop.data.rows import CustomerCard, InteractionPage, TicketLine, TicketPage
from agent_desktop.data.words import Priority, TicketStatus
from agent_desktop.ui import clash_lines, wording
from agent_desktop.ui.clash import Clash, ask_whose

if TYPE_CHECKING:
    from agent_desktop.data.journal import RefusedRow
    from agent_desktop.ui.main_window import MainWindow


class ClashWiring(QObject):
    """A refused write stays in the journal until it is decided; without a decision nothing is overwritten or lost."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_ = window
        self._asked: set[int] = set()
        window.core.store.state_changed.connect(self._state)

    @Slot(object)
    def _state(self, view: DatabaseView) -> None:
        if not view.refused:
            return
        for refused in self.window_.core.journal.refused():
            if refused.seq not in self._asked:
                self._asked.add(refused.seq)
                self._look(refused)

    def _look(self, refused: "RefusedRow") -> None:
        """Fetch what is stored now."""
        said, lists = refused.operation, self.window_.lists
        if isinstance(said, op.SaveCustomer):
            lists.stored_customer(said.customer_id, lambda card: self._customer(refused, said, card))
        elif isinstance(said, op.UpdateTicket):
            lists.stored_ticket(said.ticket_id, lambda page: self._ticket(refused, said, page))
        elif isinstance(said, op.SaveNote) and said.before is not None:
            lists.stored_interaction(said.interaction_id, lambda page: self._note(refused, said, page))
        elif isinstance(said, op.LinkCustomer) and said.customer_id is not None:
            lists.stored_interaction(said.interaction_id, lambda page: self._link(refused, said, page))

    def _read(self, refused: "RefusedRow", *, kept: bool) -> None:
        """Nothing to decide: over where a page in sight says why and still has all of it; else the banner tells it."""
        if kept:
            self.window_.core.store.discard(refused)

    def _again(self, refused: "RefusedRow", operation: op.AnyOperation) -> None:
        fresh = {"op_id": interaction_ids.new_id(), "at_us": op.Operation().at_us}
        self.window_.core.store.put(msgspec.structs.replace(operation, **fresh))
        self.window_.core.store.discard(refused)

    # -------------------------------------------------------------- customers

    def _customer(self, refused: "RefusedRow", said: op.SaveCustomer, card: CustomerCard | None) -> None:
        from agent_desktop.ui.customer_editor import values_of

        page = self.window_.customers_wiring.page
        told = page is not None and page.refused(said.customer_id, refused.reason, card) and page.isVisible()
        now, titles = values_of(card) if card is not None else {}, _customer_titles(self)
        clashes = [
            Clash(name, titles.get(name, name), said.before.get(name, ""), now[name], mine)
            for name, mine in said.fields.items()
            if name in now and now[name] not in (mine, said.before.get(name))
        ]
        if card is not None:
            kinds = (self.tr("Phone number"), self.tr("E-mail address"))
            clashes += clash_lines.clashes(said, card, kinds, self.tr("(removed)"))
        if card is not None and card.id != said.customer_id:  # merged meanwhile: said about whoever stands for them
            if page is not None:
                page.follow(said.customer_id, card)
            said = msgspec.structs.replace(said, customer_id=card.id)
            if not clashes:
                self._again(refused, msgspec.structs.replace(clash_lines.decided(said, card, ()), version=card.version))
                return
        if card is None or not clashes:
            self._read(refused, kept=told)
            return
        version, key = card.version, card.id

        def decided(kept: frozenset[str]) -> None:
            given_up = {clash.name for clash in clashes} - kept
            fields = {name: value for name, value in said.fields.items() if name not in given_up}
            if page is not None:
                page.editor.give_up(key, given_up)
            before = {name: now[name] for name in fields}
            mine = clash_lines.decided(said, card, given_up)
            self._again(refused, msgspec.structs.replace(mine, version=version, fields=fields, before=before))

        ask_whose(self.window_, self.tr("{0}: whose words?").format(card.name), clashes, decided)

    # ---------------------------------------------------------------- tickets

    def _ticket(self, refused: "RefusedRow", said: op.UpdateTicket, page: TicketPage | None) -> None:
        tickets = self.window_.tickets_wiring.page
        told = False
        if tickets is not None:
            if page is not None:
                tickets.set_page(page)
            told = tickets.refused(said.ticket_id, refused.reason) and tickets.isVisible()
        # What was written, and whose call it was, stands nowhere else.
        kept = told and not said.comment and said.interaction_id is None
        if page is None or not said.before:
            self._read(refused, kept=kept)
            return
        line = page.line
        now = _ticket_values(line, self._agent_id(line.assignee))
        wanted = {name: str(getattr(said, name)) for name in now if getattr(said, name) is not None}
        clashes = [
            Clash(name, self._title(name), *(self._words(name, v) for v in (said.before[name], now[name], mine)))
            for name, mine in wanted.items()
            if name in said.before and now[name] not in (mine, said.before[name])
        ]

        def decided(kept: frozenset[str]) -> None:
            given_up: dict[str, Any] = {clash.name: None for clash in clashes if clash.name not in kept}
            before = {name: now[name] for name in wanted}
            again = msgspec.structs.replace(said, version=line.version, before=before, **given_up)
            self._again(refused, msgspec.structs.replace(again, event_id=interaction_ids.new_id()))

        if clashes:
            ask_whose(self.window_, self.tr("{0}: whose change?").format(line.number), clashes, decided)
        else:
            self._read(refused, kept=kept)

    def _title(self, name: str) -> str:
        titles = {"status": self.tr("Status"), "priority": self.tr("Priority"), "assignee_id": self.tr("Assigned to")}
        return titles[name]

    def _words(self, name: str, value: str) -> str:
        if name == "status" and value in list(TicketStatus):
            return wording.ticket_status(TicketStatus(value))
        if name == "priority" and value in list(Priority):
            return wording.priority(Priority(value))
        people = self.window_.session.centre.agents
        return next((person.name for person in people if str(person.id) == value), value)

    def _agent_id(self, name: str) -> UUID | None:
        people = self.window_.session.centre.agents
        return next((person.id for person in people if person.name == name), None) if name else None

    # ------------------------------------------------------------------ notes

    def _note(self, refused: "RefusedRow", said: op.SaveNote, page: InteractionPage | None) -> None:
        stored = next((note for note in page.notes if note.id == said.note_id), None) if page is not None else None
        if stored is None or stored.text in (said.text, said.before):
            return
        clash = Clash("text", self.tr("Note"), said.before or "", stored.text, said.text)

        def decided(kept: frozenset[str]) -> None:
            text = said.text if kept else stored.text
            self._again(refused, msgspec.structs.replace(said, text=text, before=stored.text))

        ask_whose(self.window_, self.tr("Whose note?"), [clash], decided)

    # ------------------------------------------------------------- whose it was

    def _link(self, refused: "RefusedRow", said: op.LinkCustomer, page: InteractionPage | None) -> None:
        if page is None or page.line.customer_id in (said.customer_id, said.before):
            return
        line, lists = page.line, self.window_.lists
        assert said.customer_id is not None

        def ask(mine: CustomerCard | None, before: CustomerCard | None) -> None:
            if mine is None:
                return
            was = before.name if before is not None else ""
            clash = Clash("customer", self.tr("Customer"), was, line.customer, mine.name)
            ask_whose(self.window_, self.tr("Whose call was it?"), [clash], decided)

        def decided(kept: frozenset[str]) -> None:
            if kept:
                self._again(refused, msgspec.structs.replace(said, before=line.customer_id))
            else:
                self.window_.core.store.discard(refused)

        def named(mine: CustomerCard | None) -> None:
            if said.before is None:
                ask(mine, None)
            else:
                lists.stored_customer(said.before, lambda before: ask(mine, before))

        lists.stored_customer(said.customer_id, named)


def _ticket_values(line: TicketLine, assignee: UUID | None) -> dict[str, str]:
    return {"status": line.status.value, "priority": line.priority.value, "assignee_id": str(assignee or "")}


def _customer_titles(spoken: QObject) -> dict[str, str]:
    return {
        "name": spoken.tr("Name"),
        "organisation": spoken.tr("Organisation"),
        "account_number": spoken.tr("Account no."),
        "language": spoken.tr("Language"),
        "time_zone": spoken.tr("Time zone"),
        "address": spoken.tr("Address"),
        "tags": spoken.tr("Tags"),
        "alert": spoken.tr("Alert"),
    }
