"""The caller's card and history wired to what is known: choose, create, look further back."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from agent_desktop.core.call import Call
from agent_desktop.core.call_words import how_it_went
from agent_desktop.core.views import NewCustomer, Notice
from agent_desktop.data.filters import channels_of
from agent_desktop.data.rows import HistoryRow
from agent_desktop.data.words import Direction, Outcome
from agent_desktop.ui import ask

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow


_IN_VAIN = (Outcome.BUSY, Outcome.NO_ANSWER, Outcome.REJECTED, Outcome.FAILED)


class CallerWiring(QObject):
    """Whose call it is that stands on the screen."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_, self._session, self._space = window, window.session, window.workspace
        self._session.calls.over.connect(self._over)
        self._oldest: dict[UUID, datetime] = {}  # how far back a customer's history was fetched

    @Slot()
    def prepared(self) -> None:
        """The workspace has made the parts that show a caller."""
        window, session, space = self.window_, self._session, self._space
        space.wrap_up.note_changed.connect(session.note_typed)
        space.wrap_up.draft.connect(session.wrap_ups.entered)
        space.wrap_up.completed.connect(session.complete_wrap_up)
        space.wrap_up.extend.connect(session.extend_wrap_up)
        window.merge_wiring.watch(space.card)
        space.card.chosen.connect(self._customer_chosen)
        space.card.link.connect(self._customer_chosen)
        space.card.create_customer.connect(self._customer_created)
        space.card.search.connect(lambda text: window.lists.suggest("link", text, 8, space.set_candidates))
        space.card.edit.connect(window.customers_wiring.edit)
        space.card.dial.connect(window.dial)
        space.card.open_ticket.connect(window.tickets_wiring.open)
        space.card.new_ticket.connect(window.new_ticket_wiring.open)
        space.handoff.secret_wanted.connect(self._secret_wanted)
        session.pop_changed.connect(self._say_who_sees)
        session.centre_changed.connect(self._say_who_sees)
        self._say_who_sees()
        space.history.opened.connect(window.open_history_row)
        space.history.filter_wanted.connect(self._history_wanted)
        space.history.more_wanted.connect(lambda: self._history_wanted("", ""))

    @Slot()
    def _say_who_sees(self) -> None:
        """What callers typed has a button where this login may see it, else the reason why not."""
        view = self._session.pop_view()
        calls = self._session.book.calls.values()
        key = view.interaction_id if view is not None else None
        queue = next((call.queue for call in calls if call.interaction_id == key), "")
        self._space.handoff.set_hidden(self._session.said.why_hidden(self._session.centre, queue))

    @Slot(object)
    def _secret_wanted(self, secret: UUID) -> None:
        """What a caller typed is shown to whoever may see it, and nowhere kept."""
        panel = self._space.handoff

        def failed(words: str) -> None:
            panel.reveal(secret, "")
            self.window_.shell.notify(Notice(words, "warn"))

        self._session.said.reveal(secret, lambda value: panel.reveal(secret, value), failed)

    @Slot(object)
    def _over(self, call: Call) -> None:
        """Somebody was called in vain: that wrap-up begins would not say why."""
        if call.direction is Direction.OUTBOUND and call.outcome in _IN_VAIN and not call.consult_for:
            self.window_.shell.notify(Notice(how_it_went(call), "warn"))

    @Slot(object)
    def _customer_chosen(self, customer_id: UUID) -> None:
        pops = self._session.pops
        self._unless_a_colleague_knows(customer_id, lambda call: pops.choose(call, customer_id))

    @Slot(object)
    def _customer_created(self, new: NewCustomer) -> None:
        self._unless_a_colleague_knows(None, lambda call: self._session.pops.create(call, new))

    def _unless_a_colleague_knows(self, customer_id: UUID | None, say: Callable[[UUID], object]) -> None:
        """The last word counts for everybody in the call: over a colleague's it wants a second thought."""
        view = self._session.pop_view()
        if view is None or view.interaction_id is None:
            return
        call = view.interaction_id
        theirs = self._session.pops.against_a_colleague(call, customer_id)
        if not theirs:
            say(call)
            return
        title = self.tr("A colleague in this call says that it is {0}").format(theirs)
        words = self.tr("What you choose counts for both of you, and takes the place of what they chose.")
        ask.confirm(self.window_, title, words, self.tr("Choose mine"), lambda: _ignore(say(call)), danger=True)

    def _history_wanted(self, text: str, key: str) -> None:
        view = self._session.pop_view()
        card = view.pop.card if view is not None else None
        if card is None:
            return
        whole = not text and not key
        before = self._oldest.get(card.id) if whole else None
        if before is None and whole and view is not None and view.pop.history:
            before = view.pop.history[-1].started_at

        def answer(rows: tuple[HistoryRow, ...]) -> None:
            if whole and rows:
                self._oldest = {card.id: rows[-1].started_at}
            self._space.add_history(rows)

        self.window_.lists.history(card.id, (text, channels_of(key), before), answer)

    def copy_number(self) -> None:
        """Put the caller's number on the clipboard."""
        view = self._session.pop_view()
        if view is not None and view.call is not None and view.call.number:
            QGuiApplication.clipboard().setText(view.call.number)
            self.window_.shell.notify(Notice(self.tr("Number copied"), "ok"))


def _ignore(_answer: object) -> None:
    """What a question's button has done has no answer."""
