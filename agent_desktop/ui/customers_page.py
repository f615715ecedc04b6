"""Finding a customer while typing, and the one who is chosen: card, contact history, open tickets, editing."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from agent_desktop import numbers
from agent_desktop.core.views import PopView
from agent_desktop.data.rows import CustomerCard as CardRow
from agent_desktop.data.rows import CustomerLine, HistoryRow, Pop, TicketLine
from agent_desktop.ui import actions, dates, layouts, rows_model, theme, wording
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.customer_card import CustomerCard
from agent_desktop.ui.customer_editor import CustomerEditor
from agent_desktop.ui.fetched_list import FetchedList, ListPage
from agent_desktop.ui.fields import search_field
from agent_desktop.ui.history import History
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.list_states import Message, list_card
from agent_desktop.ui.rows_model import Column, RowsModel

TYPING_MS = 120
_LIST, _HISTORY = 330, 490  # the least widths, at text size 100, at which card and history stand side by side


class CustomersPage(ListPage):
    """Rows come by ``set_customers``, the chosen customer by ``set_card``. Signals:

    search(str): 120 ms after the last letter, empty for the beginning of the list; more_wanted(str, int): and from
    this row on. selected(UUID): fetch this customer's card, history and open tickets. save(CustomerEdit).
    import_wanted(), export_wanted(): customers from a file, into a file. merges_wanted(): those that became one.
    dial(str), open_ticket(UUID), new_ticket(UUID of the customer), all_tickets(UUID), open_interaction(UUID, channel),
    history_wanted(UUID, text, channel key, number of rows shown): older history; answered by ``add_history``.
    consent_history_wanted(UUID): what the customer ever said about being contacted.
    """

    search = Signal(str)
    more_wanted = Signal(str, int)
    selected = Signal(object)
    save = Signal(object)
    dial = Signal(str)
    open_ticket = Signal(object)
    new_ticket = Signal(object)
    all_tickets = Signal(object)
    open_interaction = Signal(object, str)
    import_wanted = Signal()
    export_wanted = Signal()
    merges_wanted = Signal()
    history_wanted = Signal(object, str, str, int)
    consent_history_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._card: CardRow | None = None
        self._wanted: UUID | None = None
        self._shown_rows = 0
        self._build_list()
        self._build_detail()
        self.setLayout(
            column(self.list.banner, (row((self._list, 3), (self._detail, 5), spacing=12), 1), spacing=12, margins=12)
        )
        self._wire()
        self._arrange()

    def _build_list(self) -> None:
        self.query = search_field(self.tr("Name, number, account or e-mail"), self.tr("Find a customer"))
        self.new_button = Button(self.tr("New"), "user-plus")
        self.new_button.setAccessibleName(self.tr("New customer"))
        self.table = rows_model.table(RowsModel(self._columns()), self.tr("Customers"), row_height=34)
        self.list = FetchedList(self.table, self.query, lambda: self.query.text().strip(), TYPING_MS)
        self.import_button = ToolButton("download", self.tr("Import customers…"), keys=actions.keys("import"))
        self.export_button = ToolButton("upload", self.tr("Export customers…"), keys=actions.keys("export"))
        self.merges_button = ToolButton("git-merge", self.tr("Merged customers…"), keys=actions.keys("merges"))
        files = row(self.import_button, self.export_button, self.merges_button, spacing=0)
        search = row((self.query, 1), self.new_button, files, spacing=8)
        self._list = list_card(column(search, self.list.count, spacing=8, margins=(14, 12, 14, 4)), self.list.states)

    def _columns(self) -> tuple[Column[CustomerLine], ...]:
        return (
            Column(self.tr("Name"), lambda line: line.name, 126, stretch=True, tooltip=_tip),
            Column(self.tr("Organisation"), lambda line: line.organisation, 150, rank=4),
            Column(self.tr("Number"), lambda line: _number(line.phone), 142, rank=2),
            Column(self.tr("Account"), lambda line: wording.ltr(line.account_number), 90, rank=3),
            Column(self.tr("Last contact"), _last_contact, 104, rank=1,
                   tooltip=lambda line: dates.exact(line.last_contact) if line.last_contact else ""),
            Column(self.tr("Tickets"), lambda line: str(line.open_tickets) if line.open_tickets else "", 62,
                   number=True, rank=1),
        )  # fmt: skip

    def _build_detail(self) -> None:
        self.card, self.history, self.editor = CustomerCard(), History(), CustomerEditor()
        self._history_card = layouts.frame(column(self.history, margins=1), card=True)
        nobody = Message()
        nobody.set("contact", self.tr("No customer chosen"), self.tr("Type a name or a number and choose one"))
        self._nobody = layouts.frame(column(nobody), card=True)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("Customer or contact history"))
        for name in (self.tr("Customer"), self.tr("Contact history")):
            self.tabs.addTab(name)
        self._side = QStackedWidget()  # beside the card: history or editor
        self._side.addWidget(self._history_card)
        self._side.addWidget(self.editor)
        self._both = QWidget()
        self._both.setLayout(column(self.tabs, (row(self.card, (self._side, 1000), None, spacing=12), 1), spacing=8))
        self._detail = QStackedWidget()
        self._detail.addWidget(self._nobody)
        self._detail.addWidget(self._both)

    def _wire(self) -> None:
        self.list.wanted.connect(self.search.emit)
        self.list.more_wanted.connect(lambda asked: self.more_wanted.emit(asked, len(self.table.rows_model.rows)))
        self.new_button.clicked.connect(self._edit_new_clicked)
        self.import_button.clicked.connect(lambda _checked=False: self.import_wanted.emit())
        self.export_button.clicked.connect(lambda _checked=False: self.export_wanted.emit())
        self.merges_button.clicked.connect(lambda _checked=False: self.merges_wanted.emit())
        self.table.row_chosen.connect(lambda line: self._choose(line.id))
        self.table.row_activated.connect(lambda _line: self.card.focus_first())
        self.tabs.currentChanged.connect(lambda _index: self._arrange())
        self.card.edit.connect(lambda _id: self.edit())
        self.card.dial.connect(self.dial)
        self.card.open_ticket.connect(self.open_ticket)
        self.card.new_ticket.connect(lambda: self._about(self.new_ticket))
        self.card.all_tickets.connect(lambda: self._about(self.all_tickets))
        self.history.opened.connect(self.open_interaction)
        self.history.filter_wanted.connect(self._older)
        self.history.more_wanted.connect(lambda: self._older("", ""))
        self.editor.save.connect(self.save)
        self.editor.consent_history_wanted.connect(self.consent_history_wanted)
        self.editor.closed.connect(self._editor_closed)
        self.editor.changed.connect(self._arrange)

    # ------------------------------------------------------------------- list

    def set_customers(
        self, query: str, rows: Sequence[CustomerLine], total: int | None = None, *, complete: bool = True
    ) -> None:
        """The answer to ``search``; one to words that are no longer in the field is dropped."""
        if not self.list.put(query, rows, complete=complete):
            return
        self.list.tell(total, self.tr("{0} customers"), self.tr("More than {0} customers"))
        if not rows and query:
            self.list.states.show_empty(
                self.tr("Nobody found"), self.tr("The first letters of each word, or a number, are enough"), "search-x"
            )
        elif not rows:
            self.list.states.show_empty(
                self.tr("No customers yet"), self.tr("Callers become customers as you name them")
            )

    def add_customers(self, query: str, rows: Sequence[CustomerLine], *, complete: bool) -> None:
        """Further rows, after ``more_wanted``."""
        self.list.add(query, rows, complete=complete)

    # --------------------------------------------------------------- customer

    def open(self, customer_id: UUID) -> None:
        """Show a customer from elsewhere, whether or not the list has them."""
        if not self.table.choose(customer_id):
            self.table.clearSelection()
        self._choose(customer_id)

    def _choose(self, customer_id: UUID) -> None:
        if customer_id != self._wanted:
            self._wanted = customer_id
            self.selected.emit(customer_id)

    def shown(self) -> UUID | None:
        """The customer that is shown or being fetched: changes of others need no fetching."""
        return self._wanted

    def follow(self, customer_id: UUID, card: CardRow) -> None:
        """A customer has been merged: who wanted them sees whom they were merged into; what was typed goes along."""
        if customer_id == self._wanted:
            self._wanted = card.id
            self.table.choose(card.id)
        self.editor.follow(customer_id, card)

    def set_card(
        self,
        card: CardRow,
        history: tuple[HistoryRow, ...],
        history_total: int,
        tickets: tuple[TicketLine, ...],
    ) -> None:
        """The chosen customer whole, also after a change; another one's comes too late and is dropped."""
        if card.id != self._wanted:
            if self.editor.is_new() and self.editor.customer_id() == card.id:
                self._wanted = card.id  # the new customer was stored: show them
            else:
                return
        another = self._card is None or self._card.id != card.id
        self._card, self._shown_rows = card, len(history)
        pop = Pop("", (), card, history, history_total, tickets)
        self.card.set_pop(PopView("found", pop))
        self.history.set_history(history, history_total, card.id)
        self._detail.setCurrentWidget(self._both)
        self.editor.stored(card)
        if another and self.editor.is_dirty(card.id):
            self.editor.edit(card)
        if another and self.editor.customer_id() != card.id:
            self._side.setCurrentWidget(self._history_card)
        elif self.editor.customer_id() == card.id:
            self._side.setCurrentWidget(self.editor)
        self._arrange()

    def add_history(self, customer_id: UUID, rows: tuple[HistoryRow, ...]) -> None:
        """Older rows of the customer's history."""
        if self._card is not None and customer_id == self._card.id:
            self._shown_rows += len(rows)
            self.history.add_rows(rows)

    def set_gone(self, customer_id: UUID) -> None:
        """The customer does not exist any more."""
        if customer_id == self._wanted:
            self._wanted = self._card = None
            self._detail.setCurrentWidget(self._nobody)

    def _older(self, text: str, key: str) -> None:
        if self._card is not None:
            self.history_wanted.emit(self._card.id, text, key, self._shown_rows)

    def _about(self, signal: SignalInstance) -> None:
        if self._card is not None:
            signal.emit(self._card.id)

    # ---------------------------------------------------------------- editing

    def edit(self) -> None:
        """Edit the customer that is shown."""
        if self._card is not None:
            self.editor.edit(self._card)
            self._side.setCurrentWidget(self.editor)
            self._arrange()

    def edit_new(self, name: str = "", number: str = "") -> None:
        """The form of a new customer; what stands in the search field is a start."""
        text = self.query.text().strip()
        if not name and not number and text and not self.table.rows_model.rows:
            name, number = ("", text) if numbers.parse(text, "").key else (text, "")
        self._wanted = self._card = None
        self.table.clearSelection()
        self._detail.setCurrentWidget(self._both)
        self.editor.new_customer(name, number)
        self._side.setCurrentWidget(self.editor)
        self._arrange()

    def _edit_new_clicked(self) -> None:  # Qt would pass "checked" as the name
        self.edit_new()

    def save_now(self) -> bool:
        """What the save key does here; False when nothing is being edited."""
        if self._detail.currentWidget() is not self._both or self._side.currentWidget() is not self.editor:
            return False
        self.editor.try_save()
        return True

    def has_unsaved(self) -> bool:
        """Whether closing the program would lose something typed."""
        return self.editor.is_dirty()

    def refused(self, customer_id: UUID, why: str, card: CardRow | None = None) -> bool:
        """A save was refused, why, and what is stored now; what was typed stays. Whether that is told here."""
        return self.editor.refused(customer_id, why, card)

    def _editor_closed(self) -> None:
        self._side.setCurrentWidget(self._history_card)
        if self._card is None and self._wanted is None:
            self._detail.setCurrentWidget(self._nobody)
        self._arrange()
        self.table.setFocus()

    def set_region(self, region: str) -> None:
        """The country numbers without a country code are read in (ISO 3166)."""
        self.editor.set_region(region)

    # ----------------------------------------------------------------- layout

    def _arrange(self) -> None:
        """Card and history side by side where there is room; else one of them by tab, and the editor alone."""
        wide = self.width() >= theme.px(_LIST + CustomerCard.WIDTH + _HISTORY) + 48
        editing = self._side.currentWidget() is self.editor
        card = self._card is not None
        self.tabs.setVisible(not wide and card and not editing)
        self.card.setVisible(card and (wide or (not editing and self.tabs.currentIndex() == 0)))
        self._side.setVisible(wide or editing or self.tabs.currentIndex() == 1)
        room = self.width() - 48
        if wide:
            self._list.setMaximumWidth(
                min(max(theme.px(_LIST), round(room * 0.36)), room - theme.px(CustomerCard.WIDTH + _HISTORY))
            )
        else:
            self._list.setMaximumWidth(round(room * 0.52))
        for holder in (self._both, self):  # Qt does not look again at what is hidden while the page is not on screen
            if (layout := holder.layout()) is not None:
                layout.invalidate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


def _number(phone: str) -> str:
    return wording.phone(phone)


def _last_contact(line: CustomerLine) -> str:
    return dates.day(line.last_contact) if line.last_contact else ""


def _tip(line: CustomerLine) -> str:
    return "\n".join(part for part in (line.name, line.organisation, _number(line.phone), line.email) if part)
