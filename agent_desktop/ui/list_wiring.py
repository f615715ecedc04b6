"""The list screens wired to what the centre keeps: a page asks, the answer comes back to it."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from agent_desktop import numbers
from agent_desktop.core import interaction_ids
from agent_desktop.core.views import DatabaseView, ManualInteraction, NewTicket, Notice
from agent_desktop.data import operations as op
from agent_desktop.data.errors import DatabaseTrouble
from agent_desktop.data.filters import CallFilter, TicketFilter, channels_of
from agent_desktop.data.rows import Changed, HistoryRow, Pop
from agent_desktop.ui.overlay import Overlay

if TYPE_CHECKING:
    from agent_desktop.data.consent_rows import ConsentWord
    from agent_desktop.data.rows import CallLine, CustomerLine, InteractionPage, TicketLine, TicketPage
    from agent_desktop.ui import calls_page, customer_editor, customers_page, manual_entry, tickets_page
    from agent_desktop.ui.fetched_list import ListPage
    from agent_desktop.ui.main_window import MainWindow


QUIET_MS = 400  # between two refreshes of what is on screen
LIST_MS = 900  # until a list that shows none of the changed rows is fetched again


class _Wiring(QObject):
    """What the three have in common. Pages are built when first shown.

    What anybody changed is fetched again at once, then at most every 400 ms, and while the page is hidden not before it
    is looked at; ``refresh`` does it.
    """

    def __init__(self, window: "MainWindow", refresh: Callable[[Changed], object]):
        super().__init__(window)
        self.window_, self.lists, self._refresh = window, window.lists, refresh
        self.page: ListPage | None = None
        self._missed = Changed()
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._catch_up)
        self._list_soon = QTimer(self, singleShot=True, interval=LIST_MS)
        self._list_soon.timeout.connect(self._reload)
        window.core.store.changed.connect(self._heard)
        window.shell.page_shown.connect(lambda _name: self._catch_up())
        window.core.store.state_changed.connect(self._state)
        window.core.store.opened.connect(self._ask_again)

    @Slot(object)
    def _heard(self, changed: Changed) -> None:
        if self.page is not None:
            self._missed = self._missed | changed
            if not self._quiet.isActive():
                self._catch_up()

    @Slot()
    def _catch_up(self) -> None:
        changed = self._missed
        if self.page is not None and self.page.isVisible() and changed:
            self._missed = Changed()
            self._quiet.start()
            self._refresh(changed)

    def _refresh_list(self, keys: Collection[object]) -> None:
        """Fetch the list again: at once when it shows one of these rows, else they may belong into it."""
        assert self.page is not None
        model = self.page.list.table.rows_model
        if any(model.row_id(row) in keys for row in model.rows):
            self._reload()
        elif not self._list_soon.isActive():
            self._list_soon.start()

    @Slot()
    def _reload(self) -> None:
        self._list_soon.stop()
        if self.page is not None:
            self.page.list.reload()

    @Slot()
    def _ask_again(self) -> None:
        if self.page is not None:
            self.page.list.ask_again()

    @Slot(object)
    def _state(self, view: DatabaseView) -> None:
        if self.page is not None:
            self.page.list.set_trouble(view.trouble, view.advice)


def _tr(text: str) -> str:
    return QCoreApplication.translate("lists", text)


def _failed(page: "ListPage") -> Callable[[Exception], None]:
    def tell(error: Exception) -> None:
        text = error.text if isinstance(error, DatabaseTrouble) else _tr("The list could not be fetched.")
        advice = error.advice if isinstance(error, DatabaseTrouble) else _tr("Try again in a moment.")
        page.list.set_error(text, advice)

    return tell


class CallsWiring(_Wiring):
    """The list of calls."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window, self._changed)
        self.page: calls_page.CallsPage | None = None
        self._entry: manual_entry.ManualEntry | None = None

    def build(self) -> QWidget:
        from agent_desktop.ui.calls_page import CallsPage

        page = self.page = CallsPage()
        page.filter_changed.connect(self._fetch)
        page.more_wanted.connect(self._fetch_older)
        page.selected.connect(lambda key: self._ask(key, page.set_page))
        page.copy.connect(self._copy)
        page.open_customer.connect(self.window_.customers_wiring.open)
        page.dial.connect(self.window_.dial)
        page.save_note.connect(self.lists.save_note)
        page.link.connect(self._link)
        page.manual_entry_wanted.connect(self._enter)
        centre = self.window_.session.centre
        page.set_queues([(queue.name, queue.label) for queue in centre.queues])
        page.list.reload()
        return page

    def open(self, interaction_id: UUID) -> None:
        """Show one interaction."""
        page = self.window_.shell.show_page("calls")
        assert page is self.page
        assert self.page is not None
        if not self.page.choose(interaction_id):
            self._ask(interaction_id, self.page.open_page)

    def _ask(self, interaction_id: UUID, then: "Callable[[InteractionPage | None], None]") -> None:
        assert self.page is not None
        self.page.panel.set_store(self.window_.session.settings.recording.store)
        self.lists.interaction(interaction_id, then)

    @Slot(str)
    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.window_.shell.notify(Notice(self.tr("Copied"), "ok"))

    def _fetch(self, asked: "calls_page.CallsFilter") -> None:
        page = self.page
        if page is not None:
            self.lists.calls(
                self._filter(asked),
                lambda answer: page.set_calls(asked, answer[0], total=answer[1], complete=len(answer[0]) >= answer[1]),
                _failed(page),
            )

    def _fetch_older(self, asked: "calls_page.CallsFilter", last: "CallLine") -> None:
        page = self.page
        if page is not None:
            self.lists.older_calls(
                self._filter(asked), last.started_at, lambda calls: page.add_calls(asked, calls, complete=not calls)
            )

    def _filter(self, asked: "calls_page.CallsFilter") -> CallFilter:
        return CallFilter(
            start=asked.since,
            end=asked.until,
            queue=asked.queue,
            outcomes=(asked.outcome,) if asked.outcome is not None else (),
            direction=asked.direction,
            agent_id=self.lists.agent_id if asked.mine else None,
            text=asked.text,
        )

    def _changed(self, changed: Changed) -> None:
        if self.page is not None and (changed.interactions or changed.everything):
            self._refresh_list(changed.interactions)
            shown = self.page.shown()
            if shown is not None and (shown in changed.interactions or changed.everything):
                self._ask(shown, self.page.open_page)

    def _link(self, interaction_id: UUID) -> None:
        assert self.page is not None
        before = self.page.panel.customer_id(interaction_id)
        pick = self.window_.palette_wiring.pick_customer
        pick(lambda customer_id: self.lists.link(interaction_id, customer_id, before))

    def _enter(self) -> None:
        from agent_desktop.ui.manual_entry import ManualEntry

        if self._entry is None:
            self._entry = ManualEntry(self.window_.session.settings.numbers.region)
            self._entry.entered.connect(self._entered)
            self._entry.closed.connect(lambda: Overlay.of(self.window_).dismiss(self._entry, answered=True))
            entry = self._entry
            entry.search.connect(lambda text: self.lists.suggest("manual", text, 8, entry.set_candidates))
        self._entry.start(self.window_.session.centre.dispositions_for(""))
        Overlay.of(self.window_).present(self._entry)

    @Slot(object)
    def _entered(self, entry: ManualInteraction) -> None:
        self.lists.enter(entry)
        Overlay.of(self.window_).dismiss(self._entry, answered=True)


class CustomersWiring(_Wiring):
    """The list of customers, and one of them whole."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window, self._changed)
        self.page: customers_page.CustomersPage | None = None
        self._history: dict[UUID, tuple[HistoryRow, ...]] = {}

    def build(self) -> QWidget:
        from agent_desktop.ui.customers_page import CustomersPage

        page = self.page = CustomersPage()
        page.set_region(self.window_.session.settings.numbers.region)
        page.search.connect(self._search)
        page.more_wanted.connect(
            lambda text, offset: self.lists.more_customers(
                text, offset, lambda rows: page.add_customers(text, rows, complete=not rows)
            )
        )
        page.selected.connect(self._fetch)
        page.save.connect(self._save)
        page.consent_history_wanted.connect(self._consent_history)
        exchange = self.window_.exchange_wiring
        page.import_button.setVisible(exchange.core.permission.given)
        exchange.core.permission.changed.connect(page.import_button.setVisible)
        page.import_wanted.connect(exchange.open_import)
        page.export_wanted.connect(exchange.open_export)
        page.merges_wanted.connect(self.window_.merge_wiring.open_list)
        self.window_.merge_wiring.watch(page.card)
        page.dial.connect(self.window_.dial)
        page.open_ticket.connect(self.window_.tickets_wiring.open)
        page.new_ticket.connect(self._new_ticket)
        page.all_tickets.connect(self._all_tickets)
        page.open_interaction.connect(self.window_.open_history_row)
        page.history_wanted.connect(self._older)
        page.list.reload()
        return page

    def open(self, customer_id: UUID) -> None:
        """Show one customer."""
        self.window_.shell.show_page("customers")
        if self.page is not None:
            self.page.open(customer_id)

    def edit(self, customer_id: UUID) -> None:
        """Show and edit one customer, once fetched."""
        self.open(customer_id)
        page = self.page
        if page is not None:
            self.lists.customer(customer_id, lambda found: self._shown(customer_id, found, then=page.edit))

    def save_now(self) -> bool:
        """The save key; False if nothing is being edited here."""
        return self.page is not None and self.page.isVisible() and self.page.save_now()

    def _search(self, text: str) -> None:
        page = self.page
        if page is None:
            return

        def answer(found: "tuple[tuple[CustomerLine, ...], int | None]") -> None:
            rows, total = found
            page.set_customers(text, rows, total, complete=total is None or len(rows) >= total)

        self.lists.customers(text, answer, _failed(page))

    def _fetch(self, customer_id: UUID) -> None:
        self.lists.customer(customer_id, lambda found: self._shown(customer_id, found))

    def _shown(self, customer_id: UUID, found: Pop, then: Callable[[], None] | None = None) -> None:
        if self.page is None:
            return
        if found.card is None:
            self.page.set_gone(customer_id)
            return
        key = found.card.id
        if key != customer_id:  # merged: this is who stands for them now
            self.page.follow(customer_id, found.card)
        self.window_.core.viewings.customer(key)
        self._history = {key: found.history}
        self.page.set_card(found.card, found.history, found.history_total, found.tickets)
        self.window_.merge_wiring.shown(self.page.card, key)
        if then is not None:
            then()

    def _older(self, customer_id: UUID, text: str, key: str, _shown: int) -> None:
        known = self._history.get(customer_id, ())
        before = known[-1].started_at if known and not text and not key else None

        def answer(rows: tuple[HistoryRow, ...]) -> None:
            if before is not None:
                self._history[customer_id] = known + rows
            if self.page is not None:
                self.page.add_history(customer_id, rows)

        self.lists.history(customer_id, (text, channels_of(key), before), answer)

    def _save(self, edit: "customer_editor.CustomerEdit") -> None:
        from agent_desktop.ui import consent_lines

        operations: list[op.AnyOperation] = []
        if edit.touches_card:
            operations.append(
                op.SaveCustomer(
                    agent_id=self.lists.agent_id,
                    customer_id=edit.customer_id,
                    version=edit.version,
                    fields=edit.fields,
                    before=edit.before,
                    phones_added=edit.phones_added,
                    phones_removed=edit.phones_removed,
                    phones_changed=edit.phones_changed,
                    emails_added=edit.emails_added,
                    emails_removed=edit.emails_removed,
                    emails_changed=edit.emails_changed,
                    lines_before=edit.lines_before,
                )
            )
        said = consent_lines.operations(edit.customer_id, edit.consents, self.lists.agent_id)
        self.lists.save_customer(*operations, *said)
        card = self.page.editor.card() if self.page is not None else None
        if card is not None:
            region = self.window_.session.settings.numbers.region
            typed = [*(one.typed for one in card.phones), *(one[1] for one in edit.phones_added)]
            keys = [numbers.parse(text, region).key for text in typed]
            for one in said:
                self.window_.session.call_consents.said(one, card.name, keys)

    def _consent_history(self, customer_id: UUID) -> None:
        """Every word the customer ever said about being contacted, over the window."""

        def show(words: "tuple[ConsentWord, ...]") -> None:
            from agent_desktop.ui.consent_lines import ConsentHistory

            shown = self.page.editor.card() if self.page is not None else None
            card = ConsentHistory(shown.name if shown is not None else "", words)
            overlay = Overlay.of(self.window_)
            card.closed.connect(lambda: overlay.dismiss(card))
            overlay.present(card, dismissed=card.deleteLater)

        self.lists.consent_history(customer_id, show)

    def _new_ticket(self, customer_id: UUID) -> None:
        self.lists.customer(customer_id, self._ticket_for)

    def _ticket_for(self, found: Pop) -> None:
        if found.card is not None:
            self.window_.new_ticket_wiring.show(NewTicket("", customer_id=found.card.id), found.card.name)

    def _all_tickets(self, customer_id: UUID) -> None:
        self.lists.customer(
            customer_id,
            lambda found: self.window_.tickets_wiring.show_customer(customer_id, found.card.name if found.card else ""),
        )

    def _changed(self, changed: Changed) -> None:
        if self.page is None:
            return
        if changed.customers or changed.everything:
            self._refresh_list(changed.customers)
        shown = self.page.shown()
        if shown is not None and (shown in changed.customers or changed.everything):
            self._fetch(shown)


class TicketsWiring(_Wiring):
    """The list of tickets, and one of them whole."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window, self._changed)
        self.page: tickets_page.TicketsPage | None = None

    def build(self) -> QWidget:
        from agent_desktop.ui.tickets_page import TicketsPage

        page = self.page = TicketsPage()
        page.set_agents([(person.id, person.name) for person in self.window_.session.centre.agents])
        page.filter_changed.connect(self._fetch)
        page.more_wanted.connect(self._fetch_more)
        page.selected.connect(self._fetch_one)
        page.comment.connect(lambda ticket_id, text: self._update(ticket_id, comment=text))
        page.change.connect(self._change)
        page.open_customer.connect(self.window_.customers_wiring.open)
        page.open_interaction.connect(self.window_.open_history_row)
        page.new_ticket_wanted.connect(self.window_.new_ticket_wiring.open)
        page.list.reload()
        return page

    def open(self, ticket_id: UUID) -> None:
        """Show one ticket."""
        self.window_.shell.show_page("tickets")
        if self.page is not None:
            self.page.open(ticket_id)

    def show_customer(self, customer_id: UUID, name: str) -> None:
        """All tickets of one customer."""
        self.window_.shell.show_page("tickets")
        if self.page is not None:
            self.page.show_customer(customer_id, name)

    def _fetch(self, asked: "tickets_page.TicketsFilter") -> None:
        page = self.page
        if page is None:
            return

        def answer(found: "tuple[tuple[TicketLine, ...], int]") -> None:
            page.set_tickets(asked, found[0], total=found[1], complete=len(found[0]) >= found[1])

        self.lists.tickets(self._filter(asked), answer, _failed(page))

    def _fetch_more(self, asked: "tickets_page.TicketsFilter", offset: int) -> None:
        page = self.page
        if page is not None:
            self.lists.more_tickets(
                self._filter(asked), offset, lambda rows: page.add_tickets(asked, rows, complete=not rows)
            )

    def _fetch_one(self, ticket_id: UUID) -> None:
        def answer(found: "TicketPage | None") -> None:
            if found is not None and self.page is not None:
                self.page.set_page(found)

        self.lists.ticket(ticket_id, answer)

    def _filter(self, asked: "tickets_page.TicketsFilter") -> TicketFilter:
        session = self.window_.session
        team: tuple[UUID, ...] = ()
        if asked.scope == "team" and session.agent is not None:
            team = tuple(p.id for p in session.centre.agents if p.team_id == session.agent.team_id)
        return TicketFilter(
            statuses=asked.statuses,
            priorities=(asked.priority,) if asked.priority is not None else (),
            assignee_id=self.lists.agent_id if asked.scope == "mine" else None,
            assignee_ids=team,
            customer_id=asked.customer_id,
            text=asked.text,
        )

    def _change(self, ticket_id: UUID, version: int, status: object, priority: object, assignee: object) -> None:
        self._update(
            ticket_id,
            version=version,
            before=self._before(ticket_id),
            status=str(status) if status is not None else None,
            priority=str(priority) if priority is not None else None,
            assignee_id=assignee if isinstance(assignee, UUID) else None,
        )

    def _before(self, ticket_id: UUID) -> dict[str, str]:
        """What the ticket on screen says: what is changed, is changed from that."""
        line = self.page.panel.line() if self.page is not None else None
        if line is None or line.id != ticket_id:
            return {}
        people = self.window_.session.centre.agents
        assignee = next((str(person.id) for person in people if person.name == line.assignee), "")
        return {"status": line.status.value, "priority": line.priority.value, "assignee_id": assignee}

    def _update(self, ticket_id: UUID, **changes: object) -> None:
        self.lists.update_ticket(
            op.UpdateTicket(
                agent_id=self.lists.agent_id,
                event_id=interaction_ids.new_id(),
                ticket_id=ticket_id,
                **changes,  # type: ignore[arg-type]
            )
        )

    def _changed(self, changed: Changed) -> None:
        if self.page is None:
            return
        if changed.tickets or changed.everything:
            self._refresh_list(changed.tickets)
            shown = self.page.shown()
            if shown is not None and (shown in changed.tickets or changed.everything):
                self._fetch_one(shown)
