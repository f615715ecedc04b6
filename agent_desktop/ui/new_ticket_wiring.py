"""The form of a new ticket over the window: filled in from the call, sent, put away."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from agent_desktop.core.views import NewTicket, PopView
from agent_desktop.ui.dates import clock_time
from agent_desktop.ui.overlay import Overlay

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow
    from agent_desktop.ui.ticket_form import TicketForm


class NewTicketWiring(QObject):
    """The form is made when first wanted."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_ = window
        self._form: TicketForm | None = None

    @Slot()
    def open(self) -> None:
        """One key: a ticket with the caller, the call and the note filled in."""
        view = self.window_.session.pop_view()
        card = view.pop.card if view is not None else None
        wrap_up = self.window_.workspace.wrap_up.result() if self.window_.workspace.interaction() is not None else None
        prefill = NewTicket(
            subject=wrap_up.reason if wrap_up is not None else "",
            body=wrap_up.note if wrap_up is not None else "",
            customer_id=card.id if card is not None else None,
            interaction_id=view.interaction_id if view is not None else None,
            queue=view.call.queue if view is not None and view.call is not None else "",
        )
        self.show(prefill, card.name if card is not None else "", view)

    def show(self, prefill: NewTicket, customer: str, view: PopView | None = None) -> None:
        """Show the ticket form over the window."""
        if self._form is None:
            from agent_desktop.ui.ticket_form import TicketForm

            self._form = TicketForm()
            self._form.create_ticket.connect(self._created)
            self._form.add.connect(self._added)
            self._form.closed.connect(self._close)
        call = view.call if view is not None else None
        when = clock_time(call.started_at) if call is not None else ""
        linked = " · ".join(part for part in (self.tr("This call"), call.queue, when) if part) if call else ""
        self._form.start(prefill, customer, linked, view.pop.tickets if view is not None else ())
        Overlay.of(self.window_).present(self._form)

    @Slot(object)
    def _created(self, new: NewTicket) -> None:
        self.window_.session.open_ticket(new)
        self._close()

    @Slot(object, str)
    def _added(self, ticket_id: UUID, comment: str) -> None:
        self.window_.session.add_to_ticket(ticket_id, comment)
        self._close()

    @Slot()
    def _close(self) -> None:
        Overlay.of(self.window_).dismiss(self._form, answered=True)

    def submit(self) -> bool:
        """Send the form if it is what the keys act on; False if it is not."""
        form = self._form
        if form is None or Overlay.of(self.window_).top_card() is not form:
            return False
        form.submit()
        return True
