"""The list of tickets with its filters, and beside it the one that is chosen."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from agent_desktop.data.rows import TicketLine, TicketPage
from agent_desktop.data.words import Priority, TicketStatus
from agent_desktop.ui import dates, rows_model, theme, wording
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.choice_chip import ChoiceChip
from agent_desktop.ui.fetched_list import FetchedList, ListPage
from agent_desktop.ui.fields import search_field
from agent_desktop.ui.flow import flow
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.list_states import list_card
from agent_desktop.ui.rows_model import Column, RowsModel
from agent_desktop.ui.segments import Segments
from agent_desktop.ui.ticket_panel import TicketPanel, due

TYPING_MS = 200
SCOPES = ("mine", "team", "all")
OPEN = tuple(status for status in TicketStatus if status.is_open)


class TicketsFilter(msgspec.Struct, frozen=True):
    """Which tickets: ``scope`` is mine, team or all; no statuses means every status."""

    scope: str = "mine"
    statuses: tuple[TicketStatus, ...] = OPEN
    priority: Priority | None = None
    customer_id: UUID | None = None
    text: str = ""


class TicketsPage(ListPage):
    """Rows come by ``set_tickets`` and ``add_tickets``, the chosen one by ``set_page``. Signals:

    filter_changed(TicketsFilter): fetch these; more_wanted(TicketsFilter, int): and further ones from this row on;
    selected(UUID): fetch this ticket; comment(UUID, text); change(UUID, version, status, priority, assignee UUID),
    None for what stays; open_customer(UUID); open_interaction(UUID, channel); new_ticket_wanted().
    """

    filter_changed = Signal(object)
    more_wanted = Signal(object, int)
    selected = Signal(object)
    comment = Signal(object, str)
    change = Signal(object, int, object, object, object)
    open_customer = Signal(object)
    open_interaction = Signal(object, str)
    new_ticket_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._customer: tuple[UUID, str] | None = None
        self._wanted: UUID | None = None
        self._build_filters()
        self.table = rows_model.table(RowsModel(self._columns()), self.tr("Tickets"))
        self.list = FetchedList(self.table, self.text, self.tickets_filter, TYPING_MS)
        self.panel = TicketPanel()
        self.new_button = Button(self.tr("New ticket"), "plus")
        head = column(
            row((self.text, 1), self.new_button, spacing=8),
            row((flow(self.scope, self.status, self.priority, self.customer), 1), self.list.count),
            spacing=8,
            margins=(14, 12, 14, 6),
        )
        card = list_card(head, self.list.states)
        self.setLayout(column(self.list.banner, (row((card, 1), self.panel, spacing=12), 1), spacing=12, margins=12))
        self._wire()

    def _build_filters(self) -> None:
        self.text = search_field(self.tr("Number, subject or customer"), self.tr("Filter tickets"))
        names = [self.tr("Mine"), self.tr("Team"), self.tr("All")]
        self.scope = Segments(names, 0, self.tr("Whose tickets"))
        statuses = [(value.value, wording.ticket_status(value)) for value in TicketStatus]
        self.status = ChoiceChip(
            self.tr("Status"), [("", self.tr("Any")), ("unsolved", self.tr("Not solved")), *statuses], "unsolved"
        )
        priorities = [(value.value, wording.priority(value)) for value in reversed(Priority)]
        self.priority = ChoiceChip(self.tr("Priority"), [("", self.tr("Any")), *priorities])
        self.customer = ChoiceChip(self.tr("Customer"), [("", self.tr("Any"))])
        self.customer.hide()

    def _columns(self) -> tuple[Column[TicketLine], ...]:
        return (
            Column(self.tr("Number"), lambda line: wording.ltr(line.number), 112, tone=lambda _line: "text2"),
            Column(self.tr("Subject"), lambda line: line.subject, 200, stretch=True, tooltip=lambda line: line.subject),
            Column(self.tr("Customer"), lambda line: line.customer, 140, rank=3, tooltip=lambda line: line.customer),
            Column(self.tr("Status"), lambda line: wording.ticket_status(line.status), 78, rank=1),
            Column(self.tr("Priority"), lambda line: wording.priority(line.priority), 92, rank=2, icon=_flag),
            Column(self.tr("Assigned to"), lambda line: line.assignee or "–", 112, rank=4),
            Column(self.tr("Due"), lambda line: due(line)[0], 96, rank=1, tone=lambda line: due(line)[1], icon=_late,
                   tooltip=lambda line: dates.exact(line.due_at) if line.due_at else ""),
            Column(self.tr("Changed"), lambda line: dates.moment(line.updated_at), 118, rank=5,
                   tooltip=lambda line: dates.exact(line.updated_at)),
        )  # fmt: skip

    def _wire(self) -> None:
        self.list.wanted.connect(self.filter_changed)
        self.list.more_wanted.connect(lambda asked: self.more_wanted.emit(asked, len(self.table.rows_model.rows)))
        self.scope.changed.connect(lambda _index: self.list.reload())
        self.status.changed.connect(lambda _value: self.list.reload())
        self.priority.changed.connect(lambda _value: self.list.reload())
        self.customer.changed.connect(lambda _value: self._drop_customer())
        self.new_button.clicked.connect(self.new_ticket_wanted)
        self.table.row_chosen.connect(lambda line: self._choose(line.id))
        self.table.row_activated.connect(lambda _line: self.panel.focus_first())
        self.panel.comment.connect(self.comment)
        self.panel.change.connect(self.change)
        self.panel.open_customer.connect(self.open_customer)
        self.panel.open_interaction.connect(self.open_interaction)

    # ---------------------------------------------------------------- filters

    def tickets_filter(self) -> TicketsFilter:
        """What the filters say now."""
        status = self.status.value()
        statuses = OPEN if status == "unsolved" else (TicketStatus(status),) if status else ()
        return TicketsFilter(
            scope=SCOPES[self.scope.chosen() or 0],
            statuses=statuses,
            priority=Priority(self.priority.value()) if self.priority.value() else None,
            customer_id=self._customer[0] if self._customer else None,
            text=self.text.text().strip(),
        )

    def show_customer(self, customer_id: UUID, name: str) -> None:
        """All tickets of one customer; a chip takes it back."""
        self._customer = customer_id, name
        self.customer.set_options([("", self.tr("Any")), (str(customer_id), name)])
        self.customer.set_value(str(customer_id))
        self.customer.show()
        self.status.set_value("")
        self.scope.blockSignals(True)
        self.scope.choose(SCOPES.index("all"))
        self.scope.blockSignals(False)
        self.text.blockSignals(True)
        self.text.clear()
        self.text.blockSignals(False)
        self.list.reload()

    def _drop_customer(self) -> None:
        self._customer = None
        self.customer.hide()
        self.list.reload()

    # ------------------------------------------------------------------- rows

    def set_tickets(
        self, asked: TicketsFilter, lines: Sequence[TicketLine], *, total: int | None = None, complete: bool = True
    ) -> None:
        """The answer to a filter; one that is no longer asked for is dropped."""
        if not self.list.put(asked, lines, complete=complete):
            return
        self.list.tell(total, self.tr("{0} found"), self.tr("More than {0} found"))
        if not lines and asked == TicketsFilter():
            self.list.states.show_empty(
                self.tr("You have no open tickets"), self.tr("Team shows your colleagues’"), "ticket"
            )
        elif not lines:
            self.list.states.show_empty(
                self.tr("No ticket fits"), self.tr("Take a filter away to see more"), "search-x"
            )

    def add_tickets(self, asked: TicketsFilter, lines: Sequence[TicketLine], *, complete: bool) -> None:
        """Further rows, after ``more_wanted``."""
        self.list.add(asked, lines, complete=complete)

    # ----------------------------------------------------------------- chosen

    def open(self, ticket_id: UUID) -> None:
        """Show a ticket from elsewhere, whether or not the list has it."""
        if not self.table.choose(ticket_id):
            self.table.clearSelection()
        self._choose(ticket_id)

    def _choose(self, ticket_id: UUID) -> None:
        if ticket_id != self._wanted:
            self._wanted = ticket_id
            self.selected.emit(ticket_id)

    def shown(self) -> UUID | None:
        """The ticket that is shown or being fetched."""
        return self._wanted

    def set_page(self, page: TicketPage) -> None:
        """The chosen ticket whole, also after a change; another one's comes too late and is dropped."""
        if page.line.id != self._wanted:
            return
        self.panel.set_page(page)
        rows = self.table.rows_model.rows
        if any(line.id == page.line.id and line != page.line for line in rows):
            self.table.set_rows([page.line if line.id == page.line.id else line for line in rows])

    def refused(self, ticket_id: UUID, why: str) -> bool:
        """A change was refused, and why. Whether that is told here."""
        return self.panel.refused(ticket_id, why)

    def set_agents(self, agents: Sequence[tuple[UUID, str]]) -> None:
        """(id, name) of everybody a ticket can be given to."""
        self.panel.set_agents(agents)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.setFixedWidth(min(theme.px(480), round(self.width() * 0.44)))


def _flag(line: TicketLine) -> tuple[str, str] | None:
    icons = {Priority.URGENT: ("chevrons-up", "bad"), Priority.HIGH: ("chevron-up", "warn")}
    return icons.get(line.priority)


def _late(line: TicketLine) -> tuple[str, str] | None:
    return ("triangle-alert", "bad") if due(line)[1] == "bad" else None
