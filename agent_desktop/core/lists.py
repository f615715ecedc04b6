"""What the list screens ask and tell: pages of calls, customers and tickets, searches, and edits."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtCore import QObject

from agent_desktop import clock, data, tasks
from agent_desktop.core import interaction_ids
from agent_desktop.core.metrics import Visit
from agent_desktop.core.store import Store
from agent_desktop.core.views import ManualInteraction
from agent_desktop.data import operations as op
from agent_desktop.data.consent_rows import ConsentWord
from agent_desktop.data.filters import COUNTED, CallFilter, TicketFilter
from agent_desktop.data.rows import (
    CallLine,
    CustomerCard,
    CustomerLine,
    Found,
    HistoryRow,
    InteractionPage,
    Pop,
    TicketLine,
    TicketPage,
)
from agent_desktop.data.words import Outcome

T = TypeVar("T")
Then = Callable[[T], None]
Failed = Callable[[Exception], None]
PAGE = 100
_AROUND = timedelta(hours=1)  # a call begins before its visit: the menu, another queue


class Lists(QObject):
    """Questions are answered on the browse lane; a newer question of the same kind drops the older one's answer."""

    def __init__(self, store: Store):
        super().__init__()
        self.agent_id: UUID | None = None
        self._store = store
        self._open: dict[str, tasks.Handle | None] = {}

    def _ask(self, kind: str, question: Callable[[Any], T], then: Then[T], failed: Failed | None) -> None:
        old = self._open.get(kind)
        if old is not None:
            old.cancel()
        self._open[kind] = self._store.browse(question, then, failed or (lambda error: None))

    # ----------------------------------------------------------------- calls

    def calls(self, wanted: CallFilter, then: Then[tuple[tuple[CallLine, ...], int]], failed: Failed) -> None:
        """The newest calls of a filter, and how many there are; COUNTED + 1 for more than COUNTED."""

        def question(session: Any) -> tuple[tuple[CallLine, ...], int]:
            return data.interactions.calls(session, wanted, limit=PAGE), data.interactions.count_calls(
                session, wanted, most=COUNTED + 1
            )

        self._ask("calls", question, then, failed)

    def older_calls(self, wanted: CallFilter, before: datetime, then: Then[tuple[CallLine, ...]]) -> None:
        """Those before the last one shown."""
        older = replace(wanted, end=before)
        self._ask("older calls", lambda session: data.interactions.calls(session, older, limit=PAGE), then, None)

    def calls_of(self, visits: Sequence[Visit], then: Then[dict[str, CallLine]]) -> None:
        """The calls of queue visits by their linked ids, as far as they are known and this login may see them."""
        keys = list({visit.linked_id for visit in visits if visit.linked_id})
        if keys:
            start = min(visit.entered_at for visit in visits) - _AROUND
            end = max(visit.entered_at for visit in visits) + _AROUND
            self._ask("calls of", lambda session: data.interactions.calls_of(session, keys, start, end), then, None)

    def interaction(self, interaction_id: UUID, then: Then[InteractionPage | None]) -> None:
        self._ask("interaction", lambda session: data.interactions.page(session, interaction_id), then, None)

    def save_note(self, interaction_id: UUID, note_id: UUID | None, text: str, before: str = "") -> None:
        """Change a note that said ``before`` when the edit began, or write a new one (``note_id`` None)."""
        self._store.put(
            op.SaveNote(
                agent_id=self.agent_id,
                note_id=note_id or interaction_ids.new_id(),
                interaction_id=interaction_id,
                text=text,
                before=before if note_id is not None else None,
            )
        )

    def link(self, interaction_id: UUID, customer_id: UUID | None, before: UUID | None) -> None:
        """Say whose interaction it is, where ``before`` stood."""
        self._store.put(
            op.LinkCustomer(
                agent_id=self.agent_id,
                interaction_id=interaction_id,
                customer_id=customer_id,
                seen=True,
                before=before,
            )
        )

    def enter(self, entry: ManualInteraction) -> None:
        """A contact that took place elsewhere, whole."""
        interaction_id = interaction_ids.new_id()
        began, now = clock.to_us(entry.started_at), clock.now_us()
        ended = clock.to_us(entry.started_at + timedelta(seconds=entry.duration_s))
        common = {"agent_id": self.agent_id, "interaction_id": interaction_id}
        operations: list[op.AnyOperation] = [
            op.SaveInteraction(
                at_us=now,
                channel=entry.channel,
                direction=entry.direction,
                started_us=began,
                answered_us=began,
                ended_us=ended,
                outcome=Outcome.ANSWERED.value,
                number=entry.number or None,
                customer_id=entry.customer_id,
                **common,  # type: ignore[arg-type]
            )
        ]
        if entry.note:
            note_id = interaction_ids.new_id()
            operations.append(
                op.SaveNote(at_us=now, note_id=note_id, text=entry.note, **common)  # type: ignore[arg-type]
            )
        if entry.disposition_id is not None:
            operations.append(
                op.CompleteWrapUp(
                    at_us=now,
                    disposition_id=entry.disposition_id,
                    reason="",
                    wrap_up_s=0.0,
                    **common,  # type: ignore[arg-type]
                )
            )
        self._store.put(*operations)

    # ------------------------------------------------------------- customers

    def customers(
        self, text: str, then: Then[tuple[tuple[CustomerLine, ...], int | None]], failed: Failed | None = None
    ) -> None:
        """Customers for what is being typed, or the beginning of the list with its length (COUNTED + 1 for more)."""

        def question(session: Any) -> tuple[tuple[CustomerLine, ...], int | None]:
            if text.strip():
                return data.customers.search(session, text, limit=PAGE), None
            return data.customers.listed(session, limit=PAGE), data.customers.count(session, most=COUNTED + 1)

        self._ask("customers", question, then, failed)

    def more_customers(self, text: str, offset: int, then: Then[tuple[CustomerLine, ...]]) -> None:
        """Further rows of the list; a search shows all it found at once."""
        if not text.strip():
            self._ask(
                "more customers", lambda session: data.customers.listed(session, offset=offset, limit=PAGE), then, None
            )

    def suggest(self, kind: str, text: str, limit: int, then: Then[tuple[CustomerLine, ...]]) -> None:
        """A few customers for a field that completes names; ``kind`` names the field."""
        self._ask(f"suggest {kind}", lambda session: data.customers.search(session, text, limit=limit), then, None)

    def customer(self, customer_id: UUID, then: Then[Pop]) -> None:
        """A customer's card, history and open tickets; a Pop without card if there is none."""
        self._ask("customer", lambda session: data.pop.card_for(session, customer_id), then, None)

    def history(
        self,
        customer_id: UUID,
        wanted: tuple[str, tuple[str, ...], datetime | None],
        then: Then[tuple[HistoryRow, ...]],
    ) -> None:
        """Older rows: ``wanted`` is text, channels, and the time of the last row shown."""
        text, channels, before = wanted
        self._ask(
            "history",
            lambda session: data.interactions.history(
                session, customer_id, channels=channels, text=text, before=before, limit=PAGE
            ),
            then,
            None,
        )

    def save_customer(self, *operations: op.AnyOperation) -> None:
        self._store.put(*operations)

    def consent_history(self, customer_id: UUID, then: Then[tuple[ConsentWord, ...]]) -> None:
        """Every word a customer ever said about being contacted, the newest first."""
        self._ask("consent", lambda session: data.consent.history(session, customer_id), then, None)

    def takes_whole_numbers(self, in_file: bool, then: Then[bool]) -> None:
        """Whether exports of who is signed in have whole numbers; not while nobody can tell."""
        self._store.browse(
            lambda session: data.access.takes_whole_numbers(session, in_file=in_file), then, lambda _error: then(False)
        )

    # --------------------------------------------------------------- tickets

    def tickets(self, wanted: TicketFilter, then: Then[tuple[tuple[TicketLine, ...], int]], failed: Failed) -> None:
        """The tickets of a filter, last touched first, and how many there are; COUNTED + 1 for more than COUNTED."""

        def question(session: Any) -> tuple[tuple[TicketLine, ...], int]:
            return data.tickets.listed(session, wanted, limit=PAGE), data.tickets.count(
                session, wanted, most=COUNTED + 1
            )

        self._ask("tickets", question, then, failed)

    def more_tickets(self, wanted: TicketFilter, offset: int, then: Then[tuple[TicketLine, ...]]) -> None:
        self._ask(
            "more tickets", lambda session: data.tickets.listed(session, wanted, offset=offset, limit=PAGE), then, None
        )

    def ticket(self, ticket_id: UUID, then: Then[TicketPage | None]) -> None:
        self._ask("ticket", lambda session: data.tickets.page(session, ticket_id), then, None)

    def update_ticket(self, operation: op.UpdateTicket) -> None:
        self._store.put(operation)

    # ------------------------------------------------------- what is stored now

    def stored_customer(self, customer_id: UUID, then: Then[CustomerCard | None]) -> None:
        """For whoever must decide a clash; does not take the place of another question."""
        self._store.browse(lambda session: data.customers.card(session, customer_id), then, lambda _error: None)

    def stored_ticket(self, ticket_id: UUID, then: Then[TicketPage | None]) -> None:
        self._store.browse(lambda session: data.tickets.page(session, ticket_id), then, lambda _error: None)

    def stored_interaction(self, interaction_id: UUID, then: Then[InteractionPage | None]) -> None:
        self._store.browse(lambda session: data.interactions.page(session, interaction_id), then, lambda _error: None)

    # ---------------------------------------------------------------- search

    def find(self, text: str, then: Then[Found]) -> None:
        """Customers, tickets, people, notes and articles for the command palette."""
        self._ask("find", lambda session: data.search.search_all(session, text), then, None)
